//! Adding a language is an entry in the list of languages and a catalog: the tests have
//! one more language, whose catalog is the English one with accents, and every page of
//! the demo company is found in it. A word without accents comes from the code or the
//! templates, where it would stay English in every language.

#[path = "../../tests/support/mod.rs"]
mod support;

use crate::{
    db::{installation, migrations},
    help::HelpContacts,
    i18n::Language,
    library::{self, Wanted, shipped, to_html},
    urls,
    web::demo,
};
use chrono::Days;
use diesel::{
    PgConnection, QueryableByName, RunQueryDsl as _, connection::SimpleConnection as _, sql_query, sql_types::Text,
};
use regex::{Captures, Regex};
use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashSet},
    sync::LazyLock,
};
use support::{
    Answer, Browser, PASSWORD, TestApp, TestDb,
    smtp::{MailServer, Received},
};

/// What stands on pages and is in no catalog: the product, and kinds of files.
const NAMES: [&str; 3] = ["Hearth", "CSV", "XLSX"];

/// How many pages of one kind, such as those of one employee each, are visited.
const OF_A_KIND: usize = 3;

/// The demo company, whose mail goes to this server.
fn demo_company(mail: &MailServer) -> TestApp {
    let db = TestDb::demo();
    let url = db.url.clone();
    let help = concat!(env!("CARGO_MANIFEST_DIR"), "/src/help/demo.toml");
    TestApp::start(db, &url, &[("HEARTH_LANGUAGE", "xa"), ("HEARTH_HELP_FILE", help), ("SMTP_URL", &mail.url)])
}

/// One column of the database, as text.
fn column(app: &TestApp, sql: &str) -> Vec<String> {
    let all = app.text(&format!("SELECT coalesce(json_agg(found.text), '[]') FROM ({sql}) AS found (text)"));
    serde_json::from_str::<Vec<Option<String>>>(&all).unwrap().into_iter().flatten().collect()
}

/// What a page may show without accents.
#[derive(Default)]
struct Known {
    /// Data: names of people and what they wrote; texts of the questionnaire, the library
    /// and the help contacts, which nobody wrote in the pseudo-language, so that another
    /// language's are shown.
    whole: HashSet<String>,
    /// The same and [`NAMES`], for sentences that contain them; the longest first.
    parts: Vec<String>,
}

impl Known {
    fn of(app: &TestApp) -> Self {
        let mut all: Vec<String> = NAMES.map(str::to_owned).into();
        all.extend(Language::ALL.map(|language| language.code().to_owned()));
        all.extend(Language::ALL.map(|language| language.own_name().to_owned()));
        for sql in [
            "SELECT name FROM users",
            "SELECT email FROM users",
            "SELECT position FROM users",
            "SELECT claimed_department FROM users",
            "SELECT name FROM departments",
            "SELECT name FROM periods",
            "SELECT name FROM chats",
            "SELECT what FROM actions UNION SELECT who FROM actions",
            "SELECT user_message FROM messages",
            "SELECT message FROM support_requests",
            "SELECT jsonb_path_query(definition, 'strict $.**.en') #>> '{}' FROM instrument_versions",
            "SELECT definition ->> one FROM instrument_versions, unnest('{id,version,licence}'::text[]) AS one",
            "SELECT jsonb_path_query(definition, '$.cut_off_sets[*].*') #>> '{}' FROM instrument_versions",
            // An avatar without a picture has the first letters of two names.
            "SELECT left(name, 1) || left(split_part(name, ' ', -1), 1) FROM users",
        ] {
            all.extend(column(app, sql));
        }
        let (items, tags) = shipped().unwrap();
        for item in items {
            all.extend([item.author, item.source].into_iter().flatten());
            for words in item.words.into_values() {
                all.extend(runs(&format!("<html>{}</html>", to_html(&words.body))));
                all.extend(words.description.split_inclusive(". ").map(str::to_owned)); // the assistant quotes some
                all.extend([words.title, words.duration, words.description]);
            }
        }
        all.extend(tags.into_iter().flat_map(|tag| tag.name.into_values()));
        for contact in HelpContacts::demo().unwrap().contacts {
            all.extend(contact.name.all().chain(contact.note.all()).map(str::to_owned));
            all.push(contact.country);
        }
        all.extend(demo::ADDRESSES.map(str::to_owned));
        all.push(demo::PASSWORD.to_owned()); // stands on the sign-in page of the demo
        let mut known = Self::default();
        known.add(all.iter().map(String::as_str));
        known
    }

    fn add<'a>(&mut self, more: impl Iterator<Item = &'a str>) {
        for text in more.map(single_spaced).filter(|text| has_plain_letters(text)) {
            self.whole.extend([text.to_lowercase(), text]);
        }
        self.parts = self.whole.iter().cloned().collect();
        self.parts.sort_by_key(|part| Reverse(part.len()));
    }

    /// What is left of a run of text without the known parts, if a letter without an accent
    /// is.
    fn unknown(&self, run: &str) -> Option<String> {
        static ADDRESS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"https?://\S+|[\w.+-]+@[\w.-]+").unwrap());
        if !has_plain_letters(run) || self.whole.contains(run) {
            return None;
        }
        let mut left = ADDRESS.replace_all(run, "").into_owned();
        for part in &self.parts {
            while let Some(at) = word_at(&left, part) {
                left.replace_range(at..at + part.len(), "");
            }
        }
        has_plain_letters(&left).then_some(left)
    }
}

/// Where `part` stands in `text` and is no part of a longer word.
fn word_at(text: &str, part: &str) -> Option<usize> {
    let is_free = |at: &usize| {
        let inside = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        !inside(text[..*at].chars().next_back()) && !inside(text[at + part.len()..].chars().next())
    };
    text.match_indices(part).map(|(at, _)| at).find(is_free)
}

fn has_plain_letters(text: &str) -> bool {
    text.contains(|letter: char| letter.is_ascii_alphabetic())
}

fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a page says, run by run: texts between tags, and the attributes that are read
/// out or shown. Left out are scripts, and elements that say they are in another
/// language.
fn runs(body: &str) -> Vec<String> {
    static TAG: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"(?s)<(!|/?)([\w-]*)((?:"[^"]*"|[^">])*)>"#).unwrap());
    static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"([\w-]+)="([^"]*)""#).unwrap());
    const VOID: [&str; 9] = ["br", "hr", "img", "input", "link", "meta", "source", "col", "wbr"];
    const SAID: [&str; 6] = ["alt", "aria-label", "aria-description", "aria-valuetext", "placeholder", "title"];
    let mut found = Vec::new();
    // Open elements, and whether what they contain is looked at.
    let mut open: Vec<(String, bool)> = Vec::new();
    let mut after = 0;
    let mut read = |text: &str, shown: bool| {
        let text = single_spaced(&decoded(text));
        if shown && !text.is_empty() {
            found.push(text);
        }
    };
    for tag in TAG.captures_iter(body) {
        let (whole, name) = (tag.get(0).unwrap(), tag[2].to_lowercase());
        let shown = open.last().is_none_or(|(_, shown)| *shown);
        read(&body[after..whole.start()], shown);
        after = whole.end();
        if &tag[1] == "!" {
            continue;
        }
        if &tag[1] == "/" {
            while open.pop().is_some_and(|(opened, _)| opened != name) {}
            continue;
        }
        let attributes = || ATTRIBUTE.captures_iter(&tag[3]).map(|one| (one[1].to_owned(), one[2].to_owned()));
        let foreign = attributes().any(|(name, value)| name == "lang" && value != Language::Xa.code());
        let shown = shown && !foreign && !matches!(&*name, "script" | "style" | "textarea");
        attributes().filter(|(name, _)| SAID.contains(&&**name)).for_each(|(_, value)| read(&value, shown));
        if !VOID.contains(&&*name) && !tag[3].ends_with('/') {
            open.push((name, shown));
        }
    }
    found
}

fn decoded(text: &str) -> String {
    static ENTITY: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"&(#?\w+);").unwrap());
    let sign = |entity: &Captures<'_>| match &entity[1] {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "nbsp" => " ".to_owned(),
        code => {
            let code = code.strip_prefix('#').and_then(|code| code.parse().ok()).and_then(char::from_u32);
            code.unwrap_or_else(|| panic!("what is {}?", &entity[0])).to_string()
        }
    };
    ENTITY.replace_all(text, sign).into_owned()
}

/// Looks at pages and keeps what is wrong with them.
struct Looks<'a> {
    app: &'a TestApp,
    known: Known,
    seen: BTreeSet<String>,
    wrong: BTreeSet<String>,
}

impl<'a> Looks<'a> {
    fn of(app: &'a TestApp) -> Self {
        Self { app, known: Known::of(app), seen: BTreeSet::new(), wrong: BTreeSet::new() }
    }

    fn look(&mut self, what: &str, page: &Answer) {
        if !page.header("content-type").starts_with("text/html") {
            return;
        }
        self.seen.insert(what.to_owned());
        if !page.body.contains("<html lang=\"xa\">") {
            self.wrong.insert(format!("{what} is in another language"));
        }
        for run in runs(&page.body) {
            if let Some(left) = self.known.unknown(&run) {
                self.wrong.insert(format!("{left:?} in {run:?} on {what}"));
            }
        }
    }

    /// Follows every link from these addresses on, as one person.
    fn follow(&mut self, browser: &Browser, from: &[&str]) {
        static LINK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#" href="(/[^"]*)""#).unwrap());
        static NUMBER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[0-9]+").unwrap());
        static VALUE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"=[^&]*").unwrap());
        let mut waiting: Vec<String> = from.iter().rev().map(|path| (*path).to_owned()).collect();
        let mut known: HashSet<String> = waiting.iter().cloned().collect();
        let mut kinds: Vec<String> = Vec::new();
        while let Some(path) = waiting.pop() {
            let kind = VALUE.replace_all(&NUMBER.replace_all(&path, "N"), "=").into_owned();
            if kinds.iter().filter(|one| **one == kind).count() >= OF_A_KIND {
                continue;
            }
            kinds.push(kind);
            let page = browser.get(&path);
            assert!(matches!(page.status, 200 | 303), "{path}: {}", page.status);
            let links = LINK.captures_iter(&page.body).map(|link| decoded(&link[1]));
            let links = links.chain((page.status == 303).then(|| page.location().to_owned()));
            let links = links.map(|link| link.split('#').next().unwrap_or_default().to_owned());
            let fresh: Vec<_> =
                links.filter(|link| !link.starts_with("/static") && known.insert(link.clone())).collect();
            waiting.extend(fresh);
            self.look(&path, &page);
        }
    }

    /// Sends a form that is not right, and looks at what comes back.
    fn refuse(&mut self, browser: &Browser, path: &str, fields: &[(&str, &str)]) {
        let page = browser.post(path, fields);
        assert_eq!(page.status, 422, "{path}");
        self.look(&format!("{path} refused"), &page);
    }

    fn sign_in(&self, email: &str) -> Browser {
        let browser = self.app.browser();
        assert_eq!(browser.post("/login", &[("email", email), ("password", PASSWORD)]).status, 303);
        let chosen = browser.post("/language", &[("language", "xa"), ("return_to", "/dashboard")]);
        assert_eq!((chosen.status, chosen.location()), (303, "/dashboard"));
        browser
    }

    /// Reads the mails once there are so many; `reader` follows the links in the newest.
    fn read(&mut self, mail: &MailServer, count: usize, reader: &Browser) {
        static LINK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"http://[^/\s]+(/\S+)").unwrap());
        self.known = Known::of(self.app);
        let letters = mail.accepted(count);
        for letter in &letters {
            let (subject, body) = (letter.header("Subject"), letter.body());
            for line in body.lines().chain([&*subject]) {
                if let Some(left) = self.known.unknown(&single_spaced(line)) {
                    self.wrong.insert(format!("{left:?} in {line:?} of a mail about {subject:?}"));
                }
            }
        }
        let body = letters.last().map(Received::body).unwrap_or_default();
        for link in LINK.captures_iter(&body) {
            self.follow(reader, &[&link[1]]);
        }
    }

    /// Every page was seen, and nothing was wrong.
    fn end(self) {
        let wrong = self.wrong.iter().cloned().collect::<Vec<_>>().join("\n");
        assert!(wrong.is_empty(), "{} runs of text are in no catalog:\n{wrong}", self.wrong.len());
        let pages = pages();
        assert!(pages.len() > 40);
        let was_seen = |page: &&str| {
            let parameter = Regex::new(r"\\\{\w+\\\}").unwrap();
            let path = parameter.replace_all(&regex::escape(page), "[^/?]+").into_owned();
            let path = Regex::new(&format!(r"^{path}(\?|$)")).unwrap();
            self.seen.iter().any(|seen| path.is_match(seen))
        };
        let missed: Vec<_> = pages.into_iter().filter(|page| !was_seen(page)).collect();
        assert!(missed.is_empty(), "nobody went to {missed:?}; they went to {:?}", self.seen);
    }
}

/// The addresses that are shown as pages: those that `routes.rs` answers GET at.
fn pages() -> Vec<&'static str> {
    const FILES: [&str; 10] = [
        urls::WELL_KNOWN_SECURITY_TXT,
        urls::HEALTH,
        urls::READY,
        urls::PROFILE_AVATAR,
        urls::PRIVACY_EXPORT_ZIP,
        urls::HISTORY_CSV,
        urls::HR_EXPORT_CSV,
        urls::HR_EXPORT_XLSX,
        urls::HR_EMPLOYEES_IMPORT_TEMPLATE_CSV,
        urls::HR_EMPLOYEES_IMPORT_TEMPLATE_XLSX,
    ];
    let routes = include_str!("routes.rs").split("pub fn api(").next().unwrap();
    let gets = routes.split("urls::").skip(1).filter(|part| part.contains(".get(") || part.contains("get().to("));
    let names = gets.map(|part| part.split(|c: char| !c.is_ascii_uppercase() && c != '_').next().unwrap());
    let addresses = names.filter_map(|name| Some(urls::ALL.iter().find(|(known, _)| *known == name)?.1));
    addresses.filter(|address| !FILES.contains(address)).collect()
}

#[test]
fn a_new_language_is_on_every_page_and_in_every_mail() {
    let mail = MailServer::start(&[]);
    let app = demo_company(&mail);
    let mut looks = Looks::of(&app);
    of_strangers(&mut looks, &mail);
    of_employees(&mut looks, &mail);
    of_hr(&mut looks, &mail);
    let admin = looks.sign_in("admin@hearth.example");
    looks.refuse(&admin, "/admin/roles", &[("name", "")]);
    looks.follow(&admin, &["/admin/users", "/admin/roles", "/admin/audit"]);
    looks.end();
}

fn of_strangers(looks: &mut Looks, mail: &MailServer) {
    let stranger = looks.app.browser();
    looks.follow(&stranger, &["/", "/login", "/register", "/password/forgot", "/code", "/api/docs"]);
    looks.look("a page that is not there", &stranger.get("/nowhere"));
    for (path, fields) in [
        ("/login", &[("email", "x"), ("password", "")][..]),
        ("/register", &[("email", "x"), ("name", ""), ("password", "x")]),
        ("/code", &[("code", "nonsense")]),
    ] {
        looks.refuse(&stranger, path, fields);
    }
    let forgotten = stranger.post("/password/forgot", &[("email", "employee@hearth.example")]);
    looks.look("a forgotten password", &forgotten);
    looks.read(mail, 1, &stranger);
    let person = [("email", "nova@example.com"), ("name", "Nova Demo"), ("password", PASSWORD)];
    let registered = stranger.post("/register", &person);
    looks.read(mail, 2, &stranger);
    looks.follow(&stranger, &[registered.location()]);
}

fn of_employees(looks: &mut Looks, mail: &MailServer) {
    let employee = looks.sign_in("employee@hearth.example");
    looks.refuse(&employee, "/pulse", &[("burnout", "200"), ("stress", "1"), ("productivity", "1")]);
    employee.post("/assessments/consent", &[]);
    looks.refuse(&employee, "/assessments", &[("answer_0", "2"), ("idempotency_key", "half")]);
    looks.refuse(&employee, "/support", &[("contact", "phone")]);
    assert_eq!(employee.post("/support", &[("message", "I would like to talk.")]).status, 303);
    looks.refuse(&employee, "/chats", &[("name", "")]);
    let chat = employee.post("/chats", &[("name", "Evenings"), ("color", "#74467a")]);
    assert_eq!(chat.status, 303);
    for question in ["How do I sleep?", "I want to die"] {
        let fields = [("user_message", question), ("reader", "library")];
        assert_eq!(employee.post(&format!("{}/messages", chat.location()), &fields).status, 303);
    }
    looks.known = Known::of(looks.app);
    let own = ["/dashboard", "/history", "/recommendations", "/library", "/profile", "/privacy", "/support"];
    looks.follow(&employee, &own);
    looks.follow(&employee, &[chat.location()]);
    let result = employee.submit_all(4, "high");
    looks.follow(&employee, &[result.location()]);
    let address = [("email", "elsewhere@example.com"), ("email_password", PASSWORD)];
    assert_eq!(employee.post("/profile/email", &address).status, 303);
    looks.read(mail, 3, &employee);
}

fn of_hr(looks: &mut Looks, mail: &MailServer) {
    let hr = looks.sign_in("hr@hearth.example");
    for (path, fields) in [
        ("/hr/campaigns", &[("name", "")][..]),
        ("/hr/departments", &[("name", "Engineering")]),
        ("/hr/employees/new", &[("name", ""), ("email", "x")]),
        ("/hr/library", &[("action", "publish")]),
    ] {
        looks.refuse(&hr, path, fields);
    }
    // The headings are the file's own, and so are the encodings that it may have.
    let headings = ["email", "name", "department", "language"];
    let encodings =
        ["UTF-8", "UTF-16LE", "UTF-16BE", "IBM866", "KOI8-U", "windows-1250", "windows-1251", "windows-1252"];
    looks.known.add(headings.into_iter().chain(encodings));
    let file = format!("{}\n,Nobody,,\nada@hearth.example,Ada,A // B,xx\n", headings.join(","));
    let upload = hr.upload("/hr/employees/import", "file", "people.csv", file.as_bytes());
    assert_eq!(upload.status, 303);
    looks.follow(&hr, &[upload.location()]);
    let added = hr.post("/hr/employees/new", &[("name", "Nova Demo"), ("email", "nova@hearth.example")]);
    assert_eq!(hr.post(&format!("{}/invite", added.location()), &[]).status, 303);
    looks.read(mail, 4, &looks.app.browser());
    looks.follow(&hr, &[added.location()]);
    let dimension = looks.app.text("SELECT definition #>> '{subscales,0,id}' FROM instrument_versions LIMIT 1");
    let until = (looks.app.now().date_naive() + Days::new(30)).to_string();
    let department = looks.app.number("SELECT id FROM departments WHERE name = 'Customer Support'");
    let department = format!("/hr/departments/{department}");
    let action = [("what", "A later shift"), ("who", "Cooks"), ("until", &until), ("dimension", &dimension)];
    looks.refuse(&hr, &format!("{department}/actions"), &[("what", "")]);
    assert_eq!(hr.post(&format!("{department}/actions"), &action).status, 303);
    looks.known = Known::of(looks.app);
    looks.follow(&hr, &[&department, "/hr", "/hr/campaigns", "/hr/departments", "/hr/employees"]);
    looks.follow(&hr, &["/hr/instruments", "/hr/library", "/hr/support"]);
    let manager = looks.sign_in("manager@hearth.example");
    looks.follow(&manager, &["/hr"]);
}

#[test]
fn a_word_that_is_in_no_catalog_is_found() {
    let known = Known { whole: HashSet::new(), parts: vec!["Ada".to_owned()] };
    let page = "<html lang=\"xa\"><title>⟦Ĥîšţöŕý⟧</title><p>⟦Ĥéļļö⟧, <b>Ada</b> &amp; ada@x.org</p>\
                <p lang=\"uk\">Title <b>one</b></p><img alt=\"Two\"><script>three</script><p>Adam four</p></html>";
    let unknown: Vec<_> = runs(page).iter().filter_map(|run| known.unknown(run)).collect();
    assert_eq!(unknown, ["Two", "Adam four"]);
}

/// What the library has for somebody who reads this language, for these words.
fn titles(conn: &mut PgConnection, text: &str, language: Language) -> Vec<String> {
    let wanted = Wanted { text: text.to_owned(), ..Wanted::default() };
    let (found, _) = library::browse(conn, &wanted, language).unwrap();
    found.into_iter().map(|entry| entry.title).collect()
}

/// The names of the tags of its items.
fn tags(conn: &mut PgConnection, language: Language) -> Vec<String> {
    library::tags(conn, language).unwrap().into_iter().map(|(tag, _)| tag.name).collect()
}

#[test]
fn what_the_library_lacks_in_a_language_is_read_in_the_companys_or_else_in_any() {
    let db = TestDb::new();
    let conn = &mut db.connect();
    let all = |conn: &mut PgConnection, language| (titles(conn, "", language), tags(conn, language));
    installation::set_language(conn, Language::Uk).unwrap();
    let (ukrainian, english) = (all(conn, Language::Uk), all(conn, Language::En));
    assert!(ukrainian.0.len() == library::SHOWN && ukrainian.0 != english.0);
    assert_eq!(all(conn, Language::Xa), ukrainian);
    let found = titles(conn, "перерва", Language::Xa);
    assert!(!found.is_empty() && found.iter().all(|title| titles(conn, "перерва", Language::Uk).contains(title)));
    let forget = "DELETE FROM library_texts WHERE language = 'uk'; DELETE FROM tag_names WHERE language = 'uk'";
    conn.batch_execute(forget).unwrap();
    assert_eq!(all(conn, Language::Xa), english);
    assert_eq!(all(conn, Language::Uk), english, "not only a new language falls back");
    let found = titles(conn, "pauses", Language::Xa);
    assert!(found.iter().any(|title| title.contains("Pause")), "English words have their forms: {found:?}");
}

#[test]
fn items_that_are_there_get_the_texts_that_they_lack_and_keep_what_hr_wrote() {
    let db = TestDb::new();
    let conn = &mut db.connect();
    let before = (titles(conn, "", Language::Uk), tags(conn, Language::Uk));
    conn.batch_execute(
        "UPDATE library_texts SET title = 'Edited', configuration = 'simple' WHERE language = 'en';
         DELETE FROM library_texts WHERE language = 'uk'; DELETE FROM tag_names WHERE language = 'uk'",
    )
    .unwrap();
    library::import_shipped(conn).unwrap();
    assert_eq!((titles(conn, "", Language::Uk), tags(conn, Language::Uk)), before);
    assert!(titles(conn, "", Language::En).iter().all(|title| title == "Edited"));
    assert!(!titles(conn, "edit", Language::En).is_empty(), "it is searched as English again");
}

#[test]
fn the_search_column_is_the_same_before_and_after_its_migration_and_languages_find_back_into_the_type() {
    let db = TestDb::new();
    let conn = &mut db.connect();
    let words = "SELECT md5(string_agg(concat_ws(' ', language, search), '\n' ORDER BY item_id, language::text)) AS text FROM library_texts";
    let now = text(conn, words);
    conn.batch_execute(
        "INSERT INTO users (email, name, language, joined_on) VALUES
             ('ada@example.com', 'Ada', 'xa', '2026-01-01'), ('bob@example.com', 'Bob', 'uk', '2026-01-01');
         INSERT INTO library_texts (item_id, language, title, description, duration)
             SELECT item_id, 'xa', title, description, duration FROM library_texts WHERE language = 'en';
         UPDATE installation SET language = 'xa'",
    )
    .unwrap();
    let mut reverted = String::new();
    while reverted != "20261129090000" {
        reverted = migrations::revert(conn).unwrap().expect("it is there");
    }
    assert_eq!(text(conn, words), now, "as the version before has it");
    let languages = "SELECT string_agg(coalesce(language::text, '-'), ',' ORDER BY name) AS text FROM users";
    assert_eq!(
        (text(conn, languages), text(conn, "SELECT language::text AS text FROM installation")),
        ("-,uk".to_owned(), "en".to_owned())
    );
    migrations::run(conn).unwrap();
    assert_eq!((text(conn, words), text(conn, languages)), (now, "-,uk".to_owned()));
}

/// One text that a query answers.
fn text(conn: &mut PgConnection, query: &str) -> String {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        text: String,
    }
    sql_query(query).get_result::<Row>(conn).unwrap().text
}

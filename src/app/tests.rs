//! Adding a language is an entry in the list of languages and a catalog: the tests have
//! one more language, whose catalog is the English one with accents, and every page of
//! the demo company is found in it. A word without accents comes from the code or the
//! templates, where it would stay English in every language.

mod fallback;
mod shown;
#[path = "../../tests/support/mod.rs"]
mod support;

use crate::{
    help::HelpContacts,
    i18n::Language,
    library::{shipped, to_html},
    urls,
    web::demo,
};
use chrono::Days;
use regex::Regex;
use shown::{decoded, has_plain_letters, runs, single_spaced, word_at};
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
    // Of a list of campaigns only the first few are visited.
    let open = looks.app.number("SELECT id FROM periods WHERE kind = 'campaign' AND state = 'open'");
    let open = format!("/hr/campaigns/{open}");
    looks.follow(&hr, &[&open, &department, "/hr", "/hr/campaigns", "/hr/departments", "/hr/employees"]);
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

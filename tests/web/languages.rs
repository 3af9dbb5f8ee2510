//! Every page of the check-up in every language: it renders, and no catalog key is
//! shown in place of a message.

use crate::{
    campaigns::{draft, hr_at_work},
    company,
    steps::{app_at, between, checked, set_clock, sign_in, visible},
    support::{Answer, Browser, PASSWORD, TestApp},
};
use std::{collections::HashSet, fs, path::PathBuf};

/// Keys that no sentence contains by itself.
fn keys() -> HashSet<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("locales/en");
    let texts = fs::read_dir(folder).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    let keys = texts
        .flat_map(|text| text.lines().filter_map(|line| Some(line.split_once(" =")?.0.to_owned())).collect::<Vec<_>>());
    keys.filter(|key| key.contains('-') && key.bytes().all(|b| b == b'-' || b == b'_' || b.is_ascii_alphanumeric()))
        .collect()
}

fn assert_speaks(page: &Answer, status: u16, language: &str, what: &str) {
    assert_eq!(page.status, status, "{what} in {language}");
    assert!(page.body.contains(&format!("<html lang=\"{language}\">")), "{what} in {language}");
    let attributes =
        page.body.split('"').filter(|part| !part.contains(['<', '>', '=', '/', '.'])).filter(|part| part.contains(' '));
    let text = visible(&page.body) + " " + &attributes.collect::<Vec<_>>().join(" ");
    let keys = keys();
    let shown: Vec<_> = text
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
        .filter(|word| keys.contains(*word))
        .collect();
    // Values of class attributes have several words and may look like keys.
    let classes: HashSet<_> = page
        .body
        .split("class=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .flat_map(str::split_whitespace)
        .collect();
    let shown: Vec<_> = shown.into_iter().filter(|key| !classes.contains(key)).collect();
    assert!(shown.is_empty(), "{what} in {language} shows {shown:?}");
    let cyrillic = visible(&page.body).chars().filter(|c| ('а'..='я').contains(c)).count();
    assert_eq!(cyrillic > 100, language != "en", "{what} in {language}: {cyrillic}");
    if language == "uk" {
        assert!(!visible(&page.body).contains(['ы', 'э', 'ё']), "{what} has Russian letters in Ukrainian");
    }
    if language == "ru" {
        assert!(
            !visible(&page.body).replace("Українська", "").contains(['і', 'ї', 'є']),
            "{what} has Ukrainian letters in Russian"
        );
    }
}

fn every_page(app: &TestApp, language: &str) {
    let email = format!("{language}@example.com");
    set_clock(app, "2026-03-10T10:00:00Z");
    let reader = app.register(&email);
    let choose = [("language", language), ("return_to", "/dashboard")];
    assert_eq!(reader.post("/language", &choose).status, 303);
    assert_speaks(&reader.get("/dashboard"), 200, language, "an empty dashboard");
    assert_speaks(&reader.get("/history"), 200, language, "an empty history");
    assert_speaks(&reader.get("/recommendations"), 200, language, "an empty list");
    assert_speaks(&reader.get("/assessments/new"), 200, language, "the promise");
    assert_speaks(&reader.submit_all(2, "early"), 422, language, "the promise with answers");
    reader.post("/assessments/consent", &[("answer_0", "2")]);
    let resumed = reader.get("/assessments/new");
    assert_eq!(checked(&resumed.body).len(), 1);
    assert_speaks(&resumed, 200, language, "a resumed questionnaire");
    assert_speaks(&reader.get("/dashboard"), 200, language, "a dashboard with a draft");
    assert_speaks(&reader.submit(&[3], "half"), 422, language, "a questionnaire with gaps");
    let first = reader.submit_all(2, "first");
    assert_speaks(&reader.get(first.location()), 200, language, "a first result");
    for (month, value) in [("2026-04", 4), ("2026-05", 4)] {
        set_clock(app, &format!("{month}-10T10:00:00Z"));
        let reader = sign_in(app, &email);
        let made = reader.submit_all(value, month);
        assert_speaks(&reader.get(made.location()), 200, language, "a later result");
    }
    let reader = sign_in(app, &email);
    for values in [["200", "1", "1"], ["90", "50", "10"]] {
        let page = reader.post("/pulse", &[("burnout", values[0]), ("stress", values[1]), ("productivity", values[2])]);
        if values[0] == "200" {
            assert_speaks(&page, 422, language, "a pulse out of range");
        }
    }
    set_clock(app, "2026-05-10T18:00:00Z");
    for path in ["/dashboard", "/history", "/recommendations", "/promise", "/help", "/privacy", "/profile"] {
        assert_speaks(&reader.get(path), 200, language, path);
    }
    assert_speaks(&reader.get("/nowhere"), 404, language, "the 404 page");
    assert_speaks(&reader.get("/history?before=x"), 400, language, "the 400 page");
    let by_header = app.browser();
    for path in ["/", "/login", "/register", "/password/forgot", "/promise", "/help"] {
        let page = by_header.get_with(path, &[("Accept-Language", &format!("de,{language}-XX;q=0.8"))]);
        assert_speaks(&page, 200, language, path);
    }
}

#[test]
fn every_page_speaks_english() {
    every_page(&app_at("2026-03-10T10:00:00Z"), "en");
}

#[test]
fn every_page_speaks_russian() {
    every_page(&app_at("2026-03-10T10:00:00Z"), "ru");
}

#[test]
fn every_page_speaks_ukrainian() {
    every_page(&app_at("2026-03-10T10:00:00Z"), "uk");
}

fn page_with(words: &str) -> Answer {
    let filler = "word ".repeat(30);
    let body = format!("<html lang=\"en\"><p class=\"result-title one\">{filler}{words}</p></html>");
    Answer { status: 200, headers: ureq::http::HeaderMap::new(), body, forms: Vec::new() }
}

#[test]
fn a_page_without_keys_passes() {
    assert_speaks(&page_with("a result, titled"), 200, "en", "a page");
}

#[test]
#[should_panic(expected = "history-title")]
fn a_key_in_the_text_is_noticed() {
    assert_speaks(&page_with("history-title"), 200, "en", "a page");
}

#[test]
#[should_panic(expected = "history-title")]
fn a_key_in_a_label_is_noticed() {
    assert_speaks(&page_with("<svg aria-label=\"history-title over time\"></svg>"), 200, "en", "a page");
}

/// A form as a browser sends it when a button of the language switch was pressed.
fn switch(browser: &Browser, path: &str, form: &str, fields: &[(&str, &str)]) -> Answer {
    let page = browser.get(path);
    let buttons: Vec<_> = between(&page.body, "<button ", ">")
        .into_iter()
        .filter(|button| button.contains("name=\"language\""))
        .collect();
    assert_eq!(buttons.len(), 3);
    let own =
        between(&page.body, "<button ", ">").into_iter().find(|button| button.contains(&format!("form=\"{form}\"")));
    assert!(!own.unwrap().contains("formaction"), "Enter in a field sends the form and switches no language");
    assert!(buttons[0].contains(&format!("form=\"{form}\"")), "{buttons:?}");
    // A browser takes the first element with this id, and no other than a form.
    assert_eq!(page.body.matches(&format!("id=\"{form}\"")).count(), 1, "{path}");
    let own = |tag: &&str| tag.contains(&format!("id=\"{form}\""));
    assert!(between(&page.body, "<form ", ">").into_iter().any(|tag| own(&tag)), "{path}: no form is called {form}");
    let action = between(buttons[0], "formaction=\"", "\"")[0];
    browser.post(action, &[fields, &[("language", "uk")]].concat())
}

#[test]
fn switching_the_language_keeps_what_was_typed_and_saves_nothing_else() {
    let app = TestApp::spawn();
    let stranger = app.browser();
    let fields = [("name", "Ада Байрон"), ("email", "ada@example.com"), ("department", "Котельня"), ("password", "x")];
    let page = switch(&stranger, "/register", "registration", &fields);
    assert!(page.status == 200 && page.body.contains("<html lang=\"uk\">"));
    assert!(page.body.contains("Ада Байрон") && page.body.contains("Котельня"));
    assert!(stranger.get("/register").body.contains("<html lang=\"uk\">"), "the browser keeps it");
    assert_eq!(app.number("SELECT count(*) FROM users"), 0);
    let ada = app.register_and_agree("ada@example.com");
    let page = switch(&ada, "/support", "support", &[("message", "Words & more")]);
    assert!(page.status == 200 && page.body.contains("<html lang=\"uk\">") && page.body.contains("Words &#38; more"));
    ada.post("/chats", &[("name", "Sleep"), ("color", "#74467a")]);
    ada.post("/language", &[("language", "en")]);
    let chats = ada.get("/chats");
    let chat = format!("/chats/{}", between(&chats.body, "href=\"/chats/", "\"")[0]);
    let page = switch(&ada, &chat, "write", &[("user_message", "Not yet sent"), ("idempotency_key", "k")]);
    assert!(page.status == 200 && page.body.contains("<html lang=\"uk\">") && page.body.contains("Not yet sent"));
    ada.post("/language", &[("language", "en")]);
    let page = switch(&ada, "/assessments/new", "check-up", &[("answer_0", "2"), ("answer_7", "5")]);
    assert_eq!((page.status, page.location()), (303, "/assessments/new"));
    let page = ada.get("/assessments/new");
    assert!(page.body.contains("<html lang=\"uk\">"));
    assert_eq!(checked(&page.body).into_iter().collect::<Vec<_>>(), [(0, 2), (7, 5)]);
    let counts = "(SELECT count(*) FROM support_requests) + (SELECT count(*) FROM messages) + (SELECT count(*) FROM assessments)";
    assert_eq!(app.number(counts), 0);
}

#[test]
fn the_language_of_the_first_sign_in_is_remembered_for_mails() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    let language = "SELECT coalesce(language::text, '-') FROM users";
    let sign_in_with = |accepts: &str| {
        let fields = [("email", "ada@example.com"), ("password", PASSWORD)];
        let answer = app.browser().post_with("/login", &fields, &[("Accept-Language", accepts)]);
        assert_eq!(answer.status, 303);
        app.text(language)
    };
    app.execute("UPDATE users SET language = NULL");
    assert_eq!(sign_in_with("de, fr;q=0.5"), "-", "a language that we do not speak says nothing");
    assert_eq!(sign_in_with("uk-UA, en;q=0.5"), "uk");
    assert_eq!(sign_in_with("en"), "uk", "what is known stays");
}

#[test]
fn who_chose_no_language_reads_the_companys() {
    let app = TestApp::spawn_with(&[("HEARTH_LANGUAGE", "uk")]);
    let nobody = app.browser();
    assert!(nobody.get("/login").body.contains("<html lang=\"uk\">"));
    assert!(nobody.get_with("/login", &[("Accept-Language", "ru")]).body.contains("<html lang=\"ru\">"));
}

#[test]
fn switching_the_language_keeps_what_staff_typed_and_saves_nothing_else() {
    let (app, hr) = hr_at_work(&[]);
    let department = company::department(&app, "Kitchen", None);
    let plan = format!("/hr/departments/{department}/actions");
    let dimension = app.text("SELECT definition #>> '{subscales,0,id}' FROM instrument_versions ORDER BY id LIMIT 1");
    let words = [("what", "A later shift"), ("who", "Cooks"), ("until", "2026-12-01"), ("dimension", &*dimension)];
    assert_eq!(hr.post(&plan, &words).status, 303);
    let action = format!("/hr/actions/{}/edit", app.number("SELECT id FROM actions"));
    let draft = draft(&app, &hr, "Autumn");
    let fields = [
        ("action", "draft"),
        ("title_en", "Breathe"),
        ("description_en", "Slowly."),
        ("audience", "person"),
        ("category", "body"),
        ("kind", "habit"),
        ("minutes", "5"),
        ("level", "low"),
        ("dimension", "emotional_exhaustion"),
    ];
    let item = hr.post("/hr/library", &fields);
    assert_eq!(item.status, 303, "{}", visible(&item.body));
    let rows = "SELECT concat_ws('/', (SELECT count(*) FROM periods), (SELECT count(*) FROM actions),
        (SELECT count(*) FROM library_items), (SELECT min(name) FROM periods), (SELECT min(what) FROM actions),
        (SELECT string_agg(title, ',' ORDER BY item_id) FROM library_texts), (SELECT count(*) FROM profiles))";
    let before = app.text(rows);
    for (path, form, field) in [
        (&*format!("/hr/departments/{department}"), "new-action", "what"),
        (&*action, "action", "what"),
        ("/hr/campaigns/new", "campaign", "name"),
        (&*draft, "campaign", "name"),
        ("/hr/library/new", "item", "title_en"),
        (item.location(), "item", "title_en"),
        ("/profile", "details-form", "interests"),
    ] {
        hr.post("/language", &[("language", "en")]);
        let page = switch(&hr, path, form, &[(field, "Typed & not kept")]);
        assert!(page.status == 200 && page.body.contains("<html lang=\"uk\">"), "{path}: {}", page.status);
        assert!(page.body.contains("Typed &#38; not kept"), "{path}");
        assert!(hr.get(path).body.contains("<html lang=\"uk\">"), "{path}: it is remembered");
    }
    assert_eq!(app.text(rows), before);
}

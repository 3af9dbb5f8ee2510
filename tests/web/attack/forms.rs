//! Two people share a browser: a form that one of them opened is submitted while the
//! other is signed in.

use crate::{
    access::routes,
    campaigns::{draft, hr_at_work},
    steps::{between, key_of, sign_in, visible},
    support::{Answer, Browser, TestApp},
};
use diesel::{RunQueryDsl as _, sql_query};
use hearth::i18n::Language;
use std::collections::BTreeSet;

/// Writes that anybody may send as whoever they are: ways in and out, and the
/// language of this browser. A link that verifies an address says first whether
/// it is one.
const OPEN: [&str; 8] = [
    "/login",
    "/code",
    "/logout",
    "/register",
    "/password/forgot",
    "/password/reset/{token}",
    "/language",
    "/profile/address/{token}",
];

/// Whose a page's forms are.
fn form_of(page: &Answer) -> String {
    page.forms.first().unwrap_or_else(|| panic!("no form of anybody on this page: {}", page.body)).clone()
}

/// A pattern with numbers in place of its variables.
fn first(pattern: &str) -> String {
    let parts = pattern.split('/').map(|part| match part {
        "{token}" => "0000",
        part if part.starts_with('{') => "1",
        part => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

#[derive(diesel::QueryableByName)]
struct Rows {
    #[diesel(sql_type = diesel::sql_types::Text)]
    rows: String,
}

/// Everything that the database holds, but for when somebody was last seen.
fn everything(app: &TestApp) -> Vec<String> {
    let mut conn = app.db.connect();
    let tables: Vec<Rows> = sql_query(
        "SELECT table_name::text AS rows FROM information_schema.tables
         WHERE table_schema = current_schema() AND table_name <> 'sign_ins' ORDER BY 1",
    )
    .load(&mut conn)
    .unwrap();
    let read = |table: &Rows| {
        let all =
            format!("SELECT coalesce(string_agg(t::text, '|' ORDER BY t::text), '') AS rows FROM {} t", table.rows);
        let found: Rows = sql_query(all).get_result(&mut app.db.connect()).unwrap();
        format!("{}: {}", table.rows, found.rows)
    };
    tables.iter().map(read).collect()
}

fn with_every_role(app: &TestApp, email: &str) -> Browser {
    let browser = app.register_as(email, "hr");
    for role in ["admin", "manager"] {
        app.execute(&format!(
            "INSERT INTO user_roles (user_id, role_id) SELECT u.id, r.id FROM users u, roles r
             WHERE u.email = '{email}' AND r.key = '{role}'"
        ));
    }
    browser
}

/// Sends a form to an address that takes files or not.
fn post(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
    let field = match path {
        "/profile/avatar" => "picture",
        "/hr/instruments" | "/hr/employees/import" => "file",
        _ => return browser.post(path, fields),
    };
    browser.upload_with(path, field, "a.txt", b"email,name\nada@example.com,Ada", fields)
}

#[test]
fn no_write_of_the_product_takes_a_form_that_somebody_else_opened() {
    let app = TestApp::spawn();
    let ada = with_every_role(&app, "ada@example.com");
    let bob = with_every_role(&app, "bob@example.com");
    let adas = form_of(&ada.get("/profile"));
    let before = everything(&app);
    let mut tried = BTreeSet::new();
    for (_, pattern) in routes().into_iter().filter(|(method, path)| method == "POST" && !path.starts_with("/api")) {
        if OPEN.contains(&&*pattern) {
            continue;
        }
        let path = first(&pattern);
        for mark in [&*adas, "", "nonsense", &"0".repeat(64)] {
            let fields = [("form_of", mark), ("message", "Words of Ada"), ("q", "Ada"), ("answer_3", "4")];
            let answer = post(&bob, &path, &fields);
            assert_eq!(answer.status, 409, "{path} with {mark:?}: {}", visible(&answer.body));
        }
        tried.insert(path);
    }
    assert!(tried.len() > 60, "{tried:?}");
    assert_eq!(everything(&app), before, "something of a refused form was kept");
}

#[test]
fn the_words_of_a_refused_form_come_back_to_be_copied_in_the_readers_language() {
    let app = TestApp::spawn();
    let (ada, bob) = (app.register_and_agree("ada@example.com"), app.register_and_agree("bob@example.com"));
    let adas = form_of(&ada.get("/support"));
    for language in Language::ALL {
        bob.post("/language", &[("language", language.code())]);
        let secret = [("password", "of nobody's business"), ("current_password", "nor this")];
        let words = [("form_of", &*adas), ("message", "First line <b>\r\n\r\nsecond line"), ("burnout", "77")];
        let refused = bob.post("/support", &[&words[..], &secret].concat());
        assert_eq!(refused.status, 409);
        let catalog = language.catalog();
        let text = visible(&refused.body);
        assert!(
            text.contains(catalog.text("error-title-409")) && text.contains(catalog.text("error-text-409")),
            "{text}"
        );
        assert!(refused.body.contains("First line &#60;b&#62;\n\nsecond line"), "{}", refused.body);
        assert!(refused.body.contains("value=\"77\""), "{}", refused.body);
        assert!(!refused.body.contains("nobody's business") && !refused.body.contains("nor this"));
        assert!(!text.contains(catalog.text("kept-send")), "without the passwords it is not whole");
    }
    assert_eq!(app.number("SELECT count(*) FROM support_requests"), 0);
}

/// Sends the form that a page of an error brings back.
fn send_again(browser: &Browser, page: &Answer) -> Answer {
    let form = between(&page.body, "<section class=\"section\">", "</section>")[0];
    let action = between(form, "action=\"", "\"")[0];
    let mut fields: Vec<(&str, &str)> = Vec::new();
    for input in between(form, "<input ", ">") {
        fields.push((between(input, "name=\"", "\"")[0], between(input, "value=\"", "\"")[0]));
    }
    for area in between(form, "<textarea ", "</textarea>") {
        fields.push((between(area, "name=\"", "\"")[0], area.split_once(">\n").unwrap().1));
    }
    for (_, mark) in fields.iter_mut().filter(|(name, _)| *name == "form_of") {
        *mark = page.forms.last().unwrap(); // the one below the words
    }
    browser.post(action, &fields)
}

#[test]
fn a_refused_form_is_taken_once_its_own_person_is_signed_in_again() {
    let app = TestApp::spawn();
    let shared = app.register("ada@example.com");
    let adas = form_of(&shared.get("/support"));
    shared.post("/logout", &[]);
    app.register("bob@example.com");
    let words = "Please call me on Monday; there is more to say than fits into one line.";
    let fields = [("form_of", &*adas), ("message", words)];
    let signed_out = shared.post("/support", &fields);
    assert_eq!(signed_out.status, 401, "{}", visible(&signed_out.body));
    assert!(signed_out.body.contains(words) && signed_out.body.contains("href=\"/login\""));
    shared.post("/login", &[("email", "bob@example.com"), ("password", crate::support::PASSWORD)]);
    let as_bob = send_again(&shared, &signed_out);
    assert_eq!(as_bob.status, 409, "{}", visible(&as_bob.body));
    shared.post("/logout", &[]);
    shared.post("/login", &[("email", "ada@example.com"), ("password", crate::support::PASSWORD)]);
    let sent = send_again(&shared, &as_bob);
    assert_eq!(sent.status, 303, "{}", visible(&sent.body));
    let kept =
        "SELECT string_agg(u.email || ': ' || s.message, '') FROM support_requests s JOIN users u ON u.id = s.user_id";
    assert_eq!(app.text(kept), format!("ada@example.com: {words}"));
}

#[test]
fn answers_that_one_person_gave_never_become_another_persons_check_up_or_draft() {
    let app = TestApp::spawn();
    let (ada, bob) = (app.register_and_agree("ada@example.com"), app.register_and_agree("bob@example.com"));
    let form = ada.get("/assessments/new");
    let (adas, key) = (form_of(&form), key_of(&form.body));
    let answers: Vec<_> = (0..20).map(|item| (format!("answer_{item}"), "4".to_owned())).collect();
    let mut fields: Vec<(&str, &str)> = answers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.extend([("form_of", &*adas), ("idempotency_key", &*key)]);
    let before = everything(&app);
    for path in ["/assessments", "/assessments/draft", "/assessments/consent"] {
        let refused = bob.post(path, &fields);
        assert_eq!(refused.status, 409, "{path}: {}", visible(&refused.body));
        assert!(visible(&refused.body).contains("Answer to question 20"), "{path}");
        let script = bob.post_with(path, &fields, &[("Accept", "application/json")]);
        assert_eq!(script.status, 409, "{path}");
    }
    assert_eq!(everything(&app), before);
    // Signed out, the questionnaire itself comes back, still as Ada's.
    bob.post("/logout", &[]);
    let back = bob.post("/assessments", &fields);
    assert_eq!(back.status, 401);
    let again = form_of(&back);
    assert_ne!(again, adas, "masked afresh");
    let bob = sign_in(&app, "bob@example.com");
    fields.retain(|(name, _)| *name != "form_of");
    assert_eq!(bob.post("/assessments", &[&fields[..], &[("form_of", &*again)]].concat()).status, 409);
    let ada = sign_in(&app, "ada@example.com"); // another sign-in of the same person
    assert_eq!(ada.post("/assessments", &[&fields[..], &[("form_of", &*again)]].concat()).status, 303);
}

#[test]
fn a_form_that_says_nothing_is_taken_as_before() {
    let app = TestApp::spawn();
    let ada = app.register("ada@example.com");
    assert_eq!(ada.post("/support", &[("message", "Please call me.")]).status, 303);
    let stranger = app.browser();
    let answer = stranger.post("/support", &[("message", "Please call me.")]);
    assert_eq!((answer.status, answer.location()), (303, "/login"));
}

#[test]
fn a_slip_is_a_person_too() {
    let (app, hr) = hr_at_work(&[]);
    let path = draft(&app, &hr, "Autumn");
    for name in ["Ivo Stone", "Mara Kiln"] {
        hr.post(&format!("{path}/people"), &[("person_name", name), ("person_position", "Driver")]);
    }
    hr.post(&format!("{path}/open"), &[]);
    let page = hr.post(&format!("{path}/codes"), &[]);
    let codes = between(&page.body, "<code>", "</code>");
    let tablet = app.browser();
    tablet.post("/code", &[("code", codes[0])]);
    let first = form_of(&tablet.get("/assessments/new"));
    tablet.post("/logout", &[]);
    tablet.post("/code", &[("code", codes[1])]);
    let fields = [("form_of", &*first), ("answer_0", "5")];
    for path in ["/assessments/consent", "/assessments/draft", "/assessments"] {
        assert_eq!(tablet.post(path, &fields).status, 409, "{path}");
    }
    let second = form_of(&tablet.get("/assessments/new"));
    assert_eq!(tablet.post("/assessments/consent", &[("form_of", &second)]).status, 303);
}

#[test]
fn no_two_forms_carry_the_same_letters_so_that_compression_tells_nothing() {
    let app = TestApp::spawn();
    let ada = app.register("ada@example.com");
    let mut seen = BTreeSet::new();
    for _ in 0..3 {
        let page = ada.get("/profile");
        assert!(page.forms.len() > 4);
        for mark in page.forms {
            assert_eq!(mark.len(), 64);
            assert!(seen.insert(mark.clone()), "{mark} stands twice");
        }
    }
}

#[test]
fn the_language_of_another_person_stays_as_it_is() {
    let app = TestApp::spawn();
    let (ada, bob) = (app.register("ada@example.com"), app.register("bob@example.com"));
    bob.post("/language", &[("language", "en")]);
    let adas = form_of(&ada.get("/dashboard"));
    assert_eq!(bob.post("/language", &[("language", "uk"), ("form_of", &adas)]).status, 303);
    assert_eq!(app.text("SELECT language FROM users WHERE email = 'bob@example.com'"), "en");
}

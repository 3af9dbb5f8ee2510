//! `/register`: what is asked for, what is refused, what is stored.

use crate::{
    steps::{at_once, between},
    support::{Answer, Browser, PASSWORD, TestApp},
};

const FIELDS: [(&str, &str); 5] = [
    ("email", "ada@example.com"),
    ("password", PASSWORD),
    ("name", "Ada Byron"),
    ("position", "Analyst"),
    ("department", "Engines"),
];

/// Registers with one field set to something else.
fn register_with(browser: &Browser, field: &str, value: &str) -> Answer {
    let fields: Vec<_> =
        FIELDS.iter().map(|(name, usual)| (*name, if *name == field { value } else { *usual })).collect();
    browser.post("/register", &fields)
}

fn error_of(answer: &Answer, field: &str) -> String {
    between(&answer.body, &format!("id=\"{field}-error\">"), "</p>").first().copied().unwrap_or_default().to_owned()
}

#[test]
fn a_new_account_is_signed_in_and_its_department_is_only_a_claim() {
    let app = TestApp::spawn();
    let ada = app.browser();
    let answer = ada.post(
        "/register",
        &FIELDS.map(|(name, value)| (name, if name == "email" { " Ada@Example.COM " } else { value })),
    );
    assert_eq!((answer.status, answer.location()), (303, "/dashboard"));
    let dashboard = ada.get("/dashboard");
    assert!(dashboard.body.contains("Welcome to Hearth.") && dashboard.body.contains("Ada Byron"));
    assert!(!ada.get("/dashboard").body.contains("Welcome to Hearth."), "said once");
    let row = "concat_ws('|', email, name, position, claimed_department, department_id, confirmed_at, language)";
    assert_eq!(app.text(&format!("SELECT {row} FROM users")), "ada@example.com|Ada Byron|Analyst|Engines|en");
    let roles = "SELECT string_agg(r.key, ' ') FROM user_roles JOIN roles r ON r.id = role_id";
    assert_eq!(app.text(roles), "employee");
    assert!(app.text("SELECT password_hash FROM users").starts_with("$2b$04$"));
    assert!(ada.get("/profile").body.contains("(not confirmed by HR yet)"));
}

#[test]
fn what_cannot_be_accepted_is_said_next_to_its_field() {
    let app = TestApp::spawn();
    let long = "x".repeat(256);
    let cases = [
        ("name", "", "Please fill this in."),
        ("name", " \t ", "Please fill this in."),
        ("name", "\u{1}\u{2}", "Please fill this in."),
        ("name", &long, "255 characters at most"),
        ("position", &long, "255 characters at most"),
        ("department", &long, "255 characters at most"),
        ("email", "", "does not look like an e-mail address"),
        ("email", "ada", "does not look like an e-mail address"),
        ("email", "ada@", "does not look like an e-mail address"),
        ("email", "a b@example.com", "does not look like an e-mail address"),
        ("email", "ada@example.com\r\nBcc: eve@example.com", "does not look like an e-mail address"),
        ("password", "", "at least 8 characters"),
        ("password", "seven77", "at least 8 characters"),
        ("password", "сім сім", "at least 8 characters"),
        ("password", &"long-enough-and-rather-unusual-".repeat(5)[..129], "at most 128 characters"),
        ("password", &"ґ".repeat(129), "at most 128 characters"),
        ("password", "password123", "too easy to guess"),
        ("password", "ada byron", "too easy to guess"),
        ("password", "qwertyuiop", "too easy to guess"),
        ("password", "quiet\0harbour\0lantern", "control characters"),
    ];
    for (field, value, words) in cases {
        let answer = register_with(&app.browser(), field, value);
        assert_eq!(answer.status, 422, "{field} {value:?}");
        let error = error_of(&answer, field);
        assert!(error.contains(words), "{field} {value:?}: {error:?}");
        assert_eq!(
            answer.body.matches("class=\"field__error\"").count(),
            1,
            "{field} {value:?}: only this field is wrong"
        );
        assert!(answer.body.contains(&format!("<a href=\"#{field}\">")), "the summary leads to the field");
        assert!(answer.cookie("session").is_none() && !answer.body.contains(PASSWORD));
    }
    assert_eq!(app.number("SELECT (SELECT count(*) FROM users) + (SELECT count(*) FROM sign_ins)"), 0);
    let nothing = app.browser().post("/register", &[]);
    assert_eq!(nothing.status, 422);
    for field in ["name", "email", "password"] {
        assert!(!error_of(&nothing, field).is_empty(), "{field}");
    }
}

#[test]
fn the_longest_of_everything_is_accepted() {
    let app = TestApp::spawn();
    let (name, password) = ("й".repeat(255), "тиха гавань та ліхтар над водою вночі, ".repeat(4)); // characters, not bytes
    let password: String = password.chars().take(128).collect();
    let fields = [
        ("email", "ada@example.com"),
        ("password", &*password),
        ("name", &name),
        ("position", &name),
        ("department", &name),
    ];
    let browser = app.browser();
    assert_eq!(browser.post("/register", &fields).status, 303);
    assert_eq!(app.number("SELECT length(name) + length(position) + length(claimed_department) FROM users"), 765);
    assert_eq!(app.browser().post("/login", &fields[..2]).status, 303);
}

#[test]
fn what_was_typed_comes_back_as_text_and_never_as_markup() {
    let app = TestApp::spawn();
    let evil = "\"><script>alert(1)</script>' onfocus=x & {{ 7*7 }}";
    let fields = [("email", evil), ("password", "short"), ("name", evil), ("position", evil), ("department", evil)];
    let answer = app.browser().post("/register", &fields);
    assert_eq!(answer.status, 422);
    assert!(!answer.body.contains("<script>alert") && !answer.body.contains("' onfocus"));
    for field in ["email", "name", "position", "department"] {
        let input = between(&answer.body, &format!("<input id=\"{field}\""), ">");
        let value = between(input[0], " value=\"", "\"")[0];
        assert_eq!(unescape(value), evil, "{field}");
    }
    let password = between(&answer.body, "<input id=\"password\"", ">")[0];
    assert!(!password.contains("value="), "{password}");
    let fields = FIELDS
        .map(|(name, value)| (name, if matches!(name, "name" | "position" | "department") { evil } else { value }));
    let browser = app.browser();
    assert_eq!(browser.post("/register", &fields).status, 303);
    for page in ["/dashboard", "/profile", "/privacy", "/history"] {
        let body = browser.get(page).body;
        assert!(!body.contains("<script>alert") && !body.contains("' onfocus"), "{page}");
    }
    assert_eq!(app.text("SELECT name FROM users"), evil, "stored as it was typed");
}

/// What a browser makes of a value.
fn unescape(value: &str) -> String {
    let named = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#60;", "<"),
        ("&#62;", ">"),
    ];
    let text = named.iter().fold(value.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace("&#38;", "&").replace("&amp;", "&")
}

#[test]
fn an_address_has_one_account_however_it_is_written() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    for email in ["ada@example.com", "ADA@EXAMPLE.COM", " Ada@example.com "] {
        let answer = register_with(&app.browser(), "email", email);
        assert_eq!(answer.status, 422, "{email}");
        assert!(error_of(&answer, "email").contains("has an account already"));
        assert!(answer.body.contains("value=\"Ada Byron\"") && answer.cookie("session").is_none());
    }
    assert_eq!(app.number("SELECT count(*) FROM users"), 1);
}

#[test]
fn of_two_registrations_at_once_one_makes_the_account() {
    let app = TestApp::spawn();
    for round in 0..5 {
        let (one, two) = (app.browser(), app.browser());
        let email = format!("ada{round}@example.com");
        let mut answers = at_once(&[&one, &two], |_, browser| register_with(browser, "email", &email));
        answers.sort_by_key(|answer| answer.status);
        assert_eq!(answers.iter().map(|answer| answer.status).collect::<Vec<_>>(), [303, 422]);
        assert!(error_of(&answers[1], "email").contains("has an account already"));
    }
    assert_eq!(app.number("SELECT count(*) FROM users"), 5);
    assert_eq!(app.number("SELECT count(*) FROM sign_ins"), 5);
}

#[test]
fn the_account_speaks_the_language_it_was_made_in() {
    let app = TestApp::spawn();
    let browser = app.browser();
    let answer = browser.post_with("/register", &FIELDS, &[("Accept-Language", "uk-UA,uk;q=0.9,en;q=0.5")]);
    assert_eq!(answer.status, 303);
    assert_eq!(app.text("SELECT language FROM users"), "uk");
    assert!(browser.get("/dashboard").body.contains("<html lang=\"uk\">"), "whatever the browser asks for later");
}

//! Hostile input in every form field and query parameter never causes a server error.

use crate::{
    access::routes,
    steps::between,
    support::{Browser, TestApp},
};
use std::collections::BTreeSet;

/// As they stand in a request: U+0000, bytes that are no UTF-8, half of a
/// surrogate pair, numbers too long for any type, signs that nobody sees.
const VALUES: [&str; 9] = [
    "%00",
    "a%00b",
    "%FF%FE",
    "%ED%A0%80",
    "99999999999999999999999999999999",
    "-1",
    "1e999",
    "%E2%80%AE%E2%80%8B%EF%BB%BF",
    "%F0%9F%94%A5%27%22%3C%25",
];

/// Parameters that some page has.
const PARAMETERS: [&str; 24] = [
    "q",
    "tag",
    "after",
    "before",
    "from",
    "to",
    "period",
    "department",
    "next",
    "result",
    "in",
    "lang",
    "limit",
    "state",
    "category",
    "kind",
    "level",
    "language",
    "page",
    "actor",
    "event",
    "compare",
    "date",
    "status",
];

fn everybody(app: &TestApp) -> Browser {
    let browser = app.register_as("ada@example.com", "hr");
    for role in ["admin", "manager"] {
        app.execute(&format!(
            "INSERT INTO user_roles (user_id, role_id) SELECT u.id, r.id FROM users u, roles r WHERE r.key = '{role}'"
        ));
    }
    browser.post("/assessments/consent", &[]);
    browser
}

/// Addresses that are there, made from a pattern.
fn path(pattern: &str) -> String {
    let parts = pattern.split('/').map(|part| if part.starts_with('{') { "1" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

#[test]
fn nothing_behind_a_question_mark_is_an_error_of_ours() {
    let app = TestApp::spawn();
    let ada = everybody(&app);
    for (_, pattern) in routes().into_iter().filter(|(method, _)| method == "GET") {
        for name in PARAMETERS {
            for value in &VALUES[..6] {
                let asked = format!("{}?{name}={value}", path(&pattern));
                let status = ada.get(&asked).status;
                assert!(status < 500, "{asked} is {status}");
            }
        }
    }
}

#[test]
fn nothing_in_a_field_of_a_form_is_an_error_of_ours() {
    let app = TestApp::spawn();
    let ada = everybody(&app);
    ada.post("/chats", &[("name", "Sleep"), ("color", "#74467a")]);
    ada.post("/hr/departments", &[("name", "Kiln")]);
    let mut tried = BTreeSet::new();
    for (_, pattern) in routes().into_iter().filter(|(method, path)| method == "GET" && !path.starts_with("/api")) {
        let page = ada.get(&path(&pattern));
        for form in between(&page.body, "<form", "</form>") {
            let Some(action) = between(form, "action=\"", "\"").first().copied() else { continue };
            let names: BTreeSet<_> =
                between(form, " name=\"", "\"").into_iter().filter(|name| *name != "form_of").collect();
            if action == "/logout" || !form.contains("method=\"post\"") {
                continue;
            }
            for name in &names {
                for value in VALUES {
                    if !tried.insert(format!("{action} {name} {value}")) {
                        continue;
                    }
                    let others = names.iter().filter(|other| *other != name).map(|other| format!("&{other}=1"));
                    let body = format!("{name}={value}{}", others.collect::<String>());
                    let status = ada.post_raw(action, &body).status;
                    assert!(status < 500, "{action} with {body} is {status}");
                }
            }
        }
    }
    assert!(tried.len() > 300, "{}", tried.len());
}

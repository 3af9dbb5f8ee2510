//! Password fields: shown and hidden, pasted into, never kept as plain text.

use crate::{
    session::Session,
    support::{PASSWORD, TestApp},
};
use fantoccini::key::Key;
use serde_json::json;

#[test]
fn a_password_is_shown_and_hidden_by_its_reader() {
    let app = TestApp::spawn();
    let session = Session::open(&app);
    for path in ["/login", "/register"] {
        session.goto(path);
        session.fill("#password", PASSWORD);
        assert_eq!(session.property("#password", "type"), "password");
        for (shown, kind, words) in [("true", "text", "Hide"), ("false", "password", "Show")] {
            session.click(".field__reveal");
            assert_eq!(session.property("#password", "type"), kind);
            assert_eq!(session.text(".field__reveal"), words);
            assert_eq!(session.attribute(".field__reveal", "aria-pressed").as_deref(), Some(shown));
            assert_eq!(session.property("#password", "value"), PASSWORD);
        }
    }
}

#[test]
fn a_shown_password_is_sent_as_a_password_and_does_not_come_back() {
    let app = TestApp::spawn();
    let session = Session::open(&app);
    session.goto("/login");
    session.fill("#email", "nobody@example.com");
    session.fill("#password", PASSWORD);
    session.click(".field__reveal");
    let kind_when_sent = "
        document.querySelector('main form').addEventListener('formdata', () => {
            sessionStorage.setItem('kind', document.querySelector('#password').type);
        });";
    session.js(kind_when_sent, vec![]);
    session.leaves(|| session.click("main .form .button"));
    session.refused(422);
    assert_eq!(session.js("return sessionStorage.getItem('kind')", vec![]), json!("password"));
    assert_eq!(session.property("#password", "value"), "");
    assert_eq!(session.property("#email", "value"), "nobody@example.com");
}

#[test]
fn a_password_can_be_pasted() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    let session = Session::open(&app);
    session.goto("/login");
    session.fill("#email", PASSWORD); // to have it somewhere to copy from
    session.keys(&[&Key::Control, "a"]);
    session.keys(&[&Key::Control, "x"]);
    assert_eq!(session.property("#email", "value"), "");
    session.click("#password");
    session.keys(&[&Key::Control, "v"]);
    assert_eq!(session.property("#password", "value"), PASSWORD);
    session.fill("#email", "ada@example.com");
    session.click("main .form .button");
    session.arrives("/dashboard");
}

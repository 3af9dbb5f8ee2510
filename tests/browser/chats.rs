//! The assistant's answer appears word by word with JavaScript, and on the next page
//! without it.

use crate::{
    driver::Settings,
    session::Session,
    support::{
        TestApp, eventually,
        model::{ModelServer, Mood},
    },
};
use serde_json::json;
use std::sync::mpsc;

fn app(moods: Vec<Mood>) -> (TestApp, ModelServer) {
    let model = ModelServer::start(moods);
    let app = TestApp::spawn_with(&[("ASSISTANT_URL", &model.url), ("ASSISTANT_MODEL", "m")]);
    let ada = app.register("ada@example.com");
    ada.post("/chats/agreement", &[("reader", "model")]);
    ada.post("/chats", &[("name", "Evenings"), ("color", "sage")]);
    (app, model)
}

/// What the conversation says now; its elements come and go.
fn said(session: &Session) -> String {
    let text = session.js("return document.querySelector('.conversation').innerText", vec![]);
    text.as_str().unwrap().to_owned()
}

fn chat(app: &TestApp) -> String {
    format!("/chats/{}", app.number("SELECT number FROM chats"))
}

#[test]
fn an_answer_is_shown_as_it_comes_and_the_next_message_can_follow() {
    let (go, wait) = mpsc::channel();
    let (app, model) = app(vec![Mood::Wait("First ", "and last.", wait), Mood::Stream(vec!["Again."])]);
    let session = Session::signed_in(&app, "ada@example.com");
    session.goto(&chat(&app));
    session.js("window.isTheSamePage = true", vec![]);
    session.fill("#user_message", "Tell me");
    session.click("#write .button");
    eventually("the first piece", || said(&session).contains("First").then_some(()));
    assert!(!said(&session).contains("and last."));
    go.send(()).unwrap();
    eventually("the whole answer", || said(&session).contains("First and last.").then_some(()));
    eventually("an empty field", || session.property("#user_message", "value").is_empty().then_some(()));
    session.fill("#user_message", "Once more");
    session.click("#write .button");
    eventually("the second answer", || said(&session).contains("Again.").then_some(()));
    assert_eq!(session.js("return window.isTheSamePage", vec![]), json!(true));
    assert_eq!(app.number("SELECT count(*) FROM messages WHERE ai_response IS NOT NULL"), 2);
    assert_eq!(model.asked().len(), 2);
}

#[test]
fn the_first_message_is_answered_as_it_comes_and_asks_who_may_read_once() {
    let (go, wait) = mpsc::channel();
    let (app, model) = app(vec![Mood::Wait("First ", "and last.", wait)]);
    app.execute("DELETE FROM consents WHERE purpose = 'assistant'");
    let session = Session::signed_in(&app, "ada@example.com");
    session.goto(&chat(&app));
    session.click("#reader-model");
    session.fill("#user_message", "Tell me");
    session.click("#write .button");
    eventually("the first piece", || said(&session).contains("First").then_some(()));
    go.send(()).unwrap();
    eventually("the whole answer", || said(&session).contains("First and last.").then_some(()));
    eventually("no question any more", || (session.count("#reader") == 0).then_some(()));
    assert_eq!(model.asked().len(), 1);
}

#[test]
fn what_the_script_cannot_show_comes_with_the_next_page() {
    let (app, model) = app(vec![]);
    let session = Session::signed_in(&app, "ada@example.com");
    session.goto(&chat(&app));
    session.fill("#user_message", "I want to die");
    session.leaves(|| session.click("#write .button"));
    assert!(session.is_shown(".help-panel"));
    assert_eq!(app.number("SELECT count(*) FROM messages"), 1, "sent twice, kept once");
    assert!(model.asked().is_empty());
}

#[test]
fn a_conversation_needs_no_script() {
    let (app, _model) = app(vec![Mood::Stream(vec!["Here I am."])]);
    let session = Session::with(&app, Settings { javascript: false, ..Settings::default() });
    session.sign_in("ada@example.com");
    session.goto(&chat(&app));
    session.fill("#user_message", "Hello");
    session.click("#write .button");
    session.arrives(&chat(&app));
    eventually("the answer", || said(&session).contains("Here I am.").then_some(()));
}

//! Steps that several of these tests share, and helpers to read pages.

use crate::support::{Answer, Browser, PASSWORD, TestApp};
use chrono::{DateTime, Utc};
use std::{collections::BTreeMap, thread};

/// An application whose clock stands at `moment`.
pub fn app_at(moment: &str) -> TestApp {
    app_with(moment, &[])
}

/// The same with more variables set.
pub fn app_with(moment: &str, variables: &[(&str, &str)]) -> TestApp {
    let app = TestApp::spawn_with(variables);
    set_clock(&app, moment);
    app
}

pub fn set_clock(app: &TestApp, moment: &str) {
    let moment: DateTime<Utc> = moment.parse().unwrap();
    app.advance(moment - app.now());
}

/// A further browser of somebody who registered.
pub fn sign_in(app: &TestApp, email: &str) -> Browser {
    let browser = app.browser();
    let answer = browser.post("/login", &[("email", email), ("password", PASSWORD)]);
    assert_eq!(answer.status, 303, "{}", answer.body);
    browser
}

/// Sends answers to a path, with more fields.
pub fn send(browser: &Browser, path: &str, answers: &[(usize, i32)], more: &[(&str, &str)]) -> Answer {
    let answers: Vec<_> = answers.iter().map(|(item, value)| (format!("answer_{item}"), value.to_string())).collect();
    let answers = answers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    browser.post(path, &answers.chain(more.iter().copied()).collect::<Vec<_>>())
}

/// Twenty answers, of which nine, five and six have these values.
pub fn answers(exhaustion: i32, detachment: i32, accomplishment: i32) -> Vec<i32> {
    [vec![exhaustion; 9], vec![detachment; 5], vec![accomplishment; 6]].concat()
}

/// What happens when all of these do it at the same time.
pub fn at_once<T: Send>(browsers: &[&Browser], act: impl Fn(usize, &Browser) -> T + Sync) -> Vec<T> {
    let act = &act;
    thread::scope(|scope| {
        let acting: Vec<_> =
            browsers.iter().enumerate().map(|(index, browser)| scope.spawn(move || act(index, browser))).collect();
        acting.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

/// The parts of a page between two marks.
pub fn between<'a>(body: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    body.split(before).skip(1).filter_map(|rest| rest.split_once(after).map(|(found, _)| found)).collect()
}

/// The answers that a questionnaire shows as chosen.
pub fn checked(body: &str) -> BTreeMap<usize, i32> {
    between(body, "<input type=\"radio\" name=\"answer_", ">")
        .into_iter()
        .filter_map(|field| field.strip_suffix("\" checked"))
        .map(|field| {
            let (item, value) = field.split_once("\" value=\"").unwrap();
            (item.parse().unwrap(), value.parse().unwrap())
        })
        .collect()
}

/// The form's key that keeps a double submit from counting twice.
pub fn key_of(body: &str) -> String {
    between(body, "name=\"idempotency_key\" value=\"", "\"")[0].to_owned()
}

/// The machine-readable values of a page, in its order.
pub fn values(body: &str) -> Vec<&str> {
    between(body, "<data value=\"", "\"")
}

/// A page without its tags: what a person reads.
pub fn visible(body: &str) -> String {
    body.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect::<Vec<_>>().join(" ")
}

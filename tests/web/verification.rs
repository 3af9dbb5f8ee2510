//! Verifying an address: a link by mail that works once, for a week.

use crate::{
    letters::{take_letter, take_letters},
    steps::sign_in,
    support::{Browser, PASSWORD, TestApp},
};
use chrono::TimeDelta;

const NOT_YET: &str = "Nobody has shown yet that this address is yours";

fn register(app: &TestApp, email: &str) -> Browser {
    let browser = app.browser();
    let answer = browser.post("/register", &[("email", email), ("password", PASSWORD), ("name", "Ada Byron")]);
    assert_eq!(answer.status, 303, "{}", answer.body);
    browser
}

fn verified(app: &TestApp) -> i64 {
    app.number("SELECT count(*) FROM users WHERE email_verified_at IS NOT NULL")
}

#[test]
fn registering_sends_a_link_that_verifies_the_address_once() {
    let app = TestApp::spawn();
    let ada = register(&app, "ada@example.com");
    assert!(ada.get("/profile").body.contains(NOT_YET));
    let letter = take_letter(&app);
    assert_eq!(letter.to, "ada@example.com");
    let link = letter.link(&app);
    let asked = ada.get(&link);
    assert!(asked.status == 200 && asked.body.contains("<strong>ada@example.com</strong>"), "{}", asked.body);
    assert_eq!(verified(&app), 0, "looking at the page changes nothing");
    assert_eq!(ada.post(&link, &[]).status, 303);
    assert_eq!(verified(&app), 1);
    assert!(!ada.get("/profile").body.contains(NOT_YET));
    assert_eq!((ada.get(&link).status, ada.post(&link, &[]).status), (404, 404), "it works once");
}

#[test]
fn a_link_works_for_a_week_and_another_can_be_asked_for() {
    let app = TestApp::spawn();
    register(&app, "ada@example.com");
    let old = take_letter(&app).link(&app);
    app.advance(TimeDelta::days(7) + TimeDelta::seconds(1));
    assert_eq!(app.browser().post(&old, &[]).status, 404);
    let ada = sign_in(&app, "ada@example.com");
    assert_eq!(ada.post("/profile/address", &[]).location(), "/profile");
    assert_eq!(ada.post("/profile/address", &[]).location(), "/profile");
    let new = take_letter(&app).link(&app); // one, though it was asked for twice
    assert_eq!(ada.post(&new, &[]).status, 303);
    assert_eq!(verified(&app), 1);
    app.advance(TimeDelta::minutes(5));
    ada.post("/profile/address", &[]);
    take_letters(&app, 0);
}

#[test]
fn a_password_reset_and_a_change_of_address_verify_it_too() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    app.browser().post("/password/forgot", &[("email", "ada@example.com")]);
    let link = take_letter(&app).link(&app);
    assert_eq!(app.browser().post(&link, &[("password", "seven-lamps-at-dusk")]).status, 303);
    assert_eq!(verified(&app), 1);
    take_letter(&app);
    let bob = app.register("bob@example.com");
    bob.post("/profile/email", &[("email", "robert@example.com"), ("email_password", PASSWORD)]);
    let letters = take_letters(&app, 2);
    let link = letters.iter().find(|letter| letter.to == "robert@example.com").unwrap().link(&app);
    assert_eq!(verified(&app), 1);
    assert_eq!(bob.post(&link, &[]).status, 303);
    assert_eq!(verified(&app), 2);
}

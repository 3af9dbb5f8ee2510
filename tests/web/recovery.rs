//! Forgotten passwords: a link by mail that works once, for ten minutes.

use crate::{
    letters::{take_letter, take_letters},
    steps::{at_once, between, sign_in, visible},
    support::{Answer, Browser, PASSWORD, TestApp},
};
use chrono::TimeDelta;

const NEW: &str = "seven-lamps-at-dusk";

fn forgot(browser: &Browser, email: &str) -> Answer {
    browser.post("/password/forgot", &[("email", email)])
}

/// The link of a mail asked for now.
fn link_for(app: &TestApp, email: &str) -> String {
    assert_eq!(forgot(&app.browser(), email).status, 200);
    let letter = take_letter(app);
    assert_eq!(letter.to, email);
    letter.link(app)
}

fn reset(browser: &Browser, link: &str, password: &str) -> Answer {
    browser.post(link, &[("password", password)])
}

fn login(app: &TestApp, password: &str) -> u16 {
    app.browser().post("/login", &[("email", "ada@example.com"), ("password", password)]).status
}

#[test]
fn a_link_by_mail_sets_a_new_password_and_ends_every_sign_in() {
    let app = TestApp::spawn();
    let (desk, bob) = (app.register("ada@example.com"), app.register("bob@example.com"));
    let phone = sign_in(&app, "ada@example.com");
    let link = link_for(&app, "ada@example.com");
    let owner = app.browser();
    let form = owner.get(&link);
    assert_eq!(form.status, 200);
    assert!(form.body.contains(&format!("action=\"{link}\"")));
    let answer = reset(&owner, &link, NEW);
    assert_eq!((answer.status, answer.location()), (303, "/login"), "{}", answer.body);
    assert!(owner.get("/login").body.contains("Your new password is set."));
    assert_eq!((login(&app, PASSWORD), login(&app, NEW)), (422, 303));
    for device in [&desk, &phone, &owner] {
        assert_eq!(device.get("/dashboard").status, 303, "signed out");
    }
    assert_eq!(bob.get("/dashboard").status, 200);
    let letters = take_letters(&app, 2); // the other one tells of the new device
    let notice = letters.iter().find(|letter| letter.text.contains("has just been changed")).unwrap();
    assert_eq!(notice.to, "ada@example.com");
    assert!(notice.text.contains("has just been changed") && !notice.text.contains(NEW));
}

#[test]
fn a_link_works_once() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    let link = link_for(&app, "ada@example.com");
    assert_eq!(app.browser().get(&link).status, 200);
    assert_eq!(app.browser().get(&link).status, 200, "a mail scanner that looks does not use it up");
    assert_eq!(reset(&app.browser(), &link, NEW).status, 303);
    for answer in [app.browser().get(&link), reset(&app.browser(), &link, "another-password-again")] {
        assert_eq!(answer.status, 404);
        assert!(answer.body.contains("This link does not work any more") && !answer.body.contains("type=\"password\""));
    }
    assert_eq!(login(&app, NEW), 303);
}

#[test]
fn of_two_uses_at_once_one_counts() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    let link = link_for(&app, "ada@example.com");
    let (one, two) = (app.browser(), app.browser());
    let passwords = [NEW, "eight-geese-in-the-fog"];
    let answers = at_once(&[&one, &two], |n, browser| reset(browser, &link, passwords[n]).status);
    let winner = answers.iter().position(|status| *status == 303).expect("one of them sets the password");
    assert_eq!(answers[1 - winner], 404);
    assert_eq!((login(&app, passwords[winner]), login(&app, passwords[1 - winner])), (303, 422));
}

#[test]
fn a_refused_password_leaves_the_link_good() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    let link = link_for(&app, "ada@example.com");
    for (password, words) in
        [("short", "at least 8 characters"), ("password123", "too easy to guess"), ("", "at least 8")]
    {
        let answer = reset(&app.browser(), &link, password);
        assert_eq!(answer.status, 422);
        assert!(between(&answer.body, "id=\"password-error\">", "<")[0].contains(words));
        assert!(answer.body.contains(&format!("action=\"{link}\"")));
    }
    assert_eq!(login(&app, PASSWORD), 303);
    assert_eq!(reset(&app.browser(), &link, NEW).status, 303);
}

#[test]
fn asvs_6_5_5_a_link_to_a_new_password_expires_after_ten_minutes() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    let link = link_for(&app, "ada@example.com");
    app.advance(TimeDelta::minutes(10) - TimeDelta::seconds(1));
    assert_eq!(app.browser().get(&link).status, 200);
    app.advance(TimeDelta::seconds(1));
    assert_eq!(app.browser().get(&link).status, 404);
    assert_eq!(reset(&app.browser(), &link, NEW).status, 404);
    assert_eq!(login(&app, PASSWORD), 303);
}

#[test]
fn asking_again_does_not_take_a_link_away_and_using_one_ends_all() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    let older = link_for(&app, "ada@example.com");
    app.advance(TimeDelta::minutes(3));
    let newer = link_for(&app, "ada@example.com");
    assert_ne!(older, newer);
    assert_eq!(app.browser().get(&newer).status, 200);
    assert_eq!(reset(&app.browser(), &older, NEW).status, 303, "a stranger who asks cannot end the owner's link");
    assert_eq!(reset(&app.browser(), &newer, "eight-geese-in-the-fog").status, 404);
}

#[test]
fn a_change_of_address_on_its_way_ends_with_the_password() {
    let app = TestApp::spawn();
    let ada = app.register("ada@example.com");
    let ask = [("email", "thief@example.com"), ("email_password", PASSWORD)];
    assert_eq!(ada.post("/profile/email", &ask).status, 303);
    assert_eq!(app.number("SELECT count(*) FROM account_links WHERE purpose = 'email_change'"), 1);
    assert_eq!(ada.post("/profile/password", &[("current_password", PASSWORD), ("password", NEW)]).status, 303);
    assert_eq!(app.number("SELECT count(*) FROM account_links"), 0);
}

#[test]
fn a_changed_password_ends_the_links_that_are_on_their_way() {
    let app = TestApp::spawn();
    let ada = app.register("ada@example.com");
    let link = link_for(&app, "ada@example.com");
    assert_eq!(ada.post("/profile/password", &[("current_password", PASSWORD), ("password", NEW)]).status, 303);
    assert_eq!(reset(&app.browser(), &link, "eight-geese-in-the-fog").status, 404);
}

#[test]
fn a_link_that_was_never_sent_leads_nowhere() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    let link = link_for(&app, "ada@example.com");
    let token = link.rsplit('/').next().unwrap();
    assert_eq!(token.len(), 64);
    let hash = app.text("SELECT encode(token_hash, 'hex') FROM account_links");
    assert_ne!(hash, token, "the database cannot be read for a link");
    for wrong in ["x", &"00".repeat(32), &hash, &token[1..], &format!("{token}0"), &format!("{token}%00")] {
        assert_eq!(app.browser().get(&format!("/password/reset/{wrong}")).status, 404, "{wrong}");
        assert_eq!(reset(&app.browser(), &format!("/password/reset/{wrong}"), NEW).status, 404, "{wrong}");
    }
    assert_eq!(app.browser().get(&format!("/profile/email/{token}")).status, 404, "a link for something else");
    assert_eq!(app.browser().post(&format!("/profile/email/{token}"), &[]).status, 404);
    assert_eq!(reset(&app.browser(), &link, NEW).status, 303);
}

#[test]
fn the_answer_is_the_same_for_known_and_unknown_addresses() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    let (known, unknown) = (forgot(&app.browser(), "ADA@example.com"), forgot(&app.browser(), "nobody@example.com"));
    assert_eq!((known.status, &known.body), (200, &unknown.body));
    assert_eq!(unknown.status, 200);
    assert!(visible(&known.body).contains("If this address has an account, a mail with a link is on its way."));
    assert_eq!(take_letter(&app).to, "ada@example.com", "and none to the stranger");
    let malformed = forgot(&app.browser(), "\"><b>nobody");
    assert_eq!(malformed.status, 422);
    assert!(malformed.body.contains("does not look like an e-mail address") && !malformed.body.contains("<b>nobody"));
    app.advance(TimeDelta::minutes(3));
    assert_eq!(link_for(&app, "ada@example.com").matches('/').count(), 3, "the only mail since then");
}

#[test]
fn the_mail_is_in_the_language_of_its_reader() {
    let app = TestApp::spawn();
    let cases = [("en", "somebody, probably you"), ("ru", "пароль"), ("uk", "пароль")];
    for (language, words) in cases {
        let email = format!("{language}@example.com");
        let reader = app.register(&email);
        assert_eq!(reader.post("/language", &[("language", language)]).status, 303);
        // Asked for in a browser that speaks something else.
        let fields = [("email", &*email)];
        assert_eq!(app.browser().post_with("/password/forgot", &fields, &[("Accept-Language", "en")]).status, 200);
        let letter = take_letter(&app);
        assert!(letter.text.contains(words), "{}", letter.text);
        assert_eq!(letter.text.contains(['і', 'ї']), language == "uk", "{}", letter.text);
        assert_eq!(app.browser().get(&letter.link(&app)).status, 200);
    }
}

#[test]
fn a_link_names_the_public_address_and_not_the_one_asked_with() {
    let (app, address) = crate::raw::behind_tls();
    let host = [("Host", "hearth.example")];
    let form = format!("email=ada%40example.com&password={PASSWORD}&name=Ada");
    assert_eq!(crate::raw::send_form(&address, "/register", &host, &form).status, 303);
    assert!(take_letter(&app).text.contains("https://hearth.example/profile/address/"));
    let forwarded =
        [("Host", "hearth.example"), ("X-Forwarded-Host", "evil.example"), ("Forwarded", "host=evil.example")];
    assert_eq!(crate::raw::send_form(&address, "/password/forgot", &forwarded, "email=ada%40example.com").status, 200);
    let text = take_letter(&app).text;
    assert!(text.contains("https://hearth.example/password/reset/") && !text.contains("evil"), "{text}");
    let evil = [("Host", "evil.example")];
    assert_eq!(crate::raw::send_form(&address, "/password/forgot", &evil, "email=ada%40example.com").status, 400);
    assert_eq!(app.number("SELECT count(*) FROM attempts WHERE kind = 'reset_request'"), 1);
}

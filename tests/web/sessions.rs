//! How long a sign-in lasts, what ends it, and the list of devices.

use crate::{
    steps::{between, sign_in},
    support::{Browser, PASSWORD, TestApp},
};
use chrono::TimeDelta;

const NEW_PASSWORD: &str = "seven-lamps-at-dusk";

fn is_in(browser: &Browser) -> bool {
    match browser.get("/dashboard").status {
        200 => true,
        303 => false,
        status => panic!("{status}"),
    }
}

/// A copy of this browser's session, as somebody might have stolen it.
fn steal(app: &TestApp, email: &str) -> (Browser, String) {
    let browser = app.browser();
    let answer = browser.post("/login", &[("email", email), ("password", PASSWORD)]);
    let cookie = answer.cookie("session").unwrap().split(';').next().unwrap().to_owned();
    (browser, cookie)
}

fn works(app: &TestApp, stolen: &str) -> bool {
    app.browser().get_with("/dashboard", &[("Cookie", stolen)]).status == 200
}

#[test]
fn signing_out_ends_the_session_on_the_server_too() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    let (browser, stolen) = steal(&app, "ada@example.com");
    assert!(works(&app, &stolen));
    assert_eq!(browser.get("/logout").status, 405, "a link cannot sign anybody out");
    assert!(is_in(&browser));
    let answer = browser.post("/logout", &[]);
    assert_eq!((answer.status, answer.location()), (303, "/"));
    assert!(answer.cookie("session").unwrap().contains("Max-Age=0"));
    assert!(!is_in(&browser));
    assert!(!works(&app, &stolen), "a copied cookie outlives the sign-out");
    assert_eq!(browser.post("/logout", &[]).status, 303, "a second click does no harm");
    assert_eq!(app.number("SELECT count(*) FROM sign_ins"), 1, "the browser that registered is not signed out");
}

#[test]
fn a_new_password_signs_out_every_other_device_and_renews_this_one() {
    let app = TestApp::spawn();
    let phone = app.register("ada@example.com");
    let (desk, stolen) = steal(&app, "ada@example.com");
    let bob = app.register("bob@example.com");
    let answer = desk.post("/profile/password", &[("current_password", PASSWORD), ("password", NEW_PASSWORD)]);
    assert_eq!((answer.status, answer.location()), (303, "/profile"), "{}", answer.body);
    assert!(desk.get("/profile").body.contains("Your password is changed"));
    assert!(is_in(&desk) && !is_in(&phone) && is_in(&bob));
    assert!(!works(&app, &stolen), "the token from before the change still works");
    let login = |password| app.browser().post("/login", &[("email", "ada@example.com"), ("password", password)]).status;
    assert_eq!((login(PASSWORD), login(NEW_PASSWORD)), (422, 303));
}

#[test]
fn a_browser_left_alone_for_twelve_hours_is_signed_out() {
    let app = TestApp::spawn();
    let ada = app.register("ada@example.com");
    app.advance(TimeDelta::hours(12) - TimeDelta::seconds(1));
    assert!(is_in(&ada));
    app.advance(TimeDelta::hours(12) - TimeDelta::seconds(1));
    assert!(is_in(&ada), "being used starts the twelve hours anew");
    app.advance(TimeDelta::hours(12));
    assert!(!is_in(&ada));
}

#[test]
fn thirty_days_are_the_most_however_often_it_is_used() {
    let app = TestApp::spawn();
    let ada = app.register("ada@example.com");
    for _ in 0..71 {
        app.advance(TimeDelta::hours(10));
        assert!(is_in(&ada));
    }
    app.advance(TimeDelta::hours(10) - TimeDelta::seconds(1));
    assert!(is_in(&ada));
    app.advance(TimeDelta::seconds(1));
    assert!(!is_in(&ada), "30 days after the sign-in");
}

#[test]
fn last_seen_is_written_every_ten_minutes_at_most() {
    let app = TestApp::spawn();
    let ada = app.register("ada@example.com");
    let version = || app.text("SELECT xmin::text || last_seen_at::text FROM sign_ins");
    let first = version();
    app.advance(TimeDelta::seconds(599));
    for path in ["/dashboard", "/history", "/privacy"] {
        ada.get(path);
    }
    assert_eq!(version(), first, "nothing is written within ten minutes");
    app.advance(TimeDelta::seconds(1));
    ada.get("/dashboard");
    let second = version();
    assert_ne!(second, first);
    ada.get("/dashboard");
    assert_eq!(version(), second);
    let seen = app.number("SELECT extract(epoch FROM last_seen_at - created_at) FROM sign_ins");
    assert_eq!(seen, 600);
}

/// The devices that can be signed out on the privacy page.
fn others(page: &str) -> Vec<String> {
    let ids = between(page, "action=\"/privacy/devices/", "/sign-out\"");
    ids.into_iter().filter(|id| id.parse::<i64>().is_ok()).map(str::to_owned).collect()
}

#[test]
fn devices_are_listed_and_one_can_be_signed_out() {
    let app = TestApp::spawn();
    let desk = app.register("ada@example.com");
    app.register("bob@example.com");
    assert!(others(&desk.get("/privacy").body).is_empty(), "this device is not offered");
    let phone = app.browser();
    let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0";
    let fields = [("email", "ada@example.com"), ("password", PASSWORD)];
    assert_eq!(phone.post_with("/login", &fields, &[("User-Agent", firefox)]).status, 303);
    let page = desk.get("/privacy");
    assert_eq!(page.body.matches("This device").count(), 1);
    assert!(page.body.contains("<th scope=\"row\">Firefox, Linux</th><td>127.0.0.1</td>"));
    let listed = others(&page.body);
    assert_eq!(listed.len(), 1, "two devices, one of them this");
    let answer = desk.post(&format!("/privacy/devices/{}/sign-out", listed[0]), &[]);
    assert_eq!((answer.status, answer.location()), (303, "/privacy"));
    assert!(desk.get("/privacy").body.contains("The device is signed out."));
    assert!(is_in(&desk) && !is_in(&phone));
    assert_eq!(desk.post(&format!("/privacy/devices/{}/sign-out", listed[0]), &[]).status, 404, "it is gone");
}

#[test]
fn every_other_device_can_be_signed_out_at_once() {
    let app = TestApp::spawn();
    let others: Vec<_> = std::iter::once(app.register("ada@example.com"))
        .chain((0..2).map(|_| sign_in(&app, "ada@example.com")))
        .collect();
    let bob = app.register("bob@example.com");
    let desk = sign_in(&app, "ada@example.com");
    assert_eq!(desk.post("/privacy/devices/sign-out", &[]).location(), "/privacy");
    assert!(is_in(&desk) && is_in(&bob));
    assert!(others.iter().all(|other| !is_in(other)));
}

#[test]
fn a_device_that_timed_out_is_no_longer_listed() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    app.advance(TimeDelta::hours(13));
    let desk = sign_in(&app, "ada@example.com");
    assert!(others(&desk.get("/privacy").body).is_empty());
}

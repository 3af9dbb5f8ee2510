//! `/dashboard` and the daily pulse.

use crate::{
    steps::{answers, app_at, app_with, between, set_clock, sign_in, values},
    support::{Answer, Browser, TestApp},
};

const EMAIL: &str = "ada@example.com";
const HELP: &str = "id=\"help-first\"";

fn pulse(browser: &Browser, burnout: &str, stress: &str, productivity: &str) -> Answer {
    browser.post("/pulse", &[("burnout", burnout), ("stress", stress), ("productivity", productivity)])
}

fn pulses(app: &TestApp) -> String {
    app.text("SELECT coalesce(string_agg(day || ':' || burnout || '/' || stress || '/' || productivity, ',' ORDER BY day), '') FROM pulses")
}

#[test]
fn a_new_person_is_led_to_the_first_check_up() {
    let app = TestApp::spawn();
    let page = app.register(EMAIL).get("/dashboard");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Hello, Test Person") && page.body.contains("Nothing here yet"));
    assert!(page.body.contains("Days in Hearth</dt><dd><data value=\"0\">"));
    assert!(!page.body.contains(HELP));
    assert_eq!(app.browser().get("/dashboard").location(), "/login?next=%2Fdashboard");
}

#[test]
fn it_shows_where_i_stand_and_what_is_next() {
    let app = app_at("2026-01-10T10:00:00Z");
    app.register_and_agree(EMAIL).submit(&answers(2, 2, 2), "a");
    set_clock(&app, "2026-02-10T10:00:00Z");
    let ada = sign_in(&app, EMAIL);
    let place = ada.submit(&answers(3, 3, 3), "b").location().to_owned();
    let page = ada.get("/dashboard");
    assert_eq!(values(&page.body), ["balanced", "27", "15", "18", "medium", "31", "0"]);
    assert!(page.body.contains(&format!("href=\"{place}\"")), "the latest result");
    assert_eq!(between(&page.body, "action=\"/recommendations/", "/complete\"").len(), 3);
    assert!(page.body.contains("All 6 suggestions"));
    assert!(page.body.contains("<time datetime=\"2026-02-10\">10 February 2026</time>"));
    assert_eq!(page.header("cache-control"), "no-store");
}

#[test]
fn a_day_has_one_pulse_and_the_last_word_stands() {
    let app = app_at("2026-03-10T10:00:00Z");
    let ada = app.register(EMAIL);
    assert_eq!(pulse(&ada, "0", "50", "100").location(), "/dashboard");
    assert_eq!(pulse(&ada, " 10 ", "20", "30").status, 303);
    assert_eq!(pulses(&app), "2026-03-10:10/20/30");
    let page = ada.get("/dashboard");
    assert_eq!(between(&page.body, "required value=\"", "\""), ["10", "20", "30"]);
    assert!(page.body.contains("Change today"));
    set_clock(&app, "2026-03-11T10:00:00Z");
    let ada = sign_in(&app, EMAIL);
    assert_eq!(between(&ada.get("/dashboard").body, "required value=\"", "\""), ["", "", ""], "a new day");
    pulse(&ada, "1", "2", "3");
    assert_eq!(pulses(&app), "2026-03-10:10/20/30,2026-03-11:1/2/3");
}

#[test]
fn a_value_out_of_range_keeps_what_was_typed() {
    let app = TestApp::spawn();
    let ada = app.register(EMAIL);
    for wrong in ["", "-1", "101", "12.5", "much", "99999999999999999999", "<b>"] {
        let page = pulse(&ada, "40", wrong, "60");
        assert_eq!(page.status, 422, "{wrong:?}");
        let typed = between(&page.body, "required value=\"", "\"");
        assert_eq!((typed[0], typed[2]), ("40", "60"));
        assert!(wrong.contains('<') || typed[1] == wrong, "{typed:?}");
        assert!(page.body.contains("id=\"stress-error\"") && !page.body.contains("id=\"burnout-error\""));
        assert!(page.body.contains("<a href=\"#stress\">"), "the summary leads to the field");
    }
    assert_eq!(ada.post("/pulse", &[]).status, 422, "a form without fields too");
    assert_eq!(pulses(&app), "");
}

#[test]
fn today_is_the_organisations_today() {
    let cases = [("Pacific/Kiritimati", "2026-03-11"), ("UTC", "2026-03-10"), ("Pacific/Pago_Pago", "2026-03-09")];
    for (zone, day) in cases {
        let app = app_with("2026-03-10T10:30:00Z", &[("HEARTH_TIMEZONE", zone)]);
        let ada = app.register(EMAIL);
        pulse(&ada, "1", "2", "3");
        assert_eq!(pulses(&app), format!("{day}:1/2/3"), "{zone}");
        assert!(ada.get("/dashboard").body.contains(&format!("<time datetime=\"{day}\">")), "{zone}");
    }
}

#[test]
fn help_comes_first_from_a_burnout_of_eighty_today() {
    let app = app_at("2026-03-10T10:00:00Z");
    let ada = app.register_and_agree(EMAIL);
    let result = ada.submit(&answers(1, 1, 1), "key").location().to_owned();
    pulse(&ada, "79", "100", "0");
    assert!(!ada.get("/dashboard").body.contains(HELP));
    pulse(&ada, "80", "0", "100");
    assert!(ada.get("/dashboard").body.contains(HELP));
    assert!(ada.get(&result).body.contains(HELP));
    set_clock(&app, "2026-03-11T10:00:00Z");
    assert!(!sign_in(&app, EMAIL).get("/dashboard").body.contains(HELP), "yesterday's pulse is over");
}

#[test]
fn a_pulse_is_nobody_elses() {
    let app = TestApp::spawn();
    pulse(&app.register(EMAIL), "90", "80", "70");
    let bob = app.register("bob@example.com");
    let page = bob.get("/dashboard");
    assert_eq!(between(&page.body, "required value=\"", "\""), ["", "", ""]);
    assert!(!page.body.contains(HELP));
    assert_eq!(app.browser().post("/pulse", &[("burnout", "1")]).location(), "/login");
}

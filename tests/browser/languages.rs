//! The journey from the first page to the result in Russian and Ukrainian, and dark
//! mode.

use crate::{
    driver::Settings,
    mouse,
    session::Session,
    support::{PASSWORD, TestApp},
};
use serde_json::json;

fn assert_language(session: &Session, language: &str) {
    assert_eq!(session.attribute("html", "lang").as_deref(), Some(language), "{}", session.path());
    let foreign = if language == "ru" { "[іїєґІЇЄҐ]" } else { "[ыэёъЫЭЁЪ]" };
    let words = session
        .js("return document.querySelector('main').innerText.match(new RegExp(arguments[0]))", vec![json!(foreign)]);
    assert!(words.is_null(), "a foreign letter in {language} at {}: {words}", session.path());
}

fn whole_way(language: &str, button: &str) {
    let app = TestApp::spawn();
    let session = Session::open(&app);
    session.goto("/register");
    assert_language_is(&session, "en");
    session.leaves(|| session.click(&format!("button[name=language][value={language}]")));
    assert_eq!(session.path(), "/register", "the switch stays on the page");
    assert_language(&session, language);
    session.fill("#name", "Ada");
    session.fill("#email", "ada@example.com");
    session.fill("#password", PASSWORD);
    session.click("main .form .button");
    session.arrives("/dashboard");
    assert_language(&session, language);
    session.goto("/assessments/new");
    assert_language(&session, language);
    session.leaves(|| session.click("main .form .button"));
    assert_language(&session, language);
    assert_eq!(session.text(".check-up__foot .button"), "", "it comes with the last question");
    mouse::answer_all(&session, 5);
    assert_eq!(session.text(".check-up__foot .button"), button);
    session.leaves(|| session.click(".check-up__foot .button"));
    assert_language(&session, language);
    for path in ["/history", "/recommendations", "/dashboard", "/privacy", "/profile"] {
        session.goto(path);
        assert_language(&session, language);
    }
    session.sign_out();
    let elsewhere = Session::signed_in(&app, "ada@example.com");
    assert_language(&elsewhere, language);
}

fn assert_language_is(session: &Session, language: &str) {
    assert_eq!(session.attribute("html", "lang").as_deref(), Some(language));
}

#[test]
fn the_whole_way_is_in_russian_and_another_device_remembers() {
    whole_way("ru", "Показать результат");
}

#[test]
fn the_whole_way_is_in_ukrainian_and_another_device_remembers() {
    whole_way("uk", "Показати результат");
}

#[test]
fn the_browsers_language_is_that_of_the_first_page() {
    let app = TestApp::spawn();
    for (languages, language) in [("uk", "uk"), ("ru-RU,ru", "ru"), ("de,fr", "en")] {
        let session = Session::with(&app, Settings { languages, ..Settings::default() });
        session.goto("/");
        assert_language_is(&session, language);
    }
}

/// How bright the page and its text are, from 0 to 255.
fn brightness(session: &Session) -> (f64, f64) {
    let script = "
        const bright = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3;
        return [bright(getComputedStyle(document.documentElement).backgroundColor), bright(getComputedStyle(document.body).color)]";
    let found = session.js(script, vec![]);
    (found[0].as_f64().unwrap(), found[1].as_f64().unwrap())
}

#[test]
fn the_page_follows_the_readers_choice_of_light_or_dark() {
    let app = TestApp::spawn();
    app.register_and_agree("ada@example.com").submit_all(4, "one");
    let session = Session::signed_in(&app, "ada@example.com");
    for path in ["/", "/dashboard", "/assessments/new", "/assessments/1", "/history", "/profile"] {
        session.goto(path);
        session.prefers("light");
        let (ground, ink) = brightness(&session);
        assert!(ground > 220.0 && ink < 60.0, "light {path}: {ground} {ink}");
        session.prefers("dark");
        let (ground, ink) = brightness(&session);
        assert!(ground < 40.0 && ink > 210.0, "dark {path}: {ground} {ink}");
    }
}

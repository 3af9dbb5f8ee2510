//! Tests of the browser checks themselves: each kind of mistake, made on purpose, must
//! be detected.

use crate::{
    scan,
    session::Session,
    support::{TestApp, eventually},
};
use serde_json::json;

/// Chromium notes some things a moment later.
fn assert_notices(session: &Session, words: &str) {
    eventually(words, || {
        let noted = [session.complaints.take(), session.noted()].concat();
        noted.iter().any(|one| one.contains(words)).then_some(())
    });
}

#[test]
fn errors_warnings_and_what_the_policy_forbids_are_noticed() {
    let app = TestApp::spawn();
    let session = Session::open(&app);
    session.goto("/help");
    assert_eq!(session.noted(), Vec::<String>::new(), "a page as it should be");
    for (mistake, words) in [
        ("console.error('this is wrong')", "this is wrong"),
        ("console.warn('this is odd')", "this is odd"),
        ("setTimeout(() => { throw new Error('nobody caught me') })", "nobody caught me"),
        ("document.body.setAttribute('style', 'color: red')", "Content Security Policy"),
        (
            "document.body.append(Object.assign(new Image(), { src: 'https://elsewhere.example/x.png' }))",
            "elsewhere.example",
        ),
        ("fetch('/nowhere')", "status of 404"),
    ] {
        session.js(mistake, vec![]);
        assert_notices(&session, words);
    }
}

#[test]
fn a_request_to_another_host_is_noticed() {
    let app = TestApp::spawn();
    let session = Session::open(&app);
    session.goto("/help");
    session.js("setTimeout(() => { location = 'http://127.0.0.1:9/' })", vec![]);
    eventually("another page", || (session.path() == "/").then_some(()));
    assert_notices(&session, "request: http://127.0.0.1:9/");
}

#[test]
fn only_the_refused_page_itself_may_be_refused() {
    let app = TestApp::spawn();
    let session = Session::open(&app);
    session.goto("/nowhere");
    assert_notices(&session, "status of 404");
    session.goto_refused("/nowhere", 404);
    assert_eq!(session.noted(), Vec::<String>::new());
}

#[test]
fn what_shuts_people_out_and_what_sticks_out_is_noticed() {
    let app = TestApp::spawn();
    let session = Session::open(&app);
    let mistakes = [
        ("main.append(document.createElement('img'))", "image-alt"),
        ("main.querySelector('p').className = 'faint'; document.adoptedStyleSheets = [sheet]", "color-contrast"),
        ("main.append(document.createElement('input'))", "label"),
        (
            "main.append(Object.assign(document.createElement('p'), { className: 'wide', textContent: 'wide' })); document.adoptedStyleSheets = [sheet]",
            "wider than the window",
        ),
    ];
    for (mistake, words) in mistakes {
        session.goto("/help");
        let script = format!(
            "const main = document.querySelector('main');
            const sheet = new CSSStyleSheet();
            sheet.replaceSync('.faint {{ color: #ccc !important }} .wide {{ inline-size: 3000px }}');
            {mistake}"
        );
        session.js(&script, vec![]);
        scan::look(&session, "a page with a mistake");
        assert_notices(&session, words);
    }
}

#[test]
fn a_lost_or_unseen_focus_is_noticed() {
    let app = TestApp::spawn();
    let session = Session::open(&app);
    for (mistake, words) in [
        ("document.activeElement.blur()", "focus is lost"),
        ("const sheet = new CSSStyleSheet(); sheet.replaceSync('* { outline: none !important }');
            document.adoptedStyleSheets = [sheet]", "no focus ring"),
        ("const sheet = new CSSStyleSheet(); sheet.replaceSync('form * { position: relative; inset-inline-start: -5000px }');
            document.adoptedStyleSheets = [sheet]", "outside the window"),
        ("const sheet = new CSSStyleSheet(); sheet.replaceSync('dialog { position: fixed; inset: 0; inline-size: 100%; block-size: 100% }');
            document.adoptedStyleSheets = [sheet];
            document.body.append(Object.assign(document.createElement('dialog'), { open: true }))", "hidden behind"),
    ] {
        session.goto("/login");
        session.tab_to("#email");
        session.js(mistake, vec![]);
        let wrong = session.wrong_focus();
        assert!(wrong.contains(words), "{words} is not in {wrong:?}");
    }
    assert_eq!(json!(session.noted()), json!([]));
}

//! The same without JavaScript: plain forms, all questions on one page.

use crate::{
    driver::Settings,
    scan,
    session::Session,
    support::{PASSWORD, TestApp},
};

fn open(app: &TestApp) -> Session {
    let session = Session::with(app, Settings { javascript: false, ..Settings::default() });
    session.goto("/register");
    assert_eq!(session.count(".field__reveal"), 0, "no script has run");
    session.fill("#name", "Ada");
    session.fill("#email", "ada@example.com");
    session.fill("#password", PASSWORD);
    session.click("main .form .button");
    session.arrives("/dashboard");
    session.click(".site-nav a[href='/assessments/new']");
    session.arrives("/assessments/new");
    session.leaves(|| session.click("main .form .button"));
    session
}

fn choose(session: &Session, questions: impl IntoIterator<Item = usize>, choice: usize) {
    for question in questions {
        assert!(session.is_shown(&format!("#q-{question}")), "every question shows");
        session.click(&format!("#q-{question} .scale__choice:nth-child({choice})"));
    }
}

#[test]
fn without_javascript_gaps_are_shown_with_the_answers_kept_and_the_result_follows() {
    let app = TestApp::spawn();
    let session = open(&app);
    choose(&session, (0..20).filter(|question| ![6, 12].contains(question)), 4);
    session.leaves(|| session.click(".check-up__foot .button"));
    session.refused(422);
    assert_eq!(session.count("input:checked"), 18, "what was answered is still there");
    assert_eq!(session.count(".question--missing"), 2);
    session.click(".error-summary a");
    let top = "const box = document.querySelector('#q-6').getBoundingClientRect();
        return location.hash === '#q-6' && box.top >= 0 && box.top < innerHeight / 2";
    assert_eq!(session.js(top, vec![]), serde_json::json!(true), "the link leads to the first gap");
    scan::measure(&session, "long form with gaps");
    session.resize(1280);
    choose(&session, [6, 12], 4);
    session.leaves(|| session.click(".check-up__foot .button"));
    assert_eq!(session.attribute("h1 data", "value").as_deref(), Some("burnout"));
    assert!(!session.is_shown("[data-print]"), "no button that only a script could serve");
    assert_eq!(app.number("SELECT count(*) FROM assessments"), 1);
    session.goto("/dashboard");
    for (field, value) in [("#burnout", "20"), ("#stress", "30"), ("#productivity", "70")] {
        session.fill(field, value);
    }
    session.leaves(|| session.click("form[action='/pulse'] .button"));
    session.leaves(|| session.click("main form[action$='/complete'] .button"));
    session.click(".menu summary");
    session.click(".menu__panel button");
    session.arrives("/");
    assert_eq!(app.number("SELECT count(*) FROM recommendations WHERE completed_at IS NOT NULL"), 1);
    assert_eq!(app.text("SELECT burnout || ' ' || stress || ' ' || productivity FROM pulses"), "20 30 70");
}

#[test]
fn without_javascript_answers_are_saved_for_later_by_a_button() {
    let app = TestApp::spawn();
    let session = open(&app);
    choose(&session, 0..5, 2);
    session.click("[data-later]");
    session.arrives("/dashboard");
    assert!(session.text(".flash").contains("Your answers are kept"));
    session.click("main a[href='/assessments/new']");
    session.arrives("/assessments/new");
    assert_eq!(session.count("input:checked"), 5);
    assert!(session.text(".notice").contains("5 answered"));
    choose(&session, 5..20, 2);
    session.leaves(|| session.click(".check-up__foot .button"));
    assert!(session.path().starts_with("/assessments/"));
    session.goto("/dashboard");
    assert_eq!(session.count("main .card a[href='/assessments/new']"), 0, "nothing is left to go on with");
}

//! An employee's whole journey by mouse.

use crate::{
    session::Session,
    support::{PASSWORD, TestApp},
};

/// Answers every question of the stepping questionnaire with a click.
pub fn answer_all(session: &Session, choice: usize) {
    for question in 0..20 {
        assert_eq!(session.texts(".question__text .question__number").len(), 20);
        assert!(session.is_shown(&format!("#q-{question}")), "question {question} is the one that shows");
        assert_eq!(session.count(".question.is-current"), 1);
        session.click(&format!("#q-{question} .scale__choice:nth-child({choice})"));
    }
}

fn register(session: &Session) {
    session.goto("/");
    session.click(".hero a[href='/register']");
    session.arrives("/register");
    session.fill("#name", "Ada Lovelace");
    session.fill("#email", "ada@example.com");
    session.fill("#department", "Engines");
    session.fill("#password", PASSWORD);
    session.click("main .form .button");
    session.arrives("/dashboard");
    assert!(session.text(".flash").contains("Welcome to Hearth"));
    assert!(session.text("h1").contains("Ada Lovelace"));
}

fn sign_out(session: &Session) {
    session.click(".menu summary");
    session.click(".menu__panel button");
    session.arrives("/");
}

fn check_up(session: &Session) -> String {
    session.click(".site-nav a[href='/assessments/new']");
    session.arrives("/assessments/new");
    assert!(session.text("main").contains("Only you see"), "the promise stands before the first question");
    assert_eq!(session.count("input[type=radio]"), 0);
    session.leaves(|| session.click("main .form .button"));
    answer_all(session, 4);
    assert_eq!(session.text("[data-progress-label]"), "Question 20 of 20");
    session.leaves(|| session.click(".check-up__foot .button"));
    session.path()
}

fn result(session: &Session) {
    assert_eq!(session.attribute("h1 data", "value").as_deref(), Some("burnout"));
    assert_eq!(session.attribute(".result-head__score data", "value").as_deref(), Some("80"));
    assert_eq!(session.attribute(".result-head .level data", "value").as_deref(), Some("high"));
    assert_eq!(session.texts(".dimension__value > span:first-child data"), ["36", "20", "24"]);
    assert!(session.is_shown("[aria-labelledby=help-first]"), "help comes first");
    assert!(session.text(".disclaimer").contains("not a diagnosis"));
    assert!(session.is_shown("[data-print]"), "printing is offered where a script can do it");
}

fn recommendations(session: &Session) {
    session.click("a[href='/recommendations'].button");
    session.arrives("/recommendations");
    let given = session.count(".rec");
    assert!((5..=7).contains(&given), "{given} recommendations");
    session.leaves(|| session.click(".rec:nth-child(2) .button"));
    assert_eq!(session.count(".rec--done"), 1);
    assert_eq!(session.count(".rec:not(.rec--done)"), given - 1);
    session.leaves(|| session.click(".rec--done button"));
    assert_eq!((session.count(".rec--done"), session.count(".rec")), (0, given), "it can be undone");
}

fn pulse(session: &Session) {
    session.click(".site-nav a[href='/dashboard']");
    session.arrives("/dashboard");
    assert_eq!(session.property("#burnout", "value"), "", "no slider answers by itself");
    session.click("input[type=range][aria-label]"); // in its middle
    assert_eq!(session.property("#burnout", "value"), "50");
    session.fill("#stress", "70");
    session.fill("#productivity", "30");
    assert_eq!(session.property("#stress", "value"), "70");
    session.leaves(|| session.click("form[action='/pulse'] .button"));
    assert_eq!(session.property("#burnout", "value"), "50", "today's pulse can be seen and changed");
}

#[test]
fn an_employee_goes_the_whole_way_by_mouse() {
    let app = TestApp::spawn();
    let session = Session::open(&app);
    register(&session);
    sign_out(&session);
    session.sign_in("ada@example.com");
    let address = check_up(&session);
    assert!(address.starts_with("/assessments/"), "{address}");
    result(&session);
    recommendations(&session);
    pulse(&session);
    session.click(".site-nav a[href='/history']");
    session.arrives("/history");
    assert_eq!(session.attribute("tbody a", "href").as_deref(), Some(&*address));
    assert_eq!(session.count("figure.chart svg[role=img]"), 4, "a chart of the sum and of each dimension");
    session.goto(&address);
    sign_out(&session);
    session.back();
    session.arrives("/login");
    assert_eq!(app.number("SELECT count(*) FROM assessments"), 1);
    assert_eq!(app.text("SELECT burnout || ' ' || stress || ' ' || productivity FROM pulses"), "50 70 30");
}

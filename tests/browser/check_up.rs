//! The questionnaire half-filled, interrupted, and submitted twice: no answer is lost,
//! and there is one result.

use crate::{
    mouse,
    session::Session,
    support::{PASSWORD, TestApp, eventually},
};
use chrono::TimeDelta;
use fantoccini::{
    Locator,
    actions::{InputSource as _, MOUSE_BUTTON_LEFT, MouseActions, PointerAction},
};
use serde_json::json;

fn answer(session: &Session, questions: std::ops::Range<usize>, choice: usize) {
    for question in questions {
        session.click(&format!("#q-{question} .scale__choice:nth-child({choice})"));
    }
}

/// Waits until the page says that everything is kept.
fn until_saved(app: &TestApp, session: &Session, answers: i64) {
    eventually("kept answers", || {
        let kept = "SELECT coalesce(sum((SELECT count(*) FROM jsonb_object_keys(answers))), 0) FROM drafts";
        (app.number(kept) == answers && session.text("[data-saved]").starts_with("Saved at ")).then_some(())
    });
}

#[test]
fn half_filled_answers_go_on_another_device_which_says_since_when_they_are_kept() {
    let app = TestApp::spawn();
    app.register_and_agree("ada@example.com");
    let desk = Session::signed_in(&app, "ada@example.com");
    desk.goto("/assessments/new");
    answer(&desk, 0..7, 4);
    until_saved(&app, &desk, 7);
    app.advance(TimeDelta::hours(2));
    let phone = Session::open(&app);
    phone.resize(360);
    phone.sign_in("ada@example.com");
    let time = app.text("SELECT to_char(updated_at AT TIME ZONE 'UTC', 'HH24:MI') FROM drafts");
    let card = phone.texts("main .card");
    assert!(card.iter().any(|card| card.contains(&time)), "the dashboard says {time}: {card:?}");
    phone.click("main .card a[href='/assessments/new']");
    phone.arrives("/assessments/new");
    let notice = phone.text("main .notice");
    assert!(notice.contains("7 answered") && notice.contains(&time), "{notice}, and it was {time}");
    assert!(phone.is_shown("#q-7"), "it goes on with the first question without an answer");
    assert_eq!(phone.count("input:checked"), 7);
    answer(&phone, 7..20, 4);
    phone.leaves(|| phone.click(".check-up__foot .button"));
    let made = phone.path();
    answer(&desk, 7..20, 1); // the desk knows nothing of that yet
    desk.leaves(|| desk.click(".check-up__foot .button"));
    desk.refused(422);
    assert_eq!(desk.count(&format!(".error-summary a[href='{made}']")), 1, "it is told what was made elsewhere");
    assert_eq!(desk.count("input[value='1']:checked"), 13, "and nothing of its own is lost");
    assert_eq!(app.number("SELECT count(*) FROM assessments"), 1);
    assert_eq!(app.text("SELECT answers ->> '19' FROM assessments"), "4");
}

#[test]
fn the_script_leads_to_the_first_gap_without_a_round_trip() {
    let app = TestApp::spawn();
    app.register_and_agree("ada@example.com");
    let session = Session::signed_in(&app, "ada@example.com");
    session.goto("/assessments/new");
    answer(&session, 0..3, 2);
    session.click(".stepper .button:last-child"); // past the fourth
    answer(&session, 4..20, 2);
    session.click(".check-up__foot .button");
    assert!(session.is_shown("#q-3") && !session.is_shown("#q-19"));
    assert!(session.has_focus("#q-3 input"));
    assert_eq!(session.count("#q-3.question--missing"), 1);
    until_saved(&app, &session, 19);
    assert_eq!(app.number("SELECT count(*) FROM assessments"), 0);
    answer(&session, 3..4, 2);
    while !session.is_shown(".check-up__foot .button") {
        session.click(".stepper .button:last-child");
    }
    session.leaves(|| session.click(".check-up__foot .button"));
    assert_eq!(session.attribute("h1 data", "value").as_deref(), Some("engaged"));
}

#[test]
fn a_double_click_the_back_button_and_a_reload_make_one_check_up() {
    let app = TestApp::spawn();
    app.register_and_agree("ada@example.com");
    let session = Session::signed_in(&app, "ada@example.com");
    session.goto("/assessments/new");
    mouse::answer_all(&session, 3);
    session.leaves(|| double_click(&session, ".check-up__foot .button"));
    let made = session.path();
    assert!(made.starts_with("/assessments/") && made != "/assessments/new", "{made}");
    session.run(async |client| client.refresh().await);
    assert_eq!(session.path(), made);
    assert_eq!(app.number("SELECT count(*) FROM assessments"), 1);
    session.back();
    session.arrives("/assessments/new");
    session.goto("/history");
    assert_eq!(session.count("tbody tr"), 1);
}

fn double_click(session: &Session, css: &str) {
    session.run(async |client| {
        let element = client.find(Locator::Css(css)).await?;
        let down = PointerAction::Down { button: MOUSE_BUTTON_LEFT };
        let up = PointerAction::Up { button: MOUSE_BUTTON_LEFT };
        let to = PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 };
        let actions = [to, down.clone(), up.clone(), down, up];
        let mouse = actions.into_iter().fold(MouseActions::new("mouse".to_owned()), |mouse, action| mouse.then(action));
        client.perform_actions(mouse).await
    });
}

#[test]
fn answers_that_are_kept_too_late_do_not_come_back_after_the_result() {
    let app = TestApp::spawn();
    app.register_and_agree("ada@example.com");
    let session = Session::signed_in(&app, "ada@example.com");
    session.goto("/assessments/new");
    mouse::answer_all(&session, 3);
    let late = "return new URLSearchParams(new FormData(document.querySelector('form.check-up'))).toString()";
    let late = session.js(late, vec![]);
    session.leaves(|| session.click(".check-up__foot .button"));
    let send = "
        const [body, done] = arguments;
        fetch('/assessments/draft', { method: 'POST', body: new URLSearchParams(body), headers: { Accept: 'application/json' } })
            .then((answer) => done(answer.status));";
    assert_eq!(session.js_async(send, vec![late]), json!(200));
    assert_eq!(app.number("SELECT count(*) FROM drafts"), 0, "the check-up is done");
    session.goto("/assessments/new");
    assert_eq!(session.count("input:checked"), 0);
}

#[test]
fn answers_of_one_person_are_never_kept_as_those_of_another_who_signed_in_meanwhile() {
    let app = TestApp::spawn();
    for email in ["ada@example.com", "bob@example.com"] {
        app.register_and_agree(email);
    }
    let session = Session::signed_in(&app, "ada@example.com");
    session.goto("/assessments/new");
    answer(&session, 0..2, 4);
    until_saved(&app, &session, 2);
    let switch = "const [email, password, done] = arguments;
        const send = (path, fields) => fetch(path, { method: 'POST', body: new URLSearchParams(fields) });
        send('/logout', {}).then(() => send('/login', { email, password })).then(() => done());";
    session.js_async(switch, vec![json!("bob@example.com"), json!(PASSWORD)]);
    answer(&session, 2..3, 5);
    eventually("the page to say so", || session.text("[data-saved]").contains("Somebody else").then_some(()));
    assert_eq!(app.number("SELECT count(*) FROM drafts WHERE answers ->> '2' IS NOT NULL"), 0);
    answer(&session, 3..20, 4);
    session.leaves(|| session.click(".check-up__foot .button"));
    session.refused(409);
    assert!(session.text("main").contains("Answer to question 20"), "the words come back");
    assert_eq!(app.number("SELECT count(*) FROM assessments"), 0);
    session.log("browser"); // Chromium notes each answer that was refused
}

//! Visits every page in every state, in four parts that run in parallel. The caller
//! passes what to check on each.

use crate::{
    driver::Settings,
    letters,
    proxy::Proxy,
    session::Session,
    steps,
    support::{PASSWORD, TestApp, TestDb},
};
use chrono::TimeDelta;
use diesel::connection::SimpleConnection as _;
use hearth::db::migrations;
use serde_json::json;

/// Looks at a page, whose name says what is special about it.
pub type Look = fn(&Session, &str);

pub fn open(app: &TestApp, languages: &str) -> Session {
    Session::with(app, Settings { languages, ..Settings::default() })
}

pub fn at(path: &str, session: &Session, look: Look, what: &str) {
    session.goto(path);
    look(session, what);
}

/// Everything for people who are not signed in.
pub fn of_strangers(languages: &str, look: Look) {
    let app = TestApp::spawn_with(&[
        ("HEARTH_HELP_FILE", concat!(env!("CARGO_MANIFEST_DIR"), "/src/help/demo.toml")),
        ("HEARTH_DATA_CONTACTS", "IT operations, it@hearth.example"),
    ]);
    app.register("ada@example.com");
    let session = open(&app, languages);
    session.goto("/");
    session.js("document.querySelectorAll('details').forEach((answer) => { answer.open = true })", vec![]);
    look(&session, "landing");
    at("/promise", &session, look, "promise");
    at("/help", &session, look, "help with contacts");
    at("/login", &session, look, "sign-in");
    session.fill("#email", "ada@example.com");
    session.fill("#password", "not-the-right-one");
    session.leaves(|| session.click("main .button"));
    session.refused(422);
    look(&session, "sign-in refused");
    at("/register", &session, look, "register");
    session.fill("#email", "nonsense");
    session.fill("#password", "short");
    session.send_anyway("main form");
    session.refused(422);
    look(&session, "register refused");
    at("/password/forgot", &session, look, "forgotten password");
    session.fill("#email", "nonsense");
    session.send_anyway("main form");
    session.refused(422);
    look(&session, "forgotten password refused");
    session.fill("#email", "ada@example.com");
    session.leaves(|| session.click("main .button"));
    look(&session, "forgotten password sent");
    at(&letters::take_letter(&app).link(&app), &session, look, "new password");
    session.fill("#password", "password1");
    session.send_anyway("main form");
    session.refused(422);
    look(&session, "new password refused");
    session.goto_refused("/password/reset/0123456789abcdef", 404);
    look(&session, "new password link old");
    session.goto_refused("/profile/email/0123456789abcdef", 404);
    look(&session, "new address link old");
}

/// Everything for somebody who has just come, up to the first result.
pub fn of_newcomers(languages: &str, look: Look) {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    let session = open(&app, languages);
    session.sign_in_and_switch("ada@example.com");
    look(&session, "dashboard empty");
    session.click(".menu summary");
    look(&session, "dashboard with menu open");
    at("/help", &session, look, "help without contacts");
    at("/history", &session, look, "history empty");
    at("/recommendations", &session, look, "recommendations empty");
    at("/privacy", &session, look, "privacy at first");
    account(&app, &session, look);
    session.goto("/dashboard");
    session.js("document.querySelector('#burnout').value = 200", vec![]);
    session.send_anyway("main form");
    session.refused(422);
    look(&session, "pulse refused");
    at("/assessments/new", &session, look, "consent");
    session.leaves(|| session.click("main .button"));
    look(&session, "questionnaire first question");
    session.click("#q-0 .scale__choice:nth-child(2)");
    session.click("main > details summary");
    look(&session, "questionnaire second question with promise");
    session.click(".stepper .button--quiet");
    look(&session, "questionnaire answered question");
    session.goto("/dashboard");
    session.goto("/assessments/new");
    look(&session, "questionnaire resumed");
    at("/dashboard", &session, look, "dashboard with draft");
    session.goto("/assessments/new");
    submit_past_the_script(&session, 19);
    session.refused(422);
    look(&session, "questionnaire with a gap");
    long_form(&session, look);
    steps::sign_in(&app, "ada@example.com").post("/privacy/consents/withdraw", &[]);
    submit_past_the_script(&session, 20);
    session.refused(422);
    look(&session, "consent with answers");
    session.leaves(|| session.click("main .button"));
    let elsewhere = steps::sign_in(&app, "ada@example.com");
    assert_eq!(elsewhere.submit_all(2, &session.property("[name=idempotency_key]", "value")).status, 303);
    submit_past_the_script(&session, 20);
    session.refused(422);
    look(&session, "questionnaire sent before");
    assert_eq!(elsewhere.post("/privacy/devices/sign-out", &[]).status, 303);
    submit_past_the_script(&session, 20);
    session.refused(401);
    look(&session, "questionnaire signed out");
}

/// The forms of the profile, accepted and refused.
fn account(app: &TestApp, session: &Session, look: Look) {
    at("/profile", session, look, "profile");
    let forms = ["#name", "#email", "#password"];
    for (field, wrong) in forms.into_iter().zip(["", "nonsense", "short"]) {
        session.goto("/profile");
        session.fill(field, wrong);
        session.js("document.querySelector(arguments[0]).form.id = 'this-one'", vec![json!(field)]);
        session.send_anyway("#this-one");
        session.refused(422);
        look(session, &format!("profile {} refused", &field[1..]));
    }
    session.goto("/profile");
    session.fill("#email", "new@example.com");
    session.fill("#email_password", PASSWORD);
    session.leaves(|| session.click("form[action='/profile/email'] .button"));
    look(session, "profile with message");
    let letters = letters::take_letters(app, 2);
    let letter = letters.iter().find(|letter| letter.to == "new@example.com").expect("a mail to the new address");
    at(&letter.link(app), session, look, "new address");
}

/// The questionnaire as it is without JavaScript, which axe-core needs again.
fn long_form(session: &Session, look: Look) {
    let scripts = |disabled| session.cdp("Emulation.setScriptExecutionDisabled", &json!({ "value": disabled }));
    scripts(true);
    session.goto("/assessments/new");
    scripts(false);
    assert!(session.is_shown("#q-0") && session.is_shown("#q-19"), "no script has run");
    look(session, "long form");
    scripts(true);
    session.leaves(|| session.click(".check-up__foot .button"));
    session.refused(422);
    scripts(false);
    look(session, "long form with gaps");
}

/// Sends the form as a browser without our script does.
pub fn submit_past_the_script(session: &Session, answered: usize) {
    let script = "
        const form = document.querySelector('form.check-up');
        for (let i = 0; i < 20; i += 1) {
            form.querySelectorAll(`[name=answer_${i}]`).forEach((input) => {
                input.checked = i < arguments[0] && input.value === '3';
            });
        }
        form.submit();";
    session.leaves(|| drop(session.js(script, vec![json!(answered)])));
}

/// Everything for somebody who has been here for two years.
pub fn of_regulars(languages: &str, look: Look) {
    let app = TestApp::spawn_with(&[
        ("HEARTH_HELP_FILE", concat!(env!("CARGO_MANIFEST_DIR"), "/src/help/demo.toml")),
        ("HEARTH_RETENTION_MONTHS", "60"),
    ]);
    steps::set_clock(&app, "2024-11-10T10:00:00Z");
    let first = many_months(&app, "ada@example.com");
    let session = open(&app, languages);
    session.sign_in_and_switch("ada@example.com");
    invite(&app);
    at("/dashboard", &session, look, "dashboard with everything");
    at(&first, &session, look, "result first and low");
    session.goto("/history");
    look(&session, "history first page");
    session.leaves(|| session.click(".pager a"));
    look(&session, "history second page");
    session.goto("/history");
    session.leaves(|| session.click("tbody tr:first-child a"));
    look(&session, "result with help first and a change");
    session.goto("/recommendations");
    session.leaves(|| session.click(".rec .button"));
    look(&session, "recommendations with one done");
    session.leaves(|| session.click("nav li:nth-child(2) a.chip"));
    look(&session, "recommendations of a category");
    let category = session.attribute("nav li:nth-child(2) a.chip", "href").unwrap();
    finish_everything(&session, &category);
    look(&session, "recommendations of a category without any");
    finish_everything(&session, "/recommendations");
    look(&session, "recommendations all done");
    assert_eq!(app.browser().post("/login", &[("email", "ada@example.com"), ("password", "wrong")]).status, 422);
    at("/privacy", &session, look, "privacy with devices and tries");
    session.leaves(|| session.click("form[action='/privacy/consents/withdraw'] button"));
    look(&session, "privacy with agreement taken back");
}

/// Twenty-five monthly check-ups that get worse in the end; the first one's address.
fn many_months(app: &TestApp, email: &str) -> String {
    let mut first = String::new();
    app.register_and_agree(email);
    for month in 0..25 {
        let person = steps::sign_in(app, email); // a sign-in lasts 12 hours
        let made = person.submit_all(if month < 23 { 2 + month % 2 } else { 5 }, &month.to_string());
        assert_eq!(made.status, 303, "{}", made.body);
        if month == 0 {
            first = made.location().to_owned();
        }
        let burnout = (month * 3).to_string();
        let pulse = [("burnout", &*burnout), ("stress", "60"), ("productivity", "40")];
        assert_eq!(person.post("/pulse", &pulse).status, 303);
        if month < 24 {
            app.advance(TimeDelta::days(if month < 16 { 30 } else { 1 }));
        }
    }
    let person = steps::sign_in(app, email);
    person.post("/pulse", &[("burnout", "90"), ("stress", "90"), ("productivity", "10")]);
    person.post("/assessments/draft", &[("answer_0", "3")]);
    first
}

/// An open campaign, which HR will be able to make later.
fn invite(app: &TestApp) {
    app.execute(
        "WITH campaign AS (
            INSERT INTO periods (kind, state, name, starts_on, ends_on, instrument_version_id)
            SELECT 'campaign', 'open', 'How are we?', DATE '2026-01-01', DATE '2027-01-01', max(id) FROM instrument_versions
            RETURNING id
        ) INSERT INTO invitations (period_id, user_id) SELECT campaign.id, users.id FROM campaign, users",
    );
}

fn finish_everything(session: &Session, list: &str) {
    session.goto(list);
    while session.count("form[action$='/complete']") > 0 {
        session.leaves(|| session.click(".rec .button"));
        session.goto(list);
    }
}

/// Every page that says that something went wrong, and the demo company's.
pub fn of_errors(languages: &str, look: Look) {
    let db = TestDb::new();
    migrations::run(&mut db.connect()).unwrap();
    db.connect().batch_execute("UPDATE installation SET demo_since = now()").unwrap();
    let proxy = Proxy::to(&db.url);
    let url = proxy.url.clone();
    let app = TestApp::start(db, &url, &[("DB_POOL_TIMEOUT_MS", "1000")]);
    app.register_and_agree("ada@example.com");
    app.register("eve@example.com");
    let session = open(&app, languages);
    at("/login", &session, look, "demo sign-in");
    session.sign_in_and_switch("ada@example.com");
    look(&session, "demo dashboard");
    session.goto_refused("/nowhere", 404);
    look(&session, "error 404");
    session.goto_refused("/history?before=x", 400);
    look(&session, "error 400");
    too_large(&session);
    look(&session, "error 413");
    from_another_site(&session);
    look(&session, "error 403");
    session.goto("/assessments/new");
    proxy.cut();
    submit_past_the_script(&session, 20);
    session.refused(503);
    look(&session, "questionnaire without database");
    session.goto_refused("/history", 503);
    look(&session, "error 503");
    proxy.mend();
    app.execute("ALTER TABLE recommendations RENAME TO gone");
    session.goto_refused("/recommendations", 500);
    look(&session, "error 500");
    app.execute("ALTER TABLE gone RENAME TO recommendations");
    session.leaves(|| session.click("main .button:not(.button--quiet)")); // try again
    session.arrives("/recommendations");
    too_often(&app, &session);
    look(&session, "sign-in has to wait");
}

fn too_large(session: &Session) {
    session.goto("/profile");
    session.js("document.querySelector('#position').removeAttribute('maxlength')", vec![]);
    session.js("document.querySelector('#position').value = 'x'.repeat(100_000)", vec![]);
    session.leaves(|| session.click("form[action='/profile'] .button"));
    session.refused(413);
}

/// A form on a page that is not ours.
fn from_another_site(session: &Session) {
    let page = format!(
        "data:text/html,<title>Elsewhere</title><form method=post action='{}/pulse'><button>Send</button></form>",
        session.base
    );
    session.goto(&page);
    session.leaves(|| session.click("button"));
    session.refused(403);
}

fn too_often(app: &TestApp, session: &Session) {
    session.sign_out();
    for _ in 0..6 {
        app.browser().post("/login", &[("email", "eve@example.com"), ("password", "wrong")]);
    }
    session.goto("/login");
    session.fill("#email", "eve@example.com");
    session.fill("#password", PASSWORD);
    session.leaves(|| session.click("main .form .button"));
    session.refused(429);
}

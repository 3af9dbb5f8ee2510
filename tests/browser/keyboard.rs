//! An employee's whole journey with the keyboard only; every step checks the focus.

use crate::{
    scan,
    session::Session,
    staff_pages::{HR, demo_company, demo_company_later},
    support::{PASSWORD, TestApp},
};
use chrono::{Days, NaiveDate};
use fantoccini::key::Key;
use serde_json::json;

const ENTER: &str = "\u{e007}";
const SPACE: &str = " ";

fn register(session: &Session) {
    session.goto("/");
    session.press(&Key::Tab);
    assert!(session.has_focus(".skip"), "the first Tab offers to skip the header");
    session.press(ENTER);
    assert!(session.has_focus("main"));
    session.press(&Key::Tab);
    assert!(session.has_focus(".hero a[href='/register']"), "the header is skipped");
    session.press_and_leave(ENTER);
    session.arrives("/register");
    session.tab_to("#name");
    session.write("Ada");
    for (field, text) in [("#email", "ada@example.com"), ("#position", ""), ("#department", ""), ("#password", "short")]
    {
        session.press(&Key::Tab);
        assert!(session.has_focus(field), "{field} comes next");
        if !text.is_empty() {
            session.write(text);
        }
    }
    session.press_and_leave(ENTER);
    session.refused(422);
    session.assert_focus("a refused form");
    assert!(session.has_focus(".error-summary"), "what is wrong has the focus");
    session.press(&Key::Tab);
    session.press(ENTER);
    assert!(session.has_focus("#password"), "and leads to the field");
    session.write(PASSWORD);
    session.press(&Key::Tab);
    assert!(session.has_focus(".field__reveal"));
    session.press(SPACE);
    assert_eq!(session.property("#password", "type"), "text");
    session.press(&Key::Tab);
    assert!(session.has_focus("main .form .button"));
    session.press_and_leave(ENTER);
    session.arrives("/dashboard");
}

fn agree(session: &Session) {
    session.tab_to(".site-nav a[href='/assessments/new']");
    session.press_and_leave(ENTER);
    session.arrives("/assessments/new");
    session.tab_to("main .form .button");
    session.press_and_leave(SPACE);
}

fn is_at(session: &Session, question: usize) -> bool {
    session.has_focus(&format!("#q-{question}.is-current input"))
}

/// Arrow keys, back, Enter and Space, then a number key for each question.
fn answer(session: &Session) {
    session.tab_to("#q-0 input");
    session.press(&Key::Right);
    assert!(is_at(session, 0), "the right arrow does not go past a question without an answer");
    session.press(&Key::Down);
    assert!(session.has_focus("#q-0 input:checked"), "up and down choose");
    session.press(&Key::Left);
    assert!(is_at(session, 0), "there is nothing before the first");
    session.press(ENTER);
    assert!(is_at(session, 1), "Enter goes on");
    session.press(&Key::Left);
    assert!(is_at(session, 0), "the left arrow shows the one before");
    session.press(&Key::Right);
    assert!(is_at(session, 1), "and the right arrow the next, once there is an answer");
    session.tab_to(".stepper .button--quiet");
    session.press(ENTER);
    assert!(is_at(session, 0), "the button goes back");
    session.tab_to(".stepper .button:last-child");
    session.press(SPACE);
    assert!(is_at(session, 1), "and forward");
    session.press(SPACE);
    assert!(session.has_focus("#q-1 input:checked"), "Space chooses");
    session.press("7");
    assert!(is_at(session, 1), "there are five answers");
    session.tab_back_to("main details summary");
    session.tab_to("#q-1 input");
    for question in 1..20 {
        assert!(is_at(session, question));
        session.press("4");
    }
    assert!(session.has_focus(".check-up__foot .button"), "after the last answer the result is one key away");
    session.tab_back_to("#q-19 input");
    session.press(&Key::Left);
    session.press("4");
    session.press("4");
    session.press_and_leave(ENTER);
    assert_eq!(session.attribute("h1 data", "value").as_deref(), Some("burnout"));
}

fn recommend(session: &Session) {
    session.tab_to("main a[href='/recommendations']");
    session.press_and_leave(ENTER);
    session.arrives("/recommendations");
    session.tab_to("form[action$='/complete'] button");
    session.press_and_leave(SPACE);
    assert_eq!(session.count(".rec--done"), 1);
    session.tab_to("form[action$='/incomplete'] button");
    session.press_and_leave(ENTER);
    assert_eq!(session.count(".rec--done"), 0);
}

fn pulse(session: &Session) {
    session.tab_to(".site-nav a[href='/dashboard']");
    session.press_and_leave(ENTER);
    session.arrives("/dashboard");
    session.tab_to("[data-slider]:has(#burnout) input[type=range]");
    session.press(&Key::Right);
    assert_eq!(session.property("#burnout", "value"), "51");
    session.tab_to("#stress");
    session.write("60");
    session.tab_to("#productivity");
    session.write("40");
    session.press_and_leave(ENTER);
    assert_eq!(session.property("#stress", "value"), "60");
}

#[test]
fn an_employee_goes_the_whole_way_by_keyboard_and_always_sees_where_the_focus_is() {
    let app = TestApp::spawn();
    let session = Session::open(&app);
    register(&session);
    agree(&session);
    answer(&session);
    recommend(&session);
    pulse(&session);
    session.tab_to("button[name=language][value=uk]");
    session.press_and_leave(ENTER);
    assert_eq!(session.attribute("html", "lang").as_deref(), Some("uk"));
    session.tab_to(".menu summary");
    session.press(ENTER);
    session.press(&Key::Tab);
    assert!(session.has_focus(".menu a[href='/profile']"), "the menu's links follow its button");
    session.tab_to(".menu button");
    session.press_and_leave(ENTER);
    session.arrives("/");
    assert_eq!(app.text("SELECT burnout || ' ' || stress || ' ' || productivity FROM pulses"), "51 60 40");
    let first = "SELECT (answers ->> '0') || (answers ->> '1') || (answers ->> '19') FROM assessments";
    assert_eq!(app.text(first), "244");
}

fn plan_and_open_a_campaign(session: &Session, last_day: NaiveDate) {
    session.tab_to(".site-nav a[href='/hr']");
    session.press_and_leave(ENTER);
    session.tab_to(".subnav a[href='/hr/campaigns']");
    session.press_and_leave(ENTER);
    session.tab_to("main a[href='/hr/campaigns/new']");
    session.press_and_leave(ENTER);
    session.tab_to("#name");
    session.write("Winter");
    session.tab_to("#starts_on");
    session.tab_to("#ends_on");
    session.write(&last_day.format("%m%d%Y").to_string());
    session.tab_to("#questionnaire");
    session.tab_to("#invited-everyone");
    session.press(&Key::Down);
    assert!(session.has_focus("#invited-departments:checked"), "arrow keys choose whom to invite");
    session.tab_to("[name=department]");
    session.press(SPACE);
    session.tab_to("form[action='/hr/campaigns'] .button");
    session.press_and_leave(ENTER);
    session.tab_to("form[action$='/open'] .button");
    session.press_and_leave(SPACE);
    assert_eq!(session.attribute("main .eyebrow data", "value").as_deref(), Some("open"));
}

fn filter_the_dashboard(session: &Session) {
    session.tab_to(".subnav a[href='/hr']");
    session.press_and_leave(ENTER);
    session.tab_to("#department");
    session.press(&Key::Down);
    session.tab_to("form.filters .button");
    session.press_and_leave(ENTER);
    assert_eq!(session.text("h1"), "Customer Support");
}

fn rename_a_department(session: &Session) {
    session.tab_to(".subnav a[href='/hr/departments']");
    session.press_and_leave(ENTER);
    session.tab_to("td a[href$='/edit']");
    session.press_and_leave(ENTER);
    session.tab_to("#name"); // which selects what stands there
    session.write("Care");
    session.press_and_leave(ENTER);
    assert_eq!(session.text("tbody tr:first-child th"), "Care");
}

#[test]
fn hr_opens_a_campaign_filters_the_dashboard_and_edits_the_tree_by_keyboard() {
    let app = demo_company_later();
    let session = Session::signed_in(&app, HR);
    let last_day = app.now().date_naive() + Days::new(25);
    plan_and_open_a_campaign(&session, last_day);
    filter_the_dashboard(&session);
    rename_a_department(&session);
    let opened = "SELECT name || ' ' || ends_on FROM periods WHERE kind = 'campaign' AND state = 'open'";
    assert_eq!(app.text(opened), format!("Winter {last_day}"));
}

#[test]
fn an_admin_gives_a_role_by_keyboard() {
    let app = demo_company();
    let session = Session::signed_in(&app, "admin@hearth.example");
    session.tab_to(".site-nav a[href='/admin/users']");
    session.press_and_leave(ENTER);
    session.tab_to("#q");
    session.write("olena");
    session.press_and_leave(ENTER);
    session.tab_to("tbody a");
    session.press_and_leave(ENTER);
    session.tab_to("form[action$='/give'] .button");
    session.press_and_leave(SPACE);
    let given = "SELECT count(*) FROM user_roles JOIN users ON users.id = user_id WHERE name = 'Olena Demo'";
    assert_eq!(app.number(given), 2);
}

/// Goes through these pages with Tab, narrow and wide, up to the last link, and
/// finds that no control was left out. Of a group of radios one has its turn.
fn go_through(session: &Session, paths: &[&str]) {
    let missed =
        "return [...document.querySelectorAll('a, button, input, select, textarea, summary, [tabindex=\"0\"]')]
        .filter((one) => one.checkVisibility() && !one.disabled && one.tabIndex >= 0 && !one.hasAttribute('data-seen'))
        .filter((one) => !one.matches('[type=radio] ~ *, .scale__choice:not(:first-child) *'))
        .map((one) => one.outerHTML)";
    for width in scan::WIDTHS {
        session.resize(width);
        for path in paths {
            session.goto(path);
            let mut presses = 0;
            while !session.has_focus(".site-footer li:last-child a") {
                assert!(presses < 200, "{path} at {width} px has no end");
                session.press(&Key::Tab);
                session.js("document.activeElement.setAttribute('data-seen', '')", vec![]);
                presses += 1;
            }
            assert_eq!(session.js(missed, vec![]), json!([]), "not reached in {path} at {width} px");
        }
    }
}

#[test]
fn every_control_of_an_employee_can_be_reached_and_is_seen_when_it_is() {
    let app = TestApp::spawn();
    app.register_and_agree("ada@example.com").submit_all(4, "one");
    let session = Session::signed_in(&app, "ada@example.com");
    go_through(
        &session,
        &["/dashboard", "/history", "/recommendations", "/profile", "/privacy", "/assessments/new", "/help"],
    );
}

#[test]
fn every_control_of_hr_and_admins_can_be_reached_and_is_seen_when_it_is() {
    let app = demo_company();
    app.execute("INSERT INTO user_roles (user_id, role_id) SELECT u.id, r.id FROM users u, roles r WHERE email = 'hr@hearth.example' AND r.key = 'admin'");
    let session = Session::signed_in(&app, HR);
    go_through(
        &session,
        &["/hr", "/hr/departments", "/hr/employees?state=active", "/hr/instruments", "/admin/roles", "/admin/audit"],
    );
}

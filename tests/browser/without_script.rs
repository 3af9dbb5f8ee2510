//! An employee's journey without JavaScript: plain forms, all questions on one page.

use crate::{
    driver::Settings,
    scan,
    session::Session,
    staff_pages::{EMPLOYEE, HR, demo_company, demo_company_later, write_file},
    support::{PASSWORD, TestApp, eventually},
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
fn without_javascript_the_language_switch_keeps_what_was_filled_in() {
    let app = TestApp::spawn();
    let session = open(&app);
    choose(&session, 0..3, 2);
    session.leaves(|| session.click(".lang button[value='uk']"));
    session.arrives("/assessments/new");
    assert_eq!(session.attribute("html", "lang").as_deref(), Some("uk"));
    assert_eq!(session.count("input:checked"), 3, "the answers are still there");
    session.goto("/support");
    session.fill("#message", "Please call me.");
    session.leaves(|| session.click(".lang button[value='ru']"));
    assert_eq!(session.attribute("html", "lang").as_deref(), Some("ru"));
    let typed = "return document.querySelector('#message').value";
    assert_eq!(session.js(typed, vec![]), serde_json::json!("Please call me."));
    assert_eq!(app.number("SELECT count(*) FROM support_requests"), 0, "nothing was sent");
}

fn staff(app: &TestApp, email: &str) -> Session {
    let session = Session::with(app, Settings { javascript: false, ..Settings::default() });
    session.sign_in(email);
    session
}

#[test]
fn without_javascript_hr_opens_a_campaign_filters_the_dashboard_and_edits_the_tree() {
    let app = demo_company_later();
    let session = staff(&app, HR);
    session.goto("/hr/campaigns/new");
    session.fill("#name", "Winter");
    session.leaves(|| session.click("form[action='/hr/campaigns'] .button"));
    session.leaves(|| session.click("form[action$='/open'] .button"));
    assert_eq!(session.attribute("main .eyebrow data", "value").as_deref(), Some("open"));
    session.goto("/hr");
    let department = app.number("SELECT id FROM departments WHERE name = 'Sales'");
    session.choose("#department", &department.to_string());
    session.leaves(|| session.click("form.filters .button"));
    assert_eq!(session.text("h1"), "Sales");
    session.goto(&format!("/hr/departments/{department}/edit"));
    session.fill("#name", "Care");
    session.leaves(|| session.click("main .form .button"));
    assert!(session.texts("tbody th").contains(&"Care".to_owned()));
    session.fill("#name", "Research");
    session.leaves(|| session.click("form[action='/hr/departments'] .button"));
    assert_eq!(app.number("SELECT count(*) FROM departments WHERE name IN ('Sales', 'Care', 'Research')"), 2);
}

#[test]
fn without_javascript_an_admin_gives_a_role_and_makes_one() {
    let app = demo_company();
    let session = staff(&app, "admin@hearth.example");
    session.goto("/admin/roles");
    session.fill("#name", "Works council");
    session.click("label[for=permission-view_audit]");
    session.leaves(|| session.click("form[action='/admin/roles'] .button"));
    session.goto("/admin/users");
    session.fill("#q", "olena");
    session.leaves(|| session.click("form[role=search] .button"));
    session.leaves(|| session.click("tbody a"));
    let role = app.number("SELECT id FROM roles WHERE name = 'Works council'");
    session.leaves(|| session.click(&format!("form[action$='/roles/{role}/give'] .button")));
    assert!(session.is_shown(&format!("form[action$='/roles/{role}/take'] .button")));
    assert_eq!(app.number(&format!("SELECT count(*) FROM user_roles WHERE role_id = {role}")), 1);
}

#[test]
fn without_javascript_a_request_for_support_is_sent_answered_read_and_taken_back() {
    let app = demo_company();
    let (employee, hr) = (staff(&app, EMPLOYEE), staff(&app, HR));
    employee.goto("/privacy");
    employee.leaves(|| employee.click("main a[href='/support']"));
    employee.fill("#message", "Could we talk?");
    employee.leaves(|| employee.click("form[action='/support'] .button"));
    hr.goto("/hr/support");
    hr.leaves(|| hr.click("tbody a"));
    assert!(hr.text("main .facts").contains("Could we talk?"));
    hr.fill("#answer", "Yes, on Thursday.");
    hr.leaves(|| hr.click("form[action$='/answer'] .button"));
    employee.goto("/privacy");
    assert!(employee.text("main article .facts").contains("Yes, on Thursday."));
    employee.leaves(|| employee.click("form[action^='/support/'] .link-button--danger"));
    hr.goto("/hr/support");
    assert_eq!(hr.count("tbody tr"), 0, "HR sees it no longer");
    assert_eq!(app.number("SELECT count(*) FROM support_requests WHERE message IS NOT NULL OR answer IS NOT NULL"), 0);
}

#[test]
fn without_javascript_a_list_of_employees_is_looked_at_imported_and_followed() {
    let app = demo_company();
    let session = staff(&app, HR);
    let rows: String = (1..=300).map(|n| format!("new{n}@hearth.example,New {n},Research\n")).collect();
    session.goto("/hr/employees/import");
    session.upload("#file", &write_file(&app, "people.csv", &format!("email,name,department\n{rows}")));
    session.leaves(|| session.click("main .form .button"));
    assert_eq!(session.texts(".stat__value")[0], "300");
    let people = || app.number("SELECT count(*) FROM users WHERE email LIKE 'new%'");
    assert_eq!(people(), 0, "nothing has happened yet");
    session.leaves(|| session.click("form[action^='/hr/employees/import/'] .button"));
    eventually("a page that shows the end by itself", || (session.count(".notice--good") == 1).then_some(()));
    assert_eq!(people(), 300);
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

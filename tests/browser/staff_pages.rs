//! Visits every page of HR, managers and administrators of the demo company, and an
//! employee's request for support. The caller passes what to check on each.

use crate::{
    pages::{Look, at, open, submit_past_the_script},
    session::Session,
    steps,
    support::{TestApp, TestDb, eventually, signer},
};
use chrono::TimeDelta;
use hearth::audit;
use std::fs;

pub const HR: &str = "hr@hearth.example";
pub const EMPLOYEE: &str = "employee@hearth.example";

/// The demo company as it is today. Its accounts take the password of these tests.
pub fn demo_company() -> TestApp {
    let db = TestDb::demo();
    let url = db.url.clone();
    TestApp::start(db, &url, &[])
}

/// The same when the campaign that was open is over and published, and its
/// people may be asked again.
pub fn demo_company_later() -> TestApp {
    let app = demo_company();
    for days in [40, 160] {
        app.advance(TimeDelta::days(days)); // the open campaign ends, then its people have had their rest
        hearth::publication::close_due(&mut app.db.connect(), 5, app.now().date_naive(), app.now()).unwrap();
    }
    app
}

/// The first of these rows.
fn id(app: &TestApp, what: &str) -> i64 {
    let found = app.number(&format!("SELECT coalesce(min(id), 0) FROM {what}"));
    assert!(found > 0, "no {what}");
    found
}

/// Sends a form that is right.
fn send(session: &Session, action: &str) {
    session.leaves(|| session.click(&format!("form[action='{action}'] .button")));
}

/// Sends a form that is not, and looks at what comes back.
fn send_wrong(session: &Session, action: &str, look: Look, what: &str) {
    session.send_anyway(&format!("form[action='{action}']"));
    session.refused(422);
    look(session, what);
}

/// Everything of HR and of a manager.
pub fn of_hr(languages: &str, look: Look) {
    let app = demo_company();
    let session = open(&app, languages);
    session.sign_in_and_switch(HR);
    read_insights(&app, &session, look);
    keep_departments(&app, &session, look);
    let code = run_campaigns(&app, &session, look);
    keep_employees(&app, &session, look);
    import_employees(&app, &session, look);
    archive_somebody(&app, &session, look);
    keep_instruments(&session, look);
    write_library(&app, &session, look);
    session.sign_out();
    session.sign_in_and_switch("manager@hearth.example");
    at("/hr", &session, look, "insights of a manager");
    at("/hr/departments", &session, look, "departments of a manager");
    session.sign_out();
    answer_by_code(&session, look, &code);
}

fn department(app: &TestApp, name: &str) -> i64 {
    id(app, &format!("departments WHERE name = '{name}'"))
}

fn read_insights(app: &TestApp, session: &Session, look: Look) {
    at("/hr", session, look, "insights");
    session.js("document.querySelectorAll('details').forEach((more) => { more.open = true })", vec![]);
    look(session, "insights with everything open");
    let month = id(app, "periods WHERE kind = 'month' AND state = 'closed'");
    for (what, department) in [
        ("insights of a department", department(app, "Customer Support")),
        ("insights of a team", department(app, "Logistics")),
        ("insights of a team too small", department(app, "Night Desk")),
    ] {
        at(&format!("/hr?department={department}"), session, look, what);
    }
    at(&format!("/hr?period={month}"), session, look, "insights of the first month");
}

/// Ends with a printed code, which it answers.
fn run_campaigns(app: &TestApp, session: &Session, look: Look) -> String {
    at("/hr/campaigns", session, look, "campaigns");
    at("/hr/campaigns/new", session, look, "campaign new");
    session.click("#invited-departments");
    send_wrong(session, "/hr/campaigns", look, "campaign refused");
    session.fill("#name", "How are we in spring?");
    session.click("#invited-everyone");
    send(session, "/hr/campaigns");
    look(session, "campaign draft");
    let draft = session.path();
    send_wrong(session, &format!("{draft}/open"), look, "campaign while another is open");
    session.goto(&draft);
    session.fill("#name", "");
    send_wrong(session, &draft, look, "campaign draft refused");
    send_wrong(session, &format!("{draft}/people"), look, "campaign without a name for a person");
    session.fill("#person_name", "Ivo Stone");
    send(session, &format!("{draft}/people"));
    let open = format!("/hr/campaigns/{}", id(app, "periods WHERE kind = 'campaign' AND state = 'open'"));
    at(&open, session, look, "campaign open");
    at(&format!("{open}/close"), session, look, "campaign about to be closed");
    send(session, &format!("{open}/close"));
    look(session, "campaign closed");
    session.goto(&draft);
    send_wrong(session, &format!("{draft}/open"), look, "campaign of people who are at rest");
    app.execute("UPDATE periods SET closed_at = closed_at - interval '200 days' WHERE state = 'closed'");
    session.goto(&draft);
    send(session, &format!("{draft}/open"));
    look(session, "campaign open with codes");
    send(session, &format!("{draft}/codes"));
    look(session, "codes");
    let code = session.text(".slip code");
    session.goto(&draft);
    session.send_anyway(&format!("form[action='{draft}/codes']"));
    session.refused(409);
    look(session, "codes printed before");
    code
}

fn answer_by_code(session: &Session, look: Look, code: &str) {
    at("/code", session, look, "code");
    session.fill("#code", "nonsense");
    send_wrong(session, "/code", look, "code refused");
    session.fill("#code", code);
    send(session, "/code");
    look(session, "consent by code");
    session.leaves(|| session.click("main .button"));
    look(session, "questionnaire by code");
    submit_past_the_script(session, 20);
    look(session, "result by code");
}

fn keep_departments(app: &TestApp, session: &Session, look: Look) {
    let department = |name: &str| format!("/hr/departments/{}", department(app, name));
    at("/hr/departments", session, look, "departments");
    session.fill("#name", "Engineering");
    send_wrong(session, "/hr/departments", look, "departments refused");
    session.fill("#name", "Research");
    send(session, "/hr/departments");
    look(session, "departments with message");
    at(&department("Engineering"), session, look, "department with teams");
    plan_actions(session, &department("Customer Support"), look);
    at(&department("Night Desk"), session, look, "department too small");
    let edited = department("Web");
    at(&format!("{edited}/edit"), session, look, "department edit");
    session.fill("#name", "");
    send_wrong(session, &edited, look, "department edit refused");
    at(&format!("{}/edit", department("Research")), session, look, "department that may be deleted");
}

fn plan_actions(session: &Session, department: &str, look: Look) {
    at(department, session, look, "department that burns");
    send_wrong(session, &format!("{department}/actions"), look, "department action refused");
    session.goto(department);
    session.leaves(|| session.click(".rec .button"));
    session.choose("#dimension", &session.attribute("#dimension option:last-child", "value").unwrap());
    session.fill("#who", "The shift leads");
    session.choose("#until", "2026-11-01");
    send(session, &format!("{department}/actions"));
    look(session, "department with an overdue action");
    session.leaves(|| session.click("main a[href^='/hr/actions/']"));
    look(session, "action");
    session.fill("#who", "");
    session.send_anyway("main .form");
    session.refused(422);
    look(session, "action refused");
    session.goto(department);
    session.leaves(|| session.click("form[action$='/done'] .button"));
    look(session, "department with an action done");
}

fn keep_employees(app: &TestApp, session: &Session, look: Look) {
    at("/hr/employees", session, look, "employees");
    session.leaves(|| session.click(".pager .button"));
    look(session, "employees second page");
    session.fill("#q", "nobody has this name");
    session.leaves(|| session.click("form[role=search] .button"));
    look(session, "employees nobody");
    at("/hr/employees?state=waiting", session, look, "employees waiting");
    let waiting = format!("/hr/employees/{}", id(app, "users WHERE confirmed_at IS NULL"));
    app.execute("UPDATE users SET email_verified_at = NULL WHERE confirmed_at IS NULL");
    at(&waiting, session, look, "employee waiting");
    send_wrong(session, &format!("{waiting}/confirm"), look, "employee not confirmed");
    app.execute("UPDATE users SET email_verified_at = created_at WHERE confirmed_at IS NULL");
    session.goto(&waiting);
    send(session, &format!("{waiting}/confirm"));
    look(session, "employee confirmed");
    let active = format!("/hr/employees/{}", id(app, &format!("users WHERE email = '{EMPLOYEE}'")));
    at(&active, session, look, "employee active");
    session.fill("#manager_email", "nobody@hearth.example");
    send_wrong(session, &format!("{active}/transfer"), look, "employee not moved");
    at("/hr/employees/new", session, look, "employee new");
    send_wrong(session, "/hr/employees/new", look, "employee new refused");
    session.fill("#name", "Nova Demo");
    session.fill("#email", "nova@hearth.example");
    send(session, "/hr/employees/new");
    look(session, "employee added");
    send(session, &format!("{}/invite", session.path()));
    look(session, "employee invited");
}

/// A file in this test's folder.
pub fn write_file(app: &TestApp, name: &str, content: &str) -> String {
    let path = app.data_dir.path().join(name);
    fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

fn import_employees(app: &TestApp, session: &Session, look: Look) {
    at("/hr/employees/import", session, look, "import");
    let send_file = |content: &str| {
        session.goto("/hr/employees/import");
        session.upload("#file", &write_file(app, "people.csv", content));
        session.leaves(|| session.click("main .form .button"));
    };
    send_file("");
    session.refused(422);
    look(session, "import file refused");
    send_file("who\nAda\n");
    look(session, "import columns to choose");
    send_file("email,name,department\n,Nobody,\nada@hearth.example,Ada,A // B\n");
    look(session, "import with problems");
    send_file(
        "email;name;position;department;manager_email\nada@hearth.example;Ada Lovelace;Analyst;Research / Engines;hr@hearth.example\nbob@hearth.example;Bob;;Research;\n",
    );
    look(session, "import dry run");
    let import = session.path();
    app.execute("UPDATE imports SET state = 'running', steps = 10, steps_done = 4 WHERE state = 'checked'");
    at(&import, session, look, "import interrupted");
    app.execute("UPDATE imports SET state = 'checked' WHERE state = 'running'");
    session.goto(&import);
    send(session, &import);
    eventually("the end of the import", || (session.count("progress") == 0).then_some(()));
    look(session, "import done");
}

fn archive_somebody(app: &TestApp, session: &Session, look: Look) {
    at("/hr/employees/archived", session, look, "archive empty");
    let person = id(app, "users WHERE email = 'demo010@hearth.example'");
    let page = format!("/hr/employees/{person}/archive");
    at(&page, session, look, "archive somebody");
    send(session, &page);
    at("/hr/employees/archived", session, look, "archive");
    let oneself = id(app, &format!("users WHERE email = '{HR}'"));
    at(&format!("/hr/employees/{oneself}/archive"), session, look, "archive oneself");
}

fn write_library(app: &TestApp, session: &Session, look: Look) {
    at("/hr/library", session, look, "library of hr");
    at("/hr/library/new", session, look, "library item new");
    session.leaves(|| session.click("button[value=publish]"));
    session.refused(422);
    look(session, "library item refused");
    let article = app.number("SELECT min(item_id) FROM library_texts WHERE body <> ''");
    at(&format!("/hr/library/{article}"), session, look, "library item");
    session.leaves(|| session.click("button[value=preview]"));
    look(session, "library item preview");
    app.execute("UPDATE library_items SET minutes = minutes");
    session.leaves(|| session.click("button[value=publish]"));
    session.refused(422);
    look(session, "library item changed meanwhile");
    session.leaves(|| session.click("button[value=publish]"));
    look(session, "library item published");
}

fn keep_instruments(session: &Session, look: Look) {
    let fixture = |name: &str| format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    at("/hr/instruments", session, look, "instruments");
    session.leaves(|| session.click("tbody tr:first-child a"));
    look(session, "instrument that ships");
    session.goto("/hr/instruments");
    session.upload("#file", &fixture("suppression.json"));
    send_wrong(session, "/hr/instruments", look, "instruments file refused");
    session.upload("#file", &fixture("instruments/mbi-like-22.toml"));
    send(session, "/hr/instruments");
    look(session, "instrument without licence");
    let version = session.path();
    send_wrong(session, &format!("{version}/attest"), look, "instrument attested by nobody");
    session.fill("#holder", "Hearth Example Ltd");
    session.click("#held");
    send(session, &format!("{version}/attest"));
    look(session, "instrument attested");
    at(&format!("{version}/preview"), session, look, "instrument preview");
}

/// A request for support, as its sender and as HR see it.
pub fn of_support(languages: &str, look: Look) {
    let app = demo_company();
    let session = open(&app, languages);
    session.sign_in_and_switch(HR);
    at("/hr/support", &session, look, "requests empty");
    session.sign_out();
    session.sign_in_and_switch(EMPLOYEE);
    let result = app.number(&format!(
        "SELECT min(number) FROM assessments WHERE user_id = (SELECT id FROM users WHERE email = '{EMPLOYEE}')"
    ));
    at(&format!("/support?result={result}"), &session, look, "support");
    session.click("#contact-phone");
    send_wrong(&session, "/support", look, "support refused");
    for field in ["#share_department", "#share_result"] {
        session.click(field);
    }
    session.fill("#phone", "+380 44 123 45 67");
    session.fill("#message", "I would like to talk about my hours.\n\nThey do not fit my family any more.");
    send(&session, "/support");
    look(&session, "privacy with a request");
    at("/support", &session, look, "support waiting");
    session.sign_out();
    session.sign_in_and_switch(HR);
    at("/hr/support", &session, look, "requests");
    session.leaves(|| session.click("tbody tr:first-child a"));
    look(&session, "request open");
    let request = session.path();
    send_wrong(&session, &format!("{request}/answer"), look, "request answer refused");
    session.fill("#answer", "Thank you for writing.\n\nShall we talk on Thursday?");
    send(&session, &format!("{request}/answer"));
    look(&session, "request answered");
    session.sign_out();
    session.sign_in_and_switch(EMPLOYEE);
    at("/privacy", &session, look, "privacy with an answer");
    session.leaves(|| session.click("form[action^='/support/'] .link-button--danger"));
    steps::sign_in(&app, EMPLOYEE).post("/support", &[]);
    session.sign_out();
    session.sign_in_and_switch(HR);
    session.goto("/hr/support");
    session.leaves(|| session.click("tbody tr:first-child a"));
    send(&session, &format!("{}/close", session.path()));
    look(&session, "requests with message");
    at("/hr/support?state=closed", &session, look, "requests closed");
}

/// Everything of administrators.
pub fn of_admins(languages: &str, look: Look) {
    let app = demo_company();
    let session = open(&app, languages);
    session.sign_in_and_switch("admin@hearth.example");
    give_roles(&app, &session, look);
    make_roles(&app, &session, look);
    read_the_log(&app, &session, look);
}

fn give_roles(app: &TestApp, session: &Session, look: Look) {
    at("/admin/users", session, look, "people");
    session.leaves(|| session.click(".pager .button"));
    look(session, "people second page");
    session.fill("#q", "nobody has this name");
    session.leaves(|| session.click("form[role=search] .button"));
    look(session, "people nobody");
    let person = |email: &str| format!("/admin/users/{}", id(app, &format!("users WHERE email = '{email}'")));
    at(&person(EMPLOYEE), session, look, "person without roles");
    let admin = person("admin@hearth.example");
    at(&admin, session, look, "person oneself");
    let role = |key: &str| id(app, &format!("roles WHERE key = '{key}'"));
    send_wrong(session, &format!("{admin}/roles/{}/take", role("admin")), look, "person the last admin");
    session.goto(&person(HR));
    send(session, &format!("{}/roles/{}/give", person(HR), role("admin")));
    look(session, "person with too many roles");
}

fn make_roles(app: &TestApp, session: &Session, look: Look) {
    at("/admin/roles", session, look, "roles");
    send_wrong(session, "/admin/roles", look, "roles refused");
    session.fill("#name", "Works council and occupational health");
    for permission in ["view_company_insights", "manage_roles"] {
        session.click(&format!("#permission-{permission}"));
    }
    send(session, "/admin/roles");
    look(session, "roles with message");
    for (what, role) in [
        ("role of everyone", "key = 'employee'"),
        ("role that ships", "key = 'hr'"),
        ("role of our own", "key IS NULL"),
    ] {
        at(&format!("/admin/roles/{}", id(app, &format!("roles WHERE {role}"))), session, look, what);
    }
    session.fill("#name", "");
    let own = session.path();
    send_wrong(session, &own, look, "role refused");
}

fn read_the_log(app: &TestApp, session: &Session, look: Look) {
    for what in ["audit whole", "audit broken"] {
        if what == "audit broken" {
            app.execute(
                "ALTER TABLE audit_events DISABLE TRIGGER audit_events_append_only;
                 UPDATE audit_events SET details = '{\"changed\": true}' WHERE id = 2;
                 ALTER TABLE audit_events ENABLE TRIGGER audit_events_append_only",
            );
        }
        let (mut conn, signer) = (app.db.connect(), signer());
        let found = audit::verify(&mut conn, Some(&signer));
        assert_eq!(found.is_ok(), what == "audit whole");
        audit::chain::remember(&mut conn, &signer, &found, app.now()).unwrap();
        at("/admin/audit", session, look, what);
    }
    session.leaves(|| session.click("tbody tr:first-child a"));
    look(session, "audit of one person");
    app.execute("DELETE FROM audit_checks");
    at("/admin/audit?event=campaign_deleted", session, look, "audit empty");
}

/// What HR finds at the very beginning.
pub fn of_beginners(languages: &str, look: Look) {
    let app = TestApp::spawn();
    app.register_as(HR, "hr");
    app.register_as("manager@hearth.example", "manager");
    let session = open(&app, languages);
    session.sign_in_and_switch(HR);
    at("/hr", &session, look, "insights empty");
    at("/hr/campaigns", &session, look, "campaigns empty");
    at("/hr/departments", &session, look, "departments empty");
    at("/hr/campaigns/new", &session, look, "campaign new without departments");
    session.sign_out();
    session.sign_in_and_switch("manager@hearth.example");
    at("/hr", &session, look, "insights of a manager without a department");
    at("/hr/departments", &session, look, "departments of a manager without one");
}

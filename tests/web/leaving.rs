//! Archiving employees and bringing them back.

use crate::{
    letters::take_letter,
    steps::{sign_in, visible},
    support::{Browser, PASSWORD, TestApp},
};
use chrono::TimeDelta;

fn office() -> (TestApp, Browser) {
    let app = TestApp::spawn();
    let hr = app.register_as("hr@example.com", "hr");
    app.execute(
        "INSERT INTO departments (name) VALUES ('Sales');
         INSERT INTO departments (name, parent_id) SELECT 'North', id FROM departments",
    );
    (app, hr)
}

fn id(app: &TestApp, email: &str) -> i64 {
    app.number(&format!("SELECT id FROM users WHERE email = '{email}'"))
}

/// Ada of Sales / North, confirmed, who did everything, some of it in a period that is closed.
fn ada(app: &TestApp) -> (Browser, String) {
    let ada = app.register_as("ada@example.com", "employee");
    app.execute(
        "UPDATE users SET name = 'Ada Byron', position = 'Analyst', joined_on = '2026-01-05',
             department_id = (SELECT id FROM departments WHERE name = 'North') WHERE email = 'ada@example.com'",
    );
    ada.post("/assessments/consent", &[]);
    ada.submit_all(2, "first");
    app.advance(TimeDelta::minutes(1));
    ada.submit_all(4, "second");
    ada.post("/assessments/draft", &[("answer_0", "2")]);
    ada.post("/pulse", &[("burnout", "10"), ("stress", "20"), ("productivity", "30")]);
    let chat = ada.post("/chats", &[("name", "Evenings"), ("color", "sage")]).location().to_owned();
    ada.post(&format!("{chat}/messages"), &[("user_message", "Sleep"), ("reader", "library")]);
    ada.post("/profile/details", &[("gender", "other"), ("profession", "other")]);
    app.execute(
        "UPDATE recommendations SET completed_at = given_at WHERE id = (SELECT max(id) FROM recommendations);
         INSERT INTO periods (kind, state, starts_on, ends_on, closed_at) VALUES ('month', 'closed', '2020-01-01', '2020-01-31', now());
         INSERT INTO assessments (user_id, period_id, instrument_version_id, made_at, subscale_scores, answers, counts)
             SELECT user_id, (SELECT id FROM periods WHERE state = 'closed'), instrument_version_id, made_at, subscale_scores, answers, true
             FROM assessments WHERE counts;
         INSERT INTO account_links (user_id, purpose, token_hash, created_at, expires_at)
             SELECT id, 'invitation', '\\x01', now(), now() + interval '1 day' FROM users WHERE email = 'ada@example.com';
         INSERT INTO mails (recipient, subject, body, next_attempt_at)
             VALUES ('ada@example.com', 'Later', 'Later', now() + interval '1 day')",
    );
    let page = format!("/hr/employees/{}", id(app, "ada@example.com"));
    (ada, page)
}

/// How many rows of any table still tell of a person by number.
fn rows_of(app: &TestApp, person: i64) -> i64 {
    let tables = [
        "assessments",
        "drafts",
        "pulses",
        "recommendations",
        "consents",
        "account_links",
        "sign_ins",
        "user_roles",
        "chats",
        "questions",
        "profiles",
        "avatars",
        "erasure_requests",
        "invitations",
        "attempts",
        "imports",
        "support_requests",
    ];
    let counts: Vec<_> =
        tables.iter().map(|table| format!("(SELECT count(*) FROM {table} WHERE user_id = {person})")).collect();
    app.number(&counts.join(" + "))
}

#[test]
fn archiving_keeps_the_row_that_counts_without_the_person_and_deletes_the_rest() {
    let (app, hr) = office();
    let (ada, page) = ada(&app);
    let person = id(&app, "ada@example.com");
    assert!(rows_of(&app, person) > 15);
    let asked = hr.get(&format!("{page}/archive"));
    assert!(visible(&asked.body).contains("What is kept") && rows_of(&app, person) > 15, "asking changes nothing");
    let done = hr.post(&format!("{page}/archive"), &[]);
    assert_eq!((done.status, done.location()), (303, "/hr/employees/archived"));
    assert_eq!((rows_of(&app, person), app.number("SELECT count(*) FROM users")), (0, 1));
    let left = "SELECT string_agg(p.state || ' ' || d.name || ' ' || a.counts || ' ' || coalesce(a.score, 0), ';') FROM assessments a
        JOIN periods p ON p.id = period_id JOIN departments d ON d.id = a.department_id
        WHERE a.user_id IS NULL AND a.answers IS NULL AND a.made_at IS NULL AND a.idempotency_key IS NULL AND a.number IS NULL";
    assert_eq!(app.text(left), "open North true 80");
    assert_eq!(app.number("SELECT count(*) FROM assessments"), 1);
    assert_eq!(app.number("SELECT count(*) FROM mails WHERE recipient = 'ada@example.com'"), 0);
    let kept = "SELECT name || '|' || email || '|' || position || '|' || department || '|' || joined_on || '|' || completed_recommendations || '|' || (days_in_system > 0) FROM old_users";
    assert_eq!(app.text(kept), "Ada Byron|ada@example.com|Analyst|Sales / North|2026-01-05|1|true");
    assert_eq!(ada.get("/dashboard").status, 303, "signed out");
    assert_eq!(app.browser().post("/login", &[("email", "ada@example.com"), ("password", PASSWORD)]).status, 422);
    assert_eq!((hr.get(&page).status, hr.post(&format!("{page}/archive"), &[]).status), (404, 404));
    let audited = app.text("SELECT subject_id || ' ' || details FROM audit_events WHERE event = 'employee_archived'");
    assert_eq!(audited, format!("{person} {{}}"));
}

#[test]
fn of_somebody_never_confirmed_no_result_stays() {
    let (app, hr) = office();
    let bob = app.register_and_agree("bob@example.com");
    bob.submit_all(3, "key");
    let page = format!("/hr/employees/{}/archive", id(&app, "bob@example.com"));
    assert_eq!(hr.post(&page, &[]).status, 303);
    assert_eq!(app.number("SELECT count(*) FROM assessments"), 0);
}

#[test]
fn nobody_archives_themselves_or_the_last_admin() {
    let (app, hr) = office();
    let own = format!("/hr/employees/{}/archive", id(&app, "hr@example.com"));
    assert!(!hr.get(&own).body.contains("<button class=\"button button--danger\">"));
    let refused = hr.post(&own, &[]);
    assert!(refused.status == 422 && refused.body.contains("You cannot archive yourself"));
    app.register_as("admin@example.com", "admin");
    let admin = format!("/hr/employees/{}/archive", id(&app, "admin@example.com"));
    let refused = hr.post(&admin, &[]);
    assert!(refused.status == 422 && refused.body.contains("last person who can give roles"), "{}", refused.body);
    assert_eq!(app.number("SELECT count(*) FROM users"), 2);
    app.register_as("second@example.com", "admin");
    assert_eq!(hr.post(&admin, &[]).status, 303);
    assert_eq!(app.number("SELECT count(*) FROM old_users"), 1);
}

#[test]
fn somebody_without_an_address_leaves_and_comes_back_without_an_invitation() {
    let (app, hr) = office();
    app.execute("INSERT INTO users (name, confirmed_at, joined_on) VALUES ('Cid', now(), '2026-01-05')");
    let person = app.number("SELECT id FROM users WHERE email IS NULL");
    assert_eq!(hr.post(&format!("/hr/employees/{person}/invite"), &[]).status, 404);
    assert_eq!(hr.post(&format!("/hr/employees/{person}/archive"), &[]).status, 303);
    assert!(hr.get("/hr/employees/archived").body.contains("Cid"));
    assert_eq!(hr.post(&format!("/hr/employees/archived/{person}/restore"), &[]).status, 303);
    assert_eq!(app.number("SELECT count(*) FROM users WHERE email IS NULL AND invited_at IS NULL"), 1);
    assert_eq!(app.number("SELECT count(*) FROM mails"), 0);
}

#[test]
fn somebody_archived_before_addresses_had_one_spelling_comes_back_in_that_spelling() {
    let (app, hr) = office();
    for (id, email) in [(77, "ivan@приклад.укр"), (78, "\"a b\"@x")] {
        app.execute(&format!(
            "INSERT INTO old_users (id, email, name, position, department, joined_on, days_in_system, completed_recommendations, archived_at)
             VALUES ({id}, '{email}', 'Ivan', '', '', '2026-01-05', 1, 0, now())"
        ));
        assert_eq!(hr.post(&format!("/hr/employees/archived/{id}/restore"), &[]).status, 303, "{email}");
    }
    assert_eq!(app.text("SELECT email FROM users WHERE id = 77"), "ivan@xn--80aikifvh.xn--j1amh");
    assert_eq!(app.number("SELECT count(*) FROM users WHERE id = 78 AND email IS NULL"), 1);
}

#[test]
fn who_reported_to_somebody_who_left_reports_to_nobody() {
    let (app, hr) = office();
    let (_ada, page) = ada(&app);
    app.execute("UPDATE users SET manager_id = (SELECT id FROM users WHERE email = 'ada@example.com') WHERE email = 'hr@example.com'");
    assert_eq!(hr.post(&format!("{page}/archive"), &[]).status, 303);
    assert_eq!(app.number("SELECT count(*) FROM users WHERE manager_id IS NULL"), 1);
}

#[test]
fn an_account_comes_back_under_its_number_with_an_invitation_and_without_its_history() {
    let (app, hr) = office();
    let (_ada, page) = ada(&app);
    let person = id(&app, "ada@example.com");
    hr.post(&format!("{page}/archive"), &[]);
    let restore = format!("/hr/employees/archived/{person}/restore");
    let listed = hr.get("/hr/employees/archived");
    assert!(listed.body.contains(&format!("action=\"{restore}\"")) && listed.body.contains("Sales / North"));
    assert_eq!(hr.post(&restore, &[]).location(), page);
    assert_eq!(id(&app, "ada@example.com"), person);
    let back = "SELECT u.name || '|' || position || '|' || joined_on || '|' || (password_hash IS NULL) || '|' || (email_verified_at IS NULL) || '|' || d.name
        FROM users u JOIN departments d ON d.id = department_id WHERE email = 'ada@example.com'";
    assert_eq!(app.text(back), "Ada Byron|Analyst|2026-01-05|true|true|North");
    assert_eq!((app.number("SELECT count(*) FROM old_users"), hr.post(&restore, &[]).status), (0, 404));
    let link = take_letter(&app).link(&app);
    assert_eq!(app.browser().post(&link, &[("password", PASSWORD)]).status, 303);
    let ada = sign_in(&app, "ada@example.com");
    assert!(!ada.get("/history").body.contains("<tbody>"));
    assert_eq!(ada.post("/assessments/consent", &[]).status, 303);
    assert_eq!(ada.submit_all(1, "again").status, 303);
    assert_eq!(app.number("SELECT count(*) FROM assessments WHERE counts"), 2, "the new one and the one left behind");
    assert_eq!(app.number("SELECT count(*) FROM audit_events WHERE event = 'employee_restored'"), 1);
    app.register("next@example.com"); // numbers go on after it
}

#[test]
fn an_account_whose_address_is_taken_stays_in_the_archive_until_that_one_leaves_too() {
    let (app, hr) = office();
    let (_ada, page) = ada(&app);
    let first = id(&app, "ada@example.com");
    hr.post(&format!("{page}/archive"), &[]);
    app.register("ada@example.com");
    let refused = hr.post(&format!("/hr/employees/archived/{first}/restore"), &[]);
    assert!(refused.status == 422 && refused.body.contains("has its address by now"));
    assert!(refused.body.contains("name=\"return_to\" value=\"/hr/employees/archived\""));
    assert_eq!(app.number("SELECT count(*) FROM old_users"), 1);
    let second = id(&app, "ada@example.com");
    assert_eq!(hr.post(&format!("/hr/employees/{second}/archive"), &[]).status, 303);
    let archived = "SELECT string_agg(concat_ws(' ', id, email), ', ' ORDER BY email) FROM old_users";
    assert_eq!(app.text(archived), format!("{first} ada@example.com, {second}"), "nobody showed that it is theirs");
    assert_eq!(hr.post(&format!("/hr/employees/archived/{first}/restore"), &[]).status, 303);
}

#[test]
fn the_archive_comes_in_pages_latest_first() {
    let (app, hr) = office();
    app.execute(
        "INSERT INTO old_users (id, email, name, position, department, joined_on, days_in_system, completed_recommendations, archived_at)
         SELECT n, 'p' || n || '@example.com', 'Person ' || n, '', '', '2020-01-01', 1, 0, timestamptz '2026-01-01' + n / 2 * interval '1 hour'
         FROM generate_series(1001, 1070) n",
    );
    let first = hr.get("/hr/employees/archived");
    assert!(
        first.body.contains("Person 1070<")
            && first.body.contains("Person 1021<")
            && !first.body.contains("Person 1020<")
    );
    let second = hr.get("/hr/employees/archived?after=1021");
    assert!(
        second.body.contains("Person 1020<")
            && second.body.contains("Person 1001<")
            && !second.body.contains("Person 1021<")
    );
}

//! Erasure of an account: after a waiting time of a day, permanently, and also when a
//! backup is restored.

use crate::{
    letters::take_letter,
    steps::{app_at, sign_in, visible},
    support::{PASSWORD, TestApp},
};
use chrono::TimeDelta;
use hearth::leaving::{self, Ledger};

const ADA: &str = "ada@example.com";

fn carry_out(app: &TestApp) {
    leaving::erase_due(&mut app.db.connect(), &Ledger::of(app.data_dir.path()), app.now()).unwrap();
}

fn people(app: &TestApp) -> i64 {
    app.number("SELECT count(*) FROM users")
}

#[test]
fn somebody_who_asks_is_erased_after_a_day_and_not_before() {
    let app = app_at("2026-05-04T08:00:00Z");
    let ada = app.register_as(ADA, "employee");
    ada.post("/assessments/consent", &[]);
    assert_eq!(ada.submit_all(4, "key").status, 303);
    let page = visible(&ada.get("/privacy/erase").body);
    assert!(page.contains("24 hours") && page.contains("published already"));
    assert_eq!(ada.post("/privacy/erase", &[("password", PASSWORD)]).location(), "/privacy");
    assert!(take_letter(&app).link(&app).ends_with("/privacy"));
    for place in ["/privacy", "/dashboard"] {
        assert!(ada.get(place).body.contains("action=\"/privacy/erase/cancel\""), "{place}");
    }
    app.advance(TimeDelta::hours(11));
    assert_eq!(ada.get("/dashboard").status, 200);
    app.advance(TimeDelta::minutes(12 * 60 + 59));
    carry_out(&app);
    assert_eq!(people(&app), 1, "a minute is left");
    app.advance(TimeDelta::minutes(2));
    carry_out(&app);
    assert_eq!(people(&app), 0);
    assert_eq!(sign_in_status(&app), 422);
    let counting =
        "SELECT count(*) FROM assessments WHERE user_id IS NULL AND answers IS NULL AND made_at IS NULL AND counts";
    assert_eq!(app.number(counting), 1, "what counts in an open period stays without the person");
    assert_eq!(app.number("SELECT count(*) FROM old_users"), 0);
    assert_eq!(app.number("SELECT count(*) FROM mails WHERE recipient = 'ada@example.com'"), 0);
    assert_eq!(
        app.text("SELECT string_agg(details::text, '') FROM audit_events WHERE event = 'employee_erased'"),
        "{}"
    );
    let ledger = std::fs::read_to_string(app.data_dir.path().join("erasures")).unwrap();
    assert!(ledger.ends_with("Z\n") && ledger.lines().count() == 1 && !ledger.contains("ada"));
}

fn sign_in_status(app: &TestApp) -> u16 {
    app.browser().post("/login", &[("email", ADA), ("password", PASSWORD)]).status
}

#[test]
fn who_thinks_better_of_it_stays() {
    let app = app_at("2026-05-04T08:00:00Z");
    let ada = app.register(ADA);
    ada.post("/privacy/erase", &[("password", PASSWORD)]);
    ada.post("/privacy/erase", &[("password", PASSWORD)]);
    assert_eq!(app.outbox(1).len(), 1, "asking twice is asking once");
    app.advance(TimeDelta::hours(5));
    let again = sign_in(&app, ADA);
    assert_eq!(again.post("/privacy/erase/cancel", &[]).status, 303);
    app.advance(TimeDelta::hours(48));
    carry_out(&app);
    assert_eq!(people(&app), 1);
    assert!(!sign_in(&app, ADA).get("/privacy").body.contains("/privacy/erase/cancel"));
}

#[test]
fn it_takes_the_password_and_guessing_it_is_slowed_down() {
    let app = TestApp::spawn();
    let ada = app.register(ADA);
    for _ in 0..5 {
        let refused = ada.post("/privacy/erase", &[("password", "wrong")]);
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("href=\"#password\""));
    }
    let slowed = ada.post("/privacy/erase", &[("password", PASSWORD)]);
    assert_eq!(slowed.status, 429);
    assert!(!slowed.header("retry-after").is_empty());
    assert_eq!(app.number("SELECT count(*) FROM erasure_requests"), 0);
}

#[test]
fn the_last_admin_cannot_go() {
    let app = app_at("2026-05-04T08:00:00Z");
    let admin = app.register_as("admin@example.com", "admin");
    let refused = admin.post("/privacy/erase", &[("password", PASSWORD)]);
    assert_eq!(refused.status, 422);
    assert!(visible(&refused.body).contains("only one who can give roles"));
    // Two who would both go leave nobody either.
    app.register_as("other@example.com", "admin");
    assert_eq!(sign_in(&app, "admin@example.com").post("/privacy/erase", &[("password", PASSWORD)]).status, 303);
    assert_eq!(sign_in(&app, "other@example.com").post("/privacy/erase", &[("password", PASSWORD)]).status, 422);
}

#[test]
fn whoever_cannot_go_after_all_stays_for_good_and_keeps_nobody_else() {
    let app = app_at("2026-05-04T08:00:00Z");
    app.register_as("admin@example.com", "admin");
    app.register_as("other@example.com", "admin");
    app.register(ADA);
    for email in ["admin@example.com", ADA] {
        sign_in(&app, email).post("/privacy/erase", &[("password", PASSWORD)]);
    }
    app.execute("DELETE FROM users WHERE email = 'other@example.com'");
    app.advance(TimeDelta::hours(25));
    carry_out(&app);
    assert_eq!(app.text("SELECT string_agg(email, ' ') FROM users"), "admin@example.com");
    assert_eq!(app.number("SELECT count(*) FROM erasure_requests"), 1, "tried again tomorrow");
    let ledger = Ledger::of(app.data_dir.path());
    assert_eq!(ledger.read().unwrap().len(), 1, "only who is gone stands in the ledger");
    sign_in(&app, "admin@example.com").post("/privacy/erase/cancel", &[]);
    leaving::replay(&mut app.db.connect(), &ledger).unwrap();
    assert_eq!(people(&app), 1);
}

#[test]
fn a_backup_with_an_erased_last_admin_starts_all_the_same() {
    let app = app_at("2026-05-04T08:00:00Z");
    app.register_as("admin@example.com", "admin");
    app.execute("UPDATE users SET created_at = '2026-05-01'");
    let (ledger, id) = (Ledger::of(app.data_dir.path()), app.number("SELECT id FROM users"));
    app.execute("DELETE FROM sign_ins");
    ledger.append(&[(hearth::domain::UserId(id), app.now())]).unwrap();
    leaving::replay(&mut app.db.connect(), &ledger).unwrap();
    assert_eq!((people(&app), app.number("SELECT count(*) FROM erasures")), (1, 0), "tried again at the next start");
}

#[test]
fn a_restored_backup_brings_nobody_back() {
    let app = app_at("2026-05-04T08:00:00Z");
    let ada = app.register(ADA);
    ada.post("/privacy/erase", &[("password", PASSWORD)]);
    app.execute("UPDATE users SET created_at = '2026-05-01'; CREATE TABLE backup AS SELECT * FROM users");
    app.advance(TimeDelta::hours(25));
    carry_out(&app);
    assert_eq!(people(&app), 0);
    let ledger = Ledger::of(app.data_dir.path());
    let restore = "INSERT INTO users OVERRIDING SYSTEM VALUE SELECT * FROM backup; TRUNCATE erasures";
    app.execute(restore);
    leaving::replay(&mut app.db.connect(), &ledger).unwrap();
    assert_eq!(people(&app), 0);
    assert_eq!(app.number("SELECT count(*) FROM erasures"), 1);
    // The backup is from when they were archived.
    app.execute(
        "TRUNCATE erasures;
         INSERT INTO old_users (id, email, name, position, department, joined_on, days_in_system, completed_recommendations, archived_at)
         SELECT id, email, name, '', '', joined_on, 1, 0, '2026-05-02' FROM backup",
    );
    leaving::replay(&mut app.db.connect(), &ledger).unwrap();
    assert_eq!(app.number("SELECT count(*) FROM old_users"), 0);
    // The number was given to somebody else after the restore.
    app.execute("TRUNCATE erasures; UPDATE backup SET created_at = '2026-06-01', email = 'bob@example.com'");
    app.execute("INSERT INTO users OVERRIDING SYSTEM VALUE SELECT * FROM backup");
    leaving::replay(&mut app.db.connect(), &ledger).unwrap();
    assert_eq!(people(&app), 1);
    // A new data directory learns what the database knows.
    let elsewhere = tempfile::tempdir().unwrap();
    let other = Ledger::of(elsewhere.path());
    leaving::replay(&mut app.db.connect(), &other).unwrap();
    assert_eq!(other.read().unwrap(), ledger.read().unwrap());
}

#[test]
fn nobody_is_erased_whom_the_ledger_does_not_hold() {
    let app = app_at("2026-05-04T08:00:00Z");
    let ada = app.register(ADA);
    ada.post("/privacy/erase", &[("password", PASSWORD)]);
    app.advance(TimeDelta::hours(25));
    let blocked = app.data_dir.path().join("a file");
    std::fs::write(&blocked, "in the way").unwrap();
    let done = leaving::erase_due(&mut app.db.connect(), &Ledger::of(&blocked), app.now());
    assert!(done.is_err(), "the log says what is wrong with the file");
    assert_eq!(people(&app), 1);
    assert_eq!(
        app.number("SELECT count(*) FROM erasure_requests WHERE due_at < '2026-05-05T09:30:00Z'"),
        1,
        "soon again"
    );
}

#[test]
fn each_instance_writes_down_whom_another_erased() {
    let app = app_at("2026-05-04T08:00:00Z");
    app.register(ADA).post("/privacy/erase", &[("password", PASSWORD)]);
    app.advance(TimeDelta::hours(25));
    carry_out(&app);
    let elsewhere = tempfile::tempdir().unwrap();
    let other = Ledger::of(elsewhere.path());
    leaving::erase_due(&mut app.db.connect(), &other, app.now()).unwrap();
    assert_eq!(other.read().unwrap(), Ledger::of(app.data_dir.path()).read().unwrap());
    assert_eq!(other.read().unwrap().len(), 1);
}

#[test]
fn whom_hr_archives_meanwhile_is_erased_all_the_same() {
    let app = app_at("2026-05-04T08:00:00Z");
    let hr = app.register_as("hr@example.com", "hr");
    app.register(ADA).post("/privacy/erase", &[("password", PASSWORD)]);
    let id = app.number("SELECT id FROM users WHERE email = 'ada@example.com'");
    assert_eq!(hr.post(&format!("/hr/employees/{id}/archive"), &[]).status, 303);
    let page = visible(&hr.get("/hr/employees/archived").body);
    assert!(page.contains("had asked to be erased") && !page.contains("ada@example.com"), "{page}");
    assert_eq!((people(&app), app.number("SELECT count(*) FROM old_users")), (1, 0));
    assert_eq!(Ledger::of(app.data_dir.path()).read().unwrap().len(), 1);
    assert_eq!(
        app.text("SELECT string_agg(event, ' ' ORDER BY id) FROM audit_events WHERE subject_id IS NOT NULL AND event LIKE 'employee%'"),
        "employee_archived employee_erased"
    );
    leaving::erase_due(&mut app.db.connect(), &Ledger::of(app.data_dir.path()), app.now() + TimeDelta::days(2))
        .unwrap();
    assert_eq!(people(&app), 1);
}

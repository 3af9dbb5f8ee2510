//! The audit log: it cannot be changed unnoticed, what it shows, and that writing to it
//! does not block other requests.

use crate::{
    steps::{app_with, at_once, between, set_clock, sign_in, visible},
    support::{Browser, PASSWORD, TestApp, eventually, signer, signer_of},
};
use chrono::{SecondsFormat, TimeDelta};
use diesel::connection::SimpleConnection as _;
use hearth::{
    audit::{self, Event, EventId, VerifyError},
    keys::Signer,
};
use serde_json::json;
use sha2::{Digest as _, Sha256};

/// Adds rows as features do.
fn record(app: &TestApp, count: usize) {
    let mut conn = app.db.connect();
    for number in 0..count {
        // Keys in another order than PostgreSQL keeps them, and values that it rewrites.
        let details = json!({ "zebra": [1, 2.5, null], "a": 1e3, "bb": "ї\n\"", "number": number });
        audit::record(&mut conn, None, Event::EmployeesImported, None, details, app.now()).unwrap();
    }
}

fn rows(app: &TestApp) -> i64 {
    app.number("SELECT count(*) FROM audit_events")
}

/// The first bad row; `None` when the chain is whole.
fn broken(app: &TestApp) -> Option<i64> {
    match audit::verify(&mut app.db.connect(), Some(&signer())) {
        Ok(whole) => {
            assert_eq!((whole.rows, whole.unkeyed), (rows(app), 0));
            None
        }
        Err(VerifyError::Broken(EventId(id))) => Some(id),
        Err(error) => panic!("{error}"),
    }
}

/// What somebody does who may do everything to the database.
fn tamper(app: &TestApp, sql: &str) {
    app.execute(&format!(
        "ALTER TABLE audit_events DISABLE TRIGGER ALL; {sql}; ALTER TABLE audit_events ENABLE TRIGGER ALL"
    ));
}

#[test]
fn the_database_itself_refuses_to_change_or_remove_a_row() {
    let app = TestApp::spawn();
    record(&app, 3);
    for sql in [
        "UPDATE audit_events SET event = 'signed_in'",
        "UPDATE audit_events SET actor_id = NULL WHERE id = 2",
        "DELETE FROM audit_events WHERE id = 3",
        "DELETE FROM audit_events",
        "TRUNCATE audit_events",
    ] {
        let refused = app.db.connect().batch_execute(sql).unwrap_err().to_string();
        assert!(refused.contains("rows of audit_events are only ever added"), "{sql}: {refused}");
    }
    assert_eq!((rows(&app), broken(&app)), (3, None));
}

#[test]
fn whoever_gets_round_the_database_is_found_out_at_the_first_bad_row() {
    for (sql, bad) in [
        ("UPDATE audit_events SET actor_id = 7 WHERE id = 4", 4),
        ("UPDATE audit_events SET happened_at = happened_at + interval '1 microsecond' WHERE id = 2", 2),
        ("UPDATE audit_events SET details = details || '{\"number\": 70}' WHERE id = 5", 5),
        ("UPDATE audit_events SET event = 'role_given' WHERE id >= 3", 3),
        ("UPDATE audit_events SET subject_id = 1 WHERE id = 1", 1),
        ("UPDATE audit_events SET hash = sha256('x') WHERE id = 3", 3),
        ("DELETE FROM audit_events WHERE id = 3", 3),
        ("DELETE FROM audit_events WHERE id = 1", 1),
        ("DELETE FROM audit_events WHERE id = 3; UPDATE audit_events SET id = id - 1 WHERE id > 3", 3),
        (
            "INSERT INTO audit_events SELECT 7, happened_at, actor_id, event, subject_id, details, hash, hash, key_id
             FROM audit_events WHERE id = 6",
            7,
        ),
        ("DELETE FROM audit_seal", 1),
        ("UPDATE audit_seal SET unkeyed = 3", 4),
        ("UPDATE audit_events SET key_id = NULL WHERE id = 4", 4),
    ] {
        let app = TestApp::spawn();
        record(&app, 6);
        assert_eq!(broken(&app), None);
        tamper(&app, sql);
        assert_eq!(broken(&app), Some(bad), "{sql}");
    }
}

/// What somebody does who may write rows and knows how the log was hashed before
/// there was a key: changes a row and makes the chain fit again from there on.
fn rewrite(app: &TestApp, from: i64, key: &str) {
    let mut conn = app.db.connect();
    let mut entries = audit::list(&mut conn, &audit::Filter::default(), 100).unwrap();
    entries.reverse();
    let mut before = vec![0; 32];
    for mut entry in entries {
        if entry.id.0 >= from {
            entry.previous_hash = before;
            entry.subject = Some(7);
            let moment = entry.happened_at.to_rfc3339_opts(SecondsFormat::Micros, true);
            let audit::Entry { id, actor, event, subject, details, previous_hash, .. } = &entry;
            let content = json!([id, moment, actor, event, subject, details, previous_hash]).to_string();
            let id = *id;
            entry.hash = Sha256::digest(content).to_vec();
            let (hash, previous) = (hex::encode(&entry.hash), hex::encode(&entry.previous_hash));
            tamper(
                app,
                &format!(
                    "UPDATE audit_events SET subject_id = 7, hash = '\\x{hash}', previous_hash = '\\x{previous}', {key} WHERE id = {id}"
                ),
            );
        }
        before = entry.hash;
    }
}

#[test]
fn asvs_16_4_2_whoever_can_write_rows_cannot_rewrite_the_chain() {
    for (from, key, bad) in [(3, "key_id = NULL", 3), (3, "key_id = key_id", 3), (1, "key_id = NULL", 1)] {
        let app = TestApp::spawn();
        record(&app, 5);
        rewrite(&app, from, key);
        assert_eq!(broken(&app), Some(bad), "from {from}, {key}");
    }
}

/// As [`broken`], for a log that began before there was a key.
fn verified(app: &TestApp) -> Result<(i64, i64), String> {
    let found = audit::verify(&mut app.db.connect(), Some(&signer()));
    found.map(|whole| (whole.rows, whole.unkeyed)).map_err(|error| error.to_string())
}

#[test]
fn rows_from_before_the_key_count_as_they_did_but_none_may_come_after_it() {
    let old = || {
        let app = TestApp::spawn();
        record(&app, 3);
        rewrite(&app, 1, "key_id = NULL");
        app.execute("DELETE FROM audit_seal");
        assert_eq!(verified(&app), Ok((3, 3)), "a log that was never keyed");
        record(&app, 3);
        assert_eq!(verified(&app), Ok((6, 3)));
        app
    };
    let broken = |row: i64| Err(format!("the audit log is broken: row {row} is missing or was changed"));
    let app = old();
    tamper(&app, "UPDATE audit_events SET actor_id = 7 WHERE id = 2");
    assert_eq!(verified(&app), broken(2));
    for (from, bad) in [(5, 5), (4, 4), (2, 4)] {
        let app = old();
        rewrite(&app, from, "key_id = NULL");
        assert_eq!(verified(&app), broken(bad), "from {from}");
    }
    let app = old();
    app.execute("UPDATE audit_seal SET unkeyed = 6");
    rewrite(&app, 4, "key_id = NULL");
    assert_eq!(verified(&app), broken(7), "the seal is keyed too");
}

#[test]
fn without_the_secret_of_a_row_the_log_can_be_called_neither_whole_nor_broken() {
    let app = TestApp::spawn();
    record(&app, 2);
    let other = signer_of("another secret of the same installation");
    let found = |signer: Option<&Signer>| match audit::verify(&mut app.db.connect(), signer) {
        Err(VerifyError::OtherKey(EventId(row))) => row,
        found => panic!("{found:?}"),
    };
    assert_eq!((found(None), found(Some(&other))), (1, 1));
    let mut conn = app.db.connect();
    let signing = other.enter();
    audit::record(&mut conn, None, Event::SignedIn, None, json!({}), app.now()).unwrap();
    drop(signing);
    assert_eq!((found(Some(&signer())), found(Some(&other))), (3, 1), "after the secret was changed");
    tamper(&app, "UPDATE audit_events SET previous_hash = hash WHERE id = 3");
    assert_eq!(broken(&app), Some(3), "what is bad whatever the key is");
}

#[test]
fn a_log_longer_than_a_batch_is_walked_to_its_end() {
    let app = TestApp::spawn();
    app.db.connect().batch_execute("SELECT 1").unwrap();
    {
        use diesel::Connection as _;
        let now = app.now();
        let write = |conn: &mut diesel::PgConnection| {
            (0..5_003).try_for_each(|_| audit::record(conn, None, Event::SignedIn, None, json!({}), now))
        };
        app.db.connect().transaction(write).unwrap();
    }
    assert_eq!(broken(&app), None);
    tamper(&app, "UPDATE audit_events SET actor_id = 7 WHERE id = 5002");
    assert_eq!(broken(&app), Some(5002));
}

fn state(browser: &Browser) -> String {
    let page = browser.get("/admin/audit").body;
    between(&page, "data-state=\"", "\"")[0].to_owned()
}

#[test]
fn the_page_says_whether_the_chain_was_whole_when_the_server_last_looked() {
    let app = TestApp::spawn();
    let admin = app.register_as("admin@example.com", "admin");
    eventually("the first walk", || (state(&admin) == "whole").then_some(()));
    record(&app, 5);
    let walk = || {
        let mut conn = app.db.connect();
        let found = audit::verify(&mut conn, Some(&signer()));
        audit::chain::remember(&mut conn, &signer(), &found, app.now()).unwrap();
    };
    walk();
    let page = admin.get("/admin/audit").body;
    assert!(page.contains("The log is whole: 6 rows"), "five and the sign-in");
    record(&app, 2);
    assert_eq!(state(&admin), "whole", "later rows do not matter");
    tamper(&app, "DELETE FROM audit_events WHERE id >= 6");
    assert_eq!(state(&admin), "broken", "what an earlier walk saw at the end is missed");
    assert!(admin.get("/admin/audit").body.contains("row 6 is missing or was changed"));
    tamper(&app, "UPDATE audit_events SET actor_id = 7 WHERE id = 4");
    walk();
    assert!(admin.get("/admin/audit").body.contains("row 4 is missing or was changed"));
    app.execute("UPDATE audit_checks SET broken_id = NULL");
    assert_eq!(state(&admin), "unchecked", "what a walk found is believed only as it was written");
}

#[test]
fn the_page_says_when_the_log_needs_another_secret_and_which_rows_are_older_than_the_key() {
    let app = TestApp::spawn();
    let admin = app.register_as("admin@example.com", "admin");
    eventually("the first walk", || (state(&admin) == "whole").then_some(()));
    record(&app, 2);
    let daily = |signer: Signer| {
        app.execute("DELETE FROM audit_checks");
        let db = hearth::db::Db::new(&app.db.url, &crate::support::config(&[]), signer.clone());
        let check = async { audit::chain::check_daily(&db, &signer, app.now()).await.unwrap() };
        actix_web::rt::System::new().block_on(check);
    };
    rewrite(&app, 1, "key_id = NULL");
    app.execute("DELETE FROM audit_seal");
    daily(signer());
    let page = admin.get("/admin/audit").body;
    assert!(state(&admin) == "whole" && page.contains("Rows 1 to 3 are older than the key of the log"), "{page}");
    record(&app, 1);
    let moved = "a secret that came with a new server";
    app.execute("DELETE FROM audit_checks");
    let later = app.beside(&[("HEARTH_SECRET_KEY", moved)]);
    let admin = later.browser();
    admin.post("/login", &[("email", "admin@example.com"), ("password", PASSWORD)]);
    eventually("the walk of the new server", || (state(&admin) == "cannot-check").then_some(()));
    assert!(admin.get("/admin/audit").body.contains("row 4 was written with another secret key"));
}

#[test]
fn signing_in_is_recorded_without_anything_about_the_person() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    sign_in(&app, "ada@example.com");
    let wrong = app.browser().post("/login", &[("email", "ada@example.com"), ("password", "wrong")]);
    assert_eq!(wrong.status, 422);
    let ada = app.number("SELECT id FROM users");
    let sql = format!(
        "SELECT count(*) FROM audit_events
         WHERE actor_id = {ada} AND event = 'signed_in' AND subject_id IS NULL AND details = '{{}}'"
    );
    assert_eq!((app.number(&sql), rows(&app)), (2, 2), "the registration and one sign-in; no failed try");
    assert_eq!(broken(&app), None);
}

#[test]
fn many_sign_ins_at_once_all_get_in_and_stand_in_one_chain() {
    let app = TestApp::spawn();
    let emails: Vec<_> = (0..8).map(|number| format!("person{number}@example.com")).collect();
    emails.iter().for_each(|email| drop(app.register(email)));
    let browsers: Vec<_> = emails.iter().map(|_| app.browser()).collect();
    let statuses = at_once(&browsers.iter().collect::<Vec<_>>(), |index, browser| {
        let fields = [("email", emails[index].as_str()), ("password", PASSWORD)];
        (0..4).map(|_| browser.post("/login", &fields).status).collect::<Vec<_>>()
    });
    assert!(statuses.iter().flatten().all(|status| *status == 303), "{statuses:?}");
    assert_eq!((rows(&app), broken(&app)), (8 + 32, None));
}

#[test]
fn each_row_is_a_sentence_with_the_names_of_today() {
    let app = app_with("2026-03-29T12:30:00Z", &[("HEARTH_TIMEZONE", "Europe/Kyiv")]);
    let admin = app.register_as("admin@example.com", "admin");
    app.register("ada@example.com");
    app.execute("UPDATE users SET name = 'Ada <Love>' WHERE email = 'ada@example.com'");
    let ada = app.number("SELECT id FROM users WHERE email = 'ada@example.com'");
    let hr = app.number("SELECT id FROM roles WHERE key = 'hr'");
    assert_eq!(admin.post(&format!("/admin/users/{ada}/roles/{hr}/give"), &[]).status, 303);
    admin.post("/admin/roles", &[("name", "Council"), ("permission", "view_audit")]);
    let text = |admin: &Browser| visible(&admin.get("/admin/audit").body);
    let page = text(&admin);
    assert!(page.contains("Gave the role “HR” to Ada &#60;Love&#62;"), "{page}");
    assert!(page.contains("Created the role “Council”, which opens: Audit log"));
    assert!(page.contains("29 March 2026, 15:30"), "the organisation's clock, in summer time from that day");
    admin.post("/language", &[("language", "uk")]);
    let page = text(&admin);
    assert!(page.contains("Надано роль «HR»: Ada") && page.contains("29 березня 2026"), "{page}");
    admin.post("/language", &[("language", "en")]);
    app.execute("UPDATE users SET name = 'Ada Byron' WHERE email = 'ada@example.com'");
    assert!(text(&admin).contains("to Ada Byron"), "never stored, so never old");
    let council = app.number("SELECT max(id) FROM roles");
    assert_eq!(admin.post(&format!("/admin/roles/{council}/delete"), &[]).status, 303);
    app.execute(&format!("DELETE FROM users WHERE id = {ada}"));
    let page = text(&admin);
    assert!(page.contains(&format!("to former person #{ada}")) && page.contains(&format!("former role #{council}")));
    let stored = app.text("SELECT string_agg(e::text, ' ') FROM audit_events e");
    for name in ["Ada", "Byron", "Council", "Test Person", "example.com"] {
        assert!(!stored.contains(name), "{name} is stored");
    }
}

#[test]
fn a_month_is_called_by_its_name_and_a_campaign_by_its_own() {
    let app = TestApp::spawn();
    let admin = app.register_as("admin@example.com", "admin");
    app.execute(
        "INSERT INTO periods (kind, state, starts_on, ends_on) VALUES ('month', 'open', '2025-10-01', '2025-10-31')",
    );
    let month = app.number("SELECT max(id) FROM periods");
    let mut conn = app.db.connect();
    audit::record(&mut conn, None, Event::PeriodPublished, Some(month), json!({}), app.now()).unwrap();
    audit::record(&mut conn, None, Event::CampaignDeleted, Some(987), json!({}), app.now()).unwrap();
    let page = visible(&admin.get("/admin/audit").body);
    assert!(page.contains("Published the figures of the period Oct 2025"), "{page}");
    assert!(page.contains("Deleted the campaign #987"), "gone, so told by its number");
    assert!(page.contains("Hearth itself"));
}

/// The numbers of the rows on a page.
fn numbers(browser: &Browser, path: &str) -> Vec<i64> {
    let page = browser.get(path).body;
    let rows = between(&page, "<td class=\"num\"><data value=\"", "\"");
    rows.into_iter().map(|number| number.parse().unwrap()).collect()
}

#[test]
fn the_log_is_filtered_by_event_and_person_and_paged_from_the_newest() {
    let app = TestApp::spawn();
    let admin = app.register_as("admin@example.com", "admin");
    record(&app, 110);
    app.register("ada@example.com");
    let ada = app.number("SELECT id FROM users WHERE email = 'ada@example.com'");
    assert_eq!(numbers(&admin, "/admin/audit?event=signed_in"), [112, 1]);
    assert_eq!(numbers(&admin, &format!("/admin/audit?actor={ada}")), [112]);
    assert_eq!(numbers(&admin, &format!("/admin/audit?event=role_given&actor={ada}")), [0; 0]);
    let mut all = Vec::new();
    let mut path = "/admin/audit?event=employees_imported".to_owned();
    loop {
        all.extend(numbers(&admin, &path));
        let body = admin.get(&path).body;
        let Some(link) = body.split("\" rel=\"next\"").next().filter(|before| before.len() < body.len()) else { break };
        path = link.rsplit("href=\"").next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
    }
    assert_eq!(all, (2..=111).rev().collect::<Vec<i64>>());
    for nonsense in ["event=born", "actor=x", "before=x"] {
        assert_eq!(admin.get(&format!("/admin/audit?{nonsense}")).status, 400, "{nonsense}");
    }
    assert_eq!(admin.get("/admin/audit?actor=987654321").status, 200);
}

#[test]
fn the_server_walks_along_the_chain_once_a_day() {
    let app = TestApp::spawn();
    let check = |now| {
        let config = crate::support::config(&[]);
        let db = hearth::db::Db::new(&app.db.url, &config, signer());
        actix_web::rt::System::new().block_on(async { audit::chain::check_daily(&db, &signer(), now).await.unwrap() });
    };
    eventually("the first walk", || (app.number("SELECT count(*) FROM audit_checks") == 1).then_some(()));
    set_clock(&app, "2027-01-01T00:00:00Z");
    check(app.now());
    record(&app, 3);
    let last = || app.number("SELECT last_id FROM audit_checks");
    app.advance(TimeDelta::hours(23));
    check(app.now());
    assert_eq!(last(), 0, "not yet");
    app.advance(TimeDelta::hours(1));
    check(app.now());
    assert_eq!(last(), 3);
}

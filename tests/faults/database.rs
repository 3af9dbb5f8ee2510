//! The database stops and comes back; all connections are busy. Answers are not lost,
//! nothing is half-written, and requests do not wait forever.

use crate::{
    proxy::Proxy,
    support::{Answer, Browser, TestApp, TestDb, eventually},
};
use chrono::TimeDelta;
use diesel::connection::SimpleConnection as _;
use std::{
    thread,
    time::{Duration, Instant},
};

/// An application whose wire to the database can be cut.
fn spawn(variables: &[(&str, &str)]) -> (Proxy, TestApp) {
    let db = TestDb::new();
    let proxy = Proxy::to(&db.url);
    let url = proxy.url.clone();
    let app = TestApp::start(db, &url, &[&[("DB_POOL_TIMEOUT_MS", "2000")], variables].concat());
    (proxy, app)
}

fn rows(app: &TestApp) -> i64 {
    app.number("SELECT (SELECT count(*) FROM assessments) + (SELECT count(*) FROM recommendations) + (SELECT count(*) FROM periods)")
}

fn assert_kept(page: &Answer) {
    assert_eq!(page.status, 503, "{}", page.body);
    assert!(page.body.contains("could not be saved just now"), "{}", page.body);
    assert_eq!(page.body.matches("value=\"4\" checked").count(), 20, "every answer is still there");
    assert!(page.body.contains("name=\"idempotency_key\" value=\"key\""), "with the same key");
}

/// Waits until somebody waits for a lock that a test holds on the person's row.
fn until_blocked(app: &TestApp) {
    eventually("a statement that waits", || {
        let waiting = "SELECT count(*) FROM pg_locks w JOIN pg_stat_activity a USING (pid)
            WHERE NOT w.granted AND a.datname = current_database()
            AND a.query LIKE '%\"users\"%' AND a.query NOT LIKE '%pg_locks%'
            AND EXISTS (SELECT FROM pg_locks h WHERE h.pid = w.pid AND h.relation = 'users'::regclass)";
        (app.number(waiting) > 0).then_some(())
    });
}

#[test]
fn a_submit_without_a_database_keeps_the_answers_and_works_again_by_itself() {
    let (proxy, app) = spawn(&[]);
    let ada = app.register_and_agree("ada@example.com");
    proxy.cut();
    let asked = Instant::now();
    assert_kept(&ada.submit_all(4, "key"));
    assert!(asked.elapsed() < Duration::from_secs(20), "{:?}", asked.elapsed());
    assert_eq!(rows(&app), 0);
    let page = ada.get("/history");
    assert_eq!((page.status, page.header("retry-after")), (503, "5"));
    assert_eq!(app.browser().get("/ready").status, 503);
    assert_eq!(app.browser().get("/health").status, 200);
    assert_eq!(app.browser().get("/login").status, 200, "pages that need no database go on");
    proxy.mend();
    assert_eq!(ada.submit_all(4, "key").status, 303, "the next try works, without a restart");
    assert_eq!(ada.get("/history").status, 200);
    assert_eq!(app.browser().get("/ready").status, 200);
}

#[test]
fn reads_do_not_notice_a_database_that_was_restarted() {
    let (proxy, app) = spawn(&[]);
    let ada = app.register_and_agree("ada@example.com");
    ada.submit_all(4, "key");
    for path in ["/dashboard", "/history", "/recommendations", "/assessments/new"] {
        proxy.cut();
        proxy.mend();
        assert_eq!(ada.get(path).status, 200, "{path}");
    }
}

#[test]
fn a_write_after_a_restart_loses_at_most_one_try() {
    let (proxy, app) = spawn(&[]);
    let ada = app.register_and_agree("ada@example.com");
    for round in 0..3 {
        proxy.cut();
        proxy.mend();
        let key = format!("key-{round}");
        app.advance(TimeDelta::minutes(1));
        let first = ada.submit_all(4, &key).status;
        assert!([303, 503].contains(&first), "{first}");
        assert_eq!(ada.submit_all(4, &key).status, 303);
    }
    assert_eq!(app.number("SELECT count(*) FROM assessments"), 3);
}

#[test]
fn a_database_stopped_in_the_middle_of_a_submit_leaves_nothing_half_written() {
    let (proxy, app) = spawn(&[]);
    let ada = app.register_and_agree("ada@example.com");
    let mut holder = app.db.connect();
    holder.batch_execute("BEGIN; SELECT id FROM users FOR UPDATE").unwrap();
    thread::scope(|scope| {
        let submitting = scope.spawn(|| ada.submit_all(4, "key"));
        until_blocked(&app);
        proxy.cut();
        assert_kept(&submitting.join().unwrap());
    });
    holder.batch_execute("ROLLBACK").unwrap();
    proxy.mend();
    assert_eq!(ada.submit_all(4, "key").status, 303);
    assert_eq!(app.number("SELECT count(*) FROM assessments"), 1);
    assert_eq!(app.number("SELECT count(*) FROM recommendations"), 7);
}

#[test]
fn a_submit_whose_answer_was_lost_is_found_again_by_its_key() {
    let (proxy, app) = spawn(&[]);
    let ada = app.register_and_agree("ada@example.com");
    // Later than when the sign-in's last sight would be written: the next COMMIT is the submit's.
    assert_eq!(ada.get("/dashboard").status, 200);
    proxy.cut_at_next_commit();
    let page = ada.submit_all(4, "key");
    assert!(proxy.is_cut(), "the submit was committed");
    assert_kept(&page);
    eventually("the commit", || (app.number("SELECT count(*) FROM assessments") == 1).then_some(()));
    proxy.mend();
    let again = ada.submit_all(4, "key");
    assert_eq!(again.status, 303, "pressing the button again leads to the result");
    assert_eq!(ada.get(again.location()).status, 200);
    assert_eq!(app.number("SELECT count(*) FROM assessments"), 1);
}

#[test]
fn a_busy_pool_is_answered_in_bounded_time() {
    let app = TestApp::spawn_with(&[("DB_POOL_SIZE", "1"), ("DB_POOL_TIMEOUT_MS", "300")]);
    let ada = app.register_and_agree("ada@example.com");
    let bob = app.register_and_agree("bob@example.com");
    let mut holder = app.db.connect();
    holder.batch_execute("BEGIN; SELECT id FROM users FOR UPDATE").unwrap();
    thread::scope(|scope| {
        let submitting = scope.spawn(|| ada.submit_all(4, "key"));
        until_blocked(&app);
        let asked = Instant::now();
        let waiting: Vec<_> = (0..4)
            .map(|n| {
                scope.spawn({
                    let bob = &bob;
                    move || if n % 2 == 0 { bob.get("/history") } else { bob.submit_all(4, "key") }
                })
            })
            .collect();
        for (n, answer) in waiting.into_iter().map(|thread| thread.join().unwrap()).enumerate() {
            assert_eq!(answer.status, 503);
            if n % 2 == 1 {
                assert_kept(&answer);
            }
        }
        let waited = asked.elapsed();
        assert!((Duration::from_millis(300)..Duration::from_secs(4)).contains(&waited), "{waited:?}"); // the statement ends after five
        assert_eq!(app.browser().get("/health").status, 200);
        holder.batch_execute("ROLLBACK").unwrap();
        assert_eq!(submitting.join().unwrap().status, 303, "who held the connection gets their answer");
    });
    assert_eq!(bob.submit_all(4, "key").status, 303);
}

#[test]
fn a_statement_that_takes_too_long_keeps_the_answers_too() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree("ada@example.com");
    let mut holder = app.db.connect();
    holder.batch_execute("BEGIN; SELECT id FROM users FOR UPDATE").unwrap();
    assert_kept(&ada.submit_all(4, "key"));
    holder.batch_execute("ROLLBACK").unwrap();
    assert_eq!(rows(&app), 0);
    assert_eq!(ada.submit_all(4, "key").status, 303);
}

#[test]
fn a_start_without_a_database_says_so() {
    let db = TestDb::empty();
    let proxy = Proxy::to(&db.url);
    proxy.cut();
    let directory = tempfile::tempdir().unwrap();
    let config = crate::support::config(&[
        ("HEARTH_BIND", "127.0.0.1:0"),
        ("HEARTH_DATA_DIR", directory.path().to_str().unwrap()),
    ]);
    let options = hearth::app::Options {
        clock: hearth::clock::Clock::System,
        bcrypt_cost: 4,
        assistant_patience: hearth::assistant::model::PATIENCE,
        body_patience: hearth::web::body::PATIENCE,
    };
    let error = hearth::app::Application::build(config, &proxy.url, options).err().expect("no start");
    assert!(error.to_string().contains("cannot connect to the database"), "{error:#}");
}

/// Reads that a person repeats by hand.
#[test]
fn every_page_comes_back_after_an_outage() {
    let (proxy, app) = spawn(&[]);
    let ada: Browser = app.register_and_agree("ada@example.com");
    let place = ada.submit_all(4, "key").location().to_owned();
    proxy.cut();
    let pages = [
        "/dashboard",
        "/history",
        "/history.csv",
        "/recommendations",
        "/assessments/new",
        "/profile",
        "/privacy",
        &place,
    ];
    for path in pages {
        let page = ada.get(path);
        assert_eq!(page.status, 503, "{path}");
        assert!(page.body.contains(&format!("href=\"{path}\">Try again")), "{path} says what to do");
    }
    let page = ada.post("/pulse", &[("burnout", "1"), ("stress", "2"), ("productivity", "3")]);
    assert_eq!(page.status, 503);
    assert!(!page.body.contains("href=\"/pulse\""), "a link does not send a form again");
    proxy.mend();
    for path in pages {
        assert_eq!(ada.get(path).status, 200, "{path}");
    }
}

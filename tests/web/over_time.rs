//! After each closing it is computed what everything published together tells.

use crate::{
    company::{check_up, close, department, month, person},
    steps::app_at,
    support::{TestApp, TestDb, eventually},
};
use chrono::{DateTime, Days, Utc};
use chrono_tz::Tz;
use hearth::{
    instruments::catalog,
    publication::over_time::{self, Report, Title},
    seed,
};

/// One department of 45 people who all answered in May, closed.
fn closed() -> (TestApp, i64) {
    let app = app_at("2026-05-20T10:00:00Z");
    let sales = department(&app, "Sales", None);
    let may = month(&app, "2026-05-01");
    for one in 0..45 {
        check_up(&app, person(&app, sales), may, [1 + one % 5, 1 + one % 4, 3]);
    }
    close(&app, may);
    (app, may)
}

fn report(app: &TestApp, period: i64) -> (Report, String) {
    let text = app.text(&format!("SELECT report::text FROM privacy_reports WHERE period_id = {period}"));
    (serde_json::from_str(&text).unwrap(), text)
}

#[test]
fn a_closing_is_followed_by_a_report_that_names_a_department_and_nobody() {
    let (app, may) = closed();
    let _others: Vec<_> = (0..2).map(|_| app.beside(&[])).collect();
    eventually("the report", || {
        (app.number("SELECT count(*) FROM privacy_reports WHERE report IS NOT NULL") == 1).then_some(())
    });
    let (found, text) = report(&app, may);
    assert_eq!((found.k, found.releases), (5, 1));
    assert!(found.holds() && !found.by_units && !found.sampled && found.left_out == 0, "{text}");
    for told in [&found.outsider, &found.colleague] {
        // One mean of 45 people with noise on three dimensions.
        assert!(told.largest > 0.005 && told.largest < 0.05, "{text}");
        assert!(told.percentile <= told.largest);
        let at = told.at.as_ref().unwrap();
        assert_eq!(at.release, Title::Month("2026-05-01".parse().unwrap()));
        assert_eq!(at.department.as_deref(), Some("Sales"));
    }
    assert!(found.colleague.largest > found.outsider.largest, "a colleague knows himself");
    assert!(!text.contains("Secret"), "{text}");
}

#[test]
fn the_report_is_what_the_command_computes() {
    let (app, may) = closed();
    let _other = app.beside(&[]);
    eventually("the report", || {
        (app.number("SELECT count(*) FROM privacy_reports WHERE report IS NOT NULL") == 1).then_some(())
    });
    let named = over_time::read(&mut app.db.connect(), "2026-05-31".parse().unwrap()).unwrap();
    assert_eq!(over_time::report(&named, |_, _| ()), Some(report(&app, may).0));
    let later = over_time::read(&mut app.db.connect(), "2028-06-01".parse().unwrap()).unwrap();
    assert_eq!(over_time::report(&later, |_, _| ()), None, "after 24 months");
}

#[test]
fn people_who_left_are_still_in_the_groups_that_they_were_counted_in() {
    let (app, _) = closed();
    let largest = |app: &TestApp| {
        let named = over_time::read(&mut app.db.connect(), "2026-05-31".parse().unwrap()).unwrap();
        over_time::report(&named, |_, _| ()).unwrap().outsider.largest
    };
    let before = largest(&app);
    app.execute(
        "DELETE FROM assessments WHERE user_id IN (SELECT id FROM users ORDER BY id LIMIT 10);
         DELETE FROM users WHERE id IN (SELECT id FROM users ORDER BY id LIMIT 10)",
    );
    assert!((largest(&app) - before).abs() < 1e-9);
}

#[test]
fn the_daily_note_counts_with_those_who_wrote_it() {
    let (app, _) = closed();
    let found = |app: &TestApp| {
        let named = over_time::read(&mut app.db.connect(), "2026-05-31".parse().unwrap()).unwrap();
        over_time::report(&named, |_, _| ()).unwrap()
    };
    let before = found(&app);
    app.execute(
        "INSERT INTO pulses (user_id, day, burnout, stress, productivity)
         SELECT id, '2026-05-04', 40, 50, 60 FROM users ORDER BY id LIMIT 42",
    );
    eventually("May's notes to be published", || {
        hearth::publication::close_due(&mut app.db.connect(), 5, "2026-06-01".parse().unwrap(), app.now()).unwrap();
        (app.number("SELECT count(*) FROM pulse_months") == 1).then_some(())
    });
    let after = found(&app);
    assert_eq!((before.releases, after.releases), (1, 2));
    assert!(after.outsider.largest > before.outsider.largest + 0.001, "{before:?} {after:?}");
}

#[test]
fn what_was_published_before_there_was_noise_is_not_looked_at() {
    let (app, _) = closed();
    app.execute("ALTER TABLE releases DISABLE TRIGGER releases_append_only; UPDATE releases SET noise_kind = NULL");
    let named = over_time::read(&mut app.db.connect(), "2026-05-31".parse().unwrap()).unwrap();
    assert_eq!(over_time::report(&named, |_, _| ()), None);
}

#[test]
fn the_demo_company_tells_no_more_of_anybody_than_it_may_whatever_the_day() {
    // More days with HEARTH_DAYS=n; every 37th.
    let days = std::env::var("HEARTH_DAYS").map_or(2, |days| days.parse().unwrap());
    for day in 0..days {
        let now: DateTime<Utc> = "2026-11-30T10:00:00Z".parse().unwrap();
        let now = now + Days::new(37 * day);
        let db = TestDb::new();
        let mut conn = db.connect();
        let version = catalog::import_default(&mut conn).unwrap();
        seed::demo(&mut conn, &version, "", now, Tz::UTC, 5).unwrap();
        let named = over_time::read(&mut conn, now.date_naive()).unwrap();
        let report = over_time::report(&named, |_, _| ()).unwrap();
        println!("{now}: {:?} {:?}", report.outsider, report.colleague);
        assert!(report.holds() && report.releases > 30, "{now}: {report:?}");
    }
}

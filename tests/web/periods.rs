//! Periods close once, automatically or by hand, and their published figures never
//! change.

use crate::{
    company::{
        campaign, cell, check_up, close, close_with, counted, department, month, noise as noise_of, person, published,
    },
    steps::{app_at, set_clock, sign_in},
    support::{TestApp, eventually},
};
use chrono::TimeDelta;
use hearth::{
    instruments::catalog,
    publication::noise::{Noise, NoiseKey, NoiseKind},
};

/// An application whose own calendar leaves May open.
fn during_may() -> TestApp {
    app_at("2026-05-20T10:00:00Z")
}

/// Two departments of seven and three people, all of whom answered in a campaign in May.
fn company(app: &TestApp) -> (i64, i64, i64) {
    let (sales, team) = (department(app, "Sales", None), department(app, "Kiosk", None));
    let may = campaign(app, "2026-05-01");
    for _ in 0..7 {
        check_up(app, person(app, sales), may, [4, 3, 2]);
    }
    for _ in 0..3 {
        check_up(app, person(app, team), may, [5, 5, 5]);
    }
    (sales, team, may)
}

/// The cell of exhaustion of seven people at 4 of 1 to 5: 75 percent each, in millionths,
/// with the noise of those seven.
fn seven_at_75(app: &TestApp, period: i64, department: i64) -> String {
    let noise = noise_of(app, NoiseKind::Campaign, counted(app, period, department), 0);
    format!("value 7 {}", 525_000_000 + noise)
}

#[test]
fn a_period_that_is_over_closes_by_itself_after_a_restart() {
    let app = during_may();
    let (sales, team, may) = company(&app);
    let shown = seven_at_75(&app, may, sales);
    let june = month(&app, "2126-06-01");
    let _other = app.beside(&[]);
    eventually("May to be closed", || {
        (app.text(&format!("SELECT state FROM periods WHERE id = {may}")) == "closed").then_some(())
    });
    assert_eq!(app.text(&format!("SELECT state FROM periods WHERE id = {june}")), "open");
    assert_eq!(cell(&app, may, sales, "mean.ee"), shown);
    assert_eq!(cell(&app, may, team, "mean.ee"), "suppressed - -");
    assert_eq!(cell(&app, may, 0, "mean.ee"), shown, "three people are left out of the company too");
    assert_eq!(app.number("SELECT count(*) FROM audit_events WHERE event = 'period_published'"), 1);
}

#[test]
fn of_instances_that_start_together_one_publishes() {
    let app = during_may();
    let (_, _, may) = company(&app);
    let _others: Vec<_> = (0..3).map(|_| app.beside(&[])).collect();
    eventually("May to be closed", || {
        (app.text(&format!("SELECT state FROM periods WHERE id = {may}")) == "closed").then_some(())
    });
    assert_eq!(app.number("SELECT count(*) FROM releases"), 1);
    assert_eq!(app.number("SELECT count(*) FROM audit_events WHERE event = 'period_published'"), 1);
}

#[test]
fn a_period_that_cannot_be_closed_keeps_no_other_open() {
    let app = during_may();
    let (.., may) = company(&app);
    let april = month(&app, "2026-04-01");
    app.execute(&format!(
        "INSERT INTO releases (period_id, instrument_version_id, min_group, deviations, published_at)
         SELECT {april}, max(id), 5, '{{}}', now() FROM instrument_versions"
    ));
    let state = |period: i64| app.text(&format!("SELECT state FROM periods WHERE id = {period}"));
    let today = "2026-06-01".parse().unwrap();
    eventually("May to be closed", || {
        let closed = hearth::publication::close_due(&mut app.db.connect(), 5, today, app.now());
        (state(may) == "closed").then(|| assert!(closed.is_err(), "April's fault is told"))
    });
    assert_eq!(state(april), "open");
}

#[test]
fn nothing_that_happens_later_changes_what_was_published() {
    let app = during_may();
    let (sales, team, may) = company(&app);
    close(&app, may);
    let before = published(&app);
    app.execute(&format!(
        "UPDATE users SET department_id = {sales};
         UPDATE departments SET name = 'Shops', parent_id = {sales} WHERE id = {team};
         DELETE FROM assessments WHERE user_id = (SELECT min(id) FROM users);
         UPDATE assessments SET score = 20, level = 'low', subscale_scores = ARRAY[9, 5, 6]"
    ));
    let _stricter = app.beside(&[("HEARTH_MIN_GROUP", "50")]);
    let june = month(&app, "2126-06-01");
    close_with(&app, june, 50);
    let after = published(&app);
    let of_may = |all: &str| {
        all.lines().filter(|row| row.starts_with(&format!("({may},"))).map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(of_may(&before).len() > 20);
    assert_eq!(of_may(&before), of_may(&after));
}

#[test]
fn the_database_refuses_to_change_what_was_published() {
    let app = during_may();
    let (_, _, may) = company(&app);
    close(&app, may);
    let mut conn = app.db.connect();
    for table in
        ["releases", "released_departments", "published_cells", "published_changes", "published_shares", "pulse_months"]
    {
        for change in [format!("DELETE FROM {table}"), format!("TRUNCATE {table} CASCADE")] {
            let refused = diesel::RunQueryDsl::execute(diesel::sql_query(&change), &mut conn).unwrap_err();
            assert!(refused.to_string().contains("only ever added"), "{change}: {refused}");
        }
    }
}

#[test]
fn a_closed_period_takes_no_check_up_and_does_not_close_again() {
    let app = during_may();
    let ada = app.register_and_agree("ada@example.com");
    assert_eq!(ada.submit_all(3, "first").status, 303);
    let may = app.number("SELECT id FROM periods");
    close(&app, may);
    app.advance(TimeDelta::minutes(1));
    let refused = ada.submit_all(4, "second");
    assert_eq!(refused.status, 503, "the month is over for her too");
    assert_eq!(app.number("SELECT count(*) FROM assessments"), 1);
    let again = hearth::publication::close(&mut app.db.connect(), hearth::domain::PeriodId(may), None, 5, app.now());
    assert!(again.is_err());
    assert_eq!(app.number("SELECT count(*) FROM releases"), 1);
    set_clock(&app, "2026-06-01T10:00:00Z");
    let ada = sign_in(&app, "ada@example.com");
    assert_eq!(ada.submit_all(4, "second").status, 303);
}

#[test]
fn who_is_not_confirmed_counts_nowhere() {
    let app = during_may();
    let (sales, _, may) = company(&app);
    let shown = seven_at_75(&app, may, sales);
    for _ in 0..10 {
        let stranger = person(&app, sales);
        check_up(&app, stranger, may, [5, 5, 5]);
        app.execute(&format!(
            "UPDATE users SET confirmed_at = NULL, department_id = NULL WHERE id = {stranger};
             DELETE FROM invitations WHERE user_id = {stranger}"
        ));
    }
    close(&app, may);
    assert_eq!(cell(&app, may, sales, "mean.ee"), shown);
    assert_eq!(app.number("SELECT sum(atom) FROM published_cells WHERE measure = 'participation'"), 10);
}

#[test]
fn rows_of_people_who_left_count_and_are_gone_once_published() {
    let app = during_may();
    let (sales, _, may) = company(&app);
    app.execute(
        "UPDATE assessments SET user_id = NULL, made_at = NULL, answers = NULL, idempotency_key = NULL, number = NULL
         WHERE id = (SELECT min(id) FROM assessments)",
    );
    let shown = seven_at_75(&app, may, sales); // of six people and one who left
    close(&app, may);
    assert_eq!(cell(&app, may, sales, "mean.ee"), shown);
    assert_eq!(app.number("SELECT count(*) FROM assessments WHERE user_id IS NULL"), 0);
    assert_eq!(app.number("SELECT count(*) FROM assessments"), 9);
}

#[test]
fn a_unanimous_department_and_one_with_two_who_differ_look_the_same() {
    let splits = |dissenters: usize| {
        let app = during_may();
        let sales = department(&app, "Sales", None);
        let may = campaign(&app, "2026-05-01");
        for index in 0..12 {
            // high, or medium with the same profile's neighbour
            let values = if index < dissenters { [3, 3, 3] } else { [5, 5, 5] };
            check_up(&app, person(&app, sales), may, values);
        }
        close(&app, may);
        ["level", "profile"].map(|measure| cell(&app, may, sales, measure))
    };
    assert_eq!(splits(0), splits(2));
    assert_ne!(splits(0), splits(3), "or the numbers would say nothing");
}

#[test]
fn changes_are_told_against_the_month_before_and_adjusted_together() {
    let app = app_at("2026-04-20T10:00:00Z"); // neither month is over, so that the calendar closes none meanwhile
    let sales = department(&app, "Sales", None);
    let people: Vec<i64> = (0..40).map(|_| person(&app, sales)).collect();
    for (first, lift) in [("2026-04-01", 0), ("2026-05-01", 1)] {
        let period = month(&app, first);
        for (index, person) in people.iter().enumerate() {
            let spread = (index % 3) as i32;
            check_up(&app, *person, period, [1 + spread + lift, 2 + spread % 2, 3]);
        }
        close(&app, period);
    }
    let change = |measure: &str| {
        app.text(&format!(
            "SELECT round(difference::numeric, 2) || ' ' || (adjusted_p < 0.05)
             FROM published_changes WHERE department_id = {sales} AND measure = '{measure}'"
        ))
    };
    assert_eq!(change("mean.ee"), "25.00 true");
    assert_eq!(change("mean.dp"), "0.00 false");
    assert_eq!(app.number("SELECT count(*) FROM published_changes WHERE department_id = 0"), 4);
}

#[test]
fn in_a_month_only_groups_of_forty_have_a_mean_and_groups_of_eighty_shares() {
    let app = during_may();
    let (sales, shop) = (department(&app, "Sales", None), department(&app, "Shop", None));
    let may = month(&app, "2026-05-01");
    for (place, people) in [(sales, 39), (shop, 41)] {
        for _ in 0..people {
            check_up(&app, person(&app, place), may, [3, 3, 3]);
        }
    }
    close(&app, may);
    let state = |department, measure| cell(&app, may, department, measure).split(' ').next().unwrap().to_owned();
    assert_eq!([sales, shop, 0].map(|place| state(place, "mean.ee")), ["suppressed", "value", "value"]);
    assert_eq!([sales, shop, 0].map(|place| state(place, "level")), ["suppressed", "suppressed", "suppressed"]);
    let shown = 41 * 50_000_000 + noise_of(&app, NoiseKind::Month, counted(&app, may, shop), 0);
    assert_eq!(cell(&app, may, shop, "mean.ee"), format!("value 41 {shown}"));
    assert_eq!(cell(&app, may, 0, "mean.ee"), format!("value 41 {shown}"), "39 are left over");
    assert_eq!(cell(&app, may, 0, "participation"), "value 80 78,2", "of everybody at once");
}

#[test]
fn nothing_is_compared_with_a_release_from_before_there_was_noise() {
    let app = app_at("2026-04-20T10:00:00Z");
    let sales = department(&app, "Sales", None);
    let people: Vec<i64> = (0..40).map(|_| person(&app, sales)).collect();
    for (first, value) in [("2026-04-01", 1), ("2026-05-01", 5)] {
        let period = month(&app, first);
        for person in &people {
            check_up(&app, *person, period, [value, value, value]);
        }
        close(&app, period);
        app.execute(
            "ALTER TABLE releases DISABLE TRIGGER releases_append_only;
             UPDATE releases SET noise_kind = NULL, degrees = NULL;
             ALTER TABLE releases ENABLE TRIGGER releases_append_only",
        );
    }
    assert_eq!(app.number("SELECT count(*) FROM releases WHERE against_period_id IS NOT NULL"), 0);
    assert_eq!(app.number("SELECT count(*) FROM published_changes"), 0);
}

#[test]
fn months_of_the_daily_note_are_published_once_they_are_over_for_groups_of_forty() {
    let app = app_at("2026-05-05T10:00:00Z");
    let (sales, shop) = (department(&app, "Sales", None), department(&app, "Shop", None));
    let mut people = Vec::new();
    for (place, value) in (0..42).map(|index| (sales, 10 + index)).chain((0..39).map(|_| (shop, 90))) {
        let person = person(&app, place);
        app.execute(&format!(
            "INSERT INTO pulses (user_id, day, burnout, stress, productivity)
             SELECT {person}, day::date, {value}, 50, 50 FROM generate_series(date '2026-05-04', '2026-05-06', '1 day') day"
        ));
        if place == sales {
            people.push(person);
        }
    }
    let publish = |today: &str| {
        hearth::publication::close_due(&mut app.db.connect(), 5, today.parse().unwrap(), app.now()).unwrap();
        app.number("SELECT count(*) FROM pulse_months")
    };
    assert_eq!(publish("2026-05-31"), 0, "the last day");
    assert_eq!(publish("2026-06-01"), 1);
    assert_eq!(publish("2026-06-02"), 1, "once");
    let key = NoiseKey::load(&mut app.db.connect()).unwrap();
    let row = |department: i64, measure: &str| {
        app.text(&format!(
            "SELECT state || ' ' || coalesce(people || ' ' || total, '-') FROM published_pulse_months
             WHERE department_id = {department} AND measure = '{measure}'"
        ))
    };
    // One mean per person: 10 to 51, on average 30.5.
    let of = |measure, better, sum: i64| {
        format!(
            "value 42 {}",
            sum * 1_000_000 + Noise::of_pulse(&key, 5).of_block(people.clone()).of_note(measure, better)
        )
    };
    assert_eq!(row(sales, "burnout"), of("burnout", false, 1281));
    assert_eq!(row(sales, "productivity"), of("productivity", true, 2100));
    assert_eq!(row(0, "burnout"), row(sales, "burnout"), "39 are left over");
    assert_eq!(row(shop, "burnout"), "suppressed -");
}

#[test]
fn the_privacy_check_finds_nothing_and_would_find_a_row_from_outside_the_blocks() {
    let app = during_may();
    let (_, team, may) = company(&app);
    close(&app, may);
    let mut tried = Vec::new();
    let clean =
        hearth::publication::privacy_check::run(&mut app.db.connect(), |one| tried.push(format!("{one:?}"))).unwrap();
    assert!(clean && !tried.is_empty(), "{tried:?}");
    app.execute(&format!(
        "ALTER TABLE published_cells DISABLE TRIGGER published_cells_append_only;
         ALTER TABLE published_cells DROP CONSTRAINT published_cells_people_check;
         UPDATE published_cells SET state = 'value', people = 3, sums = ARRAY[300000000]
         WHERE department_id = {team} AND measure = 'mean.ee'"
    ));
    let clean = hearth::publication::privacy_check::run(&mut app.db.connect(), |_| ()).unwrap();
    assert!(!clean);
}

#[test]
fn a_questionnaire_that_too_few_answered_in_a_month_publishes_nothing() {
    let app = during_may();
    let sales = department(&app, "Sales", None);
    let may = month(&app, "2026-05-01");
    for _ in 0..40 {
        check_up(&app, person(&app, sales), may, [4, 3, 2]);
    }
    let other = include_str!("../fixtures/instruments/single-item.toml");
    let other = catalog::import(&mut app.db.connect(), other).unwrap().id;
    app.execute(&format!(
        "INSERT INTO assessments (user_id, period_id, department_id, instrument_version_id, made_at, subscale_scores, answers, counts)
         SELECT user_id, period_id, department_id, {other}, made_at, ARRAY[3], answers, TRUE FROM assessments ORDER BY id LIMIT 39"
    ));
    close(&app, may);
    assert_eq!(app.number("SELECT count(*) FROM releases"), 1);
    assert_eq!(app.number(&format!("SELECT count(*) FROM releases WHERE instrument_version_id = {other}")), 0);
}

//! `/history` and its CSV.

use crate::{
    steps::{answers, app_at, between, set_clock, sign_in, values},
    support::{Browser, TestApp},
};

/// Further assessments of the one person who has one, made at these moments.
fn copy_assessments(app: &TestApp, count: u32, made_at: &str) {
    app.execute(&format!(
        "INSERT INTO assessments (user_id, period_id, instrument_version_id, made_at, subscale_scores, score, level, profile, answers, counts)
         SELECT user_id, period_id, instrument_version_id, {made_at}, subscale_scores, score, level, profile, answers, false
         FROM (SELECT * FROM assessments LIMIT 1) AS one, generate_series(1, {count}) AS n"
    ));
}

/// The results on each page, from the newest on.
fn pages(browser: &Browser) -> Vec<Vec<i64>> {
    let (mut pages, mut path) = (Vec::new(), "/history".to_owned());
    loop {
        let page = browser.get(&path);
        assert_eq!(page.status, 200);
        let rows = between(&page.body, "<th scope=\"row\"><a href=\"/assessments/", "\"");
        pages.push(rows.iter().map(|id| id.parse().unwrap()).collect());
        let older = between(&page.body, "<a href=\"/history?before=", "\"");
        match older.first() {
            Some(cursor) => path = format!("/history?before={cursor}"),
            None => return pages,
        }
        assert!(pages.len() < 50, "the pages go round in a circle");
    }
}

fn expected(app: &TestApp) -> Vec<i64> {
    let ids = app.text("SELECT string_agg(id::text, ',' ORDER BY made_at DESC, id DESC) FROM assessments");
    ids.split(',').map(|id| id.parse().unwrap()).collect()
}

#[test]
fn an_empty_history_leads_to_the_first_check_up() {
    let app = TestApp::spawn();
    let page = app.register("ada@example.com").get("/history");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("no check-up yet") && page.body.contains("href=\"/assessments/new\""));
    assert!(!page.body.contains("<table") && !page.body.contains("history.csv"));
}

#[test]
fn each_check_up_is_a_row_latest_first_with_a_chart_of_the_error() {
    let app = app_at("2026-01-10T10:00:00Z");
    app.register_and_agree("ada@example.com").submit(&answers(2, 2, 2), "a");
    set_clock(&app, "2026-02-10T23:30:00Z");
    let ada = sign_in(&app, "ada@example.com");
    ada.submit(&answers(5, 5, 5), "b");
    let page = ada.get("/history");
    assert_eq!(
        values(&page.body),
        ["burnout", "45", "25", "30", "100", "high", "engaged", "18", "10", "12", "40", "low"]
    );
    assert!(page.body.contains("<time datetime=\"2026-02-10T23:30\">10 February 2026</time>"));
    assert_eq!(between(&page.body, "<figure class=\"chart\"", ">").len(), 4, "three dimensions and the total");
    assert_eq!(
        between(&page.body, "<svg", ">")
            .iter()
            .filter(|svg| svg.contains("role=\"img\"") && svg.contains("aria-label"))
            .count(),
        4
    );
    assert!(!page.body.contains("rel=\"next\""), "one page is enough");
}

#[test]
fn paging_loses_no_row_and_shows_none_twice() {
    let app = app_at("2026-01-10T10:00:00Z");
    let ada = app.register_and_agree("ada@example.com");
    ada.submit_all(3, "key");
    copy_assessments(&app, 19, "now() - n * interval '1 day'");
    assert_eq!(pages(&ada), [expected(&app)], "twenty fit on a page");
    copy_assessments(&app, 1, "now() - interval '40 days'");
    assert_eq!(pages(&ada).iter().map(Vec::len).collect::<Vec<_>>(), [20, 1]);
    copy_assessments(&app, 30, "timestamptz '2025-05-05 05:05:05.123456Z'"); // all at the same microsecond
    let found = pages(&ada);
    assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [20, 20, 11]);
    assert_eq!(found.concat(), expected(&app));
}

#[test]
fn a_page_stays_put_while_newer_results_come() {
    let app = app_at("2026-01-10T10:00:00Z");
    let ada = app.register_and_agree("ada@example.com");
    ada.submit_all(3, "key");
    copy_assessments(&app, 24, "now() - n * interval '1 day'");
    let first = ada.get("/history");
    let cursor = between(&first.body, "<a href=\"/history?before=", "\"")[0];
    let before = ada.get(&format!("/history?before={cursor}"));
    copy_assessments(&app, 3, "now()");
    let after = ada.get(&format!("/history?before={cursor}"));
    assert_eq!(values(&before.body), values(&after.body));
    assert!(after.body.contains("<a href=\"/history\">"), "and leads back to the newest");
}

#[test]
fn a_cursor_that_makes_no_sense_is_refused_and_one_out_of_reach_is_empty() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree("ada@example.com");
    ada.submit_all(3, "key");
    let far = ["-8000000000000000000.1", "8000000000000000000.1", "9223372036854775807.1", "-1.1"];
    for cursor in ["", "x", "1", "1.x", "1.2.3"].iter().chain(&far) {
        assert_eq!(ada.get(&format!("/history?before={cursor}")).status, 400, "{cursor:?}");
    }
    for cursor in ["0.0", "0.-1", "253402300799999999.0", "0.9223372036854775807"] {
        assert_eq!(ada.get(&format!("/history?before={cursor}")).status, 200, "{cursor:?}");
    }
}

#[test]
fn the_history_is_only_ones_own() {
    let app = TestApp::spawn();
    app.register_and_agree("ada@example.com").submit_all(5, "key");
    let bob = app.register_and_agree("bob@example.com");
    assert!(values(&bob.get("/history").body).is_empty());
    assert_eq!(bob.get("/history.csv").body.lines().count(), 1, "a header and no row");
    let stranger = app.browser();
    assert_eq!(stranger.get("/history").location(), "/login?next=%2Fhistory");
    assert_eq!(stranger.get("/history.csv").status, 303);
}

#[test]
fn the_csv_has_every_check_up_with_its_values() {
    let app = app_at("2026-01-10T10:00:00Z");
    let ada = app.register_and_agree("ada@example.com");
    ada.submit(&answers(5, 1, 2), "key");
    copy_assessments(&app, 25, "timestamptz '2025-05-05 05:05:05Z'");
    let csv = ada.get("/history.csv");
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert!(csv.header("content-disposition").contains("hearth-history.csv"));
    assert_eq!(csv.header("cache-control"), "no-store");
    let lines: Vec<_> = csv.body.lines().collect();
    assert_eq!(lines.len(), 27);
    assert_eq!(
        lines[0],
        "date,questionnaire,version,score,level,profile,emotional_exhaustion,depersonalization,reduced_accomplishment"
    );
    assert_eq!(lines[1], "2026-01-10T10:00:00,hearth-20,1.0,62,medium,overextended,45,5,12");
}

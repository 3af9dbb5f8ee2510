//! `/recommendations`: given, completed, reopened, counted, in the reader's language.

use crate::{
    steps::{answers, app_at, between, sign_in, values, visible},
    support::{Browser, TestApp},
};
use chrono::TimeDelta;
use std::collections::HashSet;

const EMAIL: &str = "ada@example.com";

/// The open ones on the page, by id.
fn open(browser: &Browser) -> Vec<String> {
    let page = browser.get("/recommendations");
    assert_eq!(page.status, 200);
    between(&page.body, "action=\"/recommendations/", "/complete\"").into_iter().map(str::to_owned).collect()
}

fn complete(browser: &Browser, id: &str) {
    let answer = browser.post(&format!("/recommendations/{id}/complete"), &[]);
    assert_eq!((answer.status, answer.location()), (303, "/recommendations"));
}

fn completed(app: &TestApp) -> i64 {
    app.number("SELECT count(*) FROM recommendations WHERE completed_at IS NOT NULL")
}

/// The library keys of the open list.
fn keys(app: &TestApp, condition: &str) -> HashSet<String> {
    let sql = format!(
        "SELECT coalesce(string_agg(key, ','), '') FROM recommendations r JOIN library_items i ON i.id = r.item_id WHERE {condition}"
    );
    app.text(&sql).split(',').filter(|key| !key.is_empty()).map(str::to_owned).collect()
}

#[test]
fn before_the_first_check_up_the_list_says_where_it_comes_from() {
    let app = TestApp::spawn();
    let page = app.register(EMAIL).get("/recommendations");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("after your first check-up"));
}

#[test]
fn five_to_seven_come_with_a_check_up_most_urgent_first() {
    let app = TestApp::spawn();
    for (value, count, first) in [(1, 5, "low"), (3, 6, "medium"), (5, 7, "high")] {
        let person = app.register_and_agree(&format!("p{value}@example.com"));
        person.submit_all(value, "key");
        assert_eq!(open(&person).len(), count, "{value}");
        let page = person.get("/recommendations");
        let priorities = between(&page.body, "data-priority=\"", "\"");
        assert_eq!(priorities[0], first);
        let rank = |priority: &&str| ["high", "medium", "low"].iter().position(|known| known == priority);
        assert!(priorities.is_sorted_by_key(rank), "{priorities:?}");
    }
}

#[test]
fn professional_help_is_on_the_list_of_a_high_result() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree(EMAIL);
    ada.submit(&answers(4, 1, 1), "low-total");
    let help = "SELECT count(*) FROM recommendations r JOIN library_items i ON i.id = r.item_id WHERE category = 'professional_help' AND completed_at IS NULL";
    assert_eq!(app.number(help), 1, "one high dimension is enough");
    app.advance(TimeDelta::minutes(1));
    ada.submit(&answers(1, 1, 1), "low");
    assert_eq!(app.number(help), 0, "the list follows the latest result");
    assert_eq!(open(&ada).len(), 5);
}

#[test]
fn doing_and_undoing_is_idempotent_and_counted() {
    let app = app_at("2026-03-10T10:00:00Z");
    let ada = app.register_and_agree(EMAIL);
    ada.submit_all(5, "key");
    let list = open(&ada);
    complete(&ada, &list[0]);
    app.advance(TimeDelta::minutes(5));
    complete(&ada, &list[0]);
    complete(&ada, &list[1]);
    assert_eq!(completed(&app), 2);
    assert_eq!(
        app.text(&format!("SELECT completed_at AT TIME ZONE 'UTC' FROM recommendations WHERE id = {}", list[0])),
        "2026-03-10 10:00:00",
        "the first time stands"
    );
    assert_eq!(open(&ada).len(), 5);
    assert!(ada.get("/recommendations").body.contains("Open: 5. Done: 2."));
    assert!(ada.get("/dashboard").body.contains("Suggestions done</dt><dd><data value=\"2\">"));
    for _ in 0..2 {
        assert_eq!(ada.post(&format!("/recommendations/{}/incomplete", list[0]), &[]).status, 303);
    }
    assert_eq!(completed(&app), 1);
    assert_eq!(open(&ada).len(), 6);
}

#[test]
fn nobody_completes_for_somebody_else() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree(EMAIL);
    ada.submit_all(5, "key");
    let id = open(&ada)[0].clone();
    let bob = app.register("bob@example.com");
    for what in ["complete", "incomplete"] {
        assert_eq!(bob.post(&format!("/recommendations/{id}/{what}"), &[]).status, 404);
        assert_eq!(bob.post(&format!("/recommendations/999999/{what}"), &[]).status, 404);
        assert_eq!(app.browser().post(&format!("/recommendations/{id}/{what}"), &[]).location(), "/login");
    }
    assert_eq!(completed(&app), 0);
}

#[test]
fn the_list_can_be_read_by_category() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree(EMAIL);
    ada.submit_all(5, "key");
    let page = ada.get("/recommendations");
    let chips = between(&page.body, "<a class=\"chip\" href=\"/recommendations?category=", "</a>");
    let counts: Vec<(String, usize)> = chips
        .iter()
        .map(|chip| (chip.split('"').next().unwrap().to_owned(), values(chip)[0].parse().unwrap()))
        .collect();
    assert!(counts.len() >= 2);
    assert_eq!(counts.iter().map(|(_, count)| count).sum::<usize>(), 7);
    for (category, count) in counts {
        let page = ada.get(&format!("/recommendations?category={category}"));
        assert_eq!(between(&page.body, "/complete\"", ">").len(), count, "{category}");
        assert!(page.body.contains("aria-current=\"page\""));
    }
    assert_eq!(ada.get("/recommendations?category=nonsense").status, 400);
}

#[test]
fn what_was_done_comes_back_after_ninety_days_and_not_before() {
    let app = app_at("2026-01-10T10:00:00Z");
    let ada = app.register_and_agree(EMAIL);
    ada.submit_all(5, "first");
    let done = keys(&app, "completed_at IS NULL");
    open(&ada).iter().for_each(|id| complete(&ada, id));
    assert!(ada.get("/recommendations").body.contains("Everything on your list is done"));
    app.advance(TimeDelta::days(89));
    sign_in(&app, EMAIL).submit_all(5, "second");
    let next = keys(&app, "completed_at IS NULL");
    assert_eq!(next.len(), 7);
    assert!(next.is_disjoint(&done), "{next:?}");
    app.advance(TimeDelta::days(2));
    sign_in(&app, EMAIL).submit_all(5, "third");
    assert_eq!(keys(&app, "completed_at IS NULL"), done, "the best ones again");
    assert_eq!(completed(&app), 7, "and what was done stays done");
}

#[test]
fn an_item_that_fits_again_keeps_its_place_and_no_item_is_open_twice() {
    let app = app_at("2026-01-10T10:00:00Z");
    let ada = app.register_and_agree(EMAIL);
    ada.submit_all(5, "first");
    let before = open(&ada);
    app.advance(TimeDelta::days(31));
    let ada = sign_in(&app, EMAIL);
    ada.submit_all(5, "second");
    assert_eq!(open(&ada), before);
    // Done, given again after a season, then the old one undone.
    complete(&ada, &before[0]);
    app.advance(TimeDelta::days(91));
    let ada = sign_in(&app, EMAIL);
    ada.submit_all(5, "third");
    assert_eq!(ada.post(&format!("/recommendations/{}/incomplete", before[0]), &[]).status, 303);
    assert_eq!(app.number("SELECT count(*) FROM (SELECT item_id FROM recommendations WHERE completed_at IS NULL GROUP BY item_id HAVING count(*) > 1) t"), 0);
}

#[test]
fn the_words_are_the_readers_own() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree(EMAIL);
    ada.submit_all(5, "key");
    for language in ["en", "ru", "uk"] {
        assert_eq!(ada.post("/language", &[("language", language), ("return_to", "/recommendations")]).status, 303);
        let page = visible(&ada.get("/recommendations").body).replace("&#39;", "'").replace("&#34;", "\"");
        let title = app.text(&format!("SELECT title FROM recommendations r JOIN library_texts t ON t.item_id = r.item_id AND language = '{language}' ORDER BY r.id LIMIT 1"));
        assert!(page.contains(&title), "{title}");
    }
}

//! What a person owns is numbered per person, from 1, and no number is given twice.

use crate::{
    steps::{at_once, between, sign_in},
    support::{Browser, TestApp, api::Client},
};
use chrono::TimeDelta;
use serde_json::{Value, json};

const ADA: &str = "ada@example.com";
const BOB: &str = "bob@example.com";

fn begin(person: &Browser) -> String {
    let begun = person.post("/chats", &[("name", "Evenings"), ("color", "sage")]);
    assert_eq!(begun.status, 303, "{}", begun.body);
    begun.location().to_owned()
}

fn say(person: &Browser, chat: &str) -> String {
    let said = person.post(&format!("{chat}/messages"), &[("user_message", "How do I sleep?"), ("reader", "library")]);
    assert_eq!(said.status, 303, "{}", said.body);
    said.location().to_owned()
}

/// Numbers in addresses of forms on a page.
fn numbers<'a>(page: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    between(page, before, after).into_iter().filter(|text| text.parse::<i64>().is_ok()).collect()
}

fn ids(list: &Value) -> Vec<i64> {
    list.as_array().unwrap().iter().map(|one| one["id"].as_i64().unwrap()).collect()
}

#[test]
fn everything_of_mine_is_counted_from_one_whatever_others_do() {
    let app = TestApp::spawn();
    let bob = app.register_and_agree(BOB);
    for round in 0..3 {
        bob.submit_all(2 + round, &format!("key-{round}"));
        let chat = begin(&bob);
        say(&bob, &chat);
        bob.post("/support", &[("message", "Can we talk?")]);
        sign_in(&app, BOB);
        app.advance(TimeDelta::minutes(1));
    }
    let ada = app.register_and_agree(ADA);
    assert_eq!(ada.submit_all(4, "one").location(), "/assessments/1");
    app.advance(TimeDelta::minutes(1));
    assert_eq!(ada.submit_all(4, "two").location(), "/assessments/2");
    let history = ada.get("/history").body;
    assert_eq!(numbers(&history, "href=\"/assessments/", "\""), ["2", "1"]);
    let list = ada.get("/recommendations").body;
    let mut given = numbers(&list, "/recommendations/", "/complete");
    given.sort_unstable();
    assert_eq!(given, ["1", "2", "3", "4", "5", "6", "7"]);
    assert_eq!([begin(&ada), begin(&ada)], ["/chats/1", "/chats/2"]);
    assert_eq!([say(&ada, "/chats/1"), say(&ada, "/chats/2")], ["/chats/1#m1", "/chats/2#m2"], "across conversations");
    assert!(ada.get("/chats/2").body.contains("id=\"m2\""));
    ada.post("/support", &[("message", "Can we talk?")]);
    sign_in(&app, ADA);
    let privacy = ada.get("/privacy").body;
    assert_eq!(numbers(&privacy, "/support/", "/withdraw"), ["1"]);
    assert_eq!(numbers(&privacy, "/privacy/devices/", "/sign-out"), ["2"], "the first one is this");
    let client = Client::signed_in(&app, ADA);
    assert_eq!(ids(&client.get("/api/assessment/history").body["assessments"]), [2, 1]);
    assert_eq!(client.get("/api/assessment/history?before=2").body["assessments"][0]["id"], 1);
    assert_eq!(client.get("/api/chats/2?before=3").body["messages"][0]["id"], 2);
    assert_eq!(client.get("/api/chats/2").body["messages"][0]["chat_id"], 2);
    assert_eq!(client.post("/api/chats", &json!({ "name": "Mornings" })).body["id"], 3);
    // Somebody else's third does not exist for her, and hers is no fourth.
    for path in ["/assessments/3", "/chats/4", "/api/assessment/3", "/api/chats/4", "/api/recommendations/8"] {
        let status = if path.starts_with("/api") { client.get(path).status } else { ada.get(path).status };
        assert_eq!(status, 404, "{path}");
    }
    for path in ["/support/2/withdraw", "/recommendations/8/complete", "/chats/2/messages/1/answer"] {
        assert_eq!(ada.post(path, &[]).status, 404, "{path}");
    }
}

#[test]
fn a_number_is_never_given_again() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree(ADA);
    assert_eq!([begin(&ada), begin(&ada)], ["/chats/1", "/chats/2"]);
    say(&ada, "/chats/2");
    assert_eq!(ada.post("/chats/2/delete", &[]).status, 303);
    assert_eq!(begin(&ada), "/chats/3");
    assert_eq!(say(&ada, "/chats/3"), "/chats/3#m2");
    let key = crate::steps::key_of(&ada.get("/assessments/new").body);
    ada.submit_all(3, &key);
    app.execute("DELETE FROM assessments; DELETE FROM recommendations"); // as the retention does
    app.advance(TimeDelta::minutes(1));
    assert_ne!(crate::steps::key_of(&ada.get("/assessments/new").body), key);
    assert_eq!(ada.submit_all(3, "next").location(), "/assessments/2");
    assert_eq!(app.number("SELECT min(number) FROM recommendations"), 7);
}

#[test]
fn what_one_person_does_at_the_same_moment_gets_different_numbers() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree(ADA);
    let sorted = |mut made: Vec<String>| {
        made.sort();
        made
    };
    let wanted = |path: &str| (1..=8).map(|number| format!("{path}{number}")).collect::<Vec<_>>();
    assert_eq!(sorted(at_once(&[&ada; 8], |_, ada| begin(ada))), wanted("/chats/"));
    assert_eq!(sorted(at_once(&[&ada; 8], |_, ada| say(ada, "/chats/1"))), wanted("/chats/1#m"));
    at_once(&[&ada; 3], |_, _| drop(sign_in(&app, ADA)));
    assert_eq!(app.text("SELECT array_agg(number ORDER BY number) FROM sign_ins"), "{1,2,3,4}");
}

#[test]
fn two_rows_of_one_item_reopened_at_once_leave_one_open() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree(ADA);
    ada.submit_all(5, "key");
    for _ in 0..5 {
        app.execute(
            "DELETE FROM recommendations WHERE number > 7;
             UPDATE recommendations SET completed_at = given_at;
             INSERT INTO recommendations (user_id, item_id, priority, given_at, completed_at)
                 SELECT user_id, item_id, priority, given_at, given_at FROM recommendations",
        );
        let rows = app.text("SELECT string_agg(number::text, ' ' ORDER BY item_id, number) FROM recommendations");
        let pairs: Vec<&str> = rows.split(' ').collect();
        let status = at_once(&[&ada; 14], |index, ada| {
            ada.post(&format!("/recommendations/{}/incomplete", pairs[index]), &[]).status
        });
        assert_eq!(status, [303; 14]);
        assert_eq!(app.number("SELECT count(*) FROM recommendations WHERE completed_at IS NULL"), 7);
    }
}

#[test]
fn what_was_there_before_is_numbered_in_its_order() {
    let app = TestApp::spawn();
    for email in [ADA, BOB] {
        let person = app.register_and_agree(email);
        person.submit_all(5, "one");
        let chat = begin(&person);
        say(&person, &chat);
        person.post("/support", &[("message", "Can we talk?")]);
        app.advance(TimeDelta::minutes(1));
        person.submit_all(1, "two");
        say(&person, &begin(&person));
        say(&person, &chat);
    }
    let tables = ["assessments", "recommendations", "chats", "messages", "sign_ins", "support_requests"];
    let rows = || {
        tables.map(|table| app.text(&format!("SELECT string_agg(id || ':' || number, ' ' ORDER BY id) FROM {table}")))
    };
    app.execute("UPDATE assessments SET user_id = NULL, made_at = NULL, answers = NULL, idempotency_key = NULL, number = NULL WHERE id = 1");
    app.execute("DELETE FROM messages WHERE id = 1");
    let before = rows();
    let steps = [
        (
            include_str!("../../migrations/2026-11-29-010110_number_check_ups/down.sql"),
            include_str!("../../migrations/2026-11-29-010110_number_check_ups/up.sql"),
        ),
        (
            include_str!("../../migrations/2026-11-29-010120_number_conversations/down.sql"),
            include_str!("../../migrations/2026-11-29-010120_number_conversations/up.sql"),
        ),
        (
            include_str!("../../migrations/2026-11-29-010130_number_sign_ins_and_requests/down.sql"),
            include_str!("../../migrations/2026-11-29-010130_number_sign_ins_and_requests/up.sql"),
        ),
    ];
    for (down, up) in steps {
        app.execute(&format!("BEGIN; {down} {up} COMMIT"));
    }
    let after = rows();
    assert_eq!(before[4..], after[4..], "nothing of these was deleted, so they keep their numbers");
    for (table, kind) in [("assessments", "assessment"), ("messages", "message"), ("recommendations", "recommendation")]
    {
        let gaps = format!(
            "SELECT count(*) FROM (SELECT number, row_number() OVER (PARTITION BY user_id ORDER BY id) AS place
             FROM {table} WHERE user_id IS NOT NULL) AS t WHERE number <> place"
        );
        assert_eq!(app.number(&gaps), 0, "{table}");
        let last = format!(
            "SELECT count(*) FROM last_numbers n WHERE kind = '{kind}'
             AND last <> (SELECT max(number) FROM {table} t WHERE t.user_id = n.user_id)"
        );
        assert_eq!(app.number(&last), 0, "{table}");
    }
    let ada = sign_in(&app, ADA);
    assert_eq!(begin(&ada), "/chats/3");
    assert_eq!(say(&ada, "/chats/3"), "/chats/3#m3", "she had three, of which two are left");
}

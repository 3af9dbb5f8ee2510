//! The archive of my own data: it contains everything about me, and nothing of anybody else.

use crate::{
    steps::sign_in,
    support::{Browser, PASSWORD, TestApp},
};
use hearth::privacy::my_data::SECTIONS;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read as _},
};
use zip::ZipArchive;

const ADA: &str = "ada@example.com";

/// The files of a person's archive.
fn archive(person: &Browser) -> BTreeMap<String, String> {
    let (status, headers, content) = person.download("/privacy/export.zip");
    assert_eq!((status, headers["content-type"].to_str().unwrap()), (200, "application/zip"));
    assert!(headers["content-disposition"].to_str().unwrap().starts_with("attachment; filename=\"hearth-"));
    let mut archive = ZipArchive::new(Cursor::new(content)).unwrap();
    (0..archive.len())
        .map(|place| {
            let mut file = archive.by_index(place).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (file.name().to_owned(), String::from_utf8_lossy(&content).into_owned())
        })
        .collect()
}

/// Somebody who did everything once.
fn busy(app: &TestApp, email: &str, mark: &str) -> Browser {
    let person = app.register_and_agree(email);
    app.execute(&format!("UPDATE users SET name = 'Name {mark}', position = '=1+{mark}' WHERE email = '{email}'"));
    person.submit_all(4, "key");
    person.post("/assessments/draft", &[("answer_0", "2")]);
    person.post("/pulse", &[("burnout", "10"), ("stress", "20"), ("productivity", "30")]);
    person.post("/support", &[("message", &format!("Please call {mark}"))]);
    let chat = person.post("/chats", &[("name", &format!("Chat {mark}")), ("color", "sage")]).location().to_owned();
    person.post(&format!("{chat}/messages"), &[("user_message", &format!("Sleep {mark}")), ("reader", "library")]);
    person.post(
        "/profile/details",
        &[("gender", "other"), ("profession", "other"), ("interests", &format!("Interest {mark}"))],
    );
    person.post("/profile/email", &[("email", &format!("new-{email}")), ("email_password", PASSWORD)]);
    person
}

#[test]
fn the_archive_holds_everything_of_mine_and_nothing_of_others() {
    let app = TestApp::spawn();
    let ada = busy(&app, ADA, "OneMark");
    busy(&app, "bob@example.com", "OtherMark");
    app.execute(&format!(
        "INSERT INTO mails (recipient, subject, body, next_attempt_at)
         VALUES ('{ADA}', 'Waiting', 'http://hearth.example/password/reset/f1e6c2', 'infinity')"
    ));
    app.execute(&format!("UPDATE users SET email_verified_at = created_at WHERE email = '{ADA}'"));
    let files = archive(&ada);
    let whole: Value = serde_json::from_str(&files["hearth.json"]).unwrap();
    for (section, count) in [
        ("account", 1),
        ("profile", 1),
        ("agreements", 2),
        ("devices", 1),
        ("links", 1),
        ("check_ups", 1),
        ("questions", 20),
        ("half_filled", 1),
        ("recommendations", 7),
        ("pulses", 1),
        ("conversations", 1),
        ("questions_asked", 1),
        ("support_requests", 1),
        ("audit", 1),
    ] {
        assert_eq!(whole[section].as_array().unwrap().len(), count, "{section}");
        let table = &files[&format!("{section}.csv")];
        let rows = csv::Reader::from_reader(table.as_bytes()).records().count();
        assert_eq!(rows, count, "{section}.csv");
        assert!(files["README.txt"].contains(&format!("{section}.csv: ")), "{section}");
    }
    assert_eq!(whole["check_ups"][0]["answers"]["19"], 4);
    assert_eq!(whole["account"][0]["email"], ADA);
    assert!(!whole["questions"][0]["text"].as_str().unwrap().is_empty());
    assert!(files["account.csv"].contains("'=1+OneMark"), "no formula");
    let all: String = files.values().cloned().collect();
    for mark in ["Name OneMark", "Please call OneMark", "Chat OneMark", "Sleep OneMark", "Interest OneMark"] {
        assert!(all.contains(mark), "{mark}");
    }
    assert!(files["mail.csv"].contains("Waiting"));
    for foreign in ["OtherMark", "bob@example.com", "$2b$", "_hash", "idempotency", "password/reset"] {
        assert!(!all.contains(foreign), "{foreign}");
    }
}

#[test]
fn the_archive_speaks_the_readers_language() {
    let app = TestApp::spawn();
    let ada = busy(&app, ADA, "Mark");
    ada.post("/language", &[("language", "uk")]);
    let files = archive(&ada);
    assert!(
        files["README.txt"].starts_with("У цьому архіві")
            && files["README.txt"].contains("check_ups.csv: ваші перевірки")
    );
    assert!(files["questions.csv"].contains('і'));
}

#[test]
fn no_table_about_people_is_forgotten() {
    let app = TestApp::spawn();
    let about: BTreeSet<String> = app
        .text(
            "SELECT string_agg(DISTINCT c.relname, ' ') FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
             WHERE k.contype = 'f' AND k.confrelid = 'users'::regclass",
        )
        .split(' ')
        .map(str::to_owned)
        .collect();
    assert!(about.len() > 15, "{about:?}");
    let covered: BTreeSet<String> =
        SECTIONS.iter().flat_map(|(_, tables, _)| tables.iter()).map(|table| (*table).to_owned()).collect();
    let forgotten: Vec<_> = about.difference(&covered).collect();
    assert!(forgotten.is_empty(), "{forgotten:?} belong into the archive");
}

#[test]
fn only_somebody_signed_in_takes_an_archive() {
    let app = TestApp::spawn();
    app.register(ADA);
    assert_eq!(app.browser().get("/privacy/export.zip").status, 303);
    assert!(sign_in(&app, ADA).get("/privacy").body.contains("href=\"/privacy/export.zip\""));
}

#[test]
fn agreements_are_taken_back_one_by_one_and_their_history_stays() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree(ADA);
    ada.post("/chats/agreement", &[("reader", "library")]);
    let standing = || {
        app.text(
            "SELECT coalesce(string_agg(purpose::text, ' ' ORDER BY id), '') FROM consents WHERE withdrawn_at IS NULL",
        )
    };
    assert_eq!(standing(), "assessment assistant");
    ada.post("/privacy/consents/withdraw", &[("purpose", "assistant")]);
    assert_eq!(standing(), "assessment");
    assert_eq!(ada.post("/privacy/consents/withdraw", &[("purpose", "x")]).status, 400);
    ada.post("/privacy/consents/withdraw", &[]);
    assert_eq!(standing(), "");
    let page = ada.get("/privacy").body;
    assert_eq!(page.matches("taken back on").count(), 2);
    assert_eq!(app.number("SELECT count(*) FROM consents"), 2);
}

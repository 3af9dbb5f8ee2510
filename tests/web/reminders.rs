//! Invitations and reminders over real SMTP: who gets them, in which language, and that
//! nobody learns who did.

use crate::{
    campaigns::{hr_at_work, opened},
    steps::{set_clock, sign_in, visible},
    support::{
        Browser, TestApp, eventually,
        smtp::{MailServer, Received},
    },
};
use chrono::TimeDelta;
use hearth::i18n::Language;
use std::collections::BTreeSet;

fn company(server: &MailServer) -> (TestApp, Browser) {
    hr_at_work(&[("SMTP_URL", &server.url), ("HEARTH_MAIL_FROM", "Hearth <hearth@company.example>")])
}

/// Confirmed employees with a password who agreed to the promise.
fn employees(app: &TestApp, names: &[&str]) -> Vec<Browser> {
    let browsers: Vec<_> = names.iter().map(|name| app.register_and_agree(&format!("{name}@example.com"))).collect();
    app.execute("UPDATE users SET confirmed_at = created_at");
    browsers
}

fn to(mails: &[Received]) -> BTreeSet<String> {
    let address = |mail: &Received| mail.to[0].split(['<', '@']).nth(1).unwrap().to_owned();
    mails.iter().map(address).collect()
}

fn names(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// Everything the server got, once the table of mails is empty.
fn all_sent(app: &TestApp, server: &MailServer) -> Vec<Received> {
    eventually("the table to be empty", || (app.number("SELECT count(*) FROM mails") == 0).then_some(()));
    server.accepted(0)
}

#[test]
fn opening_invites_each_person_in_their_language() {
    let server = MailServer::start(&[]);
    let (app, hr) = company(&server);
    employees(&app, &["ada", "bob", "eva"]);
    app.register("claimed@example.com");
    app.execute("UPDATE users SET language = 'ru' WHERE email LIKE 'bob%'");
    app.execute("UPDATE users SET language = 'uk' WHERE email LIKE 'eva%'");
    app.execute("UPDATE users SET language = NULL WHERE email LIKE 'ada%'");
    opened(&app, &hr, "Autumn");
    let mails = all_sent(&app, &server);
    assert_eq!(to(&mails), names(&["hr", "ada", "bob", "eva"]));
    assert_eq!(mails.len(), 4, "one each");
    for (name, language) in [("ada", Language::En), ("bob", Language::Ru), ("eva", Language::Uk)] {
        let mail = mails.iter().find(|mail| mail.to[0].contains(&format!("<{name}@"))).unwrap();
        let words = language.catalog();
        assert_eq!(mail.header("Subject"), words.with("mail-campaign-subject", &[("name", "Autumn".into())]));
        let url = format!("{}/assessments/new", app.base);
        let last = words.date("2026-11-15".parse().unwrap());
        assert!(mail.body().contains(&url) && mail.body().contains(&last), "{}", mail.body());
    }
}

#[test]
fn exactly_those_who_have_not_answered_are_reminded() {
    let server = MailServer::start(&[]);
    let (app, hr) = company(&server);
    let people = employees(&app, &["ada", "bob", "eva", "dan"]);
    let path = opened(&app, &hr, "Autumn");
    let invited = all_sent(&app, &server).len();
    assert_eq!(people[0].submit_all(3, "ada").status, 303);
    assert_eq!(people[2].submit_all(4, "eva").status, 303);
    app.advance(TimeDelta::minutes(1));
    assert_eq!(people[2].submit_all(5, "eva again").status, 303);
    let answer = hr.post(&format!("{path}/remind"), &[]);
    assert_eq!((answer.status, answer.location()), (303, &*path));
    let mails = all_sent(&app, &server).split_off(invited);
    assert_eq!((to(&mails), mails.len()), (names(&["hr", "bob", "dan"]), 3));
    assert!(mails.iter().all(|mail| mail.header("Subject") == "Autumn: still open"), "{mails:?}");
    assert!(mails.iter().all(|mail| mail.body().contains(&format!("{}/assessments/new", app.base))));
}

#[test]
fn a_person_is_reminded_once_a_day_and_three_times_in_all() {
    let server = MailServer::start(&[]);
    let (app, hr) = company(&server);
    employees(&app, &["ada"]);
    let path = opened(&app, &hr, "Autumn");
    let mut before = all_sent(&app, &server).len();
    let mut reminded = Vec::new();
    for day in 2..=6 {
        set_clock(&app, &format!("2026-11-0{day}T09:00:00Z"));
        let hr = sign_in(&app, "hr@example.com");
        for _ in 0..2 {
            assert_eq!(hr.post(&format!("{path}/remind"), &[]).status, 303);
        }
        let mails = all_sent(&app, &server);
        reminded.push(mails[before..].iter().filter(|mail| mail.to[0].contains("ada@")).count());
        before = mails.len();
    }
    assert_eq!(reminded, [1, 1, 1, 0, 0]);
}

#[test]
fn two_who_remind_at_the_same_moment_write_once() {
    let server = MailServer::start(&[]);
    let (app, hr) = company(&server);
    employees(&app, &["ada", "bob"]);
    let path = opened(&app, &hr, "Autumn");
    let other = sign_in(&app, "hr@example.com");
    let invited = all_sent(&app, &server).len(); // and the mail that tells HR of the other browser
    let answers = crate::steps::at_once(&[&hr, &other, &hr, &other], |_, browser| {
        browser.post(&format!("{path}/remind"), &[]).status
    });
    assert_eq!(answers, [303; 4]);
    assert_eq!(all_sent(&app, &server).len() - invited, 3, "ada, bob and hr, once each");
}

#[test]
fn nothing_tells_hr_whom_or_how_many_were_reminded() {
    let server = MailServer::start(&[]);
    let (app, hr) = company(&server);
    employees(&app, &["ada", "bob"]);
    let path = opened(&app, &hr, "Autumn");
    let remind = |day: &str| {
        set_clock(&app, &format!("2026-11-{day}T09:00:00Z"));
        let hr = sign_in(&app, "hr@example.com");
        let answer = hr.post(&format!("{path}/remind"), &[]);
        (answer.status, answer.location().to_owned(), visible(&hr.get(&path).body))
    };
    let nobody_answered = remind("03");
    for name in ["ada", "bob", "hr"] {
        let person = sign_in(&app, &format!("{name}@example.com"));
        person.post("/assessments/consent", &[]);
        assert_eq!(person.submit_all(3, "key").status, 303);
    }
    let all_answered = remind("04");
    assert_eq!(nobody_answered, all_answered);
    assert!(nobody_answered.2.contains("Reminders go out to those who have not answered."));
    let audit = "SELECT string_agg(details::text, ' ') FROM audit_events WHERE event = 'campaign_reminded'";
    assert_eq!(app.text(audit), "{} {}");
}

#[test]
fn only_an_open_campaign_reminds() {
    let server = MailServer::start(&[]);
    let (app, hr) = company(&server);
    let draft = crate::campaigns::draft(&app, &hr, "Autumn");
    assert_eq!(hr.post(&format!("{draft}/remind"), &[]).status, 404);
    assert_eq!(app.number("SELECT count(*) FROM mails") + app.number("SELECT count(*) FROM reminders"), 0);
}

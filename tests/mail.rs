//! Mail over real SMTP: it arrives as written, and failed mails are retried until they
//! are sent.

mod support;

use chrono::TimeDelta;
use support::{
    PASSWORD, TestApp, eventually,
    smtp::{MailServer, Mood},
};

fn spawn(server: &MailServer) -> TestApp {
    TestApp::spawn_with(&[("SMTP_URL", &server.url), ("HEARTH_MAIL_FROM", "Hearth <hearth@company.example>")])
}

fn forget_password(app: &TestApp, email: &str, language: &str) {
    let browser = app.browser();
    browser.post("/language", &[("language", language), ("return_to", "/login")]);
    let answer = browser.post("/password/forgot", &[("email", email)]);
    assert!(answer.status < 400, "{}", answer.body);
}

fn waiting(app: &TestApp) -> i64 {
    app.number("SELECT count(*) FROM mails")
}

/// Waits until a first try failed: for two minutes, while a mail in hand is claimed for five.
fn until_put_off(app: &TestApp) {
    let put_off = "SELECT count(*) FROM mails WHERE attempts = 1
        AND next_attempt_at - created_at BETWEEN interval '1 minute' AND interval '4 minutes'";
    eventually("the mail to be put off", || (app.number(put_off) == 1).then_some(()));
}

fn until_sent(app: &TestApp) {
    eventually("the table to be empty", || (waiting(app) == 0).then_some(()));
}

#[test]
fn a_reset_mail_arrives_with_its_link_and_leaves_no_row() {
    let server = MailServer::start(&[]);
    let app = spawn(&server);
    app.register("ada@example.com");
    forget_password(&app, "ada@example.com", "en");
    let mail = server.accepted(1).remove(0);
    assert!(mail.from.contains("<hearth@company.example>"), "{}", mail.from);
    assert!(mail.to.len() == 1 && mail.to[0].contains("<ada@example.com>"), "{:?}", mail.to);
    assert_eq!(mail.header("Subject"), "A new password for Hearth");
    assert!(mail.header("To").contains("ada@example.com") && mail.header("From").contains("Hearth"));
    let body = mail.body();
    let link = body.split_whitespace().find(|word| word.contains("/password/reset/")).expect("a link");
    let path = link.strip_prefix(&app.base).expect("to this server");
    until_sent(&app);
    let reader = app.browser();
    assert_eq!(reader.get(path).status, 200);
    let set = reader.post(path, &[("password", "another-quiet-harbour")]);
    assert_eq!(set.status, 303, "{}", set.body);
    assert_eq!(app.browser().post("/login", &[("email", "ada@example.com"), ("password", PASSWORD)]).status, 422);
    let told = server.accepted(2).remove(1);
    assert_eq!(told.header("Subject"), "Your Hearth password was changed");
    assert!(!told.body().contains("another-quiet-harbour"));
}

#[test]
fn a_mail_in_russian_is_readable() {
    let server = MailServer::start(&[]);
    let app = spawn(&server);
    app.register("ada@example.com");
    app.execute("UPDATE users SET language = 'ru'");
    forget_password(&app, "ada@example.com", "ru");
    let mail = server.accepted(1).remove(0);
    let expected = hearth::i18n::Language::Ru.catalog().text("mail-reset-subject");
    assert_eq!(mail.header("Subject"), expected);
    assert!(mail.body().contains("парол") && mail.body().contains("/password/reset/"), "{}", mail.body());
    assert!(mail.text.lines().all(|line| line.len() <= 998), "lines as long as SMTP allows");
}

#[test]
fn nobody_gets_no_mail() {
    let server = MailServer::start(&[]);
    let app = spawn(&server);
    app.register("ada@example.com");
    forget_password(&app, "stranger@example.com", "en");
    forget_password(&app, "ada@example.com", "en");
    assert!(server.accepted(1)[0].to[0].contains("ada@example.com"));
    until_sent(&app);
    assert_eq!(server.conversations(), 1);
}

#[test]
fn what_could_not_be_sent_is_tried_again_later() {
    for mood in [Mood::Busy, Mood::Drop, Mood::Refuse] {
        let server = MailServer::start(&[mood]);
        let app = spawn(&server);
        app.register("ada@example.com");
        app.register("bob@example.com");
        forget_password(&app, "ada@example.com", "en");
        eventually("a first try", || (server.conversations() == 1).then_some(()));
        let retry =
            "SELECT count(*) FROM mails WHERE attempts = 1 AND next_attempt_at > created_at + interval '1 minute'";
        eventually("the mail to be put off", || (app.number(retry) == 1).then_some(()));
        // Another mail wakes the worker: the first one is not due yet.
        forget_password(&app, "bob@example.com", "en");
        assert!(server.accepted(1)[0].to[0].contains("bob@example.com"));
        eventually("one row less", || (waiting(&app) == 1).then_some(()));
        app.advance(TimeDelta::minutes(5));
        forget_password(&app, "bob@example.com", "en");
        let everyone: Vec<_> = server.accepted(3).into_iter().map(|mail| mail.to[0].clone()).collect();
        assert_eq!(everyone.iter().filter(|to| to.contains("ada@example.com")).count(), 1, "{everyone:?}");
        until_sent(&app);
    }
}

#[test]
fn a_line_that_begins_with_a_dot_survives() {
    let server = MailServer::start(&[]);
    let app = spawn(&server);
    app.register("ada@example.com");
    app.execute("INSERT INTO mails (recipient, subject, body, next_attempt_at) VALUES ('bob@example.com', 'Dots', E'one\\n.\\n..two\\nthree', now() - interval '1 day')");
    forget_password(&app, "ada@example.com", "en"); // wakes the worker
    let mails = server.accepted(2);
    let dotted = mails.iter().find(|mail| mail.header("Subject") == "Dots").unwrap();
    assert_eq!(dotted.body().trim_end(), "one\n.\n..two\nthree");
}

#[test]
fn a_mail_that_never_goes_out_is_given_up_in_the_end() {
    let server = MailServer::start(&[Mood::Busy; 30]);
    let app = spawn(&server);
    app.register("ada@example.com");
    app.register("bob@example.com");
    forget_password(&app, "ada@example.com", "en");
    until_put_off(&app);
    // As after nine failures; the tenth is the last.
    app.execute("UPDATE mails SET attempts = 9, next_attempt_at = now() - interval '1 hour'");
    forget_password(&app, "bob@example.com", "en");
    eventually("the mail to be given up", || {
        (app.number("SELECT count(*) FROM mails WHERE recipient = 'ada@example.com'") == 0).then_some(())
    });
    assert_eq!(app.number("SELECT count(*) FROM mails WHERE recipient = 'bob@example.com'"), 1, "bob's is still tried");
}

#[test]
fn a_mail_is_typed_dated_and_marked_as_written_by_a_program() {
    let server = MailServer::start(&[]);
    let app = spawn(&server);
    app.register("ada@example.com");
    for (count, language) in ["en", "ru", "uk"].into_iter().enumerate() {
        app.execute(&format!("UPDATE users SET language = '{language}'"));
        forget_password(&app, "ada@example.com", language);
        let mail = server.accepted(count + 1).remove(count);
        let head = mail.text.split("\n\n").next().unwrap().replace("\n ", " ");
        let has = |line: &str| head.lines().any(|found| found.eq_ignore_ascii_case(line));
        assert!(has("MIME-Version: 1.0") && has("Content-Type: text/plain; charset=utf-8"), "{head}");
        assert!(has("Auto-Submitted: auto-generated"), "{head}");
        let encoding = if language == "en" { ["7bit", "quoted-printable"] } else { ["base64", "base64"] };
        assert!(encoding.iter().any(|encoding| has(&format!("Content-Transfer-Encoding: {encoding}"))), "{head}");
        let id = head.lines().find_map(|line| line.strip_prefix("Message-ID: ")).expect("an id");
        assert!(id.starts_with('<') && id.ends_with("@127.0.0.1>") && id.len() > 40, "{id}");
        let date = head.lines().find_map(|line| line.strip_prefix("Date: ")).expect("a date");
        chrono::DateTime::parse_from_rfc2822(date).unwrap();
        assert!(mail.text.is_ascii() && mail.text.lines().all(|line| line.len() <= 78), "{}", mail.text);
        let words = language.parse::<hearth::i18n::Language>().unwrap().catalog();
        assert_eq!(mail.header("Subject"), words.text("mail-reset-subject"));
        assert!(mail.body().contains("/password/reset/"));
        app.advance(TimeDelta::hours(2));
    }
}

#[test]
fn a_mail_that_does_not_arrive_is_told_to_who_caused_it_and_to_nobody_else() {
    let server = MailServer::start(&[Mood::Refuse; 2]); // the link, and the notice to the address of before
    let app = spawn(&server);
    let (ada, bob) = (app.register("ada@example.com"), app.register("bob@example.com"));
    let ask = [("email", "augusta@example.com"), ("email_password", PASSWORD)];
    assert_eq!(ada.post("/profile/email", &ask).status, 303);
    let told = |browser: &support::Browser| browser.get("/profile").body.contains("augusta@example.com");
    eventually("word of the refusal", || told(&ada).then_some(()));
    assert!(!told(&bob));
    let body = app.text("SELECT coalesce(string_agg(recipient, ''), '') FROM undelivered_mails");
    assert_eq!(body, "augusta@example.com", "the address is all that is kept");
    // It is tried again, and once it arrives there is nothing to tell any more.
    app.advance(TimeDelta::minutes(5));
    forget_password(&app, "bob@example.com", "en");
    until_sent(&app);
    assert!(!told(&ada));
    assert_eq!(app.number("SELECT count(*) FROM undelivered_mails"), 0);
}

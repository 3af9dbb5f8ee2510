//! Mail over a real SMTP conversation: it arrives as written, and what could
//! not be sent is tried again until it is.

mod support;

use chrono::TimeDelta;
use std::{
    collections::VecDeque,
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};
use support::{PASSWORD, TestApp, eventually};

/// What the server does with a conversation.
#[derive(Clone, Copy)]
enum Mood {
    Accept,
    /// Not now: 451 after the text.
    Busy,
    /// Never: 550 to the recipient.
    Refuse,
    /// Hangs up in the middle of the text.
    Drop,
}

#[derive(Clone, Debug, Default)]
struct Received {
    from: String,
    to: Vec<String>,
    /// Lines with their dot-stuffing undone.
    text: String,
}

#[derive(Default)]
struct Log {
    moods: VecDeque<Mood>,
    conversations: usize,
    accepted: Vec<Received>,
}

/// A mail server that speaks SMTP on a local port.
struct MailServer {
    url: String,
    log: Arc<Mutex<Log>>,
}

impl MailServer {
    fn start(moods: &[Mood]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let log = Arc::new(Mutex::new(Log { moods: moods.iter().copied().collect(), ..Log::default() }));
        let shared = log.clone();
        // Ends with the process: a listener cannot be woken up.
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let mood = shared.lock().unwrap().moods.pop_front().unwrap_or(Mood::Accept);
                let received = converse(&stream, mood);
                let mut log = shared.lock().unwrap();
                log.accepted.extend(received);
                log.conversations += 1;
            }
        });
        Self { url, log }
    }

    fn conversations(&self) -> usize {
        self.log.lock().unwrap().conversations
    }

    /// What was accepted, once there are so many.
    fn accepted(&self, count: usize) -> Vec<Received> {
        eventually("mail at the server", || {
            let accepted = self.log.lock().unwrap().accepted.clone();
            (accepted.len() >= count).then_some(accepted)
        })
    }
}

/// One conversation; answers the mail if it was accepted.
fn converse(stream: &TcpStream, mood: Mood) -> Option<Received> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    let mut out = stream;
    let mut say = |text: &str| write!(out, "{text}\r\n").ok();
    let (mut mail, mut accepted) = (Received::default(), None);
    say("220 mail.example ESMTP")?;
    while let Some(Ok(line)) = lines.next() {
        let (verb, rest) = line.split_once([' ', ':']).unwrap_or((&line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" => say("250-mail.example\r\n250 8BITMIME")?,
            "MAIL" => {
                mail.from = rest.to_owned();
                say("250 ok")?;
            }
            "RCPT" if matches!(mood, Mood::Refuse) => say("550 no such person: ada@example.com")?,
            "RCPT" => {
                mail.to.push(rest.to_owned());
                say("250 ok")?;
            }
            "DATA" => {
                say("354 go on")?;
                while let Some(Ok(text)) = lines.next() {
                    if matches!(mood, Mood::Drop) {
                        return None;
                    }
                    if text == "." {
                        break;
                    }
                    mail.text.push_str(text.strip_prefix('.').unwrap_or(&text));
                    mail.text.push('\n');
                }
                if matches!(mood, Mood::Busy) {
                    say("451 busy, ask later about ada@example.com")?;
                } else {
                    accepted = Some(mail.clone());
                    say("250 taken")?;
                }
            }
            "QUIT" => {
                say("221 bye")?;
                break;
            }
            _ => say("500 what?")?,
        }
    }
    accepted
}

impl Received {
    fn header(&self, name: &str) -> String {
        let head = self.text.split("\n\n").next().unwrap().replace("\n ", " ");
        let line = head.lines().find(|line| line.to_lowercase().starts_with(&format!("{}:", name.to_lowercase())));
        decode_words(line.and_then(|line| line.split_once(": ")).map_or("", |(_, value)| value))
    }

    fn body(&self) -> String {
        let body = self.text.split_once("\n\n").unwrap().1;
        match self.header("Content-Transfer-Encoding").to_lowercase().as_str() {
            "base64" => String::from_utf8(base64(&body.replace('\n', ""))).unwrap(),
            "quoted-printable" => String::from_utf8(quoted(&body.replace("=\n", ""))).unwrap(),
            _ => body.to_owned(),
        }
    }
}

/// RFC 2047: `=?utf-8?b?…?=`, neighbours joined.
fn decode_words(text: &str) -> String {
    let joined = text.replace("?= =?", "?==?");
    let mut parts = joined.split("=?");
    let mut decoded = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        let fields: Vec<_> = part.splitn(3, '?').collect();
        assert!(fields[0].eq_ignore_ascii_case("utf-8"), "{part}");
        let (word, after) = fields[2].split_once("?=").unwrap();
        let base64 = fields[1].eq_ignore_ascii_case("b").then(|| base64(word));
        decoded.extend(base64.unwrap_or_else(|| quoted(&word.replace('_', " "))));
        decoded.extend(after.as_bytes());
    }
    String::from_utf8(decoded).unwrap()
}

fn base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut decoded = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.bytes().filter(|byte| *byte != b'=') {
        bits = bits << 6 | ALPHABET.iter().position(|known| *known == byte).unwrap() as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            decoded.push((bits >> count) as u8);
        }
    }
    decoded
}

fn quoted(text: &str) -> Vec<u8> {
    let (mut decoded, mut bytes) = (Vec::new(), text.bytes());
    while let Some(byte) = bytes.next() {
        if byte == b'=' {
            let hex = [bytes.next().unwrap(), bytes.next().unwrap()];
            decoded.push(u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap());
        } else {
            decoded.push(byte);
        }
    }
    decoded
}

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

//! An SMTP server that records the mails it receives.

use super::eventually;
use std::{
    collections::VecDeque,
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// What the server does with a conversation.
#[derive(Clone, Copy)]
pub enum Mood {
    Accept,
    /// Not now: 451 after the text.
    Busy,
    /// Never: 550 to the recipient.
    Refuse,
    /// Hangs up in the middle of the text.
    Drop,
}

#[derive(Clone, Debug, Default)]
pub struct Received {
    pub from: String,
    pub to: Vec<String>,
    /// Lines with their dot-stuffing undone.
    pub text: String,
}

#[derive(Default)]
struct Log {
    moods: VecDeque<Mood>,
    conversations: usize,
    accepted: Vec<Received>,
}

/// A mail server that speaks SMTP on a local port.
pub struct MailServer {
    pub url: String,
    log: Arc<Mutex<Log>>,
}

impl MailServer {
    pub fn start(moods: &[Mood]) -> Self {
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

    pub fn conversations(&self) -> usize {
        self.log.lock().unwrap().conversations
    }

    /// What was accepted, once there are so many.
    pub fn accepted(&self, count: usize) -> Vec<Received> {
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
    pub fn header(&self, name: &str) -> String {
        let head = self.text.split("\n\n").next().unwrap().replace("\n ", " ");
        let line = head.lines().find(|line| line.to_lowercase().starts_with(&format!("{}:", name.to_lowercase())));
        decode_words(line.and_then(|line| line.split_once(": ")).map_or("", |(_, value)| value))
    }

    pub fn body(&self) -> String {
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
    let (mut rest, mut decoded) = (text, Vec::new());
    while let Some((before, word)) = rest.split_once("=?") {
        let neighbours = !decoded.is_empty() && before.trim().is_empty();
        decoded.extend_from_slice(if neighbours { b"" } else { before.as_bytes() });
        let (charset, word) = word.split_once('?').unwrap();
        let (encoding, word) = word.split_once('?').unwrap();
        let (word, after) = word.split_once("?=").unwrap();
        assert!(charset.eq_ignore_ascii_case("utf-8"), "{text}");
        let base64 = encoding.eq_ignore_ascii_case("b").then(|| base64(word));
        decoded.extend(base64.unwrap_or_else(|| quoted(&word.replace('_', " "))));
        rest = after;
    }
    decoded.extend_from_slice(rest.as_bytes());
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

//! Reads the mails in a test's outbox.

use crate::{
    steps::between,
    support::{TestApp, eventually},
};
use std::fs;

/// One mail, decoded.
#[derive(Debug)]
pub struct Letter {
    pub to: String,
    pub text: String,
}

impl Letter {
    /// The path of the one link in it.
    pub fn link(&self, app: &TestApp) -> String {
        let links = between(&self.text, &app.base, "\n");
        assert_eq!(links.len(), 1, "{}", self.text);
        links[0].trim().to_owned()
    }
}

/// The mails posted since the last call, once there are `count` of them and no
/// more on the way.
pub fn take_letters(app: &TestApp, count: usize) -> Vec<Letter> {
    let outbox = app.data_dir.path().join("outbox");
    let paths = eventually("mail in the outbox", || {
        let nothing_waits = app.number("SELECT count(*) FROM mails") == 0; // a row goes when its file is complete
        let entries = fs::read_dir(&outbox).unwrap().map(|entry| entry.unwrap().path());
        let paths: Vec<_> = entries.filter(|path| path.extension().is_some_and(|e| e == "eml")).collect();
        (nothing_waits && paths.len() >= count).then_some(paths)
    });
    assert_eq!(paths.len(), count, "mails in the outbox");
    paths
        .into_iter()
        .map(|path| {
            let letter = parse(&fs::read_to_string(&path).unwrap());
            fs::remove_file(path).unwrap();
            letter
        })
        .collect()
}

/// The one mail posted since the last call.
pub fn take_letter(app: &TestApp) -> Letter {
    take_letters(app, 1).remove(0)
}

fn parse(mail: &str) -> Letter {
    let mail = mail.replace("\r\n", "\n");
    let (head, body) = mail.split_once("\n\n").unwrap();
    let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    let text = match header("Content-Transfer-Encoding: ") {
        "quoted-printable" => quoted_printable(body),
        "base64" => base64(body),
        _ => body.to_owned(),
    };
    Letter { to: header("To: ").to_owned(), text: text + "\n" }
}

fn quoted_printable(text: &str) -> String {
    let text = text.replace("=\n", "");
    let mut parts = text.split('=');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).unwrap()
}

fn base64(text: &str) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = text.bytes().filter_map(|byte| DIGITS.iter().position(|digit| *digit == byte));
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0_usize, 0);
    for digit in digits {
        bits = (bits << 6 | digit) & 0xffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    String::from_utf8(bytes).unwrap()
}

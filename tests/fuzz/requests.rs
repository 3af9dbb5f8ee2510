//! Whole requests to a running application: whatever they contain, there is an answer,
//! and it is not a server error.

use crate::{Material, fuzz, support::TestApp};
use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

/// The status of the answer; `None` when the connection was closed without one,
/// as it is on what is no request.
fn ask(address: &str, head: &[&[u8]], body: &[u8]) -> Option<u16> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
    let length = format!("Content-Length: {}\r\n\r\n", body.len());
    let own = b"\r\nHost: ".to_vec();
    let host = [&own, address.as_bytes(), b"\r\nConnection: close\r\n"].concat();
    let request = [&[head[0], &host][..], &head[1..], &[length.as_bytes(), body]].concat().concat();
    let _ = stream.write_all(&request); // the server may answer before it has read everything
    let mut reply = Vec::new();
    let _ = stream.read_to_end(&mut reply);
    let status = reply.strip_prefix(b"HTTP/1.1 ")?.get(..3)?;
    std::str::from_utf8(status).ok()?.parse().ok()
}

/// Nothing that is sent is the server's fault.
fn assert_fine(status: Option<u16>, what: &[u8]) {
    let fine = status.is_none_or(|status| status < 500 || status == 503);
    assert!(fine, "{status:?} for {}", String::from_utf8_lossy(what));
}

/// An application, where it listens, and a session of somebody.
fn somebody() -> (TestApp, String, String) {
    let app = TestApp::spawn_with(&[("HEARTH_TRUSTED_PROXIES", "127.0.0.1")]);
    let (email, password) = ("ada@example.com", crate::support::PASSWORD);
    let ada = app.register_and_agree(email);
    let answer = ada.post("/login", &[("email", email), ("password", password)]);
    let session = answer.cookie("session").unwrap().split(';').next().unwrap().to_owned();
    let address = app.base.split_once("://").unwrap().1.to_owned();
    (app, address, session)
}

/// A network of its own for each input, so that none is slowed down for another.
fn from(input: &[u8]) -> Vec<u8> {
    let sum = input.iter().fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(*byte)));
    let [a, b, c, _] = sum.to_be_bytes();
    format!("X-Forwarded-For: 2001:db8:{a:x}{b:02x}:{c:x}::1\r\n").into_bytes()
}

const FORMS: &[&[u8]] = &[
    b"&",
    b"=",
    b"%00",
    b"%",
    b"%ff",
    b"+",
    b"answer_0=5",
    b"name=",
    b"email=",
    b"password=",
    b"idempotency_key=",
    b"\0",
    b"%D1%97",
    b"%E2%80%AE",
    b"burnout=101",
    b"burnout=-1",
    b"stress=1e9",
    b"&&",
    b"%0d%0aSet-Cookie:x=y",
    b"department=",
];

#[test]
fn a_form_is_taken_or_refused() {
    let (_app, address, session) = somebody();
    let cookie = format!("Cookie: {session}\r\n");
    let kind = b"Content-Type: application/x-www-form-urlencoded\r\n";
    let lines: [&[u8]; 6] = [
        b"POST /register HTTP/1.1",
        b"POST /assessments HTTP/1.1",
        b"POST /assessments/draft HTTP/1.1",
        b"POST /pulse HTTP/1.1",
        b"POST /profile/details HTTP/1.1",
        b"POST /login HTTP/1.1",
    ];
    fuzz("forms", &Material::read("tests/fuzz/examples/forms", FORMS), |input| {
        let line = lines[input.len() % lines.len()];
        let status = ask(&address, &[line, kind, cookie.as_bytes(), &from(input)], input);
        assert_fine(status, &[line, b" ", input].concat());
    });
}

const JSON: &[&[u8]] = &[
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b":",
    b",",
    b"null",
    b"true",
    b"1e400",
    b"-0",
    b"9223372036854775808",
    b"\\u0000",
    b"\\ud800",
    b"\"0\":",
    b"{\"answers\":",
    b"\xff",
    "ї".as_bytes(),
    b"[[[[[[[[[[[[[[[[",
    b"\"email\":",
];

#[test]
fn json_is_taken_or_refused() {
    let (app, address, _) = somebody();
    let fields = [("username", "ada@example.com"), ("password", crate::support::PASSWORD)];
    let answer = app.browser().post("/api/auth/token", &fields).body;
    let token = answer.split("\"access_token\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let bearer = format!("Authorization: Bearer {token}\r\nContent-Type: application/json\r\n");
    let lines: [&[u8]; 6] = [
        b"POST /api/assessment/submit HTTP/1.1",
        b"POST /api/dashboard/metrics HTTP/1.1",
        b"POST /api/auth/register HTTP/1.1",
        b"POST /api/chats HTTP/1.1",
        b"POST /api/ai/chat HTTP/1.1",
        b"POST /api/auth/token HTTP/1.1",
    ];
    fuzz("json", &Material::read("tests/fuzz/examples/json", JSON), |input| {
        let line = lines[input.len() % lines.len()];
        let status = ask(&address, &[line, bearer.as_bytes(), &from(input)], input);
        assert_fine(status, &[line, b" ", input].concat());
    });
}

const HEADERS: &[&[u8]] = &[
    b";q=",
    b",",
    b"*",
    b"0.",
    b"1e9",
    b"-",
    b"uk",
    b"ru-RU",
    b"\xff",
    b"=",
    b";",
    b"session=",
    b"flash=flash-",
    b"language=",
    b"device=",
    b"%00",
    b"\"",
    b"\t",
    b"__Host-",
    b"zz-",
    b"q=1.0000001",
];

#[test]
fn a_header_of_languages_or_cookies_is_read_or_left_alone() {
    let (_app, address, session) = somebody();
    let lines: [(&[u8], &[u8]); 5] = [
        (b"GET /help HTTP/1.1", b"Accept-Language: "),
        (b"GET /dashboard HTTP/1.1", b"Cookie: "),
        (b"GET /login HTTP/1.1", b"Cookie: "),
        (b"GET /api/auth/me HTTP/1.1", b"Authorization: "),
        (b"GET /api/assessment/questions HTTP/1.1", b"Accept-Language: "),
    ];
    let mut material = Material::read("tests/fuzz/examples/headers", HEADERS);
    material.examples.push(session.into_bytes());
    fuzz("headers", &material, |input| {
        let (line, name) = lines[input.len() % lines.len()];
        let status = ask(&address, &[line, name, input, b"\r\n"], b"");
        assert_fine(status, &[line, b" ", name, input].concat());
    });
}

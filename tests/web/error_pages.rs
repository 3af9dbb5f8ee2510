//! Error pages: in the reader's language, and without details that belong in the log.

use crate::{
    raw::{self, send},
    steps::visible,
    support::{Answer, Browser, TestApp},
};
use hearth::i18n::Language;

/// Words of libraries and of the database that no reader should meet.
const INTERNAL: [&str; 17] = [
    "deserialize",
    "Payload",
    "payload",
    "parse",
    "actix",
    "diesel",
    "relation",
    "column",
    "panicked",
    "SELECT",
    "postgres",
    "Query",
    "Form ",
    "UrlEncoded",
    "Content type",
    "limit",
    "src/",
];

fn assert_error(answer: &Answer, status: u16, code: &str, language: Language, what: &str) {
    assert_eq!(answer.status, status, "{what}");
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{what}");
    let words = language.catalog();
    assert!(answer.body.contains(&format!("<html lang=\"{}\">", language.code())), "{what}");
    for part in ["title", "text"] {
        let text = words.text(&format!("error-{part}-{code}")).to_owned();
        assert!(visible(&answer.body).contains(&text), "{what}: {text}");
    }
    assert!(answer.body.contains(&format!("<data value=\"{status}\">")), "{what}");
    let text = visible(&answer.body);
    for word in INTERNAL {
        assert!(!text.contains(word), "{what} shows {word:?}: {text}");
    }
}

#[test]
fn every_error_has_a_page_in_every_language() {
    let app = TestApp::spawn();
    for language in Language::ALL {
        let email = format!("{}@example.com", language.code());
        let ada = app.register(&email);
        ada.post("/language", &[("language", language.code())]);
        let by_header = [("Accept-Language", language.code())];
        let stranger = app.browser();
        let get = |path| stranger.get_with(path, &by_header);
        let post = |path, fields: &[(&str, &str)]| stranger.post_with(path, fields, &by_header);
        let big = "x".repeat(70_000);
        let elsewhere = [by_header[0], ("Origin", "https://evil.example")];
        let answers = [
            ("an unknown address", get("/nowhere"), 404, "404"),
            ("a file that is not there", get("/static/none.css"), 404, "404"),
            ("somebody else's result", ada.get("/assessments/1"), 404, "404"),
            ("no number", ada.get("/assessments/x"), 404, "404"),
            ("a link for a write", get("/logout"), 405, "404"),
            ("a write to a page", post("/promise", &[]), 404, "404"),
            ("a query that cannot be", ada.get("/history?before=x"), 400, "400"),
            ("a form that cannot be", post("/language", &[("language", "xx")]), 400, "400"),
            ("a form without its field", post("/language", &[]), 400, "400"),
            ("from another site", stranger.post_with("/login", &[], &elsewhere), 403, "403"),
            ("too large a form", post("/login", &[("email", &big)]), 413, "413"),
            ("too large, signed in", ada.post("/profile", &[("name", &big)]), 413, "413"),
        ];
        for (what, answer, status, code) in answers {
            assert_error(&answer, status, code, language, what);
        }
    }
}

#[test]
fn a_body_that_is_no_form_is_refused_without_a_word_about_the_parser() {
    let app = TestApp::spawn();
    let own = raw::address(&app);
    for (kind, body, status) in [
        ("application/json", "{\"email\":\"a\"}", 415),
        ("text/plain", "email=a", 415),
        ("application/x-www-form-urlencoded", "email=%FF%FE&password=%00", 422),
        ("application/x-www-form-urlencoded", "email=a&email=b", 400),
        ("multipart/form-data; boundary=x", "--x--", 415),
    ] {
        let length = body.len().to_string();
        let headers = [("Host", own), ("Content-Type", kind), ("Content-Length", &*length)];
        let reply = send(own, "POST /login", &headers, body.as_bytes());
        let found = if reply.status == 400 && status == 415 { 415 } else { reply.status };
        assert_eq!(found, status, "{kind} {body}");
        let text = visible(&reply.body);
        assert!(INTERNAL.iter().all(|word| !text.contains(word)), "{kind} {body}: {text}");
    }
}

#[test]
fn an_internal_error_is_one_neutral_sentence() {
    let app = TestApp::spawn();
    let ada = app.register("ada@example.com");
    app.execute("ALTER TABLE consents RENAME TO consents_out_of_the_way");
    for language in Language::ALL {
        ada.post("/language", &[("language", language.code())]);
        assert_error(&ada.get("/privacy"), 500, "500", language, "a broken query");
        assert_error(&ada.post("/privacy/consents/withdraw", &[]), 500, "500", language, "a broken write");
    }
    app.execute("ALTER TABLE consents_out_of_the_way RENAME TO consents");
    assert_eq!(ada.get("/privacy").status, 200, "and it is over when it is over");
}

#[test]
fn an_address_that_holds_markup_is_not_repeated_as_such() {
    let app = TestApp::spawn();
    let own = raw::address(&app);
    for path in
        ["/\"><script>alert(1)</script>", "/%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "/history?before=\"><script>"]
    {
        let reply = send(own, &format!("GET {path}"), &[("Host", own)], b"");
        assert!(!reply.body.contains("<script>") && !reply.head.contains("<script>"), "{path}: {}", reply.body);
    }
}

/// A form of this many bytes.
fn form(bytes: usize) -> Vec<u8> {
    let mut form = b"email=".to_vec();
    form.resize(bytes, b'x');
    form
}

fn chunked(body: &[u8]) -> Vec<u8> {
    let mut sent = Vec::new();
    for chunk in body.chunks(1000) {
        sent.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        sent.extend_from_slice(chunk);
        sent.extend_from_slice(b"\r\n");
    }
    sent.extend_from_slice(b"0\r\n\r\n");
    sent
}

#[test]
fn a_form_may_have_64_kilobytes_and_no_more_however_it_is_sent() {
    let app = TestApp::spawn();
    let own = raw::address(&app);
    let kind = ("Content-Type", "application/x-www-form-urlencoded");
    for (bytes, status) in [(64 * 1024, 422), (64 * 1024 + 1, 413), (200_000, 413)] {
        let length = bytes.to_string();
        let reply = send(own, "POST /login", &[("Host", own), kind, ("Content-Length", &length)], &form(bytes));
        assert_eq!(reply.status, status, "{bytes} bytes");
        let reply =
            send(own, "POST /login", &[("Host", own), kind, ("Transfer-Encoding", "chunked")], &chunked(&form(bytes)));
        assert_eq!(reply.status, status, "{bytes} bytes in chunks");
    }
    let claimed = [("Host", own), kind, ("Content-Length", "50000000000")];
    assert_eq!(send(own, "POST /login", &claimed, b"email=").status, 413, "refused before it is sent");
    let stranger: Browser = app.browser();
    assert_eq!(stranger.get("/login").status, 200);
}

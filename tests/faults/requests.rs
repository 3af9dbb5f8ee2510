//! Requests that never end and bodies that are too large.

use crate::support::TestApp;
use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

fn connect(app: &TestApp) -> TcpStream {
    let stream = TcpStream::connect(app.base.strip_prefix("http://").unwrap()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
    stream
}

fn host(app: &TestApp) -> &str {
    app.base.strip_prefix("http://").unwrap()
}

#[test]
fn two_hundred_half_sent_requests_hold_nobody_up() {
    let app = TestApp::spawn();
    let ada = app.register("ada@example.com");
    let half_sent: Vec<TcpStream> = (0..200)
        .map(|n| {
            let mut stream = connect(&app);
            let body = format!("POST /login HTTP/1.1\r\nHost: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nemail=", host(&app));
            let head = "GET /history HTTP/1.1\r\nHost: loc";
            stream.write_all(if n % 2 == 0 { body.as_bytes() } else { head.as_bytes() }).unwrap();
            stream
        })
        .collect();
    let mut slowest = Duration::ZERO;
    for _ in 0..20 {
        let asked = Instant::now();
        assert_eq!(app.browser().get("/health").body, "ok");
        slowest = slowest.max(asked.elapsed());
    }
    println!("with {} half-sent requests open /health took at most {slowest:?}", half_sent.len());
    // The half-sent ones themselves end after five seconds.
    assert!(slowest < Duration::from_secs(4), "{slowest:?}");
    assert_eq!(ada.get("/dashboard").status, 200);
}

/// Sends fifty megabytes after `head` while reading; answers what came back.
fn send_much(app: &TestApp, head: &str, chunk: &[u8], count: usize) -> (String, usize) {
    let mut stream = connect(app);
    let mut reader = stream.try_clone().unwrap();
    thread::scope(|scope| {
        let answer = scope.spawn(move || {
            let (mut answer, mut buffer) = (Vec::new(), [0; 4096]);
            // What arrived before the server hung up is the answer.
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                answer.extend_from_slice(&buffer[..count]);
            }
            String::from_utf8_lossy(&answer).into_owned()
        });
        stream.write_all(head.as_bytes()).unwrap();
        let sent = (0..count).take_while(|_| stream.write_all(chunk).is_ok()).count();
        let _ = stream.shutdown(std::net::Shutdown::Write);
        (answer.join().unwrap(), sent * chunk.len())
    })
}

#[test]
fn a_body_of_fifty_megabytes_gets_413() {
    let app = TestApp::spawn();
    let form = "Content-Type: application/x-www-form-urlencoded";
    for path in ["/login", "/assessments", "/register"] {
        let head =
            format!("POST {path} HTTP/1.1\r\nHost: {}\r\n{form}\r\nContent-Length: 52428800\r\n\r\n", host(&app));
        let (answer, sent) = send_much(&app, &head, &[b'a'; 65_536], 800);
        assert!(answer.starts_with("HTTP/1.1 413"), "{path} after {sent} bytes: {answer:.200}");
        assert!(answer.contains("That is too much at once"), "{path}: a page says so");
    }
    assert_eq!(app.browser().get("/health").status, 200);
}

#[test]
fn a_body_without_a_length_is_limited_too() {
    let app = TestApp::spawn();
    let head = format!(
        "POST /login HTTP/1.1\r\nHost: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n",
        host(&app)
    );
    let chunk = [b"10000\r\n".as_slice(), &[b'a'; 65_536], b"\r\n"].concat();
    let (answer, sent) = send_much(&app, &head, &chunk, 800);
    assert!(answer.starts_with("HTTP/1.1 413"), "after {sent} bytes: {answer:.200}");
    assert_eq!(app.browser().get("/health").status, 200);
}

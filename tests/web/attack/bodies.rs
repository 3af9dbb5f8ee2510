//! Request bodies that never end: sent slowly, announced but not sent, many at the same
//! time.

use crate::{
    raw::address,
    steps::sign_in,
    support::{BODY_PATIENCE, Browser, TestApp, eventually},
};
use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

const MEGABYTE: usize = 1024 * 1024;
/// What the application keeps of unfinished uploads, all together.
const ROOM: usize = 32 * MEGABYTE;

/// A connection on which a request has begun.
struct Slow(TcpStream);

impl Slow {
    fn begin(host: &str, request: &str) -> Self {
        let stream = TcpStream::connect(host).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
        stream.set_write_timeout(Some(Duration::from_secs(5))).unwrap();
        let mut slow = Self(stream);
        slow.0.write_all(request.as_bytes()).unwrap();
        slow
    }

    fn post(host: &str, path: &str, kind: &str, length: usize, cookie: &str) -> Self {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nCookie: {cookie}\r\n\r\n"
        );
        Self::begin(host, &head)
    }

    /// The status of the answer, once it comes; 0 when the connection just ends.
    fn status(&mut self) -> u16 {
        let mut reply = Vec::new();
        let mut buffer = [0; 4096];
        while !reply.windows(2).any(|end| end == b"\r\n") {
            match self.0.read(&mut buffer) {
                Ok(0) | Err(_) => break,
                Ok(count) => reply.extend_from_slice(&buffer[..count]),
            }
        }
        let text = String::from_utf8_lossy(&reply).into_owned();
        text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
    }
}

/// The session cookie of somebody who signs in here.
fn cookie(app: &TestApp, email: &str) -> String {
    let answer = app.browser().post("/login", &[("email", email), ("password", crate::support::PASSWORD)]);
    answer.cookie("session").expect("a session").split(';').next().unwrap().to_owned()
}

const FILE: &str = "multipart/form-data; boundary=b";
const FORM: &str = "application/x-www-form-urlencoded";

/// How a form with a file begins.
fn head(field: &str) -> String {
    format!("--b\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"x\"\r\n\r\n")
}

#[test]
fn a_body_that_trickles_is_given_up_after_its_time() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    let ada = cookie(&app, "ada@example.com");
    let cases = [
        ("/login", FORM, "", "email=".to_owned()),
        ("/support", FORM, &*ada, "message=".to_owned()),
        ("/api/auth/token", "application/json", "", "{\"email\": \"".to_owned()),
        ("/profile/avatar", FILE, &*ada, head("picture")),
    ];
    thread::scope(|scope| {
        for (path, kind, cookie, start) in &cases {
            let host = address(&app);
            scope.spawn(move || {
                let began = Instant::now();
                let mut slow = Slow::post(host, path, kind, 50_000, cookie);
                slow.0.write_all(start.as_bytes()).unwrap();
                let mut writer = slow.0.try_clone().unwrap();
                let trickle = thread::spawn(move || {
                    while writer.write_all(b"x").is_ok() && began.elapsed() < 20 * BODY_PATIENCE {
                        thread::sleep(Duration::from_millis(50)); // it is the slowness that is tried here
                    }
                });
                assert_eq!(slow.status(), 408, "{path}");
                let took = began.elapsed();
                assert!(took >= BODY_PATIENCE && took < 10 * BODY_PATIENCE, "{path} took {took:?}");
                drop(slow);
                trickle.join().unwrap();
            });
        }
    });
}

#[test]
fn headers_that_never_end_end_the_connection() {
    let app = TestApp::spawn();
    let mut slow = Slow::begin(address(&app), "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ");
    let began = Instant::now();
    assert!([0, 408].contains(&slow.status()));
    assert!(began.elapsed() < Duration::from_secs(60));
}

#[test]
fn who_may_not_send_a_body_is_told_so_before_it_comes() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    let ada = cookie(&app, "ada@example.com");
    let began = Instant::now();
    for (path, kind, length) in [
        ("/profile/avatar", FILE, 5 * MEGABYTE),
        ("/hr/employees/import", FILE, 5 * MEGABYTE),
        ("/hr/instruments", FILE, MEGABYTE),
        ("/hr/library", FORM, 200_000),
    ] {
        let mut stranger = Slow::post(address(&app), path, kind, length, "session=nonsense");
        assert_eq!(stranger.status(), 303, "{path} as a stranger");
        if path != "/profile/avatar" {
            let mut employee = Slow::post(address(&app), path, kind, length, &ada);
            assert_eq!(employee.status(), 403, "{path} as an employee");
        }
    }
    assert!(began.elapsed() < BODY_PATIENCE * 7, "not once for each: {:?}", began.elapsed());
}

#[test]
fn one_person_has_four_uploads_under_way_and_no_more() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    let ada = cookie(&app, "ada@example.com");
    let begin = || {
        let mut slow = Slow::post(address(&app), "/profile/avatar", FILE, 100_000, &ada);
        slow.0.write_all(head("picture").as_bytes()).unwrap();
        slow
    };
    let mut held: Vec<_> = (0..6).map(|_| begin()).collect();
    let refused = held.iter_mut().map(Slow::status).filter(|status| *status == 429).count();
    assert_eq!(refused, 2);
}

/// An unfinished picture of nearly five megabytes; whether it is held.
fn hold(host: &str, cookie: &str) -> Option<Slow> {
    let mut slow = Slow::post(host, "/profile/avatar", FILE, 49 * MEGABYTE / 10, cookie);
    let piece = vec![b'x'; 64 * 1024];
    let sent =
        slow.0.write_all(head("picture").as_bytes()).is_ok() && (0..70).all(|_| slow.0.write_all(&piece).is_ok());
    slow.0.set_read_timeout(Some(Duration::from_secs(1))).unwrap();
    let refused = slow.status();
    assert!([0, 408, 429, 503].contains(&refused), "{refused}");
    (sent && refused == 0).then_some(slow)
}

#[test]
fn many_unfinished_pictures_take_a_bounded_room_and_nobody_else_notices() {
    let app = TestApp::spawn();
    let emails: Vec<_> = (0..10).map(|number| format!("person{number}@example.com")).collect();
    for email in &emails {
        app.register(email);
    }
    let cookies: Vec<_> = emails.iter().map(|email| cookie(&app, email)).collect();
    let reader: Browser = sign_in(&app, &emails[0]);
    let host = address(&app);
    let held: usize = thread::scope(|scope| {
        let senders: Vec<_> = cookies
            .iter()
            .flat_map(|cookie| (0..4).map(move |_| cookie))
            .map(|cookie| scope.spawn(move || hold(host, cookie)))
            .collect();
        let began = Instant::now();
        for _ in 0..5 {
            assert_eq!(app.browser().get("/health").status, 200);
            assert_eq!(reader.get("/dashboard").status, 200);
            assert_eq!(reader.post("/chats", &[("name", "")]).status, 422, "forms have room of their own");
        }
        assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
        senders.into_iter().filter_map(|sender| sender.join().unwrap()).count()
    });
    assert!(held * 43 * MEGABYTE / 10 <= ROOM, "{held} pictures are held");
    eventually("room again", || {
        let answer = reader.upload("/profile/avatar", "picture", "a.png", &vec![b'x'; 2 * MEGABYTE]);
        (answer.status == 422).then_some(()) // it was read, and is no picture
    });
}

//! A test server for the chat completions API. Answers correctly or with errors, and
//! records what it was asked.

use super::eventually;
use serde_json::{Value, json};
use std::{
    collections::VecDeque,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, mpsc},
    thread,
    time::Duration,
};

/// What the server does with a request.
pub enum Mood {
    /// Streams these pieces.
    Stream(Vec<&'static str>),
    /// Streams these pieces, each after a while.
    Drip(Vec<&'static str>, Duration),
    /// Streams the first piece, and the second when told to.
    Wait(&'static str, &'static str, mpsc::Receiver<()>),
    /// Answers in one go.
    Whole(String),
    Status(u16),
    Redirect(String),
    /// Takes the request and never answers.
    Hang,
    /// Streams without end.
    Endless,
    /// Hangs up in the middle of a stream.
    BreakOff(&'static str),
    /// Something that is no answer.
    Nonsense,
}

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Method and path, and the headers, in lower case.
    pub head: String,
    pub body: Value,
}

impl Asked {
    /// What was said, in order: role and text.
    pub fn messages(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let all = self.body["messages"].as_array().unwrap();
        all.iter().map(|message| (text(&message["role"]), text(&message["content"]))).collect()
    }
}

#[derive(Default)]
struct Log {
    moods: VecDeque<Mood>,
    asked: Vec<Asked>,
}

/// A language model on a local port.
pub struct ModelServer {
    pub url: String,
    log: Arc<Mutex<Log>>,
}

impl ModelServer {
    pub fn start(moods: Vec<Mood>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        let log = Arc::new(Mutex::new(Log { moods: moods.into(), ..Log::default() }));
        let shared = log.clone();
        // Ends with the process: a listener cannot be woken up.
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let log = shared.clone();
                thread::spawn(move || answer(stream, &log));
            }
        });
        Self { url, log }
    }

    /// Every request so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.log.lock().unwrap().asked.clone()
    }

    /// The requests, once there are so many.
    pub fn asked_times(&self, count: usize) -> Vec<Asked> {
        eventually("a request to the model", || Some(self.asked()).filter(|asked| asked.len() >= count))
    }
}

/// One connection, one request.
fn answer(stream: TcpStream, log: &Mutex<Log>) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let head = head.to_lowercase();
    let length = head.split("content-length: ").nth(1)?.lines().next()?.parse().ok()?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let mood = {
        let mut log = log.lock().unwrap();
        log.asked.push(Asked { head, body: serde_json::from_slice(&body).unwrap() });
        log.moods.pop_front().unwrap_or(Mood::Status(404))
    };
    let mut out = stream;
    let mut say = |text: &str| out.write_all(text.as_bytes()).and_then(|()| out.flush()).ok();
    match mood {
        Mood::Stream(pieces) => {
            say(STREAM)?;
            pieces.iter().try_for_each(|text| say(&piece(text)))?;
            say("data: [DONE]\n\n")
        }
        Mood::Drip(pieces, pause) => {
            say(STREAM)?;
            pieces.iter().try_for_each(|text| {
                thread::sleep(pause);
                say(&piece(text))
            })?;
            say("data: [DONE]\n\n")
        }
        Mood::Wait(first, second, go) => {
            say(STREAM)?;
            say(&piece(first))?;
            go.recv().ok()?;
            say(&piece(second))?;
            say("data: [DONE]\n\n")
        }
        Mood::Whole(text) => {
            let body = json!({ "choices": [{ "message": { "role": "assistant", "content": text } }] }).to_string();
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";
            say(&format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()))
        }
        Mood::Status(status) => say(&format!("HTTP/1.1 {status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")),
        Mood::Redirect(to) => {
            say(&format!("HTTP/1.1 307 Elsewhere\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
        }
        Mood::Hang => reader.read_to_end(&mut Vec::new()).ok().map(|_| ()), // until the other side gives up
        Mood::Endless => {
            say(STREAM)?;
            let much = piece(&"word ".repeat(200));
            loop {
                say(&much)?;
            }
        }
        Mood::BreakOff(text) => {
            say(STREAM)?;
            say(&piece(text))
        }
        Mood::Nonsense => say("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<h1>Hello</h1>"),
    }
}

const STREAM: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

fn piece(text: &str) -> String {
    format!("data: {}\n\n", json!({ "choices": [{ "delta": { "content": text }, "finish_reason": null }] }))
}

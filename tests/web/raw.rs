//! Requests written byte by byte, which HTTP clients would not send, and an application
//! that believes it is behind TLS.

use crate::support::TestApp;
use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    time::Duration,
};

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Reply {
    /// The first header of this name.
    pub fn header(&self, name: &str) -> &str {
        self.values(name).first().copied().unwrap_or_default()
    }

    /// Every header of this name.
    pub fn values(&self, name: &str) -> Vec<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value).collect()
    }

    /// What this cookie is set to, with its attributes.
    pub fn cookie(&self, name: &str) -> &str {
        let start = format!("{name}=");
        self.values("set-cookie").into_iter().find(|cookie| cookie.starts_with(&start)).unwrap_or_default()
    }
}

/// The address and port of an application.
pub fn address(app: &TestApp) -> &str {
    app.base.split_once("://").unwrap().1
}

/// Sends a request line with headers and a body; `Connection: close` is added.
pub fn send(address: &str, line: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
    let mut request = format!("{line} HTTP/1.1\r\nConnection: close\r\n");
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    send_bytes(address, &[request.as_bytes(), b"\r\n", body].concat())
}

/// Sends a form as it would come through a proxy from a browser.
pub fn send_form(address: &str, path: &str, headers: &[(&str, &str)], form: &str) -> Reply {
    let length = form.len().to_string();
    let own = [("Content-Type", "application/x-www-form-urlencoded"), ("Content-Length", &length)];
    send(address, &format!("POST {path}"), &[headers, &own].concat(), form.as_bytes())
}

fn send_bytes(address: &str, request: &[u8]) -> Reply {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
    let _ = stream.write_all(request); // the server may answer before it has read everything
    let mut reply = Vec::new();
    let _ = stream.read_to_end(&mut reply); // and hang up without waiting for the rest
    let reply = String::from_utf8(reply).unwrap();
    let (head, body) = reply.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {reply:?}"));
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Reply { status, head: head.to_owned(), body: body.to_owned() }
}

/// An application that people reach at https://hearth.example, and where it
/// really listens.
pub fn behind_tls() -> (TestApp, String) {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let variables = [("HEARTH_BIND", free.as_str()), ("HEARTH_PUBLIC_URL", "https://hearth.example")];
    (TestApp::spawn_with(&variables), free)
}

//! The chromedriver of this test process, on a port of its own. It ends with
//! the process, however that ends.

use std::{
    io::{BufRead as _, BufReader},
    os::unix::process::CommandExt as _,
    process::{ChildStdin, Command, Stdio},
    sync::OnceLock,
    thread,
};

/// Its standard input stays open as long as this process lives; then the
/// shell reads the end of it and ends its group: chromedriver and the browsers.
const KEEPER: &str = "chromedriver --port=0 & read -r _; trap '' TERM; kill 0; wait";

struct Driver {
    url: String,
    _alive: ChildStdin,
}

/// Where chromedriver listens.
pub fn url() -> &'static str {
    static DRIVER: OnceLock<Driver> = OnceLock::new();
    &DRIVER.get_or_init(start).url
}

fn start() -> Driver {
    let version = Command::new("chromedriver").arg("--version").output();
    assert!(
        version.is_ok_and(|found| found.status.success()),
        "chromedriver is missing: script/bootstrap installs it, together with Chromium"
    );
    let mut shell = Command::new("sh")
        .args(["-c", KEEPER])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .process_group(0) // a Ctrl-C is for the tests, who then end it in order
        .spawn()
        .expect("a shell starts");
    let alive = shell.stdin.take().expect("a piped input");
    let mut lines = BufReader::new(shell.stdout.take().expect("a piped output")).lines();
    let port = lines
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| {
            line.split_once("successfully on port ").map(|(_, port)| port.trim_end_matches('.').to_owned())
        })
        .expect("chromedriver starts and names its port");
    thread::spawn(move || lines.for_each(drop)); // so that it never waits for a reader
    Driver { url: format!("http://127.0.0.1:{port}"), _alive: alive }
}

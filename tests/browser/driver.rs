//! The chromedriver of this test process, on a port of its own, and how it
//! starts a browser. It ends with the process, however that ends.

use serde_json::{Map, Value, json};
use std::{
    io::{BufRead as _, BufReader},
    os::unix::process::CommandExt as _,
    process::{Child, Command, Stdio},
    sync::OnceLock,
    thread,
};

/// Its standard input stays open as long as this process lives; then the
/// shell reads the end of it and ends its group: chromedriver and the browsers.
const KEEPER: &str = "chromedriver --port=0 & read -r _; trap '' TERM; kill 0; wait";

struct Driver {
    url: String,
    _shell: Child,
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
    let mut lines = BufReader::new(shell.stdout.take().expect("a piped output")).lines();
    let port = lines
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| {
            line.split_once("successfully on port ").map(|(_, port)| port.trim_end_matches('.').to_owned())
        })
        .expect("chromedriver starts and names its port");
    thread::spawn(move || lines.for_each(drop)); // so that it never waits for a reader
    Driver { url: format!("http://127.0.0.1:{port}"), _shell: shell }
}

/// How a browser is set up.
#[derive(Clone, Copy)]
pub struct Settings<'a> {
    pub javascript: bool,
    /// What it sends as `Accept-Language`.
    pub languages: &'a str,
}

impl Default for Settings<'_> {
    fn default() -> Self {
        Self { javascript: true, languages: "en-US,en" }
    }
}

/// What a browser is asked for at its start.
pub fn capabilities(profile: &str, settings: Settings<'_>) -> Map<String, Value> {
    let mut arguments: Vec<String> = [
        "--headless=new",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars", // as on a phone: 360 px are 360 px
        "--force-color-profile=srgb",
    ]
    .map(str::to_owned)
    .into();
    arguments.push(format!("--user-data-dir={profile}"));
    if nix::unistd::geteuid().is_root() {
        arguments.push("--no-sandbox".to_owned());
    }
    let mut preferences = json!({
        "intl.accept_languages": settings.languages,
        "intl.selected_languages": settings.languages,
        "credentials_enable_service": false,
        "profile.password_manager_leak_detection": false,
    });
    if !settings.javascript {
        preferences["profile.managed_default_content_settings.javascript"] = json!(2);
    }
    let capabilities = json!({
        "goog:chromeOptions": {
            "args": arguments,
            "prefs": preferences,
            "perfLoggingPrefs": { "enableNetwork": true, "enablePage": false },
        },
        // In milliseconds: on a slow machine axe-core takes its time with a long page.
        "timeouts": { "script": 300_000, "pageLoad": 300_000 },
        "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
    });
    capabilities.as_object().cloned().unwrap_or_default()
}

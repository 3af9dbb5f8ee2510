//! A browser window with its own profile, controlled through WebDriver. Blocking,
//! because a test does one step after the other.

use crate::{
    command,
    driver::{self, Settings},
    support::{PASSWORD, TestApp, eventually},
};
use fantoccini::{Client, ClientBuilder, Locator, elements::Element, error::CmdError};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::cell::RefCell;
use tokio::runtime::Runtime;

pub struct Session {
    runtime: Runtime,
    client: Client,
    pub base: String,
    /// The language its reader wants.
    pub language: String,
    /// Refused pages that a test asked for.
    pub expected: RefCell<Vec<(String, u16)>>,
    pub complaints: RefCell<Vec<String>>,
    _profile: tempfile::TempDir,
}

impl Session {
    pub fn open(app: &TestApp) -> Self {
        Self::with(app, Settings::default())
    }

    pub fn with(app: &TestApp, settings: Settings<'_>) -> Self {
        let profile = tempfile::tempdir().unwrap();
        let language = settings.languages[..2].to_owned();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(driver::capabilities(profile.path().to_str().unwrap(), settings));
        let client = runtime.block_on(builder.connect(driver::url())).expect("Chromium starts");
        let session = Self {
            runtime,
            client,
            base: app.base.clone(),
            language,
            expected: RefCell::default(),
            complaints: RefCell::default(),
            _profile: profile,
        };
        // A window that the desktop left behind another has no focus, and none of its elements a ring.
        session.cdp("Emulation.setFocusEmulationEnabled", &json!({ "enabled": true }));
        // Chromium begins with a page of its own, whose requests are not ours.
        session.run(async |client| client.goto("about:blank").await);
        session.log("performance");
        session.log("browser");
        session.resize(1280);
        session.prefers("light");
        session
    }

    /// A window of somebody who registered before.
    pub fn signed_in(app: &TestApp, email: &str) -> Self {
        let session = Self::open(app);
        session.sign_in(email);
        session
    }

    pub fn sign_in(&self, email: &str) {
        self.goto("/login");
        self.fill("#email", email);
        self.fill("#password", PASSWORD);
        self.click("main .form .button");
        self.arrives("/dashboard");
    }

    pub fn sign_out(&self) {
        self.leaves(|| {
            self.click(".menu summary");
            self.click(".menu__panel button");
        });
    }

    /// Signs in to an account that remembers another language, and chooses this one.
    pub fn sign_in_and_switch(&self, email: &str) {
        self.sign_in(email);
        self.leaves(|| self.click(&format!("button[name=language][value={}]", self.language)));
    }

    // Where it is

    /// Opens a page, and waits until it is there as a whole, scripts included:
    /// on a busy machine the driver comes back before that.
    pub fn goto(&self, path: &str) {
        let url = if path.starts_with("data:") { path.to_owned() } else { format!("{}{path}", self.base) };
        let opened = self.runtime.block_on(self.client.goto(&url));
        opened.unwrap_or_else(|error| panic!("cannot open {path}: {error}"));
        eventually(path, || {
            let state = self.try_js("return document.readyState", vec![]).ok()?;
            (state == json!("complete")).then_some(())
        });
    }

    /// Opens a page that answers with an error.
    pub fn goto_refused(&self, path: &str, status: u16) {
        self.goto(path);
        self.refused(status);
    }

    pub fn back(&self) {
        self.runtime.block_on(self.client.back()).unwrap();
    }

    pub fn path(&self) -> String {
        self.runtime.block_on(self.client.current_url()).unwrap().path().to_owned()
    }

    /// Waits until the page at `path` is there as a whole.
    pub fn arrives(&self, path: &str) {
        eventually(&format!("{path}, now at {}", self.path()), || {
            let here = self.try_js("return [document.readyState, location.pathname]", vec![]).ok()?;
            (here == json!(["complete", path])).then_some(())
        });
    }

    /// Acts, and waits for the next page, which may have the same address.
    pub fn leaves(&self, act: impl FnOnce()) {
        self.js("window.isBeingLeft = true", vec![]);
        act();
        eventually("the next page", || {
            let here = self.try_js("return document.readyState === 'complete' && !window.isBeingLeft", vec![]).ok()?;
            (here == json!(true)).then_some(())
        });
    }

    /// The page is there with an error's status, and that is right.
    pub fn refused(&self, status: u16) {
        let here = self.js(
            "return [performance.getEntriesByType('navigation')[0].responseStatus, location.href.split('#')[0]]",
            vec![],
        );
        let url = here[1].as_str().unwrap().to_owned();
        assert_eq!(here[0], json!(status), "the status of {url}");
        self.expected.borrow_mut().push((url, status));
    }

    // What stands there

    pub fn js(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.try_js(script, arguments).unwrap_or_else(|error| panic!("{error} in {script}"))
    }

    fn try_js(&self, script: &str, arguments: Vec<Value>) -> Result<Value, CmdError> {
        self.runtime.block_on(self.client.execute(script, arguments))
    }

    /// A script that calls its last argument when it is done.
    pub fn js_async(&self, script: &str, arguments: Vec<Value>) -> Value {
        let run = self.client.execute_async(script, arguments);
        self.runtime.block_on(run).unwrap_or_else(|error| panic!("{error}"))
    }

    fn find(&self, css: &str) -> Element {
        let found = self.runtime.block_on(self.client.find(Locator::Css(css)));
        found.unwrap_or_else(|error| panic!("no {css} at {}: {error}", self.path()))
    }

    pub fn count(&self, css: &str) -> usize {
        self.runtime.block_on(self.client.find_all(Locator::Css(css))).unwrap().len()
    }

    /// The text a person sees.
    pub fn text(&self, css: &str) -> String {
        let element = self.find(css);
        self.runtime.block_on(element.text()).unwrap()
    }

    pub fn texts(&self, css: &str) -> Vec<String> {
        let elements = self.runtime.block_on(self.client.find_all(Locator::Css(css))).unwrap();
        elements.iter().map(|element| self.runtime.block_on(element.text()).unwrap()).collect()
    }

    pub fn is_shown(&self, css: &str) -> bool {
        let element = self.find(css);
        self.runtime.block_on(element.is_displayed()).unwrap()
    }

    pub fn attribute(&self, css: &str, name: &str) -> Option<String> {
        let element = self.find(css);
        self.runtime.block_on(element.attr(name)).unwrap()
    }

    pub fn property(&self, css: &str, name: &str) -> String {
        let element = self.find(css);
        self.runtime.block_on(element.prop(name)).unwrap().unwrap_or_default()
    }

    // What a person does

    pub fn click(&self, css: &str) {
        let element = self.find(css);
        self.runtime.block_on(element.click()).unwrap_or_else(|error| panic!("cannot click {css}: {error}"));
    }

    /// Writes into a field what was not there before.
    pub fn fill(&self, css: &str, text: &str) {
        let element = self.find(css);
        self.runtime.block_on(element.clear()).unwrap();
        self.runtime.block_on(element.send_keys(text)).unwrap_or_else(|error| panic!("cannot fill {css}: {error}"));
    }

    /// Chooses an option or a day, by the value that the form sends.
    pub fn choose(&self, css: &str, value: &str) {
        self.js("document.querySelector(arguments[0]).value = arguments[1]", vec![json!(css), json!(value)]);
        assert_eq!(self.property(css, "value"), value, "what {css} offers");
    }

    /// Chooses a file of this machine.
    pub fn upload(&self, css: &str, path: &str) {
        let element = self.find(css);
        self.runtime.block_on(element.send_keys(path)).unwrap_or_else(|error| panic!("cannot choose {path}: {error}"));
    }

    /// Sends a form although the browser would find something to object to.
    pub fn send_anyway(&self, form: &str) {
        self.js("document.querySelector(arguments[0]).noValidate = true", vec![json!(form)]);
        self.leaves(|| self.click(&format!("{form} .button")));
    }

    /// Something is wrong; the test fails when the session ends, so that it
    /// tells everything at once.
    pub fn complain(&self, wrong: String) {
        self.complaints.borrow_mut().push(wrong);
    }

    // The window

    pub fn resize(&self, width: u32) {
        let height = if width < 600 { 740 } else { 900 };
        self.show_area(width, height);
    }

    pub fn show_area(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", &size);
    }

    /// The reader's choice of light or dark; nothing moves.
    pub fn prefers(&self, scheme: &str) {
        let features = [("prefers-color-scheme", scheme), ("prefers-reduced-motion", "reduce")];
        let features = features.map(|(name, value)| json!({ "name": name, "value": value }));
        self.cdp("Emulation.setEmulatedMedia", &json!({ "features": features }));
    }

    pub fn screenshot(&self) -> Vec<u8> {
        self.runtime.block_on(self.client.screenshot()).unwrap()
    }

    /// The client itself, for what is done only once.
    pub fn run<T>(&self, act: impl AsyncFnOnce(&Client) -> Result<T, CmdError>) -> T {
        self.runtime.block_on(act(&self.client)).unwrap_or_else(|error| panic!("{error}"))
    }

    // Chromium's own commands

    pub fn cdp(&self, command: &str, parameters: &Value) -> Value {
        let done = self.runtime.block_on(command::cdp(&self.client, command, parameters));
        done.unwrap_or_else(|error| panic!("{command} {parameters}: {error}"))
    }

    /// What was noted since the last time it was asked for.
    pub fn log(&self, kind: &str) -> Vec<Value> {
        self.run(async |client| command::log(client, kind).await)
    }

    /// What happened on the network since the last time.
    pub fn network_events(&self) -> Vec<Value> {
        self.run(async |client| command::network_events(client).await)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let failed = std::thread::panicking();
        let mut complaints = self.complaints.take();
        if !failed {
            complaints.extend(self.noted());
        }
        let closed = self.runtime.block_on(self.client.clone().close());
        if !failed {
            assert!(complaints.is_empty(), "at the end of the session:\n{}", complaints.join("\n"));
            closed.expect("Chromium ends");
        }
    }
}

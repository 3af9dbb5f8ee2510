//! Fails on what Chromium logged during a session: console errors and warnings,
//! violations of the Content-Security-Policy, requests to other hosts.

use crate::session::Session;
use serde_json::Value;

impl Session {
    /// Everything to complain about since the last time.
    pub fn noted(&self) -> Vec<String> {
        let mut complaints = self.foreign_requests();
        let console = self.log("browser");
        complaints.extend(console.iter().filter(|entry| self.is_wrong(entry)).map(|entry| format!("console: {entry}")));
        complaints
    }

    /// Chromium calls refusals by the policy errors, too. A page that a test
    /// wanted to be refused is noted as not loaded; nothing else may be.
    fn is_wrong(&self, entry: &Value) -> bool {
        let message = entry["message"].as_str().unwrap_or_default();
        let expected = self.expected.borrow().iter().any(|(url, status)| {
            message.starts_with(&format!(
                "{url} - Failed to load resource: the server responded with a status of {status} "
            ))
        });
        !matches!(entry["level"].as_str(), Some("INFO" | "DEBUG")) && !expected
    }

    fn foreign_requests(&self) -> Vec<String> {
        let urls = self.network_events().into_iter().filter_map(|event| {
            let is_request = event["method"] == "Network.requestWillBeSent";
            is_request.then(|| event["params"]["request"]["url"].as_str().unwrap_or("?").to_owned())
        });
        let ours = format!("{}/", self.base);
        let foreign = urls.filter(|url| !url.starts_with(&ours) && !url.starts_with("data:"));
        foreign.map(|url| format!("request: {url}")).collect()
    }
}

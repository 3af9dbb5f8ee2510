//! Commands of chromedriver that fantoccini does not know.

use fantoccini::{Client, error::CmdError, wd::WebDriverCompatibleCommand};
use serde_json::{Value, json};

/// One of Chromium's own commands.
pub async fn cdp(client: &Client, command: &str, parameters: &Value) -> Result<Value, CmdError> {
    issue(client, "goog/cdp/execute", &json!({ "cmd": command, "params": parameters })).await
}

/// What was noted since the last time it was asked for.
pub async fn log(client: &Client, kind: &str) -> Result<Vec<Value>, CmdError> {
    let entries = issue(client, "se/log", &json!({ "type": kind })).await?;
    Ok(entries.as_array().cloned().unwrap_or_default())
}

/// What happened on the network since the log `performance` was last asked for.
pub async fn network_events(client: &Client) -> Result<Vec<Value>, CmdError> {
    let entries = log(client, "performance").await?.into_iter();
    let events = entries.filter_map(|entry| serde_json::from_str::<Value>(entry["message"].as_str()?).ok());
    Ok(events.map(|mut event| event["message"].take()).collect())
}

async fn issue(client: &Client, path: &'static str, body: &Value) -> Result<Value, CmdError> {
    client.issue_cmd(Command { path, body: body.to_string() }).await
}

#[derive(Debug)]
struct Command {
    path: &'static str,
    body: String,
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (ureq::http::Method, Option<String>) {
        (ureq::http::Method::POST, Some(self.body.clone()))
    }
}

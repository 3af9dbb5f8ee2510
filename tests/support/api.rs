//! A client of the API.

use super::{Answer, PASSWORD, TestApp};
use serde_json::{Value, json};

/// A client with a token, or without.
pub struct Client {
    agent: ureq::Agent,
    base: String,
    pub token: Option<String>,
}

/// A status with its JSON.
#[derive(Debug)]
pub struct Said {
    pub status: u16,
    pub body: Value,
    pub headers: ureq::http::HeaderMap,
}

impl Said {
    /// The sentence of a failure.
    pub fn detail(&self) -> &str {
        assert!(self.body.as_object().is_some_and(|body| body.len() == 1), "{self:?}");
        self.body["detail"].as_str().unwrap()
    }
}

impl Client {
    pub fn new(app: &TestApp) -> Self {
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build();
        Self { agent: config.into(), base: app.base.clone(), token: None }
    }

    /// A client signed in as somebody who registered.
    pub fn signed_in(app: &TestApp, email: &str) -> Self {
        let mut client = Self::new(app);
        let said = client.post("/api/auth/token", &json!({ "email": email, "password": PASSWORD }));
        assert_eq!(said.status, 200, "{said:?}");
        client.token = Some(said.body["access_token"].as_str().unwrap().to_owned());
        client
    }

    pub fn get(&self, path: &str) -> Said {
        self.send("GET", path, &[], None)
    }

    pub fn post(&self, path: &str, body: &Value) -> Said {
        self.send("POST", path, &[("Content-Type", "application/json")], Some(&body.to_string()))
    }

    /// Anything at all.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&str>) -> Said {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = match body {
            Some(body) => Answer::read(self.agent.run(request.body(body.to_owned()).unwrap())),
            None => Answer::read(self.agent.run(request.body(()).unwrap())),
        };
        let kind = answer.header("content-type").to_owned();
        let body = if answer.body.is_empty() {
            Value::Null
        } else {
            serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{path}: {kind}: {}", answer.body))
        };
        assert!(body.is_null() || kind == "application/json", "{path}: {kind}");
        Said { status: answer.status, body, headers: answer.headers }
    }
}

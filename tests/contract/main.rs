//! The API conforms to its OpenAPI document: schemathesis, which script/bootstrap
//! installs, tests a running instance with all of its checks, as an employee and as HR.

#[path = "../support/mod.rs"]
mod support;

use serde_json::json;
use std::{path::Path, process::Command};
use support::{TestApp, api::Client};

/// Somebody with rows of every kind, in this role.
fn token(app: &TestApp, role: &str) -> String {
    let email = format!("{role}@example.com");
    app.register_as(&email, role);
    let client = Client::signed_in(app, &email);
    let answers: serde_json::Map<_, _> = (0..20).map(|item| (item.to_string(), 4.into())).collect();
    assert_eq!(client.post("/api/assessment/submit", &json!({ "answers": answers })).status, 201);
    assert_eq!(client.post("/api/chats", &json!({ "name": "Evenings" })).status, 201);
    client.token.unwrap()
}

fn keeps_its_word_to(role: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tool = root.join("target/schemathesis/bin/schemathesis");
    assert!(tool.exists(), "script/bootstrap installs {}", tool.display());
    let app = TestApp::spawn();
    let token = token(&app, role);
    let run = Command::new(tool)
        .arg("--config-file")
        .arg(root.join("tests/contract/schemathesis.toml"))
        .arg("run")
        .arg(format!("{}/api/openapi.json", app.base))
        .args(["--header", &format!("Authorization: Bearer {token}")])
        .args(["--seed", "1", "--generation-deterministic"])
        // It would sign itself out.
        .args(["--exclude-path", "/api/auth/logout"])
        .args(["--continue-on-failure", "--no-color", "--warnings", "off"])
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}");
    assert!(said.contains("No issues found"), "{said}");
}

#[test]
fn schemathesis_finds_nothing_as_an_employee() {
    keeps_its_word_to("employee");
}

#[test]
fn schemathesis_finds_nothing_as_hr() {
    keeps_its_word_to("hr");
}

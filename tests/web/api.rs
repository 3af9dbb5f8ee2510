//! The API: the same rules as for the pages; errors are one sentence in JSON.

use crate::{
    steps::{app_at, sign_in},
    support::{
        PASSWORD, TestApp,
        api::Client,
        model::{ModelServer, Mood},
    },
};
use chrono::TimeDelta;
use serde_json::{Map, Value, json};

const ADA: &str = "ada@example.com";

fn answers(value: impl Into<Value>) -> Value {
    let value = value.into();
    Value::Object((0..20).map(|item| (item.to_string(), value.clone())).collect::<Map<_, _>>())
}

fn company() -> (TestApp, Client) {
    let app = TestApp::spawn();
    app.register(ADA);
    let ada = Client::signed_in(&app, ADA);
    (app, ada)
}

#[test]
fn a_registration_is_checked_field_by_field() {
    let app = TestApp::spawn();
    let client = Client::new(&app);
    let whole = json!({ "email": ADA, "password": PASSWORD, "name": "Ada", "position": "", "department": "Engines" });
    let with = |field: &str, value: Value| {
        let mut body = whole.clone();
        body[field] = value;
        client.post("/api/auth/register", &body)
    };
    for (field, value, named) in [
        ("email", Value::Null, "email"),
        ("email", "nonsense".into(), "address"),
        ("email", 3.into(), "email"),
        ("password", Value::Null, "password"),
        ("password", "short".into(), "8"),
        ("password", "password1".into(), "easy to guess"),
        ("password", ["x"].into(), "password"),
        ("name", " ".into(), "name"),
        ("name", "x".repeat(256).into(), "name"),
        ("position", 1.into(), "position"),
        ("department", "\0".into(), "department"),
    ] {
        let refused = with(field, value.clone());
        assert_eq!(refused.status, 400, "{field} {value}");
        assert!(refused.detail().contains(named), "{field}: {}", refused.detail());
    }
    assert_eq!(app.number("SELECT count(*) FROM users"), 0);
    let made = with("unknown", "ignored".into());
    assert_eq!(made.status, 201, "{made:?}");
    let user = &made.body["user"];
    assert_eq!((&user["email"], &user["department"], &user["avatar"]), (&ADA.into(), &"Engines".into(), &Value::Null));
    assert_eq!(with("x", Value::Null).status, 409);
    assert_eq!(app.number("SELECT count(*) FROM sign_ins WHERE kind = 'api'"), 1);
    assert_eq!(app.outbox(1).len(), 1, "a link verifies the address");
}

#[test]
fn a_sign_in_takes_json_or_a_form_and_either_name() {
    let app = TestApp::spawn();
    app.register(ADA);
    let client = Client::new(&app);
    for name in ["username", "email"] {
        assert_eq!(client.post("/api/auth/token", &json!({ name: ADA, "password": PASSWORD })).status, 200);
        let form = format!("{name}=ada%40example.com&password={PASSWORD}");
        let kind = [("Content-Type", "application/x-www-form-urlencoded")];
        assert_eq!(client.send("POST", "/api/auth/token", &kind, Some(&form)).status, 200);
    }
    for body in
        [json!({}), json!({ "email": ADA }), json!({ "password": PASSWORD }), json!({ "email": 1, "password": 2 })]
    {
        assert_eq!(client.post("/api/auth/token", &body).status, 400, "{body}");
    }
    for (email, password) in [(ADA, "wrong"), ("nobody@example.com", PASSWORD), ("nonsense", PASSWORD)] {
        let refused = client.post("/api/auth/token", &json!({ "email": email, "password": password }));
        assert_eq!((refused.status, &refused.headers["www-authenticate"]), (401, &"Bearer".parse().unwrap()));
    }
}

#[test]
fn guessing_is_slowed_down_here_as_on_the_pages() {
    let app = TestApp::spawn();
    app.register(ADA);
    let client = Client::new(&app);
    let guess = || client.post("/api/auth/token", &json!({ "email": ADA, "password": "a wrong guess" }));
    for _ in 0..5 {
        assert_eq!(guess().status, 401);
    }
    let slowed = guess();
    assert_eq!(slowed.status, 429);
    assert!(slowed.headers["retry-after"].to_str().unwrap().parse::<u64>().unwrap() >= 1);
    assert!(!slowed.detail().is_empty());
}

#[test]
fn no_cookie_opens_the_api_and_no_token_the_pages() {
    let (app, ada) = company();
    let browser = sign_in(&app, ADA);
    assert_eq!(browser.get("/dashboard").status, 200);
    assert_eq!(browser.get("/api/auth/me").status, 401);
    let token = ada.token.clone().unwrap();
    let page = app.browser().get_with("/dashboard", &[("Authorization", &format!("Bearer {token}"))]);
    assert_eq!(page.status, 303);
    let mut stranger = Client::new(&app);
    for wrong in ["", "x", &"ab".repeat(32)] {
        stranger.token = Some(wrong.to_owned());
        assert_eq!(stranger.get("/api/auth/me").status, 401);
    }
    let basic = Client::new(&app).send("GET", "/api/auth/me", &[("Authorization", &format!("Basic {token}"))], None);
    assert_eq!(basic.status, 401);
}

#[test]
fn a_token_ends_when_it_is_old_unused_signed_out_or_the_password_changes() {
    let app = app_at("2026-05-04T08:00:00Z");
    app.register(ADA);
    let ada = Client::signed_in(&app, ADA);
    let other = Client::signed_in(&app, ADA);
    assert_eq!(ada.send("POST", "/api/auth/logout", &[], None).status, 204);
    assert_eq!((ada.get("/api/auth/verify").status, other.get("/api/auth/verify").status), (401, 200));
    app.advance(TimeDelta::hours(13));
    assert_eq!(other.get("/api/auth/me").status, 401, "unused for 12 hours");
    let third = Client::signed_in(&app, ADA);
    sign_in(&app, ADA).post("/privacy/devices/sign-out", &[]);
    assert_eq!(third.get("/api/auth/me").status, 401, "signed out everywhere");
    let fourth = Client::signed_in(&app, ADA);
    let browser = sign_in(&app, ADA);
    let change = [("current_password", PASSWORD), ("password", "seven lamps at dusk")];
    assert_eq!(browser.post("/profile/password", &change).status, 303);
    assert_eq!(fourth.get("/api/auth/me").status, 401, "another password");
    assert!(app.text("SELECT string_agg(s::text, ' ') FROM sign_ins s").len() > 10);
    assert!(!app.text("SELECT coalesce(string_agg(s::text, ' '), '') FROM sign_ins s").contains(&third.token.unwrap()));
}

#[test]
fn a_submission_names_the_question_that_is_wrong_and_keeps_nothing_half() {
    let (app, ada) = company();
    let submit = |answers: Value| ada.post("/api/assessment/submit", &json!({ "answers": answers }));
    let with = |key: &str, value: Value| {
        let mut all = answers(3);
        all[key] = value;
        all
    };
    let mut missing = answers(3);
    missing.as_object_mut().unwrap().remove("7");
    for (given, named) in [
        (missing, "7"),
        (with("4", 0.into()), "4"),
        (with("4", 6.into()), "4"),
        (with("19", 2.5.into()), "19"),
        (with("3", 3.0.into()), "3"),
        (with("0", "3".into()), "0"),
        (with("0", true.into()), "0"),
        (with("0", Value::Null), "0"),
        (with("20", 3.into()), "20"),
        (with("x", 3.into()), "x"),
        (with("00", 3.into()), "00"),
        (json!([3, 3]), "answers"),
        (Value::Null, "answers"),
    ] {
        let refused = submit(given.clone());
        assert_eq!(refused.status, 400, "{given}");
        assert!(refused.detail().contains(named), "{}", refused.detail());
    }
    for body in ["", "{", "[]", "{\"answers\": {\"0\": 1e999}}", "\"x\""] {
        let kind = [("Content-Type", "application/json")];
        assert_eq!(ada.send("POST", "/api/assessment/submit", &kind, Some(body)).status, 400, "{body}");
    }
    assert_eq!(app.number("SELECT count(*) FROM assessments"), 0);
    assert_eq!(app.number("SELECT count(*) FROM consents"), 0, "nothing was agreed to by a request that failed");
    assert_eq!(submit(answers(3)).status, 201);
}

#[test]
fn submitting_agrees_to_the_promise_unless_that_was_taken_back() {
    let (app, ada) = company();
    let promise = Client::new(&app).get("/api/assessment/questions").body["promise"].clone();
    assert!(promise["url"].as_str().unwrap().ends_with("/promise"));
    assert_eq!(ada.post("/api/assessment/submit", &json!({ "answers": answers(2) })).status, 201);
    assert_eq!(app.text("SELECT text_version FROM consents"), promise["version"].as_str().unwrap());
    sign_in(&app, ADA).post("/privacy/consents/withdraw", &[]);
    let refused = ada.post("/api/assessment/submit", &json!({ "answers": answers(2) }));
    assert_eq!(refused.status, 403);
    assert!(refused.detail().contains("agree"));
    assert_eq!(app.number("SELECT count(*) FROM assessments"), 1);
    sign_in(&app, ADA).post("/assessments/consent", &[]);
    app.advance(TimeDelta::minutes(1));
    assert_eq!(ada.post("/api/assessment/submit", &json!({ "answers": answers(2) })).status, 201);
    // A new wording is read on the page first.
    app.execute("UPDATE consents SET text_version = 'of before'");
    assert_eq!(ada.post("/api/assessment/submit", &json!({ "answers": answers(2) })).status, 403);
}

#[test]
fn the_same_key_makes_one_assessment() {
    let (app, ada) = company();
    let submit = |value: i32, key: &str| {
        let headers = [("Content-Type", "application/json"), ("Idempotency-Key", key)];
        ada.send("POST", "/api/assessment/submit", &headers, Some(&json!({ "answers": answers(value) }).to_string()))
    };
    let (first, again) = (submit(3, "one"), submit(3, "one"));
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!(first.body, again.body);
    assert_eq!(submit(4, "one").status, 409);
    assert_eq!(submit(4, &"x".repeat(101)).status, 400);
    let soon = submit(4, "two");
    assert_eq!((soon.status, soon.headers["retry-after"].to_str().unwrap()), (429, "60"));
    assert!(soon.detail().contains("one check-up a minute and 10 a day"), "{}", soon.detail());
    app.advance(TimeDelta::minutes(1));
    assert_eq!(submit(4, "two").status, 201);
    assert_eq!(app.number("SELECT count(*) FROM assessments"), 2);
}

#[test]
fn history_comes_in_pages_and_only_mine() {
    let (app, ada) = company();
    app.register("bob@example.com");
    let bob = Client::signed_in(&app, "bob@example.com");
    for value in 1..=5 {
        assert_eq!(ada.post("/api/assessment/submit", &json!({ "answers": answers(value) })).status, 201);
        app.advance(TimeDelta::minutes(1));
    }
    let scores = |path: &str| -> Vec<f64> {
        let page = ada.get(path);
        assert_eq!((page.status, &page.body["total"]), (200, &5.into()), "{path}");
        page.body["assessments"].as_array().unwrap().iter().map(|one| one["score"].as_f64().unwrap()).collect()
    };
    assert_eq!(scores("/api/assessment/history?limit=2"), [100.0, 80.0]);
    let second = ada.get("/api/assessment/history?limit=2").body["assessments"][1]["id"].clone();
    assert_eq!(scores(&format!("/api/assessment/history?limit=2&before={second}")), [60.0, 40.0]);
    assert_eq!(scores("/api/assessment/history?before=987654321"), [0.0; 0]);
    for wrong in ["limit=0", "limit=101", "limit=x", "limit=", "before=-1", "before=9999999999999999999", "limit=%00"] {
        let refused = ada.get(&format!("/api/assessment/history?{wrong}"));
        assert_eq!(refused.status, 400, "{wrong}");
        assert!(refused.detail().contains(wrong.split('=').next().unwrap()));
    }
    assert_eq!(bob.get(&format!("/api/assessment/{second}")).status, 404);
    assert_eq!(bob.get("/api/assessment/history").body["total"], 0);
    let item = ada.get("/api/recommendations").body["recommendations"][0]["id"].clone();
    for path in ["", "/complete", "/incomplete"] {
        let method = if path.is_empty() { "GET" } else { "POST" };
        let hers = bob.send(method, &format!("/api/recommendations/{item}{path}"), &[], None);
        let nobodys = bob.send(method, &format!("/api/recommendations/987654321{path}"), &[], None);
        assert_eq!((hers.status, hers.detail()), (404, nobodys.detail()));
    }
}

#[test]
fn a_pulse_out_of_range_is_named() {
    let (app, ada) = company();
    for (value, field) in
        [(json!(101), "stress"), (json!(-1), "stress"), (json!("5"), "stress"), (Value::Null, "stress")]
    {
        let refused = ada.post("/api/dashboard/metrics", &json!({ "burnout": 1, "stress": value, "productivity": 3 }));
        assert_eq!(refused.status, 400);
        assert!(refused.detail().contains(field));
    }
    assert_eq!(app.number("SELECT count(*) FROM pulses"), 0);
}

#[test]
fn every_failure_is_one_sentence_of_json_in_the_readers_language() {
    let (app, ada) = company();
    let stranger = Client::new(&app);
    let json_body = [("Content-Type", "application/json")];
    for (method, path, headers, body, status) in [
        ("GET", "/api/nothing", &[][..], None, 404),
        ("GET", "/api", &[], None, 404),
        ("GET", "/api/assessment/x", &[], None, 404),
        ("DELETE", "/api/auth/me", &[], None, 405),
        ("PUT", "/api/chats", &[], None, 405),
        ("POST", "/api/auth/token", &[("Content-Type", "text/plain")], Some("x"), 400),
        ("POST", "/api/auth/token", &json_body, Some("{"), 400),
        ("POST", "/api/auth/token", &[("Origin", "https://elsewhere.example")], Some("{}"), 403),
        ("GET", "/api/auth/me", &[("Host", "elsewhere.example")], None, 400),
        ("GET", "/api/assessment/questions?lang=de", &[], None, 400),
    ] {
        let said = stranger.send(method, path, headers, body);
        assert_eq!(said.status, status, "{method} {path}");
        assert!(said.detail().ends_with('.'), "{}", said.detail());
    }
    let large = "x".repeat(70_000);
    assert_eq!(ada.post("/api/ai/chat", &json!({ "message": large })).status, 413);
    assert_eq!(stranger.send("DELETE", "/api/chats", &[], None).headers["allow"], "GET, POST");
    app.execute("ALTER TABLE pulses RENAME TO gone");
    assert_eq!(ada.get("/api/dashboard/metrics").detail(), "Something went wrong on our side.");
    let russian = stranger.send("GET", "/api/auth/me", &[("Accept-Language", "ru")], None);
    assert!(russian.detail().starts_with("Войдите"));
    assert!(stranger.get("/api/auth/me?lang=uk").detail().starts_with("Увійдіть"));
}

#[test]
fn chats_are_those_of_the_pages() {
    let (app, ada) = company();
    app.register("bob@example.com");
    let bob = Client::signed_in(&app, "bob@example.com");
    let begun = ada.post("/api/chats", &json!({ "name": "My Chat", "color": "#FF5733" }));
    assert_eq!((begun.status, &begun.body["color"]), (201, &"#ff5733".into()));
    let path = format!("/api/chats/{}", begun.body["id"]);
    let sent = ada.post(&format!("{path}/messages"), &json!({ "user_message": "How do I take breaks?" }));
    assert_eq!((sent.status, &sent.body["source"]), (201, &"library".into()), "{sent:?}");
    assert!(sent.body["ai_response"].as_str().unwrap().contains("I am a search"));
    let read = ada.get(&path);
    assert_eq!((&read.body["name"], &read.body["messages"][0]), (&"My Chat".into(), &sent.body));
    assert_eq!(ada.get("/api/chats").body["total"], 1);
    assert!(sign_in(&app, ADA).get("/chats").body.contains("My Chat"));
    for (name, color) in
        [(Value::Null, "sage".into()), ("".into(), "sage".into()), ("x".into(), json!("nope")), ("x".into(), json!(3))]
    {
        assert_eq!(ada.post("/api/chats", &json!({ "name": name, "color": color })).status, 400);
    }
    for text in [Value::Null, "".into(), " \n".into(), "x".repeat(4001).into()] {
        assert_eq!(ada.post(&format!("{path}/messages"), &json!({ "user_message": text })).status, 400);
        assert_eq!(ada.post("/api/ai/chat", &json!({ "message": text })).status, 400);
    }
    assert_eq!((bob.get(&path).status, bob.get("/api/chats").body["total"].clone()), (404, 0.into()));
    assert_eq!(bob.post(&format!("{path}/messages"), &json!({ "user_message": "Hi" })).status, 404);
    assert_eq!(app.number("SELECT count(*) FROM messages"), 1);
}

#[test]
fn a_model_answers_only_who_agreed_on_the_pages_and_danger_nobody() {
    let model = ModelServer::start(vec![Mood::Whole("A model speaks.".into())]);
    let app = TestApp::spawn_with(&[("ASSISTANT_URL", &model.url), ("ASSISTANT_MODEL", "m")]);
    let browser = app.register(ADA);
    let ada = Client::signed_in(&app, ADA);
    let ask = |text: &str| ada.post("/api/ai/chat", &json!({ "message": text })).body;
    assert_eq!(ask("How do I take breaks?")["source"], "library");
    assert!(model.asked().is_empty());
    browser.post("/chats/agreement", &[("reader", "model")]);
    let said = ask("How do I take breaks?");
    assert_eq!((&said["source"], &said["reply"]), (&"model".into(), &"A model speaks.".into()));
    assert_eq!(ask("I want to die")["source"], "help");
    assert_eq!(model.asked().len(), 1);
    assert_eq!(app.number("SELECT count(*) FROM messages"), 0, "nothing is kept");
}

#[test]
fn the_document_and_the_routes_say_the_same() {
    let app = TestApp::spawn();
    let document = Client::new(&app).get("/api/openapi.json").body;
    let mut described: Vec<(String, String)> = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        described.extend(methods.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.clone())));
    }
    described.sort();
    let undocumented = ["/api/openapi.json", "/api/docs"];
    let served = crate::access::routes().into_iter().filter(|(_, path)| path.starts_with("/api/"));
    let mut served: Vec<_> = served
        .map(|(method, path)| (method, path.replace(":[0-9]{1,18}", "")))
        .filter(|(_, path)| !undocumented.contains(&path.as_str()))
        .collect();
    served.sort();
    assert_eq!(described, served);
    let docs = app.browser().get("/api/docs");
    assert_eq!(docs.status, 200);
    assert!(docs.body.contains("<code>Retry-After</code>"));
    let signs: Vec<_> = docs.body.lines().filter(|line| line.contains('`')).collect();
    assert!(signs.is_empty(), "{signs:?}");
    for (method, path) in described {
        assert!(docs.body.contains(&format!("<code>{method} {path}</code>")), "{method} {path}");
    }
}

#[test]
fn the_document_says_what_a_request_needs() {
    let app = TestApp::spawn();
    let document = Client::new(&app).get("/api/openapi.json").body;
    let required = |schema: &str| {
        let described = &document["components"]["schemas"][schema];
        let fields = described["properties"].as_object().unwrap();
        assert!(fields.values().all(|field| field.get("default").is_none()), "{described}");
        let mut names: Vec<_> = described["required"].as_array().unwrap().iter().flat_map(Value::as_str).collect();
        names.sort_unstable();
        names.join(" ")
    };
    for (schema, fields) in [
        ("Registration", "email name password"),
        ("Credentials", "password"),
        ("Submission", "answers"),
        ("Pulse", "burnout productivity stress"),
        ("NewChat", "name"),
        ("NewMessage", "user_message"),
        ("AiQuestion", "message"),
    ] {
        assert_eq!(required(schema), fields, "{schema}");
    }
}

#[test]
fn a_refusal_says_what_would_be_right() {
    let app = TestApp::spawn();
    app.register_as("hr@example.com", "hr");
    let hr = Client::signed_in(&app, "hr@example.com");
    for (path, words) in [
        ("/api/assessment/questions?lang=xx", "lang must be en, ru or uk."),
        ("/api/assessment/history?limit=0", "limit must be a whole number from 1 to 100."),
        ("/api/assessment/history?limit=+5", "limit must be a whole number from 1 to 100."),
        ("/api/hr/overview?from=2026-01", "from must be a day such as 2026-01-31."),
    ] {
        let refused = hr.get(path);
        assert_eq!((refused.status, &refused.body["detail"]), (400, &words.into()), "{path}");
    }
}

#[test]
fn hr_and_managers_get_the_picture_and_employees_do_not() {
    let app = TestApp::spawn();
    for (email, role) in [("hr@example.com", "hr"), ("manager@example.com", "manager"), ("admin@example.com", "admin")]
    {
        app.register_as(email, role);
    }
    app.register(ADA);
    let status = |email: &str, path: &str| Client::signed_in(&app, email).get(path).status;
    for path in ["/api/hr/overview", "/api/hr/overview?period=x"] {
        assert_eq!(status(ADA, path), 403);
        assert_eq!(status("admin@example.com", path), 403);
        assert_eq!(Client::new(&app).get(path).status, 401);
    }
    assert_eq!(status("hr@example.com", "/api/hr/overview"), 404, "nothing is published yet");
    assert_eq!(status("manager@example.com", "/api/hr/overview"), 404);
    for wrong in ["period=x", "department=-1", "from=yesterday", "to=2026-13-01"] {
        assert_eq!(status("hr@example.com", &format!("/api/hr/overview?{wrong}")), 400, "{wrong}");
    }
}

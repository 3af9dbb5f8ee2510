//! The log of the real binary at its most verbose level, while people submit personal
//! data: none of these may be in it.

use crate::{
    steps::between,
    support::{Browser, PASSWORD, TestDb, eventually},
};
use std::{
    fs::{self, File},
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
};

const ADDRESS: &str = "203.0.113.77";
const BROWSER: &str = "Peculiar-Browser/7";

/// A running `hearth serve`, ended with the test.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill(); // it may have ended by itself
        let _ = self.0.wait();
    }
}

fn serve(db: &TestDb, folder: &Path, bind: &str, format: &str) -> Served {
    let log = File::create(folder.join("log")).unwrap();
    let child = Command::new(env!("CARGO_BIN_EXE_hearth"))
        .arg("serve")
        .env_clear()
        .env("DATABASE_URL", &db.url)
        .env("HEARTH_BIND", bind)
        .env("HEARTH_DATA_DIR", folder)
        .env("HEARTH_SECRET_KEY", "a secret that only tests may know")
        .env("HEARTH_TRUSTED_PROXIES", "127.0.0.1")
        .env("HEARTH_LOG", "debug")
        .env("HEARTH_LOG_FORMAT", format)
        .stdin(Stdio::null())
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .spawn()
        .unwrap();
    Served(child)
}

/// Does everything that brings personal data in, and answers what must not be logged.
fn use_everything(base: &str, folder: &Path) -> Vec<String> {
    let browser = Browser::new(base);
    let from = [("X-Forwarded-For", ADDRESS), ("User-Agent", BROWSER)];
    let post = |path: &str, fields: &[(&str, &str)]| browser.post_with(path, fields, &from);
    let register = [
        ("email", "ada@example.com"),
        ("password", PASSWORD),
        ("name", "Ada Byron"),
        ("position", "Analyst"),
        ("department", "Engines"),
    ];
    let registered = post("/register", &register);
    assert_eq!(registered.status, 303, "{}", registered.body);
    let mut secrets = vec![registered.cookie("session").unwrap(), registered.cookie("device").unwrap()];
    assert_eq!(post("/register", &register).status, 422);
    assert_eq!(
        Browser::new(base)
            .post_with("/login", &[("email", "ada@example.com"), ("password", "wrong-guess-made")], &from)
            .status,
        422
    );
    assert_eq!(post("/assessments/consent", &[]).status, 303);
    let answers: Vec<_> = (0..20).map(|item| format!("answer_{item}")).collect();
    let mut fields: Vec<_> = answers.iter().map(|name| (name.as_str(), "5")).collect();
    assert_eq!(post("/assessments/draft", &fields).status, 303);
    fields.push(("idempotency_key", "key-of-this-form"));
    assert_eq!(post("/assessments", &fields).status, 303);
    assert_eq!(post("/pulse", &[("burnout", "91"), ("stress", "92"), ("productivity", "93")]).status, 303);
    assert_eq!(post("/profile", &[("name", "Augusta King"), ("position", "Countess")]).status, 303);
    let chat = post("/chats", &[("name", "Peculiar Chat"), ("color", "sage")]).location().to_owned();
    let said = [("user_message", "Nobody reads this"), ("reader", "library")];
    assert_eq!(post(&format!("{chat}/messages"), &said).status, 303);
    assert_eq!(post(&format!("{chat}/messages"), &[("user_message", "I want to die")]).status, 303);
    let details = [("gender", "other"), ("profession", "other"), ("interests", "Secret-Hobby"), ("phone", "+999-111")];
    assert_eq!(post("/profile/details", &details).status, 303);
    for path in ["/library?q=wanted-words", "/chats?q=wanted-words", "/privacy/export.zip"] {
        assert_eq!(browser.get(path).status, 200);
    }
    for path in ["/library", "/chats/search"] {
        assert_eq!(post(path, &[("q", "wanted-words")]).status, 200);
    }
    let token = post("/api/auth/token", &[("username", "ada@example.com"), ("password", PASSWORD)]).body;
    let token = between(&token, "\"access_token\":\"", "\"")[0].to_owned();
    assert_eq!(browser.get_with("/api/auth/me", &[("Authorization", &format!("Bearer {token}"))]).status, 200);
    secrets.push(format!("token={token};"));
    for path in ["/dashboard", "/history", "/privacy", "/profile", "/recommendations", "/nowhere/ada@example.com"] {
        browser.get_with(path, &from);
    }
    assert_eq!(post("/password/forgot", &[("email", "ada@example.com")]).status, 200);
    let mail = eventually("the mail", || {
        let entries = fs::read_dir(folder.join("outbox")).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
        let mut texts = entries.filter_map(|path| fs::read_to_string(path).ok());
        texts.find(|text| text.contains("/password/reset/") && text.contains("need not do anything"))
    });
    let mail = mail.replace("=\r\n", "");
    let token = between(&mail, "/password/reset/", "\r\n")[0].to_owned();
    assert_eq!(token.len(), 64);
    assert_eq!(browser.get(&format!("/password/reset/{token}")).status, 200);
    assert_eq!(post(&format!("/password/reset/{token}"), &[("password", "seven-lamps-at-dusk")]).status, 303);
    let login = post(
        "/login",
        &[("email", "ada@example.com"), ("password", "seven-lamps-at-dusk"), ("next", "/history?before=secret")],
    );
    assert_eq!(login.status, 303);
    secrets.push(login.cookie("session").unwrap());
    let values = secrets.iter().map(|cookie| between(cookie, "=", ";")[0].to_owned());
    values.chain([token]).collect()
}

fn log_of(format: &str) -> (String, Vec<String>) {
    let (db, folder) = (TestDb::new(), tempfile::tempdir().unwrap());
    let bind = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let served = serve(&db, folder.path(), &bind, format);
    let log = || fs::read_to_string(folder.path().join("log")).unwrap();
    eventually("the server to listen", || std::net::TcpStream::connect(&bind).ok());
    let secrets = use_everything(&format!("http://{bind}"), folder.path());
    eventually("the last request in the log", || log().contains("/login").then_some(()));
    drop(served);
    (log(), secrets)
}

#[test]
fn the_log_names_statements_and_routes_but_nobody_and_nothing_they_said() {
    for format in ["text", "json"] {
        let (log, secrets) = log_of(format);
        for shown in ["/password/reset/{token}", "UPDATE", "SELECT", "INSERT INTO", "sign_ins", "$1"] {
            assert!(log.contains(shown), "{format}: {shown} is missing, so this test sees nothing:\n{log}");
        }
        let said = [
            "ada@example",
            "Ada Byron",
            "Augusta",
            "Countess",
            "Analyst",
            "Engines",
            PASSWORD,
            "wrong-guess",
            "seven-lamps",
            ADDRESS,
            BROWSER,
            "key-of-this-form",
            "$2b$",
            "only tests may know",
            "before=secret",
            "Peculiar Chat",
            "Nobody reads",
            "want to die",
            "Secret-Hobby",
            "+999",
            "wanted-words",
            "binds",
        ];
        for personal in said.into_iter().chain(secrets.iter().map(String::as_str)) {
            let line = log.lines().find(|line| line.contains(personal));
            assert_eq!(line, None, "{format}: {personal}");
        }
    }
}

#[test]
fn asvs_16_3_2_who_was_refused_stands_in_the_log_by_number_with_what_they_needed() {
    let (db, folder) = (TestDb::new(), tempfile::tempdir().unwrap());
    let bind = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let served = serve(&db, folder.path(), &bind, "json");
    let log = || fs::read_to_string(folder.path().join("log")).unwrap();
    eventually("the server to listen", || std::net::TcpStream::connect(&bind).ok());
    let base = format!("http://{bind}");
    let (ada, stranger) = (Browser::new(&base), Browser::new(&base));
    let person = [("email", "ada@example.com"), ("password", PASSWORD), ("name", "Ada Byron")];
    assert_eq!(ada.post("/register", &person).status, 303);
    let token = ada.post("/api/auth/token", &[("username", "ada@example.com"), ("password", PASSWORD)]).body;
    let bearer = format!("Bearer {}", between(&token, "\"access_token\":\"", "\"")[0]);
    let bearer = [("Authorization", bearer.as_str())];
    let asked = [
        (ada.get("/admin/audit?actor=77").status, 403, "/admin/audit", "view_audit", "forbidden"),
        (ada.get("/hr").status, 403, "/hr", "view_company_insights|view_team_insights", "forbidden"),
        (ada.post("/hr/campaigns", &[]).status, 403, "/hr/campaigns", "manage_campaigns", "forbidden"),
        (
            ada.get_with("/api/hr/overview", &bearer).status,
            403,
            "/api/hr/overview",
            "view_company_insights|view_team_insights",
            "forbidden",
        ),
        (ada.get("/chats/77").status, 404, "/chats/{id:[0-9]{1,18}}", "", "nothing there for this person"),
        (ada.get_with("/api/chats/77", &bearer).status, 404, "/api/chats/{id:[0-9]{1,18}}", "", "nothing there"),
        (stranger.get("/hr/employees").status, 303, "/hr/employees", "manage_employees", "not signed in"),
        (stranger.get("/api/auth/me").status, 401, "/api/auth/me", "", "not signed in"),
        (stranger.post_with("/pulse", &[], &[("Origin", "null")]).status, 403, "/pulse", "", "another site"),
    ];
    eventually("the last request in the log", || log().contains("another site").then_some(()));
    drop(served);
    let log = log();
    let refusals: Vec<serde_json::Value> =
        log.lines().filter(|line| line.contains("refused")).map(|line| serde_json::from_str(line).unwrap()).collect();
    for (status, expected, route, needs, why) in asked {
        assert_eq!(status, expected, "{route}");
        let about = |line: &&serde_json::Value| line["fields"]["route"] == route;
        let line = refusals.iter().find(about).unwrap_or_else(|| panic!("nothing on {route} in {log}"));
        let fields = &line["fields"];
        assert_eq!((fields["needs"].as_str().unwrap(), &line["level"]), (needs, &"WARN".into()), "{route}");
        assert!(fields["why"].as_str().unwrap().starts_with(why), "{route}: {fields}");
        let known = !matches!(why, "not signed in" | "another site");
        assert_eq!(fields["user"].is_i64(), known, "{route}: {fields}");
        assert!(line["span"]["id"].is_string(), "{route}: found again by the id of the answer");
    }
    assert_eq!(refusals.len(), 9, "nobody else was refused");
    for personal in ["ada@example", "Ada Byron", "actor=77", bearer[0].1] {
        assert_eq!(log.lines().find(|line| line.contains(personal)), None, "{personal}");
    }
}

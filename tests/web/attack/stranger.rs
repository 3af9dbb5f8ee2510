//! Somebody registers at a company that they know nothing about, uses everything they
//! can reach, and compares the answers with those they would have got if others had
//! done and answered other things. They are the same, byte for byte: no number, order
//! or size reveals rows that are not theirs.

use crate::{
    steps::{app_at, between, key_of},
    support::{Answer, Browser, PASSWORD, TestApp, api::Client},
};
use chrono::TimeDelta;
use serde_json::{Value, json};
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// Choices that come out alike for the same seed (Knuth's constants).
struct Choices(u64);

impl Choices {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// The others of a company, who do as their seed says.
struct Others<'a> {
    app: &'a TestApp,
    choices: Choices,
    people: Vec<(String, Browser)>,
}

impl<'a> Others<'a> {
    fn new(app: &'a TestApp, seed: u64) -> Self {
        let mut others = Self { app, choices: Choices(seed), people: Vec::new() };
        for _ in 0..=others.choices.below(2) {
            others.register();
        }
        others
    }

    fn register(&mut self) {
        let email = format!("other-{}@example.com", self.people.len());
        let person = self.app.register_and_agree(&email);
        self.people.push((email, person));
    }

    /// Some of them do something.
    fn act(&mut self) {
        for _ in 0..self.choices.below(4) {
            let place = self.choices.below(self.people.len() as u64) as usize;
            let (act, value) = (self.choices.below(11), 1 + self.choices.below(5) as i32);
            let email = self.people[place].0.clone();
            let person = &self.people[place].1;
            match act {
                0 if self.people.len() < 4 => self.register(),
                1 | 2 => {
                    person.submit_all(value, &format!("{value}-{}", self.choices.below(1_000_000)));
                }
                3 => {
                    let chat = person.post("/chats", &[("name", "Evenings"), ("color", "sage")]);
                    let said = [("user_message", "How do I sleep?"), ("reader", "library")];
                    assert_eq!(person.post(&format!("{}/messages", chat.location()), &said).status, 303);
                }
                4 => {
                    person.post("/support", &[("message", "Can we talk?")]);
                    let sent = person.get("/privacy").body;
                    let sent = between(&sent, "action=\"/support/", "\"");
                    if let Some(path) = sent.first().filter(|_| value > 2) {
                        assert_eq!(person.post(&format!("/support/{path}"), &[]).status, 303);
                    }
                }
                5 => {
                    Client::signed_in(self.app, &email);
                }
                6 => {
                    let pulse = (value * 20).to_string();
                    person.post("/pulse", &[("burnout", &pulse), ("stress", &pulse), ("productivity", &pulse)]);
                }
                7 => {
                    let open = person.get("/recommendations").body;
                    if let Some(path) = between(&open, "action=\"/recommendations/", "\"").first() {
                        assert_eq!(person.post(&format!("/recommendations/{path}"), &[]).status, 303);
                    }
                }
                8 => {
                    person.post("/assessments/draft", &[("answer_0", &value.to_string())]);
                }
                9 => {
                    let chats = person.get("/chats").body;
                    if let Some(path) = between(&chats, "href=\"/chats/", "\"").first() {
                        person.post(&format!("/chats/{path}/delete"), &[]);
                    }
                }
                _ => {
                    let details = [("gender", "other"), ("profession", "other"), ("interests", "Hills")];
                    person.post("/profile/details", &details);
                }
            }
        }
    }
}

/// What the stranger got, with what is random by design left out.
struct Seen<'a> {
    others: Others<'a>,
    /// The stranger's own opaque number, once it is known.
    me: Option<String>,
    all: Vec<(String, String)>,
}

impl Seen<'_> {
    fn page(&mut self, what: &str, answer: &Answer) {
        let mut headers: Vec<String> = answer
            .headers
            .iter()
            // The length says what the body does; the time is that of the machine.
            .filter(|(name, _)| !["date", "content-length", "set-cookie", "x-request-id"].contains(&name.as_str()))
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
            .collect();
        headers.sort();
        let cookies = answer.headers.get_all("set-cookie").iter();
        headers.extend(cookies.map(|cookie| cookie.to_str().unwrap().split('=').next().unwrap().to_owned()));
        self.keep(what, &format!("{}\n{}\n{}", answer.status, headers.join("\n"), answer.body));
    }

    fn json(&mut self, what: &str, status: u16, body: &Value) {
        self.keep(what, &format!("{status}\n{body:#}"));
    }

    fn keep(&mut self, what: &str, text: &str) {
        let text = self.blank(text);
        self.all.push((what.to_owned(), text));
        self.others.act();
    }

    /// Without tokens, this test's own address, the stranger's number, and the
    /// moments that the database took from the machine's clock.
    fn blank(&self, text: &str) -> String {
        let mut text = text.replace(&self.others.app.base, "http://hearth.example");
        if let Some(me) = &self.me {
            text = text.replace(me, "my-number");
        }
        let moment = chrono::DateTime::<chrono::Utc>::from(std::time::SystemTime::now());
        for day in [moment - TimeDelta::days(1), moment] {
            let written = day.format("%-d %B %Y, ").to_string();
            while let Some(start) = text.find(&written) {
                let end = start + written.len() + "18:36".len();
                text.replace_range(start..end, "now");
            }
            let day = day.format("%Y-%m-%dT").to_string();
            while let Some(start) = text.find(&day) {
                let rest = &text[start..];
                let end = rest.find(['"', ',', '\r', '\n']).unwrap_or(rest.len());
                text.replace_range(start..start + end, "now");
            }
        }
        without_tokens(&text)
    }
}

/// Every run of 22 and more letters, digits, hyphens and underscores that holds
/// both letters and digits, as tokens do, becomes one word.
fn without_tokens(text: &str) -> String {
    let is_part = |sign: char| sign.is_ascii_alphanumeric() || sign == '-' || sign == '_';
    let mut out = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|sign: char| !is_part(sign)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let looks_random = word.len() >= 22
            && word.bytes().any(|byte| byte.is_ascii_digit())
            && word.bytes().any(|byte| byte.is_ascii_alphabetic());
        out.push_str(if looks_random { "token" } else { word });
        let next = after.chars().next().map_or(0, char::len_utf8);
        out.push_str(&after[..next]);
        rest = &after[next..];
    }
    out
}

const EMAIL: &str = "stranger@example.com";

/// Pages that a stranger opens, with numbers that may be somebody's.
const PAGES: [&str; 34] = [
    "/",
    "/promise",
    "/help",
    "/dashboard",
    "/assessments/new",
    "/assessments/1",
    "/assessments/2",
    "/assessments/3",
    "/history",
    "/history.csv",
    "/recommendations",
    "/library",
    "/library?q=sleep",
    "/library/1",
    "/library/60",
    "/chats",
    "/chats?q=sleep",
    "/chats/1",
    "/chats/2",
    "/chats/3",
    "/support",
    "/support?result=1",
    "/support?result=3",
    "/profile",
    "/profile/avatar",
    "/privacy",
    "/privacy/erase",
    "/hr",
    "/hr/support",
    "/hr/employees",
    "/admin/users",
    "/admin/audit",
    "/login",
    "/register",
];

const API: [&str; 19] = [
    "/api/auth/me",
    "/api/auth/verify",
    "/api/openapi.json",
    "/api/assessment/questions",
    "/api/assessment/history",
    "/api/assessment/history?before=2",
    "/api/assessment/history?before=9",
    "/api/assessment/1",
    "/api/assessment/2",
    "/api/assessment/3",
    "/api/recommendations",
    "/api/recommendations/1",
    "/api/recommendations/20",
    "/api/dashboard/metrics",
    "/api/dashboard/summary",
    "/api/chats",
    "/api/chats/1",
    "/api/chats/2",
    "/api/hr/overview",
];

/// Everything that a stranger gets at a company whose others follow `seed`.
fn stranger_sees(seed: u64) -> Vec<(String, String)> {
    let app = app_at("2026-03-10T10:00:00Z");
    let mut others = Others::new(&app, seed);
    (0..6).for_each(|_| others.act());
    app.advance(TimeDelta::minutes(2));
    let mut seen = Seen { others, me: None, all: Vec::new() };
    let browser = app.browser();
    let fields = [
        ("email", EMAIL),
        ("password", PASSWORD),
        ("name", "Stranger"),
        ("position", "Guest"),
        ("department", "Sales"),
    ];
    seen.page("registering", &browser.post("/register", &fields));
    let token = Client::new(&app).post("/api/auth/token", &json!({ "email": EMAIL, "password": PASSWORD }));
    seen.me = Some(token.body["user"]["id"].to_string());
    seen.json("a token", token.status, &token.body);
    let mut client = Client::new(&app);
    client.token = Some(token.body["access_token"].as_str().unwrap().to_owned());
    look(&mut seen, &browser, &client, "at first");
    write(&mut seen, &app, &browser);
    let submitted = client.post("/api/assessment/submit", &json!({ "answers": all(2) }));
    seen.json("a check-up by API", submitted.status, &submitted.body);
    let chat = client.post("/api/chats", &json!({ "name": "By API" }));
    seen.json("a conversation by API", chat.status, &chat.body);
    let said = client.post("/api/chats/2/messages", &json!({ "user_message": "How do I rest?" }));
    seen.json("a message by API", said.status, &said.body);
    look(&mut seen, &browser, &client, "in the end");
    let (status, _, archive) = browser.download("/privacy/export.zip");
    assert_eq!(status, 200);
    for (name, content) in files(&archive) {
        seen.keep(&name, &content);
    }
    seen.page("signing out", &browser.post("/logout", &[]));
    seen.all
}

fn all(value: i32) -> Value {
    (0..20).map(|item| (item.to_string(), Value::from(value))).collect::<serde_json::Map<_, _>>().into()
}

fn look(seen: &mut Seen<'_>, browser: &Browser, client: &Client, when: &str) {
    for path in PAGES {
        seen.page(&format!("{path} {when}"), &browser.get(path));
    }
    for path in API {
        let said = client.get(path);
        seen.json(&format!("{path} {when}"), said.status, &said.body);
    }
}

/// Everything that a person can write, once.
fn write(seen: &mut Seen<'_>, app: &TestApp, browser: &Browser) {
    seen.page("agreeing", &browser.post("/assessments/consent", &[]));
    seen.page("half-filled", &browser.post("/assessments/draft", &[("answer_0", "4")]));
    let form = browser.get("/assessments/new");
    seen.page("the form", &form);
    seen.page("a check-up", &browser.submit_all(4, &key_of(&form.body)));
    app.advance(TimeDelta::minutes(1));
    for (path, fields) in [
        ("/recommendations/1/complete", &[][..]),
        ("/recommendations/1/incomplete", &[]),
        ("/recommendations/2/complete", &[]),
        ("/recommendations/9/complete", &[]),
        ("/pulse", &[("burnout", "40"), ("stress", "50"), ("productivity", "60")]),
        ("/chats", &[("name", "Evenings"), ("color", "sage")]),
        ("/chats/1/messages", &[("user_message", "How do I sleep?"), ("reader", "library")]),
        ("/chats/2/messages", &[("user_message", "How do I sleep?"), ("reader", "library")]),
        ("/support", &[("message", "Can we talk?"), ("share_result", "yes"), ("result", "1")]),
        ("/support/1/withdraw", &[]),
        ("/support/2/withdraw", &[]),
        ("/support", &[("message", "Can we talk after all?")]),
        ("/privacy/devices/2/sign-out", &[]),
        ("/privacy/devices/3/sign-out", &[]),
        ("/profile/details", &[("gender", "other"), ("profession", "other"), ("interests", "Hills")]),
    ] {
        if path == "/privacy/devices/2/sign-out" {
            let _ = Client::signed_in(app, EMAIL); // the third one
            continue;
        }
        seen.page(path, &browser.post(path, fields));
    }
}

fn files(archive: &[u8]) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(archive)).unwrap();
    (0..archive.len())
        .map(|place| {
            let mut file = archive.by_index(place).unwrap();
            let mut content = String::new();
            file.read_to_string(&mut content).unwrap();
            (file.name().to_owned(), content)
        })
        .collect()
}

#[test]
fn a_stranger_sees_the_same_whatever_others_did_and_answered() {
    for round in 0..3 {
        let (one, other) = (stranger_sees(100 + round), stranger_sees(200 + round));
        let names = |seen: &[(String, String)]| seen.iter().map(|(what, _)| what.clone()).collect::<Vec<_>>();
        let (mine, theirs) = (names(&one), names(&other));
        let apart = mine.iter().zip(&theirs).find(|(mine, theirs)| mine != theirs);
        assert!(
            apart.is_none() && mine.len() == theirs.len(),
            "{apart:?}, {:?} {:?}",
            &mine[mine.len() - 12..],
            &theirs[theirs.len() - 12..]
        );
        for ((what, one), (_, other)) in one.iter().zip(&other) {
            assert!(one == other, "round {round}, {what}:\n{}", difference(one, other));
        }
    }
}

/// The first lines that differ.
fn difference(one: &str, other: &str) -> String {
    let mut pairs = one.lines().zip(other.lines()).filter(|(one, other)| one != other);
    pairs.next().map_or("one of them is longer".to_owned(), |(one, other)| format!("{one}\n{other}"))
}

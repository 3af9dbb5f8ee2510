//! Access control for every route in `src/app/routes.rs`: signed out, signed in, and
//! with the id of another person's row. A new route needs a rule here.

use crate::{
    steps::{between, sign_in},
    support::{Answer, Browser, TestApp, api::Client},
};
use hearth::urls;
use std::collections::BTreeSet;

/// What somebody without a sign-in gets.
#[derive(Clone, Copy, Debug)]
enum Stranger {
    /// This status: the page is open to all.
    Open(u16),
    /// The sign-in page, and from there back to a page.
    SignIn,
}
use Stranger::{Open, SignIn};

type Fields = &'static [(&'static str, &'static str)];

/// Method, pattern, what a stranger gets, what a signed-in person gets, fields of the form.
/// `{ada's …}` of the pattern is the number of one of Ada's rows.
const RULES: &[(&str, &str, Stranger, u16, Fields)] = &[
    ("GET", "/", Open(200), 303, &[]),
    ("GET", "/promise", Open(200), 200, &[]),
    ("GET", "/api/docs", Open(200), 200, &[]),
    ("GET", "/help", Open(200), 200, &[]),
    ("GET", "/.well-known/security.txt", Open(404), 404, &[]),
    ("GET", "/health", Open(200), 200, &[]),
    ("GET", "/ready", Open(200), 200, &[]),
    ("POST", "/language", Open(303), 303, &[("language", "en")]),
    ("GET", "/login", Open(200), 303, &[]),
    ("POST", "/login", Open(422), 422, &[]),
    ("GET", "/code", Open(200), 200, &[]),
    ("POST", "/code", Open(422), 422, &[]),
    ("POST", "/logout", Open(303), 303, &[]),
    ("GET", "/register", Open(200), 303, &[]),
    ("POST", "/register", Open(422), 422, &[]),
    ("GET", "/password/forgot", Open(200), 200, &[]),
    ("POST", "/password/forgot", Open(422), 422, &[]),
    ("GET", "/password/reset/{token}", Open(404), 404, &[]),
    ("POST", "/password/reset/{token}", Open(404), 404, &[("password", "seven lamps at dusk")]),
    ("GET", "/profile", SignIn, 200, &[]),
    ("POST", "/profile", SignIn, 303, &[("name", "Somebody Else")]),
    ("POST", "/profile/password", SignIn, 422, &[]),
    ("POST", "/profile/email", SignIn, 422, &[]),
    ("GET", "/profile/email/{token}", Open(404), 404, &[]),
    ("POST", "/profile/email/{token}", Open(404), 404, &[]),
    ("POST", "/profile/address", SignIn, 303, &[]),
    ("GET", "/profile/address/{token}", Open(404), 404, &[]),
    ("POST", "/profile/address/{token}", Open(404), 404, &[]),
    ("GET", "/profile/avatar", SignIn, 404, &[]),
    ("POST", "/profile/avatar", SignIn, 422, &[]),
    ("POST", "/profile/avatar/delete", SignIn, 303, &[]),
    ("POST", "/profile/details", SignIn, 303, &[("gender", "other"), ("profession", "other")]),
    ("POST", "/profile/details/clear", SignIn, 303, &[]),
    ("GET", "/privacy", SignIn, 200, &[]),
    ("GET", "/privacy/export.zip", SignIn, 200, &[]),
    ("POST", "/privacy/export.zip", SignIn, 200, &[]),
    ("GET", "/privacy/erase", SignIn, 200, &[]),
    ("POST", "/privacy/erase", SignIn, 422, &[]),
    ("POST", "/privacy/erase/cancel", SignIn, 303, &[]),
    ("POST", "/privacy/devices/sign-out", SignIn, 303, &[]),
    ("POST", "/privacy/devices/{id:[0-9]{1,18}}/sign-out", SignIn, 303, &[]),
    ("POST", "/privacy/consents/withdraw", SignIn, 303, &[]),
    ("GET", "/dashboard", SignIn, 200, &[]),
    ("POST", "/pulse", SignIn, 303, &[("burnout", "40"), ("stress", "50"), ("productivity", "60")]),
    ("GET", "/assessments/new", SignIn, 200, &[]),
    ("POST", "/assessments/consent", SignIn, 303, &[]),
    ("POST", "/assessments/draft", SignIn, 303, &[("answer_0", "3")]),
    ("POST", "/assessments", SignIn, 422, &[]),
    ("GET", "/assessments/{id:[0-9]{1,18}}", SignIn, 200, &[]),
    ("GET", "/history", SignIn, 200, &[]),
    ("GET", "/history.csv", SignIn, 200, &[]),
    ("GET", "/recommendations", SignIn, 200, &[]),
    ("POST", "/recommendations/{id:[0-9]{1,18}}/complete", SignIn, 303, &[]),
    ("POST", "/recommendations/{id:[0-9]{1,18}}/incomplete", SignIn, 303, &[]),
    ("GET", "/library", SignIn, 200, &[]),
    ("POST", "/library", SignIn, 200, &[("q", "sleep")]),
    ("GET", "/library/{id:[0-9]{1,18}}", SignIn, 200, &[]),
    ("GET", "/chats", SignIn, 200, &[]),
    ("POST", "/chats", SignIn, 303, &[("name", "Sleep"), ("color", "#74467a")]),
    ("POST", "/chats/search", SignIn, 200, &[("q", "sleep")]),
    ("POST", "/chats/agreement", SignIn, 303, &[("reader", "library")]),
    ("GET", "/chats/{id:[0-9]{1,18}}", SignIn, 200, &[]),
    ("POST", "/chats/{id:[0-9]{1,18}}", SignIn, 303, &[("name", "Rest"), ("color", "#74467a")]),
    ("POST", "/chats/{id:[0-9]{1,18}}/messages", SignIn, 303, &[("user_message", "How?"), ("reader", "library")]),
    ("POST", "/chats/{id:[0-9]{1,18}}/messages/{message:[0-9]{1,18}}/answer", SignIn, 303, &[]),
    ("POST", "/chats/{id:[0-9]{1,18}}/delete", SignIn, 303, &[]),
    ("GET", "/support", SignIn, 200, &[]),
    ("POST", "/support", SignIn, 303, &[("message", "Please call me.")]),
    ("POST", "/support/{id:[0-9]{1,18}}/withdraw", SignIn, 303, &[]),
];

/// Method, pattern, the roles that get it, what they get, fields of the form.
/// Everyone else who is signed in gets 403. `{id…}` is a number that no row has,
/// so a page of one row is 404 for who may see it.
const STAFF: &[(&str, &str, &[&str], u16, Fields)] = &[
    ("GET", "/hr", &["manager", "hr"], 200, &[]),
    ("GET", "/hr/export.csv", &["manager", "hr"], 404, &[]),
    ("GET", "/hr/export.xlsx", &["manager", "hr"], 404, &[]),
    ("GET", "/hr/departments", &["manager", "hr"], 200, &[]),
    ("POST", "/hr/departments", &["hr"], 422, &[]),
    ("GET", "/hr/departments/{id:[0-9]{1,18}}", &["manager", "hr"], 404, &[]),
    ("POST", "/hr/departments/{id:[0-9]{1,18}}", &["hr"], 404, &[("name", "Sales")]),
    ("GET", "/hr/departments/{id:[0-9]{1,18}}/edit", &["hr"], 404, &[]),
    ("POST", "/hr/departments/{id:[0-9]{1,18}}/delete", &["hr"], 404, &[]),
    ("POST", "/hr/departments/{id:[0-9]{1,18}}/actions", &["manager", "hr"], 404, &[("what", "Rest")]),
    ("POST", "/hr/actions/{id:[0-9]{1,18}}", &["manager", "hr"], 404, &[("what", "Rest")]),
    ("GET", "/hr/actions/{id:[0-9]{1,18}}/edit", &["manager", "hr"], 404, &[]),
    ("POST", "/hr/actions/{id:[0-9]{1,18}}/done", &["manager", "hr"], 404, &[]),
    ("POST", "/hr/actions/{id:[0-9]{1,18}}/reopen", &["manager", "hr"], 404, &[]),
    ("POST", "/hr/actions/{id:[0-9]{1,18}}/delete", &["manager", "hr"], 404, &[]),
    ("GET", "/hr/campaigns", &["hr"], 200, &[]),
    ("POST", "/hr/campaigns", &["hr"], 422, &[]),
    ("GET", "/hr/campaigns/new", &["hr"], 200, &[]),
    ("GET", "/hr/campaigns/{id:[0-9]{1,18}}", &["hr"], 404, &[]),
    ("POST", "/hr/campaigns/{id:[0-9]{1,18}}", &["hr"], 404, &[]),
    ("POST", "/hr/campaigns/{id:[0-9]{1,18}}/delete", &["hr"], 404, &[]),
    ("POST", "/hr/campaigns/{id:[0-9]{1,18}}/open", &["hr"], 404, &[]),
    ("POST", "/hr/campaigns/{id:[0-9]{1,18}}/remind", &["hr"], 404, &[]),
    ("POST", "/hr/campaigns/{id:[0-9]{1,18}}/people", &["hr"], 404, &[("person_name", "Ivo Stone")]),
    ("POST", "/hr/campaigns/{id:[0-9]{1,18}}/codes", &["hr"], 404, &[]),
    ("GET", "/hr/campaigns/{id:[0-9]{1,18}}/close", &["hr"], 404, &[]),
    ("POST", "/hr/campaigns/{id:[0-9]{1,18}}/close", &["hr"], 404, &[]),
    ("GET", "/hr/instruments", &["hr"], 200, &[]),
    ("POST", "/hr/instruments", &["hr"], 422, &[]),
    ("GET", "/hr/instruments/{id:[0-9]{1,18}}", &["hr"], 404, &[]),
    ("GET", "/hr/instruments/{id:[0-9]{1,18}}/preview", &["hr"], 404, &[]),
    ("POST", "/hr/instruments/{id:[0-9]{1,18}}/attest", &["hr"], 404, &[("holder", "Kiln Ltd"), ("held", "yes")]),
    ("GET", "/hr/library", &["hr"], 200, &[]),
    ("POST", "/hr/library", &["hr"], 422, &[("action", "publish")]),
    ("GET", "/hr/library/new", &["hr"], 200, &[]),
    ("GET", "/hr/library/{id:[0-9]{1,18}}", &["hr"], 404, &[]),
    ("POST", "/hr/library/{id:[0-9]{1,18}}", &["hr"], 404, &[("action", "draft")]),
    ("POST", "/hr/library/{id:[0-9]{1,18}}/delete", &["hr"], 404, &[]),
    ("GET", "/hr/support", &["hr"], 200, &[]),
    ("GET", "/hr/support/{id:[0-9]{1,18}}", &["hr"], 404, &[]),
    ("POST", "/hr/support/{id:[0-9]{1,18}}/answer", &["hr"], 404, &[("answer", "Come and see me.")]),
    ("POST", "/hr/support/{id:[0-9]{1,18}}/close", &["hr"], 404, &[]),
    ("GET", "/hr/employees", &["hr"], 200, &[]),
    ("POST", "/hr/employees", &["hr"], 200, &[("q", "ada")]),
    ("GET", "/hr/employees/new", &["hr"], 200, &[]),
    ("POST", "/hr/employees/new", &["hr"], 422, &[]),
    ("GET", "/hr/employees/import", &["hr"], 200, &[]),
    ("POST", "/hr/employees/import", &["hr"], 400, &[]),
    ("GET", "/hr/employees/import/{id:[0-9]{1,18}}", &["hr"], 404, &[]),
    ("POST", "/hr/employees/import/{id:[0-9]{1,18}}", &["hr"], 404, &[]),
    ("POST", "/hr/employees/import/{id:[0-9]{1,18}}/columns", &["hr"], 404, &[]),
    ("GET", "/hr/employees/import/template.csv", &["hr"], 200, &[]),
    ("GET", "/hr/employees/import/template.xlsx", &["hr"], 200, &[]),
    ("GET", "/hr/employees/archived", &["hr"], 200, &[]),
    ("POST", "/hr/employees/archived/{id:[0-9]{1,18}}/restore", &["hr"], 404, &[]),
    ("GET", "/hr/employees/{id:[0-9]{1,18}}/archive", &["hr"], 404, &[]),
    ("POST", "/hr/employees/{id:[0-9]{1,18}}/archive", &["hr"], 404, &[]),
    ("GET", "/hr/employees/{id:[0-9]{1,18}}", &["hr"], 404, &[]),
    ("POST", "/hr/employees/{id:[0-9]{1,18}}/confirm", &["hr"], 404, &[]),
    ("POST", "/hr/employees/{id:[0-9]{1,18}}/transfer", &["hr"], 404, &[]),
    ("POST", "/hr/employees/{id:[0-9]{1,18}}/invite", &["hr"], 404, &[]),
    // administration
    ("GET", "/admin/users", &["admin"], 200, &[]),
    ("POST", "/admin/users", &["admin"], 200, &[("q", "ada")]),
    ("GET", "/admin/users/{id:[0-9]{1,18}}", &["admin"], 404, &[]),
    ("POST", "/admin/users/{id:[0-9]{1,18}}/roles/{role:[0-9]{1,18}}/give", &["admin"], 404, &[]),
    ("POST", "/admin/users/{id:[0-9]{1,18}}/roles/{role:[0-9]{1,18}}/take", &["admin"], 404, &[]),
    ("GET", "/admin/roles", &["admin"], 200, &[]),
    ("POST", "/admin/roles", &["admin"], 422, &[]),
    ("GET", "/admin/roles/{id:[0-9]{1,18}}", &["admin"], 404, &[]),
    ("POST", "/admin/roles/{id:[0-9]{1,18}}", &["admin"], 404, &[]),
    ("POST", "/admin/roles/{id:[0-9]{1,18}}/delete", &["admin"], 404, &[]),
    ("GET", "/admin/audit", &["admin"], 200, &[]),
    ("POST", "/admin/users/{id:[0-9]{1,18}}/sign-out", &["admin"], 404, &[]),
    ("POST", "/admin/users/sign-out", &["admin"], 303, &[]), // the last: it ends the others
];

/// Method, pattern, whether it needs a token, the roles that get it, what they
/// get, the body. An id is one of a row of Ada's, who is none of them.
const API: &[(&str, &str, bool, &[&str], u16, &str)] = &[
    ("GET", "/api/openapi.json", false, &ROLES, 200, ""),
    ("POST", "/api/auth/register", false, &ROLES, 400, "{}"),
    ("POST", "/api/auth/token", false, &ROLES, 400, "{}"),
    ("GET", "/api/auth/me", true, &ROLES, 200, ""),
    ("GET", "/api/auth/verify", true, &ROLES, 200, ""),
    ("GET", "/api/assessment/questions", false, &ROLES, 200, ""),
    ("POST", "/api/assessment/submit", true, &ROLES, 400, "{}"),
    ("GET", "/api/assessment/history", true, &ROLES, 200, ""),
    ("GET", "/api/assessment/{id:[0-9]{1,18}}", true, &ROLES, 404, ""),
    ("GET", "/api/recommendations", true, &ROLES, 200, ""),
    ("GET", "/api/recommendations/{id:[0-9]{1,18}}", true, &ROLES, 404, ""),
    ("POST", "/api/recommendations/{id:[0-9]{1,18}}/complete", true, &ROLES, 404, ""),
    ("POST", "/api/recommendations/{id:[0-9]{1,18}}/incomplete", true, &ROLES, 404, ""),
    ("GET", "/api/dashboard/metrics", true, &ROLES, 200, ""),
    ("POST", "/api/dashboard/metrics", true, &ROLES, 400, "{}"),
    ("GET", "/api/dashboard/summary", true, &ROLES, 200, ""),
    ("POST", "/api/ai/chat", true, &ROLES, 400, "{}"),
    ("GET", "/api/chats", true, &ROLES, 200, ""),
    ("POST", "/api/chats", true, &ROLES, 400, "{}"),
    ("GET", "/api/chats/{id:[0-9]{1,18}}", true, &ROLES, 404, ""),
    ("POST", "/api/chats/{id:[0-9]{1,18}}/messages", true, &ROLES, 404, "{\"user_message\": \"Hi\"}"),
    ("GET", "/api/hr/overview", true, &["manager", "hr"], 404, ""),
    ("POST", "/api/auth/logout", true, &ROLES, 204, ""),
];

/// Every role that ships.
const ROLES: [&str; 4] = ["employee", "manager", "hr", "admin"];

/// Every method and pattern that stands in the URL table.
pub fn routes() -> BTreeSet<(String, String)> {
    let source = include_str!("../../src/app/routes.rs");
    let named: Vec<(usize, &str)> = source
        .match_indices("urls::")
        .filter_map(|(at, _)| {
            let name = source[at + "urls::".len()..].split(|c: char| !(c.is_ascii_uppercase() || c == '_')).next()?;
            Some((at, urls::ALL.iter().find(|(known, _)| *known == name)?.1))
        })
        .collect();
    assert_eq!(named.len(), urls::ALL.len(), "an address without a route, or one that this test cannot read");
    let ends = named.iter().skip(1).map(|(at, _)| *at).chain([source.len()]);
    let mut routes = BTreeSet::new();
    for ((start, address), end) in named.iter().zip(ends) {
        let (entry, pattern) = (&source[*start..end], address.replace('}', ":[0-9]{1,18}}"));
        let pattern = pattern.replace("{token:[0-9]{1,18}}", "{token}");
        let methods = ["get", "post", "put", "patch", "delete", "head"];
        let found: Vec<_> = methods
            .iter()
            .filter(|m| entry.contains(&format!("{m}().to(")) || entry.contains(&format!(".{m}(")))
            .collect();
        assert!(!found.is_empty(), "no method for {pattern}");
        routes.extend(found.into_iter().map(|method| (method.to_uppercase(), pattern.clone())));
    }
    routes
}

#[test]
fn every_route_has_a_rule_and_every_rule_a_route() {
    let own = RULES.iter().map(|rule| (rule.0, rule.1));
    let staff = STAFF.iter().map(|rule| (rule.0, rule.1));
    let rules: Vec<_> = own.chain(staff).chain(API.iter().map(|rule| (rule.0, rule.1))).collect();
    let count = rules.len();
    let rules: BTreeSet<_> = rules.into_iter().map(|(method, path)| (method.to_owned(), path.to_owned())).collect();
    let routes = routes();
    let difference: Vec<_> = routes.symmetric_difference(&rules).collect();
    assert!(difference.is_empty(), "{difference:?}");
    assert!(routes.len() >= 37 && rules.len() == count, "a rule stands twice");
}

fn ask(browser: &Browser, method: &str, path: &str, fields: Fields) -> Answer {
    match method {
        "GET" => browser.get(path),
        _ => browser.post(path, fields),
    }
}

/// Ada, who has done everything once, on two devices.
fn ada(app: &TestApp) -> Browser {
    let ada = app.register_and_agree("ada@example.com");
    ada.submit_all(4, "key");
    ada.post("/assessments/draft", &[("answer_0", "2")]);
    ada.post("/pulse", &[("burnout", "10"), ("stress", "20"), ("productivity", "30")]);
    ada.post("/support", &[("message", "Can we talk?")]);
    let chat = ada.post("/chats", &[("name", "Evenings"), ("color", "sage")]).location().to_owned();
    ada.post(&format!("{chat}/messages"), &[("user_message", "How do I sleep?"), ("reader", "library")]);
    app.execute("UPDATE recommendations SET completed_at = given_at WHERE id = (SELECT max(id) FROM recommendations)");
    sign_in(app, "ada@example.com");
    ada
}

/// The pattern with the number of one of Ada's rows, or a token that nobody has.
fn path(app: &TestApp, pattern: &str) -> String {
    let row = |sql: &str| app.number(sql).to_string();
    let path = match pattern {
        "/privacy/devices/{id:[0-9]{1,18}}/sign-out" => pattern.replace(
            "{id:[0-9]{1,18}}",
            &row("SELECT max(s.number) FROM sign_ins s JOIN users u ON u.id = user_id WHERE email LIKE 'ada@%'"),
        ),
        "/assessments/{id:[0-9]{1,18}}" => {
            pattern.replace("{id:[0-9]{1,18}}", &row("SELECT min(number) FROM assessments"))
        }
        "/recommendations/{id:[0-9]{1,18}}/complete" => pattern
            .replace("{id:[0-9]{1,18}}", &row("SELECT min(number) FROM recommendations WHERE completed_at IS NULL")),
        "/recommendations/{id:[0-9]{1,18}}/incomplete" => pattern.replace(
            "{id:[0-9]{1,18}}",
            &row("SELECT min(number) FROM recommendations WHERE completed_at IS NOT NULL"),
        ),
        pattern if pattern.starts_with("/chats/{id") => pattern
            .replace("{id:[0-9]{1,18}}", &row("SELECT min(number) FROM chats"))
            .replace("{message:[0-9]{1,18}}", &row("SELECT min(number) FROM messages")),
        "/library/{id:[0-9]{1,18}}" => {
            pattern.replace("{id:[0-9]{1,18}}", &row("SELECT min(id) FROM library_items WHERE audience = 'person'"))
        }
        "/support/{id:[0-9]{1,18}}/withdraw" => {
            pattern.replace("{id:[0-9]{1,18}}", &row("SELECT max(number) FROM support_requests"))
        }
        _ => pattern.replace("{token}", &"ab".repeat(32)),
    };
    assert!(!path.contains('{'), "{path} needs a row");
    path
}

/// Everything that is stored about Ada.
fn adas_rows(app: &TestApp) -> String {
    let of_ada = "user_id = (SELECT id FROM users WHERE email = 'ada@example.com')";
    let tables = [
        "sign_ins",
        "consents",
        "drafts",
        "assessments",
        "recommendations",
        "pulses",
        "account_links",
        "support_requests",
        "chats",
        "questions",
        "profiles",
        "avatars",
        "erasure_requests",
    ];
    let mut rows: Vec<_> = tables
        .iter()
        .map(|table| {
            format!("(SELECT coalesce(string_agg(t::text, ' ' ORDER BY t::text), '') FROM {table} t WHERE {of_ada})")
        })
        .collect();
    rows.push(
        "(SELECT coalesce(string_agg(u::text, ' '), '') FROM users u WHERE email = 'ada@example.com')".to_owned(),
    );
    app.text(&rows.join(" || ' ' || "))
}

#[test]
fn a_stranger_reaches_open_pages_and_is_led_to_the_sign_in_from_all_others() {
    let app = TestApp::spawn();
    ada(&app);
    let (before, stranger) = (adas_rows(&app), app.browser());
    for (method, pattern, expected, _, fields) in RULES {
        let path = path(&app, pattern);
        let answer = ask(&stranger, method, &path, fields);
        let to_sign_in = match *method {
            "GET" => format!("/login?next={}", path.replace('/', "%2F")),
            _ => "/login".to_owned(),
        };
        match expected {
            Open(status) => {
                assert_eq!(answer.status, *status, "{method} {path}");
                assert!(!answer.location().starts_with("/login"), "{method} {path}");
            }
            SignIn => assert_eq!((answer.status, answer.location()), (303, &*to_sign_in), "{method} {path}"),
        }
    }
    assert_eq!(adas_rows(&app), before, "a stranger changed something");
}

#[test]
fn the_places_of_staff_open_to_the_roles_that_work_there_and_to_nobody_else() {
    let app = TestApp::spawn();
    let browsers = ROLES.map(|role| (role, app.register_as(&format!("{role}@example.com"), role)));
    let stranger = app.browser();
    for (method, pattern, roles, status, fields) in STAFF {
        let path = numbered(pattern, "987654321");
        let to_sign_in = ask(&stranger, method, &path, fields);
        assert_eq!(to_sign_in.status, 303, "{method} {path} signed out");
        assert!(to_sign_in.location().starts_with("/login"), "{method} {path} signed out");
        for (role, browser) in &browsers {
            let expected = if roles.contains(role) { *status } else { 403 };
            assert_eq!(ask(browser, method, &path, fields).status, expected, "{method} {path} as {role}");
        }
    }
}

#[test]
fn the_api_opens_to_tokens_that_are_good_and_to_the_roles_that_may() {
    let app = TestApp::spawn();
    let browser = ada(&app);
    let hers = Client::signed_in(&app, "ada@example.com");
    let clients = ROLES.map(|role| {
        app.register_as(&format!("{role}@example.com"), role);
        (role, Client::signed_in(&app, &format!("{role}@example.com")))
    });
    let mut old = Client::signed_in(&app, "employee@example.com");
    app.execute("UPDATE sign_ins SET expires_at = created_at WHERE id = (SELECT max(id) FROM sign_ins)");
    let mut stranger = Client::new(&app);
    let before = adas_rows(&app);
    for (method, pattern, needs_token, roles, expected, body) in API {
        let table = pattern.split('/').nth(2).unwrap().replace("assessment", "assessments");
        let row = || app.number(&format!("SELECT min(number) FROM {table}")).to_string();
        let path = if pattern.contains("{id") { numbered(pattern, &row()) } else { (*pattern).to_owned() };
        let body = Some(*body).filter(|body| !body.is_empty());
        let ask = |client: &Client| client.send(method, &path, &[("Content-Type", "application/json")], body).status;
        if *needs_token {
            old.token.get_or_insert_default();
            stranger.token = Some("ab".repeat(32));
            assert_eq!((ask(&old), ask(&stranger)), (401, 401), "{method} {path}");
            stranger.token = None;
            let with_cookie = self::ask(&browser, method, &path, &[]);
            assert_eq!((ask(&stranger), with_cookie.status), (401, 401), "{method} {path}");
        } else {
            assert_eq!(ask(&stranger), *expected, "{method} {path}");
        }
        for (role, client) in &clients {
            let expected = if roles.contains(role) { *expected } else { 403 };
            assert_eq!(ask(client), expected, "{method} {path} as {role}");
        }
    }
    assert_eq!(hers.get("/api/auth/me").status, 200);
    assert_eq!(adas_rows(&app), before, "somebody changed something of Ada's");
}

/// Method and path of every page that only somebody signed in gets.
pub fn signed_in_only() -> Vec<(String, String)> {
    let own = RULES.iter().filter(|rule| matches!(rule.2, SignIn)).map(|rule| (rule.0, rule.1));
    let staff = STAFF.iter().map(|rule| (rule.0, rule.1));
    own.chain(staff)
        .map(|(method, pattern)| {
            let own_result = pattern.starts_with("/assessments/{id");
            (method.to_owned(), if own_result { pattern.to_owned() } else { numbered(pattern, "987654321") })
        })
        .collect()
}

/// A pattern with this number in place of its variables.
fn numbered(pattern: &str, number: &str) -> String {
    let mut path = String::new();
    let mut depth = 0;
    for letter in pattern.chars() {
        match letter {
            '{' => {
                depth += 1;
                path.push_str(if depth == 1 { number } else { "" });
            }
            '}' => depth -= 1,
            _ if depth == 0 => path.push(letter),
            _ => {}
        }
    }
    path
}

#[test]
fn a_signed_in_person_gets_every_page_and_write_of_their_own() {
    let app = TestApp::spawn();
    ada(&app);
    for (method, pattern, _, expected, fields) in RULES {
        let browser = sign_in(&app, "ada@example.com"); // some writes end the sign-in
        sign_in(&app, "ada@example.com"); // a device to be signed out
        let answer = ask(&browser, method, &path(&app, pattern), fields);
        assert_eq!(answer.status, *expected, "{method} {pattern}");
        assert!(!answer.location().starts_with("/login"), "{method} {pattern}");
    }
}

#[test]
fn the_rows_of_somebody_else_do_not_exist() {
    let app = TestApp::spawn();
    ada(&app);
    let bob = app.register_and_agree("bob@example.com");
    let before = adas_rows(&app);
    let own: Vec<_> = RULES.iter().filter(|rule| rule.1.contains("{id") && !rule.1.starts_with("/library")).collect();
    assert!(own.len() >= 4);
    for (method, pattern, _, _, fields) in own {
        let path = path(&app, pattern);
        let hers = ask(&bob, method, &path, fields);
        let digits = path.split('/').find(|part| part.parse::<i64>().is_ok()).unwrap();
        let nobodys = ask(&bob, method, &path.replace(digits, "987654321"), fields);
        assert_eq!((hers.status, nobodys.status), (404, 404), "{method} {path}");
        let plain = |answer: &Answer, path: &str| answer.body.replace(path, "");
        assert_eq!(
            plain(&hers, &path),
            plain(&nobodys, &path.replace(digits, "987654321")),
            "{method} {path} tells that the row exists"
        );
        assert!(!hers.body.contains("Ada") && !hers.body.contains("ada@"), "{method} {path}");
    }
    for nonsense in ["/privacy/devices/x/sign-out", "/privacy/devices/99999999999999999999/sign-out"] {
        assert_eq!(bob.post(nonsense, &[]).status, 404, "{nonsense}");
    }
    let nobodys = bob.get("/assessments/987654321").body.replace("/assessments/987654321", "");
    for nonsense in [
        "/assessments/0",
        "/assessments/-1",
        "/assessments/9999999999999999999",
        "/assessments/99999999999999999999",
        "/assessments/1x",
    ] {
        let answer = bob.get(nonsense);
        assert_eq!((answer.status, answer.body.replace(nonsense, "")), (404, nobodys.clone()), "{nonsense}");
    }
    // Everything else Bob may do touches only what is his.
    for (method, pattern, _, _, fields) in RULES.iter().filter(|rule| !rule.1.contains("{id")) {
        let bob = sign_in(&app, "bob@example.com");
        ask(&bob, method, &path(&app, pattern), fields);
    }
    assert_eq!(adas_rows(&app), before, "Bob changed something of Ada's");
}

#[test]
fn the_language_switch_of_every_form_that_came_back_leads_to_a_page() {
    let app = TestApp::spawn();
    ada(&app);
    let mut refused = 0;
    for (method, pattern, ..) in RULES.iter().filter(|rule| rule.0 == "POST" && !rule.1.contains('{')) {
        let browser = sign_in(&app, "ada@example.com");
        let answer = ask(&browser, method, pattern, &[("burnout", "x"), ("answer_0", "9")]);
        if answer.status != 422 {
            continue;
        }
        refused += 1;
        let back = between(&answer.body, "name=\"return_to\" value=\"", "\"")[0].to_owned();
        let switched = browser.post("/language", &[("language", "ru"), ("return_to", &back)]);
        let page = browser.get(switched.location());
        assert!(matches!(page.status, 200 | 303), "{pattern} leads to {}: {}", switched.location(), page.status);
    }
    assert!(refused >= 7, "{refused}");
}

#[test]
fn after_the_sign_in_the_page_that_was_asked_for_comes() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    let browser = app.browser();
    let refused = browser.get("/recommendations?category=workload&x=%26y");
    assert_eq!(refused.location(), "/login?next=%2Frecommendations%3Fcategory%3Dworkload%26x%3D%2526y");
    let form = browser.get(refused.location());
    let next = between(&form.body, "name=\"next\" value=\"", "\"")[0].replace("&#38;", "&").replace("&amp;", "&");
    assert_eq!(next, "/recommendations?category=workload&x=%26y");
    let fields = [("email", "ada@example.com"), ("password", crate::support::PASSWORD), ("next", &next)];
    assert_eq!(browser.post("/login", &fields).location(), next);
}

//! Requirements of OWASP ASVS 5.0 that no other test covers; each test is named after
//! its requirement, as listed in `docs/security.md`.

use crate::{
    raw::{self, behind_tls},
    steps::between,
    support::{PASSWORD, TestApp},
};
use chrono::{DateTime, TimeDelta, Utc};

#[test]
fn asvs_3_4_1_every_answer_over_tls_holds_for_a_year_and_for_subdomains() {
    let (_app, address) = behind_tls();
    let host = [("Host", "hearth.example")];
    let foreign = [("Host", "evil.example")];
    let style = between(&raw::send(&address, "GET /login", &host, b"").body, "href=\"/static/", "\"")[0].to_owned();
    let answers = [
        ("a page", raw::send(&address, "GET /login", &host, b""), 200),
        ("a file", raw::send(&address, &format!("GET /static/{style}"), &host, b""), 200),
        ("a redirect", raw::send(&address, "GET /dashboard", &host, b""), 303),
        ("nothing there", raw::send(&address, "GET /nowhere", &host, b""), 404),
        ("the API", raw::send(&address, "GET /api/auth/me", &host, b""), 401),
        ("a bad form", raw::send_form(&address, "/login", &host, "email=x"), 422),
        ("another host", raw::send(&address, "GET /", &foreign, b""), 400),
        ("the balancer", raw::send(&address, "GET /health", &foreign, b""), 200),
    ];
    for (what, answer, status) in answers {
        assert_eq!(answer.status, status, "{what}");
        assert_eq!(answer.values("strict-transport-security"), ["max-age=31536000; includeSubDomains"], "{what}");
    }
}

#[test]
fn asvs_14_3_1_signing_out_has_the_browser_drop_what_it_kept() {
    let app = TestApp::spawn();
    let ada = app.register("ada@example.com");
    let kept = |answer: &crate::support::Answer| answer.header("clear-site-data").to_owned();
    assert_eq!(kept(&ada.get("/dashboard")), "", "only at the end");
    for _ in 0..2 {
        let out = ada.post("/logout", &[]);
        assert_eq!((out.status, kept(&out)), (303, "\"cache\", \"storage\"".to_owned()), "a second click too");
    }
    let token = ada.post("/api/auth/token", &[("username", "ada@example.com"), ("password", PASSWORD)]).body;
    let bearer = format!("Bearer {}", between(&token, "\"access_token\":\"", "\"")[0]);
    let out = ada.post_with("/api/auth/logout", &[], &[("Authorization", &bearer)]);
    assert_eq!((out.status, kept(&out)), (204, "\"cache\"".to_owned()), "the pages beside keep their storage");
}

#[test]
fn where_to_report_a_weakness_comes_from_the_configuration_and_is_nowhere_without() {
    assert_eq!(TestApp::spawn().browser().get("/.well-known/security.txt").status, 404);
    for contact in ["mailto:security@company.example", "https://company.example/security"] {
        let app = TestApp::spawn_with(&[("HEARTH_SECURITY_CONTACT", contact)]);
        let answer = app.browser().get("/.well-known/security.txt");
        assert_eq!((answer.status, answer.header("content-type")), (200, "text/plain; charset=utf-8"));
        let field = |name: &str| {
            let lines: Vec<_> = answer.body.lines().filter_map(|line| line.strip_prefix(name)).collect();
            assert_eq!(lines.len(), 1, "{name} {}", answer.body);
            lines[0].to_owned()
        };
        assert_eq!(field("Contact: "), contact);
        assert_eq!(field("Preferred-Languages: "), "en, ru, uk");
        assert_eq!(field("Canonical: "), format!("{}/.well-known/security.txt", app.base));
        let expires: DateTime<Utc> = field("Expires: ").parse().unwrap();
        let holds = expires - app.now();
        assert!(holds > TimeDelta::days(90) && holds < TimeDelta::days(365), "{holds}");
    }
}

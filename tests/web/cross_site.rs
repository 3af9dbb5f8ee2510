//! Writes that another site caused, and requests for another host.

use crate::{
    raw::{self, address, send, send_form},
    support::{PASSWORD, TestApp},
};

/// What a browser says about where a request comes from, and whether it may write.
fn cases(own: &str) -> Vec<(Vec<(&'static str, String)>, bool)> {
    let site = |value: &str| ("Sec-Fetch-Site", value.to_owned());
    let origin = |value: &str| ("Origin", value.to_owned());
    let own_origin = format!("http://{own}");
    let port = own.rsplit(':').next().unwrap();
    vec![
        (vec![], true), // not a browser
        (vec![site("same-origin")], true),
        (vec![site("none")], true),
        (vec![origin(&own_origin)], true),
        (vec![site("same-origin"), origin(&own_origin)], true),
        (vec![site("cross-site")], false),
        (vec![site("same-site")], false),
        (vec![site("cross-site"), origin(&own_origin)], false),
        (vec![site("same-site"), origin(&own_origin)], false),
        (vec![origin("null")], false),
        (vec![site("same-origin"), origin("null")], false),
        (vec![site("none"), origin("null")], false),
        (vec![origin("https://evil.example")], false),
        (vec![origin(&format!("{own_origin}.evil.example"))], false),
        (vec![origin(&format!("https://{own}"))], false),
        (vec![origin("http://127.0.0.1")], false),
        (vec![origin(&format!("http://localhost:{port}"))], false), // another name of this machine is another site
        (vec![origin("")], false),
        (vec![origin("x")], false),
    ]
}

#[test]
fn a_write_that_another_site_caused_is_refused_whatever_it_asks_for() {
    let app = TestApp::spawn();
    let own = address(&app).to_owned();
    let targets = [
        ("POST", "/login", 422),
        ("POST", "/register", 422),
        ("POST", "/logout", 303),
        ("POST", "/language", 400),
        ("POST", "/password/forgot", 422),
        ("POST", "/assessments", 303),
        ("POST", "/nowhere", 404),
        ("PUT", "/login", 405),
        ("PATCH", "/profile", 405),
        ("DELETE", "/profile", 405),
        ("QUERY", "/profile", 405),
    ];
    for (headers, allowed) in cases(&own) {
        for (method, path, status) in targets {
            let form =
                [("Content-Type", "application/x-www-form-urlencoded"), ("Content-Length", "0"), ("Host", &*own)];
            let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).chain(form).collect();
            let reply = send(&own, &format!("{method} {path}"), &headers, b"");
            let expected = if allowed { status } else { 403 };
            assert_eq!(reply.status, expected, "{method} {path} {headers:?}");
        }
    }
}

#[test]
fn reading_is_allowed_from_everywhere() {
    let app = TestApp::spawn();
    for (headers, _) in cases(address(&app)) {
        let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for path in ["/", "/login", "/health"] {
            assert_eq!(app.browser().get_with(path, &headers).status, 200, "{path} {headers:?}");
        }
    }
}

#[test]
fn a_signed_in_person_is_safe_from_another_sites_form() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree("ada@example.com");
    let evil = [("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site")];
    let writes: [(&str, &[(&str, &str)]); 5] = [
        ("/logout", &[]),
        ("/profile", &[("name", "Eve")]),
        ("/pulse", &[("burnout", "1"), ("stress", "1"), ("productivity", "1")]),
        ("/privacy/consents/withdraw", &[]),
        ("/language", &[("language", "uk")]),
    ];
    for (path, fields) in writes {
        let answer = ada.post_with(path, fields, &evil);
        assert_eq!(answer.status, 403, "{path}");
        assert!(answer.body.contains("came from another website") && answer.header("set-cookie").is_empty());
    }
    assert_eq!(ada.get("/dashboard").status, 200, "still signed in");
    assert_eq!(app.text("SELECT name || language FROM users"), "Test Personen");
    assert_eq!(app.number("SELECT count(*) FROM pulses"), 0);
    assert_eq!(app.number("SELECT count(*) FROM consents WHERE withdrawn_at IS NULL"), 1);
}

#[test]
fn nobody_can_be_signed_in_to_a_strangers_account_by_another_site() {
    let app = TestApp::spawn();
    app.register("eve@example.com");
    let fields = [("email", "eve@example.com"), ("password", PASSWORD)];
    let victim = app.browser();
    for header in [("Origin", "https://evil.example"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site")] {
        let answer = victim.post_with("/login", &fields, &[header]);
        assert_eq!(answer.status, 403);
        assert!(answer.cookie("session").is_none());
    }
    assert_eq!(app.number("SELECT count(*) FROM attempts"), 0);
}

#[test]
fn only_the_names_of_this_server_are_answered() {
    let app = TestApp::spawn();
    let own = address(&app).to_owned();
    let port = own.rsplit(':').next().unwrap().to_owned();
    let evil_port = format!("evil.example:{port}");
    let (localhost, ipv6) = (format!("localhost:{port}"), format!("[::1]:{port}"));
    let (upper, dotted) = (format!("LOCALHOST.evil:{port}"), format!("127.0.0.1.evil.example:{port}"));
    let (user, path) = (format!("evil@{own}"), format!("{own}/evil"));
    let hosts: &[(&str, u16)] = &[
        (&own, 200),
        (&localhost, 200),
        (&ipv6, 200),
        ("evil.example", 400),
        (&evil_port, 400),
        (&upper, 400),
        (&dotted, 400),
        (&user, 400),
        (&path, 400),
        ("127.0.0.1", 400),
        ("127.0.0.1:1", 400),
        ("localhost", 400),
        ("", 400),
    ];
    for (host, status) in hosts {
        for path in ["/", "/login", "/help"] {
            assert_eq!(send(&own, &format!("GET {path}"), &[("Host", host)], b"").status, *status, "{host} {path}");
        }
        // A load balancer asks by address.
        assert_eq!(send(&own, "GET /health", &[("Host", host)], b"").status, 200, "{host} /health");
        assert_eq!(send(&own, "GET /ready", &[("Host", host)], b"").status, 200, "{host} /ready");
    }
    assert_eq!(send(&own, "GET /", &[], b"").status, 400, "no Host at all");
    let evil = [("Host", "evil.example"), ("Origin", "http://evil.example"), ("Sec-Fetch-Site", "same-origin")];
    assert_eq!(send_form(&own, "/login", &evil, "email=a").status, 400, "a name that was made to point here");
    let refused = send(&own, "GET /", &[("Host", "evil.example\"><script>")], b"");
    assert!(refused.status == 400 && !refused.body.contains("evil.example"), "{}", refused.body);
}

#[test]
fn a_given_public_address_is_the_only_name() {
    let (_app, address) = raw::behind_tls();
    for (host, status) in [
        ("hearth.example", 200),
        ("HEARTH.EXAMPLE", 200),
        ("hearth.example:443", 200),
        ("hearth.example:80", 400),
        (&address, 400),
        ("www.hearth.example", 400),
    ] {
        assert_eq!(send(&address, "GET /login", &[("Host", host)], b"").status, status, "{host}");
    }
    for (origin, status) in [
        ("https://hearth.example", 422),
        ("http://hearth.example", 403),
        ("https://hearth.example:8443", 403),
        ("https://evil.hearth.example", 403),
        ("null", 403),
    ] {
        let headers = [("Host", "hearth.example"), ("Origin", origin)];
        assert_eq!(send_form(&address, "/login", &headers, "email=a").status, status, "{origin}");
    }
}

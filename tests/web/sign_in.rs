//! `/login`: who can sign in, what strangers learn, what the browser stores.

use crate::{
    raw,
    steps::{between, visible},
    support::{Answer, Browser, PASSWORD, TestApp, config},
};
use actix_web::cookie::{Cookie, CookieJar};
use sha2::{Digest as _, Sha256};

fn login(browser: &Browser, email: &str, password: &str) -> Answer {
    browser.post("/login", &[("email", email), ("password", password)])
}

#[test]
fn the_right_password_signs_in_however_the_address_is_written() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    for email in ["ada@example.com", "ADA@Example.COM", "  ada@example.com "] {
        let browser = app.browser();
        let answer = login(&browser, email, PASSWORD);
        assert_eq!((answer.status, answer.location()), (303, "/dashboard"), "{email}");
        assert_eq!(browser.get("/dashboard").status, 200);
        assert_eq!(browser.get("/login").location(), "/dashboard", "no form for somebody signed in");
    }
}

#[test]
fn every_refusal_looks_the_same_so_that_nobody_learns_which_addresses_exist() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    app.register("eve@example.com");
    app.execute("UPDATE users SET password_hash = NULL WHERE email = 'eve@example.com'"); // invited, never came
    let longest = "é".repeat(36);
    let cases = [
        ("ada@example.com", "wrong-harbour-lantern"),
        ("ada@example.com", ""),
        ("ada@example.com", "Quiet-Harbour-Lantern"),
        ("ada@example.com", "quiet-harbour-lantern "),
        ("nobody@example.com", PASSWORD),
        ("eve@example.com", PASSWORD),
        ("eve@example.com", ""),
        ("nobody@example.com", &longest),
        ("nobody@example.com", &"x".repeat(200)),
        ("not an address", PASSWORD),
        ("", ""),
    ];
    let mut seen: Option<(String, Vec<String>)> = None;
    for (email, password) in cases {
        let answer = login(&app.browser(), email, password);
        assert_eq!(answer.status, 422, "{email:?} {password:?}");
        assert!(answer.header("set-cookie").is_empty());
        let mut headers: Vec<_> = answer.headers.keys().map(ToString::to_string).collect();
        headers.sort();
        let form = if email.is_empty() {
            answer.body.clone()
        } else {
            answer.body.replace(&format!(" value=\"{email}\""), "")
        };
        match &seen {
            None => seen = Some((form, headers)),
            Some(first) => assert_eq!((&form, &headers), (&first.0, &first.1), "{email:?} {password:?}"),
        }
        assert!(visible(&answer.body).contains("This address and password do not belong together."));
        assert!(password.is_empty() || !answer.body.contains(password), "the password came back");
    }
    assert_eq!(app.number("SELECT count(*) FROM sign_ins"), 2, "only the two who registered");
}

#[test]
fn a_password_longer_than_bcrypt_reads_is_not_cut_to_fit() {
    let app = TestApp::spawn();
    let long: String = "long-enough-and-rather-unusual-".repeat(3)[..72].to_owned();
    let fields = [("email", "ada@example.com"), ("password", &*long), ("name", "Ada")];
    assert_eq!(app.browser().post("/register", &fields).status, 303);
    assert_eq!(login(&app.browser(), "ada@example.com", &long).status, 303);
    assert_eq!(login(&app.browser(), "ada@example.com", &format!("{long}x")).status, 422);
}

#[test]
fn after_a_sign_in_the_browser_stays_on_this_site() {
    let app = TestApp::spawn();
    let signed_in = app.register("ada@example.com");
    let cases = [
        ("/history", "/history"),
        ("/history?before=1.2", "/history?before=1.2"),
        ("/login/../history", "/login/../history"),
        ("//evil.example", "/dashboard"),
        ("///evil.example", "/dashboard"),
        ("https://evil.example", "/dashboard"),
        ("https:evil.example", "/dashboard"),
        ("/\\evil.example", "/dashboard"),
        ("\\\\evil.example", "/dashboard"),
        ("/\t/evil.example", "/dashboard"), // browsers drop tabs from addresses
        ("/\r/evil.example", "/dashboard"),
        ("/\n/evil.example", "/dashboard"),
        ("/x\r\nSet-Cookie: a=b", "/dashboard"),
        ("/\0", "/"),
        ("/\u{7f}", "/"),
        ("/ї", "/dashboard"),
        ("\t//evil.example", "/dashboard"),
        (" //evil.example", "/dashboard"),
        ("javascript:alert(1)", "/dashboard"),
        ("evil.example", "/dashboard"),
        ("", "/dashboard"),
    ];
    for (next, expected) in cases {
        let fields = [("email", "ada@example.com"), ("password", PASSWORD), ("next", next)];
        let answer = app.browser().post("/login", &fields);
        assert_eq!((answer.status, answer.location()), (303, expected), "{next:?}");
        let query: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
        let answer = signed_in.get(&format!("/login?next={query}"));
        assert_eq!((answer.status, answer.location()), (303, expected), "{next:?} for somebody signed in");
        let form = app.browser().get(&format!("/login?next={query}"));
        assert_eq!(between(&form.body, "name=\"next\" value=\"", "\""), [expected], "{next:?} in the form");
    }
}

#[test]
fn the_language_switch_leads_back_to_this_site_only() {
    let app = TestApp::spawn();
    for (back, expected) in
        [("/help", "/help"), ("//evil.example", "/dashboard"), ("/\t/evil.example", "/dashboard"), ("/ї", "/dashboard")]
    {
        let answer = app.browser().post("/language", &[("language", "uk"), ("return_to", back)]);
        assert_eq!((answer.status, answer.location()), (303, expected), "{back:?}");
    }
    assert_eq!(app.browser().post("/language", &[("language", "uk")]).location(), "/");
}

fn session(answer: &Answer) -> String {
    let cookie = answer.cookie("session").expect("a session cookie");
    cookie.split(';').next().unwrap().to_owned()
}

/// What the browser gets to see with this cookie and no other.
fn with_cookie(app: &TestApp, cookie: &str) -> Answer {
    app.browser().get_with("/dashboard", &[("Cookie", cookie)])
}

#[test]
fn a_sign_in_renews_the_token_and_ends_the_one_before() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    let browser = app.browser();
    let first = session(&login(&browser, "ada@example.com", PASSWORD));
    assert_eq!(with_cookie(&app, &first).status, 200);
    let second = session(&login(&browser, "ada@example.com", PASSWORD));
    assert_ne!(first, second);
    assert_eq!(with_cookie(&app, &second).status, 200);
    assert_eq!(with_cookie(&app, &first).status, 303, "the older token of this browser still works");
    assert_eq!(app.number("SELECT count(*) FROM sign_ins"), 2, "this browser and the one that registered");
}

#[test]
fn a_session_cookie_from_elsewhere_is_worth_nothing() {
    let app = TestApp::spawn();
    let other = TestApp::spawn_with(&[("HEARTH_SECRET_KEY", "another secret, of another installation")]);
    app.register("ada@example.com");
    other.register("ada@example.com");
    let foreign = session(&login(&other.browser(), "ada@example.com", PASSWORD));
    let own = session(&login(&app.browser(), "ada@example.com", PASSWORD));
    for cookie in [foreign, "session=x".to_owned(), "session=".to_owned(), own[..own.len() - 4].to_owned()] {
        let answer = with_cookie(&app, &cookie);
        assert_eq!((answer.status, answer.location()), (303, "/login?next=%2Fdashboard"));
    }
}

#[test]
fn the_cookie_carries_a_token_and_nothing_else_and_the_database_only_its_hash() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    app.execute("DELETE FROM sign_ins");
    let cookie = session(&login(&app.browser(), "ada@example.com", PASSWORD));
    assert!(!cookie.contains("ada") && !cookie.contains("example"));
    let config = config(&[("HEARTH_SECRET_KEY", "a secret that only tests may know")]);
    let key = hearth::keys::Keys::load(&config).unwrap().session();
    let mut jar = CookieJar::new();
    jar.add_original(Cookie::parse_encoded(cookie).unwrap().into_owned());
    let inside = jar.private(&key).get("session").expect("the cookie opens with this installation's key");
    let state: serde_json::Value = serde_json::from_str(inside.value()).unwrap();
    let state = state.as_object().unwrap();
    assert_eq!(state.keys().collect::<Vec<_>>(), ["token"]);
    let token: String = serde_json::from_str(state["token"].as_str().unwrap()).unwrap();
    assert_eq!(token.len(), 64);
    let bytes: Vec<u8> = (0..64).step_by(2).map(|at| u8::from_str_radix(&token[at..at + 2], 16).unwrap()).collect();
    let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(app.text("SELECT encode(token_hash, 'hex') FROM sign_ins"), hash);
    assert!(!app.text("SELECT string_agg(s::text, ' ') FROM sign_ins s").contains(&token));
}

#[test]
fn cookies_are_out_of_reach_of_scripts_and_other_sites() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    let answer = login(&app.browser(), "ada@example.com", PASSWORD);
    for name in ["session", "device"] {
        let cookie = answer.cookie(name).unwrap();
        for attribute in ["; HttpOnly", "; SameSite=Lax", "; Path=/"] {
            assert!(cookie.contains(attribute), "{attribute} of {cookie}");
        }
        assert!(!cookie.contains("Domain") && !cookie.contains("; Secure"), "{cookie}");
    }
    assert!(answer.cookie("session").unwrap().contains("; Max-Age=2592000"), "30 days");
}

#[test]
fn behind_tls_every_cookie_is_secure_and_tied_to_the_host() {
    let (_app, address) = raw::behind_tls();
    let host = [("Host", "hearth.example")];
    let form = format!("email=ada%40example.com&password={PASSWORD}&name=Ada");
    let answer = raw::send_form(&address, "/register", &host, &form);
    assert_eq!((answer.status, answer.header("location")), (303, "/dashboard"), "{}", answer.body);
    assert_eq!(answer.values("set-cookie").len(), 3);
    for name in ["__Host-session", "__Host-device", "__Host-flash"] {
        let cookie = answer.cookie(name);
        for attribute in ["; HttpOnly", "; SameSite=Lax", "; Path=/", "; Secure"] {
            assert!(cookie.contains(attribute), "{attribute} of {cookie:?} in {}", answer.head);
        }
        assert!(!cookie.contains("Domain"));
    }
    assert!(answer.header("strict-transport-security").starts_with("max-age="));
    let cookies: Vec<_> =
        answer.values("set-cookie").into_iter().map(|cookie| cookie.split(';').next().unwrap()).collect();
    let cookies = cookies.join("; ");
    let signed_in = [("Host", "hearth.example"), ("Cookie", &*cookies)];
    let dashboard = raw::send(&address, "GET /dashboard", &signed_in, b"");
    assert_eq!(dashboard.status, 200);
    assert!(dashboard.body.contains("Welcome to Hearth."), "the message of the page before");
    assert!(dashboard.cookie("__Host-flash").contains("Max-Age=0"), "and it is shown once");
    let bare = cookies.replace("__Host-", "");
    let plain = [("Host", "hearth.example"), ("Cookie", &*bare)];
    assert_eq!(raw::send(&address, "GET /dashboard", &plain, b"").status, 303, "a cookie without the prefix");
}

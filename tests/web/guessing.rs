//! Guessing passwords: it is slowed down, and it cannot lock the owner out.

use crate::{
    letters::{take_letter, take_letters},
    steps::{at_once, between, visible},
    support::{Answer, Browser, PASSWORD, TestApp},
};
use chrono::TimeDelta;
use sha2::{Digest as _, Sha256};

const BEHIND_A_PROXY: &[(&str, &str)] = &[("HEARTH_TRUSTED_PROXIES", "127.0.0.1")];

fn login(browser: &Browser, email: &str, password: &str) -> Answer {
    browser.post("/login", &[("email", email), ("password", password)])
}

/// The same from an address that the proxy saw.
fn login_from(browser: &Browser, address: &str, email: &str, password: &str) -> Answer {
    browser.post_with("/login", &[("email", email), ("password", password)], &[("X-Forwarded-For", address)])
}

/// Status and seconds to wait.
fn told(answer: &Answer) -> (u16, u64) {
    (answer.status, answer.header("retry-after").parse().unwrap_or(0))
}

#[test]
fn after_five_failures_the_wait_doubles_up_to_a_quarter_of_an_hour() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    let guesser = app.browser();
    for _ in 0..5 {
        assert_eq!(told(&login(&guesser, "ada@example.com", "wrong")), (422, 0));
    }
    for wait in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900] {
        let refused = login(&guesser, "ada@example.com", "wrong");
        assert_eq!(told(&refused), (429, wait));
        assert!(refused.body.contains("Too many tries.") && refused.body.contains("value=\"ada@example.com\""));
        app.advance(TimeDelta::seconds(wait as i64) - TimeDelta::milliseconds(300));
        assert_eq!(told(&login(&guesser, "ada@example.com", "wrong")), (429, 1), "rounded up: {wait}");
        app.advance(TimeDelta::milliseconds(300));
        assert_eq!(told(&login(&guesser, "ada@example.com", "wrong")), (422, 0), "after {wait} seconds");
    }
}

#[test]
fn even_the_right_password_waits_and_then_works_and_ends_the_count() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    let browser = app.browser();
    for _ in 0..5 {
        login(&browser, "ada@example.com", "wrong");
    }
    assert_eq!(told(&login(&browser, "ada@example.com", PASSWORD)), (429, 1));
    assert_eq!(app.number("SELECT count(*) FROM attempts"), 5, "a refused try is not counted");
    app.advance(TimeDelta::seconds(1));
    assert_eq!(login(&browser, "ada@example.com", PASSWORD).status, 303);
    let other = app.browser(); // same network, no device cookie
    for _ in 0..4 {
        assert_eq!(login(&other, "ada@example.com", "wrong").status, 422, "the count starts anew");
    }
    assert_eq!(login(&other, "ada@example.com", PASSWORD).status, 303);
}

#[test]
fn tries_at_the_same_moment_cannot_slip_under_the_limit() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    let browsers: Vec<_> = (0..12).map(|_| app.browser()).collect();
    let browsers: Vec<_> = browsers.iter().collect();
    let mut statuses = at_once(&browsers, |n, browser| login(browser, "ada@example.com", &format!("guess-{n}")).status);
    statuses.sort_unstable();
    assert_eq!(statuses, [422, 422, 422, 422, 422, 429, 429, 429, 429, 429, 429, 429]);
    assert_eq!(app.number("SELECT count(*) FROM attempts"), 5);
}

#[test]
fn one_network_cannot_slow_another_and_a_client_cannot_make_addresses_up() {
    let app = TestApp::spawn_with(BEHIND_A_PROXY);
    app.register("ada@example.com");
    let guesser = app.browser();
    for n in 1..=5 {
        // What the client wrote itself stands on the left and is not believed.
        let forwarded = format!("192.0.2.{n}, 203.0.113.{n}");
        assert_eq!(login_from(&guesser, &forwarded, "ada@example.com", "wrong").status, 422);
    }
    let status = |address: &str| login_from(&guesser, address, "ada@example.com", "wrong").status;
    assert_eq!(status("203.0.113.77"), 429, "the same /24");
    assert_eq!(status("198.51.100.1, 203.0.113.200"), 429);
    assert_eq!(status("203.0.112.77"), 422, "another network");
    assert_eq!(
        app.text("SELECT string_agg(DISTINCT network::text, ' ') FROM attempts WHERE NOT succeeded"),
        "203.0.112.0/24 203.0.113.0/24"
    );
    for n in 1..=5 {
        assert_eq!(status(&format!("2001:db8:1:2:{n}::1")), 422);
    }
    assert_eq!(status("2001:db8:1:2:ffff::9"), 429, "the same /64");
    assert_eq!(status("2001:db8:1:3::1"), 422);
}

#[test]
fn without_a_trusted_proxy_the_header_means_nothing() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    let guesser = app.browser();
    for n in 1..=5 {
        assert_eq!(login_from(&guesser, &format!("203.0.{n}.1"), "ada@example.com", "wrong").status, 422);
    }
    assert_eq!(login_from(&guesser, "198.51.100.1", "ada@example.com", "wrong").status, 429);
    assert_eq!(app.text("SELECT string_agg(DISTINCT host(address), ' ') FROM attempts"), "127.0.0.1");
}

#[test]
fn one_address_that_tries_many_accounts_is_slowed_too() {
    let app = TestApp::spawn();
    let browser = app.browser();
    for n in 0..50 {
        assert_eq!(login(&browser, &format!("person{n}@example.com"), "spring-2026").status, 422, "{n}");
    }
    assert_eq!(told(&login(&browser, "person99@example.com", "spring-2026")), (429, 1));
    app.advance(TimeDelta::minutes(61));
    assert_eq!(login(&browser, "person99@example.com", "spring-2026").status, 422);
}

/// A hundred and one failures for Ada within an hour, each from a network of its own.
fn besiege(app: &TestApp) {
    let guesser = app.browser();
    for n in 0..=100 {
        assert_eq!(login_from(&guesser, &format!("10.1.{n}.1"), "ada@example.com", "wrong").status, 422, "{n}");
    }
    assert_eq!(told(&login_from(&guesser, "10.2.0.1", "ada@example.com", "wrong")), (429, 900));
}

#[test]
fn strangers_who_try_from_everywhere_shut_strangers_out_but_not_a_known_device() {
    let app = TestApp::spawn_with(BEHIND_A_PROXY);
    let ada = app.register("ada@example.com");
    let eve = app.register("eve@example.com");
    ada.post("/logout", &[]);
    besiege(&app);
    let stranger = app.browser();
    assert_eq!(login_from(&stranger, "10.3.0.1", "ada@example.com", PASSWORD).status, 429, "nor with the password");
    assert_eq!(login_from(&eve, "10.3.0.2", "ada@example.com", PASSWORD).status, 429, "another account's device");
    let forged =
        [("X-Forwarded-For", "10.3.0.3"), ("Cookie", &*format!("device={}.{}", "ab".repeat(16), "cd".repeat(32)))];
    let fields = [("email", "ada@example.com"), ("password", PASSWORD)];
    assert_eq!(app.browser().post_with("/login", &fields, &forged).status, 429, "a made-up device");
    assert_eq!(
        login_from(&ada, "10.1.7.1", "ada@example.com", PASSWORD).status,
        303,
        "the known device, from anywhere"
    );
    app.advance(TimeDelta::minutes(61));
    assert_eq!(login_from(&stranger, "10.3.0.1", "ada@example.com", PASSWORD).status, 303, "an hour later");
}

#[test]
fn a_known_device_has_a_counter_of_its_own() {
    let app = TestApp::spawn();
    let ada = app.register("ada@example.com");
    let stranger = app.browser();
    for _ in 0..5 {
        login(&stranger, "ada@example.com", "wrong");
    }
    assert_eq!(login(&stranger, "ada@example.com", "wrong").status, 429);
    for _ in 0..5 {
        assert_eq!(login(&ada, "ada@example.com", "wrong").status, 422, "the stranger's failures are not hers");
    }
    assert_eq!(told(&login(&ada, "ada@example.com", PASSWORD)), (429, 1), "a stolen device cannot guess freely");
    app.advance(TimeDelta::seconds(1));
    assert_eq!(login(&ada, "ada@example.com", PASSWORD).status, 303);
}

#[test]
fn a_reset_by_mail_gets_its_owner_in_under_siege() {
    let app = TestApp::spawn_with(BEHIND_A_PROXY);
    app.register("ada@example.com");
    besiege(&app);
    let (phone, from) = (app.browser(), [("X-Forwarded-For", "10.4.0.1")]);
    assert_eq!(phone.post_with("/password/forgot", &[("email", "ada@example.com")], &from).status, 200);
    let link = take_letter(&app).link(&app);
    let reset = phone.post_with(&link, &[("password", "seven-lamps-at-dusk")], &from);
    assert_eq!((reset.status, reset.location()), (303, "/login"), "{}", reset.body);
    assert_eq!(login_from(&phone, "10.4.0.1", "ada@example.com", "seven-lamps-at-dusk").status, 303);
    assert_eq!(phone.get("/dashboard").status, 200);
    let other = app.browser();
    assert_eq!(login_from(&other, "10.4.0.1", "ada@example.com", "seven-lamps-at-dusk").status, 429, "only there");
}

#[test]
fn an_unknown_address_is_slowed_exactly_like_a_known_one() {
    let app = TestApp::spawn_with(BEHIND_A_PROXY);
    app.register("ada@example.com");
    let course = |network: &str, email: &str| -> Vec<_> {
        let guesser = app.browser();
        (0..9)
            .map(|_| {
                let answer = login_from(&guesser, network, email, "wrong");
                (told(&answer), visible(&answer.body))
            })
            .collect()
    };
    assert_eq!(course("10.1.0.1", "ada@example.com"), course("10.2.0.1", "nobody@example.com"));
    let rows = |network: &str| {
        app.text(&format!(
            "SELECT string_agg(concat_ws(' ', kind, succeeded, length(account_key), browser), ',') FROM attempts WHERE network = '{network}'"
        ))
    };
    assert_eq!(rows("10.1.0.0/24"), rows("10.2.0.0/24"));
}

#[test]
fn the_owner_sees_who_tried() {
    let app = TestApp::spawn_with(BEHIND_A_PROXY);
    let ada = app.register("ada@example.com");
    let bob = app.register("bob@example.com");
    let chrome = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36";
    let headers = [("X-Forwarded-For", "203.0.113.9"), ("User-Agent", chrome)];
    for password in ["wrong", "wrong again", PASSWORD] {
        app.browser().post_with("/login", &[("email", "ada@example.com"), ("password", password)], &headers);
    }
    let page = ada.get("/privacy").body;
    let tries = between(&page, "<h2 id=\"tries\">", "</section>")[0];
    assert_eq!(tries.matches("<strong>Failed</strong>").count(), 2);
    assert_eq!(tries.matches("<td>Succeeded</td>").count(), 1);
    assert_eq!(tries.matches("<td>Chrome, Windows</td><td>203.0.113.9</td>").count(), 3);
    assert!(tries.contains(&app.now().format("datetime=\"%Y-%m-%dT%H:%M:%SZ\"").to_string()));
    assert!(!tries.contains("wrong"));
    assert!(bob.get("/privacy").body.contains("No tries yet"), "nobody else sees them");
}

#[test]
fn the_tries_name_no_address() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    for email in ["ada@example.com", "nobody@example.com"] {
        login(&app.browser(), email, "a secret guess");
    }
    let rows = app.text("SELECT string_agg(a::text, ' ') FROM attempts a");
    assert!(!rows.contains("ada") && !rows.contains("nobody") && !rows.contains("guess"), "{rows}");
    let plain_hash: String = Sha256::digest("ada@example.com").iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(!rows.contains(&plain_hash), "a hash without a key can be looked up");
    assert_eq!(app.number("SELECT count(DISTINCT account_key) FROM attempts"), 2);
}

#[test]
fn asking_which_addresses_are_taken_is_slowed() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    let curious = app.browser();
    let register = |email: &str| {
        curious
            .post("/register", &[("email", email), ("password", PASSWORD), ("name", "Eve"), ("department", "Sales <3")])
    };
    for _ in 0..5 {
        assert_eq!(register("ada@example.com").status, 422);
    }
    let refused = register("ada@example.com");
    assert_eq!(told(&refused), (429, 1));
    assert!(refused.body.contains("value=\"Eve\"") && !refused.body.contains(PASSWORD));
    for n in 0..45 {
        app.execute(&format!(
            "INSERT INTO attempts (kind, account_key, address, network, created_at)
             SELECT kind, '\\x{n:02x}', address, network, created_at FROM attempts LIMIT 1"
        ));
    }
    assert_eq!(register("free@example.com").status, 429, "one address that asks about many");
    app.advance(TimeDelta::hours(2));
    assert_eq!(register("free@example.com").status, 303);
}

#[test]
fn reset_mails_are_slowed_for_known_and_unknown_addresses_alike() {
    let app = TestApp::spawn_with(BEHIND_A_PROXY);
    app.register("ada@example.com");
    let course = |network: &str, email: &str| -> Vec<_> {
        let browser = app.browser();
        let ask = || browser.post_with("/password/forgot", &[("email", email)], &[("X-Forwarded-For", network)]);
        (0..7)
            .map(|_| {
                let answer = ask();
                (told(&answer), visible(&answer.body))
            })
            .collect()
    };
    let known = course("10.1.0.1", "ada@example.com");
    assert_eq!(
        known.iter().map(|(told, _)| *told).collect::<Vec<_>>(),
        [(200, 0); 5].into_iter().chain([(429, 1); 2]).collect::<Vec<_>>()
    );
    assert_eq!(known, course("10.2.0.1", "nobody@example.com"));
    take_letters(&app, 1); // one in two minutes: nobody's inbox is filled
    let owner = app.browser().post_with(
        "/password/forgot",
        &[("email", "ada@example.com")],
        &[("X-Forwarded-For", "10.3.0.1")],
    );
    assert_eq!(owner.status, 200, "from another network the owner still can");
    app.advance(TimeDelta::milliseconds(500));
    let waiting = app.browser().post_with(
        "/password/forgot",
        &[("email", "ada@example.com")],
        &[("X-Forwarded-For", "10.1.0.1")],
    );
    assert_eq!(told(&waiting), (429, 1));
}

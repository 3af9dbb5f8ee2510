//! The same write from two devices at the same moment never causes a server error:
//! unique things stay unique, and the second device is told why.

use crate::{
    campaigns::{draft, hr_at_work},
    steps::{at_once, visible},
    support::{Browser, PASSWORD, TestApp},
};

/// How many ask at once.
const DEVICES: usize = 6;

/// Sends the same form from every device and sees that none fails inside.
fn storm(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Vec<u16> {
    let answers = at_once(&[browser; DEVICES], |_, browser| browser.post(path, fields));
    for answer in &answers {
        assert_ne!(answer.status, 500, "{path}: {}", visible(&answer.body));
    }
    let mut status: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    status.sort_unstable();
    status
}

#[test]
fn a_persons_own_writes_meet_at_no_constraint() {
    let app = TestApp::spawn();
    let ada = app.register("ada@example.com");
    for _ in 0..2 {
        assert_eq!(storm(&ada, "/assessments/consent", &[]), [303; DEVICES]);
        assert_eq!(app.number("SELECT count(*) FROM consents WHERE withdrawn_at IS NULL"), 1);
        assert_eq!(storm(&ada, "/privacy/consents/withdraw", &[]), [303; DEVICES]);
    }
    storm(&ada, "/assessments/consent", &[]);
    storm(&ada, "/chats/agreement", &[("reader", "library")]);
    storm(&ada, "/assessments/draft", &[("answer_0", "3")]);
    storm(&ada, "/pulse", &[("burnout", "1"), ("stress", "2"), ("productivity", "3")]);
    assert_eq!(app.number("SELECT count(*) FROM pulses"), 1);
    storm(&ada, "/profile/details", &[("gender", "other"), ("profession", "other"), ("interests", "Hills")]);
    storm(&ada, "/support", &[("message", "Can we talk?")]);
    assert_eq!(app.number("SELECT count(*) FROM support_requests"), 1);
    storm(&ada, "/support/1/withdraw", &[]);
    assert_eq!(ada.submit_all(5, "key").status, 303);
    for path in ["/recommendations/1/complete", "/recommendations/1/incomplete"] {
        assert_eq!(storm(&ada, path, &[]), [303; DEVICES]);
    }
    ada.post("/chats", &[("name", "Evenings"), ("color", "sage")]);
    let said = [("user_message", "Sleep"), ("reader", "library"), ("idempotency_key", "one")];
    assert_eq!(storm(&ada, "/chats/1/messages", &said), [303; DEVICES]);
    assert_eq!(app.number("SELECT count(*) FROM messages"), 1);
    storm(&ada, "/chats/1/delete", &[]);
    storm(&ada, "/privacy/erase", &[("password", PASSWORD), ("email", "ada@example.com")]);
}

#[test]
fn one_address_becomes_one_account() {
    let app = TestApp::spawn();
    let fields = [("email", "ada@example.com"), ("password", PASSWORD), ("name", "Ada")];
    let browsers: Vec<Browser> = (0..DEVICES).map(|_| app.browser()).collect();
    let all: Vec<&Browser> = browsers.iter().collect();
    let status = at_once(&all, |_, browser| browser.post("/register", &fields).status);
    assert!(status.iter().all(|status| ![500, 502].contains(status)), "{status:?}");
    assert_eq!(app.number("SELECT count(*) FROM users"), 1);
}

#[test]
fn what_staff_make_twice_at_once_is_there_once() {
    let (app, hr) = hr_at_work(&[]);
    storm(&hr, "/hr/departments", &[("name", "Sales")]);
    assert_eq!(app.number("SELECT count(*) FROM departments"), 1);
    let new = [("name", "Ivo Stone"), ("email", "ivo@example.com"), ("position", "Driver")];
    storm(&hr, "/hr/employees/new", &new);
    assert_eq!(app.number("SELECT count(*) FROM users WHERE email = 'ivo@example.com'"), 1);
    let ivo = app.number("SELECT id FROM users WHERE email = 'ivo@example.com'");
    let paths = ["Autumn", "Winter"].map(|name| draft(&app, &hr, name));
    let answers = at_once(&[&hr; DEVICES], |index, hr| hr.post(&format!("{}/open", paths[index % 2]), &[]).status);
    assert!(!answers.contains(&500), "{answers:?}");
    assert!(app.number("SELECT count(*) FROM periods WHERE kind = 'campaign' AND state = 'open'") <= 1);
    for path in &paths {
        storm(&hr, &format!("{path}/remind"), &[]);
        storm(&hr, &format!("{path}/codes"), &[]);
        storm(&hr, &format!("{path}/people"), &[("person_name", "Eva Stone"), ("person_position", "Driver")]);
    }
    storm(&hr, &format!("/hr/employees/{ivo}/archive"), &[]);
    storm(&hr, &format!("/hr/employees/archived/{ivo}/restore"), &[]);
    let source = include_str!("../../fixtures/instruments/bat-12-like.toml");
    let uploads =
        at_once(&[&hr; DEVICES], |_, hr| hr.upload("/hr/instruments", "file", "mine.toml", source.as_bytes()).status);
    assert!(!uploads.contains(&500), "{uploads:?}");
    let admin = app.register_as("admin@example.com", "admin");
    storm(&admin, "/admin/roles", &[("name", "Recruiting")]);
    assert!(app.number("SELECT count(*) FROM roles WHERE name = 'Recruiting'") <= 1);
    let role = app.number("SELECT id FROM roles WHERE key = 'manager'");
    for verb in ["give", "take"] {
        storm(&admin, &format!("/admin/users/{ivo}/roles/{role}/{verb}"), &[]);
    }
}

//! `/profile`: name, position, password and address.

use crate::{
    letters::{Letter, take_letter, take_letters},
    steps::between,
    support::{Answer, Browser, PASSWORD, TestApp},
};
use chrono::TimeDelta;

const NEW: &str = "seven-lamps-at-dusk";

fn error_of(answer: &Answer, field: &str) -> String {
    between(&answer.body, &format!("id=\"{field}-error\">"), "</p>").first().copied().unwrap_or_default().to_owned()
}

fn login(app: &TestApp, email: &str) -> u16 {
    app.browser().post("/login", &[("email", email), ("password", PASSWORD)]).status
}

fn change_email(browser: &Browser, email: &str, password: &str) -> Answer {
    browser.post("/profile/email", &[("email", email), ("email_password", password)])
}

/// The link in the mail to the new address, and the notice to the old one.
fn letters_about(app: &TestApp, browser: &Browser, old: &str, new: &str) -> (String, Letter) {
    let answer = change_email(browser, new, PASSWORD);
    assert_eq!((answer.status, answer.location()), (303, "/profile"), "{}", answer.body);
    let (to_new, to_old): (Vec<_>, Vec<_>) = take_letters(app, 2).into_iter().partition(|letter| letter.to == new);
    assert_eq!((to_new.len(), to_old.len()), (1, 1));
    let notice = to_old.into_iter().next().unwrap();
    assert_eq!(notice.to, old);
    (to_new[0].link(app), notice)
}

#[test]
fn name_and_position_can_be_changed() {
    let app = TestApp::spawn();
    let ada = app.register("ada@example.com");
    let answer = ada.post("/profile", &[("name", "  Ada \u{7}Lovelace "), ("position", "Countess")]);
    assert_eq!((answer.status, answer.location()), (303, "/profile"));
    let page = ada.get("/profile").body;
    assert!(page.contains("value=\"Ada Lovelace\"") && page.contains("value=\"Countess\"") && page.contains("Saved."));
    assert!(page.contains("<span class=\"menu__name\">Ada Lovelace</span>"));
    assert_eq!(ada.post("/profile", &[("name", "Ada")]).status, 303);
    assert_eq!(app.text("SELECT name || '|' || position FROM users"), "Ada|", "a position can be taken back");
}

#[test]
fn a_name_that_cannot_be_is_refused_and_kept_in_the_form() {
    let app = TestApp::spawn();
    let ada = app.register("ada@example.com");
    let long = format!("\"><script>{}", "x".repeat(250));
    for (name, position, field, words) in [
        ("", "Countess", "name", "Please fill this in."),
        (&*long, "Countess", "name", "255 characters at most"),
        ("Ada", &*long, "position", "255 characters at most"),
    ] {
        let answer = ada.post("/profile", &[("name", name), ("position", position)]);
        assert_eq!(answer.status, 422);
        assert!(error_of(&answer, field).contains(words));
        assert!(answer.body.contains("value=\"Countess\"") || answer.body.contains("value=\"Ada\""));
        assert!(!answer.body.contains("<script>x"));
    }
    assert_eq!(app.text("SELECT name FROM users"), "Test Person");
}

#[test]
fn a_new_password_needs_the_current_one_and_keeps_the_rules() {
    let app = TestApp::spawn();
    let ada = app.register("ada@example.com");
    let cases = [
        ("wrong", NEW, "current_password", "This is not your current password."),
        ("", NEW, "current_password", "This is not your current password."),
        (PASSWORD, "short", "password", "at least 8 characters"),
        (PASSWORD, "password123", "password", "too easy to guess"),
        (PASSWORD, "test person", "password", "too easy to guess"),
    ];
    for (current, new, field, words) in cases {
        let answer = ada.post("/profile/password", &[("current_password", current), ("password", new)]);
        assert_eq!(answer.status, 422, "{current} {new}");
        assert!(error_of(&answer, field).contains(words), "{current} {new}");
        assert!(!answer.body.contains(&format!("value=\"{PASSWORD}\"")) && !answer.body.contains(NEW));
    }
    assert_eq!(ada.get("/dashboard").status, 200, "still signed in");
    assert_eq!(login(&app, "ada@example.com"), 303);
    take_letters(&app, 0);
    assert_eq!(ada.post("/profile/password", &[("current_password", PASSWORD), ("password", NEW)]).status, 303);
    let letter = take_letter(&app); // the owner is told
    assert!(letter.to == "ada@example.com" && letter.text.contains("has just been changed"));
}

#[test]
fn who_finds_a_screen_unlocked_cannot_guess_the_password_there() {
    let app = TestApp::spawn();
    let ada = app.register("ada@example.com");
    let guess = || ada.post("/profile/password", &[("current_password", "wrong"), ("password", NEW)]);
    for _ in 0..3 {
        assert_eq!(guess().status, 422);
    }
    for _ in 0..2 {
        assert_eq!(change_email(&ada, "eve@example.com", "wrong").status, 422, "counted together");
    }
    let refused = guess();
    assert_eq!((refused.status, refused.header("retry-after")), (429, "1"));
    assert_eq!(change_email(&ada, "eve@example.com", PASSWORD).status, 429);
    assert!(ada.get("/privacy").body.matches("<strong>Failed</strong>").count() == 5, "the owner sees them");
    app.advance(TimeDelta::seconds(1));
    assert_eq!(ada.post("/profile/password", &[("current_password", PASSWORD), ("password", NEW)]).status, 303);
}

#[test]
fn an_address_changes_when_the_link_sent_to_it_is_confirmed() {
    let app = TestApp::spawn();
    let ada = app.register("ada@example.com");
    let (link, notice) = letters_about(&app, &ada, "ada@example.com", "countess@example.com");
    assert!(link.starts_with("/profile/email/"));
    assert!(notice.text.contains("asked to change its e-mail address") && !notice.text.contains(&link));
    assert_eq!(
        (login(&app, "ada@example.com"), login(&app, "countess@example.com")),
        (303, 422),
        "nothing changed yet"
    );
    let stranger = app.browser(); // the mail may be read on another device
    assert_eq!(stranger.get(&link).location(), format!("/login?next={}", link.replace('/', "%2F")));
    assert_eq!(stranger.post(&link, &[]).location(), "/login");
    let question = ada.get(&link);
    assert_eq!(question.status, 200);
    assert!(question.body.contains("countess@example.com"));
    assert_eq!(login(&app, "ada@example.com"), 303, "looking at the link changes nothing");
    assert_eq!(ada.post(&link, &[]).location(), "/profile");
    let told = take_letter(&app);
    assert!(told.to == "ada@example.com" && told.text.contains("has just been changed"), "the old address is told");
    assert_eq!((login(&app, "ada@example.com"), login(&app, "countess@example.com")), (422, 303));
    assert!(ada.get("/profile").body.contains("<strong>countess@example.com</strong>"), "still signed in");
    assert_eq!((stranger.get(&link).status, stranger.post(&link, &[]).status), (404, 404), "the link works once");
}

#[test]
fn a_new_address_needs_the_password_and_a_form_of_its_own() {
    let app = TestApp::spawn();
    let ada = app.register("ada@example.com");
    for (email, password, field, words) in [
        ("countess@example.com", "wrong", "email_password", "This is not your current password."),
        ("nonsense", PASSWORD, "email", "does not look like an e-mail address"),
        ("", PASSWORD, "email", "does not look like an e-mail address"),
    ] {
        let answer = change_email(&ada, email, password);
        assert_eq!(answer.status, 422, "{email}");
        assert!(error_of(&answer, field).contains(words), "{email}");
        assert!(email.is_empty() || answer.body.contains(&format!("value=\"{email}\"")), "{email} is kept");
    }
    take_letters(&app, 0);
    assert_eq!(app.number("SELECT count(*) FROM account_links"), 0);
}

#[test]
fn an_address_that_somebody_has_by_now_is_refused() {
    let app = TestApp::spawn();
    let ada = app.register("ada@example.com");
    let (link, _) = letters_about(&app, &ada, "ada@example.com", "bob@example.com");
    app.register("bob@example.com");
    let answer = ada.post(&link, &[]);
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("has an account already"));
    assert_eq!(app.text("SELECT string_agg(email, ' ' ORDER BY email) FROM users"), "ada@example.com bob@example.com");
    assert_eq!((login(&app, "ada@example.com"), login(&app, "bob@example.com")), (303, 303));
}

#[test]
fn a_link_expires_after_a_day_and_a_newer_one_ends_it() {
    let app = TestApp::spawn();
    let ada = app.register("ada@example.com");
    let (older, _) = letters_about(&app, &ada, "ada@example.com", "first@example.com");
    let (newer, _) = letters_about(&app, &ada, "ada@example.com", "second@example.com");
    assert_eq!((ada.get(&older).status, ada.get(&newer).status), (404, 200));
    app.advance(TimeDelta::days(1));
    assert_eq!(app.browser().post(&newer, &[]).status, 404);
    assert_eq!(app.text("SELECT email FROM users"), "ada@example.com");
}

#[test]
fn links_that_went_to_the_old_address_are_dead_after_the_change() {
    let app = TestApp::spawn();
    let ada = app.register("ada@example.com");
    assert_eq!(app.browser().post("/password/forgot", &[("email", "ada@example.com")]).status, 200);
    let reset = take_letter(&app).link(&app);
    assert_eq!(app.browser().get(&reset).status, 200);
    let (link, _) = letters_about(&app, &ada, "ada@example.com", "countess@example.com");
    assert_eq!(ada.post(&link, &[]).status, 303);
    assert_eq!(app.browser().get(&reset).status, 404);
    assert_eq!(app.browser().post(&reset, &[("password", NEW)]).status, 404);
    assert_eq!(login(&app, "countess@example.com"), 303);
}

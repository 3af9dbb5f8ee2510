//! Attacks on accounts: registering with another person's address, using an unlocked
//! screen, and many cheap requests that make the server work or send mail to strangers.

use crate::{
    letters::{take_letter, take_letters},
    steps::app_at,
    support::{Browser, PASSWORD, TestApp, api::Client},
};
use chrono::TimeDelta;
use diesel::{Connection as _, PgConnection, connection::SimpleConnection as _};
use hearth::error::AppError;
use serde_json::json;

pub const ADA: &str = "ada@example.com";

pub fn id_of(app: &TestApp, email: &str) -> i64 {
    app.number(&format!("SELECT id FROM users WHERE email = '{email}'"))
}

/// Everything in a table.
pub fn rows(app: &TestApp, table: &str) -> String {
    app.text(&format!("SELECT coalesce(string_agg(t::text, ' ' ORDER BY t::text), '') FROM {table} t"))
}

/// The password that everybody here begins with is theirs once more, and a
/// thief who knows it signs in.
pub fn thief_of(app: &TestApp, email: &str) -> Browser {
    app.advance(TimeDelta::minutes(20)); // links may be asked for again
    if app.number("SELECT count(*) FROM users WHERE email = 'bystander@example.com'") == 0 {
        app.register("bystander@example.com");
    }
    app.execute(&format!(
        "UPDATE users SET email_verified_at = NULL,
             password_hash = (SELECT password_hash FROM users WHERE email = 'bystander@example.com')
         WHERE email = '{email}'"
    ));
    let thief = app.browser();
    assert_eq!(thief.post("/login", &[("email", email), ("password", PASSWORD)]).status, 303);
    thief
}

fn register(app: &TestApp, email: &str) -> Browser {
    let browser = app.browser();
    let answer = browser.post("/register", &[("email", email), ("password", PASSWORD), ("name", "Squatter")]);
    assert_eq!(answer.status, 303, "{}", answer.body);
    browser
}

fn lets_in(app: &TestApp, email: &str, password: &str) -> bool {
    app.browser().post("/login", &[("email", email), ("password", password)]).status == 303
}

#[test]
fn a_stranger_who_registered_with_my_address_is_out_when_i_follow_the_link() {
    let app = app_at("2026-05-04T08:00:00Z");
    let bob = app.register("bob@example.com"); // I may even be signed in as somebody else
    let squatter = register(&app, ADA);
    let link = take_letter(&app).link(&app);
    squatter.post("/privacy/erase", &[("password", PASSWORD)]);
    take_letter(&app);
    for me in [&app.browser(), &bob] {
        let asked = me.get(&link);
        assert!(asked.status == 200 && asked.body.contains("type=\"password\""), "{}", asked.body);
        assert_eq!(me.post(&link, &[]).status, 422, "a click proves the address of nobody's account");
        assert_eq!(app.number("SELECT count(*) FROM users WHERE email_verified_at IS NOT NULL"), 0);
    }
    assert_eq!(app.browser().post(&link, &[("password", "seven-lamps-at-dusk")]).location(), "/login");
    assert_eq!(app.number("SELECT count(*) FROM users WHERE email_verified_at IS NOT NULL"), 1);
    assert_eq!(squatter.get("/dashboard").location(), "/login?next=%2Fdashboard");
    assert!(!lets_in(&app, ADA, PASSWORD) && lets_in(&app, ADA, "seven-lamps-at-dusk"));
    assert_eq!(rows(&app, "erasure_requests"), "", "nor is the account erased for them");
    assert_eq!(app.browser().post(&link, &[("password", "eight-geese-in-the-fog")]).status, 404, "it works once");
}

#[test]
fn a_change_of_address_is_confirmed_by_nobody_but_its_own_account() {
    let app = app_at("2026-05-04T08:00:00Z");
    let (ada, bob) = (app.register(ADA), app.register("bob@example.com"));
    let ask = [("email", "mistyped@example.com"), ("email_password", PASSWORD)];
    assert_eq!(ada.post("/profile/email", &ask).status, 303);
    let letters = take_letters(&app, 2);
    let link = letters.iter().find(|letter| letter.to == "mistyped@example.com").unwrap().link(&app);
    assert_eq!((bob.get(&link).status, bob.post(&link, &[]).status), (403, 403));
    assert_eq!(app.browser().post(&link, &[("password", "seven-lamps-at-dusk")]).location(), "/login");
    assert_eq!(app.number("SELECT count(*) FROM users WHERE email = 'mistyped@example.com'"), 0);
    assert_eq!(ada.post(&link, &[]).location(), "/profile");
}

#[test]
fn registering_with_the_address_of_somebody_archived_touches_nothing_of_theirs() {
    let app = app_at("2026-05-04T08:00:00Z");
    let hr = app.register_as("hr@example.com", "hr");
    app.register_as(ADA, "employee");
    let real = id_of(&app, ADA);
    assert_eq!(hr.post(&format!("/hr/employees/{real}/archive"), &[]).status, 303);
    let archive = rows(&app, "old_users");
    // Erased on their own request.
    register(&app, ADA).post("/privacy/erase", &[("password", PASSWORD)]);
    let ledger = hearth::leaving::Ledger::of(app.data_dir.path());
    app.advance(TimeDelta::hours(25));
    hearth::leaving::erase_due(&mut app.db.connect(), &ledger, app.now()).unwrap();
    assert_eq!(rows(&app, "old_users"), archive);
    // Archived by HR.
    register(&app, ADA);
    let squatter = id_of(&app, ADA);
    let hr = thief_of(&app, "hr@example.com");
    assert_eq!(hr.post(&format!("/hr/employees/{squatter}/archive"), &[]).status, 303);
    app.execute(&format!("DELETE FROM old_users WHERE id = {squatter} AND email IS NULL"));
    assert_eq!(rows(&app, "old_users"), archive);
    assert_eq!(hr.post(&format!("/hr/employees/archived/{real}/restore"), &[]).status, 303);
    assert_eq!(id_of(&app, ADA), real);
}

#[test]
fn nobody_reports_to_an_address_that_a_stranger_registered_with() {
    let app = app_at("2026-05-04T08:00:00Z");
    let hr = app.register_as("hr@example.com", "hr");
    app.register_as("bob@example.com", "employee");
    app.register(ADA);
    let bob = format!("/hr/employees/{}/transfer", id_of(&app, "bob@example.com"));
    assert_eq!(hr.post(&bob, &[("manager_email", ADA)]).status, 422);
    let file = format!("email,name,manager_email\ncid@example.com,Cid,{ADA}\n");
    let shown = hr.get(hr.upload("/hr/employees/import", "file", "list.csv", file.as_bytes()).location());
    assert!(shown.body.contains("has the manager’s address"), "{}", shown.body);
    assert_eq!(app.number("SELECT count(*) FROM users WHERE manager_id IS NOT NULL"), 0);
}

/// Somebody signed in long enough ago that they may not be at their desk.
fn unattended(app: &TestApp, email: &str) -> Browser {
    let browser = thief_of(app, email);
    app.advance(TimeDelta::minutes(10));
    browser
}

#[test]
fn asvs_7_5_2_and_7_5_3_who_finds_a_screen_unlocked_needs_the_password_for_what_matters_most() {
    let app = app_at("2026-05-04T08:00:00Z");
    app.register_as("admin@example.com", "admin");
    app.register_as("hr@example.com", "hr");
    app.register_as(ADA, "employee");
    app.execute(
        "INSERT INTO periods (kind, state, name, starts_on, ends_on, instrument_version_id, min_group, opened_at)
         SELECT 'campaign', 'open', 'Spring', '2026-05-01', '2026-05-30', min(id), 5, now() FROM instrument_versions",
    );
    let (ada, hr) = (id_of(&app, ADA), app.number("SELECT id FROM roles WHERE key = 'hr'"));
    let period = app.number("SELECT id FROM periods");
    let requests = [
        ("admin@example.com", format!("/admin/users/{ada}/roles/{hr}/give"), "user_roles"),
        ("admin@example.com", "/admin/roles".to_owned(), "roles"),
        ("admin@example.com", format!("/admin/users/{ada}/sign-out"), "audit_events"),
        ("hr@example.com", format!("/hr/campaigns/{period}/close"), "releases"),
        (ADA, "/privacy/devices/sign-out".to_owned(), "attempts"),
    ];
    for (who, path, table) in requests {
        let screen = unattended(&app, who);
        let before = rows(&app, table);
        let asked = screen.post(&path, &[("name", "Council <3")]);
        assert_eq!(asked.status, 403, "{path}");
        assert!(asked.body.contains(&format!("action=\"{path}\"")) && asked.body.contains("name=\"current_password\""));
        assert!(
            asked.body.contains("name=\"name\" value=\"Council &#60;3\"")
                || asked.body.contains("value=\"Council &lt;3\""),
            "what was typed is kept: {}",
            asked.body
        );
        assert_eq!(rows(&app, table), before, "{path}");
        let wrong = screen.post(&path, &[("name", "Council"), ("current_password", "a guess")]);
        assert!(wrong.status == 403 && wrong.body.contains("not your current password"), "{path}");
        let done = screen.post(&path, &[("name", "Council"), ("current_password", PASSWORD)]);
        assert_eq!(done.status, 303, "{path}: {}", done.body);
        assert_ne!(rows(&app, table), before, "{path}");
    }
    // Once proved it counts for ten minutes, on this device only.
    let (here, there) = (unattended(&app, ADA), thief_of(&app, ADA));
    app.advance(TimeDelta::minutes(10));
    assert_eq!(here.get("/privacy/export.zip").status, 403);
    assert_eq!(here.download("/privacy/export.zip").0, 403);
    assert_eq!(here.post("/privacy/export.zip", &[("current_password", PASSWORD)]).status, 200);
    assert_eq!((here.download("/privacy/export.zip").0, there.get("/privacy/export.zip").status), (200, 403));
    app.advance(TimeDelta::minutes(10));
    assert_eq!(here.get("/privacy/export.zip").status, 403);
}

#[test]
fn asvs_7_4_5_an_admin_ends_the_sign_ins_of_one_person_or_of_everybody() {
    let app = app_at("2026-05-04T08:00:00Z");
    let admin = app.register_as("admin@example.com", "admin");
    let (ada, bob) = (app.register_as(ADA, "employee"), app.register_as("bob@example.com", "employee"));
    let program = Client::signed_in(&app, ADA);
    let out = admin.post(&format!("/admin/users/{}/sign-out", id_of(&app, ADA)), &[]);
    assert_eq!((out.status, ada.get("/dashboard").status, program.get("/api/auth/me").status), (303, 303, 401));
    assert_eq!((bob.get("/dashboard").status, admin.get("/dashboard").status), (200, 200));
    assert_eq!(admin.post("/admin/users/sign-out", &[]).location(), "/admin/users");
    assert_eq!((bob.get("/dashboard").status, admin.get("/dashboard").status), (303, 200));
    let said = app.text("SELECT string_agg(event, ' ' ORDER BY id) FROM audit_events WHERE event LIKE '%signed_out'");
    assert_eq!(said, "person_signed_out everyone_signed_out");
}

#[test]
fn fifteen_changes_of_address_are_not_fifteen_mails_to_a_stranger() {
    let app = app_at("2026-05-04T08:00:00Z");
    let ada = app.register(ADA);
    let ask = |email: &str| ada.post("/profile/email", &[("email", email), ("email_password", PASSWORD)]);
    let mut answers: Vec<_> = (0..15).map(|_| ask("stranger@example.com")).collect();
    assert_eq!(answers.iter().filter(|answer| answer.status == 303).count(), 5);
    let refused = answers.pop().unwrap();
    assert_eq!((refused.status, refused.header("retry-after")), (429, "300"));
    assert!(refused.body.contains("value=\"stranger@example.com\""), "what was typed is kept");
    let letters = take_letters(&app, 10);
    assert_eq!(letters.iter().filter(|letter| letter.to == "stranger@example.com").count(), 5);
    // Nor from several accounts, nor of another kind.
    let bob = app.register("bob@example.com");
    let again = bob.post("/profile/email", &[("email", "stranger@example.com"), ("email_password", PASSWORD)]);
    assert_eq!(again.status, 429);
    register(&app, "stranger@example.com");
    take_letters(&app, 0);
    // One person has a limit whoever gets the mails.
    let statuses: Vec<_> = (0..12).map(|n| ask(&format!("stranger{n}@example.com")).status).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 5, "ten in all: {statuses:?}");
}

#[test]
fn a_company_registers_on_one_day_through_one_address_and_nobody_registers_without_end() {
    let app = app_at("2026-05-04T08:00:00Z");
    for n in 0..40 {
        register(&app, &format!("person{n}@example.com"));
    }
    assert_eq!(app.number("SELECT count(*) FROM limits"), 42, "the network, all, and each address");
    app.execute(&format!("UPDATE limits SET full_at = '{}'", app.now() + TimeDelta::minutes(30)));
    let refused = app.browser().post(
        "/register",
        &[("email", "more@example.com"), ("password", PASSWORD), ("name", "Moe"), ("position", "Analyst")],
    );
    assert_eq!((refused.status, refused.header("retry-after")), (429, "6"));
    assert!(refused.body.contains("value=\"more@example.com\"") && refused.body.contains("value=\"Analyst\""));
    let api = Client::new(&app)
        .post("/api/auth/register", &json!({ "email": "more@example.com", "password": PASSWORD, "name": "Moe" }));
    assert_eq!((api.status, app.number("SELECT count(*) FROM users")), (429, 40));
    app.advance(TimeDelta::seconds(6));
    assert_eq!(register(&app, "more@example.com").get("/dashboard").status, 200);
}

#[test]
fn asking_which_addresses_are_taken_slows_the_sign_ins_of_that_network() {
    let app = app_at("2026-05-04T08:00:00Z");
    app.register(ADA);
    let client = Client::new(&app);
    for n in 0..50 {
        app.execute(&format!(
            "INSERT INTO users (email, name, joined_on) VALUES ('taken{n}@example.com', 'Taken', '2026-01-01')"
        ));
        let ask = json!({ "email": format!("taken{n}@example.com"), "password": PASSWORD, "name": "Eve" });
        assert_eq!(client.post("/api/auth/register", &ask).status, 409, "{n}");
    }
    assert_eq!(app.browser().post("/login", &[("email", ADA), ("password", PASSWORD)]).status, 429);
}

#[test]
fn asvs_6_2_9_and_6_2_12_passwords_are_long_in_every_script_and_never_leaked() {
    let app = app_at("2026-05-04T08:00:00Z");
    let long: String = "тихая пристань у реки за старой мельницей, где живут семь выдр и одна цапля и ещё кто-то тихий в тростнике за мостом у дороги".chars().take(128).collect();
    assert!(long.chars().count() >= 64);
    let register = |email: &str, password: &str| {
        app.browser().post("/register", &[("email", email), ("password", password), ("name", "Ada")])
    };
    assert_eq!(register(ADA, &long).status, 303);
    let shorter: String = long.chars().take(long.chars().count() - 1).collect();
    assert!(lets_in(&app, ADA, &long) && !lets_in(&app, ADA, &shorter));
    for (n, leaked) in ["trustno1", "Passw0rd", "1q2w3e4r5t6y", "VokqMsc8wDbsNJT"].into_iter().enumerate() {
        let refused = register(&format!("bob{n}@example.com"), leaked);
        assert!(refused.status == 422 && refused.body.contains("too easy to guess"), "{leaked}: {}", refused.status);
    }
}

#[test]
fn a_new_device_is_told_to_the_owner_and_a_known_one_is_not() {
    let app = app_at("2026-05-04T08:00:00Z");
    let ada = app.register_as(ADA, "employee");
    ada.post("/logout", &[]);
    assert_eq!(ada.post("/login", &[("email", ADA), ("password", PASSWORD)]).status, 303);
    take_letters(&app, 0);
    let phone = app.browser();
    phone.post("/login", &[("email", ADA), ("password", PASSWORD)]);
    let letter = take_letter(&app);
    assert!(letter.to == ADA && letter.text.contains("never used for it before") && letter.text.contains("127.0.0.1"));
    phone.post("/login", &[("email", ADA), ("password", PASSWORD)]);
    take_letters(&app, 0);
}

#[test]
fn asvs_7_4_1_signing_out_never_claims_what_the_server_could_not_do() {
    let app = app_at("2026-05-04T08:00:00Z");
    let ada = app.register(ADA);
    let mut holder = app.db.connect();
    let frozen = |conn: &mut PgConnection| {
        conn.batch_execute("LOCK TABLE sign_ins IN ACCESS EXCLUSIVE MODE")?;
        Ok::<_, AppError>(ada.post("/logout", &[]))
    };
    let answer = holder.transaction(frozen).unwrap();
    assert_eq!(answer.status, 503);
    assert!(answer.body.contains("signed out in this browser only"), "{}", answer.body);
    assert!(answer.cookie("session").is_some_and(|cookie| cookie.contains("Max-Age=0")), "the browser forgets");
    assert_eq!(ada.get("/dashboard").status, 303);
    assert_eq!(app.number("SELECT count(*) FROM sign_ins"), 1, "and the page is right about the server");
    let bob = app.register("bob@example.com");
    assert_eq!((bob.post("/logout", &[]).status, app.number("SELECT count(*) FROM sign_ins")), (303, 1));
}

#[test]
fn asvs_7_5_1_address_and_password_change_with_the_password_only_however_fresh_the_sign_in() {
    let app = app_at("2026-05-04T08:00:00Z");
    app.register(ADA);
    let ada = thief_of(&app, ADA);
    for password in ["", "a guess"] {
        let email = [("email", "thief@example.com"), ("current_password", password)];
        assert_eq!(ada.post("/profile/email", &email).status, 422);
        let new = [("password", "seven-lamps-at-dusk"), ("current_password", password)];
        assert_eq!(ada.post("/profile/password", &new).status, 422);
    }
    take_letters(&app, 0);
    let email = [("email", "countess@example.com"), ("current_password", PASSWORD)];
    assert_eq!(ada.post("/profile/email", &email).status, 303);
}

#[test]
fn asvs_8_2_2_no_number_reaches_the_sign_ins_of_somebody_else() {
    let app = app_at("2026-05-04T08:00:00Z");
    let ada = app.register(ADA);
    app.register("bob@example.com");
    let phone = thief_of(&app, ADA);
    for number in 1..=20 {
        thief_of(&app, "bob@example.com").post(&format!("/privacy/devices/{number}/sign-out"), &[]);
    }
    assert_eq!((ada.get("/dashboard").status, phone.get("/dashboard").status), (200, 200));
}

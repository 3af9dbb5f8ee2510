//! Roles and permissions: nobody can gain more than they were granted, and the company
//! always keeps an admin.

use crate::{
    steps::{at_once, between, sign_in, visible},
    support::{Browser, PASSWORD, TestApp},
};

fn id_of(app: &TestApp, email: &str) -> i64 {
    app.number(&format!("SELECT id FROM users WHERE email = '{email}'"))
}

fn role(app: &TestApp, key: &str) -> i64 {
    app.number(&format!("SELECT id FROM roles WHERE key = '{key}' OR name = '{key}'"))
}

fn change(app: &TestApp, email: &str, key: &str, verb: &str) -> String {
    format!("/admin/users/{}/roles/{}/{verb}", id_of(app, email), role(app, key))
}

fn has(app: &TestApp, email: &str, key: &str) -> bool {
    let held = format!(
        "SELECT count(*) FROM user_roles WHERE user_id = {} AND role_id = {}",
        id_of(app, email),
        role(app, key)
    );
    app.number(&held) == 1
}

fn admins(app: &TestApp) -> i64 {
    app.number(
        "SELECT count(DISTINCT user_id) FROM user_roles JOIN role_permissions USING (role_id)
         WHERE permission = 'manage_roles'",
    )
}

/// Everything that says who may do what.
fn rights(app: &TestApp) -> String {
    app.text(
        "SELECT (SELECT string_agg(t::text, ' ' ORDER BY t::text) FROM user_roles t)
             || (SELECT string_agg(t::text, ' ' ORDER BY t::text) FROM role_permissions t)
             || (SELECT string_agg(coalesce(key, name), ' ' ORDER BY id) FROM roles)",
    )
}

fn is_in(browser: &Browser) -> bool {
    browser.get("/dashboard").status == 200
}

#[test]
fn a_role_is_given_and_taken_and_each_time_the_person_signs_in_anew() {
    let app = TestApp::spawn();
    let admin = app.register_as("admin@example.com", "admin");
    let ada = app.register("ada@example.com");
    let given = admin.post(&change(&app, "ada@example.com", "hr", "give"), &[]);
    assert_eq!((given.status, given.location()), (303, &*format!("/admin/users/{}", id_of(&app, "ada@example.com"))));
    assert!(admin.get(given.location()).body.contains("The role is given."));
    assert!(has(&app, "ada@example.com", "hr") && !is_in(&ada) && is_in(&admin));
    let again = sign_in(&app, "ada@example.com");
    assert_eq!(admin.post(&change(&app, "ada@example.com", "hr", "give"), &[]).status, 303);
    assert!(is_in(&again), "giving what is there changes nothing");
    assert_eq!(admin.post(&change(&app, "ada@example.com", "hr", "take"), &[]).status, 303);
    assert!(!has(&app, "ada@example.com", "hr") && !is_in(&again));
    assert_eq!(admin.post(&change(&app, "ada@example.com", "hr", "take"), &[]).status, 303);
    let rows = "SELECT string_agg(event, ' ' ORDER BY id) FROM audit_events WHERE event LIKE 'role%'";
    assert_eq!(app.text(rows), "role_given role_taken");
    let subjects = format!(
        "SELECT count(*) FROM audit_events WHERE actor_id = {} AND subject_id = {} AND details = '{{\"role\": {}}}'",
        id_of(&app, "admin@example.com"),
        id_of(&app, "ada@example.com"),
        role(&app, "hr")
    );
    assert_eq!(app.number(&subjects), 2);
}

#[test]
fn an_admin_who_changes_their_own_roles_keeps_this_sign_in_only() {
    let app = TestApp::spawn();
    let desk = app.register_as("admin@example.com", "admin");
    let phone = sign_in(&app, "admin@example.com");
    let own = desk.get(&format!("/admin/users/{}", id_of(&app, "admin@example.com")));
    assert!(own.body.contains("These are your own roles."));
    assert_eq!(desk.post(&change(&app, "admin@example.com", "manager", "give"), &[]).status, 303);
    assert!(is_in(&desk) && !is_in(&phone));
}

#[test]
fn nobody_without_the_permission_gives_themselves_anything() {
    let app = TestApp::spawn();
    app.register_as("admin@example.com", "admin");
    let before_them = admins(&app);
    for key in ["employee", "manager", "hr"] {
        let email = format!("{key}@example.com");
        let browser = app.register_as(&email, key);
        let before = rights(&app);
        let hr = role(&app, "hr").to_string();
        let tries = [
            (change(&app, &email, "admin", "give"), vec![]),
            (change(&app, "admin@example.com", "admin", "take"), vec![]),
            ("/admin/roles".to_owned(), vec![("name", "Mine"), ("permission", "manage_roles")]),
            (format!("/admin/roles/{hr}"), vec![("permission", "manage_roles")]),
            (format!("/admin/roles/{hr}/delete"), vec![]),
            // Fields that a form does not have are not listened to.
            ("/profile".to_owned(), vec![("name", "X"), ("role", "admin"), ("permission", "manage_roles")]),
        ];
        for (path, fields) in tries {
            let status = browser.post(&path, &fields).status;
            assert_eq!(status, if path == "/profile" { 303 } else { 403 }, "{path} as {key}");
        }
        for path in ["/admin/users", "/admin/roles", "/admin/audit"] {
            let answer = browser.get(path);
            assert_eq!(answer.status, 403, "{path} as {key}");
            assert!(!answer.body.contains("admin@example.com"));
        }
        assert_eq!(rights(&app), before, "{key}");
    }
    let fields = [("email", "eve@example.com"), ("password", PASSWORD), ("name", "Eve"), ("role", "admin")];
    assert_eq!(app.browser().post("/register", &fields).status, 303);
    assert_eq!(admins(&app), before_them);
}

#[test]
fn the_last_admin_stays_whichever_way_they_would_go() {
    let app = TestApp::spawn();
    let admin = app.register_as("admin@example.com", "admin");
    let before = rights(&app);
    let taken = admin.post(&change(&app, "admin@example.com", "admin", "take"), &[]);
    assert_eq!(taken.status, 422);
    assert!(taken.body.contains("Somebody must be left who can manage roles."));
    let path = format!("/admin/roles/{}", role(&app, "admin"));
    let changed = admin.post(&path, &[("permission", "view_audit")]);
    assert_eq!(changed.status, 422);
    assert!(changed.body.contains("Somebody must be left who can manage roles."));
    assert_eq!(rights(&app), before, "the whole change is taken back");
    // The same through a role that they made themselves.
    let fields = [("name", "Keepers"), ("permission", "manage_roles")];
    assert_eq!(admin.post("/admin/roles", &fields).status, 303);
    assert_eq!(admin.post(&change(&app, "admin@example.com", "Keepers", "give"), &[]).status, 303);
    assert_eq!(admin.post(&change(&app, "admin@example.com", "admin", "take"), &[]).status, 303);
    let before = rights(&app);
    let keepers = format!("/admin/roles/{}", role(&app, "Keepers"));
    let deleted = admin.post(&format!("{keepers}/delete"), &[]);
    assert_eq!((deleted.status, deleted.body.contains("Somebody must be left")), (422, true));
    assert_eq!(admin.post(&keepers, &[("name", "Keepers")]).status, 422);
    assert_eq!(rights(&app), before);
    assert!(is_in(&admin), "what was refused ended nothing");
    // Somebody who cannot sign in does not count.
    app.register_as("guest@example.com", "admin");
    app.execute("UPDATE users SET password_hash = NULL WHERE email = 'guest@example.com'");
    assert_eq!(admin.post(&change(&app, "admin@example.com", "Keepers", "take"), &[]).status, 422);
}

#[test]
fn two_admins_cannot_remove_each_other_at_the_same_moment() {
    for _ in 0..5 {
        let app = TestApp::spawn();
        let one = app.register_as("one@example.com", "admin");
        let two = app.register_as("two@example.com", "admin");
        let paths = ["two", "one"].map(|name| change(&app, &format!("{name}@example.com"), "admin", "take"));
        let mut answers = at_once(&[&one, &two], |index, browser| browser.post(&paths[index], &[]).status);
        answers.sort_unstable();
        assert_eq!(admins(&app), 1, "{answers:?}");
        assert_eq!(answers[0], 303, "{answers:?}");
        assert!(matches!(answers[1], 303 | 403), "signed out or no admin any more: {answers:?}");
    }
}

#[test]
fn two_admins_cannot_give_their_own_role_up_at_the_same_moment() {
    for _ in 0..5 {
        let app = TestApp::spawn();
        let emails = ["one@example.com", "two@example.com"];
        let browsers = emails.map(|email| app.register_as(email, "admin"));
        let paths = emails.map(|email| change(&app, email, "admin", "take"));
        let mut answers = at_once(&browsers.each_ref(), |index, browser| browser.post(&paths[index], &[]).status);
        answers.sort_unstable();
        assert_eq!((admins(&app), answers), (1, vec![303, 422]));
    }
}

#[test]
fn leaving_is_refused_to_the_last_admin_only() {
    use diesel::Connection as _;
    use hearth::{
        auth::roles::{RoleError, ensure_an_admin_stays},
        domain::UserId,
    };
    let app = TestApp::spawn();
    app.register("ada@example.com");
    let may_leave = |email: &str| {
        let id = UserId(id_of(&app, email));
        match app.db.connect().transaction(|conn| ensure_an_admin_stays(conn, id)) {
            Ok(()) => true,
            Err(RoleError::LastAdmin) => false,
            Err(error) => panic!("{error}"),
        }
    };
    assert!(may_leave("ada@example.com"), "where nobody is an admin, nobody is the last");
    app.register_as("one@example.com", "admin");
    assert!(may_leave("ada@example.com") && !may_leave("one@example.com"));
    app.register_as("two@example.com", "admin");
    assert!(may_leave("one@example.com") && may_leave("two@example.com"));
}

#[test]
fn a_role_is_made_changed_and_deleted_and_works_everywhere_at_once() {
    let app = TestApp::spawn();
    let admin = app.register_as("admin@example.com", "admin");
    let fields = [("name", "Works council"), ("permission", "view_audit")];
    let made = admin.post("/admin/roles", &fields);
    assert_eq!((made.status, made.location()), (303, "/admin/roles"));
    app.register("ada@example.com");
    assert_eq!(admin.post(&change(&app, "ada@example.com", "Works council", "give"), &[]).status, 303);
    let ada = sign_in(&app, "ada@example.com");
    assert_eq!((ada.get("/admin/audit").status, ada.get("/admin/roles").status), (200, 403));
    assert!(ada.get("/dashboard").body.contains("href=\"/admin/audit\""), "the navigation leads there");
    let path = format!("/admin/roles/{}", role(&app, "Works council"));
    assert_eq!(admin.post(&path, &[("name", "Council"), ("permission", "manage_roles")]).status, 303);
    assert_eq!((ada.get("/admin/audit").status, ada.get("/admin/roles").status), (403, 200), "at the next request");
    let listed = admin.get("/admin/roles").body;
    assert!(listed.contains(">Council</a>") && !listed.contains(">Works council<"));
    assert!(admin.get(&path).body.contains("1 person has this role."));
    assert_eq!(admin.post(&format!("{path}/delete"), &[]).status, 303);
    assert!(!is_in(&ada), "losing a role ends the sign-ins");
    assert_eq!(sign_in(&app, "ada@example.com").get("/admin/roles").status, 403);
    assert_eq!(admin.get(&path).status, 404);
    let rows = "SELECT string_agg(event, ' ' ORDER BY id) FROM audit_events WHERE event LIKE 'role%'";
    assert_eq!(app.text(rows), "role_created role_given role_changed role_deleted");
    assert_eq!(app.number("SELECT count(*) FROM audit_events WHERE details::text LIKE '%ouncil%'"), 0, "no names");
}

#[test]
fn roles_that_ship_keep_name_and_place_and_that_of_everyone_has_nothing_to_give() {
    let app = TestApp::spawn();
    let admin = app.register_as("admin@example.com", "admin");
    let ada = app.register("ada@example.com");
    let before = rights(&app);
    for key in ["employee", "manager", "hr", "admin"] {
        let path = format!("/admin/roles/{}", role(&app, key));
        assert!(!admin.get(&path).body.contains("/delete\""), "{key}");
        assert_eq!(admin.post(&format!("{path}/delete"), &[]).status, 422, "{key}");
    }
    let everyone = format!("/admin/roles/{}", role(&app, "employee"));
    assert!(!admin.get(&everyone).body.contains("type=\"checkbox\""));
    assert_eq!(admin.post(&everyone, &[("permission", "view_audit")]).status, 422);
    for verb in ["give", "take"] {
        assert_eq!(admin.post(&change(&app, "ada@example.com", "employee", verb), &[]).status, 404);
    }
    assert!(is_in(&ada));
    let hr = format!("/admin/roles/{}", role(&app, "hr"));
    assert_eq!(admin.post(&hr, &[("permission", "superuser")]).status, 400);
    assert_eq!(rights(&app), before);
    let fields = [("name", "Renamed"), ("permission", "manage_content"), ("permission", "answer_support")];
    assert_eq!(admin.post(&hr, &fields).status, 303);
    let granted = format!(
        "SELECT string_agg(permission, ' ' ORDER BY permission) FROM role_permissions WHERE role_id = {}",
        role(&app, "hr")
    );
    assert_eq!(app.text(&granted), "answer_support manage_content");
    assert!(!admin.get("/admin/roles").body.contains("Renamed"));
    assert_eq!(admin.post("/admin/roles/987654321", &[]).status, 404);
    assert_eq!(
        admin.post(&change(&app, "ada@example.com", "hr", "give").replace("users/", "users/9"), &[]).status,
        404
    );
}

#[test]
fn a_bad_name_comes_back_with_the_form_and_what_was_ticked() {
    let app = TestApp::spawn();
    let admin = app.register_as("admin@example.com", "admin");
    assert_eq!(admin.post("/admin/roles", &[("name", "Council")]).status, 303);
    let long = "x".repeat(256);
    for (name, says) in [
        ("", "Please fill this in."),
        ("  \u{7} ", "Please fill this in."),
        (&long, "This is too long"),
        ("COUNCIL", "There is a role with this name already."),
        ("администратор", "There is a role with this name already."),
    ] {
        let answer = admin.post("/admin/roles", &[("name", name), ("permission", "view_audit")]);
        assert_eq!(answer.status, 422, "{name:?}");
        assert!(answer.body.contains(&format!("<p class=\"field__error\" id=\"name-error\">{says}")), "{name:?}");
        assert!(answer.body.contains("value=\"view_audit\" checked"), "{name:?}");
    }
    assert_eq!(app.number("SELECT count(*) FROM roles WHERE key IS NULL"), 1);
}

#[test]
fn a_role_named_like_markup_is_only_words() {
    let app = TestApp::spawn();
    let admin = app.register_as("admin@example.com", "admin");
    let name = "<script>alert(1)</script>\"'><b>";
    assert_eq!(admin.post("/admin/roles", &[("name", name), ("permission", "view_audit")]).status, 303);
    let id = app.number("SELECT max(id) FROM roles");
    let user = id_of(&app, "admin@example.com");
    assert_eq!(admin.post(&format!("/admin/users/{user}/roles/{id}/give"), &[]).status, 303);
    let pages = [
        "/admin/roles".to_owned(),
        format!("/admin/roles/{id}"),
        "/admin/users".to_owned(),
        format!("/admin/users?role={id}"),
        format!("/admin/users/{user}"),
        "/admin/audit".to_owned(),
    ];
    for path in pages {
        let answer = admin.get(&path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.body.contains("script&#62;") || answer.body.contains("&lt;script"), "{path} says the name");
        assert!(!answer.body.contains("<script>alert") && !answer.body.contains("\"'><b>"), "{path}");
    }
    let searched = admin.post("/admin/users", &[("q", name)]);
    assert!(searched.status == 200 && !searched.body.contains("<script>alert"), "what was searched for too");
}

#[test]
fn managing_roles_together_with_hrs_work_is_warned_of() {
    let app = TestApp::spawn();
    let admin = app.register_as("admin@example.com", "admin");
    let own = format!("/admin/users/{}", id_of(&app, "admin@example.com"));
    assert!(!admin.get(&own).body.contains("can both manage roles and do HR"));
    assert_eq!(admin.post(&change(&app, "admin@example.com", "hr", "give"), &[]).status, 303);
    assert!(admin.get(&own).body.contains("can both manage roles and do HR"));
    let path = format!("/admin/roles/{}", role(&app, "admin"));
    assert!(!admin.get(&path).body.contains("notice--warn"));
    admin.post(&path, &[("permission", "manage_roles"), ("permission", "manage_employees")]);
    assert!(admin.get(&path).body.contains("notice--warn"));
}

#[test]
fn people_are_found_by_the_beginning_of_any_word_and_paged_by_name() {
    let app = TestApp::spawn();
    let admin = app.register_as("admin@example.com", "admin");
    app.execute(
        "INSERT INTO users (email, name, joined_on)
         SELECT 'person' || n || '@example.com', 'Person ' || lpad(n::text, 3, '0'), '2026-01-01'
         FROM generate_series(1, 120) n;
         INSERT INTO users (email, name, joined_on) VALUES ('daria.k@example.com', 'Дар’я Коваль-Love', '2026-01-01')",
    );
    let names = |fields: &[(&str, &str)]| {
        let answer = admin.post("/admin/users", fields);
        assert_eq!(answer.status, 200);
        let rows = between(&answer.body, "<th scope=\"row\"><a href=\"/admin/users/", "</a>");
        rows.into_iter().map(|row| row.split_once("\">").unwrap().1.to_owned()).collect::<Vec<_>>()
    };
    for search in ["Коваль", "ковал", "daria", "Дар'я", "love daria.k@example", "k@ex"] {
        assert_eq!(names(&[("q", search)]), ["Дар’я Коваль-Love"], "{search}");
    }
    assert!(names(&[("q", "aria")]).is_empty(), "a word begins with it, or not");
    assert!(admin.post("/admin/users", &[("q", "nobody")]).body.contains("Nobody fits this search."));
    assert_eq!(names(&[("q", "':*&|!\\")]).len(), 50, "signs are no words");
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let fields = [("q", "person"), ("after", &after)];
        let page = names(&fields);
        assert!(page.len() <= 50);
        all.extend(page);
        let body = admin.post("/admin/users", &fields).body;
        let last = between(&body, "name=\"after\" value=\"", "\"").into_iter().find(|last| !last.is_empty());
        let Some(last) = last else { break };
        after = last.to_owned();
    }
    let expected: Vec<_> = (1..=120).map(|n| format!("Person {n:03}")).chain(["Test Person".to_owned()]).collect();
    assert_eq!(all, expected);
    let role = role(&app, "admin").to_string();
    assert_eq!(names(&[("role", &role)]), ["Test Person"]);
    assert!(admin.get(&format!("/admin/users?role={role}")).body.contains("Test Person"), "a link can ask for it");
    for (field, value) in [("role", "x"), ("after", "x"), ("role", "99999999999999999999")] {
        assert_eq!(admin.post("/admin/users", &[(field, value)]).status, 400, "{field}={value}");
    }
    assert_eq!(admin.get("/admin/users?role=x").status, 400);
}

#[test]
fn an_admin_sees_nothing_of_anybodys_health() {
    let app = TestApp::spawn();
    let admin = app.register_as("admin@example.com", "admin");
    let ada = app.register_and_agree("ada@example.com");
    ada.submit_all(5, "key");
    ada.post("/pulse", &[("burnout", "91"), ("stress", "92"), ("productivity", "13")]);
    let id = id_of(&app, "ada@example.com");
    for path in ["/admin/users".to_owned(), format!("/admin/users/{id}"), "/admin/audit".to_owned()] {
        let page = admin.get(&path).body;
        let text = visible(&page);
        assert!(text.contains("Test Person"), "{path}");
        for word in ["91", "92", "score", "burnout", "High", "exhaust"] {
            assert!(!text.contains(word), "{path} says {word}");
        }
        assert!(!page.contains("type=\"password\"") && !page.contains("name=\"email\""), "{path}");
    }
}

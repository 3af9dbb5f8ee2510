//! Mails that tell people of a change to their account: to whom, and in which language.

use crate::{
    letters::{take_letter, take_letters},
    support::{Browser, TestApp},
};

fn role(app: &TestApp, name: &str) -> i64 {
    app.number(&format!("SELECT id FROM roles WHERE key = '{name}' OR name = '{name}'"))
}

fn give(app: &TestApp, admin: &Browser, email: &str, name: &str) {
    let person = app.number(&format!("SELECT id FROM users WHERE email = '{email}'"));
    let path = format!("/admin/users/{person}/roles/{}/give", role(app, name));
    assert_eq!(admin.post(&path, &[]).status, 303);
}

#[test]
fn who_has_a_role_is_told_when_its_permissions_change_and_not_when_its_name_does() {
    let app = TestApp::spawn();
    let admin = app.register_as("admin@example.com", "admin");
    app.register_as("ada@example.com", "hr");
    app.register_as("bob@example.com", "hr");
    let fields = [("name", "Council"), ("permission", "view_audit")];
    assert_eq!(admin.post("/admin/roles", &fields).status, 303);
    give(&app, &admin, "ada@example.com", "Council");
    assert_eq!(take_letter(&app).to, "ada@example.com", "the role itself");
    let path = format!("/admin/roles/{}", role(&app, "Council"));
    assert_eq!(admin.post(&path, &[("name", "Works council"), ("permission", "view_audit")]).status, 303);
    take_letters(&app, 0);
    assert_eq!(admin.post(&path, &[("name", "Works council"), ("permission", "manage_content")]).status, 303);
    let letter = take_letter(&app);
    assert_eq!(letter.to, "ada@example.com");
    assert!(letter.text.contains("changed what you may do in Hearth"), "{}", letter.text);
}

#[test]
fn who_never_chose_a_language_is_written_to_in_the_companys() {
    let app = TestApp::spawn_with(&[("HEARTH_LANGUAGE", "uk")]);
    let admin = app.register_as("admin@example.com", "admin");
    for (email, language, word) in [
        ("nobody@example.com", "NULL", "Адміністратор змінив"),
        ("one@example.com", "'ru'", "Администратор изменил"),
        ("two@example.com", "'en'", "changed what you may do"),
    ] {
        app.register_as(email, "manager");
        app.execute(&format!("UPDATE users SET language = {language} WHERE email = '{email}'"));
        give(&app, &admin, email, "hr");
        let letter = take_letter(&app);
        assert!(letter.to == email && letter.text.contains(word), "{email}: {}", letter.text);
    }
}

//! Deceptive input: second accounts for one mailbox, invisible names, files that need
//! more memory than their size suggests.

use crate::{
    import::{confirm, office, upload},
    steps::values,
    support::{PASSWORD, TestApp},
};
use chrono::TimeDelta;

#[test]
fn one_mailbox_is_one_account_however_its_address_is_written() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    app.register("ivan@приклад.укр");
    assert_eq!(app.text("SELECT email FROM users WHERE email LIKE 'ivan%'"), "ivan@xn--80aikifvh.xn--j1amh");
    for (again, mailbox) in [
        ("ADA@example.com", "ada@example.com"),
        ("ada@example.com\u{200b}", "ada@example.com"),
        ("a\u{ad}da@example.com", "ada@example.com"),
        ("\u{feff}ada@exam\u{2060}ple.com\u{a0}", "ada@example.com"),
        ("\u{202e}ada@example.com\u{202c}", "ada@example.com"),
        ("ada@ｅｘａｍｐｌｅ．com", "ada@example.com"),
        ("ivan@ПРИКЛАД.УКР", "ivan@xn--80aikifvh.xn--j1amh"),
        ("ivan@xn--80aikifvh.xn--j1amh", "ivan@xn--80aikifvh.xn--j1amh"),
    ] {
        app.advance(TimeDelta::hours(1)); // tries slow each other down
        let before = app.number("SELECT count(*) FROM users");
        let fields = [("email", again), ("password", PASSWORD), ("name", "Somebody Else")];
        assert_ne!(app.browser().post("/register", &fields).location(), "/dashboard", "{again:?}");
        assert_eq!(app.number("SELECT count(*) FROM users"), before, "{again:?}");
        let signed_in = app.browser().post("/login", &[("email", again), ("password", PASSWORD)]);
        assert_eq!(signed_in.status, 303, "{again:?} is {mailbox}");
    }
}

#[test]
fn an_address_that_no_mail_reaches_is_refused() {
    let app = TestApp::spawn();
    for address in [
        "\"a b\"@example.com",
        "\"ada\"@example.com",
        "a b@example.com",
        "ada@[127.0.0.1]",
        "ada@example..com",
        ".ada@example.com",
        "employеe@hearth.example",
        "ada@hеarth.example",
    ] {
        let fields = [("email", address), ("password", PASSWORD), ("name", "Ada")];
        let refused = app.browser().post("/register", &fields);
        assert_eq!(refused.status, 422, "{address:?}");
        assert!(refused.body.contains("id=\"email-error\""), "{address:?}");
    }
    assert_eq!(app.number("SELECT count(*) FROM users"), 0);
}

#[test]
fn no_way_in_writes_a_second_spelling_of_an_address() {
    let (app, hr) = office();
    let file = "email;name\nnb1@example.com\u{a0};A\nnb2@example.com\u{200b};B\nnb3@exam\u{ad}ple.com;C\n\
                ivan@приклад.укр;D\nIVAN@Приклад.УКР;E\n";
    let path = upload(&hr, file, &[]);
    let page = hr.get(&path).body;
    assert!(page.contains("Line 6") && page.contains("stands in an earlier line"), "{page}");
    assert!(page.contains("ivan@приклад.укр"), "people read it in its own letters");
    let file = file.lines().take(5).collect::<Vec<_>>().join("\n");
    confirm(&hr, &upload(&hr, &file, &[]));
    let stored = "SELECT string_agg(email, ' ' ORDER BY email) FROM users WHERE confirmed_at IS NOT NULL AND password_hash IS NULL";
    assert_eq!(app.text(stored), "ivan@xn--80aikifvh.xn--j1amh nb1@example.com nb2@example.com nb3@example.com");
    let added = hr.post("/hr/employees/new", &[("email", "nb1@example.com\u{feff}"), ("name", "Second")]);
    assert_eq!(added.status, 422);
    let mut conn = app.db.connect();
    for address in
        ["Ada@example.com", "ada@приклад.укр", "a b@example.com", "\"a\"@example.com", "ada@example.com\u{200b}"]
    {
        use diesel::RunQueryDsl as _;
        let insert = format!("INSERT INTO users (email, name, joined_on) VALUES ('{address}', 'x', '2026-01-01')");
        assert!(diesel::sql_query(insert).execute(&mut conn).is_err(), "{address:?}");
    }
}

#[test]
fn addresses_from_before_are_respelt_and_nobody_is_lost() {
    let app = TestApp::spawn();
    app.register("ada@example.com");
    app.execute(
        "ALTER TABLE users DISABLE TRIGGER users_email_spelling;
         INSERT INTO users (email, name, joined_on) VALUES
             ('ivan@приклад.укр', 'Ivan', '2026-01-01'), ('zoe@приклад.укр', 'Zoe', '2026-01-01'),
             ('zoe@xn--80aikifvh.xn--j1amh', 'Other Zoe', '2026-01-01'), ('\"a b\"@x', 'Quoted', '2026-01-01');
         ALTER TABLE users ENABLE TRIGGER users_email_spelling",
    );
    let _again = app.beside(&[]);
    let stored = "SELECT string_agg(name || ' ' || email, '; ' ORDER BY name) FROM users";
    assert_eq!(
        app.text(stored),
        "Ivan ivan@xn--80aikifvh.xn--j1amh; Other Zoe zoe@xn--80aikifvh.xn--j1amh; Quoted \"a b\"@x; \
         Test Person ada@example.com; Zoe zoe@приклад.укр"
    );
}

#[test]
fn a_look_at_a_long_list_reads_a_page_of_it_and_never_the_file() {
    let (app, hr) = office();
    let row = |n: usize| format!("p{n}@example.com,Person Number {n},Engineer,Department {}\n", n % 50);
    let rows: String = (0..60_000).map(row).collect();
    let path = upload(&hr, &format!("email,name,position,department\n{rows}"), &[]);
    app.execute("UPDATE imports SET content = ''"); // were it read again, nothing would be in it
    let employee = app.register_and_agree("employee@example.com");
    std::thread::scope(|scope| {
        for from in [0, 100, 30_000, 30_050, 59_900, 59_999, 60_000, 1_000_000] {
            let (hr, path) = (&hr, &path);
            scope.spawn(move || {
                let page = hr.get(&format!("{path}?from={from}"));
                let shown = page.body.matches("<tr><td class=\"num\">").count();
                assert_eq!((page.status, shown), (200, if from < 60_000 { 100 } else { 0 }), "{from}");
                assert_eq!(values(&page.body)[..5], ["60000", "0", "0", "0", "50"], "{from}");
            });
        }
        for _ in 0..10 {
            assert_eq!(employee.get("/dashboard").status, 200, "an employee is not starved");
        }
    });
}

#[test]
fn uploads_of_one_person_do_not_pile_up() {
    let (app, hr) = office();
    let paths: Vec<String> = (0..20)
        .map(|n| {
            app.advance(TimeDelta::seconds(1));
            let path = upload(&hr, &format!("email,name\np{n}@example.com,P\n"), &[]);
            assert_eq!(hr.get(&path).status, 200, "upload {n} is there although ids are in no order");
            path
        })
        .collect();
    assert_eq!(app.number("SELECT count(*) FROM imports"), 5);
    let left: Vec<_> = paths.iter().map(|path| hr.get(path).status).collect();
    assert_eq!(left, [[404; 15].as_slice(), &[200; 5]].concat(), "the oldest went");
}

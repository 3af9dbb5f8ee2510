//! Importing a list of employees: the preview, the import, and what prevents it.

use crate::{
    letters::take_letters,
    steps::{between, values, visible},
    support::{Answer, Browser, PASSWORD, TestApp, eventually},
};
use chrono::TimeDelta;
use diesel::connection::SimpleConnection as _;

pub fn office() -> (TestApp, Browser) {
    let app = TestApp::spawn();
    let hr = app.register_as("hr@example.com", "hr");
    (app, hr)
}

const FILE: &str = "\u{feff}Почта;ФИО;Должность;Отдел;Руководитель\r\n\
    ada@example.com;\"Ада; графиня\";Аналитик;Расчёты / Машины;bob@example.com\r\n\
    bob@example.com;Боб;;Расчёты;\r\n\
    cid@example.com;=1+1;;Расчёты / Машины;hr@example.com\r\n";

/// Uploads, and answers where the dry run is.
pub fn upload(hr: &Browser, file: &str, fields: &[(&str, &str)]) -> String {
    let answer = hr.upload_with("/hr/employees/import", "file", "people.csv", file.as_bytes(), fields);
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.location().to_owned()
}

/// Confirms, and waits for the last page.
pub fn confirm(hr: &Browser, path: &str) -> Answer {
    assert_eq!(hr.post(path, &[]).location(), path);
    eventually("the end of the import", || {
        let page = hr.get(path);
        page.header("refresh").is_empty().then_some(page)
    })
}

pub fn people(app: &TestApp) -> i64 {
    app.number("SELECT count(*) FROM users")
}

#[test]
fn a_dry_run_shows_every_row_and_changes_nothing_and_the_import_does_just_that() {
    let (app, hr) = office();
    let path = upload(&hr, FILE, &[]);
    let look = hr.get(&path);
    assert_eq!((people(&app), app.number("SELECT count(*) FROM departments")), (1, 0));
    assert_eq!(values(&look.body)[..5], ["3", "0", "0", "0", "2"]);
    for shown in ["Ада; графиня", "Расчёты / Машины", "=1+1", "Nothing has been changed yet", "No invitations"]
    {
        assert!(visible(&look.body).contains(shown), "{shown}");
    }
    assert_eq!(hr.get(&format!("{path}?from={}", u64::MAX)).status, 200, "far behind the last row");
    let done = confirm(&hr, &path);
    assert!(done.body.contains("Everything is imported"), "{}", done.body);
    assert_eq!(values(&done.body), ["3", "0", "0", "2", "0"]);
    let stored = "SELECT string_agg(u.name || '|' || u.position || '|' || coalesce(d.name, '') || '|' || coalesce(m.email, ''), ' ' ORDER BY u.email)
        FROM users u LEFT JOIN departments d ON d.id = u.department_id LEFT JOIN users m ON m.id = u.manager_id
        WHERE u.confirmed_at IS NOT NULL AND u.email_verified_at IS NULL";
    assert_eq!(
        app.text(stored),
        "Ада; графиня|Аналитик|Машины|bob@example.com Боб||Расчёты| =1+1||Машины|hr@example.com"
    );
    assert_eq!(app.number("SELECT count(*) FROM user_roles"), 1 + 1 + 3, "HR has two, everyone is an employee");
    take_letters(&app, 0);
    let details = app.text("SELECT details FROM audit_events WHERE event = 'employees_imported'");
    assert!(details.contains("\"created\": 3") && !details.contains('@'), "{details}");
    assert_eq!(app.number("SELECT length(content) FROM imports"), 0, "the file is gone");
    hr.post(&path, &[]);
    assert_eq!(people(&app), 4, "confirming again does nothing");
    let again = confirm(&hr, &upload(&hr, FILE, &[]));
    assert_eq!(values(&again.body), ["0", "0", "3", "0", "0"], "the same file again changes nothing");
}

#[test]
fn an_existing_address_is_updated_and_an_empty_cell_changes_nothing() {
    let (app, hr) = office();
    confirm(&hr, &upload(&hr, FILE, &[]));
    let file = "email,name,position,department,manager_email\nADA@example.com,,Head,Care,\nbob@example.com,Robert,,,ada@example.com\n";
    let refused = upload(&hr, file, &[]);
    assert!(hr.get(&refused).body.contains("by way of others"), "Ada reports to Bob");
    let file = "email,name,position,department\nADA@example.com,,Head,Care\nbob@example.com,Robert,,\n";
    let done = confirm(&hr, &upload(&hr, file, &[]));
    assert_eq!(values(&done.body), ["0", "2", "0", "1", "0"]);
    let stored = "SELECT string_agg(u.name || '|' || u.position || '|' || d.name || '|' || coalesce(m.email, ''), ' ' ORDER BY u.email)
        FROM users u JOIN departments d ON d.id = u.department_id LEFT JOIN users m ON m.id = u.manager_id WHERE u.email < 'c'";
    assert_eq!(app.text(stored), "Ада; графиня|Head|Care|bob@example.com Robert||Расчёты|");
}

#[test]
fn a_file_with_problems_names_each_with_its_line_and_cannot_be_imported() {
    let (app, hr) = office();
    let file = "email,name,department,manager_email\n,Nobody,,\nada@example.com,Ada,A // B,\nada@example.com,Ada,,\nbob@example.com,,,\ncid@example.com,Cid,,who@example.com\n";
    let path = upload(&hr, file, &[]);
    let page = hr.get(&path);
    let text = visible(&page.body);
    for (line, words) in [
        (2, "address is missing"),
        (3, "department cannot be read"),
        (4, "stands in an earlier line"),
        (5, "name is missing"),
        (6, "Nobody in the list or in the file"),
    ] {
        let told = text.split(&format!("Line {line}:")).nth(1).unwrap_or_else(|| panic!("line {line}: {text}"));
        assert!(told.trim_start().split("Line ").next().unwrap().contains(words), "{line}: {told}");
    }
    assert!(text.contains("There are 5 problems") && !page.body.contains(&format!("action=\"{path}\"")));
    confirm(&hr, &path); // sent by hand all the same
    assert_eq!((people(&app), app.number("SELECT count(*) FROM departments")), (1, 0), "nothing half-written");
    assert!(hr.get(&path).body.contains("did not succeed"));
}

#[test]
fn a_file_that_cannot_be_read_comes_back_with_the_reason() {
    let (app, hr) = office();
    let large = format!("email,name\n{}", "ada@example.com,Ada\n".repeat(300_000));
    for (file, status, words) in [
        (&b""[..], 422, "choose a file"),
        (b"email,name\n", 422, "no people in the file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 422, "neither a table in text nor a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 422, "before 2007"),
        (b"PK\x03\x04 and no more", 422, "damaged"),
        (large.as_bytes(), 413, "larger than 5 MB"),
    ] {
        let answer = hr.upload_with("/hr/employees/import", "file", "people.csv", file, &[("invite", "yes")]);
        assert_eq!(answer.status, status, "{words}");
        assert!(
            answer.body.contains(words) && answer.body.contains("id=\"invite\" name=\"invite\" value=\"yes\" checked"),
            "{words}"
        );
    }
    assert_eq!(app.number("SELECT count(*) FROM imports"), 0);
}

#[test]
fn invitations_go_once_to_those_who_cannot_sign_in_and_never_were_invited() {
    let (app, hr) = office();
    let path = upload(&hr, FILE, &[("invite", "yes")]);
    assert!(hr.get(&path).body.contains("will be mailed an invitation"));
    assert_eq!(values(&confirm(&hr, &path).body), ["3", "0", "0", "2", "3"]);
    let letters = take_letters(&app, 3);
    let mut to: Vec<_> = letters.iter().map(|letter| letter.to.as_str()).collect();
    to.sort_unstable();
    assert_eq!(to, ["ada@example.com", "bob@example.com", "cid@example.com"]);
    let ada = letters.iter().find(|letter| letter.to == "ada@example.com").unwrap();
    assert_eq!(app.browser().post(&ada.link(&app), &[("password", PASSWORD)]).status, 303);
    assert_eq!(values(&confirm(&hr, &upload(&hr, FILE, &[("invite", "yes")])).body)[4], "0");
    take_letters(&app, 0);
}

#[test]
fn somebody_whose_address_is_not_verified_is_left_alone_and_who_verified_it_is_confirmed() {
    let (app, hr) = office();
    app.register("ada@example.com");
    let bob = app.register_and_agree("bob@example.com");
    bob.submit_all(3, "early");
    app.execute("UPDATE users SET email_verified_at = now() WHERE email = 'bob@example.com'");
    let path = upload(&hr, FILE, &[]);
    assert_eq!(values(&hr.get(&path).body)[..4], ["1", "1", "0", "1"]);
    confirm(&hr, &path);
    assert_eq!(
        app.text("SELECT name || coalesce(confirmed_at::text, ' waits') FROM users WHERE email = 'ada@example.com'"),
        "Test Person waits"
    );
    assert_eq!(app.text("SELECT u.name || ' ' || d.name FROM users u JOIN departments d ON d.id = department_id WHERE email = 'bob@example.com'"), "Боб Расчёты");
    assert_eq!(
        app.text("SELECT d.name FROM assessments JOIN departments d ON d.id = department_id WHERE counts"),
        "Расчёты"
    );
}

#[test]
fn an_upload_is_its_owners_for_a_day() {
    let (app, hr) = office();
    let colleague = app.register_as("second@example.com", "hr");
    let path = upload(&hr, FILE, &[]);
    assert_eq!((colleague.get(&path).status, colleague.post(&path, &[]).status), (404, 404));
    assert_eq!(hr.get(&path).status, 200);
    app.execute("UPDATE imports SET created_at = created_at - interval '25 hours'");
    let _other = app.beside(&[]); // cleans when it starts
    eventually("the upload to be gone", || (app.number("SELECT count(*) FROM imports") == 0).then_some(()));
    assert_eq!(hr.get(&path).status, 404);
}

#[test]
fn an_import_that_was_interrupted_can_be_started_again_and_one_that_runs_cannot() {
    let (app, hr) = office();
    let path = upload(&hr, FILE, &[]);
    app.execute("UPDATE imports SET state = 'running', steps = 200, steps_done = 50, seen_running_at = now()");
    app.advance(TimeDelta::seconds(5));
    let running = hr.get(&path);
    assert!(
        !running.header("refresh").is_empty()
            && running.body.contains("25 %")
            && running.body.contains("<progress value=\"25\"")
    );
    hr.post(&path, &[]);
    assert_eq!(people(&app), 1);
    app.advance(TimeDelta::minutes(2));
    let interrupted = hr.get(&path);
    assert!(
        interrupted.header("refresh").is_empty() && interrupted.body.contains("interrupted, and nothing was changed")
    );
    assert!(confirm(&hr, &path).body.contains("Everything is imported"));
    assert_eq!(people(&app), 4);
}

#[test]
fn long_files_are_shown_in_parts() {
    let (_app, hr) = office();
    let rows: String = (0..250).map(|n| format!("p{n}@example.com,P {n}\n")).collect();
    let path = upload(&hr, &format!("email,name\n{rows}"), &[]);
    let lines = |page: &Answer| {
        between(&page.body, "<tr><td class=\"num\">", "</td>").iter().map(|n| n.parse().unwrap()).collect::<Vec<u32>>()
    };
    assert_eq!(lines(&hr.get(&path)), (2..102).collect::<Vec<_>>());
    assert_eq!(lines(&hr.get(&format!("{path}?from=200"))), (202..252).collect::<Vec<_>>());
    assert!(lines(&hr.get(&format!("{path}?from=99999"))).is_empty());
}

#[test]
fn people_sign_in_while_an_import_that_makes_departments_is_running() {
    let (app, hr) = office();
    app.register("ada@example.com");
    app.execute("UPDATE users SET email_verified_at = now() WHERE email = 'ada@example.com'");
    let path = upload(&hr, "email,name,department\nada@example.com,Ada,New / Newer\n", &[]);
    let mut busy = app.db.connect();
    busy.batch_execute("BEGIN; SELECT id FROM users WHERE email = 'ada@example.com' FOR UPDATE").unwrap();
    assert_eq!(hr.post(&path, &[]).status, 303);
    eventually("the import to wait for Ada", || {
        let waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
            AND wait_event_type = 'Lock' AND query LIKE 'UPDATE users SET name%'";
        (app.number(waiting) > 0).then_some(())
    });
    let signed_in = app.browser().post("/login", &[("email", "hr@example.com"), ("password", PASSWORD)]);
    busy.batch_execute("ROLLBACK").unwrap();
    assert_eq!(signed_in.status, 303, "{}", visible(&signed_in.body));
    let done = confirm(&hr, &path);
    assert_eq!(values(&done.body), ["0", "1", "0", "2", "0"]);
    let made = app.number("SELECT count(*) FROM audit_events WHERE event = 'department_created'");
    assert_eq!(made, 2, "each is in the log");
}

//! Requests for support: only what is ticked is sent, only the support desk reads it,
//! and a withdrawn request is deleted.

use crate::{
    steps::{app_at, at_once, sign_in, values, visible},
    support::{Answer, Browser, TestApp},
};
use chrono::TimeDelta;

const ADA: &str = "ada@example.com";
const ALL: &[(&str, &str)] = &[
    ("message", "I cannot sleep since the reorganisation."),
    ("share_department", "yes"),
    ("share_result", "yes"),
    ("contact", "phone"),
    ("phone", "+49 30 1234567"),
];

/// Ada in the department Kiln, with one high result; HR.
fn company() -> (TestApp, Browser, Browser) {
    let app = TestApp::spawn();
    let ada = app.register_and_agree(ADA);
    app.execute(
        "INSERT INTO departments (name) VALUES ('Kiln');
         UPDATE users SET department_id = (SELECT id FROM departments), confirmed_at = created_at",
    );
    assert_eq!(ada.submit_all(5, "key").status, 303);
    let hr = app.register_as("hr@example.com", "hr");
    (app, ada, hr)
}

fn result(app: &TestApp) -> String {
    app.number("SELECT min(number) FROM assessments").to_string()
}

/// Sends a request from the result page with these fields.
fn ask(app: &TestApp, person: &Browser, fields: &[(&str, &str)]) -> Answer {
    let id = result(app);
    person.post("/support", &[fields, &[("result", &id)]].concat())
}

fn request(app: &TestApp) -> i64 {
    app.number("SELECT max(id) FROM support_requests")
}

/// Its number for whoever sent it.
fn own_number(app: &TestApp) -> i64 {
    app.number("SELECT max(number) FROM support_requests")
}

fn as_hr_reads_it(app: &TestApp, hr: &Browser) -> String {
    let answer = hr.get(&format!("/hr/support/{}", request(app)));
    assert_eq!(answer.status, 200);
    answer.body
}

fn stored(app: &TestApp) -> String {
    app.text("SELECT string_agg(s::text, ' ') FROM support_requests s")
}

#[test]
fn the_form_says_that_it_is_not_anonymous_and_ticks_nothing() {
    let (app, ada, _) = company();
    let result_page = ada.get(&format!("/assessments/{}", result(&app)));
    assert!(result_page.body.contains(&format!("href=\"/support?result={}\"", result(&app))));
    assert!(ada.get("/privacy").body.contains("href=\"/support\""));
    let form = ada.get(&format!("/support?result={}", result(&app)));
    assert_eq!(form.status, 200);
    let seen = visible(&form.body);
    for said in ["This is not anonymous", "Test Person", ADA, "Kiln", "High", "Burned out"] {
        assert!(seen.contains(said), "{said}");
    }
    assert!(!form.body.contains(" checked"), "something is ticked already");
}

#[test]
fn everything_that_was_ticked_reaches_hr_and_the_sender_sees_what_they_sent() {
    let (app, ada, hr) = company();
    let answer = ask(&app, &ada, ALL);
    assert_eq!((answer.status, answer.location()), (303, "/privacy#support"), "{}", answer.body);
    assert!(visible(&hr.get("/hr/support").body).contains("Test Person"));
    let page = as_hr_reads_it(&app, &hr);
    for told in ["Test Person", ADA, "I cannot sleep since", "Kiln", "+49 30 1234567"] {
        assert!(visible(&page).contains(told), "{told}");
        let mine = visible(&ada.get("/privacy").body);
        assert!(told.contains("Test") || told == ADA || mine.contains(told), "{told} on the sender's page");
    }
    assert_eq!(values(&page), ["open", "high", "burnout"]);
}

#[test]
fn what_is_not_ticked_is_neither_on_hrs_page_nor_in_the_database() {
    let ticks: [(&[&str], &[&str]); 4] = [
        (&[], &["sleep", "Kiln", "high", "burnout", "+49"]),
        (&["message", "phone"], &["Kiln", "high", "burnout", "+49"]),
        (&["share_department"], &["sleep", "high", "burnout", "+49"]),
        (&["share_result"], &["sleep", "Kiln", "+49"]),
    ];
    let (app, ada, hr) = company();
    for (ticked, hidden) in ticks {
        let fields: Vec<_> = ALL.iter().filter(|(name, _)| ticked.contains(name)).copied().collect();
        assert_eq!(ask(&app, &ada, &fields).status, 303);
        let (page, row) = (as_hr_reads_it(&app, &hr), stored(&app));
        let body = page.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
        for word in hidden {
            assert!(!body.contains(word), "{ticked:?}: HR reads {word}");
            assert!(!row.contains(word), "{ticked:?}: {word} is stored");
        }
        assert_eq!(app.number("SELECT count(*) FROM support_requests WHERE contact IS NOT NULL"), 0);
        app.execute("DELETE FROM support_requests");
    }
}

#[test]
fn an_empty_request_is_one_and_somebody_elses_result_cannot_be_sent() {
    let (app, _, hr) = company();
    let bob = app.register_and_agree("bob@example.com");
    let id = result(&app);
    assert_eq!(bob.get(&format!("/support?result={id}")).status, 404);
    assert_eq!(bob.post("/support", &[("share_result", "yes"), ("result", &id)]).status, 404);
    assert_eq!(app.number("SELECT count(*) FROM support_requests"), 0);
    // Without a check-up and a department there is nothing to tick.
    let form = bob.get("/support").body;
    assert!(!form.contains("share_result") && !form.contains("share_department"));
    assert_eq!(bob.post("/support", &[("share_result", "yes"), ("share_department", "yes")]).status, 303);
    assert_eq!(values(&as_hr_reads_it(&app, &hr)), ["open"]);
    assert!(visible(&bob.get("/privacy").body).contains("Only your name and e-mail address"));
}

#[test]
fn what_is_wrong_comes_back_with_the_form() {
    let (app, ada, _) = company();
    let long = "x".repeat(2001);
    let phone = "1".repeat(51);
    for (fields, field) in [
        (&[("message", long.as_str()), ("share_department", "yes")][..], "message"),
        (&[("message", "Hello"), ("contact", "phone"), ("phone", " ")], "phone"),
        (&[("message", "Hello"), ("contact", "phone"), ("phone", phone.as_str())], "phone"),
    ] {
        let answer = ask(&app, &ada, fields);
        assert_eq!(answer.status, 422, "{field}");
        assert!(answer.body.contains(&format!("id=\"{field}-error\"")), "{field}");
        assert!(answer.body.contains(fields[0].1), "the message is kept");
        let ticked = fields.iter().filter(|(name, _)| name.starts_with("share") || *name == "contact").count();
        assert_eq!(answer.body.matches(" checked").count(), ticked, "ticks are kept");
    }
    assert_eq!(app.number("SELECT count(*) FROM support_requests"), 0);
}

#[test]
fn a_request_sent_twice_at_once_is_one_request() {
    let (app, ada, _) = company();
    let again = sign_in(&app, ADA);
    let answers = at_once(&[&ada, &again], |_, browser| ask(&app, browser, ALL));
    assert!(answers.iter().all(|answer| answer.status == 303));
    assert_eq!(app.number("SELECT count(*) FROM support_requests"), 1);
    assert_eq!(ask(&app, &ada, &[("message", "And another thing.")]).status, 303);
    assert!(!stored(&app).contains("another thing"), "one open request at a time");
    assert!(visible(&ada.get("/support").body).contains("is with HR already"));
}

#[test]
fn what_is_taken_back_is_gone_for_hr_and_from_the_database() {
    for answered in [false, true] {
        let (app, ada, hr) = company();
        ask(&app, &ada, ALL);
        let id = request(&app);
        if answered {
            hr.post(&format!("/hr/support/{id}/answer"), &[("answer", "Come to room 12.")]);
            hr.post(&format!("/hr/support/{id}/close"), &[]);
        }
        let own = own_number(&app);
        let taken = ada.post(&format!("/support/{own}/withdraw"), &[]);
        assert_eq!((taken.status, taken.location()), (303, "/privacy#support"));
        for path in [format!("/hr/support/{id}"), format!("/hr/support/{id}x")] {
            assert_eq!(hr.get(&path).status, 404);
        }
        for part in ["/hr/support", "/hr/support?state=closed"] {
            let inbox = hr.get(part);
            assert!(inbox.status == 200 && !inbox.body.contains("/hr/support/"), "{part}");
        }
        assert_eq!(hr.post(&format!("/hr/support/{id}/answer"), &[("answer", "Too late.")]).status, 404);
        assert_eq!(hr.post(&format!("/hr/support/{id}/close"), &[]).status, 404);
        let filled = "message, department, result_on, level, profile, contact, phone, answer, answered_at, closed_at";
        assert_eq!(app.number(&format!("SELECT sum(num_nonnulls({filled})) FROM support_requests")), 0);
        assert!(visible(&ada.get("/privacy").body).contains("Taken back"));
        assert_eq!(ada.post(&format!("/support/{own}/withdraw"), &[]).status, 303, "again changes nothing");
    }
}

#[test]
fn three_requests_a_day_are_enough_whether_taken_back_or_not() {
    let (app, ada, _) = company();
    for _ in 0..3 {
        assert_eq!(ask(&app, &ada, ALL).status, 303);
        ada.post(&format!("/support/{}/withdraw", own_number(&app)), &[]);
    }
    let refused = ask(&app, &ada, ALL);
    assert_eq!(refused.status, 429);
    assert!(refused.body.contains("I cannot sleep since"), "nothing typed is lost");
    assert!(visible(&refused.body).contains("3 requests a day"));
    app.advance(TimeDelta::hours(25));
    let ada = sign_in(&app, ADA);
    assert_eq!(ask(&app, &ada, ALL).status, 303);
}

#[test]
fn hr_answers_and_the_mail_says_only_that_there_is_an_answer() {
    let (app, ada, hr) = company();
    ask(&app, &ada, ALL);
    let id = request(&app);
    let empty = hr.post(&format!("/hr/support/{id}/answer"), &[("answer", " \n ")]);
    assert!(empty.status == 422 && empty.body.contains("id=\"answer-error\""));
    let path = format!("/hr/support/{id}/answer");
    let sent = hr.post(&path, &[("answer", "Come to room 12.\r\nI am there all day.")]);
    assert_eq!((sent.status, sent.location()), (303, &*format!("/hr/support/{id}")));
    assert_eq!(hr.post(&path, &[("answer", "Something else.")]).status, 303, "an answer stays as it was given");
    let mails = app.outbox(1);
    assert_eq!(mails.len(), 1);
    assert!(mails[0].contains("/privacy") && mails[0].contains(ADA));
    for word in ["room 12", "sleep", "support", "Kiln", "high"] {
        assert!(!mails[0].contains(word), "{word} is in the mail");
    }
    let mine = visible(&ada.get("/privacy").body);
    assert!(mine.contains("Come to room 12.\nI am there all day.") && mine.contains("Answered"));
    assert_eq!(hr.post(&format!("/hr/support/{id}/close"), &[]).status, 303);
    assert!(!hr.get("/hr/support").body.contains(&format!("/hr/support/{id}")));
    assert!(hr.get("/hr/support?state=closed").body.contains(&format!("/hr/support/{id}")));
    assert!(visible(&ada.get("/privacy").body).contains("Closed"));
    assert_eq!(ask(&app, &ada, ALL).status, 303, "after closing there may be another one");
    let audited = app.text("SELECT string_agg(event || ' ' || details::text, ', ' ORDER BY id) FROM audit_events");
    let told = audited.split(", ").filter(|event| event.starts_with("support")).collect::<Vec<_>>();
    assert_eq!(told, ["support_answered {}", "support_closed {}"]);
}

#[test]
fn managers_admins_and_other_roles_of_hr_cannot_read_a_request() {
    let (app, ada, hr) = company();
    ask(&app, &ada, ALL);
    let id = request(&app);
    // A role of HR's with every other permission.
    app.execute(
        "INSERT INTO roles (key) VALUES ('recruiting');
         INSERT INTO role_permissions (role_id, permission)
         SELECT r.id, p.key FROM roles r, permissions p WHERE r.key = 'recruiting' AND p.key <> 'answer_support'",
    );
    for role in ["manager", "admin", "recruiting"] {
        let browser = app.register_as(&format!("{role}@example.com"), role);
        for path in ["/hr/support".to_owned(), "/hr/support?state=closed".to_owned(), format!("/hr/support/{id}")] {
            let answer = browser.get(&path);
            assert_eq!(answer.status, 403, "{role} {path}");
            assert!(!answer.body.contains("sleep") && !answer.body.contains(ADA), "{role} {path}");
        }
        for act in ["answer", "close"] {
            let answer = browser.post(&format!("/hr/support/{id}/{act}"), &[("answer", "Hello")]);
            assert_eq!(answer.status, 403, "{role} {act}");
        }
        assert!(!browser.get("/dashboard").body.contains("href=\"/hr/support\""), "{role} is led there");
    }
    assert!(hr.get("/hr/support").body.contains("<a href=\"/hr/support\""), "a link beside the other places of HR");
    assert_eq!(app.text("SELECT state FROM support_requests"), "open");
}

#[test]
fn what_people_write_is_shown_as_text() {
    let (app, ada, hr) = company();
    let script = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>\u{0}\u{7}";
    app.execute("UPDATE departments SET name = '<b>Kiln</b>'");
    let fields = [("message", script), ("share_department", "yes"), ("contact", "phone"), ("phone", "<b>alert(1)</b>")];
    assert_eq!(ask(&app, &ada, &fields).status, 303);
    hr.post(&format!("/hr/support/{}/answer", request(&app)), &[("answer", script)]);
    for page in [as_hr_reads_it(&app, &hr), ada.get("/privacy").body] {
        assert!(!page.contains("<script>alert") && !page.contains("<img") && !page.contains("<b>"));
        assert_eq!(page.matches("alert(1)").count(), 3, "message, number, answer");
    }
}

#[test]
fn closed_requests_are_deleted_after_ninety_days_and_waiting_ones_stay() {
    let app = app_at("2026-11-21T10:00:00Z");
    for name in ["waiting", "old", "young", "withdrawn"] {
        let person = app.register(&format!("{name}@example.com"));
        person.post("/support", &[("message", name)]);
    }
    app.execute(
        "UPDATE support_requests SET created_at = created_at - interval '200 days';
         UPDATE support_requests SET state = 'closed', closed_at = created_at + interval '109 days' WHERE message = 'old';
         UPDATE support_requests SET state = 'closed', closed_at = created_at + interval '111 days' WHERE message = 'young';
         UPDATE support_requests SET state = 'withdrawn', message = NULL WHERE message = 'withdrawn'",
    );
    let now = app.now();
    hearth::support::delete_expired(&mut app.db.connect(), now).unwrap();
    assert_eq!(app.text("SELECT string_agg(message, ' ' ORDER BY message) FROM support_requests"), "waiting young");
    // Of a withdrawn one the same day still counts.
    app.execute(&format!(
        "UPDATE support_requests SET state = 'withdrawn', message = NULL, closed_at = NULL, created_at = '{now}'
         WHERE message = 'young'"
    ));
    hearth::support::delete_expired(&mut app.db.connect(), now + TimeDelta::hours(23)).unwrap();
    assert_eq!(app.number("SELECT count(*) FROM support_requests"), 2);
    hearth::support::delete_expired(&mut app.db.connect(), now + TimeDelta::hours(25)).unwrap();
    assert_eq!(app.number("SELECT count(*) FROM support_requests"), 1);
}

#[test]
fn a_long_inbox_comes_in_pages_oldest_first() {
    let (app, _, hr) = company();
    app.execute(
        "INSERT INTO users (email, name, joined_on) SELECT 'p' || n || '@example.com', 'Person ' || n, now() FROM generate_series(1, 60) n;
         INSERT INTO support_requests (user_id, state, created_at)
         SELECT id, 'open', now() + substr(name, 8)::int * interval '1 second' FROM users WHERE name LIKE 'Person %'",
    );
    let mut path = "/hr/support".to_owned();
    let mut names = Vec::new();
    loop {
        let page = hr.get(&path);
        names.extend(
            visible(&page.body)
                .split("Person ")
                .skip(1)
                .filter_map(|rest| rest.split_whitespace().next().and_then(|number| number.parse::<u32>().ok())),
        );
        let Some(next) = page.body.split("\" rel=\"next\"").next().filter(|_| page.body.contains("rel=\"next\""))
        else {
            break;
        };
        path = next.rsplit('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
    }
    assert_eq!(names, (1..=60).collect::<Vec<_>>());
}

#[test]
fn with_the_person_their_requests_go() {
    let (app, ada, hr) = company();
    ask(&app, &ada, ALL);
    app.execute(&format!("DELETE FROM assessments; DELETE FROM users WHERE email = '{ADA}'"));
    assert_eq!(app.number("SELECT count(*) FROM support_requests"), 0);
    assert!(visible(&hr.get("/hr/support").body).contains("Nobody is waiting"));
}

//! Printed access codes: what HR prints, what a code gives access to, and what it never
//! shows.

use crate::{
    access::signed_in_only,
    campaigns::{draft, hr_at_work},
    steps::{between, checked, key_of, send, visible},
    support::{Answer, Browser, TestApp},
};
use chrono::TimeDelta;
use diesel::connection::SimpleConnection as _;

/// An open campaign with these people without an address; answers its address.
pub fn company(names: &[&str]) -> (TestApp, Browser, String) {
    let (app, hr) = hr_at_work(&[]);
    let path = draft(&app, &hr, "Autumn");
    for name in names {
        let added = hr.post(&format!("{path}/people"), &[("person_name", name), ("person_position", "Driver")]);
        assert_eq!((added.status, added.location()), (303, &*path), "{}", visible(&added.body));
    }
    assert_eq!(hr.post(&format!("{path}/open"), &[]).status, 303);
    (app, hr, path)
}

/// Codes in the order of names, new ones where there were some before.
pub fn printed(hr: &Browser, path: &str) -> Vec<String> {
    let mut page = hr.post(&format!("{path}/codes"), &[]);
    if page.status == 409 {
        let replaces = between(&page.body, "name=\"replaces\" value=\"", "\"")[0].to_owned();
        page = hr.post(&format!("{path}/codes"), &[("replaces", &replaces)]);
    }
    assert_eq!(page.status, 200, "{}", visible(&page.body));
    between(&page.body, "<code>", "</code>").into_iter().map(str::to_owned).collect()
}

fn enter(app: &TestApp, code: &str) -> (Browser, Answer) {
    let browser = app.browser();
    let answer = browser.post("/code", &[("code", code)]);
    (browser, answer)
}

/// Signed in with a code.
pub fn entered(app: &TestApp, code: &str) -> Browser {
    let (browser, answer) = enter(app, code);
    assert_eq!((answer.status, answer.location()), (303, "/assessments/new"), "{}", visible(&answer.body));
    browser
}

fn refused(app: &TestApp, code: &str) -> String {
    let (_, answer) = enter(app, code);
    assert_eq!(answer.status, 422, "{}", visible(&answer.body));
    visible(&answer.body)
}

/// Agrees and answers the same everywhere; the result's page.
fn answer(browser: &Browser, value: i32) -> Answer {
    assert_eq!(browser.post("/assessments/consent", &[]).location(), "/assessments/new");
    let form = browser.get("/assessments/new");
    let answers: Vec<_> = (0..20).map(|item| (item, value)).collect();
    let made = send(browser, "/assessments", &answers, &[("idempotency_key", &key_of(&form.body))]);
    assert_eq!(made.status, 303, "{}", visible(&made.body));
    browser.get(made.location())
}

#[test]
fn somebody_without_an_address_answers_with_the_code_from_their_slip() {
    let (app, hr, path) = company(&["Ivo Stone"]);
    assert_eq!(app.number("SELECT count(*) FROM mails WHERE recipient NOT LIKE 'hr@%'"), 0);
    let slips = hr.post(&format!("{path}/codes"), &[]);
    let text = visible(&slips.body);
    assert!(text.contains("Ivo Stone") && text.contains(&format!("{}/code", app.base)), "{text}");
    assert!(text.contains("15 November 2026") && text.contains("works once") && text.contains("HR does not see"));
    assert_eq!(slips.header("cache-control"), "no-store");
    let code = between(&slips.body, "<code>", "</code>")[0].to_owned();
    let browser = entered(&app, &code.to_lowercase().replace('-', " "));
    let page = answer(&browser, 4);
    assert!(page.body.contains("<data value=\"80\">"), "{}", visible(&page.body));
    let counted =
        "SELECT count(*) FROM assessments a JOIN periods p ON p.id = period_id WHERE counts AND kind = 'campaign'";
    assert_eq!(app.number(counted), 1);
    assert!(page.body.contains("action=\"/logout\""), "a way to finish");
    assert_eq!(browser.post("/logout", &[]).location(), "/");
    assert!(browser.get("/assessments/new").location().starts_with("/login"));
    assert_eq!(app.number("SELECT count(*) FROM sign_ins WHERE kind = 'code'"), 0);
}

#[test]
fn a_code_is_stored_only_as_a_keyed_hash() {
    let (app, hr, path) = company(&["Ivo Stone"]);
    let code = printed(&hr, &path).remove(0);
    let plain = code.replace('-', "");
    let row = app.text("SELECT access_codes::text FROM access_codes");
    assert!(!row.contains(&plain) && !row.to_uppercase().contains(&plain), "{row}");
    let unkeyed = "SELECT count(*) FROM access_codes WHERE code_hash IN (sha256('{}'), sha256('{}'))"
        .replacen("{}", &plain, 1)
        .replacen("{}", &code, 1);
    assert_eq!(app.number(&unkeyed), 0);
    let audit = app.text("SELECT details::text FROM audit_events WHERE event = 'access_codes_printed'");
    assert_eq!(audit, "{\"count\": 1}");
}

#[test]
fn a_code_works_once_and_is_like_an_unknown_one_the_second_time() {
    let (app, hr, path) = company(&["Ivo Stone"]);
    let code = printed(&hr, &path).remove(0);
    entered(&app, &code);
    let text = refused(&app, &code);
    assert!(text.contains("not known, was used already") && text.contains("tell HR"), "{text}");
    for unknown in ["", "0000-0000-0000", "not a code", &code[..9]] {
        assert!(refused(&app, unknown).contains("not known"), "{unknown}");
    }
}

#[test]
fn only_one_of_many_at_the_same_moment_gets_in() {
    let (app, hr, path) = company(&["Ivo Stone"]);
    let code = printed(&hr, &path).remove(0);
    let browsers = [app.browser(), app.browser(), app.browser(), app.browser()];
    let all: Vec<_> = browsers.iter().collect();
    let mut answers = crate::steps::at_once(&all, |_, browser| browser.post("/code", &[("code", &code)]).status);
    answers.sort_unstable();
    assert_eq!(answers, [303, 422, 422, 422]);
}

#[test]
fn a_code_does_not_wait_for_those_who_are_answering() {
    let (app, hr, path) = company(&["Ivo Stone"]);
    let code = printed(&hr, &path).remove(0);
    let mut submitting = app.db.connect();
    submitting.batch_execute("BEGIN; SELECT id FROM periods FOR SHARE").unwrap();
    entered(&app, &code);
    submitting.batch_execute("ROLLBACK").unwrap();
}

#[test]
fn printing_again_ends_every_code_and_does_not_tell_who_has_answered() {
    let (app, hr, path) = company(&["Ada Stone", "Ivo Stone"]);
    let first = printed(&hr, &path);
    answer(&entered(&app, &first[0]), 3);
    let second = printed(&hr, &path);
    assert_eq!((first.len(), second.len()), (2, 2), "a slip for everyone again");
    for old in &first {
        assert!(refused(&app, old).contains("not known"));
    }
    entered(&app, &second[0]);
}

#[test]
fn a_code_opens_nothing_but_its_own_check_up() {
    let (app, hr, path) = company(&["Ivo Stone"]);
    let code = printed(&hr, &path).remove(0);
    // Even with a role: a slip gives no rights.
    app.execute(
        "INSERT INTO user_roles (user_id, role_id) SELECT u.id, r.id FROM users u, roles r
         WHERE u.email IS NULL AND r.key <> 'employee'",
    );
    let browser = entered(&app, &code);
    let allowed = ["/assessments/new", "/assessments/consent", "/assessments/draft", "/assessments"];
    let mut closed = 0;
    for (method, pattern) in signed_in_only() {
        let own = allowed.contains(&&*pattern) || pattern.starts_with("/assessments/{id");
        if own {
            continue;
        }
        let answer = match &*method {
            "GET" => browser.get(&pattern),
            _ => browser.post(&pattern, &[]),
        };
        assert!(answer.status == 303 && answer.location().starts_with("/login"), "{method} {pattern}");
        closed += 1;
    }
    assert!(closed > 30, "{closed}");
    let page = browser.get("/assessments/new");
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("/hr/") && !page.body.contains("Ivo Stone"), "{}", visible(&page.body));
}

#[test]
fn a_second_slip_shows_nothing_of_what_was_answered_with_the_first() {
    let (app, hr, path) = company(&["Ivo Stone"]);
    let first = entered(&app, &printed(&hr, &path).remove(0));
    let fresh = first.get("/assessments/new");
    let result = answer(&first, 5);
    let earlier = app.number("SELECT max(number) FROM assessments");
    send(&first, "/assessments/draft", &[(0, 2)], &[]);
    assert!(result.body.contains("result-head__total"));

    app.advance(TimeDelta::seconds(1));
    let second = entered(&app, &printed(&hr, &path).remove(0));
    let page = second.get("/assessments/new");
    // What a person who has never answered sees: the promise, and a form like any other.
    assert_eq!(page.body, fresh.body, "asked to agree anew");
    second.post("/assessments/consent", &[]);
    let form = second.get("/assessments/new");
    assert!(checked(&form.body).is_empty() && key_of(&form.body).ends_with("-0"), "{}", key_of(&form.body));
    assert_eq!(second.get(&format!("/assessments/{earlier}")).status, 404);
    let page = answer(&second, 1);
    assert!(page.body.contains("<data value=\"20\">") && !page.body.contains("data-change"), "no comparison");
    assert!(!page.body.contains("href=\"/history\"") && !page.body.contains("href=\"/recommendations\""));
    // The later one counts, as everywhere.
    assert_eq!(app.number("SELECT score FROM assessments WHERE counts"), 20);
}

#[test]
fn a_sign_in_by_a_code_ends_after_an_hour_however_busy() {
    let (app, hr, path) = company(&["Ivo Stone"]);
    let browser = entered(&app, &printed(&hr, &path).remove(0));
    for _ in 0..5 {
        assert_eq!(browser.get("/assessments/new").status, 200);
        app.advance(TimeDelta::minutes(11));
    }
    assert_eq!(browser.get("/assessments/new").status, 200, "55 minutes");
    app.advance(TimeDelta::minutes(6));
    assert!(browser.get("/assessments/new").location().starts_with("/login"));
}

#[test]
fn codes_die_when_the_campaign_closes() {
    let (app, hr, path) = company(&["Ada Stone", "Ivo Stone"]);
    let codes = printed(&hr, &path);
    let browser = entered(&app, &codes[0]);
    let confirm = hr.get(&format!("{path}/close"));
    assert!(visible(&confirm.body).contains("Closing is final."), "{}", visible(&confirm.body));
    assert_eq!(hr.post(&format!("{path}/close"), &[]).location(), path);
    assert!(refused(&app, &codes[1]).contains("not known"));
    assert!(browser.get("/assessments/new").location().starts_with("/login"), "who is in already is out");
    let sent = send(&browser, "/assessments", &[(0, 1)], &[]);
    assert_ne!(sent.status, 303, "{}", visible(&sent.body));
    assert_eq!(app.number("SELECT count(*) FROM assessments"), 0);
    assert_eq!(app.number("SELECT count(*) FROM audit_events WHERE event = 'campaign_closed'"), 1);
    for write in ["/close", "/remind", "/codes"] {
        assert_eq!(hr.post(&format!("{path}{write}"), &[]).status, 404, "{write} of a closed campaign");
    }
}

#[test]
fn guessing_codes_is_slowed_down_like_guessing_passwords() {
    let (app, hr, path) = company(&["Ivo Stone"]);
    let code = printed(&hr, &path).remove(0);
    let mut statuses = Vec::new();
    for guess in 0..7 {
        statuses.push(enter(&app, &format!("0000-0000-000{guess}")).1.status);
    }
    assert_eq!(statuses, [422, 422, 422, 422, 422, 429, 429]);
    let (_, waiting) = enter(&app, &code);
    assert_eq!(waiting.status, 429);
    assert!(!waiting.header("retry-after").is_empty());
    app.advance(TimeDelta::seconds(2));
    entered(&app, &code);
}

#[test]
fn a_person_who_cannot_be_added_comes_back_with_the_form() {
    let (app, hr) = hr_at_work(&[]);
    let path = draft(&app, &hr, "Autumn");
    let answer = hr.post(&format!("{path}/people"), &[("person_name", " "), ("person_position", "Driver & guard")]);
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("id=\"person_name-error\"") && answer.body.contains("Driver &#38; guard"));
    let nowhere = hr.post(&format!("{path}/people"), &[("person_name", "Ivo"), ("person_department", "987654321")]);
    assert_eq!(nowhere.status, 404);
    assert_eq!(app.number("SELECT count(*) FROM users WHERE email IS NULL"), 0);
}

#[test]
fn the_list_of_employees_shows_people_without_an_address() {
    let (_app, hr, _) = company(&["Ivo Stone"]);
    let list = hr.get("/hr/employees");
    let person = between(&list.body, "<a href=\"/hr/employees/", "\">Ivo Stone").pop().expect("on the list");
    let person = person.rsplit("/hr/employees/").next().unwrap();
    let page = hr.get(&format!("/hr/employees/{person}"));
    assert!(visible(&page.body).contains("without e-mail") && !page.body.contains("/invite\""), "{}", page.body);
}

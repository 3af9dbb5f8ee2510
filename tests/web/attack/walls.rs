//! HR, with every right that HR has, after what single people answered and who did.

use crate::{
    access_codes::{company, entered, printed},
    campaigns::hr_at_work,
    steps::{between, key_of, send, visible},
    support::{Answer, Browser, TestApp},
};
use chrono::TimeDelta;

/// A questionnaire of HR's own: items that all offer these values, one scale, no limits.
fn questionnaire(id: &str, items: usize, values: &[i32]) -> String {
    let choices = values.iter().map(|value| format!("{{ value = {value}, label = {{ en = \"{value}\" }} }}"));
    let item = "\n[[items]]\nsubscale = \"all\"\ntext = { en = \"Question\" }\n".repeat(items);
    format!(
        "id = \"{id}\"\nversion = \"1\"\nlicence = \"Test data.\"\nattestation = \"not_needed\"\nlanguages = [\"en\"]
name = {{ en = \"{id}\" }}\nabout = {{ en = \"Test data.\" }}\ninstruction = {{ en = \"Choose.\" }}
[[options]]\nid = \"all\"\nchoices = [{}]
[[subscales]]\nid = \"all\"\nname = {{ en = \"All\" }}\nhigh_means = {{ en = \"High.\" }}
aggregate = \"sum\"\ndirection = \"higher_is_worse\"\nminimum_answered = {items}\n{item}",
        choices.collect::<Vec<_>>().join(", ")
    )
}

/// Imports it as HR would; answers the version's address.
fn import(hr: &Browser, source: &str) -> String {
    let answer = hr.upload("/hr/instruments", "file", "own.toml", source.as_bytes());
    assert_eq!(answer.status, 303, "{}", visible(&answer.body));
    answer.location().to_owned()
}

/// Opens a campaign for everyone with this version; answers its address.
fn campaign(hr: &Browser, version: &str) -> String {
    let chosen = format!("{}:", version.rsplit('/').next().unwrap());
    let fields = [
        ("name", "Campaign"),
        ("starts_on", "2026-11-02"),
        ("ends_on", "2026-11-15"),
        ("questionnaire", &chosen),
        ("invited", "everyone"),
    ];
    let kept = hr.post("/hr/campaigns", &fields);
    assert_eq!(kept.status, 303, "{}", visible(&kept.body));
    let path = kept.location().to_owned();
    let opened = hr.post(&format!("{path}/open"), &[]);
    assert_eq!(opened.status, 303, "{}", visible(&opened.body));
    hr.get(&path); // which says once that it was opened
    path
}

/// Confirmed people who agreed to the promise.
fn people(app: &TestApp, count: usize) -> Vec<Browser> {
    let people = (0..count).map(|n| app.register_and_agree(&format!("person{n}@example.com"))).collect();
    app.execute("UPDATE users SET confirmed_at = created_at");
    people
}

/// Answers every question of the open check-up with the same value.
fn answer(person: &Browser, value: i32) {
    let form = person.get("/assessments/new");
    let questions = form.body.matches("class=\"question__text\"").count();
    let answers: Vec<_> = (0..questions).map(|item| (item, value)).collect();
    let version = between(&form.body, "name=\"questionnaire\" value=\"", "\"")[0];
    let made =
        send(person, "/assessments", &answers, &[("questionnaire", version), ("idempotency_key", &key_of(&form.body))]);
    assert_eq!(made.status, 303, "{}", visible(&made.body));
}

/// What a page says, without what is new on every page.
fn said(page: &Answer) -> (u16, String) {
    (page.status, page.body.split('<').filter(|tag| !tag.starts_with("input type=\"hidden\"")).collect())
}

#[test]
fn that_a_questionnaire_was_answered_is_told_from_k_people_on_and_stays_so() {
    let (app, hr) = hr_at_work(&[]);
    let version = import(&hr, &questionnaire("own", 3, &[0, 1, 2, 3, 4]));
    let people = people(&app, 6);
    let path = campaign(&hr, &version);
    let pages = || [said(&hr.get(&version)), said(&hr.get("/hr/instruments")), said(&hr.get(&path))];
    let before = pages();
    for (person, browser) in people.iter().enumerate() {
        answer(browser, 1);
        let now = pages();
        if person < 4 {
            assert!(now == before, "{} answered", person + 1);
        } else {
            assert!(now[0].1.contains("Was answered") && now[1].1.contains("Was answered"));
            assert!(now[2] == before[2], "of the campaign nothing");
        }
    }
    let told = pages();
    // Nobody's leaving takes it back, before or after the numbers are out.
    for person in 0..2 {
        let id = app.number(&format!("SELECT id FROM users WHERE email = 'person{person}@example.com'"));
        assert_eq!(hr.post(&format!("/hr/employees/{id}/archive"), &[]).status, 303);
    }
    app.advance(TimeDelta::days(3));
    let hr = crate::steps::sign_in(&app, "hr@example.com");
    assert!(said(&hr.get(&version)) == told[0]);
    assert_eq!(hr.post(&format!("{path}/close"), &[]).status, 303);
    app.execute("UPDATE assessments SET counts = FALSE"); // as if all had gone
    assert!(hr.get(&version).body.contains("Was answered"));
}

#[test]
fn that_fewer_than_k_answered_a_closed_campaign_is_never_told() {
    let (app, hr) = hr_at_work(&[]);
    let version = import(&hr, &questionnaire("own", 3, &[0, 1, 2, 3, 4]));
    let before = said(&hr.get(&version)).1.matches("Not answered so far").count();
    let people = people(&app, 6);
    let path = campaign(&hr, &version);
    people[..4].iter().for_each(|person| answer(person, 3));
    assert_eq!(hr.post(&format!("{path}/close"), &[]).status, 303);
    assert_eq!((before, said(&hr.get(&version)).1.matches("Not answered so far").count()), (1, 1));
}

#[test]
fn a_used_an_unknown_and_an_expired_code_are_answered_alike() {
    let (app, hr, path) = company(&["Ada Stone", "Ivo Stone"]);
    let codes = printed(&hr, &path);
    entered(&app, &codes[0]);
    let refusal = |code: &str| {
        app.advance(TimeDelta::hours(1)); // so that no try is slowed down by one before
        let page = app.browser().post("/code", &[("code", code)]);
        let mut names: Vec<_> = page.headers.keys().map(|name| name.as_str().to_owned()).collect();
        names.sort();
        (names, said(&page).0, said(&page).1.replace(code, "typed"))
    };
    let unknown = refusal("0000-0000-0000");
    assert_eq!(unknown.1, 422);
    assert_eq!(refusal(&codes[0]), unknown, "used");
    app.execute("UPDATE periods SET state = 'closed', closed_at = now() WHERE kind = 'campaign'");
    assert_eq!(refusal(&codes[1]), unknown, "expired");
    assert_eq!(refusal(&codes[0]), unknown, "used and expired");
}

#[test]
fn nothing_that_hr_sees_tells_who_used_a_slip() {
    let (app, hr, path) = company(&["Ada Stone", "Ivo Stone"]);
    let codes = printed(&hr, &path);
    let ids: Vec<_> = between(&hr.get("/hr/employees").body, "href=\"/hr/employees/", "\"")
        .into_iter()
        .filter(|id| id.parse::<i64>().is_ok())
        .map(str::to_owned)
        .collect();
    assert!(ids.len() >= 3, "{ids:?}");
    let pages = || {
        let mut seen = vec![said(&hr.get("/hr/employees")), said(&hr.get(&path)), said(&hr.get("/hr/campaigns"))];
        seen.extend(ids.iter().map(|id| said(&hr.get(&format!("/hr/employees/{id}")))));
        seen.extend(ids.iter().map(|id| said(&hr.get(&format!("/hr/employees/{id}/archive")))));
        seen.push(said(&hr.post(&format!("{path}/codes"), &[]))); // which asks
        seen
    };
    let before = pages();
    let ada = entered(&app, &codes[0]);
    assert!(pages() == before, "used");
    assert_eq!(ada.post("/assessments/consent", &[]).status, 303);
    answer(&ada, 3);
    assert!(pages() == before, "answered");
}

#[test]
fn loading_the_page_of_slips_again_asks_first_and_ends_no_code() {
    let (app, hr, path) = company(&["Ada Stone", "Ivo Stone"]);
    let codes = printed(&hr, &path);
    let form = [("replaces", "")];
    for repeat in [&[][..], &form] {
        let asked = hr.post(&format!("{path}/codes"), repeat);
        assert_eq!(asked.status, 409);
        assert!(!asked.body.contains("<code>") && visible(&asked.body).contains("printed already"));
    }
    assert_eq!(app.number("SELECT count(*) FROM audit_events WHERE event = 'access_codes_printed'"), 1);
    entered(&app, &codes[0]);

    let asked = hr.post(&format!("{path}/codes"), &[]);
    let replaces = between(&asked.body, "name=\"replaces\" value=\"", "\"")[0];
    let confirmed = [("replaces", replaces)];
    let again = hr.post(&format!("{path}/codes"), &confirmed);
    assert_eq!(again.status, 200);
    let new: Vec<_> = between(&again.body, "<code>", "</code>");
    assert_eq!(new.len(), 2);
    // Loading this one again asks as well, and so does a second browser that was asked before.
    assert_eq!(hr.post(&format!("{path}/codes"), &confirmed).status, 409);
    assert_eq!(app.browser().post("/code", &[("code", &codes[1])]).status, 422, "ended");
    app.advance(TimeDelta::hours(1));
    entered(&app, new[1]);
}

#[test]
fn of_two_who_print_at_the_same_moment_one_is_asked() {
    let (app, hr, path) = company(&["Ada Stone"]);
    let other = crate::steps::sign_in(&app, "hr@example.com");
    let mut statuses =
        crate::steps::at_once(&[&hr, &other], |_, browser| browser.post(&format!("{path}/codes"), &[]).status);
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
}

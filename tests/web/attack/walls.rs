//! Attacks by HR, with all of HR's permissions, to learn what single people answered
//! and who did.

use crate::{
    access_codes::{company, entered, printed},
    campaigns::{draft, hr_at_work, people as strangers, shipped},
    company::hold_noise_still,
    steps::{app_with, between, key_of, send, set_clock, sign_in, values, visible},
    support::{Answer, Browser, TestApp, api::Client},
};
use chrono::TimeDelta;
use std::fmt::Write as _;

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
    campaign_of(hr, version, "", None, ["2026-11-02", "2026-11-15"])
}

/// The same with limits between levels, of one department, over these days.
fn campaign_of(hr: &Browser, version: &str, limits: &str, department: Option<i64>, days: [&str; 2]) -> String {
    let path = kept(hr, version, limits, department, days);
    let opened = hr.post(&format!("{path}/open"), &[]);
    assert_eq!(opened.status, 303, "{}", visible(&opened.body));
    hr.get(&path); // which says once that it was opened
    path
}

/// The draft of it.
fn kept(hr: &Browser, version: &str, limits: &str, department: Option<i64>, days: [&str; 2]) -> String {
    let chosen = format!("{}:{limits}", version.rsplit('/').next().unwrap());
    let department = department.map(|id| id.to_string()).unwrap_or_default();
    let invited = if department.is_empty() { "everyone" } else { "departments" };
    let fields = [
        ("name", "Campaign"),
        ("starts_on", days[0]),
        ("ends_on", days[1]),
        ("questionnaire", &chosen),
        ("invited", invited),
        ("department", &department),
    ];
    let kept = hr.post("/hr/campaigns", &fields);
    assert_eq!(kept.status, 303, "{}", visible(&kept.body));
    kept.location().to_owned()
}

fn close(hr: &Browser, path: &str) {
    let closed = hr.post(&format!("{path}/close"), &[]);
    assert_eq!(closed.status, 303, "{}", visible(&closed.body));
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
fn that_a_questionnaire_was_answered_is_told_once_its_numbers_are_out_and_stays_so() {
    let (app, hr) = hr_at_work(&[]);
    let version = import(&hr, &questionnaire("own", 3, &[0, 1, 2, 3, 4]));
    let people = people(&app, 6);
    let path = campaign(&hr, &version);
    let pages = || [said(&hr.get(&version)), said(&hr.get("/hr/instruments")), said(&hr.get(&path))];
    let before = pages();
    for (person, browser) in people.iter().enumerate() {
        answer(browser, 1);
        assert!(pages() == before, "{} answered", person + 1);
    }
    // Nobody's leaving changes that, before or after the numbers are out.
    for person in 0..2 {
        let id = app.number(&format!("SELECT id FROM users WHERE email = 'person{person}@example.com'"));
        assert_eq!(hr.post(&format!("/hr/employees/{id}/archive"), &[]).status, 303);
    }
    app.advance(TimeDelta::days(3));
    let hr = crate::steps::sign_in(&app, "hr@example.com");
    assert!(said(&hr.get(&version)) == before[0]);
    close(&hr, &path);
    assert!(hr.get(&version).body.contains("Was answered"));
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
    close(&hr, &path);
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

/// The limits of the made-up questionnaire: where medium and high begin, of a sum up to `max`.
fn limits(medium: i32, high: i32, max: i32) -> String {
    let band = |level, from: i32, to: i32| format!("{{ level = \"{level}\", from = {from}, to = {to} }}");
    let bands = [("low", 0, medium - 1), ("medium", medium, high - 1), ("high", high, max)];
    let bands = bands.into_iter().filter(|(_, from, to)| from <= to).map(|(level, from, to)| band(level, from, to));
    format!(
        "\n[[cut_off_sets]]\nid = \"own\"\nsource = \"HR\"\n[[cut_off_sets.scales]]\nscale = \"all\"\nbands = [{}]\n",
        bands.collect::<Vec<_>>().join(", ")
    )
}

/// Everything that HR can get of a company's numbers, as one text: pages, both
/// exports, the API, the questionnaires, the release that is stored.
fn everything(app: &TestApp) -> String {
    let hr = sign_in(app, "hr@example.com");
    let client = Client::signed_in(app, "hr@example.com");
    let mut all = String::new();
    let ids = |sql: &str| app.text(&format!("SELECT coalesce(string_agg(id::text, ' ' ORDER BY id), '') FROM {sql}"));
    let periods = ids("periods WHERE state = 'closed'");
    let mut pages = vec!["/hr".to_owned(), "/hr/campaigns".to_owned(), "/hr/instruments".to_owned()];
    pages.extend(periods.split_whitespace().map(|id| format!("/hr/campaigns/{id}")));
    pages.extend(ids("instrument_versions").split_whitespace().map(|id| format!("/hr/instruments/{id}")));
    let departments = format!("0 {}", ids("departments"));
    pages.extend(departments.split_whitespace().skip(1).map(|id| format!("/hr/departments/{id}")));
    for period in periods.split_whitespace() {
        for department in departments.split_whitespace() {
            let picture = format!("?period={period}&department={department}");
            pages.extend([format!("/hr{picture}"), format!("/hr/export.csv{picture}")]);
            let workbook = hr.download(&format!("/hr/export.xlsx{picture}"));
            writeln!(all, "{picture} {} {:?}", workbook.0, workbook.2).unwrap();
            let api = client.get(&format!("/api/hr/overview{picture}"));
            writeln!(all, "{picture} {} {}", api.status, api.body).unwrap();
        }
    }
    for page in pages {
        writeln!(all, "{page} {:?}", said(&hr.get(&page))).unwrap();
    }
    let check = hearth::publication::privacy_check::run(&mut app.db.connect(), |_| {});
    writeln!(all, "{}", check.unwrap()).unwrap();
    all
}

/// A company in which people of one department answered a questionnaire of
/// HR's own, each these values, in a campaign that is closed.
fn answered(source: &str, limits: &str, answers: &[i32]) -> TestApp {
    let (app, hr) = hr_at_work(&[]);
    let version = import(&hr, source);
    hold_noise_still(&app);
    let people = people(&app, answers.len());
    app.execute("INSERT INTO departments (name) VALUES ('Sales')");
    app.execute("UPDATE users SET department_id = (SELECT id FROM departments) WHERE email LIKE 'person%'");
    let path = campaign_of(&hr, &version, limits, None, ["2026-11-02", "2026-11-15"]);
    for (person, value) in people.iter().zip(answers) {
        answer(person, *value);
    }
    close(&hr, &path);
    app
}

/// So many people who answer one thing, then so many who answer another.
fn crowd(parts: &[(usize, i32)]) -> Vec<i32> {
    parts.iter().flat_map(|(people, value)| vec![*value; *people]).collect()
}

#[test]
fn of_a_yes_no_question_hr_gets_shares_of_wide_groups_and_nowhere_a_mean() {
    let source = questionnaire("own", 1, &[0, 1]);
    let seen: Vec<String> =
        [12, 11, 10, 9].map(|yes| everything(&answered(&source, "", &crowd(&[(yes, 1), (12 - yes, 0)])))).into();
    assert!(seen[0] == seen[1] && seen[1] == seen[2], "all, all but one and all but two look alike");
    assert!(seen[2] != seen[3], "else a share that can be told is told");
    assert!(seen[0].contains("value.all.0,value,17,") && seen[0].contains("value.all.1,value,83,"), "as an export");
    assert!(seen[0].contains("\"measure\":\"value.all.1\"") && seen[0].contains("Answers by value"));
    for forbidden in ["mean.all", "change.all", "stands out", "Cronbach"] {
        assert!(!seen[0].contains(forbidden), "{forbidden}");
    }
}

#[test]
fn fewer_people_than_two_groups_give_nothing_of_a_yes_no_question() {
    let source = questionnaire("own", 1, &[0, 1]);
    let seen = [0, 4, 9].map(|yes| everything(&answered(&source, "", &crowd(&[(yes, 1), (9 - yes, 0)]))));
    assert!(seen[0] == seen[1] && seen[1] == seen[2]);
    assert!(seen[0].contains("data-state=\\\"suppressed\\\""));
}

#[test]
fn nine_answers_give_shares_and_ten_a_mean_that_never_says_that_all_are_at_one_end() {
    let nine = everything(&answered(&questionnaire("nine", 1, &[0, 1, 2, 3, 4, 5, 6, 7, 8]), "", &crowd(&[(12, 8)])));
    assert!(!nine.contains("mean.all") && nine.contains("value.all.8"));
    let ten = questionnaire("ten", 1, &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    let seen = |people: &[(usize, i32)]| everything(&answered(&ten, "", &crowd(people)));
    let bottom = seen(&[(5, 0)]);
    assert!(bottom == seen(&[(4, 0), (1, 1)]), "one step up cannot be told");
    assert!(bottom.contains("mean.all,") && !bottom.contains("value.all."));
    assert!(seen(&[(5, 9)]) == seen(&[(4, 9), (1, 8)]), "nor one step down");
}

#[test]
fn cut_offs_of_hrs_own_cannot_make_a_mean_give_somebody_away() {
    let values: Vec<i32> = (0..13).collect();
    // Low is only the first value, or all but the last; high is nearly everything, or only the last.
    for (medium, high) in [(1, 1), (1, 12), (12, 12)] {
        let source = questionnaire("own", 1, &values) + &limits(medium, high, 12);
        let seen = |people: &[(usize, i32)]| everything(&answered(&source, "own", &crowd(people)));
        let low = seen(&[(5, 0)]);
        assert!(low.contains("mean.all,"));
        assert!(low == seen(&[(4, 0), (1, medium)]), "one is not low, limits {medium} and {high}");
        assert!(seen(&[(5, 12)]) == seen(&[(4, 12), (1, high - 1)]), "one is not high, limits {medium} and {high}");
    }
}

/// Six people of a department answer yes or no; then one moves and the other
/// five are asked again.
fn six_then_five(sixth: i32) -> (TestApp, String) {
    let (app, hr) = hr_at_work(&[]);
    let version = import(&hr, &questionnaire("own", 1, &[0, 1]));
    let people = people(&app, 6);
    app.execute("INSERT INTO departments (name) VALUES ('Sales'), ('Elsewhere')");
    let id = |name: &str| app.number(&format!("SELECT id FROM departments WHERE name = '{name}'"));
    let (sales, elsewhere) = (id("Sales"), id("Elsewhere"));
    app.execute(&format!("UPDATE users SET department_id = {sales} WHERE email LIKE 'person%'"));
    let first = campaign_of(&hr, &version, "", Some(sales), ["2026-11-02", "2026-11-15"]);
    people[..5].iter().for_each(|person| answer(person, 1));
    answer(&people[5], sixth);
    close(&hr, &first);
    let sixth = app.number("SELECT id FROM users WHERE email = 'person5@example.com'");
    let moved = [("position", ""), ("department", &*elsewhere.to_string()), ("manager_email", "")];
    assert_eq!(hr.post(&format!("/hr/employees/{sixth}/transfer"), &moved).status, 303);
    let second = kept(&hr, &version, "", Some(sales), ["2026-11-02", "2026-11-15"]);
    (app, second)
}

#[test]
fn campaigns_of_six_and_then_five_people_do_not_tell_what_the_sixth_said() {
    let seen = [0, 1].map(|sixth| {
        let (app, second) = six_then_five(sixth);
        let hr = sign_in(&app, "hr@example.com");
        let beforehand = visible(&hr.get(&second).body);
        assert!(beforehand.contains("It may open from 1 April 2027 on"), "said before anybody presses: {beforehand}");
        let refused = hr.post(&format!("{second}/open"), &[]);
        assert_eq!(refused.status, 422);
        let told = between(&refused.body, "<div class=\"error-summary\" role=\"alert\"", "</div>")[0];
        assert!(told.contains("not long ago") && told.contains("1 April 2027"), "{told}");
        assert!(refused.body.contains("value=\"Campaign\"") && refused.body.contains("checked"), "the form is kept");
        assert_eq!(values(&hr.get(&second).body)[0], "draft");
        let left = "SELECT count(*) FROM invitations i JOIN periods p ON p.id = period_id WHERE state <> 'closed'";
        assert_eq!(app.number(left), 0);
        // And once they may be asked again.
        let mut all = everything(&app);
        set_clock(&app, "2027-04-01T09:00:00Z");
        let hr = sign_in(&app, "hr@example.com");
        let version = format!("/hr/instruments/{}", app.number("SELECT max(id) FROM instrument_versions"));
        let sales = app.number("SELECT id FROM departments WHERE name = 'Sales'");
        let path = campaign_of(&hr, &version, "", Some(sales), ["2027-04-01", "2027-04-14"]);
        for person in 0..5 {
            answer(&sign_in(&app, &format!("person{person}@example.com")), 1);
        }
        close(&hr, &path);
        all.push_str(&everything(&app));
        all
    });
    assert!(seen[0] == seen[1], "whatever the sixth said");
}

#[test]
fn of_two_rhythms_the_longer_rest_counts() {
    let (app, second) = six_then_five(1);
    assert_eq!(app.text("SELECT rhythm FROM periods WHERE state = 'closed'"), "twice");
    let quarterly = app.beside(&[("HEARTH_CAMPAIGNS", "quarterly")]);
    set_clock(&quarterly, "2026-11-16T09:00:00Z");
    let hr = sign_in(&quarterly, "hr@example.com");
    let until = || visible(&hr.get(&second).body);
    assert!(
        until().contains("It may open from 1 April 2027 on"),
        "its numbers have the noise of two a year: {}",
        until()
    );
    app.execute("UPDATE periods SET rhythm = 'quarterly' WHERE state = 'closed'");
    assert!(until().contains("It may open from 16 January 2027 on"), "75 days: {}", until());
    app.execute("UPDATE periods SET rhythm = NULL WHERE state = 'closed'");
    assert!(until().contains("It may open from 1 April 2027 on"), "of before rhythms were kept: {}", until());
}

#[test]
fn people_are_left_alone_for_150_days_and_others_can_be_asked() {
    let (app, second) = six_then_five(1);
    let at = |moment: &str| {
        set_clock(&app, moment);
        sign_in(&app, "hr@example.com")
    };
    let change = |hr: &Browser, department: &str, days: [&str; 2]| {
        let chosen = format!("{}:", app.number("SELECT max(id) FROM instrument_versions"));
        let department = app.number(&format!("SELECT id FROM departments WHERE name = '{department}'")).to_string();
        let fields = [
            ("name", "Again"),
            ("starts_on", days[0]),
            ("ends_on", days[1]),
            ("questionnaire", &chosen),
            ("invited", "departments"),
            ("department", &department),
        ];
        assert_eq!(hr.post(&second, &fields).status, 303);
    };
    let open = |hr: &Browser| hr.post(&format!("{second}/open"), &[]).status;
    let hr = at("2027-03-31T22:00:00Z");
    change(&hr, "Sales", ["2027-03-31", "2027-04-14"]);
    assert_eq!(open(&hr), 422, "149 days later");
    // Fewer than five of those who were asked before are in the way of nobody.
    strangers(&app, "new", 6);
    app.execute(
        "UPDATE users SET department_id = (SELECT id FROM departments WHERE name = 'Elsewhere') WHERE email LIKE 'new%'
           OR email IN ('person0@example.com', 'person1@example.com', 'person2@example.com')",
    );
    change(&hr, "Elsewhere", ["2027-03-31", "2027-04-14"]);
    assert_eq!(open(&hr), 303, "four of ten");
    close(&hr, &second);
}

#[test]
fn archiving_people_and_bringing_them_back_or_adding_them_anew_does_not_end_their_rest() {
    let (app, second) = six_then_five(1);
    let hr = sign_in(&app, "hr@example.com");
    let sales = app.number("SELECT id FROM departments WHERE name = 'Sales'").to_string();
    for person in 0..5 {
        let email = format!("person{person}@example.com");
        let id = app.number(&format!("SELECT id FROM users WHERE email = '{email}'"));
        assert_eq!(hr.post(&format!("/hr/employees/{id}/archive"), &[]).status, 303);
        if person < 3 {
            assert_eq!(hr.post(&format!("/hr/employees/archived/{id}/restore"), &[]).status, 303);
        } else {
            let fields = [("email", &*email), ("name", "New"), ("position", ""), ("department", &*sales)];
            let added = hr.post("/hr/employees/new", &fields);
            assert_eq!(added.status, 303, "{}", visible(&added.body));
        }
    }
    assert_eq!(app.number("SELECT count(*) FROM invitations WHERE period_id IN (SELECT id FROM periods)"), 1);
    let refused = hr.post(&format!("{second}/open"), &[]);
    assert!(refused.status == 422 && visible(&refused.body).contains("1 April 2027"), "{}", visible(&refused.body));
    // Archived a second time, still.
    let id = app.number("SELECT id FROM users WHERE email = 'person4@example.com'");
    hr.post(&format!("/hr/employees/{id}/archive"), &[]);
    hr.post(&format!("/hr/employees/archived/{id}/restore"), &[]);
    assert_eq!(hr.post(&format!("{second}/open"), &[]).status, 422);
}

#[test]
fn a_campaign_lasts_thirty_days_at_most_and_fourteen_of_quarterly_ones() {
    for (rhythm, last, too_late) in [("twice", "2026-12-01", "2026-12-02"), ("quarterly", "2026-11-15", "2026-11-16")] {
        let app = app_with("2026-11-02T09:00:00Z", &[("HEARTH_CAMPAIGNS", rhythm)]);
        let hr = app.register_as("hr@example.com", "hr");
        let questionnaire = shipped(&app);
        let fields = |last| {
            [
                ("name", "Long & longer"),
                ("starts_on", "2026-11-02"),
                ("ends_on", last),
                ("questionnaire", &*questionnaire),
                ("invited", "everyone"),
            ]
        };
        let refused = hr.post("/hr/campaigns", &fields(too_late));
        assert_eq!(refused.status, 422);
        let days = if rhythm == "twice" { "30 days" } else { "14 days" };
        assert!(between(&refused.body, "id=\"ends_on-error\">", "<")[0].contains(days));
        assert!(refused.body.contains("Long &#38; longer") && refused.body.contains(too_late), "the form is kept");
        let path = hr.post("/hr/campaigns", &fields(last)).location().to_owned();
        assert_eq!(hr.post(&path, &fields(too_late)).status, 422, "nor when it is changed");
        // What was planned for later cannot be opened today for longer.
        app.execute(&format!("UPDATE periods SET starts_on = '{last}', ends_on = '{too_late}'"));
        let refused = hr.post(&format!("{path}/open"), &[]);
        assert!(refused.status == 422 && visible(&refused.body).contains(days), "{}", visible(&refused.body));
        assert_eq!(hr.post(&path, &fields(last)).status, 303);
        assert_eq!(hr.post(&format!("{path}/open"), &[]).status, 303);
    }
}

#[test]
fn quarterly_campaigns_rest_for_75_days() {
    let (app, hr) = hr_at_work(&[("HEARTH_CAMPAIGNS", "quarterly")]);
    strangers(&app, "p", 8);
    let path = draft(&app, &hr, "First");
    assert_eq!(hr.post(&format!("{path}/open"), &[]).status, 303);
    close(&hr, &path);
    let again = draft(&app, &hr, "Second");
    for (moment, days, status) in [
        ("2027-01-15T12:00:00Z", ["2027-01-15", "2027-01-28"], 422),
        ("2027-01-16T00:30:00Z", ["2027-01-16", "2027-01-29"], 303),
    ] {
        set_clock(&app, moment);
        let hr = sign_in(&app, "hr@example.com");
        let questionnaire = shipped(&app);
        let fields = [
            ("name", "Second"),
            ("starts_on", days[0]),
            ("ends_on", days[1]),
            ("questionnaire", &*questionnaire),
            ("invited", "everyone"),
        ];
        assert_eq!(hr.post(&again, &fields).status, 303);
        let opened = hr.post(&format!("{again}/open"), &[]);
        assert_eq!(opened.status, status, "{moment}");
        assert!(status == 303 || visible(&opened.body).contains("16 January 2027"));
    }
}

//! HR's campaigns: planning and opening them, and what is shown of an open one.

use crate::{
    steps::{app_at, app_with, between, set_clock, sign_in, values, visible},
    support::{Browser, TestApp},
};
use chrono::NaiveDate;

const MORNING: &str = "2026-11-02T09:00:00Z";

/// HR in an application whose clock stands on a Monday.
pub fn hr_at_work(variables: &[(&str, &str)]) -> (TestApp, Browser) {
    let app = app_with(MORNING, variables);
    let hr = app.register_as("hr@example.com", "hr");
    (app, hr)
}

/// The form's choice of the questionnaire that ships.
pub fn shipped(app: &TestApp) -> String {
    format!("{}:default", app.number("SELECT min(id) FROM instrument_versions"))
}

/// Keeps a draft that invites everyone; answers its address.
pub fn draft(app: &TestApp, hr: &Browser, name: &str) -> String {
    let questionnaire = shipped(app);
    let fields = [
        ("name", name),
        ("starts_on", "2026-11-02"),
        ("ends_on", "2026-11-15"),
        ("questionnaire", &questionnaire),
        ("invited", "everyone"),
    ];
    let kept = hr.post("/hr/campaigns", &fields);
    assert_eq!(kept.status, 303, "{}", visible(&kept.body));
    kept.location().to_owned()
}

/// The same, opened.
pub fn opened(app: &TestApp, hr: &Browser, name: &str) -> String {
    let path = draft(app, hr, name);
    let answer = hr.post(&format!("{path}/open"), &[]);
    assert_eq!((answer.status, answer.location()), (303, &*path), "{}", visible(&answer.body));
    path
}

/// Confirmed people without a password, `name1@example.com` and on, in no department.
pub fn people(app: &TestApp, prefix: &str, count: usize) {
    app.execute(&format!(
        "INSERT INTO users (email, name, joined_on, confirmed_at)
         SELECT '{prefix}' || n || '@example.com', 'Person ' || n, '2026-01-01', '2026-01-01' FROM generate_series(1, {count}) n"
    ));
}

/// Check-ups of these people that count in the open campaign, as if they had answered.
fn answered(app: &TestApp, prefix: &str, count: usize) {
    app.execute(&format!(
        "INSERT INTO assessments (user_id, period_id, instrument_version_id, made_at, subscale_scores, answers, counts)
         SELECT u.id, p.id, p.instrument_version_id, now(), '{{9,5,6}}', '{{}}', TRUE
         FROM users u, periods p WHERE p.state = 'open' AND p.kind = 'campaign'
           AND u.email IN (SELECT '{prefix}' || n || '@example.com' FROM generate_series(1, {count}) n)"
    ));
}

fn refresh(app: &TestApp, day: &str) {
    let day: NaiveDate = day.parse().unwrap();
    hearth::campaigns::refresh_participation(&mut app.db.connect(), day).unwrap();
}

#[test]
fn a_draft_is_kept_changed_and_deleted() {
    let (app, hr) = hr_at_work(&[]);
    let path = draft(&app, &hr, "Autumn");
    let page = hr.get(&path);
    assert!(page.body.contains("value=\"Autumn\"") && page.body.contains("value=\"2026-11-15\""));
    let questionnaire = shipped(&app);
    let changed = [
        ("name", "  Winter "),
        ("starts_on", "2026-12-01"),
        ("ends_on", "2026-12-12"),
        ("questionnaire", &questionnaire),
        ("invited", "everyone"),
    ];
    assert_eq!(hr.post(&path, &changed).location(), path);
    let list = hr.get("/hr/campaigns");
    assert!(list.body.contains(">Winter</a>") && !list.body.contains("Autumn"), "{}", visible(&list.body));
    assert_eq!(values(&list.body), ["draft"]);
    assert_eq!(hr.post(&format!("{path}/delete"), &[]).location(), "/hr/campaigns");
    assert_eq!(hr.get(&path).status, 404);
    let events =
        "SELECT string_agg(event || ' ' || details, ', ' ORDER BY id) FROM audit_events WHERE event LIKE 'campaign%'";
    assert_eq!(app.text(events), "campaign_created {}, campaign_changed {}, campaign_deleted {}");
}

#[test]
fn a_draft_that_does_not_fit_comes_back_with_what_was_typed() {
    let (app, hr) = hr_at_work(&[]);
    let version = app.number("SELECT min(id) FROM instrument_versions");
    let good = shipped(&app);
    let cases = [
        ("name", "", "Please fill this in."),
        ("starts_on", "soon", "Please enter a day"),
        ("ends_on", "2026-11-01", "cannot come before the first"),
        ("ends_on", "99999-01-01", "Please enter a day"),
        ("questionnaire", "", "choose one of these questionnaires"),
        ("questionnaire", &format!("{version}:nobody's"), "choose one of these questionnaires"),
        ("questionnaire", &format!("{version}:"), "choose one of these questionnaires"),
        ("questionnaire", "987654321:default", "choose one of these questionnaires"),
        ("invited", "departments", "choose at least one department"),
    ];
    for (field, value, expected) in cases {
        let mut fields = vec![
            ("name", "Autumn & after"),
            ("starts_on", "2026-11-02"),
            ("ends_on", "2026-11-15"),
            ("questionnaire", &good),
            ("invited", "everyone"),
        ];
        fields.iter_mut().filter(|given| given.0 == field).for_each(|given| given.1 = value);
        let answer = hr.post("/hr/campaigns", &fields);
        assert_eq!(answer.status, 422, "{field} {value}");
        let message = between(&answer.body, &format!("id=\"{field}-error\">"), "<");
        assert!(message[0].contains(expected), "{field} {value}: {message:?}");
        assert!(field == "name" || answer.body.contains("value=\"Autumn &#38; after\""), "{field} is kept");
    }
    assert_eq!(app.number("SELECT count(*) FROM periods WHERE kind = 'campaign'"), 0);
}

#[test]
fn opening_freezes_who_is_invited_from_where_and_the_smallest_group() {
    let (app, hr) = hr_at_work(&[("HEARTH_MIN_GROUP", "7")]);
    app.execute("INSERT INTO departments (name) VALUES ('Sales'), ('Legal')");
    app.execute("INSERT INTO departments (name, parent_id) SELECT 'North', id FROM departments WHERE name = 'Sales'");
    let id = |name: &str| app.number(&format!("SELECT id FROM departments WHERE name = '{name}'"));
    let (sales, north, legal) = (id("Sales"), id("North"), id("Legal"));
    for (prefix, department) in [("sales", sales), ("north", north), ("legal", legal)] {
        people(&app, prefix, 3);
        app.execute(&format!("UPDATE users SET department_id = {department} WHERE email LIKE '{prefix}%'"));
    }
    app.register("claimed@example.com"); // not confirmed by HR
    let (questionnaire, chosen) = (shipped(&app), sales.to_string());
    let fields = [
        ("name", "Sales only"),
        ("starts_on", "2026-11-09"),
        ("ends_on", "2026-11-15"),
        ("questionnaire", &questionnaire),
        ("invited", "departments"),
        ("department", &chosen),
        ("department", "987654321"),
    ];
    let path = hr.post("/hr/campaigns", &fields).location().to_owned();
    let page = hr.get(&path);
    assert!(page.body.contains(&format!("name=\"department\" value=\"{sales}\" checked")), "{}", page.body);
    assert!(visible(&page.body).contains("6 people would be invited today"));
    assert_eq!(hr.post(&format!("{path}/open"), &[]).status, 303);
    // What happens afterwards changes nothing of it.
    app.execute(&format!("UPDATE users SET department_id = {legal} WHERE email = 'north1@example.com'"));
    people(&app, "late", 4);
    let frozen = "SELECT string_agg(d.name || ' ' || u.email, ', ' ORDER BY d.id, u.email) FROM invitations i
        JOIN users u ON u.id = i.user_id JOIN departments d ON d.id = i.department_id";
    let expected = ["Sales sales1", "Sales sales2", "Sales sales3", "North north1", "North north2", "North north3"];
    assert_eq!(app.text(frozen), expected.map(|one| format!("{one}@example.com")).join(", "));
    let period = "SELECT state || ' ' || min_group || ' ' || cut_off_set || ' ' || starts_on FROM periods WHERE kind = 'campaign'";
    assert_eq!(app.text(period), "open 7 default 2026-11-02");
    let page = hr.get(&path);
    assert_eq!(values(&page.body), ["open", "6", "7"]);
    for write in ["", "/delete", "/open"] {
        assert_eq!(hr.post(&format!("{path}{write}"), &fields).status, 404, "{write} of an open campaign");
    }
    let audit = "SELECT details::text FROM audit_events WHERE event = 'campaign_opened'";
    assert_eq!(app.text(audit), "{\"invited\": 6}");
}

#[test]
fn a_second_campaign_cannot_open_beside_the_first() {
    let (app, hr) = hr_at_work(&[]);
    opened(&app, &hr, "First");
    let second = draft(&app, &hr, "Second");
    let refused = hr.post(&format!("{second}/open"), &[]);
    assert_eq!(refused.status, 422);
    assert!(visible(&refused.body).contains("Another campaign is open."), "{}", visible(&refused.body));
    assert!(refused.body.contains("value=\"Second\""), "the draft is still there");
    let left = "SELECT count(*) FROM invitations i JOIN periods p ON p.id = period_id WHERE name = 'Second'";
    assert_eq!(app.number(left), 0);
    assert_eq!(app.number("SELECT count(*) FROM audit_events WHERE event = 'campaign_opened'"), 1);
}

#[test]
fn a_campaign_that_is_over_or_invites_nobody_does_not_open() {
    let (app, hr) = hr_at_work(&[]);
    let path = draft(&app, &hr, "Autumn");
    set_clock(&app, "2026-11-16T00:00:01Z");
    let hr = sign_in(&app, "hr@example.com");
    let over = hr.post(&format!("{path}/open"), &[]);
    assert!(over.status == 422 && visible(&over.body).contains("The last day has passed."));
    set_clock(&app, "2026-11-15T23:59:00Z");
    app.execute("INSERT INTO departments (name) VALUES ('Empty')");
    app.execute("INSERT INTO campaign_departments SELECT p.id, d.id FROM periods p, departments d");
    app.execute("UPDATE periods SET whole_company = FALSE");
    let nobody = hr.post(&format!("{path}/open"), &[]);
    assert!(nobody.status == 422 && visible(&nobody.body).contains("Nobody would be invited"));
    // A department that goes does not turn the choice into everyone.
    app.execute("DELETE FROM departments");
    assert_eq!(hr.post(&format!("{path}/open"), &[]).status, 422);
    assert_eq!(app.number("SELECT count(*) FROM periods WHERE state = 'open' AND kind = 'campaign'"), 0);
}

#[test]
fn participation_is_counted_once_a_day_in_steps_of_five() {
    let (app, hr) = hr_at_work(&[]);
    people(&app, "p", 39);
    let path = opened(&app, &hr, "Autumn");
    assert!(hr.get(&path).body.contains("data-state=\"empty\""), "nothing yet");
    answered(&app, "p", 9);
    refresh(&app, "2026-11-02");
    assert_eq!(values(&hr.get(&path).body), ["open", "40", "5", "25"]);
    answered(&app, "p", 0);
    app.execute("UPDATE assessments SET counts = FALSE WHERE id > 4 + (SELECT min(id) FROM assessments)");
    refresh(&app, "2026-11-02");
    assert_eq!(values(&hr.get(&path).body), ["open", "40", "5", "25"], "nothing live");
    refresh(&app, "2026-11-03");
    let page = hr.get(&path);
    assert_eq!(values(&page.body), ["open", "40", "5", "15"]);
    assert!(visible(&page.body).contains("on 3 November 2026"), "{}", visible(&page.body));
}

#[test]
fn all_and_none_look_like_all_but_two_and_two() {
    let (app, hr) = hr_at_work(&[]);
    people(&app, "p", 19);
    let path = opened(&app, &hr, "Autumn");
    refresh(&app, "2026-11-02");
    assert_eq!(values(&hr.get(&path).body)[3], "10", "nobody of 20");
    answered(&app, "p", 19);
    refresh(&app, "2026-11-03");
    assert_eq!(values(&hr.get(&path).body)[3], "90", "19 of 20");
}

#[test]
fn participation_among_fewer_than_four_groups_is_not_shown() {
    let (app, hr) = hr_at_work(&[]);
    people(&app, "p", 18);
    let path = opened(&app, &hr, "Autumn");
    answered(&app, "p", 9);
    refresh(&app, "2026-11-02");
    let page = hr.get(&path);
    assert!(page.body.contains("data-state=\"suppressed\""));
    assert_eq!(values(&page.body), ["open", "19", "5"]);
    assert_eq!(app.number("SELECT count(participation) FROM periods"), 0, "nor kept");
}

#[test]
fn participation_of_chosen_departments_is_not_shown_while_they_answer() {
    let (app, hr) = hr_at_work(&[]);
    people(&app, "p", 39);
    let path = opened(&app, &hr, "Autumn");
    app.execute("UPDATE periods SET whole_company = FALSE");
    answered(&app, "p", 9);
    refresh(&app, "2026-11-02");
    assert!(hr.get(&path).body.contains("data-state=\"suppressed\""));
    assert_eq!(app.number("SELECT count(participation) FROM periods"), 0, "nor kept");
}

#[test]
fn the_list_goes_on_on_older_pages() {
    let app = app_at(MORNING);
    let hr = app.register_as("hr@example.com", "hr");
    app.execute(
        "INSERT INTO periods (kind, state, name, starts_on, ends_on)
         SELECT 'campaign', 'draft', 'No. ' || n || '.', '2026-11-02', '2026-11-15' FROM generate_series(1, 45) n",
    );
    let (mut path, mut seen) = ("/hr/campaigns".to_owned(), Vec::new());
    loop {
        let page = hr.get(&path);
        seen.extend(between(&page.body, ">No. ", ".</a>").into_iter().map(str::to_owned));
        match between(&page.body, "<a href=\"/hr/campaigns?before=", "\"").first() {
            Some(before) => path = format!("/hr/campaigns?before={before}"),
            None => break,
        }
    }
    let expected: Vec<_> = (1..=45).rev().map(|number| number.to_string()).collect();
    assert_eq!(seen, expected);
}

#[test]
fn a_refused_form_keeps_its_language_switch_on_a_page_that_exists() {
    let (app, hr) = hr_at_work(&[]);
    opened(&app, &hr, "First");
    let second = draft(&app, &hr, "Second");
    let refused = hr.post(&format!("{second}/open"), &[]);
    let back = between(&refused.body, "name=\"return_to\" value=\"", "\"")[0].to_owned();
    let switched = hr.post("/language", &[("language", "ru"), ("return_to", &back)]);
    assert_eq!(switched.location(), second);
}

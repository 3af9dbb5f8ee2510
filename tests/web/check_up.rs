//! The check-up, from the promise to a stored assessment.

use crate::{
    steps::{answers, app_at, app_with, at_once, between, checked, key_of, send, sign_in, visible},
    support::{Browser, TestApp},
};
use chrono::TimeDelta;
use std::collections::{BTreeMap, HashSet};

const ALL_FOUR: [i32; 20] = [4; 20];

fn kept(answers: &[(usize, i32)]) -> BTreeMap<usize, i32> {
    answers.iter().copied().collect()
}

#[test]
fn a_submitted_questionnaire_becomes_one_result() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree("ada@example.com");
    let first = ada.submit_all(4, "key");
    assert_eq!(first.status, 303);
    let again = ada.submit_all(4, "key");
    assert_eq!(again.location(), first.location(), "a double click leads to the same result");
    assert_eq!(app.number("SELECT count(*) FROM assessments"), 1);
    let result = ada.get(first.location());
    assert_eq!(result.status, 200);
    for value in ["<data value=\"80\">", "<data value=\"burnout\">", "<data value=\"high\">", "<data value=\"36\">"] {
        assert!(result.body.contains(value), "{value}");
    }
}

#[test]
fn the_promise_comes_before_the_first_question() {
    let app = TestApp::spawn();
    let ada = app.register("ada@example.com");
    let promise = ada.get("/assessments/new");
    assert_eq!(promise.status, 200);
    assert!(promise.body.contains("action=\"/assessments/consent\"") && !promise.body.contains("answer_0"));
    assert_eq!(send(&ada, "/assessments/draft", &[(0, 3)], &[]).status, 403);
    assert_eq!(send(&ada, "/assessments", &[(0, 3)], &[]).status, 422);
    assert_eq!(app.number("SELECT count(*) FROM drafts"), 0, "no answer is stored before the agreement");
    assert_eq!(ada.post("/assessments/consent", &[]).location(), "/assessments/new");
    let questions = ada.get("/assessments/new");
    assert_eq!(between(&questions.body, "<fieldset", ">").len(), 20);
    assert_eq!(app.text("SELECT text_version FROM consents"), hearth::assessment::CONSENT_VERSION);
}

#[test]
fn whoever_agreed_to_an_earlier_wording_is_asked_once_more_and_keeps_their_history() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree("ada@example.com");
    assert!(!visible(&app.register("new@example.com").get("/assessments/new").body).contains("since you agreed"));
    assert_eq!(ada.submit(&ALL_FOUR, "first").status, 303);
    app.execute("UPDATE consents SET text_version = '2026-11'");
    let asked = ada.get("/assessments/new");
    let seen = visible(&asked.body);
    assert!(seen.contains("The wording has become more exact since you agreed") && !asked.body.contains("answer_0"));
    assert!(seen.contains("Every group’s figure is blurred a little, always alike for the same people"), "{seen}");
    assert!(ada.get("/history").body.contains("/assessments/1"), "what was answered waits untouched");
    assert_eq!(ada.submit(&ALL_FOUR, "second").status, 422, "nothing is kept before");
    assert_eq!(ada.post("/assessments/consent", &[]).location(), "/assessments/new");
    app.advance(TimeDelta::minutes(5));
    assert_eq!(ada.submit(&ALL_FOUR, "third").status, 303);
    assert!(!visible(&ada.get("/assessments/new").body).contains("since you agreed"));
}

#[test]
fn answers_sent_before_the_agreement_wait_for_it_in_the_page() {
    let app = TestApp::spawn();
    let ada = app.register("ada@example.com");
    let refused = ada.submit(&ALL_FOUR, "key");
    assert_eq!(refused.status, 422);
    let hidden = between(&refused.body, "<input type=\"hidden\" name=\"answer_", ">");
    assert_eq!(hidden.len(), 20);
    assert!(hidden.iter().all(|field| field.ends_with("value=\"4\"")));
    assert_eq!(app.number("SELECT (SELECT count(*) FROM drafts) + (SELECT count(*) FROM assessments)"), 0);
    let all: Vec<_> = ALL_FOUR.into_iter().enumerate().collect();
    assert_eq!(send(&ada, "/assessments/consent", &all, &[]).status, 303);
    assert_eq!(checked(&ada.get("/assessments/new").body), kept(&all));
}

#[test]
fn without_the_agreement_taken_back_nothing_more_is_stored() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree("ada@example.com");
    assert_eq!(ada.submit_all(2, "first").status, 303);
    assert_eq!(ada.post("/privacy/consents/withdraw", &[("purpose", "assessment")]).status, 303);
    assert_eq!(ada.submit_all(3, "second").status, 422);
    assert_eq!(send(&ada, "/assessments/draft", &[(0, 3)], &[]).status, 403);
    assert_eq!(app.number("SELECT count(*) FROM assessments WHERE idempotency_key = 'second'"), 0);
}

#[test]
fn a_half_filled_questionnaire_is_resumed_on_another_device() {
    let app = TestApp::spawn();
    let desk = app.register_and_agree("ada@example.com");
    let saved = desk.post_with("/assessments/draft", &[("answer_0", "3")], &[("Accept", "application/json")]);
    assert_eq!((saved.status, saved.header("content-type")), (200, "application/json"));
    assert!(saved.body.contains("\"saved\":"), "{}", saved.body);
    assert_eq!(send(&desk, "/assessments/draft", &[(0, 3), (1, 5)], &[]).location(), "/dashboard");
    let phone = sign_in(&app, "ada@example.com");
    let resumed = phone.get("/assessments/new");
    assert_eq!(checked(&resumed.body), kept(&[(0, 3), (1, 5)]));
    assert!(resumed.body.contains("2 of 20 answered") && resumed.body.contains("role=\"status\""));
    assert!(phone.get("/dashboard").body.contains("You stopped half-way"));
    // The phone goes on; the desk's tab, still open, sends what it knows.
    send(&phone, "/assessments/draft", &[(1, 2), (19, 1)], &[]);
    send(&desk, "/assessments/draft", &[(0, 4)], &[]);
    assert_eq!(checked(&desk.get("/assessments/new").body), kept(&[(0, 4), (1, 2), (19, 1)]));
    assert_eq!(checked(&app.register_and_agree("bob@example.com").get("/assessments/new").body), kept(&[]));
    assert_eq!(desk.submit_all(3, "key").status, 303);
    assert_eq!(app.number("SELECT count(*) FROM drafts"), 0);
    assert_eq!(checked(&phone.get("/assessments/new").body), kept(&[]), "a submitted draft is gone");
}

#[test]
fn missing_answers_come_back_with_the_page_and_lead_to_the_first_gap() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree("ada@example.com");
    let given: Vec<_> = (0..20).filter(|item| ![7, 12].contains(item)).map(|item| (item, 2)).collect();
    let page = send(&ada, "/assessments", &given, &[("idempotency_key", "my-key")]);
    assert_eq!(page.status, 422);
    assert_eq!(checked(&page.body), kept(&given));
    assert_eq!(key_of(&page.body), "my-key");
    assert!(page.body.contains("<a href=\"#q-7\">") && page.body.contains("data-first-gap=\"7\""));
    let missing = between(&page.body, "question--missing\" id=\"q-", "\"");
    assert_eq!(missing, ["7", "12"]);
    assert_eq!(app.number("SELECT count(*) FROM assessments"), 0);
    assert_eq!(checked(&ada.get("/assessments/new").body), kept(&given), "they are kept for later too");
}

#[test]
fn a_value_that_is_not_offered_is_a_gap_and_foreign_fields_are_ignored() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree("ada@example.com");
    for wrong in [0, 6, -1, i32::MAX] {
        let mut given: Vec<_> = (0..20).map(|item| (item, 3)).collect();
        given[3].1 = wrong;
        let page = send(&ada, "/assessments", &given, &[("idempotency_key", "key")]);
        assert_eq!(page.status, 422, "{wrong}");
        assert!(page.body.contains("<a href=\"#q-3\">") && !checked(&page.body).contains_key(&3));
    }
    let given: Vec<_> = (0..20).map(|item| (item, 3)).chain([(20, 1), (4000, 1)]).collect();
    let extra = [("user_id", "999"), ("score", "20"), ("level", "low"), ("counts", "false"), ("answer_x", "5")];
    assert_eq!(send(&ada, "/assessments", &given, &extra).status, 303);
    assert_eq!(app.number("SELECT count(*) FROM jsonb_object_keys((SELECT answers FROM assessments))"), 20);
    assert_eq!(app.number("SELECT score FROM assessments WHERE counts"), 60);
}

#[test]
fn a_strange_key_is_no_fault_of_the_server() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree("ada@example.com");
    let long = "k".repeat(101);
    for key in ["", &long, "a\0b", "ключ", "\r\n"] {
        app.advance(TimeDelta::minutes(1));
        assert_eq!(ada.submit(&ALL_FOUR, key).status, 303, "{key:?}");
    }
}

#[test]
fn back_reload_and_two_tabs_make_one_assessment() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree("ada@example.com");
    let tabs = [ada.get("/assessments/new"), ada.get("/assessments/new")].map(|page| key_of(&page.body));
    assert_eq!(tabs[0], tabs[1], "both tabs are the same check-up");
    let first = ada.submit(&ALL_FOUR, &tabs[0]);
    let second = ada.submit(&ALL_FOUR, &tabs[1]);
    assert_eq!((first.status, second.status), (303, 303));
    assert_eq!(first.location(), second.location());
    assert_eq!(app.number("SELECT count(*) FROM assessments"), 1);
    let next = key_of(&ada.get("/assessments/new").body);
    assert_ne!(next, tabs[0], "the next check-up is another");
    app.advance(TimeDelta::minutes(1));
    assert_ne!(ada.submit(&ALL_FOUR, &next).location(), first.location());
    let bob = app.register_and_agree("bob@example.com");
    assert_eq!(bob.submit(&ALL_FOUR, &tabs[0]).status, 303);
    assert_eq!(app.number("SELECT count(*) FROM assessments"), 3, "a key is one person's own");
}

#[test]
fn other_answers_from_an_old_tab_are_neither_lost_nor_saved_unasked() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree("ada@example.com");
    let old = key_of(&ada.get("/assessments/new").body);
    let first = ada.submit(&ALL_FOUR, &old);
    let page = ada.submit(&[2; 20], &old);
    assert_eq!((page.status, app.number("SELECT count(*) FROM assessments")), (422, 1));
    assert!(page.body.contains(&format!("href=\"{}\"", first.location())), "the earlier result is a link away");
    assert_eq!(page.body.matches("value=\"2\" checked").count(), 20, "every answer is still there");
    let fresh = key_of(&page.body);
    app.advance(TimeDelta::minutes(1));
    assert_eq!(ada.submit(&[2; 20], &fresh).status, 303);
    assert_eq!(app.number("SELECT count(*) FROM assessments"), 2);
}

#[test]
fn a_storm_of_double_clicks_makes_one_assessment() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree("ada@example.com");
    let made = at_once(&[&ada; 8], |_, ada| ada.submit(&ALL_FOUR, "key"));
    let places: HashSet<_> = made.iter().map(|answer| (answer.status, answer.location())).collect();
    assert_eq!(places.len(), 1, "{places:?}");
    assert_eq!(made[0].status, 303);
    assert_eq!(app.number("SELECT count(*) FROM assessments"), 1);
    assert_eq!(app.number("SELECT count(*) FROM recommendations"), 7, "given once");
}

#[test]
fn two_devices_at_once_leave_one_that_counts() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree("ada@example.com");
    let mut made = at_once(&[&ada; 6], |index, ada| ada.submit(&ALL_FOUR, &format!("key-{index}")).status);
    made.sort_unstable();
    assert_eq!(made, [303, 429, 429, 429, 429, 429], "one a minute, however many ask at once");
    assert_eq!(app.number("SELECT count(*) FROM assessments"), 1);
    app.advance(TimeDelta::minutes(1));
    assert_eq!(ada.submit(&ALL_FOUR, "later").status, 303);
    assert_eq!(app.number("SELECT count(*) FROM assessments WHERE counts"), 1);
}

#[test]
fn one_check_up_a_minute_and_ten_a_day_and_no_answer_is_lost() {
    let app = app_at("2026-03-10T10:00:00Z");
    let ada = app.register_and_agree("ada@example.com");
    let first = ada.submit_all(4, "first");
    app.advance(TimeDelta::seconds(59));
    let soon = ada.submit_all(2, "second");
    assert_eq!((soon.status, soon.header("retry-after")), (429, "1"));
    assert!(visible(&soon.body).contains("You sent a check-up a moment ago"), "{}", visible(&soon.body));
    assert_eq!(soon.body.matches("value=\"2\" checked").count(), 20, "every answer is still there");
    assert_eq!(key_of(&soon.body), "second");
    assert_eq!(checked(&ada.get("/assessments/new").body).len(), 20, "and kept for later");
    assert_eq!(ada.submit_all(4, "first").location(), first.location(), "the same form leads to what it made");
    for number in 2..=10 {
        app.advance(TimeDelta::minutes(1));
        assert_eq!(ada.submit_all(2, &format!("key-{number}")).location(), format!("/assessments/{number}"));
    }
    app.advance(TimeDelta::minutes(1));
    let many = ada.submit_all(2, "eleventh");
    assert_eq!((many.status, many.header("retry-after")), (429, &*(24 * 60 * 60 - 10 * 60 - 59).to_string()));
    assert!(visible(&many.body).contains("10 check-ups within a day"), "{}", visible(&many.body));
    assert_eq!(app.register_and_agree("bob@example.com").submit_all(2, "his").status, 303, "nobody else waits");
    app.advance(TimeDelta::hours(24));
    assert_eq!(sign_in(&app, "ada@example.com").submit_all(2, "eleventh").location(), "/assessments/11");
}

#[test]
fn the_first_ones_of_a_month_open_it_once() {
    let app = TestApp::spawn();
    let people: Vec<Browser> = (0..6).map(|n| app.register_and_agree(&format!("p{n}@example.com"))).collect();
    let made = at_once(&people.iter().collect::<Vec<_>>(), |_, person| person.submit(&ALL_FOUR, "key"));
    assert!(made.iter().all(|answer| answer.status == 303), "{:?}", made.iter().map(|a| a.status).collect::<Vec<_>>());
    assert_eq!(app.number("SELECT count(*) FROM periods"), 1);
    assert_eq!(app.number("SELECT count(*) FROM assessments WHERE counts"), 6);
}

#[test]
fn only_the_latest_of_a_month_counts() {
    let app = app_at("2026-03-10T10:00:00Z");
    let ada = app.register_and_agree("ada@example.com");
    ada.submit(&answers(1, 1, 1), "a");
    app.advance(TimeDelta::hours(1));
    ada.submit(&answers(5, 5, 5), "b");
    let counting = "SELECT string_agg(idempotency_key || counts, ',' ORDER BY id) FROM assessments";
    assert_eq!(app.text(counting), "afalse,btrue");
    app.advance(TimeDelta::days(31));
    sign_in(&app, "ada@example.com").submit(&answers(2, 2, 2), "c");
    assert_eq!(app.text(counting), "afalse,btrue,ctrue", "another month counts by itself");
    assert_eq!(
        app.text("SELECT string_agg(starts_on || '/' || ends_on, ',' ORDER BY starts_on) FROM periods"),
        "2026-03-01/2026-03-31,2026-04-01/2026-04-30"
    );
}

#[test]
fn the_month_is_the_organisations_own() {
    let app = app_with("2026-03-31T12:00:00Z", &[("HEARTH_TIMEZONE", "Pacific/Kiritimati")]);
    app.register_and_agree("ada@example.com").submit(&ALL_FOUR, "key");
    assert_eq!(app.text("SELECT starts_on FROM periods"), "2026-04-01");
}

#[test]
fn an_open_campaign_takes_the_answers_of_those_it_invited() {
    let app = app_at("2026-03-10T10:00:00Z");
    let [invited, other] = ["ada", "bob"].map(|name| app.register_and_agree(&format!("{name}@example.com")));
    app.execute(
        "INSERT INTO periods (kind, state, name, starts_on, ends_on, instrument_version_id, min_group, opened_at)
         SELECT 'campaign', 'open', 'Spring', '2026-03-01', '2026-03-31', id, 5, now() FROM instrument_versions;
         INSERT INTO invitations (period_id, user_id) SELECT p.id, u.id FROM periods p, users u WHERE email = 'ada@example.com'",
    );
    assert!(invited.get("/dashboard").body.contains("Spring is open"));
    assert!(!other.get("/dashboard").body.contains("Spring"));
    invited.submit(&ALL_FOUR, "key");
    other.submit(&ALL_FOUR, "key");
    let kinds = "SELECT string_agg(email || ' ' || kind, ',' ORDER BY email) FROM assessments a JOIN users u ON u.id = a.user_id JOIN periods p ON p.id = a.period_id";
    assert_eq!(app.text(kinds), "ada@example.com campaign,bob@example.com month");
    assert!(!invited.get("/dashboard").body.contains("Spring"), "who answered is not asked again");
    app.execute("UPDATE periods SET state = 'closed', closed_at = now() WHERE kind = 'campaign'");
    app.advance(TimeDelta::minutes(1));
    invited.submit(&ALL_FOUR, "later");
    assert_eq!(
        app.text("SELECT kind FROM periods p JOIN assessments a ON a.period_id = p.id WHERE idempotency_key = 'later'"),
        "month"
    );
}

#[test]
fn answers_of_somebody_signed_out_meanwhile_stay_in_the_page() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree("ada@example.com");
    let key = key_of(&ada.get("/assessments/new").body);
    assert_eq!(ada.post("/logout", &[]).status, 303);
    let page = ada.submit(&ALL_FOUR, &key);
    assert_eq!(page.status, 401);
    assert_eq!(checked(&page.body).len(), 20);
    assert_eq!(key_of(&page.body), key);
    assert!(page.body.contains("<a href=\"/login\" target=\"_blank\""));
    assert_eq!(app.number("SELECT count(*) FROM assessments"), 0);
    assert_eq!(ada.post("/login", &[("email", "ada@example.com"), ("password", crate::support::PASSWORD)]).status, 303);
    assert_eq!(ada.submit(&ALL_FOUR, &key).status, 303, "after signing in in another tab the same page works");
}

#[test]
fn strangers_are_led_to_the_sign_in() {
    let app = TestApp::spawn();
    let stranger = app.browser();
    assert_eq!(stranger.get("/assessments/new").location(), "/login?next=%2Fassessments%2Fnew");
    for path in ["/assessments", "/assessments/draft", "/assessments/consent"] {
        let answer = stranger.post(path, &[]);
        assert_eq!((answer.status, answer.location()), (303, "/login"), "{path}");
    }
    assert_eq!(app.number("SELECT (SELECT count(*) FROM drafts) + (SELECT count(*) FROM consents)"), 0);
}

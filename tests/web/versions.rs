//! Questionnaires other than the shipped one: an open campaign's is asked, and its
//! results are shown with its own scales and cut-offs.

use crate::{
    campaigns::hr_at_work,
    steps::{checked, key_of, send, values, visible},
    support::{Answer, Browser, TestApp},
};
use hearth::instruments::{VersionId, catalog};

/// No total, two cut-off sets, the third subscale is worded positively and better when higher.
const NO_TOTAL: &str = include_str!("../fixtures/instruments/mbi-like-22.toml");
/// Four subscales and a mean as total; only the total has limits.
const MEANS: &str = include_str!("../fixtures/instruments/bat-12-like.toml");

fn import(app: &TestApp, source: &str) -> VersionId {
    let version = catalog::import(&mut app.db.connect(), source).unwrap().id;
    app.execute(&format!(
        "UPDATE instrument_versions SET licence_holder = 'Tests', attested_at = now() WHERE id = {version}"
    ));
    version
}

/// A confirmed employee who agreed to the promise.
fn ada(app: &TestApp) -> Browser {
    let ada = app.register_and_agree("ada@example.com");
    app.execute("UPDATE users SET confirmed_at = created_at");
    ada
}

/// Opens a campaign with this questionnaire; answers its address.
fn campaign(hr: &Browser, version: VersionId, set: &str) -> String {
    let questionnaire = format!("{version}:{set}");
    let fields = [
        ("name", "Autumn"),
        ("starts_on", "2026-11-02"),
        ("ends_on", "2026-11-15"),
        ("questionnaire", &questionnaire),
        ("invited", "everyone"),
    ];
    let kept = hr.post("/hr/campaigns", &fields);
    assert_eq!(kept.status, 303, "{}", visible(&kept.body));
    let path = kept.location().to_owned();
    assert_eq!(hr.post(&format!("{path}/open"), &[]).status, 303);
    path
}

/// As HR's button does it, without the numbers that are published then.
fn close(app: &TestApp) {
    app.execute("UPDATE periods SET state = 'closed', closed_at = now() WHERE kind = 'campaign'");
}

fn questions(page: &Answer) -> usize {
    page.body.matches("class=\"question__text\"").count()
}

/// Sends the form of a page with the same answer to every question.
fn answer_all(browser: &Browser, page: &Answer, value: i32) -> Answer {
    let answers: Vec<_> = (0..questions(page)).map(|item| (item, value)).collect();
    submit(browser, page, &answers)
}

fn submit(browser: &Browser, page: &Answer, answers: &[(usize, i32)]) -> Answer {
    let version = crate::steps::between(&page.body, "name=\"questionnaire\" value=\"", "\"")[0];
    let key = key_of(&page.body);
    send(browser, "/assessments", answers, &[("questionnaire", version), ("idempotency_key", &key)])
}

fn result(browser: &Browser, made: &Answer) -> Answer {
    assert_eq!(made.status, 303, "{}", visible(&made.body));
    browser.get(made.location())
}

#[test]
fn the_open_campaign_of_an_invited_person_chooses_the_questionnaire() {
    let (app, hr) = hr_at_work(&[]);
    let ada = ada(&app);
    let stranger = app.register_and_agree("stranger@example.com"); // not confirmed, so not invited
    let version = import(&app, MEANS);
    campaign(&hr, version, "total");
    assert_eq!(questions(&ada.get("/assessments/new")), 12);
    assert_eq!(questions(&stranger.get("/assessments/new")), 20);
    let made = answer_all(&ada, &ada.get("/assessments/new"), 3);
    assert_eq!(made.status, 303);
    let counted = format!(
        "SELECT count(*) FROM assessments a JOIN periods p ON p.id = a.period_id
         WHERE p.kind = 'campaign' AND counts AND a.instrument_version_id = {version}"
    );
    assert_eq!(app.number(&counted), 1);
    assert_eq!(questions(&ada.get("/assessments/new")), 12, "as long as the campaign is open");
    close(&app);
    assert_eq!(questions(&ada.get("/assessments/new")), 20);
}

#[test]
fn only_a_questionnaire_under_an_attested_licence_can_be_chosen() {
    let (app, hr) = hr_at_work(&[]);
    let version = catalog::import(&mut app.db.connect(), MEANS).unwrap().id;
    let questionnaire = format!("{version}:total");
    assert!(!hr.get("/hr/campaigns/new").body.contains(&questionnaire));
    let fields = [
        ("name", "Autumn"),
        ("starts_on", "2026-11-02"),
        ("ends_on", "2026-11-15"),
        ("questionnaire", &questionnaire),
        ("invited", "everyone"),
    ];
    assert_eq!(hr.post("/hr/campaigns", &fields).status, 422);
    app.execute("UPDATE instrument_versions SET licence_holder = 'Tests', attested_at = now()");
    assert!(hr.get("/hr/campaigns/new").body.contains(&questionnaire));
    assert_eq!(hr.post("/hr/campaigns", &fields).status, 303);
}

#[test]
fn levels_follow_the_cut_off_set_of_the_campaign() {
    // Exhaustion 25: medium by the manual (up to 26), high by the adaptation (from 25).
    let cases = [
        ("manual-overall", "medium", "Overall sample of the manual"),
        ("russian-adaptation", "high", "Russian adaptation"),
    ];
    for (set, expected, source) in cases {
        let (app, hr) = hr_at_work(&[]);
        let (ada, version) = (ada(&app), import(&app, NO_TOTAL));
        campaign(&hr, version, set);
        let form = ada.get("/assessments/new");
        // 25 over nine items of exhaustion: seven of 3 and two of 2.
        let subscales = crate::steps::between(NO_TOTAL, "[[items]]\nsubscale = \"", "\"");
        let mut exhaustion = [3, 3, 3, 3, 3, 3, 3, 2, 2].into_iter();
        let answer = |(item, subscale): (usize, &str)| match subscale {
            "ee" => (item, exhaustion.next().unwrap()),
            "dp" => (item, 0),
            _ => (item, 6),
        };
        let answers: Vec<_> = subscales.into_iter().enumerate().map(answer).collect();
        let made = submit(&ada, &form, &answers);
        let page = result(&ada, &made);
        let values = values(&page.body);
        assert!(values.contains(&"25") && values.contains(&expected), "{set}: {values:?}");
        assert!(visible(&page.body).contains(source), "{set}: {}", visible(&page.body));
        let profile = if expected == "high" { "overextended" } else { "balanced" };
        assert_eq!(app.text("SELECT profile FROM assessments"), profile, "{set}");
        close(&app);
        let later = ada.get(made.location());
        assert_eq!(later.body, page.body, "by the set of its own period");
        for path in ["/history", "/dashboard"] {
            let shown = ada.get(path);
            assert!(shown.body.contains(&format!("<data value=\"{profile}\">")), "{path} {set}");
        }
    }
}

#[test]
fn a_questionnaire_without_a_total_has_no_total_anywhere() {
    let (app, hr) = hr_at_work(&[]);
    let (ada, version) = (ada(&app), import(&app, NO_TOTAL));
    campaign(&hr, version, "manual-overall");
    let page = result(&ada, &answer_all(&ada, &ada.get("/assessments/new"), 6));
    assert!(!page.body.contains("result-head__total"));
    // Everything always: 54, 30, and 48 of accomplishment, which is good.
    let shown = values(&page.body);
    for (value, level) in [("54", "high"), ("30", "high"), ("48", "low")] {
        let at = shown.iter().position(|known| *known == value).unwrap_or_else(|| panic!("{value} in {shown:?}"));
        assert_eq!(shown[at + 1], level, "{shown:?}");
    }
    let history = ada.get("/history");
    assert!(!visible(&history.body).contains("Overall level"), "{}", visible(&history.body));
    assert_eq!(values(&history.body)[1..], ["54", "30", "48"]);
    let dashboard = ada.get("/dashboard");
    assert!(!visible(&dashboard.body).contains("Overall level"));
    assert!(["54", "30", "48"].iter().all(|value| values(&dashboard.body).contains(value)));
    let csv = ada.get("/history.csv");
    assert!(csv.body.contains("mbi-like-22"), "{}", csv.body);
}

#[test]
fn a_total_that_is_a_mean_is_called_one_and_scales_without_limits_say_so() {
    let (app, hr) = hr_at_work(&[]);
    let (ada, version) = (ada(&app), import(&app, MEANS));
    campaign(&hr, version, "total");
    let page = result(&ada, &answer_all(&ada, &ada.get("/assessments/new"), 3));
    let text = visible(&page.body);
    assert_eq!(values(&page.body)[..2], ["3", "high"], "{text}");
    assert!(text.contains("Mean of the scales below"), "{text}");
    assert_eq!(text.matches("This scale has no limits between low and high.").count(), 4, "{text}");
    assert!(!text.contains("Too few answers") && text.contains("Cut-offs of the total 2.54 and 2.96"), "{text}");
    let history = ada.get("/history");
    assert!(visible(&history.body).contains("Mean"));
}

#[test]
fn answers_to_a_questionnaire_that_changed_meanwhile_are_not_scored_by_another() {
    let (app, hr) = hr_at_work(&[]);
    let (ada, version) = (ada(&app), import(&app, MEANS));
    let before = ada.get("/assessments/new");
    campaign(&hr, version, "total");
    let refused = answer_all(&ada, &before, 4);
    assert_eq!(refused.status, 409);
    assert!(visible(&refused.body).contains("The questionnaire has changed"), "{}", visible(&refused.body));
    assert_eq!((questions(&refused), checked(&refused.body).len()), (12, 0));
    assert_eq!(app.number("SELECT count(*) FROM assessments"), 0);
    // The page that came is the campaign's form, and works.
    assert_eq!(answer_all(&ada, &refused, 2).status, 303);
    close(&app);
    let again = ada.get("/assessments/new");
    assert_eq!(checked(&again.body).len(), 20, "the earlier answers waited");
}

#[test]
fn answers_to_the_same_words_are_kept_when_a_version_changes() {
    let (app, hr) = hr_at_work(&[]);
    let ada = ada(&app);
    let source = include_str!("../../instruments/hearth-20.toml").replace("version = \"1.0\"", "version = \"1.1\"");
    let version = import(&app, &source);
    let before = ada.get("/assessments/new");
    campaign(&hr, version, "default");
    let refused = answer_all(&ada, &before, 4);
    assert_eq!((refused.status, checked(&refused.body).len()), (409, 20));
    assert_eq!(answer_all(&ada, &refused, 4).status, 303);
}

#[test]
fn a_second_click_after_the_campaign_ended_still_leads_to_the_result() {
    let (app, hr) = hr_at_work(&[]);
    let (ada, version) = (ada(&app), import(&app, MEANS));
    campaign(&hr, version, "total");
    let form = ada.get("/assessments/new");
    let made = answer_all(&ada, &form, 2);
    close(&app);
    let again = answer_all(&ada, &form, 2);
    assert_eq!((again.status, again.location()), (303, made.location()));
}

#[test]
fn the_dashboard_invites_to_a_campaign_with_another_questionnaire() {
    let (app, hr) = hr_at_work(&[]);
    let (ada, version) = (ada(&app), import(&app, MEANS));
    campaign(&hr, version, "total");
    assert!(visible(&ada.get("/dashboard").body).contains("Autumn is open"));
    let form = ada.get("/assessments/new");
    let stated = crate::steps::between(&form.body, "name=\"questionnaire\" value=\"", "\"")[0].to_owned();
    send(&ada, "/assessments/draft", &[(0, 3)], &[("questionnaire", &stated)]);
    assert!(visible(&ada.get("/dashboard").body).contains("You stopped half-way"));
    assert_eq!(checked(&ada.get("/assessments/new").body).len(), 1);
    answer_all(&ada, &form, 3);
    let dashboard = visible(&ada.get("/dashboard").body);
    assert!(!dashboard.contains("Autumn is open") && !dashboard.contains("You stopped half-way"), "{dashboard}");
}

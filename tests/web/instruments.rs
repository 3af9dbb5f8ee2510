//! `/hr/instruments`: versions, previews, imports, licences, and figures that
//! are never of fewer than 100 people.

use crate::{
    steps::{between, set_clock, values, visible},
    support::{Answer, Browser, TestApp},
};
use hearth::domain::PeriodId;
use std::collections::BTreeMap;

const CBI: &str = include_str!("../fixtures/instruments/cbi-like.toml");
const OLBI: &str = include_str!("../fixtures/instruments/olbi-like.toml");

fn hr(app: &TestApp) -> Browser {
    app.register_as("hr@example.com", "hr")
}

fn import(browser: &Browser, content: &str) -> Answer {
    browser.upload("/hr/instruments", "file", "mine.toml", content.as_bytes())
}

/// Imports and answers the version's page.
fn imported(browser: &Browser, content: &str) -> String {
    let answer = import(browser, content);
    assert_eq!(answer.status, 303, "{}", visible(&answer.body));
    answer.location().to_owned()
}

/// The rows of the list, by the questionnaire's id.
fn listed(browser: &Browser) -> BTreeMap<String, String> {
    let page = browser.get("/hr/instruments");
    assert_eq!(page.status, 200);
    let rows = between(&page.body, "<tr><th scope=\"row\">", "</tr>");
    rows.into_iter().map(|row| (between(row, "<small>", "</small>")[0].to_owned(), row.to_owned())).collect()
}

fn versions(app: &TestApp) -> i64 {
    app.number("SELECT count(*) FROM instrument_versions")
}

/// What a campaign may use, as `id version`.
fn usable(app: &TestApp) -> Vec<String> {
    let found = hearth::instruments::catalog::usable_versions(&mut app.db.connect()).unwrap();
    found.into_iter().map(|version| format!("{} {}", version.instrument.id, version.instrument.version)).collect()
}

#[test]
fn our_own_questionnaire_is_listed_and_needs_no_licence() {
    let app = TestApp::spawn();
    let hr = hr(&app);
    let row = listed(&hr)["hearth-20"].clone();
    assert_eq!(values(&row), ["20", "not_needed"]);
    for word in ["en, ru, uk", "Emotional exhaustion", "For every check-up"] {
        assert!(row.contains(word), "{word}");
    }
    let page = hr.get(&format!("/hr/instruments/{}", app.number("SELECT id FROM instrument_versions")));
    assert_eq!(page.status, 200);
    let seen = visible(&page.body);
    for word in ["MIT licence", "2.53", "Provisional, not from a study", "20–49", "once 100 different people"] {
        assert!(seen.contains(word), "{word}");
    }
    assert!(!page.body.contains("/attest\""), "there is nothing to attest");
    assert_eq!(usable(&app), ["hearth-20 1.0"]);
}

#[test]
fn a_file_is_imported_once_and_shown_with_what_it_declares() {
    let app = TestApp::spawn();
    let hr = hr(&app);
    let path = imported(&hr, OLBI);
    let page = hr.get(&path);
    let seen = visible(&page.body);
    for word in ["Exhaustion", "Disengagement", "0.8", "declares a reliability but no sd", "Not answered so far"] {
        assert!(seen.contains(word), "{word}: {seen}");
    }
    assert_eq!(imported(&hr, OLBI), path, "the same content is the same version");
    assert_eq!(versions(&app), 2);
    let events = "SELECT string_agg(event || details::text, ' ') FROM audit_events WHERE event LIKE 'instrument%'";
    assert_eq!(app.text(events), "instrument_imported{\"version\": \"1.0\", \"instrument\": \"olbi-like\"}");
    let other = import(&hr, &OLBI.replacen("Sample statement 1 ", "Another statement ", 1));
    assert_eq!(other.status, 422);
    assert!(other.body.contains("stored already with other content"));
    imported(&hr, &OLBI.replacen("version = \"1.0\"", "version = \"1.1\"", 1));
    assert_eq!(versions(&app), 3);
}

#[test]
fn a_broken_file_is_refused_with_key_and_reason_next_to_the_field() {
    let app = TestApp::spawn();
    let hr = hr(&app);
    let too_large = format!("{CBI}\n#{}", "x".repeat(256 * 1024));
    for (content, reason) in [
        (CBI.replacen("minimum_answered = 4", "minimum_answered = 40", 1), "subscales[1].minimum_answered"),
        (CBI.replacen("subscale = \"work\"", "subscale = \"wrok\"", 1), "unknown subscale wrok"),
        (CBI.replacen("dimension =", "colour =", 1), "unknown field"),
        (
            CBI.replacen("id = \"work\"", "id = \"work\"\ndimension = \"emotional_exhaustion\"", 1),
            "subscales[1].dimension",
        ),
        ("id = <script>alert(1)</script>".to_owned(), "line 1"),
        (too_large, "256 KB at most"),
        (String::new(), "choose a file"),
    ] {
        let answer = import(&hr, &content);
        assert_eq!(answer.status, 422, "{reason}");
        let error = between(&answer.body, "id=\"file-error\">", "</p>");
        assert!(error.len() == 1 && error[0].contains(reason), "{reason}: {error:?}");
        assert!(!answer.body.contains("<script>alert"));
    }
    let bytes = hr.upload("/hr/instruments", "file", "x.toml", &[0xff, 0xfe, 0x00]);
    assert!(bytes.status == 422 && bytes.body.contains("UTF-8"));
    let other = hr.upload("/hr/instruments", "elsewhere", "x.toml", CBI.as_bytes());
    assert!(other.status == 422 && other.body.contains("choose a file"));
    assert_eq!(versions(&app), 1);
}

#[test]
fn a_version_is_previewed_in_each_language_and_cannot_be_submitted() {
    let app = TestApp::spawn();
    let hr = hr(&app);
    let path = imported(&hr, CBI);
    for (language, word) in
        [("en", "Sample statement 19"), ("ru", "Пробное утверждение 19"), ("uk", "Пробне твердження 19")]
    {
        let page = hr.get(&format!("{path}/preview?in={language}"));
        assert_eq!(page.status, 200);
        assert!(visible(&page.body).contains(word), "{language}");
        assert!(page.body.contains(&format!("<div lang=\"{language}\"")));
        assert_eq!(page.body.matches("<fieldset").count(), 19);
        let main = page.body.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
        assert!(!main.contains("<form") && !main.contains("<button"), "there is nothing to submit");
    }
    let only_english = CBI.replacen("languages = [\"en\", \"ru\", \"uk\"]", "languages = [\"en\"]", 1).replacen(
        "version = \"1.0\"",
        "version = \"2.0\"",
        1,
    );
    let page = hr.get(&format!("{}/preview?in=ru", imported(&hr, &only_english)));
    assert!(visible(&page.body).contains("Sample statement 1 "), "a language that it is not in");
    assert_eq!(hr.get(&format!("{path}/preview?in=xx")).status, 400);
}

#[test]
fn a_version_can_be_chosen_once_somebody_attested_the_licence() {
    let app = TestApp::spawn();
    let hr = hr(&app);
    let path = imported(&hr, CBI);
    assert_eq!(usable(&app), ["hearth-20 1.0"]);
    assert_eq!(values(&listed(&hr)["cbi-like"]), ["19", "missing"]);
    let attest = |fields: &[(&str, &str)]| hr.post(&format!("{path}/attest"), fields);
    let long = "x".repeat(256);
    for (fields, field) in [
        (&[("holder", " "), ("held", "yes")][..], "holder"),
        (&[("holder", long.as_str()), ("held", "yes")], "holder"),
        (&[("holder", "Kiln Ltd")], "held"),
    ] {
        let answer = attest(fields);
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains(&format!("id=\"{field}-error\"")), "{field}");
        assert!(answer.body.contains(&format!("value=\"{}\"", fields[0].1)) || fields[0].1 == " ", "kept");
    }
    assert_eq!(usable(&app).len(), 1);
    assert_eq!(attest(&[("holder", "<b>Kiln</b> Ltd, no. 7"), ("held", "yes")]).status, 303);
    assert_eq!(usable(&app), ["hearth-20 1.0", "cbi-like 1.0"]);
    assert_eq!(values(&listed(&hr)["cbi-like"]), ["19", "attested"]);
    let page = hr.get(&path).body;
    assert!(page.contains("&#60;b&#62;Kiln") && !page.contains("<b>Kiln") && page.contains("Attested by Test Person"));
    assert!(!page.contains("/attest\""), "attested is attested");
    assert_eq!(attest(&[("holder", "Somebody else"), ("held", "yes")]).status, 303);
    assert_eq!(
        app.text("SELECT licence_holder FROM instrument_versions WHERE attested_at IS NOT NULL"),
        "<b>Kiln</b> Ltd, no. 7"
    );
    let who = "SELECT string_agg(e.details::text || u.email, ' ') FROM audit_events e JOIN users u ON u.id = actor_id WHERE event = 'instrument_attested'";
    assert_eq!(app.text(who), "{}hr@example.com");
    // Our own needs none, whoever says otherwise.
    let own = app.number("SELECT min(id) FROM instrument_versions");
    hr.post(&format!("/hr/instruments/{own}/attest"), &[("holder", "x"), ("held", "yes")]);
    assert_eq!(app.number("SELECT count(*) FROM instrument_versions WHERE attested_at IS NOT NULL"), 1);
}

#[test]
fn a_version_tells_which_campaigns_use_it() {
    let app = TestApp::spawn();
    let hr = hr(&app);
    let path = imported(&hr, CBI);
    app.execute(
        "INSERT INTO periods (kind, state, name, starts_on, ends_on, instrument_version_id)
         SELECT 'campaign', 'draft', 'Spring fire', '2026-03-01', '2026-03-31', max(id) FROM instrument_versions",
    );
    assert!(visible(&hr.get(&path).body).contains("Spring fire"));
    assert!(listed(&hr)["cbi-like"].contains("1 campaign<") && !listed(&hr)["hearth-20"].contains("1 campaign<"));
}

/// People who answered every item of `hearth-20` with 2, or every one with 4.
fn people(app: &TestApp, from: u32, count: u32) {
    app.execute(&format!(
        "INSERT INTO users (email, name, joined_on, confirmed_at) SELECT 'p' || n || '@example.com', 'P', now(), now()
             FROM generate_series({from}, {from} + {count} - 1) n;
         INSERT INTO periods (kind, state, starts_on, ends_on) VALUES ('month', 'open', '2026-11-01', '2026-11-30')
             ON CONFLICT DO NOTHING;
         INSERT INTO assessments (user_id, period_id, instrument_version_id, made_at, subscale_scores, score, answers, counts)
         SELECT u.id, (SELECT max(id) FROM periods), (SELECT min(id) FROM instrument_versions), '{now}',
                ARRAY[9 * a, 5 * a, 6 * a]::float8[], 20 * a, (SELECT jsonb_object_agg(i::text, a) FROM generate_series(0, 19) i), true
         FROM (SELECT id, 2 + 2 * (substr(email, 2, strpos(email, '@') - 2)::int % 2) AS a FROM users WHERE email LIKE 'p%') u
         WHERE NOT EXISTS (SELECT 1 FROM assessments x WHERE x.user_id = u.id)",
        now = app.now(),
    ));
}

/// Publishes the open month, and computes the figures of what was published.
fn publish(app: &TestApp) {
    let month = app.number("SELECT id FROM periods WHERE state = 'open'");
    hearth::publication::close(&mut app.db.connect(), PeriodId(month), None, 5, app.now()).unwrap();
    hearth::questionnaires::compute_figures(&mut app.db.connect()).unwrap();
}

#[test]
fn from_a_hundred_people_up_there_are_figures_and_never_of_fewer() {
    for people_who_answered in [99, 100] {
        let app = TestApp::spawn();
        set_clock(&app, "2026-11-21T10:00:00Z");
        let hr = hr(&app);
        let path = format!("/hr/instruments/{}", app.number("SELECT min(id) FROM instrument_versions"));
        people(&app, 1, people_who_answered);
        app.execute("INSERT INTO assessments (user_id, period_id, instrument_version_id, made_at, subscale_scores, score, answers, counts)
                     SELECT user_id, period_id, instrument_version_id, made_at, subscale_scores, score, answers, false FROM assessments");
        let before = visible(&hr.get(&path).body);
        assert!(before.contains("once a period has closed in which at least 100 people answered"), "{before}");
        publish(&app);
        let page = hr.get(&path).body;
        if people_who_answered < 100 {
            assert_eq!(visible(&page), before, "two check-ups of one person are one person");
            continue;
        }
        let seen = visible(&page);
        for word in [
            "From at least 100 people who answered in the period that ended on 30 November 2026",
            "For information only",
            "Cronbach’s α",
        ] {
            assert!(seen.contains(word), "{word}: {seen}");
        }
        // Everybody answers all items alike: α and every correlation are 1; SD is half the distance · √(100/99).
        let figures = page.split("id=\"figures\"").nth(1).unwrap();
        let found = values(figures);
        assert_eq!(&found[..8], ["1", "9.05", "1", "5.03", "1", "6.03", "1", "20.1"]);
        assert_eq!(found[8..], ["1"; 20]);
        assert!(!page.contains("@example.com\"") && !page.contains("p1@"), "no person is on the page");
    }
}

#[test]
fn figures_and_pages_of_questionnaires_change_with_a_closing_and_with_nothing_else() {
    let app = TestApp::spawn();
    set_clock(&app, "2026-11-21T10:00:00Z");
    let hr = hr(&app);
    let version = app.number("SELECT min(id) FROM instrument_versions");
    let seen =
        || [hr.get(&format!("/hr/instruments/{version}")), hr.get("/hr/instruments")].map(|page| visible(&page.body));
    let unanswered = seen();
    people(&app, 1, 120);
    assert_eq!(seen(), unanswered, "whoever answers in an open period changes nothing");
    publish(&app);
    let published = seen();
    assert!(
        published[0].contains("From at least 120 people") && published[1].contains("Was answered"),
        "{published:?}"
    );
    app.execute("DELETE FROM assessments WHERE id % 2 = 0");
    hearth::questionnaires::compute_figures(&mut app.db.connect()).unwrap();
    assert_eq!(seen(), published, "whoever leaves changes nothing");
}

#[test]
fn only_those_who_keep_the_content_see_a_questionnaire_or_import_one() {
    let app = TestApp::spawn();
    for role in ["employee", "manager", "admin"] {
        let browser = app.register_as(&format!("{role}@example.com"), role);
        assert_eq!(import(&browser, CBI).status, 403, "{role}");
        assert_eq!(browser.get("/hr/instruments").status, 403, "{role}");
    }
    assert_eq!(import(&app.browser(), CBI).location(), "/login");
    assert_eq!(versions(&app), 1);
}

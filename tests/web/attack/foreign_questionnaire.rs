//! A stored questionnaire that somebody was not asked to answer is not shown to them,
//! whatever their form contains.

use crate::{
    steps::{between, send, visible},
    support::TestApp,
};
use hearth::instruments::catalog;

const FOREIGN: &str = include_str!("../../fixtures/instruments/bat-12-like.toml");

/// What nobody may read here: the first words of the foreign questionnaire's questions.
fn secrets() -> Vec<String> {
    let texts = between(FOREIGN, "en = \"", "\"");
    texts.into_iter().filter(|text| text.len() > 12).map(str::to_owned).collect()
}

#[test]
fn a_form_that_names_a_foreign_questionnaire_shows_nothing_of_it() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree("ada@example.com");
    let instrument = catalog::import(&mut app.db.connect(), FOREIGN).unwrap();
    let (foreign, id) = (instrument.instrument.named(), instrument.id.to_string());
    assert!(secrets().len() > 3);
    let stranger = app.browser();
    for named in [&*foreign, "nobody-s 1.0", &id, "x"] {
        for path in ["/assessments", "/assessments/draft", "/assessments/consent"] {
            let answers = [(0, 3), (1, 4)];
            let fields = [("questionnaire", named), ("idempotency_key", "key")];
            for browser in [&stranger, &ada] {
                let answer = send(browser, path, &answers, &fields);
                let shown = secrets().into_iter().find(|secret| answer.body.contains(secret));
                assert_eq!(shown, None, "{path} {named}");
                assert_ne!(answer.status, 500, "{path} {named}");
            }
        }
    }
    // Known and unknown ones get the same answers.
    let ask = |named: &str| {
        let said = send(&ada, "/assessments", &[(0, 3)], &[("questionnaire", named), ("idempotency_key", "key")]);
        (said.status, said.body)
    };
    let (status, body) = ask(&foreign);
    assert_eq!(status, 409, "{}", visible(&body));
    assert_eq!((status, body), ask("nobody-s 1.0"));
    let foreign_drafts = format!("SELECT count(*) FROM drafts WHERE instrument_version_id = {id}");
    assert_eq!(app.number(&foreign_drafts), 0, "nothing is kept under it");
    // What a stranger typed is in the page all the same, to be sent again.
    let kept =
        send(&stranger, "/assessments", &[(0, 3), (1, 4)], &[("questionnaire", &foreign), ("idempotency_key", "key")]);
    assert_eq!(kept.status, 401);
    for field in
        ["name=\"answer_0\" value=\"3\"", "name=\"answer_1\" value=\"4\"", "name=\"idempotency_key\" value=\"key\""]
    {
        assert!(kept.body.contains(field), "{field}: {}", kept.body);
    }
}

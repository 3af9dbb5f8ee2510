//! The check-up, from the promise to the result.

use crate::support::TestApp;

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

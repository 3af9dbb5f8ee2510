//! Answers are deleted after the promised time; and monitoring may use HEAD.

use crate::support::{TestApp, eventually};
use chrono::TimeDelta;

#[test]
fn what_is_older_than_promised_is_deleted() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree("ada@example.com");
    assert_eq!(ada.submit_all(3, "old").status, 303);
    app.advance(TimeDelta::minutes(1));
    assert_eq!(ada.submit_all(3, "new").status, 303);
    let pulse = [("burnout", "10"), ("stress", "10"), ("productivity", "10")];
    assert_eq!(ada.post("/pulse", &pulse).status, 303);
    assert_eq!(ada.post("/assessments/draft", &[("answer_0", "1")]).status, 303);
    app.execute(
        "UPDATE assessments SET made_at = now() - interval '25 months' WHERE idempotency_key = 'old';
         UPDATE pulses SET day = day - 800;
         ALTER TABLE drafts DISABLE TRIGGER drafts_set_updated_at;
         UPDATE drafts SET updated_at = now() - interval '25 months';
         INSERT INTO account_links (user_id, purpose, token_hash, created_at, expires_at)
             SELECT id, 'password_reset', '\\x01', now() - interval '2 hours', now() - interval '1 hour' FROM users;
         INSERT INTO support_requests (user_id, state, created_at, closed_at)
             SELECT id, 'closed', now() - interval '92 days', now() - interval '91 days' FROM users;
         INSERT INTO chats (user_id, name, color, created_at, active_at)
             SELECT id, 'Old', '#112233', now() - interval '26 months', now() - interval '25 months' FROM users;
         UPDATE recommendations SET given_at = now() - interval '26 months', completed_at = now() - interval '25 months'",
    );
    // An instance that starts cleans at once.
    let _other = app.beside(&[("HEARTH_RETENTION_MONTHS", "24")]);
    eventually("old rows to be gone", || {
        let rows = "SELECT (SELECT count(*) FROM assessments) + (SELECT count(*) FROM pulses)
                         + (SELECT count(*) FROM drafts) + (SELECT count(*) FROM account_links)
                         + (SELECT count(*) FROM support_requests) + (SELECT count(*) FROM chats)
                         + (SELECT count(*) FROM recommendations WHERE completed_at IS NOT NULL)";
        (app.number(rows) == 1).then_some(())
    });
    assert_eq!(app.text("SELECT idempotency_key FROM assessments"), "new");
}

#[test]
fn head_is_answered_like_get_without_the_body() {
    let app = TestApp::spawn();
    for path in ["/health", "/ready", "/", "/login"] {
        let get = app.browser().get(path);
        let head = app.browser().head(path);
        assert_eq!((head.status, head.body.as_str()), (get.status, ""), "{path}");
    }
    assert_eq!(app.browser().head("/nothing-here").status, 404);
}

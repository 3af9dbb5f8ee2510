//! An attacker whose session is ended while one of their requests waits for a worker, a
//! connection or a lock. The waiting is real: another connection holds it.

use super::accounts::{ADA, id_of, rows, thief_of};
use crate::{
    letters::take_letter,
    steps::app_at,
    support::{PASSWORD, TestApp, api::Client, eventually},
};
use diesel::{
    Connection as _, PgConnection, RunQueryDsl as _, connection::SimpleConnection as _, sql_query, sql_types::BigInt,
};
use hearth::{accounts::recovery, auth::token, error::AppError};
use serde_json::json;

/// Whether another connection waits for what this one holds.
fn somebody_waits_for(holder: &mut PgConnection) -> Option<()> {
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        waiting: i64,
    }
    let waiting =
        "SELECT count(*) AS waiting FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))";
    let row: Row = sql_query(waiting).get_result(holder).unwrap();
    (row.waiting > 0).then_some(())
}

/// What comes of a request that waits for `lock` while something happens.
fn meanwhile<T: Send>(
    app: &TestApp,
    lock: &str,
    request: impl FnOnce() -> T + Send,
    happens: impl FnOnce(&mut PgConnection) -> Result<(), AppError>,
) -> T {
    let mut holder = app.db.connect();
    std::thread::scope(|scope| {
        let hold = |conn: &mut PgConnection| {
            conn.batch_execute(lock)?;
            let waiting = scope.spawn(request);
            eventually("a request that waits", || {
                assert!(!waiting.is_finished(), "it waits for {lock}");
                somebody_waits_for(conn)
            });
            happens(conn)?;
            Ok::<_, AppError>(waiting)
        };
        holder.transaction(hold).unwrap().join().unwrap()
    })
}

/// The same while the person, who asked for a link before, sets a new password.
fn while_reset<T: Send>(app: &TestApp, email: &str, request: impl FnOnce() -> T + Send) -> T {
    assert_eq!(app.browser().post("/password/forgot", &[("email", email)]).status, 200);
    let link = take_letter(app).link(app);
    let token = token::hash_of(link.rsplit('/').next().unwrap()).unwrap();
    let reset = |conn: &mut PgConnection| recovery::reset(conn, token, "set by the owner", app.now()).map(drop);
    let outcome = meanwhile(app, &row_of(app, email), request, reset);
    take_letter(app); // it says that the password was changed
    outcome
}

/// The same while every sign-in of everybody is ended.
fn while_signed_out<T: Send>(app: &TestApp, lock: &str, request: impl FnOnce() -> T + Send) -> T {
    meanwhile(app, lock, request, |conn| Ok(conn.batch_execute("DELETE FROM sign_ins")?))
}

/// The person's row, as somebody holds it who sets a password.
fn row_of(app: &TestApp, email: &str) -> String {
    format!("SELECT 1 FROM users WHERE id = {} FOR NO KEY UPDATE", id_of(app, email))
}

fn writes_to(table: &str) -> String {
    format!("LOCK TABLE {table} IN SHARE MODE")
}

#[test]
fn asvs_6_4_3_what_waits_with_the_old_password_while_it_is_reset_is_not_done() {
    let app = app_at("2026-05-04T08:00:00Z");
    app.register(ADA);
    let requests: [(&str, &[(&str, &str)], &str); 6] = [
        ("/profile/email", &[("email", "thief@example.com"), ("email_password", PASSWORD)], "account_links"),
        ("/profile/password", &[("current_password", PASSWORD), ("password", "thieves-come-at-dawn")], "account_links"),
        ("/privacy/erase", &[("password", PASSWORD)], "erasure_requests"),
        ("/privacy/devices/sign-out", &[], "account_links"),
        ("/profile", &[("name", "Thief")], "account_links"),
        ("/chats", &[("name", "Mine"), ("color", "sage")], "chats"),
    ];
    for (path, fields, table) in requests {
        let thief = thief_of(&app, ADA);
        let answer = while_reset(&app, ADA, || thief.post(path, fields));
        assert_eq!((answer.status, answer.location()), (303, "/login"), "{path}");
        assert_eq!(rows(&app, table), "", "{path}");
        let ada = format!("SELECT password_hash || ', ' || name FROM users WHERE email = '{ADA}'");
        assert_eq!(app.text(&ada), "set by the owner, Test Person", "{path}");
        let signed_in = format!("SELECT count(*) FROM sign_ins WHERE user_id = {}", id_of(&app, ADA));
        assert_eq!(app.number(&signed_in), 0, "{path}");
    }
    thief_of(&app, ADA);
    let late = app.browser();
    let login = || late.post("/login", &[("email", ADA), ("password", PASSWORD)]).status;
    assert_eq!(while_reset(&app, ADA, login), 422, "nor does a password checked before let in");
}

#[test]
fn what_waits_with_a_sign_in_that_is_ended_is_not_done() {
    let app = app_at("2026-05-04T08:00:00Z");
    app.register_and_agree(ADA);
    let requests: [(&str, &[(&str, &str)], &str); 5] = [
        ("/pulse", &[("burnout", "1"), ("stress", "1"), ("productivity", "1")], "pulses"),
        ("/support", &[("message", "Help")], "support_requests"),
        ("/profile/details", &[("gender", "other"), ("profession", "other")], "profiles"),
        ("/privacy/consents/withdraw", &[], "consents"),
        ("/assessments/draft", &[("answer_0", "3")], "drafts"),
    ];
    for (path, fields, table) in requests {
        let thief = thief_of(&app, ADA);
        let before = rows(&app, table);
        let answer = while_signed_out(&app, &writes_to(table), || thief.post(path, fields));
        assert_eq!((answer.status, answer.location()), (303, "/login"), "{path}");
        assert_eq!(rows(&app, table), before, "{path}");
    }
    thief_of(&app, ADA);
    let program = Client::signed_in(&app, ADA);
    let pulse = json!({ "burnout": 1, "stress": 1, "productivity": 1 });
    let metrics = || program.post("/api/dashboard/metrics", &pulse).status;
    assert_eq!(while_signed_out(&app, &writes_to("pulses"), metrics), 401);
    assert_eq!(rows(&app, "pulses"), "");
}

#[test]
fn what_staff_began_before_their_sign_in_was_ended_is_not_done() {
    let app = app_at("2026-05-04T08:00:00Z");
    let (hr, admin) = ("hr@example.com", "admin@example.com");
    app.register_as(hr, "hr");
    app.register_as(admin, "admin");
    app.register_as("bob@example.com", "employee");
    app.execute(
        "INSERT INTO periods (kind, state, name, starts_on, ends_on, instrument_version_id, min_group, opened_at)
         SELECT 'campaign', 'open', 'Spring', '2026-05-01', '2026-05-30', min(id), 5, now() FROM instrument_versions",
    );
    let (bob, period) = (id_of(&app, "bob@example.com"), app.number("SELECT id FROM periods"));
    let role = app.number("SELECT id FROM roles WHERE key = 'hr'");
    let requests = [
        (hr, format!("/hr/employees/{bob}/archive"), "old_users"),
        (hr, format!("/hr/campaigns/{period}/close"), "releases"),
        (hr, "/hr/departments".to_owned(), "departments"),
        (admin, format!("/admin/users/{bob}/roles/{role}/give"), "user_roles"),
        (admin, "/admin/roles".to_owned(), "roles"),
    ];
    for (who, path, table) in requests {
        let thief = thief_of(&app, who);
        let before = rows(&app, table);
        let answer = while_signed_out(&app, &writes_to(table), || thief.post(&path, &[("name", "Theirs")]));
        assert_eq!((answer.status, answer.location()), (303, "/login"), "{path}");
        assert_eq!(rows(&app, table), before, "{path}");
    }
    // The role may do less meanwhile, which ends no sign-in.
    let thief = thief_of(&app, hr);
    let create = || thief.post("/hr/departments", &[("name", "Theirs")]);
    let answer = meanwhile(&app, &writes_to("departments"), create, |conn| {
        Ok(conn.batch_execute("DELETE FROM role_permissions WHERE permission = 'manage_employees'")?)
    });
    assert_eq!((answer.status, rows(&app, "departments")), (403, String::new()));
}

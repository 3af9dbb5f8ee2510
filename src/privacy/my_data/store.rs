//! Everything stored about one person. Each section's query names the person.

use crate::{domain::UserId, error::AppError, i18n::Language, privacy::my_data::Section};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{BigInt, Jsonb, Text},
};
use serde_json::{Map, Value};

/// Name of a section, the tables that it covers, and its query; `$1` is the person's
/// id, `$2` their language.
pub const SECTIONS: &[(&str, &[&str], &str)] = &[
    (
        "account",
        &["users", "user_roles", "last_numbers"],
        "SELECT u.id, u.email, u.email_verified_at, u.name, u.position, u.claimed_department, d.name AS department,
                m.name AS manager, u.language, u.joined_on, u.confirmed_at, u.invited_at, u.created_at, u.updated_at,
                u.password_hash IS NOT NULL AS has_password,
                (SELECT jsonb_object_agg(n.kind, n.last) FROM last_numbers n WHERE n.user_id = u.id) AS last_numbers,
                (SELECT array_agg(coalesce(r.name, r.key) ORDER BY r.id) FROM user_roles ur JOIN roles r ON r.id = ur.role_id
                 WHERE ur.user_id = u.id) AS roles
         FROM users u LEFT JOIN departments d ON d.id = u.department_id LEFT JOIN users m ON m.id = u.manager_id
         WHERE u.id = $1",
    ),
    (
        "profile",
        &["profiles"],
        "SELECT gender, profession, interests, contacts, created_at, updated_at FROM profiles WHERE user_id = $1",
    ),
    ("picture", &["avatars"], "SELECT 'picture.jpg' AS file, updated_at FROM avatars WHERE user_id = $1"),
    (
        "agreements",
        &["consents"],
        "SELECT purpose, text_version, given_at, withdrawn_at FROM consents WHERE user_id = $1 ORDER BY id",
    ),
    (
        "devices",
        &["sign_ins"],
        "SELECT number, kind, host(address) AS address, browser, created_at, last_seen_at, idle_expires_at, expires_at
         FROM sign_ins WHERE user_id = $1 ORDER BY number",
    ),
    (
        "tries",
        &["attempts"],
        "SELECT kind, host(address) AS address, browser, succeeded, created_at FROM attempts WHERE user_id = $1 ORDER BY id",
    ),
    (
        "links",
        &["account_links"],
        "SELECT purpose, new_email, created_at, expires_at FROM account_links WHERE user_id = $1 ORDER BY id",
    ),
    (
        "check_ups",
        &["assessments"],
        "SELECT a.number, a.made_at, i.key AS questionnaire, v.version, a.answers, a.subscale_scores, a.score, a.level, a.profile,
                d.name AS department, p.kind AS period, p.name AS campaign, p.starts_on AS period_from, p.ends_on AS period_to
         FROM assessments a JOIN instrument_versions v ON v.id = a.instrument_version_id JOIN instruments i ON i.id = v.instrument_id
              JOIN periods p ON p.id = a.period_id LEFT JOIN departments d ON d.id = a.department_id
         WHERE a.user_id = $1 ORDER BY a.made_at, a.number",
    ),
    (
        "questions",
        &[],
        "SELECT i.key AS questionnaire, v.version, n.place - 1 AS question, n.item -> 'text' ->> $2 AS text
         FROM instrument_versions v JOIN instruments i ON i.id = v.instrument_id,
              jsonb_array_elements(v.definition -> 'items') WITH ORDINALITY AS n (item, place)
         WHERE v.id IN (SELECT instrument_version_id FROM assessments WHERE user_id = $1
                        UNION SELECT instrument_version_id FROM drafts WHERE user_id = $1)
         ORDER BY i.key, v.id, n.place",
    ),
    (
        "half_filled",
        &["drafts"],
        "SELECT i.key AS questionnaire, v.version, f.answers, f.created_at, f.updated_at
         FROM drafts f JOIN instrument_versions v ON v.id = f.instrument_version_id JOIN instruments i ON i.id = v.instrument_id
         WHERE f.user_id = $1 ORDER BY v.id",
    ),
    (
        "recommendations",
        &["recommendations"],
        "SELECT r.number, t.title, l.category, r.priority, r.given_at, r.completed_at
         FROM recommendations r JOIN library_items l ON l.id = r.item_id
              LEFT JOIN library_texts t ON t.item_id = l.id AND t.language::text = $2
         WHERE r.user_id = $1 ORDER BY r.number",
    ),
    (
        "pulses",
        &["pulses"],
        "SELECT day, burnout, stress, productivity, created_at, updated_at FROM pulses WHERE user_id = $1 ORDER BY day",
    ),
    (
        "conversations",
        &["chats", "messages"],
        "SELECT c.number AS conversation, c.name, c.color, c.created_at AS begun_at, m.number AS message, m.user_message, m.ai_response, m.source,
                m.created_at, m.answered_at
         FROM chats c LEFT JOIN messages m ON m.chat_id = c.id WHERE c.user_id = $1 ORDER BY c.number, m.number",
    ),
    ("questions_asked", &["questions"], "SELECT asked_at FROM questions WHERE user_id = $1 ORDER BY id"),
    (
        "support_requests",
        &["support_requests"],
        "SELECT number, state, created_at, message, department, result_on, level, profile, contact, phone, answer, answered_at, closed_at
         FROM support_requests WHERE user_id = $1 ORDER BY number",
    ),
    (
        "invitations",
        &["invitations", "reminders", "access_codes"],
        "SELECT p.name AS campaign, p.starts_on, p.ends_on, d.name AS department,
                (SELECT array_agg(r.day ORDER BY r.day) FROM reminders r WHERE r.period_id = n.period_id AND r.user_id = $1) AS reminded_on,
                (SELECT max(c.printed_at) FROM access_codes c WHERE c.period_id = n.period_id AND c.user_id = $1) AS code_printed_at,
                (SELECT max(c.used_at) FROM access_codes c WHERE c.period_id = n.period_id AND c.user_id = $1) AS code_used_at
         FROM invitations n JOIN periods p ON p.id = n.period_id LEFT JOIN departments d ON d.id = n.department_id
         WHERE n.user_id = $1 ORDER BY p.id",
    ),
    (
        "mail",
        &["mails"],
        // Without the bodies: a link in one gives access to the account, and is meant
        // for the mailbox only.
        "SELECT subject, created_at FROM mails WHERE recipient = (SELECT email FROM users WHERE id = $1 AND email_verified_at IS NOT NULL) ORDER BY id",
    ),
    (
        "undelivered_mail",
        &["undelivered_mails"],
        "SELECT recipient, failed_at FROM undelivered_mails WHERE caused_by = $1 ORDER BY recipient",
    ),
    (
        "uploads",
        &["imports"],
        "SELECT state, invite, language, created_at, octet_length(content) AS bytes FROM imports WHERE user_id = $1 ORDER BY id",
    ),
    (
        "planned_actions",
        &["actions"],
        "SELECT d.name AS department, a.what, a.who, a.until_on, a.created_at, a.done_at
         FROM actions a JOIN departments d ON d.id = a.department_id WHERE a.created_by = $1 ORDER BY a.id",
    ),
    (
        "attested_licences",
        &["instrument_versions"],
        "SELECT i.key AS questionnaire, v.version, v.licence_holder, v.attested_at
         FROM instrument_versions v JOIN instruments i ON i.id = v.instrument_id WHERE v.attested_by = $1 ORDER BY v.id",
    ),
    (
        "erasure",
        &["erasure_requests"],
        "SELECT requested_at, due_at FROM erasure_requests WHERE user_id = $1",
    ),
    (
        "audit",
        &["audit_events"],
        "SELECT happened_at, event, details, actor_id = $1 AS by_me FROM audit_events
         WHERE actor_id = $1 OR (subject_id = $1 AND (event LIKE 'employee%' OR event IN ('role_given', 'role_taken')))
         ORDER BY id",
    ),
];

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Jsonb)]
    row: Value,
}

/// All sections of a person's data.
pub fn sections(conn: &mut PgConnection, user: UserId, language: Language) -> Result<Vec<Section>, AppError> {
    let mut sections = Vec::new();
    for (name, _, sql) in SECTIONS {
        let whole = format!("SELECT to_jsonb(one) AS row FROM ({sql}) AS one WHERE $2::text IS NOT NULL");
        let rows: Vec<Row> = sql_query(whole).bind::<BigInt, _>(user).bind::<Text, _>(language.code()).load(conn)?;
        let object = |row: Row| match row.row {
            Value::Object(row) => row,
            _ => Map::new(),
        };
        sections.push(Section { name, rows: rows.into_iter().map(object).collect() });
    }
    Ok(sections)
}

//! Creates a company row by row, for tests of figures that are only published for
//! groups.

use crate::support::TestApp;
use hearth::{
    instruments::{Answers, catalog, instrument::Scale, scoring},
    publication::noise::{Noise, NoiseKey, NoiseKind},
};
use std::fmt::Write as _;

/// A department under another one; its id.
pub fn department(app: &TestApp, name: &str, parent: Option<i64>) -> i64 {
    let parent = parent.map_or("NULL".to_owned(), |id| id.to_string());
    app.execute(&format!("INSERT INTO departments (name, parent_id) VALUES ('{name}', {parent})"));
    app.number("SELECT max(id) FROM departments")
}

/// A confirmed person of a department, who cannot sign in; their id.
pub fn person(app: &TestApp, department: i64) -> i64 {
    app.execute(&format!(
        "INSERT INTO users (email, name, position, claimed_department, department_id, confirmed_at, joined_on)
         SELECT 'person' || count(*) || '@company.example', 'Secret Name ' || count(*), '', '', {department}, now(), '2026-01-01'
         FROM users"
    ));
    app.number("SELECT id FROM users ORDER BY created_at DESC LIMIT 1")
}

/// One month, as a period that is still open; its id.
pub fn month(app: &TestApp, first: &str) -> i64 {
    app.execute(&format!(
        "INSERT INTO periods (kind, state, starts_on, ends_on)
         VALUES ('month', 'open', '{first}', '{first}'::date + interval '1 month' - interval '1 day')"
    ));
    app.number("SELECT max(id) FROM periods")
}

/// Makes noise the same in every run: it follows from the key and from people's numbers,
/// both of which are random.
pub fn hold_noise_still(app: &TestApp) {
    app.execute(
        "CREATE SEQUENCE numbers START 1000;
         CREATE OR REPLACE FUNCTION opaque_number() RETURNS BIGINT LANGUAGE sql VOLATILE AS $$ SELECT nextval('numbers') $$;
         UPDATE installation SET noise_key = decode(repeat('5a', 32), 'hex')",
    );
}

/// An open campaign of a calendar month; its id. Whoever checks up in it is invited.
/// Small departments have figures after campaigns only.
pub fn campaign(app: &TestApp, first: &str) -> i64 {
    let version = catalog::import_default(&mut app.db.connect()).unwrap().id;
    app.execute(&format!(
        "INSERT INTO periods (kind, state, name, starts_on, ends_on, instrument_version_id, min_group, rhythm, opened_at)
         VALUES ('campaign', 'open', 'Campaign of {first}', '{first}',
                 '{first}'::date + interval '1 month' - interval '1 day', {version}, 5, 'twice', '{first}')"
    ));
    app.number("SELECT id FROM periods WHERE kind = 'campaign' ORDER BY created_at DESC LIMIT 1")
}

/// The people who count in a period and a department, as the noise names them.
pub fn counted(app: &TestApp, period: i64, department: i64) -> Vec<i64> {
    let ids = app.text(&format!(
        "SELECT coalesce(string_agg(coalesce(user_id, -id)::text, ','), '') FROM assessments
         WHERE period_id = {period} AND counts AND department_id = {department}"
    ));
    ids.split(',').map(|id| id.parse().unwrap()).collect()
}

/// The noise of a subscale's sum over these people, in millionths of a percent.
pub fn noise(app: &TestApp, kind: NoiseKind, people: Vec<i64>, subscale: usize) -> i64 {
    let mut conn = app.db.connect();
    let version = catalog::import_default(&mut conn).unwrap();
    let key = NoiseKey::load(&mut conn).unwrap();
    let noise = Noise::new(&key, kind, 5, &version.instrument);
    noise.of_block(people).of_scale(&version.instrument, Scale::Subscale(subscale))
}

/// A check-up that counts in a period, scored by Hearth itself. The three
/// values answer the items of exhaustion, detachment and accomplishment.
pub fn check_up(app: &TestApp, person: i64, period: i64, values: [i32; 3]) {
    let mut conn = app.db.connect();
    let version = catalog::import_default(&mut conn).unwrap();
    let given = (0..20).map(|item| {
        let value = if item < 9 {
            values[0]
        } else if item < 14 {
            values[1]
        } else {
            values[2]
        };
        (item, value.to_string())
    });
    let answers = Answers::parse(&version.instrument, &given.collect()).unwrap();
    let score = scoring::score(&version.instrument, &answers);
    let subscales: Vec<String> = score.subscales.iter().map(|raw| raw.unwrap().to_string()).collect();
    let (level, profile) = (score.level.unwrap().code(), score.profile.unwrap().code());
    app.execute(&format!(
        "INSERT INTO assessments (user_id, period_id, department_id, instrument_version_id, made_at, subscale_scores,
                                  score, level, profile, answers, counts, idempotency_key)
         SELECT {person}, {period}, u.department_id, {version}, p.starts_on + interval '12 hours', ARRAY[{subscales}],
                {total}, '{level}', '{profile}', '{answers}', TRUE, 'made-{person}-{period}'
         FROM users u, periods p WHERE u.id = {person} AND p.id = {period}",
        version = version.id,
        subscales = subscales.join(", "),
        total = score.total.unwrap(),
        answers = answers.to_json(),
    ));
    app.execute(&format!(
        "INSERT INTO invitations (period_id, user_id, department_id)
         SELECT p.id, u.id, u.department_id FROM users u, periods p
         WHERE u.id = {person} AND p.id = {period} AND p.kind = 'campaign' ON CONFLICT DO NOTHING"
    ));
}

/// Closes a period as the calendar would.
pub fn close(app: &TestApp, period: i64) {
    close_with(app, period, 5);
}

/// The same with another smallest group.
pub fn close_with(app: &TestApp, period: i64, min_group: u16) {
    let mut conn = app.db.connect();
    if let Err(error) =
        hearth::publication::close(&mut conn, hearth::domain::PeriodId(period), None, min_group, app.now())
    {
        // On a slow machine the application's own calendar may have been first.
        assert_eq!(app.text(&format!("SELECT state FROM periods WHERE id = {period}")), "closed", "{error:?}");
    }
}

/// Everything that was ever published, as text.
pub fn published(app: &TestApp) -> String {
    let mut all = String::new();
    for table in [
        "releases",
        "released_departments",
        "published_cells",
        "published_changes",
        "published_shares",
        "published_pulse_months",
    ] {
        let rows =
            app.text(&format!("SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') FROM {table} t"));
        writeln!(all, "{table}\n{rows}").unwrap();
    }
    all
}

/// A cell of the only release of a period: its state, people and sums.
pub fn cell(app: &TestApp, period: i64, department: i64, measure: &str) -> String {
    app.text(&format!(
        "SELECT state || ' ' || coalesce(people::text, '-') || ' ' || coalesce(array_to_string(sums, ','), '-')
         FROM published_cells WHERE period_id = {period} AND department_id = {department} AND measure = '{measure}'"
    ))
}

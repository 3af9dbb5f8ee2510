//! Who was counted in what was published, and the reports about it, in the database. Of
//! other people's answers it reads only whether there is a score.

use crate::{
    db::schema::{privacy_reports, released_departments},
    domain::{DepartmentId, PeriodId},
    instruments::VersionId,
    publication::noise::NoiseKind,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Bool, Date, Nullable, SmallInt, Text, Timestamptz},
};

/// After so many hours without a report another instance may compute it: the one that
/// began was stopped.
const CLAIMED_HOURS: i64 = 6;

#[derive(QueryableByName)]
pub struct ReleaseRow {
    #[diesel(sql_type = BigInt)]
    pub period_id: PeriodId,
    #[diesel(sql_type = BigInt)]
    pub version_id: VersionId,
    #[diesel(sql_type = SmallInt)]
    min_group: i16,
    #[diesel(sql_type = Text)]
    noise_kind: String,
    /// Of a campaign.
    #[diesel(sql_type = Nullable<Text>)]
    pub name: Option<String>,
    #[diesel(sql_type = Date)]
    pub starts_on: NaiveDate,
    #[diesel(sql_type = Date)]
    pub ends_on: NaiveDate,
}

impl ReleaseRow {
    pub fn k(&self) -> u64 {
        u64::from(self.min_group.unsigned_abs())
    }

    /// `None` for a kind that only a newer version of Hearth knows.
    pub fn kind(&self) -> Option<NoiseKind> {
        NoiseKind::ALL.into_iter().find(|kind| kind.code() == self.noise_kind)
    }
}

/// What periods that ended in this time published with noise, oldest first.
pub fn releases(conn: &mut PgConnection, from: NaiveDate, until: NaiveDate) -> QueryResult<Vec<ReleaseRow>> {
    sql_query(
        "SELECT r.period_id, r.instrument_version_id AS version_id, r.min_group, r.noise_kind, p.name, p.starts_on, p.ends_on
         FROM releases r JOIN periods p ON p.id = r.period_id
         WHERE r.noise_kind IS NOT NULL AND p.ends_on BETWEEN $1 AND $2
         ORDER BY p.ends_on, r.period_id, r.instrument_version_id",
    )
    .bind::<Date, _>(from)
    .bind::<Date, _>(until)
    .load(conn)
}

/// A released department, its parent and its name; parents before children.
pub type DepartmentRow = (DepartmentId, Option<DepartmentId>, String);

pub fn departments(conn: &mut PgConnection, of: &ReleaseRow) -> QueryResult<Vec<DepartmentRow>> {
    released_departments::table
        .filter(released_departments::period_id.eq(of.period_id))
        .filter(released_departments::instrument_version_id.eq(of.version_id))
        .order(released_departments::place)
        .select((released_departments::department_id, released_departments::parent_id, released_departments::name))
        .load(conn)
}

/// How many of a department's own people a published measure counted.
#[derive(QueryableByName)]
pub struct AtomRow {
    #[diesel(sql_type = BigInt)]
    pub department: DepartmentId,
    #[diesel(sql_type = Text)]
    pub measure: String,
    #[diesel(sql_type = BigInt)]
    pub people: i64,
}

/// Of the means and levels of a release.
pub fn atoms(conn: &mut PgConnection, of: &ReleaseRow) -> QueryResult<Vec<AtomRow>> {
    sql_query(
        "SELECT department_id AS department, measure, atom AS people FROM published_cells
         WHERE period_id = $1 AND instrument_version_id = $2 AND (measure LIKE 'mean.%' OR measure = 'level')
         ORDER BY measure, department_id",
    )
    .bind::<BigInt, _>(of.period_id)
    .bind::<BigInt, _>(of.version_id)
    .load(conn)
}

/// Somebody who was counted in a release, with the department of that day, and 0 for none.
#[derive(QueryableByName)]
pub struct CountedRow {
    #[diesel(sql_type = BigInt)]
    pub person: i64,
    #[diesel(sql_type = BigInt)]
    pub department: DepartmentId,
    /// Whether there is a score, by subscale.
    #[diesel(sql_type = Array<Bool>)]
    pub scored: Vec<bool>,
    #[diesel(sql_type = Bool)]
    pub has_total: bool,
}

pub fn counted(conn: &mut PgConnection, of: &ReleaseRow) -> QueryResult<Vec<CountedRow>> {
    sql_query(
        "SELECT a.user_id AS person, coalesce(a.department_id, 0) AS department, a.score IS NOT NULL AS has_total,
                ARRAY(SELECT score IS NOT NULL FROM unnest(a.subscale_scores) WITH ORDINALITY AS scores (score, nth)
                      ORDER BY nth) AS scored
         FROM assessments a JOIN users u ON u.id = a.user_id AND u.confirmed_at IS NOT NULL
         WHERE a.period_id = $1 AND a.counts AND a.instrument_version_id = $2
         ORDER BY a.user_id",
    )
    .bind::<BigInt, _>(of.period_id)
    .bind::<BigInt, _>(of.version_id)
    .load(conn)
}

/// Somebody on a roster, with their department, and 0 for none.
#[derive(QueryableByName)]
pub struct PersonRow {
    #[diesel(sql_type = BigInt)]
    pub person: i64,
    #[diesel(sql_type = BigInt)]
    pub department: DepartmentId,
    #[diesel(sql_type = Date)]
    pub since: NaiveDate,
}

/// The invited of a campaign who are still here.
pub fn invited(conn: &mut PgConnection, campaign: PeriodId) -> QueryResult<Vec<PersonRow>> {
    sql_query(
        "SELECT i.user_id AS person, coalesce(i.department_id, 0) AS department, u.joined_on AS since
         FROM invitations i JOIN users u ON u.id = i.user_id WHERE i.period_id = $1 ORDER BY i.user_id",
    )
    .bind::<BigInt, _>(campaign)
    .load(conn)
}

/// Confirmed people with their department of today.
pub fn people(conn: &mut PgConnection) -> QueryResult<Vec<PersonRow>> {
    sql_query(
        "SELECT id AS person, coalesce(department_id, 0) AS department, joined_on AS since
         FROM users WHERE confirmed_at IS NOT NULL ORDER BY id",
    )
    .load(conn)
}

#[derive(QueryableByName)]
pub struct NoteRow {
    #[diesel(sql_type = Date)]
    pub first: NaiveDate,
    #[diesel(sql_type = SmallInt)]
    min_group: i16,
}

impl NoteRow {
    pub fn k(&self) -> u64 {
        u64::from(self.min_group.unsigned_abs())
    }
}

/// The months of the daily note that were published, oldest first.
pub fn notes(conn: &mut PgConnection, from: NaiveDate, until: NaiveDate) -> QueryResult<Vec<NoteRow>> {
    sql_query(
        "SELECT starts_on AS first, min_group FROM pulse_months WHERE starts_on BETWEEN $1 AND $2 ORDER BY starts_on",
    )
    .bind::<Date, _>(from)
    .bind::<Date, _>(until)
    .load(conn)
}

#[derive(QueryableByName)]
pub struct NoteAtomRow {
    #[diesel(sql_type = BigInt)]
    pub department: DepartmentId,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub parent: Option<DepartmentId>,
    #[diesel(sql_type = BigInt)]
    pub people: i64,
}

/// The tree of a month of the daily note, with the number of each department's own people
/// who wrote one. All measures count the same people.
pub fn note_atoms(conn: &mut PgConnection, first: NaiveDate) -> QueryResult<Vec<NoteAtomRow>> {
    sql_query(
        "SELECT department_id AS department, parent_id AS parent, atom AS people FROM published_pulse_months
         WHERE starts_on = $1 AND measure = 'burnout' ORDER BY place",
    )
    .bind::<Date, _>(first)
    .load(conn)
}

#[derive(QueryableByName)]
struct WriterRow {
    #[diesel(sql_type = BigInt)]
    person: i64,
}

/// Confirmed people who wrote a note in a month.
pub fn writers(conn: &mut PgConnection, first: NaiveDate) -> QueryResult<Vec<i64>> {
    let rows: Vec<WriterRow> = sql_query(
        "SELECT DISTINCT p.user_id AS person FROM pulses p JOIN users u ON u.id = p.user_id
         WHERE u.confirmed_at IS NOT NULL AND p.day >= $1 AND p.day < $1 + interval '1 month' ORDER BY p.user_id",
    )
    .bind::<Date, _>(first)
    .load(conn)?;
    Ok(rows.into_iter().map(|row| row.person).collect())
}

#[derive(QueryableByName)]
struct ClaimedRow {
    #[diesel(sql_type = BigInt)]
    period_id: PeriodId,
    #[diesel(sql_type = Date)]
    ends_on: NaiveDate,
}

/// Claims the report of the last closing that published anything with noise, unless there
/// is one or another instance computes it. Answers the period and its last day.
pub fn claim(conn: &mut PgConnection, now: DateTime<Utc>) -> QueryResult<Option<(PeriodId, NaiveDate)>> {
    let claimed: Option<ClaimedRow> = sql_query(
        "WITH last AS (
             SELECT p.id, p.ends_on FROM periods p
             WHERE p.state = 'closed'
               AND EXISTS (SELECT 1 FROM releases r WHERE r.period_id = p.id AND r.noise_kind IS NOT NULL)
             ORDER BY p.closed_at DESC, p.ends_on DESC, p.id DESC LIMIT 1
         ), claimed AS (
             INSERT INTO privacy_reports (period_id, claimed_at) SELECT id, $1 FROM last
             ON CONFLICT (period_id) DO UPDATE SET claimed_at = $1
                 WHERE privacy_reports.report IS NULL AND privacy_reports.claimed_at < $2
             RETURNING period_id
         )
         SELECT period_id, ends_on FROM claimed JOIN last ON last.id = period_id",
    )
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(now - TimeDelta::hours(CLAIMED_HOURS))
    .get_result(conn)
    .optional()?;
    Ok(claimed.map(|row| (row.period_id, row.ends_on)))
}

/// Gives a claim back, so that the next turn tries again.
pub fn unclaim(conn: &mut PgConnection, period: PeriodId) -> QueryResult<usize> {
    diesel::delete(privacy_reports::table.find(period).filter(privacy_reports::report.is_null())).execute(conn)
}

pub fn save(
    conn: &mut PgConnection,
    period: PeriodId,
    report: &serde_json::Value,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::update(privacy_reports::table.find(period))
        .set((privacy_reports::report.eq(report), privacy_reports::computed_at.eq(now)))
        .execute(conn)
}

//! Versions of questionnaires, licences and figures in the database. Answers are read
//! without the person's identity, only to be summed up.

use crate::{
    db::schema::{instrument_figures, instrument_versions, periods, users},
    domain::{PeriodId, PeriodKind, PeriodState, UserId},
    instruments::VersionId,
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    QueryableByName,
    dsl::max,
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Double, Jsonb, Nullable},
};
use serde_json::Value;
use std::collections::HashSet;

/// An attestation that a licence is held.
#[derive(Clone, Debug)]
pub struct Attested {
    pub holder: String,
    pub at: DateTime<Utc>,
    /// Name of the person who attested it; `None` once they left.
    pub by: Option<String>,
}

pub struct Row {
    pub id: VersionId,
    pub definition: Value,
    pub attested: Option<Attested>,
}

type Columns = (VersionId, Value, Option<String>, Option<DateTime<Utc>>, Option<String>);

fn row((id, definition, holder, at, by): Columns) -> Row {
    Row { id, definition, attested: holder.zip(at).map(|(holder, at)| Attested { holder, at, by }) }
}

#[diesel::dsl::auto_type]
fn versions() -> _ {
    let columns = (
        instrument_versions::id,
        instrument_versions::definition,
        instrument_versions::licence_holder,
        instrument_versions::attested_at,
        users::name.nullable(),
    );
    instrument_versions::table.left_join(users::table).select(columns)
}

pub fn all(conn: &mut PgConnection) -> QueryResult<Vec<Row>> {
    let rows: Vec<Columns> =
        versions().order((instrument_versions::instrument_id, instrument_versions::id.desc())).load(conn)?;
    Ok(rows.into_iter().map(row).collect())
}

pub fn find(conn: &mut PgConnection, id: VersionId) -> QueryResult<Row> {
    versions().filter(instrument_versions::id.eq(id)).first(conn).map(row)
}

pub fn newest(conn: &mut PgConnection) -> QueryResult<Option<VersionId>> {
    instrument_versions::table.select(max(instrument_versions::id)).first(conn)
}

/// Which of these versions at least the smallest group answered in one closed period,
/// when it was published. Open periods do not count: the page would change with one
/// person's answer.
pub fn answered(conn: &mut PgConnection, ids: &[VersionId]) -> QueryResult<HashSet<VersionId>> {
    let found: Vec<AnsweredRow> = sql_query(
        "SELECT r.instrument_version_id AS id
         FROM published_cells c JOIN releases r USING (period_id, instrument_version_id)
         WHERE c.instrument_version_id = ANY($1) AND c.measure <> 'participation'
         GROUP BY r.period_id, r.instrument_version_id, r.min_group, c.measure HAVING sum(c.atom) >= r.min_group",
    )
    .bind::<Array<BigInt>, _>(ids.iter().map(|id| id.0).collect::<Vec<_>>())
    .load(conn)?;
    Ok(found.into_iter().map(|row| row.id).collect())
}

#[derive(QueryableByName)]
struct AnsweredRow {
    #[diesel(sql_type = BigInt)]
    id: VersionId,
}

/// A campaign in a list.
pub type NamedCampaign = (PeriodId, String, PeriodState);

/// Campaigns with one of these versions, newest first.
pub fn campaigns(conn: &mut PgConnection, ids: &[VersionId]) -> QueryResult<Vec<(Option<VersionId>, NamedCampaign)>> {
    periods::table
        .filter(periods::kind.eq(PeriodKind::Campaign))
        .filter(periods::instrument_version_id.eq_any(ids))
        .order(periods::id.desc())
        .select((periods::instrument_version_id, (periods::id, periods::name.assume_not_null(), periods::state)))
        .load(conn)
}

pub fn attest(
    conn: &mut PgConnection,
    actor: UserId,
    id: VersionId,
    holder: &str,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    let open = instrument_versions::table.find(id).filter(instrument_versions::attested_at.is_null());
    diesel::update(open)
        .set((
            instrument_versions::licence_holder.eq(holder),
            instrument_versions::attested_at.eq(now),
            instrument_versions::attested_by.eq(actor),
        ))
        .execute(conn)
}

/// The latest figures of a version, and the last day of their period.
pub fn figures(conn: &mut PgConnection, id: VersionId) -> QueryResult<Option<(NaiveDate, Value)>> {
    instrument_figures::table
        .inner_join(periods::table.on(periods::id.eq(instrument_figures::period_id)))
        .filter(instrument_figures::instrument_version_id.eq(id))
        .filter(instrument_figures::figures.is_not_null())
        .order(periods::ends_on.desc())
        .select((periods::ends_on, instrument_figures::figures.assume_not_null()))
        .first(conn)
        .optional()
}

#[derive(QueryableByName)]
struct ReleaseRow {
    #[diesel(sql_type = BigInt)]
    period: i64,
    #[diesel(sql_type = BigInt)]
    version: i64,
}

/// The latest release of each version, where it has no figures yet.
pub fn releases_without_figures(conn: &mut PgConnection) -> QueryResult<Vec<(PeriodId, VersionId)>> {
    let rows: Vec<ReleaseRow> = sql_query(
        "SELECT latest.* FROM (
             SELECT DISTINCT ON (r.instrument_version_id) r.period_id AS period, r.instrument_version_id AS version
             FROM releases r JOIN periods p ON p.id = r.period_id
             WHERE r.noise_kind IS NOT NULL
             ORDER BY r.instrument_version_id, p.ends_on DESC, p.kind DESC
         ) latest
         WHERE NOT EXISTS (
             SELECT 1 FROM instrument_figures f WHERE f.period_id = period AND f.instrument_version_id = version
         )",
    )
    .load(conn)?;
    Ok(rows.into_iter().map(|row| (PeriodId(row.period), VersionId(row.version))).collect())
}

/// Stores the figures of a release, unless it has some.
pub fn keep_figures(
    conn: &mut PgConnection,
    period: PeriodId,
    version: VersionId,
    figures: Option<&Value>,
) -> QueryResult<usize> {
    diesel::insert_into(instrument_figures::table)
        .values((
            instrument_figures::period_id.eq(period),
            instrument_figures::instrument_version_id.eq(version),
            instrument_figures::figures.eq(figures),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
}

/// One person's answers and scores.
#[derive(QueryableByName)]
pub struct Answered {
    /// For the next page of the same query only.
    #[diesel(sql_type = BigInt)]
    person: i64,
    #[diesel(sql_type = Jsonb)]
    pub answers: Value,
    #[diesel(sql_type = Array<Nullable<Double>>)]
    pub subscale_scores: Vec<Option<f64>>,
    #[diesel(sql_type = Nullable<Double>)]
    pub score: Option<f64>,
}

/// Calls back with each check-up that counts in a period, of confirmed people, with an id
/// of the person after `after`, `most` of them by that id; answers the last id, or `None`
/// when these were all.
pub fn each_counted(
    conn: &mut PgConnection,
    (period, version): (PeriodId, VersionId),
    after: i64,
    most: i64,
    mut each: impl FnMut(Answered),
) -> QueryResult<Option<i64>> {
    let rows = sql_query(
        "SELECT a.user_id AS person, a.answers, a.subscale_scores, a.score
         FROM assessments a JOIN users u ON u.id = a.user_id
         WHERE a.period_id = $1 AND a.counts AND a.instrument_version_id = $2 AND u.confirmed_at IS NOT NULL
           AND a.user_id > $3
         ORDER BY a.user_id LIMIT $4",
    )
    .bind::<BigInt, _>(period)
    .bind::<BigInt, _>(version)
    .bind::<BigInt, _>(after)
    .bind::<BigInt, _>(most);
    let (mut last, mut rows_read) = (None, 0);
    for row in rows.load_iter::<Answered, diesel::connection::DefaultLoadingMode>(conn)? {
        let row = row?;
        last = Some(row.person);
        rows_read += 1;
        each(row);
    }
    Ok(last.filter(|_| rows_read == most))
}

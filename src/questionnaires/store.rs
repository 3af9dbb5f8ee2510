//! Versions of questionnaires, licences and figures in the database. Answers are read
//! without the person's identity, only to be summed up.

use crate::{
    db::schema::{assessments, instrument_figures, instrument_versions, periods, users},
    domain::{PeriodId, PeriodKind, PeriodState, UserId},
    instruments::VersionId,
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    QueryableByName,
    dsl::max,
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Double, Integer, Jsonb, Nullable},
    upsert::excluded,
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

/// Which of these versions at least the smallest group answered in one period: in an
/// open period now, in a closed one when it was published, whoever has left since.
pub fn answered(conn: &mut PgConnection, ids: &[VersionId], min_group: u16) -> QueryResult<HashSet<VersionId>> {
    let found: Vec<AnsweredRow> = sql_query(
        "SELECT a.instrument_version_id AS id
         FROM assessments a JOIN periods p ON p.id = a.period_id LEFT JOIN users u ON u.id = a.user_id
         WHERE a.instrument_version_id = ANY($1) AND a.counts AND p.state = 'open'
           AND (a.user_id IS NULL OR u.confirmed_at IS NOT NULL)
         GROUP BY a.instrument_version_id, p.id HAVING count(*) >= coalesce(p.min_group, $2)
         UNION
         SELECT r.instrument_version_id
         FROM published_cells c JOIN releases r USING (period_id, instrument_version_id)
         WHERE c.instrument_version_id = ANY($1) AND c.measure <> 'participation'
         GROUP BY r.period_id, r.instrument_version_id, r.min_group, c.measure HAVING sum(c.atom) >= r.min_group",
    )
    .bind::<Array<BigInt>, _>(ids.iter().map(|id| id.0).collect::<Vec<_>>())
    .bind::<Integer, _>(i32::from(min_group))
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

type Kept = (NaiveDate, DateTime<Utc>, Option<Value>);

pub fn figures(conn: &mut PgConnection, id: VersionId) -> QueryResult<Option<Kept>> {
    instrument_figures::table
        .find(id)
        .select((instrument_figures::day, instrument_figures::computed_at, instrument_figures::figures))
        .first(conn)
        .optional()
}

pub fn keep_figures(
    conn: &mut PgConnection,
    id: VersionId,
    day: NaiveDate,
    now: DateTime<Utc>,
    figures: Option<&Value>,
) -> QueryResult<usize> {
    diesel::insert_into(instrument_figures::table)
        .values((
            instrument_figures::instrument_version_id.eq(id),
            instrument_figures::computed_at.eq(now),
            instrument_figures::day.eq(day),
            instrument_figures::figures.eq(figures),
        ))
        .on_conflict(instrument_figures::instrument_version_id)
        .do_update()
        .set((
            instrument_figures::computed_at.eq(excluded(instrument_figures::computed_at)),
            instrument_figures::day.eq(excluded(instrument_figures::day)),
            instrument_figures::figures.eq(excluded(instrument_figures::figures)),
        ))
        .execute(conn)
}

/// How many people answered this version since a moment; stops counting at `enough`.
pub fn people_since(conn: &mut PgConnection, id: VersionId, since: DateTime<Utc>, enough: i64) -> QueryResult<i64> {
    let people: Vec<Option<UserId>> = assessments::table
        .filter(assessments::made_at.gt(since))
        .filter(assessments::instrument_version_id.eq(id))
        .select(assessments::user_id)
        .distinct()
        .limit(enough)
        .load(conn)?;
    Ok(people.len() as i64)
}

/// The id of the last of the next `count` people after `after`, by id; `None` when
/// there are fewer.
pub fn end_of_batch(conn: &mut PgConnection, after: i64, count: i64) -> QueryResult<Option<i64>> {
    users::table.filter(users::id.gt(after)).order(users::id).offset(count - 1).select(users::id).first(conn).optional()
}

/// One person's answers and scores, without who it is.
#[derive(QueryableByName)]
pub struct Answered {
    #[diesel(sql_type = Jsonb)]
    pub answers: Value,
    #[diesel(sql_type = Array<Nullable<Double>>)]
    pub subscale_scores: Vec<Option<f64>>,
    #[diesel(sql_type = Nullable<Double>)]
    pub score: Option<f64>,
}

/// Calls back with the latest check-up with a version of each person with an id after
/// `after` and up to `until`.
pub fn each_latest(
    conn: &mut PgConnection,
    id: VersionId,
    after: i64,
    until: i64,
    mut each: impl FnMut(Answered),
) -> QueryResult<()> {
    let rows = sql_query(
        "SELECT latest.* FROM users CROSS JOIN LATERAL (
             SELECT answers, subscale_scores, score FROM assessments
             WHERE user_id = users.id AND instrument_version_id = $1
             ORDER BY made_at DESC, number DESC LIMIT 1
         ) latest WHERE users.id > $2 AND users.id <= $3",
    )
    .bind::<BigInt, _>(id)
    .bind::<BigInt, _>(after)
    .bind::<BigInt, _>(until);
    for row in rows.load_iter::<Answered, diesel::connection::DefaultLoadingMode>(conn)? {
        each(row?);
    }
    Ok(())
}

//! Periods, what was counted in them, and what they published, in the database. Reads
//! other people's answers only as sums over departments.

use crate::{
    db::{
        schema::{
            instrument_versions, periods, published_cells, published_changes, published_shares, released_departments,
            releases,
        },
        types::pg_enum,
    },
    departments::Department,
    domain::{DepartmentId, PeriodId, PeriodKind, PeriodState, Rhythm},
    error::AppError,
    instruments::{VersionId, instrument::Instrument},
    library::Category,
    publication::{
        self, CellState, ReleasedChange, Spread,
        noise::NoiseKind,
        publish::{Published, PublishedCell, Sums},
        suppression::Cell,
    },
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    connection::SimpleConnection as _,
    dsl::{exists, not},
    prelude::*,
    sql_query,
    sql_types::{BigInt, Date},
};
use std::collections::HashMap;

pg_enum!(CellState => CellState);

/// Rows per INSERT; PostgreSQL allows 65,535 bound values.
const ROWS: usize = 5_000;

/// Raises the statement timeout and the memory of a statement: publishing a large
/// company's period takes longer than a page may take, and joins everybody at once.
pub fn allow_time(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute("SET LOCAL statement_timeout = '10min'; SET LOCAL work_mem = '64MB'")
}

/// The columns of a period that publishing needs.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = periods)]
pub struct PeriodRow {
    pub id: PeriodId,
    pub kind: PeriodKind,
    pub state: PeriodState,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub instrument_version_id: Option<VersionId>,
    pub cut_off_set: Option<String>,
    /// The smallest group, where it was fixed when the period was opened.
    pub min_group: Option<i16>,
    /// How often campaigns came when it was opened.
    pub rhythm: Option<Rhythm>,
}

/// Locks the period, which waits for submits that are in progress.
pub fn lock(conn: &mut PgConnection, period: PeriodId) -> QueryResult<PeriodRow> {
    periods::table.find(period).select(PeriodRow::as_select()).for_update().first(conn)
}

pub fn set_closed(conn: &mut PgConnection, period: PeriodId, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(periods::table.find(period))
        .set((periods::state.eq(PeriodState::Closed), periods::closed_at.eq(now)))
        .execute(conn)
}

/// Closed periods without a release, oldest first.
pub fn closed_without_release(conn: &mut PgConnection) -> QueryResult<Vec<PeriodRow>> {
    periods::table
        .filter(periods::state.eq(PeriodState::Closed))
        .filter(not(exists(releases::table.filter(releases::period_id.eq(periods::id)))))
        .order((periods::ends_on, periods::id))
        .select(PeriodRow::as_select())
        .load(conn)
}

/// Open periods whose last day has passed, oldest first.
pub fn due(conn: &mut PgConnection, today: NaiveDate) -> QueryResult<Vec<PeriodId>> {
    periods::table
        .filter(periods::state.eq(PeriodState::Open))
        .filter(periods::ends_on.lt(today))
        .order((periods::ends_on, periods::id))
        .select(periods::id)
        .load(conn)
}

#[derive(QueryableByName)]
struct IdRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// The questionnaires that at least so many people answered in a period. It must not be
/// visible that fewer answered one.
pub fn versions(conn: &mut PgConnection, period: PeriodId, least: u64) -> QueryResult<Vec<VersionId>> {
    let answered: Vec<IdRow> = sql_query(
        "SELECT a.instrument_version_id AS id
         FROM assessments a LEFT JOIN users u ON u.id = a.user_id
         WHERE a.period_id = $1 AND a.counts AND (a.user_id IS NULL OR u.confirmed_at IS NOT NULL)
         GROUP BY 1 HAVING count(*) >= $2 ORDER BY 1",
    )
    .bind::<BigInt, _>(period)
    .bind::<BigInt, _>(least as i64)
    .load(conn)?;
    Ok(answered.into_iter().map(|row| VersionId(row.id)).collect())
}

pub fn instrument(conn: &mut PgConnection, version: VersionId) -> Result<Instrument, AppError> {
    let definition: serde_json::Value =
        instrument_versions::table.find(version).select(instrument_versions::definition).first(conn)?;
    serde_json::from_value(definition).map_err(|error| AppError::Internal(error.into()))
}

/// The release with which changes are compared: the latest earlier one with the same
/// questionnaire and kind of period, by the same rules. None is compared with one from
/// before there was noise.
pub fn release_before(
    conn: &mut PgConnection,
    period: &PeriodRow,
    version: VersionId,
) -> QueryResult<Option<PeriodId>> {
    releases::table
        .inner_join(periods::table.on(periods::id.eq(releases::period_id)))
        .filter(releases::instrument_version_id.eq(version))
        .filter(periods::kind.eq(period.kind))
        .filter(periods::ends_on.lt(period.ends_on))
        .filter(releases::noise_kind.is_not_null())
        .order((periods::ends_on.desc(), periods::id.desc()))
        .select(releases::period_id)
        .first(conn)
        .optional()
}

pub fn insert_release(
    conn: &mut PgConnection,
    period: &PeriodRow,
    version: VersionId,
    (k, kind): (u16, NoiseKind),
    published: &Published,
    against: Option<PeriodId>,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::insert_into(releases::table)
        .values((
            releases::period_id.eq(period.id),
            releases::instrument_version_id.eq(version),
            releases::min_group.eq(k as i16),
            releases::cut_off_set.eq(&period.cut_off_set),
            releases::noise_kind.eq(kind),
            releases::deviations.eq(&published.deviations),
            releases::degrees.eq(&published.degrees),
            releases::against_period_id.eq(against),
            releases::published_at.eq(now),
        ))
        .execute(conn)
}

pub fn insert_departments(
    conn: &mut PgConnection,
    period: PeriodId,
    version: VersionId,
    departments: &[Department],
) -> QueryResult<()> {
    for (chunk, some) in departments.chunks(ROWS).enumerate() {
        let rows: Vec<_> = some
            .iter()
            .enumerate()
            .map(|(index, one)| {
                (
                    released_departments::period_id.eq(period),
                    released_departments::instrument_version_id.eq(version),
                    released_departments::department_id.eq(one.id),
                    released_departments::parent_id.eq(one.parent),
                    released_departments::place.eq((chunk * ROWS + index + 1) as i32),
                    released_departments::depth.eq(one.depth as i16),
                    released_departments::name.eq(&one.name),
                )
            })
            .collect();
        diesel::insert_into(released_departments::table).values(rows).execute(conn)?;
    }
    Ok(())
}

pub fn insert_cells(
    conn: &mut PgConnection,
    period: PeriodId,
    version: VersionId,
    ids: &[DepartmentId],
    cells: &[(String, PublishedCell)],
) -> QueryResult<()> {
    for some in cells.chunks(ROWS) {
        let rows: Vec<_> = some
            .iter()
            .map(|(measure, cell)| {
                let (state, sums) = shown(&cell.cell);
                (
                    published_cells::period_id.eq(period),
                    published_cells::instrument_version_id.eq(version),
                    published_cells::department_id.eq(ids[cell.place]),
                    published_cells::measure.eq(measure),
                    published_cells::state.eq(state),
                    published_cells::atom.eq(cell.atom as i64),
                    published_cells::people.eq(sums.map(|sums: &Sums| sums.people as i64)),
                    published_cells::blocks.eq(sums.and_then(|sums| sums.blocks).map(|blocks| blocks as i32)),
                    published_cells::sums.eq(sums.map(|sums| &sums.sums)),
                )
            })
            .collect();
        diesel::insert_into(published_cells::table).values(rows).execute(conn)?;
    }
    Ok(())
}

/// What of a cell is stored: suppressed cells are stored without figures.
fn shown<T>(cell: &Cell<T>) -> (CellState, Option<&T>) {
    match cell {
        Cell::Value(sums) => (CellState::Value, Some(sums)),
        Cell::Suppressed => (CellState::Suppressed, None),
        Cell::Empty => (CellState::Empty, None),
    }
}

type SpreadRow = (i16, Option<NoiseKind>, Vec<Option<f64>>, Option<Vec<Option<i64>>>);

/// What the standard errors of a release follow from, by the scales of its
/// questionnaire.
pub fn spreads(
    conn: &mut PgConnection,
    period: PeriodId,
    version: VersionId,
    instrument: &Instrument,
) -> QueryResult<Vec<Option<Spread>>> {
    let (k, kind, deviations, degrees): SpreadRow = releases::table
        .find((period, version))
        .select((releases::min_group, releases::noise_kind, releases::deviations, releases::degrees))
        .first(conn)?;
    let of_scale = |(index, scale)| {
        let deviation = deviations.get(index).copied().flatten();
        let degrees = degrees.as_ref().map(|all| all.get(index).copied().flatten());
        publication::spread(instrument, scale, (deviation, degrees), (kind, u64::from(k.unsigned_abs())))
    };
    Ok(instrument.scales().enumerate().map(of_scale).collect())
}

type MeanRow = (DepartmentId, String, Option<i64>, Option<i32>, Option<Vec<Option<i64>>>);

/// A published mean as its sum, in millionths of a percent.
pub struct MeanSum {
    pub people: u64,
    pub blocks: u64,
    pub sum: i64,
}

/// Every published mean of a release.
pub fn means(
    conn: &mut PgConnection,
    period: PeriodId,
    version: VersionId,
) -> QueryResult<HashMap<(DepartmentId, String), MeanSum>> {
    let rows: Vec<MeanRow> = published_cells::table
        .filter(published_cells::period_id.eq(period))
        .filter(published_cells::instrument_version_id.eq(version))
        .filter(published_cells::measure.like("mean.%"))
        .filter(published_cells::state.eq(CellState::Value))
        .select((
            published_cells::department_id,
            published_cells::measure,
            published_cells::people,
            published_cells::blocks,
            published_cells::sums,
        ))
        .load(conn)?;
    let value = |(department, measure, people, blocks, sums): MeanRow| {
        let (people, blocks) = (people?.unsigned_abs(), blocks.map_or(0, |blocks| u64::from(blocks.unsigned_abs())));
        Some(((department, measure), MeanSum { people, blocks, sum: sums?.first().copied().flatten()? }))
    };
    Ok(rows.into_iter().filter_map(value).collect())
}

pub fn insert_changes(
    conn: &mut PgConnection,
    period: PeriodId,
    version: VersionId,
    changes: &[ReleasedChange],
) -> QueryResult<()> {
    for some in changes.chunks(ROWS) {
        let rows: Vec<_> = some
            .iter()
            .map(|one| {
                (
                    published_changes::period_id.eq(period),
                    published_changes::instrument_version_id.eq(version),
                    published_changes::department_id.eq(one.department),
                    published_changes::measure.eq(&one.measure),
                    published_changes::difference.eq(one.change.difference),
                    published_changes::low.eq(one.change.low),
                    published_changes::high.eq(one.change.high),
                    published_changes::adjusted_p.eq(one.adjusted_p),
                )
            })
            .collect();
        diesel::insert_into(published_changes::table).values(rows).execute(conn)?;
    }
    Ok(())
}

#[derive(QueryableByName)]
struct HeldRow {
    #[diesel(sql_type = crate::db::schema::sql_types::ItemCategory)]
    category: Category,
    #[diesel(sql_type = BigInt)]
    people: i64,
    #[diesel(sql_type = BigInt)]
    completed: i64,
}

/// Per category the confirmed people with such a recommendation on their list during a
/// month, and how many of them completed one in it; without professional help.
pub fn held_by_category(conn: &mut PgConnection, month: &PeriodRow) -> QueryResult<Vec<(Category, i64, i64)>> {
    let rows: Vec<HeldRow> = sql_query(
        "SELECT i.category, count(DISTINCT r.user_id) AS people,
                count(DISTINCT r.user_id) FILTER (WHERE r.completed_at >= $1 AND r.completed_at < $2 + 1) AS completed
         FROM recommendations r
         JOIN library_items i ON i.id = r.item_id
         JOIN users u ON u.id = r.user_id AND u.confirmed_at IS NOT NULL
         WHERE r.given_at < $2 + 1 AND (r.completed_at IS NULL OR r.completed_at >= $1)
           AND i.category <> 'professional_help'
         GROUP BY i.category",
    )
    .bind::<Date, _>(month.starts_on)
    .bind::<Date, _>(month.ends_on)
    .load(conn)?;
    Ok(rows.into_iter().map(|row| (row.category, row.people, row.completed)).collect())
}

pub fn insert_shares(conn: &mut PgConnection, month: PeriodId, shares: &[(Category, i64, i64)]) -> QueryResult<usize> {
    let rows: Vec<_> = shares
        .iter()
        .map(|(category, people, completed)| {
            (
                published_shares::period_id.eq(month),
                published_shares::category.eq(category),
                published_shares::people.eq(people),
                published_shares::completed.eq(completed),
            )
        })
        .collect();
    diesel::insert_into(published_shares::table).values(rows).execute(conn)
}

/// Deletes the results left behind by people who left; once a period is published they
/// are not needed any more.
pub fn delete_rows_of_the_gone(conn: &mut PgConnection, period: PeriodId) -> QueryResult<usize> {
    use crate::db::schema::assessments;
    let gone = assessments::table
        .filter(assessments::period_id.eq(period))
        .filter(assessments::counts)
        .filter(assessments::user_id.is_null());
    diesel::delete(gone).execute(conn)
}

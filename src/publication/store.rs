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
    domain::{DepartmentId, Level, PeriodId, PeriodKind, PeriodState, Profile},
    error::AppError,
    instruments::{
        VersionId,
        instrument::{Direction, Instrument, Scale},
    },
    library::Category,
    publication::{
        CellState, ReleasedChange,
        grain::{self, Form},
        publish::{Counted, PublishedCell, ScaleSums, Sums},
        suppression::Cell,
    },
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    connection::SimpleConnection as _,
    dsl::{exists, not},
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Date, Double, Integer, Text},
};
use std::collections::HashMap;

pg_enum!(CellState => CellState);

/// First key of the advisory lock for closing periods, so that only one instance does
/// it. The second key is a hash of the schema, because a database may hold several
/// installations.
const CLOSING: i32 = 0x4845_0003;
/// Rows per INSERT; PostgreSQL allows 65,535 bound values.
const ROWS: usize = 5_000;

#[diesel::declare_sql_function]
extern "SQL" {
    fn pg_try_advisory_lock(key: Integer, installation: Integer) -> diesel::sql_types::Bool;
    fn pg_advisory_unlock(key: Integer, installation: Integer) -> diesel::sql_types::Bool;
    fn hashtext(text: Text) -> Integer;
    fn current_schema() -> Text;
}

pub fn try_lock_closing(conn: &mut PgConnection) -> QueryResult<bool> {
    diesel::select(pg_try_advisory_lock(CLOSING, hashtext(current_schema()))).get_result(conn)
}

pub fn unlock_closing(conn: &mut PgConnection) -> QueryResult<bool> {
    diesel::select(pg_advisory_unlock(CLOSING, hashtext(current_schema()))).get_result(conn)
}

/// Raises the statement timeout: publishing a large company's period takes longer than
/// a page may take.
pub fn allow_time(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute("SET LOCAL statement_timeout = '10min'")
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

/// The questionnaires that at least k people answered in a period. It must not be
/// visible that fewer answered one.
pub fn versions(conn: &mut PgConnection, period: PeriodId, k: u16) -> QueryResult<Vec<VersionId>> {
    let answered: Vec<IdRow> = sql_query(
        "SELECT a.instrument_version_id AS id
         FROM assessments a LEFT JOIN users u ON u.id = a.user_id
         WHERE a.period_id = $1 AND a.counts AND (a.user_id IS NULL OR u.confirmed_at IS NOT NULL)
         GROUP BY 1 HAVING count(*) >= $2 ORDER BY 1",
    )
    .bind::<BigInt, _>(period)
    .bind::<BigInt, _>(i64::from(k))
    .load(conn)?;
    Ok(answered.into_iter().map(|row| VersionId(row.id)).collect())
}

pub fn instrument(conn: &mut PgConnection, version: VersionId) -> Result<Instrument, AppError> {
    let definition: serde_json::Value =
        instrument_versions::table.find(version).select(instrument_versions::definition).first(conn)?;
    serde_json::from_value(definition).map_err(|error| AppError::Internal(error.into()))
}

#[derive(QueryableByName)]
struct CountRow {
    #[diesel(sql_type = BigInt)]
    department: i64,
    #[diesel(sql_type = Array<BigInt>)]
    people: Vec<i64>,
    #[diesel(sql_type = Array<BigInt>)]
    sums: Vec<i64>,
    #[diesel(sql_type = Array<Double>)]
    squares: Vec<f64>,
    #[diesel(sql_type = Array<BigInt>)]
    levels: Vec<i64>,
    #[diesel(sql_type = Array<BigInt>)]
    profiles: Vec<i64>,
    /// Number of people per group of values, for one scale after the other.
    #[diesel(sql_type = Array<BigInt>)]
    groups: Vec<i64>,
}

/// What each department's own people sum up to: confirmed people, and results left
/// behind by people who left. Sums are in whole millionths, so that the order of
/// addition does not matter.
pub fn count(
    conn: &mut PgConnection,
    period: PeriodId,
    version: VersionId,
    instrument: &Instrument,
) -> QueryResult<Vec<(DepartmentId, Counted)>> {
    let strains: Vec<String> = instrument.scales().map(|scale| strain(instrument, scale)).collect();
    let each = |sql: fn(&str) -> String| strains.iter().map(|strain| sql(strain)).collect::<Vec<_>>().join(", ");
    let by_code = |column: &str, codes: Vec<&str>| {
        let one = |code: &&str| format!("count(*) FILTER (WHERE a.{column} = '{code}')");
        codes.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    let forms: Vec<Form> = instrument.scales().map(|scale| grain::form(instrument, scale)).collect();
    let groups: Vec<String> =
        instrument.scales().zip(&forms).flat_map(|(scale, form)| people_per_group(scale, form)).collect();
    let query = format!(
        "SELECT coalesce(a.department_id, 0) AS department,
                ARRAY[{people}] AS people, ARRAY[{sums}] AS sums, ARRAY[{squares}] AS squares,
                ARRAY[{levels}] AS levels, ARRAY[{profiles}] AS profiles, ARRAY[{groups}]::bigint[] AS groups
         FROM assessments a LEFT JOIN users u ON u.id = a.user_id
         WHERE a.period_id = $1 AND a.counts AND a.instrument_version_id = $2
           AND (a.user_id IS NULL OR u.confirmed_at IS NOT NULL)
         GROUP BY 1",
        people = each(|strain| format!("count({strain})")),
        sums = each(|strain| format!("coalesce(sum({strain}), 0)::bigint")),
        squares = each(|strain| format!("coalesce(sum({strain} * {strain}), 0)::double precision")),
        levels = by_code("level", Level::ALL.map(Level::code).to_vec()),
        profiles = by_code("profile", Profile::ALL.map(Profile::code).to_vec()),
        groups = groups.join(", "),
    );
    let rows: Vec<CountRow> = sql_query(query).bind::<BigInt, _>(period).bind::<BigInt, _>(version).load(conn)?;
    Ok(rows.into_iter().map(|row| (DepartmentId(row.department), counted(row, &forms))).collect())
}

/// SQL that counts the people in each group of values of a scale.
fn people_per_group(scale: Scale, form: &Form) -> Vec<String> {
    let (column, borders) = (column(scale), grain::borders(form.groups()));
    let one = |group: usize| {
        format!("count(*) FILTER (WHERE width_bucket({column}, ARRAY{borders:?}::double precision[]) = {group})")
    };
    (0..form.groups().len()).map(one).collect()
}

/// The column of a scale's raw values.
fn column(scale: Scale) -> String {
    match scale {
        Scale::Subscale(index) => format!("a.subscale_scores[{}]", index + 1),
        Scale::Total => "a.score".to_owned(),
    }
}

/// SQL for one person's strain in millionths of a percent of range.
fn strain(instrument: &Instrument, scale: Scale) -> String {
    let (min, max) = instrument.range(scale);
    let column = column(scale);
    let percent =
        format!("(round(({column} - {min:?}::double precision) * {:?}::double precision))::bigint", 1e8 / (max - min));
    match instrument.direction(scale) {
        Direction::HigherIsWorse => percent,
        Direction::HigherIsBetter => format!("(100000000 - {percent})"),
    }
}

fn counted(row: CountRow, forms: &[Form]) -> Counted {
    let whole = |counts: Vec<i64>| -> Vec<u64> { counts.into_iter().map(i64::unsigned_abs).collect() };
    let mut groups = whole(row.groups).into_iter();
    let sums = row.people.iter().zip(row.sums).zip(row.squares);
    Counted {
        scales: sums
            .map(|((people, sum), squares)| ScaleSums { people: people.unsigned_abs(), sum, squares: squares / 1e12 })
            .collect(),
        values: forms.iter().map(|form| groups.by_ref().take(form.groups().len()).collect()).collect(),
        levels: whole(row.levels),
        profiles: whole(row.profiles),
    }
}

#[derive(QueryableByName)]
struct ParticipationRow {
    #[diesel(sql_type = BigInt)]
    department: i64,
    #[diesel(sql_type = BigInt)]
    answered: i64,
    #[diesel(sql_type = BigInt)]
    silent: i64,
}

/// For each department how many of the people asked answered, and how many did not.
/// Asked are the invited of a campaign, or everybody with a confirmed account for a
/// month.
pub fn participation(conn: &mut PgConnection, period: &PeriodRow) -> QueryResult<Vec<(DepartmentId, [u64; 2])>> {
    let asked = match period.kind {
        PeriodKind::Campaign => "(SELECT user_id, department_id FROM invitations WHERE period_id = $1)",
        PeriodKind::Month => "(SELECT id AS user_id, department_id FROM users WHERE confirmed_at IS NOT NULL)",
    };
    let query = format!(
        "SELECT coalesce(asked.department_id, 0) AS department,
                count(answers.user_id) AS answered, count(*) - count(answers.user_id) AS silent
         FROM {asked} asked
         LEFT JOIN (SELECT DISTINCT user_id FROM assessments WHERE period_id = $1 AND counts) answers USING (user_id)
         GROUP BY 1"
    );
    let rows: Vec<ParticipationRow> = sql_query(query).bind::<BigInt, _>(period.id).load(conn)?;
    let answers = |row: ParticipationRow| {
        (DepartmentId(row.department), [row.answered.unsigned_abs(), row.silent.unsigned_abs()])
    };
    Ok(rows.into_iter().map(answers).collect())
}

/// The release with which changes are compared: the latest earlier one with the same
/// questionnaire and kind of period.
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
        .order((periods::ends_on.desc(), periods::id.desc()))
        .select(releases::period_id)
        .first(conn)
        .optional()
}

pub fn insert_release(
    conn: &mut PgConnection,
    period: &PeriodRow,
    version: VersionId,
    k: u16,
    deviations: &[Option<f64>],
    against: Option<PeriodId>,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::insert_into(releases::table)
        .values((
            releases::period_id.eq(period.id),
            releases::instrument_version_id.eq(version),
            releases::min_group.eq(k as i16),
            releases::cut_off_set.eq(&period.cut_off_set),
            releases::deviations.eq(deviations),
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

pub fn deviations(conn: &mut PgConnection, period: PeriodId, version: VersionId) -> QueryResult<Vec<Option<f64>>> {
    releases::table.find((period, version)).select(releases::deviations).first(conn)
}

type MeanRow = (DepartmentId, String, Option<i64>, Option<Vec<Option<i64>>>);

/// Every published mean of a release: number of people and sum.
pub fn means(
    conn: &mut PgConnection,
    period: PeriodId,
    version: VersionId,
) -> QueryResult<HashMap<(DepartmentId, String), (u64, i64)>> {
    let rows: Vec<MeanRow> = published_cells::table
        .filter(published_cells::period_id.eq(period))
        .filter(published_cells::instrument_version_id.eq(version))
        .filter(published_cells::measure.like("mean.%"))
        .filter(published_cells::state.eq(CellState::Value))
        .select((
            published_cells::department_id,
            published_cells::measure,
            published_cells::people,
            published_cells::sums,
        ))
        .load(conn)?;
    let value = |(department, measure, people, sums): MeanRow| {
        Some(((department, measure), (people?.unsigned_abs(), sums?.first().copied().flatten()?)))
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

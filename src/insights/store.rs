//! Published cells in the database; the insights are made from nothing else.

use crate::{
    db::schema::{
        departments, periods, published_cells, published_changes, published_pulse_months, published_pulses,
        published_shares, pulse_months, released_departments, releases, users,
    },
    domain::{DepartmentId, PeriodId, PeriodKind, PeriodState},
    error::AppError,
    insights::{
        Place, Release,
        view::{self, Change, Share},
    },
    instruments::VersionId,
    library::Category,
    publication::{CellState, noise::NoiseKind, pulses::MEASURES},
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// A published cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub state: CellState,
    pub people: Option<i64>,
    /// Of a mean with noise, how many blocks it is the sum of; else 0.
    pub blocks: u64,
    pub sums: Vec<i64>,
}

/// Changes whenever any overview may change. Releases are never deleted or
/// changed, so their counts are enough; of the open campaign it holds everything that
/// is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublicationVersion {
    pub releases: i64,
    /// Months of the daily note.
    pub notes: i64,
    pub campaign: Option<OpenCampaign>,
}

/// Everything that is shown of an open campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenCampaign {
    pub name: String,
    pub ends_on: NaiveDate,
    /// Share of the invited who answered, in percent rounded to 5; and the day of that
    /// figure.
    pub participation: Option<i16>,
    pub participation_on: Option<NaiveDate>,
}

/// A value that changes whenever a cached overview may have become outdated.
///
/// The current stamp, with one query.
///
/// # Errors
/// Those of the database.
pub fn stamp(conn: &mut PgConnection) -> Result<PublicationVersion, AppError> {
    let open = || {
        let campaigns = periods::table.filter(periods::kind.eq(PeriodKind::Campaign));
        campaigns.filter(periods::state.eq(PeriodState::Open))
    };
    type Row = (Option<i64>, Option<i64>, Option<String>, Option<NaiveDate>, Option<i16>, Option<NaiveDate>);
    let (releases, notes, name, ends_on, participation, participation_on): Row = diesel::select((
        releases::table.count().single_value(),
        pulse_months::table.count().single_value(),
        open().select(periods::name).single_value(),
        open().select(periods::ends_on).single_value(),
        open().select(periods::participation).single_value(),
        open().select(periods::participation_on).single_value(),
    ))
    .first(conn)?;
    let campaign =
        name.zip(ends_on).map(|(name, ends_on)| OpenCampaign { name, ends_on, participation, participation_on });
    Ok(PublicationVersion { releases: releases.unwrap_or(0), notes: notes.unwrap_or(0), campaign })
}

/// How far a company is on the way to its first published figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetupProgress {
    pub departments: i64,
    /// Confirmed people.
    pub people: i64,
    /// Whether a campaign was ever planned or opened.
    pub has_campaign: bool,
}

/// How far a company is on the way to its first published figures.
///
/// # Errors
/// Those of the database.
pub fn beginnings(conn: &mut PgConnection) -> Result<SetupProgress, AppError> {
    let confirmed = users::table.filter(users::confirmed_at.is_not_null());
    let campaigns = periods::table.filter(periods::kind.eq(PeriodKind::Campaign));
    Ok(SetupProgress {
        departments: departments::table.count().get_result(conn)?,
        people: confirmed.count().get_result(conn)?,
        has_campaign: diesel::select(diesel::dsl::exists(campaigns)).get_result(conn)?,
    })
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = releases)]
struct ReleaseRow {
    #[diesel(column_name = period_id)]
    period: PeriodId,
    #[diesel(column_name = instrument_version_id)]
    version: VersionId,
    min_group: i16,
    cut_off_set: Option<String>,
    deviations: Vec<Option<f64>>,
    degrees: Option<Vec<Option<i64>>>,
    noise_kind: Option<NoiseKind>,
    #[diesel(column_name = against_period_id)]
    against: Option<PeriodId>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = periods)]
struct PeriodRow {
    kind: PeriodKind,
    name: Option<String>,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
}

fn release((row, period): (ReleaseRow, PeriodRow)) -> Release {
    Release {
        period: row.period,
        version: row.version,
        kind: period.kind,
        name: period.name,
        starts_on: period.starts_on,
        ends_on: period.ends_on,
        min_group: row.min_group,
        cut_off_set: row.cut_off_set,
        deviations: row.deviations,
        degrees: row.degrees,
        noise: row.noise_kind,
        against: row.against,
    }
}

/// Releases, latest first; those of campaigns before those of months that end on the
/// same day, and within a period the newest questionnaire first.
pub fn releases(conn: &mut PgConnection, limit: i64) -> QueryResult<Vec<Release>> {
    let rows = releases::table
        .inner_join(periods::table.on(periods::id.eq(releases::period_id)))
        .order((
            periods::ends_on.desc(),
            periods::kind.desc(),
            periods::id.desc(),
            releases::instrument_version_id.desc(),
        ))
        .limit(limit)
        .select((ReleaseRow::as_select(), PeriodRow::as_select()))
        .load(conn)?;
    Ok(rows.into_iter().map(release).collect())
}

/// The company and its departments as they were published.
pub fn places(conn: &mut PgConnection, release: &Release) -> QueryResult<Vec<Place>> {
    let rows: Vec<(DepartmentId, Option<DepartmentId>, i16, String)> = released_departments::table
        .filter(released_departments::period_id.eq(release.period))
        .filter(released_departments::instrument_version_id.eq(release.version))
        .order(released_departments::place)
        .select((
            released_departments::department_id,
            released_departments::parent_id,
            released_departments::depth,
            released_departments::name,
        ))
        .load(conn)?;
    let company = Place { id: DepartmentId(0), parent: None, depth: 0, name: String::new() };
    let place = |(id, parent, depth, name)| Place { id, parent, depth, name };
    Ok(std::iter::once(company).chain(rows.into_iter().map(place)).collect())
}

type CellRow = (DepartmentId, String, CellState, Option<i64>, Option<i32>, Option<Vec<Option<i64>>>);

fn cell((department, measure, state, people, blocks, sums): CellRow) -> ((DepartmentId, String), Cell) {
    let sums = sums.unwrap_or_default().into_iter().flatten().collect();
    ((department, measure), Cell { state, people, blocks: number(blocks), sums })
}

fn number(blocks: Option<i32>) -> u64 {
    blocks.map_or(0, |blocks| u64::from(blocks.unsigned_abs()))
}

pub fn cells(
    conn: &mut PgConnection,
    release: &Release,
    departments: &[DepartmentId],
) -> QueryResult<HashMap<(DepartmentId, String), Cell>> {
    let rows: Vec<CellRow> = published_cells::table
        .filter(published_cells::period_id.eq(release.period))
        .filter(published_cells::instrument_version_id.eq(release.version))
        .filter(published_cells::department_id.eq_any(departments))
        .select((
            published_cells::department_id,
            published_cells::measure,
            published_cells::state,
            published_cells::people,
            published_cells::blocks,
            published_cells::sums,
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(cell).collect())
}

/// One department's means in several periods.
pub fn means_over(
    conn: &mut PgConnection,
    version: VersionId,
    department: DepartmentId,
    periods: &[PeriodId],
) -> QueryResult<HashMap<PeriodId, HashMap<(DepartmentId, String), Cell>>> {
    let rows: Vec<(PeriodId, CellRow)> = published_cells::table
        .filter(published_cells::period_id.eq_any(periods))
        .filter(published_cells::instrument_version_id.eq(version))
        .filter(published_cells::department_id.eq(department))
        .filter(published_cells::measure.like("mean.%"))
        .select((
            published_cells::period_id,
            (
                published_cells::department_id,
                published_cells::measure,
                published_cells::state,
                published_cells::people,
                published_cells::blocks,
                published_cells::sums,
            ),
        ))
        .load(conn)?;
    let mut by_period: HashMap<PeriodId, HashMap<_, _>> = HashMap::new();
    for (period, row) in rows {
        let (key, cell) = cell(row);
        by_period.entry(period).or_default().insert(key, cell);
    }
    Ok(by_period)
}

/// Changes of one department's means, by measure.
pub fn changes(
    conn: &mut PgConnection,
    release: &Release,
    department: DepartmentId,
) -> QueryResult<HashMap<String, Change>> {
    let rows: Vec<(String, f64, f64, f64, f64)> = published_changes::table
        .filter(published_changes::period_id.eq(release.period))
        .filter(published_changes::instrument_version_id.eq(release.version))
        .filter(published_changes::department_id.eq(department))
        .select((
            published_changes::measure,
            published_changes::difference,
            published_changes::low,
            published_changes::high,
            published_changes::adjusted_p,
        ))
        .load(conn)?;
    let change = |(measure, difference, low, high, p)| (measure, view::change(difference, low, high, p));
    Ok(rows.into_iter().map(change).collect())
}

/// The cells of one month (or week) of the daily note by measure, and its smallest group.
type PulseCells = (u64, HashMap<String, Cell>);

/// The latest months of the daily note up to a day, of one department, by measure; oldest
/// first.
pub fn pulse_months(
    conn: &mut PgConnection,
    department: DepartmentId,
    until: NaiveDate,
    most: i64,
) -> QueryResult<BTreeMap<NaiveDate, PulseCells>> {
    type Row = (NaiveDate, i16, String, CellState, Option<i64>, Option<i32>, Option<i64>);
    let rows: Vec<Row> = published_pulse_months::table
        .inner_join(pulse_months::table)
        .filter(published_pulse_months::department_id.eq(department))
        .filter(published_pulse_months::starts_on.le(until))
        .order(published_pulse_months::starts_on.desc())
        .limit(most * MEASURES.len() as i64)
        .select((
            published_pulse_months::starts_on,
            pulse_months::min_group,
            published_pulse_months::measure,
            published_pulse_months::state,
            published_pulse_months::people,
            published_pulse_months::blocks,
            published_pulse_months::total,
        ))
        .load(conn)?;
    let mut by_month: BTreeMap<NaiveDate, PulseCells> = BTreeMap::new();
    for (first, k, measure, state, people, blocks, total) in rows {
        let cell = Cell { state, people, blocks: number(blocks), sums: total.into_iter().collect() };
        let cells = by_month.entry(first).or_insert_with(|| (u64::from(k.unsigned_abs()), HashMap::new()));
        cells.1.insert(measure, cell);
    }
    Ok(by_month)
}

/// The latest weeks from before the daily note was published by the month.
pub fn pulse_weeks(
    conn: &mut PgConnection,
    department: DepartmentId,
    until: NaiveDate,
    most: i64,
) -> QueryResult<BTreeMap<NaiveDate, HashMap<String, Cell>>> {
    type Row = (NaiveDate, String, CellState, Option<i64>, Option<i64>);
    let rows: Vec<Row> = published_pulses::table
        .filter(published_pulses::department_id.eq(department))
        .filter(published_pulses::week.le(until))
        .order(published_pulses::week.desc())
        .limit(most * MEASURES.len() as i64)
        .select((
            published_pulses::week,
            published_pulses::measure,
            published_pulses::state,
            published_pulses::people,
            published_pulses::total,
        ))
        .load(conn)?;
    let mut by_week: BTreeMap<NaiveDate, HashMap<String, Cell>> = BTreeMap::new();
    for (week, measure, state, people, total) in rows {
        let cell = Cell { state, people, blocks: 0, sums: total.into_iter().collect() };
        by_week.entry(week).or_default().insert(measure, cell);
    }
    Ok(by_week)
}

/// The company's shares of completed recommendations in the last month published by a
/// day.
pub fn completed(conn: &mut PgConnection, until: NaiveDate) -> QueryResult<Vec<(Category, Share)>> {
    let latest = periods::table
        .filter(periods::ends_on.le(until))
        .filter(diesel::dsl::exists(published_shares::table.filter(published_shares::period_id.eq(periods::id))))
        .order((periods::ends_on.desc(), periods::id.desc()))
        .select(periods::id)
        .first::<PeriodId>(conn)
        .optional()?;
    let Some(month) = latest else { return Ok(Vec::new()) };
    let rows: Vec<(Category, i64, i64)> = published_shares::table
        .filter(published_shares::period_id.eq(month))
        .order(published_shares::category)
        .select((published_shares::category, published_shares::people, published_shares::completed))
        .load(conn)?;
    Ok(rows.into_iter().map(|(category, people, completed)| (category, view::share(completed, people))).collect())
}

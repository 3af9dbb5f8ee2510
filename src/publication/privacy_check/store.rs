//! What was published, with the number of people in each department, from the database.

use crate::{
    db::schema::{
        published_cells, published_pulse_months, published_pulses, pulse_months, pulse_weeks, released_departments,
        releases,
    },
    domain::{DepartmentId, PeriodId},
    instruments::VersionId,
    publication::{
        noise::NoiseKind,
        privacy_check::{CheckedCell, Groups, ReleasedTree},
        pulses::PulseLength,
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;

type ReleaseRow = (PeriodId, VersionId, i16, Option<NoiseKind>);

/// Every release with its smallest group and smallest block, oldest first.
pub fn all_releases(conn: &mut PgConnection) -> QueryResult<Vec<(PeriodId, VersionId, Groups)>> {
    let rows: Vec<ReleaseRow> = releases::table
        .order((releases::published_at, releases::period_id, releases::instrument_version_id))
        .select((releases::period_id, releases::instrument_version_id, releases::min_group, releases::noise_kind))
        .load(conn)?;
    let groups = |k: i16, kind: Option<NoiseKind>| {
        let k = u64::from(k.unsigned_abs());
        Groups { k, least: kind.map_or(k, |kind| kind.least(k)) }
    };
    Ok(rows.into_iter().map(|(period, version, k, kind)| (period, version, groups(k, kind))).collect())
}

pub fn released_tree(conn: &mut PgConnection, period: PeriodId, version: VersionId) -> QueryResult<ReleasedTree> {
    let rows: ReleasedTree = released_departments::table
        .filter(released_departments::period_id.eq(period))
        .filter(released_departments::instrument_version_id.eq(version))
        .order(released_departments::place)
        .select((released_departments::department_id, released_departments::parent_id))
        .load(conn)?;
    Ok(with_company(rows))
}

fn with_company(tree: ReleasedTree) -> ReleasedTree {
    std::iter::once((DepartmentId(0), None)).chain(tree).collect()
}

pub fn checked_cells(conn: &mut PgConnection, period: PeriodId, version: VersionId) -> QueryResult<Vec<CheckedCell>> {
    let rows: Vec<(DepartmentId, String, i64, Option<i64>)> = published_cells::table
        .filter(published_cells::period_id.eq(period))
        .filter(published_cells::instrument_version_id.eq(version))
        .select((
            published_cells::department_id,
            published_cells::measure,
            published_cells::atom,
            published_cells::people,
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(checked).collect())
}

fn checked((department, measure, atom, people): (DepartmentId, String, i64, Option<i64>)) -> CheckedCell {
    CheckedCell { department, measure, atom: atom.unsigned_abs(), people: people.map(i64::unsigned_abs) }
}

/// Every published week and month of the daily note with its smallest group and smallest
/// block, oldest first.
pub fn all_notes(conn: &mut PgConnection) -> QueryResult<Vec<(PulseLength, NaiveDate, Groups)>> {
    let weeks: Vec<(NaiveDate, i16)> = pulse_weeks::table
        .order(pulse_weeks::starts_on)
        .select((pulse_weeks::starts_on, pulse_weeks::min_group))
        .load(conn)?;
    let months: Vec<(NaiveDate, i16)> = pulse_months::table
        .order(pulse_months::starts_on)
        .select((pulse_months::starts_on, pulse_months::min_group))
        .load(conn)?;
    let week = |(first, k): (NaiveDate, i16)| {
        let k = u64::from(k.unsigned_abs());
        (PulseLength::Week, first, Groups { k, least: k })
    };
    let month = |(first, k): (NaiveDate, i16)| {
        let k = u64::from(k.unsigned_abs());
        (PulseLength::Month, first, Groups { k, least: NoiseKind::Pulse.least(k) })
    };
    Ok(weeks.into_iter().map(week).chain(months.into_iter().map(month)).collect())
}

type NoteRow = (DepartmentId, Option<DepartmentId>, i32, String, i64, Option<i64>);

pub fn checked_notes(
    conn: &mut PgConnection,
    length: PulseLength,
    first: NaiveDate,
) -> QueryResult<(ReleasedTree, Vec<CheckedCell>)> {
    let rows: Vec<NoteRow> = match length {
        PulseLength::Week => published_pulses::table
            .filter(published_pulses::week.eq(first))
            .order((published_pulses::place, published_pulses::measure))
            .select((
                published_pulses::department_id,
                published_pulses::parent_id,
                published_pulses::place,
                published_pulses::measure,
                published_pulses::atom,
                published_pulses::people,
            ))
            .load(conn)?,
        PulseLength::Month => published_pulse_months::table
            .filter(published_pulse_months::starts_on.eq(first))
            .order((published_pulse_months::place, published_pulse_months::measure))
            .select((
                published_pulse_months::department_id,
                published_pulse_months::parent_id,
                published_pulse_months::place,
                published_pulse_months::measure,
                published_pulse_months::atom,
                published_pulse_months::people,
            ))
            .load(conn)?,
    };
    let mut tree: ReleasedTree = rows.iter().map(|row| (row.0, row.1)).collect();
    tree.dedup();
    Ok((tree, rows.into_iter().map(|row| checked((row.0, row.3, row.4, row.5))).collect()))
}

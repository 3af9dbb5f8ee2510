//! What was published, with the number of people in each department, from the database.

use crate::{
    db::schema::{published_cells, published_pulses, pulse_weeks, released_departments, releases},
    domain::{DepartmentId, PeriodId},
    instruments::VersionId,
    publication::privacy_check::{CheckedCell, ReleasedTree},
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// Every release with the smallest group at that time, oldest first.
pub fn all_releases(conn: &mut PgConnection) -> QueryResult<Vec<(PeriodId, VersionId, u64)>> {
    let rows: Vec<(PeriodId, VersionId, i16)> = releases::table
        .order((releases::published_at, releases::period_id, releases::instrument_version_id))
        .select((releases::period_id, releases::instrument_version_id, releases::min_group))
        .load(conn)?;
    Ok(rows.into_iter().map(|(period, version, k)| (period, version, u64::from(k.unsigned_abs()))).collect())
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

/// Every published week with the smallest group at that time, oldest first.
pub fn all_weeks(conn: &mut PgConnection) -> QueryResult<Vec<(NaiveDate, u64)>> {
    let rows: Vec<(NaiveDate, i16)> = pulse_weeks::table
        .order(pulse_weeks::starts_on)
        .select((pulse_weeks::starts_on, pulse_weeks::min_group))
        .load(conn)?;
    Ok(rows.into_iter().map(|(week, k)| (week, u64::from(k.unsigned_abs()))).collect())
}

pub fn checked_week(conn: &mut PgConnection, monday: NaiveDate) -> QueryResult<(ReleasedTree, Vec<CheckedCell>)> {
    let rows: Vec<(DepartmentId, Option<DepartmentId>, i32, String, i64, Option<i64>)> = published_pulses::table
        .filter(published_pulses::week.eq(monday))
        .order((published_pulses::place, published_pulses::measure))
        .select((
            published_pulses::department_id,
            published_pulses::parent_id,
            published_pulses::place,
            published_pulses::measure,
            published_pulses::atom,
            published_pulses::people,
        ))
        .load(conn)?;
    let mut tree: ReleasedTree = rows.iter().map(|row| (row.0, row.1)).collect();
    tree.dedup();
    Ok((tree, rows.into_iter().map(|row| checked((row.0, row.3, row.4, row.5))).collect()))
}

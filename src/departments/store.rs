//! Departments in PostgreSQL.

use crate::{
    db::schema::{assessments, departments, invitations, periods, users},
    domain::{DepartmentId, PeriodId, PeriodState},
};
use diesel::{
    dsl::{count, exists, not},
    prelude::*,
};
use std::collections::HashMap;

type Row = (DepartmentId, Option<DepartmentId>, String);

pub fn all(conn: &mut PgConnection) -> QueryResult<Vec<Row>> {
    departments::table.select((departments::id, departments::parent_id, departments::name)).load(conn)
}

/// Every department, and how many people are directly in it.
pub fn all_counted(conn: &mut PgConnection) -> QueryResult<(Vec<Row>, HashMap<DepartmentId, i64>)> {
    let rows: Vec<(Row, i64)> = departments::table
        .left_join(users::table)
        .group_by(departments::id)
        .select(((departments::id, departments::parent_id, departments::name), count(users::id.nullable())))
        .load(conn)?;
    let people = rows.iter().map(|((id, ..), people)| (*id, *people)).collect();
    Ok((rows.into_iter().map(|(row, _)| row).collect(), people))
}

pub fn insert(conn: &mut PgConnection, parent: Option<DepartmentId>, name: &str) -> QueryResult<DepartmentId> {
    diesel::insert_into(departments::table)
        .values((departments::parent_id.eq(parent), departments::name.eq(name)))
        .returning(departments::id)
        .get_result(conn)
}

pub fn update(
    conn: &mut PgConnection,
    id: DepartmentId,
    parent: Option<DepartmentId>,
    name: &str,
) -> QueryResult<usize> {
    diesel::update(departments::table.find(id))
        .set((departments::parent_id.eq(parent), departments::name.eq(name)))
        .execute(conn)
}

/// Locks open periods against closing until the transaction ends.
pub fn hold_open_periods(conn: &mut PgConnection) -> QueryResult<Vec<PeriodId>> {
    periods::table
        .filter(periods::state.eq(PeriodState::Open))
        .order(periods::id)
        .select(periods::id)
        .for_share()
        .load(conn)
}

/// Deletes the department if no person is in it; answers whether it did. A concurrent
/// transfer into it waits for this transaction, and then fails.
pub fn delete_if_nobody_is_in(conn: &mut PgConnection, id: DepartmentId) -> QueryResult<bool> {
    departments::table.find(id).select(departments::id).for_update().first::<DepartmentId>(conn)?;
    let people = users::table.filter(users::department_id.eq(id));
    let empty = departments::table.find(id).filter(not(exists(people)));
    Ok(diesel::delete(empty).execute(conn)? == 1)
}

/// Moves a department's check-ups and invitations of open periods to its parent.
pub fn count_for_parent(conn: &mut PgConnection, id: DepartmentId, parent: Option<DepartmentId>) -> QueryResult<()> {
    let open = || periods::table.filter(periods::state.eq(PeriodState::Open)).select(periods::id);
    let check_ups = assessments::table
        .filter(assessments::period_id.eq_any(open()))
        .filter(assessments::counts)
        .filter(assessments::department_id.eq(id));
    diesel::update(check_ups).set(assessments::department_id.eq(parent)).execute(conn)?;
    let invited =
        invitations::table.filter(invitations::period_id.eq_any(open())).filter(invitations::department_id.eq(id));
    diesel::update(invited).set(invitations::department_id.eq(parent)).execute(conn)?;
    Ok(())
}

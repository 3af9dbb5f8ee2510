//! Actions in PostgreSQL.

use crate::{
    actions::{Action, ActionId, Plan},
    db::{schema::actions, types::pg_id},
    domain::{DepartmentId, PeriodId, UserId},
    instruments::VersionId,
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

pg_id!(ActionId);

/// How many of those done a page shows.
const DONE_SHOWN: i64 = 50;

type Row =
    (ActionId, DepartmentId, VersionId, String, String, String, NaiveDate, Option<PeriodId>, Option<DateTime<Utc>>);

fn action((id, department, version, dimension, what, who, until_on, baseline, done_at): Row) -> Action {
    Action { id, department, version, dimension, what, who, until_on, baseline, done_at }
}

#[diesel::dsl::auto_type]
fn of(department: DepartmentId) -> _ {
    actions::table.filter(actions::department_id.eq(department))
}

const COLUMNS: (
    actions::id,
    actions::department_id,
    actions::instrument_version_id,
    actions::dimension,
    actions::what,
    actions::who,
    actions::until_on,
    actions::baseline_period_id,
    actions::done_at,
) = (
    actions::id,
    actions::department_id,
    actions::instrument_version_id,
    actions::dimension,
    actions::what,
    actions::who,
    actions::until_on,
    actions::baseline_period_id,
    actions::done_at,
);

/// Open ones by date, then those done last.
pub fn of_department(conn: &mut PgConnection, department: DepartmentId) -> QueryResult<Vec<Action>> {
    let mut rows: Vec<Row> = of(department)
        .filter(actions::done_at.is_null())
        .order((actions::until_on, actions::id))
        .select(COLUMNS)
        .load(conn)?;
    let done: Vec<Row> = of(department)
        .filter(actions::done_at.is_not_null())
        .order((actions::done_at.desc(), actions::id.desc()))
        .limit(DONE_SHOWN)
        .select(COLUMNS)
        .load(conn)?;
    rows.extend(done);
    Ok(rows.into_iter().map(action).collect())
}

pub fn find(conn: &mut PgConnection, id: ActionId) -> QueryResult<Action> {
    actions::table.find(id).select(COLUMNS).first(conn).map(action)
}

pub fn insert(
    conn: &mut PgConnection,
    department: DepartmentId,
    version: VersionId,
    plan: &Plan,
    baseline: Option<PeriodId>,
    by: UserId,
    now: DateTime<Utc>,
) -> QueryResult<ActionId> {
    diesel::insert_into(actions::table)
        .values((
            actions::department_id.eq(department),
            actions::instrument_version_id.eq(version),
            actions::dimension.eq(&plan.dimension),
            actions::what.eq(&plan.what),
            actions::who.eq(&plan.who),
            actions::until_on.eq(plan.until_on),
            actions::baseline_period_id.eq(baseline),
            actions::created_by.eq(by),
            actions::created_at.eq(now),
        ))
        .returning(actions::id)
        .get_result(conn)
}

pub fn update(conn: &mut PgConnection, id: ActionId, plan: &Plan) -> QueryResult<usize> {
    diesel::update(actions::table.find(id))
        .set((
            actions::dimension.eq(&plan.dimension),
            actions::what.eq(&plan.what),
            actions::who.eq(&plan.who),
            actions::until_on.eq(plan.until_on),
        ))
        .execute(conn)
}

/// One that is done already stays as it is.
pub fn finish(conn: &mut PgConnection, id: ActionId, now: DateTime<Utc>) -> QueryResult<usize> {
    let open = actions::table.find(id).filter(actions::done_at.is_null());
    diesel::update(open).set(actions::done_at.eq(now)).execute(conn)
}

pub fn reopen(conn: &mut PgConnection, id: ActionId) -> QueryResult<usize> {
    let done = actions::table.find(id).filter(actions::done_at.is_not_null());
    diesel::update(done).set(actions::done_at.eq(None::<DateTime<Utc>>)).execute(conn)
}

pub fn delete(conn: &mut PgConnection, id: ActionId) -> QueryResult<usize> {
    diesel::delete(actions::table.find(id)).execute(conn)
}

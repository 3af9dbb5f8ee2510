//! Uploads, and employees many at a time, in PostgreSQL.

use crate::{
    accounts::UserId,
    hr::{
        DepartmentId,
        employees::import::{
            ImportId, State,
            plan::{Known, Planned},
        },
    },
    i18n::Language,
    schema::{imports, users},
};
use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{Array, BigInt, Nullable, Text, Timestamptz},
};
use serde_json::Value;
use std::collections::HashMap;

pub fn insert(
    conn: &mut PgConnection,
    actor: UserId,
    content: &[u8],
    invite: bool,
    language: Language,
    now: DateTime<Utc>,
) -> QueryResult<ImportId> {
    diesel::insert_into(imports::table)
        .values((
            imports::user_id.eq(actor),
            imports::content.eq(content),
            imports::invite.eq(invite),
            imports::language.eq(language),
            imports::created_at.eq(now),
        ))
        .returning(imports::id)
        .get_result(conn)
}

/// An upload without the file.
#[derive(Queryable)]
pub struct Row {
    pub state: State,
    pub invite: bool,
    pub steps: i32,
    pub steps_done: i32,
    pub seen_running_at: Option<DateTime<Utc>>,
    pub result: Option<Value>,
}

/// Only who uploaded it finds it.
pub fn find(conn: &mut PgConnection, actor: UserId, id: ImportId) -> QueryResult<Row> {
    imports::table
        .find(id)
        .filter(imports::user_id.eq(actor))
        .select((
            imports::state,
            imports::invite,
            imports::steps,
            imports::steps_done,
            imports::seen_running_at,
            imports::result,
        ))
        .first(conn)
}

pub fn content(conn: &mut PgConnection, id: ImportId) -> QueryResult<Vec<u8>> {
    imports::table.find(id).select(imports::content).first(conn)
}

/// Claims it, also from a run that gave no sign of life since `silent`.
pub fn start(conn: &mut PgConnection, id: ImportId, now: DateTime<Utc>, silent: DateTime<Utc>) -> QueryResult<usize> {
    let interrupted = imports::state.eq(State::Running).and(imports::seen_running_at.lt(silent).assume_not_null());
    let waits = imports::state.eq(State::Checked).or(imports::state.eq(State::Failed));
    diesel::update(imports::table.find(id).filter(waits.or(interrupted)))
        .set((imports::state.eq(State::Running), imports::steps_done.eq(0), imports::seen_running_at.eq(now)))
        .execute(conn)
}

pub fn beat(conn: &mut PgConnection, id: ImportId, done: i32, steps: i32, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(imports::table.find(id).filter(imports::state.eq(State::Running)))
        .set((imports::steps_done.eq(done), imports::steps.eq(steps), imports::seen_running_at.eq(now)))
        .execute(conn)
}

/// The file has done its work and goes.
pub fn finish(conn: &mut PgConnection, id: ImportId, result: &Value) -> QueryResult<usize> {
    diesel::update(imports::table.find(id).filter(imports::state.eq(State::Running)))
        .set((imports::state.eq(State::Done), imports::result.eq(result), imports::content.eq(&b""[..])))
        .execute(conn)
}

pub fn fail(conn: &mut PgConnection, id: ImportId) -> QueryResult<usize> {
    diesel::update(imports::table.find(id).filter(imports::state.eq(State::Running)))
        .set(imports::state.eq(State::Failed))
        .execute(conn)
}

pub fn delete_before(conn: &mut PgConnection, oldest: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(imports::table.filter(imports::created_at.lt(oldest))).execute(conn)
}

/// The people with these addresses, by address.
pub fn people(conn: &mut PgConnection, addresses: &[String]) -> QueryResult<HashMap<String, Known>> {
    type Row = (String, UserId, String, String, Option<DepartmentId>, Option<UserId>, bool, bool);
    let rows: Vec<Row> = users::table
        .filter(users::email.eq_any(addresses))
        .select((
            users::email.assume_not_null(),
            users::id,
            users::name,
            users::position,
            users::department_id,
            users::manager_id,
            users::confirmed_at.is_not_null(),
            users::email_verified_at.is_not_null(),
        ))
        .load(conn)?;
    let known = |(email, id, name, position, department, manager, confirmed, verified)| {
        (email, Known { id, name, position, department, manager, confirmed, verified })
    };
    Ok(rows.into_iter().map(known).collect())
}

/// Everybody who reports to somebody.
pub fn managers(conn: &mut PgConnection) -> QueryResult<HashMap<UserId, UserId>> {
    let reporting = users::table.filter(users::manager_id.is_not_null());
    let rows: Vec<(UserId, UserId)> = reporting.select((users::id, users::manager_id.assume_not_null())).load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Names, positions, departments (`None` keeps them) and confirmations, in one statement.
pub fn change(
    conn: &mut PgConnection,
    changes: &[(UserId, &Planned, Option<DepartmentId>)],
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    let (mut ids, mut names, mut positions) = (Vec::new(), Vec::new(), Vec::new());
    let mut places = Vec::new();
    for (user, row, department) in changes {
        ids.push(user.0);
        names.push(row.name.as_str());
        positions.push(row.position.as_str());
        places.push(department.map(|department| department.0));
    }
    diesel::sql_query(
        "UPDATE users SET name = row.name, position = row.position,
             department_id = coalesce(row.department_id, users.department_id),
             confirmed_at = coalesce(confirmed_at, $5)
         FROM unnest($1, $2, $3, $4) AS row (id, name, position, department_id) WHERE users.id = row.id",
    )
    .bind::<Array<BigInt>, _>(ids)
    .bind::<Array<Text>, _>(names)
    .bind::<Array<Text>, _>(positions)
    .bind::<Array<Nullable<BigInt>>, _>(places)
    .bind::<Timestamptz, _>(now)
    .execute(conn)
}

pub fn set_managers(conn: &mut PgConnection, pairs: &[(UserId, UserId)]) -> QueryResult<usize> {
    let (users, managers): (Vec<i64>, Vec<i64>) = pairs.iter().map(|(user, manager)| (user.0, manager.0)).unzip();
    diesel::sql_query(
        "UPDATE users SET manager_id = row.manager_id
         FROM unnest($1, $2) AS row (id, manager_id) WHERE users.id = row.id",
    )
    .bind::<Array<BigInt>, _>(users)
    .bind::<Array<BigInt>, _>(managers)
    .execute(conn)
}

/// Those of these people who are confirmed, cannot sign in and were never invited.
pub fn uninvited(conn: &mut PgConnection, people: &[UserId]) -> QueryResult<Vec<UserId>> {
    users::table
        .filter(users::id.eq_any(people))
        .filter(users::confirmed_at.is_not_null())
        .filter(users::password_hash.is_null())
        .filter(users::invited_at.is_null())
        .select(users::id)
        .load(conn)
}

//! Uploads and bulk changes of employees in the database.

use crate::{
    db::{
        schema::{import_pages, imports, users},
        types::{pg_enum, pg_id},
    },
    domain::{DepartmentId, UserId},
    employee_import::{
        ImportId, NewUpload, State,
        plan::{Known, Planned},
    },
    error::AppError,
    i18n::Language,
};
use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{Array, BigInt, Nullable, Text, Timestamptz},
};
use serde_json::Value;
use std::collections::HashMap;

pg_id!(ImportId);

pg_enum!(State => ImportState);

pub fn insert(
    conn: &mut PgConnection,
    actor: UserId,
    upload: &NewUpload,
    summary: &Value,
    now: DateTime<Utc>,
) -> QueryResult<ImportId> {
    diesel::insert_into(imports::table)
        .values((
            imports::user_id.eq(actor),
            imports::content.eq(&upload.content[..]),
            imports::invite.eq(upload.invite),
            imports::language.eq(upload.language),
            imports::summary.eq(summary),
            imports::created_at.eq(now),
        ))
        .returning(imports::id)
        .get_result(conn)
}

/// Stores pages of the preview, numbered from 0, several with one statement.
pub fn insert_pages(conn: &mut PgConnection, id: ImportId, pages: &[Value]) -> QueryResult<()> {
    let mut numbered = pages
        .iter()
        .zip(0_i32..)
        .map(|(rows, page)| (import_pages::import_id.eq(id), import_pages::page.eq(page), import_pages::rows.eq(rows)));
    loop {
        let some: Vec<_> = numbered.by_ref().take(100).collect();
        if some.is_empty() {
            return Ok(());
        }
        diesel::insert_into(import_pages::table).values(some).execute(conn)?;
    }
}

pub fn delete_pages(conn: &mut PgConnection, id: ImportId) -> QueryResult<usize> {
    diesel::delete(import_pages::table.filter(import_pages::import_id.eq(id))).execute(conn)
}

pub fn page(conn: &mut PgConnection, id: ImportId, page: usize) -> QueryResult<Option<Value>> {
    let Ok(page) = i32::try_from(page) else { return Ok(None) };
    import_pages::table.find((id, page)).select(import_pages::rows).first(conn).optional()
}

/// Replaces the preview of an upload that is not running or imported.
pub fn set_look(
    conn: &mut PgConnection,
    actor: UserId,
    id: ImportId,
    choices: &Value,
    summary: &Value,
) -> QueryResult<usize> {
    let waits = imports::state.eq(State::Checked).or(imports::state.eq(State::Failed));
    diesel::update(imports::table.find(id).filter(imports::user_id.eq(actor)).filter(waits))
        .set((imports::choices.eq(choices), imports::summary.eq(summary)))
        .execute(conn)
}

/// Deletes the oldest uploads of a person until `most` are left, `newest` and
/// those that run aside. Ids are random: only time tells which is older.
pub fn delete_beyond(conn: &mut PgConnection, actor: UserId, newest: ImportId, most: i64) -> QueryResult<usize> {
    let others = imports::table
        .filter(imports::user_id.eq(actor))
        .filter(imports::id.ne(newest))
        .filter(imports::state.ne(State::Running));
    let by_age = others.order((imports::created_at.desc(), imports::id));
    let old: Vec<ImportId> = by_age.offset(most - 1).select(imports::id).load(conn)?;
    diesel::delete(imports::table.filter(imports::id.eq_any(old))).execute(conn)
}

/// The row of an upload, without the file.
#[derive(Queryable)]
pub struct Row {
    pub state: State,
    pub invite: bool,
    pub summary: Value,
    pub steps: i32,
    pub steps_done: i32,
    pub seen_running_at: Option<DateTime<Utc>>,
    pub result: Option<Value>,
}

/// The upload, if this person made it.
pub fn find(conn: &mut PgConnection, actor: UserId, id: ImportId) -> QueryResult<Row> {
    imports::table
        .find(id)
        .filter(imports::user_id.eq(actor))
        .select((
            imports::state,
            imports::invite,
            imports::summary,
            imports::steps,
            imports::steps_done,
            imports::seen_running_at,
            imports::result,
        ))
        .first(conn)
}

/// The file, and the choices made for it.
pub fn content(conn: &mut PgConnection, actor: UserId, id: ImportId) -> QueryResult<(Vec<u8>, Value)> {
    imports::table
        .find(id)
        .filter(imports::user_id.eq(actor))
        .filter(imports::state.ne(State::Done))
        .select((imports::content, imports::choices))
        .first(conn)
}

/// Claims an upload, also one whose run has had no heartbeat since `silent`.
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

/// Marks an upload as imported and deletes its file.
pub fn finish(conn: &mut PgConnection, id: ImportId, result: &Value) -> QueryResult<usize> {
    diesel::update(imports::table.find(id).filter(imports::state.eq(State::Running)))
        .set((imports::state.eq(State::Done), imports::result.eq(result), imports::content.eq(&b""[..])))
        .execute(conn)
}

/// Marks a running import as failed.
///
/// # Errors
/// Those of the database.
pub fn fail(conn: &mut PgConnection, id: ImportId) -> Result<(), AppError> {
    diesel::update(imports::table.find(id).filter(imports::state.eq(State::Running)))
        .set(imports::state.eq(State::Failed))
        .execute(conn)?;
    Ok(())
}

pub fn delete_before(conn: &mut PgConnection, oldest: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(imports::table.filter(imports::created_at.lt(oldest))).execute(conn)
}

/// The people with these addresses, by address.
pub fn people(conn: &mut PgConnection, addresses: &[String]) -> QueryResult<HashMap<String, Known>> {
    type Row = (String, UserId, String, String, Option<DepartmentId>, Option<UserId>, Option<Language>, bool, bool);
    let rows: Vec<Row> = users::table
        .filter(users::email.eq_any(addresses))
        .select((
            users::email.assume_not_null(),
            users::id,
            users::name,
            users::position,
            users::department_id,
            users::manager_id,
            users::language,
            users::confirmed_at.is_not_null(),
            users::email_verified_at.is_not_null(),
        ))
        .load(conn)?;
    let known = |(email, id, name, position, department, manager, language, confirmed, verified)| {
        (email, Known { id, name, position, department, manager, language, confirmed, verified })
    };
    Ok(rows.into_iter().map(known).collect())
}

/// Each person's manager, for everybody who has one.
pub fn managers(conn: &mut PgConnection) -> QueryResult<HashMap<UserId, UserId>> {
    let reporting = users::table.filter(users::manager_id.is_not_null());
    let rows: Vec<(UserId, UserId)> = reporting.select((users::id, users::manager_id.assume_not_null())).load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Changes names, positions, departments (`None` keeps them), languages of people who
/// chose none, and confirmations, in one statement.
pub fn change(
    conn: &mut PgConnection,
    changes: &[(UserId, &Planned, Option<DepartmentId>)],
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    let (mut ids, mut names, mut positions) = (Vec::new(), Vec::new(), Vec::new());
    let (mut places, mut languages) = (Vec::new(), Vec::new());
    for (user, row, department) in changes {
        ids.push(user.0);
        names.push(row.name.as_str());
        positions.push(row.position.as_str());
        places.push(department.map(|department| department.0));
        languages.push(row.language.map(Language::code));
    }
    diesel::sql_query(
        "UPDATE users SET name = row.name, position = row.position,
             department_id = coalesce(row.department_id, users.department_id),
             language = coalesce(users.language, row.language),
             confirmed_at = coalesce(confirmed_at, $6)
         FROM unnest($1, $2, $3, $4, $5) AS row (id, name, position, department_id, language)
         WHERE users.id = row.id",
    )
    .bind::<Array<BigInt>, _>(ids)
    .bind::<Array<Text>, _>(names)
    .bind::<Array<Text>, _>(positions)
    .bind::<Array<Nullable<BigInt>>, _>(places)
    .bind::<Array<Nullable<Text>>, _>(languages)
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

/// Which of these people are confirmed, have no password and were never invited.
pub fn uninvited(conn: &mut PgConnection, people: &[UserId]) -> QueryResult<Vec<UserId>> {
    users::table
        .filter(users::id.eq_any(people))
        .filter(users::confirmed_at.is_not_null())
        .filter(users::password_hash.is_null())
        .filter(users::invited_at.is_null())
        .select(users::id)
        .load(conn)
}

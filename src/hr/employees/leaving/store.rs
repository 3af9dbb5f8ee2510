//! People who leave and those who left, in PostgreSQL.

use crate::{
    accounts::UserId,
    hr::DepartmentId,
    schema::{erasure_requests, old_users, users},
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    dsl::{exists, sql},
    prelude::*,
    sql_types::{BigInt, Bool, Date, Nullable, Text, Timestamptz},
};

/// Somebody about to leave.
#[derive(Queryable)]
pub struct Leaver {
    pub email: Option<String>,
    /// Whether the address was shown to be theirs, or HR vouches for it.
    pub is_address_theirs: bool,
    pub name: String,
    pub position: String,
    pub department: Option<DepartmentId>,
    pub confirmed: bool,
    pub joined_on: NaiveDate,
    /// They asked to be erased, and their day is not over.
    pub wants_to_be_erased: bool,
}

impl Leaver {
    /// The address by which this person is known; one that anybody could have
    /// registered with is nobody's.
    pub fn address(&self) -> Option<&str> {
        self.email.as_deref().filter(|_| self.is_address_theirs)
    }
}

pub fn lock(conn: &mut PgConnection, user: UserId) -> QueryResult<Leaver> {
    let wish = erasure_requests::table.filter(erasure_requests::user_id.eq(users::id));
    users::table
        .find(user)
        .select((
            users::email,
            users::email_verified_at.is_not_null().or(users::confirmed_at.is_not_null()),
            users::name,
            users::position,
            users::department_id,
            users::confirmed_at.is_not_null(),
            users::joined_on,
            exists(wish),
        ))
        .for_update()
        .first(conn)
}

/// The row that is kept of somebody.
#[derive(Insertable)]
#[diesel(table_name = old_users)]
pub struct NewArchived<'a> {
    pub id: UserId,
    pub email: Option<&'a str>,
    pub name: &'a str,
    pub position: &'a str,
    pub department: &'a str,
    pub joined_on: NaiveDate,
    pub days_in_system: i32,
    pub completed_recommendations: i32,
    pub archived_at: DateTime<Utc>,
}

/// Somebody who came back on their own and leaves again has one row: the latest.
pub fn insert_archived(conn: &mut PgConnection, archived: &NewArchived<'_>) -> QueryResult<usize> {
    diesel::delete(old_users::table.filter(old_users::email.eq(archived.email))).execute(conn)?;
    diesel::insert_into(old_users::table).values(archived).execute(conn)
}

/// Somebody who was archived and came back on their own has a row there too.
pub fn forget_archived(conn: &mut PgConnection, user: UserId, email: Option<&str>) -> QueryResult<usize> {
    let theirs = old_users::id.nullable().eq(user).or(old_users::email.eq(email));
    diesel::delete(old_users::table.filter(theirs)).execute(conn)
}

/// With the row goes what refers to it: sign-ins, links, roles, agreements,
/// drafts, pulses, recommendations, invitations, uploads.
pub fn delete(conn: &mut PgConnection, user: UserId) -> QueryResult<usize> {
    diesel::delete(users::table.find(user)).execute(conn)
}

/// Somebody in the archive.
#[derive(Debug, Queryable)]
pub struct Archived {
    pub id: UserId,
    pub email: Option<String>,
    pub name: String,
    pub position: String,
    pub department: String,
    pub joined_on: NaiveDate,
    pub archived_at: DateTime<Utc>,
}

pub fn archived(conn: &mut PgConnection, after: Option<UserId>, limit: i64) -> QueryResult<Vec<Archived>> {
    let mut people = old_users::table
        .select((
            old_users::id,
            old_users::email,
            old_users::name,
            old_users::position,
            old_users::department,
            old_users::joined_on,
            old_users::archived_at,
        ))
        .into_boxed();
    if let Some(after) = after {
        let behind = sql::<Bool>("(archived_at, id) < (SELECT archived_at, id FROM old_users WHERE id = ");
        people = people.filter(behind.bind::<BigInt, _>(after).sql(")"));
    }
    people.order((old_users::archived_at.desc(), old_users::id.desc())).limit(limit).load(conn)
}

pub fn take_archived(conn: &mut PgConnection, user: UserId) -> QueryResult<Archived> {
    diesel::delete(old_users::table.find(user))
        .returning((
            old_users::id,
            old_users::email,
            old_users::name,
            old_users::position,
            old_users::department,
            old_users::joined_on,
            old_users::archived_at,
        ))
        .get_result(conn)
}

/// Under the number of before; the address is verified once the invitation is used.
pub fn insert_restored(
    conn: &mut PgConnection,
    archived: &Archived,
    department: Option<DepartmentId>,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::sql_query(
        "INSERT INTO users (id, email, name, position, department_id, confirmed_at, joined_on)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind::<BigInt, _>(archived.id)
    .bind::<Nullable<Text>, _>(&archived.email)
    .bind::<Text, _>(&archived.name)
    .bind::<Text, _>(&archived.position)
    .bind::<Nullable<BigInt>, _>(department)
    .bind::<Timestamptz, _>(now)
    .bind::<Date, _>(archived.joined_on)
    .execute(conn)
}

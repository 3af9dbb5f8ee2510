//! The archive in the database.

use crate::{
    db::{
        keyset::{self, Order},
        schema::old_users,
    },
    domain::{DepartmentId, UserId},
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    prelude::*,
    sql_types::{BigInt, Date, Nullable, Text, Timestamptz},
};

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
        people = people.filter(keyset::behind("old_users", "archived_at", Order::Descending, after.0));
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

/// Inserts the user with the old id. The address counts as verified once the invitation
/// is used.
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

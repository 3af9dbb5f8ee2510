//! Requests to be erased, in PostgreSQL.

use crate::{
    db::schema::{erasure_requests, role_permissions, user_roles, users},
    domain::{Permission, UserId},
    error::AppError,
};
use chrono::{DateTime, Utc};
use diesel::{
    dsl::{exists, not},
    prelude::*,
};

/// Inserts a request; 0 rows when there is one already.
pub fn request(conn: &mut PgConnection, user: UserId, now: DateTime<Utc>, due_at: DateTime<Utc>) -> QueryResult<usize> {
    diesel::insert_into(erasure_requests::table)
        .values((
            erasure_requests::user_id.eq(user),
            erasure_requests::requested_at.eq(now),
            erasure_requests::due_at.eq(due_at),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
}

/// Cancels the request, if there is one.
///
/// # Errors
/// Those of the database.
pub fn cancel(conn: &mut PgConnection, user: UserId) -> Result<(), AppError> {
    diesel::delete(erasure_requests::table.find(user)).execute(conn)?;
    Ok(())
}

/// When this person is going to be erased; `None` without a request.
///
/// # Errors
/// Those of the database.
pub fn due_at(conn: &mut PgConnection, user: UserId) -> Result<Option<DateTime<Utc>>, AppError> {
    Ok(erasure_requests::table.find(user).select(erasure_requests::due_at).first(conn).optional()?)
}

pub fn due(conn: &mut PgConnection, now: DateTime<Utc>, limit: i64) -> QueryResult<Vec<UserId>> {
    erasure_requests::table
        .filter(erasure_requests::due_at.le(now))
        .order(erasure_requests::due_at)
        .limit(limit)
        .select(erasure_requests::user_id)
        .load(conn)
}

/// Deletes a request that is due, before it is carried out; 0 rows when another
/// process took it or the person cancelled it.
pub fn take(conn: &mut PgConnection, user: UserId, now: DateTime<Utc>) -> QueryResult<usize> {
    let due = erasure_requests::table.find(user).filter(erasure_requests::due_at.le(now));
    diesel::delete(due).execute(conn)
}

pub fn postpone(conn: &mut PgConnection, user: UserId, until: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(erasure_requests::table.find(user)).set(erasure_requests::due_at.eq(until)).execute(conn)
}

/// Whether somebody with a password, not about to be erased, can still give roles
/// without this person; also true when this person could not give roles.
pub fn an_admin_stays(conn: &mut PgConnection, leaving: UserId) -> QueryResult<bool> {
    let admins = || {
        user_roles::table
            .inner_join(role_permissions::table.on(role_permissions::role_id.eq(user_roles::role_id)))
            .inner_join(users::table)
            .filter(role_permissions::permission.eq(Permission::ManageRoles.code()))
    };
    let going = erasure_requests::table.filter(erasure_requests::user_id.eq(users::id));
    let staying =
        admins().filter(users::id.ne(leaving)).filter(users::password_hash.is_not_null()).filter(not(exists(going)));
    diesel::select(not(exists(admins().filter(users::id.eq(leaving)))).or(exists(staying))).get_result(conn)
}

//! People who leave, and who was erased, in PostgreSQL.

use crate::{
    db::schema::{erasure_requests, erasures, old_users, sign_ins, users},
    domain::{DepartmentId, UserId},
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    dsl::{exists, not},
    prelude::*,
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

pub fn erased(conn: &mut PgConnection) -> QueryResult<Vec<(UserId, DateTime<Utc>)>> {
    erasures::table.order((erasures::erased_at, erasures::user_id)).load(conn)
}

pub fn insert_erased(conn: &mut PgConnection, people: &[(UserId, DateTime<Utc>)]) -> QueryResult<usize> {
    let rows: Vec<_> =
        people.iter().map(|(user, at)| (erasures::user_id.eq(*user), erasures::erased_at.eq(*at))).collect();
    diesel::insert_into(erasures::table).values(rows).on_conflict_do_nothing().execute(conn)
}

/// Whether a backup brought somebody back who was erased at that moment: the
/// row is older, and nobody used it since. The number may have been given to
/// somebody who came later.
pub fn came_back(conn: &mut PgConnection, user: UserId, erased_at: DateTime<Utc>) -> QueryResult<bool> {
    let seen = sign_ins::table.filter(sign_ins::user_id.eq(users::id)).filter(sign_ins::last_seen_at.gt(erased_at));
    let theirs = users::table.find(user).filter(users::created_at.le(erased_at)).filter(not(exists(seen)));
    diesel::select(exists(theirs)).get_result(conn)
}

/// A backup from when they were archived brings name and address back.
pub fn forget_archived_before(conn: &mut PgConnection, user: UserId, erased_at: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(old_users::table.find(user).filter(old_users::archived_at.le(erased_at))).execute(conn)
}

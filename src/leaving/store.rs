//! Database queries about people who leave and erasures.

use crate::{
    db::schema::{erasure_requests, erasures, old_users, sign_ins, users},
    domain::{DepartmentId, UserId},
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    dsl::{exists, not},
    prelude::*,
};

/// The row of somebody about to leave.
#[derive(Queryable)]
pub struct Leaver {
    pub email: Option<String>,
    /// Whether the person verified the address, or HR confirmed the person.
    pub is_address_theirs: bool,
    pub name: String,
    pub position: String,
    pub department: Option<DepartmentId>,
    pub confirmed: bool,
    pub joined_on: NaiveDate,
    /// Whether they asked to be erased and the waiting time is not over yet.
    pub wants_to_be_erased: bool,
}

impl Leaver {
    /// The address, if it is known to be theirs. Anybody can register with an address
    /// that is not verified, so such an address identifies nobody.
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

/// The row that the archive keeps of a person.
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

/// Replaces an earlier row with the same address: of somebody who was archived,
/// registered anew and leaves again.
pub fn insert_archived(conn: &mut PgConnection, archived: &NewArchived<'_>) -> QueryResult<usize> {
    diesel::delete(old_users::table.filter(old_users::email.eq(archived.email))).execute(conn)?;
    diesel::insert_into(old_users::table).values(archived).execute(conn)
}

/// Deletes what the archive has of a person, by id or address: they may have been
/// archived, and then registered anew.
pub fn forget_archived(conn: &mut PgConnection, user: UserId, email: Option<&str>) -> QueryResult<usize> {
    let theirs = old_users::id.nullable().eq(user).or(old_users::email.eq(email));
    diesel::delete(old_users::table.filter(theirs)).execute(conn)
}

/// Deletes the user; `ON DELETE CASCADE` deletes what refers to it: sign-ins, links,
/// roles, consents, drafts, pulses, recommendations, invitations, uploads.
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

/// Whether a backup brought back somebody erased at that time: the row is older than
/// the erasure, and nobody used the account since. A newer row is another person who
/// got the same id after the restore.
pub fn came_back(conn: &mut PgConnection, user: UserId, erased_at: DateTime<Utc>) -> QueryResult<bool> {
    let seen = sign_ins::table.filter(sign_ins::user_id.eq(users::id)).filter(sign_ins::last_seen_at.gt(erased_at));
    let theirs = users::table.find(user).filter(users::created_at.le(erased_at)).filter(not(exists(seen)));
    diesel::select(exists(theirs)).get_result(conn)
}

/// Deletes an archived row older than the erasure, which a restored backup brought
/// back.
pub fn forget_archived_before(conn: &mut PgConnection, user: UserId, erased_at: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(old_users::table.find(user).filter(old_users::archived_at.le(erased_at))).execute(conn)
}

//! A person's own account row in PostgreSQL.

use crate::{
    accounts::UserId,
    i18n::Language,
    schema::{departments, users},
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// What a person sees of their own account.
#[derive(Debug, Queryable)]
pub struct Profile {
    pub name: String,
    pub email: Option<String>,
    pub email_verified: bool,
    pub position: String,
    /// Confirmed by HR.
    pub department: Option<String>,
    /// What the person said when registering.
    pub claimed_department: String,
}

pub fn profile(conn: &mut PgConnection, user: UserId) -> QueryResult<Profile> {
    users::table
        .left_join(departments::table)
        .filter(users::id.eq(user))
        .select((
            users::name,
            users::email,
            users::email_verified_at.is_not_null(),
            users::position,
            departments::name.nullable(),
            users::claimed_department,
        ))
        .first(conn)
}

pub fn joined_on(conn: &mut PgConnection, user: UserId) -> QueryResult<NaiveDate> {
    users::table.find(user).select(users::joined_on).first(conn)
}

pub fn rename(conn: &mut PgConnection, user: UserId, name: &str, position: &str) -> QueryResult<usize> {
    diesel::update(users::table.find(user)).set((users::name.eq(name), users::position.eq(position))).execute(conn)
}

pub fn set_language(conn: &mut PgConnection, user: UserId, language: Language) -> QueryResult<usize> {
    diesel::update(users::table.find(user)).set(users::language.eq(language)).execute(conn)
}

//! A person's own account, optional details and picture in PostgreSQL.

use crate::{
    accounts::profile::{Contacts, Details, Gender, Profession},
    db::{
        schema::{avatars, departments, profiles, users},
        types::pg_enum,
    },
    domain::UserId,
    error::AppError,
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde_json::Value;

pg_enum!(
    Gender => Gender,
    Profession => Profession,
);

/// What a person sees of their own account.
#[derive(Debug, Queryable)]
pub struct Profile {
    pub name: String,
    pub email: Option<String>,
    pub email_verified: bool,
    pub position: String,
    /// The department that HR confirmed.
    pub department: Option<String>,
    /// What the person entered when registering.
    pub claimed_department: String,
}

/// A person's own account data.
///
/// # Errors
/// Those of the database.
pub fn show(conn: &mut PgConnection, user: UserId) -> Result<Profile, AppError> {
    Ok(users::table
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
        .first(conn)?)
}

/// The day a person joined, as stored with the account.
///
/// # Errors
/// Those of the database.
pub fn joined_on(conn: &mut PgConnection, user: UserId) -> Result<NaiveDate, AppError> {
    Ok(users::table.find(user).select(users::joined_on).first(conn)?)
}

/// Changes name and position.
///
/// # Errors
/// Those of the database.
pub fn rename(conn: &mut PgConnection, user: UserId, name: &str, position: &str) -> Result<(), AppError> {
    diesel::update(users::table.find(user)).set((users::name.eq(name), users::position.eq(position))).execute(conn)?;
    Ok(())
}

/// The optional details of a person; the default when none are stored.
///
/// # Errors
/// Those of the database.
pub fn details(conn: &mut PgConnection, user: UserId) -> Result<Details, AppError> {
    type Row = (Gender, Profession, Vec<Option<String>>, Value);
    let row: Option<Row> = profiles::table
        .find(user)
        .select((profiles::gender, profiles::profession, profiles::interests, profiles::contacts))
        .first(conn)
        .optional()?;
    let Some((gender, profession, interests, contacts)) = row else { return Ok(Details::default()) };
    let contacts: Contacts = serde_json::from_value(contacts).map_err(|error| AppError::Internal(error.into()))?;
    Ok(Details { gender, profession, interests: interests.into_iter().flatten().collect(), contacts })
}

/// Stores the optional details.
///
/// # Errors
/// Those of the database.
pub fn set_details(conn: &mut PgConnection, user: UserId, details: &Details) -> Result<(), AppError> {
    let contacts = serde_json::to_value(&details.contacts).map_err(|error| AppError::Internal(error.into()))?;
    let said = (
        profiles::gender.eq(details.gender),
        profiles::profession.eq(details.profession),
        profiles::interests.eq(&details.interests),
        profiles::contacts.eq(&contacts),
    );
    diesel::insert_into(profiles::table)
        .values((profiles::user_id.eq(user), said.clone()))
        .on_conflict(profiles::user_id)
        .do_update()
        .set(said)
        .execute(conn)?;
    Ok(())
}

pub fn delete_details(conn: &mut PgConnection, user: UserId) -> QueryResult<usize> {
    diesel::delete(profiles::table.find(user)).execute(conn)
}

/// A profile picture, as JPEG.
#[derive(Debug, Queryable)]
pub struct Avatar {
    pub image: Vec<u8>,
    pub updated_at: DateTime<Utc>,
}

/// A person's picture.
///
/// # Errors
/// Those of the database.
pub fn avatar(conn: &mut PgConnection, user: UserId) -> Result<Option<Avatar>, AppError> {
    Ok(avatars::table.find(user).select((avatars::image, avatars::updated_at)).first(conn).optional()?)
}

/// When the picture was last changed; `None` without one.
///
/// # Errors
/// Those of the database.
pub fn has_avatar(conn: &mut PgConnection, user: UserId) -> Result<Option<DateTime<Utc>>, AppError> {
    Ok(avatars::table.find(user).select(avatars::updated_at).first(conn).optional()?)
}

/// Stores a picture made by [`avatar::prepare`].
///
/// # Errors
/// Those of the database.
pub fn set_avatar(conn: &mut PgConnection, user: UserId, image: &[u8], now: DateTime<Utc>) -> Result<(), AppError> {
    let picture = (avatars::image.eq(image), avatars::updated_at.eq(now));
    diesel::insert_into(avatars::table)
        .values((avatars::user_id.eq(user), picture))
        .on_conflict(avatars::user_id)
        .do_update()
        .set(picture)
        .execute(conn)?;
    Ok(())
}

/// Deletes the picture.
///
/// # Errors
/// Those of the database.
pub fn delete_avatar(conn: &mut PgConnection, user: UserId) -> Result<(), AppError> {
    diesel::delete(avatars::table.find(user)).execute(conn)?;
    Ok(())
}

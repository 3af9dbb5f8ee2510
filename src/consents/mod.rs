//! What a person agreed to, when, and to which text.

mod store;

pub use store::{Consent, consents as all};

use crate::{
    domain::{UserId, codes::coded},
    error::AppError,
};
use chrono::{DateTime, Utc};
use diesel::{Connection as _, PgConnection};

coded! {
    /// What a person can agree to.
    ConsentPurpose { Assessment = "assessment", Assistant = "assistant" }
}

/// Whether a person agreed to this version of the text.
///
/// # Errors
/// Those of the database.
pub fn has_consent(
    conn: &mut PgConnection,
    user: UserId,
    purpose: ConsentPurpose,
    text_version: &str,
) -> Result<bool, AppError> {
    Ok(store::has_consent(conn, user, purpose, text_version)?)
}

/// The version of the text that a person agreed to and still does.
///
/// # Errors
/// Those of the database.
pub fn agreed_version(
    conn: &mut PgConnection,
    user: UserId,
    purpose: ConsentPurpose,
) -> Result<Option<String>, AppError> {
    Ok(store::agreed_version(conn, user, purpose)?)
}

/// Keeps that a person agreed, when, and to which text. An older agreement
/// ends; the same again changes nothing.
///
/// # Errors
/// Those of the database.
pub fn give_consent(
    conn: &mut PgConnection,
    user: UserId,
    purpose: ConsentPurpose,
    text_version: &str,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    conn.transaction(|conn| {
        store::withdraw_other(conn, user, purpose, Some(text_version), now)?;
        store::insert_consent(conn, user, purpose, text_version, now)?;
        Ok(())
    })
}

/// Keeps the first agreement of a person. What somebody ended on purpose does
/// not begin again on the way, and a new wording is to be read first.
///
/// # Errors
/// [`AppError::Forbidden`] when they took theirs back, or agreed to another text.
pub fn agree_at_first(
    conn: &mut PgConnection,
    user: UserId,
    purpose: ConsentPurpose,
    text_version: &str,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    match store::agreed_version(conn, user, purpose)? {
        Some(agreed) if agreed == text_version => Ok(()),
        None if !store::ever_agreed(conn, user, purpose)? => give_consent(conn, user, purpose, text_version, now),
        _ => Err(AppError::Forbidden),
    }
}

/// Ends an agreement.
///
/// # Errors
/// Those of the database.
pub fn withdraw(
    conn: &mut PgConnection,
    user: UserId,
    purpose: ConsentPurpose,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    store::withdraw_other(conn, user, purpose, None, now)?;
    Ok(())
}

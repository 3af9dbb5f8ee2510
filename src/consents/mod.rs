//! Consents: what a person consented to, when, and to which version of the text.

mod store;

pub use store::{Consent, agreed_version, consents as all, has_consent};

use crate::{
    domain::{UserId, codes::coded},
    error::AppError,
};
use chrono::{DateTime, Utc};
use diesel::{Connection as _, PgConnection};

coded! {
    /// What a consent is for.
    ConsentPurpose { Assessment = "assessment", Assistant = "assistant" }
}

/// Stores a consent, and withdraws those to other versions. Repeating it changes
/// nothing.
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

/// Stores a person's first consent, for requests that imply it. A consent that was
/// withdrawn is not renewed this way, nor one to another version, whose new text has
/// to be read first.
///
/// # Errors
/// [`AppError::Forbidden`] when theirs was withdrawn or is for another version.
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

/// Withdraws a consent.
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

//! What a person agreed to, where they are signed in, who tried to, and what
//! they asked HR for.

pub mod pages;
mod store;

pub use store::{Consent, Device, Try};

use crate::{
    accounts::{Actor, ConsentPurpose, SignInId, SignInNumber, UserId, sign_in},
    assessment,
    error::AppError,
    my_data, support,
};
use chrono::{DateTime, Utc};
use diesel::{Connection as _, PgConnection};

/// How many tries the page shows.
const TRIES_SHOWN: i64 = 20;

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

/// Ends an agreement, and forgets what was answered but never submitted. The
/// results made before stay the person's own.
///
/// # Errors
/// Those of the database.
pub fn withdraw_consent(
    conn: &mut PgConnection,
    user: UserId,
    purpose: ConsentPurpose,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    conn.transaction(|conn| {
        store::withdraw_other(conn, user, purpose, None, now)?;
        match purpose {
            ConsentPurpose::Assessment => assessment::forget_drafts(conn, user),
            ConsentPurpose::Assistant => Ok(()),
        }
    })
}

/// Ends one sign-in of who acts; it may be the one they act with.
///
/// # Errors
/// [`AppError::NotFound`] when it is not theirs, [`AppError::SignInRequired`]
/// when their own was ended meanwhile.
pub fn end_device(conn: &mut PgConnection, actor: Actor, device: SignInNumber) -> Result<(), AppError> {
    conn.transaction(|conn| {
        actor.hold(conn)?;
        sign_in::end_numbered(conn, actor.user, device)
    })
}

/// Ends every sign-in of who acts but the one they act with.
///
/// # Errors
/// [`AppError::SignInRequired`] when that one was ended meanwhile.
pub fn end_other_devices(conn: &mut PgConnection, actor: Actor) -> Result<(), AppError> {
    conn.transaction(|conn| {
        actor.hold(conn)?;
        sign_in::end_all(conn, actor.user, Some(actor.sign_in))
    })
}

/// Everything the privacy page shows.
#[derive(Debug)]
pub struct Privacy {
    pub consents: Vec<Consent>,
    pub devices: Vec<Device>,
    pub tries: Vec<Try>,
    /// What they asked HR for.
    pub requests: Vec<support::Request>,
    /// When they are going to be erased.
    pub erasure: Option<DateTime<Utc>>,
}

/// What a person agreed to, their devices, the latest tries, and what they
/// asked HR for.
///
/// # Errors
/// Those of the database.
pub fn show(conn: &mut PgConnection, user: UserId, current: SignInId, now: DateTime<Utc>) -> Result<Privacy, AppError> {
    Ok(Privacy {
        consents: store::consents(conn, user)?,
        devices: store::devices(conn, user, current, now)?,
        tries: store::tries(conn, user, TRIES_SHOWN)?,
        requests: support::of_person(conn, user)?,
        erasure: my_data::erasure_due(conn, user)?,
    })
}

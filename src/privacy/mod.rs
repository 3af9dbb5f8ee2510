//! The privacy page: a person's consents, sign-ins, recent attempts to sign in, and
//! requests to HR.

pub mod my_data;
pub mod pages;
mod store;

pub use crate::consents::Consent;
pub use store::{Device, SignInAttempt};

use crate::{
    accounts::erasure,
    assessment,
    auth::{Actor, SignInId, SignInNumber, sessions},
    consents::{self, ConsentPurpose},
    domain::UserId,
    error::AppError,
    support,
};
use chrono::{DateTime, Utc};
use diesel::{Connection as _, PgConnection};

/// How many attempts to sign in the page shows.
const TRIES_SHOWN: i64 = 20;

/// Withdraws a consent, and deletes drafts of answers that were never submitted.
/// Earlier results stay.
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
        consents::withdraw(conn, user, purpose, now)?;
        match purpose {
            ConsentPurpose::Assessment => assessment::forget_drafts(conn, user),
            ConsentPurpose::Assistant => Ok(()),
        }
    })
}

/// Ends one of the person's sign-ins; it may be the current one.
///
/// # Errors
/// [`AppError::NotFound`] when it is not theirs, [`AppError::SignInRequired`] when the
/// current sign-in was ended meanwhile.
pub fn end_device(conn: &mut PgConnection, actor: Actor, device: SignInNumber) -> Result<(), AppError> {
    conn.transaction(|conn| {
        actor.hold(conn)?;
        sessions::end_numbered(conn, actor.user, device)
    })
}

/// Ends all of the person's sign-ins except the current one.
///
/// # Errors
/// [`AppError::SignInRequired`] when the current one was ended meanwhile.
pub fn end_other_devices(conn: &mut PgConnection, actor: Actor) -> Result<(), AppError> {
    conn.transaction(|conn| {
        actor.hold(conn)?;
        sessions::end_all(conn, actor.user, Some(actor.sign_in))
    })
}

/// The content of the privacy page.
#[derive(Debug)]
pub struct Privacy {
    pub consents: Vec<Consent>,
    pub devices: Vec<Device>,
    pub tries: Vec<SignInAttempt>,
    /// Their requests for support.
    pub requests: Vec<support::Request>,
    /// When their account will be erased, if they asked for it.
    pub erasure: Option<DateTime<Utc>>,
}

/// A person's consents, devices, latest attempts to sign in, and requests for support.
///
/// # Errors
/// Those of the database.
pub fn show(conn: &mut PgConnection, user: UserId, current: SignInId, now: DateTime<Utc>) -> Result<Privacy, AppError> {
    Ok(Privacy {
        consents: consents::all(conn, user)?,
        devices: store::devices(conn, user, current, now)?,
        tries: store::tries(conn, user, TRIES_SHOWN)?,
        requests: support::of_person(conn, user)?,
        erasure: erasure::due_at(conn, user)?,
    })
}

//! What a person agreed to, where they are signed in, who tried to, and what
//! they asked HR for.

pub mod my_data;
pub mod pages;
mod store;

pub use crate::consents::Consent;
pub use store::{Device, Try};

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

/// How many tries the page shows.
const TRIES_SHOWN: i64 = 20;

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
        consents::withdraw(conn, user, purpose, now)?;
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
        sessions::end_numbered(conn, actor.user, device)
    })
}

/// Ends every sign-in of who acts but the one they act with.
///
/// # Errors
/// [`AppError::SignInRequired`] when that one was ended meanwhile.
pub fn end_other_devices(conn: &mut PgConnection, actor: Actor) -> Result<(), AppError> {
    conn.transaction(|conn| {
        actor.hold(conn)?;
        sessions::end_all(conn, actor.user, Some(actor.sign_in))
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
        consents: consents::all(conn, user)?,
        devices: store::devices(conn, user, current, now)?,
        tries: store::tries(conn, user, TRIES_SHOWN)?,
        requests: support::of_person(conn, user)?,
        erasure: erasure::due_at(conn, user)?,
    })
}

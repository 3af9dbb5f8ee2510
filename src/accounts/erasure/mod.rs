//! Requests to erase an account: confirmed with the password, carried out after
//! a day, and cancelled at any time until then.

mod store;

pub use store::{cancel, due, due_at, postpone, take};

use crate::{
    accounts::{self, postage::Postage},
    auth::{
        Proof,
        roles::{self, RoleError},
    },
    error::AppError,
    i18n::Catalog,
    mail,
};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{Connection as _, PgConnection};

/// Time between the request and the erasure, in which it can be cancelled.
pub const COOLING_OFF: TimeDelta = TimeDelta::days(1);

/// Why a request to be erased was refused.
#[derive(Debug, thiserror::Error)]
pub enum ErasureError {
    #[error("nobody would be left who can manage roles")]
    LastAdmin,
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<diesel::result::Error> for ErasureError {
    fn from(error: diesel::result::Error) -> Self {
        Self::App(error.into())
    }
}

/// Stores a request to be erased, and mails the person how to cancel it (`url`).
/// A second request changes nothing.
///
/// # Errors
/// [`ErasureError::LastAdmin`], [`AppError::TooManyRequests`] after too many
/// mails, or those of [`Proof::hold`].
pub fn request(
    conn: &mut PgConnection,
    proof: &Proof,
    postage: &Postage,
    url: &str,
    words: &Catalog,
    now: DateTime<Utc>,
) -> Result<(), ErasureError> {
    let user = proof.actor.user;
    conn.transaction(|conn| {
        roles::ensure_an_admin_stays(conn, user).map_err(|error| match error {
            RoleError::LastAdmin => ErasureError::LastAdmin,
            RoleError::App(error) => error.into(),
            error => AppError::Internal(error.into()).into(),
        })?;
        proof.hold(conn)?; // after the lock on roles, in the order that every change of roles locks
        if !store::an_admin_stays(conn, user)? {
            return Err(ErasureError::LastAdmin); // every other administrator asked to be erased too
        }
        if store::request(conn, user, now, now + COOLING_OFF)? == 0 {
            return Ok(());
        }
        let Some(address) = accounts::address(conn, user)? else { return Ok(()) };
        postage.pay(conn, now)?;
        let body = words.with("mail-erasure-body", &[("url", url.into())]);
        mail::post(conn, &address, words.text("mail-erasure-subject"), &body, now)?;
        Ok(())
    })
}

//! Re-authentication: a signed-in person enters the password again before
//! sensitive actions, so that an unlocked screen is not enough for them.

pub mod pages;

use crate::{
    accounts::{AttemptKind, password::Lane, sign_in},
    auth::{Client, CurrentUser, Proof, sessions},
    domain::Email,
    error::AppError,
    limits::{self, Pace},
    web::{Hearth, form::FormErrors},
};
use actix_web::{HttpRequest, web::Data};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{Connection as _, PgConnection};
use std::time::Duration;

/// How often one person's password is verified again.
const PACE: Pace = Pace { burst: 30, every: TimeDelta::seconds(10) };

/// Why re-authentication failed.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error("wrong password")]
    Wrong,
    /// Too many wrong passwords; how long to wait.
    #[error("too many attempts")]
    Wait(Duration),
    #[error(transparent)]
    App(#[from] AppError),
}

impl Refused {
    /// Adds the message to the form's errors; answers how long to wait, if at all.
    ///
    /// # Errors
    /// [`Self::App`] is passed on.
    pub fn explain(
        self,
        user: &CurrentUser,
        field: &'static str,
        errors: &mut FormErrors,
    ) -> Result<Option<Duration>, AppError> {
        match self {
            Self::Wrong => {
                errors.add(user.page.words(), field, "profile-wrong-password");
                Ok(None)
            }
            Self::Wait(wait) => {
                errors.add_text("", user.page.t1("login-wait", "seconds", wait.as_secs_f64().ceil()));
                Ok(Some(wait))
            }
            Self::App(error) => Err(error),
        }
    }
}

/// Verifies the password of the signed-in person. A wrong one counts like a
/// failed sign-in, so that nobody can guess freely on an unlocked screen.
/// [`Proof::hold`] checks the proof again in the transaction that writes: the
/// password may have been changed in between.
///
/// # Errors
/// [`Refused`]; [`AppError::NotFound`] for a person without an address.
pub async fn check(
    user: &CurrentUser,
    request: &HttpRequest,
    hearth: &Data<Hearth>,
    password: String,
) -> Result<Proof, Refused> {
    let email = user.email.as_deref().and_then(Email::parse).ok_or(AppError::NotFound)?;
    let account = sign_in::account_key(&hearth.keys, &email);
    let client = Client::of(hearth, request, &account);
    let now = hearth.now();
    let key = hearth.keys.digest("proofs of", &user.id.0.to_be_bytes());
    let begin = move |conn: &mut PgConnection| {
        limits::take(conn, &key, PACE, now)?; // hashing costs as much for the right password
        sign_in::begin(conn, AttemptKind::SignIn, &account, &email, &client, now)
    };
    let attempt = match hearth.db.run(begin).await {
        Err(AppError::TooManyRequests(wait)) => return Err(Refused::Wait(wait)),
        attempt => attempt?,
    };
    let (hash, theirs) = (attempt.password_hash.clone(), attempt.user == Some(user.id));
    let verified = hearth.hasher().verify(Lane::Other, password, hash.clone()).await;
    if !matches!(verified, Ok(false)) {
        hearth.db.run(move |conn| sign_in::cancel(conn, &attempt)).await?;
    }
    match hash.filter(|_| theirs) {
        Some(hash) if verified? => Ok(Proof::new(user.actor(), hash)),
        _ => Err(Refused::Wrong),
    }
}

/// Stores with the sign-in that the password was entered `now`.
///
/// # Errors
/// Those of [`Proof::hold`].
pub fn keep(conn: &mut PgConnection, proof: &Proof, now: DateTime<Utc>) -> Result<(), AppError> {
    conn.transaction(|conn| {
        proof.hold(conn)?;
        sessions::prove(conn, proof.actor.sign_in, now)
    })
}

//! Sign-in and its throttling. An attempt is counted as failed before the password
//! is verified, so that concurrent attempts cannot slip under the limit.

pub mod pages;
mod store;
pub mod throttle;
mod with_password;

pub use with_password::{SignInResult, with_password};

pub use store::delete_expired;

use crate::{
    accounts::{self, AttemptKind, Notice},
    audit::{self, Event},
    auth::{Client, SignInId, SignInKind, sessions, token::TokenHash},
    db::locks,
    domain::{Email, UserId},
    error::AppError,
    i18n::Language,
    keys::Keys,
};
use chrono::{DateTime, Utc};
use diesel::{Connection as _, PgConnection};
use serde_json::json;

/// An attempt that passed the limits, and the account it is for.
#[derive(Debug)]
pub struct Attempt {
    id: i64,
    pub user: Option<UserId>,
    pub password_hash: Option<String>,
    pub language: Option<Language>,
    /// Whether this device or network signed in to the account before.
    pub is_familiar: bool,
}

/// The keyed hash of an address by which attempts are counted; unknown addresses
/// have one too.
pub fn account_key(keys: &Keys, email: &Email) -> [u8; 32] {
    keys.digest("account", email.as_str().as_bytes())
}

/// Counts an attempt as failed and looks up the account, in one transaction.
///
/// # Errors
/// [`AppError::TooManyRequests`] when a limit is reached; then nothing is counted.
pub fn begin(
    conn: &mut PgConnection,
    kind: AttemptKind,
    account: &[u8; 32],
    email: &Email,
    client: &Client,
    now: DateTime<Utc>,
) -> Result<Attempt, AppError> {
    conn.transaction(|conn| {
        let_through(conn, kind, account, client, now)?;
        let found = store::credentials(conn, email)?;
        let user = found.as_ref().map(|found| found.0);
        let id = store::insert_attempt(conn, kind, account, user, client, now)?;
        let is_familiar = client.device.is_some() || store::has_succeeded_here(conn, account, client)?;
        let (password_hash, language) = found.map_or((None, None), |(_, hash, language)| (hash, language));
        Ok(Attempt { id, user, password_hash, language, is_familiar })
    })
}

/// Counts an attempt with an access code as failed.
///
/// # Errors
/// [`AppError::TooManyRequests`] when a limit is reached; then nothing is counted.
pub fn begin_with_code(
    conn: &mut PgConnection,
    account: &[u8; 32],
    client: &Client,
    now: DateTime<Utc>,
) -> Result<Attempt, AppError> {
    conn.transaction(|conn| {
        let_through(conn, AttemptKind::AccessCode, account, client, now)?;
        let id = store::insert_attempt(conn, AttemptKind::AccessCode, account, None, client, now)?;
        Ok(Attempt { id, user: None, password_hash: None, language: None, is_familiar: false })
    })
}

fn let_through(
    conn: &mut PgConnection,
    kind: AttemptKind,
    account: &[u8; 32],
    client: &Client,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    locks::hold_account(conn, account)?;
    let failures = store::failures(conn, kind, account, client, now)?;
    match throttle::wait(&failures, client.device.is_some(), now) {
        Some(wait) => Err(AppError::TooManyRequests(wait)),
        None => Ok(()),
    }
}

/// Marks the attempt as succeeded.
///
/// # Errors
/// Those of the database.
pub fn succeed(conn: &mut PgConnection, attempt: &Attempt) -> Result<(), AppError> {
    store::mark_succeeded(conn, attempt.id)?;
    Ok(())
}

/// Marks the attempt as succeeded and signs in, unless the password was changed
/// since it was verified. Ends the sign-in that this browser had `before`, and
/// mails a notice when the device or network is new to the account.
///
/// # Errors
/// [`AppError::SignInRequired`] when the password was changed.
pub fn finish(
    conn: &mut PgConnection,
    attempt: &Attempt,
    kind: SignInKind,
    before: Option<(UserId, SignInId)>,
    token: TokenHash,
    client: &Client,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let user = attempt.user.ok_or(AppError::SignInRequired)?;
    conn.transaction(|conn| {
        if sessions::lock_password(conn, user)?.is_none_or(|hash| hash != attempt.password_hash) {
            return Err(AppError::SignInRequired);
        }
        if client.device.is_none() && store::is_new_place(conn, user, kind, client, attempt.id)? {
            let notice = Notice::NewDevice { browser: client.browser.clone(), address: client.address };
            accounts::tell(conn, user, notice, now)?;
        }
        store::mark_succeeded(conn, attempt.id)?;
        if let Some((user, sign_in)) = before {
            sessions::end_if_there(conn, user, sign_in)?;
        }
        sessions::start(conn, user, kind, token, client, now)?;
        audit::record(conn, Some(user), Event::SignedIn, None, json!({}), now)
    })
}

/// Deletes an attempt whose answer revealed nothing to guess with.
///
/// # Errors
/// Those of the database.
pub fn cancel(conn: &mut PgConnection, attempt: &Attempt) -> Result<(), AppError> {
    store::delete_attempt(conn, attempt.id)?;
    Ok(())
}

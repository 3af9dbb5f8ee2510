//! Sign-ins (sessions): start, look up by token, end.

pub use crate::auth::store::{end_all, end_all_with_role, end_everyones, hold, lock_password, prove, start};

use crate::{
    auth::{SignInId, SignInKind, SignInNumber, store, token::TokenHash},
    domain::{DepartmentId, Permission, UserId},
    error::AppError,
    i18n::Language,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel::PgConnection;

/// A sign-in ends after this time without use.
pub const IDLE: TimeDelta = TimeDelta::hours(12);

/// A sign-in ends after this time, used or not.
pub const LONGEST: TimeDelta = TimeDelta::days(30);

/// A sign-in by access code ends after this time, used or not.
pub const LONGEST_BY_CODE: TimeDelta = TimeDelta::hours(1);

/// Minimum time between two updates of "last seen", to save writes.
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(10);

/// The person and the sign-in that a token belongs to.
#[derive(Debug)]
pub struct Identity {
    pub sign_in: SignInId,
    pub kind: SignInKind,
    pub since: DateTime<Utc>,
    /// When the password was last entered with this sign-in.
    pub proved_at: Option<DateTime<Utc>>,
    pub user: UserId,
    pub name: String,
    pub email: Option<String>,
    pub language: Option<Language>,
    pub joined_on: NaiveDate,
    pub permissions: Vec<Permission>,
    pub department: Option<DepartmentId>,
}

/// The person signed in with this token, if its kind is one of `kinds`, in one query.
/// Updates "last seen", and with it the idle expiry, at most every ten minutes.
///
/// # Errors
/// Those of the database.
pub fn who(
    conn: &mut PgConnection,
    token: TokenHash,
    kinds: &[SignInKind],
    now: DateTime<Utc>,
) -> Result<Option<Identity>, AppError> {
    let Some((who, last_seen)) = store::who(conn, &token, kinds, now)? else { return Ok(None) };
    if now - last_seen >= SEEN_EVERY {
        store::seen(conn, who.sign_in, now)?;
    }
    Ok(Some(who))
}

/// Ends one sign-in of this person.
///
/// # Errors
/// [`AppError::NotFound`] when it is not theirs.
pub fn end(conn: &mut PgConnection, user: UserId, sign_in: SignInId) -> Result<(), AppError> {
    match store::end(conn, user, sign_in)? {
        0 => Err(AppError::NotFound),
        _ => Ok(()),
    }
}

/// Ends one sign-in of this person, unless it ended already.
///
/// # Errors
/// Those of the database.
pub fn end_if_there(conn: &mut PgConnection, user: UserId, sign_in: SignInId) -> Result<(), AppError> {
    store::end(conn, user, sign_in)?;
    Ok(())
}

/// Ends this person's sign-in with this number.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub fn end_numbered(conn: &mut PgConnection, user: UserId, number: SignInNumber) -> Result<(), AppError> {
    match store::end_numbered(conn, user, number)? {
        0 => Err(AppError::NotFound),
        _ => Ok(()),
    }
}

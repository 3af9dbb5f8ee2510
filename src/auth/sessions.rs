//! Sign-ins (sessions): start, look up by token, end.

use crate::{
    auth::{Client, SignInId, SignInKind, SignInNumber, store, token::TokenHash},
    domain::{DepartmentId, Permission, RoleId, UserId},
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

/// Signs a person in.
///
/// # Errors
/// Those of the database.
pub fn start(
    conn: &mut PgConnection,
    user: UserId,
    kind: SignInKind,
    token: TokenHash,
    client: &Client,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    store::insert_sign_in(conn, user, kind, token, client, now)?;
    Ok(())
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

/// Locks a person's row until the transaction ends, so that their password cannot be
/// changed, and returns its hash. The outer `None`: no such person; the inner: no
/// password.
///
/// # Errors
/// Those of the database.
pub fn lock_password(conn: &mut PgConnection, user: UserId) -> Result<Option<Option<String>>, AppError> {
    Ok(store::lock_password(conn, user)?)
}

/// Whether this person's sign-in exists; if so, locks it until the transaction ends.
/// One that another transaction is deleting counts as ended.
///
/// # Errors
/// Those of the database.
pub fn hold(conn: &mut PgConnection, user: UserId, sign_in: SignInId) -> Result<bool, AppError> {
    Ok(store::hold(conn, user, sign_in)?)
}

/// Stores when the password was last entered with a sign-in.
///
/// # Errors
/// Those of the database.
pub fn prove(conn: &mut PgConnection, sign_in: SignInId, now: DateTime<Utc>) -> Result<(), AppError> {
    store::prove(conn, sign_in, now)?;
    Ok(())
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

/// Ends every sign-in of this person, except `keep`.
///
/// # Errors
/// Those of the database.
pub fn end_all(conn: &mut PgConnection, user: UserId, keep: Option<SignInId>) -> Result<(), AppError> {
    store::end_all(conn, user, keep)?;
    Ok(())
}

/// Ends every sign-in of everyone, except `keep`.
///
/// # Errors
/// Those of the database.
pub fn end_everyones(conn: &mut PgConnection, keep: SignInId) -> Result<(), AppError> {
    store::end_everyones(conn, keep)?;
    Ok(())
}

/// Ends every sign-in of everyone with this role, except `keep`.
///
/// # Errors
/// Those of the database.
pub fn end_all_with_role(conn: &mut PgConnection, role: RoleId, keep: SignInId) -> Result<(), AppError> {
    store::end_all_with_role(conn, role, keep)?;
    Ok(())
}

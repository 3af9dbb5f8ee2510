//! Sign in, stay signed in, sign out. A try is counted before the password is
//! looked at, so that tries made at the same moment cannot slip under a limit.

pub mod pages;
mod store;
pub mod throttle;
mod with_password;

pub use with_password::{SignedIn, with_password};

use crate::{
    accounts::{
        self, AttemptKind, Client, Email, Notice, SignInId, SignInKind, SignInNumber, UserId,
        roles::{Permission, RoleId},
        token::TokenHash,
    },
    audit::{self, Event},
    error::AppError,
    hr::DepartmentId,
    i18n::Language,
    keys::Keys,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel::{Connection as _, PgConnection};
use serde_json::json;

/// A browser that is not used for so long is signed out.
pub const IDLE: TimeDelta = TimeDelta::hours(12);
/// A sign-in ends after so long, used or not.
pub const LONGEST: TimeDelta = TimeDelta::days(30);
/// A sign-in by a code ends after so long, whatever happens meanwhile.
pub const LONGEST_BY_CODE: TimeDelta = TimeDelta::hours(1);
/// How often "last seen" is written.
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(10);

/// A try that was let through, and what to check the password against.
#[derive(Debug)]
pub struct Attempt {
    id: i64,
    pub user: Option<UserId>,
    pub password_hash: Option<String>,
    pub language: Option<Language>,
}

/// The keyed hash that stands for an account among the tries.
pub fn account_key(keys: &Keys, email: &Email) -> [u8; 32] {
    keys.digest("account", email.as_str().as_bytes())
}

/// Counts a try as failed and finds the account, in one transaction.
///
/// # Errors
/// [`AppError::TooManyRequests`] when it has to wait; then nothing is counted.
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
        let (password_hash, language) = found.map_or((None, None), |(_, hash, language)| (hash, language));
        Ok(Attempt { id, user, password_hash, language })
    })
}

/// Counts a try of a code as failed.
///
/// # Errors
/// [`AppError::TooManyRequests`] when it has to wait; then nothing is counted.
pub fn begin_with_code(
    conn: &mut PgConnection,
    account: &[u8; 32],
    client: &Client,
    now: DateTime<Utc>,
) -> Result<Attempt, AppError> {
    conn.transaction(|conn| {
        let_through(conn, AttemptKind::AccessCode, account, client, now)?;
        let id = store::insert_attempt(conn, AttemptKind::AccessCode, account, None, client, now)?;
        Ok(Attempt { id, user: None, password_hash: None, language: None })
    })
}

fn let_through(
    conn: &mut PgConnection,
    kind: AttemptKind,
    account: &[u8; 32],
    client: &Client,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    store::lock_account(conn, account)?;
    let failures = store::failures(conn, kind, account, client, now)?;
    match throttle::wait(&failures, client.device.is_some(), now) {
        Some(wait) => Err(AppError::TooManyRequests(wait)),
        None => Ok(()),
    }
}

/// The hash of a person's password, `None` for nobody, with their row locked
/// until the transaction ends: whoever sets another one waits.
///
/// # Errors
/// Those of the database.
pub fn lock_password(conn: &mut PgConnection, user: UserId) -> Result<Option<Option<String>>, AppError> {
    Ok(store::lock_password(conn, user)?)
}

/// Whether this sign-in is there and this person's, and keeps it until the
/// transaction ends. One that somebody is just ending counts as ended.
///
/// # Errors
/// Those of the database.
pub fn hold(conn: &mut PgConnection, user: UserId, sign_in: SignInId) -> Result<bool, AppError> {
    Ok(store::hold(conn, user, sign_in)?)
}

/// Keeps when the password was last entered with a sign-in.
///
/// # Errors
/// Those of the database.
pub fn prove(conn: &mut PgConnection, sign_in: SignInId, now: DateTime<Utc>) -> Result<(), AppError> {
    store::prove(conn, sign_in, now)?;
    Ok(())
}

/// Makes the try a success.
///
/// # Errors
/// Those of the database.
pub fn succeed(conn: &mut PgConnection, attempt: &Attempt) -> Result<(), AppError> {
    store::mark_succeeded(conn, attempt.id)?;
    Ok(())
}

/// Makes the try a success and signs in, unless the password was changed
/// since it was checked. Ends the sign-in that this browser had `before`.
///
/// # Errors
/// [`AppError::SignInRequired`] when it was changed.
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
        if store::lock_password(conn, user)?.is_none_or(|hash| hash != attempt.password_hash) {
            return Err(AppError::SignInRequired);
        }
        if client.device.is_none() && store::is_new_place(conn, user, kind, client, attempt.id)? {
            let notice = Notice::NewDevice { browser: client.browser.clone(), address: client.address };
            accounts::tell(conn, user, notice, now)?;
        }
        store::mark_succeeded(conn, attempt.id)?;
        if let Some((user, sign_in)) = before {
            store::end(conn, user, sign_in)?;
        }
        start(conn, user, kind, token, client, now)?;
        audit::record(conn, Some(user), Event::SignedIn, None, json!({}), now)
    })
}

/// Takes a try back that told nobody anything.
///
/// # Errors
/// Those of the database.
pub fn cancel(conn: &mut PgConnection, attempt: &Attempt) -> Result<(), AppError> {
    store::delete_attempt(conn, attempt.id)?;
    Ok(())
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

/// Who is behind a token.
#[derive(Debug)]
pub struct Who {
    pub sign_in: SignInId,
    pub kind: SignInKind,
    pub since: DateTime<Utc>,
    /// When the password was last entered with it.
    pub proved_at: Option<DateTime<Utc>>,
    pub user: UserId,
    pub name: String,
    pub email: Option<String>,
    pub language: Option<Language>,
    pub joined_on: NaiveDate,
    pub permissions: Vec<Permission>,
    pub department: Option<DepartmentId>,
}

/// Who is signed in with this token in one of these ways, in one query; and, every ten minutes,
/// that they were seen.
///
/// # Errors
/// Those of the database.
pub fn who(
    conn: &mut PgConnection,
    token: TokenHash,
    kinds: &[SignInKind],
    now: DateTime<Utc>,
) -> Result<Option<Who>, AppError> {
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

/// Ends the sign-in that this person sees under a number.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub fn end_numbered(conn: &mut PgConnection, user: UserId, number: SignInNumber) -> Result<(), AppError> {
    match store::end_numbered(conn, user, number)? {
        0 => Err(AppError::NotFound),
        _ => Ok(()),
    }
}

/// Ends every sign-in of this person, but for the one to `keep`.
///
/// # Errors
/// Those of the database.
pub fn end_all(conn: &mut PgConnection, user: UserId, keep: Option<SignInId>) -> Result<(), AppError> {
    store::end_all(conn, user, keep)?;
    Ok(())
}

/// Ends every sign-in of everyone, but for the one to `keep`.
///
/// # Errors
/// Those of the database.
pub fn end_everyones(conn: &mut PgConnection, keep: SignInId) -> Result<(), AppError> {
    store::end_everyones(conn, keep)?;
    Ok(())
}

/// Ends every sign-in of everyone with this role, but for the one to `keep`.
///
/// # Errors
/// Those of the database.
pub fn end_all_with_role(conn: &mut PgConnection, role: RoleId, keep: SignInId) -> Result<(), AppError> {
    store::end_all_with_role(conn, role, keep)?;
    Ok(())
}

/// Deletes expired sign-ins and tries older than 90 days.
///
/// # Errors
/// Those of the database.
pub fn delete_expired(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<(), AppError> {
    store::delete_expired(conn, now)?;
    Ok(())
}

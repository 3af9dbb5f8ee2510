//! Forgotten passwords: a single-use link by mail. The answer is the same for
//! known and unknown addresses.

pub mod pages;

use crate::{
    accounts::{LinkPurpose, erasure, postage::Link, store},
    auth::{sessions, token::TokenHash},
    domain::{Email, UserId},
    error::AppError,
    i18n::Language,
    mail,
};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{Connection as _, PgConnection};

/// How long a link in a mail is good.
pub const GOOD_FOR: TimeDelta = TimeDelta::minutes(10);

/// One mail to an account in so long: a stranger cannot fill somebody's inbox.
const RESENT_AFTER: TimeDelta = TimeDelta::minutes(2);

/// All set a password; an invitation sets the first one, and whoever reads the
/// mail of an address that somebody registered with sets another one.
const PURPOSES: [LinkPurpose; 3] = [LinkPurpose::PasswordReset, LinkPurpose::Invitation, LinkPurpose::AddressCheck];

/// Writes a mail with a link to set a new password, unless one has just been
/// sent or too many were. Links sent before stay good: asking again must not take them away.
///
/// # Errors
/// Those of the database.
pub fn send_link(
    conn: &mut PgConnection,
    user: UserId,
    email: &Email,
    language: Language,
    link: &Link,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    conn.transaction(|conn| {
        sessions::lock_password(conn, user)?; // of two who ask at once one is sent a link
        let sent = store::has_link_since(conn, user, LinkPurpose::PasswordReset, now - RESENT_AFTER)?;
        if sent || !link.postage.try_pay(conn, now)? {
            return Ok(());
        }
        store::insert_link(conn, user, LinkPurpose::PasswordReset, link.hash, None, now, now + GOOD_FOR)?;
        let words = language.catalog();
        let body = words
            .with("mail-reset-body", &[("url", link.url.as_str().into()), ("minutes", GOOD_FOR.num_minutes().into())]);
        mail::post(conn, email.as_str(), words.text("mail-reset-subject"), &body, now)
    })
}

/// Whether a link is still good.
///
/// # Errors
/// [`AppError::NotFound`] when it is not.
pub fn check_link(conn: &mut PgConnection, token: TokenHash, now: DateTime<Utc>) -> Result<UserId, AppError> {
    store::find_link(conn, &PURPOSES, token, now)?.map(|link| link.user).ok_or(AppError::NotFound)
}

/// Sets a new password with a link, which is used up; ends every sign-in and
/// takes back an erasure that was asked for with one of them. The address is
/// verified by it: whoever reads its mail is its owner. Answers it.
///
/// # Errors
/// [`AppError::NotFound`] when the link is no longer good.
pub fn reset(
    conn: &mut PgConnection,
    token: TokenHash,
    password_hash: &str,
    now: DateTime<Utc>,
) -> Result<String, AppError> {
    conn.transaction(|conn| {
        let found = store::find_link(conn, &PURPOSES, token, now)?.ok_or(AppError::NotFound)?;
        sessions::lock_password(conn, found.user)?; // the person first, as whoever acts for them locks
        let link = store::take_link(conn, &PURPOSES, token, now)?.ok_or(AppError::NotFound)?;
        store::verify_email(conn, link.user, now)?;
        erasure::cancel(conn, link.user)?; // asked for with a sign-in that ends now
        replace_password(conn, link.user, password_hash, now)
    })
}

/// Sets a new password, and ends whatever the old one let in: every sign-in
/// and every link on its way. Tells the owner by mail, unless it is their
/// first password, and answers the address.
///
/// # Errors
/// Those of the database.
pub fn replace_password(
    conn: &mut PgConnection,
    user: UserId,
    password_hash: &str,
    now: DateTime<Utc>,
) -> Result<String, AppError> {
    let is_first = !store::has_password(conn, user)?;
    store::set_password(conn, user, password_hash)?;
    sessions::end_all(conn, user, None)?; // waits for who acts just now, who may make a link
    store::delete_links(conn, user)?;
    let (email, language) = store::email_of(conn, user)?;
    if is_first {
        return Ok(email);
    }
    let words = language.unwrap_or(Language::En).catalog();
    let (subject, body) = (words.text("mail-password-changed-subject"), words.text("mail-password-changed-body"));
    mail::post(conn, &email, subject, body, now)?;
    Ok(email)
}

/// Deletes links that are no longer good.
///
/// # Errors
/// Those of the database.
pub fn delete_expired(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<(), AppError> {
    store::delete_expired_links(conn, now)?;
    Ok(())
}

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

/// How long a link to reset the password is valid.
pub const GOOD_FOR: TimeDelta = TimeDelta::minutes(10);

/// Minimum time between two mails to one account, against flooding its inbox.
const RESENT_AFTER: TimeDelta = TimeDelta::minutes(2);

/// Links that can set a password: a reset, an invitation (the first password), and
/// the check of an address, with which its owner can take over an account that
/// somebody else registered with it.
const PURPOSES: [LinkPurpose; 3] = [LinkPurpose::PasswordReset, LinkPurpose::Invitation, LinkPurpose::AddressCheck];

/// Queues a mail with a link to set a new password, unless one was sent within
/// two minutes or a limit is reached. Links sent before stay valid, so that
/// asking again cannot invalidate one that is on its way.
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
        sessions::lock_password(conn, user)?; // of two requests at once only one sends a link
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

/// Whose account a link is for that can still set a password.
///
/// # Errors
/// [`AppError::NotFound`] when the link is unknown, used or expired.
pub fn check_link(conn: &mut PgConnection, token: TokenHash, now: DateTime<Utc>) -> Result<UserId, AppError> {
    store::find_link(conn, &PURPOSES, token, now)?.map(|link| link.user).ok_or(AppError::NotFound)
}

/// Sets a new password with a link, which is used up. Ends every sign-in, cancels
/// a request to be erased, and marks the address as verified, as the link was
/// mailed to it. Answers the address.
///
/// # Errors
/// [`AppError::NotFound`] when the link is unknown, used or expired.
pub fn reset(
    conn: &mut PgConnection,
    token: TokenHash,
    password_hash: &str,
    now: DateTime<Utc>,
) -> Result<String, AppError> {
    conn.transaction(|conn| {
        let found = store::find_link(conn, &PURPOSES, token, now)?.ok_or(AppError::NotFound)?;
        sessions::lock_password(conn, found.user)?; // person before link, in the order that all actions lock
        let link = store::take_link(conn, &PURPOSES, token, now)?.ok_or(AppError::NotFound)?;
        store::verify_email(conn, link.user, now)?;
        erasure::cancel(conn, link.user)?; // the request may have come from a stolen sign-in
        replace_password(conn, link.user, password_hash, now)
    })
}

/// Sets a new password, and ends every sign-in and every mailed link. Mails a
/// notice to the owner, unless it is the first password. Answers the address.
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
    sessions::end_all(conn, user, None)?; // waits for actions under way, which may insert a link
    store::delete_links(conn, user)?;
    let (email, language) = store::email_of(conn, user)?;
    if is_first {
        return Ok(email);
    }
    let words = language.catalog();
    let (subject, body) = (words.text("mail-password-changed-subject"), words.text("mail-password-changed-body"));
    mail::post(conn, &email, subject, body, now)?;
    Ok(email)
}

/// Deletes expired links.
///
/// # Errors
/// Those of the database.
pub fn delete_expired(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<(), AppError> {
    store::delete_expired_links(conn, now)?;
    Ok(())
}

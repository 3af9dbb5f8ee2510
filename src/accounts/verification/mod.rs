//! Prove that an address is one's own: a single-use link by mail, followed with
//! the account's own sign-in. Until then nobody knows who registered with it,
//! and HR cannot confirm them.

pub mod pages;

use crate::{
    accounts::{LinkPurpose, postage::Link, store},
    auth::{Actor, token::TokenHash},
    domain::UserId,
    error::AppError,
    i18n::Language,
    mail,
};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{Connection as _, PgConnection};

/// How long a link is good.
const GOOD_FOR: TimeDelta = TimeDelta::days(7);

/// One mail in so long: nobody can fill an inbox that may not be theirs.
const RESENT_AFTER: TimeDelta = TimeDelta::minutes(2);

/// Writes a mail with a link that verifies the person's address, unless it is
/// verified or a link has just been sent.
///
/// # Errors
/// [`AppError::TooManyRequests`] after too many mails.
pub fn send_link(
    conn: &mut PgConnection,
    user: UserId,
    link: &Link,
    language: Language,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    conn.transaction(|conn| {
        let sent = store::has_link_since(conn, user, LinkPurpose::AddressCheck, now - RESENT_AFTER)?;
        if sent || store::is_email_verified(conn, user)? {
            return Ok(());
        }
        link.postage.pay(conn, now)?;
        store::insert_link(conn, user, LinkPurpose::AddressCheck, link.hash, None, now, now + GOOD_FOR)?;
        let (email, _) = store::email_of(conn, user)?;
        let words = language.catalog();
        let body = words.with("mail-address-body", &[("url", link.url.as_str().into())]);
        mail::post(conn, &email, words.text("mail-address-subject"), &body, now)
    })
}

/// Whose address a link verifies, and which.
///
/// # Errors
/// [`AppError::NotFound`] when the link is no longer good.
pub fn address_of(conn: &mut PgConnection, token: TokenHash, now: DateTime<Utc>) -> Result<(UserId, String), AppError> {
    let link = store::find_link(conn, &[LinkPurpose::AddressCheck], token, now)?.ok_or(AppError::NotFound)?;
    Ok((link.user, store::email_of(conn, link.user)?.0))
}

/// Verifies the address of who acts; the link is used up. Who only reads the
/// mail sets a new password with it instead: somebody else may have registered,
/// and theirs must not work with an address that was shown to be another's.
///
/// # Errors
/// [`AppError::NotFound`] when the link is no longer good or not theirs.
pub fn verify(conn: &mut PgConnection, actor: Actor, token: TokenHash, now: DateTime<Utc>) -> Result<(), AppError> {
    conn.transaction(|conn| {
        actor.hold(conn)?;
        let link = store::take_link(conn, &[LinkPurpose::AddressCheck], token, now)?;
        let link = link.filter(|link| link.user == actor.user).ok_or(AppError::NotFound)?;
        store::verify_email(conn, link.user, now)?;
        Ok(())
    })
}

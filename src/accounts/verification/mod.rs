//! Prove that an address is one's own: a single-use link by mail. Until then
//! nobody knows who registered with it, and HR cannot confirm them.

pub mod pages;

use crate::{
    accounts::{LinkPurpose, UserId, store, token::TokenHash},
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

/// A link to be sent, and the hash that recognises it.
#[derive(Debug)]
pub struct Link {
    pub url: String,
    pub hash: TokenHash,
}

/// Writes a mail with a link that verifies the person's address, unless it is
/// verified or a link has just been sent.
///
/// # Errors
/// Those of the database.
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
        store::insert_link(conn, user, LinkPurpose::AddressCheck, link.hash, None, now, now + GOOD_FOR)?;
        let (email, _) = store::email_of(conn, user)?;
        let words = language.catalog();
        let body = words.with("mail-address-body", &[("url", link.url.as_str().into())]);
        mail::post(conn, &email, words.text("mail-address-subject"), &body, now)
    })
}

/// Which address a link verifies.
///
/// # Errors
/// [`AppError::NotFound`] when the link is no longer good.
pub fn address_of(conn: &mut PgConnection, token: TokenHash, now: DateTime<Utc>) -> Result<String, AppError> {
    let link = store::find_link(conn, &[LinkPurpose::AddressCheck], token, now)?.ok_or(AppError::NotFound)?;
    Ok(store::email_of(conn, link.user)?.0)
}

/// Verifies the address; the link is used up.
///
/// # Errors
/// [`AppError::NotFound`] when the link is no longer good.
pub fn verify(conn: &mut PgConnection, token: TokenHash, now: DateTime<Utc>) -> Result<(), AppError> {
    conn.transaction(|conn| {
        let link = store::take_link(conn, &[LinkPurpose::AddressCheck], token, now)?.ok_or(AppError::NotFound)?;
        store::verify_email(conn, link.user, now)?;
        Ok(())
    })
}

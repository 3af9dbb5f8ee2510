//! Verification of e-mail addresses: a single-use link by mail, confirmed while
//! signed in to the account. Anybody can register with any address, so HR can
//! confirm a person only after this.

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

/// How long a link is valid.
const GOOD_FOR: TimeDelta = TimeDelta::days(7);

/// Minimum time between two mails, against flooding somebody else's inbox.
const RESENT_AFTER: TimeDelta = TimeDelta::minutes(2);

/// Queues a mail with a link that verifies the person's address, unless it is
/// verified or a link was sent within two minutes.
///
/// # Errors
/// [`AppError::TooManyRequests`] when the limit on mails is reached.
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

/// The person whose address a link verifies, and that address.
///
/// # Errors
/// [`AppError::NotFound`] when the link is unknown, used or expired.
pub fn address_of(conn: &mut PgConnection, token: TokenHash, now: DateTime<Utc>) -> Result<(UserId, String), AppError> {
    let link = store::find_link(conn, &[LinkPurpose::AddressCheck], token, now)?.ok_or(AppError::NotFound)?;
    Ok((link.user, store::email_of(conn, link.user)?.0))
}

/// Marks the signed-in person's address as verified; the link is used up. Without
/// a sign-in the same link sets a new password instead (see `recovery`): somebody
/// else may have registered with the address, and their password must stop
/// working once its owner shows up.
///
/// # Errors
/// [`AppError::NotFound`] when the link is no longer valid or not theirs.
pub fn verify(conn: &mut PgConnection, actor: Actor, token: TokenHash, now: DateTime<Utc>) -> Result<(), AppError> {
    conn.transaction(|conn| {
        actor.hold(conn)?;
        let link = store::take_link(conn, &[LinkPurpose::AddressCheck], token, now)?;
        let link = link.filter(|link| link.user == actor.user).ok_or(AppError::NotFound)?;
        store::verify_email(conn, link.user, now)?;
        Ok(())
    })
}

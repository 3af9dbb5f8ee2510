//! My account: name, position, language, password, e-mail address.

pub mod avatar;
pub mod avatar_pages;
pub mod details;
pub mod details_pages;
pub mod pages;
mod store;

pub use details::{Contacts, Details, Gender, Profession};
pub use store::{
    Avatar, Profile, avatar, delete_avatar, details, has_avatar, joined_on, rename, set_avatar, set_details, show,
};

use crate::{
    accounts::{LinkPurpose, postage::Link, recovery, registration::RegisterError, store as accounts_store},
    auth::{Actor, Client, Proof, SignInKind, sessions, token::TokenHash},
    domain::{Email, UserId},
    error::AppError,
    i18n::Language,
    mail,
};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{Connection as _, PgConnection};

/// How long a link that confirms an address is valid.
const GOOD_FOR: TimeDelta = TimeDelta::days(1);

/// Sets a new password, ends every sign-in and starts a new one here.
///
/// # Errors
/// Those of [`Proof::hold`].
pub fn change_password(
    conn: &mut PgConnection,
    proof: &Proof,
    password_hash: &str,
    token: TokenHash,
    client: &Client,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    conn.transaction(|conn| {
        proof.hold(conn)?;
        let user = proof.actor.user;
        recovery::replace_password(conn, user, password_hash, now)?;
        sessions::start(conn, user, SignInKind::Browser, token, client, now)
    })
}

/// Mails a link to the new address and a notice to the old one. The address
/// changes when the link is confirmed; links sent before are deleted.
///
/// # Errors
/// [`AppError::TooManyRequests`] after too many mails, or those of
/// [`Proof::hold`].
pub fn request_email_change(
    conn: &mut PgConnection,
    proof: &Proof,
    new: &Email,
    link: &Link,
    language: Language,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    conn.transaction(|conn| {
        proof.hold(conn)?;
        let user = proof.actor.user;
        let (old, _) = accounts_store::email_of(conn, user)?;
        link.postage.pay(conn, now)?;
        let words = language.catalog();
        accounts_store::delete_links(conn, user)?;
        accounts_store::insert_link(conn, user, LinkPurpose::EmailChange, link.hash, Some(new), now, now + GOOD_FOR)?;
        let confirm = words.with("mail-email-change-body", &[("url", link.url.as_str().into())]);
        mail::post_all(conn, &[new.as_str()], words.text("mail-email-change-subject"), &confirm, Some(user), now)?;
        mail::post(conn, &old, words.text("mail-email-notice-subject"), words.text("mail-email-notice-body"), now)
    })
}

/// The person and the new address of a link that is still valid.
///
/// # Errors
/// [`AppError::NotFound`] when it is not.
pub fn email_to_confirm(
    conn: &mut PgConnection,
    token: TokenHash,
    now: DateTime<Utc>,
) -> Result<(UserId, String), AppError> {
    let link = accounts_store::find_link(conn, &[LinkPurpose::EmailChange], token, now)?.ok_or(AppError::NotFound)?;
    Ok((link.user, link.new_email.ok_or(AppError::NotFound)?))
}

/// Changes the address to the confirmed one, and mails a notice to the old one.
/// The link works only for its signed-in owner: otherwise whoever reads a
/// misdirected mail could take over the account.
///
/// # Errors
/// [`RegisterError::EmailTaken`] when another account has the address by now, or
/// [`AppError::NotFound`] when the link is no longer valid or not theirs.
pub fn confirm_email(
    conn: &mut PgConnection,
    actor: Actor,
    token: TokenHash,
    now: DateTime<Utc>,
) -> Result<(), RegisterError> {
    conn.transaction(|conn| {
        actor.hold(conn)?;
        let link = accounts_store::take_link(conn, &[LinkPurpose::EmailChange], token, now)?;
        let link = link.filter(|link| link.user == actor.user).ok_or(AppError::NotFound)?;
        let email = link.new_email.ok_or(AppError::NotFound)?;
        let (old, language) = accounts_store::email_of(conn, link.user)?;
        accounts_store::set_email(conn, link.user, &email, now)?;
        // A link sent to the old address must not work any more.
        accounts_store::delete_links(conn, link.user)?;
        let words = language.catalog();
        let (subject, body) = (words.text("mail-email-changed-subject"), words.text("mail-email-changed-body"));
        Ok(mail::post(conn, &old, subject, body, now)?)
    })
}

/// Deletes the optional details and the picture.
///
/// # Errors
/// Those of the database.
pub fn clear_details(conn: &mut PgConnection, user: UserId) -> Result<(), AppError> {
    conn.transaction(|conn| {
        store::delete_details(conn, user)?;
        store::delete_avatar(conn, user)?;
        Ok(())
    })
}

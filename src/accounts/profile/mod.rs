//! My account: name, position, language, password, e-mail address.

pub mod avatar;
pub mod avatar_pages;
pub mod details;
pub mod details_pages;
pub mod pages;
mod store;

pub use details::{Contacts, Details, Gender, Profession};
pub use store::{Avatar, Profile};

use crate::{
    accounts::{LinkPurpose, postage::Link, recovery, registration::RegisterError, store as accounts_store},
    auth::{Actor, Client, Proof, SignInKind, sessions, token::TokenHash},
    domain::{Email, UserId},
    error::AppError,
    i18n::Language,
    mail,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel::{Connection as _, PgConnection};

/// How long a link that confirms an address is good.
const GOOD_FOR: TimeDelta = TimeDelta::days(1);

/// A person's own account data.
///
/// # Errors
/// Those of the database.
pub fn show(conn: &mut PgConnection, user: UserId) -> Result<Profile, AppError> {
    Ok(store::profile(conn, user)?)
}

/// The day somebody joined on.
///
/// # Errors
/// Those of the database.
pub fn joined_on(conn: &mut PgConnection, user: UserId) -> Result<NaiveDate, AppError> {
    Ok(store::joined_on(conn, user)?)
}

/// Changes name and position.
///
/// # Errors
/// Those of the database.
pub fn rename(conn: &mut PgConnection, user: UserId, name: &str, position: &str) -> Result<(), AppError> {
    store::rename(conn, user, name, position)?;
    Ok(())
}

/// Remembers the language a person chose.
///
/// # Errors
/// Those of the database.
pub fn set_language(conn: &mut PgConnection, user: UserId, language: Language) -> Result<(), AppError> {
    store::set_language(conn, user, language)?;
    Ok(())
}

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

/// Sends a link to the new address; nothing changes until it is followed. The
/// old address is told.
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

/// Whether the link to confirm an address is still good, whose it is, and for
/// which address.
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

/// Makes the confirmed address that of who acts, and tells the old one. The
/// link alone is not enough: whoever reads a mail that went astray would have
/// the account.
///
/// # Errors
/// [`RegisterError::EmailTaken`] when another account has it by now, or
/// [`AppError::NotFound`] when the link is no longer good or not theirs.
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
        let words = language.unwrap_or(Language::En).catalog();
        let (subject, body) = (words.text("mail-email-changed-subject"), words.text("mail-email-changed-body"));
        Ok(mail::post(conn, &old, subject, body, now)?)
    })
}

/// What a person says of themselves to themselves; nothing yet is the default.
///
/// # Errors
/// Those of the database.
pub fn details(conn: &mut PgConnection, user: UserId) -> Result<Details, AppError> {
    store::details(conn, user)
}

/// Keeps it.
///
/// # Errors
/// Those of the database.
pub fn set_details(conn: &mut PgConnection, user: UserId, details: &Details) -> Result<(), AppError> {
    store::set_details(conn, user, details)
}

/// Forgets all of it, the picture too.
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

/// A person's picture.
///
/// # Errors
/// Those of the database.
pub fn avatar(conn: &mut PgConnection, user: UserId) -> Result<Option<Avatar>, AppError> {
    Ok(store::avatar(conn, user)?)
}

/// Whether there is one, and since when.
///
/// # Errors
/// Those of the database.
pub fn has_avatar(conn: &mut PgConnection, user: UserId) -> Result<Option<DateTime<Utc>>, AppError> {
    Ok(store::avatar_since(conn, user)?)
}

/// Keeps a picture that was made by [`avatar::prepare`].
///
/// # Errors
/// Those of the database.
pub fn set_avatar(conn: &mut PgConnection, user: UserId, image: &[u8], now: DateTime<Utc>) -> Result<(), AppError> {
    store::set_avatar(conn, user, image, now)?;
    Ok(())
}

/// Forgets the picture.
///
/// # Errors
/// Those of the database.
pub fn delete_avatar(conn: &mut PgConnection, user: UserId) -> Result<(), AppError> {
    store::delete_avatar(conn, user)?;
    Ok(())
}

//! Sign-in, registration, recovery, profile and requests to be erased. Stores
//! hashes of passwords and tokens only. Sign-in and recovery answer the same for
//! known and unknown addresses; registration has to say that an address is
//! taken, and throttles such attempts like wrong passwords.

pub mod api;
pub mod erasure;
mod leaked;
pub mod password;
pub mod postage;
pub mod profile;
pub mod reauthentication;
pub mod recovery;
pub mod registration;
pub mod sign_in;
mod store;
pub mod verification;

pub use store::address;

use crate::{
    auth::token::TokenHash,
    domain::{Email, UserId, codes::coded},
    error::AppError,
    mail,
    web::browser,
};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::PgConnection;
use std::{collections::HashMap, net::IpAddr};
coded! {
    /// What an attempt that is throttled against guessing was for.
    AttemptKind {
        SignIn = "sign_in",
        Registration = "registration",
        ResetRequest = "reset_request",
        AccessCode = "access_code",
    }
}

coded! {
    /// What a single-use link sent by mail is for.
    LinkPurpose {
        PasswordReset = "password_reset",
        EmailChange = "email_change",
        Invitation = "invitation",
        AddressCheck = "address_check",
    }
}

/// How long the link in an invitation is valid.
const INVITATION_GOOD_FOR: TimeDelta = TimeDelta::days(7);

/// Stores links that let invited people choose a password.
///
/// # Errors
/// Those of the database.
pub fn insert_invitations(
    conn: &mut PgConnection,
    links: &[(UserId, TokenHash)],
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    store::insert_links(conn, links, LinkPurpose::Invitation, now, now + INVITATION_GOOD_FOR)?;
    Ok(())
}

/// Whether an invitation was mailed to this person since `moment`.
///
/// # Errors
/// Those of the database.
pub fn was_invited_since(conn: &mut PgConnection, user: UserId, moment: DateTime<Utc>) -> Result<bool, AppError> {
    Ok(store::has_link_since(conn, user, LinkPurpose::Invitation, moment)?)
}

/// A mail that tells a person of a change to their account.
#[derive(Clone, Debug)]
pub enum Notice {
    /// Somebody signed in with a device that the account was not used with before.
    NewDevice {
        browser: String,
        address: IpAddr,
    },
    RolesChanged,
}

/// Queues the mail, in the person's language (the company's if they chose none). An address
/// that is neither verified nor confirmed by HR gets none.
///
/// # Errors
/// Those of the database.
pub fn tell(conn: &mut PgConnection, user: UserId, notice: Notice, now: DateTime<Utc>) -> Result<(), AppError> {
    let Some((address, language)) = store::own_address(conn, user)? else { return Ok(()) };
    let words = language.catalog();
    let (subject, body) = match notice {
        Notice::RolesChanged => ("mail-roles-changed-subject", words.text("mail-roles-changed-body").to_owned()),
        Notice::NewDevice { browser, address } => {
            let browser = browser::name(&browser).unwrap_or_else(|| words.text("privacy-unknown-browser").to_owned());
            let said = [("browser", browser.into()), ("address", address.to_string().into())];
            ("mail-new-device-subject", words.with("mail-new-device-body", &said))
        }
    };
    mail::post(conn, &address, words.text(subject), &body, now)
}

/// Rewrites addresses that older versions stored to the canonical spelling of
/// [`Email`]. One that is invalid, or that another account has, is left and logged.
///
/// # Errors
/// Those of the database.
pub fn respell_addresses(conn: &mut PgConnection) -> Result<(), AppError> {
    for (user, stored) in store::misspelt(conn)? {
        let respelt = match Email::parse(&stored) {
            Some(email) => store::respell(conn, user, &email)?,
            None => 0,
        };
        if respelt == 0 {
            tracing::warn!(
                user = user.0,
                "this e-mail address is invalid, or its canonical spelling has another account"
            );
        }
    }
    Ok(())
}

/// Rebuilds the indexes on names when the version of their collation has changed,
/// which happens with updates of the ICU library.
///
/// # Errors
/// Those of the database.
pub fn renew_order_of_names(conn: &mut PgConnection) -> Result<(), AppError> {
    if store::is_order_outdated(conn)? {
        tracing::info!("the collation version has changed; rebuilding the indexes on names");
        store::renew_order(conn)?;
    }
    Ok(())
}

/// Names by id; erased people are missing.
///
/// # Errors
/// Those of the database.
pub fn names(conn: &mut PgConnection, people: &[UserId]) -> Result<HashMap<UserId, String>, AppError> {
    Ok(store::names(conn, people)?.into_iter().collect())
}

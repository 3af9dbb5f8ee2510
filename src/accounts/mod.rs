//! Sign-in, registration, recovery, profile and privacy. Never stores a
//! password or a token, only what verifies one; never tells a stranger
//! whether an address has an account where guessing would pay.

pub mod access_codes;
mod actor;
pub mod api;
pub mod email;
mod leaked;
pub mod password;
pub mod postage;
pub mod privacy;
pub mod profile;
pub mod reauthentication;
pub mod recovery;
pub mod registration;
pub mod roles;
pub mod sign_in;
mod store;
pub mod token;
pub mod verification;

pub use actor::{Actor, Proof};
pub use email::{BadEmail, Email};

use crate::{
    accounts::token::TokenHash,
    codes::{coded, id_type},
    error::AppError,
    i18n::Language,
    mail,
    web::{Hearth, address, browser, cookies},
};
use actix_web::{HttpRequest, http::header::USER_AGENT};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::PgConnection;
use std::{collections::HashMap, net::IpAddr};

id_type! {
    /// A person with an account. It does not tell how many there are.
    UserId
}
id_type! {
    /// A signed-in device. Not shown: a person knows it by its [`SignInNumber`].
    SignInId
}
id_type! {
    /// A signed-in device, numbered within its person.
    SignInNumber
}

coded! {
    /// What a person owns and is numbered within that person, from 1. The
    /// numbers tell them nothing of what others own.
    Numbered {
        Assessment = "assessment",
        Recommendation = "recommendation",
        Chat = "chat",
        Message = "message",
        SignIn = "sign_in",
        SupportRequest = "support_request",
    }
}

coded! {
    /// Where guessing could pay.
    AttemptKind {
        SignIn = "sign_in",
        Registration = "registration",
        ResetRequest = "reset_request",
        AccessCode = "access_code",
    }
}

coded! {
    /// What a person can agree to.
    ConsentPurpose { Assessment = "assessment", Assistant = "assistant" }
}

coded! {
    /// What a link sent by mail is for.
    LinkPurpose {
        PasswordReset = "password_reset",
        EmailChange = "email_change",
        Invitation = "invitation",
        AddressCheck = "address_check",
    }
}

coded! {
    /// A cookie authenticates pages only, a bearer token the API only, a code
    /// from a slip the pages of one check-up only.
    SignInKind { Browser = "browser", Api = "api", Code = "code" }
}

/// How long an invitation is good.
const INVITATION_GOOD_FOR: TimeDelta = TimeDelta::days(7);

/// Keeps links that let invited people choose a password.
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

/// Where a try comes from.
#[derive(Clone, Debug)]
pub struct Client {
    pub address: IpAddr,
    /// The User-Agent, shortened to 300 characters.
    pub browser: String,
    /// The number of a device that signed in to this account before.
    pub device: Option<[u8; 16]>,
}

impl Client {
    /// Reads it from a request; the device counts only if it is known to `account`.
    pub fn of(hearth: &Hearth, request: &HttpRequest, account: &[u8; 32]) -> Self {
        let browser = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self {
            address: address::of(request, &hearth.config.trusted_proxies),
            browser: browser.chars().take(300).collect(),
            device: cookies::device(hearth, request, account).map(|device| device.0),
        }
    }
}

/// A person's address, if they have one.
///
/// # Errors
/// Those of the database.
pub fn address(conn: &mut PgConnection, user: UserId) -> Result<Option<String>, AppError> {
    Ok(store::address(conn, user)?)
}

/// What a person is told of their account by mail.
#[derive(Clone, Debug)]
pub enum Notice {
    /// Somebody signed in with a device that never did before.
    NewDevice {
        browser: String,
        address: IpAddr,
    },
    RolesChanged,
}

/// Tells a person by mail, in their language; whose address nobody has shown to
/// be theirs is told nothing.
///
/// # Errors
/// Those of the database.
pub fn tell(conn: &mut PgConnection, user: UserId, notice: Notice, now: DateTime<Utc>) -> Result<(), AppError> {
    let Some((address, language)) = store::own_address(conn, user)? else { return Ok(()) };
    let words = language.unwrap_or(Language::En).catalog();
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

/// Brings addresses that were stored before to their one spelling. One that
/// cannot be mailed, or that somebody else has, stays as it is.
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
            tracing::warn!(user = user.0, "this address is in no spelling that mail reaches, or somebody else's");
        }
    }
    Ok(())
}

/// Builds the indexes of names anew after an update of the system ordered
/// letters in another way.
///
/// # Errors
/// Those of the database.
pub fn renew_order_of_names(conn: &mut PgConnection) -> Result<(), AppError> {
    if store::is_order_outdated(conn)? {
        tracing::info!("the order of letters has changed; indexes of names are built anew");
        store::renew_order(conn)?;
    }
    Ok(())
}

/// What people are called; those who left are missing.
///
/// # Errors
/// Those of the database.
pub fn names(conn: &mut PgConnection, people: &[UserId]) -> Result<HashMap<UserId, String>, AppError> {
    Ok(store::names(conn, people)?.into_iter().collect())
}

//! Registration. The department that a person enters is a claim until HR confirms
//! it; until then the person counts in no published number.

pub mod pages;
mod sign_up;

pub use sign_up::{NewPerson, SignedUp, sign_up};

use crate::{
    accounts::{password::PasswordProblem, postage::Link, store, verification},
    audit::{self, Event},
    auth::{
        Client, SignInKind,
        roles::{self, Role},
        sessions,
        token::TokenHash,
    },
    domain::{Email, UserId},
    error::AppError,
    i18n::Language,
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::{Connection as _, PgConnection, result::DatabaseErrorKind};
use serde_json::json;

/// The longest name, position or department, in characters.
pub const LONGEST_TEXT: usize = 255;

/// A new account.
#[derive(Debug)]
pub struct NewAccount {
    pub email: Email,
    pub password_hash: String,
    pub name: String,
    pub position: String,
    /// As the person enters it, unconfirmed.
    pub claimed_department: String,
    pub language: Option<Language>,
    pub role: Role,
    /// Whether person and address count as confirmed at once; only the command line asks for it.
    pub confirmed: bool,
}

/// Why no account was made.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    #[error("this address has an account already")]
    EmailTaken,
    #[error("the password is too easy to guess")]
    Weak(PasswordProblem),
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<diesel::result::Error> for RegisterError {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::Error::DatabaseError;
        match error {
            DatabaseError(DatabaseErrorKind::UniqueViolation, ref info)
                if info.constraint_name() == Some("users_email_key") =>
            {
                Self::EmailTaken
            }
            error => Self::App(error.into()),
        }
    }
}

/// Creates an account with the employee role and, if `role` is another one, that
/// role too, which is audited; only the command line asks for it.
///
/// # Errors
/// [`RegisterError::EmailTaken`], or those of the database.
pub fn register(
    conn: &mut PgConnection,
    new: &NewAccount,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Result<UserId, RegisterError> {
    conn.transaction(|conn| {
        let user = store::insert_user(
            conn,
            &store::NewUser {
                email: new.email.as_str(),
                password_hash: &new.password_hash,
                name: &new.name,
                position: &new.position,
                claimed_department: &new.claimed_department,
                confirmed_at: new.confirmed.then_some(now),
                email_verified_at: new.confirmed.then_some(now),
                language: new.language,
                joined_on: today,
            },
        )?;
        roles::give(conn, user, Role::Employee)?;
        if new.role != Role::Employee {
            let role = roles::give(conn, user, new.role)?;
            audit::record(conn, None, Event::RoleGiven, Some(user.0), json!({ "role": role }), now)?;
        }
        Ok(user)
    })
}

/// Creates an account, signs it in, and mails a link that verifies the address
/// (left out when the limit on mails is reached).
///
/// # Errors
/// Those of [`register`].
#[expect(clippy::too_many_arguments, reason = "who, how, from where, when")]
pub fn register_and_sign_in(
    conn: &mut PgConnection,
    new: &NewAccount,
    kind: SignInKind,
    token: TokenHash,
    client: &Client,
    check: &Link,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Result<UserId, RegisterError> {
    conn.transaction(|conn| {
        let user = register(conn, new, now, today)?;
        match verification::send_link(conn, user, check, new.language.unwrap_or(Language::En), now) {
            Err(AppError::TooManyRequests(_)) => {} // they can ask for it later, on their profile
            sent => sent?,
        }
        sessions::start(conn, user, kind, token, client, now)?;
        audit::record(conn, Some(user), Event::SignedIn, None, json!({}), now)?;
        Ok(user)
    })
}

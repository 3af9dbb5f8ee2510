//! Rate limits on mail with links: how many one person may cause, and how many
//! one address may receive in all. What HR sends has limits of its own; notices
//! of changes to an account are not limited.

use crate::{
    auth::token::{self, TokenHash},
    domain::{Email, UserId},
    error::AppError,
    keys::Keys,
    limits::{self, Key, Pace},
    web::Hearth,
};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{Connection as _, PgConnection};

/// Mails one person may cause: enough for mistyped addresses.
const OF_PERSON: Pace = Pace { burst: 10, every: TimeDelta::minutes(6) };
/// Mails to one address. The interval is shorter than a reset link is valid, so
/// that strangers who use up the limit cannot keep the owner without a link.
const TO_ADDRESS: Pace = Pace { burst: 5, every: TimeDelta::minutes(5) };

/// The limits that one mail counts against: the account that causes it, if any,
/// and the address that receives it.
#[derive(Clone, Debug)]
pub struct Postage {
    by: Option<Key>,
    to: Key,
}

impl Postage {
    pub fn new(keys: &Keys, by: Option<UserId>, to: &Email) -> Self {
        Self {
            by: by.map(|user| keys.digest("mails of", &user.0.to_be_bytes())),
            to: keys.digest("mails to", to.as_str().as_bytes()),
        }
    }

    /// Counts a mail.
    ///
    /// # Errors
    /// [`AppError::TooManyRequests`] when a limit is reached; then nothing is counted.
    pub fn pay(&self, conn: &mut PgConnection, now: DateTime<Utc>) -> Result<(), AppError> {
        conn.transaction(|conn| {
            if let Some(by) = &self.by {
                limits::take(conn, by, OF_PERSON, now)?;
            }
            limits::take(conn, &self.to, TO_ADDRESS, now)
        })
    }

    /// Counts a mail that is dropped when a limit is reached; answers whether to send it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn try_pay(&self, conn: &mut PgConnection, now: DateTime<Utc>) -> Result<bool, AppError> {
        match self.pay(conn, now) {
            Ok(()) => Ok(true),
            Err(AppError::TooManyRequests(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// A single-use link to be mailed, the hash that is stored, and the limits that
/// the mail counts against.
#[derive(Clone, Debug)]
pub struct Link {
    pub url: String,
    pub hash: TokenHash,
    pub postage: Postage,
}

impl Link {
    /// A new link to an `address` with a token in it, in a mail that `by` causes and `to` receives.
    ///
    /// # Errors
    /// When the operating system has no randomness to give.
    pub fn new(hearth: &Hearth, address: &str, by: Option<UserId>, to: &Email) -> Result<Self, AppError> {
        let (token, hash) = token::new()?;
        let url = hearth.config.public_url.join(&address.replace("{token}", &token));
        let url = url.map_err(|error| AppError::Internal(error.into()))?.into();
        Ok(Self { url, hash, postage: Postage::new(&hearth.keys, by, to) })
    }
}

//! How many mails a person may cause, and how many one address gets, whoever
//! causes them and whatever they say. What HR sends has limits of its own, and
//! what tells somebody of a change to their account is never held back.

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

/// Of one person: more than anybody needs who mistypes an address.
const OF_PERSON: Pace = Pace { burst: 10, every: TimeDelta::minutes(6) };
/// To one address. A link to a new password is good for longer than the wait:
/// strangers who ask for them cannot keep the owner without one.
const TO_ADDRESS: Pace = Pace { burst: 5, every: TimeDelta::minutes(5) };

/// Who causes a mail, if it is somebody with an account, and who gets it.
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
    /// [`AppError::TooManyRequests`] when it has to wait; then nothing is counted.
    pub fn pay(&self, conn: &mut PgConnection, now: DateTime<Utc>) -> Result<(), AppError> {
        conn.transaction(|conn| {
            if let Some(by) = &self.by {
                limits::take(conn, by, OF_PERSON, now)?;
            }
            limits::take(conn, &self.to, TO_ADDRESS, now)
        })
    }

    /// Counts a mail that is left out when there were too many; whether it may go.
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

/// A link to be sent, the hash that recognises it, and what the mail costs.
#[derive(Clone, Debug)]
pub struct Link {
    pub url: String,
    pub hash: TokenHash,
    pub postage: Postage,
}

impl Link {
    /// A new link of this installation, in a mail that `by` causes and `to` gets.
    ///
    /// # Errors
    /// When the operating system has no randomness to give.
    pub fn new(hearth: &Hearth, path: &str, by: Option<UserId>, to: &Email) -> Result<Self, AppError> {
        let (token, hash) = token::new()?;
        let url = hearth.config.public_url.join(&format!("{path}/{token}"));
        let url = url.map_err(|error| AppError::Internal(error.into()))?.into();
        Ok(Self { url, hash, postage: Postage::new(&hearth.keys, by, to) })
    }
}

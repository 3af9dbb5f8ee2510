//! Rate limits (token buckets): a burst at first, then one at regular intervals. Stored
//! in the database, so that all instances of the server share them.

mod store;

pub use store::delete_full;

use crate::error::AppError;
use chrono::{DateTime, TimeDelta, Utc};
use diesel::PgConnection;

/// What is limited, such as an address or an account, as a keyed hash: the table
/// reveals no names.
pub type Key = [u8; 32];

/// The rate: a bucket of `burst` tokens, refilled with one token per interval.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// How many are allowed at once.
    pub burst: i32,
    /// After a burst, one is allowed each time this passes.
    pub every: TimeDelta,
}

/// Takes one token.
///
/// # Errors
/// [`AppError::TooManyRequests`] when the bucket is empty, with the time until the next
/// token; nothing is taken then.
pub fn take(conn: &mut PgConnection, key: &Key, pace: Pace, now: DateTime<Utc>) -> Result<(), AppError> {
    let latest = now + pace.every * pace.burst;
    if store::advance(conn, key, pace.every, latest, now)? {
        return Ok(());
    }
    let full_at = store::full_at(conn, key)?.unwrap_or(now);
    let wait = (full_at + pace.every - latest).to_std().unwrap_or_default();
    Err(AppError::TooManyRequests(wait))
}

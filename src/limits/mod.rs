//! How often something may happen: so many times at once, then once in so
//! long. Counted in the database, since any number of instances may run.

mod store;

use crate::error::AppError;
use chrono::{DateTime, TimeDelta, Utc};
use diesel::PgConnection;

/// What is counted: a keyed hash, so that the table names nobody.
pub type Key = [u8; 32];

/// How often.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// So many times at once.
    pub burst: i32,
    /// Then once in so long.
    pub every: TimeDelta,
}

/// Counts one more.
///
/// # Errors
/// [`AppError::TooManyRequests`] when it has to wait; then nothing is counted.
pub fn take(conn: &mut PgConnection, key: &Key, pace: Pace, now: DateTime<Utc>) -> Result<(), AppError> {
    let latest = now + pace.every * pace.burst;
    if store::advance(conn, key, pace.every, latest, now)? {
        return Ok(());
    }
    let full_at = store::full_at(conn, key)?.unwrap_or(now);
    let wait = (full_at + pace.every - latest).to_std().unwrap_or_default();
    Err(AppError::TooManyRequests(wait))
}

/// Deletes what counts nothing any more.
///
/// # Errors
/// Those of the database.
pub fn delete_full(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<(), AppError> {
    store::delete_before(conn, now)?;
    Ok(())
}

//! The minimum time between two campaigns for the same people. Of people who leave,
//! only the time of their last campaign is kept.

mod store;

use crate::{
    domain::{PeriodId, Rhythm, UserId},
    error::AppError,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use diesel::PgConnection;

/// The first day on which the people invited to a campaign may be asked; `None` when
/// that is today or earlier.
///
/// # Errors
/// Those of the database.
pub fn until(
    conn: &mut PgConnection,
    id: PeriodId,
    (min_group, rhythm): (u16, Rhythm),
    (timezone, today): (&Tz, NaiveDate),
) -> Result<Option<NaiveDate>, AppError> {
    let asked = store::asked_before(conn, id, timezone)?;
    Ok(rhythm.opens_from(asked, min_group, today))
}

/// Keeps, for somebody who is archived, when they were last asked, so that the minimum
/// time holds if they are restored. Call it in the caller's transaction before the
/// person's invitations are deleted.
///
/// # Errors
/// Those of the database.
pub fn keep_rest(conn: &mut PgConnection, user: UserId) -> Result<(), AppError> {
    store::keep_rest(conn, user)?;
    Ok(())
}

/// Deletes that for somebody who is erased.
///
/// # Errors
/// Those of the database.
pub fn forget_rest(conn: &mut PgConnection, user: UserId) -> Result<(), AppError> {
    store::delete_rest(conn, user)?;
    Ok(())
}

/// Deletes entries older than the longest minimum time.
///
/// # Errors
/// Those of the database.
pub fn delete_rests_that_are_over(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<(), AppError> {
    store::delete_rests_before(conn, now - TimeDelta::days(i64::from(Rhythm::Twice.rest()) + 1))?;
    Ok(())
}

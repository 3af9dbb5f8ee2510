//! The minimum time between two campaigns for the same people. Of people who leave,
//! only the time of their last campaign is kept.

mod store;

pub use store::{forget_rest, keep_rest};

use crate::{
    domain::{PeriodId, Rhythm},
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

/// Deletes entries older than the longest minimum time.
///
/// # Errors
/// Those of the database.
pub fn delete_rests_that_are_over(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<(), AppError> {
    store::delete_rests_before(conn, now - TimeDelta::days(i64::from(Rhythm::Twice.rest()) + 1))?;
    Ok(())
}

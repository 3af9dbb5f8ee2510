//! Between two campaigns the same people are left alone. Keeps of those who
//! leave nothing but when they were asked last.

mod store;

use crate::{
    domain::{PeriodId, Rhythm, UserId},
    error::AppError,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use diesel::PgConnection;

/// From which day on the people invited to a campaign may be asked; `None`
/// when they may today.
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

/// Keeps of somebody who is archived when they were last asked, in the caller's
/// transaction and before anything of theirs goes: archived and brought back
/// they are left alone as long as everybody else.
///
/// # Errors
/// Those of the database.
pub fn keep_rest(conn: &mut PgConnection, user: UserId) -> Result<(), AppError> {
    store::keep_rest(conn, user)?;
    Ok(())
}

/// Keeps nothing of somebody who is erased.
///
/// # Errors
/// Those of the database.
pub fn forget_rest(conn: &mut PgConnection, user: UserId) -> Result<(), AppError> {
    store::delete_rest(conn, user)?;
    Ok(())
}

/// Deletes what is kept of rests that are over.
///
/// # Errors
/// Those of the database.
pub fn delete_rests_that_are_over(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<(), AppError> {
    store::delete_rests_before(conn, now - TimeDelta::days(i64::from(Rhythm::Twice.rest()) + 1))?;
    Ok(())
}

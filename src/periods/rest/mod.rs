//! The minimum time between two campaigns for the same people. Of people who leave,
//! only the time of their last campaign is kept.

mod store;

pub use store::{forget_rest, keep_rest};

use crate::{
    domain::{DepartmentId, PeriodId, Rhythm},
    error::AppError,
};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use diesel::PgConnection;

/// Whose rest is asked for.
pub enum Asked<'a> {
    /// The people invited to a campaign.
    Invited(PeriodId),
    /// The people whom a draft would invite today: the confirmed people of these
    /// departments, or of the company.
    Members(Option<&'a [DepartmentId]>),
}

/// The first day on which these people may be asked; `None` when that is today or
/// earlier.
///
/// # Errors
/// Those of the database.
pub fn until(
    conn: &mut PgConnection,
    asked: &Asked<'_>,
    (min_group, rhythm): (u16, Rhythm),
    (timezone, today): (&Tz, NaiveDate),
) -> Result<Option<NaiveDate>, AppError> {
    let rested = store::rested_from(conn, asked, rhythm, timezone)?;
    Ok(Rhythm::opens_from(rested, min_group, today))
}

/// The first day on which a campaign of the same people as the last one may open; `None`
/// before the first campaign closed.
///
/// # Errors
/// Those of the database.
pub fn after_the_last(conn: &mut PgConnection, rhythm: Rhythm, timezone: &Tz) -> Result<Option<NaiveDate>, AppError> {
    let Some((closed_at, own)) = store::last_closed(conn)? else { return Ok(None) };
    let rest = rhythm.rest().max(own.unwrap_or(Rhythm::Twice).rest());
    Ok(Some(closed_at.with_timezone(timezone).date_naive() + Days::new(rest.into())))
}

/// Deletes entries older than the longest minimum time.
///
/// # Errors
/// Those of the database.
pub fn delete_rests_that_are_over(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<(), AppError> {
    store::delete_rests_before(conn, now - TimeDelta::days(i64::from(Rhythm::Twice.rest()) + 1))?;
    Ok(())
}

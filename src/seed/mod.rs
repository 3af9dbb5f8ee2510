//! Companies that do not exist: the demo company, whose year tells a story, and
//! synthetic ones of any size. What is made is made by pure functions; only
//! `store` writes it, all or nothing. Never touches a database with people in
//! it: whoever calls asks [`is_empty`] first.

mod calendar;
mod chance;
mod company;
mod demo;
mod lists;
mod rows;
mod store;
mod temper;
#[cfg(test)]
mod testing;

pub use company::Plan;
pub use demo::{DEMO_ACCOUNTS, DEMO_PASSWORD, DemoAccount};

use crate::{error::AppError, instruments::Version, publication};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel::{Connection as _, PgConnection};

/// A synthetic company is made and written so many people at a time.
const AT_A_TIME: usize = 500;

/// Whether this database holds the demo company.
///
/// # Errors
/// Those of the database.
pub fn is_demo(conn: &mut PgConnection) -> Result<bool, AppError> {
    Ok(store::is_demo(conn)?)
}

/// Whether nobody has an account here.
///
/// # Errors
/// Those of the database.
pub fn is_empty(conn: &mut PgConnection) -> Result<bool, AppError> {
    Ok(!store::has_users(conn)?)
}

/// Fills an empty database with the demo company as it is at `now`, and marks
/// it. `password_hash` is that of [`DEMO_PASSWORD`].
///
/// # Errors
/// Those of the database; nothing is written then.
pub fn demo(
    conn: &mut PgConnection,
    version: &Version,
    password_hash: &str,
    now: DateTime<Utc>,
    timezone: Tz,
    min_group: u16,
) -> Result<(), AppError> {
    conn.transaction(|conn| {
        let candidates = store::candidates(conn)?;
        let company = demo::company(&version.instrument, &candidates, now, timezone);
        let places =
            store::write_places(conn, version.id, &company.departments, &company.periods, Some(password_hash))?;
        store::write_people(conn, &places, &company.people)?;
        publication::publish_closed(conn, min_group, now)?;
        Ok::<_, AppError>(store::mark_demo(conn, now)?)
    })?;
    publication::close_due(conn, min_group, now.with_timezone(&timezone).date_naive(), now)
}

/// Fills an empty database with the synthetic company of a plan. Nobody in it
/// can sign in. `progress` is told how many people of how many are written.
///
/// # Errors
/// Those of the database; nothing is written then.
pub fn company(
    conn: &mut PgConnection,
    version: &Version,
    plan: &Plan,
    now: DateTime<Utc>,
    timezone: Tz,
    min_group: u16,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(), AppError> {
    conn.transaction(|conn| {
        let candidates = store::candidates(conn)?;
        let generator = company::Generator::new(*plan, &version.instrument, &candidates, now, timezone);
        let places = store::write_places(conn, version.id, &generator.departments(), &generator.periods(), None)?;
        for first in (0..plan.employees).step_by(AT_A_TIME) {
            let end = plan.employees.min(first + AT_A_TIME as u32);
            store::write_people(conn, &places, &generator.people(first..end))?;
            progress(u64::from(end), u64::from(plan.employees));
        }
        store::analyze(conn)?;
        Ok::<_, AppError>(())
    })?;
    publication::close_due(conn, min_group, now.with_timezone(&timezone).date_naive(), now)
}

//! Generates fictitious companies: the demo company with a designed history, and
//! synthetic ones of any size. Pure functions generate them; only `store` writes, in
//! one transaction. Only for empty databases: callers check [`is_empty`] first.

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

use crate::{db::installation, error::AppError, instruments::Version, publication};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel::{Connection as _, PgConnection};

/// How many people are generated and written at a time.
const AT_A_TIME: usize = 500;

/// Whether this database holds the demo company.
///
/// # Errors
/// Those of the database.
pub fn is_demo(conn: &mut PgConnection) -> Result<bool, AppError> {
    Ok(installation::is_demo(conn)?)
}

/// Whether the database has no accounts.
///
/// # Errors
/// Those of the database.
pub fn is_empty(conn: &mut PgConnection) -> Result<bool, AppError> {
    Ok(!store::has_users(conn)?)
}

/// Fills an empty database with the demo company as of `now`, and marks the database as
/// a demo. `password_hash` is the hash of [`DEMO_PASSWORD`].
///
/// # Errors
/// Those of the database; then nothing is written.
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
        installation::mark_demo(conn, now)?; // with its noise key, before anything is published
        publication::publish_closed(conn, min_group, now)
    })?;
    publication::close_due(conn, min_group, now.with_timezone(&timezone).date_naive(), now)
}

/// Fills an empty database with a synthetic company. Nobody in it can sign in.
/// `progress` is called with the number of people written and of all people.
///
/// # Errors
/// Those of the database; then nothing is written.
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

//! The note of one day: three values from 0 to 100. Nobody but its owner reads it.

mod store;

pub use store::{Pulse, find, latest, save, since};

use crate::error::AppError;
use chrono::NaiveDate;
use diesel::PgConnection;

/// From this value of burnout on, help comes first.
const HELP_FROM: i16 = 80;

impl Pulse {
    /// Whether today calls for help first.
    pub const fn needs_help(&self) -> bool {
        self.burnout >= HELP_FROM
    }
}

/// Deletes notes of days before `oldest`, a batch at a time.
///
/// # Errors
/// Those of the database.
pub fn delete_before(conn: &mut PgConnection, oldest: NaiveDate) -> Result<(), AppError> {
    while store::delete_before(conn, oldest)? > 0 {}
    Ok(())
}

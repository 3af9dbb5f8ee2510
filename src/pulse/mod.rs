//! The daily note: three values from 0 to 100. Only its owner reads it.

mod store;

pub use store::{Pulse, find, latest, save, since};

use crate::error::AppError;
use chrono::NaiveDate;
use diesel::PgConnection;

/// From this value of burnout on, the page shows where to get help before anything
/// else.
const HELP_FROM: i16 = 80;

impl Pulse {
    /// Whether to show where to get help first.
    pub const fn needs_help(&self) -> bool {
        self.burnout >= HELP_FROM
    }
}

/// Deletes notes of days before `oldest`, in batches.
///
/// # Errors
/// Those of the database.
pub fn delete_before(conn: &mut PgConnection, oldest: NaiveDate) -> Result<(), AppError> {
    while store::delete_before(conn, oldest)? > 0 {}
    Ok(())
}

//! How many people completed a recommendation of a category in a month:
//! company only, and never of professional help, whose holders are those with
//! a high level.

use crate::{
    error::AppError,
    publication::{PeriodRow, store},
};
use diesel::PgConnection;

/// Publishes the categories that twice the smallest group holds.
///
/// # Errors
/// Those of the database.
pub fn publish(conn: &mut PgConnection, month: &PeriodRow, k: u16) -> Result<(), AppError> {
    let held = store::held_by_category(conn, month)?;
    let enough = held.into_iter().filter(|(_, people, _)| *people >= 2 * i64::from(k));
    let blurred: Vec<_> =
        enough.map(|(category, people, completed)| (category, people, blur(people, completed))).collect();
    store::insert_shares(conn, month.id, &blurred)?;
    Ok(())
}

/// Neither all nor none: nobody is certain of a colleague.
fn blur(people: i64, completed: i64) -> i64 {
    completed.clamp(2, people - 2)
}

//! How many people completed a recommendation of each category in a month: for the
//! whole company only, and never for professional help, which only people with a high
//! result are recommended.

use crate::{
    error::AppError,
    publication::{PeriodRow, noise::NoiseKind, store},
};
use diesel::PgConnection;

/// Publishes the categories that enough people for a block of a month have on their
/// lists.
///
/// # Errors
/// Those of the database.
pub fn publish(conn: &mut PgConnection, month: &PeriodRow, k: u16) -> Result<(), AppError> {
    let held = store::held_by_category(conn, month)?;
    let least = NoiseKind::Month.least(k.into()) as i64;
    let enough = held.into_iter().filter(|(_, people, _)| *people >= least);
    let blurred: Vec<_> =
        enough.map(|(category, people, completed)| (category, people, blur(people, completed))).collect();
    store::insert_shares(conn, month.id, &blurred)?;
    Ok(())
}

/// Keeps the count between 2 and all but 2, so that nobody can be certain about a
/// colleague.
fn blur(people: i64, completed: i64) -> i64 {
    completed.clamp(2, people - 2)
}

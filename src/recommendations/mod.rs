//! Each person's list of recommendations from the library. Only the person sees their
//! list.

pub mod api;
pub mod choice;
pub mod pages;
mod store;

pub use choice::{Candidate, Strain};
pub use store::{Listed, TeamItem, complete, completed, count_completed, find, open, team_candidates, team_items};

use crate::{
    domain::{
        UserId,
        codes::{coded, id_type},
    },
    error::AppError,
};
use chrono::{DateTime, Days, Utc};
use diesel::{Connection as _, PgConnection};
id_type! {
    /// One item on somebody's list, numbered within that person.
    RecommendationNumber
}

coded! {
    /// How urgent it is.
    Priority { Low = "low", Medium = "medium", High = "high" }
}

/// How long a completed item is not recommended again.
const RETURNS_AFTER: Days = Days::new(90);

/// Replaces the open recommendations by those for the person's latest result. An item
/// that is chosen again keeps its place; completed ones are not changed.
///
/// # Errors
/// Those of the database.
pub fn give(conn: &mut PgConnection, user: UserId, strain: &Strain, now: DateTime<Utc>) -> Result<(), AppError> {
    let recently = now.checked_sub_days(RETURNS_AFTER).unwrap_or(now);
    let candidates = store::candidates(conn, user, recently)?;
    let mut chosen = choice::choose(&candidates, strain);
    if !choice::is_enough(&candidates, strain, &chosen) {
        // Nearly everything was completed recently: rather repeat an item than
        // recommend too little.
        chosen = choice::choose(&store::candidates(conn, user, now)?, strain);
    }
    store::replace_open(conn, user, &chosen, now)?;
    Ok(())
}

/// Deletes recommendations completed before `oldest`, in batches.
///
/// # Errors
/// Those of the database.
pub fn delete_before(conn: &mut PgConnection, oldest: DateTime<Utc>) -> Result<(), AppError> {
    while store::delete_before(conn, oldest)? > 0 {}
    Ok(())
}

/// Makes a completed recommendation open again. If the same item was recommended again
/// meanwhile, that one is kept instead.
///
/// # Errors
/// [`AppError::NotFound`] when it is not theirs.
pub fn reopen(conn: &mut PgConnection, user: UserId, number: RecommendationNumber) -> Result<(), AppError> {
    conn.transaction(|conn| {
        store::lock_person(conn, user)?; // serialises reopening two recommendations of the same item
        store::reopen(conn, user, number)
    })
}

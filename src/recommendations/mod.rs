//! Each person's list of recommendations from the library. Only the person sees their
//! list.

pub mod api;
pub mod choice;
pub mod pages;
mod store;

pub use choice::{Candidate, Strain};
pub use store::{Listed, TeamItem};

use crate::{
    domain::{
        UserId,
        codes::{coded, id_type},
    },
    error::AppError,
    i18n::Language,
    library::ItemId,
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

/// The items that can be suggested to a team.
///
/// # Errors
/// Those of the database.
pub fn team_candidates(conn: &mut PgConnection) -> Result<Vec<Candidate>, AppError> {
    Ok(store::team_candidates(conn)?)
}

/// Items for teams with their texts, in no particular order.
///
/// # Errors
/// Those of the database.
pub fn team_items(conn: &mut PgConnection, ids: &[ItemId], language: Language) -> Result<Vec<TeamItem>, AppError> {
    Ok(store::team_items(conn, ids, language)?)
}

/// A person's open recommendations, most urgent first.
///
/// # Errors
/// Those of the database.
pub fn open(conn: &mut PgConnection, user: UserId, language: Language) -> Result<Vec<Listed>, AppError> {
    Ok(store::open(conn, user, language)?)
}

/// One of a person's recommendations, open or completed.
///
/// # Errors
/// [`AppError::NotFound`] when it is not theirs.
pub fn find(
    conn: &mut PgConnection,
    user: UserId,
    number: RecommendationNumber,
    language: Language,
) -> Result<Listed, AppError> {
    Ok(store::find(conn, user, number, language)?)
}

/// A person's latest completed recommendations, newest first.
///
/// # Errors
/// Those of the database.
pub fn completed(
    conn: &mut PgConnection,
    user: UserId,
    language: Language,
    limit: i64,
) -> Result<Vec<Listed>, AppError> {
    Ok(store::completed(conn, user, language, limit)?)
}

/// Deletes recommendations completed before `oldest`, in batches.
///
/// # Errors
/// Those of the database.
pub fn delete_before(conn: &mut PgConnection, oldest: DateTime<Utc>) -> Result<(), AppError> {
    while store::delete_before(conn, oldest)? > 0 {}
    Ok(())
}

/// How many recommendations a person completed.
///
/// # Errors
/// Those of the database.
pub fn count_completed(conn: &mut PgConnection, user: UserId) -> Result<i64, AppError> {
    Ok(store::count_completed(conn, user)?)
}

/// Marks a recommendation as completed; nothing changes when it is already.
///
/// # Errors
/// [`AppError::NotFound`] when it is not theirs.
pub fn complete(
    conn: &mut PgConnection,
    user: UserId,
    number: RecommendationNumber,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    store::set_completed(conn, user, number, now)
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

//! The library of what helps, and each person's own list from it. Never shows
//! one person's list to another.

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
    /// How soon an item is worth doing.
    Priority { Low = "low", Medium = "medium", High = "high" }
}

/// A completed item may be recommended again after so many days.
const RETURNS_AFTER: Days = Days::new(90);

/// Replaces the open part of a person's list by what fits their latest result.
/// An item that fits still keeps its place; completed ones stay completed.
///
/// # Errors
/// Those of the database.
pub fn give(conn: &mut PgConnection, user: UserId, strain: &Strain, now: DateTime<Utc>) -> Result<(), AppError> {
    let recently = now.checked_sub_days(RETURNS_AFTER).unwrap_or(now);
    let candidates = store::candidates(conn, user, recently)?;
    let mut chosen = choice::choose(&candidates, strain);
    if !choice::is_enough(&candidates, strain, &chosen) {
        // Nearly everything was done lately: better something again than nothing.
        chosen = choice::choose(&store::candidates(conn, user, now)?, strain);
    }
    store::replace_open(conn, user, &chosen, now)?;
    Ok(())
}

/// What a team could be advised to do.
///
/// # Errors
/// Those of the database.
pub fn team_candidates(conn: &mut PgConnection) -> Result<Vec<Candidate>, AppError> {
    Ok(store::team_candidates(conn)?)
}

/// Items for teams, with their words, in no order.
///
/// # Errors
/// Those of the database.
pub fn team_items(conn: &mut PgConnection, ids: &[ItemId], language: Language) -> Result<Vec<TeamItem>, AppError> {
    Ok(store::team_items(conn, ids, language)?)
}

/// A person's open list, most urgent first.
///
/// # Errors
/// Those of the database.
pub fn open(conn: &mut PgConnection, user: UserId, language: Language) -> Result<Vec<Listed>, AppError> {
    Ok(store::open(conn, user, language)?)
}

/// One recommendation of a person, done or not.
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

/// A page of what a person completed, latest first.
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

/// Deletes what was completed before `oldest`, a batch at a time.
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

/// Marks a recommendation done; done already stays as it is.
///
/// # Errors
/// [`AppError::NotFound`] when it is not this person's.
pub fn complete(
    conn: &mut PgConnection,
    user: UserId,
    number: RecommendationNumber,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    store::set_completed(conn, user, number, now)
}

/// Puts a recommendation back on the open list. If the same item was given
/// again meanwhile, that one stands for it.
///
/// # Errors
/// [`AppError::NotFound`] when it is not this person's.
pub fn reopen(conn: &mut PgConnection, user: UserId, number: RecommendationNumber) -> Result<(), AppError> {
    conn.transaction(|conn| {
        store::lock_person(conn, user)?; // two of one item, reopened at once, wait for each other
        store::reopen(conn, user, number)
    })
}

//! Editing the library: HR writes drafts, publishes items and adds tags. Readers never
//! see a draft. A version check keeps two people who edit the same item from
//! overwriting each other's changes.

pub mod form;
pub mod pages;
mod store;

pub use store::{Draft, Listed, Standing, Stored, TagChoice, find, tags};

use crate::{
    audit::{self, Event},
    db::keyset,
    domain::UserId,
    error::AppError,
    i18n::Language,
    keys,
    library::{Audience, ItemId},
};
use chrono::{DateTime, Utc};
use diesel::{Connection as _, PgConnection};
use serde_json::json;

/// How many items a page shows.
pub const SHOWN: usize = 50;

/// Prefix of the keys of items that HR wrote; shipped items have other keys.
const OWN: &str = "own-";

/// Filter of the list.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of a title.
    pub text: String,
    pub published: Option<bool>,
    pub audience: Option<Audience>,
    pub after: Option<ItemId>,
}

/// Why an item was not changed or deleted.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    #[error("somebody changed it meanwhile")]
    Changed,
    #[error("it ships with the product or was published once")]
    InUse,
    #[error("nothing of professional help would be left for a high result")]
    LastHelp,
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<diesel::result::Error> for LibraryError {
    fn from(error: diesel::result::Error) -> Self {
        Self::App(error.into())
    }
}

/// One page of items, latest first; and whether there are more.
///
/// # Errors
/// Those of the database.
pub fn list(conn: &mut PgConnection, filter: &Filter, language: Language) -> Result<(Vec<Listed>, bool), AppError> {
    Ok(keyset::cut(store::list(conn, filter, language, SHOWN as i64 + 1)?, SHOWN))
}

/// Stores a new item.
///
/// # Errors
/// Those of the database.
pub fn create(conn: &mut PgConnection, actor: UserId, draft: &Draft, now: DateTime<Utc>) -> Result<ItemId, AppError> {
    let key = format!("{OWN}{}", &hex::encode(keys::random().map_err(AppError::Internal)?)[..16]);
    conn.transaction(|conn| {
        let id = store::insert(conn, &key, draft)?;
        record(conn, actor, Event::LibraryItemCreated, id, now)?;
        if draft.published {
            record(conn, actor, Event::LibraryItemPublished, id, now)?;
        }
        Ok(id)
    })
}

/// Changes an item, unless somebody else changed it since `version`.
///
/// # Errors
/// [`LibraryError::Changed`] when somebody did; [`LibraryError::LastHelp`] when people
/// with a high result would be recommended no professional help any more;
/// [`AppError::NotFound`] when there is no such item.
pub fn change(
    conn: &mut PgConnection,
    actor: UserId,
    id: ItemId,
    version: DateTime<Utc>,
    draft: &Draft,
    now: DateTime<Utc>,
) -> Result<(), LibraryError> {
    conn.transaction(|conn| {
        let (stands_at, standing) = store::lock(conn, id)?;
        if stands_at != version {
            return Err(LibraryError::Changed);
        }
        let had_help = store::has_help(conn)?;
        store::update(conn, id, draft)?;
        if had_help && !store::has_help(conn)? {
            return Err(LibraryError::LastHelp);
        }
        let event = match (standing.published, draft.published) {
            (false, true) => Event::LibraryItemPublished,
            (true, false) => Event::LibraryItemUnpublished,
            _ => Event::LibraryItemChanged,
        };
        Ok(record(conn, actor, event, id, now)?)
    })
}

/// Deletes an item that HR wrote and that was never published. Does not depend on
/// whether the item is on somebody's list: HR could otherwise find out that somebody's
/// result is high.
///
/// # Errors
/// [`LibraryError::InUse`] when it ships or was published once; [`AppError::NotFound`]
/// when there is no such item.
pub fn delete(conn: &mut PgConnection, actor: UserId, id: ItemId, now: DateTime<Utc>) -> Result<(), LibraryError> {
    conn.transaction(|conn| {
        let (_, standing) = store::lock(conn, id)?;
        if !standing.is_deletable() {
            return Err(LibraryError::InUse);
        }
        store::delete(conn, id)?;
        Ok(record(conn, actor, Event::LibraryItemDeleted, id, now)?)
    })
}

fn record(
    conn: &mut PgConnection,
    actor: UserId,
    event: Event,
    id: ItemId,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    audit::record(conn, Some(actor), event, Some(id.0), json!({}), now)
}

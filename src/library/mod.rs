//! The library: articles, exercises and other things that help, found by tag, kind and
//! words. The shipped part is stored at start; HR writes more in [`editor`]. The
//! functions here only read.

pub mod editor;
pub mod markdown;
pub mod pages;
mod search;
mod shipped;
mod store;

pub use markdown::to_html;
pub use shipped::{Item, Tag, Words, import_shipped, shipped};
pub use store::{Entry, Found, Full, Related, TagName, by_ids, show, shown_text, tags};

use crate::{
    db::keyset,
    domain::codes::{coded, id_type},
    error::AppError,
    i18n::Language,
};
use diesel::PgConnection;

id_type! {
    /// One item of the library.
    ItemId
}

coded! {
    /// The area of life that an item is about.
    Category {
        Rest = "rest",
        Body = "body",
        Boundaries = "boundaries",
        Workload = "workload",
        Connection = "connection",
        Meaning = "meaning",
        ProfessionalHelp = "professional_help",
    }
}

coded! {
    /// What kind of thing an item asks for.
    Kind {
        Exercise = "exercise",
        Habit = "habit",
        Conversation = "conversation",
        Article = "article",
        Book = "book",
        ProfessionalHelp = "professional_help",
    }
}

coded! {
    /// For whom an item is meant.
    Audience {
        /// One person.
        Person = "person",
        /// A manager or HR, for a whole team.
        Team = "team",
    }
}

/// How many items a page shows.
pub const SHOWN: usize = 24;
/// How many items a search returns at most.
const FOUND: i64 = 50;
/// How many related items are shown.
const RELATED: i64 = 4;

/// Filter of the library.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Words to search for; results are then ordered by rank.
    pub text: String,
    pub tag: Option<String>,
    pub kind: Option<Kind>,
    pub category: Option<Category>,
    /// The last item of the page before.
    pub after: Option<ItemId>,
}

/// Published items for one person, by title, or by rank when words are given; and
/// whether there are more.
///
/// # Errors
/// Those of the database.
pub fn browse(conn: &mut PgConnection, wanted: &Wanted, language: Language) -> Result<(Vec<Entry>, bool), AppError> {
    if !wanted.text.is_empty() {
        let Some(query) = search::query(&wanted.text, language) else { return Ok((Vec::new(), false)) };
        return Ok((store::search_entries(conn, &query, wanted, language, FOUND)?, false));
    }
    Ok(keyset::cut(store::entries(conn, wanted, language, SHOWN as i64 + 1)?, SHOWN))
}

/// The published items that share most tags with this one.
///
/// # Errors
/// Those of the database.
pub fn related(conn: &mut PgConnection, id: ItemId, language: Language) -> Result<Vec<Related>, AppError> {
    Ok(store::related(conn, id, language, RELATED)?)
}

/// Published items for one person that match any of the words, best matches first.
///
/// # Errors
/// Those of the database.
pub fn search(conn: &mut PgConnection, text: &str, language: Language, limit: i64) -> Result<Vec<Found>, AppError> {
    let Some(query) = search::query(text, language) else { return Ok(Vec::new()) };
    Ok(store::search(conn, &query, language, limit)?)
}

//! The library that ships with the product, stored at start. An item that is
//! there already is left alone: HR may have edited it.

use crate::{
    assessment::Level,
    error::AppError,
    i18n::Language,
    recommendations::{Category, Dimension, Kind, store},
};
use anyhow::Context as _;
use diesel::{Connection as _, PgConnection};
use serde::Deserialize;
use std::collections::BTreeMap;

const FILES: [(Category, &str); 7] = [
    (Category::Rest, include_str!("library/rest.toml")),
    (Category::Body, include_str!("library/body.toml")),
    (Category::Boundaries, include_str!("library/boundaries.toml")),
    (Category::Workload, include_str!("library/workload.toml")),
    (Category::Connection, include_str!("library/connection.toml")),
    (Category::Meaning, include_str!("library/meaning.toml")),
    (Category::ProfessionalHelp, include_str!("library/professional_help.toml")),
];
const TAGS: &str = include_str!("library/tags.toml");

#[derive(Deserialize)]
struct ItemFile {
    items: Vec<Item>,
}

/// One item with its words.
#[derive(Debug, Deserialize)]
pub struct Item {
    pub key: String,
    #[serde(skip, default = "first_category")]
    pub category: Category,
    pub kind: Kind,
    /// How long one go takes.
    pub minutes: i16,
    pub dimensions: Vec<Dimension>,
    pub levels: Vec<Level>,
    pub tags: Vec<String>,
    pub author: Option<String>,
    /// A citation.
    pub source: Option<String>,
    #[serde(flatten)]
    pub words: BTreeMap<Language, Words>,
}

fn first_category() -> Category {
    Category::ALL[0]
}

/// An item's words in one language.
#[derive(Debug, Deserialize)]
pub struct Words {
    pub title: String,
    pub duration: String,
    pub description: String,
}

#[derive(Deserialize)]
struct TagFile {
    tags: Vec<Tag>,
}

/// A tag with its names.
#[derive(Debug, Deserialize)]
pub struct Tag {
    pub key: String,
    pub name: BTreeMap<Language, String>,
}

/// The items that ship with the product, and their tags.
///
/// # Errors
/// When a file is malformed, which a test rules out.
pub fn shipped() -> anyhow::Result<(Vec<Item>, Vec<Tag>)> {
    let mut items = Vec::new();
    for (category, source) in FILES {
        let file: ItemFile = toml::from_str(source).with_context(|| format!("library/{}.toml", category.code()))?;
        items.extend(file.items.into_iter().map(|item| Item { category, ..item }));
    }
    let tags: TagFile = toml::from_str(TAGS).context("library/tags.toml")?;
    Ok((items, tags.tags))
}

/// Stores what ships and is not there yet.
///
/// # Errors
/// Those of the database.
pub fn import_shipped(conn: &mut PgConnection) -> Result<(), AppError> {
    let (items, tags) = shipped().map_err(AppError::Internal)?;
    conn.transaction(|conn| store::insert_missing(conn, &items, &tags))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_item_has_its_words_and_known_tags() {
        let (items, tags) = shipped().unwrap();
        let tag_keys: HashSet<&str> = tags.iter().map(|tag| tag.key.as_str()).collect();
        assert!(items.len() >= 45);
        assert_eq!(items.iter().map(|item| &item.key).collect::<HashSet<_>>().len(), items.len(), "keys are unique");
        for item in &items {
            assert_eq!(item.words.len(), Language::ALL.len(), "{}", item.key);
            assert!(item.words.values().all(|w| [&w.title, &w.duration, &w.description].iter().all(|t| !t.is_empty())));
            assert!(item.tags.iter().all(|tag| tag_keys.contains(tag.as_str())), "{}", item.key);
        }
        assert!(tags.iter().all(|tag| tag.name.len() == Language::ALL.len()));
    }
}

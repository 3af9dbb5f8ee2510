//! The library that ships with the product, stored at start. Existing texts are not
//! changed, because HR may have edited them; those in a language that an item has none in
//! are added.

mod store;

use crate::{
    domain::{Dimension, Level},
    error::AppError,
    i18n::Language,
    library::{Audience, Category, Kind},
};
use anyhow::Context as _;
use diesel::{Connection as _, PgConnection};
use serde::Deserialize;
use std::collections::BTreeMap;

const FILES: [(Audience, Category, &str); 12] = [
    (Audience::Person, Category::Rest, include_str!("../../library/rest.toml")),
    (Audience::Person, Category::Body, include_str!("../../library/body.toml")),
    (Audience::Person, Category::Boundaries, include_str!("../../library/boundaries.toml")),
    (Audience::Person, Category::Workload, include_str!("../../library/workload.toml")),
    (Audience::Person, Category::Connection, include_str!("../../library/connection.toml")),
    (Audience::Person, Category::Meaning, include_str!("../../library/meaning.toml")),
    (Audience::Person, Category::ProfessionalHelp, include_str!("../../library/professional_help.toml")),
    (Audience::Team, Category::Workload, include_str!("../../library/team/workload.toml")),
    (Audience::Team, Category::Rest, include_str!("../../library/team/rest.toml")),
    (Audience::Team, Category::Boundaries, include_str!("../../library/team/boundaries.toml")),
    (Audience::Team, Category::Connection, include_str!("../../library/team/connection.toml")),
    (Audience::Team, Category::Meaning, include_str!("../../library/team/meaning.toml")),
];
const TAGS: &str = include_str!("../../library/tags.toml");

#[derive(Deserialize)]
struct ItemFile {
    items: Vec<Item>,
}

/// One item with its texts.
#[derive(Debug, Deserialize)]
pub struct Item {
    pub key: String,
    #[serde(skip, default = "first_audience")]
    pub audience: Audience,
    #[serde(skip, default = "first_category")]
    pub category: Category,
    pub kind: Kind,
    /// How long doing it once takes, in minutes.
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

fn first_audience() -> Audience {
    Audience::ALL[0]
}

fn first_category() -> Category {
    Category::ALL[0]
}

/// An item's texts in one language.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Words {
    pub title: String,
    pub duration: String,
    pub description: String,
    /// The full text of an article in Markdown.
    #[serde(default)]
    pub body: String,
}

#[derive(Deserialize)]
struct TagFile {
    tags: Vec<Tag>,
}

/// A tag with its name in each language.
#[derive(Debug, Deserialize)]
pub struct Tag {
    pub key: String,
    pub name: BTreeMap<Language, String>,
}

/// The shipped items and their tags.
///
/// # Errors
/// When a file is malformed; a test rules this out.
pub fn shipped() -> anyhow::Result<(Vec<Item>, Vec<Tag>)> {
    let mut items = Vec::new();
    for (audience, category, source) in FILES {
        let name = || format!("{} items of the library about {}", audience.code(), category.code());
        let file: ItemFile = toml::from_str(source).with_context(name)?;
        items.extend(file.items.into_iter().map(|item| Item { audience, category, ..item }));
    }
    let tags: TagFile = toml::from_str(TAGS).context("library/tags.toml")?;
    Ok((items, tags.tags))
}

/// Stores the shipped items, texts and names of tags that are not stored yet.
///
/// # Errors
/// Those of the database.
pub fn import_shipped(conn: &mut PgConnection) -> Result<(), AppError> {
    let (items, tags) = shipped().map_err(AppError::Internal)?;
    conn.transaction(|conn| {
        store::insert_missing(conn, &items, &tags)?;
        Ok(store::renew_configurations(conn)?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_item_has_its_words_and_known_tags() {
        let (items, tags) = shipped().unwrap();
        let tag_keys: HashSet<&str> = tags.iter().map(|tag| tag.key.as_str()).collect();
        let of = |audience| items.iter().filter(|item| item.audience == audience).count();
        assert!(of(Audience::Person) >= 45 && of(Audience::Team) >= 15);
        assert_eq!(items.iter().map(|item| &item.key).collect::<HashSet<_>>().len(), items.len(), "keys are unique");
        for item in &items {
            assert_eq!(item.words.len(), Language::of_the_program().len(), "{}", item.key);
            assert!(item.words.values().all(|w| [&w.title, &w.duration, &w.description].iter().all(|t| !t.is_empty())));
            assert!(item.tags.iter().all(|tag| tag_keys.contains(tag.as_str())), "{}", item.key);
        }
        assert!(tags.iter().all(|tag| tag.name.len() == Language::of_the_program().len()));
    }

    #[test]
    fn every_strained_dimension_has_something_for_a_team_to_do() {
        let (items, _) = shipped().unwrap();
        let for_teams: Vec<_> = items.iter().filter(|item| item.audience == Audience::Team).collect();
        assert!(for_teams.iter().all(|item| !item.levels.contains(&Level::Low)), "a team that is well is left alone");
        for dimension in Dimension::ALL {
            for level in [Level::Medium, Level::High] {
                let fits = |item: &&&Item| item.dimensions.contains(&dimension) && item.levels.contains(&level);
                assert!(for_teams.iter().filter(fits).count() >= 5, "{dimension:?} {level:?}");
            }
        }
    }
}

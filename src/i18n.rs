//! Languages, Fluent catalogs, and text in several languages. Other modules return
//! codes; the words for them are looked up here.

mod catalog;
mod language;
#[cfg(test)]
mod pseudo;
mod ukrainian;

pub use catalog::{Catalog, Value};
pub use language::{Language, Search};

use crate::domain::text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One text in several languages, normalised by [`text::paragraphs`] wherever it comes
/// from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "BTreeMap<Language, String>")]
pub struct Text(BTreeMap<Language, String>);

impl From<BTreeMap<Language, String>> for Text {
    fn from(words: BTreeMap<Language, String>) -> Self {
        // PostgreSQL cannot store U+0000; such a text stays as it is, for the check
        // that refuses it.
        let read = |words: String| if words.contains('\0') { words } else { text::paragraphs(&words) };
        Self(words.into_iter().map(|(language, words)| (language, read(words))).collect())
    }
}

impl Text {
    /// The text in each language that it exists in.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }

    /// The text in `language`, if it exists.
    pub fn exactly(&self, language: Language) -> Option<&str> {
        self.0.get(&language).map(String::as_str)
    }

    /// The text in `language`, else in the first language that exists; empty when none
    /// does.
    pub fn in_language(&self, language: Language) -> &str {
        self.0.get(&language).or_else(|| self.0.values().next()).map_or("", String::as_str)
    }
}

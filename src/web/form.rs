//! Error messages of a form, shown next to the fields.

use crate::i18n::Catalog;

pub use crate::domain::text::{line, paragraphs};

/// Messages by field, in the order of the form.
#[derive(Clone, Debug, Default)]
pub struct FormErrors(Vec<(&'static str, String)>);

impl FormErrors {
    /// Adds a message of the catalog to a field.
    pub fn add(&mut self, words: &Catalog, field: &'static str, key: &str) {
        self.0.push((field, words.text(key).to_owned()));
    }

    /// Adds a message that is formatted already.
    pub fn add_text(&mut self, field: &'static str, text: String) {
        self.0.push((field, text));
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first message of a field.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| *name == field).map(|(_, text)| text.as_str())
    }

    /// Every field with its message, for the summary above the form.
    pub fn all(&self) -> &[(&'static str, String)] {
        &self.0
    }
}

//! Places to get help, by country, read from a configuration file. None is built in:
//! without a file the pages give general advice only.

use crate::i18n::Text;
use anyhow::Context as _;
use chrono::NaiveDate;
use serde::Deserialize;
use std::{io::ErrorKind, path::Path};

/// Contacts for the demo company; each says that it is made up.
const DEMO: &str = include_str!("demo.toml");

/// The contacts in the order of the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HelpContacts {
    #[serde(default)]
    pub contacts: Vec<HelpContact>,
}

/// One place to turn to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HelpContact {
    /// ISO 3166-1 alpha-2 code of the country it serves.
    pub country: String,
    pub name: Text,
    /// When and for whom, in one line.
    pub note: Text,
    #[serde(default)]
    pub phone: Option<String>,
    #[serde(default)]
    pub url: Option<String>,
    /// The day on which somebody last verified the contact.
    pub checked: toml::value::Datetime,
    /// Whether somebody in danger should call it first.
    #[serde(default)]
    pub urgent: bool,
}

impl HelpContact {
    /// The day of `checked`; `None` when the file gives only a time.
    pub fn checked_on(&self) -> Option<NaiveDate> {
        let day = self.checked.date?;
        NaiveDate::from_ymd_opt(day.year.into(), day.month.into(), day.day.into())
    }

    /// The phone number as a `tel:` URL.
    pub fn phone_link(&self) -> Option<String> {
        let digits = |phone: &String| phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect::<String>();
        self.phone.as_ref().map(|phone| format!("tel:{}", digits(phone)))
    }
}

impl HelpContacts {
    /// Reads the configured file. A file that does not exist counts as an empty one.
    ///
    /// # Errors
    /// When the file exists and cannot be read or is malformed.
    pub fn load(path: &Path) -> anyhow::Result<Self> {
        match std::fs::read_to_string(path) {
            Ok(source) => Self::parse(&source).with_context(|| format!("HEARTH_HELP_FILE: {}", path.display())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error).with_context(|| format!("HEARTH_HELP_FILE: {}", path.display())),
        }
    }

    /// The demo company's contacts.
    ///
    /// # Errors
    /// Never for the file that ships; a test reads it.
    pub fn demo() -> anyhow::Result<Self> {
        Self::parse(DEMO)
    }

    fn parse(source: &str) -> anyhow::Result<Self> {
        let read: Self = toml::from_str(source).map_err(|error| anyhow::anyhow!("{}", error.message()))?;
        for contact in &read.contacts {
            anyhow::ensure!(
                contact.country.len() == 2 && contact.country.bytes().all(|b| b.is_ascii_uppercase()),
                "country must be a two-letter code such as DE"
            );
            anyhow::ensure!(contact.phone.is_some() || contact.url.is_some(), "a contact needs a phone or a url");
            anyhow::ensure!(
                contact.url.as_deref().is_none_or(|url| url.starts_with("https://")),
                "url must begin with https://"
            );
            anyhow::ensure!(contact.checked_on().is_some(), "checked must be a date such as 2026-01-31");
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_that_ship_are_well_formed() {
        assert!(HelpContacts::load(Path::new("help.toml")).unwrap().contacts.is_empty(), "no contact is made up");
        assert!(!HelpContacts::demo().unwrap().contacts.is_empty());
    }

    #[test]
    fn a_malformed_file_says_what_is_wrong() {
        let contact = |country: &str, rest: &str| {
            format!("[[contacts]]\ncountry = \"{country}\"\nname = {{ en = \"x\" }}\nnote = {{ en = \"x\" }}\n{rest}")
        };
        for (source, words) in [
            (contact("Germany", "phone = \"1\"\nchecked = 2026-01-01"), "country"),
            (contact("DE", "checked = 2026-01-01"), "phone or a url"),
            (contact("DE", "url = \"javascript:x\"\nchecked = 2026-01-01"), "https"),
            (contact("DE", "phone = \"1\""), "checked"),
        ] {
            let error = HelpContacts::parse(&source).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
    }
}

//! What the installation promises about people's answers, and who helps: the
//! facts that several pages repeat.

use crate::web::{Hearth, Page};
use chrono::NaiveDate;

/// The figures of the promise; its words are in the catalogs.
#[derive(Clone, Debug)]
pub struct Promise {
    /// Smallest group whose numbers HR sees.
    pub min_group: u16,
    /// How long answers are kept.
    pub retention_months: u32,
    /// Who administers the server, if the operator says so.
    pub data_contacts: Option<String>,
}

impl Promise {
    /// As this installation is configured.
    pub fn of(hearth: &Hearth) -> Self {
        let config = &hearth.config;
        Self {
            min_group: config.min_group,
            retention_months: config.retention_months,
            data_contacts: config.data_contacts.clone(),
        }
    }
}

/// A help contact in the reader's language.
#[derive(Clone, Debug)]
pub struct Contact {
    pub country: String,
    pub name: String,
    pub note: String,
    pub phone: Option<(String, String)>,
    pub url: Option<String>,
    pub checked: Option<NaiveDate>,
    pub urgent: bool,
}

/// Where to get help, most urgent first.
pub fn contacts(hearth: &Hearth, page: &Page) -> Vec<Contact> {
    let language = page.language();
    let mut contacts: Vec<Contact> = hearth
        .help
        .contacts
        .iter()
        .map(|contact| Contact {
            country: contact.country.clone(),
            name: contact.name.in_language(language).to_owned(),
            note: contact.note.in_language(language).to_owned(),
            phone: contact.phone_link().zip(contact.phone.clone()),
            url: contact.url.clone(),
            checked: contact.checked_on(),
            urgent: contact.urgent,
        })
        .collect();
    contacts.sort_by_key(|contact| !contact.urgent);
    contacts
}

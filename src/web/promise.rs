//! What the installation promises about people's answers, and contacts for help; shown
//! on several pages.

use crate::web::{Hearth, Page};
use chrono::NaiveDate;

/// The figures in the promise; its text is in the catalogs.
#[derive(Clone, Debug)]
pub struct Promise {
    /// The smallest group whose figures HR sees.
    pub min_group: u16,
    /// For how many months answers are kept.
    pub retention_months: u32,
    /// Who administers the server, if configured.
    pub data_contacts: Option<String>,
}

impl Promise {
    /// From the configuration.
    pub fn of(hearth: &Hearth) -> Self {
        let config = &hearth.config;
        Self {
            min_group: config.min_group,
            retention_months: config.retention_months,
            data_contacts: config.data_contacts.clone(),
        }
    }
}

/// A contact for help in the reader's language.
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

/// Contacts for help, urgent ones first.
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

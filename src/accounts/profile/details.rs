//! Optional details of a profile: gender, profession, interests, contacts. Only
//! the person sees them; no statistic uses them. Pure.

use crate::domain::codes::coded;
use serde::{Deserialize, Serialize};

coded! {
    Gender {
        Female = "female",
        Male = "male",
        NonBinary = "non_binary",
        Other = "other",
        PreferNotToSay = "prefer_not_to_say",
    }
}

coded! {
    /// What kind of work somebody does.
    Profession {
        Management = "management",
        Engineering = "engineering",
        InformationTechnology = "information_technology",
        Research = "research",
        Sales = "sales",
        CustomerService = "customer_service",
        Marketing = "marketing",
        Finance = "finance",
        HumanResources = "human_resources",
        Administration = "administration",
        Production = "production",
        Logistics = "logistics",
        HealthCare = "health_care",
        Education = "education",
        Other = "other",
        PreferNotToSay = "prefer_not_to_say",
    }
}

/// Maximum number of interests.
pub const MOST_INTERESTS: usize = 12;
/// The longest interest, in characters.
pub const LONGEST_INTEREST: usize = 50;
/// The longest contact, in characters.
pub const LONGEST_CONTACT: usize = 120;

/// How to reach a person, and an emergency contact. Stored as JSON of this shape,
/// which a constraint of the database checks too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Contacts {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub messenger: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emergency_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emergency_phone: Option<String>,
}

/// All optional details of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    pub gender: Gender,
    pub profession: Profession,
    /// At most [`MOST_INTERESTS`], without duplicates.
    pub interests: Vec<String>,
    pub contacts: Contacts,
}

impl Default for Details {
    fn default() -> Self {
        Self {
            gender: Gender::PreferNotToSay,
            profession: Profession::PreferNotToSay,
            interests: Vec::new(),
            contacts: Contacts::default(),
        }
    }
}

/// Why a list of interests is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InterestsProblem {
    TooMany,
    TooLong,
}

/// Reads interests separated by commas, semicolons or line breaks. Duplicates,
/// ignoring case, are dropped.
///
/// # Errors
/// When there are too many, or one is too long.
pub fn interests(text: &str) -> Result<Vec<String>, InterestsProblem> {
    let mut found: Vec<String> = Vec::new();
    for one in text.split([',', ';', '\n']).map(crate::web::form::line).filter(|one| !one.is_empty()) {
        if one.chars().count() > LONGEST_INTEREST {
            return Err(InterestsProblem::TooLong);
        }
        if found.iter().all(|known| known.to_lowercase() != one.to_lowercase()) {
            found.push(one);
        }
    }
    if found.len() > MOST_INTERESTS { Err(InterestsProblem::TooMany) } else { Ok(found) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interests_are_split_trimmed_and_kept_once() {
        assert_eq!(interests(" Chess, reading;\n chess ,, Гори\n").unwrap(), ["Chess", "reading", "Гори"]);
        assert_eq!(interests("").unwrap(), Vec::<String>::new());
        assert_eq!(interests(&"x".repeat(51)), Err(InterestsProblem::TooLong));
        let many: Vec<_> = (0..13).map(|number| number.to_string()).collect();
        assert_eq!(interests(&many.join(",")), Err(InterestsProblem::TooMany));
        assert_eq!(interests(&many[..12].join(",")).unwrap().len(), 12);
    }

    #[test]
    fn contacts_have_a_shape() {
        let whole: Contacts = serde_json::from_str(r#"{"phone": "1", "emergency_name": "Mother"}"#).unwrap();
        assert_eq!(serde_json::to_string(&whole).unwrap(), r#"{"phone":"1","emergency_name":"Mother"}"#);
        for wrong in [r#"{"fax": "1"}"#, r#"{"phone": 1}"#, "[1]", "3"] {
            assert!(serde_json::from_str::<Contacts>(wrong).is_err(), "{wrong}");
        }
    }
}

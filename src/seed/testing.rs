//! Shared by the tests of this module: the shipped questionnaire and library as if they
//! were stored.

use crate::{
    instruments::instrument::Instrument,
    library::{self, Audience, ItemId},
    recommendations::choice::Candidate,
};
use chrono::{DateTime, Utc};

pub fn instrument() -> Instrument {
    Instrument::parse(include_str!("../../instruments/hearth-20.toml")).unwrap()
}

pub fn candidates() -> Vec<Candidate> {
    let (items, _) = library::shipped().unwrap();
    let stored = |(place, item): (usize, library::Item)| Candidate {
        id: ItemId(place as i64 + 1),
        category: item.category,
        dimensions: item.dimensions,
        levels: item.levels,
    };
    let for_people = items.into_iter().filter(|item| item.audience == Audience::Person);
    for_people.enumerate().map(stored).collect()
}

pub fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

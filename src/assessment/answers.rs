//! Answers of a questionnaire, complete and in range: what scoring may rely on.

use crate::assessment::instrument::Instrument;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Answers that fit an instrument. A missing one is one that may be missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers(Vec<Option<i32>>);

/// Which answers are not as they should be, by item index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerErrors {
    pub missing: Vec<usize>,
    /// Given, but not one of the values to choose from.
    pub invalid: Vec<usize>,
}

impl AnswerErrors {
    /// The first item that needs attention.
    pub fn first(&self) -> Option<usize> {
        self.missing.iter().chain(&self.invalid).min().copied()
    }

    pub fn contains(&self, item: usize) -> bool {
        self.missing.contains(&item) || self.invalid.contains(&item)
    }
}

impl Answers {
    /// Checks what was given, item index to text, against the instrument.
    ///
    /// # Errors
    /// Every missing or invalid item at once.
    pub fn parse(instrument: &Instrument, given: &BTreeMap<usize, String>) -> Result<Self, AnswerErrors> {
        let mut errors = AnswerErrors::default();
        let answers = (0..instrument.items.len())
            .map(|item| match given.get(&item).map(|text| text.trim()).filter(|text| !text.is_empty()) {
                Some(text) => {
                    let value = valid(instrument, item, text);
                    if value.is_none() {
                        errors.invalid.push(item);
                    }
                    value
                }
                None => {
                    if instrument.is_required(item) {
                        errors.missing.push(item);
                    }
                    None
                }
            })
            .collect();
        if errors == AnswerErrors::default() { Ok(Self(answers)) } else { Err(errors) }
    }

    /// The given answers that are valid, whatever else is missing: a draft.
    pub fn valid_part(instrument: &Instrument, given: &BTreeMap<usize, String>) -> BTreeMap<usize, i32> {
        let valid = |(&item, text): (&usize, &String)| Some((item, valid(instrument, item, text.trim())?));
        given.iter().filter(|(item, _)| **item < instrument.items.len()).filter_map(valid).collect()
    }

    /// The answer to one item, if it was given.
    pub fn get(&self, item: usize) -> Option<i32> {
        self.0.get(item).copied().flatten()
    }

    /// As stored: item index as text to value.
    pub fn to_json(&self) -> Value {
        let given = self.0.iter().enumerate().filter_map(|(item, value)| Some((item.to_string(), Value::from((*value)?))));
        Value::Object(given.collect::<Map<_, _>>())
    }
}

fn valid(instrument: &Instrument, item: usize, text: &str) -> Option<i32> {
    let value: i32 = text.parse().ok()?;
    instrument.options_of(item).choices.iter().any(|choice| choice.value == value).then_some(value)
}

/// Form fields `answer_0` … as item index to text; everything else is left out.
pub fn from_form(fields: &[(String, String)]) -> BTreeMap<usize, String> {
    let item = |name: &str| name.strip_prefix("answer_").and_then(|index| index.parse().ok());
    fields.iter().filter_map(|(name, value)| Some((item(name)?, value.clone()))).collect()
}

//! The questions of a questionnaire in one language, as pages and the API show them.

use crate::{i18n::Language, instruments::instrument::Instrument};
use std::collections::BTreeMap;

/// A question with its answer options.
pub struct Question {
    pub index: usize,
    pub number: usize,
    pub text: String,
    pub choices: Vec<Choice>,
    pub optional: bool,
    pub missing: bool,
}

/// An answer option.
pub struct Choice {
    pub value: i32,
    pub label: String,
    pub checked: bool,
}

/// Every question, with the options chosen so far checked.
pub fn questions(instrument: &Instrument, language: Language, given: &BTreeMap<usize, i32>) -> Vec<Question> {
    let question = |index: usize| Question {
        index,
        number: index + 1,
        text: instrument.items[index].text.in_language(language).to_owned(),
        choices: instrument
            .options_of(index)
            .choices
            .iter()
            .map(|choice| Choice {
                value: choice.value,
                label: choice.label.in_language(language).to_owned(),
                checked: given.get(&index) == Some(&choice.value),
            })
            .collect(),
        optional: !instrument.is_required(index),
        missing: false,
    };
    (0..instrument.items.len()).map(question).collect()
}

//! The questions of a questionnaire as a page shows them, in one language.

use crate::{i18n::Language, instruments::instrument::Instrument};
use std::collections::BTreeMap;

/// One question with its answers.
pub struct Question {
    pub index: usize,
    pub number: usize,
    pub text: String,
    pub choices: Vec<Choice>,
    pub optional: bool,
    pub missing: bool,
}

/// One answer to choose.
pub struct Choice {
    pub value: i32,
    pub label: String,
    pub checked: bool,
}

/// Every question, with what was answered so far.
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

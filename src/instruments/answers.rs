//! The answers to a questionnaire, checked to be complete and in range, as scoring
//! requires.

use crate::instruments::instrument::Instrument;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Valid answers, by item index; `None` only where the questionnaire allows an item to
/// be left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers(Vec<Option<i32>>);

/// Items whose answers are not valid, by index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerErrors {
    pub missing: Vec<usize>,
    /// Answered, but not with one of the item's options.
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
    /// Checks answers, as text by item index, against the instrument.
    ///
    /// # Errors
    /// All missing and all invalid items.
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

    /// The valid ones of these answers, by item index, for a draft that may be
    /// incomplete.
    pub fn valid_part(instrument: &Instrument, given: &BTreeMap<usize, String>) -> BTreeMap<usize, i32> {
        let valid = |(&item, text): (&usize, &String)| Some((item, valid(instrument, item, text.trim())?));
        given.iter().filter(|(item, _)| **item < instrument.items.len()).filter_map(valid).collect()
    }

    /// The answer to one item, if it was given.
    pub fn get(&self, item: usize) -> Option<i32> {
        self.0.get(item).copied().flatten()
    }

    /// As stored: a JSON object from item index to value.
    pub fn to_json(&self) -> Value {
        let given =
            self.0.iter().enumerate().filter_map(|(item, value)| Some((item.to_string(), Value::from((*value)?))));
        Value::Object(given.collect::<Map<_, _>>())
    }
}

fn valid(instrument: &Instrument, item: usize, text: &str) -> Option<i32> {
    let value: i32 = text.parse().ok()?;
    instrument.options_of(item).choices.iter().any(|choice| choice.value == value).then_some(value)
}

/// The answers that can be taken over to another version: to items with the same text
/// that offer the same value.
pub fn carried(from: &Instrument, to: &Instrument, given: &BTreeMap<usize, i32>) -> BTreeMap<usize, i32> {
    let same = |(&item, &value): (&usize, &i32)| {
        let place = to.items.iter().position(|other| other.text == from.items[item].text)?;
        valid(to, place, &value.to_string()).map(|value| (place, value))
    };
    given.iter().filter_map(same).collect()
}

/// The questionnaire that a form states, as in [`Instrument::named`].
pub fn questionnaire_of(fields: &[(String, String)]) -> Option<String> {
    let (_, named) = fields.iter().find(|(name, _)| name == "questionnaire")?;
    Some(named.clone())
}

/// The form fields `answer_0`, `answer_1` and so on as text by item index; ignores all
/// others.
pub fn from_form(fields: &[(String, String)]) -> BTreeMap<usize, String> {
    let item = |name: &str| {
        let index = name.strip_prefix("answer_")?;
        index.parse().ok().filter(|item: &usize| item.to_string() == index)
    };
    fields.iter().filter_map(|(name, value)| Some((item(name)?, value.clone()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> Instrument {
        Instrument::parse(include_str!("../../instruments/hearth-20.toml")).unwrap()
    }

    fn given(pairs: &[(usize, &str)]) -> BTreeMap<usize, String> {
        pairs.iter().map(|(item, text)| (*item, (*text).to_owned())).collect()
    }

    fn all(text: &str) -> BTreeMap<usize, String> {
        (0..20).map(|item| (item, text.to_owned())).collect()
    }

    #[test]
    fn complete_answers_in_range_are_taken() {
        let answers = Answers::parse(&shipped(), &all(" 3 ")).unwrap();
        assert_eq!((answers.get(0), answers.get(19), answers.get(20)), (Some(3), Some(3), None));
        assert_eq!(answers.to_json()["19"], 3);
    }

    #[test]
    fn every_gap_and_every_wrong_value_is_named_at_once() {
        for wrong in ["0", "6", "-1", "2.5", "often", "99999999999", "１"] {
            let mut form = all("3");
            form.remove(&7);
            form.insert(9, "  ".to_owned());
            form.insert(4, wrong.to_owned());
            let errors = Answers::parse(&shipped(), &form).unwrap_err();
            assert_eq!(errors, AnswerErrors { missing: vec![7, 9], invalid: vec![4] }, "{wrong}");
            assert_eq!(errors.first(), Some(4));
            assert!(errors.contains(9) && !errors.contains(8));
        }
    }

    #[test]
    fn an_answer_that_may_be_missing_is_no_error() {
        let cbi = Instrument::parse(include_str!("../../tests/fixtures/instruments/cbi-like.toml")).unwrap();
        let answers = Answers::parse(&cbi, &given(&[(0, "75")])).unwrap();
        assert_eq!((answers.get(0), answers.get(1)), (Some(75), None));
        assert_eq!(answers.to_json(), serde_json::json!({ "0": 75 }));
    }

    #[test]
    fn a_draft_keeps_what_is_valid() {
        let form = given(&[(0, "5"), (1, "6"), (2, ""), (19, "1"), (20, "3")]);
        assert_eq!(Answers::valid_part(&shipped(), &form), BTreeMap::from([(0, 5), (19, 1)]));
    }

    #[test]
    fn answers_to_the_same_words_are_carried_over() {
        let from = shipped();
        let mut to = shipped();
        to.items.swap(3, 4);
        to.items[5].text = Default::default();
        to.options[0].choices.pop(); // 5 is no longer an answer
        let answers = BTreeMap::from([(0, 5), (3, 1), (4, 2), (5, 3)]);
        assert_eq!(carried(&from, &to, &answers), BTreeMap::from([(4, 1), (3, 2)]));
        assert_eq!(carried(&from, &from, &answers), answers);
    }

    #[test]
    fn only_answer_fields_are_read_from_a_form() {
        let fields = ["answer_0", "answer_", "answer_-1", "answer_x", "user_id", "answer_12"];
        let fields = fields.map(|name| (name.to_owned(), "4".to_owned()));
        assert_eq!(from_form(&fields), given(&[(0, "4"), (12, "4")]));
    }
}

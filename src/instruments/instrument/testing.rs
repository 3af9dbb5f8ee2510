//! Questionnaires of any shape, for tests.

use super::Instrument;
use std::fmt::Write as _;

/// One subscale, `all`, with this many items that offer these values; no total and no
/// cut-offs.
pub fn with_scale(values: &[i32], items: usize, aggregate: &str, minimum_answered: usize) -> Instrument {
    let choices: Vec<String> =
        values.iter().map(|value| format!("{{ value = {value}, label = {{ en = \"{value}\" }} }}")).collect();
    let mut source = format!(
        "id = \"made-up\"\nversion = \"1\"\nlicence = \"Test data.\"\nattestation = \"not_needed\"\nlanguages = [\"en\"]
         name = {{ en = \"Made up\" }}\nabout = {{ en = \"Test data.\" }}\ninstruction = {{ en = \"Choose.\" }}
         [[options]]\nid = \"all\"\nchoices = [{}]
         [[subscales]]\nid = \"all\"\nname = {{ en = \"All\" }}\nhigh_means = {{ en = \"High.\" }}
         aggregate = \"{aggregate}\"\ndirection = \"higher_is_worse\"\nminimum_answered = {minimum_answered}\n",
        choices.join(", ")
    );
    for _ in 0..items {
        writeln!(source, "[[items]]\nsubscale = \"all\"\ntext = {{ en = \"Question.\" }}").unwrap();
    }
    parse(&source)
}

/// The same with cut-offs on a sum: the values at which medium and high begin.
pub fn with_limits(values: &[i32], items: usize, medium: i32, high: i32) -> Instrument {
    let mut instrument = with_scale(values, items, "sum", items);
    let (min, max) = instrument.range(super::Scale::Subscale(0));
    let band = |level, from: f64, to: f64| super::Band { level, from, to, label: None };
    let (medium, high) = (f64::from(medium), f64::from(high));
    use crate::domain::Level::{High, Low, Medium};
    let mut bands = vec![band(Low, min, medium - 1.0), band(Medium, medium, high - 1.0), band(High, high, max)];
    bands.retain(|band| band.from <= band.to);
    instrument.cut_off_sets = vec![super::CutOffSet {
        id: "made-up".to_owned(),
        source: "Test data.".to_owned(),
        provisional: true,
        scales: vec![super::ScaleBands { scale: "all".to_owned(), bands }],
    }];
    instrument.check().unwrap_or_else(|error| panic!("{error}"));
    instrument
}

/// Parses a questionnaire; panics when it is not valid.
pub fn parse(source: &str) -> Instrument {
    Instrument::parse(source).unwrap_or_else(|error| panic!("{error}"))
}

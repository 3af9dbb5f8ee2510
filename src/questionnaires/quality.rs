//! Reliability figures of a questionnaire, computed from sums over people. Always over
//! at least 100 people, and rounded to hundredths. Pure.

use crate::{
    instruments::instrument::{Instrument, Scale},
    publication::grain::{self, Form},
    statistics::{Covariances, cronbach_alpha, item_total_correlations, standard_deviation},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The smallest number of people for which there are figures.
pub const PEOPLE: u64 = 100;

/// The figures of a version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Number of people, rounded down to a multiple of 5.
    pub people: u64,
    /// In the order of the instrument's scales.
    pub scales: Vec<ScaleFigures>,
}

/// The figures of one scale.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ScaleFigures {
    /// Cronbach's α.
    pub alpha: Option<f64>,
    /// Standard deviation between people, in raw units.
    pub sd: Option<f64>,
    /// Corrected item-total correlation of each item; empty for the total.
    pub items: Vec<Option<f64>>,
}

/// Whether the scale has so few possible values that a standard deviation would reveal
/// how many people have which, as a mean would.
fn is_coarse(instrument: &Instrument, scale: Scale) -> bool {
    grain::form(instrument, scale) != Form::Mean
}

/// Sums over people, each person counted once.
pub struct Tally<'a> {
    instrument: &'a Instrument,
    people: u64,
    scales: Vec<(Scale, Sums)>,
}

#[derive(Default)]
struct Sums {
    /// People who answered every item of the scale, with sums and cross products of
    /// their item values.
    complete: u64,
    items: Vec<f64>,
    products: Vec<Vec<f64>>,
    /// People with a score on the scale, with the sum and the sum of squares of these
    /// scores.
    scored: u64,
    score: f64,
    squares: f64,
}

impl<'a> Tally<'a> {
    pub fn new(instrument: &'a Instrument) -> Self {
        let sums = |scale: Scale| {
            let items = instrument.scale_items(scale).len();
            (scale, Sums { items: vec![0.0; items], products: vec![vec![0.0; items]; items], ..Sums::default() })
        };
        Self { instrument, people: 0, scales: instrument.scales().map(sums).collect() }
    }

    /// Adds one person's answers, by item index, and scores.
    pub fn add(&mut self, answers: &Value, score: impl Fn(Scale) -> Option<f64>) {
        self.people += 1;
        let instrument = self.instrument;
        let answer = |item: usize| i32::try_from(answers.get(item.to_string())?.as_i64()?).ok();
        let counted: Vec<_> = (0..instrument.items.len())
            .map(|item| answer(item).map(|answer| instrument.counted(item, answer)))
            .collect();
        for (scale, sums) in &mut self.scales {
            let values: Option<Vec<f64>> =
                instrument.scale_items(*scale).into_iter().map(|item| counted[item]).collect();
            if let Some(values) = values {
                sums.add_items(&values);
            }
            if let Some(score) = score(*scale) {
                sums.scored += 1;
                sums.score += score;
                sums.squares += score * score;
            }
        }
    }

    /// The figures; `None` with fewer than [`PEOPLE`] people.
    pub fn figures(&self) -> Option<Figures> {
        let scales = self.scales.iter().map(|(scale, sums)| sums.figures(*scale, self.instrument)).collect();
        (self.people >= PEOPLE).then_some(Figures { people: self.people / 5 * 5, scales })
    }
}

impl Sums {
    fn add_items(&mut self, values: &[f64]) {
        self.complete += 1;
        for (i, value) in values.iter().enumerate() {
            self.items[i] += value;
            for (product, other) in self.products[i].iter_mut().zip(values) {
                *product += value * other;
            }
        }
    }

    fn figures(&self, scale: Scale, instrument: &Instrument) -> ScaleFigures {
        if is_coarse(instrument, scale) {
            return ScaleFigures::default();
        }
        let hundredths = |value: f64| (value * 100.0).round() / 100.0;
        let covariances = Covariances::from_sums(self.complete, &self.items, &self.products);
        let covariances = covariances.filter(|_| self.complete >= PEOPLE);
        let sd = standard_deviation(self.scored, self.score, self.squares).filter(|_| self.scored >= PEOPLE);
        let correlations = covariances.as_ref().filter(|_| scale != Scale::Total).map(item_total_correlations);
        ScaleFigures {
            alpha: covariances.as_ref().and_then(cronbach_alpha).map(hundredths),
            sd: sd.map(hundredths),
            items: correlations.unwrap_or_default().into_iter().map(|value| value.map(hundredths)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn cbi() -> Instrument {
        Instrument::parse(include_str!("../../tests/fixtures/instruments/cbi-like.toml")).unwrap()
    }

    /// Half of the people choose one value for every item, the other half another.
    fn tally<'a>(instrument: &'a Instrument, people: u64, missing: Option<usize>) -> Tally<'a> {
        let mut tally = Tally::new(instrument);
        for person in 0..people {
            let value = |item: usize| if (person % 2 == 0) != instrument.items[item].reversed { 25 } else { 75 };
            let given =
                (0..19).filter(|item| Some(*item) != missing).map(|item| (item.to_string(), value(item).into()));
            let mean = if person % 2 == 0 { 25.0 } else { 75.0 };
            tally.add(&Value::Object(given.collect()), |_| Some(mean));
        }
        tally
    }

    #[test]
    fn a_hundred_people_are_needed_and_their_number_is_rounded_down() {
        let cbi = cbi();
        assert_eq!(tally(&cbi, 99, None).figures(), None);
        assert_eq!(tally(&cbi, 104, None).figures().unwrap().people, 100);
    }

    #[test]
    fn items_that_always_agree_have_an_alpha_of_one_reversed_ones_too() {
        let cbi = cbi();
        let figures = tally(&cbi, 100, None).figures().unwrap();
        for (scale, items) in figures.scales.iter().zip([6, 7, 6]) {
            assert_eq!((scale.alpha, scale.sd), (Some(1.0), Some(25.13)), "25·√(100/99)");
            assert_eq!(scale.items, vec![Some(1.0); items]);
        }
    }

    #[test]
    fn a_scale_with_a_missing_answer_has_a_spread_but_no_alpha() {
        let cbi = cbi();
        let figures = tally(&cbi, 100, Some(18)).figures().unwrap();
        assert_eq!(figures.scales[0].alpha, Some(1.0));
        assert_eq!((figures.scales[2].alpha, &figures.scales[2].items), (None, &Vec::new()));
        assert_eq!(figures.scales[2].sd, Some(25.13));
    }

    #[test]
    fn answers_that_fit_no_item_are_not_counted() {
        let cbi = cbi();
        let mut tally = Tally::new(&cbi);
        for _ in 0..100 {
            tally.add(&json!({ "0": "x", "99": 25 }), |_| None);
        }
        let figures = tally.figures().unwrap();
        assert!(figures.scales.iter().all(|scale| *scale == ScaleFigures::default()));
    }
}

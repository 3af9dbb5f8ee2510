//! The format of a questionnaire, and what follows from its definition. Pure; reads no
//! files and no database.

mod checks;
#[cfg(test)]
pub mod testing;
mod values;

pub use values::PossibleValue;

use crate::{
    domain::{Dimension, Level},
    i18n::{Language, Text},
    instruments::scoring,
};
use serde::{Deserialize, Serialize};

/// One version of a questionnaire. Immutable once answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Identifies the questionnaire over all its versions, such as `hearth-20`.
    pub id: String,
    pub version: String,
    /// Copyright and terms of use of its wording.
    pub licence: String,
    /// Whether somebody must confirm that the company holds a licence.
    #[serde(default, skip_serializing_if = "Attestation::is_required")]
    pub attestation: Attestation,
    /// Every text exists in each of these.
    pub languages: Vec<Language>,
    pub name: Text,
    /// A description of the questionnaire.
    pub about: Text,
    /// The instruction to respondents.
    pub instruction: Text,
    pub options: Vec<OptionSet>,
    pub subscales: Vec<Subscale>,
    pub items: Vec<Item>,
    #[serde(default)]
    pub total: Option<Total>,
    /// The first one determines the levels.
    #[serde(default)]
    pub cut_off_sets: Vec<CutOffSet>,
}

/// Whether the questionnaire may be used only by holders of a licence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attestation {
    #[default]
    Required,
    NotNeeded,
}

impl Attestation {
    fn is_required(&self) -> bool {
        *self == Self::Required
    }
}

/// A set of response options.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionSet {
    pub id: String,
    /// In ascending order of value.
    pub choices: Vec<Choice>,
}

/// A response option.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub value: i32,
    pub label: Text,
}

impl OptionSet {
    /// The smallest and the largest value.
    pub fn range(&self) -> (i32, i32) {
        let values = || self.choices.iter().map(|choice| choice.value);
        (values().min().unwrap_or(0), values().max().unwrap_or(0))
    }
}

/// How item values are combined into the value of a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aggregate {
    Sum,
    Mean,
}

/// Which end of a scale means more strain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    HigherIsWorse,
    HigherIsBetter,
}

/// A subscale: items that measure one aspect.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subscale {
    pub id: String,
    /// The dimension of burnout that it measures; recommendations are chosen by it.
    #[serde(default)]
    pub dimension: Option<Dimension>,
    pub name: Text,
    /// What a high strain on it is like, in one plain sentence.
    pub high_means: Text,
    pub aggregate: Aggregate,
    pub direction: Direction,
    /// How many items must be answered for a score.
    pub minimum_answered: usize,
    /// Standard error of measurement (SEM), in raw units.
    #[serde(default)]
    pub sem: Option<f64>,
    /// Reliability, 0 to 1. Where no SEM is published, it follows from this and `sd`.
    #[serde(default)]
    pub reliability: Option<f64>,
    /// Standard deviation in the sample in which the reliability was found, in raw units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sd: Option<f64>,
    /// Smallest difference between two raw values that is probably a real change.
    #[serde(default)]
    pub real_change: Option<f64>,
}

/// A question or statement to respond to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Id of its subscale, if it belongs to one.
    #[serde(default)]
    pub subscale: Option<String>,
    /// Reverse-keyed: a high answer means a low value.
    #[serde(default)]
    pub reversed: bool,
    /// Id of the option set; the first set when left out.
    #[serde(default)]
    pub options: Option<String>,
    pub text: Text,
}

/// The total score, over all items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Total {
    /// A mean is the mean over all items, not over subscales.
    pub aggregate: Aggregate,
    pub direction: Direction,
    #[serde(default)]
    pub sem: Option<f64>,
    #[serde(default)]
    pub reliability: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sd: Option<f64>,
    #[serde(default)]
    pub real_change: Option<f64>,
}

/// Cut-offs between levels as published by one source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CutOffSet {
    pub id: String,
    pub source: String,
    #[serde(default)]
    pub provisional: bool,
    pub scales: Vec<ScaleBands>,
}

/// The bands of one scale, in ascending order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScaleBands {
    /// A subscale's id, or `total`.
    pub scale: String,
    pub bands: Vec<Band>,
}

/// A range of a scale with one level. For a sum both ends belong to it; for a mean the upper end belongs to the
/// next band, except at the end of the scale.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    pub level: Level,
    pub from: f64,
    pub to: f64,
    /// Its own name, for neighbouring bands of the same level.
    #[serde(default)]
    pub label: Option<Text>,
}

/// A scale of an instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    Subscale(usize),
    Total,
}

/// The id of the total score.
const TOTAL: &str = "total";

/// Why a file is not a valid questionnaire: where, and what is wrong there.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{key}: {reason}")]
pub struct InstrumentError {
    pub key: String,
    pub reason: String,
}

impl Instrument {
    /// Id and version, as forms state them.
    pub fn named(&self) -> String {
        format!("{} {}", self.id, self.version)
    }

    /// Parses and checks a questionnaire in TOML.
    ///
    /// # Errors
    /// The first thing that is wrong, with the key where it is.
    pub fn parse(source: &str) -> Result<Self, InstrumentError> {
        let parsed: Self = toml::from_str(source).or_else(|error| {
            let line = error.span().map_or(1, |span| source[..span.start].matches('\n').count() + 1);
            checks::refuse(format!("line {line}"), error.message().replace('\n', " "))
        })?;
        parsed.check()?;
        Ok(parsed)
    }

    /// Name, id and version, as lists of questionnaires show them.
    pub fn title(&self, language: Language) -> String {
        format!("{} ({} {})", self.name.in_language(language), self.id, self.version)
    }

    /// Indices of the items of a subscale.
    pub fn items_of(&self, subscale: usize) -> impl Iterator<Item = usize> {
        let id = self.subscales[subscale].id.as_str();
        (0..self.items.len()).filter(move |&index| self.items[index].subscale.as_deref() == Some(id))
    }

    /// Indices of the items of a scale.
    pub fn scale_items(&self, scale: Scale) -> Vec<usize> {
        match scale {
            Scale::Subscale(index) => self.items_of(index).collect(),
            Scale::Total => (0..self.items.len()).collect(),
        }
    }

    /// The response options of an item.
    pub fn options_of(&self, item: usize) -> &OptionSet {
        let wanted = self.items[item].options.as_deref();
        self.options.iter().find(|set| Some(&*set.id) == wanted).unwrap_or(&self.options[0])
    }

    /// The value of an answer for scoring: reverse-keyed items are reversed.
    pub fn counted(&self, item: usize, answer: i32) -> f64 {
        let (min, max) = self.options_of(item).range();
        f64::from(if self.items[item].reversed { min + max - answer } else { answer })
    }

    /// Whether the item must be answered, because its subscale needs all its items.
    pub fn is_required(&self, item: usize) -> bool {
        let Some(subscale) = self.subscales.iter().position(|s| Some(&s.id) == self.items[item].subscale.as_ref())
        else {
            return true;
        };
        self.subscales[subscale].minimum_answered == self.items_of(subscale).count()
    }

    /// All scales, subscales first.
    pub fn scales(&self) -> impl Iterator<Item = Scale> {
        (0..self.subscales.len()).map(Scale::Subscale).chain(self.total.as_ref().map(|_| Scale::Total))
    }

    fn scale(&self, id: &str) -> Option<Scale> {
        if id == TOTAL {
            return self.total.as_ref().map(|_| Scale::Total);
        }
        self.subscales.iter().position(|subscale| subscale.id == id).map(Scale::Subscale)
    }

    /// The id of a scale, as used in cut-off sets and exports.
    pub fn scale_id(&self, scale: Scale) -> &str {
        match scale {
            Scale::Subscale(index) => &self.subscales[index].id,
            Scale::Total => TOTAL,
        }
    }

    /// How the values of its items are combined.
    pub fn aggregate(&self, scale: Scale) -> Aggregate {
        match scale {
            Scale::Subscale(index) => self.subscales[index].aggregate,
            Scale::Total => self.total.as_ref().map_or(Aggregate::Sum, |total| total.aggregate),
        }
    }

    /// Which end of the scale means more strain.
    pub fn direction(&self, scale: Scale) -> Direction {
        match scale {
            Scale::Subscale(index) => self.subscales[index].direction,
            Scale::Total => self.total.as_ref().map_or(Direction::HigherIsWorse, |total| total.direction),
        }
    }

    /// The value of a scale from item values, out of `items` items in all.
    pub fn aggregate_of(&self, scale: Scale, values: &[f64], items: usize) -> f64 {
        scoring::aggregate(self.aggregate(scale), values, items)
    }

    /// The smallest and the largest possible raw value of a scale.
    pub fn range(&self, scale: Scale) -> (f64, f64) {
        let items = self.scale_items(scale);
        let ends = |pick: fn((i32, i32)) -> i32| -> f64 {
            let values: Vec<f64> = items.iter().map(|&item| f64::from(pick(self.options_of(item).range()))).collect();
            self.aggregate_of(scale, &values, values.len())
        };
        (ends(|range| range.0), ends(|range| range.1))
    }

    /// Standard error of measurement of a scale, in raw units: as declared, else SD·√(1 − reliability) where
    /// both are declared.
    pub fn sem(&self, scale: Scale) -> Option<f64> {
        let declared = match scale {
            Scale::Subscale(index) => self.subscales[index].sem,
            Scale::Total => self.total.as_ref().and_then(|total| total.sem),
        };
        declared.or_else(|| Some(self.sd(scale)? * (1.0 - self.reliability(scale)?).sqrt()))
    }

    /// Standard deviation of a scale, in raw units, where declared.
    pub fn sd(&self, scale: Scale) -> Option<f64> {
        match scale {
            Scale::Subscale(index) => self.subscales[index].sd,
            Scale::Total => self.total.as_ref().and_then(|total| total.sd),
        }
    }

    /// Reliability of a scale, where declared.
    pub fn reliability(&self, scale: Scale) -> Option<f64> {
        match scale {
            Scale::Subscale(index) => self.subscales[index].reliability,
            Scale::Total => self.total.as_ref().and_then(|total| total.reliability),
        }
    }

    /// Whether a scale declares a reliability, but no SD that would give the SEM.
    pub fn lacks_sd(&self, scale: Scale) -> bool {
        self.reliability(scale).is_some() && self.sem(scale).is_none()
    }

    /// Standard deviation between people in percent of the scale's range: as declared, else from SEM and
    /// reliability, SD = SEM / √(1 − r).
    pub fn deviation(&self, scale: Scale) -> Option<f64> {
        let told = || Some(self.sem(scale)? / (1.0 - self.reliability(scale)?).sqrt());
        let (min, max) = self.range(scale);
        Some(100.0 * self.sd(scale).or_else(told)? / (max - min))
    }

    /// Whether it measures all three dimensions with levels, as a profile requires.
    pub fn has_profile(&self) -> bool {
        let measures = |dimension: Dimension| {
            let subscale = self.subscales.iter().position(|subscale| subscale.dimension == Some(dimension));
            subscale.is_some_and(|index| !self.bands(Scale::Subscale(index)).is_empty())
        };
        Dimension::ALL.into_iter().all(measures)
    }

    /// Makes levels follow the named cut-off set; an unknown name changes nothing.
    pub fn use_cut_offs(&mut self, id: &str) {
        if let Some(index) = self.cut_off_sets.iter().position(|set| set.id == id) {
            self.cut_off_sets[..=index].rotate_right(1);
        }
    }

    /// Smallest difference that is probably a real change, in raw units, where declared.
    pub fn real_change(&self, scale: Scale) -> Option<f64> {
        match scale {
            Scale::Subscale(index) => self.subscales[index].real_change,
            Scale::Total => self.total.as_ref().and_then(|total| total.real_change),
        }
    }

    /// The bands of a scale in the first cut-off set; empty where it has none.
    pub fn bands(&self, scale: Scale) -> &[Band] {
        let id = self.scale_id(scale);
        let set = self.cut_off_sets.first();
        set.and_then(|set| set.scales.iter().find(|bands| bands.scale == id)).map_or(&[], |bands| &bands.bands)
    }
}

#[cfg(test)]
mod tests;

//! A questionnaire as data: its format, and every check it must pass before a
//! version of it is stored. Pure; knows no file and no database.

use crate::{
    assessment::{Level, scoring},
    i18n::Language,
    recommendations::Dimension,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};

/// One version of a questionnaire. Immutable once answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Names the questionnaire over all its versions, such as `hearth-20`.
    pub id: String,
    pub version: String,
    /// Whose wording it is and under what terms it may be used.
    pub licence: String,
    /// Whether somebody must first say that a licence is held.
    #[serde(default, skip_serializing_if = "Attestation::is_required")]
    pub attestation: Attestation,
    /// Every text exists in each of these.
    pub languages: Vec<Language>,
    pub name: Text,
    /// What it says of itself.
    pub about: Text,
    /// What the person is asked to do.
    pub instruction: Text,
    pub options: Vec<OptionSet>,
    pub subscales: Vec<Subscale>,
    pub items: Vec<Item>,
    #[serde(default)]
    pub total: Option<Total>,
    /// The first is the default.
    #[serde(default)]
    pub cut_off_sets: Vec<CutOffSet>,
}

/// Whether a questionnaire may be used only under a licence that its user holds.
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

/// Words in several languages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(BTreeMap<Language, String>);

impl Text {
    /// In `language`, else in the first language there is.
    pub fn in_language(&self, language: Language) -> &str {
        self.0.get(&language).or_else(|| self.0.values().next()).map_or("", String::as_str)
    }
}

/// A set of answers to choose from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionSet {
    pub id: String,
    /// In ascending order of value.
    pub choices: Vec<Choice>,
}

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

/// How item values become one value of a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aggregate {
    Sum,
    Mean,
}

/// Which end of a scale is strain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    HigherIsWorse,
    HigherIsBetter,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subscale {
    pub id: String,
    /// What of burnout it measures, where the library has something for it.
    #[serde(default)]
    pub dimension: Option<Dimension>,
    pub name: Text,
    /// What a strained value is like, in one plain sentence.
    pub high_means: Text,
    pub aggregate: Aggregate,
    pub direction: Direction,
    /// With fewer answers there is no score.
    pub minimum_answered: usize,
    /// Standard error of measurement, in raw units.
    #[serde(default)]
    pub sem: Option<f64>,
    /// Reliability, 0 to 1, for instruments that publish it instead.
    #[serde(default)]
    pub reliability: Option<f64>,
    /// Smallest difference of two raw values that is probably real.
    #[serde(default)]
    pub real_change: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    #[serde(default)]
    pub subscale: Option<String>,
    #[serde(default)]
    pub reversed: bool,
    /// The option set, the first one when left out.
    #[serde(default)]
    pub options: Option<String>,
    pub text: Text,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Total {
    /// A mean is the mean of the items, not of the subscales.
    pub aggregate: Aggregate,
    pub direction: Direction,
    #[serde(default)]
    pub sem: Option<f64>,
    #[serde(default)]
    pub reliability: Option<f64>,
    #[serde(default)]
    pub real_change: Option<f64>,
}

/// Limits between levels as one source publishes them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CutOffSet {
    pub id: String,
    pub source: String,
    #[serde(default)]
    pub provisional: bool,
    pub scales: Vec<ScaleBands>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScaleBands {
    /// A subscale's id, or `total`.
    pub scale: String,
    pub bands: Vec<Band>,
}

/// Part of a scale with one level. Of a sum both ends belong to it; of a mean
/// the upper end belongs to the next band, except at the scale's end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    pub level: Level,
    pub from: f64,
    pub to: f64,
    /// A name of its own where neighbouring bands share a level.
    #[serde(default)]
    pub label: Option<Text>,
}

/// Which scale of an instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    Subscale(usize),
    Total,
}

/// The name of the total among scales.
const TOTAL: &str = "total";

/// Why a file is not a questionnaire: where, and what is wrong there.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{key}: {reason}")]
pub struct InstrumentError {
    pub key: String,
    pub reason: String,
}

fn refuse<T>(key: impl Into<String>, reason: impl Into<String>) -> Result<T, InstrumentError> {
    Err(InstrumentError { key: key.into(), reason: reason.into() })
}

impl Instrument {
    /// Reads and checks a questionnaire.
    ///
    /// # Errors
    /// The first thing that is wrong, with its key.
    pub fn parse(source: &str) -> Result<Self, InstrumentError> {
        let parsed: Self = toml::from_str(source).or_else(|error| {
            let line = error.span().map_or(1, |span| source[..span.start].matches('\n').count() + 1);
            refuse(format!("line {line}"), error.message().replace('\n', " "))
        })?;
        parsed.check()?;
        Ok(parsed)
    }

    fn check(&self) -> Result<(), InstrumentError> {
        for (key, value) in [("id", &self.id), ("version", &self.version), ("licence", &self.licence)] {
            if value.trim().is_empty() {
                return refuse(key, "must not be empty");
            }
        }
        if self.languages.is_empty() {
            return refuse("languages", "must name at least one language");
        }
        for (key, text) in [("name", &self.name), ("about", &self.about), ("instruction", &self.instruction)] {
            self.check_text(key, text)?;
        }
        self.check_options()?;
        self.check_items()?;
        self.check_subscales()?;
        if let Some(total) = &self.total {
            check_error_of_measurement(TOTAL, total.sem, total.reliability, total.real_change)?;
            if self.subscales.iter().any(|subscale| subscale.direction != total.direction) {
                return refuse("total.direction", "must be the direction of every subscale, or there can be no total");
            }
        }
        self.check_cut_offs()
    }

    fn check_text(&self, key: &str, text: &Text) -> Result<(), InstrumentError> {
        match self.languages.iter().find(|language| text.0.get(language).is_none_or(|words| words.trim().is_empty())) {
            Some(language) => refuse(key, format!("is missing in language {language}")),
            None => Ok(()),
        }
    }

    fn check_options(&self) -> Result<(), InstrumentError> {
        if self.options.is_empty() {
            return refuse("options", "must have at least one set of answers");
        }
        unique("options", self.options.iter().map(|set| &*set.id))?;
        for (index, set) in self.options.iter().enumerate() {
            let key = format!("options[{index}].choices");
            if set.choices.len() < 2 {
                return refuse(key, "must offer at least two answers");
            }
            if set.choices.windows(2).any(|pair| pair[0].value >= pair[1].value) {
                return refuse(key, "must have different values in ascending order");
            }
            for choice in &set.choices {
                if !(-1000..=1000).contains(&choice.value) {
                    return refuse(key, format!("value {} is out of range (-1000 to 1000)", choice.value));
                }
                self.check_text(&format!("{key}.label of {}", choice.value), &choice.label)?;
            }
        }
        Ok(())
    }

    fn check_items(&self) -> Result<(), InstrumentError> {
        if self.items.is_empty() || self.items.len() > 200 {
            return refuse("items", "must be 1 to 200");
        }
        for (index, item) in self.items.iter().enumerate() {
            let key = |name: &str| format!("items[{index}].{name}");
            self.check_text(&key("text"), &item.text)?;
            match &item.subscale {
                None => return refuse(key("subscale"), "is missing: an item belongs to a subscale"),
                Some(id) if !self.subscales.iter().any(|subscale| subscale.id == *id) => {
                    return refuse(key("subscale"), format!("unknown subscale {id}"));
                }
                Some(_) => {}
            }
            if let Some(id) = &item.options
                && !self.options.iter().any(|set| set.id == *id)
            {
                return refuse(key("options"), format!("unknown set of answers {id}"));
            }
        }
        Ok(())
    }

    fn check_subscales(&self) -> Result<(), InstrumentError> {
        unique("subscales", self.subscales.iter().map(|subscale| &*subscale.id))?;
        for (index, subscale) in self.subscales.iter().enumerate() {
            let key = |name: &str| format!("subscales[{index}].{name}");
            self.check_text(&key("name"), &subscale.name)?;
            self.check_text(&key("high_means"), &subscale.high_means)?;
            let items = self.items_of(index).count();
            if subscale.id == TOTAL {
                return refuse(key("id"), "total is the name of the total");
            }
            if items == 0 {
                return refuse(key("id"), format!("subscale {} has no items", subscale.id));
            }
            if !(1..=items).contains(&subscale.minimum_answered) {
                return refuse(key("minimum_answered"), format!("must be between 1 and its {items} items"));
            }
            check_error_of_measurement(&subscale.id, subscale.sem, subscale.reliability, subscale.real_change)?;
        }
        Ok(())
    }

    fn check_cut_offs(&self) -> Result<(), InstrumentError> {
        unique("cut_off_sets", self.cut_off_sets.iter().map(|set| &*set.id))?;
        for set in &self.cut_off_sets {
            unique(&format!("cut_off_sets.{}", set.id), set.scales.iter().map(|bands| &*bands.scale))?;
            for bands in &set.scales {
                let key = format!("cut_off_sets.{}.{}", set.id, bands.scale);
                let Some(scale) = self.scale(&bands.scale) else {
                    return refuse(key, format!("unknown subscale {}", bands.scale));
                };
                self.check_bands(&key, scale, &bands.bands)?;
            }
        }
        Ok(())
    }

    fn check_bands(&self, key: &str, scale: Scale, bands: &[Band]) -> Result<(), InstrumentError> {
        let (min, max) = self.range(scale);
        let (Some(first), Some(last)) = (bands.first(), bands.last()) else {
            return refuse(key, "has no bands");
        };
        if !same(first.from, min) || !same(last.to, max) {
            return refuse(key, format!("bands must reach from {min} to {max}"));
        }
        let step = if self.aggregate(scale) == Aggregate::Sum { 1.0 } else { 0.0 };
        for band in bands {
            if band.from > band.to || (step == 0.0 && same(band.from, band.to)) {
                return refuse(key, format!("band {} to {} is empty", band.from, band.to));
            }
            if let Some(label) = &band.label {
                self.check_text(key, label)?;
            }
        }
        for pair in bands.windows(2) {
            let expected = pair[0].to + step;
            if pair[1].from < expected && !same(pair[1].from, expected) {
                return refuse(key, format!("bands overlap at {}", pair[1].from));
            }
            if !same(pair[1].from, expected) {
                return refuse(key, format!("gap between bands at {}", pair[0].to));
            }
        }
        let worse = |pair: &[Band]| match self.direction(scale) {
            Direction::HigherIsWorse => pair[0].level <= pair[1].level,
            Direction::HigherIsBetter => pair[0].level >= pair[1].level,
        };
        if !bands.windows(2).all(worse) {
            return refuse(key, "levels must follow the direction of the scale");
        }
        Ok(())
    }

    /// Its name and version, as a list of questionnaires shows it.
    pub fn title(&self, language: Language) -> String {
        format!("{} ({} {})", self.name.in_language(language), self.id, self.version)
    }

    /// Indices of the items of a subscale.
    pub fn items_of(&self, subscale: usize) -> impl Iterator<Item = usize> {
        let id = self.subscales[subscale].id.as_str();
        (0..self.items.len()).filter(move |&index| self.items[index].subscale.as_deref() == Some(id))
    }

    /// Indices of the items that a scale is made of.
    pub fn scale_items(&self, scale: Scale) -> Vec<usize> {
        match scale {
            Scale::Subscale(index) => self.items_of(index).collect(),
            Scale::Total => (0..self.items.len()).collect(),
        }
    }

    /// The answers to choose from for one item.
    pub fn options_of(&self, item: usize) -> &OptionSet {
        let wanted = self.items[item].options.as_deref();
        self.options.iter().find(|set| Some(&*set.id) == wanted).unwrap_or(&self.options[0])
    }

    /// Whether the item may not be left out: its subscale needs every answer.
    pub fn is_required(&self, item: usize) -> bool {
        let Some(subscale) = self.subscales.iter().position(|s| Some(&s.id) == self.items[item].subscale.as_ref())
        else {
            return true;
        };
        self.subscales[subscale].minimum_answered == self.items_of(subscale).count()
    }

    /// Every scale, subscales first.
    pub fn scales(&self) -> impl Iterator<Item = Scale> {
        (0..self.subscales.len()).map(Scale::Subscale).chain(self.total.as_ref().map(|_| Scale::Total))
    }

    fn scale(&self, id: &str) -> Option<Scale> {
        if id == TOTAL {
            return self.total.as_ref().map(|_| Scale::Total);
        }
        self.subscales.iter().position(|subscale| subscale.id == id).map(Scale::Subscale)
    }

    /// The id of a scale, as cut-off sets and exports name it.
    pub fn scale_id(&self, scale: Scale) -> &str {
        match scale {
            Scale::Subscale(index) => &self.subscales[index].id,
            Scale::Total => TOTAL,
        }
    }

    fn aggregate(&self, scale: Scale) -> Aggregate {
        match scale {
            Scale::Subscale(index) => self.subscales[index].aggregate,
            Scale::Total => self.total.as_ref().map_or(Aggregate::Sum, |total| total.aggregate),
        }
    }

    /// Which end of the scale is strain.
    pub fn direction(&self, scale: Scale) -> Direction {
        match scale {
            Scale::Subscale(index) => self.subscales[index].direction,
            Scale::Total => self.total.as_ref().map_or(Direction::HigherIsWorse, |total| total.direction),
        }
    }

    /// How a scale's items become its value: the aggregate of their values.
    pub fn aggregate_of(&self, scale: Scale, values: &[f64], items: usize) -> f64 {
        scoring::aggregate(self.aggregate(scale), values, items)
    }

    /// The smallest and the largest raw value of a scale.
    pub fn range(&self, scale: Scale) -> (f64, f64) {
        let items = self.scale_items(scale);
        let ends = |pick: fn((i32, i32)) -> i32| -> f64 {
            let values: Vec<f64> = items.iter().map(|&item| f64::from(pick(self.options_of(item).range()))).collect();
            self.aggregate_of(scale, &values, values.len())
        };
        (ends(|range| range.0), ends(|range| range.1))
    }

    /// Standard error of measurement of a scale, in raw units, where declared.
    pub fn sem(&self, scale: Scale) -> Option<f64> {
        match scale {
            Scale::Subscale(index) => self.subscales[index].sem,
            Scale::Total => self.total.as_ref().and_then(|total| total.sem),
        }
    }

    /// Smallest difference that is probably real, in raw units, where declared.
    pub fn real_change(&self, scale: Scale) -> Option<f64> {
        match scale {
            Scale::Subscale(index) => self.subscales[index].real_change,
            Scale::Total => self.total.as_ref().and_then(|total| total.real_change),
        }
    }

    /// The bands of a scale in the default cut-off set; empty where it has none.
    pub fn bands(&self, scale: Scale) -> &[Band] {
        let id = self.scale_id(scale);
        let set = self.cut_off_sets.first();
        set.and_then(|set| set.scales.iter().find(|bands| bands.scale == id)).map_or(&[], |bands| &bands.bands)
    }
}

fn check_error_of_measurement(
    scale: &str,
    sem: Option<f64>,
    reliability: Option<f64>,
    real_change: Option<f64>,
) -> Result<(), InstrumentError> {
    let positive = |value: Option<f64>| value.is_none_or(|value| value > 0.0 && value.is_finite());
    if !positive(sem) || !positive(real_change) {
        return refuse(scale, "sem and real_change must be above 0");
    }
    if !reliability.is_none_or(|value| value > 0.0 && value < 1.0) {
        return refuse(scale, "reliability must be between 0 and 1");
    }
    Ok(())
}

fn unique<'a>(key: &str, ids: impl Iterator<Item = &'a str>) -> Result<(), InstrumentError> {
    let mut seen = HashSet::new();
    for id in ids {
        if id.trim().is_empty() || !seen.insert(id) {
            return refuse(key, format!("id {id:?} is empty or stands twice"));
        }
    }
    Ok(())
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

#[cfg(test)]
mod tests;

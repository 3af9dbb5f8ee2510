//! The checks that a questionnaire must pass before a version of it is stored. The
//! first failure is reported with its key.

use super::{Aggregate, Band, Direction, Instrument, InstrumentError, Scale, TOTAL};
use crate::i18n::Text;
use std::collections::HashSet;

/// The longest id, in characters; ids are shown in table columns.
const LONGEST_ID: usize = 100;

/// An error at a key of the file.
pub(super) fn refuse<T>(key: impl Into<String>, reason: impl Into<String>) -> Result<T, InstrumentError> {
    Err(InstrumentError { key: key.into(), reason: reason.into() })
}

impl Instrument {
    /// Checks that the questionnaire can be answered, scored and shown.
    pub(super) fn check(&self) -> Result<(), InstrumentError> {
        for (key, value) in [("id", &self.id), ("version", &self.version), ("licence", &self.licence)] {
            if value.trim().is_empty() {
                return refuse(key, "must not be empty");
            }
            check_characters(key, value)?;
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
            check_error_of_measurement(TOTAL, [total.sem, total.sd, total.real_change], total.reliability)?;
            if self.subscales.iter().any(|subscale| subscale.direction != total.direction) {
                return refuse("total.direction", "must be the direction of every subscale, or there can be no total");
            }
        }
        self.check_cut_offs()
    }

    fn check_text(&self, key: &str, text: &Text) -> Result<(), InstrumentError> {
        text.all().try_for_each(|words| check_characters(key, words))?;
        match self
            .languages
            .iter()
            .find(|language| text.exactly(**language).is_none_or(|words| words.trim().is_empty()))
        {
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
            let positive = [subscale.sem, subscale.sd, subscale.real_change];
            check_error_of_measurement(&subscale.id, positive, subscale.reliability)?;
            let same = self.subscales[..index].iter().find(|other| other.dimension == subscale.dimension);
            if let (Some(dimension), Some(other)) = (subscale.dimension, same) {
                return refuse(key("dimension"), format!("{} is that of {} already", dimension.code(), other.id));
            }
        }
        Ok(())
    }

    fn check_cut_offs(&self) -> Result<(), InstrumentError> {
        unique("cut_off_sets", self.cut_off_sets.iter().map(|set| &*set.id))?;
        for set in &self.cut_off_sets {
            check_characters(&format!("cut_off_sets.{}.source", set.id), &set.source)?;
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
}

fn check_error_of_measurement(
    scale: &str,
    positive: [Option<f64>; 3],
    reliability: Option<f64>,
) -> Result<(), InstrumentError> {
    if !positive.into_iter().flatten().all(|value| value > 0.0 && value.is_finite()) {
        return refuse(scale, "sem, sd and real_change must be above 0");
    }
    if !reliability.is_none_or(|value| value > 0.0 && value < 1.0) {
        return refuse(scale, "reliability must be between 0 and 1");
    }
    Ok(())
}

/// TOML can contain U+0000, which PostgreSQL cannot store.
fn check_characters(key: &str, text: &str) -> Result<(), InstrumentError> {
    if text.contains('\0') { refuse(key, "holds the character U+0000") } else { Ok(()) }
}

fn unique<'a>(key: &str, ids: impl Iterator<Item = &'a str>) -> Result<(), InstrumentError> {
    let mut seen = HashSet::new();
    for id in ids {
        if id.trim().is_empty() || !seen.insert(id) {
            return refuse(key, format!("id {id:?} is empty or stands twice"));
        }
        if id.chars().count() > LONGEST_ID {
            return refuse(key, format!("id {id:?} is longer than {LONGEST_ID} characters"));
        }
        check_characters(key, id)?;
    }
    Ok(())
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

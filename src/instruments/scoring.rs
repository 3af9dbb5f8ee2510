//! From answers to scores, levels and a profile. Pure: the same answers to the
//! same instrument version always give the same result.

use crate::{
    domain::{Dimension, Level, Profile},
    instruments::{
        Answers,
        instrument::{Aggregate, Direction, Instrument, Scale},
    },
};

/// The result of an answered questionnaire.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// Raw values in the order of the instrument's subscales; `None` with too few answers.
    pub subscales: Vec<Option<f64>>,
    /// Raw total; `None` without a total or when a subscale has no score.
    pub total: Option<f64>,
    /// The total's level.
    pub level: Option<Level>,
    /// `None` unless the instrument measures all three dimensions.
    pub profile: Option<Profile>,
}

/// Scores answers by the instrument's own rules.
pub fn score(instrument: &Instrument, answers: &Answers) -> Score {
    let subscales: Vec<Option<f64>> = (0..instrument.subscales.len())
        .map(|index| {
            let minimum = instrument.subscales[index].minimum_answered;
            scale_value(instrument, answers, Scale::Subscale(index), minimum)
        })
        .collect();
    let complete = instrument.total.is_some() && subscales.iter().all(Option::is_some);
    let total = if complete { scale_value(instrument, answers, Scale::Total, 1) } else { None };
    Score {
        level: total.and_then(|raw| level(instrument, Scale::Total, raw)),
        profile: profile(instrument, &subscales),
        subscales,
        total,
    }
}

fn scale_value(instrument: &Instrument, answers: &Answers, scale: Scale, minimum: usize) -> Option<f64> {
    let items = instrument.scale_items(scale);
    let counted = |&item: &usize| Some(instrument.counted(item, answers.get(item)?));
    let values: Vec<f64> = items.iter().filter_map(counted).collect();
    (values.len() >= minimum).then(|| instrument.aggregate_of(scale, &values, items.len()))
}

/// The sum or the mean of item values. With items left out, a sum is prorated: the mean
/// of the given values times the number of items.
pub fn aggregate(how: Aggregate, values: &[f64], items: usize) -> f64 {
    aggregate_sum(how, values.iter().sum(), values.len(), items)
}

/// The same from the sum of `answered` values.
pub fn aggregate_sum(how: Aggregate, sum: f64, answered: usize, items: usize) -> f64 {
    let given = answered.max(1) as f64;
    match how {
        Aggregate::Mean => sum / given,
        Aggregate::Sum if answered == items => sum,
        Aggregate::Sum => (sum / given * items as f64).round(),
    }
}

/// The level of a raw value in the first cut-off set; `None` without one.
pub fn level(instrument: &Instrument, scale: Scale, raw: f64) -> Option<Level> {
    let bands = instrument.bands(scale);
    bands.iter().rev().find(|band| raw >= band.from - 1e-9).or(bands.first()).map(|band| band.level)
}

/// The upper end of the lowest level and the lower end of the highest, in percent of
/// strain; `None` where a scale has fewer than two levels.
pub fn outer_cut_offs(instrument: &Instrument, scale: Scale) -> Option<(f64, f64)> {
    let bands = instrument.bands(scale);
    let strain = strains(instrument, scale);
    let changes: Vec<usize> = (1..bands.len()).filter(|&next| bands[next].level != bands[next - 1].level).collect();
    let (first, last) = (*changes.first()?, *changes.last()?);
    Some(match instrument.direction(scale) {
        Direction::HigherIsWorse => (strain(bands[first].from), strain(bands[last].from)),
        Direction::HigherIsBetter => (strain(bands[last - 1].to), strain(bands[first - 1].to)),
    })
}

/// Converts raw values of one scale to percent of its range, 0 to 100: 100·(raw −
/// min)/(max − min). Computes the range, which involves every item, only once.
pub fn percents(instrument: &Instrument, scale: Scale) -> impl Fn(f64) -> f64 {
    let (min, max) = instrument.range(scale);
    move |raw| 100.0 * (raw - min) / (max - min)
}

/// Percent of range, reversed where needed so that higher always means more strain.
pub fn strain(instrument: &Instrument, scale: Scale, raw: f64) -> f64 {
    strains(instrument, scale)(raw)
}

/// [`strain`] for many values of one scale.
pub fn strains(instrument: &Instrument, scale: Scale) -> impl Fn(f64) -> f64 {
    let (percent, direction) = (percents(instrument, scale), instrument.direction(scale));
    move |raw| match direction {
        Direction::HigherIsWorse => percent(raw),
        Direction::HigherIsBetter => 100.0 - percent(raw),
    }
}

/// The pattern of the three dimensions. Names after Leiter & Maslach (2016), "Latent
/// burnout profiles", Burnout Research 3(4); the boundaries are our own: a dimension
/// counts when its own level is high.
fn profile(instrument: &Instrument, subscales: &[Option<f64>]) -> Option<Profile> {
    let level_of = |dimension: Dimension| {
        let index = instrument.subscales.iter().position(|subscale| subscale.dimension == Some(dimension))?;
        level(instrument, Scale::Subscale(index), subscales[index]?)
    };
    let exhaustion = level_of(Dimension::EmotionalExhaustion)?;
    let detachment = level_of(Dimension::Depersonalization)?;
    let accomplishment = level_of(Dimension::ReducedAccomplishment)?;
    Some(profile_of(exhaustion, detachment, accomplishment))
}

/// The profile of the levels of the three dimensions.
pub fn profile_of(exhaustion: Level, detachment: Level, accomplishment: Level) -> Profile {
    match (exhaustion, detachment, accomplishment) {
        (Level::High, Level::High, _) => Profile::Burnout,
        (Level::High, _, _) => Profile::Overextended,
        (_, Level::High, _) => Profile::Disengaged,
        (_, _, Level::High) => Profile::Ineffective,
        (Level::Low, Level::Low, Level::Low) => Profile::Engaged,
        _ => Profile::Balanced,
    }
}

#[cfg(test)]
mod tests;

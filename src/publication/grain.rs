//! Granularity of a scale: whether its mean may be published, or only the shares of its
//! values. Pure.

use crate::{
    domain::{Dimension, Level, Profile},
    instruments::{
        instrument::{Instrument, Scale},
        scoring,
    },
    publication::suppression::Bounds,
};
use std::collections::BTreeSet;

/// A wider gap between two neighbouring values, in percent of range, would show in the
/// mean of a few people. Ten evenly spaced values have gaps of this width.
const WIDE_STEP: f64 = 100.0 / 9.0;

/// What may be published of a scale.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    Mean,
    /// The number of people in each of these groups of values, in ascending order.
    Shares(Vec<Group>),
    /// Of a total, when one of its subscales has no mean: subtracting the means of the
    /// other subscales would give it.
    Nothing,
}

impl Form {
    /// The groups of values with shares; empty for the other forms.
    pub fn groups(&self) -> &[Group] {
        match self {
            Self::Shares(groups) => groups,
            Self::Mean | Self::Nothing => &[],
        }
    }
}

/// A range of raw values whose people are counted together; usually a single value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Group {
    pub from: f64,
    pub to: f64,
    /// Whether the values are possible with all items answered.
    complete: bool,
}

impl Group {
    /// Its name in exports: `3`, or `0..8`.
    pub fn code(&self) -> String {
        let number = |value: f64| format!("{value:.2}").trim_end_matches('0').trim_end_matches('.').to_owned();
        let (from, to) = (number(self.from), number(self.to));
        if from == to { from } else { format!("{from}..{to}") }
    }
}

/// What may be published of a scale. With fewer than ten possible values, the mean of a
/// few people reveals how many of them have which value; so does the mean of more
/// values that form clusters with wide gaps between them. Such scales get shares.
pub fn form(instrument: &Instrument, scale: Scale) -> Form {
    if let Some(groups) = groups(instrument, scale) {
        return Form::Shares(groups);
    }
    let mut parts = (0..instrument.subscales.len()).map(Scale::Subscale);
    if scale == Scale::Total && parts.any(|part| groups(instrument, part).is_some()) {
        return Form::Nothing;
    }
    Form::Mean
}

fn groups(instrument: &Instrument, scale: Scale) -> Option<Vec<Group>> {
    if let Some(values) = instrument.few_values(scale) {
        let alone = values.iter().map(|value| Group { from: value.raw, to: value.raw, complete: value.complete });
        return Some(alone.collect());
    }
    let percent = scoring::percents(instrument, scale);
    let mut groups: Vec<Group> = Vec::new();
    for raw in instrument.complete_values(scale) {
        match groups.last_mut() {
            Some(last) if percent(raw) - percent(last.to) <= WIDE_STEP + 1e-9 => last.to = raw,
            _ => groups.push(Group { from: raw, to: raw, complete: true }),
        }
    }
    (groups.len() > 1).then_some(groups)
}

/// The raw values between neighbouring groups. Everybody below the first border is in
/// the first group, everybody above the last in the last.
pub fn borders(groups: &[Group]) -> Vec<f64> {
    groups.windows(2).map(|pair| (pair[0].to + pair[1].from) / 2.0).collect()
}

/// For each group the index of the group that receives its excess people (see
/// `splits`): the next one towards the middle that is possible with all items answered,
/// else in the other direction. Of an odd number of groups, the middle one gives to the
/// one below.
pub fn group_neighbours(groups: &[Group]) -> Vec<usize> {
    let last = groups.len().saturating_sub(1);
    let is_low = |group: usize| 2 * group < last;
    let neighbour = |group: usize| {
        let complete = |other: &usize| groups[*other].complete && *other != group;
        let (below, above) = ((0..group).rev().find(complete), (group + 1..=last).find(complete));
        let (first, second) = if is_low(group) { (above, below) } else { (below, above) };
        first.or(second).unwrap_or(group)
    };
    (0..groups.len()).map(neighbour).collect()
}

/// The values from which the limits of a block's mean are derived, in percent of
/// strain: the outer cut-offs of the scale, or without cut-offs the second lowest and
/// the second highest possible value.
///
/// Possible values have gaps between them. Where the lowest value that is not low lies
/// far above the cut-off, a block of k people with one such person would have a mean
/// above the lower limit, and a mean at the limit would reveal that all of them are
/// low; likewise at the other end. The bounds are therefore moved until such a block
/// can be at the limit. Half a percent of the mean is k/2 percent of one person's
/// value; the 0.0001 covers rounding to millionths.
pub fn bounds(instrument: &Instrument, scale: Scale, k: u64) -> Bounds {
    let strain = scoring::strains(instrument, scale);
    let raw = instrument.complete_values(scale);
    let mut people: Vec<(f64, Option<Level>)> =
        raw.into_iter().map(|raw| (strain(raw), scoring::level(instrument, scale, raw))).collect();
    people.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (Some(lowest), Some(highest)) = (people.first().copied(), people.last().copied()) else {
        return Bounds::default();
    };
    let Some((low, high)) = scoring::outer_cut_offs(instrument, scale) else {
        let (above, below) = (people.get(1), people.iter().rev().nth(1));
        return Bounds { low: above.map_or(0.0, |one| one.0), high: below.map_or(100.0, |one| one.0) };
    };
    let above_low = people.iter().find(|one| one.1 != lowest.1).map_or(low, |one| one.0);
    let below_high = people.iter().rev().find(|one| one.1 != highest.1).map_or(high, |one| one.0);
    let reach = 0.5 * k as f64 - 1e-4;
    Bounds { low: low.max(above_low - reach), high: high.min(below_high + reach) }
}

/// For each level the index of the level that receives its excess people: the next one
/// towards the middle that is possible. `None` where only one level is possible.
pub fn level_neighbours(instrument: &Instrument) -> Option<Vec<usize>> {
    let possible = levels(instrument, Scale::Total);
    let towards = |level: Level| match level {
        Level::Low => [Level::Medium, Level::High],
        Level::Medium => [Level::Low, Level::High],
        Level::High => [Level::Medium, Level::Low],
    };
    neighbours(Level::ALL, |level| towards(level).into_iter().find(|one| possible.contains(one)), possible.len())
}

/// The same for profiles.
pub fn profile_neighbours(instrument: &Instrument) -> Option<Vec<usize>> {
    let of = |dimension: Dimension| {
        let index = instrument.subscales.iter().position(|subscale| subscale.dimension == Some(dimension));
        index.map(|index| levels(instrument, Scale::Subscale(index))).unwrap_or_default()
    };
    let [exhaustion, detachment, accomplishment] =
        [Dimension::EmotionalExhaustion, Dimension::Depersonalization, Dimension::ReducedAccomplishment].map(of);
    let mut possible = BTreeSet::new();
    for exhaustion in &exhaustion {
        for detachment in &detachment {
            possible.extend(
                accomplishment
                    .iter()
                    .map(|accomplishment| scoring::profile_of(*exhaustion, *detachment, *accomplishment) as usize),
            );
        }
    }
    let towards = |profile: Profile| {
        let middle = [Profile::Balanced, Profile::Engaged].into_iter().chain(Profile::ALL);
        middle.filter(move |one| *one != profile)
    };
    let pick = |profile| towards(profile).find(|one| possible.contains(&(*one as usize)));
    neighbours(Profile::ALL, pick, possible.len())
}

fn neighbours<T: Copy + PartialEq, const N: usize>(
    all: [T; N],
    pick: impl Fn(T) -> Option<T>,
    possible: usize,
) -> Option<Vec<usize>> {
    let place = |one: T| all.iter().position(|other| *other == one);
    let neighbour = |one: T| pick(one).and_then(place);
    (possible > 1).then(|| all.iter().map(|one| neighbour(*one).or_else(|| place(*one)).unwrap_or(0)).collect())
}

/// The levels that are possible on a scale.
fn levels(instrument: &Instrument, scale: Scale) -> Vec<Level> {
    let values = instrument.few_values(scale).map(|few| few.into_iter().map(|value| value.raw).collect());
    let values: Vec<f64> = values.unwrap_or_else(|| instrument.complete_values(scale));
    let found: Vec<Level> = values.into_iter().filter_map(|raw| scoring::level(instrument, scale, raw)).collect();
    Level::ALL.into_iter().filter(|level| found.contains(level)).collect()
}

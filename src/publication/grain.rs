//! How finely a scale tells people apart, and what may be published of it: a
//! mean within limits, or only shares of its values. Pure.

use crate::{
    domain::{Dimension, Level, Profile},
    instruments::{
        instrument::{Instrument, Scale},
        scoring,
    },
    publication::suppression::Bounds,
};
use std::collections::BTreeSet;

/// Values farther apart than this, in percent of range, are told apart in a
/// mean of a few people: ten values in even steps lie no farther.
const WIDE_STEP: f64 = 100.0 / 9.0;

/// What may be published of a scale.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    Mean,
    /// How many people have which of these, in ascending order.
    Shares(Vec<Group>),
    /// A total with a part that has no mean: less the parts that have one, it
    /// would be that part's mean.
    Nothing,
}

impl Form {
    /// The groups of values that have shares; none where nothing of the kind is published.
    pub fn groups(&self) -> &[Group] {
        match self {
            Self::Shares(groups) => groups,
            Self::Mean | Self::Nothing => &[],
        }
    }
}

/// Raw values of a scale that are counted together; as a rule a single one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Group {
    pub from: f64,
    pub to: f64,
    /// Whether somebody who answered every item can be in it.
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

/// What may be published of a scale. With fewer than ten possible values a mean
/// of a few people counts how many of them have which; so does one of more
/// values that lie in clusters with wide gaps between them.
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

/// Raw values between the groups: whoever is below the first is in the first
/// group, whoever is above the last in the last.
pub fn borders(groups: &[Group]) -> Vec<f64> {
    groups.windows(2).map(|pair| (pair[0].to + pair[1].from) / 2.0).collect()
}

/// The group that takes the people whom each has too many of: the next one to
/// the middle that everybody could be in. Of an odd number of groups the middle
/// one gives to the one below.
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

/// What a block's mean is kept away from, in percent of strain: the outer
/// cut-offs of the scale, or the ends of its lowest and its highest step where
/// it has none.
///
/// People have values between which nothing lies. The first value that is not
/// low any more may lie so far above the cut-off that a block of k with one
/// such person cannot reach the limit, which would then say that all of them
/// are low; likewise at the other end. The limit is kept where that block can
/// be: half a percent of the mean is k halves of one person's, and a hair
/// covers what rounding people to millionths takes.
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

/// Who takes the people that a level has too many of: the next one to the
/// middle that anybody can have. `None` where everybody has the same.
pub fn level_neighbours(instrument: &Instrument) -> Option<Vec<usize>> {
    let possible = levels(instrument, Scale::Total);
    let towards = |level: Level| match level {
        Level::Low => [Level::Medium, Level::High],
        Level::Medium => [Level::Low, Level::High],
        Level::High => [Level::Medium, Level::Low],
    };
    neighbours(Level::ALL, |level| towards(level).into_iter().find(|one| possible.contains(one)), possible.len())
}

/// The same of profiles.
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

/// The levels that people can have on a scale.
fn levels(instrument: &Instrument, scale: Scale) -> Vec<Level> {
    let values = instrument.few_values(scale).map(|few| few.into_iter().map(|value| value.raw).collect());
    let values: Vec<f64> = values.unwrap_or_else(|| instrument.complete_values(scale));
    let found: Vec<Level> = values.into_iter().filter_map(|raw| scoring::level(instrument, scale, raw)).collect();
    Level::ALL.into_iter().filter(|level| found.contains(level)).collect()
}

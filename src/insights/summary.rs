//! Chooses the few sentences above the figures: what is worth saying, and what the
//! confidence intervals permit to say. Pure; returns codes and values, no words.

use crate::{
    domain::Level,
    insights::{
        Overview, Place, Row,
        view::{Change, Mean, State},
    },
    instruments::instrument::Scale,
};

/// How many departments are named at most.
const NAMED: usize = 2;
/// Below this participation, in percent, a sentence warns that the figures may not be
/// representative.
const HALF: i64 = 50;

/// One thing to say.
#[derive(Clone, Debug, PartialEq)]
pub enum Sentence {
    /// Nobody belonged to the department.
    Nobody,
    /// Too few to show any number.
    TooFew,
    /// The scales have too few possible values for means; only shares are shown.
    SharesOnly,
    /// These departments are significantly above the rest, highest first.
    StandsOut { scale: Scale, places: Vec<Named> },
    /// No department is significantly above the rest.
    NobodyStandsOut,
    /// The value of the whole department on a scale.
    Whole { scale: Scale, value: Value, since: Since },
    /// Another scale that changed significantly.
    AlsoChanged { scale: Scale, points: i64 },
    /// Less than half answered.
    FewAnswered { percent: i64 },
}

/// A department's name and value.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    pub name: String,
    pub value: Value,
}

/// A mean with its margin, where that is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    pub percent: i64,
    pub margin: Option<i64>,
    /// The levels at the two ends of the confidence interval.
    pub levels: Option<(Level, Level)>,
}

/// The change since the earlier period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// There is no earlier period to compare with.
    Nothing,
    WithinChance,
    /// A significant change of so many points.
    Changed(i64),
}

/// The input of the summary.
pub struct Facts<'a> {
    pub scales: &'a [Scale],
    pub changes: &'a [Option<Change>],
    /// The whole first, then its parts.
    pub rows: &'a [Row],
}

impl<'a> From<&'a Overview> for Facts<'a> {
    fn from(overview: &'a Overview) -> Self {
        Self { scales: &overview.scales, changes: &overview.changes, rows: &overview.rows }
    }
}

/// One to three sentences.
pub fn summary(facts: &Facts<'_>) -> Vec<Sentence> {
    let whole = &facts.rows[0];
    let subscales: Vec<usize> = (0..facts.scales.len()).filter(|&index| facts.scales[index] != Scale::Total).collect();
    if subscales.iter().all(|&index| value(&whole.means[index]).is_none()) {
        let nobody =
            whole.means.iter().all(|mean| mean.state == State::Empty) && whole.values.iter().all(|split| split.empty);
        let shares = whole.values.iter().any(|split| split.shares.is_some());
        return vec![match (nobody, shares) {
            (true, _) => Sentence::Nobody,
            (_, true) => Sentence::SharesOnly,
            _ => Sentence::TooFew,
        }];
    }
    let outstanding = outstanding(facts, &subscales);
    let leading = outstanding.as_ref().map_or_else(|| leading(facts, &subscales), |(index, _)| *index);
    let mut sentences = Vec::new();
    match outstanding {
        Some((index, places)) => sentences.push(Sentence::StandsOut { scale: facts.scales[index], places }),
        None if parts_to_compare(facts, &subscales) => sentences.push(Sentence::NobodyStandsOut),
        None => {}
    }
    if let Some(value) = value(&whole.means[leading]) {
        let since = facts.changes[leading].map_or(Since::Nothing, since);
        sentences.push(Sentence::Whole { scale: facts.scales[leading], value, since });
    }
    sentences.extend(last(facts, &subscales, leading));
    sentences
}

/// The scale on which a department stands out most, with at most two departments. When
/// one department lies within another, only the upper one is named.
fn outstanding(facts: &Facts<'_>, subscales: &[usize]) -> Option<(usize, Vec<Named>)> {
    let stands_out = |index: usize| {
        let rows = facts.rows.iter().skip(1);
        rows.filter(move |row| row.stands_out[index])
    };
    let highest = |index: usize| stands_out(index).filter_map(|row| row.means[index].percent).max();
    // on a tie the first scale in the order of the questionnaire
    let (index, _) =
        subscales.iter().rev().filter_map(|&index| Some((index, highest(index)?))).max_by_key(|one| one.1)?;
    let mut rows: Vec<&Row> = stands_out(index).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.means[index].percent));
    let mut named: Vec<&Row> = Vec::new();
    for row in rows {
        let apart = named
            .iter()
            .all(|one| !is_inside(facts, &one.place, &row.place) && !is_inside(facts, &row.place, &one.place));
        if apart && named.len() < NAMED {
            named.push(row);
        }
    }
    let name = |row: &Row| Some(Named { name: row.place.name.clone(), value: value(&row.means[index])? });
    Some((index, named.into_iter().filter_map(name).collect()))
}

fn is_inside(facts: &Facts<'_>, inner: &Place, outer: &Place) -> bool {
    let parent = |place: &Place| facts.rows.iter().map(|row| &row.place).find(|one| Some(one.id) == place.parent);
    std::iter::successors(parent(inner), |place| parent(place)).any(|place| place.id == outer.id)
}

/// The scale to report when no department stands out: the one with the largest
/// significant change, else the one with the highest mean.
fn leading(facts: &Facts<'_>, subscales: &[usize]) -> usize {
    let changed = subscales.iter().rev().filter_map(|&index| Some((index, real(facts, index)?.abs())));
    let highest = subscales.iter().rev().filter_map(|&index| Some((index, facts.rows[0].means[index].percent?)));
    changed.max_by_key(|one| one.1).or_else(|| highest.max_by_key(|one| one.1)).map_or(0, |one| one.0)
}

/// Whether at least two parts have figures; otherwise "nobody stands out" would say
/// nothing.
fn parts_to_compare(facts: &Facts<'_>, subscales: &[usize]) -> bool {
    let shown = |row: &&Row| subscales.iter().any(|&index| row.means[index].percent.is_some());
    facts.rows.iter().skip(1).filter(shown).count() >= 2
}

/// The third sentence; a warning about low participation takes precedence over further
/// figures.
fn last(facts: &Facts<'_>, subscales: &[usize], leading: usize) -> Option<Sentence> {
    if let Some(percent) = facts.rows[0].participation.percent.filter(|percent| *percent < HALF) {
        return Some(Sentence::FewAnswered { percent });
    }
    let others = subscales.iter().rev().filter(|&&index| index != leading);
    let changed = others.filter_map(|&index| Some((facts.scales[index], real(facts, index)?)));
    changed.max_by_key(|(_, points)| points.abs()).map(|(scale, points)| Sentence::AlsoChanged { scale, points })
}

fn real(facts: &Facts<'_>, index: usize) -> Option<i64> {
    facts.changes[index].filter(|change| change.significant).map(|change| change.difference)
}

fn since(change: Change) -> Since {
    if change.significant { Since::Changed(change.difference) } else { Since::WithinChance }
}

fn value(mean: &Mean) -> Option<Value> {
    mean.percent.map(|percent| Value { percent, margin: mean.margin, levels: mean.span })
}

#[cfg(test)]
mod tests;

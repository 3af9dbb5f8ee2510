//! The few sentences on top of the picture: which things are worth saying and
//! which may be said. Pure; answers codes and values, never words, and nothing
//! that an interval does not carry.

use crate::{
    domain::Level,
    insights::{
        Overview, Place, Row,
        view::{Change, Mean, State},
    },
    instruments::instrument::Scale,
};

/// At most so many departments are named.
const NAMED: usize = 2;
/// With fewer answers, in percent, the picture is of those who gave them.
const HALF: i64 = 50;

/// One thing to say.
#[derive(Clone, Debug, PartialEq)]
pub enum Sentence {
    /// Nobody belonged there.
    Nobody,
    /// Too few to show any number.
    TooFew,
    /// The scales have too few values for means; their shares are shown.
    SharesOnly,
    /// These are above the rest by more than chance, the highest first.
    StandsOut { scale: Scale, places: Vec<Named> },
    /// No department is above the rest by more than chance.
    NobodyStandsOut,
    /// How the whole of what is shown stands on a scale.
    Whole { scale: Scale, value: Value, since: Since },
    /// Another scale that changed by more than chance.
    AlsoChanged { scale: Scale, points: i64 },
    /// Fewer than half answered.
    FewAnswered { percent: i64 },
}

/// A department by its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    pub name: String,
    pub value: Value,
}

/// A mean as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    pub percent: i64,
    pub margin: Option<i64>,
    /// The levels that the interval reaches over.
    pub levels: Option<(Level, Level)>,
}

/// What may be said of a change since the earlier period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// There is nothing to compare with.
    Nothing,
    WithinChance,
    /// Probably a real change of so many points.
    Changed(i64),
}

/// What the sentences are made from.
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

/// The scale on which a department stands out most, with at most two of them.
/// Of departments that lie in each other only the higher one is named.
fn outstanding(facts: &Facts<'_>, subscales: &[usize]) -> Option<(usize, Vec<Named>)> {
    let stands_out = |index: usize| {
        let rows = facts.rows.iter().skip(1);
        rows.filter(move |row| row.stands_out[index] && row.means[index].state == State::Value)
    };
    let highest = |index: usize| stands_out(index).filter_map(|row| row.means[index].percent).max();
    // Of equals the first: scales stand in the order of the questionnaire.
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

/// Without a department that stands out: the scale with the largest real
/// change, else the highest one.
fn leading(facts: &Facts<'_>, subscales: &[usize]) -> usize {
    let changed = subscales.iter().rev().filter_map(|&index| Some((index, real(facts, index)?.abs())));
    let highest = subscales.iter().rev().filter_map(|&index| Some((index, facts.rows[0].means[index].percent?)));
    changed.max_by_key(|one| one.1).or_else(|| highest.max_by_key(|one| one.1)).map_or(0, |one| one.0)
}

/// Whether at least two parts have numbers, so that "nobody stands out" says something.
fn parts_to_compare(facts: &Facts<'_>, subscales: &[usize]) -> bool {
    let shown = |row: &&Row| subscales.iter().any(|&index| row.means[index].percent.is_some());
    facts.rows.iter().skip(1).filter(shown).count() >= 2
}

/// The third sentence: what the numbers are of comes before more of them.
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

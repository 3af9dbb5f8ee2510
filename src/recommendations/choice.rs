//! Chooses library items for a person after a check-up. Pure and deterministic: the
//! same result and candidates give the same choice.

use crate::{
    domain::{Dimension, Level},
    instruments::{
        instrument::{Instrument, Scale},
        scoring::{self, Score},
    },
    library::{Category, ItemId},
    recommendations::Priority,
};
use std::collections::HashSet;

/// The fewest items that a person gets.
pub const FEWEST: usize = 5;

/// What the choice depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct Strain {
    /// The level of the total; where the instrument has none, the highest level of a
    /// dimension.
    pub level: Option<Level>,
    /// Percent of strain and level of each dimension that has both.
    pub dimensions: Vec<(Dimension, f64, Level)>,
}

impl Strain {
    /// From a scored questionnaire.
    pub fn of(instrument: &Instrument, score: &Score) -> Self {
        let dimensions: Vec<_> = instrument
            .subscales
            .iter()
            .enumerate()
            .filter_map(|(index, subscale)| {
                let (scale, raw) = (Scale::Subscale(index), score.subscales[index]?);
                let level = scoring::level(instrument, scale, raw)?;
                Some((subscale.dimension?, scoring::strain(instrument, scale, raw), level))
            })
            .collect();
        let worst = dimensions.iter().map(|(_, _, level)| *level).max();
        Self { level: score.level.or(worst), dimensions }
    }

    /// Whether help is shown first: the total or any dimension is high.
    pub fn help_first(&self) -> bool {
        self.level == Some(Level::High) || self.dimensions.iter().any(|(_, _, level)| *level == Level::High)
    }
}

/// An item that can be chosen.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub id: ItemId,
    pub category: Category,
    pub dimensions: Vec<Dimension>,
    pub levels: Vec<Level>,
}

/// Five to seven items from at least two categories, starting with the most strained
/// dimension. Includes professional help when anything is high.
pub fn choose(candidates: &[Candidate], strain: &Strain) -> Vec<(ItemId, Priority)> {
    let count = match strain.level {
        Some(Level::High) => 7,
        Some(Level::Medium) => 6,
        _ => FEWEST,
    };
    let mut choice = Choice { candidates, taken: HashSet::new(), categories: Vec::new(), chosen: Vec::new() };
    if strain.help_first() {
        let worst = by_strain(strain).first().map(|(dimension, _, _)| *dimension);
        choice.take(Level::High, worst, true);
    }
    // Every second item is for the most strained dimension; the other dimensions share
    // the rest.
    let turns = by_strain(strain);
    let order = [0, 1, 0, 2, 0, 1, 0, 2];
    for turn in 0..64 {
        if choice.chosen.len() >= count {
            break;
        }
        let wanted = turns.get(order[turn % order.len()] % turns.len().max(1));
        let level = wanted.map_or(strain.level.unwrap_or(Level::Low), |(_, _, level)| *level);
        choice.take(level, wanted.map(|(dimension, _, _)| *dimension), false);
    }
    choice.chosen
}

/// Whether a choice has at least [`FEWEST`] items, and professional help where it is
/// required.
pub fn is_enough(candidates: &[Candidate], strain: &Strain, chosen: &[(ItemId, Priority)]) -> bool {
    let professional = candidates.iter().filter(|item| item.category == Category::ProfessionalHelp);
    let has_help = professional.map(|item| item.id).any(|id| chosen.iter().any(|(item, _)| *item == id));
    chosen.len() >= FEWEST && (has_help || !strain.help_first())
}

/// Dimensions, most strained first; equal ones in their usual order.
fn by_strain(strain: &Strain) -> Vec<(Dimension, f64, Level)> {
    let mut order = strain.dimensions.clone();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    order
}

struct Choice<'a> {
    candidates: &'a [Candidate],
    taken: HashSet<ItemId>,
    categories: Vec<Category>,
    chosen: Vec<(ItemId, Priority)>,
}

impl Choice<'_> {
    /// Takes the best remaining item: one that fits the level, of the least used
    /// category, most specific to the dimension, then in the order of the library.
    /// Professional help is taken in the order of the library only, which begins with
    /// seeing a doctor.
    fn take(&mut self, level: Level, dimension: Option<Dimension>, professional: bool) {
        let uses = |category: Category| self.categories.iter().filter(|used| **used == category).count();
        let best = self
            .candidates
            .iter()
            .filter(|item| (item.category == Category::ProfessionalHelp) == professional)
            .filter(|item| !self.taken.contains(&item.id))
            .filter(|item| item.levels.contains(&level))
            .filter(|item| dimension.is_none_or(|wanted| item.dimensions.contains(&wanted)))
            .min_by_key(|item| (uses(item.category), if professional { 0 } else { item.dimensions.len() }, item.id));
        if let Some(item) = best {
            self.taken.insert(item.id);
            self.categories.push(item.category);
            self.chosen.push((item.id, priority(level)));
        }
    }
}

/// The priority of an item, from the level of the dimension that it was chosen for.
const fn priority(level: Level) -> Priority {
    match level {
        Level::Low => Priority::Low,
        Level::Medium => Priority::Medium,
        Level::High => Priority::High,
    }
}

#[cfg(test)]
mod tests;

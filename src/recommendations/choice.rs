//! Which items of the library a person gets after an assessment. Pure and
//! deterministic: the same result and the same list give the same choice.

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

/// The shortest list a person gets.
pub const FEWEST: usize = 5;

/// What of a result decides the choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Strain {
    /// The total's level; where the instrument has none, the worst dimension's.
    pub level: Option<Level>,
    /// Percent of range and level of each dimension that has them.
    pub dimensions: Vec<(Dimension, f64, Level)>,
}

impl Strain {
    /// Reads it from a scored questionnaire.
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

    /// Whether help comes first: a high level, or any high dimension.
    pub fn help_first(&self) -> bool {
        self.level == Some(Level::High) || self.dimensions.iter().any(|(_, _, level)| *level == Level::High)
    }
}

/// An item of the library that could be chosen.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub id: ItemId,
    pub category: Category,
    pub dimensions: Vec<Dimension>,
    pub levels: Vec<Level>,
}

/// Five to seven items, the worst dimension's first, of at least two
/// categories; professional help always among them when something is high.
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
    // The worst dimension gets half of the rest, the next ones share what is left.
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

/// Whether a choice is long enough, with professional help where it must be.
pub fn is_enough(candidates: &[Candidate], strain: &Strain, chosen: &[(ItemId, Priority)]) -> bool {
    let professional = candidates.iter().filter(|item| item.category == Category::ProfessionalHelp);
    let has_help = professional.map(|item| item.id).any(|id| chosen.iter().any(|(item, _)| *item == id));
    chosen.len() >= FEWEST && (has_help || !strain.help_first())
}

/// Dimensions from the most strained on; equal ones in their own order.
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
    /// Takes the best item left: one that fits the level, from the category
    /// used least, most specific to the dimension, in the library's order.
    /// Professional help goes by the library's order alone: a doctor first.
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

/// How soon, from the level of the dimension an item was chosen for.
const fn priority(level: Level) -> Priority {
    match level {
        Level::Low => Priority::Low,
        Level::Medium => Priority::Medium,
        Level::High => Priority::High,
    }
}

#[cfg(test)]
mod tests;

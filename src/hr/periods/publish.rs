//! From what was counted in each department to what is published of every
//! subtree. Pure, and in whole numbers, so that it cannot depend on the order
//! in which people were counted.

use crate::{
    assessment::{
        Level, Profile,
        instrument::{Instrument, Scale},
        scoring,
    },
    hr::{
        periods::Measure,
        statistics,
        suppression::{self, Bounds, Cell, MeanAtom, Tree},
    },
};

/// With fewer people in blocks the questionnaire's own standard deviation is used.
const ENOUGH_FOR_DEVIATION: u64 = 30;

/// What one department's own people come to on one scale.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counted {
    pub scales: Vec<ScaleSums>,
    /// People per level, in the order of [`Level::ALL`].
    pub levels: Vec<u64>,
    /// People per profile, in the order of [`Profile::ALL`].
    pub profiles: Vec<u64>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScaleSums {
    pub people: u64,
    /// Sum of strain, in millionths of a percent of range.
    pub sum: i64,
    /// Sum of its squares, in squared percent.
    pub squares: f64,
}

impl Counted {
    /// A department in which nobody was counted.
    pub fn nobody(instrument: &Instrument) -> Self {
        Self {
            scales: vec![ScaleSums::default(); instrument.scales().count()],
            levels: vec![0; Level::ALL.len()],
            profiles: vec![0; Profile::ALL.len()],
        }
    }
}

/// Everything that was counted, by a department's position in the tree.
pub struct Atoms {
    pub counted: Vec<Counted>,
    /// People who answered and people who did not.
    pub participation: Vec<[u64; 2]>,
}

/// What leaves the closing.
pub struct Published {
    pub cells: Vec<PublishedCell>,
    /// Standard deviation of each scale, in percent of range.
    pub deviations: Vec<Option<f64>>,
}

/// One measure of one department's subtree.
#[derive(Clone, Debug, PartialEq)]
pub struct PublishedCell {
    pub place: usize,
    pub measure: Measure,
    pub cell: Cell<Sums>,
    /// People whom the department itself had in this measure.
    pub atom: u64,
}

/// A mean has one sum, in millionths of a percent; a split one per category.
#[derive(Clone, Debug, PartialEq)]
pub struct Sums {
    pub people: u64,
    pub sums: Vec<i64>,
}

/// Publishes one questionnaire of one period.
pub fn publish(instrument: &Instrument, k: u64, parents: &[usize], atoms: &Atoms) -> Published {
    // Only who was asked makes a department more than empty. Somebody asked elsewhere
    // and moved would show by it whether they answered.
    let members = atoms.participation.iter().map(|answers| answers.iter().sum()).collect();
    let tree = Tree { parents: parents.to_vec(), members };
    let mut cells = Vec::new();
    let mut deviations = Vec::new();
    for (index, scale) in instrument.scales().enumerate() {
        let sums: Vec<ScaleSums> = atoms.counted.iter().map(|counted| counted.scales[index]).collect();
        cells.extend(means(&tree, k, instrument, scale, &sums));
        deviations.push(deviation(&tree, k, instrument, scale, &sums));
    }
    if instrument.total.is_some() {
        let levels: Vec<_> = atoms.counted.iter().map(|counted| counted.levels.clone()).collect();
        cells.extend(splits(&tree, k, Measure::Level, &levels, &level_neighbours()));
    }
    if instrument.has_profile() {
        let profiles: Vec<_> = atoms.counted.iter().map(|counted| counted.profiles.clone()).collect();
        cells.extend(splits(&tree, k, Measure::Profile, &profiles, &profile_neighbours()));
    }
    let participation: Vec<_> = atoms.participation.iter().map(|answers| answers.to_vec()).collect();
    cells.extend(splits(&tree, k, Measure::Participation, &participation, &[1, 0]));
    Published { cells, deviations }
}

fn means(tree: &Tree, k: u64, instrument: &Instrument, scale: Scale, sums: &[ScaleSums]) -> Vec<PublishedCell> {
    let atoms: Vec<_> = sums.iter().map(|one| MeanAtom { people: one.people, sum: one.sum }).collect();
    let bounds = bounds(instrument, scale, k);
    let cells = suppression::means(tree, k, &atoms, bounds).into_iter().map(|cell| match cell {
        Cell::Value(mean) => Cell::Value(Sums { people: mean.people, sums: vec![mean.total] }),
        Cell::Suppressed => Cell::Suppressed,
        Cell::Empty => Cell::Empty,
    });
    placed(Measure::Mean(scale), cells, sums.iter().map(|one| one.people))
}

fn splits(tree: &Tree, k: u64, measure: Measure, atoms: &[Vec<u64>], neighbours: &[usize]) -> Vec<PublishedCell> {
    let cells = suppression::splits(tree, k, atoms, neighbours).into_iter().map(|cell| match cell {
        Cell::Value(split) => {
            Cell::Value(Sums { people: split.people, sums: split.counts.iter().map(|&count| count as i64).collect() })
        }
        Cell::Suppressed => Cell::Suppressed,
        Cell::Empty => Cell::Empty,
    });
    placed(measure, cells, atoms.iter().map(|counts| counts.iter().sum()))
}

fn placed(
    measure: Measure,
    cells: impl Iterator<Item = Cell<Sums>>,
    atoms: impl Iterator<Item = u64>,
) -> Vec<PublishedCell> {
    let cells = cells.zip(atoms).enumerate();
    cells.map(|(place, (cell, atom))| PublishedCell { place, measure, cell, atom }).collect()
}

/// The outer cut-offs of a scale in percent of strain, which a block's mean is
/// kept away from; a scale without cut-offs has those of the shipped total.
///
/// Of whole points the last one below the cut-off may lie so far below it that
/// a block of k with one such person cannot reach the limit, which would then
/// say that all of them are high. The limit is kept where that block can be:
/// half a percent of the mean is k halves of one person's, and a hair covers
/// what rounding people to millionths takes.
fn bounds(instrument: &Instrument, scale: Scale, k: u64) -> Bounds {
    let cut_offs = scoring::outer_cut_offs(instrument, scale).zip(scoring::below_highest(instrument, scale));
    cut_offs
        .map_or(Bounds::default(), |((low, high), below)| Bounds { low, high: high.min(below + 0.5 * k as f64 - 1e-4) })
}

/// The company's standard deviation over the people in blocks, else the one
/// that the questionnaire declares.
fn deviation(tree: &Tree, k: u64, instrument: &Instrument, scale: Scale, sums: &[ScaleSums]) -> Option<f64> {
    let sizes: Vec<u64> = sums.iter().map(|one| one.people).collect();
    let blocks = suppression::partition(tree, &sizes, k).blocks;
    let inside = || blocks.iter().flat_map(|block| &block.atoms).map(|&atom| &sums[atom]);
    let people: u64 = inside().map(|one| one.people).sum();
    if people < ENOUGH_FOR_DEVIATION {
        return instrument.deviation(scale);
    }
    let sum: i64 = inside().map(|one| one.sum).sum();
    statistics::standard_deviation(people, sum as f64 / 1e6, inside().map(|one| one.squares).sum())
}

/// Who takes the people that a category has too many of: the next one to the middle.
fn level_neighbours() -> Vec<usize> {
    let neighbour = |level| match level {
        Level::Low | Level::High => Level::Medium,
        Level::Medium => Level::Low,
    };
    Level::ALL.map(|level| neighbour(level) as usize).to_vec()
}

fn profile_neighbours() -> Vec<usize> {
    let neighbour = |profile| match profile {
        Profile::Balanced => Profile::Engaged,
        _ => Profile::Balanced,
    };
    Profile::ALL.map(|profile| neighbour(profile) as usize).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_with_one_who_is_not_high_can_look_like_one_in_which_all_are() {
        let instrument = Instrument::parse(include_str!("../../../instruments/hearth-20.toml")).unwrap();
        for (index, scale) in instrument.scales().enumerate() {
            let (low, _) = scoring::outer_cut_offs(&instrument, scale).unwrap();
            let below = scoring::below_highest(&instrument, scale).unwrap();
            let shown = |people: [f64; 5]| {
                let sum = (people.iter().sum::<f64>() * 1e6).round() as i64;
                let tree = Tree { parents: vec![0], members: vec![5] };
                suppression::means(&tree, 5, &[MeanAtom { people: 5, sum }], bounds(&instrument, scale, 5))
            };
            assert_eq!(shown([100.0; 5]), shown([100.0, 100.0, 100.0, 100.0, below]), "scale {index}");
            assert_eq!(shown([0.0; 5]), shown([0.0, 0.0, 0.0, 0.0, low]), "scale {index}");
        }
    }

    #[test]
    fn a_department_that_only_one_who_moved_answered_in_looks_like_one_without_answers() {
        let instrument = Instrument::parse(include_str!("../../../instruments/hearth-20.toml")).unwrap();
        let nobody = Counted::nobody(&instrument);
        let answered = |people: u64| Counted {
            scales: vec![ScaleSums { people, sum: 0, squares: 0.0 }; instrument.scales().count()],
            levels: vec![people, 0, 0],
            profiles: vec![0, 0, 0, 0, 0, people],
        };
        // The company, twelve of whom were asked in one department and nobody in the other.
        let shown = |moved: &Counted| {
            let counted = vec![nobody.clone(), answered(10), moved.clone()];
            let atoms = Atoms { counted, participation: vec![[0, 0], [10, 2], [0, 0]] };
            let cells = publish(&instrument, 5, &[0, 0, 0], &atoms).cells;
            cells.into_iter().map(|cell| (cell.place, cell.measure, cell.cell)).collect::<Vec<_>>()
        };
        let without = shown(&nobody);
        assert!(without.iter().filter(|(place, ..)| *place == 2).all(|(.., cell)| *cell == Cell::Empty));
        assert_eq!(shown(&answered(1)), without);
    }

    #[test]
    fn what_a_category_has_too_many_of_moves_towards_the_middle() {
        assert_eq!(level_neighbours(), [1, 0, 1]);
        let codes = profile_neighbours().into_iter().map(|place| Profile::ALL[place].code()).collect::<Vec<_>>();
        assert_eq!(codes, ["balanced", "balanced", "balanced", "balanced", "engaged", "balanced"]);
    }
}

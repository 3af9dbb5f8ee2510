//! Turns what was counted in each department into what is published for it with
//! everything below it. Pure, and in integers, so that the result does not depend on
//! the order in which people were added up.

use crate::{
    domain::{Level, Profile},
    instruments::instrument::{Instrument, Scale},
    publication::{
        self, Measure, Spread,
        grain::{self, Form},
        noise::{BlockNoise, Noise},
        suppression::{self, Block, Cell, MeanAtom, Tree},
    },
    statistics,
};
use std::{cell::RefCell, collections::HashMap};

/// With fewer people in blocks, the standard deviation that the questionnaire declares
/// is used.
const ENOUGH_FOR_DEVIATION: u64 = 30;

/// What was counted for one department's own people.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counted {
    pub scales: Vec<ScaleSums>,
    /// For each scale published as shares the number of people per group of values; for
    /// other scales empty.
    pub values: Vec<Vec<u64>>,
    /// People per level, in the order of [`Level::ALL`].
    pub levels: Vec<u64>,
    /// People per profile, in the order of [`Profile::ALL`].
    pub profiles: Vec<u64>,
}

/// The people with a value on one scale, and sums over them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScaleSums {
    /// Their ids, in any order; of who left, minus the id of the check-up.
    pub ids: Vec<i64>,
    /// Sum of strain, in millionths of a percent of range.
    pub sum: i64,
    /// Sum of squared strain, in squared percent.
    pub squares: f64,
}

impl ScaleSums {
    pub fn people(&self) -> u64 {
        self.ids.len() as u64
    }
}

impl Counted {
    /// A department in which nobody was counted.
    pub fn nobody(instrument: &Instrument) -> Self {
        Self {
            scales: vec![ScaleSums::default(); instrument.scales().count()],
            values: instrument.scales().map(|scale| vec![0; grain::form(instrument, scale).groups().len()]).collect(),
            levels: vec![0; Level::ALL.len()],
            profiles: vec![0; Profile::ALL.len()],
        }
    }
}

/// Everything that was counted, by the position of the department in the tree.
pub struct Atoms {
    pub counted: Vec<Counted>,
    /// People who answered and people who did not.
    pub participation: Vec<[u64; 2]>,
}

/// What is published of a questionnaire in a period.
pub struct Published {
    pub cells: Vec<PublishedCell>,
    /// Standard deviation of each scale that has means, in percent of range.
    pub deviations: Vec<Option<f64>>,
    /// Its degrees of freedom, where it was computed and not declared.
    pub degrees: Vec<Option<i64>>,
}

impl Published {
    /// What the standard error of a scale's means follows from; `index` is the scale's
    /// place in the questionnaire.
    pub fn spread(&self, instrument: &Instrument, noise: &Noise<'_>, index: usize, scale: Scale) -> Option<Spread> {
        let computed = (self.deviations[index], Some(self.degrees[index]));
        publication::spread(instrument, scale, computed, (Some(noise.kind()), noise.k()))
    }
}

/// One measure of one department with everything below it.
#[derive(Clone, Debug, PartialEq)]
pub struct PublishedCell {
    pub place: usize,
    pub measure: Measure,
    pub cell: Cell<Sums>,
    /// People whom the department itself had in this measure.
    pub atom: u64,
}

/// For a mean one sum, in millionths of a percent; for counts one per category.
#[derive(Clone, Debug, PartialEq)]
pub struct Sums {
    pub people: u64,
    /// Of a mean the number of blocks.
    pub blocks: Option<u64>,
    pub sums: Vec<i64>,
}

/// Computes what is published of one questionnaire in one period.
pub fn publish(instrument: &Instrument, noise: &Noise<'_>, parents: &[usize], atoms: &Atoms) -> Published {
    // Only people who were asked make a department "suppressed" instead of "empty". If
    // answers counted, too, a department to which somebody moved after being asked
    // elsewhere would show whether that person answered.
    let members = atoms.participation.iter().map(|answers| answers.iter().sum()).collect();
    let tree = Tree { parents: parents.to_vec(), members };
    let mut cells = Vec::new();
    let (mut deviations, mut degrees) = (Vec::new(), Vec::new());
    let least = noise.least();
    let mut blurred = Blurred { noise, known: Vec::new() };
    for (index, scale) in instrument.scales().enumerate() {
        let sums: Vec<&ScaleSums> = atoms.counted.iter().map(|counted| &counted.scales[index]).collect();
        let mut spread = (None, None);
        match grain::form(instrument, scale) {
            Form::Mean => {
                cells.extend(means(&tree, &mut blurred, instrument, scale, &sums));
                spread = deviation(&tree, least, instrument, scale, &sums);
            }
            Form::Shares(groups) => {
                let values: Vec<_> = atoms.counted.iter().map(|counted| counted.values[index].clone()).collect();
                let neighbours = grain::group_neighbours(&groups);
                cells.extend(splits(&tree, least, Measure::Values(scale), &values, &neighbours));
            }
            Form::Nothing => {}
        }
        deviations.push(spread.0);
        degrees.push(spread.1);
    }
    if instrument.total.is_some() {
        let levels = atoms.counted.iter().map(|counted| &counted.levels);
        cells.extend(possible_splits(&tree, least, Measure::Level, levels, grain::level_neighbours(instrument)));
    }
    if instrument.has_profile() {
        let profiles = atoms.counted.iter().map(|counted| &counted.profiles);
        cells.extend(possible_splits(&tree, least, Measure::Profile, profiles, grain::profile_neighbours(instrument)));
    }
    cells.extend(participation(&tree, noise, &atoms.participation));
    Published { cells, deviations, degrees }
}

/// Departments from wide blocks. The company from everybody at once: the sum of its
/// wide blocks would be off by two people for each of them.
fn participation(tree: &Tree, noise: &Noise<'_>, asked: &[[u64; 2]]) -> Vec<PublishedCell> {
    let atoms: Vec<_> = asked.iter().map(|answers| answers.to_vec()).collect();
    let mut cells = splits(tree, noise.least(), Measure::Participation, &atoms, &[1, 0]);
    let mut counts = asked.iter().fold([0; 2], |sum, answers| [sum[0] + answers[0], sum[1] + answers[1]]);
    let people = counts.iter().sum();
    if people >= 2 * noise.k() {
        suppression::limit(&mut counts, people - 2, &[1, 0]);
        cells[0].cell = Cell::Value(Sums { people, blocks: None, sums: counts.map(|count| count as i64).to_vec() });
    }
    cells
}

/// The noise of each block that was needed so far. Scales on which the same people have
/// values have the same blocks, whose people are named once.
struct Blurred<'a> {
    noise: &'a Noise<'a>,
    /// The people of each department, and the noise of the blocks by where they were
    /// formed.
    known: Vec<(Vec<Vec<i64>>, HashMap<usize, BlockNoise<'a>>)>,
}

impl<'a> Blurred<'a> {
    /// The noise of the blocks that these people form.
    fn of(&mut self, sums: &[&ScaleSums]) -> &mut HashMap<usize, BlockNoise<'a>> {
        let same = |ids: &Vec<Vec<i64>>| ids.iter().zip(sums).all(|(ids, one)| *ids == one.ids);
        let place = self.known.iter().position(|(ids, _)| same(ids)).unwrap_or_else(|| {
            self.known.push((sums.iter().map(|one| one.ids.clone()).collect(), HashMap::new()));
            self.known.len() - 1
        });
        &mut self.known[place].1
    }
}

fn means(
    tree: &Tree,
    blurred: &mut Blurred<'_>,
    instrument: &Instrument,
    scale: Scale,
    sums: &[&ScaleSums],
) -> Vec<PublishedCell> {
    let atoms: Vec<_> = sums.iter().map(|one| MeanAtom { people: one.people(), sum: one.sum }).collect();
    let noise = blurred.noise;
    let limits = grain::bounds(instrument, scale, noise.k()).limits(noise.k());
    let known = RefCell::new(blurred.of(sums));
    let of_block = |block: &Block| {
        let ids = || block.atoms.iter().flat_map(|&atom| sums[atom].ids.iter().copied()).collect();
        let mut known = known.borrow_mut();
        known.entry(block.at).or_insert_with(|| noise.of_block(ids())).of_scale(instrument, scale)
    };
    let cells = suppression::means(tree, noise.least(), &atoms, limits, of_block).into_iter().map(|cell| match cell {
        Cell::Value(mean) => {
            Cell::Value(Sums { people: mean.people, blocks: Some(mean.blocks), sums: vec![mean.total] })
        }
        Cell::Suppressed => Cell::Suppressed,
        Cell::Empty => Cell::Empty,
    });
    placed(Measure::Mean(scale), cells, sums.iter().map(|one| one.people()))
}

fn splits(tree: &Tree, least: u64, measure: Measure, atoms: &[Vec<u64>], neighbours: &[usize]) -> Vec<PublishedCell> {
    let cells = suppression::splits(tree, least, atoms, neighbours).into_iter().map(|cell| match cell {
        Cell::Value(split) => {
            let counts = split.counts.iter().map(|&count| count as i64);
            Cell::Value(Sums { people: split.people, blocks: None, sums: counts.collect() })
        }
        Cell::Suppressed => Cell::Suppressed,
        Cell::Empty => Cell::Empty,
    });
    placed(measure, cells, atoms.iter().map(|counts| counts.iter().sum()))
}

/// The counts per category; with fewer than two possible categories all cells are empty
/// or suppressed, since they would say nothing.
fn possible_splits<'a>(
    tree: &Tree,
    least: u64,
    measure: Measure,
    atoms: impl Iterator<Item = &'a Vec<u64>>,
    neighbours: Option<Vec<usize>>,
) -> Vec<PublishedCell> {
    match neighbours {
        Some(neighbours) => splits(tree, least, measure, &atoms.cloned().collect::<Vec<_>>(), &neighbours),
        None => splits(tree, least, measure, &atoms.map(|counts| vec![0; counts.len()]).collect::<Vec<_>>(), &[]),
    }
}

fn placed(
    measure: Measure,
    cells: impl Iterator<Item = Cell<Sums>>,
    atoms: impl Iterator<Item = u64>,
) -> Vec<PublishedCell> {
    let cells = cells.zip(atoms).enumerate();
    cells.map(|(place, (cell, atom))| PublishedCell { place, measure, cell, atom }).collect()
}

/// The standard deviation over the people of the company in blocks with its degrees of
/// freedom; with too few of them, the one that the questionnaire declares.
fn deviation(
    tree: &Tree,
    least: u64,
    instrument: &Instrument,
    scale: Scale,
    sums: &[&ScaleSums],
) -> (Option<f64>, Option<i64>) {
    let sizes: Vec<u64> = sums.iter().map(|one| one.people()).collect();
    let blocks = suppression::partition(tree, &sizes, least).blocks;
    let inside = || blocks.iter().flat_map(|block| &block.atoms).map(|&atom| sums[atom]);
    let people: u64 = inside().map(ScaleSums::people).sum();
    if people < ENOUGH_FOR_DEVIATION {
        return (instrument.deviation(scale), None);
    }
    let sum: i64 = inside().map(|one| one.sum).sum();
    let sd = statistics::standard_deviation(people, sum as f64 / 1e6, inside().map(|one| one.squares).sum());
    (sd, sd.map(|_| people as i64 - 1))
}

#[cfg(test)]
mod tests;

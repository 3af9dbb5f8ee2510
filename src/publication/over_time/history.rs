//! Everything that was published over a time, as the patient attacker sees it: the blocks
//! of each release with the people counted in them and those who could have been. Pure.

use crate::publication::{
    inference::{self, Measure},
    suppression::{self, Tree},
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// More draws than one block's noise has.
const DRAWS: usize = 1 << 10;

/// What was published, by dense numbers for people and departments.
pub struct History {
    pub measures: Vec<Measure>,
    pub releases: Vec<Release>,
    /// Every block that was published, release by release.
    pub blocks: Vec<Block>,
}

/// One questionnaire, or the daily note, in one period.
pub struct Release {
    /// When it was measured, in months.
    pub time: f64,
    /// Whether it is of a campaign, which shows small groups.
    pub is_campaign: bool,
    /// The smallest number of people in a block.
    pub least: u64,
    /// The same number for releases whose noise is the same for the same people: those of
    /// one kind, smallest group and questionnaire.
    pub draws: usize,
    /// The tree of departments: of each the position of its parent. Parents stand before
    /// their children, the company stands first.
    pub parents: Vec<usize>,
    /// The department at each position.
    pub departments: Vec<usize>,
    pub tables: Vec<Table>,
}

/// Measures that are published of the same people.
pub struct Table {
    /// By position, who was counted. Nobody twice.
    pub counted: Vec<Vec<usize>>,
    /// By position, who could have been, as the roster of that day has it: with whoever
    /// was counted.
    pub roster: Vec<Vec<usize>>,
    pub means: Vec<Mean>,
    /// Measures with a cut, whose shares are published of wide blocks.
    pub shares: Vec<usize>,
}

#[derive(Clone, Copy)]
pub struct Mean {
    pub measure: usize,
    /// The standard deviation of the noise of a block's sum, in percent of range.
    pub noise: f64,
    /// Tells the scales of one questionnaire apart; from 1.
    pub draw: usize,
}

/// People whose sum was published.
pub struct Block {
    pub release: usize,
    pub table: usize,
    /// Positions of the departments whose own people are in it.
    pub places: Vec<usize>,
    /// Shares are of wide blocks, means of others.
    is_wide: bool,
    /// The number of its noise: the same for the same people and draws.
    noise: usize,
}

/// What somebody knows of who was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Knowledge {
    /// The roster of each day, and how many of each department answered.
    Outsider,
    /// The same, and of the own department also who.
    ColleagueIn(usize),
}

impl History {
    pub fn new(measures: Vec<Measure>, releases: Vec<Release>) -> Self {
        let mut noises = HashMap::new();
        let mut blocks = Vec::new();
        for (at, release) in releases.iter().enumerate() {
            for (table, one) in release.tables.iter().enumerate() {
                let sizes: Vec<u64> = one.counted.iter().map(|people| people.len() as u64).collect();
                let tree = Tree { parents: release.parents.clone(), members: sizes.clone() };
                let partition = suppression::partition(&tree, &sizes, release.least);
                let mut block = |block: suppression::Block, is_wide: bool| {
                    let places = block.atoms;
                    let mut people: Vec<usize> =
                        places.iter().flat_map(|&place| &one.counted[place]).copied().collect();
                    people.sort_unstable();
                    let next = noises.len();
                    let noise = *noises.entry((release.draws, people)).or_insert(next);
                    blocks.push(Block { release: at, table, places, is_wide, noise });
                };
                if !one.means.is_empty() {
                    partition.blocks.into_iter().for_each(|one| block(one, false));
                }
                if !one.shares.is_empty() {
                    partition.wide.into_iter().for_each(|one| block(one, true));
                }
            }
        }
        Self { measures, releases, blocks }
    }

    /// The same people, but in blocks of at least k in every release and without noise.
    pub fn without_noise(mut self, k: u64) -> Self {
        for release in &mut self.releases {
            release.least = k;
            release.tables.iter_mut().flat_map(|table| &mut table.means).for_each(|mean| mean.noise = 0.0);
        }
        Self::new(self.measures, self.releases)
    }

    pub fn table(&self, block: &Block) -> &Table {
        &self.releases[block.release].tables[block.table]
    }

    /// The departments whose own people are in a block.
    pub fn departments<'a>(&'a self, block: &'a Block) -> impl Iterator<Item = usize> + 'a {
        block.places.iter().map(|&place| self.releases[block.release].departments[place])
    }

    /// How many sums are published of a block.
    pub fn sums(&self, block: &Block) -> usize {
        let table = self.table(block);
        if block.is_wide { table.shares.len() } else { table.means.len() }
    }

    /// Whether the block was formed after a campaign, and shows means.
    pub fn is_small(&self, block: &Block) -> bool {
        self.releases[block.release].is_campaign && !block.is_wide
    }

    /// The sums of some blocks, and the number of the block of each. Of departments that
    /// `kept` refuses, people are left out of sums with noise, as if their values were
    /// known. Counts of wide blocks have no noise; there everybody is kept, or the count of
    /// those who are left would be known exactly.
    pub fn cells(
        &self,
        blocks: &[usize],
        kept: impl Fn(usize) -> bool,
        knowledge: Knowledge,
    ) -> (Vec<inference::Cell>, Vec<usize>) {
        let (mut cells, mut of) = (Vec::new(), Vec::new());
        for &at in blocks {
            let block = &self.blocks[at];
            let (release, table) = (&self.releases[block.release], self.table(block));
            let is_kept = |place: &usize| block.is_wide || kept(release.departments[*place]);
            let places = block.places.iter().copied().filter(is_kept);
            let mut people: Vec<(usize, f64)> = Vec::new();
            for place in places {
                let is_known = knowledge == Knowledge::ColleagueIn(release.departments[place]);
                people.extend(chances(table, place, is_known));
            }
            let people = Arc::new(people);
            let mut cell = |measure: usize, noise: Vec<(usize, f64)>| {
                let people = people.clone();
                cells.push(inference::Cell { release: block.release, time: release.time, measure, people, noise });
                of.push(at);
            };
            if block.is_wide {
                table.shares.iter().for_each(|&measure| cell(measure, Vec::new()));
            } else {
                table.means.iter().for_each(|mean| cell(mean.measure, mean.noise_of(block)));
            }
        }
        (cells, of)
    }

    /// In how many blocks each of a department's own people was counted.
    pub fn times_counted(&self, department: usize) -> BTreeMap<usize, usize> {
        let mut times = BTreeMap::new();
        for block in &self.blocks {
            let places = block.places.iter().zip(self.departments(block)).filter(|(_, one)| *one == department);
            for person in places.flat_map(|(&place, _)| &self.table(block).counted[place]) {
                *times.entry(*person).or_insert(0) += 1;
            }
        }
        times
    }
}

impl Mean {
    /// Half of the variance is common to all scales.
    fn noise_of(self, block: &Block) -> Vec<(usize, f64)> {
        let half = self.noise / 2_f64.sqrt();
        let draws = [block.noise * DRAWS, block.noise * DRAWS + self.draw];
        if half > 0.0 { draws.map(|draw| (draw, half)).to_vec() } else { Vec::new() }
    }
}

/// The chance of each of a department's own people of having been counted.
fn chances(table: &Table, place: usize, is_known: bool) -> impl Iterator<Item = (usize, f64)> + '_ {
    let (counted, roster) = (&table.counted[place], &table.roster[place]);
    let (people, chance) = if is_known { (counted, 1.0) } else { (roster, counted.len() as f64 / roster.len() as f64) };
    people.iter().map(move |&person| (person, chance))
}

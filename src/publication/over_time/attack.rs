//! The patient attacker: what everything that was published over a time explains of one
//! person. Pure, and deterministic.
//!
//! People who are linked by blocks are solved together if they are few. Of more people a
//! unit at a time is solved: the departments that share a block after campaigns. Where a
//! unit's people are in a mean with other units' people, the values of those are given to
//! the attacker for nothing, which only helps; in counts of levels, which have no noise,
//! they are people of whom nothing else is known. Whoever was in several units brings the
//! blocks of the others, with the people there.

use crate::publication::{
    inference::Attacker,
    over_time::history::{History, Knowledge},
};
use rand::{SeedableRng as _, seq::SliceRandom as _};
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// So many linked people are solved together; of more people in a unit, a sample of this
/// size is computed.
pub const TOGETHER: usize = 300;
/// So many sums are solved together at most, apart from a unit's own; their number squared
/// is the memory needed, cubed the time.
const SUMS: usize = 2_000;
/// Makes every run draw the same samples.
const SEED: u64 = 24;

/// What was found of each person looked at.
#[derive(Default)]
pub struct Found {
    pub outsider: Shares,
    pub colleague: Shares,
    /// Whether any part was solved unit by unit, and whether people were sampled.
    pub by_units: bool,
    pub sampled: bool,
    /// Sums that somebody brought to a unit and that were left out there.
    pub left_out: usize,
}

/// The largest share explained of each person, where it was.
#[derive(Default)]
pub struct Shares(BTreeMap<usize, Place>);

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    pub share: f64,
    pub release: usize,
    pub department: usize,
}

impl Shares {
    pub fn largest(&self) -> Option<Place> {
        self.0.values().copied().max_by(|a, b| a.share.total_cmp(&b.share))
    }

    /// The share that 99 of 100 people do not exceed.
    pub fn percentile(&self) -> f64 {
        percentile(self.people().map(|(_, place)| place.share).collect())
    }

    /// Each person looked at.
    pub fn people(&self) -> impl Iterator<Item = (usize, Place)> + '_ {
        self.0.iter().map(|(person, place)| (*person, *place))
    }

    fn add(&mut self, person: usize, place: Place) {
        let known = self.0.entry(person).or_insert(place);
        if place.share > known.share {
            *known = place;
        }
    }

    fn extend(&mut self, other: Self) {
        other.0.into_iter().for_each(|(person, place)| self.add(person, place));
    }
}

/// The share that 99 of 100 do not exceed.
pub fn percentile(mut shares: Vec<f64>) -> f64 {
    shares.sort_by(f64::total_cmp);
    let at = (99 * shares.len()).div_ceil(100);
    at.checked_sub(1).map_or(0.0, |at| shares[at])
}

/// Blocks that are solved together.
struct Problem {
    blocks: Vec<usize>,
    /// The departments whose people are kept in the sums; `None` keeps all.
    kept: Option<BTreeSet<usize>>,
    /// The departments whose people are looked at.
    departments: Vec<usize>,
    people: BTreeSet<usize>,
    left_out: usize,
}

/// Plays both attackers over a history. `progress` is called with the parts that are done
/// and how many there are.
pub fn attack(history: &History, progress: impl FnMut(usize, usize)) -> Found {
    attack_within(history, TOGETHER, progress)
}

/// The same, with another number of linked people that are solved together.
pub(super) fn attack_within(history: &History, together: usize, mut progress: impl FnMut(usize, usize)) -> Found {
    let problems = problems(history, together);
    let count = problems.iter().map(|problem| 1 + problem.departments.len()).sum();
    let (mut found, mut done) = (Found::default(), 0);
    for problem in &problems {
        let sample = sample(&problem.people);
        found.by_units |= problem.kept.is_some();
        found.sampled |= sample.len() < problem.people.len();
        found.left_out += problem.left_out;
        found.outsider.extend(solve(history, problem, Knowledge::Outsider, &[], &sample));
        done += 1;
        progress(done, count);
        for &department in &problem.departments {
            let colleagues = history.times_counted(department);
            let most = colleagues.iter().max_by_key(|(person, times)| (**times, std::cmp::Reverse(**person)));
            if let Some((own, _)) = most {
                let near = on_roster(history, problem, department);
                let near = sample.intersection(&near).copied().collect();
                let knowledge = Knowledge::ColleagueIn(department);
                found.colleague.extend(solve(history, problem, knowledge, &[*own], &near));
            }
            done += 1;
            progress(done, count);
        }
    }
    found
}

/// Everybody of a department who was, or may have been, counted in it.
fn on_roster(history: &History, problem: &Problem, department: usize) -> BTreeSet<usize> {
    let mut people = BTreeSet::new();
    for block in problem.blocks.iter().map(|&at| &history.blocks[at]) {
        for (&place, of) in block.places.iter().zip(history.departments(block)) {
            if of == department {
                people.extend(&history.table(block).roster[place]);
            }
        }
    }
    people
}

fn solve(
    history: &History,
    problem: &Problem,
    knowledge: Knowledge,
    but: &[usize],
    people: &BTreeSet<usize>,
) -> Shares {
    let kept = |department: usize| problem.kept.as_ref().is_none_or(|kept| kept.contains(&department));
    let (cells, of) = history.cells(&problem.blocks, kept, knowledge);
    let mut shares = Shares::default();
    let Some(attacker) = Attacker::new(&history.measures, &cells, but) else { return shares };
    for one in attacker.largest(|person| people.contains(&person)) {
        let block = &history.blocks[of[one.cell]];
        let table = history.table(block);
        let mut places = block.places.iter().zip(history.departments(block));
        let place = places.find(|(place, _)| table.roster[**place].contains(&one.person));
        if let Some((_, department)) = place {
            shares.add(one.person, Place { share: one.share, release: block.release, department });
        }
    }
    shares
}

/// All of the people, or as many of them as are looked at.
fn sample(people: &BTreeSet<usize>) -> BTreeSet<usize> {
    if people.len() <= TOGETHER {
        return people.clone();
    }
    let mut shuffled: Vec<usize> = people.iter().copied().collect();
    let (some, _) = shuffled.partial_shuffle(&mut ChaCha8Rng::seed_from_u64(SEED), TOGETHER);
    some.iter().copied().collect()
}

fn problems(history: &History, together: usize) -> Vec<Problem> {
    let blocks = &history.blocks;
    let on_roster = |at: usize| {
        let table = history.table(&blocks[at]);
        blocks[at].places.iter().flat_map(move |&place| table.roster[place].iter().copied())
    };
    let people = 1 + (0..blocks.len()).flat_map(&on_roster).max().unwrap_or(0);
    let mut linked = Linked::new(people);
    (0..blocks.len()).for_each(|at| linked.join(on_roster(at)));
    let mut components: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..blocks.len() {
        if let Some(person) = on_roster(at).next() {
            components.entry(linked.root(person)).or_default().push(at);
        }
    }
    let units = Units::new(history);
    let mut problems = Vec::new();
    for blocks in components.into_values() {
        let people: BTreeSet<usize> = blocks.iter().flat_map(|&at| on_roster(at)).collect();
        let departments: BTreeSet<usize> =
            blocks.iter().flat_map(|&at| history.departments(&history.blocks[at])).collect();
        if people.len() <= together {
            let departments = departments.into_iter().collect();
            problems.push(Problem { blocks, kept: None, departments, people, left_out: 0 });
        } else {
            problems.extend(units.problems(history, &blocks, &departments));
        }
    }
    problems
}

/// Departments by the unit that they are in.
struct Units(HashMap<usize, usize>);

impl Units {
    /// Joins departments that share a block of a campaign, block by block, as long as a
    /// unit stays small enough to look at everybody; without campaigns, any block.
    fn new(history: &History) -> Self {
        let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
        for block in &history.blocks {
            for (&place, department) in block.places.iter().zip(history.departments(block)) {
                let size = sizes.entry(department).or_default();
                *size = (*size).max(history.table(block).roster[place].len());
            }
        }
        let departments: Vec<usize> = sizes.keys().copied().collect();
        let mut linked = Linked::new(1 + departments.last().copied().unwrap_or(0));
        let has_campaigns = history.blocks.iter().any(|block| history.is_small(block));
        for block in history.blocks.iter().filter(|block| !has_campaigns || history.is_small(block)) {
            let units: BTreeSet<usize> = history.departments(block).map(|one| linked.root(one)).collect();
            let people: usize = units.iter().map(|unit| sizes[unit]).sum();
            if people <= TOGETHER {
                linked.join(units.iter().copied());
                units.first().map(|unit| sizes.insert(linked.root(*unit), people));
            }
        }
        Self(departments.into_iter().map(|one| (one, linked.root(one))).collect())
    }

    fn problems(&self, history: &History, blocks: &[usize], departments: &BTreeSet<usize>) -> Vec<Problem> {
        // Of each unit its blocks, and the people that it may have in each; of each person
        // the units.
        let mut of_units: BTreeMap<usize, BTreeMap<usize, BTreeSet<usize>>> = BTreeMap::new();
        let mut of_people: HashMap<usize, BTreeSet<usize>> = HashMap::new();
        for &at in blocks {
            let block = &history.blocks[at];
            for (&place, department) in block.places.iter().zip(history.departments(block)) {
                let unit = self.0[&department];
                let people = &history.table(block).roster[place];
                of_units.entry(unit).or_default().entry(at).or_default().extend(people);
                people.iter().for_each(|&person| _ = of_people.entry(person).or_default().insert(unit));
            }
        }
        let problem = |unit: &usize| {
            let own = &of_units[unit];
            let people: BTreeSet<usize> = own.values().flatten().copied().collect();
            let others: BTreeSet<usize> =
                people.iter().flat_map(|person| &of_people[person]).copied().filter(|other| other != unit).collect();
            let mut brought: BTreeMap<usize, usize> = BTreeMap::new();
            for (at, there) in others.iter().flat_map(|other| &of_units[other]) {
                let ours = people.intersection(there).count();
                if ours > 0 && !own.contains_key(at) {
                    *brought.entry(*at).or_default() += ours;
                }
            }
            let mut brought: Vec<(usize, usize)> = brought.into_iter().collect();
            brought.sort_by_key(|(at, people)| (std::cmp::Reverse(*people), *at));
            let mut blocks: Vec<usize> = own.keys().copied().collect();
            let (mut sums, mut left_out) =
                (blocks.iter().map(|&at| history.sums(&history.blocks[at])).sum::<usize>(), 0);
            for (at, _) in brought {
                let more = history.sums(&history.blocks[at]);
                if sums + more <= SUMS {
                    sums += more;
                    blocks.push(at);
                } else {
                    left_out += more;
                }
            }
            blocks.sort_unstable();
            let is_kept = |department: &usize| self.0[department] == *unit || others.contains(&self.0[department]);
            let kept = departments.iter().copied().filter(is_kept).collect();
            let departments = departments.iter().copied().filter(|one| self.0[one] == *unit).collect();
            Problem { blocks, kept: Some(kept), departments, people, left_out }
        };
        of_units.keys().map(problem).collect()
    }
}

/// Which things hang together (union-find).
struct Linked(Vec<usize>);

impl Linked {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, mut one: usize) -> usize {
        while self.0[one] != one {
            self.0[one] = self.0[self.0[one]];
            one = self.0[one];
        }
        one
    }

    fn join(&mut self, mut all: impl Iterator<Item = usize>) {
        let Some(first) = all.next() else { return };
        for other in all {
            let (a, b) = (self.root(first), self.root(other));
            self.0[a.max(b)] = a.min(b);
        }
    }
}

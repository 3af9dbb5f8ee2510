//! How much of one person's value does everything that was ever published explain? Pure.
//!
//! Within a period nothing can be subtracted, but every period adds an equation about
//! nearly the same people. Nobody's answers are needed to compute what this tells, only
//! who was counted with whom: values of different people are independent once the
//! company's distribution and the true level of each department are known, and these are
//! given to the attacker for nothing. The value of one person is a lasting trait, a drift
//! that fades, and an error of measurement; what is published are sums over blocks, with
//! noise. All of this is linear, so the best linear guess of a value v and the share of
//! its variance that the guess explains,
//!
//! R² = c′ V⁻¹ c / var(v),
//!
//! with V the covariance of all published sums and c their covariance with v, are exact;
//! for normally distributed values no guess is better (Anderson, An Introduction to
//! Multivariate Statistical Analysis, section 2.5). One mean of k people explains 1/k.

mod matrix;
mod model;

pub use model::{Measure, covariance};

use nalgebra::DMatrix;
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// Correlation between answering one period and answering another.
const HABIT: f64 = 1.0 / 6.0;
/// Added to the variance of each sum, in squared percent, so that sums that follow from
/// others can be among them.
const RIDGE: f64 = 1e-3;

/// One published sum over one block.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Cells of one release count the same people.
    pub release: usize,
    /// When it was measured, in months.
    pub time: f64,
    /// Its place among the measures.
    pub measure: usize,
    /// People with the chance that each was counted; 1 if this is known. Nobody twice.
    pub people: Arc<Vec<(usize, f64)>>,
    /// Draws of the noise with the standard deviation of each on the sum; the same number
    /// is the same draw.
    pub noise: Vec<(usize, f64)>,
}

/// Shares of variance that the published sums explain, from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Explained {
    /// Of an answer of the person: the largest of all times when they may have given one.
    pub answer: f64,
    /// Of the true level behind an answer, without the error of measurement, likewise.
    pub level: f64,
    /// Of the lasting trait.
    pub lasting: f64,
}

/// The largest share explained of anything of one person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Largest {
    pub person: usize,
    pub share: f64,
    /// The cell in which the person was, or may have been, counted with this value.
    pub cell: usize,
}

/// Somebody who knows all published sums, and of each person the chance of having been
/// counted in them.
pub struct Attacker {
    measures: Vec<Measure>,
    /// Measure and release of each cell, which its covariance depends on.
    points: Vec<Point>,
    /// The place of each cell's point.
    point: Vec<usize>,
    /// Covariance of one person's values at two points, point by point.
    answers: Vec<f64>,
    /// The same of an answer and of the level behind another.
    levels: Vec<f64>,
    /// V⁻¹, column by column.
    inverse: DMatrix<f64>,
    groups: Vec<Group>,
    /// The group of each person.
    group: HashMap<usize, usize>,
}

#[derive(Clone, Copy)]
struct Point {
    measure: usize,
    release: usize,
    time: f64,
}

/// People who have the same chance in every cell; what is explained of one is explained
/// of each.
struct Group {
    cells: Vec<usize>,
    chances: Vec<f64>,
    people: Vec<usize>,
}

/// What is wanted of a person's values: a row of c for each.
#[derive(Clone, Copy)]
enum Wanted {
    Answer(usize),
    Level(usize),
    /// With the place of a cell of the measure.
    Lasting(usize),
}

impl Attacker {
    /// `but` are people whose values the attacker knows: they are taken out of all sums.
    /// `None` if V cannot be inverted, which the ridge prevents for all real sums.
    pub fn new(measures: &[Measure], cells: &[Cell], but: &[usize]) -> Option<Self> {
        let (points, point) = points(cells);
        let table = |same: bool| {
            let one = |a: &Point, b: &Point| {
                let same = same && a.release == b.release;
                covariance(&measures[a.measure], &measures[b.measure], a.time - b.time, same)
            };
            points.iter().flat_map(|a| points.iter().map(move |b| one(a, b))).collect::<Vec<f64>>()
        };
        let (answers, levels) = (table(true), table(false));
        let groups = groups(cells, but);
        let group = groups.iter().enumerate().flat_map(|(at, group)| group.people.iter().map(move |one| (*one, at)));
        let group = group.collect();
        let mut attacker = Self {
            measures: measures.to_vec(),
            points,
            point,
            answers,
            levels,
            inverse: DMatrix::zeros(0, 0),
            groups,
            group,
        };
        attacker.inverse = matrix::inverse(attacker.covariance_of_sums(cells))?;
        Some(attacker)
    }

    /// V: of the people in the blocks and of the noise.
    fn covariance_of_sums(&self, cells: &[Cell]) -> DMatrix<f64> {
        let count = cells.len();
        let mut total = DMatrix::zeros(count, count);
        let values: &mut [f64] = total.as_mut_slice();
        for group in &self.groups {
            self.add_people(values, count, group);
        }
        for column in 0..count {
            let covariances = &self.answers[self.point[column] * self.points.len()..][..self.points.len()];
            let sums = &mut values[column * count..][..count];
            for (sum, point) in sums.iter_mut().zip(&self.point) {
                *sum *= covariances[*point];
            }
            sums[column] += RIDGE;
        }
        let mut draws: BTreeMap<usize, Vec<(usize, f64)>> = BTreeMap::new();
        for (at, cell) in cells.iter().enumerate() {
            for (draw, deviation) in &cell.noise {
                draws.entry(*draw).or_default().push((at, *deviation));
            }
        }
        for draw in draws.values() {
            for (column, one) in draw {
                for (row, other) in draw {
                    values[column * count + row] += one * other;
                }
            }
        }
        total
    }

    /// Adds for each two cells the expected number of people of a group in both of them.
    fn add_people(&self, values: &mut [f64], count: usize, group: &Group) {
        let people = group.people.len() as f64;
        let release = |cell: usize| self.points[self.point[cell]].release;
        let habits: Vec<f64> = group.chances.iter().map(|chance| (HABIT * chance * (1.0 - chance)).sqrt()).collect();
        let releases: Vec<usize> = group.cells.iter().map(|cell| release(*cell)).collect();
        for (at, column) in group.cells.iter().enumerate() {
            let sums = &mut values[column * count..][..count];
            let (chance, habit, of) = (group.chances[at], habits[at], releases[at]);
            for (other, row) in group.cells.iter().enumerate() {
                let both = if releases[other] == of {
                    chance.min(group.chances[other])
                } else {
                    chance * group.chances[other] + habit * habits[other]
                };
                sums[*row] += people * both;
            }
        }
    }

    /// Everybody who was, or may have been, counted.
    pub fn people(&self) -> impl Iterator<Item = usize> + '_ {
        self.groups.iter().flat_map(|group| group.people.iter().copied())
    }

    /// What is explained of one person's values of a measure.
    pub fn explained(&self, person: usize, measure: usize) -> Explained {
        let Some(group) = self.group.get(&person).map(|group| &self.groups[*group]) else {
            return Explained::default();
        };
        let mut found = Explained::default();
        for (wanted, share) in self.shares(group, &self.wanted(group, measure)) {
            let largest = match wanted {
                Wanted::Answer(_) => &mut found.answer,
                Wanted::Level(_) => &mut found.level,
                Wanted::Lasting(_) => &mut found.lasting,
            };
            *largest = largest.max(share);
        }
        found
    }

    /// Of each person whom `of` accepts the largest share explained of anything of theirs.
    pub fn largest(&self, of: impl Fn(usize) -> bool) -> Vec<Largest> {
        let mut found = Vec::new();
        for group in &self.groups {
            let people: Vec<usize> = group.people.iter().copied().filter(|person| of(*person)).collect();
            if people.is_empty() {
                continue;
            }
            let wanted: Vec<Wanted> = (0..self.measures.len()).flat_map(|one| self.wanted(group, one)).collect();
            let shares = self.shares(group, &wanted);
            let Some((most, share)) = shares.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)) else { continue };
            let (Wanted::Answer(at) | Wanted::Level(at) | Wanted::Lasting(at)) = most;
            let cell = group.cells[at];
            found.extend(people.into_iter().map(|person| Largest { person, share, cell }));
        }
        found
    }

    /// The values of a measure that somebody of the group has, one for each release.
    fn wanted(&self, group: &Group, measure: usize) -> Vec<Wanted> {
        let point = |at: usize| self.point[group.cells[at]];
        let of_measure = |at: &usize| self.points[point(*at)].measure == measure;
        let mut own: Vec<usize> = (0..group.cells.len()).filter(of_measure).collect();
        own.sort_by_key(|at| point(*at));
        own.dedup_by_key(|at| point(*at));
        let mut wanted: Vec<Wanted> = own.iter().map(|at| Wanted::Answer(*at)).collect();
        if self.measures[measure].cut.is_none() {
            wanted.extend(own.iter().map(|at| Wanted::Level(*at)));
            wanted.extend(own.first().map(|at| Wanted::Lasting(*at)));
        }
        wanted
    }

    /// R² of each of the wanted values of somebody in the group.
    fn shares(&self, group: &Group, wanted: &[Wanted]) -> Vec<(Wanted, f64)> {
        let count = group.cells.len();
        let mut inside = DMatrix::zeros(count, count);
        for (column, from) in inside.as_mut_slice().chunks_exact_mut(count).zip(&group.cells) {
            let values = &self.inverse.as_slice()[from * self.inverse.nrows()..][..self.inverse.nrows()];
            for (value, row) in column.iter_mut().zip(&group.cells) {
                *value = values[*row];
            }
        }
        let mut sums = DMatrix::zeros(count, wanted.len());
        for (column, one) in sums.as_mut_slice().chunks_exact_mut(count).zip(wanted) {
            self.covariances(group, *one, column);
        }
        let guesses = inside * &sums;
        let columns = guesses.as_slice().chunks_exact(count).zip(sums.as_slice().chunks_exact(count));
        let explained = columns.map(|(a, b)| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>());
        wanted.iter().zip(explained).map(|(one, explained)| (*one, explained / self.variance(group, *one))).collect()
    }

    /// c: the covariance of a value with each sum in which the person may be counted.
    fn covariances(&self, group: &Group, wanted: Wanted, column: &mut [f64]) {
        let point = |at: usize| self.point[group.cells[at]];
        let of_table = |table: &[f64], at: usize, column: &mut [f64]| {
            let row = &table[point(at) * self.points.len()..][..self.points.len()];
            for ((value, cell), chance) in column.iter_mut().zip(&group.cells).zip(&group.chances) {
                *value = row[self.point[*cell]] * chance;
            }
        };
        match wanted {
            Wanted::Answer(at) => of_table(&self.answers, at, column),
            Wanted::Level(at) => of_table(&self.levels, at, column),
            Wanted::Lasting(at) => {
                let measure = |at: usize| &self.measures[self.points[point(at)].measure];
                for (other, value) in column.iter_mut().enumerate() {
                    *value = covariance(measure(at), measure(other), f64::INFINITY, false) * group.chances[other];
                }
            }
        }
    }

    fn variance(&self, group: &Group, wanted: Wanted) -> f64 {
        let measure = |at: usize| &self.measures[self.points[self.point[group.cells[at]]].measure];
        match wanted {
            Wanted::Answer(at) => covariance(measure(at), measure(at), 0.0, true),
            Wanted::Level(at) => measure(at).lasting + measure(at).drift,
            Wanted::Lasting(at) => measure(at).lasting,
        }
    }
}

/// The different points of the cells, and which is whose.
fn points(cells: &[Cell]) -> (Vec<Point>, Vec<usize>) {
    let mut places = HashMap::new();
    let mut points = Vec::new();
    let mut place = |cell: &Cell| {
        *places.entry((cell.measure, cell.release, cell.time.to_bits())).or_insert_with(|| {
            points.push(Point { measure: cell.measure, release: cell.release, time: cell.time });
            points.len() - 1
        })
    };
    let of_cells = cells.iter().map(&mut place).collect();
    (points, of_cells)
}

fn groups(cells: &[Cell], but: &[usize]) -> Vec<Group> {
    let mut seen: HashMap<usize, Vec<(usize, u64)>> = HashMap::new();
    for (at, cell) in cells.iter().enumerate() {
        for (person, chance) in cell.people.iter().filter(|(person, chance)| *chance > 0.0 && !but.contains(person)) {
            seen.entry(*person).or_default().push((at, chance.to_bits()));
        }
    }
    let mut alike: HashMap<Vec<(usize, u64)>, Vec<usize>> = HashMap::new();
    for (person, at) in seen {
        alike.entry(at).or_default().push(person);
    }
    let mut groups: Vec<Group> = alike
        .into_iter()
        .map(|(at, mut people)| {
            people.sort_unstable();
            let (cells, chances) = at.into_iter().map(|(cell, chance)| (cell, f64::from_bits(chance))).unzip();
            Group { cells, chances, people }
        })
        .collect();
    // The order of addition decides on the last digits of the result.
    groups.sort_by_key(|group| group.people.first().copied());
    groups
}

#[cfg(test)]
mod tests;

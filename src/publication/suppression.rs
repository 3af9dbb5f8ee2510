//! What the organisation may see of its people: sums over blocks of at least k,
//! never over fewer. Pure, and all in whole numbers, so that no result depends
//! on the order in which people, or a department's children, are added up.
//!
//! People who answered in exactly one department are its atom. Children before
//! parents, atoms gather in pools; a pool of k people is a block of its
//! department, blocks gather again into wide blocks of 2k. Means leave blocks,
//! splits into categories leave wide blocks, and a department's cell is the sum
//! of what left the blocks below it. Any difference of cells is again a sum of
//! whole blocks. People left over at the root are in no number.
//!
//! It never sees a person and never decides what is shown of a cell.

mod disclosure;

pub use disclosure::disclosed;

const MILLION: f64 = 1e6;

/// The organisation at closing. Position 0 is the whole company; parents stand before children.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// The parent of each department; that of the company is itself, 0.
    pub parents: Vec<usize>,
    /// People exactly in each department, whether they answered or not.
    pub members: Vec<u64>,
}

/// One cell of a published table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<T> {
    /// Nobody belonged to the department or to one below it.
    Empty,
    /// Too few people answered.
    Suppressed,
    /// The sum of the blocks in the department and below it.
    Value(T),
}

/// What means need to know of the people exactly in one department.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MeanAtom {
    /// People with a value.
    pub people: u64,
    /// Sum of their percents of range, in millionths of a percent.
    pub sum: i64,
}

/// A published mean: `total / people` millionths of a percent of range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    /// People in the blocks.
    pub people: u64,
    /// Sum over the blocks of people × their limited mean, in millionths of a percent.
    pub total: i64,
}

/// How people are spread over categories.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// People in the wide blocks.
    pub people: u64,
    /// People per category, none of a wide block's above its people − 2.
    pub counts: Vec<u64>,
}

/// The lowest and the highest cut-off of a scale, in percent of its range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Below it a person's level is low.
    pub low: f64,
    /// From it on a person's level is high.
    pub high: f64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { low: 37.5, high: 62.5 }
    }
}

impl Bounds {
    /// The limits of a block's mean in millionths of a percent. A mean of k
    /// people under low / k would say that every one of them is low, one over
    /// 100 − (100 − high) / k that every one is high; half a percent more,
    /// because means are shown in whole percents.
    fn limits(self, k: u64) -> (i64, i64) {
        let low = self.low / k as f64 + 0.5;
        let high = 100.0 - (100.0 - self.high) / k as f64 - 0.5;
        ((low * MILLION).round() as i64, (high * MILLION).round() as i64)
    }
}

/// Whole departments' people who only ever count together.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// The department where it formed; one forms at most one.
    pub at: usize,
    /// The departments whose people are in it, ascending.
    pub atoms: Vec<usize>,
    /// People in it.
    pub people: u64,
}

/// Everyone's blocks, by the departments where they formed.
#[derive(Clone, Debug, PartialEq)]
pub struct Partition {
    /// At least k people each.
    pub blocks: Vec<Block>,
    /// Whole blocks together, at least 2k people each.
    pub wide: Vec<Block>,
}

/// The mean cell of every department.
pub fn means(tree: &Tree, k: u64, atoms: &[MeanAtom], bounds: Bounds) -> Vec<Cell<Mean>> {
    let (low, high) = bounds.limits(k);
    let sizes: Vec<u64> = atoms.iter().map(|atom| atom.people).collect();
    let summary = |block: &Block| {
        let people = block.people as i64;
        let sum: i64 = block.atoms.iter().map(|&atom| atoms[atom].sum).sum();
        Mean { people: block.people, total: sum.max(people * low).min(people * high) }
    };
    cells(tree, &partition(tree, &sizes, k).blocks, summary, |total, part| {
        total.people += part.people;
        total.total += part.total;
    })
}

/// The split cell of every department. `atoms` are people per category;
/// `neighbours[c]` is the category that takes the excess of category c.
pub fn splits(tree: &Tree, k: u64, atoms: &[Vec<u64>], neighbours: &[usize]) -> Vec<Cell<Split>> {
    let sizes: Vec<u64> = atoms.iter().map(|counts| counts.iter().sum()).collect();
    let summary = |block: &Block| {
        let mut counts = vec![0; neighbours.len()];
        for &atom in &block.atoms {
            add(&mut counts, &atoms[atom]);
        }
        limit(&mut counts, block.people.saturating_sub(2), neighbours);
        Split { people: block.people, counts }
    };
    cells(tree, &partition(tree, &sizes, k).wide, summary, |total, part| {
        total.people += part.people;
        add(&mut total.counts, &part.counts);
    })
}

/// Moves what a category has above `most` to its neighbour: with n − 2 at most,
/// not even a member of the block is certain of a colleague's category. At most
/// one category can be above, and its neighbour then ends with 3 at most.
fn limit(counts: &mut [u64], most: u64, neighbours: &[usize]) {
    for (category, &neighbour) in neighbours.iter().enumerate() {
        let excess = counts[category].saturating_sub(most);
        counts[category] -= excess;
        counts[neighbour] += excess;
    }
}

fn add(total: &mut [u64], part: &[u64]) {
    for (total, part) in total.iter_mut().zip(part) {
        *total += part;
    }
}

/// The blocks of everyone: `sizes` are the counted people exactly in each department.
pub fn partition(tree: &Tree, sizes: &[u64], k: u64) -> Partition {
    let atoms = sizes.iter().enumerate().map(|(atom, &size)| if size > 0 { vec![atom] } else { Vec::new() });
    let blocks = gather(tree, atoms.collect(), sizes, k);
    let mut whole = vec![Vec::new(); sizes.len()];
    for block in &blocks {
        whole[block.at].clone_from(&block.atoms);
    }
    Partition { wide: gather(tree, whole, sizes, 2 * k), blocks }
}

/// One pass over the departments, children before parents: a pool with `least`
/// people becomes a block, a smaller one passes up into the parent's.
fn gather(tree: &Tree, mut pools: Vec<Vec<usize>>, sizes: &[u64], least: u64) -> Vec<Block> {
    tree.check(sizes.len());
    let mut blocks = Vec::new();
    for at in (0..pools.len()).rev() {
        let mut atoms = std::mem::take(&mut pools[at]);
        let people = atoms.iter().map(|&atom| sizes[atom]).sum();
        if people >= least {
            atoms.sort_unstable();
            blocks.push(Block { at, atoms, people });
        } else if at > 0 {
            pools[tree.parents[at]].extend(atoms);
        }
    }
    blocks.reverse();
    blocks
}

/// Every department's cell: the sum of what left the blocks in and below it.
fn cells<T: Clone>(
    tree: &Tree,
    blocks: &[Block],
    summary: impl Fn(&Block) -> T,
    add: impl Fn(&mut T, &T),
) -> Vec<Cell<T>> {
    let mut totals: Vec<Option<T>> = vec![None; tree.parents.len()];
    for block in blocks {
        totals[block.at] = Some(summary(block));
    }
    let mut members = tree.members.clone();
    for department in (1..totals.len()).rev() {
        let parent = tree.parents[department];
        members[parent] += members[department];
        if let Some(part) = totals[department].clone() {
            match &mut totals[parent] {
                Some(total) => add(total, &part),
                none => *none = Some(part),
            }
        }
    }
    let cell = |(total, members)| match (total, members) {
        (Some(total), _) => Cell::Value(total),
        (None, 0) => Cell::Empty,
        (None, _) => Cell::Suppressed,
    };
    totals.into_iter().zip(members).map(cell).collect()
}

impl Tree {
    /// A child before its parent would leave people out without a word.
    fn check(&self, atoms: usize) {
        let ordered = self.parents.iter().enumerate().all(|(at, &parent)| parent < at || at == 0 && parent == 0);
        assert!(ordered, "parents stand before children");
        assert!(self.parents.len() == atoms && self.members.len() == atoms, "one atom and one headcount a department");
    }
}

#[cfg(test)]
mod tests;

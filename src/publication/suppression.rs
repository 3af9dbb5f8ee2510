//! What may be published about groups of people: only sums over blocks of at least a
//! given number of people. Pure, and in integers, so that no result depends on the order of people or
//! departments.
//!
//! The people who answered in a department itself, without those below it, are its
//! atom. Going from the leaves of the tree to the root, atoms are collected in pools. A
//! pool with at least so many people becomes a block of its department; blocks are collected
//! in the same way into wide blocks of at least twice as many. Means are sums over blocks,
//! counts per category are sums over wide blocks, and the cell of a department is the
//! sum over the blocks formed in it and below it. So every difference between cells is
//! a sum over whole blocks, too. People left in the last pool at the root are in no
//! published figure.
//!
//! This module knows no individual people, and does not decide how a cell is shown.

mod disclosure;

pub use disclosure::disclosed;

const MILLION: f64 = 1e6;

/// The department tree when a period closes. Position 0 is the whole company; parents
/// stand before their children.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// The position of each department's parent; the company's own is 0.
    pub parents: Vec<usize>,
    /// Members of each department itself, whether they answered or not.
    pub members: Vec<u64>,
}

/// One cell of a published table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<T> {
    /// Neither the department nor any below it has members.
    Empty,
    /// Too few people answered.
    Suppressed,
    /// The sum over the blocks in the department and below it.
    Value(T),
}

/// The input for means: the people of one department itself.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MeanAtom {
    /// People with a value.
    pub people: u64,
    /// Sum of their values, in millionths of a percent of range.
    pub sum: i64,
}

/// A published mean: `total / people`, in millionths of a percent of range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    /// People in the blocks.
    pub people: u64,
    /// How many blocks they are in.
    pub blocks: u64,
    /// Sum over the blocks of people × the block's mean within its limits, with the
    /// block's noise, in millionths of a percent.
    pub total: i64,
}

/// The number of people per category.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// People in the wide blocks.
    pub people: u64,
    /// People per category; in each wide block at most its people − 2.
    pub counts: Vec<u64>,
}

/// The values that determine the limits of a block's mean, in percent of range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Below it a person is low.
    pub low: f64,
    /// From it on a person is high.
    pub high: f64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { low: 37.5, high: 62.5 }
    }
}

impl Bounds {
    /// The lowest and highest mean of a block, in millionths of a percent. Among k
    /// people, a mean below low / k would reveal that all of them are low, and one
    /// above 100 − (100 − high) / k that all are high. Half a percent is added as a
    /// margin, because means are shown as whole percents.
    pub fn limits(self, k: u64) -> (i64, i64) {
        let low = self.low / k as f64 + 0.5;
        let high = 100.0 - (100.0 - self.high) / k as f64 - 0.5;
        ((low * MILLION).round() as i64, (high * MILLION).round() as i64)
    }
}

/// The people of one or more whole departments, who are always counted together.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// The position of the department where it was formed; each department forms at
    /// most one.
    pub at: usize,
    /// Positions of the departments whose own people are in it, ascending.
    pub atoms: Vec<usize>,
    /// People in it.
    pub people: u64,
}

/// All blocks, by the departments where they were formed.
#[derive(Clone, Debug, PartialEq)]
pub struct Partition {
    /// At least `least` people each.
    pub blocks: Vec<Block>,
    /// Unions of blocks, at least twice as many people each.
    pub wide: Vec<Block>,
}

/// The cell of each department for a mean. A block has at least `least` people; `limits`
/// are those of its mean (see [`Bounds::limits`]), and `noise` is added to its sum.
pub fn means(
    tree: &Tree,
    least: u64,
    atoms: &[MeanAtom],
    (low, high): (i64, i64),
    noise: impl Fn(&Block) -> i64,
) -> Vec<Cell<Mean>> {
    let sizes: Vec<u64> = atoms.iter().map(|atom| atom.people).collect();
    let summary = |block: &Block| {
        let people = block.people as i64;
        let sum: i64 = block.atoms.iter().map(|&atom| atoms[atom].sum).sum();
        let total = sum.max(people * low).min(people * high) + noise(block);
        Mean { people: block.people, blocks: 1, total }
    };
    cells(tree, &partition(tree, &sizes, least).blocks, summary, |total, part| {
        total.people += part.people;
        total.blocks += part.blocks;
        total.total += part.total;
    })
}

/// The cell of each department for counts per category; a wide block has at least twice
/// `least` people. `atoms[d][c]` is the number of
/// people of department d itself in category c; `neighbours[c]` is the category that
/// receives the excess of category c.
pub fn splits(tree: &Tree, least: u64, atoms: &[Vec<u64>], neighbours: &[usize]) -> Vec<Cell<Split>> {
    let sizes: Vec<u64> = atoms.iter().map(|counts| counts.iter().sum()).collect();
    let summary = |block: &Block| {
        let mut counts = vec![0; neighbours.len()];
        for &atom in &block.atoms {
            add(&mut counts, &atoms[atom]);
        }
        limit(&mut counts, block.people.saturating_sub(2), neighbours);
        Split { people: block.people, counts }
    };
    cells(tree, &partition(tree, &sizes, least).wide, summary, |total, part| {
        total.people += part.people;
        add(&mut total.counts, &part.counts);
    })
}

/// Limits each category to `most`, by moving its excess to the neighbouring category.
/// With at most n − 2 people in a category, not even a member of the block can be
/// certain of a colleague's category. At most one category can exceed the limit, and
/// its neighbour then ends with at most 3.
pub fn limit(counts: &mut [u64], most: u64, neighbours: &[usize]) {
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

/// Forms the blocks of at least `least` people. `sizes` are the counted people of each
/// department itself.
pub fn partition(tree: &Tree, sizes: &[u64], least: u64) -> Partition {
    let atoms = sizes.iter().enumerate().map(|(atom, &size)| if size > 0 { vec![atom] } else { Vec::new() });
    let blocks = gather(tree, atoms.collect(), sizes, least);
    let mut whole = vec![Vec::new(); sizes.len()];
    for block in &blocks {
        whole[block.at].clone_from(&block.atoms);
    }
    Partition { wide: gather(tree, whole, sizes, 2 * least), blocks }
}

/// Goes through the departments, children before parents: a pool with at least `least`
/// people becomes a block, a smaller one is added to the parent's pool.
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

/// The cell of each department: the sum over the blocks in it and below it.
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
    /// With a child before its parent, people would silently be left out.
    fn check(&self, atoms: usize) {
        let ordered = self.parents.iter().enumerate().all(|(at, &parent)| parent < at || at == 0 && parent == 0);
        assert!(ordered, "parents stand before children");
        assert!(self.parents.len() == atoms && self.members.len() == atoms, "one atom and one headcount a department");
    }
}

#[cfg(test)]
mod tests;

//! Attacks the published figures: checks whether sums and differences of published sums
//! reveal a group smaller than the smallest group.

mod store;

use crate::{
    domain::{DepartmentId, PeriodId},
    error::AppError,
    instruments::VersionId,
    publication::{
        pulses::PulseLength,
        suppression::{self, Block, Partition, Tree},
    },
};
use chrono::NaiveDate;
use diesel::PgConnection;
use std::collections::HashMap;

/// Published tables over the same people, which an attacker could add and subtract, and
/// what this revealed.
#[derive(Debug, PartialEq)]
pub struct AttackResult {
    pub what: Table,
    pub measures: Vec<String>,
    /// How many sums they publish, and how many people these cover.
    pub sums: usize,
    pub people: u64,
    /// The smallest group at the time of publication.
    pub k: u64,
    pub finding: Finding,
}

/// Which tables were checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    Period(PeriodId, VersionId),
    /// A month or a week of the daily note, by its first day.
    Note(PulseLength, NaiveDate),
}

/// The result of an attack.
#[derive(Debug, PartialEq, Eq)]
pub enum Finding {
    Nothing,
    /// The own people of these departments can be computed, and are fewer than k.
    Disclosed(Vec<DepartmentId>),
    /// A published number of people does not consist of whole blocks.
    NotFromBlocks(DepartmentId),
}

/// A published cell.
struct CheckedCell {
    pub department: DepartmentId,
    pub measure: String,
    pub atom: u64,
    pub people: Option<u64>,
}

/// Checks everything that was ever published, oldest first, and calls `report` with
/// each result. Returns whether nothing was found.
///
/// # Errors
/// Those of the database.
pub fn run(conn: &mut PgConnection, mut report: impl FnMut(&AttackResult)) -> Result<bool, AppError> {
    let mut clean = true;
    let mut tell = |tried: Vec<AttackResult>| {
        for one in tried {
            clean &= one.finding == Finding::Nothing;
            report(&one);
        }
    };
    for (period, version, groups) in store::all_releases(conn)? {
        let tree = store::released_tree(conn, period, version)?;
        tell(check(Table::Period(period, version), &tree, store::checked_cells(conn, period, version)?, groups));
    }
    for (length, first, groups) in store::all_notes(conn)? {
        let (tree, cells) = store::checked_notes(conn, length, first)?;
        tell(check(Table::Note(length, first), &tree, cells, groups));
    }
    Ok(clean)
}

/// The sizes of the groups in a release.
#[derive(Clone, Copy)]
struct Groups {
    /// No group of fewer people may be told.
    k: u64,
    /// The smallest block.
    least: u64,
}

/// Departments with their parents; the company first, parents before children.
type ReleasedTree = Vec<(DepartmentId, Option<DepartmentId>)>;

fn check(what: Table, tree: &ReleasedTree, cells: Vec<CheckedCell>, groups: Groups) -> Vec<AttackResult> {
    let places: HashMap<DepartmentId, usize> = tree.iter().enumerate().map(|(place, (id, _))| (*id, place)).collect();
    let parents: Vec<usize> = tree.iter().map(|(_, parent)| parent.map_or(0, |parent| places[&parent])).collect();
    let mut measures: HashMap<String, Vec<CheckedCell>> = HashMap::new();
    for cell in cells {
        measures.entry(cell.measure.clone()).or_default().push(cell);
    }
    // Tables over the same people can be combined by an attacker.
    let mut together: HashMap<Vec<u64>, Vec<(String, Vec<CheckedCell>)>> = HashMap::new();
    for (measure, cells) in measures {
        let mut atoms = vec![0; tree.len()];
        cells.iter().for_each(|cell| atoms[places[&cell.department]] = cell.atom);
        together.entry(atoms).or_default().push((measure, cells));
    }
    let mut tried: Vec<AttackResult> = together
        .into_iter()
        .map(|(atoms, tables)| attack(what, tree, &places, &parents, &atoms, tables, groups))
        .collect();
    tried.sort_by(|a, b| a.measures.cmp(&b.measures));
    tried
}

fn attack(
    what: Table,
    tree: &ReleasedTree,
    places: &HashMap<DepartmentId, usize>,
    parents: &[usize],
    atoms: &[u64],
    tables: Vec<(String, Vec<CheckedCell>)>,
    Groups { k, least }: Groups,
) -> AttackResult {
    let partition = suppression::partition(&Tree { parents: parents.to_vec(), members: atoms.to_vec() }, atoms, least);
    let mut rows = Vec::new();
    let mut finding = Finding::Nothing;
    for (measure, cells) in &tables {
        for cell in cells {
            let Some(people) = cell.people else { continue };
            // The company's participation is counted over everybody at once; it is shown
            // in steps of 5 %, too coarse to subtract from.
            let everybody = people == atoms.iter().sum::<u64>();
            if measure == "participation" && cell.department == tree[0].0 && everybody {
                continue;
            }
            let blocks = blocks_under(places[&cell.department], parents, of_measure(measure, &partition));
            if blocks.iter().map(|block| block.people).sum::<u64>() != people {
                finding = Finding::NotFromBlocks(cell.department);
            }
            let inside = |atom: usize| blocks.iter().any(|block| block.atoms.contains(&atom));
            rows.push((0..atoms.len()).map(inside).collect::<Vec<bool>>());
        }
    }
    if let (Finding::Nothing, Some(group)) = (&finding, suppression::disclosed(&rows, atoms, k)) {
        let named = group.iter().zip(tree).filter(|(inside, _)| **inside).map(|(_, (id, _))| *id);
        finding = Finding::Disclosed(named.collect());
    }
    let mut measures: Vec<String> = tables.into_iter().map(|(measure, _)| measure).collect();
    measures.sort();
    AttackResult { what, measures, sums: rows.len(), people: atoms.iter().sum(), k, finding }
}

/// Means are sums over blocks, counts per category over wide blocks.
fn of_measure<'a>(measure: &str, partition: &'a Partition) -> &'a [Block] {
    match measure {
        "level" | "profile" | "participation" => &partition.wide,
        measure if measure.starts_with("value.") => &partition.wide,
        _ => &partition.blocks,
    }
}

/// The blocks that were formed within a department and below it.
fn blocks_under<'a>(top: usize, parents: &[usize], blocks: &'a [Block]) -> Vec<&'a Block> {
    let under = |mut place: usize| loop {
        if place == top {
            return true;
        }
        if place == 0 {
            return false;
        }
        place = parents[place];
    };
    blocks.iter().filter(|block| under(block.at)).collect()
}

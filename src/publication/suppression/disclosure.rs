//! Do published sums give away fewer than k people? Whoever knows some sums
//! knows every linear combination of them; if one of these is the plain sum of
//! a small group, the group is disclosed. Exact, and without a database.

use std::collections::{BTreeMap, BTreeSet};

/// Looks in the rational row space of `rows` (which atoms each published sum
/// holds) for a 0/1 vector of 1 to k − 1 people, and returns it. `sizes` are
/// the people of each atom; an atom without people says nothing about anybody
/// and is never in the answer.
///
/// # Panics
/// When numbers grow past 128 bits. With sums over a tree's departments they
/// stay −1, 0 and 1: such rows are nested sets, hence totally unimodular.
pub fn disclosed(rows: &[Vec<bool>], sizes: &[u64], k: u64) -> Option<Vec<bool>> {
    let columns = columns(rows, sizes);
    let people: Vec<u64> = columns.iter().map(|column| column.people).collect();
    let distinct: BTreeSet<Vec<i128>> =
        (0..rows.len()).map(|row| columns.iter().map(|column| i128::from(column.pattern[row])).collect()).collect();
    let found = search(&reduced(distinct), &people, k)?;
    let mut answer = vec![false; sizes.len()];
    for (column, _) in columns.iter().zip(found).filter(|(_, chosen)| *chosen) {
        for &atom in &column.atoms {
            answer[atom] = true;
        }
    }
    Some(answer)
}

/// Atoms that stand in the same sums. Every vector of the row space has one
/// value on all of them, so they are chosen together, and their people add up.
struct Column {
    pattern: Vec<bool>,
    atoms: Vec<usize>,
    people: u64,
}

/// Columns with people in at least one sum, those of most people first.
fn columns(rows: &[Vec<bool>], sizes: &[u64]) -> Vec<Column> {
    let mut same: BTreeMap<Vec<bool>, Vec<usize>> = BTreeMap::new();
    for atom in (0..sizes.len()).filter(|&atom| sizes[atom] > 0) {
        same.entry(rows.iter().map(|row| row[atom]).collect()).or_default().push(atom);
    }
    let mut columns: Vec<Column> = same
        .into_iter()
        .filter(|(pattern, _)| pattern.contains(&true))
        .map(|(pattern, atoms)| Column { people: atoms.iter().map(|&atom| sizes[atom]).sum(), pattern, atoms })
        .collect();
    columns.sort_by_key(|column| std::cmp::Reverse(column.people));
    columns
}

/// A row of the reduced echelon form, times the (positive) number at its pivot.
struct Echelon {
    pivot: usize,
    row: Vec<i128>,
}

/// The reduced row echelon form in whole numbers: at every pivot all other
/// rows are 0. Pivots are the first columns possible, which have most people.
fn reduced(rows: impl IntoIterator<Item = Vec<i128>>) -> Vec<Echelon> {
    let mut form: Vec<Echelon> = Vec::new();
    for mut row in rows {
        for Echelon { pivot, row: other } in &form {
            eliminate(&mut row, other, *pivot);
        }
        let Some(pivot) = row.iter().position(|&x| x != 0) else { continue };
        if row[pivot] < 0 {
            row.iter_mut().for_each(|x| *x = -*x);
        }
        for Echelon { row: other, .. } in &mut form {
            eliminate(other, &row, pivot);
        }
        form.push(Echelon { pivot, row });
    }
    form
}

/// Makes `row` 0 at `pivot` by a multiple of `by` that keeps the signs of its own pivot.
fn eliminate(row: &mut [i128], by: &[i128], pivot: usize) {
    let (own, other) = (row[pivot], by[pivot]);
    if own == 0 {
        return;
    }
    for (x, &y) in row.iter_mut().zip(by) {
        *x = exact(exact(x.checked_mul(other)).checked_sub(exact(y.checked_mul(own))));
    }
    let divisor = row.iter().fold(0, |divisor, &x| gcd(divisor, x));
    if divisor > 1 {
        row.iter_mut().for_each(|x| *x /= divisor);
    }
}

/// A wrong number could hide a disclosure; no number cannot.
fn exact(number: Option<i128>) -> i128 {
    number.expect("sums over a tree's departments keep numbers small")
}

fn gcd(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// Finds a 0/1 vector of fewer than k people among the combinations of rows.
///
/// Why a few combinations are enough. Let v be such a vector. At a pivot only
/// the pivot's own row is not 0 (there it is 1, once divided), so the row's
/// coefficient in v is v's value there: 0 or 1. Hence v is the sum of some
/// rows. The pivots of these rows are different columns of v, so their people
/// together are at most v's, under k; and the same holds for any part of the
/// rows. A branch whose pivots reach k people, or a row whose pivot alone does,
/// can be cut without losing v.
fn search(form: &[Echelon], people: &[u64], k: u64) -> Option<Vec<bool>> {
    let rows: Vec<&Echelon> = form.iter().filter(|row| people[row.pivot] < k).collect();
    // The rows as whole numbers over one common denominator.
    let one = rows.iter().fold(1_i128, |one, row| {
        let pivot = row.row[row.pivot];
        exact(one.checked_mul(pivot / gcd(one, pivot)))
    });
    let rows: Vec<(u64, Vec<i128>)> = rows
        .iter()
        .map(|row| {
            let factor = one / row.row[row.pivot];
            (people[row.pivot], row.row.iter().map(|x| exact(x.checked_mul(factor))).collect())
        })
        .collect();
    deepen(&rows, &vec![0; people.len()], 0, one, people, k)
}

/// Adds each of the `rows` in turn to `sum`, whose pivots have `reached` people, and goes on from there.
fn deepen(
    rows: &[(u64, Vec<i128>)],
    sum: &[i128],
    reached: u64,
    one: i128,
    people: &[u64],
    k: u64,
) -> Option<Vec<bool>> {
    for (index, (pivot_people, row)) in rows.iter().enumerate() {
        let reached = reached + pivot_people;
        if reached >= k {
            continue;
        }
        let sum: Vec<i128> = sum.iter().zip(row).map(|(a, b)| exact(a.checked_add(*b))).collect();
        let group: u64 = sum.iter().zip(people).filter(|(x, _)| **x != 0).map(|(_, people)| people).sum();
        if group < k && sum.iter().all(|&x| x == 0 || x == one) {
            return Some(sum.iter().map(|&x| x != 0).collect());
        }
        let deeper = deepen(&rows[index + 1..], &sum, reached, one, people, k);
        if deeper.is_some() {
            return deeper;
        }
    }
    None
}

//! Checks whether published sums disclose a group of fewer than k people. Whoever knows
//! some sums can compute every linear combination of them; a group is disclosed when
//! one of these is the plain sum over it. Exact arithmetic; no database.

use std::collections::{BTreeMap, BTreeSet};

/// Searches the rational row space of `rows` for a 0/1 vector that covers 1 to k − 1
/// people, and returns it. Each row says which atoms a published sum contains; `sizes`
/// are the people of each atom. Atoms without people are never in the result.
///
/// # Panics
/// When numbers exceed 128 bits. For sums over the departments of a tree this cannot
/// happen: the sets are nested, the matrix is totally unimodular, and all numbers stay
/// −1, 0 or 1.
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

/// Atoms that are contained in the same sums. Every vector of the row space has the
/// same value for all of them, so they are treated as one, with their people added up.
struct Column {
    pattern: Vec<bool>,
    atoms: Vec<usize>,
    people: u64,
}

/// Columns with people that are in at least one sum, largest first.
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

/// A row of the reduced row echelon form, multiplied by the (positive) number at its
/// pivot.
struct Echelon {
    pivot: usize,
    row: Vec<i128>,
}

/// The reduced row echelon form in integers: in the column of a pivot all other rows
/// are 0. Pivots are the first possible columns, which have the most people.
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

/// Makes `row` 0 at `pivot` by adding a multiple of `by`, without changing the sign at
/// its own pivot.
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

/// Panics on overflow: a wrong number could hide a disclosure.
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

/// Searches the sums of rows for a 0/1 vector that covers fewer than k people.
///
/// Few combinations have to be tried. Let v be such a vector. In the column of a pivot
/// only the pivot's own row is not 0 (there it is 1 after division), so the coefficient
/// of this row in v is v's value there: 0 or 1. So v is the sum of some rows. The
/// pivots of these rows are different columns of v, so together they have at most as
/// many people as v, fewer than k; the same holds for any subset of these rows.
/// Branches whose pivots reach k people can therefore be cut.
fn search(form: &[Echelon], people: &[u64], k: u64) -> Option<Vec<bool>> {
    let rows: Vec<&Echelon> = form.iter().filter(|row| people[row.pivot] < k).collect();
    // The rows as integers over one common denominator.
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

/// Adds each of the `rows` in turn to `sum`, whose pivots have `reached` people, and
/// recurses.
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

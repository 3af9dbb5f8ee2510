//! Blocks and cells compared with an independent implementation, examples by hand, and
//! properties that hold for any company.

use super::*;
use crate::{
    instruments::instrument::{Instrument, Scale},
    publication::noise::{Noise, NoiseKey, NoiseKind},
};
use proptest::{prelude::*, sample::Index};
use serde_json::Value;

/// Computed by an independent implementation of the rules in Python: 240 random
/// companies of 1 to 14 departments (the parent of department d is one of the 1, 3 or
/// 14 before it), k of 5, 6 or 8, campaigns (teams of 0 to 14 people) and months (0 to
/// 60), with a noise key each, whose answers are anything, or nearly all low, medium or
/// high; percent of range in steps of 1.25, levels from 37.5 and 62.5. One company per
/// line: `atoms` are the ids of the people, their sum in millionths of a percent, and
/// people per level; `means` are people, blocks and the sum with its noise as exhaustion
/// of hearth-20/1.0; `null` is a department without a block.
const REFERENCE: &str = include_str!("../../../tests/fixtures/suppression.json");

const K: u64 = 5;
/// Low, medium, high.
const LEVELS: [usize; 3] = [1, 0, 1];

fn numbers(value: &Value) -> Vec<u64> {
    value.as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect()
}

#[test]
fn cells_are_those_of_the_reference_in_240_companies() {
    let companies: Vec<Value> = serde_json::from_str(REFERENCE).unwrap();
    assert_eq!(companies.len(), 240);
    let instrument = Instrument::parse(include_str!("../../../instruments/hearth-20.toml")).unwrap();
    for company in companies {
        let k = company["k"].as_u64().unwrap();
        let parents: Vec<usize> = numbers(&company["parents"]).into_iter().map(|parent| parent as usize).collect();
        let tree = Tree { members: vec![1; parents.len()], parents };
        let rows = company["atoms"].as_array().unwrap();
        let ids = |row: &Value| row[0].as_array().unwrap().iter().map(|id| id.as_i64().unwrap()).collect::<Vec<_>>();
        let sums = rows.iter().map(|row| MeanAtom { people: ids(row).len() as u64, sum: row[1].as_i64().unwrap() });
        let expected = company["means"].as_array().unwrap().iter().map(|cell| match cell {
            Value::Null => Cell::Suppressed,
            cell => Cell::Value(Mean {
                people: cell[0].as_u64().unwrap(),
                blocks: cell[1].as_u64().unwrap(),
                total: cell[2].as_i64().unwrap(),
            }),
        });
        let key: [u8; 32] = hex::decode(company["key"].as_str().unwrap()).unwrap().try_into().unwrap();
        let kind = NoiseKind::ALL.into_iter().find(|kind| company["kind"] == kind.code()).unwrap();
        let key = NoiseKey::from(key);
        let noise = Noise::named(&key, kind, k, "hearth-20/1.0".to_owned());
        let of_block = |block: &Block| {
            let people = block.atoms.iter().flat_map(|&atom| ids(&rows[atom])).collect();
            noise.of_block(people).of_scale(&instrument, Scale::Subscale(0))
        };
        let limits = Bounds::default().limits(k);
        let actual = means(&tree, kind.least(k), &sums.collect::<Vec<_>>(), limits, of_block);
        assert_eq!(actual, expected.collect::<Vec<_>>(), "{company}");

        let levels: Vec<_> = rows.iter().map(|row| numbers(&row[2])).collect();
        let expected = company["splits"].as_array().unwrap().iter().map(|cell| match cell {
            Value::Null => Cell::Suppressed,
            cell => Cell::Value(Split { people: cell[0].as_u64().unwrap(), counts: numbers(&cell[1]) }),
        });
        assert_eq!(splits(&tree, kind.least(k), &levels, &LEVELS), expected.collect::<Vec<_>>(), "{company}");
    }
}

/// The means without noise.
fn plain(tree: &Tree, atoms: &[MeanAtom]) -> Vec<Cell<Mean>> {
    means(tree, K, atoms, Bounds::default().limits(K), |_| 0)
}

/// A tree whose departments have as many members as counted people.
fn tree(parents: &[usize], sizes: &[u64]) -> Tree {
    Tree { parents: parents.to_vec(), members: sizes.to_vec() }
}

/// People who all have this value, in percent of range.
fn alike(people: u64, percent: i64) -> MeanAtom {
    MeanAtom { people, sum: people as i64 * percent * 1_000_000 }
}

fn mean(people: u64, blocks: u64, total_percent: i64) -> Cell<Mean> {
    Cell::Value(Mean { people, blocks, total: total_percent * 1_000_000 })
}

fn split(counts: [u64; 3]) -> Cell<Split> {
    Cell::Value(Split { people: counts.iter().sum(), counts: counts.to_vec() })
}

#[test]
fn a_team_of_k_has_a_number_and_one_of_fewer_has_none() {
    let atoms = [MeanAtom::default(), alike(5, 40), alike(4, 40)];
    let cells = plain(&tree(&[0, 0, 0], &[0, 5, 4]), &atoms);
    assert_eq!(cells, [mean(5, 1, 200), mean(5, 1, 200), Cell::Suppressed]);
}

#[test]
fn small_teams_count_together_where_their_branches_meet() {
    let sizes = [0, 3, 2, 3, 0];
    let partition = partition(&tree(&[0, 0, 1, 1, 0], &sizes), &sizes, K);
    assert_eq!(partition.blocks, [Block { at: 1, atoms: vec![1, 2, 3], people: 8 }]);
    assert_eq!(partition.wide, []);
}

#[test]
fn people_left_over_at_the_root_are_in_no_number() {
    let atoms = [alike(4, 90), alike(6, 40)];
    let cells = plain(&tree(&[0, 0], &[4, 6]), &atoms);
    assert_eq!(cells, [mean(6, 1, 240), mean(6, 1, 240)]);
}

#[test]
fn a_department_without_members_is_empty_and_one_where_nobody_answered_is_suppressed() {
    let tree = Tree { parents: vec![0, 0, 0, 2], members: vec![0, 7, 0, 0] };
    let nobody = vec![vec![0; 3]; 4];
    let cells = splits(&tree, K, &nobody, &LEVELS);
    assert_eq!(cells, [Cell::Suppressed, Cell::Suppressed, Cell::Empty, Cell::Empty]);
}

#[test]
fn people_who_moved_away_before_closing_still_count_where_they_answered() {
    let tree = Tree { parents: vec![0, 0], members: vec![9, 0] };
    let atoms = [MeanAtom::default(), alike(9, 50)];
    assert_eq!(plain(&tree, &atoms), [mean(9, 1, 450), mean(9, 1, 450)]);
}

#[test]
fn a_mean_that_would_say_that_everyone_is_low_or_high_stops_before() {
    let tree = tree(&[0], &[5]);
    for (percent, shown) in [(0, 8), (7, 8), (8, 8), (9, 9), (91, 91), (92, 92), (93, 92), (100, 92)] {
        assert_eq!(plain(&tree, &[alike(5, percent)]), [mean(5, 1, 5 * shown)], "{percent}");
    }
}

#[test]
fn limits_follow_the_cut_offs_and_k() {
    assert_eq!(Bounds::default().limits(5), (8_000_000, 92_000_000));
    assert_eq!(Bounds::default().limits(10), (4_250_000, 95_750_000));
    assert_eq!(Bounds { low: 25.0, high: 80.0 }.limits(5), (5_500_000, 95_500_000));
    assert_eq!(Bounds::default().limits(7), (5_857_143, 94_142_857));
}

#[test]
fn each_block_is_limited_by_itself_and_not_their_sum() {
    let atoms = [MeanAtom::default(), alike(5, 0), alike(5, 50)];
    let cells = plain(&tree(&[0, 0, 0], &[0, 5, 5]), &atoms);
    assert_eq!(cells, [mean(10, 2, 40 + 250), mean(5, 1, 40), mean(5, 1, 250)]);
}

#[test]
fn a_split_needs_twice_as_many_people_as_a_mean() {
    let levels = [vec![0, 0, 0], vec![3, 3, 3], vec![4, 3, 3], vec![1, 1, 0]];
    let cells = splits(&tree(&[0, 0, 0, 0], &[0, 9, 10, 2]), K, &levels, &LEVELS);
    assert_eq!(cells, [split([4, 3, 3]), Cell::Suppressed, split([4, 3, 3]), Cell::Suppressed]);
}

#[test]
fn no_level_has_all_people_of_a_wide_block_or_all_but_one() {
    let cases = [
        ([10, 0, 0], [8, 2, 0]),
        ([9, 1, 0], [8, 2, 0]),
        ([8, 2, 0], [8, 2, 0]),
        ([9, 0, 1], [8, 1, 1]),
        ([0, 10, 0], [2, 8, 0]),
        ([1, 9, 0], [2, 8, 0]),
        ([0, 9, 1], [1, 8, 1]),
        ([0, 0, 10], [0, 2, 8]),
        ([0, 1, 9], [0, 2, 8]),
        ([7, 3, 0], [7, 3, 0]),
    ];
    for (counts, shown) in cases {
        let cells = splits(&tree(&[0], &[10]), K, &[counts.to_vec()], &LEVELS);
        assert_eq!(cells, [split(shown)], "{counts:?}");
    }
}

#[test]
#[should_panic = "parents stand before children"]
fn a_tree_in_the_wrong_order_is_refused() {
    partition(&tree(&[0, 2, 0], &[1, 1, 1]), &[1, 1, 1], K);
}

/// A person who answered: percent of range in millionths, and level.
type Person = (i64, usize);

/// Any company: the parent and the people of each department.
fn company() -> impl Strategy<Value = (Vec<usize>, Vec<Vec<Person>>)> {
    let person = prop_oneof![(0..=100_000_000_i64, 0..3_usize), Just((0, 0)), Just((100_000_000, 2)),];
    let department = (any::<Index>(), prop::collection::vec(person, 0..9));
    prop::collection::vec(department, 1..16).prop_map(|departments| {
        let parents = departments.iter().enumerate().map(|(at, (parent, _))| parent.index(at.max(1))).collect();
        (parents, departments.into_iter().map(|(_, people)| people).collect())
    })
}

fn sizes_of(people: &[Vec<Person>]) -> Vec<u64> {
    people.iter().map(|people| people.len() as u64).collect()
}

fn levels_of(people: &[Vec<Person>]) -> Vec<Vec<u64>> {
    let count = |people: &Vec<Person>, level| people.iter().filter(|person| person.1 == level).count() as u64;
    people.iter().map(|people| (0..3).map(|level| count(people, level)).collect()).collect()
}

/// Everything that is published about a company.
fn published(parents: &[usize], people: &[Vec<Person>]) -> (Vec<Cell<Mean>>, Vec<Cell<Split>>) {
    let tree = Tree { parents: parents.to_vec(), members: vec![1; parents.len()] };
    let sum = |people: &Vec<Person>| people.iter().map(|person| person.0).sum();
    let atoms: Vec<_> =
        people.iter().map(|people| MeanAtom { people: people.len() as u64, sum: sum(people) }).collect();
    // Every place in a department has an id: it stays when the answers there change.
    let key = NoiseKey::from([7; 32]);
    let noise = Noise::of_pulse(&key, K);
    let of_block = |block: &Block| {
        let ids = places(block, people).into_iter().map(|(atom, place)| (100 * atom + place) as i64);
        noise.of_block(ids.collect()).of_note("burnout", false)
    };
    (means(&tree, K, &atoms, Bounds::default().limits(K), of_block), splits(&tree, K, &levels_of(people), &LEVELS))
}

/// The same without noise, which depends on who is where.
fn quiet(parents: &[usize], people: &[Vec<Person>]) -> (Vec<Cell<Mean>>, Vec<Cell<Split>>) {
    let sum = |people: &Vec<Person>| people.iter().map(|person| person.0).sum();
    let atom = |people: &Vec<Person>| MeanAtom { people: people.len() as u64, sum: sum(people) };
    let atoms: Vec<_> = people.iter().map(atom).collect();
    (plain(&tree(parents, &sizes_of(people)), &atoms), published(parents, people).1)
}

fn partition_of(parents: &[usize], people: &[Vec<Person>]) -> Partition {
    let sizes = sizes_of(people);
    partition(&tree(parents, &sizes), &sizes, K)
}

/// Where a block's people are: department and index.
fn places(block: &Block, people: &[Vec<Person>]) -> Vec<(usize, usize)> {
    block.atoms.iter().flat_map(|&atom| (0..people[atom].len()).map(move |place| (atom, place))).collect()
}

fn exchange(people: &mut [Vec<Person>], block: &Block, one: Index, other: Index) {
    let places = places(block, people);
    let ((a, i), (b, j)) = (places[one.index(places.len())], places[other.index(places.len())]);
    let person = people[a][i];
    people[a][i] = people[b][j];
    people[b][j] = person;
}

/// Which atoms each published mean contains, read from the cells: every atom adds a bit
/// of its own to a mean far from the limits.
fn mean_rows(tree: &Tree, sizes: &[u64], k: u64) -> Vec<Vec<bool>> {
    let half = 50_000_000;
    let atom = |(atom, &people): (usize, &u64)| match people {
        0 => MeanAtom::default(),
        people => MeanAtom { people, sum: people as i64 * half + (1 << atom) },
    };
    let atoms: Vec<_> = sizes.iter().enumerate().map(atom).collect();
    let cells = means(tree, k, &atoms, Bounds::default().limits(k), |_| 0).into_iter();
    cells
        .filter_map(|cell| match cell {
            Cell::Value(mean) => {
                let bits = mean.total - mean.people as i64 * half;
                Some((0..sizes.len()).map(|atom| bits >> atom & 1 == 1).collect())
            }
            _ => None,
        })
        .collect()
}

/// The same for counts: every atom has two categories of its own, so that none exceeds
/// n − 2.
fn split_rows(tree: &Tree, sizes: &[u64], k: u64) -> Vec<Vec<bool>> {
    let categories = 2 * sizes.len();
    let atom = |(atom, &people): (usize, &u64)| {
        let mut counts = vec![0; categories];
        (counts[2 * atom], counts[2 * atom + 1]) = (people / 2, people - people / 2);
        counts
    };
    let atoms: Vec<_> = sizes.iter().enumerate().map(atom).collect();
    let neighbours: Vec<usize> = (0..categories).map(|category| category ^ 1).collect();
    let cells = splits(tree, k, &atoms, &neighbours).into_iter();
    cells
        .filter_map(|cell| match cell {
            Cell::Value(split) => Some(split.counts.chunks(2).map(|pair| pair != [0, 0]).collect()),
            _ => None,
        })
        .collect()
}

/// What each department would publish without any rule: all people in it and below it.
fn naive_rows(parents: &[usize]) -> Vec<Vec<bool>> {
    let below = |atom: usize, department: usize| {
        std::iter::successors(Some(atom), |&at| (at > 0).then(|| parents[at])).any(|at| at == department)
    };
    (0..parents.len()).map(|department| (0..parents.len()).map(|atom| below(atom, department)).collect()).collect()
}

/// The rank modulo a prime; for rows of a few zeros and ones it equals the rank over
/// the rationals.
fn rank(rows: &[Vec<bool>]) -> usize {
    const P: i64 = 2_147_483_647;
    let inverse = |x: i64| {
        (0..31)
            .fold((1, x), |(y, power), bit| {
                (if (P - 2) >> bit & 1 == 1 { y * power % P } else { y }, power * power % P)
            })
            .0
    };
    let mut rows: Vec<Vec<i64>> = rows.iter().map(|row| row.iter().map(|&x| i64::from(x)).collect()).collect();
    let mut rank = 0;
    for column in 0..rows.first().map_or(0, Vec::len) {
        let Some(found) = (rank..rows.len()).find(|&row| rows[row][column] != 0) else { continue };
        rows.swap(rank, found);
        let pivot = rows[rank].clone();
        for row in &mut rows[rank + 1..] {
            let factor = row[column] * inverse(pivot[column]) % P;
            for (x, y) in row.iter_mut().zip(&pivot) {
                *x = (*x + (P - factor) * y) % P;
            }
        }
        rank += 1;
    }
    rank
}

fn people_in(group: &[bool], sizes: &[u64]) -> u64 {
    group.iter().zip(sizes).filter(|(chosen, _)| **chosen).map(|(_, size)| size).sum()
}

fn spans(rows: &[Vec<bool>], group: &[bool]) -> bool {
    let more: Vec<_> = rows.iter().cloned().chain([group.to_vec()]).collect();
    rank(&more) == rank(rows)
}

/// Tries every group; only for few atoms.
fn any_group_disclosed(rows: &[Vec<bool>], sizes: &[u64], k: u64) -> bool {
    (1..1_u32 << sizes.len()).any(|bits| {
        let group: Vec<bool> = (0..sizes.len()).map(|atom| bits >> atom & 1 == 1).collect();
        (1..k).contains(&people_in(&group, sizes)) && spans(rows, &group)
    })
}

proptest! {
    #[test]
    fn exchanging_two_people_inside_a_block_changes_nothing(
        (parents, mut people) in company(), block: Index, one: Index, other: Index,
    ) {
        let before = published(&parents, &people);
        let blocks = partition_of(&parents, &people).blocks;
        prop_assume!(!blocks.is_empty());
        exchange(&mut people, block.get(&blocks), one, other);
        prop_assert_eq!(before, published(&parents, &people));
    }

    #[test]
    fn exchanging_two_people_inside_a_wide_block_changes_no_split(
        (parents, mut people) in company(), block: Index, one: Index, other: Index,
    ) {
        let before = published(&parents, &people).1;
        let wide = partition_of(&parents, &people).wide;
        prop_assume!(!wide.is_empty());
        exchange(&mut people, block.get(&wide), one, other);
        prop_assert_eq!(before, published(&parents, &people).1);
    }

    #[test]
    fn changing_people_outside_every_block_changes_nothing(
        (parents, people) in company(), value in 0..=100_000_000_i64, level in 0..3_usize,
    ) {
        let before = published(&parents, &people);
        let partition = partition_of(&parents, &people);
        let change_outside = |blocks: &[Block]| {
            let outside = |atom| !blocks.iter().any(|block| block.atoms.contains(&atom));
            let change = |(atom, mut people): (usize, Vec<Person>)| {
                if outside(atom) {
                    people.fill((value, level));
                }
                people
            };
            published(&parents, &people.iter().cloned().enumerate().map(change).collect::<Vec<_>>())
        };
        prop_assert_eq!(&before.1, &change_outside(&partition.wide).1);
        prop_assert_eq!(&before, &change_outside(&partition.blocks));
    }

    #[test]
    fn a_unanimous_wide_block_looks_like_one_with_two_people_in_the_neighbouring_category(
        (parents, mut people) in company(), block: Index, level in 0..3_usize, dissenters in 0..3_usize,
    ) {
        let wide = partition_of(&parents, &people).wide;
        prop_assume!(!wide.is_empty());
        let places = places(block.get(&wide), &people);
        for &(atom, place) in &places {
            people[atom][place].1 = level;
        }
        let unanimous = published(&parents, &people).1;
        for &(atom, place) in &places[..dissenters] {
            people[atom][place].1 = LEVELS[level];
        }
        prop_assert_eq!(unanimous, published(&parents, &people).1);
    }

    #[test]
    fn a_department_is_visible_when_it_has_k_counted_people_and_only_then((parents, people) in company()) {
        let sizes = sizes_of(&people);
        let (means, splits) = published(&parents, &people);
        for (department, row) in naive_rows(&parents).iter().enumerate() {
            let counted = people_in(row, &sizes);
            prop_assert_eq!(matches!(means[department], Cell::Value(_)), counted >= K);
            if counted < 2 * K {
                prop_assert_eq!(&splits[department], &Cell::Suppressed);
            }
        }
    }

    #[test]
    fn a_block_of_the_same_people_has_the_same_noise_and_any_other_block_another(
        (parents, people) in company(), more in 1..9_i64,
    ) {
        let calm: Vec<Vec<Person>> = people.iter().map(|people| vec![(50_000_000, 1); people.len()]).collect();
        let (before, _) = published(&parents, &calm);
        prop_assert_eq!(&before, &published(&parents, &calm).0);
        // Somebody more in the company itself changes the block of the root, if there is one.
        let mut joined = calm.clone();
        joined[0].extend(vec![(50_000_000, 1); more as usize]);
        let of_root = |people: &[Vec<Person>]| partition_of(&parents, people).blocks.into_iter().find(|one| one.at == 0);
        let noise = |cells: &[Cell<Mean>]| match &cells[0] {
            Cell::Value(mean) => Some(mean.total - mean.people as i64 * 50_000_000),
            _ => None,
        };
        if of_root(&calm).is_some() {
            prop_assert_ne!(noise(&before), noise(&published(&parents, &joined).0));
        }
    }

    #[test]
    fn the_order_of_brothers_and_sisters_does_not_matter((parents, people) in company()) {
        // The same tree, but each level in reverse order.
        let depth = |at: usize| std::iter::successors(Some(at), |&at| (at > 0).then(|| parents[at])).count();
        let mut order: Vec<usize> = (0..parents.len()).collect();
        order.sort_by_key(|&at| (depth(at), std::cmp::Reverse(at)));
        let place = |at: usize| order.iter().position(|&other| other == at).unwrap();
        let moved_parents: Vec<usize> = order.iter().map(|&at| place(parents[at])).collect();
        let moved_people: Vec<_> = order.iter().map(|&at| people[at].clone()).collect();
        let (means, splits) = quiet(&parents, &people);
        let (moved_means, moved_splits) = quiet(&moved_parents, &moved_people);
        for (at, &was) in order.iter().enumerate() {
            prop_assert_eq!(&moved_means[at], &means[was]);
            prop_assert_eq!(&moved_splits[at], &splits[was]);
        }
    }

    #[test]
    fn published_sums_disclose_no_group_under_k((parents, people) in company(), k in 5..10_u64) {
        let sizes = sizes_of(&people);
        let tree = tree(&parents, &sizes);
        let splits = split_rows(&tree, &sizes, k);
        prop_assert_eq!(disclosed(&splits, &sizes, 2 * k), None);
        let rows: Vec<_> = mean_rows(&tree, &sizes, k).into_iter().chain(splits).collect();
        prop_assert_eq!(disclosed(&rows, &sizes, k), None);
    }

    #[test]
    fn sums_of_every_department_disclose_whoever_is_few_in_one((parents, people) in company(), k in 2..10_u64) {
        let sizes = sizes_of(&people);
        let rows = naive_rows(&parents);
        let few = sizes.iter().any(|size| (1..k).contains(size));
        let found = disclosed(&rows, &sizes, k);
        prop_assert_eq!(found.is_some(), few);
        if let Some(group) = found {
            prop_assert!((1..k).contains(&people_in(&group, &sizes)));
        }
    }

    #[test]
    fn a_disclosed_group_is_found_when_there_is_one_and_only_then(
        sizes in prop::collection::vec(0..7_u64, 1..8),
        bits in prop::collection::vec(any::<u8>(), 0..7),
        k in 1..12_u64,
    ) {
        let rows: Vec<Vec<bool>> =
            bits.iter().map(|bits| (0..sizes.len()).map(|atom| bits >> atom & 1 == 1).collect()).collect();
        // Atoms without people are in no sum, as in a published table.
        let rows: Vec<Vec<bool>> =
            rows.iter().map(|row| row.iter().zip(&sizes).map(|(x, size)| *x && *size > 0).collect()).collect();
        let found = disclosed(&rows, &sizes, k);
        prop_assert_eq!(found.is_some(), any_group_disclosed(&rows, &sizes, k));
        if let Some(group) = found {
            prop_assert!((1..k).contains(&people_in(&group, &sizes)) && spans(&rows, &group));
        }
    }
}

#[test]
fn a_whole_less_its_visible_parts_discloses_the_rest() {
    // 13 people: departments of 6 and 5, which are published, and 2 people in the
    // company itself.
    let rows = [vec![true, true, true], vec![false, true, false], vec![false, false, true]];
    assert_eq!(disclosed(&rows, &[2, 6, 5], 5), Some(vec![true, false, false]));
    assert_eq!(disclosed(&rows, &[2, 6, 5], 2), None);
}

#[test]
fn a_group_is_found_that_needs_a_half_of_three_sums() {
    // a+b, b+c and a+c together give each of a, b and c.
    let rows = [vec![true, true, false], vec![false, true, true], vec![true, false, true]];
    assert_eq!(disclosed(&rows, &[9, 9, 4], 5), Some(vec![false, false, true]));
    assert_eq!(disclosed(&rows[..2], &[9, 9, 4], 5), None);
}

#[test]
fn departments_that_only_count_together_are_one_group() {
    let rows = [vec![true, true, false]];
    assert_eq!(disclosed(&rows, &[2, 2, 3], 5), Some(vec![true, true, false]));
    assert_eq!(disclosed(&rows, &[2, 3, 3], 5), None);
}

#[test]
fn two_hundred_departments_are_checked_at_once() {
    let parents: Vec<usize> = (0..200).map(|at: usize| at.saturating_sub(1) / 3).collect();
    let sizes: Vec<u64> = (0..200).map(|at| at * 7 % 11).collect();
    let tree = tree(&parents, &sizes);
    let published = plain(&tree, &sizes.iter().map(|&people| alike(people, 50)).collect::<Vec<_>>());
    assert!(published.iter().filter(|cell| matches!(cell, Cell::Value(_))).count() > 100);
    let partition = partition(&tree, &sizes, K);
    let naive = naive_rows(&parents);
    let sums = |blocks: &[Block]| -> Vec<Vec<bool>> {
        let inside = |department: usize, atom: usize| {
            blocks.iter().any(|block| naive[department][block.at] && block.atoms.contains(&atom))
        };
        (0..200).map(|department| (0..200).map(|atom| inside(department, atom)).collect()).collect()
    };
    let rows = [sums(&partition.blocks), sums(&partition.wide)].concat();
    assert_eq!(disclosed(&rows, &sizes, K), None);
    let found = disclosed(&naive, &sizes, K).unwrap();
    assert!((1..K).contains(&people_in(&found, &sizes)));
}

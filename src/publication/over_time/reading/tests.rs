//! Who is taken for counted where rows are gone.

use super::*;

/// The company and two departments below it.
fn tree(reading: &mut Reading) -> Places {
    let mut tree = Places::default();
    for id in [7, 8] {
        tree.add(reading.department(DepartmentId(id)), None);
    }
    tree
}

fn at(department: i64, people: &[i64]) -> Vec<(i64, DepartmentId)> {
    people.iter().map(|person| (*person, DepartmentId(department))).collect()
}

#[test]
fn people_whose_rows_are_gone_are_the_same_missing_ones_in_each_release() {
    let mut reading = Reading::default();
    let tree = tree(&mut reading);
    let asked = reading.placed(&tree, at(7, &[1, 2, 3, 4]).into_iter());
    let first = reading.table(&tree, &BTreeMap::from([(1, 5)]), at(7, &[1, 2, 3]).into_iter(), &asked);
    let second = reading.table(&tree, &BTreeMap::from([(1, 4)]), at(7, &[1, 2, 3]).into_iter(), &asked);
    assert_eq!(first.counted.iter().map(Vec::len).collect::<Vec<_>>(), [0, 5, 0]);
    assert_eq!(first.roster[1].len(), 6, "the missing two were there, too, and one did not answer");
    assert_eq!(second.counted[1].len(), 4);
    assert!(second.counted[1].iter().all(|person| first.counted[1].contains(person)));
    assert_ne!(first.counted[1], second.counted[1]);
}

#[test]
fn more_people_than_were_counted_fill_departments_that_miss_some() {
    let mut reading = Reading::default();
    let tree = tree(&mut reading);
    let known = [at(7, &[1, 2, 3]), at(8, &[4])].concat();
    let asked = reading.placed(&tree, known.iter().copied());
    let table = reading.table(&tree, &BTreeMap::from([(1, 2), (2, 2)]), known.into_iter(), &asked);
    assert_eq!(table.counted.iter().map(Vec::len).collect::<Vec<_>>(), [0, 2, 2]);
    assert_eq!(reading.people.len(), 4, "nobody is missing");
    assert_eq!(table.roster, table.counted, "whoever was counted is on the roster there");
}

#[test]
fn who_was_counted_elsewhere_then_is_on_the_roster_there() {
    let day = |day: &str| day.parse::<NaiveDate>().unwrap();
    let person = |person: i64, since: &str| PersonRow { person, department: DepartmentId(8), since: day(since) };
    let roster = Roster {
        people: vec![person(1, "2025-01-01"), person(2, "2025-01-01"), person(3, "2025-09-01")],
        counted: HashMap::from([(1, vec![(day("2025-03-31"), DepartmentId(7)), (day("2026-03-31"), DepartmentId(8))])]),
    };
    let on = |moment: &str| -> Vec<(i64, i64)> {
        roster.on(day(moment)).into_iter().map(|one| (one.person, one.department.0)).collect()
    };
    assert_eq!(on("2025-05-31"), [(1, 7), (2, 8)]);
    assert_eq!(on("2025-12-31"), [(1, 8), (2, 8), (3, 8)]);
}

//! Which sentences are chosen for which figures.

use super::*;
use crate::{domain::DepartmentId, insights::view::Share};

const SCALES: [Scale; 3] = [Scale::Subscale(0), Scale::Subscale(1), Scale::Total];

fn mean(percent: i64) -> Mean {
    let level = Level::Medium;
    Mean {
        state: State::Value,
        percent: Some(percent),
        margin: Some(4),
        people: 40,
        level: Some(level),
        span: Some((level, level)),
    }
}

fn hidden(state: State) -> Mean {
    Mean { state, percent: None, margin: None, people: 0, level: None, span: None }
}

/// A department by its number, under another one, with means of the two
/// subscales; those named stand out.
fn row(id: i64, parent: i64, means: [i64; 2], stands_out: [bool; 2]) -> Row {
    let parent = (id > 0).then_some(DepartmentId(parent));
    Row {
        place: Place { id: DepartmentId(id), parent, depth: 1, name: format!("D{id}") },
        means: vec![mean(means[0]), mean(means[1]), mean(90)],
        stands_out: vec![stands_out[0], stands_out[1], true],
        values: Vec::new(),
        levels: None,
        profiles: None,
        participation: Share { percent: Some(80), low: 70, high: 90, end: None },
    }
}

fn change(difference: i64, significant: bool) -> Option<Change> {
    Some(Change { difference, low: difference - 3, high: difference + 3, significant })
}

fn told(rows: &[Row], changes: [Option<Change>; 2]) -> Vec<Sentence> {
    summary(&Facts { scales: &SCALES, changes: &[changes[0], changes[1], change(20, true)], rows })
}

fn names(sentence: &Sentence) -> Vec<&str> {
    match sentence {
        Sentence::StandsOut { places, .. } => places.iter().map(|one| one.name.as_str()).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn departments_that_stand_out_come_first_the_highest_leading() {
    let rows = [
        row(0, 0, [50, 40], [false; 2]),
        row(1, 0, [60, 70], [true, true]),
        row(2, 0, [66, 30], [true, false]),
        row(3, 0, [40, 72], [false, true]),
        row(4, 0, [40, 71], [false, true]),
    ];
    let told = told(&rows, [change(1, false), change(2, false)]);
    assert_eq!(names(&told[0]), ["D3", "D4"], "two at most, on the scale that is highest");
    assert!(matches!(told[0], Sentence::StandsOut { scale: Scale::Subscale(1), .. }));
    let Sentence::Whole { scale, value, since } = &told[1] else { panic!("{told:?}") };
    assert_eq!((*scale, value.percent, *since), (Scale::Subscale(1), 40, Since::WithinChance));
    assert_eq!(told.len(), 2);
}

#[test]
fn of_departments_in_each_other_only_the_higher_one_is_named() {
    let rows = [
        row(0, 0, [50, 40], [false; 2]),
        row(1, 0, [60, 40], [true, false]),
        row(2, 1, [66, 40], [true, false]),
        row(3, 0, [58, 40], [true, false]),
    ];
    assert_eq!(names(&told(&rows, [None; 2])[0]), ["D2", "D3"]);
}

#[test]
fn what_is_uncertain_never_stands_out() {
    let mut rows =
        [row(0, 0, [50, 40], [false; 2]), row(1, 0, [80, 40], [true, false]), row(2, 0, [40, 40], [false; 2])];
    rows[1].means[0].state = State::Uncertain;
    assert_eq!(told(&rows, [None; 2])[0], Sentence::NobodyStandsOut);
}

#[test]
fn without_anything_outstanding_the_largest_real_change_leads_else_the_highest_scale() {
    let rows = [row(0, 0, [50, 40], [false; 2])];
    let whole = |changes| match told(&rows, changes).remove(0) {
        Sentence::Whole { scale, since, .. } => (scale, since),
        other => panic!("{other:?}"),
    };
    assert_eq!(whole([None; 2]), (Scale::Subscale(0), Since::Nothing));
    assert_eq!(whole([change(9, false), change(-5, true)]), (Scale::Subscale(1), Since::Changed(-5)));
    assert_eq!(whole([change(9, true), change(-5, true)]), (Scale::Subscale(0), Since::Changed(9)));
    let both = told(&rows, [change(9, true), change(-5, true)]);
    assert_eq!(both[1], Sentence::AlsoChanged { scale: Scale::Subscale(1), points: -5 });
}

#[test]
fn low_participation_is_said_before_a_second_change() {
    let mut rows = [row(0, 0, [50, 40], [false; 2])];
    rows[0].participation.percent = Some(45);
    let told_low = told(&rows, [change(9, true), change(-5, true)]);
    assert_eq!(told_low.last(), Some(&Sentence::FewAnswered { percent: 45 }));
    assert_eq!(told_low.len(), 2);
    rows[0].participation.percent = Some(50);
    assert!(!told(&rows, [None; 2]).contains(&Sentence::FewAnswered { percent: 50 }));
}

#[test]
fn nothing_is_said_of_numbers_that_are_not_shown() {
    let mut rows = [row(0, 0, [50, 40], [false; 2]), row(1, 0, [90, 90], [true, true])];
    rows[0].means = vec![hidden(State::Suppressed); 3];
    assert_eq!(told(&rows, [None; 2]), [Sentence::TooFew]);
    rows[0].means = vec![hidden(State::Empty); 3];
    assert_eq!(told(&rows, [None; 2]), [Sentence::Nobody]);
}

//! What is published for questionnaires that HR may have constructed to learn single
//! people's answers.

use super::*;
use crate::{
    instruments::{
        instrument::testing::{with_limits, with_scale},
        scoring,
    },
    publication::noise::{NoiseKey, NoiseKind},
};
use proptest::{prelude::*, sample::Index};

const K: u64 = 5;
const FIRST: Scale = Scale::Subscale(0);

fn hearth() -> Instrument {
    Instrument::parse(include_str!("../../../instruments/hearth-20.toml")).unwrap()
}

/// The counts for people with these raw values of the first scale.
fn counted(instrument: &Instrument, people: &[f64]) -> Counted {
    let mut counted = Counted::nobody(instrument);
    let millionths = |raw: f64| (scoring::strain(instrument, FIRST, raw) * 1e6).round() as i64;
    counted.scales[0] = ScaleSums {
        ids: (1..=people.len() as i64).collect(),
        sum: people.iter().map(|raw| millionths(*raw)).sum(),
        squares: people.iter().map(|raw| scoring::strain(instrument, FIRST, *raw).powi(2)).sum(),
    };
    if let Form::Shares(groups) = grain::form(instrument, FIRST) {
        for raw in people {
            let group = grain::borders(&groups).iter().filter(|border| *border <= raw).count();
            counted.values[0][group] += 1;
        }
    }
    counted
}

/// What is published when these people, all in one department, answered.
fn published(instrument: &Instrument, people: &[f64]) -> Published {
    let atoms = Atoms { counted: vec![counted(instrument, people)], participation: vec![[people.len() as u64, 0]] };
    let key = key();
    publish(instrument, &Noise::new(&key, NoiseKind::Campaign, K, instrument), &[0], &atoms)
}

fn key() -> NoiseKey {
    NoiseKey::from([3; 32])
}

/// The noise of the first scale in a block of the people 1 … n.
fn noise_of(instrument: &Instrument, n: i64) -> i64 {
    let key = key();
    let noise = Noise::new(&key, NoiseKind::Campaign, K, instrument);
    noise.of_block((1..=n).collect()).of_scale(instrument, FIRST)
}

fn cells(instrument: &Instrument, people: &[f64]) -> Vec<(Measure, Cell<Sums>)> {
    published(instrument, people).cells.into_iter().map(|cell| (cell.measure, cell.cell)).collect()
}

fn shares(instrument: &Instrument, people: &[f64]) -> Vec<i64> {
    let cells = cells(instrument, people);
    let found = cells.into_iter().find(|(measure, _)| *measure == Measure::Values(FIRST)).map(|(_, cell)| cell);
    match found {
        Some(Cell::Value(sums)) => sums.sums,
        other => panic!("no shares but {other:?}"),
    }
}

#[test]
fn a_block_with_one_who_is_not_high_can_look_like_one_in_which_all_are() {
    let instrument = hearth();
    for scale in instrument.scales() {
        let strain = scoring::strains(&instrument, scale);
        let values = instrument.complete_values(scale);
        let level = |raw: &&f64| scoring::level(&instrument, scale, **raw);
        let medium = values.iter().find(|raw| level(raw) == Some(Level::Medium)).unwrap();
        let below = values.iter().rev().find(|raw| level(raw) == Some(Level::Medium)).unwrap();
        let shown = |people: [f64; 5]| {
            let sum = (people.iter().sum::<f64>() * 1e6).round() as i64;
            let tree = Tree { parents: vec![0], members: vec![5] };
            let limits = grain::bounds(&instrument, scale, 5).limits(5);
            suppression::means(&tree, 5, &[MeanAtom { people: 5, sum }], limits, |_| 0)
        };
        assert_eq!(shown([100.0; 5]), shown([100.0, 100.0, 100.0, 100.0, strain(*below)]), "{scale:?}");
        assert_eq!(shown([0.0; 5]), shown([0.0, 0.0, 0.0, 0.0, strain(*medium)]), "{scale:?}");
    }
}

#[test]
fn a_department_that_only_one_who_moved_answered_in_looks_like_one_without_answers() {
    let instrument = hearth();
    let nobody = Counted::nobody(&instrument);
    let answered = |people: u64| Counted {
        scales: vec![
            ScaleSums { ids: (0..people as i64).collect(), sum: 0, squares: 0.0 };
            instrument.scales().count()
        ],
        levels: vec![people, 0, 0],
        profiles: vec![0, 0, 0, 0, 0, people],
        ..Counted::nobody(&instrument)
    };
    // The company has two departments: twelve people were asked in one, nobody in the
    // other.
    let shown = |moved: &Counted| {
        let counted = vec![nobody.clone(), answered(10), moved.clone()];
        let atoms = Atoms { counted, participation: vec![[0, 0], [10, 2], [0, 0]] };
        let key = key();
        let noise = Noise::new(&key, NoiseKind::Campaign, K, &instrument);
        let cells = publish(&instrument, &noise, &[0, 0, 0], &atoms).cells;
        cells.into_iter().map(|cell| (cell.place, cell.measure, cell.cell)).collect::<Vec<_>>()
    };
    let without = shown(&nobody);
    assert!(without.iter().filter(|(place, ..)| *place == 2).all(|(.., cell)| *cell == Cell::Empty));
    assert_eq!(shown(&answered(1)), without);
}

#[test]
fn the_company_s_participation_is_of_everybody_at_once() {
    let instrument = hearth();
    let key = key();
    let shown = |participation: Vec<[u64; 2]>, kind| {
        let parents = vec![0; participation.len()];
        let counted = vec![Counted::nobody(&instrument); participation.len()];
        let noise = Noise::new(&key, kind, K, &instrument);
        let cells = publish(&instrument, &noise, &parents, &Atoms { counted, participation }).cells;
        let cells = cells.into_iter().filter(|cell| cell.measure == Measure::Participation);
        cells
            .map(|cell| match cell.cell {
                Cell::Value(sums) => Some(sums.sums),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
    // Six teams of ten, of whom nobody answered: two of sixty, and not two of each ten.
    let teams = shown([vec![[0, 0]], vec![[0, 10]; 6]].concat(), NoiseKind::Campaign);
    assert_eq!(teams[0], Some(vec![2, 58]));
    assert!(teams[1..].iter().all(|team| *team == Some(vec![2, 8])));
    // In a month a team of ten is in no group, the company is.
    let month = shown([vec![[0, 4]], vec![[7, 3]; 6]].concat(), NoiseKind::Month);
    assert_eq!((month[0].clone(), month[1].clone()), (Some(vec![42, 22]), None));
    assert_eq!(shown(vec![[5, 4]], NoiseKind::Campaign), [None], "nine people are too few");
}

#[test]
fn a_scale_of_two_values_is_published_as_shares_of_wide_blocks_and_nothing_else() {
    let instrument = with_scale(&[0, 1], 1, "sum", 1);
    for (yes, expected) in [(0, [10, 2]), (1, [10, 2]), (2, [10, 2]), (3, [9, 3]), (10, [2, 10]), (12, [2, 10])] {
        let people: Vec<f64> = (0..12).map(|person| f64::from(u8::from(person < yes))).collect();
        assert_eq!(shares(&instrument, &people), expected, "{yes} of 12");
        let published = published(&instrument, &people);
        assert!(published.cells.iter().all(|cell| !matches!(cell.measure, Measure::Mean(_))));
        assert_eq!(published.deviations, [None], "no spread either");
    }
    // Nine people form a block, but not a wide one.
    let few = cells(&instrument, &[1.0; 9]);
    assert!(few.iter().all(|(measure, cell)| *measure == Measure::Participation || *cell == Cell::Suppressed));
}

#[test]
fn what_a_value_has_too_many_of_moves_to_the_next_one_to_the_middle() {
    for (values, unanimous, expected) in [
        (&[1, 2, 3][..], 1, &[10, 2, 0][..]),
        (&[1, 2, 3], 2, &[2, 10, 0]),
        (&[1, 2, 3], 3, &[0, 2, 10]),
        (&[1, 2, 3, 4], 2, &[0, 10, 2, 0]),
        (&[1, 2, 3, 4], 3, &[0, 2, 10, 0]),
        (&[1, 2, 3, 4], 4, &[0, 0, 2, 10]),
        (&[1, 2, 3, 4, 5, 6, 7, 8, 9], 9, &[0, 0, 0, 0, 0, 0, 0, 2, 10]),
    ] {
        let instrument = with_scale(values, 1, "sum", 1);
        assert_eq!(shares(&instrument, &[f64::from(unanimous); 12]), expected, "{values:?} {unanimous}");
    }
    // One half is only possible with an item left out: nobody would believe that two
    // people did so.
    let instrument = with_scale(&[0, 1], 3, "mean", 2);
    assert_eq!(shares(&instrument, &[0.0; 12]), [10, 2, 0, 0, 0], "thirds and a half");
    assert_eq!(shares(&instrument, &[2.0 / 3.0; 12]), [0, 2, 0, 10, 0]);
}

#[test]
fn ten_values_in_even_steps_have_a_mean_and_ten_in_two_clusters_have_none() {
    let mean = |instrument: &Instrument| grain::form(instrument, FIRST) == Form::Mean;
    assert!(mean(&with_scale(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 1, "sum", 1)));
    assert!(!mean(&with_scale(&[1, 2, 3, 4, 5, 6, 7, 8, 9], 1, "sum", 1)));
    assert!(mean(&with_scale(&[0, 1], 9, "sum", 9)));
    // Effectively a yes/no question: one item outweighs the nine others.
    let mut disguised = with_scale(&[0, 1], 10, "sum", 10);
    let mut heavy = disguised.options[0].clone();
    (heavy.id, heavy.choices[1].value) = ("heavy".to_owned(), 1000);
    disguised.options.push(heavy);
    disguised.items[0].options = Some("heavy".to_owned());
    let Form::Shares(groups) = grain::form(&disguised, FIRST) else { panic!("has a mean") };
    let codes: Vec<_> = groups.iter().map(grain::Group::code).collect();
    assert_eq!(codes, ["0..9", "1000..1009"]);
    assert_eq!(shares(&disguised, &[3.0; 12]), [10, 2]);
}

#[test]
fn a_total_has_no_mean_that_would_give_away_that_of_a_part() {
    let source = include_str!("../../../tests/fixtures/instruments/bat-12-like.toml");
    let instrument = Instrument::parse(source).unwrap();
    assert_eq!(grain::form(&instrument, Scale::Total), Form::Mean);
    let mut with_part = instrument.clone();
    // The first subscale keeps one of its items, which has five possible values.
    let first = with_part.subscales[0].id.clone();
    let mut kept = 0;
    with_part.items.retain(|item| {
        kept += usize::from(item.subscale.as_ref() == Some(&first));
        item.subscale.as_ref() != Some(&first) || kept == 1
    });
    with_part.subscales[0].minimum_answered = 1;
    assert!(matches!(grain::form(&with_part, FIRST), Form::Shares(_)));
    assert_eq!(grain::form(&with_part, Scale::Subscale(1)), Form::Mean);
    assert_eq!(grain::form(&with_part, Scale::Total), Form::Nothing);
}

#[test]
fn a_level_that_nobody_can_have_takes_no_excess() {
    let single = Instrument::parse(include_str!("../../../tests/fixtures/instruments/single-item.toml")).unwrap();
    assert_eq!(grain::level_neighbours(&single), Some(vec![2, 0, 0]), "low and high only");
    assert_eq!(grain::level_neighbours(&hearth()), Some(vec![1, 0, 1]));
    let codes = grain::profile_neighbours(&hearth()).unwrap();
    let codes: Vec<_> = codes.into_iter().map(|place| Profile::ALL[place].code()).collect();
    assert_eq!(codes, ["balanced", "balanced", "balanced", "balanced", "engaged", "balanced"]);
    let mut without_medium = hearth();
    for bands in &mut without_medium.cut_off_sets[0].scales {
        let end = bands.bands[1].to;
        bands.bands.remove(1);
        bands.bands[0].to = end;
    }
    let codes = grain::profile_neighbours(&without_medium).unwrap();
    let codes: Vec<_> = codes.into_iter().map(|place| Profile::ALL[place].code()).collect();
    assert!(codes.iter().all(|code| *code != "balanced"), "without medium nobody is balanced: {codes:?}");
    let mut all_low = hearth();
    all_low.cut_off_sets[0].scales.iter_mut().for_each(|bands| {
        let end = bands.bands[2].to;
        bands.bands.truncate(1);
        bands.bands[0].to = end;
    });
    assert_eq!((grain::level_neighbours(&all_low), grain::profile_neighbours(&all_low)), (None, None));
}

#[test]
fn limits_without_cut_offs_are_the_outer_steps() {
    // Ten values in steps of 11.1 %: 11.1 / 5 + 0.5 and 100 − 11.1 / 5 − 0.5.
    let ten = with_scale(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 1, "sum", 1);
    let bounds = grain::bounds(&ten, FIRST, K);
    assert!((bounds.low - 100.0 / 9.0).abs() < 1e-9 && (bounds.high - 800.0 / 9.0).abs() < 1e-9, "{bounds:?}");
    let cells = |people: [f64; 5]| match &cells(&ten, &people)[0].1 {
        Cell::Value(sums) => (sums.sums[0] - noise_of(&ten, 5)) as f64 / 5e6,
        other => panic!("{other:?}"),
    };
    assert!((cells([1.0; 5]) - (100.0 / 9.0 / 5.0 + 0.5)).abs() < 1e-5);
    assert!((cells([10.0; 5]) - (100.0 - 100.0 / 9.0 / 5.0 - 0.5)).abs() < 1e-5);
    assert!((cells([5.0; 5]) - 400.0 / 9.0).abs() < 1e-5, "nothing else is moved");
}

/// A questionnaire with a scale that has means: arbitrary options, items and cut-offs.
fn fine() -> impl Strategy<Value = (Instrument, bool)> {
    let options = prop::collection::btree_set(0..60_i32, 2..7);
    let shape = (options, 2..9_usize, any::<bool>(), any::<Index>(), any::<Index>());
    let made = shape.prop_map(|(options, items, limits, medium, high)| {
        let options: Vec<i32> = options.into_iter().collect();
        let plain = with_scale(&options, items, "sum", items);
        let (min, max) = plain.range(FIRST);
        let inner = (max - min) as usize;
        let (a, b) = (min as i32 + 1 + medium.index(inner) as i32, min as i32 + 1 + high.index(inner) as i32);
        match limits {
            true => (with_limits(&options, items, a.min(b), a.max(b)), true),
            false => (plain, false),
        }
    });
    made.prop_filter("a scale with means", |(instrument, _)| grain::form(instrument, FIRST) == Form::Mean)
}

proptest! {
    /// For any options and cut-offs: a block in which all are low, or all are high,
    /// must be indistinguishable from one in which somebody is not.
    #[test]
    fn no_mean_says_that_everybody_is_at_one_end((instrument, has_limits) in fine()) {
        let values = instrument.complete_values(FIRST);
        let end = |raw: &f64| scoring::level(&instrument, FIRST, *raw);
        let differs = |raw: &&f64, from: f64| if has_limits { end(raw) != end(&from) } else { **raw != from };
        let (bottom, top) = (values[0], values[values.len() - 1]);
        if let Some(other) = values.iter().find(|raw| differs(raw, bottom)) {
            let cell = |last: f64| cells(&instrument, &[bottom, bottom, bottom, bottom, last]);
            prop_assert_eq!(&cell(bottom)[0], &cell(*other)[0]);
        }
        if let Some(other) = values.iter().rev().find(|raw| differs(raw, top)) {
            let cell = |last: f64| cells(&instrument, &[top, top, top, top, last]);
            prop_assert_eq!(&cell(top)[0], &cell(*other)[0]);
        }
    }

    /// Two campaigns, the second without one of the people: on a scale that HR
    /// constructed to learn that person's answer, the published shares are the same for
    /// any answer.
    #[test]
    fn shares_of_a_wide_block_and_of_all_but_one_do_not_tell_the_last_ones_value(
        options in 2..10_usize, people in prop::collection::vec(any::<Index>(), 5..8),
    ) {
        let offered: Vec<i32> = (0..options as i32).collect();
        let instrument = with_scale(&offered, 1, "sum", 1);
        let mut people: Vec<f64> = people.iter().map(|one| one.index(options) as f64).collect();
        let told = |people: &[f64]| (cells(&instrument, people), published(&instrument, people).deviations);
        let before = told(&people);
        let last = people.len() - 1;
        for value in 0..options {
            people[last] = value as f64;
            prop_assert_eq!(&told(&people), &before, "fewer than ten people are in no share");
        }
    }
}

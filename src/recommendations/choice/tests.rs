//! The choice from the shipped library, for every combination of levels.

use super::*;
use crate::{
    instruments::Answers,
    library::{self, Audience, Item},
};
use std::collections::{BTreeMap, HashMap};

const SHIPPED: &str = include_str!("../../../instruments/hearth-20.toml");
/// Low, medium and high sums of each dimension.
const SUMS: [[i32; 3]; 3] = [[12, 27, 40], [7, 15, 22], [8, 18, 27]];

fn items() -> Vec<Item> {
    let (mut items, _) = library::shipped().unwrap();
    items.retain(|item| item.audience == Audience::Person);
    items
}

fn candidates(items: &[Item]) -> Vec<Candidate> {
    let candidate = |(index, item): (usize, &Item)| Candidate {
        id: ItemId(index as i64),
        category: item.category,
        dimensions: item.dimensions.clone(),
        levels: item.levels.clone(),
    };
    items.iter().enumerate().map(candidate).collect()
}

fn strain_of(sums: [i32; 3]) -> Strain {
    let instrument = Instrument::parse(SHIPPED).unwrap();
    let spread = |sum: i32, items: i32| (0..items).map(move |item| sum / items + i32::from(item < sum % items));
    let values = spread(sums[0], 9).chain(spread(sums[1], 5)).chain(spread(sums[2], 6));
    let given: BTreeMap<usize, String> = values.map(|value| value.to_string()).enumerate().collect();
    let answers = Answers::parse(&instrument, &given).unwrap();
    Strain::of(&instrument, &scoring::score(&instrument, &answers))
}

/// Every combination of levels of the three dimensions.
fn every_strain() -> Vec<Strain> {
    let one = |index: usize| strain_of([SUMS[0][index % 3], SUMS[1][index / 3 % 3], SUMS[2][index / 9]]);
    (0..27).map(one).collect()
}

fn worst(strain: &Strain) -> (Dimension, Level) {
    let (dimension, _, level) = by_strain(strain)[0];
    (dimension, level)
}

#[test]
fn everyone_gets_five_to_seven_from_two_categories_without_doubles() {
    let items = items();
    for strain in every_strain() {
        let chosen = choose(&candidates(&items), &strain);
        assert!((5..=7).contains(&chosen.len()), "{strain:?}: {}", chosen.len());
        let unique: HashSet<_> = chosen.iter().map(|(id, _)| id).collect();
        assert_eq!(unique.len(), chosen.len(), "{strain:?}");
        let categories: HashSet<_> = chosen.iter().map(|(id, _)| items[id.0 as usize].category).collect();
        assert!(categories.len() >= 2, "{strain:?}: {categories:?}");
    }
}

#[test]
fn professional_help_comes_exactly_when_something_is_high() {
    let items = items();
    for strain in every_strain() {
        let high =
            strain.level == Some(Level::High) || strain.dimensions.iter().any(|(_, _, level)| *level == Level::High);
        assert_eq!(strain.help_first(), high);
        let chosen = choose(&candidates(&items), &strain);
        let help: Vec<_> = chosen
            .iter()
            .map(|(id, _)| &items[id.0 as usize])
            .filter(|item| item.category == Category::ProfessionalHelp)
            .collect();
        assert_eq!(help.len(), usize::from(high), "{strain:?}");
        assert!(help.iter().all(|item| item.key != "urgent-help"), "a doctor before the emergency number");
    }
}

#[test]
fn the_worst_dimension_is_first_and_most_helped() {
    let items = items();
    for strain in every_strain() {
        let chosen = choose(&candidates(&items), &strain);
        let (dimension, level) = worst(&strain);
        let helps = |id: &ItemId, wanted: Dimension| items[id.0 as usize].dimensions.contains(&wanted);
        assert!(helps(&chosen[0].0, dimension), "{strain:?}");
        assert_eq!(chosen[0].1, priority(level), "{strain:?}");
        let count = |wanted: Dimension| chosen.iter().filter(|(id, _)| helps(id, wanted)).count();
        assert!(count(dimension) * 2 >= chosen.len(), "{strain:?}: {}", count(dimension));
    }
}

#[test]
fn an_item_fits_a_level_of_its_dimensions_and_has_that_priority() {
    let items = items();
    for strain in every_strain() {
        for (id, given) in choose(&candidates(&items), &strain) {
            let item = &items[id.0 as usize];
            let explains = |(dimension, _, level): &(Dimension, f64, Level)| {
                item.dimensions.contains(dimension) && item.levels.contains(level) && priority(*level) == given
            };
            assert!(strain.dimensions.iter().any(explains), "{} for {strain:?} as {given:?}", item.key);
        }
    }
}

#[test]
fn the_same_result_gets_the_same_list_in_whatever_order_the_library_comes() {
    let items = items();
    for strain in every_strain() {
        let mut shelf = candidates(&items);
        let chosen = choose(&shelf, &strain);
        assert_eq!(choose(&shelf, &strain), chosen);
        shelf.reverse();
        assert_eq!(choose(&shelf, &strain), chosen);
        shelf.rotate_left(17);
        assert_eq!(choose(&shelf, &strain), chosen);
    }
}

#[test]
fn somebody_who_does_everything_still_gets_a_full_list_the_next_time() {
    let items = items();
    for strain in every_strain() {
        let mut shelf = candidates(&items);
        for round in 0..3 {
            let chosen = choose(&shelf, &strain);
            assert!(chosen.len() >= 5, "round {round} of {strain:?}: {}", chosen.len());
            let done: HashSet<_> = chosen.into_iter().map(|(id, _)| id).collect();
            shelf.retain(|item| !done.contains(&item.id));
        }
    }
}

#[test]
fn an_empty_library_gives_an_empty_list() {
    for strain in every_strain() {
        assert_eq!(choose(&[], &strain), []);
    }
}

#[test]
fn an_instrument_without_our_dimensions_still_gets_a_list() {
    let items = items();
    for (level, count) in [(Some(Level::High), 7), (Some(Level::Medium), 6), (Some(Level::Low), 5), (None, 5)] {
        let strain = Strain { level, dimensions: Vec::new() };
        let chosen = choose(&candidates(&items), &strain);
        assert_eq!(chosen.len(), count);
        let categories: HashMap<_, usize> = chosen.iter().fold(HashMap::new(), |mut counts, (id, _)| {
            *counts.entry(items[id.0 as usize].category).or_default() += 1;
            counts
        });
        assert!(categories.len() >= 2);
        assert_eq!(categories.contains_key(&Category::ProfessionalHelp), level == Some(Level::High));
    }
}

#[test]
fn without_a_total_the_worst_dimension_decides_how_much() {
    let instrument = Instrument::parse(include_str!("../../../tests/fixtures/instruments/mbi-like-16.toml")).unwrap();
    let worst: BTreeMap<usize, String> = instrument
        .items
        .iter()
        .enumerate()
        .map(|(index, item)| (index, if item.reversed { "0" } else { "6" }.to_owned()))
        .collect();
    let score = scoring::score(&instrument, &Answers::parse(&instrument, &worst).unwrap());
    let strain = Strain::of(&instrument, &score);
    assert_eq!((score.level, strain.level), (None, Some(Level::High)));
    assert!(strain.help_first());
}

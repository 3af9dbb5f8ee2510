//! The scoring rules of the shipped questionnaire as tables, the rules for other
//! shapes, and properties that hold for any answers.

use super::*;
use Level::{High, Low, Medium};
use proptest::prelude::*;
use std::collections::BTreeMap;

const SHIPPED: &str = include_str!("../../../instruments/hearth-20.toml");
const CBI: &str = include_str!("../../../tests/fixtures/instruments/cbi-like.toml");
const OLBI: &str = include_str!("../../../tests/fixtures/instruments/olbi-like.toml");
const BAT_12: &str = include_str!("../../../tests/fixtures/instruments/bat-12-like.toml");
const MBI_22: &str = include_str!("../../../tests/fixtures/instruments/mbi-like-22.toml");
const MBI_16: &str = include_str!("../../../tests/fixtures/instruments/mbi-like-16.toml");
const SINGLE: &str = include_str!("../../../tests/fixtures/instruments/single-item.toml");

fn instrument(source: &str) -> Instrument {
    Instrument::parse(source).unwrap()
}

/// Answers by item; a missing one is left out.
fn answers(instrument: &Instrument, given: &[Option<i32>]) -> Answers {
    let given: BTreeMap<usize, String> =
        given.iter().enumerate().filter_map(|(item, value)| Some((item, (*value)?.to_string()))).collect();
    Answers::parse(instrument, &given).unwrap()
}

/// The score of values given for every item.
fn scored(instrument: &Instrument, values: &[i32]) -> Score {
    score(instrument, &answers(instrument, &values.iter().copied().map(Some).collect::<Vec<_>>()))
}

/// Answers from 1 to 5 with this sum.
fn spread(sum: i32, items: i32) -> Vec<i32> {
    (0..items).map(|item| sum / items + i32::from(item < sum % items)).collect()
}

/// `hearth-20` with these three sums.
fn hearth(ee: i32, dp: i32, ra: i32) -> Score {
    let values = [spread(ee, 9), spread(dp, 5), spread(ra, 6)].concat();
    let score = scored(&instrument(SHIPPED), &values);
    assert_eq!(score.subscales, [ee, dp, ra].map(|sum| Some(f64::from(sum))));
    score
}

#[test]
fn the_example_of_the_first_product_is_high() {
    let score = hearth(35, 20, 23);
    assert_eq!((score.total, score.level), (Some(78.0), Some(Level::High)));
    assert_eq!(score.profile, Some(Profile::Burnout));
}

#[test]
fn levels_change_at_fifty_and_seventy() {
    let cases = [
        (9, 5, 6, 20, Level::Low),
        (22, 12, 15, 49, Level::Low),
        (23, 12, 15, 50, Level::Medium),
        (31, 17, 21, 69, Level::Medium),
        (32, 17, 21, 70, Level::High),
        (45, 25, 30, 100, Level::High),
    ];
    for (ee, dp, ra, total, level) in cases {
        let score = hearth(ee, dp, ra);
        assert_eq!((score.total, score.level), (Some(f64::from(total)), Some(level)), "{ee} {dp} {ra}");
    }
}

#[test]
fn each_dimension_has_its_own_limits() {
    let shipped = instrument(SHIPPED);
    let cases = [
        (0, [(9.0, Low), (22.0, Low), (23.0, Medium), (31.0, Medium), (32.0, High), (45.0, High)]),
        (1, [(5.0, Low), (12.0, Low), (13.0, Medium), (17.0, Medium), (18.0, High), (25.0, High)]),
        (2, [(6.0, Low), (14.0, Low), (15.0, Medium), (20.0, Medium), (21.0, High), (30.0, High)]),
    ];
    for (subscale, levels) in cases {
        for (raw, expected) in levels {
            assert_eq!(level(&shipped, Scale::Subscale(subscale), raw), Some(expected), "{subscale}: {raw}");
        }
    }
}

#[test]
fn the_pattern_of_the_dimensions_gives_the_profile() {
    let (ee, dp, ra) = (
        [(9, Low), (23, Medium), (32, High)],
        [(5, Low), (13, Medium), (18, High)],
        [(6, Low), (15, Medium), (21, High)],
    );
    for (e, ee_level) in ee {
        for (d, dp_level) in dp {
            for (r, ra_level) in ra {
                let expected = match (ee_level, dp_level, ra_level) {
                    (High, High, _) => Profile::Burnout,
                    (High, _, _) => Profile::Overextended,
                    (_, High, _) => Profile::Disengaged,
                    (_, _, High) => Profile::Ineffective,
                    (Low, Low, Low) => Profile::Engaged,
                    _ => Profile::Balanced,
                };
                assert_eq!(hearth(e, d, r).profile, Some(expected), "{e} {d} {r}");
            }
        }
    }
}

#[test]
fn a_low_total_can_hide_a_high_dimension() {
    let score = hearth(32, 5, 6);
    assert_eq!((score.level, score.profile), (Some(Level::Low), Some(Profile::Overextended)));
}

#[test]
fn percent_of_range_goes_from_end_to_end() {
    let shipped = instrument(SHIPPED);
    for (scale, raw, expected) in [
        (Scale::Subscale(0), 9.0, 0.0),
        (Scale::Subscale(0), 27.0, 50.0),
        (Scale::Subscale(0), 45.0, 100.0),
        (Scale::Total, 50.0, 37.5),
        (Scale::Total, 70.0, 62.5),
    ] {
        assert_eq!(percents(&shipped, scale)(raw), expected);
        assert_eq!(strain(&shipped, scale, raw), expected, "higher is worse here");
    }
}

#[test]
fn a_reversed_item_counts_the_other_way_round() {
    let olbi = instrument(OLBI);
    let (all_low, all_high) = (scored(&olbi, &[1; 16]), scored(&olbi, &[4; 16]));
    assert_eq!(all_low.subscales, [Some(2.5), Some(2.5)], "half of the items say the opposite");
    assert_eq!(all_high.subscales, all_low.subscales);
    let worst: Vec<i32> = olbi.items.iter().map(|item| if item.reversed { 1 } else { 4 }).collect();
    assert_eq!(scored(&olbi, &worst).subscales, [Some(4.0), Some(4.0)]);
    let mbi = instrument(MBI_16);
    let worst: Vec<i32> = mbi.items.iter().map(|item| if item.reversed { 0 } else { 6 }).collect();
    let score = scored(&mbi, &worst);
    assert_eq!(score.subscales, [Some(30.0), Some(30.0), Some(36.0)]);
    assert_eq!((score.total, score.profile), (None, Some(Profile::Burnout)));
}

#[test]
fn on_a_better_scale_strain_is_what_is_missing() {
    let mbi = instrument(MBI_22);
    let accomplishment = Scale::Subscale(2);
    let cases = [
        (0.0, Level::High, 100.0),
        (31.0, Level::High, 35.4),
        (32.0, Level::Medium, 33.3),
        (38.0, Level::Medium, 20.8),
        (39.0, Level::Low, 18.75),
        (48.0, Level::Low, 0.0),
    ];
    for (raw, expected, strained) in cases {
        assert_eq!(level(&mbi, accomplishment, raw), Some(expected), "{raw}");
        assert!((strain(&mbi, accomplishment, raw) - strained).abs() < 0.1, "{raw}");
    }
    // No exhaustion, no detachment, but no accomplishment either.
    let score = scored(&mbi, &[0; 22]);
    assert_eq!(score.profile, Some(Profile::Ineffective));
}

#[test]
fn a_subscale_with_too_few_answers_has_no_score() {
    let cbi = instrument(CBI);
    let given = |counts: [usize; 3]| -> Vec<Option<i32>> {
        let mut left = counts;
        let subscale = |item: usize| (0..3).find(|&index| cbi.items_of(index).any(|other| other == item)).unwrap();
        (0..19)
            .map(|item| {
                let left = &mut left[subscale(item)];
                let answered = *left > 0;
                *left -= usize::from(answered);
                answered.then_some(75)
            })
            .collect()
    };
    let cases = [
        ([6, 7, 6], [true, true, true]),
        ([3, 4, 3], [true, true, true]),
        ([2, 4, 3], [false, true, true]),
        ([3, 3, 3], [true, false, true]),
        ([0, 7, 2], [false, true, false]),
    ];
    for (counts, scores) in cases {
        let score = score(&cbi, &answers(&cbi, &given(counts)));
        let found: Vec<_> = score.subscales.iter().map(Option::is_some).collect();
        assert_eq!(found, scores, "{counts:?}");
        assert_eq!((score.total, score.level, score.profile), (None, None, None));
    }
    let half = score(&cbi, &answers(&cbi, &given([3, 7, 6])));
    assert_eq!(half.subscales[0], Some(75.0), "a mean is over the answers there are");
}

#[test]
fn without_one_subscale_there_is_no_total_and_no_level() {
    let lenient = BAT_12.replace("minimum_answered = 3", "minimum_answered = 2");
    let bat = instrument(&lenient);
    let mut given = vec![Some(5); 12];
    given[0] = None;
    let one_missing = score(&bat, &answers(&bat, &given));
    assert_eq!((one_missing.total, one_missing.level), (Some(5.0), Some(Level::High)));
    given[1] = None;
    let two_missing = score(&bat, &answers(&bat, &given));
    assert_eq!(two_missing.subscales, [None, Some(5.0), Some(5.0), Some(5.0)]);
    assert_eq!((two_missing.total, two_missing.level), (None, None));
}

#[test]
fn a_total_mean_is_the_mean_of_the_items() {
    // Three subscales of 3, one of which lost an item: the mean of the
    // subscales would be 2, the mean of the eleven items is 23/11.
    let bat = instrument(&BAT_12.replace("minimum_answered = 3", "minimum_answered = 2"));
    let mut given = [vec![Some(5); 3], vec![Some(1); 9]].concat();
    given[3] = None;
    let total = score(&bat, &answers(&bat, &given)).total.unwrap();
    assert!((total - 23.0 / 11.0).abs() < 1e-9, "{total}");
}

#[test]
fn limits_of_a_mean_belong_to_the_upper_band() {
    let bat = instrument(BAT_12);
    let cases = [
        (1.0, Level::Low),
        (2.53, Level::Low),
        (2.54, Level::Medium),
        (2.95, Level::Medium),
        (2.96, Level::High),
        (5.0, Level::High),
    ];
    for (raw, expected) in cases {
        assert_eq!(level(&bat, Scale::Total, raw), Some(expected), "{raw}");
    }
}

#[test]
fn a_single_item_is_a_questionnaire() {
    let single = instrument(SINGLE);
    for (answer, expected) in [(1, Level::Low), (2, Level::Low), (3, Level::High), (5, Level::High)] {
        let score = scored(&single, &[answer]);
        assert_eq!((score.total, score.level, score.profile), (Some(f64::from(answer)), Some(expected), None));
    }
}

#[test]
fn a_sum_with_a_gap_stands_for_all_its_items() {
    assert_eq!(aggregate(Aggregate::Sum, &[4.0, 4.0], 3), 12.0);
    assert_eq!(aggregate(Aggregate::Sum, &[1.0, 2.0, 3.0], 3), 6.0);
    assert_eq!(aggregate(Aggregate::Mean, &[1.0, 2.0], 3), 1.5);
}

fn any_source() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![SHIPPED, CBI, OLBI, BAT_12, MBI_22, MBI_16, SINGLE])
}

/// An instrument with a choice for each item, as its place among the options.
fn answered() -> impl Strategy<Value = (Instrument, Vec<usize>)> {
    any_source().prop_flat_map(|source| {
        let instrument = instrument(source);
        let choices: Vec<_> =
            (0..instrument.items.len()).map(|item| 0..instrument.options_of(item).choices.len()).collect();
        (Just(instrument), choices)
    })
}

fn values(instrument: &Instrument, chosen: &[usize]) -> Vec<i32> {
    chosen.iter().enumerate().map(|(item, &choice)| instrument.options_of(item).choices[choice].value).collect()
}

fn raw(score: &Score, scale: Scale) -> f64 {
    match scale {
        Scale::Subscale(index) => score.subscales[index].unwrap(),
        Scale::Total => score.total.unwrap(),
    }
}

proptest! {
    #[test]
    fn every_value_stays_within_its_scale((instrument, chosen) in answered()) {
        let score = scored(&instrument, &values(&instrument, &chosen));
        for scale in instrument.scales() {
            let (min, max) = instrument.range(scale);
            let value = raw(&score, scale);
            prop_assert!((min..=max).contains(&value), "{value} outside {min}..{max}");
            prop_assert!((0.0..=100.0).contains(&strain(&instrument, scale, value)));
            prop_assert_eq!(level(&instrument, scale, value).is_some(), !instrument.bands(scale).is_empty());
        }
    }

    #[test]
    fn a_worse_answer_never_makes_a_better_result((instrument, chosen) in answered(), place in any::<proptest::sample::Index>()) {
        let item = place.index(chosen.len());
        let subscale = (0..instrument.subscales.len()).find(|&index| instrument.items_of(index).any(|other| other == item)).unwrap();
        let worse_is_higher = (instrument.direction(Scale::Subscale(subscale)) == Direction::HigherIsWorse) != instrument.items[item].reversed;
        let last = instrument.options_of(item).choices.len() - 1;
        let mut worse = chosen.clone();
        worse[item] = if worse_is_higher { (chosen[item] + 1).min(last) } else { chosen[item].saturating_sub(1) };
        let before = scored(&instrument, &values(&instrument, &chosen));
        let after = scored(&instrument, &values(&instrument, &worse));
        for scale in instrument.scales() {
            let (from, to) = (raw(&before, scale), raw(&after, scale));
            prop_assert!(strain(&instrument, scale, to) >= strain(&instrument, scale, from) - 1e-9);
            prop_assert!(level(&instrument, scale, to) >= level(&instrument, scale, from));
        }
        prop_assert!(after.level >= before.level);
    }

    #[test]
    fn it_does_not_matter_which_item_of_a_subscale_got_which_answer(
        values in proptest::collection::vec(1..=5, 20), seed in any::<u64>(),
    ) {
        let shipped = instrument(SHIPPED);
        let mut shuffled = values.clone();
        let mut state = seed | 1;
        for range in [0..9, 9..14, 14..20] {
            let part = &mut shuffled[range];
            for last in (1..part.len()).rev() {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                part.swap(last, (state >> 33) as usize % (last + 1));
            }
        }
        prop_assert_eq!(scored(&shipped, &values), scored(&shipped, &shuffled));
    }
}

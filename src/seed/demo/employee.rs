//! The two years of employee@hearth.example, written by hand: a calm year, then
//! exhaustion rises, one change exceeds measurement error and lasts, and after a rest it
//! is partly better. The latest result is overextended with a medium total, so help is
//! shown first.

use crate::{
    domain::Dimension,
    instruments::{Answers, instrument::Instrument},
    pulse::Pulse,
    seed::temper,
};
use chrono::{Days, NaiveDate};

/// Sums of exhaustion, depersonalization and reduced accomplishment per round. The rise
/// of exhaustion from 24 to 32 exceeds measurement error, and 34 confirms it.
pub const SUMS: [[usize; 3]; 24] = [
    [16, 8, 11],
    [15, 8, 10],
    [17, 8, 11],
    [18, 9, 11],
    [16, 8, 11],
    [15, 7, 10],
    [16, 8, 11],
    [18, 8, 12],
    [19, 9, 12],
    [17, 8, 11],
    [16, 8, 11],
    [17, 8, 12],
    [17, 8, 11],
    [18, 9, 11],
    [19, 8, 12],
    [21, 9, 12],
    [24, 10, 12],
    [32, 11, 14],
    [34, 12, 14],
    [37, 13, 15],
    [39, 15, 16],
    [42, 16, 17],
    [41, 16, 17],
    [33, 14, 15],
];

/// Completed recommendations: number of the check-up, place on the list, after how many
/// days.
const DONE: [(usize, usize, u64); 6] = [(2, 1, 8), (8, 0, 5), (17, 2, 6), (19, 1, 9), (21, 3, 4), (22, 1, 12)];

/// Burnout, stress and productivity of the two weeks before today.
const PULSES: [[i16; 3]; 14] = [
    [74, 78, 44],
    [76, 80, 41],
    [72, 74, 46],
    [70, 71, 48],
    [61, 52, 40],
    [58, 48, 38],
    [69, 70, 50],
    [68, 72, 52],
    [66, 67, 51],
    [67, 69, 55],
    [63, 64, 56],
    [55, 45, 42],
    [52, 41, 45],
    [62, 66, 58],
];

/// The answers of one round: spread as evenly as the sums allow, with the higher
/// answers on other items each time.
pub fn answers(instrument: &Instrument, round: usize) -> Answers {
    temper::complete(instrument, |item, _| {
        let subscale = (0..instrument.subscales.len())
            .find(|&index| instrument.items_of(index).any(|own| own == item))
            .unwrap_or(0);
        let items: Vec<usize> = instrument.items_of(subscale).collect();
        let place = items.iter().position(|&own| own == item).unwrap_or(0);
        let sum = match instrument.subscales[subscale].dimension {
            Some(Dimension::Depersonalization) => SUMS[round][1],
            Some(Dimension::ReducedAccomplishment) => SUMS[round][2],
            _ => SUMS[round][0],
        };
        let above_lowest = sum - items.len(); // the lowest answer is 1
        above_lowest / items.len() + usize::from((place + round) % items.len() < above_lowest % items.len())
    })
}

/// After how many days the item at this place of a check-up's list was completed.
pub fn done(check_up: usize, place: usize) -> Option<u64> {
    DONE.iter().find(|(number, item, _)| (*number, *item) == (check_up, place)).map(|(_, _, days)| *days)
}

/// One pulse for each of the last 14 days; today's is still missing.
pub fn pulses(today: NaiveDate) -> Vec<Pulse> {
    let ago = |place: usize| Days::new((PULSES.len() - place) as u64);
    let pulse = |(place, &[burnout, stress, productivity]): (usize, &[i16; 3])| Pulse {
        day: today - ago(place),
        burnout,
        stress,
        productivity,
    };
    PULSES.iter().enumerate().map(pulse).collect()
}

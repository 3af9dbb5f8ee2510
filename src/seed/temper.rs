//! How a made-up person feels and answers. What somebody is like, the climate
//! of the department and the day's mood add up to a load, and the load to
//! answers; so people differ, colleagues resemble each other, and the answers of
//! one person belong together as real ones do.

use crate::{
    domain::Dimension,
    instruments::{
        Answers,
        instrument::{Direction, Instrument},
    },
    pulse::Pulse,
    seed::chance::Chance,
};
use chrono::NaiveDate;

/// How far people of one department are apart.
const PERSON: f64 = 0.10;
/// How far a person's three dimensions are apart.
const DIMENSION: f64 = 0.05;
/// How much a person's load differs from one day to another.
const DAY: f64 = 0.04;
/// How much the answers of one check-up differ.
const ITEM: f64 = 0.13;

/// How strained somebody is, 0 to 1 of each dimension's range, more or less.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    exhaustion: f64,
    detachment: f64,
    accomplishment: f64,
}

impl Load {
    fn on(self, dimension: Option<Dimension>) -> f64 {
        match dimension {
            Some(Dimension::EmotionalExhaustion) => self.exhaustion,
            Some(Dimension::Depersonalization) => self.detachment,
            Some(Dimension::ReducedAccomplishment) => self.accomplishment,
            None => (self.exhaustion + self.detachment + self.accomplishment) / 3.0,
        }
    }
}

/// What stays with a person.
#[derive(Clone, Copy, Debug)]
pub struct Temper {
    level: f64,
    exhaustion: f64,
    detachment: f64,
    accomplishment: f64,
}

impl Temper {
    pub fn draw(chance: &mut Chance) -> Self {
        Self {
            level: PERSON * chance.normal(),
            exhaustion: DIMENSION * chance.normal(),
            detachment: DIMENSION * chance.normal(),
            accomplishment: DIMENSION * chance.normal(),
        }
    }

    /// The load on a day when the department's climate is `climate`. Exhaustion
    /// follows it first, distance and doubt more slowly.
    pub fn load(&self, climate: f64, chance: &mut Chance) -> Load {
        let common = climate + self.level + DAY * chance.normal();
        Load {
            exhaustion: 0.04 + common + self.exhaustion,
            detachment: 0.80 * common + self.detachment,
            accomplishment: 0.04 + 0.75 * common + self.accomplishment,
        }
    }
}

/// Every item answered from the load.
pub fn answers(instrument: &Instrument, load: Load, chance: &mut Chance) -> Answers {
    complete(instrument, |item, steps| {
        let subscale =
            instrument.subscales.iter().find(|subscale| Some(&subscale.id) == instrument.items[item].subscale.as_ref());
        let strain = load.on(subscale.and_then(|subscale| subscale.dimension)) + liking(item) + ITEM * chance.normal();
        let higher_is_better = subscale.is_some_and(|subscale| subscale.direction == Direction::HigherIsBetter);
        let step = (strain.clamp(0.0, 1.0) * steps as f64).round() as usize;
        if instrument.items[item].reversed != higher_is_better { steps - step } else { step }
    })
}

/// Some statements are agreed with more easily than others.
fn liking(item: usize) -> f64 {
    0.02 * ((item * 7 % 5) as f64 - 2.0)
}

/// An answer to every item: `step` chooses among its values, from 0 to the
/// given last step.
pub fn complete(instrument: &Instrument, mut step: impl FnMut(usize, usize) -> usize) -> Answers {
    let given = (0..instrument.items.len())
        .map(|item| {
            let choices = &instrument.options_of(item).choices;
            let last = choices.len() - 1; // a set of answers has at least two
            (item, choices[step(item, last).min(last)].value.to_string())
        })
        .collect();
    Answers::parse(instrument, &given).expect("every item has one of its own values")
}

/// How a day feels under a load.
pub fn pulse(load: Load, day: NaiveDate, chance: &mut Chance) -> Pulse {
    let mut felt = |share: f64| (100.0 * share + 7.0 * chance.normal()).round().clamp(0.0, 100.0) as i16;
    Pulse {
        day,
        burnout: felt(0.8 * load.exhaustion + 0.2 * load.detachment),
        stress: felt(load.exhaustion + 0.06),
        productivity: felt(0.95 - 0.7 * load.accomplishment),
    }
}

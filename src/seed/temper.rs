//! How a generated person feels and answers. The person's disposition, the climate of
//! the department and the mood of the day add up to a load, and the load determines the
//! answers. So people differ, colleagues resemble each other, and one person's answers
//! correlate as real ones do.

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

/// Standard deviation between the people of a department.
const PERSON: f64 = 0.10;
/// Standard deviation between a person's three dimensions.
const DIMENSION: f64 = 0.05;
/// Standard deviation of a person's load from day to day.
const DAY: f64 = 0.04;
/// Standard deviation of the answers within one check-up.
const ITEM: f64 = 0.13;

/// How strained somebody is, for each dimension about 0 to 1 of its range.
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

/// The lasting disposition of a person.
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

    /// The load on a day with this climate in the department. Exhaustion follows the
    /// climate most closely, the other dimensions less.
    pub fn load(&self, climate: f64, chance: &mut Chance) -> Load {
        let common = climate + self.level + DAY * chance.normal();
        Load {
            exhaustion: 0.04 + common + self.exhaustion,
            detachment: 0.80 * common + self.detachment,
            accomplishment: 0.04 + 0.75 * common + self.accomplishment,
        }
    }
}

/// Answers to all items under a load.
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

/// How much easier it is to agree with this item than with others.
fn liking(item: usize) -> f64 {
    0.02 * ((item * 7 % 5) as f64 - 2.0)
}

/// Answers to all items; `step(item, last)` chooses the index of the option, from 0 to
/// `last`.
pub fn complete(instrument: &Instrument, mut step: impl FnMut(usize, usize) -> usize) -> Answers {
    let given = (0..instrument.items.len())
        .map(|item| {
            let choices = &instrument.options_of(item).choices;
            let last = choices.len() - 1; // an option set has at least two choices
            (item, choices[step(item, last).min(last)].value.to_string())
        })
        .collect();
    Answers::parse(instrument, &given).expect("every item has one of its own values")
}

/// The pulse of a day under a load.
pub fn pulse(load: Load, day: NaiveDate, chance: &mut Chance) -> Pulse {
    let mut felt = |share: f64| (100.0 * share + 7.0 * chance.normal()).round().clamp(0.0, 100.0) as i16;
    Pulse {
        day,
        burnout: felt(0.8 * load.exhaustion + 0.2 * load.detachment),
        stress: felt(load.exhaustion + 0.06),
        productivity: felt(0.95 - 0.7 * load.accomplishment),
    }
}

//! The noise on published means. Who answers changes from period to period, so every
//! period adds an equation about nearly the same people; over months the answers of one
//! person could be solved for. A little noise on the sum of every block prevents it. It
//! is computed from a secret key and the people who are counted (statistical offices
//! call this the cell-key method, Fraser & Wooton 2005), never from what they answered:
//! the same people always get the same noise, so repeating a figure tells nothing more.
//! In whole numbers, so that every machine computes the same.

use crate::{
    db::{installation, types::pg_code},
    domain::{PeriodKind, Rhythm, codes::coded},
    error::AppError,
    instruments::instrument::{Instrument, Scale},
};
use diesel::PgConnection;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::{cell::RefCell, collections::HashMap, fmt::Write as _};

coded! {
    /// What is published: how large its groups are and how strong its noise is.
    NoiseKind { Campaign = "campaign", Quarterly = "quarterly", Month = "month", Pulse = "pulse" }
}

pg_code!(NoiseKind);

/// The standard deviation between people where a questionnaire declares none, in
/// millionths of a percent of range; of the daily note.
const DEVIATION: i64 = 18_000_000;
const PULSE_DEVIATION: i64 = 20_000_000;
/// The standard deviation of the sum of two draws, each of which is twice the sum of
/// sixteen uniform 16-bit numbers.
const TWO_DRAWS: i128 = 214_040;
/// In a month and in the daily note a group has at least this many times the smallest
/// group: they come twelve times a year.
const MONTHLY_GROUPS: u64 = 8;

impl NoiseKind {
    /// Of a period; `rhythm` is how often campaigns come.
    pub fn of(kind: PeriodKind, rhythm: Rhythm) -> Self {
        match (kind, rhythm) {
            (PeriodKind::Month, _) => Self::Month,
            (PeriodKind::Campaign, Rhythm::Twice) => Self::Campaign,
            (PeriodKind::Campaign, Rhythm::Quarterly) => Self::Quarterly,
        }
    }

    /// The smallest number of people in a block, from the smallest group `k`.
    pub fn least(self, k: u64) -> u64 {
        match self {
            Self::Campaign | Self::Quarterly => k,
            Self::Month | Self::Pulse => MONTHLY_GROUPS * k,
        }
    }

    /// The variance of a block's noise in units of k times the variance of one person.
    fn strength(self) -> f64 {
        match self {
            Self::Campaign => 1.25,
            Self::Quarterly => 3.2,
            Self::Month | Self::Pulse => 7.2,
        }
    }

    /// The standard deviation of the noise of one block's sum, in the unit of
    /// `deviation`, which is that between people.
    pub fn scale(self, deviation: i64, k: u64) -> i64 {
        ((self.strength() * k as f64).sqrt() * deviation as f64).round() as i64
    }
}

/// The key of all noise: 32 random bytes, made once for an installation. With it the
/// noise could be taken away again, so it is never printed.
#[derive(Clone)]
pub struct NoiseKey([u8; 32]);

impl NoiseKey {
    /// The key of this installation.
    ///
    /// # Errors
    /// Those of the database.
    pub fn load(conn: &mut PgConnection) -> Result<Self, AppError> {
        let stored = installation::noise_key(conn)?;
        let bytes = stored.try_into().map_err(|_| AppError::Internal(anyhow::anyhow!("the noise key has 32 bytes")))?;
        Ok(Self(bytes))
    }
}

impl From<[u8; 32]> for NoiseKey {
    fn from(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl std::fmt::Debug for NoiseKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NoiseKey(…)")
    }
}

/// The noise of one questionnaire, or of the daily note, in one period.
pub struct Noise<'a> {
    key: &'a NoiseKey,
    kind: NoiseKind,
    k: u64,
    /// `hearth-20/1.0`, or `pulse`.
    instrument: String,
}

/// The noise of the sums over the same people.
pub struct BlockNoise<'a> {
    noise: &'a Noise<'a>,
    people: String,
    /// Draws that were made, by what they are for: several scales share one, and so do a
    /// subscale and the total.
    drawn: RefCell<HashMap<String, i64>>,
}

impl<'a> Noise<'a> {
    pub fn new(key: &'a NoiseKey, kind: NoiseKind, k: u64, instrument: &Instrument) -> Self {
        Self::named(key, kind, k, format!("{}/{}", instrument.id, instrument.version))
    }

    /// Of the daily note.
    pub fn of_pulse(key: &'a NoiseKey, k: u64) -> Self {
        Self::named(key, NoiseKind::Pulse, k, "pulse".to_owned())
    }

    /// The smallest group.
    pub fn k(&self) -> u64 {
        self.k
    }

    pub fn kind(&self) -> NoiseKind {
        self.kind
    }

    /// The smallest number of people in a block.
    pub fn least(&self) -> u64 {
        self.kind.least(self.k)
    }

    /// Of a questionnaire by its name and version.
    pub(super) fn named(key: &'a NoiseKey, kind: NoiseKind, k: u64, instrument: String) -> Self {
        Self { key, kind, k, instrument }
    }

    /// Of the sums over these people, in any order. Whoever left before the period closed
    /// has no id; minus that of their check-up stands for it.
    pub fn of_block(&self, ids: Vec<i64>) -> BlockNoise<'_> {
        BlockNoise { noise: self, people: people(ids), drawn: RefCell::default() }
    }
}

impl BlockNoise<'_> {
    /// The noise of the sum of a scale, in millionths of a percent.
    pub fn of_scale(&self, instrument: &Instrument, scale: Scale) -> i64 {
        let one = |index: usize| {
            let scale = Scale::Subscale(index);
            self.of_measure(instrument.scale_id(scale), deviation(instrument, scale), false)
        };
        match scale {
            Scale::Subscale(index) => one(index),
            Scale::Total => {
                let weights = weights(instrument);
                let sum =
                    weights.iter().enumerate().map(|(index, weight)| i128::from(one(index)) * i128::from(*weight));
                nearest(sum.sum(), weights.iter().map(|weight| i128::from(*weight)).sum())
            }
        }
    }

    /// The noise of a measure of the daily note.
    pub fn of_note(&self, measure: &str, higher_is_better: bool) -> i64 {
        self.of_measure(measure, PULSE_DEVIATION, higher_is_better)
    }

    /// Half of the variance is common to all scales, because a person's values go
    /// together: noise of another shape would be partly solved by comparing scales. On
    /// a measure whose published number is better when it is higher, the common half
    /// has the other sign.
    fn of_measure(&self, what: &str, deviation: i64, higher_is_better: bool) -> i64 {
        let common = if higher_is_better { -self.draw("") } else { self.draw("") };
        let scale = self.noise.kind.scale(deviation, self.noise.k);
        nearest(i128::from(common + self.draw(what)) * i128::from(scale), TWO_DRAWS)
    }

    /// From −1,048,560 to 1,048,560, close to normal: twice the sum of sixteen uniform
    /// numbers, less its mean. What changes the scale of the noise is part of the text,
    /// since two scales of one draw could be solved for what lies under them.
    fn draw(&self, what: &str) -> i64 {
        let Noise { key, kind, k, instrument } = self.noise;
        *self.drawn.borrow_mut().entry(what.to_owned()).or_insert_with(|| {
            #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
            let mut mac = Hmac::<Sha256>::new_from_slice(&key.0).expect("a key");
            let kind = kind.code();
            mac.update(format!("hearth-noise-1\n{kind}\n{k}\n{instrument}\n{what}\n").as_bytes());
            mac.update(self.people.as_bytes());
            let digest = mac.finalize().into_bytes();
            let words = digest.as_chunks::<2>().0.iter().map(|word| i64::from(u16::from_be_bytes(*word)));
            2 * words.sum::<i64>() - 16 * 65_535
        })
    }
}

/// The people counted, as the noise names them: their ids, ascending.
fn people(mut ids: Vec<i64>) -> String {
    ids.sort_unstable();
    let mut text = String::with_capacity(17 * ids.len());
    for (index, id) in ids.into_iter().enumerate() {
        let separator = if index == 0 { "" } else { "," };
        let _ = write!(text, "{separator}{id}");
    }
    text
}

/// The standard deviation between people in millionths of a percent of range: as the
/// questionnaire declares it.
fn deviation(instrument: &Instrument, scale: Scale) -> i64 {
    let (min, max) = instrument.range(scale);
    instrument.sd(scale).map_or(DEVIATION, |sd| (1e8 * sd / (max - min)).round() as i64)
}

/// The part that each subscale has in the total: the range of its items together.
fn weights(instrument: &Instrument) -> Vec<i64> {
    let range = |item: usize| {
        let (min, max) = instrument.options_of(item).range();
        i64::from(max - min)
    };
    (0..instrument.subscales.len()).map(|index| instrument.items_of(index).map(range).sum()).collect()
}

/// The variance of the noise of one block's sum of a scale, in squared percent.
pub fn variance(kind: NoiseKind, k: u64, instrument: &Instrument, scale: Scale) -> f64 {
    let one = |index: usize| kind.scale(deviation(instrument, Scale::Subscale(index)), k) as f64 / 1e6;
    match scale {
        Scale::Subscale(index) => one(index).powi(2),
        Scale::Total => {
            let weights = weights(instrument);
            let all: i64 = weights.iter().sum();
            let part = |(index, weight): (usize, &i64)| one(index) * *weight as f64 / all as f64;
            let parts: Vec<f64> = weights.iter().enumerate().map(part).collect();
            let together = parts.iter().sum::<f64>().powi(2);
            (together + parts.iter().map(|part| part * part).sum::<f64>()) / 2.0
        }
    }
}

/// The standard deviation between people of a measure of the daily note, in percent.
pub fn note_deviation() -> f64 {
    PULSE_DEVIATION as f64 / 1e6
}

/// The variance of the noise of one block's sum of such a measure, in squared percent.
pub fn note_variance(k: u64) -> f64 {
    (NoiseKind::Pulse.scale(PULSE_DEVIATION, k) as f64 / 1e6).powi(2)
}

/// The nearest whole number; halves upwards.
fn nearest(numerator: i128, denominator: i128) -> i64 {
    (2 * numerator + denominator).div_euclid(2 * denominator) as i64
}

#[cfg(test)]
mod tests;

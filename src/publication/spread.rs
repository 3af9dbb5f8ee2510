//! How far a published mean may lie from the value it stands for: by chance, since those
//! who answered are some of many, and by the noise that was added. Pure.

use crate::statistics::Sample;

/// What the standard error of a scale's means in one release follows from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Standard deviation between the people of the company, in percent of range.
    pub deviation: f64,
    pub degrees: Degrees,
    /// Variance of the noise of one block's sum, in squared percent; 0 without noise.
    pub noise: f64,
}

/// What the standard deviation was estimated from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Degrees {
    /// It is known: the questionnaire declares it.
    Known,
    /// So many degrees of freedom.
    Of(i64),
    /// It is not kept (of releases without noise); the people of the mean itself are
    /// taken, which is careful.
    OfMean,
}

impl Spread {
    /// A mean with its standard error, from its number of people, its number of blocks
    /// and its sum in millionths of a percent. The noise adds b·s²/n² to the variance of
    /// a mean of n people in b blocks.
    pub fn sample(&self, people: u64, blocks: u64, sum: i64) -> Sample {
        let n = people as f64;
        let degrees = match self.degrees {
            Degrees::Known => f64::INFINITY,
            Degrees::Of(degrees) => degrees as f64,
            Degrees::OfMean => n - 1.0,
        };
        let noise = self.noise * blocks as f64 / (n * n);
        Sample { mean: sum as f64 / 1e6 / n, sd: self.deviation, n: people, degrees, noise }
    }
}

//! What is assumed of one person's values: how they go together over time and between
//! measures. Pure.

use std::f64::consts::PI;

/// Correlation of two families' traits, and of their drifts.
const ALIKE: f64 = 0.7;
/// Terms of Mehler's series; further ones change nothing that is shown.
const TERMS: u32 = 60;

/// A published measure: the mean of a scale, or with `cut` the share of people above it.
/// Variances are in squared percent of the scale's range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// Variance between people of what lasts.
    pub lasting: f64,
    /// Variance of what fades.
    pub drift: f64,
    /// Variance of the error of measurement.
    pub error: f64,
    /// The part of the drift that is left after a month.
    pub keeps: f64,
    /// Measures of one family share trait and drift entirely, others in part.
    pub family: usize,
    /// In standard deviations above the mean.
    pub cut: Option<f64>,
}

impl Measure {
    pub const fn of_check_up(family: usize) -> Self {
        // SD 18, SEM 7; correlation 0.82 after a month, 0.64 after a year.
        Self { lasting: 180.0, drift: 95.0, error: 49.0, keeps: 0.9, family, cut: None }
    }

    /// Of the daily note.
    pub const fn of_note(family: usize) -> Self {
        Self { lasting: 200.0, drift: 64.0, error: 49.0, keeps: 0.65, family, cut: None }
    }

    /// For values that differ `by` times as much between people.
    pub fn scaled(self, by: f64) -> Self {
        let by = by * by;
        Self { lasting: by * self.lasting, drift: by * self.drift, error: by * self.error, ..self }
    }

    fn variance(&self) -> f64 {
        self.lasting + self.drift + self.error
    }
}

/// The covariance of one person's values of two measures, `gap` months apart. `same`: from
/// one and the same answer.
pub fn covariance(a: &Measure, b: &Measure, gap: f64, same: bool) -> f64 {
    let alike = if a.family == b.family { 1.0 } else { ALIKE };
    let keeps = (a.keeps * b.keeps).sqrt().powf(gap.abs());
    let mut value = alike * ((a.lasting * b.lasting).sqrt() + (a.drift * b.drift).sqrt() * keeps);
    if same && a.family == b.family {
        value += (a.error * b.error).sqrt();
    }
    match (a.cut, b.cut) {
        (None, None) => value,
        (Some(cut), None) => value * density(cut) / a.variance().sqrt(),
        (None, Some(cut)) => value * density(cut) / b.variance().sqrt(),
        (Some(x), Some(y)) => {
            let rho = value / (a.variance() * b.variance()).sqrt();
            above_both(x, y, rho.clamp(-1.0, 1.0))
        }
    }
}

/// The covariance of whether two standard normal values with correlation `rho` lie above
/// their cuts: Mehler's series in Hermite polynomials (Kotz, Balakrishnan & Johnson,
/// Continuous Multivariate Distributions, chapter 46).
fn above_both(x: f64, y: f64, rho: f64) -> f64 {
    let (mut total, mut power, mut factorial) = (0.0, rho, 1.0);
    let (mut of_x, mut of_y) = ((1.0, x), (1.0, y));
    for term in (1..TERMS).map(f64::from) {
        factorial *= term;
        total += power * of_x.0 * of_y.0 / factorial;
        power *= rho;
        of_x = (of_x.1, x * of_x.1 - term * of_x.0);
        of_y = (of_y.1, y * of_y.1 - term * of_y.0);
    }
    density(x) * density(y) * total
}

fn density(cut: f64) -> f64 {
    (-cut * cut / 2.0).exp() / (2.0 * PI).sqrt()
}

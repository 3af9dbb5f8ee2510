//! Confidence intervals, significance tests and reliability: textbook formulas, pure.
//! What cannot be computed (too few people, items without variance) is `None`, never
//! NaN. All intervals are 95 % intervals.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// The 97.5th percentile of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// Rounding error of the difference of two large, nearly equal sums, relative to them.
const ROUNDING: f64 = 1e-14;

/// Degrees of freedom are capped at this: beyond it intervals would narrow by less than
/// 1 in 8000, and the library's quantiles lose precision.
const MOST_DEGREES: f64 = 1e4;

/// Wilson's score interval of a proportion (Wilson 1927), 0 to 1; `None` when n is 0.
pub fn wilson(successes: u64, n: u64) -> Option<(f64, f64)> {
    if n == 0 || successes > n {
        return None;
    }
    let (share, people) = (successes as f64 / n as f64, n as f64);
    let scale = 1.0 + Z * Z / people;
    let centre = (share + Z * Z / (2.0 * people)) / scale;
    let half = Z / scale * (share * (1.0 - share) / people + Z * Z / (4.0 * people * people)).sqrt();
    let low = if successes == 0 { 0.0 } else { centre - half };
    let high = if successes == n { 1.0 } else { centre + half };
    Some((low, high))
}

/// A mean with what tests and intervals need.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    pub mean: f64,
    /// Standard deviation between people.
    pub sd: f64,
    /// Number of people.
    pub n: u64,
    /// Degrees of freedom with which the standard deviation was estimated; infinite where
    /// it is known.
    pub degrees: f64,
    /// Variance of the noise that was added to the mean; 0 without.
    pub noise: f64,
}

impl Sample {
    /// A mean whose standard deviation was estimated from its own n people.
    pub fn new(mean: f64, sd: f64, n: u64) -> Self {
        Self { mean, sd, n, degrees: n as f64 - 1.0, noise: 0.0 }
    }

    /// Squared standard error of the mean.
    fn variance(self) -> Option<Variance> {
        let known = self.mean.is_finite() && self.sd.is_finite() && self.sd >= 0.0 && self.n >= 2;
        let noise = Some(self.noise).filter(|noise| noise.is_finite() && *noise >= 0.0)?;
        known.then(|| {
            let estimated = self.sd * self.sd / self.n as f64;
            // in shares of the whole: tiny variances would underflow when squared
            let share = estimated / (estimated + noise);
            let degrees = if estimated > 0.0 { self.degrees / (share * share) } else { f64::INFINITY };
            Variance { variance: estimated + noise, degrees }
        })
    }
}

/// A variance with its degrees of freedom.
#[derive(Clone, Copy)]
struct Variance {
    variance: f64,
    degrees: f64,
}

impl Variance {
    /// Of a sum or difference of independent values (Welch 1938, Satterthwaite 1946).
    fn plus(self, other: Self) -> Self {
        let variance = self.variance + other.variance;
        let part = |one: Self| (one.variance / variance).powi(2) / one.degrees;
        Self { variance, degrees: if variance > 0.0 { 1.0 / (part(self) + part(other)) } else { f64::INFINITY } }
    }

    /// Half the width of the 95 % interval.
    fn half(self) -> Option<f64> {
        Some(quantile(self.degrees)? * self.variance.sqrt())
    }
}

/// Half the width of the t interval of a mean; `None` for fewer than two people.
pub fn mean_interval(sample: Sample) -> Option<f64> {
    sample.variance()?.half()
}

/// The change of a mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Mean after minus mean before.
    pub difference: f64,
    /// Lower end of the difference's 95 % interval.
    pub low: f64,
    /// Upper end of the difference's 95 % interval.
    pub high: f64,
    /// Two-sided p-value.
    pub p: f64,
}

/// Welch's t-test of two independent samples; conservative when the same people
/// answered twice. `None` when a sample has fewer than two people. When both standard
/// deviations are 0, the interval has no width and p is 0, or 1 when nothing changed
/// (the limit for ever smaller deviations).
pub fn change(before: Sample, after: Sample) -> Option<Change> {
    let variance = before.variance()?.plus(after.variance()?);
    let difference = after.mean - before.mean;
    if variance.variance == 0.0 {
        let p = if difference == 0.0 { 1.0 } else { 0.0 };
        return Some(Change { difference, low: difference, high: difference, p });
    }
    let half = variance.half()?;
    let p = (2.0 * student(variance.degrees)?.sf((difference / variance.variance.sqrt()).abs())).clamp(0.0, 1.0);
    Some(Change { difference, low: difference - half, high: difference + half, p })
}

/// Holm's adjusted p-values (Holm 1979), in the order given; those under 0.05 are
/// significant at a family-wise error rate of 5 %. Anything that is not a probability
/// counts as 1.
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let p = |index: usize| if (0.0..=1.0).contains(&p_values[index]) { p_values[index] } else { 1.0 };
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p(a).total_cmp(&p(b)));
    let mut adjusted = vec![1.0; p_values.len()];
    let mut largest: f64 = 0.0;
    for (rank, &index) in order.iter().enumerate() {
        largest = largest.max(p(index) * (p_values.len() - rank) as f64).min(1.0);
        adjusted[index] = largest;
    }
    adjusted
}

/// The sample standard deviation (n − 1) from n, Σx and Σx²; `None` for fewer than two
/// values.
pub fn standard_deviation(n: u64, sum: f64, squares: f64) -> Option<f64> {
    covariance(n, sum, sum, squares).map(|variance| variance.max(0.0).sqrt())
}

/// The sample covariance of two items from Σx, Σy and Σxy.
fn covariance(n: u64, x: f64, y: f64, xy: f64) -> Option<f64> {
    if n < 2 {
        return None;
    }
    let people = n as f64;
    let (all, apart) = (people * xy, x * y);
    let difference = all - apart;
    let nothing = difference.abs() <= ROUNDING * (all.abs() + apart.abs());
    let covariance = if nothing { 0.0 } else { difference / (people * (people - 1.0)) };
    covariance.is_finite().then_some(covariance)
}

/// The covariance matrix of a scale's items; reverse-keyed items are already reversed.
#[derive(Clone, Debug, PartialEq)]
pub struct Covariances(Vec<Vec<f64>>);

impl Covariances {
    /// From what a database can sum up over n people: Σxᵢ of every item and Σxᵢxⱼ of
    /// every pair. `None` for fewer than two people or when the dimensions do not
    /// match.
    pub fn from_sums(n: u64, sums: &[f64], products: &[Vec<f64>]) -> Option<Self> {
        let square = products.len() == sums.len() && products.iter().all(|row| row.len() == sums.len());
        let row = |(i, products): (usize, &Vec<f64>)| {
            products.iter().zip(sums).map(|(&product, &sum)| covariance(n, sums[i], sum, product)).collect()
        };
        let matrix = products.iter().enumerate().filter(|_| square).map(row).collect::<Option<Vec<Vec<f64>>>>()?;
        (square && n >= 2).then_some(Self(matrix))
    }

    /// Variance of the sum of all items.
    fn total(&self) -> f64 {
        self.0.iter().flatten().sum()
    }

    /// Sum of the items' own variances.
    fn trace(&self) -> f64 {
        self.0.iter().enumerate().map(|(item, row)| row[item]).sum()
    }
}

/// Cronbach's α (1951), the internal consistency of a scale. `None` for a single item,
/// or when the sum has no variance.
pub fn cronbach_alpha(items: &Covariances) -> Option<f64> {
    let (count, total, trace) = (items.0.len() as f64, items.total(), items.trace());
    let measurable = count >= 2.0 && total > ROUNDING * trace;
    measurable.then(|| count / (count - 1.0) * (1.0 - trace / total))
}

/// Corrected item-total correlations: each item with the sum of the others. `None`
/// where the item or that sum has no variance.
pub fn item_total_correlations(items: &Covariances) -> Vec<Option<f64>> {
    let (total, trace) = (items.total(), items.trace());
    let correlation = |(item, row): (usize, &Vec<f64>)| {
        let own = row[item];
        let with_others = row.iter().sum::<f64>() - own;
        let others = total - 2.0 * with_others - own;
        let varies = own > ROUNDING * trace && others > ROUNDING * trace;
        varies.then(|| (with_others / (own * others).sqrt()).clamp(-1.0, 1.0))
    };
    items.0.iter().enumerate().map(correlation).collect()
}

/// The 97.5th percentile of Student's t distribution.
fn quantile(degrees: f64) -> Option<f64> {
    Some(student(degrees)?.inverse_cdf(0.975))
}

fn student(degrees: f64) -> Option<StudentsT> {
    StudentsT::new(0.0, 1.0, degrees.min(MOST_DEGREES)).ok()
}

#[cfg(test)]
mod tests;

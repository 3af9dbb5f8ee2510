//! What became of an action: the department's mean at the campaign before it
//! and at the next one. Pure. A change tells that the number moved, not why.

use crate::{
    insights::view::{self, Change},
    statistics::{self, Sample},
};

/// What the next campaign tells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outcome {
    /// One of the two means is not published.
    Unknown,
    /// In whole points of percent; lower is better.
    Changed(Change),
}

/// Compares two published means of one department as independent samples.
pub fn outcome(before: Option<Sample>, after: Option<Sample>) -> Outcome {
    let change = before.zip(after).and_then(|(before, after)| statistics::change(before, after));
    let shown = |one: statistics::Change| view::change(one.difference, one.low, one.high, one.p);
    change.map_or(Outcome::Unknown, |change| Outcome::Changed(shown(change)))
}

impl Outcome {
    /// Its code in the catalogs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Changed(change) if !change.significant => "chance",
            Self::Changed(change) if change.difference < 0 => "better",
            Self::Changed(_) => "worse",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(mean: f64, n: u64) -> Option<Sample> {
        Some(Sample::new(mean, 15.0, n))
    }

    #[test]
    fn only_a_change_beyond_chance_is_told_as_one() {
        for (before, after, expected) in [
            (None, None, "unknown"),
            (of(60.0, 20), None, "unknown"),
            (None, of(60.0, 20), "unknown"),
            (of(60.0, 1), of(40.0, 20), "unknown"),
            (of(60.0, 20), of(60.0, 20), "chance"),
            (of(60.0, 20), of(55.0, 20), "chance"),
            (of(60.0, 20), of(45.0, 20), "better"),
            (of(45.0, 20), of(60.0, 20), "worse"),
            (of(60.0, 200), of(55.0, 200), "better"),
            (of(60.0, 5), of(50.0, 5), "chance"),
        ] {
            assert_eq!(outcome(before, after).code(), expected, "{before:?} {after:?}");
        }
    }

    #[test]
    fn the_interval_lies_round_the_difference_in_whole_points() {
        // scipy.stats.ttest_ind_from_stats(45.2, 15, 25, 60.1, 15, 20, equal_var=False): t -3.3111, p 0.00195;
        // -14.9 ± t.ppf(0.975, 40.8584) * 4.5: -23.99 … -5.81
        let Outcome::Changed(change) = outcome(of(60.1, 20), of(45.2, 25)) else { panic!("no change") };
        assert_eq!((change.difference, change.low, change.high, change.significant), (-15, -24, -6, true));
    }
}

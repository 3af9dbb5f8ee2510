//! Which values a scale can have at all. Pure. What may be published depends on it: the
//! mean of a scale with few possible values reveals how many people have which.

use super::{Instrument, Scale};
use crate::instruments::scoring;
use std::collections::BTreeSet;

/// When the options of all items together have more steps than this, the scale has at
/// least ten values, and [`Instrument::few_values`] need not enumerate them.
const FEW_STEPS: usize = 8;

/// A value that a scale can have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PossibleValue {
    pub raw: f64,
    /// Whether it is possible with all items answered.
    pub complete: bool,
}

impl Instrument {
    /// All raw values that a scale can have, ascending, if there are fewer than ten;
    /// `None` otherwise. Includes the values with items left out, as far as
    /// `minimum_answered` allows that.
    pub fn few_values(&self, scale: Scale) -> Option<Vec<PossibleValue>> {
        let items = self.scale_items(scale);
        let steps: usize = items.iter().map(|&item| self.options_of(item).choices.len() - 1).sum();
        if steps > FEW_STEPS {
            return None; // n items with a, b, … options have at least 1 + (a − 1) + (b − 1) + … different sums
        }
        // Number of items answered per subscale, and the sum over all items.
        let mut found = BTreeSet::from([(vec![0_usize; self.subscales.len()], 0_i64)]);
        for &item in &items {
            let subscale = self.subscale_of(item);
            let mut next = found.clone(); // the item is left out
            for (answered, sum) in &found {
                let mut answered = answered.clone();
                subscale.into_iter().for_each(|index| answered[index] += 1);
                next.extend(self.counted_values(item).into_iter().map(|value| (answered.clone(), sum + value)));
            }
            found = next;
        }
        let enough = |index: usize, answered: usize| answered >= self.subscales[index].minimum_answered;
        let has_score = |answered: &[usize]| match scale {
            Scale::Subscale(index) => enough(index, answered[index]),
            Scale::Total => answered.iter().enumerate().all(|(index, &answered)| enough(index, answered)),
        };
        let mut values: Vec<PossibleValue> = Vec::new();
        for (answered, sum) in found.iter().filter(|(answered, _)| has_score(answered)) {
            let given: usize = answered.iter().sum();
            let raw = scoring::aggregate_sum(self.aggregate(scale), *sum as f64, given, items.len());
            let complete = given == items.len();
            match values.iter_mut().find(|known| (known.raw - raw).abs() < 1e-9) {
                Some(known) => known.complete |= complete,
                None => values.push(PossibleValue { raw, complete }),
            }
        }
        values.sort_by(|a, b| a.raw.total_cmp(&b.raw));
        (values.len() < 10).then_some(values)
    }

    /// All raw values that are possible with all items of the scale answered,
    /// ascending.
    pub fn complete_values(&self, scale: Scale) -> Vec<f64> {
        let items = self.scale_items(scale);
        let values: Vec<Vec<i64>> = items.iter().map(|&item| self.counted_values(item)).collect();
        // Counted in the largest unit that all answers share, the sums soon have no
        // gaps.
        let steps = values.iter().flat_map(|values| values.iter().map(|value| value - values[0]));
        let unit = steps.fold(0, gcd).max(1);
        let lowest: i64 = values.iter().map(|values| values[0]).sum();
        let mut reached = vec![(0, 0)];
        for values in &values {
            let above: Vec<Run> = values.iter().map(|value| (value - values[0]) / unit).map(|one| (one, one)).collect();
            reached = sums(&reached, &joined(above));
        }
        let raw = |above: i64| {
            let sum = (lowest + above * unit) as f64;
            scoring::aggregate_sum(self.aggregate(scale), sum, items.len(), items.len())
        };
        reached.into_iter().flat_map(|(first, last)| first..=last).map(raw).collect()
    }

    fn subscale_of(&self, item: usize) -> Option<usize> {
        let id = self.items[item].subscale.as_ref();
        self.subscales.iter().position(|subscale| Some(&subscale.id) == id)
    }

    /// The values for scoring of an item's answers, ascending.
    fn counted_values(&self, item: usize) -> Vec<i64> {
        let set = self.options_of(item);
        let (min, max) = set.range();
        let count = |value: i32| if self.items[item].reversed { min + max - value } else { value };
        let mut values: Vec<i64> = set.choices.iter().map(|choice| i64::from(count(choice.value))).collect();
        values.sort_unstable();
        values
    }
}

/// A range of consecutive whole numbers: the first and the last.
type Run = (i64, i64);

/// All sums of a number from each side, as ranges.
fn sums(here: &[Run], there: &[Run]) -> Vec<Run> {
    let pairs = here.iter().flat_map(|a| there.iter().map(move |b| (a.0 + b.0, a.1 + b.1)));
    joined(pairs.collect())
}

/// Merges overlapping and adjacent ranges; ascending.
fn joined(mut runs: Vec<Run>) -> Vec<Run> {
    runs.sort_unstable();
    let mut joined: Vec<Run> = Vec::new();
    for (first, last) in runs {
        match joined.last_mut() {
            Some(before) if first <= before.1 + 1 => before.1 = before.1.max(last),
            _ => joined.push((first, last)),
        }
    }
    joined
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instruments::instrument::testing::with_scale;

    fn raw(instrument: &Instrument) -> Option<Vec<f64>> {
        Some(instrument.few_values(Scale::Subscale(0))?.into_iter().map(|value| value.raw).collect())
    }

    #[test]
    fn few_values_are_those_of_all_answers_that_make_a_score() {
        let half = [0.0, 1.0 / 3.0, 0.5, 2.0 / 3.0, 1.0];
        let cases: [(&[i32], usize, &str, usize, &[f64]); 8] = [
            (&[0, 1], 1, "sum", 1, &[0.0, 1.0]),
            (&[-5, 7, 20], 1, "mean", 1, &[-5.0, 7.0, 20.0]),
            (&[0, 1], 2, "sum", 2, &[0.0, 1.0, 2.0]),
            (&[0, 5], 2, "sum", 2, &[0.0, 5.0, 10.0]),
            (&[0, 1], 2, "mean", 2, &[0.0, 0.5, 1.0]),
            (&[0, 1], 3, "mean", 1, &half),
            (&[0, 1], 3, "sum", 1, &[0.0, 1.0, 2.0, 3.0]), // 3/2 is rounded up to 2
            (&[0, 1, 3], 2, "sum", 2, &[0.0, 1.0, 2.0, 3.0, 4.0, 6.0]),
        ];
        for (values, items, aggregate, minimum, expected) in cases {
            let instrument = with_scale(values, items, aggregate, minimum);
            assert_eq!(raw(&instrument).as_deref(), Some(expected), "{values:?} {items} {aggregate} {minimum}");
        }
    }

    #[test]
    fn ten_values_are_not_few() {
        for (values, items, aggregate, minimum, few) in [
            (9, 1, "sum", 1, true),
            (10, 1, "sum", 1, false),
            (2, 8, "sum", 8, true),
            (2, 9, "sum", 9, false),
            (2, 8, "sum", 1, true),   // sums are whole
            (2, 8, "mean", 8, true),  // eighths
            (2, 8, "mean", 4, false), // and sevenths, sixths, fifths
            (5, 2, "mean", 2, true),
            (5, 3, "mean", 3, false),
        ] {
            let offered: Vec<i32> = (0..values).collect();
            let instrument = with_scale(&offered, items, aggregate, minimum);
            assert_eq!(raw(&instrument).is_some(), few, "{values} {items} {aggregate} {minimum}");
        }
    }

    #[test]
    fn values_that_need_an_answer_left_out_are_told_apart() {
        let instrument = with_scale(&[0, 1], 3, "mean", 2);
        let values = instrument.few_values(Scale::Subscale(0)).unwrap();
        let complete: Vec<bool> = values.iter().map(|value| value.complete).collect();
        assert_eq!(complete, [true, true, false, true, true], "{values:?}");
    }

    #[test]
    fn complete_values_are_every_sum_of_the_answers() {
        for (values, items, aggregate) in [
            (&[0, 1][..], 9, "sum"),
            (&[0, 1, 3], 5, "sum"),
            (&[-3, 10, 1000], 3, "mean"),
            (&[1, 2, 3, 4, 5], 20, "sum"),
            (&[0, 70], 4, "sum"),
        ] {
            let instrument = with_scale(values, items, aggregate, items);
            let mut sums = BTreeSet::from([0]);
            for _ in 0..items {
                sums = sums.iter().flat_map(|sum| values.iter().map(move |value| sum + value)).collect();
            }
            let divisor = if aggregate == "mean" { items as f64 } else { 1.0 };
            let expected: Vec<f64> = sums.into_iter().map(|sum| f64::from(sum) / divisor).collect();
            assert_eq!(instrument.complete_values(Scale::Subscale(0)), expected, "{values:?}");
        }
    }

    #[test]
    fn a_questionnaire_made_to_be_slow_is_read_at_once() {
        let began = std::time::Instant::now();
        let squares: BTreeSet<i32> = (0..997).map(|value| value * value % 997).collect();
        let sparse: Vec<i32> = squares.into_iter().collect();
        let instrument = with_scale(&sparse, 200, "sum", 200);
        assert!(instrument.complete_values(Scale::Subscale(0)).len() > 100_000);
        assert!(began.elapsed().as_secs() < 10, "{:?}", began.elapsed());
    }

    #[test]
    fn a_reversed_item_mirrors_its_own_answers() {
        let mut instrument = with_scale(&[0, 1, 5], 2, "sum", 2);
        instrument.items[1].reversed = true; // counts 0, 4 or 5
        assert_eq!(raw(&instrument).unwrap(), [0.0, 1.0, 4.0, 5.0, 6.0, 9.0, 10.0]);
        assert_eq!(instrument.complete_values(Scale::Subscale(0)), [0.0, 1.0, 4.0, 5.0, 6.0, 9.0, 10.0]);
    }
}

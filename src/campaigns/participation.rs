//! The share of answers of an open campaign, coarse enough to disclose nobody. Pure.

/// The share is rounded to multiples of this, in percent.
const STEP: i64 = 5;
/// Before rounding, the number of answers is clamped to at least this many, and to at
/// most this many less than all.
const LEFT_OPEN: i64 = 2;
/// Invited people, in multiples of the smallest group, from which the share is shown:
/// with fewer, a single answer would be more than a step.
pub const GROUPS: i64 = 4;

/// The share of the invited who answered, in percent, rounded to 5. `None` when fewer
/// than four times the smallest group are invited. The count is first clamped to
/// between 2 and all but 2, so that 0 and 100 % disclose nobody.
pub fn percent(invited: i64, answered: i64, min_group: i16) -> Option<i16> {
    if invited < GROUPS * i64::from(min_group) {
        return None;
    }
    let answered = answered.clamp(LEFT_OPEN, invited - LEFT_OPEN);
    let steps = (200 * answered + STEP * invited) / (2 * STEP * invited); // to the nearest step
    i16::try_from(steps * STEP).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_share_is_shown_in_steps_of_five_from_four_groups_on() {
        let cases = [
            (0, 0, None),
            (19, 9, None),
            (20, 0, Some(10)), // none and two look alike
            (20, 2, Some(10)),
            (20, 20, Some(90)), // as do all and all but two
            (20, 18, Some(90)),
            (40, 9, Some(25)), // 22.5 is nearer to neither
            (40, 8, Some(20)),
            (1000, 1000, Some(100)), // all but 25 at most
            (1000, 0, Some(0)),
            (120, 71, Some(60)),
        ];
        for (invited, answered, expected) in cases {
            assert_eq!(percent(invited, answered, 5), expected, "{answered} of {invited}");
        }
    }

    proptest! {
        #[test]
        fn the_last_two_on_either_side_change_nothing(k in 5_i16..20, more in 0_i64..500) {
            let invited = GROUPS * i64::from(k) + more;
            for few in [0, 1] {
                prop_assert_eq!(percent(invited, few, k), percent(invited, 2, k));
                prop_assert_eq!(percent(invited, invited - few, k), percent(invited, invited - 2, k));
            }
        }

        #[test]
        fn it_is_a_whole_step_within_half_a_step(k in 5_i16..20, more in 0_i64..500, part in 0.0..1.0) {
            let invited = GROUPS * i64::from(k) + more;
            let answered = 2 + (part * (invited - 4) as f64) as i64;
            let shown = percent(invited, answered, k).unwrap();
            prop_assert!(shown % 5 == 0 && (0..=100).contains(&shown));
            prop_assert!((f64::from(shown) - 100.0 * answered as f64 / invited as f64).abs() <= 2.5);
        }
    }
}

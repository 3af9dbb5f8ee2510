//! Computes percentages, intervals, shares and levels from published cells. Pure. Sees
//! nothing but the cells, so it cannot disclose more than they do.

use crate::{
    domain::Level,
    insights::store::Cell,
    instruments::{
        instrument::{Instrument, Scale},
        scoring,
    },
    publication::{CellState, Spread},
    statistics::{self, Sample},
};

/// A 95 % interval at least this wide, in points, makes a mean uncertain.
const WIDE: f64 = 20.0;
/// Numbers of people are rounded down to a multiple of this.
const PEOPLE_STEP: i64 = 5;
/// Participation is rounded to a multiple of this many percent.
const PARTICIPATION_STEP: f64 = 5.0;
/// A department's participation is told exactly between these, in percent.
const UNDER: i64 = 10;
const OVER: i64 = 90;
/// A change with a smaller p-value after Holm's adjustment counts as significant.
const SIGNIFICANT: f64 = 0.05;

/// A mean as it is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    pub state: State,
    /// Percent of the scale's range, rounded.
    pub percent: Option<i64>,
    /// Half the width of the 95 % interval, in points, rounded; `None` where it is not
    /// known.
    pub margin: Option<i64>,
    /// How many people it is the mean of, rounded down to a multiple of 5.
    pub people: i64,
    pub level: Option<Level>,
    /// The levels at the two ends of the interval; where they differ the level is not
    /// certain.
    pub span: Option<(Level, Level)>,
}

impl Mean {
    fn hidden(state: State) -> Self {
        Self { state, percent: None, margin: None, people: 0, level: None, span: None }
    }

    /// The ends of the 95 % interval.
    pub fn interval(&self) -> Option<(i64, i64)> {
        let (percent, margin) = (self.percent?, self.margin?);
        Some(((percent - margin).max(0), (percent + margin).min(100)))
    }
}

/// The state of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Value,
    Uncertain,
    Suppressed,
    Empty,
}

impl State {
    /// Its name in `data-state` attributes, exports and JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Uncertain => "uncertain",
            Self::Suppressed => "suppressed",
            Self::Empty => "empty",
        }
    }
}

/// How people are distributed over categories.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Split {
    /// One share per category; `None` where they are not shown.
    pub shares: Option<Vec<Share>>,
    /// Whether nobody belonged to the department.
    pub empty: bool,
    /// How many people, rounded down to a multiple of 5.
    pub people: i64,
}

/// A share with its 95 % interval (Wilson 1927), in percent, rounded.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Share {
    /// `None` where it is not shown.
    pub percent: Option<i64>,
    pub low: i64,
    pub high: i64,
    /// Where it is only told to lie under or over a limit.
    pub end: Option<End>,
}

/// A limit in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Under(i64),
    Over(i64),
}

impl End {
    /// Its key in the catalogs, and the limit.
    pub const fn words(self) -> (&'static str, i64) {
        match self {
            Self::Under(limit) => ("insights-under", limit),
            Self::Over(limit) => ("insights-over", limit),
        }
    }
}

/// A change of a mean with its 95 % interval, in points, rounded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    pub difference: i64,
    pub low: i64,
    pub high: i64,
    /// Whether it is significant after Holm's adjustment over the release.
    pub significant: bool,
}

/// The upper end of the lowest level and the lower end of the highest, in percent of
/// strain.
pub fn limits(instrument: &Instrument, scale: Scale) -> Option<(f64, f64)> {
    scoring::outer_cut_offs(instrument, scale)
}

/// A published mean with what tests need; `None` where nothing is shown.
pub fn sample(cell: &Cell, spread: Spread) -> Option<Sample> {
    Some(spread.sample(cell.people?.unsigned_abs(), cell.blocks, *cell.sums.first()?))
}

/// A mean from its cell; a missing cell counts as suppressed. Noise can take it past the
/// ends of the scale, so it is cut there.
pub fn mean(cell: Option<&Cell>, spread: Option<Spread>, limits: Option<(f64, f64)>) -> Mean {
    let Some(cell) = cell else { return Mean::hidden(State::Suppressed) };
    let (Some(people), Some(sum)) = (cell.people, cell.sums.first()) else {
        return Mean::hidden(if cell.state == CellState::Empty { State::Empty } else { State::Suppressed });
    };
    let mean = (*sum as f64 / 1e6 / people as f64).clamp(0.0, 100.0);
    let half = spread.and_then(|spread| statistics::mean_interval(sample(cell, spread)?));
    let wide = half.is_some_and(|half| 2.0 * half >= WIDE);
    Mean {
        state: if wide { State::Uncertain } else { State::Value },
        percent: Some(mean.round() as i64),
        margin: half.map(|half| half.ceil() as i64),
        people: rounded_down(people),
        level: limits.map(|limits| level(mean, limits)),
        span: limits.zip(half).map(|(limits, half)| (level(mean - half, limits), level(mean + half, limits))),
    }
}

fn level(percent: f64, (low, high): (f64, f64)) -> Level {
    if percent < low {
        Level::Low
    } else if percent < high {
        Level::Medium
    } else {
        Level::High
    }
}

/// A distribution from its cell.
pub fn split(cell: &Cell) -> Split {
    let Some(people) = cell.people else {
        return Split { shares: None, empty: cell.state == CellState::Empty, people: 0 };
    };
    let shares = cell.sums.iter().map(|count| share(*count, people)).collect();
    Split { shares: Some(shares), empty: false, people: rounded_down(people) }
}

/// A share with its interval.
pub fn share(count: i64, people: i64) -> Share {
    let percent = |share: f64| (100.0 * share).round() as i64;
    let interval = statistics::wilson(count.unsigned_abs(), people.unsigned_abs());
    interval.map_or(Share::default(), |(low, high)| Share {
        percent: Some(percent(count as f64 / people as f64)),
        low: percent(low),
        high: percent(high),
        end: None,
    })
}

/// The company's participation from a cell of those who answered and those who did not;
/// rounded to 5 %.
pub fn answered(split: Split) -> Share {
    let answered = split.shares.and_then(|shares| shares.first().copied());
    let step = |percent: i64| ((percent as f64 / PARTICIPATION_STEP).round() * PARTICIPATION_STEP) as i64;
    answered.map_or(Share::default(), |share| Share {
        percent: share.percent.map(step),
        low: step(share.low),
        high: step(share.high),
        end: None,
    })
}

/// A department's participation: at the ends only "under 10 %", which is 5, and "over
/// 90 %", which is 95.
pub fn answered_in_department(split: Split) -> Share {
    let share = answered(split);
    match share.percent {
        Some(percent) if percent < UNDER => {
            Share { percent: Some(UNDER / 2), low: 0, high: UNDER, end: Some(End::Under(UNDER)) }
        }
        Some(percent) if percent > OVER => {
            Share { percent: Some((OVER + 100) / 2), low: OVER, high: 100, end: Some(End::Over(OVER)) }
        }
        _ => share,
    }
}

/// A change in whole points.
pub fn change(difference: f64, low: f64, high: f64, adjusted_p: f64) -> Change {
    Change {
        difference: difference.round() as i64,
        low: low.round() as i64,
        high: high.round() as i64,
        significant: adjusted_p < SIGNIFICANT,
    }
}

/// Per cell whether it is significantly above the rest of the whole, which is the first
/// cell: Welch's test of independent samples, both with the published standard deviation
/// and the noise of their blocks, and Holm's adjustment over the cells compared. The first
/// is never above itself.
pub fn standing_out(cells: &[Option<&Cell>], spread: Option<Spread>) -> Vec<bool> {
    let mut above = vec![false; cells.len()];
    let known = |cell: &Option<&Cell>| {
        let cell = (*cell)?;
        Some((cell.people?.unsigned_abs(), cell.blocks, *cell.sums.first()?))
    };
    let (Some(spread), Some((all, all_blocks, all_sum))) = (spread, cells.first().and_then(known)) else {
        return above;
    };
    let compared = cells.iter().enumerate().skip(1).filter_map(|(index, cell)| {
        let (people, blocks, sum) = known(cell)?;
        let rest = all.checked_sub(people).filter(|rest| *rest > 0)?;
        let others = spread.sample(rest, all_blocks.saturating_sub(blocks), all_sum - sum);
        let change = statistics::change(others, spread.sample(people, blocks, sum))?;
        Some((index, change.difference, change.p))
    });
    let (places, chances): (Vec<_>, Vec<f64>) = compared.map(|(index, difference, p)| ((index, difference), p)).unzip();
    for ((index, difference), adjusted) in places.into_iter().zip(statistics::holm(&chances)) {
        above[index] = difference > 0.0 && adjusted < SIGNIFICANT;
    }
    above
}

fn rounded_down(people: i64) -> i64 {
    people - people.rem_euclid(PEOPLE_STEP)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publication::Degrees;

    fn cell(people: i64, mean: f64) -> Cell {
        Cell { state: CellState::Value, people: Some(people), blocks: 1, sums: vec![(mean * 1e6) as i64 * people] }
    }

    /// Of a company with many people, without noise.
    fn sd(deviation: f64) -> Option<Spread> {
        Some(Spread { deviation, degrees: Degrees::Of(199), noise: 0.0 })
    }

    const LIMITS: Option<(f64, f64)> = Some((37.5, 62.5));

    #[test]
    fn a_mean_has_one_of_four_looks() {
        let hidden = |state| Cell { state, people: None, blocks: 0, sums: Vec::new() };
        let (empty, suppressed) = (hidden(CellState::Empty), hidden(CellState::Suppressed));
        let look = |cell: Option<&Cell>, spread| mean(cell, spread, LIMITS).state;
        assert_eq!(look(Some(&cell(100, 50.0)), sd(20.0)), State::Value);
        assert_eq!(look(Some(&cell(5, 50.0)), sd(20.0)), State::Uncertain);
        assert_eq!(look(Some(&cell(5, 50.0)), None), State::Value, "how sure it is is not known");
        assert_eq!(look(Some(&suppressed), sd(20.0)), State::Suppressed);
        assert_eq!(look(None, sd(20.0)), State::Suppressed);
        assert_eq!(look(Some(&empty), sd(20.0)), State::Empty);
        assert_eq!(mean(Some(&suppressed), sd(20.0), LIMITS).people, 0);
    }

    #[test]
    fn a_mean_is_shown_in_whole_percent_of_people_in_fives() {
        let shown = mean(Some(&cell(104, 61.4)), sd(20.0), LIMITS);
        assert_eq!((shown.percent, shown.margin, shown.people), (Some(61), Some(4), 100));
        assert_eq!((shown.level, shown.span), (Some(Level::Medium), Some((Level::Medium, Level::High))));
        assert_eq!(shown.interval(), Some((57, 65)));
        assert_eq!(mean(Some(&cell(5, 2.0)), sd(9.0), LIMITS).interval().map(|ends| ends.0), Some(0));
    }

    #[test]
    fn noise_widens_the_interval_and_takes_no_mean_off_the_scale() {
        let noisy = sd(18.0).map(|spread| Spread { noise: 45.0 * 45.0, ..spread });
        // 1.972 · √(18²/20 + 45²/20²) = 9.1; of two blocks 10.1
        assert_eq!(mean(Some(&cell(20, 50.0)), noisy, LIMITS).margin, Some(10));
        assert_eq!(mean(Some(&cell(20, 50.0)), sd(18.0), LIMITS).margin, Some(8));
        assert_eq!(mean(Some(&Cell { blocks: 2, ..cell(20, 50.0) }), noisy, LIMITS).margin, Some(11));
        for (far, shown) in [(-3.0, 0), (104.0, 100)] {
            assert_eq!(mean(Some(&cell(5, far)), noisy, LIMITS).percent, Some(shown));
        }
    }

    #[test]
    fn participation_is_shown_in_steps_of_five() {
        let split = |answered| Split { shares: Some(vec![share(answered, 100)]), empty: false, people: 100 };
        for (count, percent) in [(52, 50), (53, 55), (2, 0), (98, 100)] {
            assert_eq!(answered(split(count)).percent, Some(percent));
        }
        assert_eq!(answered(Split::default()).percent, None);
    }

    #[test]
    fn a_department_s_participation_is_not_told_at_the_ends() {
        let split = |answered| Split { shares: Some(vec![share(answered, 100)]), empty: false, people: 100 };
        for (count, percent, end) in [
            (2, 5, Some(End::Under(10))),
            (7, 5, Some(End::Under(10))),
            (8, 10, None),
            (50, 50, None),
            (92, 90, None),
            (93, 95, Some(End::Over(90))),
            (98, 95, Some(End::Over(90))),
        ] {
            let shown = answered_in_department(split(count));
            assert_eq!((shown.percent, shown.end), (Some(percent), end), "{count}");
        }
        assert_eq!(answered_in_department(split(1)), answered_in_department(split(6)));
        assert_eq!(answered_in_department(Split::default()).end, None);
    }

    #[test]
    fn only_what_is_above_the_rest_by_more_than_chance_stands_out() {
        let whole = cell(200, 45.0); // 40 at 65, 160 at 40
        let (hot, cool, little) = (cell(40, 65.0), cell(100, 39.0), cell(20, 48.0));
        let all = [Some(&whole), Some(&hot), Some(&cool), Some(&little), None];
        assert_eq!(standing_out(&all, sd(20.0)), [false, true, false, false, false]);
        let blurred = sd(20.0).map(|spread| Spread { noise: 900.0 * 900.0, ..spread });
        assert_eq!(standing_out(&all, blurred), [false; 5], "noise may explain it");
        assert_eq!(standing_out(&all, None), [false; 5], "nothing is known of chance");
        assert_eq!(standing_out(&[Some(&whole), Some(&whole)], sd(20.0)), [false; 2], "there is no rest");
        assert_eq!(standing_out(&[None, Some(&hot)], sd(20.0)), [false; 2]);
    }
}

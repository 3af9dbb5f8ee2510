//! Minimum rest between two campaigns for the same people, and maximum length of one.
//! The difference between two campaigns of nearly the same people, one soon after the
//! other, could disclose the answers of the few who joined or left. Pure.

use crate::domain::codes::coded;
use chrono::{Days, NaiveDate};

coded! {
    /// How many campaigns a year the same people may be invited to.
    Rhythm { Twice = "twice", Quarterly = "quarterly" }
}

impl Rhythm {
    /// Days from the day a campaign closed to the first day of the next one for the
    /// same people.
    pub const fn rest(self) -> u32 {
        match self {
            Self::Twice => 150,
            Self::Quarterly => 75,
        }
    }

    /// Maximum length of a campaign in days, first and last day included.
    pub const fn longest(self) -> u32 {
        match self {
            Self::Twice => 30,
            Self::Quarterly => 14,
        }
    }

    /// The latest allowed last day of a campaign that begins on `first`.
    pub fn latest_end(self, first: NaiveDate) -> NaiveDate {
        first + Days::new(u64::from(self.longest()) - 1)
    }

    /// Whether a campaign from `first` to `last` is within the maximum length.
    pub fn allows(self, first: NaiveDate, last: NaiveDate) -> bool {
        last <= self.latest_end(first)
    }

    /// The first day on which fewer than `k` of the people to invite are still within
    /// their rest; `None` if that is so on `today`. `rested` has the days on which the rest
    /// of some of them ends, with their number.
    pub fn opens_from(mut rested: Vec<(NaiveDate, i64)>, k: u16, today: NaiveDate) -> Option<NaiveDate> {
        rested.sort_by_key(|(free, _)| std::cmp::Reverse(*free));
        let mut resting = 0;
        let last = rested.into_iter().find(|(_, people)| {
            resting += people;
            resting >= i64::from(k)
        });
        last.map(|(free, _)| free).filter(|free| *free > today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_campaign_waits_until_fewer_than_k_of_its_people_are_at_rest() {
        let (early, late) = (day("2026-07-29"), day("2026-08-29"));
        let cases: [(&[(NaiveDate, i64)], Option<NaiveDate>); 8] = [
            (&[], None),
            (&[(late, 4)], None),
            (&[(late, 5)], Some(late)),
            (&[(late, 400)], Some(late)),
            (&[(early, 5)], None),
            (&[(early, 1), (late, 4)], None),
            (&[(late, 4), (day("2026-08-17"), 1), (early, 9)], Some(day("2026-08-17"))),
            (&[(early, 9), (late, 3), (day("2026-08-17"), 1)], None),
        ];
        for (rested, expected) in cases {
            assert_eq!(Rhythm::opens_from(rested.to_vec(), 5, early), expected, "{rested:?}");
        }
        assert_eq!(Rhythm::opens_from(vec![(late, 5)], 5, day("2026-08-28")), Some(late));
        assert_eq!(Rhythm::opens_from(vec![(late, 5)], 5, late), None, "on the day itself it may open");
        assert_eq!(Rhythm::opens_from(vec![(late, 5)], 6, early), None, "k is 6");
    }

    #[test]
    fn a_campaign_lasts_thirty_days_or_fourteen() {
        let first = day("2026-11-02");
        for (rhythm, last, allowed) in [
            (Rhythm::Twice, "2026-12-01", true),
            (Rhythm::Twice, "2026-12-02", false),
            (Rhythm::Quarterly, "2026-11-15", true),
            (Rhythm::Quarterly, "2026-11-16", false),
            (Rhythm::Twice, "2026-11-02", true),
        ] {
            assert_eq!(rhythm.allows(first, day(last)), allowed, "{rhythm:?} {last}");
        }
    }
}

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
    /// their rest; `None` if that is so on `today`. `asked` has, for the last campaign
    /// that each person was invited to, the day it closed and the number of people.
    pub fn opens_from(self, mut asked: Vec<(NaiveDate, i64)>, k: u16, today: NaiveDate) -> Option<NaiveDate> {
        asked.sort_by_key(|(closed, _)| std::cmp::Reverse(*closed));
        let mut resting = 0;
        let last = asked.into_iter().find(|(_, people)| {
            resting += people;
            resting >= i64::from(k)
        });
        last.map(|(closed, _)| closed + Days::new(self.rest().into())).filter(|free| *free > today)
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
        let (march, april) = (day("2026-03-01"), day("2026-04-01"));
        let cases: [(&[(NaiveDate, i64)], Option<&str>); 8] = [
            (&[], None),
            (&[(april, 4)], None),
            (&[(april, 5)], Some("2026-08-29")),
            (&[(april, 400)], Some("2026-08-29")),
            (&[(march, 5)], None), // 29 July
            (&[(march, 1), (april, 4)], None),
            (&[(april, 4), (day("2026-03-20"), 1), (march, 9)], Some("2026-08-17")),
            (&[(march, 9), (april, 3), (day("2026-03-20"), 1)], None),
        ];
        for (asked, expected) in cases {
            let from = Rhythm::Twice.opens_from(asked.to_vec(), 5, day("2026-07-29"));
            assert_eq!(from, expected.map(day), "{asked:?}");
        }
        assert_eq!(Rhythm::Twice.opens_from(vec![(april, 5)], 5, day("2026-08-28")), Some(day("2026-08-29")));
        assert_eq!(Rhythm::Twice.opens_from(vec![(april, 5)], 5, day("2026-08-29")), None, "150 days later");
        assert_eq!(Rhythm::Quarterly.opens_from(vec![(april, 5)], 5, day("2026-06-14")), Some(day("2026-06-15")));
        assert_eq!(Rhythm::Quarterly.opens_from(vec![(april, 5)], 5, day("2026-06-15")), None, "75 days later");
        assert_eq!(Rhythm::Twice.opens_from(vec![(april, 5)], 6, day("2026-04-02")), None, "k is 6");
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

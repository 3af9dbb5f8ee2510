//! Dates and times for the generated past. Today is an argument; reads no clock.

use chrono::{DateTime, Datelike as _, Days, Months, NaiveDate, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Tz;

/// The earliest minute of the day at which generated people do something.
pub const MORNING: u64 = 9 * 60 + 10;
/// The latest.
pub const EVENING: u64 = 18 * 60;

/// How much the season adds to everybody's load from January to December, as a share of
/// the range: more at the end of the year, less in summer.
const SEASON: [f64; 12] = [0.03, 0.0, 0.0, 0.0, -0.01, -0.02, -0.05, -0.05, 0.0, 0.02, 0.05, 0.08];

/// The first days of `count` months, oldest first; the last is the month of `day`.
pub fn months_until(day: NaiveDate, count: u32) -> Vec<NaiveDate> {
    let last = first_day(day);
    (0..count).rev().map(|back| last - Months::new(back)).collect()
}

fn first_day(day: NaiveDate) -> NaiveDate {
    day - Days::new(u64::from(day.day0()))
}

/// The last day of the month that begins on `first`.
pub fn last_day(first: NaiveDate) -> NaiveDate {
    first + Months::new(1) - Days::new(1)
}

/// A minute of a day in the company's time zone; in UTC where that local time is
/// skipped.
pub fn moment(timezone: Tz, day: NaiveDate, minute: u64) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::MIN) + chrono::TimeDelta::minutes(minute as i64);
    timezone.from_local_datetime(&local).earliest().map_or_else(|| local.and_utc(), |moment| moment.to_utc())
}

/// What the season adds to everybody's load.
pub fn season(day: NaiveDate) -> f64 {
    SEASON[day.month0() as usize]
}

/// The workdays (Monday to Friday) among the `count` days before `today`, oldest first.
pub fn workdays_before(today: NaiveDate, count: u64) -> impl Iterator<Item = NaiveDate> {
    (1..=count).rev().map(move |back| today - Days::new(back)).filter(|day| day.weekday().num_days_from_monday() < 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn months_follow_each_other_over_the_end_of_the_year() {
        let months = months_until(day("2026-02-17"), 4);
        assert_eq!(months, ["2025-11-01", "2025-12-01", "2026-01-01", "2026-02-01"].map(day));
        assert_eq!(last_day(day("2024-02-01")), day("2024-02-29"));
    }

    #[test]
    fn a_moment_is_local_and_exists_where_the_clocks_jump() {
        assert_eq!(moment(Tz::Europe__Kyiv, day("2026-07-01"), 540).to_rfc3339(), "2026-07-01T06:00:00+00:00");
        assert_eq!(moment(Tz::Europe__Kyiv, day("2026-03-29"), 210).to_rfc3339(), "2026-03-29T03:30:00+00:00");
    }

    #[test]
    fn a_week_has_five_workdays() {
        assert_eq!(workdays_before(day("2026-11-21"), 28).count(), 20);
        assert_eq!(workdays_before(day("2026-11-23"), 2).count(), 0); // a weekend
    }
}

//! My past results: one page at a time, and all of them as CSV. Only the owner's, since
//! every query of `assessment` names the owner.

pub mod pages;

use crate::assessment::AssessmentNumber;
use chrono::{DateTime, Utc};

/// How many assessments a page shows.
pub const PAGE: i64 = 20;

/// Moments that an address may name, in microseconds since 1970: up to the year 9999,
/// well within what chrono and PostgreSQL can store.
const MOMENTS: std::ops::RangeInclusive<i64> = 0..=253_402_300_799_999_999;

/// Where a page begins: it shows what was made before this assessment (keyset
/// pagination).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor(pub DateTime<Utc>, pub AssessmentNumber);

impl Cursor {
    /// As written in a URL: microseconds since 1970, a dot, the number.
    pub fn parse(text: &str) -> Option<Self> {
        let (micros, number) = text.split_once('.')?;
        let micros = micros.parse().ok().filter(|micros| MOMENTS.contains(micros))?;
        Some(Self(DateTime::from_timestamp_micros(micros)?, AssessmentNumber(number.parse().ok()?)))
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.0.timestamp_micros(), self.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_an_address_and_nonsense_does_not() {
        let cursor = Cursor(DateTime::from_timestamp_micros(1_700_000_000_123_456).unwrap(), AssessmentNumber(42));
        assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor));
        for nonsense in ["", "1", "x.y", "1.2.3", "9999999999999999999.1", "-1.1", "8000000000000000000.1"] {
            assert_eq!(Cursor::parse(nonsense), None, "{nonsense}");
        }
    }
}

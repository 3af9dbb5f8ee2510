//! The measures that a release publishes.

use crate::instruments::instrument::{Instrument, Scale};

/// A measure that is published for each department with everything below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Mean strain on a scale, in percent of its range.
    Mean(Scale),
    /// Number of people per value of a scale that has too few possible values for a
    /// mean.
    Values(Scale),
    /// Number of people per level of the total.
    Level,
    /// Number of people per profile.
    Profile,
    /// Number of people who answered and who did not.
    Participation,
}

impl Measure {
    /// Its name in the database and in exports.
    pub fn key(self, instrument: &Instrument) -> String {
        match self {
            Self::Mean(scale) => format!("mean.{}", instrument.scale_id(scale)),
            Self::Values(scale) => format!("value.{}", instrument.scale_id(scale)),
            Self::Level => "level".to_owned(),
            Self::Profile => "profile".to_owned(),
            Self::Participation => "participation".to_owned(),
        }
    }
}

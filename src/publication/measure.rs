//! What a release has a number for.

use crate::instruments::instrument::{Instrument, Scale};

/// One thing that is published of every department's subtree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Mean strain of a scale, in percent of its range.
    Mean(Scale),
    /// How many people have which value of a scale that is too coarse for a mean.
    Values(Scale),
    /// How many people have which level of the total.
    Level,
    /// How many people have which profile.
    Profile,
    /// How many people answered and how many did not.
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

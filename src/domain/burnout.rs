//! Terms of burnout measurement.

use crate::domain::codes::coded;

coded! {
    /// Level of strain on a scale, according to its cut-off set.
    Level { Low = "low", Medium = "medium", High = "high" }
}

coded! {
    /// Burnout profile: the pattern of the three dimensions.
    Profile {
        Burnout = "burnout",
        Overextended = "overextended",
        Disengaged = "disengaged",
        Ineffective = "ineffective",
        Balanced = "balanced",
        Engaged = "engaged",
    }
}

coded! {
    /// The three dimensions of burnout (Maslach & Jackson 1981).
    Dimension {
        EmotionalExhaustion = "emotional_exhaustion",
        Depersonalization = "depersonalization",
        ReducedAccomplishment = "reduced_accomplishment",
    }
}

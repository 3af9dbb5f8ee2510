//! What a check-up finds, in the words of the field.

use crate::domain::codes::coded;

coded! {
    /// How much strain a scale shows, by its cut-off set.
    Level { Low = "low", Medium = "medium", High = "high" }
}

coded! {
    /// The pattern of the three dimensions.
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

//! What check-ups are counted in.

use crate::domain::codes::coded;

coded! {
    /// What an assessment is counted in.
    PeriodKind { Month = "month", Campaign = "campaign" }
}

coded! {
    /// Only an open period takes assessments; only a closed one has numbers.
    PeriodState { Draft = "draft", Open = "open", Closed = "closed" }
}

//! Periods that check-ups are counted in.

use crate::domain::codes::coded;

coded! {
    /// The kind of period that an assessment is counted in.
    PeriodKind { Month = "month", Campaign = "campaign" }
}

coded! {
    /// Only an open period accepts assessments; only a closed one has published numbers.
    PeriodState { Draft = "draft", Open = "open", Closed = "closed" }
}

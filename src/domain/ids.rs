//! Database ids that more than one room uses.

use crate::domain::codes::{coded, id_type};

id_type! {
    /// A person: 52 random bits, so that ids show neither how many people there are
    /// nor who came first.
    UserId
}
id_type! {
    /// A department; 0 is the whole company.
    DepartmentId
}
id_type! {
    /// A calendar month or a campaign that check-ups are counted in.
    PeriodId
}
id_type! {
    /// A named set of permissions.
    RoleId
}

coded! {
    /// Kinds of rows that are numbered within their owner, from 1, so that addresses
    /// and the API show nothing about the rows of others.
    Numbered {
        Assessment = "assessment",
        Recommendation = "recommendation",
        Chat = "chat",
        Message = "message",
        SignIn = "sign_in",
        SupportRequest = "support_request",
    }
}

//! Ids of rows that more than one room names.

use crate::domain::codes::{coded, id_type};

id_type! {
    /// A person with an account: 52 random bits, so that it does not tell how
    /// many there are or who came first.
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
    /// What a person owns and is numbered within that person, from 1. The
    /// numbers tell them nothing of what others own.
    Numbered {
        Assessment = "assessment",
        Recommendation = "recommendation",
        Chat = "chat",
        Message = "message",
        SignIn = "sign_in",
        SupportRequest = "support_request",
    }
}

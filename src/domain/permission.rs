//! Permissions.

use crate::domain::codes::coded;

coded! {
    /// A permission beyond access to one's own data, which needs none.
    Permission {
        ViewTeamInsights = "view_team_insights",
        ViewCompanyInsights = "view_company_insights",
        ManageCampaigns = "manage_campaigns",
        ManageEmployees = "manage_employees",
        ManageContent = "manage_content",
        AnswerSupport = "answer_support",
        ManageRoles = "manage_roles",
        ViewAudit = "view_audit",
    }
}

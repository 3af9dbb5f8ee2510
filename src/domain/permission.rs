//! What somebody may do beyond their own check-up.

use crate::domain::codes::coded;

coded! {
    /// What somebody may do beyond their own check-up.
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

//! Roles and permissions. A role is a named set of permissions; a user has
//! roles. The four roles that ship are stored at start.

use crate::{
    accounts::{UserId, store},
    codes::coded,
    error::AppError,
};
use diesel::{Connection as _, PgConnection};

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

coded! {
    /// The roles that ship. Everyone is an employee; an employee needs no
    /// permission for what is their own.
    Role { Employee = "employee", Manager = "manager", Hr = "hr", Admin = "admin" }
}

impl Role {
    /// What the role may do when it is first stored.
    pub const fn permissions(self) -> &'static [Permission] {
        use Permission as P;
        match self {
            Self::Employee => &[],
            Self::Manager => &[P::ViewTeamInsights],
            Self::Hr => {
                &[P::ViewCompanyInsights, P::ManageCampaigns, P::ManageEmployees, P::ManageContent, P::AnswerSupport]
            }
            Self::Admin => &[P::ManageRoles, P::ViewAudit],
        }
    }
}

/// Stores the roles and permissions that are not there yet.
///
/// # Errors
/// Those of the database.
pub fn store_shipped(conn: &mut PgConnection) -> Result<(), AppError> {
    conn.transaction(|conn| Ok(store::insert_missing_roles(conn)?))
}

/// Gives a person a role.
///
/// # Errors
/// Those of the database.
pub fn give(conn: &mut PgConnection, user: UserId, role: Role) -> Result<(), AppError> {
    store::give_role(conn, user, role)?;
    Ok(())
}

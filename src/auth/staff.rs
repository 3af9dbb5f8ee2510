//! Rights of staff, for the signatures of handlers: `Caller<CampaignManager>`, for
//! example, is nobody without that permission.

use crate::{
    auth::{CurrentUser, Identity},
    domain::{DepartmentId, Permission, Scope},
};

/// Sees the published numbers: HR those of the company, a manager those of their departments.
pub struct InsightsReader;

/// Runs campaigns.
pub struct CampaignManager;

/// Manages employees and departments.
pub struct EmployeeManager;

/// Sees the tree of departments: all of it, or a manager their own subtree.
pub struct DepartmentReader;

/// Manages questionnaires and the library.
pub struct ContentManager;

/// Answers requests for support.
pub struct SupportDesk;

/// Manages roles, and who has them.
pub struct RoleManager;

/// Reads the audit log.
pub struct AuditReader;

/// Either of these permissions gives access to the published numbers.
pub const READ_INSIGHTS: [Permission; 2] = [Permission::ViewCompanyInsights, Permission::ViewTeamInsights];

/// Any of these permissions gives access to the tree of departments.
pub const READ_DEPARTMENTS: [Permission; 3] =
    [Permission::ViewCompanyInsights, Permission::ViewTeamInsights, Permission::ManageEmployees];

/// The part of the organisation whose published numbers a person may see; `None`
/// without the permission.
pub fn scope_of(who: &Identity) -> Option<Scope> {
    numbers(|permission| who.permissions.contains(&permission), who.department)
}

impl CurrentUser {
    /// The part of the organisation whose published numbers this person may see;
    /// `None` for none.
    pub fn sees_numbers_of(&self) -> Option<Scope> {
        numbers(|permission| self.page.may(permission), self.department)
    }

    /// The part of the tree of departments that this person may see.
    pub fn sees_departments_of(&self) -> Scope {
        if self.page.may(Permission::ViewCompanyInsights) || self.may_edit_departments() {
            Scope::Company
        } else {
            Scope::Subtree(self.department)
        }
    }

    /// Whether they may edit the tree.
    pub fn may_edit_departments(&self) -> bool {
        self.page.may(Permission::ManageEmployees)
    }
}

fn numbers(may: impl Fn(Permission) -> bool, department: Option<DepartmentId>) -> Option<Scope> {
    match (may(Permission::ViewCompanyInsights), may(Permission::ViewTeamInsights)) {
        (true, _) => Some(Scope::Company),
        (false, true) => Some(Scope::Subtree(department)),
        (false, false) => None,
    }
}

//! Those who work with the organisation's picture, as arguments of handlers:
//! a page that asks for [`CampaignManager`] cannot be reached without the
//! permission.

use crate::{
    accounts::roles::Permission,
    error::{AppError, PageError},
    hr::Scope,
    web::{CurrentUser, current_user},
};
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use std::{future::Future, pin::Pin};

macro_rules! staff {
    ($($(#[$meta:meta])* $name:ident: $($permission:ident)|+;)+) => {$(
        $(#[$meta])*
        pub struct $name(pub CurrentUser);

        impl FromRequest for $name {
            type Error = PageError;
            type Future = Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

            fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
                let request = request.clone();
                Box::pin(async move {
                    let user = allowed(&request, &[$(Permission::$permission),+]).await?;
                    Ok(Self(user))
                })
            }
        }
    )+};
}

staff! {
    /// Sees the published numbers: HR of the company, a manager of their own departments.
    InsightsReader: ViewCompanyInsights | ViewTeamInsights;
    /// Runs campaigns.
    CampaignManager: ManageCampaigns;
    /// Keeps the list of employees and the tree of departments.
    EmployeeManager: ManageEmployees;
    /// Sees the tree of departments: all of it, or a manager their own part.
    DepartmentReader: ViewCompanyInsights | ViewTeamInsights | ManageEmployees;
    /// Keeps questionnaires and the library.
    ContentManager: ManageContent;
    /// Answers requests for support.
    SupportDesk: AnswerSupport;
    /// Gives and takes roles.
    RoleManager: ManageRoles;
    /// Reads the audit log.
    AuditReader: ViewAudit;
}

impl InsightsReader {
    /// The part of the organisation that this person may see.
    pub fn scope(&self) -> Scope {
        if self.0.page.may(Permission::ViewCompanyInsights) {
            Scope::Company
        } else {
            Scope::Subtree(self.0.department)
        }
    }
}

impl DepartmentReader {
    /// The part of the tree that this person may see.
    pub fn scope(&self) -> Scope {
        if self.0.page.may(Permission::ViewCompanyInsights) || self.may_edit() {
            Scope::Company
        } else {
            Scope::Subtree(self.0.department)
        }
    }

    /// Whether they keep the tree.
    pub fn may_edit(&self) -> bool {
        self.0.page.may(Permission::ManageEmployees)
    }
}

/// The signed-in person, if they have one of these permissions.
async fn allowed(request: &HttpRequest, permissions: &[Permission]) -> Result<CurrentUser, AppError> {
    let hearth = current_user::hearth(request)?;
    let user = current_user::load(&hearth, request).await?.ok_or(AppError::SignInRequired)?;
    if permissions.iter().any(|permission| user.page.may(*permission)) { Ok(user) } else { Err(AppError::Forbidden) }
}

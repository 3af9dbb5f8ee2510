//! Extractors that require a permission: a handler with a [`CampaignManager`]
//! argument, for example, cannot be reached without that permission.

use crate::{
    auth::{CurrentUser, Identity, SignedIn, current_user},
    domain::{Permission, Scope},
    error::{AppError, PageError},
    i18n::Language,
    web::{self, refusals},
};
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use diesel::PgConnection;
use std::{
    future::{Future, Ready, ready},
    pin::Pin,
};

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
                    Ok(Self(allowed(&request, &[$(Permission::$permission),+]).await?))
                })
            }
        }
    )+};
}

staff! {
    /// Sees the published numbers: HR those of the company, a manager those of their departments.
    InsightsReader: ViewCompanyInsights | ViewTeamInsights;
    /// Runs campaigns.
    CampaignManager: ManageCampaigns;
    /// Manages employees and departments.
    EmployeeManager: ManageEmployees;
    /// Sees the tree of departments: all of it, or a manager their own subtree.
    DepartmentReader: ViewCompanyInsights | ViewTeamInsights | ManageEmployees;
    /// Manages questionnaires and the library.
    ContentManager: ManageContent;
    /// Answers requests for support.
    SupportDesk: AnswerSupport;
    /// Manages roles, and who has them.
    RoleManager: ManageRoles;
    /// Reads the audit log.
    AuditReader: ViewAudit;
}

/// Either of these permissions gives access to the published numbers.
pub const READ_INSIGHTS: [Permission; 2] = [Permission::ViewCompanyInsights, Permission::ViewTeamInsights];

impl InsightsReader {
    /// The part of the organisation that this person may see.
    pub fn scope(&self) -> Scope {
        let company = self.0.page.may(Permission::ViewCompanyInsights);
        if company { Scope::Company } else { Scope::Subtree(self.0.department) }
    }
}

/// Like [`InsightsReader`], but authenticates and reads in one database call.
pub struct InsightsVisit(SignedIn);

impl FromRequest for InsightsVisit {
    type Error = PageError;
    type Future = Ready<Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        refusals::needs(request, &READ_INSIGHTS);
        ready(SignedIn::from_request(request, payload).into_inner().map(Self))
    }
}

impl InsightsVisit {
    /// Reads within this person's scope, in the language of their page.
    ///
    /// # Errors
    /// [`AppError::SignInRequired`] without a valid sign-in,
    /// [`AppError::Forbidden`] without the permission, else those of `work`.
    pub async fn read<T, F>(self, work: F) -> Result<(CurrentUser, T), PageError>
    where
        F: Fn(&mut PgConnection, Scope, Language) -> Result<T, AppError> + Send + 'static,
        T: Send + 'static,
    {
        let visit = move |conn: &mut PgConnection, who: &Identity, language| {
            work(conn, scope_of(who).ok_or(AppError::Forbidden)?, language)
        };
        self.0.visit(visit).await
    }
}

/// The part of the organisation whose published numbers a person may see; `None`
/// without the permission.
pub fn scope_of(who: &Identity) -> Option<Scope> {
    if who.permissions.contains(&Permission::ViewCompanyInsights) {
        Some(Scope::Company)
    } else {
        who.permissions.contains(&Permission::ViewTeamInsights).then_some(Scope::Subtree(who.department))
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

    /// The part whose published numbers they may see; `None` for none.
    pub fn numbers(&self) -> Option<Scope> {
        let page = &self.0.page;
        match (page.may(Permission::ViewCompanyInsights), page.may(Permission::ViewTeamInsights)) {
            (true, _) => Some(Scope::Company),
            (false, true) => Some(Scope::Subtree(self.0.department)),
            (false, false) => None,
        }
    }

    /// Whether they may edit the tree.
    pub fn may_edit(&self) -> bool {
        self.0.page.may(Permission::ManageEmployees)
    }
}

/// The signed-in person, if they have one of these permissions.
async fn allowed(request: &HttpRequest, permissions: &'static [Permission]) -> Result<CurrentUser, AppError> {
    refusals::needs(request, permissions);
    let hearth = web::hearth(request)?;
    let mut user = current_user::load(&hearth, request).await?.ok_or(AppError::SignInRequired)?;
    if !permissions.iter().any(|permission| user.page.may(*permission)) {
        return Err(AppError::Forbidden);
    }
    if permissions != [Permission::ManageRoles] {
        user.needs = permissions; // `roles::changing` checks this one: it may be given up in the same request
    }
    Ok(user)
}

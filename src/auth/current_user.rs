//! The signed-in person, and the session cookie that holds their token.

use crate::{
    auth::{Actor, Identity, SignInId, SignInKind},
    domain::{DepartmentId, Permission, UserId},
    error::AppError,
    i18n::Language,
    web::{Hearth, Page, headers::Forgotten, owner::Owner, refusals},
};
use actix_session::SessionExt as _;
use actix_web::{HttpMessage as _, HttpRequest};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

const TOKEN: &str = "token";
/// How long an entered password need not be entered again.
const PROVES_FOR: TimeDelta = TimeDelta::minutes(10);

/// The signed-in person.
#[derive(Clone)]
pub struct CurrentUser {
    pub id: UserId,
    pub name: String,
    /// A person without one can sign in only with an access code.
    pub email: Option<String>,
    pub language: Option<Language>,
    pub joined_on: NaiveDate,
    /// The department that HR confirmed.
    pub department: Option<DepartmentId>,
    pub sign_in: SignInId,
    /// When the password was last entered with this sign-in.
    proved_at: Option<DateTime<Utc>>,
    /// Start of a sign-in with an access code, else `None`.
    pub by_code: Option<DateTime<Utc>>,
    /// Permissions of which one is still required when this person's change is written.
    needs: &'static [Permission],
    /// The layout of the requested page.
    pub page: Page,
}

impl CurrentUser {
    /// Whether the password was entered within the last ten minutes.
    pub fn has_just_proved(&self, now: DateTime<Utc>) -> bool {
        self.proved_at.is_some_and(|at| now - at < PROVES_FOR)
    }

    /// The acting person, for [`Hearth::act`].
    pub fn actor(&self) -> Actor {
        Actor::new(self.id, self.sign_in).who_needs(self.needs)
    }
}

/// The person who sends a request, for which they need one of `needs`.
pub(super) fn recognised(
    hearth: &Hearth,
    request: &HttpRequest,
    who: Identity,
    needs: &'static [Permission],
) -> CurrentUser {
    refusals::asked_by(request, who.user);
    let page = Page::new(hearth, request).with_forms_of(Some(Owner::new(&hearth.keys, who.user)));
    let by_code = (who.kind == SignInKind::Code).then_some(who.since);
    let page = match by_code {
        Some(_) => page.with_code(),
        None => page.signed_in(&who.name, who.language, who.permissions),
    };
    request.extensions_mut().insert(page.clone()); // the layout of an error page, if there is an error
    CurrentUser {
        page,
        id: who.user,
        name: who.name,
        email: who.email,
        language: who.language,
        joined_on: who.joined_on,
        department: who.department,
        sign_in: who.sign_in,
        proved_at: who.proved_at,
        by_code,
        // `roles::changing` checks this one: it may be given up in the same request.
        needs: if needs == [Permission::ManageRoles] { &[] } else { needs },
    }
}

/// The token in the session cookie.
pub(super) fn token(request: &HttpRequest) -> Option<String> {
    request.get_session().get(TOKEN).ok().flatten()
}

/// Puts a new sign-in's token into a renewed session cookie.
///
/// # Errors
/// When the token cannot be serialised as JSON, which does not happen for text.
pub fn remember(request: &HttpRequest, token: &str) -> Result<(), AppError> {
    let session = request.get_session();
    session.renew();
    session.insert(TOKEN, token).map_err(|error| AppError::Internal(anyhow::anyhow!("session: {error}")))
}

/// Removes the session cookie, and tells the browser to clear what it stored
/// (`Clear-Site-Data`).
pub fn forget(request: &HttpRequest) {
    request.get_session().purge();
    request.extensions_mut().insert(Forgotten);
}

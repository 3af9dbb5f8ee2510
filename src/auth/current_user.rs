//! Extractors for pages that require a sign-in: a handler with a [`CurrentUser`]
//! argument cannot be reached without one.

use crate::{
    auth::{Actor, Identity, SignInId, SignInKind, sessions, token},
    domain::{DepartmentId, Permission, UserId},
    error::{AppError, PageError},
    i18n::Language,
    web::{self, Hearth, Page, headers::Forgotten, owner::Owner, refusals},
};
use actix_session::SessionExt as _;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, dev::Payload, web::Data};
use chrono::TimeDelta;
use chrono::{DateTime, NaiveDate, Utc};
use diesel::PgConnection;
use std::{
    future::{Future, Ready, ready},
    pin::Pin,
};

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
    /// Permissions of which the handler requires one.
    pub(super) needs: &'static [Permission],
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

impl FromRequest for CurrentUser {
    type Error = PageError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let hearth = web::hearth(&request)?;
            load(&hearth, &request).await?.ok_or_else(|| AppError::SignInRequired.into())
        })
    }
}

/// The person of the session cookie, in one query; `None` without a valid sign-in.
///
/// # Errors
/// [`AppError::Unavailable`] when the database is out of reach.
pub async fn load(hearth: &Data<Hearth>, request: &HttpRequest) -> Result<Option<CurrentUser>, AppError> {
    let Some(hash) = token(request).as_deref().and_then(token::hash_of) else { return Ok(None) };
    let now = hearth.now();
    let found = hearth.db.read(move |conn| sessions::who(conn, hash, &[SignInKind::Browser], now)).await?;
    Ok(found.map(|who| recognised(hearth, request, who)))
}

fn recognised(hearth: &Hearth, request: &HttpRequest, who: Identity) -> CurrentUser {
    refusals::asked_by(request, who.user);
    let page = Page::new(hearth, request).with_forms_of(Some(Owner::new(&hearth.keys, who.user)));
    let page = page.signed_in(&who.name, who.language, who.permissions);
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
        needs: &[],
    }
}

/// A request that may have a session cookie, for the most requested pages:
/// [`Self::read`] authenticates and reads in one database call, where
/// [`CurrentUser`] and a read need two.
pub struct SignedIn {
    hearth: Data<Hearth>,
    request: HttpRequest,
}

impl FromRequest for SignedIn {
    type Error = PageError;
    type Future = Ready<Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(web::hearth(request).map(|hearth| Self { hearth, request: request.clone() }).map_err(PageError::from))
    }
}

impl SignedIn {
    /// Reads with the person's id, in the language of their page.
    ///
    /// # Errors
    /// [`AppError::SignInRequired`] without a valid sign-in, else those of `work`.
    pub async fn read<T, F>(self, work: F) -> Result<(CurrentUser, T), PageError>
    where
        F: Fn(&mut PgConnection, UserId, Language) -> Result<T, AppError> + Send + 'static,
        T: Send + 'static,
    {
        self.visit(move |conn, who, language| work(conn, who.user, language)).await
    }

    /// Reads for the signed-in person; `work` checks permissions.
    pub(super) async fn visit<T, F>(self, work: F) -> Result<(CurrentUser, T), PageError>
    where
        F: Fn(&mut PgConnection, &Identity, Language) -> Result<T, AppError> + Send + 'static,
        T: Send + 'static,
    {
        let (who, found) = visit(&self.hearth, &self.request, &[SignInKind::Browser], work).await?;
        let user = recognised(&self.hearth, &self.request, who);
        Ok((user, found?))
    }
}

/// Authenticates the session cookie and reads, in one database call. 403 and 404 of
/// `work` are in the inner result, so that their error page knows the person.
///
/// # Errors
/// [`AppError::SignInRequired`] without a valid sign-in, else those of `work`.
pub async fn visit<T, F>(
    hearth: &Data<Hearth>,
    request: &HttpRequest,
    kinds: &'static [SignInKind],
    work: F,
) -> Result<(Identity, Result<T, AppError>), AppError>
where
    F: Fn(&mut PgConnection, &Identity, Language) -> Result<T, AppError> + Send + 'static,
    T: Send + 'static,
{
    let hash = token(request).as_deref().and_then(token::hash_of).ok_or(AppError::SignInRequired)?;
    let (now, fallback) = (hearth.now(), Page::new(hearth, request).language());
    let visit = move |conn: &mut PgConnection| {
        let who = sessions::who(conn, hash, kinds, now)?.ok_or(AppError::SignInRequired)?;
        match work(conn, &who, who.language.unwrap_or(fallback)) {
            Err(error @ (AppError::NotFound | AppError::Forbidden)) => Ok((who, Err(error))),
            found => Ok::<_, AppError>((who, Ok(found?))),
        }
    };
    hearth.db.read(visit).await
}

fn token(request: &HttpRequest) -> Option<String> {
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

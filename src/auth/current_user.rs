//! Who is signed in, as an argument of a handler: a page that asks for
//! [`CurrentUser`] cannot be reached by anyone else.

use crate::{
    auth::{Actor, SignInId, SignInKind, Who, sessions, token},
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
/// How long the password counts as just entered.
const PROVES_FOR: TimeDelta = TimeDelta::minutes(10);

/// The signed-in person.
#[derive(Clone)]
pub struct CurrentUser {
    pub id: UserId,
    pub name: String,
    /// Without one nobody signs in, but with a code from a slip.
    pub email: Option<String>,
    pub language: Option<Language>,
    pub joined_on: NaiveDate,
    /// The department HR put them in.
    pub department: Option<DepartmentId>,
    pub sign_in: SignInId,
    /// When the password was last entered with it.
    proved_at: Option<DateTime<Utc>>,
    /// What they had to be allowed to get here.
    pub(super) needs: &'static [Permission],
    /// The frame of the page that was asked for.
    pub page: Page,
}

impl CurrentUser {
    /// Whether they entered their password so recently that it need not be
    /// asked again.
    pub fn has_just_proved(&self, now: DateTime<Utc>) -> bool {
        self.proved_at.is_some_and(|at| now - at < PROVES_FOR)
    }

    /// Who acts, for [`Hearth::act`].
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

/// The person whose sign-in the session cookie carries, in one query.
///
/// # Errors
/// [`AppError::Unavailable`] when the database is out of reach.
pub async fn load(hearth: &Data<Hearth>, request: &HttpRequest) -> Result<Option<CurrentUser>, AppError> {
    let Some(hash) = token(request).as_deref().and_then(token::hash_of) else { return Ok(None) };
    let now = hearth.now();
    let found = hearth.db.read(move |conn| sessions::who(conn, hash, &[SignInKind::Browser], now)).await?;
    Ok(found.map(|who| recognised(hearth, request, who)))
}

fn recognised(hearth: &Hearth, request: &HttpRequest, who: Who) -> CurrentUser {
    refusals::asked_by(request, who.user);
    let page = Page::new(hearth, request).with_forms_of(Some(Owner::new(&hearth.keys, who.user)));
    let page = page.signed_in(&who.name, who.language, who.permissions);
    request.extensions_mut().insert(page.clone()); // for the page of an error, should there be one
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

/// Somebody with a session cookie. Who they are is asked in the same visit to
/// the database that reads for them, and nothing is read for a stranger: what
/// [`CurrentUser`] gives in two visits, for the pages that are asked for most.
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
    /// [`AppError::SignInRequired`] for a stranger, else those of `work`.
    pub async fn read<T, F>(self, work: F) -> Result<(CurrentUser, T), PageError>
    where
        F: Fn(&mut PgConnection, UserId, Language) -> Result<T, AppError> + Send + 'static,
        T: Send + 'static,
    {
        self.visit(move |conn, who, language| work(conn, who.user, language)).await
    }

    /// Reads for whoever turns out to be signed in; `work` says what they may.
    pub(super) async fn visit<T, F>(self, work: F) -> Result<(CurrentUser, T), PageError>
    where
        F: Fn(&mut PgConnection, &Who, Language) -> Result<T, AppError> + Send + 'static,
        T: Send + 'static,
    {
        let (who, found) = visit(&self.hearth, &self.request, &[SignInKind::Browser], work).await?;
        let user = recognised(&self.hearth, &self.request, who);
        Ok((user, found?))
    }
}

/// Asks who somebody with a session cookie is, and reads for them, in one visit
/// to the database. The result inside is what this person gets, whom the page of
/// its error still knows.
///
/// # Errors
/// [`AppError::SignInRequired`] for a stranger, else those of `work`.
pub async fn visit<T, F>(
    hearth: &Data<Hearth>,
    request: &HttpRequest,
    kinds: &'static [SignInKind],
    work: F,
) -> Result<(Who, Result<T, AppError>), AppError>
where
    F: Fn(&mut PgConnection, &Who, Language) -> Result<T, AppError> + Send + 'static,
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
/// When the token cannot be written as JSON, which text always can.
pub fn remember(request: &HttpRequest, token: &str) -> Result<(), AppError> {
    let session = request.get_session();
    session.renew();
    session.insert(TOKEN, token).map_err(|error| AppError::Internal(anyhow::anyhow!("session: {error}")))
}

/// Ends the session cookie, and has the browser forget what it kept of the
/// pages.
pub fn forget(request: &HttpRequest) {
    request.get_session().purge();
    request.extensions_mut().insert(Forgotten);
}

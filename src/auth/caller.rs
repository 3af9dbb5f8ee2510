//! Who sends a request, and with which right: a handler with a [`Caller`] argument
//! reaches neither the person nor their data before the sign-in and the permission
//! that its signature names are checked.

use crate::{
    auth::{
        AuditReader, CampaignManager, ContentManager, CurrentUser, DepartmentReader, EmployeeManager, Identity,
        InsightsReader, RoleManager, SignInKind, SupportDesk, current_user, sessions, staff, token, token::TokenHash,
    },
    domain::Permission,
    error::{ApiError, AppError, PageError},
    i18n::Language,
    web::{self, Button, Form, Hearth, page, refusals},
};
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header::AUTHORIZATION, web::Data};
use diesel::PgConnection;
use serde::de::DeserializeOwned;
use std::{
    future::{Ready, ready},
    marker::PhantomData,
};

/// What a handler requires of whoever calls it.
pub trait Access: 'static {
    /// How a refusal is answered: with a page, or in JSON.
    type Error: From<AppError> + Into<actix_web::Error>;
    /// The kinds of sign-in that are accepted.
    const KINDS: &'static [SignInKind];
    /// Permissions of which one is required; empty: none.
    const NEEDS: &'static [Permission] = &[];

    /// The token that the request carries.
    fn token(request: &HttpRequest) -> Option<String>;
}

/// Access to a page, by session cookie.
pub trait PageAccess: Access<Error = PageError> {}

/// Anybody who signed in with a password.
pub struct SignedIn;

/// Somebody who answers a questionnaire: signed in with a password or an access code.
pub struct Respondent;

/// A program with a bearer token, never with a cookie.
pub struct Api;

macro_rules! pages {
    ($($access:ident: $kinds:expr, $needs:expr;)+) => {$(
        impl Access for $access {
            type Error = PageError;
            const KINDS: &'static [SignInKind] = &$kinds;
            const NEEDS: &'static [Permission] = &$needs;

            fn token(request: &HttpRequest) -> Option<String> {
                current_user::token(request)
            }
        }

        impl PageAccess for $access {}
    )+};
}

pages! {
    SignedIn: [SignInKind::Browser], [];
    Respondent: [SignInKind::Browser, SignInKind::Code], [];
    InsightsReader: [SignInKind::Browser], staff::READ_INSIGHTS;
    CampaignManager: [SignInKind::Browser], [Permission::ManageCampaigns];
    EmployeeManager: [SignInKind::Browser], [Permission::ManageEmployees];
    DepartmentReader: [SignInKind::Browser], staff::READ_DEPARTMENTS;
    ContentManager: [SignInKind::Browser], [Permission::ManageContent];
    SupportDesk: [SignInKind::Browser], [Permission::AnswerSupport];
    RoleManager: [SignInKind::Browser], [Permission::ManageRoles];
    AuditReader: [SignInKind::Browser], [Permission::ViewAudit];
}

impl Access for Api {
    type Error = ApiError;
    const KINDS: &'static [SignInKind] = &[SignInKind::Api];

    fn token(request: &HttpRequest) -> Option<String> {
        let given = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let (scheme, token) = given.and_then(|value| value.split_once(' '))?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
    }
}

/// A request that carries a token. Whose it is, and whether they may do this, is found
/// out by the call that reads for them: one visit to the database answers both.
pub struct Caller<A> {
    pub(super) hearth: Data<Hearth>,
    pub(super) request: HttpRequest,
    pub(super) token: TokenHash,
    access: PhantomData<A>,
}

impl<A: Access> FromRequest for Caller<A> {
    type Error = A::Error;
    type Future = Ready<Result<Self, A::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request).map_err(A::Error::from))
    }
}

impl<A: Access> Caller<A> {
    fn of(request: &HttpRequest) -> Result<Self, AppError> {
        refusals::needs(request, A::NEEDS);
        let token = A::token(request).as_deref().and_then(token::hash_of).ok_or(AppError::SignInRequired)?;
        Ok(Self { hearth: web::hearth(request)?, request: request.clone(), token, access: PhantomData })
    }

    /// The person and the sign-in of the token.
    ///
    /// # Errors
    /// [`AppError::SignInRequired`] when it is not, or no longer, valid.
    pub(super) fn identify(&self) -> impl Fn(&mut PgConnection) -> Result<Identity, AppError> + Send + use<A> {
        let (token, now) = (self.token, self.hearth.now());
        move |conn| sessions::who(conn, token, A::KINDS, now)?.ok_or(AppError::SignInRequired)
    }

    /// Ends the sign-in.
    ///
    /// # Errors
    /// [`AppError::SignInRequired`] when it is not, or no longer, valid,
    /// [`AppError::Unavailable`] when the database is out of reach.
    pub async fn sign_out(&self) -> Result<(), AppError> {
        let identify = self.identify();
        let end = move |conn: &mut PgConnection| {
            let who = identify(conn)?;
            sessions::end_if_there(conn, who.user, who.sign_in)
        };
        self.hearth.db.run(end).await
    }
}

impl Caller<SignedIn> {
    /// The signed-in person; `None` without a valid sign-in.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when the database is out of reach.
    pub async fn if_signed_in(request: &HttpRequest) -> Result<Option<CurrentUser>, AppError> {
        let Ok(caller) = Self::of(request) else { return Ok(None) };
        match caller.user().await {
            Ok(user) => Ok(Some(user)),
            Err(PageError(AppError::SignInRequired)) => Ok(None),
            Err(PageError(error)) => Err(error),
        }
    }
}

impl<A: PageAccess> Caller<A> {
    /// The person.
    ///
    /// # Errors
    /// [`AppError::SignInRequired`] without a valid sign-in, [`AppError::Forbidden`]
    /// without the permission, [`AppError::Unavailable`] when the database is out of
    /// reach.
    pub async fn user(self) -> Result<CurrentUser, PageError> {
        Ok(self.read(|_, _, _| Ok(())).await?.0)
    }

    /// The person, and what `work` reads for them in the language of their page, in
    /// one visit to the database.
    ///
    /// # Errors
    /// Those of [`Self::user`] and of `work`.
    pub async fn read<T, F>(self, work: F) -> Result<(CurrentUser, T), PageError>
    where
        F: Fn(&mut PgConnection, &Identity, Language) -> Result<T, AppError> + Send + 'static,
        T: Send + 'static,
    {
        let (identify, fallback) = (self.identify(), page::language(&self.hearth, &self.request));
        let visit = move |conn: &mut PgConnection| {
            let who = identify(conn)?;
            if !A::NEEDS.is_empty() && !A::NEEDS.iter().any(|permission| who.permissions.contains(permission)) {
                return Ok((who, Err(AppError::Forbidden)));
            }
            // 403 and 404 are returned beside the person, whose name their page shows.
            match work(conn, &who, who.language.unwrap_or(fallback)) {
                Err(error @ (AppError::NotFound | AppError::Forbidden)) => Ok((who, Err(error))),
                found => Ok::<_, AppError>((who, Ok(found?))),
            }
        };
        let (who, found) = self.hearth.db.read(visit).await?;
        let user = current_user::recognised(&self.hearth, &self.request, who, A::NEEDS);
        Ok((user, found?))
    }

    /// The person and their form.
    ///
    /// # Errors
    /// Those of [`Self::user`] and of [`Form::of`].
    pub async fn form<T: DeserializeOwned>(self, form: Form<T>) -> Result<(CurrentUser, T), PageError> {
        let user = self.user().await?;
        let form = form.of(&user.page).await?;
        Ok((user, form))
    }

    /// The person who pressed a button, of a form without fields.
    ///
    /// # Errors
    /// Those of [`Self::form`].
    pub async fn pressed(self, form: Form<Button>) -> Result<CurrentUser, PageError> {
        Ok(self.form(form).await?.0)
    }
}

//! Authentication of API requests: by bearer token only, never by cookie.

use crate::{
    auth::{
        Actor, Identity, SignInKind, sessions,
        token::{self, TokenHash},
    },
    domain::UserId,
    error::{ApiError, AppError},
    i18n::{Catalog, Language},
    web::{self, Hearth, api::Query, page, refusals},
};
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header::AUTHORIZATION, web::Data};
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use std::future::{Ready, ready};

/// A request with a bearer token. [`Self::run`] and [`Self::read`] verify the token
/// and do their work in the same database call.
pub struct ApiUser {
    hearth: Data<Hearth>,
    request: HttpRequest,
    hash: TokenHash,
    asked: Option<Language>,
    fallback: Language,
}

/// The person behind the token, and the context of the request.
pub struct ApiCaller {
    pub who: Identity,
    pub language: Language,
    /// Time of the request.
    pub now: DateTime<Utc>,
}

impl ApiCaller {
    pub fn words(&self) -> &'static Catalog {
        self.language.catalog()
    }
}

impl FromRequest for ApiUser {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request))
    }
}

impl ApiUser {
    fn of(request: &HttpRequest) -> Result<Self, ApiError> {
        let given = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let (scheme, token) = given.and_then(|value| value.split_once(' ')).ok_or(AppError::SignInRequired)?;
        let hash = token::hash_of(token.trim()).filter(|_| scheme.eq_ignore_ascii_case("bearer"));
        let hearth = web::hearth(request)?;
        Ok(Self {
            hash: hash.ok_or(AppError::SignInRequired)?,
            asked: Query::of(request).last("lang").and_then(|code| code.parse().ok()),
            fallback: page::language(&hearth, request),
            request: request.clone(),
            hearth,
        })
    }

    /// Runs `work` for this person in a transaction, which is rolled back if the
    /// token was revoked meanwhile.
    ///
    /// # Errors
    /// [`AppError::SignInRequired`] when the token is not valid, else those of `work`.
    pub async fn run<T, F>(&self, work: F) -> Result<T, ApiError>
    where
        F: FnOnce(&mut PgConnection, &ApiCaller) -> Result<T, ApiError> + Send + 'static,
        T: Send + 'static,
    {
        let recognise = self.recognise();
        let visit = move |conn: &mut PgConnection| {
            let me = recognise(conn)?;
            let actor = Actor::new(me.who.user, me.who.sign_in);
            refused_as(me.who.user, actor.act(conn, |conn| work(conn, &me)))
        };
        let (user, done) = self.hearth.db.run(visit).await?;
        refusals::asked_by(&self.request, user);
        done
    }

    /// Revokes the token.
    ///
    /// # Errors
    /// [`AppError::SignInRequired`] when it is not valid.
    pub async fn sign_out(&self) -> Result<(), ApiError> {
        let recognise = self.recognise();
        let end = move |conn: &mut PgConnection| {
            let me = recognise(conn)?;
            Ok::<_, ApiError>(sessions::end(conn, me.who.user, me.who.sign_in)?)
        };
        self.hearth.db.run(end).await
    }

    /// Reads for this person.
    ///
    /// # Errors
    /// Those of [`ApiUser::run`].
    pub async fn read<T, F>(&self, work: F) -> Result<T, ApiError>
    where
        F: Fn(&mut PgConnection, &ApiCaller) -> Result<T, ApiError> + Send + 'static,
        T: Send + 'static,
    {
        let recognise = self.recognise();
        let visit = move |conn: &mut PgConnection| {
            let me = recognise(conn)?;
            refused_as(me.who.user, work(conn, &me))
        };
        let (user, done) = self.hearth.db.read(visit).await?;
        refusals::asked_by(&self.request, user);
        done
    }

    fn recognise(&self) -> impl Fn(&mut PgConnection) -> Result<ApiCaller, ApiError> + Send + 'static {
        let (hash, asked, fallback, now) = (self.hash, self.asked, self.fallback, self.hearth.now());
        move |conn| {
            let who = sessions::who(conn, hash, &[SignInKind::Api], now)?.ok_or(AppError::SignInRequired)?;
            let language = asked.or(who.language).unwrap_or(fallback);
            Ok(ApiCaller { who, language, now })
        }
    }
}

/// For the request log: moves 403, 404 and the handler's own refusals into the inner
/// result, beside the person; any other error stays that of the database call.
fn refused_as<T>(user: UserId, done: Result<T, ApiError>) -> Result<(UserId, Result<T, ApiError>), ApiError> {
    match done {
        Err(ApiError::App(error)) if !matches!(error, AppError::NotFound | AppError::Forbidden) => Err(error.into()),
        done => Ok((user, done)),
    }
}

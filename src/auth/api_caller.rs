//! What a caller of the API does: a bearer token authenticates, never a cookie.

use crate::{
    auth::{Actor, Api, Caller, Identity},
    domain::UserId,
    error::{ApiError, AppError},
    i18n::{Catalog, Language},
    web::{api::Query, page, refusals},
};
use chrono::{DateTime, Utc};
use diesel::PgConnection;

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

impl Caller<Api> {
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

    /// Reads for this person.
    ///
    /// # Errors
    /// Those of [`Self::run`].
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
        let asked = Query::of(&self.request).last("lang").and_then(|code| code.parse().ok());
        let fallback = page::language(&self.hearth, &self.request);
        let (identify, now) = (self.identify(), self.hearth.now());
        move |conn| {
            let who = identify(conn)?;
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

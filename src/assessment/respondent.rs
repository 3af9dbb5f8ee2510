//! Extractors for handlers that also accept a sign-in by access code, not only one
//! by password. All other extractors treat a sign-in by code as not signed in.

use crate::{
    assessment::Answerer,
    auth::{Actor, Identity, SignInId, SignInKind, current_user},
    domain::UserId,
    error::{AppError, PageError},
    i18n::Language,
    web::{self, Hearth, Page, owner::Owner, refusals},
};
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, dev::Payload, web::Data};
use diesel::PgConnection;
use std::{
    future::{Future, Ready, ready},
    pin::Pin,
};

const KINDS: [SignInKind; 2] = [SignInKind::Browser, SignInKind::Code];

/// A person signed in with a password or an access code.
#[derive(Clone)]
pub struct Respondent {
    pub answerer: Answerer,
    pub sign_in: SignInId,
    /// The layout of the requested page.
    pub page: Page,
}

impl Respondent {
    pub fn id(&self) -> UserId {
        self.answerer.user
    }

    /// The acting person, for [`Hearth::act`].
    pub fn actor(&self) -> Actor {
        Actor::new(self.id(), self.sign_in)
    }
}

impl FromRequest for Respondent {
    type Error = PageError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let hearth = web::hearth(&request)?;
            let (respondent, ()) = read(hearth, request, |_, _, _| Ok(())).await?;
            Ok(respondent)
        })
    }
}

/// A request that may have a session cookie: [`Self::read`] loads the session and
/// reads for its person in the same database call.
pub struct Responding {
    hearth: Data<Hearth>,
    request: HttpRequest,
}

impl FromRequest for Responding {
    type Error = PageError;
    type Future = Ready<Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let hearth = web::hearth(request);
        ready(hearth.map(|hearth| Self { hearth, request: request.clone() }).map_err(PageError::from))
    }
}

impl Responding {
    /// Reads for this person, in the language of their page.
    ///
    /// # Errors
    /// [`AppError::SignInRequired`] without a session, else those of `work`.
    pub async fn read<T, F>(self, work: F) -> Result<(Respondent, T), PageError>
    where
        F: Fn(&mut PgConnection, Answerer, Language) -> Result<T, AppError> + Send + 'static,
        T: Send + 'static,
    {
        read(self.hearth, self.request, work).await
    }
}

async fn read<T, F>(hearth: Data<Hearth>, request: HttpRequest, work: F) -> Result<(Respondent, T), PageError>
where
    F: Fn(&mut PgConnection, Answerer, Language) -> Result<T, AppError> + Send + 'static,
    T: Send + 'static,
{
    let by_whom = move |conn: &mut PgConnection, who: &Identity, language| work(conn, answerer(who), language);
    let (who, found) = current_user::visit(&hearth, &request, &KINDS, by_whom).await?;
    refusals::asked_by(&request, who.user);
    let answerer = answerer(&who);
    let page = Page::new(&hearth, &request).with_forms_of(Some(Owner::new(&hearth.keys, who.user)));
    let page = match answerer.by_code {
        Some(_) => page.with_code(),
        None => page.signed_in(&who.name, who.language, who.permissions),
    };
    request.extensions_mut().insert(page.clone()); // the layout of an error page, if there is an error
    Ok((Respondent { answerer, sign_in: who.sign_in, page }, found?))
}

fn answerer(who: &Identity) -> Answerer {
    let by_code = (who.kind == SignInKind::Code).then_some(who.since);
    Answerer { user: who.user, by_code }
}

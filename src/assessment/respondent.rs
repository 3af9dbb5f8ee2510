//! Who may answer a questionnaire, as an argument of a handler: somebody
//! signed in, or somebody with a code from a slip. For every page that does
//! not ask for a [`Respondent`], a sign-in by a code is none.

use crate::{
    assessment::Answerer,
    auth::{Actor, SignInId, SignInKind, Who, current_user},
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

/// Somebody who answers, or has just answered.
#[derive(Clone)]
pub struct Respondent {
    pub answerer: Answerer,
    pub sign_in: SignInId,
    /// The frame of the page that was asked for.
    pub page: Page,
}

impl Respondent {
    pub fn id(&self) -> UserId {
        self.answerer.user
    }

    /// Who acts, for [`Hearth::act`].
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

/// Somebody with a session cookie, whom the same visit to the database finds
/// that reads for them.
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
    /// [`AppError::SignInRequired`] for a stranger, else those of `work`.
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
    let by_whom = move |conn: &mut PgConnection, who: &Who, language| work(conn, answerer(who), language);
    let (who, found) = current_user::visit(&hearth, &request, &KINDS, by_whom).await?;
    refusals::asked_by(&request, who.user);
    let answerer = answerer(&who);
    let page = Page::new(&hearth, &request).with_forms_of(Some(Owner::new(&hearth.keys, who.user)));
    let page = match answerer.by_code {
        Some(_) => page.with_code(),
        None => page.signed_in(&who.name, who.language, who.permissions),
    };
    request.extensions_mut().insert(page.clone()); // for the page of an error, should there be one
    Ok((Respondent { answerer, sign_in: who.sign_in, page }, found?))
}

fn answerer(who: &Who) -> Answerer {
    let by_code = (who.kind == SignInKind::Code).then_some(who.since);
    Answerer { user: who.user, by_code }
}

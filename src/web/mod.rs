//! What every page shares: the application's state, who asks, the cross-site
//! check, headers, errors, assets and charts. Knows no feature's rules.

pub mod address;
pub mod api;
pub mod api_docs;
pub mod assets;
pub mod body;
pub mod browser;
pub mod chart;
pub mod compressed;
pub mod cookies;
pub mod cross_site;
pub mod current_user;
pub mod errors;
pub mod form;
pub mod headers;
pub mod json;
pub mod owner;
pub mod page;
pub mod promise;
pub mod received;
pub mod refusals;
pub mod request_log;
pub mod respondent;
pub mod site;
pub mod staff;
pub mod upload;

pub use current_user::{CurrentUser, SignedIn};
pub use json::Json;
pub use page::{Page, Visitor};
pub use received::{Button, Form, Query};
pub use respondent::{Respondent, Responding};
pub use upload::FileForm;

use crate::{
    accounts::{Actor, password::Hasher},
    assessment::catalog::Instruments,
    assistant::model::Endpoint,
    audit::Signer,
    config::Config,
    db::Db,
    error::AppError,
    help::HelpContacts,
    hr::insights::Kept,
    i18n::Language,
    keys::Keys,
    mail::Postbox,
    web::{body::Bodies, compressed::Compressed},
    workers::Workers,
};
use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{ContentType, HeaderValue, LOCATION, RETRY_AFTER},
    },
};
use askama::Template;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::PgConnection;
use std::{
    sync::{Arc, Mutex, OnceLock},
    time::Duration,
};

/// What the handlers share; one per process.
pub struct Hearth {
    pub config: Config,
    pub db: Db,
    pub hasher: Hasher,
    /// Makes pictures small.
    pub pictures: Workers,
    /// The language model that the assistant asks, if there is one.
    pub assistant: Option<Endpoint>,
    pub clock: Clock,
    pub keys: Arc<Keys>,
    pub signer: Signer,
    pub help: HelpContacts,
    pub postbox: Postbox,
    /// Forms, and bodies of the API, that are under way.
    pub forms: Bodies,
    /// Forms with a file that are under way.
    pub uploads: Bodies,
    /// How long a body may take to arrive.
    pub body_patience: Duration,
    pub instruments: Instruments,
    /// The landing page in each language: the same for every stranger.
    pub landing: [OnceLock<Compressed>; 3],
    /// Pictures of the organisation that were rendered already.
    pub kept_insights: Kept,
    /// Whether this is the demo company, whose data is nobody's.
    pub demo: bool,
}

impl Hearth {
    /// This moment, read once at the edge of a request.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Works for somebody in one transaction, and takes it back if their
    /// sign-in or their permission was ended while the work waited.
    ///
    /// # Errors
    /// Those of [`Actor::act`] and [`Db::run`].
    pub async fn act<T, E, F>(&self, actor: Actor, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut PgConnection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<AppError> + From<diesel::result::Error> + Send + 'static,
    {
        self.db.run(move |conn| actor.act(conn, work)).await
    }

    /// Who would read along with the assistant's conversations.
    pub fn model_host(&self) -> Option<String> {
        self.assistant.as_ref().map(|endpoint| endpoint.host().to_owned())
    }

    /// The calendar day of a moment where the organisation is.
    pub fn day(&self, moment: DateTime<Utc>) -> NaiveDate {
        self.local(moment).date()
    }

    /// A moment as the organisation's clocks show it.
    pub fn local(&self, moment: DateTime<Utc>) -> NaiveDateTime {
        moment.with_timezone(&self.config.timezone).naive_local()
    }
}

/// Where the time comes from.
#[derive(Clone, Default)]
pub enum Clock {
    #[default]
    System,
    /// A clock that a test moves.
    Set(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// This moment.
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            #[expect(clippy::disallowed_methods, reason = "this is the edge")]
            Self::System => Utc::now(),
            Self::Set(moment) => *moment.lock().unwrap_or_else(std::sync::PoisonError::into_inner),
        }
    }
}

/// A rendered page.
///
/// # Errors
/// Only when a template cannot be rendered.
pub fn html(template: &impl Template) -> Result<HttpResponse, AppError> {
    html_with(StatusCode::OK, template)
}

/// A rendered page with another status: 422 for a form with what was wrong in it.
///
/// # Errors
/// Only when a template cannot be rendered.
pub fn html_with(status: StatusCode, template: &impl Template) -> Result<HttpResponse, AppError> {
    Ok(HttpResponse::build(status).content_type(ContentType::html()).body(template.render()?))
}

/// The page in another language, with what was typed so far; the browser keeps
/// the language.
///
/// # Errors
/// Only when a template cannot be rendered.
pub fn in_language(hearth: &Hearth, language: Language, template: &impl Template) -> Result<HttpResponse, AppError> {
    keep_language(hearth, language, html(template)?)
}

/// The same answer, with which the browser keeps this language.
///
/// # Errors
/// Never: a language is a valid cookie.
pub fn keep_language(
    hearth: &Hearth,
    language: Language,
    mut response: HttpResponse,
) -> Result<HttpResponse, AppError> {
    let cookie = cookies::set_language(hearth, language.code());
    response.add_cookie(&cookie).map_err(|error| AppError::Internal(error.into()))?;
    Ok(response)
}

/// Tells the client how long to wait, in whole seconds.
pub fn retry_after(response: &mut HttpResponse, wait: Duration) {
    let seconds = HeaderValue::from(wait.as_secs_f64().ceil().max(1.0) as u64);
    response.headers_mut().insert(RETRY_AFTER, seconds);
}

/// After a write: show the page at `path` with a message of the catalogs.
///
/// # Errors
/// Never: a message's key is a valid cookie.
pub fn see_other_with(hearth: &Hearth, path: &str, flash: &str) -> Result<HttpResponse, AppError> {
    let mut response = see_other(path);
    response.add_cookie(&cookies::set_flash(hearth, flash)).map_err(|error| AppError::Internal(error.into()))?;
    Ok(response)
}

/// After a write: show the page at `path`.
pub fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, path)).finish()
}

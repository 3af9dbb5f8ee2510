//! What every page shares: the application's state, who asks, the cross-site
//! check, headers, errors, assets and charts. Knows no feature's rules.

pub mod address;
pub mod api;
pub mod assets;
pub mod body;
pub mod browser;
pub mod chart;
pub mod compressed;
pub mod cookies;
pub mod cross_site;
pub mod demo;
pub mod errors;
pub mod form;
pub mod headers;
pub mod indentation;
pub mod json;
pub mod owner;
pub mod page;
pub mod promise;
pub mod received;
pub mod refusals;
pub mod request_log;
pub mod upload;

pub use json::Json;
pub use page::Page;
pub use received::{Button, Form, Query};
pub use upload::FileForm;

use crate::{
    clock::Clock,
    config::Config,
    db::Db,
    error::AppError,
    help::HelpContacts,
    i18n::Language,
    keys::{Keys, Signer},
    mail::Postbox,
    web::body::Bodies,
    workers::Turns,
};
use actix_web::HttpRequest;
use actix_web::web::Data;
use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{ContentType, HeaderValue, LOCATION, RETRY_AFTER},
    },
};
use askama::Template;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use std::{
    any::{Any, TypeId},
    collections::HashMap,
    sync::Arc,
    time::Duration,
};

/// What the handlers share; one per process.
pub struct Hearth {
    pub config: Config,
    pub db: Db,
    pub clock: Clock,
    pub keys: Arc<Keys>,
    pub signer: Signer,
    pub help: HelpContacts,
    pub postbox: Postbox,
    /// Where tries to sign in, to register and the like take their turn.
    pub strangers: Turns,
    /// Forms, and bodies of the API, that are under way.
    pub forms: Bodies,
    /// Forms with a file that are under way.
    pub uploads: Bodies,
    /// How long a body may take to arrive.
    pub body_patience: Duration,
    /// What single rooms share among their handlers.
    pub states: States,
    /// Whether this is the demo company, whose data is nobody's.
    pub demo: bool,
}

/// The shared state of the application.
///
/// # Errors
/// Never in an application built by `app::build`.
pub fn hearth(request: &HttpRequest) -> Result<Data<Hearth>, AppError> {
    let missing = || AppError::Internal(anyhow::anyhow!("the application has no state"));
    request.app_data::<Data<Hearth>>().cloned().ok_or_else(missing)
}

/// One value of each type, put in when the application is built.
#[derive(Default)]
pub struct States(HashMap<TypeId, Box<dyn Any + Send + Sync>>);

impl States {
    /// The same with one more.
    #[must_use]
    pub fn with<T: Any + Send + Sync>(mut self, state: T) -> Self {
        self.0.insert(TypeId::of::<T>(), Box::new(state));
        self
    }
}

impl Hearth {
    /// What a room shares among its handlers; each room has a method of its own
    /// that says so.
    #[expect(clippy::expect_used, reason = "the application is built with one of each")]
    pub fn state<T: Any>(&self) -> &T {
        self.states
            .0
            .get(&TypeId::of::<T>())
            .and_then(|state| state.downcast_ref())
            .expect("built with the application")
    }

    /// This moment, read once at the edge of a request.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
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
    let page = indentation::without(&template.render()?);
    Ok(HttpResponse::build(status).content_type(ContentType::html()).body(page))
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

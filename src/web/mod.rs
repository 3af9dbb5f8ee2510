//! What all pages share: the application's state, the layout, forms, errors, the
//! cross-site check, headers, static files and charts. Imports no feature; of features it
//! knows only the paths in the navigation and that of the page to sign in.

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
use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{ContentType, HeaderValue, LOCATION, RETRY_AFTER},
    },
    web::Data,
};
use askama::Template;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use std::{
    any::{Any, TypeId},
    collections::HashMap,
    sync::Arc,
    time::Duration,
};

/// The state that all handlers share; one per process.
pub struct Hearth {
    pub config: Config,
    pub db: Db,
    pub clock: Clock,
    pub keys: Arc<Keys>,
    pub signer: Signer,
    pub help: HelpContacts,
    pub postbox: Postbox,
    /// Limits requests that need no sign-in, such as signing in and registering.
    pub strangers: Turns,
    /// Limits for forms and bodies of the API.
    pub forms: Bodies,
    /// Limits for forms with a file.
    pub uploads: Bodies,
    /// How long a body may take to arrive.
    pub body_patience: Duration,
    /// State that single features share among their handlers.
    pub states: States,
    /// Whether this is the demo company, whose data are fictitious.
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

/// At most one value per type, added when the application is built.
#[derive(Default)]
pub struct States(HashMap<TypeId, Box<dyn Any + Send + Sync>>);

impl States {
    /// Adds a value.
    #[must_use]
    pub fn with<T: Any + Send + Sync>(mut self, state: T) -> Self {
        self.0.insert(TypeId::of::<T>(), Box::new(state));
        self
    }
}

impl Hearth {
    /// The value of this type. Features wrap it in a method with a name of its own.
    #[expect(clippy::expect_used, reason = "the application is built with one of each")]
    pub fn state<T: Any>(&self) -> &T {
        self.states
            .0
            .get(&TypeId::of::<T>())
            .and_then(|state| state.downcast_ref())
            .expect("built with the application")
    }

    /// The current time. Read it once per request, and pass it on.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The date of a moment in the organisation's time zone.
    pub fn day(&self, moment: DateTime<Utc>) -> NaiveDate {
        self.local(moment).date()
    }

    /// A moment in the organisation's time zone.
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

/// A rendered page with another status, such as 422 for a form with errors.
///
/// # Errors
/// Only when a template cannot be rendered.
pub fn html_with(status: StatusCode, template: &impl Template) -> Result<HttpResponse, AppError> {
    let page = indentation::without(&template.render()?);
    Ok(HttpResponse::build(status).content_type(ContentType::html()).body(page))
}

/// The page in another language, with what was typed so far; also sets the language
/// cookie.
///
/// # Errors
/// Only when a template cannot be rendered.
pub fn in_language(hearth: &Hearth, language: Language, template: &impl Template) -> Result<HttpResponse, AppError> {
    keep_language(hearth, language, html(template)?)
}

/// The same answer with the language cookie set.
///
/// # Errors
/// Never: a language code is a valid cookie.
pub fn keep_language(
    hearth: &Hearth,
    language: Language,
    mut response: HttpResponse,
) -> Result<HttpResponse, AppError> {
    let cookie = cookies::set_language(hearth, language.code());
    response.add_cookie(&cookie).map_err(|error| AppError::Internal(error.into()))?;
    Ok(response)
}

/// Sets `Retry-After`, in whole seconds, rounded up, at least 1.
pub fn retry_after(response: &mut HttpResponse, wait: Duration) {
    let seconds = HeaderValue::from(wait.as_secs_f64().ceil().max(1.0) as u64);
    response.headers_mut().insert(RETRY_AFTER, seconds);
}

/// Redirects after a write (303) to `path`, and leaves a message for that page.
///
/// # Errors
/// Never: a catalog key is a valid cookie.
pub fn see_other_with(hearth: &Hearth, path: &str, flash: &str) -> Result<HttpResponse, AppError> {
    let mut response = see_other(path);
    response.add_cookie(&cookies::set_flash(hearth, flash)).map_err(|error| AppError::Internal(error.into()))?;
    Ok(response)
}

/// Redirects after a write (303) to `path`.
pub fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, path)).finish()
}

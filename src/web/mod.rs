//! What every page shares: the application's state, who asks, the cross-site
//! check, headers, errors, assets and charts. Knows no feature's rules.

pub mod address;
pub mod assets;
pub mod chart;
pub mod cookies;
pub mod cross_site;
pub mod current_user;
pub mod errors;
pub mod headers;
pub mod page;
pub mod request_log;

pub use current_user::CurrentUser;
pub use page::{Page, Visitor};

use crate::{
    accounts::password::Hasher, assessment::catalog::Instruments, config::Config, db::Db, error::AppError,
    help::HelpContacts, keys::Keys, mail::Postbox,
};
use actix_web::{
    HttpResponse,
    http::header::{ContentType, LOCATION},
};
use askama::Template;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use std::sync::{Arc, Mutex};

/// What the handlers share; one per process.
pub struct Hearth {
    pub config: Config,
    pub db: Db,
    pub hasher: Hasher,
    pub clock: Clock,
    pub keys: Keys,
    pub help: HelpContacts,
    pub postbox: Postbox,
    pub instruments: Instruments,
    /// Whether this is the demo company, whose data is nobody's.
    pub demo: bool,
}

impl Hearth {
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

/// Where the time comes from.
#[derive(Clone, Default)]
pub enum Clock {
    #[default]
    System,
    /// A clock that a test moves.
    Set(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    fn now(&self) -> DateTime<Utc> {
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
    Ok(HttpResponse::Ok().content_type(ContentType::html()).body(template.render()?))
}

/// The same page again with what was wrong in it: 422.
///
/// # Errors
/// Only when a template cannot be rendered.
pub fn unprocessable(template: &impl Template) -> Result<HttpResponse, AppError> {
    Ok(HttpResponse::UnprocessableEntity().content_type(ContentType::html()).body(template.render()?))
}

/// After a write: show the page at `path`.
pub fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, path)).finish()
}

//! Pages without sign-in: `/`, `/promise`, `/help`, `security.txt`, and the probes
//! `/health` and `/ready`.

use crate::{
    auth::Visitor,
    error::{AppError, PageError},
    i18n::Language,
    urls,
    web::{
        self, Hearth, Page,
        compressed::Compressed,
        indentation,
        promise::{Contact, Promise, contacts},
    },
};
use actix_web::{HttpResponse, http::header::ContentType, web::Data};
use askama::Template;
use chrono::{SecondsFormat, TimeDelta};
use diesel::connection::SimpleConnection as _;
use std::sync::OnceLock;

#[derive(Template)]
#[template(path = "landing.html")]
struct LandingPage {
    page: Page,
    promise: Promise,
}

/// The rendered landing page by language, which is the same for every visitor who
/// is not signed in.
#[derive(Default)]
pub struct LandingPages([OnceLock<Compressed>; Language::ALL.len()]);

impl Hearth {
    fn landing(&self) -> &[OnceLock<Compressed>; Language::ALL.len()] {
        &self.state::<LandingPages>().0
    }
}

/// The landing page; redirects to the dashboard when signed in.
pub async fn landing(visitor: Visitor, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    if visitor.user.is_some() {
        return Ok(web::see_other(urls::DASHBOARD));
    }
    let page = visitor.page;
    if page.flash.is_some() {
        return Ok(web::html(&LandingPage { page, promise: Promise::of(&hearth) })?);
    }
    let kept = &hearth.landing()[page.language() as usize];
    let body = match kept.get() {
        Some(body) => body,
        None => {
            let rendered = LandingPage { page, promise: Promise::of(&hearth) }.render().map_err(AppError::from)?;
            let without = indentation::without(&rendered);
            let compressed = Compressed::new(without).map_err(|error| AppError::Internal(error.into()))?;
            kept.get_or_init(|| compressed)
        }
    };
    Ok(body.answer(&visitor.request, "text/html; charset=utf-8"))
}

#[derive(Template)]
#[template(path = "promise.html")]
struct PromisePage {
    page: Page,
    promise: Promise,
}

/// Who sees what, in full.
pub async fn promise(visitor: Visitor, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    Ok(web::html(&PromisePage { page: visitor.page, promise: Promise::of(&hearth) })?)
}

#[derive(Template)]
#[template(path = "help.html")]
struct HelpPage {
    page: Page,
    contacts: Vec<Contact>,
}

/// Where to get help.
pub async fn help(visitor: Visitor, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let contacts = contacts(&hearth, &visitor.page);
    Ok(web::html(&HelpPage { page: visitor.page, contacts })?)
}

/// Until when `security.txt` is valid, from now; RFC 9116 recommends less than a year.
const SECURITY_TXT_HOLDS: TimeDelta = TimeDelta::days(180);

/// Where to report a vulnerability of this installation (RFC 9116).
///
/// # Errors
/// [`AppError::NotFound`] where no contact is configured.
pub async fn security_txt(hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let contact = hearth.config.security_contact.as_ref().ok_or(AppError::NotFound)?;
    let expires = (hearth.now() + SECURITY_TXT_HOLDS).to_rfc3339_opts(SecondsFormat::Secs, true);
    let address = hearth.config.public_url.join(urls::WELL_KNOWN_SECURITY_TXT);
    let address = address.map_err(|error| AppError::Internal(error.into()))?;
    let languages = Language::ALL.map(Language::code).join(", ");
    let body =
        format!("Contact: {contact}\nExpires: {expires}\nPreferred-Languages: {languages}\nCanonical: {address}\n");
    Ok(HttpResponse::Ok().content_type(ContentType::plaintext()).body(body))
}

/// Liveness probe; does not touch the database.
pub async fn health() -> &'static str {
    "ok"
}

/// Readiness probe: whether the database answers.
pub async fn ready(hearth: Data<Hearth>) -> HttpResponse {
    match hearth.db.read(|conn| Ok::<_, AppError>(conn.batch_execute("SELECT 1")?)).await {
        Ok(()) => HttpResponse::Ok().body("ready"),
        Err(_) => HttpResponse::ServiceUnavailable().body("database unavailable"),
    }
}

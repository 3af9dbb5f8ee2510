//! Headers of every answer: content security policy, caching, and others.

use crate::{
    i18n::Language,
    urls,
    web::{Hearth, cookies},
};
use actix_web::{
    Error, HttpMessage as _,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::Data,
};

/// Marks a request that ended a session: the answer tells the browser to delete its
/// data.
pub struct Forgotten;

/// Marks a request that chose a language: the answer sets the cookie that remembers it.
pub struct Chosen(pub Language);

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A static file's address changes with its content.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// `Clear-Site-Data` after signing out: deletes cached pages, including those behind
/// the back button, and what scripts stored. Cookies stay; they only hold the language
/// and the mark of a known device.
const FORGET: &str = "\"cache\", \"storage\"";

/// Middleware: sets the headers, answers HEAD like GET, and deletes a message that was
/// shown.
///
/// # Errors
/// None of its own.
pub async fn add(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET; // handled like GET; the server omits the body
    }
    let hearth = request.app_data::<Data<Hearth>>().cloned();
    let is_static = request.path().starts_with(urls::STATIC);
    let has_flash = !is_static
        && request
            .headers()
            .get(header::COOKIE)
            .is_some_and(|cookie| cookie.to_str().is_ok_and(|text| text.contains(cookies::FLASH)));
    let mut response = next.call(request).await?;
    let secure = hearth.as_ref().is_some_and(|hearth| hearth.config.is_secure());
    if has_flash
        && response.status() == StatusCode::OK
        && let Some(hearth) = &hearth
    {
        response.response_mut().add_cookie(&cookies::clear_flash(hearth))?;
    }
    let chosen = response.request().extensions().get::<Chosen>().map(|chosen| chosen.0);
    if let (Some(language), Some(hearth)) = (chosen, &hearth) {
        response.response_mut().add_cookie(&cookies::set_language(hearth, language.code()))?;
    }
    let forgotten = response.request().extensions().contains::<Forgotten>();
    let cached = is_static && response.status().is_success();
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
    set(header::CONTENT_SECURITY_POLICY, POLICY);
    set(header::REFERRER_POLICY, "same-origin");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()");
    set(header::CACHE_CONTROL, if cached { IMMUTABLE } else { "no-store" });
    if secure {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
    if forgotten {
        set(HeaderName::from_static("clear-site-data"), FORGET);
    }
    Ok(response)
}

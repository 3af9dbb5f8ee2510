//! Middleware that asks for the password before the handlers it wraps. The page
//! sends the same request again with its fields and the password. Whoever
//! entered the password within ten minutes is not asked. `app::routes` says which
//! addresses are wrapped.

use crate::{
    accounts::reauthentication::{self, Refused},
    auth::{Caller, CurrentUser},
    error::{AppError, PageError},
    urls,
    web::{
        self, Hearth, Page, body,
        form::FormErrors,
        owner,
        received::{self, Sent},
    },
};
use actix_web::{
    Error, HttpMessage as _, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{Payload, ServiceRequest, ServiceResponse},
    http::{Method, StatusCode},
    middleware::Next,
    web::{Bytes, Data},
};
use askama::Template;
use std::time::Duration;

/// The field with the password; a first request may carry it already.
const FIELD: &str = "current_password";
/// The one address that is guarded for GET too.
const READS: &str = urls::PRIVACY_EXPORT_ZIP;

#[derive(Template)]
#[template(path = "accounts/reauthenticate.html")]
struct ReauthenticatePage {
    page: Page,
    /// Address of the guarded request.
    action: String,
    /// Its fields, sent again with the password.
    fields: Vec<(String, String)>,
    email: String,
    errors: FormErrors,
}

/// Lets a request pass after a recent or a correct password, else answers 403 with
/// the page that asks for it (429 after too many wrong ones).
///
/// # Errors
/// Those of the services inside.
pub async fn ask(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let hearth = web::hearth(request.request()).map_err(PageError::from)?;
    let user = Caller::if_signed_in(request.request()).await.map_err(PageError::from)?;
    // The handler sends visitors who are not signed in to the sign-in page.
    let Some(user) = user.filter(|user| is_guarded(&request) && !user.has_just_proved(hearth.now())) else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let body = body_of(&mut request, &user, &hearth).await.map_err(PageError::from)?;
    let sent: Vec<(String, String)> = url::form_urlencoded::parse(&body).into_owned().collect();
    if Sent::new(sent.clone().into_iter()).check(user.page.owner).is_err() {
        request.set_payload(Payload::from(body)); // a form rendered for another account; the handler refuses it
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let (mut errors, mut wait) = (FormErrors::default(), None);
    let given = sent.iter().find(|(name, _)| name == FIELD).map(|(_, password)| password.clone());
    if let Some(password) = given {
        match prove(&user, &request, &hearth, password).await {
            Ok(()) => {
                request.set_payload(Payload::from(body));
                return Ok(next.call(request).await?.map_into_boxed_body());
            }
            Err(refused) => wait = refused.explain(&user, FIELD, &mut errors).map_err(PageError::from)?,
        }
    }
    let fields = sent.into_iter().filter(|(name, _)| name != FIELD && name != owner::FIELD).collect();
    let answer = page(user, &request, fields, errors, wait).map_err(PageError::from)?;
    Ok(request.into_response(answer))
}

/// Reads the body with the limits of any form.
async fn body_of(request: &mut ServiceRequest, user: &CurrentUser, hearth: &Hearth) -> Result<Bytes, AppError> {
    let payload = request.take_payload();
    let mut held = hearth.forms.begin(received::sender(request.request(), user.page.owner)?)?;
    let reading = received::reading(request.request(), received::FORM_LIMIT)?;
    Ok(body::read(payload, reading, &mut held).await?.freeze())
}

fn is_guarded(request: &ServiceRequest) -> bool {
    !matches!(*request.method(), Method::GET | Method::HEAD) || request.path() == READS
}

/// Verifies the password, and stores the time with the sign-in.
async fn prove(
    user: &CurrentUser,
    request: &ServiceRequest,
    hearth: &Data<Hearth>,
    password: String,
) -> Result<(), Refused> {
    let proof = reauthentication::check(user, request.request(), hearth, password).await?;
    let now = hearth.now();
    Ok(hearth.db.run(move |conn| reauthentication::keep(conn, &proof, now)).await?)
}

fn page(
    user: CurrentUser,
    request: &ServiceRequest,
    fields: Vec<(String, String)>,
    errors: FormErrors,
    wait: Option<Duration>,
) -> Result<HttpResponse, AppError> {
    let mut page = user.page;
    if request.method() != Method::GET {
        page.path = urls::DASHBOARD.to_owned(); // changing the language returns to a page, not to a POST address
    }
    let (action, email) = (request.path().to_owned(), user.email.unwrap_or_default());
    let status = if wait.is_some() { StatusCode::TOO_MANY_REQUESTS } else { StatusCode::FORBIDDEN };
    let mut response = web::html_with(status, &ReauthenticatePage { page, action, fields, email, errors })?;
    if let Some(wait) = wait {
        web::retry_after(&mut response, wait);
    }
    Ok(response)
}

//! `/login`, `/logout`.

use crate::{
    accounts::sign_in,
    auth::{Caller, Respondent, SignInKind, Visitor, current_user},
    domain::Email,
    error::{AppError, PageError},
    urls,
    web::{self, Form, Hearth, Page, Query, cookies, form::FormErrors},
};
use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "accounts/login.html")]
struct LoginPage {
    page: Page,
    email: String,
    next: String,
    errors: FormErrors,
}

#[derive(Deserialize)]
pub struct LoginQuery {
    next: Option<String>,
}

/// The form.
pub async fn show(visitor: Visitor, query: Query<LoginQuery>) -> Result<HttpResponse, PageError> {
    let next = Visitor::local_path(query.next.as_deref()).to_owned();
    if visitor.user.is_some() {
        return Ok(web::see_other(&next));
    }
    Ok(web::html(&LoginPage { page: visitor.page, email: String::new(), next, errors: FormErrors::default() })?)
}

#[derive(Deserialize)]
pub struct LoginForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    next: Option<String>,
}

/// Signs in, or shows the form again with the same message for an unknown address
/// and a wrong password.
pub async fn create(visitor: Visitor, form: Form<LoginForm>, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let form = form.open().await?;
    let LoginForm { email: given, password, next } = form;
    let next = Visitor::local_path(next.as_deref()).to_owned();
    let entered = match Email::parse(&given) {
        Some(email) => enter(&hearth, &visitor, &email, password, &next).await,
        None => Err(AppError::SignInRequired),
    };
    match entered {
        Ok(response) => Ok(response),
        Err(error) => explain(error, visitor.page, given, next),
    }
}

/// Signs this browser in, and leads to `next`.
async fn enter(
    hearth: &Data<Hearth>,
    visitor: &Visitor,
    email: &Email,
    password: String,
    next: &str,
) -> Result<HttpResponse, AppError> {
    let before = visitor.user.as_ref().map(|user| (user.id, user.sign_in));
    let request = &visitor.request;
    let entered = sign_in::with_password(hearth, request, email, password, SignInKind::Browser, before).await?;
    current_user::remember(request, &entered.token)?;
    let known = entered.device.map(cookies::Device);
    let device = cookies::set_device(hearth, known, &entered.account).map_err(AppError::Internal)?;
    let language = entered.language.map(|language| cookies::set_language(hearth, language.code()));
    let mut response = web::see_other(next);
    for cookie in std::iter::once(device).chain(language) {
        response.add_cookie(&cookie).map_err(|error| AppError::Internal(error.into()))?;
    }
    Ok(response)
}

/// The form again with why nobody was signed in; errors that do not explain it are
/// passed on.
fn explain(error: AppError, page: Page, email: String, next: String) -> Result<HttpResponse, PageError> {
    let (mut errors, words) = (FormErrors::default(), page.words());
    let (status, wait) = match error {
        AppError::SignInRequired => {
            errors.add(words, "", "login-wrong");
            (StatusCode::UNPROCESSABLE_ENTITY, None)
        }
        AppError::TooManyRequests(wait) => {
            errors.add_text("", page.t1("login-wait", "seconds", wait.as_secs_f64().ceil()));
            (StatusCode::TOO_MANY_REQUESTS, Some(wait))
        }
        AppError::Unavailable => {
            errors.add(words, "", "form-try-again");
            (StatusCode::SERVICE_UNAVAILABLE, None)
        }
        error => return Err(error.into()),
    };
    let mut response = web::html_with(status, &LoginPage { page, email, next, errors })?;
    if let Some(wait) = wait {
        web::retry_after(&mut response, wait);
    }
    Ok(response)
}

#[derive(Template)]
#[template(path = "accounts/still_signed_in.html")]
struct StillSignedInPage {
    page: Page,
}

/// Ends this sign-in. If the database cannot be reached, the browser's cookie is
/// removed all the same, and the page says that the session still exists.
pub async fn sign_out(
    caller: Result<Caller<Respondent>, PageError>,
    request: HttpRequest,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let ended = match caller {
        Ok(caller) => caller.sign_out().await,
        Err(PageError(error)) => Err(error),
    };
    current_user::forget(&request);
    match ended {
        // No session, or one that ended meanwhile: nothing to do.
        Ok(()) | Err(AppError::SignInRequired) => Ok(web::see_other(urls::LANDING)),
        Err(AppError::Unavailable) => {
            let mut page = Page::new(&hearth, &request);
            page.path = "/".to_owned();
            Ok(web::html_with(StatusCode::SERVICE_UNAVAILABLE, &StillSignedInPage { page })?)
        }
        Err(error) => Err(error.into()),
    }
}

//! `/password/forgot`, `/password/reset/{token}`.

use crate::{
    accounts::{
        AttemptKind,
        password::{Candidate, PasswordProblem},
        postage::Link,
        recovery, sign_in,
    },
    auth::{Client, Visitor, token},
    domain::Email,
    error::{AppError, PageError},
    limits::{self, Pace},
    urls,
    web::{self, Form, Hearth, Page, cookies, form::FormErrors},
};
use actix_web::{
    HttpResponse,
    cookie::Cookie,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use chrono::TimeDelta;
use diesel::PgConnection;
use serde::Deserialize;

/// How often one link may be sent with a new password.
const PACE: Pace = Pace { burst: 20, every: TimeDelta::seconds(10) };

#[derive(Template)]
#[template(path = "accounts/forgot.html")]
struct ForgotPage {
    page: Page,
    email: String,
    sent: bool,
    errors: FormErrors,
}

#[derive(Deserialize)]
pub struct ForgotForm {
    #[serde(default)]
    email: String,
}

/// The form.
pub async fn show(visitor: Visitor) -> Result<HttpResponse, PageError> {
    let errors = FormErrors::default();
    Ok(web::html(&ForgotPage { page: visitor.page, email: String::new(), sent: false, errors })?)
}

/// Sends a link if the address has an account; the answer does not say whether.
pub async fn create(visitor: Visitor, form: Form<ForgotForm>, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let form = form.open().await?;
    let mut errors = FormErrors::default();
    let Some(email) = Email::parse(&form.email) else {
        errors.add(visitor.page.words(), "email", Email::why_not(&form.email));
        let page = ForgotPage { page: visitor.page, email: form.email.clone(), sent: false, errors };
        return Ok(web::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)?);
    };
    mail_link(email, &visitor, &hearth).await?;
    Ok(web::html(&ForgotPage { page: visitor.page, email: String::new(), sent: true, errors })?)
}

/// Counts the request, and sends a link if the address has an account.
async fn mail_link(email: Email, visitor: &Visitor, hearth: &Data<Hearth>) -> Result<(), AppError> {
    let account = sign_in::account_key(&hearth.keys, &email);
    let client = Client::of(hearth, &visitor.request, &account);
    let link = Link::new(hearth, urls::PASSWORD_RESET, None, &email)?;
    let (now, language) = (hearth.now(), visitor.page.language());
    let asked = email.clone();
    let begin = move |conn: &mut _| sign_in::begin(conn, AttemptKind::ResetRequest, &account, &asked, &client, now);
    let turn = hearth.strangers.take().await?;
    let attempt = hearth.db.run(begin).await?;
    drop(turn);
    if let Some(user) = attempt.user {
        // In the background, so that the answer takes as long as for an unknown address.
        let (language, shared) = (attempt.language.unwrap_or(language), hearth.clone());
        let send = move |conn: &mut _| recovery::send_link(conn, user, &email, language, &link, now);
        actix_web::rt::spawn(async move {
            match shared.db.run(send).await {
                Ok(()) => shared.postbox.ring(),
                Err(error) => tracing::error!("a reset link was not sent: {error:#}"),
            }
        });
    }
    Ok(())
}

#[derive(Template)]
#[template(path = "accounts/reset.html")]
struct ResetPage {
    page: Page,
    /// Whether the link can still be used.
    good: bool,
    /// Whether the page is reached by a link that verifies an address.
    asks_whose: bool,
    errors: FormErrors,
}

/// The form for a valid link.
pub async fn show_reset(
    visitor: Visitor,
    token: Path<String>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (now, hash) = (hearth.now(), token::hash_of(&token));
    let checked = match hash {
        Some(hash) => hearth.db.read(move |conn| recovery::check_link(conn, hash, now)).await,
        None => Err(AppError::NotFound),
    };
    reset_page(visitor.page, checked.map(|_| ()), FormErrors::default())
}

#[derive(Deserialize)]
pub struct ResetForm {
    #[serde(default)]
    password: String,
}

/// Sets the new password. The browser becomes a known device, so that others who
/// guess passwords at the same time cannot lock the owner out.
pub async fn reset(
    visitor: Visitor,
    token: Path<String>,
    form: Form<ResetForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let form = form.open().await?;
    match set_password(&hearth, &form.password, &token).await {
        Ok(Err(problem)) => {
            let mut errors = FormErrors::default();
            errors.add(visitor.page.words(), "password", problem.key());
            reset_page(visitor.page, Ok(()), errors)
        }
        Ok(Ok(email)) => {
            hearth.postbox.ring();
            let mut response = web::see_other_with(&hearth, urls::LOGIN, "flash-password-set")?;
            let device = known_device(&hearth, &visitor, &email)?;
            response.add_cookie(&device).map_err(|error| AppError::Internal(error.into()))?;
            Ok(response)
        }
        Err(error) => reset_page(visitor.page, Err(error), FormErrors::default()),
    }
}

/// Answers the address of the account, or what is wrong with the password. Checks
/// the link and its limit before the expensive rating and hashing.
async fn set_password(
    hearth: &Hearth,
    password: &str,
    token: &str,
) -> Result<Result<String, PasswordProblem>, AppError> {
    let hash = token::hash_of(token).ok_or(AppError::NotFound)?;
    let (now, key) = (hearth.now(), hearth.keys.digest("tries of link", &hash));
    let look = move |conn: &mut PgConnection| {
        recovery::check_link(conn, hash, now)?;
        limits::take(conn, &key, PACE, now)
    };
    hearth.db.run(look).await?;
    let candidate = match Candidate::parse(password) {
        Ok(candidate) => candidate,
        Err(problem) => return Ok(Err(problem)),
    };
    let password = match hearth.hasher().judge(candidate, &["hearth"]).await? {
        Ok(password) => password,
        Err(problem) => return Ok(Err(problem)),
    };
    let password_hash = hearth.hasher().hash(password).await?;
    hearth.db.run(move |conn| recovery::reset(conn, hash, &password_hash, now)).await.map(Ok)
}

fn known_device(hearth: &Hearth, visitor: &Visitor, email: &str) -> Result<Cookie<'static>, AppError> {
    let email = Email::parse(email).ok_or(AppError::NotFound)?;
    let account = sign_in::account_key(&hearth.keys, &email);
    let known = cookies::device(hearth, &visitor.request, &account);
    cookies::set_device(hearth, known, &account).map_err(AppError::Internal)
}

fn reset_page(page: Page, checked: Result<(), AppError>, errors: FormErrors) -> Result<HttpResponse, PageError> {
    let (status, good) = match checked {
        Ok(()) if errors.is_empty() => (StatusCode::OK, true),
        Ok(()) => (StatusCode::UNPROCESSABLE_ENTITY, true),
        Err(AppError::NotFound) => (StatusCode::NOT_FOUND, false),
        Err(error) => return Err(error.into()),
    };
    let asks_whose = page.is_at(urls::PROFILE_ADDRESS);
    Ok(web::html_with(status, &ResetPage { page, good, asks_whose, errors })?)
}

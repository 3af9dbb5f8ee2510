//! `/register`.

use crate::{
    accounts::{
        password::Candidate,
        registration::{LONGEST_TEXT, NewPerson, RegisterError, sign_up},
    },
    auth::{SignInKind, Visitor, current_user},
    domain::Email,
    error::{AppError, PageError},
    urls,
    web::{
        self, Form, Hearth, Page, cookies,
        form::{FormErrors, line},
        received,
    },
};
use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "accounts/register.html")]
struct RegisterPage {
    page: Page,
    form: RegisterForm,
    errors: FormErrors,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct RegisterForm {
    email: String,
    password: String,
    name: String,
    position: String,
    department: String,
}

/// The form.
pub async fn show(visitor: Visitor) -> Result<HttpResponse, PageError> {
    if visitor.user.is_some() {
        return Ok(web::see_other(urls::DASHBOARD));
    }
    let form = RegisterForm::default();
    Ok(web::html(&RegisterPage { page: keeping(visitor.page), form, errors: FormErrors::default() })?)
}

/// Lets the language switch send the form's fields along, so that they are kept.
fn keeping(page: Page) -> Page {
    page.keeping("registration", urls::REGISTER)
}

/// Creates the account and signs in.
pub async fn create(
    visitor: Visitor,
    form: Form<RegisterForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let form = form.open().await?;
    if let Some(language) = received::switched_to(&visitor.request) {
        let page = keeping(visitor.page.in_language(language));
        return Ok(web::in_language(&hearth, language, &RegisterPage { page, form, errors: FormErrors::default() })?);
    }
    let mut errors = FormErrors::default();
    if let Some((email, password)) = parse(&form, &visitor.page, &mut errors) {
        match register(&hearth, &visitor, &form, email, password).await {
            Ok(device) => {
                let mut response = web::see_other_with(&hearth, urls::DASHBOARD, "flash-welcome")?;
                response.add_cookie(&device).map_err(|error| AppError::Internal(error.into()))?;
                return Ok(response);
            }
            Err(RegisterError::EmailTaken) => errors.add(visitor.page.words(), "email", "register-email-taken"),
            Err(RegisterError::Weak(problem)) => errors.add(visitor.page.words(), "password", problem.key()),
            Err(RegisterError::App(AppError::TooManyRequests(wait))) => {
                errors.add_text("", visitor.page.t1("login-wait", "seconds", wait.as_secs_f64().ceil()));
                let page = RegisterPage { page: keeping(visitor.page), form, errors };
                let mut response = web::html_with(StatusCode::TOO_MANY_REQUESTS, &page)?;
                web::retry_after(&mut response, wait);
                return Ok(response);
            }
            Err(RegisterError::App(AppError::Unavailable)) => {
                errors.add(visitor.page.words(), "", "form-try-again");
                let page = RegisterPage { page: keeping(visitor.page), form, errors };
                return Ok(web::html_with(StatusCode::SERVICE_UNAVAILABLE, &page)?);
            }
            Err(RegisterError::App(error)) => return Err(error.into()),
        }
    }
    let page = RegisterPage { page: keeping(visitor.page), form, errors };
    Ok(web::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)?)
}

fn parse(form: &RegisterForm, page: &Page, errors: &mut FormErrors) -> Option<(Email, Candidate)> {
    let words = page.words();
    check_text(form.name.as_str(), "name", true, page, errors);
    let email = Email::parse(&form.email);
    if email.is_none() {
        errors.add(words, "email", Email::why_not(&form.email));
    }
    check_text(form.position.as_str(), "position", false, page, errors);
    check_text(form.department.as_str(), "department", false, page, errors);
    let password = Candidate::parse(&form.password);
    if let Err(problem) = password {
        errors.add(words, "password", problem.key());
    }
    if errors.is_empty() { email.zip(password.ok()) } else { None }
}

/// Adds an error when a line is longer than [`LONGEST_TEXT`], or empty though `required`.
pub fn check_text(text: &str, field: &'static str, required: bool, page: &Page, errors: &mut FormErrors) {
    let length = line(text).chars().count();
    if required && length == 0 {
        errors.add(page.words(), field, "field-required");
    } else if length > LONGEST_TEXT {
        errors.add(page.words(), field, "field-too-long");
    }
}

async fn register(
    hearth: &Data<Hearth>,
    visitor: &Visitor,
    form: &RegisterForm,
    email: Email,
    password: Candidate,
) -> Result<actix_web::cookie::Cookie<'static>, RegisterError> {
    let person = NewPerson {
        email,
        password,
        name: line(&form.name),
        position: line(&form.position),
        department: line(&form.department),
        language: visitor.page.language(),
    };
    let entered = sign_up(hearth, &visitor.request, person, SignInKind::Browser).await?;
    current_user::remember(&visitor.request, &entered.token)?;
    Ok(cookies::set_device(hearth, None, &entered.account).map_err(AppError::Internal)?)
}

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

impl RegisterForm {
    fn parse(&self, page: &Page) -> Result<NewPerson, FormErrors> {
        let (mut errors, words) = (FormErrors::default(), page.words());
        check_text(&self.name, "name", true, page, &mut errors);
        let email = Email::parse(&self.email);
        if email.is_none() {
            errors.add(words, "email", Email::why_not(&self.email));
        }
        check_text(&self.position, "position", false, page, &mut errors);
        check_text(&self.department, "department", false, page, &mut errors);
        let password = Candidate::parse(&self.password);
        if let Err(problem) = password {
            errors.add(words, "password", problem.key());
        }
        let person = email.zip(password.ok()).map(|(email, password)| NewPerson {
            email,
            password,
            name: line(&self.name),
            position: line(&self.position),
            department: line(&self.department),
            language: page.language(),
        });
        person.filter(|_| errors.is_empty()).ok_or(errors)
    }
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
    let person = match form.parse(&visitor.page) {
        Ok(person) => person,
        Err(errors) => return refuse(visitor.page, form, errors, StatusCode::UNPROCESSABLE_ENTITY),
    };
    match register(&hearth, &visitor, person).await {
        Ok(response) => Ok(response),
        Err(error) => explain(error, visitor.page, form),
    }
}

fn refuse(page: Page, form: RegisterForm, errors: FormErrors, status: StatusCode) -> Result<HttpResponse, PageError> {
    Ok(web::html_with(status, &RegisterPage { page: keeping(page), form, errors })?)
}

/// The form again with why no account was made; errors that do not explain it are
/// passed on.
fn explain(error: RegisterError, page: Page, form: RegisterForm) -> Result<HttpResponse, PageError> {
    let (mut errors, words) = (FormErrors::default(), page.words());
    let (status, wait) = match error {
        RegisterError::EmailTaken => {
            errors.add(words, "email", "register-email-taken");
            (StatusCode::UNPROCESSABLE_ENTITY, None)
        }
        RegisterError::Weak(problem) => {
            errors.add(words, "password", problem.key());
            (StatusCode::UNPROCESSABLE_ENTITY, None)
        }
        RegisterError::App(AppError::TooManyRequests(wait)) => {
            errors.add_text("", page.t1("login-wait", "seconds", wait.as_secs_f64().ceil()));
            (StatusCode::TOO_MANY_REQUESTS, Some(wait))
        }
        RegisterError::App(AppError::Unavailable) => {
            errors.add(words, "", "form-try-again");
            (StatusCode::SERVICE_UNAVAILABLE, None)
        }
        RegisterError::App(error) => return Err(error.into()),
    };
    let mut response = refuse(page, form, errors, status)?;
    if let Some(wait) = wait {
        web::retry_after(&mut response, wait);
    }
    Ok(response)
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

/// Creates the account, and leads the person in.
async fn register(hearth: &Data<Hearth>, visitor: &Visitor, person: NewPerson) -> Result<HttpResponse, RegisterError> {
    let entered = sign_up(hearth, &visitor.request, person, SignInKind::Browser).await?;
    current_user::remember(&visitor.request, &entered.token)?;
    let device = cookies::set_device(hearth, None, &entered.account).map_err(AppError::Internal)?;
    let mut response = web::see_other_with(hearth, urls::DASHBOARD, "flash-welcome")?;
    response.add_cookie(&device).map_err(|error| AppError::Internal(error.into()))?;
    Ok(response)
}

//! `/privacy/export.zip`, `/privacy/erase`.

use crate::{
    accounts::profile::pages::check_current,
    error::PageError,
    my_data::{self, COOLING_OFF, ErasureError},
    web::{self, Button, CurrentUser, Form, Hearth, Page, form::FormErrors},
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header::CONTENT_DISPOSITION},
    web::Data,
};
use askama::Template;
use chrono::NaiveDateTime;
use serde::Deserialize;
use std::time::Duration;

/// Everything about me.
pub async fn export(user: CurrentUser, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let (now, language) = (hearth.now(), user.page.language());
    let content = hearth.db.export(move |conn| my_data::export(conn, user.id, language, now)).await?;
    let name = format!("hearth-{}.zip", hearth.day(now));
    Ok(HttpResponse::Ok()
        .content_type("application/zip")
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(content))
}

#[derive(Template)]
#[template(path = "my_data/erase.html")]
struct ErasePage {
    page: Page,
    hours: i64,
    /// Nobody without an address has a password to confirm with.
    email: Option<String>,
    due: Option<NaiveDateTime>,
    errors: FormErrors,
}

/// What is deleted, what stays, and that there is a day to think it over.
pub async fn ask(user: CurrentUser, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    render(user, FormErrors::default(), None, &hearth).await
}

async fn render(
    user: CurrentUser,
    errors: FormErrors,
    wait: Option<Duration>,
    hearth: &Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let id = user.id;
    let due = hearth.db.read(move |conn| my_data::erasure_due(conn, id)).await?;
    let status = match (errors.is_empty(), wait) {
        (true, _) => StatusCode::OK,
        (false, None) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, Some(_)) => StatusCode::TOO_MANY_REQUESTS,
    };
    let page = ErasePage {
        hours: COOLING_OFF.num_hours(),
        email: user.email,
        due: due.map(|due| hearth.local(due)),
        errors,
        page: user.page,
    };
    let mut response = web::html_with(status, &page)?;
    if let Some(wait) = wait {
        web::retry_after(&mut response, wait);
    }
    Ok(response)
}

#[derive(Deserialize)]
pub struct EraseForm {
    #[serde(default)]
    password: String,
}

/// Keeps that the person wants to be erased.
pub async fn request(
    user: CurrentUser,
    request: HttpRequest,
    form: Form<EraseForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let form = form.of(&user.page).await?;
    let mut errors = FormErrors::default();
    let password = form.password;
    let wait = check_current(&user, &request, &hearth, password, "password", &mut errors).await?;
    if !errors.is_empty() {
        return render(user, errors, wait, &hearth).await;
    }
    let url =
        hearth.config.public_url.join("privacy").map_err(|error| crate::error::AppError::Internal(error.into()))?;
    let (id, now, words) = (user.id, hearth.now(), user.page.words());
    match hearth.db.run(move |conn| my_data::request_erasure(conn, id, url.as_str(), words, now)).await {
        Ok(()) => {
            hearth.postbox.ring();
            Ok(web::see_other_with(&hearth, "/privacy", "flash-erasure-requested")?)
        }
        Err(ErasureError::LastAdmin) => {
            errors.add(user.page.words(), "", "erase-last-admin");
            render(user, errors, None, &hearth).await
        }
        Err(ErasureError::App(error)) => Err(error.into()),
    }
}

/// Takes it back.
pub async fn cancel(user: CurrentUser, form: Form<Button>, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    form.of(&user.page).await?;
    hearth.db.run(move |conn| my_data::cancel_erasure(conn, user.id)).await?;
    Ok(web::see_other_with(&hearth, "/privacy", "flash-erasure-cancelled")?)
}

//! `/privacy/export.zip`, `/privacy/erase`.

use crate::{
    accounts::{
        erasure::{self, COOLING_OFF, ErasureError},
        postage::Postage,
        profile::pages::mails_wait,
        reauthentication,
    },
    auth::{Caller, CurrentUser, Proof, SignedIn},
    domain::Email,
    error::{AppError, PageError},
    privacy::my_data,
    urls,
    web::{self, Button, Form, Hearth, Page, form::FormErrors},
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header::CONTENT_DISPOSITION},
    web::Data,
};
use askama::Template;
use chrono::NaiveDateTime;
use diesel::PgConnection;
use serde::Deserialize;
use std::time::Duration;

/// Downloads everything stored about me.
pub async fn export(
    caller: Caller<SignedIn>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    let (now, language) = (hearth.now(), user.page.language());
    let actor = user.actor();
    let export = move |conn: &mut PgConnection| {
        let content = my_data::export(conn, actor.user, language, now)?;
        actor.act(conn, |_| Ok::<_, AppError>(content)) // the sign-in may have been ended while this waited
    };
    let content = hearth.db.export(export).await?;
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
    /// People without an address have no password to confirm with.
    email: Option<String>,
    due: Option<NaiveDateTime>,
    errors: FormErrors,
}

/// Asks for confirmation: what is deleted, what stays, and that there is a day to
/// reconsider.
pub async fn ask(caller: Caller<SignedIn>, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    render(user, FormErrors::default(), None, &hearth).await
}

async fn render(
    user: CurrentUser,
    errors: FormErrors,
    wait: Option<Duration>,
    hearth: &Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let id = user.id;
    let due = hearth.db.read(move |conn| erasure::due_at(conn, id)).await?;
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
    #[serde(default, alias = "current_password")]
    password: String,
}

/// Stores the wish to be erased.
pub async fn request(
    caller: Caller<SignedIn>,
    request: HttpRequest,
    form: Form<EraseForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form) = caller.form(form).await?;
    let mut errors = FormErrors::default();
    let wait = match reauthentication::check(&user, &request, &hearth, form.password).await {
        Ok(proof) => match keep_wish(&user, proof, &hearth).await {
            Ok(()) => return Ok(web::see_other_with(&hearth, urls::PRIVACY, "flash-erasure-requested")?),
            Err(refused) => explain(refused, &user.page, &mut errors)?,
        },
        Err(refused) => refused.explain(&user, "password", &mut errors)?,
    };
    render(user, errors, wait, &hearth).await
}

/// Stores the wish, and mails how to take it back.
async fn keep_wish(user: &CurrentUser, proof: Proof, hearth: &Data<Hearth>) -> Result<(), ErasureError> {
    let url = hearth.config.public_url.join(urls::PRIVACY).map_err(|error| AppError::Internal(error.into()))?;
    let (now, words) = (hearth.now(), user.page.words());
    let address = user.email.as_deref().and_then(Email::parse).ok_or(AppError::NotFound)?;
    let postage = Postage::new(&hearth.keys, Some(user.id), &address);
    hearth.db.run(move |conn| erasure::request(conn, &proof, &postage, url.as_str(), words, now)).await?;
    hearth.postbox.ring();
    Ok(())
}

/// Adds the message for a refusal; answers how long to wait, if at all. Other errors
/// are passed on.
fn explain(error: ErasureError, page: &Page, errors: &mut FormErrors) -> Result<Option<Duration>, AppError> {
    match error {
        ErasureError::LastAdmin => {
            errors.add(page.words(), "", "erase-last-admin");
            Ok(None)
        }
        ErasureError::App(AppError::TooManyRequests(wait)) => {
            errors.add_text("", mails_wait(page, wait));
            Ok(Some(wait))
        }
        ErasureError::App(error) => Err(error),
    }
}

/// Cancels the request to be erased.
pub async fn cancel(
    caller: Caller<SignedIn>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    hearth.act(user.actor(), move |conn| erasure::cancel(conn, user.id)).await?;
    Ok(web::see_other_with(&hearth, urls::PRIVACY, "flash-erasure-cancelled")?)
}

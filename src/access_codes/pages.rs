//! `/code`: sign in with an access code from a printed slip.

use crate::{
    access_codes::{self, Code, CodeError},
    accounts::sign_in,
    auth::{Client, Visitor, current_user, token},
    error::{AppError, PageError},
    urls,
    web::{self, Form, Hearth, Page, form::FormErrors},
};
use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use diesel::PgConnection;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "accounts/code.html")]
struct CodePage {
    page: Page,
    typed: String,
    errors: FormErrors,
}

/// The form.
pub async fn show(visitor: Visitor) -> Result<HttpResponse, PageError> {
    let errors = FormErrors::default();
    Ok(web::html(&CodePage { page: visitor.page, typed: String::new(), errors })?)
}

#[derive(Deserialize)]
pub struct CodeForm {
    #[serde(default)]
    code: String,
}

/// Signs in with a code, or shows the form again with the error.
pub async fn create(visitor: Visitor, form: Form<CodeForm>, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let form = form.open().await?;
    let redeemed = match Code::parse(&form.code) {
        Some(code) => redeem(&hearth, &visitor, &code).await,
        None => Err(CodeError::NotGood),
    };
    match redeemed {
        Ok(()) => Ok(web::see_other(urls::ASSESSMENTS_NEW)),
        Err(error) => explain(error, visitor.page, &form.code),
    }
}

/// The form again with why the code did not sign in; errors that do not explain it are
/// passed on.
fn explain(error: CodeError, page: Page, typed: &str) -> Result<HttpResponse, PageError> {
    let mut errors = FormErrors::default();
    let (status, wait) = match error {
        CodeError::NotGood => {
            errors.add(page.words(), "code", "code-not-good");
            (StatusCode::UNPROCESSABLE_ENTITY, None)
        }
        CodeError::App(AppError::TooManyRequests(wait)) => {
            errors.add_text("", page.t1("code-wait", "seconds", wait.as_secs_f64().ceil()));
            (StatusCode::TOO_MANY_REQUESTS, Some(wait))
        }
        CodeError::App(error) => return Err(error.into()),
    };
    let typed = typed.chars().take(100).collect();
    let mut response = web::html_with(status, &CodePage { page, typed, errors })?;
    if let Some(wait) = wait {
        web::retry_after(&mut response, wait);
    }
    Ok(response)
}

/// Counts the attempt, then looks the code up. A guessed code belongs to no
/// account, so all attempts count for one made-up account, by network.
async fn redeem(hearth: &Data<Hearth>, visitor: &Visitor, code: &Code) -> Result<(), CodeError> {
    let account = hearth.keys.digest("account", b"access code");
    let client = Client::of(hearth, &visitor.request, &account);
    let (now, counted) = (hearth.now(), client.clone());
    let turn = hearth.strangers.take().await?;
    let attempt = hearth.db.run(move |conn| sign_in::begin_with_code(conn, &account, &counted, now)).await?;
    drop(turn);
    let (token, hash) = token::new()?;
    let (code, before) = (code.hash(&hearth.keys), visitor.user.as_ref().map(|user| (user.id, user.sign_in)));
    let work = move |conn: &mut PgConnection| access_codes::redeem(conn, code, &attempt, before, hash, &client, now);
    hearth.db.run(work).await?;
    Ok(current_user::remember(&visitor.request, &token)?)
}

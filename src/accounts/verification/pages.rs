//! `/profile/address`: ask for a link that verifies the address, and follow it.

use crate::{
    accounts::{
        recovery, token,
        verification::{self, Link},
    },
    error::{AppError, PageError},
    web::{self, Button, CurrentUser, Form, Hearth, Page, Visitor},
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;

/// A new link of this installation.
///
/// # Errors
/// When the operating system has no randomness to give.
pub fn new_link(hearth: &Hearth) -> Result<Link, AppError> {
    let (token, hash) = token::new()?;
    Ok(Link { url: recovery::pages::link(hearth, "profile/address", &token)?, hash })
}

/// Sends another link.
pub async fn create(user: CurrentUser, form: Form<Button>, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    form.of(&user.page).await?;
    let (link, now, language) = (new_link(&hearth)?, hearth.now(), user.page.language());
    hearth.db.run(move |conn| verification::send_link(conn, user.id, &link, language, now)).await?;
    hearth.postbox.ring();
    Ok(web::see_other_with(&hearth, "/profile", "flash-address-sent")?)
}

#[derive(Template)]
#[template(path = "accounts/verify_address.html")]
struct VerifyAddressPage {
    page: Page,
    /// The address to verify; `None` when the link is no longer good.
    address: Option<String>,
}

/// Asks to confirm: a mail scanner that follows links must change nothing.
pub async fn show(visitor: Visitor, token: Path<String>, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let (now, hash) = (hearth.now(), token::hash_of(&token).unwrap_or_default());
    match hearth.db.read(move |conn| verification::address_of(conn, hash, now)).await {
        Ok(address) => Ok(web::html(&VerifyAddressPage { page: visitor.page, address: Some(address) })?),
        Err(error) => too_old(visitor, error),
    }
}

/// Verifies the address.
pub async fn verify(
    visitor: Visitor,
    token: Path<String>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    form.of(&visitor.page).await?;
    let (now, hash) = (hearth.now(), token::hash_of(&token).unwrap_or_default());
    match hearth.db.run(move |conn| verification::verify(conn, hash, now)).await {
        Ok(()) => Ok(web::see_other_with(&hearth, "/profile", "flash-address-verified")?),
        Err(error) => too_old(visitor, error),
    }
}

fn too_old(visitor: Visitor, error: AppError) -> Result<HttpResponse, PageError> {
    match error {
        AppError::NotFound => {
            let page = VerifyAddressPage { page: visitor.page, address: None };
            Ok(web::html_with(StatusCode::NOT_FOUND, &page)?)
        }
        error => Err(error.into()),
    }
}

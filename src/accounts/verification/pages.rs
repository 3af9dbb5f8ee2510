//! `/profile/address`: request a link that verifies the address, and confirm it.

use crate::{
    accounts::{
        postage::Link,
        profile::pages::{Typed, refuse},
        recovery::{self, pages::ResetForm},
        verification,
    },
    auth::{Actor, Caller, CurrentUser, SignedIn, Visitor, token},
    domain::Email,
    error::{AppError, PageError},
    urls,
    web::{self, Button, Form, Hearth, Page},
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;

/// Mails a new link.
pub async fn create(
    caller: Caller<SignedIn>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    let email = user.email.as_deref().and_then(Email::parse).ok_or(AppError::NotFound)?;
    let link = Link::new(&hearth, urls::PROFILE_ADDRESS_LINK, Some(user.id), &email)?;
    let (id, now, language) = (user.id, hearth.now(), user.page.language());
    match hearth.act(user.actor(), move |conn| verification::send_link(conn, id, &link, language, now)).await {
        Ok(()) => {
            hearth.postbox.ring();
            Ok(web::see_other_with(&hearth, urls::PROFILE, "flash-address-sent")?)
        }
        Err(AppError::TooManyRequests(wait)) => refuse(user, Typed::too_many_mails(wait), &hearth).await,
        Err(error) => Err(error.into()),
    }
}

#[derive(Template)]
#[template(path = "accounts/verify_address.html")]
struct VerifyAddressPage {
    page: Page,
    /// The address to verify; `None` when the link is unknown, used or expired.
    address: Option<String>,
}

/// Asks to confirm with a button, as mail scanners follow links. Whoever is not
/// signed in to the account gets the form for a new password.
pub async fn show(visitor: Visitor, token: Path<String>, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    match owner(&visitor, &token, &hearth).await {
        Ok((_, Some(address))) => Ok(web::html(&VerifyAddressPage { page: visitor.page, address: Some(address) })?),
        Ok((_, None)) => recovery::pages::show_reset(visitor, token, hearth).await,
        Err(error) => too_old(visitor, error),
    }
}

/// Verifies the address of the signed-in owner; for anybody else with the link, sets
/// a new password.
pub async fn verify(
    visitor: Visitor,
    token: Path<String>,
    form: Form<ResetForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let actor = match owner(&visitor, &token, &hearth).await {
        Ok((Some(actor), _)) => actor,
        Ok((None, _)) => return recovery::pages::reset(visitor, token, form, hearth).await,
        Err(error) => return too_old(visitor, error),
    };
    form.of(&visitor.page).await?;
    let (now, hash) = (hearth.now(), token::hash_of(&token).unwrap_or_default());
    match hearth.db.run(move |conn| verification::verify(conn, actor, hash, now)).await {
        Ok(()) => Ok(web::see_other_with(&hearth, urls::PROFILE, "flash-address-verified")?),
        Err(error) => too_old(visitor, error),
    }
}

/// The signed-in owner of a link and the address that it verifies; `None` twice when
/// the visitor is not signed in to that account.
async fn owner(visitor: &Visitor, token: &str, hearth: &Hearth) -> Result<(Option<Actor>, Option<String>), AppError> {
    let (now, hash) = (hearth.now(), token::hash_of(token).unwrap_or_default());
    let (whose, address) = hearth.db.read(move |conn| verification::address_of(conn, hash, now)).await?;
    let own = visitor.user.as_ref().filter(|user| user.id == whose);
    Ok((own.map(CurrentUser::actor), own.map(|_| address)))
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

//! Closing a campaign before its last day, after a page that explains the effect.

use super::place;
use crate::{
    auth::{Caller, CampaignManager},
    campaigns::{self, Campaign},
    domain::{PeriodId, PeriodState},
    error::{AppError, PageError},
    publication,
    web::{self, Button, Form, Hearth, Page},
};
use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use askama::Template;

#[derive(Template)]
#[template(path = "hr/campaigns/close.html")]
struct ClosePage {
    page: Page,
    campaign: Campaign,
}

/// Explains what closing does, with the button.
pub async fn confirm(
    caller: Caller<CampaignManager>,
    id: Path<i64>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let id = PeriodId(*id);
    let campaign = hearth.db.read(move |conn| Ok::<_, AppError>(campaigns::find(conn, id)?)).await?;
    if campaign.state != PeriodState::Open {
        return Err(AppError::NotFound.into());
    }
    Ok(web::html(&ClosePage { page: user.page, campaign })?)
}

/// Closes and publishes.
pub async fn close(
    caller: Caller<CampaignManager>,
    id: Path<i64>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    let (actor, now, id, min_group) = (user.id, hearth.now(), PeriodId(*id), hearth.config.min_group);
    let work = move |conn: &mut _| {
        campaigns::find(conn, id)?; // 404 for a month, which only the calendar closes
        publication::close(conn, id, Some(actor), min_group, now)
    };
    hearth.act(user.actor(), work).await?;
    Ok(web::see_other_with(&hearth, &place(id), "flash-campaign-closed")?)
}

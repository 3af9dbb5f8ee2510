//! `/recommendations`, and marking one as completed.

use crate::{
    auth::{Actor, Caller, SignedIn},
    domain::UserId,
    error::PageError,
    library::Category,
    recommendations::{self, Listed, RecommendationNumber},
    urls,
    web::{self, Button, Form, Hearth, Page, Query},
};
use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use diesel::PgConnection;
use serde::Deserialize;

/// How many completed ones the page shows.
const COMPLETED_SHOWN: i64 = 50;

#[derive(Template)]
#[template(path = "recommendations/index.html")]
struct RecommendationsPage {
    page: Page,
    open: Vec<Listed>,
    completed: Vec<Listed>,
    /// Categories on the open list, with how many are in each.
    categories: Vec<(&'static str, usize)>,
    chosen: Option<&'static str>,
    open_count: usize,
    completed_count: i64,
}

#[derive(Deserialize)]
pub struct ListQuery {
    category: Option<Category>,
}

/// My list, by category.
pub async fn index(caller: Caller<SignedIn>, query: Query<ListQuery>) -> Result<HttpResponse, PageError> {
    let (user, (open, completed, completed_count)) = caller
        .read(|conn, who, language| {
            let id = who.user;
            let open = recommendations::open(conn, id, language)?;
            let completed = recommendations::completed(conn, id, language, COMPLETED_SHOWN)?;
            Ok((open, completed, recommendations::count_completed(conn, id)?))
        })
        .await?;
    let in_category = |category: Category| open.iter().filter(|listed| listed.category == category).count();
    let categories: Vec<_> =
        Category::ALL.into_iter().map(|c| (c.code(), in_category(c))).filter(|(_, count)| *count > 0).collect();
    let (chosen, open_count) = (query.category, open.len());
    let matches = |listed: &Listed| chosen.is_none_or(|category| listed.category == category);
    Ok(web::html(&RecommendationsPage {
        page: user.page,
        categories,
        chosen: chosen.map(Category::code),
        open_count,
        completed_count,
        open: open.into_iter().filter(|listed| matches(listed)).collect(),
        completed: completed.into_iter().filter(|listed| matches(listed)).collect(),
    })?)
}

/// Marks a recommendation as completed.
pub async fn complete(
    caller: Caller<SignedIn>,
    id: Path<i64>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    let now = hearth.now();
    change(user.actor(), *id, hearth, "flash-recommendation-done", move |conn, user, id| {
        recommendations::complete(conn, user, id, now)
    })
    .await
}

/// Puts one back.
pub async fn reopen(
    caller: Caller<SignedIn>,
    id: Path<i64>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    change(user.actor(), *id, hearth, "flash-recommendation-reopened", recommendations::reopen).await
}

async fn change(
    actor: Actor,
    id: i64,
    hearth: Data<Hearth>,
    flash: &str,
    work: impl FnOnce(&mut PgConnection, UserId, RecommendationNumber) -> Result<(), crate::error::AppError>
    + Send
    + 'static,
) -> Result<HttpResponse, PageError> {
    hearth.act(actor, move |conn| work(conn, actor.user, RecommendationNumber(id))).await?;
    Ok(web::see_other_with(&hearth, urls::RECOMMENDATIONS, flash)?)
}

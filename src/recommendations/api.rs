//! `/api/recommendations`: my list, and marking one done.

use crate::{
    auth::{Api, Caller},
    domain::UserId,
    error::{ApiError, AppError},
    recommendations::{self, Listed, RecommendationNumber},
    web::api::{self, Failure},
};
use actix_web::{HttpResponse, http::StatusCode, web::Path};
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use serde::Serialize;
use utoipa::ToSchema;

/// How many completed ones are listed after the open ones.
const COMPLETED: i64 = 100;

/// Something that may help.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Recommendation)]
pub struct RecommendationJson {
    /// The number within this person, from 1.
    id: i64,
    user_id: i64,
    /// `rest`, `body`, `boundaries`, `workload`, `connection`, `meaning` or `professional_help`.
    #[schema(value_type = String, example = "rest")]
    category: &'static str,
    title: String,
    description: String,
    #[schema(value_type = String, example = "high", pattern = "^(low|medium|high)$")]
    priority: &'static str,
    /// In words.
    duration: String,
    completed: bool,
}

impl RecommendationJson {
    fn new(user: UserId, listed: Listed) -> Self {
        Self {
            id: listed.number.0,
            user_id: user.0,
            category: listed.category.code(),
            title: listed.title,
            description: listed.description,
            priority: listed.priority.code(),
            duration: listed.duration,
            completed: listed.completed_at.is_some(),
        }
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = Recommendations)]
pub struct ListJson {
    recommendations: Vec<RecommendationJson>,
    total: usize,
}

/// My list: what is open, most urgent first, then the latest that I completed.
#[utoipa::path(
    get, path = "/api/recommendations", tag = "recommendations", security(("token" = [])),
    responses(
        (status = 200, description = "The list", body = ListJson),
        (status = 401, description = "No valid token", body = Failure),
    )
)]
pub async fn index(user: Caller<Api>) -> Result<HttpResponse, ApiError> {
    let list = user
        .read(|conn, me| {
            let mut listed = recommendations::open(conn, me.who.user, me.language)?;
            listed.extend(recommendations::completed(conn, me.who.user, me.language, COMPLETED)?);
            let recommendations: Vec<_> =
                listed.into_iter().map(|one| RecommendationJson::new(me.who.user, one)).collect();
            Ok(ListJson { total: recommendations.len(), recommendations })
        })
        .await?;
    Ok(api::answer(StatusCode::OK, &list))
}

/// One of my list.
#[utoipa::path(
    get, path = "/api/recommendations/{id}", tag = "recommendations", security(("token" = [])),
    params(("id" = i64, Path, minimum = 0, maximum = 999_999_999_999_999_999i64)),
    responses(
        (status = 200, description = "The recommendation", body = RecommendationJson),
        (status = 401, description = "No valid token", body = Failure),
        (status = 404, description = "There is none of mine with this id", body = Failure),
    )
)]
pub async fn show(user: Caller<Api>, id: Path<i64>) -> Result<HttpResponse, ApiError> {
    let id = RecommendationNumber(*id);
    let found = user
        .read(move |conn, me| {
            let listed = recommendations::find(conn, me.who.user, id, me.language)?;
            Ok(RecommendationJson::new(me.who.user, listed))
        })
        .await?;
    Ok(api::answer(StatusCode::OK, &found))
}

/// Mark one done. Done already stays as it is.
#[utoipa::path(
    post, path = "/api/recommendations/{id}/complete", tag = "recommendations", security(("token" = [])),
    params(("id" = i64, Path, minimum = 0, maximum = 999_999_999_999_999_999i64)),
    responses(
        (status = 200, description = "As it is now", body = RecommendationJson),
        (status = 401, description = "No valid token", body = Failure),
        (status = 404, description = "There is none of mine with this id", body = Failure),
    )
)]
pub async fn complete(user: Caller<Api>, id: Path<i64>) -> Result<HttpResponse, ApiError> {
    change(user, *id, recommendations::complete).await
}

/// Put one back. Open already stays as it is.
#[utoipa::path(
    post, path = "/api/recommendations/{id}/incomplete", tag = "recommendations", security(("token" = [])),
    params(("id" = i64, Path, minimum = 0, maximum = 999_999_999_999_999_999i64)),
    responses(
        (status = 200, description = "As it is now", body = RecommendationJson),
        (status = 401, description = "No valid token", body = Failure),
        (status = 404, description = "There is none of mine with this id", body = Failure),
    )
)]
pub async fn reopen(user: Caller<Api>, id: Path<i64>) -> Result<HttpResponse, ApiError> {
    change(user, *id, |conn, user, id, _| recommendations::reopen(conn, user, id)).await
}

async fn change(
    user: Caller<Api>,
    id: i64,
    work: fn(&mut PgConnection, UserId, RecommendationNumber, DateTime<Utc>) -> Result<(), AppError>,
) -> Result<HttpResponse, ApiError> {
    let id = RecommendationNumber(id);
    let changed = user
        .run(move |conn, me| {
            work(conn, me.who.user, id, me.now)?;
            let listed = recommendations::find(conn, me.who.user, id, me.language)?;
            Ok(RecommendationJson::new(me.who.user, listed))
        })
        .await?;
    Ok(api::answer(StatusCode::OK, &changed))
}

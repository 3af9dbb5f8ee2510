//! `/api/dashboard`: the daily pulse, which the API calls metrics, and a summary.

use crate::{
    assessment::{self, api::AssessmentJson},
    auth::{Api, Caller},
    error::ApiError,
    i18n::Catalog,
    pulse::{self, Pulse},
    web::{
        Hearth, Json,
        api::{self, Failure},
    },
};
use actix_web::{HttpResponse, http::StatusCode, web::Data};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// A person's own rating of one day, each value 0 to 100.
#[derive(Serialize, ToSchema)]
#[schema(as = Metric)]
pub struct MetricJson {
    date: NaiveDate,
    #[schema(minimum = 0, maximum = 100)]
    burnout: i16,
    #[schema(minimum = 0, maximum = 100)]
    stress: i16,
    #[schema(minimum = 0, maximum = 100)]
    productivity: i16,
}

impl From<Pulse> for MetricJson {
    fn from(pulse: Pulse) -> Self {
        let Pulse { day, burnout, stress, productivity } = pulse;
        Self { date: day, burnout, stress, productivity }
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = Metrics)]
pub struct MetricsJson {
    /// Oldest first; days without a pulse are left out.
    metrics: Vec<MetricJson>,
    #[schema(example = "week")]
    period: &'static str,
    total: usize,
}

/// The pulse of the last seven days, today included.
#[utoipa::path(
    get, path = "/api/dashboard/metrics", tag = "dashboard", security(("token" = [])),
    responses(
        (status = 200, description = "Up to seven days", body = MetricsJson),
        (status = 401, description = "No valid token", body = Failure),
    )
)]
pub async fn metrics(user: Caller<Api>, hearth: Data<Hearth>) -> Result<HttpResponse, ApiError> {
    let metrics = user
        .read(move |conn, me| {
            let pulses = pulse::since(conn, me.who.user, a_week_ago(hearth.day(me.now)))?;
            Ok(pulses.into_iter().map(MetricJson::from).collect::<Vec<_>>())
        })
        .await?;
    Ok(api::answer(StatusCode::OK, &MetricsJson { total: metrics.len(), metrics, period: "week" }))
}

fn a_week_ago(today: NaiveDate) -> NaiveDate {
    today.checked_sub_days(Days::new(6)).unwrap_or(today)
}

/// Today's pulse, each value 0 to 100; fractions are rounded.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = Pulse)]
pub struct PulseJson {
    #[serde(default)]
    #[schema(value_type = f64, required = true, minimum = 0, maximum = 100, example = 40)]
    burnout: Value,
    #[serde(default)]
    #[schema(value_type = f64, required = true, minimum = 0, maximum = 100, example = 55)]
    stress: Value,
    #[serde(default)]
    #[schema(value_type = f64, required = true, minimum = 0, maximum = 100, example = 70)]
    productivity: Value,
}

impl PulseJson {
    fn parse(&self, day: NaiveDate, words: &Catalog) -> Result<Pulse, ApiError> {
        let read = |value: &Value, field: &str| match value {
            Value::Null => Err(api::wrong("api-field-missing", field, words)),
            value => match value.as_f64().filter(|number| (0.0..=100.0).contains(number)) {
                Some(number) => Ok(number.round() as i16),
                None => Err(api::wrong("api-not-0-to-100", field, words)),
            },
        };
        Ok(Pulse {
            day,
            burnout: read(&self.burnout, "burnout")?,
            stress: read(&self.stress, "stress")?,
            productivity: read(&self.productivity, "productivity")?,
        })
    }
}

/// Save today's pulse; a second one replaces the first.
#[utoipa::path(
    post, path = "/api/dashboard/metrics", tag = "dashboard", security(("token" = [])), request_body = PulseJson,
    responses(
        (status = 201, description = "Saved", body = MetricJson),
        (status = 400, description = "A value is missing or out of range; the sentence names it", body = Failure),
        (status = 401, description = "No valid token", body = Failure),
        (status = 413, description = "Too large", body = Failure),
    )
)]
pub async fn save_metrics(
    user: Caller<Api>,
    body: Json<PulseJson>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, ApiError> {
    let saved = user
        .run(move |conn, me| {
            let pulse = body.parse(hearth.day(me.now), me.words())?;
            pulse::save(conn, me.who.user, &pulse)?;
            Ok(MetricJson::from(pulse))
        })
        .await?;
    Ok(api::answer(StatusCode::CREATED, &saved))
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Summary)]
pub struct SummaryJson {
    /// `null` before the first assessment.
    latest_assessment: Option<AssessmentJson>,
    /// The last seven days, oldest first.
    metrics: Vec<MetricJson>,
    total_assessments: i64,
}

/// Latest assessment, last week's pulse, number of assessments.
#[utoipa::path(
    get, path = "/api/dashboard/summary", tag = "dashboard", security(("token" = [])),
    responses(
        (status = 200, description = "The summary", body = SummaryJson),
        (status = 401, description = "No valid token", body = Failure),
    )
)]
pub async fn summary(user: Caller<Api>, hearth: Data<Hearth>) -> Result<HttpResponse, ApiError> {
    let summary = user
        .read(move |conn, me| {
            let user = me.who.user;
            let latest = assessment::history(conn, user, None, 1)?;
            let pulses = pulse::since(conn, user, a_week_ago(hearth.day(me.now)))?;
            Ok(SummaryJson {
                latest_assessment: AssessmentJson::all(conn, user, &latest, &hearth)?.into_iter().next(),
                metrics: pulses.into_iter().map(MetricJson::from).collect(),
                total_assessments: assessment::count(conn, user)?,
            })
        })
        .await?;
    Ok(api::answer(StatusCode::OK, &summary))
}

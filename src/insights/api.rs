//! `/api/hr/overview`: the published figures as JSON, with the same lines as the page
//! and its exports.

use crate::{
    auth::{Api, Caller, staff},
    domain::{DepartmentId, PeriodId, Scope},
    error::{ApiError, AppError},
    i18n::Catalog,
    insights::{
        self, Filter, Overview,
        export::{self, Line},
        words,
    },
    web::{
        Hearth,
        api::{self, Failure, Query},
        refusals,
    },
};
use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use chrono::NaiveDate;
use diesel::PgConnection;
use serde::Serialize;
use utoipa::ToSchema;

/// The published figures of a department with everything below it, in one closed
/// period.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Overview)]
pub struct OverviewJson {
    period_id: i64,
    period: String,
    /// `month` or `campaign`.
    kind: &'static str,
    from: NaiveDate,
    to: NaiveDate,
    /// The smallest group that has numbers in it.
    min_group: i16,
    questionnaire: String,
    department_id: i64,
    department: String,
    /// One figure per line. A suppressed one has no numbers.
    lines: Vec<Line>,
}

impl OverviewJson {
    fn new(overview: &Overview, words: &Catalog) -> Self {
        let release = &overview.release;
        Self {
            period_id: release.period.0,
            period: words::period(release, words),
            kind: release.kind.code(),
            from: release.starts_on,
            to: release.ends_on,
            min_group: release.min_group,
            questionnaire: overview.version.instrument.id.clone(),
            department_id: overview.chosen.id.0,
            department: words::place(&overview.chosen, words).to_owned(),
            lines: export::lines(overview, words),
        }
    }
}

/// Several closed periods, each with its own figures; nothing is aggregated over
/// periods.
#[derive(Serialize, ToSchema)]
#[schema(as = Overviews)]
pub struct OverviewsJson {
    /// Latest first.
    periods: Vec<OverviewJson>,
}

/// One period, or a list of them.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = OverviewAnswer)]
pub enum AnswerJson {
    One(Box<OverviewJson>),
    Many(OverviewsJson),
}

/// What the request asks for.
#[derive(Clone, Copy)]
struct Wanted {
    filter: Filter,
    range: Option<(NaiveDate, NaiveDate)>,
}

impl Wanted {
    fn parse(request: &HttpRequest, words: &Catalog) -> Result<Self, ApiError> {
        let query = Query::of(request);
        let id = |name| query.number(name, 0..=999_999_999_999_999_999, words);
        let filter = Filter {
            period: id("period")?.map(PeriodId),
            version: None,
            department: id("department")?.map(DepartmentId),
        };
        let (from, to) = (query.value("from", "api-day-wrong", words)?, query.value("to", "api-day-wrong", words)?);
        let range =
            (from.is_some() || to.is_some()).then(|| (from.unwrap_or(NaiveDate::MIN), to.unwrap_or(NaiveDate::MAX)));
        Ok(Self { filter, range })
    }
}

/// The organisation's figures: of the whole company for HR, of their own departments
/// for a manager. Only what was published when a period closed. The mean of every group
/// is blurred a little, always alike for the same people, so that nobody can be worked out
/// by comparing results over time; `low` and `high` include it. Small teams have figures
/// in campaigns only.
#[utoipa::path(
    get, path = "/api/hr/overview", tag = "hr", security(("token" = [])),
    params(
        ("period" = Option<i64>, Query, description = "A closed period; when not given the latest campaign, before the first one the latest month", minimum = 0, maximum = 999_999_999_999_999_999i64),
        ("department" = Option<i64>, Query, description = "A department; the widest that one may see when not given", minimum = 0, maximum = 999_999_999_999_999_999i64),
        ("from" = Option<NaiveDate>, Query, description = "Whole periods that begin on this day or later"),
        ("to" = Option<NaiveDate>, Query, description = "Whole periods that end on this day or earlier"),
    ),
    responses(
        (status = 200, description = "One period, or with `from` or `to` a list of whole periods", body = AnswerJson),
        (status = 400, description = "A parameter is not what it should be", body = Failure),
        (status = 401, description = "No valid token", body = Failure),
        (status = 403, description = "Not for this person", body = Failure),
        (status = 404, description = "Nothing is published that fits", body = Failure),
    )
)]
pub async fn overview(user: Caller<Api>, request: HttpRequest, hearth: Data<Hearth>) -> Result<HttpResponse, ApiError> {
    refusals::needs(&request, &staff::READ_INSIGHTS);
    let wanted = Wanted::parse(&request, api::language(&hearth, &request).catalog());
    let answer = user
        .run(move |conn, me| {
            let scope = staff::scope_of(&me.who).ok_or(AppError::Forbidden)?;
            answer(conn, &hearth, scope, wanted?, me.words())
        })
        .await?;
    Ok(api::answer(StatusCode::OK, &answer))
}

fn answer(
    conn: &mut PgConnection,
    hearth: &Hearth,
    scope: Scope,
    wanted: Wanted,
    words: &Catalog,
) -> Result<AnswerJson, ApiError> {
    let reach = insights::reach(conn, scope)?;
    let mut read = |filter| insights::overview(conn, hearth.instruments(), &reach, filter);
    let latest = read(wanted.filter)?;
    let Some((from, to)) = wanted.range else {
        let overview = latest.ok_or(AppError::NotFound)?;
        return Ok(AnswerJson::One(Box::new(OverviewJson::new(&overview, words))));
    };
    let releases = latest.map(|overview| overview.releases).unwrap_or_default();
    let inside = releases.iter().filter(|one| one.starts_on >= from && one.ends_on <= to);
    let mut periods = Vec::new();
    for release in inside {
        let filter = Filter { period: Some(release.period), version: Some(release.version), ..wanted.filter };
        match read(filter) {
            Ok(overview) => periods.extend(overview.map(|overview| OverviewJson::new(&overview, words))),
            Err(AppError::NotFound) => {} // the department did not exist in that period
            Err(error) => return Err(error.into()),
        }
    }
    Ok(AnswerJson::Many(OverviewsJson { periods }))
}

//! `/hr`: the organisation's figures on one screen.

mod beginning;

use crate::{
    auth::{Caller, CurrentUser, Identity, InsightsReader, staff},
    domain::{DepartmentId, PeriodId, PeriodKind, Scope},
    error::{AppError, PageError},
    i18n::{Catalog, Language},
    insights::{
        self, Filter, OpenCampaign, Overview, Place, PublicationVersion, Release, Row, SetupProgress,
        VisibleDepartments,
        export::{self, Format},
        kept::Key,
        picture::{self, HeatCell, Picture},
        view::Share,
        words,
    },
    instruments::VersionId,
    periods::rest,
    publication::pulses::PulseLength,
    urls,
    web::{
        self, Hearth, Page, Query,
        chart::{Chart, Point},
    },
};
use actix_web::{HttpResponse, http::header::CONTENT_DISPOSITION, web::Data};
use askama::Template;
use beginning::beginning;
use chrono::NaiveDate;
use diesel::PgConnection;
use serde::Deserialize;
use std::sync::Arc;

/// The path of the page, for links to it.
const PATH: &str = urls::HR;

/// The query string of a link or of the filter form, which sends empty values for what
/// is not chosen.
#[derive(Deserialize)]
pub struct InsightsQuery {
    period: Option<String>,
    version: Option<String>,
    department: Option<String>,
}

impl InsightsQuery {
    /// The filter.
    ///
    /// # Errors
    /// [`AppError::BadRequest`] when a value is no number.
    pub fn parse(&self) -> Result<Filter, AppError> {
        let number = |text: &Option<String>| match text.as_deref() {
            None | Some("") => Ok(None),
            Some(text) if text.len() <= 18 && text.bytes().all(|byte| byte.is_ascii_digit()) => {
                text.parse().map(Some).map_err(|_| AppError::BadRequest)
            }
            Some(_) => Err(AppError::BadRequest),
        };
        Ok(Filter {
            period: number(&self.period)?.map(PeriodId),
            version: number(&self.version)?.map(VersionId),
            department: number(&self.department)?.map(DepartmentId),
        })
    }
}

#[derive(Template)]
#[template(path = "hr/insights/show.html")]
struct InsightsPage {
    page: Page,
    inner: Arc<str>,
}

/// The published figures of the part of the organisation that the reader may see.
pub async fn show(
    caller: Caller<InsightsReader>,
    query: Query<InsightsQuery>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let filter = query.parse()?;
    let shared = hearth.clone();
    let look = move |conn: &mut PgConnection, who: &Identity, language| {
        look(conn, &shared, staff::scope_of(who).ok_or(AppError::Forbidden)?, filter, language)
    };
    let (user, found) = caller.read(look).await?;
    let page = user.page;
    let inner = match found {
        Found::OverviewCache(inner) => inner,
        Found::Fresh(key, stamp, overview, next) => render(&page, key, stamp, &overview, next, &hearth)?,
        Found::Nothing(reach, stamp, beginnings) => {
            let today = hearth.day(hearth.now());
            return Ok(web::html(&beginning(page, &reach, stamp, beginnings, today, &hearth))?);
        }
    };
    Ok(web::html(&InsightsPage { page, inner })?)
}

/// Renders the figures, and keeps them for whoever may see the same.
fn render(
    page: &Page,
    key: Key,
    stamp: PublicationVersion,
    overview: &Overview,
    next_campaign: Option<NaiveDate>,
    hearth: &Hearth,
) -> Result<Arc<str>, AppError> {
    let inner: Arc<str> = inner(page, &key.reach, &stamp, overview, next_campaign).render()?.into();
    hearth.kept_insights().put(key, stamp, inner.clone());
    Ok(inner)
}

/// The same figures as CSV.
pub async fn csv(
    caller: Caller<InsightsReader>,
    query: Query<InsightsQuery>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    file(user, &query, hearth, Format::Csv).await
}

/// The same numbers as a workbook.
pub async fn xlsx(
    caller: Caller<InsightsReader>,
    query: Query<InsightsQuery>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    file(user, &query, hearth, Format::Xlsx).await
}

async fn file(
    reader: CurrentUser,
    query: &InsightsQuery,
    hearth: Data<Hearth>,
    format: Format,
) -> Result<HttpResponse, PageError> {
    let (filter, now, shared) = (query.parse()?, hearth.now(), hearth.clone());
    let (actor, words) = ((reader.id, reader.sees_numbers_of().ok_or(AppError::Forbidden)?), reader.page.words());
    let made = hearth
        .db
        .export(move |conn| export::export(conn, shared.instruments(), actor, filter, (format, words), now))
        .await?;
    let (name, content) = made;
    Ok(HttpResponse::Ok()
        .content_type(format.names().1)
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(content))
}

/// The result of one database visit.
enum Found {
    OverviewCache(Arc<str>),
    /// With the first day on which a campaign of the same people as the last one may open.
    Fresh(Key, PublicationVersion, Box<Overview>, Option<NaiveDate>),
    /// Nothing is published that this reader may see.
    Nothing(VisibleDepartments, PublicationVersion, SetupProgress),
}

fn look(
    conn: &mut PgConnection,
    hearth: &Hearth,
    scope: Scope,
    filter: Filter,
    language: Language,
) -> Result<Found, AppError> {
    let stamp = insights::stamp(conn)?; // read before everything that is cached under it
    let key = Key { reach: insights::reach(conn, scope)?, filter, language };
    if let Some(inner) = hearth.kept_insights().get(&key, &stamp) {
        return Ok(Found::OverviewCache(inner));
    }
    match insights::overview(conn, hearth.instruments(), &key.reach, filter)? {
        Some(overview) => {
            let next = rest::after_the_last(conn, hearth.config.campaigns, &hearth.config.timezone)?;
            Ok(Found::Fresh(key, stamp, Box::new(overview), next))
        }
        None => Ok(Found::Nothing(key.reach, stamp, insights::beginnings(conn)?)),
    }
}

/// Everything inside the layout: cached, so nothing in it may depend on the individual
/// reader.
#[derive(Template)]
#[template(path = "hr/insights/inner.html")]
struct Inner<'a> {
    page: &'a Page,
    title: String,
    place: String,
    /// First and last day of a campaign; `None` for a month, whose name says them.
    dates: Option<(NaiveDate, NaiveDate)>,
    summary: Vec<String>,
    crumbs: Vec<(String, String)>,
    periods: Vec<Choice>,
    versions: Vec<Choice>,
    departments: Vec<Choice>,
    headline: Vec<Headline>,
    people: i64,
    participation: Share,
    /// What a month does not show, and where to find it.
    small_teams: Option<String>,
    /// Of a release from before there was noise.
    before: Option<String>,
    picture: Picture,
    pulse: Option<Chart>,
    pulse_rows: Vec<(String, Vec<HeatCell>)>,
    completed: Vec<(&'static str, Share)>,
    open_campaign: Option<&'a OpenCampaign>,
    how: Vec<String>,
    export: String,
}

/// One option of a filter.
struct Choice {
    id: i64,
    text: String,
    chosen: bool,
}

/// The mean of a scale, and its change.
struct Headline {
    scale: String,
    cell: HeatCell,
    /// Points up or down, when the change is significant.
    moved: Option<i64>,
    change: String,
}

fn inner<'a>(
    page: &'a Page,
    reach: &VisibleDepartments,
    stamp: &'a PublicationVersion,
    overview: &Overview,
    next_campaign: Option<NaiveDate>,
) -> Inner<'a> {
    let words = page.words();
    let (release, whole) = (&overview.release, overview.whole());
    let link = |department: i64| picture::link(PATH, release, overview, department);
    Inner {
        title: words::period(release, words),
        place: words::place(&overview.chosen, words).to_owned(),
        dates: release.name.as_ref().map(|_| (release.starts_on, release.ends_on)),
        summary: words::sentences(overview, words),
        crumbs: overview.above.iter().map(|one| (words::place(one, words).to_owned(), link(one.id.0))).collect(),
        periods: periods(overview, words),
        versions: versions(overview, words),
        departments: overview.places.iter().map(|one| department(one, overview, words)).collect(),
        headline: headline(overview, words),
        people: people(whole),
        participation: whole.participation,
        small_teams: small_teams(release, stamp, next_campaign, words),
        before: words::before(release, overview, words),
        picture: Picture::new(overview, PATH, words),
        pulse: pulse(overview, words),
        pulse_rows: overview
            .pulse
            .iter()
            .rev()
            .map(|one| (words::pulse(one, words), one.means.iter().map(HeatCell::from).collect()))
            .collect(),
        completed: overview.completed.iter().map(|(category, share)| (category.code(), *share)).collect(),
        open_campaign: stamp.campaign.as_ref().filter(|_| *reach == VisibleDepartments::Company),
        how: words::how_to_read(overview, words),
        export: link(overview.chosen.id.0).replacen(PATH, "", 1),
        page,
    }
}

/// Beside a month: that small teams have figures after campaigns, and when the next one
/// may come.
fn small_teams(
    release: &Release,
    stamp: &PublicationVersion,
    next_campaign: Option<NaiveDate>,
    words: &Catalog,
) -> Option<String> {
    if release.kind != PeriodKind::Month || release.noise.is_none() {
        return None;
    }
    let least = words.with("insights-month-shows", &[("count", words::least(release).into())]);
    let next = match (&stamp.campaign, next_campaign) {
        (Some(open), _) => words.with("insights-month-campaign-open", &[("date", words.date(open.ends_on).into())]),
        (None, Some(from)) => words.with("insights-month-campaign-from", &[("date", words.date(from).into())]),
        (None, None) => words.text("insights-month-campaign-now").to_owned(),
    };
    Some(format!("{least} {next}"))
}

/// The largest number of people behind any figure of a department.
fn people(row: &Row) -> i64 {
    let means = row.means.iter().map(|mean| mean.people);
    means.chain(row.values.iter().map(|split| split.people)).max().unwrap_or(0)
}

/// Each closed period once.
fn periods(overview: &Overview, words: &Catalog) -> Vec<Choice> {
    let mut periods: Vec<&Release> = overview.releases.iter().collect();
    periods.dedup_by_key(|release| release.period);
    let choice = |release: &Release| Choice {
        id: release.period.0,
        text: words::period(release, words),
        chosen: release.period == overview.release.period,
    };
    periods.into_iter().map(choice).collect()
}

/// The questionnaires of the period, when there is more than one.
fn versions(overview: &Overview, words: &Catalog) -> Vec<Choice> {
    let of_period = overview.releases.iter().filter(|one| one.period == overview.release.period);
    let choices: Vec<_> = of_period
        .map(|release| Choice {
            id: release.version.0,
            text: words.with("insights-version", &[("number", release.version.to_string().into())]),
            chosen: release.version == overview.release.version,
        })
        .collect();
    if choices.len() > 1 { choices } else { Vec::new() }
}

fn department(place: &Place, overview: &Overview, words: &Catalog) -> Choice {
    let above = overview.places.first().map_or(0, |top| top.depth);
    let indent = "\u{2003}".repeat(usize::try_from(place.depth - above).unwrap_or(0));
    Choice {
        id: place.id.0,
        text: format!("{indent}{}", words::place(place, words)),
        chosen: place.id == overview.chosen.id,
    }
}

fn headline(overview: &Overview, words: &Catalog) -> Vec<Headline> {
    let since = overview.against.as_ref().map(|against| words::since(against, words));
    let of_scale = |((scale, mean), change): ((&_, &_), &Option<insights::view::Change>)| {
        let moved = change.filter(|change| change.significant).map(|change| change.difference);
        let key = if moved.is_some() { "insights-change-real" } else { "insights-change-chance" };
        let told = since.clone().filter(|_| change.is_some());
        Headline {
            scale: crate::assessment::report::scale_name(&overview.version.instrument, *scale, words),
            cell: HeatCell::from(mean),
            moved,
            change: told.map(|since| words.with(key, &[("since", since.into())])).unwrap_or_default(),
        }
    };
    overview.scales.iter().zip(&overview.whole().means).zip(&overview.changes).map(of_scale).collect()
}

fn pulse(overview: &Overview, words: &Catalog) -> Option<Chart> {
    let series = |(index, measure): (usize, &&str)| {
        let point = |one: &insights::PulsePoint| {
            let mean = one.means[index];
            let error = mean.margin.unwrap_or(0) as f64;
            Some(Point { day: one.ends_on(), value: mean.percent? as f64, error })
        };
        let months = overview.pulse.iter().filter(|one| one.length == PulseLength::Month);
        (words.text(&format!("pulse-{measure}")).to_owned(), months.filter_map(point).collect())
    };
    let series: Vec<(String, Vec<Point>)> = insights::PULSE_MEASURES.iter().enumerate().map(series).collect();
    let chart = Chart::new(words.text("insights-pulse").to_owned(), &series, &[], words);
    (!chart.is_empty()).then_some(chart)
}

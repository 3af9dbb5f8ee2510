//! `/hr`: the organisation's figures on one screen.

use crate::{
    auth::{Caller, CurrentUser, Identity, InsightsReader, staff},
    domain::{DepartmentId, PeriodId, Permission, Scope},
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
    urls,
    web::{
        self, Hearth, Page, Query,
        chart::{Chart, Point},
    },
};
use actix_web::{HttpResponse, http::header::CONTENT_DISPOSITION, web::Data};
use askama::Template;
use chrono::{Datelike as _, Days, Months, NaiveDate};
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
        Found::Fresh(key, stamp, overview) => render(&page, key, stamp, &overview, &hearth)?,
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
    hearth: &Hearth,
) -> Result<Arc<str>, AppError> {
    let inner: Arc<str> = inner(page, &key.reach, &stamp, overview).render()?.into();
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
    Fresh(Key, PublicationVersion, Box<Overview>),
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
        Some(overview) => Ok(Found::Fresh(key, stamp, Box::new(overview))),
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
    picture: Picture,
    pulse: Option<Chart>,
    pulse_rows: Vec<(NaiveDate, Vec<HeatCell>)>,
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
        picture: Picture::new(overview, PATH, words),
        pulse: pulse(overview, words),
        pulse_rows: overview
            .pulse
            .iter()
            .rev()
            .map(|week| (week.monday, week.means.iter().map(HeatCell::from).collect()))
            .collect(),
        completed: overview.completed.iter().map(|(category, share)| (category.code(), *share)).collect(),
        open_campaign: stamp.campaign.as_ref().filter(|_| *reach == VisibleDepartments::Company),
        how: words::how_to_read(release, words),
        export: link(overview.chosen.id.0).replacen(PATH, "", 1),
        page,
    }
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
        let point = |week: &insights::PulseWeek| {
            Some(Point { day: week.monday, value: week.means[index].percent? as f64, error: 0.0 })
        };
        (words.text(&format!("pulse-{measure}")).to_owned(), overview.pulse.iter().filter_map(point).collect())
    };
    let series: Vec<(String, Vec<Point>)> = insights::PULSE_MEASURES.iter().enumerate().map(series).collect();
    let chart = Chart::new(words.text("insights-pulse").to_owned(), &series, &[], words);
    (!chart.is_empty()).then_some(chart)
}

#[derive(Template)]
#[template(path = "hr/insights/beginning.html")]
struct BeginningPage {
    page: Page,
    /// Whether this person can take the steps; others only see them.
    leads: bool,
    has_department: bool,
    steps: Vec<Step>,
}

/// One of four steps to the first picture.
struct Step {
    code: &'static str,
    done: bool,
    /// Where to take the step, if this person may.
    link: Option<&'static str>,
    state: String,
}

fn beginning(
    page: Page,
    reach: &VisibleDepartments,
    stamp: PublicationVersion,
    beginnings: SetupProgress,
    today: NaiveDate,
    hearth: &Hearth,
) -> BeginningPage {
    let words = page.words();
    let enough = i64::from(hearth.config.min_group);
    let publication = stamp.campaign.as_ref().map_or_else(|| month_end(today), |campaign| campaign.ends_on);
    let employees = page.may(Permission::ManageEmployees);
    let campaigns = page.may(Permission::ManageCampaigns);
    let step = |code, done, allowed: bool, link, state| Step { code, done, link: allowed.then_some(link), state };
    let count = |key, count: i64| words.with(key, &[("count", count.into())]);
    let campaign = match &stamp.campaign {
        Some(open) => words.with("beginning-campaign-open", &[("name", open.name.as_str().into())]),
        None if beginnings.has_campaign => words.text("beginning-campaign-planned").to_owned(),
        None => words.text("beginning-campaign-none").to_owned(),
    };
    BeginningPage {
        leads: *reach == VisibleDepartments::Company,
        has_department: *reach != VisibleDepartments::Nothing,
        steps: vec![
            step(
                "departments",
                beginnings.departments > 0,
                employees,
                urls::HR_DEPARTMENTS,
                count("beginning-departments-count", beginnings.departments),
            ),
            step(
                "people",
                beginnings.people >= enough,
                employees,
                urls::HR_EMPLOYEES,
                words.with("beginning-people-count", &[("count", beginnings.people.into()), ("enough", enough.into())]),
            ),
            step("campaign", stamp.campaign.is_some(), campaigns, urls::HR_CAMPAIGNS, campaign),
            step(
                "publication",
                false,
                campaigns,
                urls::HR_CAMPAIGNS,
                words.with("beginning-publication-on", &[("date", words.date(publication + Days::new(1)).into())]),
            ),
        ],
        page,
    }
}

fn month_end(day: NaiveDate) -> NaiveDate {
    let first = day.with_day(1).unwrap_or(day);
    first + Months::new(1) - Days::new(1)
}

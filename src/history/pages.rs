//! `/history`, `/history.csv`.

use crate::{
    assessment::{
        self, PastAssessment,
        report::{raw, scale_chart, scale_name, total_name},
    },
    auth::{Caller, SignedIn},
    domain::{Level, Profile},
    error::{AppError, PageError},
    history::{Cursor, PAGE},
    instruments::{
        Version,
        instrument::{Scale, Subscale},
    },
    web::{self, Hearth, Page, Query, chart::Chart},
};
use actix_web::{HttpResponse, http::header::CONTENT_DISPOSITION, web::Data};
use askama::Template;
use chrono::NaiveDateTime;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "history/index.html")]
struct HistoryPage {
    page: Page,
    charts: Vec<(String, Chart)>,
    columns: Vec<String>,
    /// The heading of the column of totals; `None` when the questionnaire has no total.
    total: Option<String>,
    rows: Vec<Row>,
    older: Option<String>,
    newest: bool,
}

struct Row {
    number: i64,
    made: NaiveDateTime,
    profile: Option<&'static str>,
    level: Option<&'static str>,
    total: Option<f64>,
    values: Vec<Option<f64>>,
}

#[derive(Deserialize)]
pub struct HistoryQuery {
    before: Option<String>,
}

/// My past results, latest first.
pub async fn index(
    caller: Caller<SignedIn>,
    query: Query<HistoryQuery>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let before = query.before.as_deref().map(|text| Cursor::parse(text).ok_or(AppError::BadRequest)).transpose()?;
    let shared = hearth.clone();
    let (user, (mut past, version)) = caller
        .read(move |conn, who, _| {
            let past = assessment::history(conn, who.user, before.map(|cursor| (cursor.0, cursor.1)), PAGE + 1)?;
            let version = match past.first() {
                Some(past) => shared.instruments().read_by(conn, past.version, past.cut_off_set.as_deref())?,
                None => shared.instruments().current(),
            };
            Ok((past, version))
        })
        .await?;
    let more = past.len() > PAGE as usize;
    past.truncate(PAGE as usize);
    let older = past.last().filter(|_| more).map(|last| Cursor(last.made_at, last.number).to_string());
    let past: Vec<_> = past.into_iter().map(|past| (past.clone(), hearth.local(past.made_at))).collect();
    Ok(web::html(&history_page(user.page, &version, &past, older, before.is_none()))?)
}

fn history_page(
    page: Page,
    version: &Arc<Version>,
    past: &[(PastAssessment, NaiveDateTime)],
    older: Option<String>,
    newest: bool,
) -> HistoryPage {
    let (instrument, words) = (&version.instrument, page.words());
    let same: Vec<_> = past.iter().filter(|(past, _)| past.version == version.id).cloned().collect();
    let chart = |scale: Scale| (scale_name(instrument, scale, words), scale_chart(instrument, scale, &same, words));
    let charts = if same.is_empty() { Vec::new() } else { instrument.scales().map(chart).collect() };
    let subscales = || (0..instrument.subscales.len()).map(Scale::Subscale);
    let row = |(past, made): &(PastAssessment, NaiveDateTime)| Row {
        number: past.number.0,
        made: *made,
        profile: past.profile.map(Profile::code),
        level: past.level.map(Level::code),
        total: past.total,
        // Only results of the version shown: columns of another questionnaire have
        // other names.
        values: subscales().map(|scale| raw(past, scale).filter(|_| past.version == version.id)).collect(),
    };
    HistoryPage {
        charts,
        total: past.iter().any(|(past, _)| past.total.is_some()).then(|| total_name(instrument, words)),
        columns: subscales().map(|scale| scale_name(instrument, scale, words)).collect(),
        rows: past.iter().map(row).collect(),
        older,
        newest,
        page,
    }
}

/// All my results as CSV.
pub async fn csv(caller: Caller<SignedIn>, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let (id, shared) = (user.id, hearth.clone());
    let rows = hearth
        .db
        .read(move |conn| {
            let past = assessment::history(conn, id, None, i64::MAX)?;
            let versions = past.iter().map(|past| shared.instruments().get(conn, past.version));
            let versions = versions.collect::<Result<Vec<_>, _>>()?;
            Ok::<_, AppError>(past.into_iter().zip(versions).collect::<Vec<_>>())
        })
        .await?;
    let body = csv_of(&rows, &hearth).map_err(AppError::Internal)?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"hearth-history.csv\""))
        .body(body))
}

/// One line per assessment. A subscale's column is named after the dimension that it
/// measures, so that several versions of a questionnaire share their columns.
fn csv_of(rows: &[(PastAssessment, Arc<Version>)], hearth: &Hearth) -> anyhow::Result<Vec<u8>> {
    let column = |subscale: &Subscale| subscale.dimension.map_or(subscale.id.clone(), |found| found.code().to_owned());
    let mut columns: Vec<String> = Vec::new();
    for subscale in rows.iter().flat_map(|(_, version)| &version.instrument.subscales) {
        if !columns.contains(&column(subscale)) {
            columns.push(column(subscale));
        }
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    let fixed = ["date", "questionnaire", "version", "score", "level", "profile"];
    writer.write_record(fixed.into_iter().chain(columns.iter().map(String::as_str)))?;
    for (past, version) in rows {
        let instrument = &version.instrument;
        let text = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        let mut fields = vec![
            hearth.local(past.made_at).format("%Y-%m-%dT%H:%M:%S").to_string(),
            instrument.id.clone(),
            instrument.version.clone(),
            text(past.total),
            past.level.map_or("", Level::code).to_owned(),
            past.profile.map_or("", Profile::code).to_owned(),
        ];
        fields.extend(columns.iter().map(|name| {
            let index = instrument.subscales.iter().position(|subscale| column(subscale) == *name);
            text(index.and_then(|index| raw(past, Scale::Subscale(index))))
        }));
        writer.write_record(fields)?;
    }
    writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))
}

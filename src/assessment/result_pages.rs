//! `/assessments/{number}`: one result.

use crate::{
    assessment::{
        self, Answerer, AssessmentNumber, PastAssessment,
        report::{Report, limits_source},
    },
    auth::{Caller, Identity, Respondent},
    error::{AppError, PageError},
    i18n::Language,
    instruments::{Instruments, Version},
    pulse::{self, Pulse},
    recommendations::{self, Listed},
    web::{self, Hearth, Page},
};
use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use chrono::NaiveDate;
use diesel::PgConnection;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "assessment/result.html")]
struct ResultPage {
    page: Page,
    result: AssessmentNumber,
    report: Report,
    help_first: bool,
    contacts: Vec<web::promise::Contact>,
    recommendations: Vec<Listed>,
    about: String,
    /// Where the limits between the levels come from.
    limits: Option<String>,
    provisional: bool,
}

/// What the page is made of.
struct Found {
    /// This result, and up to two before it, latest first.
    past: Vec<PastAssessment>,
    version: Arc<Version>,
    open: Vec<Listed>,
    pulse: Option<Pulse>,
}

/// # Errors
/// [`AppError::NotFound`] when they have no such result.
fn read(
    conn: &mut PgConnection,
    instruments: &Instruments,
    answerer: Answerer,
    number: AssessmentNumber,
    today: NaiveDate,
    language: Language,
) -> Result<Found, AppError> {
    let owner = answerer.user;
    let past = assessment::result(conn, answerer, number)?;
    let latest = past.first().ok_or(AppError::NotFound)?;
    let version = instruments.read_by(conn, latest.version, latest.cut_off_set.as_deref())?;
    let open = recommendations::open(conn, owner, language)?;
    let own_day = answerer.by_code.is_none(); // the pulse is not of this check-up
    let pulse = if own_day { pulse::find(conn, owner, today)? } else { None };
    Ok(Found { past, version, open, pulse })
}

impl ResultPage {
    fn new(page: Page, result: AssessmentNumber, found: Found, hearth: &Hearth) -> Self {
        let (Found { past, version, open, pulse }, words) = (found, page.words());
        let past: Vec<_> = past.into_iter().map(|past| (past.clone(), hearth.local(past.made_at))).collect();
        let report = Report::new(&version, &past, words);
        let source = version.instrument.cut_off_sets.first();
        Self {
            result,
            help_first: report.help_first || pulse.is_some_and(|pulse| pulse.needs_help()),
            contacts: web::promise::contacts(hearth, &page),
            recommendations: open.into_iter().take(3).collect(),
            about: version.instrument.about.in_language(page.language()).to_owned(),
            limits: source.map(|set| limits_source(&version.instrument, set, words)),
            provisional: source.is_some_and(|set| set.provisional),
            report,
            page,
        }
    }
}

/// My result.
pub async fn show(
    caller: Caller<Respondent>,
    number: Path<i64>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (number, today, shared) = (AssessmentNumber(*number), hearth.day(hearth.now()), hearth.clone());
    let read = move |conn: &mut PgConnection, who: &Identity, language| {
        read(conn, shared.instruments(), Answerer::from(who), number, today, language)
    };
    let (user, found) = caller.read(read).await?;
    Ok(web::html(&ResultPage::new(user.page, number, found, &hearth))?)
}

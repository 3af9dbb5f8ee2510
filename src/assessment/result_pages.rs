//! `/assessments/{number}`: one result.

use crate::{
    assessment::{
        self, Answerer, AssessmentNumber,
        report::{Report, limits_source},
    },
    auth::{Caller, Respondent},
    error::{AppError, PageError},
    pulse,
    recommendations::{self, Listed},
    web::{self, Hearth, Page},
};
use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use askama::Template;

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

/// My result.
pub async fn show(
    caller: Caller<Respondent>,
    number: Path<i64>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (number, today) = (AssessmentNumber(*number), hearth.day(hearth.now()));
    let shared = hearth.clone();
    let (user, (past, version, open, pulse)) = caller
        .read(move |conn, who, language| {
            let (owner, answerer) = (who.user, Answerer::from(who));
            let past = assessment::result(conn, answerer, number)?;
            let latest = past.first().ok_or(AppError::NotFound)?;
            let version = shared.instruments().read_by(conn, latest.version, latest.cut_off_set.as_deref())?;
            let open = recommendations::open(conn, owner, language)?;
            let own_day = answerer.by_code.is_none(); // the pulse is not of this check-up
            let pulse = if own_day { pulse::find(conn, owner, today)? } else { None };
            Ok((past, version, open, pulse))
        })
        .await?;
    let past: Vec<_> = past.into_iter().map(|past| (past.clone(), hearth.local(past.made_at))).collect();
    let report = Report::new(&version, &past, user.page.words());
    let source = version.instrument.cut_off_sets.first();
    Ok(web::html(&ResultPage {
        result: number,
        help_first: report.help_first || pulse.is_some_and(|pulse| pulse.needs_help()),
        contacts: web::promise::contacts(&hearth, &user.page),
        recommendations: open.into_iter().take(3).collect(),
        about: version.instrument.about.in_language(user.page.language()).to_owned(),
        limits: source.map(|set| limits_source(&version.instrument, set, user.page.words())),
        provisional: source.is_some_and(|set| set.provisional),
        report,
        page: user.page,
    })?)
}

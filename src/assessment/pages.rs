//! `/assessments/…`: promise, questionnaire, result. Answers that cannot be
//! saved come back with the page, whatever the reason.

use crate::{
    accounts::{ConsentPurpose, privacy},
    assessment::{
        self, AnswerErrors, Answers, AssessmentId, SubmitError, Version, VersionId, answers,
        questions::{Question, questions},
        report::{Report, limits_source},
    },
    dashboard,
    error::{AppError, PageError},
    recommendations::{self, Listed},
    web::{self, Hearth, Page, Respondent, Responding, promise::Promise},
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header::ACCEPT},
    web::{Data, Form, Path},
};
use askama::Template;
use diesel::PgConnection;
use std::{collections::BTreeMap, sync::Arc};

#[derive(Template)]
#[template(path = "assessment/consent.html")]
struct ConsentPage {
    page: Page,
    promise: Promise,
    about: String,
    questions: usize,
    version: VersionId,
    /// Answers given already, carried through the consent.
    kept: Vec<(usize, String)>,
}

#[derive(Template)]
#[template(path = "assessment/questionnaire.html")]
struct QuestionnairePage {
    page: Page,
    name: String,
    instruction: String,
    version: VersionId,
    questions: Vec<Question>,
    answered: usize,
    idempotency_key: String,
    saved_at: Option<String>,
    /// Key of a message above the form.
    problem: Option<&'static str>,
    first_gap: Option<usize>,
    /// What this form made before, of other answers.
    sent_before: Option<AssessmentId>,
    promise: Promise,
}

impl QuestionnairePage {
    fn new(hearth: &Hearth, page: Page, version: &Version, given: &BTreeMap<usize, i32>, key: String) -> Self {
        let (instrument, language) = (&version.instrument, page.language());
        Self {
            name: instrument.name.in_language(language).to_owned(),
            instruction: instrument.instruction.in_language(language).to_owned(),
            version: version.id,
            questions: questions(instrument, language, given),
            answered: given.len(),
            idempotency_key: key,
            saved_at: None,
            problem: None,
            first_gap: None,
            sent_before: None,
            promise: Promise::of(hearth),
            page,
        }
    }

    fn with_errors(mut self, errors: &AnswerErrors) -> Self {
        for question in &mut self.questions {
            question.missing = errors.contains(question.index);
        }
        self.first_gap = errors.first();
        self.problem = Some("questionnaire-incomplete");
        self
    }
}

/// The promise first, then the questionnaire, with what was answered before.
pub async fn new(user: Respondent, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let (answerer, shared) = (user.answerer, hearth.clone());
    let check_up = hearth.db.read(move |conn| assessment::open_check_up(conn, &shared.instruments, answerer)).await?;
    let version = check_up.version;
    if !check_up.consented {
        return consent_page(&hearth, user.page, &version, Vec::new(), StatusCode::OK);
    }
    let time = check_up.draft_saved_at.map(|at| user.page.moment(&hearth.local(at)));
    let mut page = QuestionnairePage::new(&hearth, user.page, &version, &check_up.draft, check_up.idempotency_key);
    page.saved_at = time;
    Ok(web::html(&page)?)
}

fn consent_page(
    hearth: &Hearth,
    page: Page,
    version: &Version,
    kept: Vec<(usize, String)>,
    status: StatusCode,
) -> Result<HttpResponse, PageError> {
    let about = version.instrument.about.in_language(page.language()).to_owned();
    let (questions, version) = (version.instrument.items.len(), version.id);
    Ok(web::html_with(status, &ConsentPage { promise: Promise::of(hearth), about, questions, version, kept, page })?)
}

/// Keeps the agreement, and answers that came with it.
pub async fn consent(
    user: Respondent,
    form: Form<Vec<(String, String)>>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let version = version_of(&form, &hearth).await?;
    let kept = Answers::valid_part(&version.instrument, &answers::from_form(&form));
    let (now, id, version_id) = (hearth.now(), user.id(), version.id);
    hearth
        .db
        .run(move |conn| {
            let purpose = ConsentPurpose::Assessment;
            privacy::give_consent(conn, id, purpose, assessment::CONSENT_VERSION, now)?;
            if kept.is_empty() { Ok(()) } else { assessment::save_draft(conn, id, version_id, &kept, None) }
        })
        .await?;
    Ok(web::see_other("/assessments/new"))
}

/// Keeps half-filled answers. A script gets the time, a form a page.
pub async fn save_draft(
    user: Respondent,
    request: HttpRequest,
    form: Form<Vec<(String, String)>>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let version = version_of(&form, &hearth).await?;
    let given = Answers::valid_part(&version.instrument, &answers::from_form(&form));
    let (id, version_id, key) = (user.id(), version.id, key_of(&form));
    hearth.db.run(move |conn| assessment::save_draft(conn, id, version_id, &given, key.as_deref())).await?;
    let wants_json = request.headers().get(ACCEPT).is_some_and(|accept| accept.as_bytes() == b"application/json");
    if wants_json {
        let time = hearth.local(hearth.now()).format("%H:%M").to_string();
        let saved = user.page.t1("questionnaire-saved-at", "time", time);
        return Ok(HttpResponse::Ok().json(serde_json::json!({ "saved": saved })));
    }
    Ok(web::see_other_with(&hearth, "/dashboard", "flash-draft-saved")?)
}

/// The questionnaire whose answers a form brings.
async fn version_of(form: &[(String, String)], hearth: &Data<Hearth>) -> Result<Arc<Version>, AppError> {
    let Some(id) = answers::version_of(form) else { return Ok(hearth.instruments.current()) };
    // Read before as a rule; then a form comes back even while the database is away.
    if let Some(version) = hearth.instruments.known(id) {
        return Ok(version);
    }
    let shared = hearth.clone();
    hearth.db.read(move |conn| shared.instruments.get(conn, id)).await
}

/// Scores and saves. What cannot be saved now comes back with the page.
pub async fn create(
    user: Result<Respondent, PageError>,
    request: HttpRequest,
    form: Form<Vec<(String, String)>>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let version = version_of(&form, &hearth).await?;
    let given = answers::from_form(&form);
    let key = key_of(&form).map_or_else(new_key, Ok)?;
    let kept = Answers::valid_part(&version.instrument, &given);
    let user = match user {
        Ok(user) => user,
        Err(error) if kept.is_empty() => return Err(error),
        Err(PageError(error)) => return keep(&hearth, Page::new(&hearth, &request), &version, &kept, key, error),
    };
    match Answers::parse(&version.instrument, &given) {
        Ok(answers) => submit(user, answers, version, &kept, key, &hearth).await,
        Err(errors) => incomplete(user, &errors, &version, kept, key, &hearth).await,
    }
}

fn key_of(form: &[(String, String)]) -> Option<String> {
    let (_, key) = form.iter().find(|(name, _)| name == "idempotency_key")?;
    Some(key.clone()).filter(|key| is_key(key))
}

/// What the database can hold: our own keys are digits and hyphens.
fn is_key(key: &str) -> bool {
    (1..=100).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
}

fn new_key() -> Result<String, PageError> {
    Ok(crate::keys::hex(&crate::keys::random().map_err(AppError::Internal)?))
}

async fn submit(
    user: Respondent,
    answers: Answers,
    version: Arc<Version>,
    kept: &BTreeMap<usize, i32>,
    key: String,
    hearth: &Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (now, today) = (hearth.now(), hearth.day(hearth.now()));
    let (answerer, version_id, used_key, shared) = (user.answerer, version.id, key.clone(), hearth.clone());
    let work = move |conn: &mut _| {
        assessment::submit(conn, &shared.instruments, answerer, version_id, &answers, &used_key, now, today)
    };
    match hearth.db.run(work).await {
        Ok(made) => Ok(web::see_other(&format!("/assessments/{made}"))),
        Err(SubmitError::NoConsent) => {
            let kept = kept.iter().map(|(item, value)| (*item, value.to_string())).collect();
            consent_page(hearth, user.page, &version, kept, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(SubmitError::Changed) => changed(user, version, kept.clone(), hearth).await,
        Err(SubmitError::OtherAnswers { made, fresh_key }) => {
            let mut page = QuestionnairePage::new(hearth, user.page, &version, kept, fresh_key);
            page.problem = Some("questionnaire-sent-before");
            page.sent_before = Some(made);
            Ok(web::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)?)
        }
        Err(SubmitError::App(error)) => keep(hearth, user.page, &version, kept, key, error),
    }
}

/// The questionnaire that applies by now, with the answers that fit it too.
/// The others wait until theirs is asked again.
async fn changed(
    user: Respondent,
    answered: Arc<Version>,
    kept: BTreeMap<usize, i32>,
    hearth: &Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (answerer, shared) = (user.answerer, hearth.clone());
    let work = move |conn: &mut PgConnection| {
        assessment::save_draft(conn, answerer.user, answered.id, &kept, None)?;
        let mut check_up = assessment::open_check_up(conn, &shared.instruments, answerer)?;
        let carried = answers::carried(&answered.instrument, &check_up.version.instrument, &kept);
        check_up.draft.extend(carried);
        Ok::<_, AppError>(check_up)
    };
    let check_up = hearth.db.run(work).await?;
    let (version, key) = (check_up.version, check_up.idempotency_key);
    let mut page = QuestionnairePage::new(hearth, user.page, &version, &check_up.draft, key);
    page.problem = Some("questionnaire-changed");
    Ok(web::html_with(StatusCode::CONFLICT, &page)?)
}

/// The page again with what was answered, leading to the first gap.
async fn incomplete(
    user: Respondent,
    errors: &AnswerErrors,
    version: &Version,
    kept: BTreeMap<usize, i32>,
    key: String,
    hearth: &Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (id, version_id) = (user.id(), version.id);
    let page = QuestionnairePage::new(hearth, user.page, version, &kept, key.clone()).with_errors(errors);
    match hearth.db.run(move |conn| assessment::save_draft(conn, id, version_id, &kept, Some(&key))).await {
        // Without consent nothing is kept here, and the page has the answers anyway.
        Ok(()) | Err(AppError::Forbidden | AppError::Unavailable) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(web::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)?)
}

/// The page again with every answer, because they could not be saved now.
fn keep(
    hearth: &Hearth,
    page: Page,
    version: &Version,
    kept: &BTreeMap<usize, i32>,
    key: String,
    error: AppError,
) -> Result<HttpResponse, PageError> {
    let problem = match error {
        AppError::SignInRequired => "questionnaire-signed-out",
        AppError::Unavailable => "questionnaire-unavailable",
        error => return Err(error.into()),
    };
    let status = error.status();
    let mut page = QuestionnairePage::new(hearth, page, version, kept, key);
    page.problem = Some(problem);
    Ok(web::html_with(status, &page)?)
}

#[derive(Template)]
#[template(path = "assessment/result.html")]
struct ResultPage {
    page: Page,
    result: AssessmentId,
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
pub async fn show(person: Responding, id: Path<i64>, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let (id, today) = (AssessmentId(*id), hearth.day(hearth.now()));
    let shared = hearth.clone();
    let (user, (past, version, open, pulse)) = person
        .read(move |conn, answerer, language| {
            let owner = answerer.user;
            let past = assessment::result(conn, answerer, id)?;
            let latest = past.first().ok_or(AppError::NotFound)?;
            let version = shared.instruments.read_by(conn, latest.version, latest.cut_off_set.as_deref())?;
            let open = recommendations::open(conn, owner, language)?;
            let own_day = answerer.by_code.is_none(); // the pulse is not of this check-up
            let pulse = if own_day { dashboard::pulse_of(conn, owner, today)? } else { None };
            Ok((past, version, open, pulse))
        })
        .await?;
    let past: Vec<_> = past.into_iter().map(|past| (past.clone(), hearth.local(past.made_at))).collect();
    let report = Report::new(&version, &past, user.page.words());
    let source = version.instrument.cut_off_sets.first();
    Ok(web::html(&ResultPage {
        result: id,
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

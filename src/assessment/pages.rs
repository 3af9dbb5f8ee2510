//! `/assessments/…`: consent, questionnaire, result. Answers that cannot be saved
//! (signed out, database unavailable) are sent back in the page, never lost.

use crate::{
    assessment::{
        self, Answerer, AssessmentNumber, PAUSE, SubmitError, consent_pages,
        questions::{Question, questions},
    },
    auth::{Caller, CurrentUser, Respondent, language},
    error::{AppError, PageError},
    i18n::Language,
    instruments::{AnswerErrors, Answers, Version, answers},
    urls,
    web::{self, Form, Hearth, Page, promise::Promise, received},
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header::ACCEPT},
    web::Data,
};
use askama::Template;
use diesel::PgConnection;
use std::{collections::BTreeMap, sync::Arc, time::Duration};

#[derive(Template)]
#[template(path = "assessment/questionnaire.html")]
struct QuestionnairePage {
    page: Page,
    name: String,
    instruction: String,
    named: String,
    questions: Vec<Question>,
    answered: usize,
    idempotency_key: String,
    saved_at: Option<String>,
    /// Catalog key of a message above the form.
    problem: Option<&'static str>,
    first_gap: Option<usize>,
    /// The assessment that this form created before, from other answers.
    sent_before: Option<AssessmentNumber>,
    promise: Promise,
}

impl QuestionnairePage {
    fn new(hearth: &Hearth, page: Page, version: &Version, given: &BTreeMap<usize, i32>, key: String) -> Self {
        let (instrument, language) = (&version.instrument, page.language());
        Self {
            name: instrument.name.in_language(language).to_owned(),
            instruction: instrument.instruction.in_language(language).to_owned(),
            named: instrument.named(),
            questions: questions(instrument, language, given),
            answered: given.len(),
            idempotency_key: key,
            saved_at: None,
            problem: None,
            first_gap: None,
            sent_before: None,
            promise: Promise::of(hearth),
            page: page.keeping("check-up", urls::ASSESSMENTS_DRAFT),
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

/// The consent page first, then the questionnaire with the saved draft.
pub async fn new(caller: Caller<Respondent>, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let (answerer, shared) = (Answerer::from(&user), hearth.clone());
    let check_up = hearth.db.read(move |conn| assessment::open_check_up(conn, shared.instruments(), answerer)).await?;
    let version = check_up.version;
    if !check_up.consented {
        let asked = consent_pages::Asked { again: check_up.agreed_before, kept: Vec::new() };
        return consent_pages::consent_page(&hearth, user.page, &version, asked, StatusCode::OK);
    }
    let time = check_up.draft_saved_at.map(|at| user.page.moment(&hearth.local(at)));
    let mut page = QuestionnairePage::new(&hearth, user.page, &version, &check_up.draft, check_up.idempotency_key);
    page.saved_at = time;
    Ok(web::html(&page)?)
}

/// Saves a draft. Scripts (`Accept: application/json`) get the time, forms a redirect.
pub async fn save_draft(
    caller: Caller<Respondent>,
    request: HttpRequest,
    form: Form<Vec<(String, String)>>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form) = caller.form(form).await?;
    let version = asked(&form, Answerer::from(&user), &hearth).await?;
    let given = Answers::valid_part(&version.instrument, &answers::from_form(&form));
    let (id, version_id, key) = (user.id, version.id, key_of(&form));
    if let Some(language) = received::switched_to(&request) {
        return in_language(user, &version, given, key, language, &hearth).await;
    }
    hearth.act(user.actor(), move |conn| assessment::save_draft(conn, id, version_id, &given, key.as_deref())).await?;
    let wants_json = request.headers().get(ACCEPT).is_some_and(|accept| accept.as_bytes() == b"application/json");
    if wants_json {
        let time = hearth.local(hearth.now()).format("%H:%M").to_string();
        let saved = user.page.t1("questionnaire-saved-at", "time", time);
        return Ok(HttpResponse::Ok().json(serde_json::json!({ "saved": saved })));
    }
    Ok(web::see_other_with(&hearth, urls::DASHBOARD, "flash-draft-saved")?)
}

/// The same questionnaire in another language, with the answers given so far.
async fn in_language(
    user: CurrentUser,
    version: &Version,
    given: BTreeMap<usize, i32>,
    key: Option<String>,
    language: Language,
    hearth: &Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    if user.by_code.is_some() {
        // With a code no draft is stored: the page carries the answers.
        let key = key.map_or_else(new_key, Ok)?;
        let page = QuestionnairePage::new(hearth, user.page.in_language(language), version, &given, key);
        return Ok(web::in_language(hearth, language, &page)?);
    }
    let (id, version_id) = (user.id, version.id);
    let work = move |conn: &mut PgConnection| {
        language::set(conn, id, language)?;
        assessment::save_draft(conn, id, version_id, &given, key.as_deref())
    };
    hearth.act(user.actor(), work).await?;
    Ok(web::keep_language(hearth, language, web::see_other(urls::ASSESSMENTS_NEW))?)
}

/// The questionnaire that a form's answers are for: the installation's own, which
/// is public, or one that this person is or was asked to fill in.
pub async fn asked(
    form: &[(String, String)],
    answerer: Answerer,
    hearth: &Data<Hearth>,
) -> Result<Arc<Version>, AppError> {
    let current = hearth.instruments().current();
    let Some(named) = answers::questionnaire_of(form).filter(|named| *named != current.instrument.named()) else {
        return Ok(current); // needs no database
    };
    let shared = hearth.clone();
    hearth.db.read(move |conn| assessment::asked_of(conn, shared.instruments(), answerer, &named)).await
}

/// Scores and saves the answers; answers that cannot be saved are shown again.
pub async fn create(
    caller: Result<Caller<Respondent>, PageError>,
    request: HttpRequest,
    form: Form<Vec<(String, String)>>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = match caller {
        Ok(caller) => caller.user().await,
        Err(error) => Err(error),
    };
    let form = match &user {
        Ok(user) => form.of(&user.page).await?,
        Err(_) => form.open().await?, // the answers are shown again for their owner
    };
    let key = key_of(&form).map_or_else(new_key, Ok)?;
    match user {
        Ok(user) => take(user, &form, key, &hearth).await,
        Err(PageError(error)) => unidentified(&hearth, &request, &form, key, error),
    }
}

/// Submits answers that are complete; others are shown again.
async fn take(
    user: CurrentUser,
    form: &[(String, String)],
    key: String,
    hearth: &Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let version = match asked(form, Answerer::from(&user), hearth).await {
        Ok(version) => version,
        Err(AppError::NotFound) => return changed(user, None, hearth).await,
        Err(error) => return keep_unread(hearth, user.page, form, key, error),
    };
    let given = answers::from_form(form);
    let kept = Answers::valid_part(&version.instrument, &given);
    match Answers::parse(&version.instrument, &given) {
        Ok(answers) => submit(user, answers, version, &kept, key, hearth).await,
        Err(errors) => incomplete(user, &errors, version, kept, key, hearth).await,
    }
}

/// The answers of somebody whose sign-in could not be read, in a page for their owner;
/// without answers, the error.
fn unidentified(
    hearth: &Hearth,
    request: &HttpRequest,
    form: &[(String, String)],
    key: String,
    error: AppError,
) -> Result<HttpResponse, PageError> {
    if answers::from_form(form).is_empty() {
        return Err(error.into());
    }
    let owner = received::words(request).and_then(|words| words.owner);
    let page = Page::new(hearth, request).with_forms_of(owner);
    keep_unread(hearth, page, form, key, error)
}

fn key_of(form: &[(String, String)]) -> Option<String> {
    let (_, key) = form.iter().find(|(name, _)| name == "idempotency_key")?;
    Some(key.clone()).filter(|key| is_key(key))
}

/// What the database accepts as an idempotency key: up to 100 visible ASCII characters.
fn is_key(key: &str) -> bool {
    (1..=100).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
}

fn new_key() -> Result<String, PageError> {
    Ok(hex::encode(crate::keys::random().map_err(AppError::Internal)?))
}

async fn submit(
    user: CurrentUser,
    answers: Answers,
    version: Arc<Version>,
    kept: &BTreeMap<usize, i32>,
    key: String,
    hearth: &Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (now, today) = (hearth.now(), hearth.day(hearth.now()));
    let (answerer, version_id, used_key, shared) = (Answerer::from(&user), version.id, key.clone(), hearth.clone());
    let work = move |conn: &mut _| {
        assessment::submit(conn, shared.instruments(), answerer, version_id, &answers, &used_key, now, today)
    };
    match hearth.act(user.actor(), work).await {
        Ok(made) => Ok(web::see_other(&urls::assessment(made))),
        Err(SubmitError::NoConsent) => {
            let kept = kept.iter().map(|(item, value)| (*item, value.to_string())).collect();
            let asked = consent_pages::Asked { again: false, kept };
            consent_pages::consent_page(hearth, user.page, &version, asked, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(SubmitError::Changed) => changed(user, Some((version, kept.clone())), hearth).await,
        Err(SubmitError::OtherAnswers { made, fresh_key }) => {
            let mut page = QuestionnairePage::new(hearth, user.page, &version, kept, fresh_key);
            page.problem = Some("questionnaire-sent-before");
            page.sent_before = Some(made);
            Ok(web::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)?)
        }
        Err(SubmitError::TooMany(wait)) => too_many(user, &version, kept.clone(), key, wait, hearth).await,
        Err(SubmitError::App(error)) => keep(hearth, user.page, &version, kept, key, error),
    }
}

/// The page again with every answer, which are saved as a draft too: 429.
async fn too_many(
    user: CurrentUser,
    version: &Version,
    kept: BTreeMap<usize, i32>,
    key: String,
    wait: Duration,
    hearth: &Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (by, id, version_id) = (user.actor(), user.id, version.id);
    let mut page = QuestionnairePage::new(hearth, user.page, version, &kept, key.clone());
    page.problem = Some(if wait <= PAUSE.to_std().unwrap_or_default() {
        "questionnaire-too-soon"
    } else {
        "questionnaire-too-many"
    });
    hearth.act(by, move |conn| assessment::save_draft(conn, id, version_id, &kept, Some(&key))).await?;
    let mut response = web::html_with(StatusCode::TOO_MANY_REQUESTS, &page)?;
    web::retry_after(&mut response, wait);
    Ok(response)
}

/// Shows the questionnaire that applies by now (409), with those of the answers
/// that fit it. All answers are saved as a draft of the questionnaire they are
/// for, in case it is asked again; `answered` is `None` when this person was
/// never asked to fill it in.
async fn changed(
    user: CurrentUser,
    answered: Option<(Arc<Version>, BTreeMap<usize, i32>)>,
    hearth: &Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (answerer, shared) = (Answerer::from(&user), hearth.clone());
    let work = move |conn: &mut PgConnection| {
        if let Some((answered, kept)) = &answered {
            match assessment::save_draft(conn, answerer.user, answered.id, kept, None) {
                Ok(()) | Err(AppError::Forbidden) => {} // no draft without consent
                Err(error) => return Err(error),
            }
        }
        let mut check_up = assessment::open_check_up(conn, shared.instruments(), answerer)?;
        if let Some((answered, kept)) = &answered {
            check_up.draft.extend(answers::carried(&answered.instrument, &check_up.version.instrument, kept));
        }
        Ok::<_, AppError>(check_up)
    };
    let check_up = hearth.act(user.actor(), work).await?;
    let (version, key) = (check_up.version, check_up.idempotency_key);
    let mut page = QuestionnairePage::new(hearth, user.page, &version, &check_up.draft, key);
    page.problem = Some("questionnaire-changed");
    Ok(web::html_with(StatusCode::CONFLICT, &page)?)
}

/// The page again with the answers, linking to the first missing one: 422.
async fn incomplete(
    user: CurrentUser,
    errors: &AnswerErrors,
    version: Arc<Version>,
    kept: BTreeMap<usize, i32>,
    key: String,
    hearth: &Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    if version.id != hearth.instruments().current().id && !applies(&version, Answerer::from(&user), hearth).await? {
        return changed(user, Some((version, kept)), hearth).await;
    }
    let (by, id, version_id) = (user.actor(), user.id, version.id);
    let page = QuestionnairePage::new(hearth, user.page, &version, &kept, key.clone()).with_errors(errors);
    match hearth.act(by, move |conn| assessment::save_draft(conn, id, version_id, &kept, Some(&key))).await {
        // No draft is stored then, but the page carries the answers.
        Ok(()) | Err(AppError::Forbidden | AppError::Unavailable | AppError::SignInRequired) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(web::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)?)
}

/// Whether this is the questionnaire that applies to the person now.
async fn applies(version: &Version, answerer: Answerer, hearth: &Data<Hearth>) -> Result<bool, AppError> {
    let (id, shared) = (version.id, hearth.clone());
    hearth
        .db
        .read(move |conn| Ok::<_, AppError>(assessment::current(conn, shared.instruments(), answerer)?.id == id))
        .await
}

#[derive(Template)]
#[template(path = "assessment/kept.html")]
struct KeptPage {
    page: Page,
    /// Catalog key of why they could not be saved.
    problem: &'static str,
    named: String,
    idempotency_key: String,
    answers: Vec<(usize, i32)>,
}

/// The answers again when the person could not be identified. Shows the questions
/// only of the installation's own questionnaire, which is public.
fn keep_unread(
    hearth: &Hearth,
    page: Page,
    form: &[(String, String)],
    key: String,
    error: AppError,
) -> Result<HttpResponse, PageError> {
    let (current, given) = (hearth.instruments().current(), answers::from_form(form));
    let Some(named) = answers::questionnaire_of(form).filter(|named| *named != current.instrument.named()) else {
        let kept = Answers::valid_part(&current.instrument, &given);
        return keep(hearth, page, &current, &kept, key, error);
    };
    let (status, problem) = (error.status(), problem_of(error)?);
    let answers = given.iter().filter_map(|(item, text)| Some((*item, text.parse().ok()?))).collect();
    Ok(web::html_with(status, &KeptPage { page, problem, named, idempotency_key: key, answers })?)
}

/// Catalog key of the message for answers that could not be saved.
fn problem_of(error: AppError) -> Result<&'static str, AppError> {
    match error {
        AppError::SignInRequired => Ok("questionnaire-signed-out"),
        AppError::Unavailable => Ok("questionnaire-unavailable"),
        error => Err(error),
    }
}

/// The page again with every answer, which could not be saved.
fn keep(
    hearth: &Hearth,
    page: Page,
    version: &Version,
    kept: &BTreeMap<usize, i32>,
    key: String,
    error: AppError,
) -> Result<HttpResponse, PageError> {
    let (status, problem) = (error.status(), problem_of(error)?);
    let mut page = QuestionnairePage::new(hearth, page, version, kept, key);
    page.problem = Some(problem);
    Ok(web::html_with(status, &page)?)
}

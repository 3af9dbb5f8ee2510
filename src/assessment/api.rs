//! `/api/assessment`: questions, submitting, history. Same use cases as the pages.

use crate::{
    assessment::{
        self, A_DAY, Answerer, AssessmentNumber, CONSENT_VERSION, PastAssessment, SubmitError, questions::questions,
    },
    auth::{Api, ApiCaller, Caller},
    consents::{self, ConsentPurpose},
    domain::{Dimension, Level, Profile, UserId},
    error::{ApiError, AppError},
    i18n::{Catalog, Language},
    instruments::{Answers, Version, instrument::Instrument},
    keys, urls,
    web::{
        Hearth, Json,
        api::{self, Failure, Query},
        form::line,
    },
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use chrono::{DateTime, NaiveDate};
use diesel::PgConnection;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// One question.
#[derive(Serialize, ToSchema)]
#[schema(as = Question)]
pub struct QuestionJson {
    /// Index from 0, the key of its answer.
    id: usize,
    text: String,
    /// The subscale it belongs to: `emotional_exhaustion`, `depersonalization`,
    /// `reduced_accomplishment`, or the questionnaire's own id for another one.
    category: String,
    options: Vec<OptionJson>,
    required: bool,
}

/// An answer option.
#[derive(Serialize, ToSchema)]
#[schema(as = Choice)]
pub struct OptionJson {
    value: i32,
    label: String,
}

/// The privacy promise to respondents.
#[derive(Serialize, ToSchema)]
#[schema(as = Promise)]
pub struct PromiseJson {
    /// Version that submitting consents to.
    version: &'static str,
    /// Where the full text is.
    url: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Questions)]
pub struct QuestionsJson {
    questions: Vec<QuestionJson>,
    total: usize,
    promise: PromiseJson,
}

/// The questions. With a token those that apply to this person now, as an open
/// campaign may use another questionnaire. Show the promise before the first
/// question: submitting consents to it.
#[utoipa::path(
    get, path = "/api/assessment/questions", tag = "assessment", security((), ("token" = [])),
    params(("lang" = Option<String>, Query)),
    responses(
        (status = 200, description = "The questions in their order", body = QuestionsJson),
        (status = 400, description = "No such language", body = Failure),
        (status = 401, description = "The token is not valid", body = Failure),
    )
)]
pub async fn show_questions(
    request: HttpRequest,
    caller: Result<Caller<Api>, ApiError>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, ApiError> {
    let language = api::language(&hearth, &request);
    Query::of(&request).value::<Language>("lang", "api-language-wrong", language.catalog())?;
    let (language, version) = match caller {
        Ok(user) => {
            let shared = hearth.clone();
            let current = move |conn: &mut PgConnection, me: &ApiCaller| {
                let answerer = Answerer { user: me.who.user, by_code: None };
                Ok((me.language, assessment::current(conn, shared.instruments(), answerer)?))
            };
            user.read(current).await?
        }
        Err(error) if request.headers().contains_key("Authorization") => return Err(error),
        Err(_) => (language, hearth.instruments().current()),
    };
    let url = hearth.config.public_url.join(urls::PROMISE).map_err(|error| AppError::Internal(error.into()))?;
    let questions = questions_json(&version.instrument, language);
    let total = questions.len();
    let promise = PromiseJson { version: CONSENT_VERSION, url: url.into() };
    Ok(api::answer(StatusCode::OK, &QuestionsJson { questions, total, promise }))
}

fn questions_json(instrument: &Instrument, language: Language) -> Vec<QuestionJson> {
    let category = |item: usize| {
        let place = (0..instrument.subscales.len()).find(|&place| instrument.items_of(place).any(|own| own == item));
        let subscale = place.map(|place| &instrument.subscales[place]);
        subscale.map_or(String::new(), |one| one.dimension.map_or(one.id.clone(), |own| own.code().to_owned()))
    };
    let asked = questions(instrument, language, &BTreeMap::new()).into_iter();
    asked
        .map(|question| QuestionJson {
            id: question.index,
            text: question.text,
            category: category(question.index),
            options: question
                .choices
                .into_iter()
                .map(|choice| OptionJson { value: choice.value, label: choice.label })
                .collect(),
            required: !question.optional,
        })
        .collect()
}

/// A result. A scale that the questionnaire does not have, or with too few answers
/// to score, is `null`.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Assessment)]
pub struct AssessmentJson {
    /// Number within this person's assessments, from 1.
    id: i64,
    user_id: i64,
    /// The day, in the organisation's time zone.
    date: NaiveDate,
    /// RFC 3339, UTC.
    #[schema(value_type = String, format = DateTime)]
    timestamp: String,
    #[schema(value_type = Option<String>, example = "medium", pattern = "^(low|medium|high)$")]
    burnout_level: Option<&'static str>,
    /// The total score: the sum of the three dimensions, or the total that another
    /// questionnaire defines.
    score: Option<f64>,
    emotional_exhaustion: Option<f64>,
    depersonalization: Option<f64>,
    reduced_accomplishment: Option<f64>,
    /// The burnout profile: which dimensions are high together.
    #[schema(value_type = Option<String>, example = "balanced")]
    profile: Option<&'static str>,
    /// Index of the question to the value of the answer.
    #[schema(value_type = std::collections::BTreeMap<String, i32>)]
    answers: Value,
}

impl AssessmentJson {
    fn new(user: UserId, past: &PastAssessment, version: &Version, answers: Value, hearth: &Hearth) -> Self {
        let dimension = |wanted: Dimension| {
            let place = version.instrument.subscales.iter().position(|one| one.dimension == Some(wanted))?;
            past.subscales.get(place).copied().flatten()
        };
        Self {
            id: past.number.0,
            user_id: user.0,
            date: hearth.day(past.made_at),
            timestamp: api::timestamp(past.made_at),
            burnout_level: past.level.map(Level::code),
            score: past.total,
            emotional_exhaustion: dimension(Dimension::EmotionalExhaustion),
            depersonalization: dimension(Dimension::Depersonalization),
            reduced_accomplishment: dimension(Dimension::ReducedAccomplishment),
            profile: past.profile.map(Profile::code),
            answers,
        }
    }

    /// Converts assessments of one person, reading their answers.
    ///
    /// # Errors
    /// Those of the database.
    pub fn all(
        conn: &mut PgConnection,
        user: UserId,
        past: &[PastAssessment],
        hearth: &Hearth,
    ) -> Result<Vec<Self>, AppError> {
        let numbers: Vec<AssessmentNumber> = past.iter().map(|past| past.number).collect();
        let mut answers = assessment::answers(conn, user, &numbers)?;
        past.iter()
            .map(|past| {
                let version = hearth.instruments().read_by(conn, past.version, past.cut_off_set.as_deref())?;
                let given = answers.remove(&past.number).unwrap_or_else(|| Value::Object(Map::new()));
                Ok(Self::new(user, past, &version, given, hearth))
            })
            .collect()
    }
}

/// All answers of a questionnaire.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = Submission)]
pub struct SubmitJson {
    /// Index of each question to one of its values, such as `{"0": 3, …, "19": 5}`.
    #[serde(default)]
    #[schema(value_type = std::collections::BTreeMap<String, i32>, required = true)]
    answers: Value,
}

impl SubmitJson {
    fn parse(&self, instrument: &Instrument, words: &Catalog) -> Result<Answers, ApiError> {
        let given = match &self.answers {
            Value::Object(given) => given,
            Value::Null => return Err(api::wrong("api-field-missing", "answers", words)),
            _ => return Err(api::wrong("api-answers-wrong", "answers", words)),
        };
        let mut texts = BTreeMap::new();
        for (key, value) in given {
            let item = key.parse().ok().filter(|item: &usize| item.to_string() == *key);
            let Some(item) = item.filter(|item| *item < instrument.items.len()) else {
                let shown: String = line(key).chars().take(40).collect();
                return Err(api::wrong("api-question-unknown", shown, words));
            };
            match value {
                Value::Null => {}
                Value::Number(number) if number.is_i64() => drop(texts.insert(item, number.to_string())),
                _ => return Err(api::wrong("api-answer-wrong", item, words)),
            }
        }
        Answers::parse(instrument, &texts).map_err(|errors| match (errors.missing.first(), errors.invalid.first()) {
            (_, Some(item)) => api::wrong("api-answer-wrong", item, words),
            (Some(item), None) => api::wrong("api-answer-missing", item, words),
            (None, None) => AppError::BadRequest.into(),
        })
    }
}

/// Submit all answers of a questionnaire. This consents to the promise that comes
/// with the questions; after withdrawing that consent a person has to give it
/// again on the pages. With an `Idempotency-Key` a repeated request creates
/// nothing new.
#[utoipa::path(
    post, path = "/api/assessment/submit", tag = "assessment", security(("token" = [])), request_body = SubmitJson,
    params(("Idempotency-Key" = Option<String>, Header, description = "1 to 100 characters of the client's choice")),
    responses(
        (status = 201, description = "Scored and stored", body = AssessmentJson),
        (status = 400, description = "An answer is missing, too many or out of range; the sentence names the question", body = Failure),
        (status = 401, description = "No valid token", body = Failure),
        (status = 403, description = "The consent was withdrawn", body = Failure),
        (status = 409, description = "Other answers were sent with this key, or other questions apply by now", body = Failure),
        (status = 413, description = "Too large", body = Failure),
        (status = 429, description = "One a minute and ten a day; `Retry-After` says how long to wait", body = Failure),
    )
)]
pub async fn submit(
    user: Caller<Api>,
    request: HttpRequest,
    body: Json<SubmitJson>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, ApiError> {
    let key = key_of(&request)?;
    let made = user.run(move |conn, me| take(conn, me, &body, key, &hearth)).await?;
    Ok(api::answer(StatusCode::CREATED, &made))
}

/// The key that the request is recognised by when it comes again, a random one if it
/// has none; `None` when what it has cannot be a key.
fn key_of(request: &HttpRequest) -> Result<Option<String>, AppError> {
    let key = match request.headers().get("Idempotency-Key") {
        Some(given) => given.to_str().unwrap_or_default().to_owned(),
        None => hex::encode(keys::random().map_err(AppError::Internal)?),
    };
    Ok((1..=100).contains(&key.len()).then(|| format!("api:{key}")))
}

/// Reads the answers, and submits them.
fn take(
    conn: &mut PgConnection,
    me: &ApiCaller,
    body: &SubmitJson,
    key: Option<String>,
    hearth: &Hearth,
) -> Result<AssessmentJson, ApiError> {
    let (user, words) = (me.who.user, me.words());
    let key = key.ok_or_else(|| api::wrong("api-key-wrong", "Idempotency-Key", words))?;
    let answerer = Answerer { user, by_code: None };
    let asked = assessment::current(conn, hearth.instruments(), answerer)?;
    let answers = body.parse(&asked.instrument, words)?;
    let agreed = consents::agree_at_first(conn, user, ConsentPurpose::Assessment, CONSENT_VERSION, me.now);
    agreed.map_err(|error| match error {
        AppError::Forbidden => said(StatusCode::FORBIDDEN, "api-agreement-needed", words),
        error => error.into(),
    })?;
    let (now, today) = (me.now, hearth.day(me.now));
    let made = assessment::submit(conn, hearth.instruments(), answerer, asked.id, &answers, &key, now, today);
    let past = assessment::result(conn, answerer, made.map_err(|error| refusal(error, words))?)?;
    one(conn, user, past, hearth)
}

fn said(status: StatusCode, key: &str, words: &Catalog) -> ApiError {
    ApiError::Said { status, detail: words.text(key).to_owned() }
}

fn refusal(error: SubmitError, words: &Catalog) -> ApiError {
    match error {
        SubmitError::NoConsent => said(StatusCode::FORBIDDEN, "api-agreement-needed", words),
        SubmitError::Changed => said(StatusCode::CONFLICT, "api-questions-changed", words),
        SubmitError::TooMany(wait) => {
            ApiError::Slow { wait, detail: words.with("api-too-many-check-ups", &[("count", (A_DAY as i64).into())]) }
        }
        SubmitError::OtherAnswers { .. } => said(StatusCode::CONFLICT, "api-key-used", words),
        SubmitError::App(error) => error.into(),
    }
}

/// Converts the first of these; not found when there is none.
fn one(
    conn: &mut PgConnection,
    user: UserId,
    mut past: Vec<PastAssessment>,
    hearth: &Hearth,
) -> Result<AssessmentJson, ApiError> {
    past.truncate(1);
    let made = AssessmentJson::all(conn, user, &past, hearth)?.into_iter().next();
    made.ok_or_else(|| AppError::NotFound.into())
}

#[derive(Serialize, ToSchema)]
#[schema(as = History)]
pub struct HistoryJson {
    /// Newest first.
    assessments: Vec<AssessmentJson>,
    /// Number of assessments on all pages.
    total: i64,
}

/// My assessments, a page at a time.
#[utoipa::path(
    get, path = "/api/assessment/history", tag = "assessment", security(("token" = [])),
    params(
        ("limit" = Option<i64>, Query, description = "How many, 20 when not given", minimum = 1, maximum = 100),
        ("before" = Option<i64>, Query, description = "The `id` of the last assessment of the page read before", minimum = 0, maximum = 999_999_999_999_999_999i64),
    ),
    responses(
        (status = 200, description = "A page, newest first", body = HistoryJson),
        (status = 400, description = "A parameter is invalid", body = Failure),
        (status = 401, description = "No valid token", body = Failure),
    )
)]
pub async fn history(user: Caller<Api>, request: HttpRequest, hearth: Data<Hearth>) -> Result<HttpResponse, ApiError> {
    let words = api::language(&hearth, &request).catalog();
    let query = Query::of(&request);
    let limit = query.number("limit", 1..=100, words)?.unwrap_or(20);
    let before = query.number("before", 0..=999_999_999_999_999_999, words)?.map(AssessmentNumber);
    let page = user
        .read(move |conn, me| {
            let user = me.who.user;
            let before = match before {
                None => None,
                // An unknown number gives an empty page.
                Some(number) => match assessment::with_previous(conn, user, number)?.first() {
                    Some(past) => Some((past.made_at, past.number)),
                    None => Some((DateTime::UNIX_EPOCH, AssessmentNumber(0))),
                },
            };
            let past = assessment::history(conn, user, before, limit)?;
            let assessments = AssessmentJson::all(conn, user, &past, &hearth)?;
            Ok(HistoryJson { assessments, total: assessment::count(conn, user)? })
        })
        .await?;
    Ok(api::answer(StatusCode::OK, &page))
}

/// One of my assessments.
#[utoipa::path(
    get, path = "/api/assessment/{id}", tag = "assessment", security(("token" = [])),
    params(("id" = i64, Path, minimum = 0, maximum = 999_999_999_999_999_999i64)),
    responses(
        (status = 200, description = "The result", body = AssessmentJson),
        (status = 401, description = "No valid token", body = Failure),
        (status = 404, description = "The person has none with this id", body = Failure),
    )
)]
pub async fn show(user: Caller<Api>, id: Path<i64>, hearth: Data<Hearth>) -> Result<HttpResponse, ApiError> {
    let number = AssessmentNumber(*id);
    let found = user
        .read(move |conn, me| {
            let past = assessment::with_previous(conn, me.who.user, number)?;
            one(conn, me.who.user, past, &hearth)
        })
        .await?;
    Ok(api::answer(StatusCode::OK, &found))
}

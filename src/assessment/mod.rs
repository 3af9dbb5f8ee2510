//! Take the questionnaire, get the result. Never shows one person's answers to
//! another: every query here is scoped to its owner.

pub mod answers;
pub mod api;
pub mod catalog;
pub mod change;
pub mod instrument;
pub mod pages;
pub mod questions;
pub mod report;
pub mod scoring;
mod store;

pub use answers::{AnswerErrors, Answers};
pub use catalog::{Instruments, Version};
pub use store::{OpenCampaign, Past};

use crate::{
    accounts::{self, ConsentPurpose, SignInId, UserId},
    codes::{coded, id_type},
    error::AppError,
    hr::DepartmentId,
    recommendations,
};
use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use diesel::{Connection as _, PgConnection};
use serde_json::Value;
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

id_type! {
    /// One answered questionnaire.
    AssessmentId
}
id_type! {
    /// One version of a questionnaire.
    VersionId
}

coded! {
    /// How much strain a scale shows, by its cut-off set.
    Level { Low = "low", Medium = "medium", High = "high" }
}

coded! {
    /// The pattern of the three dimensions.
    Profile {
        Burnout = "burnout",
        Overextended = "overextended",
        Disengaged = "disengaged",
        Ineffective = "ineffective",
        Balanced = "balanced",
        Engaged = "engaged",
    }
}

coded! {
    /// What an assessment is counted in.
    PeriodKind { Month = "month", Campaign = "campaign" }
}

coded! {
    /// Only an open period takes assessments; only a closed one has numbers.
    PeriodState { Draft = "draft", Open = "open", Closed = "closed" }
}

/// Version of the promise on the consent page. A new wording needs a new one,
/// and everyone is asked again.
pub const CONSENT_VERSION: &str = "2026-11";

/// Who answers.
#[derive(Clone, Copy, Debug)]
pub struct Answerer {
    pub user: UserId,
    /// With a code from a slip only the open campaign can be answered, and
    /// nothing of before is shown: whoever printed the slip could use it.
    pub by_code: Option<ByCode>,
}

/// A sign-in by a code.
#[derive(Clone, Copy, Debug)]
pub struct ByCode {
    pub sign_in: SignInId,
    pub since: DateTime<Utc>,
}

impl Answerer {
    /// The key of the check-up after the last one: every tab has the same until
    /// it is submitted.
    fn next_key(&self, conn: &mut PgConnection, version: VersionId) -> Result<String, AppError> {
        let last = store::last_id(conn, self.user, self.by_code.map(|code| code.since))?.map_or(0, |id| id.0);
        Ok(match self.by_code {
            Some(code) => format!("{}-code-{last}", code.sign_in),
            None => format!("{version}-{last}"),
        })
    }
}

/// A check-up that is about to be filled in.
#[derive(Debug)]
pub struct CheckUp {
    /// The questionnaire that applies to the person now.
    pub version: Arc<Version>,
    /// Whether the person agreed to the current promise.
    pub consented: bool,
    /// What was answered so far.
    pub draft: BTreeMap<usize, i32>,
    pub draft_saved_at: Option<DateTime<Utc>>,
    /// The same in every tab until the check-up is submitted.
    pub idempotency_key: String,
}

/// What a person needs to fill in or go on with the questionnaire.
///
/// # Errors
/// Those of the database.
pub fn open_check_up(
    conn: &mut PgConnection,
    instruments: &Instruments,
    answerer: Answerer,
) -> Result<CheckUp, AppError> {
    let user = answerer.user;
    let version = current(conn, instruments, answerer)?;
    let consented = accounts::privacy::has_consent(conn, user, ConsentPurpose::Assessment, CONSENT_VERSION)?;
    let draft = store::draft(conn, user, version.id)?;
    Ok(CheckUp {
        consented,
        draft_saved_at: draft.as_ref().map(|draft| draft.updated_at),
        draft: draft.map(|draft| draft.answers).unwrap_or_default(),
        idempotency_key: answerer.next_key(conn, version.id)?,
        version,
    })
}

/// The questionnaire that applies to a person now: the open campaign's, read
/// by the campaign's limits, else the installation's.
///
/// # Errors
/// [`AppError::SignInRequired`] with a code whose campaign is over.
pub fn current(
    conn: &mut PgConnection,
    instruments: &Instruments,
    answerer: Answerer,
) -> Result<Arc<Version>, AppError> {
    match store::open_campaign(conn, answerer.user)? {
        Some(campaign) => instruments.read_by(conn, campaign.version, campaign.cut_off_set.as_deref()),
        None if answerer.by_code.is_some() => Err(AppError::SignInRequired),
        None => Ok(instruments.current()),
    }
}

/// Keeps half-filled answers; what was answered elsewhere meanwhile stays.
/// Answers that arrive after the submit of their `idempotency_key` are not
/// kept: they would look like a new check-up, half-filled.
///
/// # Errors
/// [`AppError::Forbidden`] without consent: no answer is stored before it.
pub fn save_draft(
    conn: &mut PgConnection,
    user: UserId,
    version: VersionId,
    answers: &BTreeMap<usize, i32>,
    idempotency_key: Option<&str>,
) -> Result<(), AppError> {
    conn.transaction(|conn| {
        // The lock makes a submit and a draft of the same moment wait for each other.
        if !store::lock_owner(conn, user, CONSENT_VERSION)?.consented {
            return Err(AppError::Forbidden);
        }
        if let Some(key) = idempotency_key
            && store::find_by_key(conn, user, key)?.is_some()
        {
            return Ok(());
        }
        store::merge_draft(conn, user, version, answers)
    })
}

/// Why a complete questionnaire was not taken.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    #[error("no consent")]
    NoConsent,
    /// A campaign that began or ended meanwhile asks another questionnaire.
    #[error("another questionnaire applies by now")]
    Changed,
    /// This form was submitted before with other answers.
    #[error("other answers were submitted with this key")]
    OtherAnswers {
        made: AssessmentId,
        /// With it these answers are a check-up of their own.
        fresh_key: String,
    },
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<diesel::result::Error> for SubmitError {
    fn from(error: diesel::result::Error) -> Self {
        Self::App(error.into())
    }
}

/// Scores and saves answers to `version` and gives recommendations, all or
/// nothing. They are read by the limits of the period that takes them. The same `idempotency_key` with the same answers again returns the
/// assessment it made before.
///
/// # Errors
/// [`SubmitError::NoConsent`], [`SubmitError::Changed`],
/// [`SubmitError::OtherAnswers`], or those of the database.
#[expect(clippy::too_many_arguments, reason = "what is sent, by whom, when")]
pub fn submit(
    conn: &mut PgConnection,
    instruments: &Instruments,
    answerer: Answerer,
    version: VersionId,
    answers: &Answers,
    idempotency_key: &str,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Result<AssessmentId, SubmitError> {
    let user = answerer.user;
    let made = conn.transaction(|conn| {
        let (period, asked) = open_period(conn, instruments, answerer, today)?; // before the person: closing locks in this order
        let owner = store::lock_owner(conn, user, CONSENT_VERSION)?;
        if !owner.consented {
            return Err(SubmitError::NoConsent);
        }
        if asked.id != version {
            return Err(SubmitError::Changed);
        }
        let score = scoring::score(&asked.instrument, answers);
        store::uncount(conn, user, period, version)?;
        let new =
            store::NewAssessment::new(user, period, owner.department, version, now, &score, answers, idempotency_key);
        let Some(id) = store::insert(conn, &new)? else {
            return Err(SubmitError::App(diesel::result::Error::RollbackTransaction.into()));
        };
        recommendations::give(conn, user, &recommendations::Strain::of(&asked.instrument, &score), now)?;
        store::delete_draft(conn, user, version)?;
        Ok(id)
    });
    match made {
        Err(failed @ (SubmitError::App(_) | SubmitError::Changed)) => {
            match store::find_by_key(conn, user, idempotency_key) {
                Ok(Some((existing, stored))) if stored == answers.to_json() => Ok(existing),
                Ok(Some((made, _))) => {
                    let fresh_key = answerer.next_key(conn, version)?;
                    Err(SubmitError::OtherAnswers { made, fresh_key })
                }
                _ => Err(failed),
            }
        }
        made => made,
    }
}

/// Keeps every open period open until the transaction ends. Call it before a
/// person's row is locked: a submit and a closing lock in this order too.
///
/// # Errors
/// Those of the database.
pub fn hold_open_periods(conn: &mut PgConnection) -> Result<(), AppError> {
    store::hold_open_periods(conn)?;
    Ok(())
}

/// Moves what a person counts for in open periods to their department, which
/// was a claim until now.
///
/// # Errors
/// Those of the database.
pub fn settle_department(
    conn: &mut PgConnection,
    user: UserId,
    department: Option<DepartmentId>,
) -> Result<(), AppError> {
    store::settle_department(conn, user, department)?;
    Ok(())
}

/// Deletes what a person answered. What they count for in open periods stays
/// without them, if they were confirmed: until it is published it holds the
/// scores, and nothing that tells whose they are.
///
/// # Errors
/// Those of the database.
pub fn leave_behind(conn: &mut PgConnection, user: UserId, confirmed: bool) -> Result<(), AppError> {
    if confirmed {
        store::anonymise_counting(conn, user)?;
    }
    store::delete_of(conn, user)?;
    Ok(())
}

/// The period that takes an assessment made today, with its questionnaire: the
/// open campaign of an invited person, else the calendar month, which is opened
/// by its first use.
fn open_period(
    conn: &mut PgConnection,
    instruments: &Instruments,
    answerer: Answerer,
    today: NaiveDate,
) -> Result<(i64, Arc<Version>), AppError> {
    let user = answerer.user;
    let first = today.with_day(1).unwrap_or(today);
    let period = match store::share_open_period(conn, user, first)? {
        Some(period) => period,
        None => {
            store::open_month(conn, first)?;
            store::share_open_period(conn, user, first)?.ok_or(AppError::Unavailable)?
        }
    };
    let asked = match period.version {
        Some(version) => instruments.read_by(conn, version, period.cut_off_set.as_deref())?,
        None if answerer.by_code.is_some() => return Err(AppError::SignInRequired),
        None => instruments.current(),
    };
    Ok((period.id, asked))
}

/// An assessment of this person with up to two before it, latest first. Empty when it is not theirs.
///
/// # Errors
/// Those of the database.
pub fn with_previous(conn: &mut PgConnection, user: UserId, id: AssessmentId) -> Result<Vec<Past>, AppError> {
    Ok(store::with_previous(conn, user, id)?)
}

/// What a result page shows to whoever answered: with a code only what was
/// made with it.
///
/// # Errors
/// Those of the database.
pub fn result(conn: &mut PgConnection, answerer: Answerer, id: AssessmentId) -> Result<Vec<Past>, AppError> {
    let mut past = store::with_previous(conn, answerer.user, id)?;
    if let Some(code) = answerer.by_code {
        past.truncate(1);
        past.retain(|shown| shown.made_at >= code.since);
    }
    Ok(past)
}

/// A page of this person's assessments, latest first, from `before` on.
///
/// # Errors
/// Those of the database.
pub fn history(
    conn: &mut PgConnection,
    user: UserId,
    before: Option<(DateTime<Utc>, AssessmentId)>,
    limit: i64,
) -> Result<Vec<Past>, AppError> {
    Ok(store::history(conn, user, before, limit)?)
}

/// What a person answered in assessments of their own.
///
/// # Errors
/// Those of the database.
pub fn answers(
    conn: &mut PgConnection,
    user: UserId,
    ids: &[AssessmentId],
) -> Result<HashMap<AssessmentId, Value>, AppError> {
    Ok(store::answers(conn, user, ids)?.into_iter().collect())
}

/// How many assessments a person has.
///
/// # Errors
/// Those of the database.
pub fn count(conn: &mut PgConnection, user: UserId) -> Result<i64, AppError> {
    Ok(store::count(conn, user)?)
}

/// The open campaign this person is invited to.
///
/// # Errors
/// Those of the database.
pub fn open_campaign(conn: &mut PgConnection, user: UserId) -> Result<Option<OpenCampaign>, AppError> {
    Ok(store::open_campaign(conn, user)?)
}

/// When half-filled answers of this person were last kept.
///
/// # Errors
/// Those of the database.
pub fn draft_saved_at(
    conn: &mut PgConnection,
    user: UserId,
    version: VersionId,
) -> Result<Option<DateTime<Utc>>, AppError> {
    Ok(store::draft(conn, user, version)?.map(|draft| draft.updated_at))
}

/// Deletes what was answered before `oldest`, a batch at a time. Published
/// numbers do not depend on it.
///
/// # Errors
/// Those of the database.
pub fn delete_before(conn: &mut PgConnection, oldest: DateTime<Utc>) -> Result<(), AppError> {
    store::delete_drafts_before(conn, oldest)?;
    while store::delete_before(conn, oldest)? > 0 {}
    Ok(())
}

/// Deletes what a person answered but never submitted.
///
/// # Errors
/// Those of the database.
pub fn forget_drafts(conn: &mut PgConnection, user: UserId) -> Result<(), AppError> {
    store::delete_drafts(conn, user)?;
    Ok(())
}

//! Fill in the questionnaire and get the result. Every query for answers or results
//! is scoped to their owner.

pub mod api;
pub mod change;
pub mod consent_pages;
mod drafts;
pub mod pages;
pub mod questions;
pub mod report;
pub mod result_pages;
mod store;
mod submitting;

pub use store::{OpenCampaign, PastAssessment, count, history, open_campaign, settle_department, with_previous};
pub use submitting::{A_DAY, PAUSE, SubmitError, submit};

use crate::{
    auth::{CurrentUser, Identity, SignInKind},
    consents::{self, ConsentPurpose},
    domain::{UserId, codes::id_type},
    error::AppError,
    instruments::{self, Instruments, Version, VersionId, instrument},
};
use chrono::{DateTime, Utc};
use diesel::{Connection as _, PgConnection};
use serde_json::Value;
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

id_type! {
    /// Number of a submitted questionnaire within its person, from 1.
    AssessmentNumber
}
/// Version of the promise that people consent to. Changing its wording requires a
/// new version; then everyone is asked to consent again.
pub const CONSENT_VERSION: &str = "2026-12";

/// Who answers, and how they signed in.
#[derive(Clone, Copy, Debug)]
pub struct Answerer {
    pub user: UserId,
    /// Start of a sign-in with an access code, else `None`. With a code only the
    /// open campaign can be answered, and neither earlier results nor their number
    /// are shown, because whoever printed the slip could use it. Check-ups are
    /// numbered within this sign-in then.
    pub by_code: Option<DateTime<Utc>>,
}

impl From<&Identity> for Answerer {
    fn from(who: &Identity) -> Self {
        Self { user: who.user, by_code: (who.kind == SignInKind::Code).then_some(who.since) }
    }
}

impl From<&CurrentUser> for Answerer {
    fn from(user: &CurrentUser) -> Self {
        Self { user: user.id, by_code: user.by_code }
    }
}

impl Answerer {
    /// The idempotency key of the next check-up: the same in every tab until one
    /// is submitted. It is derived from this person's own data only.
    fn next_key(&self, conn: &mut PgConnection, version: &Version) -> Result<String, AppError> {
        let instrument::Instrument { id, version, .. } = &version.instrument;
        Ok(match self.by_code {
            Some(since) => {
                let made = store::count_since(conn, self.user, since)?;
                format!("code.{}-{made}", since.timestamp_micros())
            }
            None => format!("{id}-{version}-{}", store::last_number(conn, self.user)?),
        })
    }

    /// The number by which they see one of their assessments.
    fn sees(&self, conn: &mut PgConnection, made: AssessmentNumber) -> Result<AssessmentNumber, AppError> {
        match self.by_code {
            Some(since) => Ok(AssessmentNumber(store::place_since(conn, self.user, since, made)?)),
            None => Ok(made),
        }
    }
}

/// A check-up to fill in.
#[derive(Debug)]
pub struct CheckUp {
    /// The questionnaire that applies to the person now.
    pub version: Arc<Version>,
    /// Whether the person consented to [`CONSENT_VERSION`].
    pub consented: bool,
    /// Whether they agreed to an earlier wording.
    pub agreed_before: bool,
    /// Answers saved so far: index of the item to value.
    pub draft: BTreeMap<usize, i32>,
    pub draft_saved_at: Option<DateTime<Utc>>,
    /// The same in every tab until the check-up is submitted.
    pub idempotency_key: String,
}

/// The check-up to start or continue.
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
    let agreed = consents::agreed_version(conn, user, ConsentPurpose::Assessment)?;
    let consented = agreed.as_deref() == Some(CONSENT_VERSION);
    let draft = drafts::draft(conn, user, version.id)?;
    Ok(CheckUp {
        consented,
        agreed_before: agreed.is_some() && !consented,
        draft_saved_at: draft.as_ref().map(|draft| draft.updated_at),
        draft: draft.map(|draft| draft.answers).unwrap_or_default(),
        idempotency_key: answerer.next_key(conn, &version)?,
        version,
    })
}

/// The questionnaire that applies to a person now: the open campaign's, with the
/// campaign's cut-off set, else the installation's default.
///
/// # Errors
/// [`AppError::SignInRequired`] after a sign-in by code whose campaign is over.
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

/// A questionnaire by its [`instrument::Instrument::named`] ("id version"), if
/// this person is or was asked to fill it in.
///
/// # Errors
/// [`AppError::NotFound`] for any other, existing or not.
pub fn asked_of(
    conn: &mut PgConnection,
    instruments: &Instruments,
    answerer: Answerer,
    named: &str,
) -> Result<Arc<Version>, AppError> {
    let current = current(conn, instruments, answerer)?;
    if current.instrument.named() == named {
        return Ok(current);
    }
    let (id, version) = named.split_once(' ').ok_or(AppError::NotFound)?;
    let found = instruments::version_named(conn, id, version)?;
    // The form may come from an older version of the installation's questionnaire.
    let own = id == instruments.current().instrument.id;
    if answerer.by_code.is_some() || !(own || store::was_asked(conn, answerer.user, found)?) {
        return Err(AppError::NotFound);
    }
    instruments.get(conn, found)
}

/// Merges answers into the person's draft of this questionnaire. Answers that
/// arrive after their `idempotency_key` was submitted are dropped: they would
/// look like the draft of a new check-up.
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
        // The lock serialises saving a draft and submitting.
        if !store::lock_owner(conn, user, CONSENT_VERSION)?.consented {
            return Err(AppError::Forbidden);
        }
        if let Some(key) = idempotency_key
            && store::find_by_key(conn, user, key)?.is_some()
        {
            return Ok(());
        }
        drafts::merge_draft(conn, user, version, answers)
    })
}

/// Deletes a person's answers, when they leave. If they were `confirmed`, their
/// assessments that count in open periods stay until publication, anonymised:
/// scores and department, without person, answers, time and number.
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

/// An assessment with up to two before it, latest first; after a sign-in by code
/// only the assessment itself, and only if it was made in that sign-in.
///
/// # Errors
/// Those of the database.
pub fn result(
    conn: &mut PgConnection,
    answerer: Answerer,
    number: AssessmentNumber,
) -> Result<Vec<PastAssessment>, AppError> {
    match answerer.by_code {
        None => with_previous(conn, answerer.user, number),
        Some(since) => Ok(store::made_since(conn, answerer.user, since, number)?.into_iter().collect()),
    }
}

/// A person's answers by assessment, as JSON: index of the item to value.
///
/// # Errors
/// Those of the database.
pub fn answers(
    conn: &mut PgConnection,
    user: UserId,
    numbers: &[AssessmentNumber],
) -> Result<HashMap<AssessmentNumber, Value>, AppError> {
    Ok(store::answers(conn, user, numbers)?.into_iter().collect())
}

/// When this person's draft was last saved; `None` without a draft.
///
/// # Errors
/// Those of the database.
pub fn draft_saved_at(
    conn: &mut PgConnection,
    user: UserId,
    version: VersionId,
) -> Result<Option<DateTime<Utc>>, AppError> {
    Ok(drafts::draft(conn, user, version)?.map(|draft| draft.updated_at))
}

/// Deletes drafts and assessments from before `oldest`, in batches. Published
/// numbers do not depend on them.
///
/// # Errors
/// Those of the database.
pub fn delete_before(conn: &mut PgConnection, oldest: DateTime<Utc>) -> Result<(), AppError> {
    drafts::delete_drafts_before(conn, oldest)?;
    while store::delete_before(conn, oldest)? > 0 {}
    Ok(())
}

/// Deletes a person's drafts.
///
/// # Errors
/// Those of the database.
pub fn forget_drafts(conn: &mut PgConnection, user: UserId) -> Result<(), AppError> {
    drafts::delete_drafts(conn, user)?;
    Ok(())
}

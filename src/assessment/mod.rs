//! Take the questionnaire, get the result. Never shows one person's answers to
//! another: every query here is scoped to its owner.

pub mod api;
pub mod change;
pub mod consent_pages;
pub mod pages;
pub mod questions;
pub mod report;
pub mod respondent;
pub mod result_pages;
mod store;
mod submitting;

pub use respondent::{Respondent, Responding};
pub use store::{OpenCampaign, Past};
pub use submitting::{A_DAY, PAUSE, SubmitError, submit};

use crate::{
    consents::{self, ConsentPurpose},
    domain::{DepartmentId, UserId, codes::id_type},
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
    /// One answered questionnaire, numbered within its person.
    AssessmentNumber
}
/// Version of the promise on the consent page. A new wording needs a new one,
/// and everyone is asked again.
pub const CONSENT_VERSION: &str = "2026-11";

/// Who answers.
#[derive(Clone, Copy, Debug)]
pub struct Answerer {
    pub user: UserId,
    /// Since when somebody is signed in with a code from a slip. Then only the
    /// open campaign can be answered, and nothing of before is shown, nor how
    /// much there is: whoever printed the slip could use it. Check-ups are
    /// numbered within this sign-in.
    pub by_code: Option<DateTime<Utc>>,
}

impl Answerer {
    /// The key of the check-up after the last one: every tab has the same until
    /// it is submitted. It names nothing that others own or did.
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

    /// The number under which they see what they made.
    fn sees(&self, conn: &mut PgConnection, made: AssessmentNumber) -> Result<AssessmentNumber, AppError> {
        match self.by_code {
            Some(since) => Ok(AssessmentNumber(store::place_since(conn, self.user, since, made)?)),
            None => Ok(made),
        }
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
    let consented = consents::has_consent(conn, user, ConsentPurpose::Assessment, CONSENT_VERSION)?;
    let draft = store::draft(conn, user, version.id)?;
    Ok(CheckUp {
        consented,
        draft_saved_at: draft.as_ref().map(|draft| draft.updated_at),
        draft: draft.map(|draft| draft.answers).unwrap_or_default(),
        idempotency_key: answerer.next_key(conn, &version)?,
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

/// A questionnaire by its [`instrument::Instrument::named`], if it is or was
/// asked of this person. Any other is as if it were not there.
///
/// # Errors
/// [`AppError::NotFound`].
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
    // The page may be older than the installation's latest version.
    let own = id == instruments.current().instrument.id;
    if answerer.by_code.is_some() || !(own || store::was_asked(conn, answerer.user, found)?) {
        return Err(AppError::NotFound);
    }
    instruments.get(conn, found)
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

/// An assessment of this person with up to two before it, latest first. Empty when there is none.
///
/// # Errors
/// Those of the database.
pub fn with_previous(conn: &mut PgConnection, user: UserId, number: AssessmentNumber) -> Result<Vec<Past>, AppError> {
    Ok(store::with_previous(conn, user, number)?)
}

/// What a result page shows to whoever answered: with a code only what was
/// made with it.
///
/// # Errors
/// Those of the database.
pub fn result(conn: &mut PgConnection, answerer: Answerer, number: AssessmentNumber) -> Result<Vec<Past>, AppError> {
    match answerer.by_code {
        None => with_previous(conn, answerer.user, number),
        Some(since) => Ok(store::made_since(conn, answerer.user, since, number)?.into_iter().collect()),
    }
}

/// A page of this person's assessments, latest first, from `before` on.
///
/// # Errors
/// Those of the database.
pub fn history(
    conn: &mut PgConnection,
    user: UserId,
    before: Option<(DateTime<Utc>, AssessmentNumber)>,
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
    numbers: &[AssessmentNumber],
) -> Result<HashMap<AssessmentNumber, Value>, AppError> {
    Ok(store::answers(conn, user, numbers)?.into_iter().collect())
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

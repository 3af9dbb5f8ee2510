//! Scores and stores a complete questionnaire: at most one a minute and ten a day
//! per person.

use crate::{
    assessment::{Answerer, AssessmentNumber, CONSENT_VERSION, drafts, store},
    error::AppError,
    instruments::{Answers, Instruments, Version, VersionId, scoring},
    periods, recommendations,
};
use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta, Utc};
use diesel::{Connection as _, PgConnection};
use std::{sync::Arc, time::Duration};

/// Minimum time between two submissions of a person.
pub const PAUSE: TimeDelta = TimeDelta::minutes(1);
/// Submissions of a person within 24 hours.
pub const A_DAY: usize = 10;

/// Why a complete questionnaire was refused.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// [`PAUSE`] or [`A_DAY`] is exceeded; how long to wait.
    #[error("too many check-ups")]
    TooMany(Duration),
    #[error("no consent")]
    NoConsent,
    /// Another questionnaire applies, since a campaign began or ended meanwhile.
    #[error("another questionnaire applies by now")]
    Changed,
    /// The idempotency key was used before with other answers.
    #[error("other answers were submitted with this key")]
    OtherAnswers {
        made: AssessmentNumber,
        /// A new key, to submit these answers as another check-up.
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

/// Scores and stores answers to `version` and adds recommendations, in one
/// transaction. Levels come from the cut-off set of the period that they count in.
/// Repeating an `idempotency_key` with the same answers returns the existing
/// assessment.
///
/// # Errors
/// [`SubmitError::NoConsent`], [`SubmitError::Changed`], [`SubmitError::TooMany`],
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
) -> Result<AssessmentNumber, SubmitError> {
    let user = answerer.user;
    let made = conn.transaction(|conn| {
        let (period, asked) = open_period(conn, instruments, answerer, today)?; // locks period before person
        let owner = store::lock_owner(conn, user, CONSENT_VERSION)?;
        if !owner.consented {
            return Err(SubmitError::NoConsent);
        }
        if asked.id != version {
            return Err(SubmitError::Changed);
        }
        // The limits must not tell the holder of a slip about earlier check-ups.
        let since = answerer.by_code.unwrap_or(DateTime::UNIX_EPOCH);
        if let Some(wait) = wait(&store::newest(conn, user, since, A_DAY as i64)?, now) {
            return Err(SubmitError::TooMany(wait));
        }
        let score = scoring::score(&asked.instrument, answers);
        store::uncount(conn, user, period, version)?;
        let new =
            store::NewAssessment::new(user, period, owner.department, version, now, &score, answers, idempotency_key);
        let Some(number) = store::insert(conn, &new)? else {
            return Err(SubmitError::App(diesel::result::Error::RollbackTransaction.into()));
        };
        recommendations::give(conn, user, &recommendations::Strain::of(&asked.instrument, &score), now)?;
        drafts::delete_draft(conn, user, version)?;
        Ok(number)
    });
    match made {
        Ok(made) => Ok(answerer.sees(conn, made)?),
        Err(failed @ (SubmitError::App(_) | SubmitError::Changed | SubmitError::TooMany(_))) => {
            match store::find_by_key(conn, user, idempotency_key) {
                Ok(Some((existing, stored))) if stored == answers.to_json() => Ok(answerer.sees(conn, existing)?),
                Ok(Some((made, _))) => {
                    let version = instruments.get(conn, version)?;
                    let fresh_key = answerer.next_key(conn, &version)?;
                    Err(SubmitError::OtherAnswers { made: answerer.sees(conn, made)?, fresh_key })
                }
                _ => Err(failed),
            }
        }
        Err(failed) => Err(failed),
    }
}

/// How long to wait after these check-ups (newest first); `None` if not at all.
fn wait(made: &[DateTime<Utc>], now: DateTime<Utc>) -> Option<Duration> {
    let pause = made.first().map(|newest| *newest + PAUSE - now);
    let day = made.get(A_DAY - 1).map(|oldest| *oldest + TimeDelta::days(1) - now);
    let wait = pause.max(day).filter(|wait| *wait > TimeDelta::zero())?;
    // Times in the future, from a clock that ran ahead, do not make it longer than a day.
    wait.min(TimeDelta::days(1)).to_std().ok()
}

/// The period that today's assessment counts in, with its questionnaire: the open
/// campaign of an invited person, else the calendar month, created on first use.
fn open_period(
    conn: &mut PgConnection,
    instruments: &Instruments,
    answerer: Answerer,
    today: NaiveDate,
) -> Result<(i64, Arc<Version>), AppError> {
    let user = answerer.user;
    let first = today.with_day(1).unwrap_or(today);
    let period = match periods::share_open_period(conn, user, first)? {
        Some(period) => period,
        None => {
            periods::open_month(conn, first)?;
            periods::share_open_period(conn, user, first)?.ok_or(AppError::Unavailable)?
        }
    };
    let asked = match period.version {
        Some(version) => instruments.read_by(conn, version, period.cut_off_set.as_deref())?,
        None if answerer.by_code.is_some() => return Err(AppError::SignInRequired),
        None => instruments.current(),
    };
    Ok((period.id, asked))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_check_up_a_minute_and_ten_a_day() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let ago = |seconds: i64| now - TimeDelta::seconds(seconds);
        let day = 24 * 60 * 60;
        let spread = |count: i64, newest: i64| (0..count).map(|place| ago(newest + 100 * place)).collect::<Vec<_>>();
        for (made, expected) in [
            (vec![], None),
            (vec![ago(0)], Some(60)),
            (vec![ago(59)], Some(1)),
            (vec![ago(60)], None),
            (vec![ago(-30)], Some(90)),
            (vec![ago(-10 * day)], Some(day as u64)),
            (spread(9, 60), None),
            (spread(10, 60), Some((day - 960) as u64)),
            (spread(10, day - 900), None),
            (spread(10, day - 901), Some(1)),
        ] {
            assert_eq!(wait(&made, now), expected.map(Duration::from_secs), "{made:?}");
        }
    }
}

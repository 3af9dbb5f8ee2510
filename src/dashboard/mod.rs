//! My current state and the daily pulse. Days in the system and completed
//! recommendations are derived, not stored.

pub mod api;
pub mod pages;
mod store;

pub use store::Pulse;

use crate::{
    accounts::UserId,
    assessment::{self, Instruments, OpenCampaign, Past},
    error::AppError,
    i18n::Language,
    my_data,
    recommendations::{self, Listed},
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::PgConnection;

/// From this pulse of burnout on, help comes first.
const HELP_FROM: i16 = 80;
/// How many assessments the trend shows.
const TREND: i64 = 12;
/// How many days of pulse the page shows.
const PULSE_DAYS: i64 = 14;

impl Pulse {
    /// Whether today calls for help first.
    pub const fn needs_help(&self) -> bool {
        self.burnout >= HELP_FROM
    }
}

/// Everything the dashboard shows.
#[derive(Debug)]
pub struct Summary {
    /// Latest first.
    pub past: Vec<Past>,
    pub open: Vec<Listed>,
    pub completed: i64,
    /// Latest first; today's may be the first.
    pub pulses: Vec<Pulse>,
    /// The open campaign this person has not answered.
    pub campaign: Option<OpenCampaign>,
    /// When half-filled answers were last kept.
    pub draft: Option<DateTime<Utc>>,
    /// When this person is going to be erased.
    pub erasure: Option<DateTime<Utc>>,
}

/// What a person sees first.
///
/// # Errors
/// Those of the database.
pub fn summary(
    conn: &mut PgConnection,
    user: UserId,
    instruments: &Instruments,
    language: Language,
) -> Result<Summary, AppError> {
    let campaign = assessment::open_campaign(conn, user)?;
    let asked = campaign.as_ref().map_or_else(|| instruments.current().id, |campaign| campaign.version);
    Ok(Summary {
        past: assessment::history(conn, user, None, TREND)?,
        open: recommendations::open(conn, user, language)?,
        completed: recommendations::count_completed(conn, user)?,
        pulses: store::latest(conn, user, PULSE_DAYS)?,
        campaign: campaign.filter(|campaign| !campaign.answered),
        draft: assessment::draft_saved_at(conn, user, asked)?,
        erasure: my_data::erasure_due(conn, user)?,
    })
}

/// The pulse of one day.
///
/// # Errors
/// Those of the database.
pub fn pulse_of(conn: &mut PgConnection, user: UserId, day: NaiveDate) -> Result<Option<Pulse>, AppError> {
    Ok(store::find(conn, user, day)?)
}

/// Pulses of a person from this day on, oldest first.
///
/// # Errors
/// Those of the database.
pub fn pulses_since(conn: &mut PgConnection, user: UserId, day: NaiveDate) -> Result<Vec<Pulse>, AppError> {
    Ok(store::since(conn, user, day)?)
}

/// Keeps today's pulse; a second one replaces the first.
///
/// # Errors
/// Those of the database.
pub fn save_pulse(conn: &mut PgConnection, user: UserId, pulse: &Pulse) -> Result<(), AppError> {
    store::save(conn, user, pulse)?;
    Ok(())
}

/// Deletes pulses of days before `oldest`, a batch at a time.
///
/// # Errors
/// Those of the database.
pub fn delete_before(conn: &mut PgConnection, oldest: NaiveDate) -> Result<(), AppError> {
    while store::delete_before(conn, oldest)? > 0 {}
    Ok(())
}

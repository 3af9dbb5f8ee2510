//! My current state on one page. Days in the system and completed
//! recommendations are derived, not stored.

pub mod api;
pub mod pages;

use crate::{
    accounts::erasure,
    assessment::{self, OpenCampaign, Past},
    domain::UserId,
    error::AppError,
    i18n::Language,
    instruments::Instruments,
    pulse::{self, Pulse},
    recommendations::{self, Listed},
};
use chrono::{DateTime, Utc};
use diesel::PgConnection;

/// How many assessments the trend shows.
const TREND: i64 = 12;
/// How many days of pulse the page shows.
const PULSE_DAYS: i64 = 14;

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
        pulses: pulse::latest(conn, user, PULSE_DAYS)?,
        campaign: campaign.filter(|campaign| !campaign.answered),
        draft: assessment::draft_saved_at(conn, user, asked)?,
        erasure: erasure::due_at(conn, user)?,
    })
}

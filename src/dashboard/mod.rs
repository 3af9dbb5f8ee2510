//! The dashboard: a person's current state on one page.

pub mod api;
pub mod pages;

use crate::{
    accounts::erasure,
    assessment::{self, OpenCampaign, PastAssessment},
    domain::UserId,
    error::AppError,
    i18n::Language,
    instruments::Instruments,
    pulse::{self, Pulse},
    recommendations::{self, Listed},
};
use chrono::{DateTime, Utc};
use diesel::PgConnection;

/// Assessments in the trend.
const TREND: i64 = 12;
/// Pulses in the chart.
const PULSE_DAYS: i64 = 14;

/// Everything the dashboard shows.
#[derive(Debug)]
pub struct Summary {
    /// Assessments, latest first.
    pub past: Vec<PastAssessment>,
    pub open: Vec<Listed>,
    pub completed: i64,
    /// Pulses, latest first.
    pub pulses: Vec<Pulse>,
    /// The open campaign that this person is invited to and has not answered.
    pub campaign: Option<OpenCampaign>,
    /// When the draft of the current questionnaire was last saved.
    pub draft: Option<DateTime<Utc>>,
    /// When this person is going to be erased, if they requested it.
    pub erasure: Option<DateTime<Utc>>,
}

/// Loads the dashboard of a person.
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

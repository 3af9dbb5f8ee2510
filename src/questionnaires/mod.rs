//! HR's pages about questionnaires: what they consist of, whether a licence is held,
//! and their reliability in this company. The figures are computed from sums over at
//! least 100 people.

pub mod pages;
mod quality;
mod store;

pub use quality::{Figures, ScaleFigures};
pub use store::Attested;

use crate::{
    audit::{self, Event},
    domain::{PeriodId, PeriodState, UserId},
    error::AppError,
    instruments::{
        Version, VersionId,
        catalog::{self, ImportError},
        instrument::{Attestation, Instrument, Scale},
    },
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::{Connection as _, PgConnection};
use quality::Tally;
use serde_json::json;

/// The longest name of a licence holder, in characters.
pub const LONGEST_HOLDER: usize = 255;
/// How many people one query reads.
const BATCH: i64 = 5_000;

/// Whether a version may be chosen for a campaign.
#[derive(Clone, Debug)]
pub enum Licence {
    NotNeeded,
    Attested(Attested),
    Missing,
}

/// A version with its licence and where it was used.
#[derive(Debug)]
pub struct Listed {
    pub version: Version,
    pub licence: Licence,
    /// Whether a group of at least the smallest size answered it. A smaller number of
    /// answers must not be visible.
    pub answered: bool,
    pub campaigns: Vec<(PeriodId, String, PeriodState)>,
}

/// All versions, grouped by questionnaire, newest first.
///
/// # Errors
/// Those of the database.
pub fn all(conn: &mut PgConnection) -> Result<Vec<Listed>, AppError> {
    let rows = store::all(conn)?;
    listed(conn, rows)
}

/// One version.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub fn show(conn: &mut PgConnection, id: VersionId) -> Result<Listed, AppError> {
    let row = store::find(conn, id)?;
    listed(conn, vec![row])?.pop().ok_or(AppError::NotFound)
}

fn listed(conn: &mut PgConnection, rows: Vec<store::Row>) -> Result<Vec<Listed>, AppError> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let (answered, all) = (store::answered(conn, &ids)?, store::campaigns(conn, &ids)?);
    let with = |row: store::Row| {
        let instrument = definition(row.definition)?;
        let licence = licence(&instrument, row.attested);
        let own = all.iter().filter(|(version, _)| *version == Some(row.id));
        let campaigns = own.map(|(_, campaign)| campaign.clone()).collect();
        let answered = answered.contains(&row.id);
        Ok(Listed { version: Version { id: row.id, instrument }, licence, answered, campaigns })
    };
    rows.into_iter().map(with).collect()
}

fn definition(stored: serde_json::Value) -> Result<Instrument, AppError> {
    serde_json::from_value(stored).map_err(|error| AppError::Internal(error.into()))
}

fn licence(instrument: &Instrument, attested: Option<Attested>) -> Licence {
    match (instrument.attestation, attested) {
        (Attestation::NotNeeded, _) => Licence::NotNeeded,
        (Attestation::Required, Some(attested)) => Licence::Attested(attested),
        (Attestation::Required, None) => Licence::Missing,
    }
}

/// Stores a version from a file; storing the same content again returns the existing
/// version.
///
/// # Errors
/// What is wrong with the file, or that this version exists with other content.
pub fn import(
    conn: &mut PgConnection,
    actor: UserId,
    source: &str,
    now: DateTime<Utc>,
) -> Result<VersionId, ImportError> {
    conn.transaction(|conn| {
        let newest = store::newest(conn)?;
        let version = catalog::import(conn, source)?;
        if newest.is_none_or(|newest| version.id > newest) {
            let what = json!({ "instrument": version.instrument.id, "version": version.instrument.version });
            audit::record(conn, Some(actor), Event::InstrumentImported, Some(version.id.0), what, now)?;
        }
        Ok(version.id)
    })
}

/// Records that the company holds a licence. An earlier attestation stays as it is.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such version.
pub fn attest(
    conn: &mut PgConnection,
    actor: UserId,
    id: VersionId,
    holder: &str,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    conn.transaction(|conn| {
        let before = store::find(conn, id)?;
        let instrument = definition(before.definition)?;
        if matches!(licence(&instrument, before.attested), Licence::Missing)
            && store::attest(conn, actor, id, holder, now)? > 0
        {
            audit::record(conn, Some(actor), Event::InstrumentAttested, Some(id.0), json!({}), now)?;
        }
        Ok(())
    })
}

/// The latest reliability figures of a version, and the last day of the period that they
/// are from. `None` while no period that published figures had 100 people.
///
/// # Errors
/// Those of the database.
pub fn figures(conn: &mut PgConnection, version: &Version) -> Result<Option<(NaiveDate, Figures)>, AppError> {
    let Some((day, figures)) = store::figures(conn, version.id)? else { return Ok(None) };
    Ok(Some((day, serde_json::from_value(figures).map_err(|error| AppError::Internal(error.into()))?)))
}

/// Computes the figures of the latest release of each questionnaire, once, from the
/// check-ups that count in its period. Nothing computes them again, so they do not change with one person's
/// answers.
///
/// # Errors
/// Those of the database.
pub fn compute_figures(conn: &mut PgConnection) -> Result<(), AppError> {
    for (period, version) in store::releases_without_figures(conn)? {
        let instrument = definition(store::find(conn, version)?.definition)?;
        let figures = compute(conn, &instrument, (period, version))?;
        let stored = figures.as_ref().map(serde_json::to_value).transpose();
        store::keep_figures(conn, period, version, stored.map_err(|error| AppError::Internal(error.into()))?.as_ref())?;
    }
    Ok(())
}

/// Computes the figures, reading the people in batches.
fn compute(
    conn: &mut PgConnection,
    instrument: &Instrument,
    release: (PeriodId, VersionId),
) -> Result<Option<Figures>, AppError> {
    let mut tally = Tally::new(instrument);
    let mut after = Some(0);
    while let Some(from) = after {
        after = store::each_counted(conn, release, from, BATCH, |answered| {
            tally.add(&answered.answers, |scale| match scale {
                Scale::Subscale(index) => answered.subscale_scores.get(index).copied().flatten(),
                Scale::Total => answered.score,
            });
        })?;
    }
    Ok(tally.figures())
}

//! The questionnaires of this installation: stored as versions at start, kept
//! in memory because they never change.

use crate::{
    error::AppError,
    instruments::{
        VersionId,
        instrument::{Attestation, Instrument, InstrumentError},
        store,
    },
};
use diesel::{Connection as _, PgConnection};
use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

/// The questionnaire that everyone gets unless a campaign chose another.
const DEFAULT: &str = include_str!("../../instruments/hearth-20.toml");

/// A stored version of a questionnaire, read by the first of its cut-off sets.
#[derive(Debug)]
pub struct Version {
    pub id: VersionId,
    pub instrument: Instrument,
}

/// Why a questionnaire was not stored.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error(transparent)]
    Invalid(#[from] InstrumentError),
    #[error("version: {instrument} {version} is stored already with other content; give it a new version")]
    DuplicateVersion { instrument: String, version: String },
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<diesel::result::Error> for ImportError {
    fn from(error: diesel::result::Error) -> Self {
        Self::App(error.into())
    }
}

/// Stores a questionnaire. The same content again is the same version.
///
/// # Errors
/// What is wrong with the file, or that its version is taken by other content.
pub fn import(conn: &mut PgConnection, source: &str) -> Result<Version, ImportError> {
    let instrument = Instrument::parse(source)?;
    let definition = serde_json::to_value(&instrument).map_err(|error| AppError::Internal(error.into()))?;
    let (id, stored) = conn.transaction(|conn| store::insert_version(conn, &instrument, &definition))?;
    if stored == definition {
        Ok(Version { id, instrument })
    } else {
        Err(ImportError::DuplicateVersion { instrument: instrument.id, version: instrument.version })
    }
}

/// Stores the questionnaire that ships with the product.
///
/// # Errors
/// Those of [`import`].
pub fn import_default(conn: &mut PgConnection) -> Result<Version, ImportError> {
    import(conn, DEFAULT)
}

/// The versions that a campaign may use, those of a questionnaire together and
/// the newest first: its own wording, or a licence was attested.
///
/// # Errors
/// Those of the database.
pub fn usable_versions(conn: &mut PgConnection) -> Result<Vec<Version>, AppError> {
    let mut usable = Vec::new();
    for (id, definition, attested) in store::versions(conn)? {
        let instrument: Instrument =
            serde_json::from_value(definition).map_err(|error| AppError::Internal(error.into()))?;
        if attested || instrument.attestation == Attestation::NotNeeded {
            usable.push(Version { id, instrument });
        }
    }
    Ok(usable)
}

/// A version with the cut-off set it is read by; `None` is its own first one.
type Reading = (VersionId, Option<String>);

/// The versions in use, each read once.
pub struct Instruments {
    current: Arc<Version>,
    known: RwLock<HashMap<Reading, Arc<Version>>>,
}

impl Instruments {
    /// Starts with the version that new check-ups are made with.
    pub fn new(current: Version) -> Self {
        let current = Arc::new(current);
        Self { known: RwLock::new(HashMap::from([((current.id, None), current.clone())])), current }
    }

    /// What a new check-up is made with, unless a campaign chose another.
    pub fn current(&self) -> Arc<Version> {
        self.current.clone()
    }

    /// A version whose levels follow a named cut-off set; its own default
    /// without one.
    ///
    /// # Errors
    /// Those of the database.
    pub fn with_cut_offs(
        &self,
        conn: &mut PgConnection,
        id: VersionId,
        set: Option<&str>,
    ) -> Result<Arc<Version>, AppError> {
        let version = self.get(conn, id)?;
        let default = version.instrument.cut_off_sets.first().map(|first| first.id.as_str());
        match set {
            Some(set) if Some(set) != default => {
                let mut instrument = version.instrument.clone();
                instrument.use_cut_offs(set);
                Ok(Arc::new(Version { id, instrument }))
            }
            _ => Ok(version),
        }
    }

    /// A version by its id, read from the database when it is not known yet.
    ///
    /// # Errors
    /// Those of the database.
    pub fn get(&self, conn: &mut PgConnection, id: VersionId) -> Result<Arc<Version>, AppError> {
        self.read_by(conn, id, None)
    }

    /// A version as a period reads it: by its own cut-off set.
    ///
    /// # Errors
    /// Those of the database.
    pub fn read_by(
        &self,
        conn: &mut PgConnection,
        id: VersionId,
        cut_off_set: Option<&str>,
    ) -> Result<Arc<Version>, AppError> {
        let reading = (id, cut_off_set.map(str::to_owned));
        if let Some(version) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(&reading) {
            return Ok(version.clone());
        }
        let definition = store::definition(conn, id)?;
        let mut instrument: Instrument =
            serde_json::from_value(definition).map_err(|error| AppError::Internal(error.into()))?;
        if let Some(set) = cut_off_set {
            instrument.use_cut_offs(set);
        }
        let version = Arc::new(Version { id, instrument });
        self.known.write().unwrap_or_else(PoisonError::into_inner).insert(reading, version.clone());
        Ok(version)
    }
}

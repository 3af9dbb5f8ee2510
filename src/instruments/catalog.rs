//! The questionnaires of this installation. Versions are stored in the database and
//! cached in memory, since a version never changes.

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

/// The questionnaire that ships with the product; used unless a campaign chose another.
const DEFAULT: &str = include_str!("../../instruments/hearth-20.toml");

/// A stored version of a questionnaire, with the cut-off set that its levels follow
/// placed first.
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

/// Stores a questionnaire. Storing the same content again returns the existing version.
///
/// # Errors
/// What is wrong with the file, or that this version exists with other content.
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

/// The versions that a campaign may use, those without licence or with an attested one;
/// grouped by questionnaire, newest first.
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

/// A version with the cut-off set that its levels follow; `None` is its own first set.
type Reading = (VersionId, Option<String>);

/// The versions in use; each is read from the database once.
pub struct Instruments {
    current: Arc<Version>,
    known: RwLock<HashMap<Reading, Arc<Version>>>,
}

impl Instruments {
    /// Starts with the version for new check-ups.
    pub fn new(current: Version) -> Self {
        let current = Arc::new(current);
        Self { known: RwLock::new(HashMap::from([((current.id, None), current.clone())])), current }
    }

    /// The version for new check-ups, unless a campaign chose another.
    pub fn current(&self) -> Arc<Version> {
        self.current.clone()
    }

    /// A version whose levels follow the named cut-off set, or its own first set
    /// without a name.
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

    /// A version by id; read from the database on first use.
    ///
    /// # Errors
    /// Those of the database.
    pub fn get(&self, conn: &mut PgConnection, id: VersionId) -> Result<Arc<Version>, AppError> {
        self.read_by(conn, id, None)
    }

    /// A version with the cut-off set that a period uses.
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

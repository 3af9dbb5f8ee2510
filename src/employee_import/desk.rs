//! Reads uploads and plans the import on a worker thread, one at a time, with no
//! database connection held and only a few files in memory.

use super::{
    FileProblem, company,
    file::{self, Choices, Reading},
    look::{self, Look},
    plan::Company,
};
use crate::{db::Db, error::AppError, workers::Workers};
use actix_web::web::Bytes;
use std::{sync::Arc, time::Duration};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many files may be in memory at the same time.
const FILES: usize = 2;
/// How long an upload waits for its place in memory.
const PATIENCE: Duration = Duration::from_secs(10);

/// One per process.
#[derive(Clone)]
pub struct Desk {
    files: Arc<Semaphore>,
    workers: Workers,
}

impl Default for Desk {
    fn default() -> Self {
        Self { files: Arc::new(Semaphore::new(FILES)), workers: Workers::new(1, FILES) }
    }
}

impl Desk {
    /// Waits for a place in memory for one file; hold it until the file is no longer in
    /// memory.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when no place becomes free in time.
    pub async fn admit(&self) -> Result<OwnedSemaphorePermit, AppError> {
        let place = tokio::time::timeout(PATIENCE, self.files.clone().acquire_owned()).await;
        place.map_err(|_| AppError::Unavailable)?.map_err(|_| AppError::Unavailable)
    }

    /// Parses a file.
    ///
    /// # Errors
    /// The inner error says why the file cannot be read; [`AppError::Unavailable`] when
    /// too many jobs wait.
    pub async fn read(&self, content: Bytes, choices: Choices) -> Result<Result<Reading, FileProblem>, AppError> {
        self.workers.run(move || file::read(&content, &choices)).await
    }

    /// What importing a parsed file would change now.
    ///
    /// # Errors
    /// [`AppError::Unavailable`]; those of the database.
    pub async fn look(&self, db: &Db, reading: Reading) -> Result<Look, AppError> {
        let company = if reading.unclear.is_some() {
            Company::default()
        } else {
            let addresses = company::addresses(&reading.rows);
            let has_managers = reading.rows.iter().any(|row| row.manager.is_some());
            db.export(move |conn| company::read(conn, &addresses, has_managers)).await?
        };
        self.workers.run(move || look::look(reading, &company)).await
    }
}

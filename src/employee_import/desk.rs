//! Where uploads are read and planned: on a thread of its own, one at a time,
//! with no database connection held, and only a few files in memory at once.

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

/// So many files are in memory at a time.
const FILES: usize = 2;
/// How long a file waits for another to be done.
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
    /// A place in memory for one file, to be held until nothing of it is left there.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when others take too long.
    pub async fn admit(&self) -> Result<OwnedSemaphorePermit, AppError> {
        let place = tokio::time::timeout(PATIENCE, self.files.clone().acquire_owned()).await;
        place.map_err(|_| AppError::Unavailable)?.map_err(|_| AppError::Unavailable)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// Why it cannot be read, inside; [`AppError::Unavailable`] when too many wait.
    pub async fn read(&self, content: Bytes, choices: Choices) -> Result<Result<Reading, FileProblem>, AppError> {
        self.workers.run(move || file::read(&content, &choices)).await
    }

    /// What a file that was read would do now.
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

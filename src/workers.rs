//! Work that takes long and needs the processor: on threads of its own, a few
//! at a time, with no database connection held.

use crate::error::AppError;
use std::sync::Arc;
use tokio::sync::{Semaphore, oneshot};

/// A few workers and a short queue.
#[derive(Clone)]
pub struct Workers {
    queue: Arc<Semaphore>,
    workers: Arc<Semaphore>,
}

impl Workers {
    /// So many work at a time, and so many more may wait.
    pub fn new(workers: usize, waiting: usize) -> Self {
        Self { queue: Arc::new(Semaphore::new(workers + waiting)), workers: Arc::new(Semaphore::new(workers)) }
    }

    /// Does a job.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when too many wait already.
    pub async fn run<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
        let _place = self.queue.clone().try_acquire_owned().map_err(|_| AppError::Unavailable)?;
        let worker = self.workers.clone().acquire_owned().await.map_err(|_| AppError::Unavailable)?;
        let (send, receive) = oneshot::channel();
        std::thread::spawn(move || {
            let _worker = worker;
            let _ = send.send(job()); // nobody waits any more: the client hung up
        });
        receive.await.map_err(|error| AppError::Internal(error.into()))
    }
}

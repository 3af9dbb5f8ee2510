//! Two bounded queues. [`Workers`] runs CPU-heavy jobs, such as hashing passwords, on
//! threads of their own while no database connection is held. [`Turns`] limits requests
//! that anybody may make without signing in.

use crate::error::AppError;
use rustix::{process::setpriority_process, thread::gettid};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, oneshot},
    time::Instant,
};

/// Worker threads give way to those that answer requests: of a core that both want
/// they get about a quarter (Linux: `nice(7)`, weight 335 beside 1024).
const NICENESS: i32 = 5;

/// Runs jobs on at most `workers` threads, with a short queue in front.
#[derive(Clone)]
pub struct Workers {
    queue: Arc<Semaphore>,
    workers: Arc<Semaphore>,
}

impl Workers {
    /// At most `workers` jobs run at the same time, and at most `waiting` more wait.
    pub fn new(workers: usize, waiting: usize) -> Self {
        Self { queue: Arc::new(Semaphore::new(workers + waiting)), workers: Arc::new(Semaphore::new(workers)) }
    }

    /// Runs a job on a thread of its own and waits for its result.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when the queue is full.
    pub async fn run<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
        let _place = self.queue.clone().try_acquire_owned().map_err(|_| AppError::Unavailable)?;
        let worker = self.workers.clone().acquire_owned().await.map_err(|_| AppError::Unavailable)?;
        let (send, receive) = oneshot::channel();
        std::thread::spawn(move || {
            let _worker = worker;
            // A thread that cannot be made polite works all the same.
            let _ = setpriority_process(Some(gettid()), NICENESS);
            let _ = send.send(job()); // the receiver is gone when the client disconnected
        });
        receive.await.map_err(|error| AppError::Internal(error.into()))
    }
}

/// Admits a few requests at a time, and holds each place for a minimum time. This
/// bounds the rate, so that a flood of anonymous requests leaves most of the machine to
/// people who are signed in.
pub struct Turns {
    queue: Arc<Semaphore>,
    places: Arc<Semaphore>,
    shortest: Duration,
}

/// A place; it becomes free once this is dropped and the minimum time has passed.
pub struct Turn {
    place: Option<OwnedSemaphorePermit>,
    until: Instant,
}

impl Turns {
    /// At most `places` requests at the same time, each holding its place for at least
    /// `shortest`; at most `waiting` more wait.
    pub fn new(places: usize, waiting: usize, shortest: Duration) -> Self {
        Self { queue: Arc::new(Semaphore::new(waiting)), places: Arc::new(Semaphore::new(places)), shortest }
    }

    /// Waits for a place.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when the queue is full.
    pub async fn take(&self) -> Result<Turn, AppError> {
        let _waiting = self.queue.clone().try_acquire_owned().map_err(|_| AppError::Unavailable)?;
        let place = self.places.clone().acquire_owned().await.map_err(|_| AppError::Unavailable)?;
        Ok(Turn { place: Some(place), until: Instant::now() + self.shortest })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let (place, until) = (self.place.take(), self.until);
        tokio::spawn(async move {
            tokio::time::sleep_until(until).await;
            drop(place);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_place_is_kept_for_its_shortest_time_and_who_finds_no_room_is_told_so() {
        let turns = Turns::new(1, 1, Duration::from_millis(10));
        let begun = Instant::now();
        drop(turns.take().await.unwrap());
        assert_eq!(begun.elapsed(), Duration::ZERO, "nobody waits for an end");
        let second = turns.take().await.unwrap();
        assert_eq!(begun.elapsed(), Duration::from_millis(10));
        let (third, fourth) = tokio::join!(
            async {
                let turn = turns.take().await;
                (turn.is_ok(), begun.elapsed())
            },
            async {
                let refused = turns.take().await.is_err();
                drop(second);
                refused
            }
        );
        assert_eq!((third, fourth), ((true, Duration::from_millis(20)), true));
    }
}

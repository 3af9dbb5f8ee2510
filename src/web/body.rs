//! Reads request bodies within limits: size, time to arrive, number of concurrent
//! bodies per sender, and bytes of all bodies in memory. A slow sender therefore holds
//! little memory, and not for long.

use crate::{error::AppError, web::owner::Owner};
use actix_web::{dev::Payload, error::PayloadError, web::BytesMut};
use futures_util::StreamExt as _;
use ipnet::IpNet;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// How long a body may take to arrive.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// When a sender with too many concurrent bodies may retry.
const RETRY: Duration = Duration::from_secs(5);

/// Who sends a body: a signed-in person, or for anybody else their network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sender {
    Person(Owner),
    Network(IpNet),
}

/// Limits for bodies that are being received.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Concurrent bodies of one person.
    pub of_person: usize,
    /// Concurrent bodies from one network without signing in.
    pub of_network: usize,
    /// Bytes in memory, for all senders together.
    pub bytes: usize,
}

/// The bodies of one kind that are being received.
#[derive(Clone, Debug)]
pub struct Bodies(Arc<(Limits, Mutex<UnderWay>)>);

#[derive(Debug, Default)]
struct UnderWay {
    bodies: HashMap<Sender, usize>,
    bytes: usize,
}

impl Bodies {
    pub fn new(limits: Limits) -> Self {
        Self(Arc::new((limits, Mutex::default())))
    }

    /// Counts a body of this sender until the returned guard is dropped.
    ///
    /// # Errors
    /// [`AppError::TooManyRequests`] when this sender has too many concurrent bodies.
    pub fn begin(&self, sender: Sender) -> Result<Held, AppError> {
        let limits = &self.0.0;
        let most = if matches!(sender, Sender::Person(_)) { limits.of_person } else { limits.of_network };
        let mut under_way = self.lock();
        let bodies = under_way.bodies.entry(sender).or_default();
        if *bodies >= most {
            return Err(AppError::TooManyRequests(RETRY));
        }
        *bodies += 1;
        drop(under_way);
        Ok(Held { bodies: self.clone(), sender, bytes: 0 })
    }

    fn lock(&self) -> MutexGuard<'_, UnderWay> {
        self.0.1.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Guard of a body's place and of the memory that it uses. Keep it as long as the
/// bytes.
#[derive(Debug)]
pub struct Held {
    bodies: Bodies,
    sender: Sender,
    bytes: usize,
}

impl Held {
    /// Reserves memory for more bytes.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when the memory for all bodies is used up.
    pub fn grow(&mut self, bytes: usize) -> Result<(), AppError> {
        let mut under_way = self.bodies.lock();
        let all = under_way.bytes.saturating_add(bytes);
        if all > self.bodies.0.0.bytes {
            return Err(AppError::Unavailable);
        }
        under_way.bytes = all;
        self.bytes += bytes;
        Ok(())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut under_way = self.bodies.lock();
        under_way.bytes -= self.bytes;
        if let Some(bodies) = under_way.bodies.get_mut(&self.sender) {
            *bodies -= 1;
            if *bodies == 0 {
                under_way.bodies.remove(&self.sender);
            }
        }
    }
}

/// Limits for reading one body.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// The largest body, in bytes.
    pub limit: usize,
    pub patience: Duration,
    /// The `Content-Length`, if given.
    pub announced: Option<usize>,
}

/// Reads a whole body into memory.
///
/// # Errors
/// [`AppError::TooLarge`], [`AppError::TooSlow`], [`AppError::BadRequest`] when the
/// connection breaks off, and those of [`Held::grow`].
pub async fn read(mut payload: Payload, reading: Reading, held: &mut Held) -> Result<BytesMut, AppError> {
    if reading.announced.is_some_and(|announced| announced > reading.limit) {
        return Err(AppError::TooLarge);
    }
    let whole = async {
        let mut body = BytesMut::with_capacity(reading.announced.unwrap_or_default());
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(broken)?;
            if body.len() + chunk.len() > reading.limit {
                return Err(AppError::TooLarge);
            }
            held.grow(chunk.len())?;
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    };
    in_time(reading.patience, whole).await
}

/// Runs a reader of a body with a timeout.
///
/// # Errors
/// [`AppError::TooSlow`] when it takes too long, or those of the reader.
pub async fn in_time<T>(patience: Duration, reader: impl Future<Output = Result<T, AppError>>) -> Result<T, AppError> {
    tokio::time::timeout(patience, reader).await.unwrap_or(Err(AppError::TooSlow))
}

fn broken(error: PayloadError) -> AppError {
    match error {
        PayloadError::Overflow => AppError::TooLarge,
        _ => AppError::BadRequest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(text: &str) -> Sender {
        Sender::Network(text.parse().unwrap())
    }

    #[test]
    fn a_sender_has_few_bodies_under_way_and_all_together_a_bounded_room() {
        let bodies = Bodies::new(Limits { of_person: 1, of_network: 2, bytes: 100 });
        let (one, other) = (network("192.0.2.0/24"), network("198.51.100.0/24"));
        let mut first = bodies.begin(one).unwrap();
        let mut second = bodies.begin(one).unwrap();
        assert!(matches!(bodies.begin(one), Err(AppError::TooManyRequests(_))));
        let mut third = bodies.begin(other).unwrap();
        first.grow(60).unwrap();
        second.grow(40).unwrap();
        assert!(matches!(third.grow(1), Err(AppError::Unavailable)));
        drop(first);
        third.grow(60).unwrap();
        bodies.begin(one).unwrap();
        drop((second, third));
        let left = bodies.lock();
        assert!(left.bodies.is_empty() && left.bytes == 0, "{left:?}");
    }
}

//! Where the time comes from: read once at the edge of a request and handed on
//! as an argument.

use chrono::{DateTime, Utc};
use std::sync::{Arc, Mutex};

/// Where the time comes from.
#[derive(Clone, Default)]
pub enum Clock {
    #[default]
    System,
    /// A clock that a test moves.
    Set(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// This moment.
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            #[expect(clippy::disallowed_methods, reason = "this is the edge")]
            Self::System => Utc::now(),
            Self::Set(moment) => *moment.lock().unwrap_or_else(std::sync::PoisonError::into_inner),
        }
    }
}

//! The source of the current time: read once per request and passed on as an
//! argument.

use chrono::{DateTime, Utc};
use std::sync::{Arc, Mutex};

/// The source of the current time.
#[derive(Clone, Default)]
pub enum Clock {
    #[default]
    System,
    /// A fixed time that tests set.
    Set(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// The current time.
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            #[expect(clippy::disallowed_methods, reason = "this is the edge")]
            Self::System => Utc::now(),
            Self::Set(moment) => *moment.lock().unwrap_or_else(std::sync::PoisonError::into_inner),
        }
    }
}

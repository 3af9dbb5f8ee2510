//! What a closing period is counted from.

mod store;

pub use store::{count, participation};

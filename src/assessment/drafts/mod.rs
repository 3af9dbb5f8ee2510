//! Answers of a check-up that is not submitted yet.

mod store;

pub use store::{delete_draft, delete_drafts, delete_drafts_before, draft, merge_draft};

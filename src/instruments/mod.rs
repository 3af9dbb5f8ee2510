//! Questionnaires: their format, how answers are scored, which values their scales can
//! have, and the versions that this installation stores.

pub mod answers;
pub mod catalog;
pub mod instrument;
pub mod scoring;
mod store;

pub use answers::{AnswerErrors, Answers};
pub use catalog::{Instruments, Version};
pub use store::version_named;

use crate::{domain::codes::id_type, web::Hearth};

id_type! {
    /// One version of a questionnaire.
    VersionId
}

impl Hearth {
    /// The questionnaires of this installation.
    pub fn instruments(&self) -> &Instruments {
        self.state()
    }
}

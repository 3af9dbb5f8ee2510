//! The organisation's picture and HR's work. Nothing in here reads what a
//! person answered, scored or logged, but for counting it into groups when a
//! period closes, and into a questionnaire's figures over 100 people or more.

pub mod actions;
pub mod campaigns;
pub mod departments;
pub mod employees;
pub mod insights;
pub mod instruments;
pub mod library;
pub mod periods;
pub mod privacy_check;
pub mod pulses;
pub mod statistics;
pub mod support;
pub mod suppression;

use crate::codes::id_type;

id_type! {
    /// A department; 0 is the whole company.
    DepartmentId
}
id_type! {
    /// A calendar month or a campaign that check-ups are counted in.
    PeriodId
}

id_type! {
    /// Something that a department set out to do.
    ActionId
}

/// Which part of the organisation somebody may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Company,
    /// A department with everything under it; `None` when the person is in none.
    Subtree(Option<DepartmentId>),
}

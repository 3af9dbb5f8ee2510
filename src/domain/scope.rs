//! The scope of access to the organisation's data.

use crate::domain::DepartmentId;

/// The part of the organisation that a person may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Company,
    /// A department and its subtree; `None`, so nothing, when the person is in none.
    Subtree(Option<DepartmentId>),
}

//! Which part of the organisation somebody may see.

use crate::domain::DepartmentId;

/// Which part of the organisation somebody may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Company,
    /// A department with everything under it; `None` when the person is in none.
    Subtree(Option<DepartmentId>),
}

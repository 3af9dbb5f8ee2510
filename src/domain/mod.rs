//! The words that every room of the house shares: ids, permissions, what a
//! check-up finds, periods, addresses and canonical text. Pure: knows neither
//! Diesel nor Actix, and reads no clock.

mod burnout;
pub(crate) mod codes;
pub mod email;
mod ids;
mod period;
mod permission;
mod rhythm;
mod scope;
pub mod text;

pub use burnout::{Dimension, Level, Profile};
pub use email::{BadEmail, Email};
pub use ids::{DepartmentId, Numbered, PeriodId, RoleId, UserId};
pub use period::{PeriodKind, PeriodState};
pub use permission::Permission;
pub use rhythm::Rhythm;
pub use scope::Scope;

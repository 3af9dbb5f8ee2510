//! Types that every room shares: ids, permissions, burnout levels and dimensions,
//! periods, addresses and canonical text. Pure: uses neither Diesel nor Actix, and
//! reads no clock.

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

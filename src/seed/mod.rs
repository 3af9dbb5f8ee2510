//! stub, being replaced
use crate::{accounts::roles::Role, assessment::Version, error::AppError};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel::PgConnection;
pub const DEMO_PASSWORD: &str = "warm-hearth-demo";
pub struct DemoAccount { pub email: &'static str, pub role: Role }
pub const DEMO_ACCOUNTS: [DemoAccount; 0] = [];
pub struct Plan { pub employees: u32, pub months: u32, pub seed: u64 }
pub fn is_demo(_: &mut PgConnection) -> Result<bool, AppError> { Ok(false) }
pub fn is_empty(_: &mut PgConnection) -> Result<bool, AppError> { Ok(true) }
pub fn demo(_: &mut PgConnection, _: &Version, _: &str, _: DateTime<Utc>, _: Tz) -> Result<(), AppError> { Ok(()) }
pub fn company(_: &mut PgConnection, _: &Version, _: &Plan, _: DateTime<Utc>, _: Tz, _: &mut dyn FnMut(u64, u64)) -> Result<(), AppError> { Ok(()) }

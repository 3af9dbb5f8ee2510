//! A person's own data: downloaded as one archive, or erased after a waiting time of a
//! day. Erasure is repeated when a restored backup brings somebody back. Everybody can
//! only download or erase their own.

mod archive;
pub mod pages;
mod store;

pub use store::SECTIONS;

use crate::{accounts::profile, domain::UserId, error::AppError, i18n::Language};
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use serde_json::{Map, Value};

/// One kind of data stored about a person.
#[derive(Debug)]
pub struct Section {
    /// Name of its CSV file, and its key in the JSON file.
    pub name: &'static str,
    pub rows: Vec<Map<String, Value>>,
}

/// Everything stored about a person, as a ZIP archive. Hashes of passwords and tokens
/// are left out: they are secrets and say nothing about the person.
///
/// # Errors
/// Those of the database.
pub fn export(
    conn: &mut PgConnection,
    user: UserId,
    language: Language,
    now: DateTime<Utc>,
) -> Result<Vec<u8>, AppError> {
    let read = |conn: &mut PgConnection| {
        Ok::<_, AppError>((store::sections(conn, user, language)?, profile::avatar(conn, user)?))
    };
    let (sections, avatar) = conn.build_transaction().repeatable_read().read_only().run(read)?;
    let picture = avatar.map(|avatar| avatar.image);
    archive::pack(&sections, picture.as_deref(), language.catalog(), now).map_err(AppError::Internal)
}

//! Everything about me: taken along in one archive, or erased after a day to
//! think it over. What was erased stays so when a backup is restored. Nobody
//! takes or erases somebody else's.

mod archive;
pub mod pages;
mod store;

pub use store::SECTIONS;

use crate::{accounts::profile, domain::UserId, error::AppError, i18n::Language};
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use serde_json::{Map, Value};

/// One kind of what is stored about a person.
#[derive(Debug)]
pub struct Section {
    /// Name of its file, and its key in the whole.
    pub name: &'static str,
    pub rows: Vec<Map<String, Value>>,
}

/// Everything stored about a person, as one archive. What verifies a password
/// or a token is left out: it is nobody's to carry.
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

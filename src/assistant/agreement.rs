//! Who agreed that a conversation is kept, and read by whom.

use crate::{
    assistant::CONSENT_VERSION,
    consents::{self, ConsentPurpose},
    domain::UserId,
    error::AppError,
};
use chrono::{DateTime, Utc};
use diesel::PgConnection;

/// Who reads along, as a person agreed to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The model at the configured host.
    Model,
    /// Nobody outside of this server.
    Library,
}

impl Reader {
    /// The agreement's text version, which names the host: another host needs
    /// another agreement.
    fn version(self, host: Option<&str>) -> String {
        match (self, host) {
            (Self::Model, Some(host)) => format!("{CONSENT_VERSION}, {host}"),
            _ => CONSENT_VERSION.to_owned(),
        }
    }
}

/// Keeps who may read along.
///
/// # Errors
/// Those of the database.
pub fn agree(
    conn: &mut PgConnection,
    user: UserId,
    reader: Reader,
    host: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    consents::give_consent(conn, user, ConsentPurpose::Assistant, &reader.version(host), now)
}

/// Who reads along; `None` before the person was asked about this host.
///
/// # Errors
/// Those of the database.
pub fn reader(conn: &mut PgConnection, user: UserId, host: Option<&str>) -> Result<Option<Reader>, AppError> {
    let agreed = consents::agreed_version(conn, user, ConsentPurpose::Assistant)?;
    let is = |reader: &Reader| agreed.as_deref() == Some(&*reader.version(host));
    Ok([Reader::Library, Reader::Model].into_iter().find(is))
}

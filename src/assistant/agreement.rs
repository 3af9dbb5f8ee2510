//! Who agreed that a conversation is kept, and read by whom.

use crate::{
    assistant::{self, CONSENT_VERSION, ChatNumber},
    consents::{self, ConsentPurpose},
    domain::UserId,
    error::AppError,
};
use chrono::{DateTime, Utc};
use diesel::PgConnection;

/// Where a person's messages may be sent, according to their consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The model at the configured host.
    Model,
    /// Nobody outside of this server.
    Library,
}

impl Reader {
    /// Version of the consent, which includes the host: another host needs a
    /// consent of its own.
    fn version(self, host: Option<&str>) -> String {
        match (self, host) {
            (Self::Model, Some(host)) => format!("{CONSENT_VERSION}, {host}"),
            _ => CONSENT_VERSION.to_owned(),
        }
    }
}

/// Stores the person's choice.
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

/// Stores the choice that came with a message to this conversation, if one did;
/// answers whether the person ever chose for this host.
///
/// # Errors
/// [`AppError::NotFound`] when the conversation is not theirs.
pub fn settle_reader(
    conn: &mut PgConnection,
    user: UserId,
    chat: ChatNumber,
    chosen: Option<Reader>,
    host: Option<&str>,
    now: DateTime<Utc>,
) -> Result<bool, AppError> {
    let Some(chosen) = chosen else { return Ok(reader(conn, user, host)?.is_some()) };
    assistant::chat(conn, user, chat)?; // before anything is stored
    agree(conn, user, chosen, host, now)?;
    Ok(true)
}

/// The person's choice; `None` before they chose for this host.
///
/// # Errors
/// Those of the database.
pub fn reader(conn: &mut PgConnection, user: UserId, host: Option<&str>) -> Result<Option<Reader>, AppError> {
    let agreed = consents::agreed_version(conn, user, ConsentPurpose::Assistant)?;
    let is = |reader: &Reader| agreed.as_deref() == Some(&*reader.version(host));
    Ok([Reader::Library, Reader::Model].into_iter().find(is))
}

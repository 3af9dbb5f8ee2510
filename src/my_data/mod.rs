//! Everything about me: taken along in one archive, or erased after a day to
//! think it over. What was erased stays so when a backup is restored. Nobody
//! takes or erases somebody else's.

mod archive;
pub mod ledger;
pub mod pages;
mod store;

pub use ledger::Ledger;
pub use store::SECTIONS;

use crate::{
    accounts::{
        self, Proof, UserId,
        postage::Postage,
        profile,
        roles::{self, RoleError},
    },
    audit::{self, Event},
    error::AppError,
    hr::employees::leaving::{self, Leave, LeaveError},
    i18n::{Catalog, Language},
    mail,
};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{Connection as _, PgConnection};
use serde_json::{Map, Value, json};

/// How long somebody may think it over.
pub const COOLING_OFF: TimeDelta = TimeDelta::days(1);
/// When an erasure that failed is tried again: most of what fails passes soon.
const TRY_AGAIN: TimeDelta = TimeDelta::minutes(15);
/// So many are erased at a time.
const AT_ONCE: i64 = 50;

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

/// Why nobody is going to be erased.
#[derive(Debug, thiserror::Error)]
pub enum ErasureError {
    #[error("somebody has to be able to give roles")]
    LastAdmin,
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<diesel::result::Error> for ErasureError {
    fn from(error: diesel::result::Error) -> Self {
        Self::App(error.into())
    }
}

/// Keeps that a person wants to be erased, and mails them how to take it back.
/// Asking again changes nothing.
///
/// # Errors
/// [`ErasureError::LastAdmin`], [`AppError::TooManyRequests`] after too many
/// mails, or those of [`Proof::hold`].
pub fn request_erasure(
    conn: &mut PgConnection,
    proof: &Proof,
    postage: &Postage,
    url: &str,
    words: &Catalog,
    now: DateTime<Utc>,
) -> Result<(), ErasureError> {
    let user = proof.actor.user;
    conn.transaction(|conn| {
        roles::ensure_an_admin_stays(conn, user).map_err(|error| match error {
            RoleError::LastAdmin => ErasureError::LastAdmin,
            RoleError::App(error) => error.into(),
            error => AppError::Internal(error.into()).into(),
        })?;
        proof.hold(conn)?; // after the lock of the roles: whoever changes roles locks in this order
        if !store::an_admin_stays(conn, user)? {
            return Err(ErasureError::LastAdmin); // every other one asked to be erased too
        }
        if store::request(conn, user, now, now + COOLING_OFF)? == 0 {
            return Ok(());
        }
        let Some(address) = accounts::address(conn, user)? else { return Ok(()) };
        postage.pay(conn, now)?;
        let body = words.with("mail-erasure-body", &[("url", url.into())]);
        mail::post(conn, &address, words.text("mail-erasure-subject"), &body, now)?;
        Ok(())
    })
}

/// Takes it back.
///
/// # Errors
/// Those of the database.
pub fn cancel_erasure(conn: &mut PgConnection, user: UserId) -> Result<(), AppError> {
    store::cancel(conn, user)?;
    Ok(())
}

/// When this person is going to be erased, if they asked for it.
///
/// # Errors
/// Those of the database.
pub fn erasure_due(conn: &mut PgConnection, user: UserId) -> Result<Option<DateTime<Utc>>, AppError> {
    Ok(store::due_at(conn, user)?)
}

/// Erases those whose day is over, and writes into the ledger whom other
/// instances erased. One who cannot go keeps nobody else.
///
/// # Errors
/// Those of the database, and when the ledger cannot be read or written.
pub fn erase_due(conn: &mut PgConnection, ledger: &Ledger, now: DateTime<Utc>) -> Result<(), AppError> {
    for user in store::due(conn, now, AT_ONCE)? {
        let erased = conn.transaction(|conn| {
            // Another instance may be at it, or they took it back just now.
            if store::take(conn, user, now)? == 0 {
                return Ok(());
            }
            erase(conn, ledger, user, now)
        });
        match erased {
            Ok(()) => {}
            Err(LeaveError::App(error @ AppError::Unavailable)) => return Err(error),
            Err(error) => {
                let wait = if matches!(error, LeaveError::LastAdmin) { COOLING_OFF } else { TRY_AGAIN };
                tracing::error!(
                    "somebody could not be erased; tried again in {} minutes: {error:?}",
                    wait.num_minutes()
                );
                store::postpone(conn, user, now + wait)?;
            }
        }
    }
    write_missing(conn, ledger).map(drop).map_err(AppError::Internal)
}

/// Writes into the ledger what only the database knows; returns what stands
/// only in the ledger.
fn write_missing(conn: &mut PgConnection, ledger: &Ledger) -> anyhow::Result<Vec<(UserId, DateTime<Utc>)>> {
    let mut written = ledger.read()?;
    let stored = store::erased(conn)?;
    let missing: Vec<_> = stored.iter().filter(|entry| !written.contains(entry)).copied().collect();
    ledger.append(&missing)?;
    written.retain(|entry| !stored.contains(entry));
    Ok(written)
}

fn erase(conn: &mut PgConnection, ledger: &Ledger, user: UserId, now: DateTime<Utc>) -> Result<(), LeaveError> {
    leaving::leave(conn, user, Leave::Erase, now)?;
    Ok(note_erased(conn, ledger, user, now)?)
}

/// Notes that somebody is gone. Call it last in the transaction, when nothing
/// but the commit can fail any more: a line of the ledger is never of somebody
/// who stayed.
///
/// # Errors
/// Those of the database, and when the ledger cannot be written.
pub fn note_erased(conn: &mut PgConnection, ledger: &Ledger, user: UserId, now: DateTime<Utc>) -> Result<(), AppError> {
    store::insert_erased(conn, &[(user, now)])?;
    audit::record(conn, None, Event::EmployeeErased, Some(user.0), json!({}), now)?;
    ledger.append(&[(user, now)]).map_err(AppError::Internal)
}

/// Makes ledger and database say the same, and erases again whom a restored
/// backup brought back. Call it before anything is served.
///
/// # Errors
/// When the ledger cannot be read or written, or those of the database.
pub fn replay(conn: &mut PgConnection, ledger: &Ledger) -> anyhow::Result<()> {
    for (user, erased_at) in write_missing(conn, ledger)? {
        let erased = conn.transaction(|conn| {
            store::forget_archived_before(conn, user, erased_at)?;
            if store::came_back(conn, user, erased_at)? {
                match leaving::leave(conn, user, Leave::Erase, erased_at) {
                    Err(LeaveError::App(AppError::NotFound)) => return Ok(()), // another instance was faster
                    gone => gone?,
                };
                audit::record(conn, None, Event::EmployeeErased, Some(user.0), json!({}), erased_at)?;
            }
            store::insert_erased(conn, &[(user, erased_at)])?;
            Ok(())
        });
        match erased {
            Ok(()) => {}
            // Such a backup needs an admin first; the next start tries again.
            Err(LeaveError::LastAdmin) => {
                tracing::error!(user = user.0, "the last admin was erased and came back with a backup")
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

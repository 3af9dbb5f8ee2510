//! Erase those whose day is over, and again whom a restored backup brought back.

use crate::{
    accounts::erasure,
    audit::{self, Event},
    domain::UserId,
    error::AppError,
    leaving::{Leave, LeaveError, Ledger, leave, store},
};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{Connection as _, PgConnection};
use serde_json::json;

/// When an erasure that failed is tried again: most of what fails passes soon.
const TRY_AGAIN: TimeDelta = TimeDelta::minutes(15);

/// So many are erased at a time.
const AT_ONCE: i64 = 50;

/// Erases those whose day is over, and writes into the ledger whom other
/// instances erased. One who cannot go keeps nobody else.
///
/// # Errors
/// Those of the database, and when the ledger cannot be read or written.
pub fn erase_due(conn: &mut PgConnection, ledger: &Ledger, now: DateTime<Utc>) -> Result<(), AppError> {
    for user in erasure::due(conn, now, AT_ONCE)? {
        let erased = conn.transaction(|conn| {
            // Another instance may be at it, or they took it back just now.
            if erasure::take(conn, user, now)? == 0 {
                return Ok(());
            }
            erase(conn, ledger, user, now)
        });
        match erased {
            Ok(()) => {}
            Err(LeaveError::App(error @ AppError::Unavailable)) => return Err(error),
            Err(error) => {
                let wait = if matches!(error, LeaveError::LastAdmin) { erasure::COOLING_OFF } else { TRY_AGAIN };
                tracing::error!(
                    "somebody could not be erased; tried again in {} minutes: {error:?}",
                    wait.num_minutes()
                );
                erasure::postpone(conn, user, now + wait)?;
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
    leave(conn, user, Leave::Erase, now)?;
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
                match leave(conn, user, Leave::Erase, erased_at) {
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

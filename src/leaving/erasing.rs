//! Erases people whose waiting time is over, and erases again those whom a restored
//! backup brought back.

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

/// When a failed erasure is tried again: most failures are temporary.
const TRY_AGAIN: TimeDelta = TimeDelta::minutes(15);

/// How many people one run erases at most.
const AT_ONCE: i64 = 50;

/// Erases the people whose waiting time is over, then adds to the ledger the erasures
/// that other instances made. When one person cannot be erased, this is logged and
/// tried again later; the others are erased all the same.
///
/// # Errors
/// Those of the database, and when the ledger cannot be read or written.
pub fn erase_due(conn: &mut PgConnection, ledger: &Ledger, now: DateTime<Utc>) -> Result<(), AppError> {
    for user in erasure::due(conn, now, AT_ONCE)? {
        let erased = conn.transaction(|conn| {
            // Another instance may be erasing them, or they cancelled the request just
            // now.
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

/// Appends to the ledger the erasures that stand only in the database; returns those
/// that stand only in the ledger.
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

/// Records an erasure in the database, the audit log and the ledger. Call it last in
/// the transaction, when only the commit can still fail: the ledger must not name
/// somebody who was not erased.
///
/// # Errors
/// Those of the database, and when the ledger cannot be written.
pub fn note_erased(conn: &mut PgConnection, ledger: &Ledger, user: UserId, now: DateTime<Utc>) -> Result<(), AppError> {
    store::insert_erased(conn, &[(user, now)])?;
    audit::record(conn, None, Event::EmployeeErased, Some(user.0), json!({}), now)?;
    ledger.append(&[(user, now)]).map_err(AppError::Internal)
}

/// Brings ledger and database into agreement at start, before any request is served:
/// people whom a restored backup brought back are erased again.
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
            // Another person must become an admin first; the next start tries again.
            Err(LeaveError::LastAdmin) => {
                tracing::error!(user = user.0, "the last admin was erased and came back with a backup")
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

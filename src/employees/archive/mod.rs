//! The archive of people who left: archiving somebody, listing the archive, restoring
//! an account.

pub mod pages;
mod store;

pub use store::Archived;

use crate::{
    audit::{self, Event},
    db::keyset,
    departments,
    domain::{Email, UserId},
    employees::{EmployeeError, Invitations, invitation, store as employees_store},
    error::AppError,
    leaving::{self, Leave, LeaveError, Ledger},
};
use chrono::{DateTime, Utc};
use diesel::{Connection as _, PgConnection};
use serde_json::json;

/// Archives another person. The answer says whether they are now in the archive, or
/// were erased instead because they had asked for that.
///
/// # Errors
/// [`LeaveError`].
pub fn archive(
    conn: &mut PgConnection,
    ledger: &Ledger,
    actor: UserId,
    user: UserId,
    now: DateTime<Utc>,
) -> Result<Leave, LeaveError> {
    if actor == user {
        return Err(LeaveError::Oneself);
    }
    conn.transaction(|conn| {
        let how = leaving::leave(conn, user, Leave::Archive, now)?;
        audit::record(conn, Some(actor), Event::EmployeeArchived, Some(user.0), json!({}), now)?;
        if how == Leave::Erase {
            leaving::note_erased(conn, ledger, user, now)?;
        }
        Ok(how)
    })
}

/// How many archived people a page shows.
pub const PAGE: usize = 50;

/// One page of the archive, newest first, beginning after the given row; and whether
/// there are more.
///
/// # Errors
/// Those of the database.
pub fn archived(conn: &mut PgConnection, after: Option<UserId>) -> Result<(Vec<Archived>, bool), AppError> {
    Ok(keyset::cut(store::archived(conn, after, PAGE as i64 + 1)?, PAGE))
}

/// Restores an account under its old id, without a password and without its results,
/// and mails an invitation if it has an address.
///
/// # Errors
/// [`EmployeeError::EmailTaken`] when another account has the address by now;
/// [`AppError::NotFound`] when nobody with this id is archived.
/// found when nobody like that is archived.
pub fn restore(
    conn: &mut PgConnection,
    actor: UserId,
    user: UserId,
    invitations: &Invitations,
    now: DateTime<Utc>,
) -> Result<(), EmployeeError> {
    conn.transaction(|conn| {
        let mut archived = store::take_archived(conn, user)?;
        // Rows from before addresses were normalised may have another spelling, or an
        // address that is not valid.
        archived.email = archived.email.and_then(|email| Some(Email::parse(&email)?.as_str().to_owned()));
        let all = departments::all(conn)?;
        let department = all.iter().find(|department| department.path == archived.department);
        store::insert_restored(conn, &archived, department.map(|department| department.id), now)?;
        employees_store::make_employees(conn, &[user])?;
        invitation::send(conn, &[user], invitations, now, now)?;
        audit::record(conn, Some(actor), Event::EmployeeRestored, Some(user.0), json!({}), now)?;
        Ok(())
    })
}

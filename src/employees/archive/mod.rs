//! The archive of those who left: who goes there, who is there, and back.

pub mod pages;
mod store;

pub use store::Archived;

use crate::{
    audit::{self, Event},
    departments,
    domain::{Email, UserId},
    employees::{EmployeeError, Invitations, invitation, store as employees_store},
    error::AppError,
    leaving::{self, Leave, LeaveError, Ledger},
};
use chrono::{DateTime, Utc};
use diesel::{Connection as _, PgConnection};
use serde_json::json;

/// Archives somebody else, and says whether they are in the archive or erased
/// because they had asked for that.
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

/// A page of the archive, latest first, from after one of its rows on; and
/// whether there are more.
///
/// # Errors
/// Those of the database.
pub fn archived(conn: &mut PgConnection, after: Option<UserId>) -> Result<(Vec<Archived>, bool), AppError> {
    let mut people = store::archived(conn, after, PAGE as i64 + 1)?;
    let more = people.len() > PAGE;
    people.truncate(PAGE);
    Ok((people, more))
}

/// Brings an account back, under its old number, without a password and
/// without its history, and mails an invitation to who has an address.
///
/// # Errors
/// [`EmployeeError::EmailTaken`] when somebody has the address by now; not
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
        // Written before addresses had one spelling, it may be in another, or in one that no mail reaches.
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

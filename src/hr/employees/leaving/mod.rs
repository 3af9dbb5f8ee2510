//! Leave the company, and come back. What a person counts for in a period
//! still open stays without them; everything else of theirs goes, at once.

pub mod pages;
mod store;

pub use store::Archived;

use crate::{
    accounts::{
        Email, UserId,
        roles::{self, RoleError},
    },
    assessment,
    audit::{self, Event},
    error::AppError,
    hr::{
        campaigns, departments,
        employees::{EmployeeError, Invitations, invitation, store as employees_store},
    },
    mail,
    my_data::{self, Ledger},
    recommendations,
};
use chrono::{DateTime, Utc};
use diesel::{Connection as _, PgConnection};
use serde_json::json;

/// How somebody leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// Name and place are kept, so that HR can bring the account back.
    Archive,
    /// Nothing is kept.
    Erase,
}

/// Why somebody cannot leave.
#[derive(Debug, thiserror::Error)]
pub enum LeaveError {
    #[error("nobody archives themselves")]
    Oneself,
    #[error("somebody has to be able to give roles")]
    LastAdmin,
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<diesel::result::Error> for LeaveError {
    fn from(error: diesel::result::Error) -> Self {
        Self::App(error.into())
    }
}

impl From<RoleError> for LeaveError {
    fn from(error: RoleError) -> Self {
        match error {
            RoleError::LastAdmin => Self::LastAdmin,
            RoleError::App(error) => Self::App(error),
            error => Self::App(AppError::Internal(error.into())),
        }
    }
}

/// Takes a person out of the company: ends their sign-ins and deletes all that
/// is theirs. The check-up that counts in a period still open stays without
/// person, answers and time until the period is published. Who asked to be
/// erased is erased, whatever else is asked for.
///
/// # Errors
/// [`LeaveError::LastAdmin`]; not found when there is no such person.
pub fn leave(conn: &mut PgConnection, user: UserId, how: Leave, now: DateTime<Utc>) -> Result<Leave, LeaveError> {
    conn.transaction(|conn| {
        roles::ensure_an_admin_stays(conn, user)?;
        assessment::hold_open_periods(conn)?; // before the person: closing locks in this order
        let leaver = store::lock(conn, user)?;
        let how = if leaver.wants_to_be_erased { Leave::Erase } else { how };
        if how == Leave::Archive {
            campaigns::keep_rest(conn, user)?;
            let all = departments::all(conn)?;
            let department = all.iter().find(|department| Some(department.id) == leaver.department);
            let archived = store::NewArchived {
                id: user,
                email: leaver.address(),
                name: &leaver.name,
                position: &leaver.position,
                department: department.map_or("", |department| &department.path),
                joined_on: leaver.joined_on,
                days_in_system: i32::try_from((now.date_naive() - leaver.joined_on).num_days().max(0))
                    .unwrap_or(i32::MAX),
                completed_recommendations: i32::try_from(recommendations::count_completed(conn, user)?)
                    .unwrap_or(i32::MAX),
                archived_at: now,
            };
            store::insert_archived(conn, &archived)?;
        } else {
            campaigns::forget_rest(conn, user)?;
            store::forget_archived(conn, user, leaver.address())?;
        }
        assessment::leave_behind(conn, user, leaver.confirmed)?;
        if let Some(email) = leaver.address() {
            mail::forget(conn, email)?;
        }
        store::delete(conn, user)?;
        Ok(how)
    })
}

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
        let how = leave(conn, user, Leave::Archive, now)?;
        audit::record(conn, Some(actor), Event::EmployeeArchived, Some(user.0), json!({}), now)?;
        if how == Leave::Erase {
            my_data::note_erased(conn, ledger, user, now)?;
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

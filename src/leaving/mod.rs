//! People leave the company, archived or erased. A result that counts in a period still
//! open is kept without any link to the person until the period is published;
//! everything else of theirs is deleted at once.

mod erasing;
pub mod ledger;
mod store;

pub use erasing::{erase_due, note_erased, replay};
pub use ledger::Ledger;

use crate::{
    assessment,
    auth::roles::{self, RoleError},
    departments,
    domain::UserId,
    error::AppError,
    mail,
    periods::{self, rest},
    recommendations,
};
use chrono::{DateTime, Utc};
use diesel::{Connection as _, PgConnection};

/// How somebody leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// HR keeps name, position and department, so that the account can be restored.
    Archive,
    /// Nothing about the person is kept.
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

/// Removes a person: ends their sign-ins and deletes everything of theirs. A check-up
/// that counts in a period still open is kept until the period is published, without
/// the person, the answers and the time. Somebody who asked to be erased is erased even
/// if `how` says otherwise; the answer says which of the two was done.
///
/// # Errors
/// [`LeaveError::LastAdmin`]; [`AppError::NotFound`] when there is no such person.
pub fn leave(conn: &mut PgConnection, user: UserId, how: Leave, now: DateTime<Utc>) -> Result<Leave, LeaveError> {
    conn.transaction(|conn| {
        roles::ensure_an_admin_stays(conn, user)?;
        periods::hold_open_periods(conn)?; // before the user's row, the order in which closing a period locks, too
        let leaver = store::lock(conn, user)?;
        let how = if leaver.wants_to_be_erased { Leave::Erase } else { how };
        if how == Leave::Archive {
            rest::keep_rest(conn, user)?;
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
            rest::forget_rest(conn, user)?;
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

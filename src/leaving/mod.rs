//! Leave the company, and come back. What a person counts for in a period
//! still open stays without them; everything else of theirs goes, at once.

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
        periods::hold_open_periods(conn)?; // before the person: closing locks in this order
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

//! The list of employees: who works here, in which department, and whether they can
//! sign in. Never reads anything about anybody's check-ups.

pub mod archive;
mod invitation;
pub mod pages;
mod search;
mod store;

pub use invitation::{Invitations, invite, send as send_invitations};
pub use search::Words;
pub use store::{Listed, NewPerson, Person, insert, show};

use crate::{
    assessment,
    audit::{self, Event},
    db::{
        keyset,
        locks::{self, Lock},
    },
    domain::{DepartmentId, Email, UserId, codes::coded},
    error::AppError,
    periods,
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::{Connection as _, PgConnection, result::DatabaseErrorKind};
use serde_json::json;

coded! {
    /// Where a person is between registration or import and being able to sign in.
    State {
        /// Confirmed, and has a password.
        Active = "active",
        /// Registered on their own and not confirmed by HR.
        Waiting = "waiting",
        /// Confirmed, and has not chosen a password yet.
        Invited = "invited",
    }
}

/// How many people a page shows.
pub const PAGE: usize = 50;

/// Which people the list shows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub words: Words,
    /// Only people of these departments; everybody when empty.
    pub departments: Vec<DepartmentId>,
    pub state: Option<State>,
    /// The last person of the page before.
    pub after: Option<UserId>,
}

/// A page of the list.
#[derive(Debug)]
pub struct List {
    pub people: Vec<Listed>,
    pub more: bool,
    /// How many wait for confirmation, regardless of the filter.
    pub waiting: i64,
}

/// One page of people, ordered by name.
///
/// # Errors
/// Those of the database.
pub fn list(conn: &mut PgConnection, filter: &Filter) -> Result<List, AppError> {
    let (people, more) = keyset::cut(store::list(conn, filter, PAGE as i64 + 1)?, PAGE);
    Ok(List { people, more, waiting: store::count_waiting(conn)? })
}

/// Why a change to a person was refused.
#[derive(Debug, thiserror::Error)]
pub enum EmployeeError {
    /// Anybody can register with an address; only verifying it shows that it is theirs.
    #[error("the address is not verified")]
    AddressUnverified,
    #[error("this address has an account already")]
    EmailTaken,
    #[error("nobody here has the manager's address")]
    ManagerUnknown,
    #[error("nobody is their own manager, nor that of their manager")]
    ManagerCycle,
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<diesel::result::Error> for EmployeeError {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::Error::DatabaseError;
        let constraint = match &error {
            DatabaseError(DatabaseErrorKind::UniqueViolation | DatabaseErrorKind::ForeignKeyViolation, info) => {
                info.constraint_name()
            }
            _ => None,
        };
        match constraint {
            Some("users_email_key") => Self::EmailTaken,
            Some("users_department_fkey") => Self::App(AppError::NotFound),
            _ => Self::App(error.into()),
        }
    }
}

/// Confirms a person who registered themselves as an employee of this department. What
/// they answered in periods still open then counts in this department. Does nothing
/// when they are confirmed already.
///
/// # Errors
/// [`EmployeeError::AddressUnverified`], or those of the database.
pub fn confirm(
    conn: &mut PgConnection,
    actor: UserId,
    user: UserId,
    department: Option<DepartmentId>,
    now: DateTime<Utc>,
) -> Result<(), EmployeeError> {
    conn.transaction(|conn| {
        periods::hold_open_periods(conn)?; // before the user's row, the order in which closing a period locks, too
        let standing = store::lock(conn, user)?;
        if standing.confirmed {
            return Ok(());
        }
        if !standing.verified {
            return Err(EmployeeError::AddressUnverified);
        }
        store::confirm(conn, user, department, now)?;
        assessment::settle_department(conn, &[user], department)?;
        audit::record(
            conn,
            Some(actor),
            Event::EmployeeConfirmed,
            Some(user.0),
            json!({"department": department}),
            now,
        )?;
        Ok(())
    })
}

/// A person's position, department and manager.
#[derive(Debug)]
pub struct Place {
    pub position: String,
    pub department: Option<DepartmentId>,
    pub manager: Option<Email>,
}

/// Changes the place of a confirmed person. Check-ups made before still count in the
/// department where they were made.
///
/// # Errors
/// [`EmployeeError::ManagerUnknown`], [`EmployeeError::ManagerCycle`];
/// [`AppError::NotFound`] when there is no such confirmed person.
pub fn transfer(
    conn: &mut PgConnection,
    actor: UserId,
    user: UserId,
    to: &Place,
    now: DateTime<Utc>,
) -> Result<(), EmployeeError> {
    conn.transaction(|conn| {
        locks::hold(conn, Lock::Managers)?;
        let standing = store::lock(conn, user)?;
        if !standing.confirmed {
            return Err(AppError::NotFound.into());
        }
        let manager = find_manager(conn, to.manager.as_ref())?;
        if let Some(manager) = manager
            && store::chain_of_managers(conn, manager)?.contains(&user)
        {
            return Err(EmployeeError::ManagerCycle);
        }
        store::transfer(conn, user, &to.position, to.department, manager)?;
        let (event, details) = if standing.department == to.department {
            (Event::EmployeeChanged, json!({}))
        } else {
            (Event::EmployeeTransferred, json!({"from": standing.department, "to": to.department}))
        };
        audit::record(conn, Some(actor), event, Some(user.0), details, now)?;
        Ok(())
    })
}

fn find_manager(conn: &mut PgConnection, email: Option<&Email>) -> Result<Option<UserId>, EmployeeError> {
    let Some(email) = email else { return Ok(None) };
    store::find_by_email(conn, email)?.map(Some).ok_or(EmployeeError::ManagerUnknown)
}

/// A person whom HR adds.
#[derive(Debug)]
pub struct NewEmployee {
    pub email: Email,
    pub name: String,
    pub place: Place,
}

/// Adds a confirmed person, and mails them an invitation if `invitations` is given.
///
/// # Errors
/// [`EmployeeError::EmailTaken`], [`EmployeeError::ManagerUnknown`].
pub fn add(
    conn: &mut PgConnection,
    actor: UserId,
    new: &NewEmployee,
    invitations: Option<&Invitations>,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Result<UserId, EmployeeError> {
    conn.transaction(|conn| {
        let manager = find_manager(conn, new.place.manager.as_ref())?;
        let row = store::NewPerson {
            email: Some(new.email.as_str()),
            name: &new.name,
            position: &new.place.position,
            department_id: new.place.department,
            manager_id: manager,
            language: None,
            confirmed_at: now,
            joined_on: today,
        };
        let user = store::insert(conn, &[row])?.pop().ok_or(AppError::NotFound)?;
        if let Some(invitations) = invitations {
            invitation::send(conn, &[user], invitations, now, now)?;
        }
        let details = json!({"invited": invitations.is_some()});
        audit::record(conn, Some(actor), Event::EmployeeAdded, Some(user.0), details, now)?;
        Ok(user)
    })
}

/// Adds a confirmed person without an e-mail address; they take part with a printed
/// access code.
///
/// # Errors
/// Those of the database.
pub fn add_without_address(
    conn: &mut PgConnection,
    actor: UserId,
    name: &str,
    position: &str,
    department: Option<DepartmentId>,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Result<(), AppError> {
    conn.transaction(|conn| {
        let row = store::NewPerson {
            email: None,
            name,
            position,
            department_id: department,
            manager_id: None,
            language: None,
            confirmed_at: now,
            joined_on: today,
        };
        let user = store::insert(conn, &[row])?.pop().ok_or(AppError::NotFound)?;
        audit::record(conn, Some(actor), Event::EmployeeAdded, Some(user.0), json!({"invited": false}), now)
    })
}

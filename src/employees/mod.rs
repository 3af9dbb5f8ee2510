//! The list of employees: who works here, where, and whether they can sign in.
//! Knows nothing of anybody's health, not even whether somebody checked up.

pub mod archive;
mod invitation;
pub mod pages;
mod search;
mod store;

pub use invitation::{Invitations, invite, send as send_invitations};
pub use search::Words;
pub use store::{Listed, NewPerson, Person, insert};

use crate::{
    assessment,
    audit::{self, Event},
    db::locks::{self, Lock},
    domain::{DepartmentId, Email, UserId, codes::coded},
    error::AppError,
    periods,
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::{Connection as _, PgConnection, result::DatabaseErrorKind};
use serde_json::json;

coded! {
    /// Where somebody stands between registering or being imported and signing in.
    State {
        /// Confirmed, and has a password.
        Active = "active",
        /// Registered without being asked to.
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
    /// Empty: everybody; else people of these departments.
    pub departments: Vec<DepartmentId>,
    pub state: Option<State>,
    /// The last one of the page before.
    pub after: Option<UserId>,
}

/// A page of the list.
#[derive(Debug)]
pub struct List {
    pub people: Vec<Listed>,
    pub more: bool,
    /// How many wait for confirmation, whatever the filter.
    pub waiting: i64,
}

/// A page of people in the order of their names.
///
/// # Errors
/// Those of the database.
pub fn list(conn: &mut PgConnection, filter: &Filter) -> Result<List, AppError> {
    let mut people = store::list(conn, filter, PAGE as i64 + 1)?;
    let more = people.len() > PAGE;
    people.truncate(PAGE);
    Ok(List { people, more, waiting: store::count_waiting(conn)? })
}

/// One person.
///
/// # Errors
/// [`AppError::NotFound`], or those of the database.
pub fn show(conn: &mut PgConnection, user: UserId) -> Result<Person, AppError> {
    Ok(store::person(conn, user)?)
}

/// Why something about a person was not changed.
#[derive(Debug, thiserror::Error)]
pub enum EmployeeError {
    /// Registering proves no address; whoever did it may be somebody else.
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

/// Makes a self-registered person one of the company, in this department.
/// What they counted for in periods still open counts there too: until now
/// their department was a claim. Confirming twice changes nothing more.
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
        periods::hold_open_periods(conn)?; // before the person: closing locks in this order
        let standing = store::lock(conn, user)?;
        if standing.confirmed {
            return Ok(());
        }
        if !standing.verified {
            return Err(EmployeeError::AddressUnverified);
        }
        store::confirm(conn, user, department, now)?;
        assessment::settle_department(conn, user, department)?;
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

/// Where somebody works.
#[derive(Debug)]
pub struct Place {
    pub position: String,
    pub department: Option<DepartmentId>,
    pub manager: Option<Email>,
}

/// Moves a confirmed person. Check-ups made before stay counted where they were made.
///
/// # Errors
/// Those about the manager, or those of the database.
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

/// Somebody to be added by HR.
#[derive(Debug)]
pub struct NewEmployee {
    pub email: Email,
    pub name: String,
    pub place: Place,
}

/// Adds a confirmed person, and mails them an invitation if there are to be any.
///
/// # Errors
/// [`EmployeeError::EmailTaken`], those about the manager, or those of the database.
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

/// Adds a confirmed person without an address, who takes part with a code from
/// a slip.
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

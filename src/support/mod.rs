//! The one door from an employee to HR: a request for support that carries the
//! name, the address and what its sender ticked, and nothing else. The sender
//! can take it back, and then its content is gone.

pub mod inbox;
pub mod pages;
mod store;

pub use store::{Content, Request};

use crate::{
    assessment::{self, AssessmentNumber},
    departments,
    domain::{
        DepartmentId, Level, Profile, UserId,
        codes::{coded, id_type},
    },
    error::AppError,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use diesel::{Connection as _, PgConnection};

id_type! {
    /// One request for support, numbered within its sender.
    RequestNumber
}

coded! {
    /// How the sender would like to be spoken to.
    Contact { Mail = "mail", Phone = "phone", InPerson = "in_person" }
}

coded! {
    /// Open and answered ones wait for HR; of a withdrawn one nothing is kept.
    State { Open = "open", Answered = "answered", Closed = "closed", Withdrawn = "withdrawn" }
}

/// The longest message and the longest answer, in characters.
pub const LONGEST_TEXT: usize = 2000;
/// The longest telephone number.
pub const LONGEST_PHONE: usize = 50;
/// How many requests one person may send in a day, withdrawn ones included.
pub const A_DAY: i64 = 3;
/// What a day is for that.
const DAY: TimeDelta = TimeDelta::days(1);
/// How long a closed request is kept.
pub const KEPT_DAYS: i64 = 90;

/// A result that the sender may let HR see: its day, level and profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedResult {
    pub day: NaiveDate,
    pub level: Option<Level>,
    pub profile: Option<Profile>,
}

/// What a person could tick, read from their own rows.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Path of the department HR put them in.
    pub department: Option<String>,
    pub result: Option<(AssessmentNumber, SharedResult)>,
    /// Whether a request of theirs waits already.
    pub waiting: bool,
}

/// What a person decided to send.
#[derive(Clone, Debug)]
pub struct NewRequest {
    pub message: Option<String>,
    pub with_department: bool,
    /// The one assessment whose level and profile go along.
    pub with_result: Option<AssessmentNumber>,
    pub contact: Option<Contact>,
    /// Only with [`Contact::Phone`].
    pub phone: Option<String>,
}

impl Content {
    /// Whether nothing was ticked or written.
    pub fn is_empty(&self) -> bool {
        let Self { message, department, result_on, contact, .. } = self;
        message.is_none() && department.is_none() && result_on.is_none() && contact.is_none()
    }
}

/// What became of sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    Sent,
    /// One waits already, perhaps this very one sent twice.
    Waiting,
    TooMany,
}

/// What this person could tick. `result` is one of their own assessments;
/// without it the latest one is offered.
///
/// # Errors
/// [`AppError::NotFound`] when the assessment is not theirs.
pub fn offer(
    conn: &mut PgConnection,
    user: UserId,
    department: Option<DepartmentId>,
    result: Option<AssessmentNumber>,
    timezone: Tz,
) -> Result<Offer, AppError> {
    let past = match result {
        Some(id) => assessment::with_previous(conn, user, id)?,
        None => assessment::history(conn, user, None, 1)?,
    };
    let past = past.into_iter().next();
    if result.is_some() && past.is_none() {
        return Err(AppError::NotFound);
    }
    let result = past.filter(|past| past.level.is_some() || past.profile.is_some()).map(|past| {
        let day = past.made_at.with_timezone(&timezone).date_naive();
        (past.number, SharedResult { day, level: past.level, profile: past.profile })
    });
    let path = match department {
        Some(id) => departments::all(conn)?.into_iter().find(|one| one.id == id).map(|one| one.path),
        None => None,
    };
    Ok(Offer { department: path, result, waiting: store::is_waiting(conn, user)? })
}

/// Sends a request with what was ticked, unless one waits already or this
/// person sent too many within a day.
///
/// # Errors
/// [`AppError::NotFound`] when the assessment is not theirs.
pub fn ask(
    conn: &mut PgConnection,
    user: UserId,
    department: Option<DepartmentId>,
    new: NewRequest,
    timezone: Tz,
    now: DateTime<Utc>,
) -> Result<Sent, AppError> {
    conn.transaction(|conn| {
        store::lock_sender(conn, user)?; // two sent at once wait for each other
        let offer = offer(conn, user, department, new.with_result, timezone)?;
        if offer.waiting {
            return Ok(Sent::Waiting);
        }
        if store::count_since(conn, user, now - DAY)? >= A_DAY {
            return Ok(Sent::TooMany);
        }
        let result = offer.result.filter(|_| new.with_result.is_some()).map(|(_, result)| result);
        let content = Content {
            message: new.message,
            department: offer.department.filter(|_| new.with_department),
            result_on: result.map(|result| result.day),
            level: result.and_then(|result| result.level),
            profile: result.and_then(|result| result.profile),
            phone: new.phone.filter(|_| new.contact == Some(Contact::Phone)),
            contact: new.contact,
        };
        store::insert(conn, user, &content, now)?;
        Ok(Sent::Sent)
    })
}

/// This person's requests that still exist, latest first.
///
/// # Errors
/// Those of the database.
pub fn of_person(conn: &mut PgConnection, user: UserId) -> Result<Vec<Request>, AppError> {
    Ok(store::of_person(conn, user)?)
}

/// Takes a request back, whatever HR made of it: its content is deleted. Taken
/// back already stays so.
///
/// # Errors
/// [`AppError::NotFound`] when it is not this person's.
pub fn withdraw(conn: &mut PgConnection, user: UserId, number: RequestNumber) -> Result<(), AppError> {
    match store::withdraw(conn, user, number)? {
        0 => Err(AppError::NotFound),
        _ => Ok(()),
    }
}

/// Deletes requests that were closed long enough ago, and what is left of
/// withdrawn ones once it no longer counts.
///
/// # Errors
/// Those of the database.
pub fn delete_expired(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<(), AppError> {
    store::delete_closed_before(conn, now - TimeDelta::days(KEPT_DAYS))?;
    store::delete_withdrawn_before(conn, now - DAY)?;
    Ok(())
}

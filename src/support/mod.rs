//! Requests for support: the only way in which an employee can disclose themselves to
//! HR. A request carries the sender's name and address and what they chose to share,
//! nothing else. They can withdraw it, which deletes its content.

pub mod inbox;
pub mod pages;
mod store;

pub use store::{Content, Request, of_person};

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
    /// A request, numbered per sender.
    RequestNumber
}

coded! {
    /// How the sender would like to be contacted.
    Contact { Mail = "mail", Phone = "phone", InPerson = "in_person" }
}

coded! {
    /// Open and answered requests still need HR; of a withdrawn one no content is kept.
    State { Open = "open", Answered = "answered", Closed = "closed", Withdrawn = "withdrawn" }
}

/// The longest message and the longest answer, in characters.
pub const LONGEST_TEXT: usize = 2000;
/// The longest telephone number, in characters.
pub const LONGEST_PHONE: usize = 50;
/// How many requests one person may send in a day, withdrawn ones included.
pub const A_DAY: i64 = 3;
/// The day of [`A_DAY`]: the last 24 hours.
const DAY: TimeDelta = TimeDelta::days(1);
/// How many days a closed request is kept.
pub const KEPT_DAYS: i64 = 90;

/// A result that the sender shares with HR: its day, level and profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedResult {
    pub day: NaiveDate,
    pub level: Option<Level>,
    pub profile: Option<Profile>,
}

/// What the form can offer to share, from the person's own data.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Path of the department in which HR put them.
    pub department: Option<String>,
    pub result: Option<(AssessmentNumber, SharedResult)>,
    /// Whether they have a request that is not closed yet.
    pub waiting: bool,
}

/// What a person chose to send.
#[derive(Clone, Debug)]
pub struct NewRequest {
    pub message: Option<String>,
    pub with_department: bool,
    /// The one check-up whose level and profile are shared.
    pub with_result: Option<AssessmentNumber>,
    pub contact: Option<Contact>,
    /// Only with [`Contact::Phone`].
    pub phone: Option<String>,
}

impl Content {
    /// Whether nothing was shared or written.
    pub fn is_empty(&self) -> bool {
        let Self { message, department, result_on, contact, .. } = self;
        message.is_none() && department.is_none() && result_on.is_none() && contact.is_none()
    }
}

/// The outcome of sending a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    Sent,
    /// Another request is not closed yet, possibly the same one sent twice.
    Waiting,
    TooMany,
}

/// What the form can offer this person to share. `result` is one of their own
/// check-ups; the latest when not given.
///
/// # Errors
/// [`AppError::NotFound`] when the check-up is not theirs.
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

/// Sends a request, unless another is not closed yet or the person sent too many in the
/// last 24 hours.
///
/// # Errors
/// [`AppError::NotFound`] when the check-up is not theirs.
pub fn ask(
    conn: &mut PgConnection,
    user: UserId,
    department: Option<DepartmentId>,
    new: NewRequest,
    timezone: Tz,
    now: DateTime<Utc>,
) -> Result<Sent, AppError> {
    conn.transaction(|conn| {
        store::lock_sender(conn, user)?; // two requests sent at the same time are handled one after the other
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

/// Withdraws a request in any state, which deletes its content; nothing changes when it
/// is withdrawn already.
///
/// # Errors
/// [`AppError::NotFound`] when it is not this person's.
pub fn withdraw(conn: &mut PgConnection, user: UserId, number: RequestNumber) -> Result<(), AppError> {
    match store::withdraw(conn, user, number)? {
        0 => Err(AppError::NotFound),
        _ => Ok(()),
    }
}

/// Deletes requests closed more than 90 days ago, and withdrawn ones that no longer
/// count for the daily limit.
///
/// # Errors
/// Those of the database.
pub fn delete_expired(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<(), AppError> {
    store::delete_closed_before(conn, now - TimeDelta::days(KEPT_DAYS))?;
    store::delete_withdrawn_before(conn, now - DAY)?;
    Ok(())
}

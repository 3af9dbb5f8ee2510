//! HR's inbox of requests for support. HR sees the sender's name and address and what
//! the sender chose to share, nothing else. A withdrawn request disappears from the
//! inbox.

pub mod pages;
mod store;

pub use store::{Listed, Opened, show};

use crate::{
    audit::{self, Event},
    domain::{UserId, codes::id_type},
    error::AppError,
    i18n::Language,
    mail,
};
use chrono::{DateTime, Utc};
use diesel::{Connection as _, PgConnection};
use serde_json::json;

id_type! {
    /// A request as HR addresses it: a random number that does not reveal how many
    /// requests there are or were.
    RequestId
}

/// How many requests a page of the inbox shows.
pub const PAGE: i64 = 50;

/// Which part of the inbox is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Oldest first.
    Waiting,
    /// Latest first.
    Closed,
}

/// Requests that follow `after`: one more than [`PAGE`] when there is a next page.
///
/// # Errors
/// Those of the database.
pub fn inbox(conn: &mut PgConnection, part: Part, after: Option<RequestId>) -> Result<Vec<Listed>, AppError> {
    Ok(match part {
        Part::Waiting => store::waiting(conn, after, PAGE + 1)?,
        Part::Closed => store::closed(conn, after, PAGE + 1)?,
    })
}

/// Answers an open request. The sender reads the answer on their own page; a mail only
/// tells them that there is one. An answer that was given already is not changed.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such request, or it was withdrawn.
pub fn answer(
    conn: &mut PgConnection,
    actor: UserId,
    id: RequestId,
    text: &str,
    privacy_url: &str,
    actors_language: Language,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    conn.transaction(|conn| {
        if store::answer(conn, id, text, now)? == 0 {
            return store::show(conn, id).map(|_| ());
        }
        if let Some((email, language)) = store::sender(conn, id)? {
            let words = language.unwrap_or(actors_language).catalog();
            let body = words.with("mail-support-answer-body", &[("url", privacy_url.into())]);
            mail::post(conn, &email, words.text("mail-support-answer-subject"), &body, now)?;
        }
        audit::record(conn, Some(actor), Event::SupportAnswered, Some(id.0), json!({}), now)
    })
}

/// Closes a request; nothing changes when it is closed already.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such request, or it was withdrawn.
pub fn close(conn: &mut PgConnection, actor: UserId, id: RequestId, now: DateTime<Utc>) -> Result<(), AppError> {
    conn.transaction(|conn| {
        if store::close(conn, id, now)? == 0 {
            return store::show(conn, id).map(|_| ());
        }
        audit::record(conn, Some(actor), Event::SupportClosed, Some(id.0), json!({}), now)
    })
}

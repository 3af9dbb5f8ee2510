//! HR's inbox of requests for support. Reads what a sender ticked, their name
//! and their address, and nothing else about them; a withdrawn request is as
//! if it had never been there.

pub mod pages;
mod store;

pub use store::{Listed, Opened};

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
    /// One request for support as HR addresses it: it does not tell how many
    /// there are or were.
    RequestId
}

/// How many requests stand on a page of the inbox.
pub const PAGE: i64 = 50;

/// Which part of the inbox is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Oldest first.
    Waiting,
    /// Latest first.
    Closed,
}

/// A page of the inbox, from after `after` on; one more than [`PAGE`] when
/// there is a next one.
///
/// # Errors
/// Those of the database.
pub fn inbox(conn: &mut PgConnection, part: Part, after: Option<RequestId>) -> Result<Vec<Listed>, AppError> {
    Ok(match part {
        Part::Waiting => store::waiting(conn, after, PAGE + 1)?,
        Part::Closed => store::closed(conn, after, PAGE + 1)?,
    })
}

/// One request with what its sender ticked.
///
/// # Errors
/// [`AppError::NotFound`] when there is none, or it was withdrawn.
pub fn show(conn: &mut PgConnection, id: RequestId) -> Result<Opened, AppError> {
    Ok(store::find(conn, id)?)
}

/// Answers an open request; the sender reads it on their own page, and a mail
/// tells them only that it is there. An answer that was given stays as it is.
///
/// # Errors
/// [`AppError::NotFound`] when there is none, or it was withdrawn.
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
            return store::find(conn, id).map(|_| ()).map_err(AppError::from);
        }
        if let Some((email, language)) = store::sender(conn, id)? {
            let words = language.unwrap_or(actors_language).catalog();
            let body = words.with("mail-support-answer-body", &[("url", privacy_url.into())]);
            mail::post(conn, &email, words.text("mail-support-answer-subject"), &body, now)?;
        }
        audit::record(conn, Some(actor), Event::SupportAnswered, Some(id.0), json!({}), now)
    })
}

/// Closes a request; closed already stays so.
///
/// # Errors
/// [`AppError::NotFound`] when there is none, or it was withdrawn.
pub fn close(conn: &mut PgConnection, actor: UserId, id: RequestId, now: DateTime<Utc>) -> Result<(), AppError> {
    conn.transaction(|conn| {
        if store::close(conn, id, now)? == 0 {
            return store::find(conn, id).map(|_| ()).map_err(AppError::from);
        }
        audit::record(conn, Some(actor), Event::SupportClosed, Some(id.0), json!({}), now)
    })
}

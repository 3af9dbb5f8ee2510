//! The inbox in the database. No query returns withdrawn requests, or anything about a
//! sender but name and address.

use crate::{
    db::{
        keyset::{self, Order},
        schema::{support_requests, users},
        types::pg_id,
    },
    error::AppError,
    i18n::Language,
    support::{Content, State, inbox::RequestId},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

pg_id!(RequestId);

/// A request in the inbox.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = support_requests)]
pub struct Listed {
    pub id: RequestId,
    pub state: State,
    pub created_at: DateTime<Utc>,
    #[diesel(select_expression = users::name)]
    pub name: String,
}

pub fn waiting(conn: &mut PgConnection, after: Option<RequestId>, limit: i64) -> QueryResult<Vec<Listed>> {
    let mut found = support_requests::table
        .inner_join(users::table)
        .filter(support_requests::waiting)
        .select(Listed::as_select())
        .into_boxed();
    if let Some(after) = after {
        found = found.filter(keyset::behind("support_requests", "created_at", Order::Ascending, after.0));
    }
    found.order((support_requests::created_at, support_requests::id)).limit(limit).load(conn)
}

pub fn closed(conn: &mut PgConnection, after: Option<RequestId>, limit: i64) -> QueryResult<Vec<Listed>> {
    let mut found = support_requests::table
        .inner_join(users::table)
        .filter(support_requests::closed_at.is_not_null())
        .select(Listed::as_select())
        .into_boxed();
    if let Some(after) = after {
        found = found.filter(keyset::behind("support_requests", "created_at", Order::Descending, after.0));
    }
    found.order((support_requests::created_at.desc(), support_requests::id.desc())).limit(limit).load(conn)
}

/// One request as HR reads it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = support_requests)]
pub struct Opened {
    pub id: RequestId,
    pub state: State,
    pub created_at: DateTime<Utc>,
    #[diesel(select_expression = users::name)]
    pub name: String,
    #[diesel(select_expression = users::email)]
    pub email: Option<String>,
    #[diesel(embed)]
    pub content: Content,
    pub answer: Option<String>,
}

/// One request with what its sender chose to share.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such request, or it was withdrawn.
pub fn show(conn: &mut PgConnection, id: RequestId) -> Result<Opened, AppError> {
    Ok(support_requests::table
        .inner_join(users::table)
        .filter(support_requests::id.eq(id))
        .filter(support_requests::state.ne(State::Withdrawn))
        .select(Opened::as_select())
        .first(conn)?)
}

pub fn answer(conn: &mut PgConnection, id: RequestId, text: &str, now: DateTime<Utc>) -> QueryResult<usize> {
    let open = support_requests::table.find(id).filter(support_requests::state.eq(State::Open));
    diesel::update(open)
        .set((
            support_requests::state.eq(State::Answered),
            support_requests::answer.eq(text),
            support_requests::answered_at.eq(now),
        ))
        .execute(conn)
}

pub fn close(conn: &mut PgConnection, id: RequestId, now: DateTime<Utc>) -> QueryResult<usize> {
    let waiting = support_requests::table.find(id).filter(support_requests::waiting);
    diesel::update(waiting)
        .set((support_requests::state.eq(State::Closed), support_requests::closed_at.eq(now)))
        .execute(conn)
}

/// The sender's address, and the language of their mail.
pub fn sender(conn: &mut PgConnection, id: RequestId) -> QueryResult<Option<(String, Option<Language>)>> {
    support_requests::table
        .inner_join(users::table)
        .filter(support_requests::id.eq(id))
        .filter(users::email.is_not_null())
        .select((users::email.assume_not_null(), users::language))
        .first(conn)
        .optional()
}

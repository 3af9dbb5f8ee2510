//! Requests for support in the database, as senders write and read them. Every query
//! names the sender.

use crate::{
    db::{
        schema::{support_requests, users},
        types::{pg_enum, pg_id},
    },
    domain::{Level, Profile, UserId},
    error::AppError,
    support::{Contact, RequestNumber, State},
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::{dsl::exists, prelude::*};

pg_id!(RequestNumber);

pg_enum!(
    Contact => SupportContact,
    State => SupportState,
);

/// More than anybody can send within the time that closed requests are kept.
const MOST_SHOWN: i64 = 300;

pub fn lock_sender(conn: &mut PgConnection, user: UserId) -> QueryResult<UserId> {
    users::table.find(user).select(users::id).for_no_key_update().first(conn)
}

pub fn is_waiting(conn: &mut PgConnection, user: UserId) -> QueryResult<bool> {
    let waiting = support_requests::table.filter(support_requests::user_id.eq(user)).filter(support_requests::waiting);
    diesel::select(exists(waiting)).get_result(conn)
}

pub fn count_since(conn: &mut PgConnection, user: UserId, since: DateTime<Utc>) -> QueryResult<i64> {
    support_requests::table
        .filter(support_requests::user_id.eq(user))
        .filter(support_requests::created_at.gt(since))
        .count()
        .get_result(conn)
}

/// What the sender shared, as it was on that day.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = support_requests)]
pub struct Content {
    pub message: Option<String>,
    /// Path of the sender's department.
    pub department: Option<String>,
    /// The day of the shared result, whose level and profile follow.
    pub result_on: Option<NaiveDate>,
    pub level: Option<Level>,
    pub profile: Option<Profile>,
    pub contact: Option<Contact>,
    pub phone: Option<String>,
}

pub fn insert(conn: &mut PgConnection, user: UserId, content: &Content, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::insert_into(support_requests::table)
        .values((
            support_requests::user_id.eq(user),
            support_requests::state.eq(State::Open),
            support_requests::created_at.eq(now),
            content.clone(),
        ))
        .execute(conn)
}

/// A request as its sender sees it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = support_requests)]
pub struct Request {
    pub number: RequestNumber,
    pub state: State,
    pub created_at: DateTime<Utc>,
    #[diesel(embed)]
    pub content: Content,
    pub answer: Option<String>,
    pub answered_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
}

/// This person's requests that still exist, latest first.
///
/// # Errors
/// Those of the database.
pub fn of_person(conn: &mut PgConnection, user: UserId) -> Result<Vec<Request>, AppError> {
    Ok(support_requests::table
        .filter(support_requests::user_id.eq(user))
        .order(support_requests::number.desc())
        .limit(MOST_SHOWN)
        .select(Request::as_select())
        .load(conn)?)
}

/// Deletes the content of a request. The row stays for a day, for the daily limit.
pub fn withdraw(conn: &mut PgConnection, user: UserId, number: RequestNumber) -> QueryResult<usize> {
    let own =
        support_requests::table.filter(support_requests::user_id.eq(user)).filter(support_requests::number.eq(number));
    diesel::update(own)
        .set((
            support_requests::state.eq(State::Withdrawn),
            support_requests::message.eq(None::<String>),
            support_requests::department.eq(None::<String>),
            support_requests::result_on.eq(None::<NaiveDate>),
            support_requests::level.eq(None::<Level>),
            support_requests::profile.eq(None::<Profile>),
            support_requests::contact.eq(None::<Contact>),
            support_requests::phone.eq(None::<String>),
            support_requests::answer.eq(None::<String>),
            support_requests::answered_at.eq(None::<DateTime<Utc>>),
            support_requests::closed_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(conn)
}

pub fn delete_closed_before(conn: &mut PgConnection, oldest: DateTime<Utc>) -> QueryResult<usize> {
    let closed = support_requests::table.filter(support_requests::state.eq(State::Closed));
    diesel::delete(closed.filter(support_requests::closed_at.lt(oldest))).execute(conn)
}

pub fn delete_withdrawn_before(conn: &mut PgConnection, oldest: DateTime<Utc>) -> QueryResult<usize> {
    let withdrawn = support_requests::table.filter(support_requests::state.eq(State::Withdrawn));
    diesel::delete(withdrawn.filter(support_requests::created_at.lt(oldest))).execute(conn)
}

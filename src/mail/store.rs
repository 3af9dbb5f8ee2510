//! Mail in PostgreSQL.

use crate::{mail::Letter, schema::mails};
use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{Array, Text, Timestamptz},
};

pub fn insert(
    conn: &mut PgConnection,
    recipient: &str,
    subject: &str,
    body: &str,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::insert_into(mails::table)
        .values((
            mails::recipient.eq(recipient),
            mails::subject.eq(subject),
            mails::body.eq(body),
            mails::next_attempt_at.eq(now),
        ))
        .execute(conn)
}

#[diesel::declare_sql_function]
extern "SQL" {
    fn unnest(texts: Array<Text>) -> Text;
}

/// One statement for any number of recipients.
pub fn insert_all(
    conn: &mut PgConnection,
    recipients: &[&str],
    subject: &str,
    body: &str,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::select((
        unnest(recipients),
        subject.into_sql::<Text>(),
        body.into_sql::<Text>(),
        now.into_sql::<Timestamptz>(),
    ))
    .insert_into(mails::table)
    .into_columns((mails::recipient, mails::subject, mails::body, mails::next_attempt_at))
    .execute(conn)
}

pub fn insert_letters(conn: &mut PgConnection, letters: &[Letter], due: DateTime<Utc>) -> QueryResult<usize> {
    let row = |letter: &'_ Letter| {
        (
            mails::recipient.eq(letter.recipient.clone()),
            mails::subject.eq(letter.subject.clone()),
            mails::body.eq(letter.body.clone()),
            mails::next_attempt_at.eq(due),
        )
    };
    diesel::insert_into(mails::table).values(letters.iter().map(row).collect::<Vec<_>>()).execute(conn)
}

/// A mail that this instance may send.
#[derive(Queryable)]
pub struct Claimed {
    pub id: i64,
    pub recipient: String,
    pub subject: String,
    pub body: String,
    /// Tries so far, this one included.
    pub attempts: i16,
}

/// The next mail that is due; other instances do not see it until `until`.
pub fn claim(conn: &mut PgConnection, now: DateTime<Utc>, until: DateTime<Utc>) -> QueryResult<Option<Claimed>> {
    conn.transaction(|conn| {
        let due: Option<i64> = mails::table
            .filter(mails::next_attempt_at.le(now))
            .order(mails::next_attempt_at)
            .select(mails::id)
            .for_update()
            .skip_locked()
            .first(conn)
            .optional()?;
        let Some(id) = due else { return Ok(None) };
        diesel::update(mails::table.find(id))
            .set((mails::next_attempt_at.eq(until), mails::attempts.eq(mails::attempts + 1)))
            .returning((mails::id, mails::recipient, mails::subject, mails::body, mails::attempts))
            .get_result(conn)
            .optional()
    })
}

pub fn delete_for(conn: &mut PgConnection, recipient: &str) -> QueryResult<usize> {
    diesel::delete(mails::table.filter(mails::recipient.eq(recipient))).execute(conn)
}

pub fn delete(conn: &mut PgConnection, id: i64) -> QueryResult<usize> {
    diesel::delete(mails::table.find(id)).execute(conn)
}

pub fn postpone(conn: &mut PgConnection, id: i64, until: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(mails::table.find(id)).set(mails::next_attempt_at.eq(until)).execute(conn)
}

//! Mails in the database.

use crate::{
    db::schema::{mails, undelivered_mails},
    domain::UserId,
    error::AppError,
    mail::{Letter, Undelivered},
};
use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{Array, BigInt, Nullable, Text, Timestamptz},
};

/// How many undelivered mails a page lists.
const MOST_SHOWN: i64 = 20;

#[diesel::declare_sql_function]
extern "SQL" {
    fn unnest(texts: Array<Text>) -> Text;
}

/// Stores the same mail to each of these recipients. If one cannot be delivered, only
/// the person who caused them sees that.
///
/// One statement for any number of recipients.
///
/// # Errors
/// Those of the database.
pub fn post_all(
    conn: &mut PgConnection,
    recipients: &[&str],
    subject: &str,
    body: &str,
    caused_by: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    diesel::select((
        unnest(recipients),
        subject.into_sql::<Text>(),
        body.into_sql::<Text>(),
        now.into_sql::<Timestamptz>(),
        caused_by.map(|user| user.0).into_sql::<Nullable<BigInt>>(),
    ))
    .insert_into(mails::table)
    .into_columns((mails::recipient, mails::subject, mails::body, mails::next_attempt_at, mails::caused_by))
    .execute(conn)?;
    Ok(())
}

/// Stores many mails with one statement, to be sent from `due` on. If one cannot be
/// delivered, the person who caused them sees that.
///
/// # Errors
/// Those of the database.
pub fn post_letters(
    conn: &mut PgConnection,
    letters: &[Letter],
    caused_by: Option<UserId>,
    due: DateTime<Utc>,
) -> Result<(), AppError> {
    let row = |letter: &'_ Letter| {
        (
            mails::recipient.eq(letter.recipient.clone()),
            mails::subject.eq(letter.subject.clone()),
            mails::body.eq(letter.body.clone()),
            mails::next_attempt_at.eq(due),
            mails::caused_by.eq(caused_by.map(|user| user.0)),
        )
    };
    diesel::insert_into(mails::table).values(letters.iter().map(row).collect::<Vec<_>>()).execute(conn)?;
    Ok(())
}

/// A mail that this worker claimed and may send.
#[derive(Queryable)]
pub struct Claimed {
    pub id: i64,
    pub recipient: String,
    pub subject: String,
    pub body: String,
    /// Attempts so far, including this one.
    pub attempts: i16,
}

/// Claims the next mail that is due (`FOR UPDATE SKIP LOCKED`): other workers do not
/// get it before `until`.
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

/// Notes for the person who caused a mail that it was not delivered.
pub fn keep_undelivered(conn: &mut PgConnection, id: i64, now: DateTime<Utc>) -> QueryResult<()> {
    let mail = mails::table.find(id).select((mails::caused_by, mails::recipient));
    let Some((Some(caused_by), recipient)) = mail.first::<(Option<i64>, String)>(conn).optional()? else {
        return Ok(());
    };
    diesel::insert_into(undelivered_mails::table)
        .values((
            undelivered_mails::caused_by.eq(caused_by),
            undelivered_mails::recipient.eq(recipient),
            undelivered_mails::failed_at.eq(now),
        ))
        .on_conflict((undelivered_mails::caused_by, undelivered_mails::recipient))
        .do_update()
        .set(undelivered_mails::failed_at.eq(now))
        .execute(conn)?;
    Ok(())
}

/// The undelivered mails that this person caused, newest first, at most 20.
///
/// # Errors
/// Those of the database.
pub fn undelivered(conn: &mut PgConnection, user: UserId) -> Result<Vec<Undelivered>, AppError> {
    let own = undelivered_mails::table.filter(undelivered_mails::caused_by.eq(user.0));
    let newest = own.order((undelivered_mails::failed_at.desc(), undelivered_mails::recipient));
    let rows = newest.select((undelivered_mails::recipient, undelivered_mails::failed_at));
    let rows: Vec<(String, DateTime<Utc>)> = rows.limit(MOST_SHOWN).load(conn)?;
    Ok(rows.into_iter().map(|(recipient, failed_at)| Undelivered { recipient, failed_at }).collect())
}

/// After a mail was sent, deletes the note about an earlier undelivered one from the
/// same person to the same address.
pub fn arrived(conn: &mut PgConnection, id: i64) -> QueryResult<usize> {
    let mail = || mails::table.find(id);
    let told = undelivered_mails::table
        .filter(undelivered_mails::caused_by.nullable().eq_any(mail().select(mails::caused_by)))
        .filter(undelivered_mails::recipient.eq_any(mail().select(mails::recipient)));
    diesel::delete(told).execute(conn)
}

/// Deletes notes about undelivered mails to an address whose owner left.
pub fn delete_undelivered_to(conn: &mut PgConnection, recipient: &str) -> QueryResult<usize> {
    diesel::delete(undelivered_mails::table.filter(undelivered_mails::recipient.eq(recipient))).execute(conn)
}

pub fn delete_undelivered_before(conn: &mut PgConnection, oldest: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(undelivered_mails::table.filter(undelivered_mails::failed_at.lt(oldest))).execute(conn)
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

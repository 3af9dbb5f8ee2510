//! Buckets of rate limits in the database. A row stores one moment only: when the
//! bucket will be full again (the generic cell rate algorithm).

use crate::{db::schema::limits, error::AppError, limits::Key};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    prelude::*,
    sql_types::{Bytea, Interval, Timestamptz},
};

/// Takes one token: moves the moment by `every`, unless it would come after `latest`. A
/// single statement, so that concurrent requests are counted one by one.
pub fn advance(
    conn: &mut PgConnection,
    key: &Key,
    every: TimeDelta,
    latest: DateTime<Utc>,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    let written = diesel::sql_query(
        "INSERT INTO limits (key, full_at) VALUES ($1, $2 + $3)
         ON CONFLICT (key) DO UPDATE SET full_at = greatest(limits.full_at, $2) + $3
         WHERE greatest(limits.full_at, $2) + $3 <= $4",
    )
    .bind::<Bytea, _>(&key[..])
    .bind::<Timestamptz, _>(now)
    .bind::<Interval, _>(every)
    .bind::<Timestamptz, _>(latest)
    .execute(conn)?;
    Ok(written > 0)
}

pub fn full_at(conn: &mut PgConnection, key: &Key) -> QueryResult<Option<DateTime<Utc>>> {
    limits::table.find(&key[..]).select(limits::full_at).first(conn).optional()
}

/// Deletes the rows of buckets that are full again: they limit nothing.
///
/// # Errors
/// Those of the database.
pub fn delete_full(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<(), AppError> {
    diesel::delete(limits::table.filter(limits::full_at.lt(now))).execute(conn)?;
    Ok(())
}

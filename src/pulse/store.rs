//! Daily notes in the database. Every read names the owner.

use crate::{db::schema::pulses, domain::UserId};
use chrono::NaiveDate;
use diesel::prelude::*;

/// How one day felt; each value from 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = pulses)]
pub struct Pulse {
    pub day: NaiveDate,
    pub burnout: i16,
    pub stress: i16,
    pub productivity: i16,
}

pub fn find(conn: &mut PgConnection, user: UserId, day: NaiveDate) -> QueryResult<Option<Pulse>> {
    pulses::table.find((user, day)).select(Pulse::as_select()).first(conn).optional()
}

pub fn latest(conn: &mut PgConnection, user: UserId, limit: i64) -> QueryResult<Vec<Pulse>> {
    pulses::table
        .filter(pulses::user_id.eq(user))
        .order(pulses::day.desc())
        .limit(limit)
        .select(Pulse::as_select())
        .load(conn)
}

pub fn since(conn: &mut PgConnection, user: UserId, day: NaiveDate) -> QueryResult<Vec<Pulse>> {
    pulses::table
        .filter(pulses::user_id.eq(user))
        .filter(pulses::day.ge(day))
        .order(pulses::day)
        .select(Pulse::as_select())
        .load(conn)
}

pub fn save(conn: &mut PgConnection, user: UserId, pulse: &Pulse) -> QueryResult<usize> {
    diesel::insert_into(pulses::table)
        .values((pulses::user_id.eq(user), pulse))
        .on_conflict((pulses::user_id, pulses::day))
        .do_update()
        .set(pulse)
        .execute(conn)
}

/// How many rows one statement deletes at most, so that locks stay short.
const BATCH: i64 = 5_000;

pub fn delete_before(conn: &mut PgConnection, oldest: NaiveDate) -> QueryResult<usize> {
    let old = diesel::alias!(pulses as old);
    let (user, day) = (old.field(pulses::user_id), old.field(pulses::day));
    let batch: Vec<(UserId, NaiveDate)> =
        old.filter(day.lt(oldest)).order(day).select((user, day)).limit(BATCH).load(conn)?;
    let Some((_, last)) = batch.last().copied() else { return Ok(0) };
    let users: Vec<UserId> = batch.into_iter().map(|(user, _)| user).collect();
    let rows = pulses::table.filter(pulses::user_id.eq_any(users)).filter(pulses::day.le(last));
    diesel::delete(rows).execute(conn)
}

//! Pulses in PostgreSQL. Every read names its owner.

use crate::{accounts::UserId, schema::pulses};
use chrono::NaiveDate;
use diesel::prelude::*;

/// How one day felt, each 0 to 100.
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

pub fn save(conn: &mut PgConnection, user: UserId, pulse: &Pulse) -> QueryResult<usize> {
    diesel::insert_into(pulses::table)
        .values((pulses::user_id.eq(user), pulse))
        .on_conflict((pulses::user_id, pulses::day))
        .do_update()
        .set(pulse)
        .execute(conn)
}

pub fn delete_before(conn: &mut PgConnection, oldest: NaiveDate) -> QueryResult<usize> {
    diesel::delete(pulses::table.filter(pulses::day.lt(oldest))).execute(conn)
}

//! Names of what the audit log is about, in PostgreSQL.

use crate::db::schema::{departments, periods};
use chrono::NaiveDate;
use diesel::prelude::*;

pub fn departments(conn: &mut PgConnection, ids: &[i64]) -> QueryResult<Vec<(i64, String)>> {
    departments::table.filter(departments::id.eq_any(ids)).select((departments::id, departments::name)).load(conn)
}

/// A campaign's name, or the first day of a month.
pub fn periods(conn: &mut PgConnection, ids: &[i64]) -> QueryResult<Vec<(i64, (Option<String>, NaiveDate))>> {
    let periods = periods::table.filter(periods::id.eq_any(ids));
    periods.select((periods::id, (periods::name, periods::starts_on))).load(conn)
}

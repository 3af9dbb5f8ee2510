//! Names of departments and periods that the audit log refers to, in PostgreSQL.

use crate::db::schema::{departments, periods};
use chrono::NaiveDate;
use diesel::prelude::*;

pub fn departments(conn: &mut PgConnection, ids: &[i64]) -> QueryResult<Vec<(i64, String)>> {
    departments::table.filter(departments::id.eq_any(ids)).select((departments::id, departments::name)).load(conn)
}

/// Name (`None` for a month) and first day of periods, by id.
pub fn periods(conn: &mut PgConnection, ids: &[i64]) -> QueryResult<Vec<(i64, (Option<String>, NaiveDate))>> {
    let periods = periods::table.filter(periods::id.eq_any(ids));
    periods.select((periods::id, (periods::name, periods::starts_on))).load(conn)
}

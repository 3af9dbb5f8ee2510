//! Departments in PostgreSQL.

use crate::{hr::DepartmentId, schema::departments};
use diesel::prelude::*;

pub fn all(conn: &mut PgConnection) -> QueryResult<Vec<(DepartmentId, Option<DepartmentId>, String)>> {
    departments::table.select((departments::id, departments::parent_id, departments::name)).load(conn)
}

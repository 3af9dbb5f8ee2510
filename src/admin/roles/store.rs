//! Roles and their permissions in PostgreSQL.

use crate::{
    auth::roles::RoleTitle,
    db::schema::{role_permissions, roles, user_roles},
    domain::{Permission, RoleId},
};
use diesel::{dsl::count_star, prelude::*};
use std::collections::HashMap;

pub fn all(conn: &mut PgConnection) -> QueryResult<Vec<(RoleId, RoleTitle)>> {
    roles::table.order((roles::key.is_null(), roles::id)).select((roles::id, (roles::key, roles::name))).load(conn)
}

pub fn granted(conn: &mut PgConnection) -> QueryResult<Vec<(RoleId, String)>> {
    role_permissions::table.select((role_permissions::role_id, role_permissions::permission)).load(conn)
}

/// How many people have each of these roles; those that nobody has are left out.
pub fn count(conn: &mut PgConnection, of: &[RoleId]) -> QueryResult<HashMap<RoleId, i64>> {
    let counted = user_roles::table.filter(user_roles::role_id.eq_any(of)).group_by(user_roles::role_id);
    Ok(counted.select((user_roles::role_id, count_star())).load(conn)?.into_iter().collect())
}

pub fn insert(conn: &mut PgConnection, name: &str) -> QueryResult<RoleId> {
    diesel::insert_into(roles::table).values(roles::name.eq(name)).returning(roles::id).get_result(conn)
}

pub fn rename(conn: &mut PgConnection, id: RoleId, name: &str) -> QueryResult<usize> {
    diesel::update(roles::table.find(id)).set(roles::name.eq(name)).execute(conn)
}

pub fn revoke_all(conn: &mut PgConnection, id: RoleId) -> QueryResult<usize> {
    diesel::delete(role_permissions::table.filter(role_permissions::role_id.eq(id))).execute(conn)
}

pub fn grant(conn: &mut PgConnection, id: RoleId, permissions: &[Permission]) -> QueryResult<usize> {
    let rows: Vec<_> = permissions
        .iter()
        .map(|permission| (role_permissions::role_id.eq(id), role_permissions::permission.eq(permission.code())))
        .collect();
    diesel::insert_into(role_permissions::table).values(rows).execute(conn)
}

/// Deletes a role, after taking it from all holders.
pub fn delete(conn: &mut PgConnection, id: RoleId) -> QueryResult<usize> {
    diesel::delete(user_roles::table.filter(user_roles::role_id.eq(id))).execute(conn)?;
    diesel::delete(roles::table.find(id)).execute(conn)
}

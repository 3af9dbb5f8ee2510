//! Roles and permissions in PostgreSQL.

use crate::{
    auth::roles::Role,
    db::schema::{permissions, role_permissions, roles, user_roles, users},
    domain::{Permission, RoleId, UserId},
    error::AppError,
};
use diesel::{dsl::exists, prelude::*};

pub fn insert_missing_roles(conn: &mut PgConnection) -> QueryResult<()> {
    let keys: Vec<_> = Permission::ALL.iter().map(|permission| permissions::key.eq(permission.code())).collect();
    diesel::insert_into(permissions::table).values(keys).on_conflict_do_nothing().execute(conn)?;
    for role in Role::ALL {
        let made: Option<i64> = diesel::insert_into(roles::table)
            .values(roles::key.eq(role.code()))
            .on_conflict_do_nothing()
            .returning(roles::id)
            .get_result(conn)
            .optional()?;
        let Some(id) = made else { continue }; // keep the permissions as administrators changed them
        let granted: Vec<_> = role
            .permissions()
            .iter()
            .map(|permission| (role_permissions::role_id.eq(id), role_permissions::permission.eq(permission.code())))
            .collect();
        diesel::insert_into(role_permissions::table).values(granted).execute(conn)?;
    }
    Ok(())
}

/// Gives a person a built-in role; answers its id.
///
/// # Errors
/// Those of the database.
pub fn give(conn: &mut PgConnection, user: UserId, role: Role) -> Result<RoleId, AppError> {
    let id: RoleId = roles::table.filter(roles::key.eq(role.code())).select(roles::id).first(conn)?;
    diesel::insert_into(user_roles::table)
        .values((user_roles::user_id.eq(user), user_roles::role_id.eq(id)))
        .on_conflict_do_nothing()
        .execute(conn)?;
    Ok(id)
}

/// Serialises changes of roles until the transaction ends, by locking the row of that
/// permission FOR NO KEY UPDATE, which does not block foreign keys to it.
pub fn lock_role_management(conn: &mut PgConnection) -> QueryResult<()> {
    let row = permissions::table.find(Permission::ManageRoles.code()).select(permissions::key);
    row.for_no_key_update().first::<String>(conn).map(|_| ())
}

#[diesel::dsl::auto_type]
fn having(permission: &'static str) -> _ {
    user_roles::table
        .inner_join(role_permissions::table.on(role_permissions::role_id.eq(user_roles::role_id)))
        .inner_join(users::table)
        .filter(role_permissions::permission.eq(permission))
}

pub fn manages_roles(conn: &mut PgConnection, user: UserId) -> QueryResult<bool> {
    diesel::select(exists(having(Permission::ManageRoles.code()).filter(users::id.eq(user)))).get_result(conn)
}

/// Whether anybody but `but` can manage roles and has a password to sign in with.
pub fn others_manage_roles(conn: &mut PgConnection, but: Option<UserId>) -> QueryResult<bool> {
    let others = having(Permission::ManageRoles.code()).filter(users::id.ne(but.unwrap_or(UserId(0))));
    diesel::select(exists(others.filter(users::password_hash.is_not_null()))).get_result(conn)
}

/// Whether a person has one of these permissions.
pub fn has_permission(conn: &mut PgConnection, user: UserId, any_of: &[Permission]) -> QueryResult<bool> {
    let codes: Vec<&str> = any_of.iter().map(|permission| permission.code()).collect();
    let held = user_roles::table
        .inner_join(role_permissions::table.on(role_permissions::role_id.eq(user_roles::role_id)))
        .filter(user_roles::user_id.eq(user))
        .filter(role_permissions::permission.eq_any(codes));
    diesel::select(exists(held)).get_result(conn)
}

/// Everybody who has a role.
///
/// # Errors
/// Those of the database.
pub fn holders(conn: &mut PgConnection, role: RoleId) -> Result<Vec<UserId>, AppError> {
    Ok(user_roles::table.filter(user_roles::role_id.eq(role)).select(user_roles::user_id).load(conn)?)
}

/// The title of a role: a key of the catalogs if it is built in, else a name.
#[derive(Clone, Debug, Queryable)]
pub struct RoleTitle {
    pub key: Option<String>,
    pub name: Option<String>,
}

pub fn titles(conn: &mut PgConnection, ids: &[RoleId]) -> QueryResult<Vec<(RoleId, RoleTitle)>> {
    roles::table.filter(roles::id.eq_any(ids)).select((roles::id, (roles::key, roles::name))).load(conn)
}

//! Roles and their permissions: list, create, change, delete.

pub mod pages;
mod store;

use crate::{
    accounts::{self, Notice},
    audit::{self, Event},
    auth::{
        Actor,
        roles::{self, Role, RoleError, RoleTitle},
        sessions,
    },
    domain::{Permission, RoleId},
    error::AppError,
};
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use serde_json::{Value, json};

/// A role with its permissions.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: RoleId,
    pub title: RoleTitle,
    pub permissions: Vec<Permission>,
    /// How many people have it; `None` for the employee role, which everyone has.
    pub people: Option<i64>,
}

impl Listed {
    /// Whether it is built in: such a role cannot be renamed or deleted.
    pub fn ships(&self) -> bool {
        self.title.key.is_some()
    }
}

/// Every role, built-in ones first.
///
/// # Errors
/// Those of the database.
pub fn list(conn: &mut PgConnection) -> Result<Vec<Listed>, AppError> {
    let (roles, granted) = (store::all(conn)?, store::granted(conn)?);
    let permissions = |id: RoleId| {
        let has = |one: &Permission| granted.iter().any(|(role, code)| *role == id && code == one.code());
        Permission::ALL.into_iter().filter(has).collect()
    };
    // Counting the employee role would read a row of everyone.
    let given: Vec<_> = roles.iter().filter(|(_, title)| !title.is(Role::Employee)).map(|(id, _)| *id).collect();
    let people = store::count(conn, &given)?;
    let people = |id: RoleId| given.contains(&id).then(|| people.get(&id).copied().unwrap_or_default());
    let listed = |(id, title)| Listed { id, permissions: permissions(id), people: people(id), title };
    Ok(roles.into_iter().map(listed).collect())
}

/// One role.
///
/// # Errors
/// [`AppError::NotFound`] when there is none with this number.
pub fn find(conn: &mut PgConnection, id: RoleId) -> Result<Listed, AppError> {
    list(conn)?.into_iter().find(|role| role.id == id).ok_or(AppError::NotFound)
}

/// Creates a role.
///
/// # Errors
/// [`RoleError::NameTaken`], or those of [`roles::changing`].
pub fn create(
    conn: &mut PgConnection,
    actor: Actor,
    name: &str,
    permissions: &[Permission],
    now: DateTime<Utc>,
) -> Result<(), RoleError> {
    roles::changing(conn, actor.user, |conn| {
        let id = store::insert(conn, name)?;
        store::grant(conn, id, permissions)?;
        record(conn, actor, Event::RoleCreated, id, permissions, now)
    })
}

/// Changes a role's permissions and, unless it is built in, its name. Mails its
/// holders when its permissions changed; their sign-ins stay, as permissions are read
/// with every request.
///
/// # Errors
/// [`RoleError::Shipped`] for the employee role, which has no permissions,
/// [`RoleError::NameTaken`], or those of [`roles::changing`].
pub fn change(
    conn: &mut PgConnection,
    actor: Actor,
    id: RoleId,
    name: &str,
    permissions: &[Permission],
    now: DateTime<Utc>,
) -> Result<(), RoleError> {
    roles::changing(conn, actor.user, |conn| {
        let role = find(conn, id)?;
        if role.title.is(Role::Employee) {
            return Err(RoleError::Shipped);
        }
        if !role.ships() {
            store::rename(conn, id, name)?;
        }
        store::revoke_all(conn, id)?;
        store::grant(conn, id, permissions)?;
        let is_same = |one: &Permission| role.permissions.contains(one) == permissions.contains(one);
        if !Permission::ALL.iter().all(is_same) {
            tell_holders(conn, id, now)?;
        }
        record(conn, actor, Event::RoleChanged, id, permissions, now)
    })
}

/// Deletes a role, takes it from all holders, mails them, and ends their sign-ins.
///
/// # Errors
/// [`RoleError::Shipped`], or those of [`roles::changing`].
pub fn delete(conn: &mut PgConnection, actor: Actor, id: RoleId, now: DateTime<Utc>) -> Result<(), RoleError> {
    roles::changing(conn, actor.user, |conn| {
        if find(conn, id)?.ships() {
            return Err(RoleError::Shipped);
        }
        tell_holders(conn, id, now)?;
        sessions::end_all_with_role(conn, id, actor.sign_in)?;
        store::delete(conn, id)?;
        Ok(audit::record(conn, Some(actor.user), Event::RoleDeleted, Some(id.0), json!({}), now)?)
    })
}

fn tell_holders(conn: &mut PgConnection, id: RoleId, now: DateTime<Utc>) -> Result<(), AppError> {
    for holder in roles::holders(conn, id)? {
        accounts::tell(conn, holder, Notice::RolesChanged, now)?;
    }
    Ok(())
}

fn record(
    conn: &mut PgConnection,
    actor: Actor,
    event: Event,
    id: RoleId,
    permissions: &[Permission],
    now: DateTime<Utc>,
) -> Result<(), RoleError> {
    let codes: Vec<Value> = permissions.iter().map(|permission| permission.code().into()).collect();
    Ok(audit::record(conn, Some(actor.user), event, Some(id.0), json!({ "permissions": codes }), now)?)
}

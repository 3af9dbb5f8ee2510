//! Roles and permissions. A role is a named set of permissions; a person has roles.
//! The four built-in roles are stored at start; administrators create others. The
//! last person who can manage roles cannot lose that permission.

mod store;

use crate::{
    domain::{Permission, RoleId, UserId, codes::coded},
    error::AppError,
    i18n::Catalog,
};
use diesel::{Connection as _, PgConnection, result::DatabaseErrorKind};
use std::collections::HashMap;

pub use store::{RoleTitle, give, has_permission, holders};

coded! {
    /// The built-in roles. Everyone has the employee role; access to one's own
    /// data needs no permission.
    Role { Employee = "employee", Manager = "manager", Hr = "hr", Admin = "admin" }
}

impl Role {
    /// Its permissions when it is first stored.
    pub const fn permissions(self) -> &'static [Permission] {
        use Permission as P;
        match self {
            Self::Employee => &[],
            Self::Manager => &[P::ViewTeamInsights],
            Self::Hr => {
                &[P::ViewCompanyInsights, P::ManageCampaigns, P::ManageEmployees, P::ManageContent, P::AnswerSupport]
            }
            Self::Admin => &[P::ManageRoles, P::ViewAudit],
        }
    }
}

/// Stores the roles and permissions that are not there yet.
///
/// # Errors
/// Those of the database.
pub fn store_shipped(conn: &mut PgConnection) -> Result<(), AppError> {
    conn.transaction(|conn| Ok(store::insert_missing_roles(conn)?))
}

/// Why a change of roles was refused.
#[derive(Debug, thiserror::Error)]
pub enum RoleError {
    #[error("nobody would be left who can manage roles; give somebody else such a role first")]
    LastAdmin,
    #[error("another role has this name already")]
    NameTaken,
    /// Built-in roles keep their names, and the employee role has no permissions.
    #[error("a role that ships cannot be changed like this")]
    Shipped,
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<diesel::result::Error> for RoleError {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::Error::DatabaseError;
        match error {
            DatabaseError(DatabaseErrorKind::UniqueViolation, ref info)
                if info.constraint_name() == Some("roles_name_key") =>
            {
                Self::NameTaken
            }
            error => Self::App(error.into()),
        }
    }
}

/// Refuses when `leaving` is the last person who can sign in and manage roles. Call
/// it first in the transaction that archives or erases them: its lock keeps others
/// from losing that permission until the transaction ends, so that two
/// administrators cannot leave at the same time.
///
/// # Errors
/// [`RoleError::LastAdmin`], or those of the database.
pub fn ensure_an_admin_stays(conn: &mut PgConnection, leaving: UserId) -> Result<(), RoleError> {
    store::lock_role_management(conn)?;
    if store::manages_roles(conn, leaving)? && !store::others_manage_roles(conn, Some(leaving))? {
        return Err(RoleError::LastAdmin);
    }
    Ok(())
}

/// Runs a change of roles or permissions in a transaction, one at a time, and rolls
/// it back when nobody would be left who can sign in and manage roles.
///
/// # Errors
/// [`AppError::Forbidden`] when `actor` has no permission to manage roles any more,
/// [`RoleError::LastAdmin`], or those of `change`.
pub fn changing(
    conn: &mut PgConnection,
    actor: UserId,
    change: impl FnOnce(&mut PgConnection) -> Result<(), RoleError>,
) -> Result<(), RoleError> {
    conn.transaction(|conn| {
        store::lock_role_management(conn)?;
        if !store::manages_roles(conn, actor)? {
            return Err(AppError::Forbidden.into());
        }
        change(conn)?;
        if store::others_manage_roles(conn, None)? { Ok(()) } else { Err(RoleError::LastAdmin) }
    })
}

impl RoleTitle {
    /// The name from the catalogs for a built-in role, else as it was entered.
    pub fn text(&self, words: &Catalog) -> String {
        match (&self.key, &self.name) {
            (Some(key), _) => words.text(&format!("role-{key}")).to_owned(),
            (None, name) => name.clone().unwrap_or_default(),
        }
    }

    /// Whether it is this built-in role.
    pub fn is(&self, role: Role) -> bool {
        self.key.as_deref() == Some(role.code())
    }
}

/// Titles by id; deleted roles are missing.
///
/// # Errors
/// Those of the database.
pub fn titles(conn: &mut PgConnection, roles: &[RoleId]) -> Result<HashMap<RoleId, RoleTitle>, AppError> {
    Ok(store::titles(conn, roles)?.into_iter().collect())
}

/// Whether these permissions combine managing roles with any of HR's, which a company
/// may want to separate.
pub fn mixes_admin_with_hr(permissions: &[Permission]) -> bool {
    permissions.contains(&Permission::ManageRoles) && Role::Hr.permissions().iter().any(|one| permissions.contains(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_managing_roles_together_with_hrs_work_is_a_mix() {
        for (permissions, mixes) in [
            (&[][..], false),
            (Role::Admin.permissions(), false),
            (Role::Hr.permissions(), false),
            (&[Permission::ManageRoles, Permission::ViewTeamInsights], false),
            (&[Permission::ManageRoles, Permission::ManageCampaigns], true),
            (&Permission::ALL, true),
        ] {
            assert_eq!(mixes_admin_with_hr(permissions), mixes, "{permissions:?}");
        }
    }
}

//! Roles and permissions. A role is a named set of permissions; a user has
//! roles. The four roles that ship are stored at start; admins make others.
//! Never leaves an installation that has an admin without one.

mod store;

use crate::{
    domain::{Permission, RoleId, UserId, codes::coded},
    error::AppError,
    i18n::Catalog,
};
use diesel::{Connection as _, PgConnection, result::DatabaseErrorKind};
use std::collections::HashMap;

pub use store::{RoleTitle, has_permission};

coded! {
    /// The roles that ship. Everyone is an employee; an employee needs no
    /// permission for what is their own.
    Role { Employee = "employee", Manager = "manager", Hr = "hr", Admin = "admin" }
}

impl Role {
    /// What the role may do when it is first stored.
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

/// Gives a person a role that ships; answers its number.
///
/// # Errors
/// Those of the database.
pub fn give(conn: &mut PgConnection, user: UserId, role: Role) -> Result<RoleId, AppError> {
    Ok(store::give_role(conn, user, role)?)
}

/// Why roles stay as they are.
#[derive(Debug, thiserror::Error)]
pub enum RoleError {
    #[error("nobody would be left who can manage roles; give somebody else such a role first")]
    LastAdmin,
    #[error("another role has this name already")]
    NameTaken,
    /// Its name belongs to the product, or it has no permissions to give.
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

/// Refuses to let the last person who can sign in and manage roles go. Call it
/// first in the transaction that archives or erases them: until it ends nobody
/// else can lose that permission, so two admins cannot go at the same moment.
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

/// Changes who may do what, one such change at a time, and takes it back when
/// nobody would be left who manages roles.
///
/// # Errors
/// [`AppError::Forbidden`] when `actor` lost the permission a moment ago,
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
    /// In the words of the catalogs for a role that ships, else as it was named.
    pub fn text(&self, words: &Catalog) -> String {
        match (&self.key, &self.name) {
            (Some(key), _) => words.text(&format!("role-{key}")).to_owned(),
            (None, name) => name.clone().unwrap_or_default(),
        }
    }

    /// Whether it ships with the product.
    pub fn is(&self, role: Role) -> bool {
        self.key.as_deref() == Some(role.code())
    }
}

/// What roles are called; those that are gone are missing.
///
/// # Errors
/// Those of the database.
pub fn titles(conn: &mut PgConnection, roles: &[RoleId]) -> Result<HashMap<RoleId, RoleTitle>, AppError> {
    Ok(store::titles(conn, roles)?.into_iter().collect())
}

/// Everybody who has a role.
///
/// # Errors
/// Those of the database.
pub fn holders(conn: &mut PgConnection, role: RoleId) -> Result<Vec<UserId>, AppError> {
    Ok(store::holders_of(conn, role)?)
}

/// Whether these permissions together give one person both the accounts and
/// HR's work, which a company may want to keep apart.
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

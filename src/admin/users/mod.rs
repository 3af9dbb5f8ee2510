//! People and their roles: list, search, give and take roles, end sign-ins.

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
    domain::{Permission, RoleId, UserId},
    employees::Words,
    error::AppError,
};
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use serde_json::json;

pub use store::Person;

/// People per page.
pub const PAGE: usize = 50;

/// Which people to list.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub words: Words,
    pub role: Option<RoleId>,
    /// The last person of the page before (keyset pagination).
    pub after: Option<UserId>,
}

/// A person in the list.
#[derive(Debug)]
pub struct Listed {
    pub person: Person,
    /// Without the employee role, which everyone has.
    pub roles: Vec<RoleTitle>,
}

/// A role that can be given to a person, and whether they have it.
#[derive(Debug)]
pub struct Choice {
    pub id: RoleId,
    pub title: RoleTitle,
    pub permissions: Vec<Permission>,
    pub held: bool,
}

/// People by name, up to [`PAGE`] + 1: an extra one means that there is a next page.
///
/// # Errors
/// Those of the database.
pub fn list(conn: &mut PgConnection, filter: &Filter) -> Result<Vec<Listed>, AppError> {
    let people = store::page(conn, filter, PAGE as i64 + 1)?;
    let ids: Vec<UserId> = people.iter().map(|person| person.id).collect();
    let held = store::roles_of(conn, &ids)?;
    let of = |id: UserId| held.iter().filter(move |(user, _)| *user == id).map(|(_, title)| title.clone());
    let titles = |id| of(id).filter(|title| !title.is(Role::Employee)).collect();
    Ok(people.into_iter().map(|person| Listed { roles: titles(person.id), person }).collect())
}

/// A person, and every role but the employee role.
///
/// # Errors
/// [`AppError::NotFound`] when nobody has this number.
pub fn find(conn: &mut PgConnection, user: UserId) -> Result<(Person, Vec<Choice>), AppError> {
    let person = store::person(conn, user)?;
    let held = store::role_ids_of(conn, user)?;
    let choices = super::roles::list(conn)?.into_iter().filter(|role| !role.title.is(Role::Employee));
    let choice = |role: super::roles::Listed| Choice {
        held: held.contains(&role.id),
        id: role.id,
        title: role.title,
        permissions: role.permissions,
    };
    Ok((person, choices.map(choice).collect()))
}

/// Gives a person a role, mails them, and ends their sign-ins; no effect if they have it.
///
/// # Errors
/// [`AppError::NotFound`] for a person or role that is not there, or those of
/// [`roles::changing`].
pub fn give(
    conn: &mut PgConnection,
    actor: Actor,
    user: UserId,
    role: RoleId,
    now: DateTime<Utc>,
) -> Result<(), RoleError> {
    change(conn, actor, user, role, Event::RoleGiven, store::give, now)
}

/// Takes a role from a person, mails them, and ends their sign-ins; no effect if
/// they do not have it.
///
/// # Errors
/// As [`give`].
pub fn take(
    conn: &mut PgConnection,
    actor: Actor,
    user: UserId,
    role: RoleId,
    now: DateTime<Utc>,
) -> Result<(), RoleError> {
    change(conn, actor, user, role, Event::RoleTaken, store::take, now)
}

/// Ends every sign-in of a person, except the acting administrator's current one.
///
/// # Errors
/// [`AppError::NotFound`] for a person who is not there, or those of
/// [`roles::changing`].
pub fn sign_out(conn: &mut PgConnection, actor: Actor, user: UserId, now: DateTime<Utc>) -> Result<(), RoleError> {
    roles::changing(conn, actor.user, |conn| {
        store::lock_person(conn, user)?;
        sessions::end_all(conn, user, actor.keeps(user))?;
        Ok(audit::record(conn, Some(actor.user), Event::PersonSignedOut, Some(user.0), json!({}), now)?)
    })
}

/// Ends every sign-in of everyone, except the acting administrator's current one.
///
/// # Errors
/// Those of [`roles::changing`].
pub fn sign_everyone_out(conn: &mut PgConnection, actor: Actor, now: DateTime<Utc>) -> Result<(), RoleError> {
    roles::changing(conn, actor.user, |conn| {
        sessions::end_everyones(conn, actor.sign_in)?;
        Ok(audit::record(conn, Some(actor.user), Event::EveryoneSignedOut, None, json!({}), now)?)
    })
}

fn change(
    conn: &mut PgConnection,
    actor: Actor,
    user: UserId,
    role: RoleId,
    event: Event,
    write: fn(&mut PgConnection, UserId, RoleId) -> diesel::QueryResult<usize>,
    now: DateTime<Utc>,
) -> Result<(), RoleError> {
    roles::changing(conn, actor.user, |conn| {
        store::lock_person(conn, user)?;
        let titles = roles::titles(conn, &[role])?;
        // Everyone is an employee: that role is neither given nor taken here.
        if titles.get(&role).is_none_or(|title| title.is(Role::Employee)) {
            return Err(AppError::NotFound.into());
        }
        if write(conn, user, role)? == 0 {
            return Ok(());
        }
        sessions::end_all(conn, user, actor.keeps(user))?;
        accounts::tell(conn, user, Notice::RolesChanged, now)?;
        Ok(audit::record(conn, Some(actor.user), event, Some(user.0), json!({ "role": role }), now)?)
    })
}

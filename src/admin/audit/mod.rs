//! The audit log as shown to administrators, with names in place of ids.

pub mod pages;
mod store;

use crate::{
    accounts,
    audit::{About, Entry},
    auth::roles::{self, RoleTitle},
    domain::{RoleId, UserId},
    error::AppError,
};
use chrono::NaiveDate;
use diesel::PgConnection;
use std::collections::HashMap;

/// Current names of the people, roles, departments and periods that rows refer to;
/// deleted ones are missing.
#[derive(Debug, Default)]
pub struct Names {
    people: HashMap<UserId, String>,
    roles: HashMap<RoleId, RoleTitle>,
    departments: HashMap<i64, String>,
    periods: HashMap<i64, (Option<String>, NaiveDate)>,
}

/// Looks up the names that these rows need.
///
/// # Errors
/// Those of the database.
pub fn names(conn: &mut PgConnection, entries: &[Entry]) -> Result<Names, AppError> {
    let subjects = |about: About| {
        let of_kind = entries.iter().filter(move |entry| entry.event().is_some_and(|event| event.about() == about));
        of_kind.filter_map(|entry| entry.subject)
    };
    let people = subjects(About::Person).map(UserId).chain(entries.iter().filter_map(|entry| entry.actor));
    let roles = subjects(About::Role).map(RoleId).chain(entries.iter().filter_map(Entry::role));
    Ok(Names {
        people: accounts::names(conn, &people.collect::<Vec<_>>())?,
        roles: roles::titles(conn, &roles.collect::<Vec<_>>())?,
        departments: store::departments(conn, &subjects(About::Department).collect::<Vec<_>>())?.into_iter().collect(),
        periods: store::periods(conn, &subjects(About::Period).collect::<Vec<_>>())?.into_iter().collect(),
    })
}

//! The audit log as shown to administrators, with names in place of ids.

pub mod pages;
mod store;

use crate::{
    accounts,
    audit::{
        self, About, Entry, Filter,
        chain::{self, Checked},
    },
    auth::roles::{self, RoleTitle},
    db::keyset,
    domain::{RoleId, UserId},
    error::AppError,
    keys::Signer,
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

/// Rows per page.
const PAGE: usize = 50;

/// One page of the log.
#[derive(Debug)]
pub struct Log {
    /// Newest first.
    pub entries: Vec<Entry>,
    /// Whether there are older rows.
    pub more: bool,
    pub names: Names,
    /// The last check of the chain, if its signature is this installation's.
    pub checked: Option<Checked>,
}

/// The rows that the filter selects, a page of them.
///
/// # Errors
/// Those of the database.
pub fn read(conn: &mut PgConnection, filter: &Filter, signer: &Signer) -> Result<Log, AppError> {
    let (entries, more) = keyset::cut(audit::list(conn, filter, PAGE as i64 + 1)?, PAGE);
    let names = names(conn, &entries, filter.actor)?;
    Ok(Log { entries, more, names, checked: chain::last_check(conn, signer)? })
}

/// Looks up the names that these rows need, and that of the person whose actions are
/// selected.
fn names(conn: &mut PgConnection, entries: &[Entry], selected: Option<UserId>) -> Result<Names, AppError> {
    let subjects = |about: About| {
        let of_kind = entries.iter().filter(move |entry| entry.event().is_some_and(|event| event.about() == about));
        of_kind.filter_map(|entry| entry.subject)
    };
    let people = subjects(About::Person).map(UserId).chain(entries.iter().filter_map(|entry| entry.actor));
    let people = people.chain(selected);
    let roles = subjects(About::Role).map(RoleId).chain(entries.iter().filter_map(Entry::role));
    Ok(Names {
        people: accounts::names(conn, &people.collect::<Vec<_>>())?,
        roles: roles::titles(conn, &roles.collect::<Vec<_>>())?,
        departments: store::departments(conn, &subjects(About::Department).collect::<Vec<_>>())?.into_iter().collect(),
        periods: store::periods(conn, &subjects(About::Period).collect::<Vec<_>>())?.into_iter().collect(),
    })
}

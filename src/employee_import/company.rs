//! Reads from the database what already exists of the people and departments in a file.

use super::{file::Row, plan::Company, store};
use crate::{departments, domain::Email, error::AppError};
use diesel::PgConnection;
use std::collections::HashMap;

/// Every address in the rows, normalised, without duplicates.
pub fn addresses(rows: &[Row]) -> Vec<String> {
    let named = rows.iter().flat_map(|row| [&row.email, &row.manager]).flatten();
    let mut addresses: Vec<String> = named.filter_map(|text| Some(Email::parse(text)?.as_str().to_owned())).collect();
    addresses.sort_unstable();
    addresses.dedup();
    addresses
}

/// The departments, and the people with these addresses. Reporting lines are read only
/// when the file names managers.
///
/// # Errors
/// Those of the database.
pub fn read(conn: &mut PgConnection, addresses: &[String], with_managers: bool) -> Result<Company, AppError> {
    let managers = if with_managers { store::managers(conn)? } else { HashMap::default() };
    Ok(Company { departments: departments::all(conn)?, people: store::people(conn, addresses)?, managers })
}

//! What is stored of the installation itself, in a table of one row.

use crate::{db::schema::installation, i18n::Language};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// Whether it serves the demo company.
///
/// # Errors
/// Those of the database.
pub fn is_demo(conn: &mut PgConnection) -> QueryResult<bool> {
    installation::table.select(installation::demo_since.is_not_null()).first(conn)
}

/// Marks it as serving the demo company.
///
/// # Errors
/// Those of the database.
pub fn mark_demo(conn: &mut PgConnection, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(installation::table).set(installation::demo_since.eq(now)).execute(conn)?;
    Ok(())
}

/// The language of mail to people who chose none.
///
/// # Errors
/// Those of the database.
pub fn language(conn: &mut PgConnection) -> QueryResult<Language> {
    installation::table.select(installation::language).first(conn)
}

/// Sets that language.
///
/// # Errors
/// Those of the database.
pub fn set_language(conn: &mut PgConnection, language: Language) -> QueryResult<()> {
    let other = installation::table.filter(installation::language.ne(language));
    diesel::update(other).set(installation::language.eq(language)).execute(conn)?;
    Ok(())
}

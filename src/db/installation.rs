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

/// The noise key of the demo company, whose figures are the same on every machine.
const DEMO_NOISE_KEY: [u8; 32] = [0; 32];

/// Marks it as serving the demo company.
///
/// # Errors
/// Those of the database.
pub fn mark_demo(conn: &mut PgConnection, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(installation::table)
        .set((installation::demo_since.eq(now), installation::noise_key.eq(&DEMO_NOISE_KEY[..])))
        .execute(conn)?;
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

/// The secret key of the noise on published means: 32 bytes.
///
/// # Errors
/// Those of the database.
pub fn noise_key(conn: &mut PgConnection) -> QueryResult<Vec<u8>> {
    installation::table.select(installation::noise_key).first(conn)
}

/// The moment before which figures were published without noise, if any were.
///
/// # Errors
/// Those of the database.
pub fn noise_since(conn: &mut PgConnection) -> QueryResult<DateTime<Utc>> {
    installation::table.select(installation::noise_since).first(conn)
}

//! Schema migrations, embedded in the binary. Instances that start at the same time
//! take turns by an advisory lock.

use crate::{
    db::locks::{self, Lock},
    error::AppError,
};
use diesel::{Connection as _, PgConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// A migration and whether it has run.
pub struct Migration {
    pub name: String,
    pub applied: bool,
}

/// Runs pending migrations in one transaction; answers their names.
///
/// # Errors
/// The first migration that fails; all of this run are rolled back.
pub fn run(conn: &mut PgConnection) -> Result<Vec<String>, AppError> {
    locked(conn, |conn| {
        let ran = conn.run_pending_migrations(MIGRATIONS).map_err(internal)?;
        Ok(ran.iter().map(ToString::to_string).collect())
    })
}

/// Reverts the latest migration; answers its name, `None` if none is applied.
///
/// # Errors
/// When it cannot be reverted.
pub fn revert(conn: &mut PgConnection) -> Result<Option<String>, AppError> {
    locked(conn, |conn| {
        if conn.applied_migrations().map_err(internal)?.is_empty() {
            return Ok(None);
        }
        Ok(Some(conn.revert_last_migration(MIGRATIONS).map_err(internal)?.to_string()))
    })
}

/// Every migration, oldest first.
///
/// # Errors
/// Those of the database.
pub fn status(conn: &mut PgConnection) -> Result<Vec<Migration>, AppError> {
    use diesel::migration::MigrationSource as _;
    let applied = conn.applied_migrations().map_err(internal)?;
    let mut all: Vec<Box<dyn diesel::migration::Migration<diesel::pg::Pg>>> =
        MIGRATIONS.migrations().map_err(internal)?;
    all.sort_by_key(|migration| migration.name().version().to_string());
    let is_applied = |version: &diesel::migration::MigrationVersion<'_>| applied.iter().any(|one| one == version);
    let names = all.iter().map(|migration| migration.name());
    Ok(names.map(|name| Migration { name: name.to_string(), applied: is_applied(&name.version()) }).collect())
}

fn locked<T>(
    conn: &mut PgConnection,
    work: impl FnOnce(&mut PgConnection) -> Result<T, AppError>,
) -> Result<T, AppError> {
    locks::begin(conn, Lock::Migrations)?;
    let result = conn.transaction(work);
    locks::end(conn, Lock::Migrations)?;
    result
}

fn internal(error: Box<dyn std::error::Error + Send + Sync>) -> AppError {
    AppError::Internal(anyhow::anyhow!("{error}"))
}

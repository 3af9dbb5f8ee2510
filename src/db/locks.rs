//! Every advisory lock there is. A database may hold several installations in
//! schemas of their own, which must not wait for each other: one half of each
//! key is the schema.

use diesel::{
    prelude::*,
    sql_types::{BigInt, Integer, Text},
};

/// What instances take turns at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// Running or taking back migrations.
    Migrations = 0x4845_0001,
    /// Adding a row to the audit log: each carries the hash of the one before.
    AuditLog = 0x4845_0002,
    /// Closing periods and publishing them.
    Closing = 0x4845_0003,
    /// Moving departments: two moves that each are fine could make a circle.
    Departments = 0x4845_0004,
    /// Changing managers, for the same reason.
    Managers = 0x4845_0005,
    /// Sending reminders, so that nobody gets two.
    Reminders = 0x4845_0006,
}

#[diesel::declare_sql_function]
extern "SQL" {
    #[sql_name = "pg_advisory_xact_lock"]
    fn lock_number(key: BigInt);
    fn pg_advisory_xact_lock(key: Integer, installation: Integer);
    fn pg_advisory_lock(key: Integer, installation: Integer);
    fn pg_try_advisory_lock(key: Integer, installation: Integer) -> Bool;
    fn pg_advisory_unlock(key: Integer, installation: Integer) -> Bool;
    fn hashtext(text: Text) -> Integer;
    fn current_schema() -> Text;
}

/// Waits for a lock and holds it until the transaction ends.
pub fn hold(conn: &mut PgConnection, lock: Lock) -> QueryResult<()> {
    diesel::select(pg_advisory_xact_lock(lock as i32, hashtext(current_schema()))).execute(conn)?;
    Ok(())
}

/// Waits for a lock and holds it until [`end`], across transactions.
pub fn begin(conn: &mut PgConnection, lock: Lock) -> QueryResult<()> {
    diesel::select(pg_advisory_lock(lock as i32, hashtext(current_schema()))).execute(conn)?;
    Ok(())
}

/// Takes a lock until [`end`] if nobody has it; answers whether it did.
pub fn try_begin(conn: &mut PgConnection, lock: Lock) -> QueryResult<bool> {
    diesel::select(pg_try_advisory_lock(lock as i32, hashtext(current_schema()))).get_result(conn)
}

/// Gives back what [`begin`] or [`try_begin`] took; answers whether it was held.
pub fn end(conn: &mut PgConnection, lock: Lock) -> QueryResult<bool> {
    diesel::select(pg_advisory_unlock(lock as i32, hashtext(current_schema()))).get_result(conn)
}

/// Waits for other tries of one account and lets no other through until the
/// transaction ends. `account` is a keyed hash, another one in each installation.
pub fn hold_account(conn: &mut PgConnection, account: &[u8; 32]) -> QueryResult<()> {
    let [a, b, c, d, e, f, g, h, ..] = *account;
    diesel::select(lock_number(i64::from_be_bytes([a, b, c, d, e, f, g, h]))).execute(conn)?;
    Ok(())
}

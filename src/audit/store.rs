//! The audit log in PostgreSQL, which itself refuses to change or delete a row.

use crate::{
    audit::{Entry, EventId},
    schema::audit_events,
};
use diesel::prelude::*;

/// Key of the advisory lock that puts writers in a row.
const CHAIN: i64 = 0x4845_4152_5448_0001;

#[diesel::declare_sql_function]
extern "SQL" {
    fn pg_advisory_xact_lock(key: diesel::sql_types::BigInt);
}

pub fn lock(conn: &mut PgConnection) -> QueryResult<()> {
    diesel::select(pg_advisory_xact_lock(CHAIN)).execute(conn)?;
    Ok(())
}

pub fn last(conn: &mut PgConnection) -> QueryResult<Option<(EventId, Vec<u8>)>> {
    let newest = audit_events::table.order(audit_events::id.desc());
    newest.select((audit_events::id, audit_events::hash)).first(conn).optional()
}

pub fn insert(conn: &mut PgConnection, entry: &Entry) -> QueryResult<usize> {
    diesel::insert_into(audit_events::table)
        .values((
            audit_events::id.eq(entry.id),
            audit_events::happened_at.eq(entry.happened_at),
            audit_events::actor_id.eq(entry.actor),
            audit_events::event.eq(&entry.event),
            audit_events::subject_id.eq(entry.subject),
            audit_events::details.eq(&entry.details),
            audit_events::previous_hash.eq(&entry.previous_hash),
            audit_events::hash.eq(&entry.hash),
        ))
        .execute(conn)
}

//! The audit log in PostgreSQL, where triggers refuse to change or delete rows.

use crate::{
    audit::{Entry, EventId, Filter, Seal, chain::Checked},
    db::{
        schema::{audit_checks, audit_events, audit_seal},
        types::pg_id,
    },
    error::AppError,
};
use diesel::prelude::*;

pg_id!(EventId);

/// Id, hash and key id of the newest row.
pub fn last(conn: &mut PgConnection) -> QueryResult<Option<(EventId, Vec<u8>, Option<Vec<u8>>)>> {
    let newest = audit_events::table.order(audit_events::id.desc());
    newest.select((audit_events::id, audit_events::hash, audit_events::key_id)).first(conn).optional()
}

/// Stores the seal, unless there is one.
pub fn seal(conn: &mut PgConnection, seal: &Seal) -> QueryResult<usize> {
    let Seal { unkeyed, key_id, mac } = seal;
    diesel::insert_into(audit_seal::table)
        .values((audit_seal::unkeyed.eq(unkeyed), audit_seal::key_id.eq(key_id), audit_seal::mac.eq(mac)))
        .on_conflict_do_nothing()
        .execute(conn)
}

pub fn stored_seal(conn: &mut PgConnection) -> QueryResult<Option<Seal>> {
    audit_seal::table.select((audit_seal::unkeyed, audit_seal::key_id, audit_seal::mac)).first(conn).optional()
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
            audit_events::key_id.eq(&entry.key_id),
        ))
        .execute(conn)
}

/// Rows, newest first.
///
/// # Errors
/// Those of the database.
pub fn list(conn: &mut PgConnection, filter: &Filter, limit: i64) -> Result<Vec<Entry>, AppError> {
    let mut rows = audit_events::table.into_boxed();
    if let Some(event) = filter.event {
        rows = rows.filter(audit_events::event.eq(event.code()));
    }
    if let Some(actor) = filter.actor {
        rows = rows.filter(audit_events::actor_id.eq(actor));
    }
    if let Some(before) = filter.before {
        rows = rows.filter(audit_events::id.lt(before));
    }
    Ok(rows.order(audit_events::id.desc()).limit(limit).load(conn)?)
}

/// Up to `limit` rows after this id, in order.
pub fn after(conn: &mut PgConnection, id: EventId, limit: i64) -> QueryResult<Vec<Entry>> {
    audit_events::table.filter(audit_events::id.gt(id)).order(audit_events::id).limit(limit).load(conn)
}

pub fn hash_of(conn: &mut PgConnection, id: EventId) -> QueryResult<Option<Vec<u8>>> {
    audit_events::table.find(id).select(audit_events::hash).first(conn).optional()
}

pub fn last_check(conn: &mut PgConnection) -> QueryResult<Option<(Checked, Vec<u8>)>> {
    let checked = (
        audit_checks::checked_at,
        audit_checks::last_id,
        audit_checks::last_hash,
        audit_checks::unkeyed,
        audit_checks::broken_id,
        audit_checks::unknown_id,
    );
    audit_checks::table.select((checked, audit_checks::mac)).first(conn).optional()
}

pub fn store_check(conn: &mut PgConnection, checked: &Checked, mac: &[u8]) -> QueryResult<usize> {
    let Checked { at, last, hash, unkeyed, broken, unknown } = checked;
    let found = (
        audit_checks::checked_at.eq(at),
        audit_checks::last_id.eq(last),
        audit_checks::last_hash.eq(hash),
        audit_checks::unkeyed.eq(unkeyed),
        audit_checks::broken_id.eq(broken),
        audit_checks::unknown_id.eq(unknown),
        audit_checks::mac.eq(mac),
    );
    diesel::insert_into(audit_checks::table)
        .values(found)
        .on_conflict(audit_checks::singleton)
        .do_update()
        .set(found)
        .execute(conn)
}

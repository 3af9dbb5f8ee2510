//! Versions of questionnaires in PostgreSQL.

use crate::{
    db::{
        schema::{instrument_versions, instruments},
        types::pg_id,
    },
    instruments::{VersionId, instrument::Instrument},
};
use diesel::prelude::*;
use serde_json::Value;

pg_id!(VersionId);

/// Stores a version unless it exists; returns its id and the stored definition.
pub fn insert_version(
    conn: &mut PgConnection,
    instrument: &Instrument,
    definition: &Value,
) -> QueryResult<(VersionId, Value)> {
    diesel::insert_into(instruments::table)
        .values(instruments::key.eq(&instrument.id))
        .on_conflict_do_nothing()
        .execute(conn)?;
    let instrument_id: i64 =
        instruments::table.filter(instruments::key.eq(&instrument.id)).select(instruments::id).first(conn)?;
    diesel::insert_into(instrument_versions::table)
        .values((
            instrument_versions::instrument_id.eq(instrument_id),
            instrument_versions::version.eq(&instrument.version),
            instrument_versions::definition.eq(definition),
        ))
        .on_conflict_do_nothing()
        .execute(conn)?;
    instrument_versions::table
        .filter(instrument_versions::instrument_id.eq(instrument_id))
        .filter(instrument_versions::version.eq(&instrument.version))
        .select((instrument_versions::id, instrument_versions::definition))
        .first(conn)
}

pub fn version_named(conn: &mut PgConnection, instrument: &str, version: &str) -> QueryResult<VersionId> {
    instrument_versions::table
        .inner_join(instruments::table)
        .filter(instruments::key.eq(instrument))
        .filter(instrument_versions::version.eq(version))
        .select(instrument_versions::id)
        .first(conn)
}

pub fn definition(conn: &mut PgConnection, id: VersionId) -> QueryResult<Value> {
    instrument_versions::table.find(id).select(instrument_versions::definition).first(conn)
}

/// Every version, and whether a licence was attested.
pub fn versions(conn: &mut PgConnection) -> QueryResult<Vec<(VersionId, Value, bool)>> {
    instrument_versions::table
        .order((instrument_versions::instrument_id, instrument_versions::id.desc()))
        .select((
            instrument_versions::id,
            instrument_versions::definition,
            instrument_versions::attested_at.is_not_null(),
        ))
        .load(conn)
}

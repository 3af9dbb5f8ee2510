//! Answers kept for later, in PostgreSQL.

use crate::{db::schema::drafts, domain::UserId, error::AppError, instruments::VersionId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;

/// Answers saved before submitting: index of the item to value.
pub struct Draft {
    pub answers: BTreeMap<usize, i32>,
    pub updated_at: DateTime<Utc>,
}

pub fn draft(conn: &mut PgConnection, user: UserId, version: VersionId) -> QueryResult<Option<Draft>> {
    let row: Option<(Value, DateTime<Utc>)> =
        drafts::table.find((user, version)).select((drafts::answers, drafts::updated_at)).first(conn).optional()?;
    Ok(row.map(|(answers, updated_at)| Draft { answers: from_json(&answers), updated_at }))
}

fn from_json(answers: &Value) -> BTreeMap<usize, i32> {
    let pair = |(item, value): (&String, &Value)| Some((item.parse().ok()?, i32::try_from(value.as_i64()?).ok()?));
    answers.as_object().map(|map| map.iter().filter_map(pair).collect()).unwrap_or_default()
}

/// Merges answers into the draft in one statement, so that two devices do not
/// overwrite each other's.
pub fn merge_draft(
    conn: &mut PgConnection,
    user: UserId,
    version: VersionId,
    answers: &BTreeMap<usize, i32>,
) -> Result<(), AppError> {
    let answers = serde_json::to_value(answers).map_err(|error| AppError::Internal(error.into()))?;
    diesel::insert_into(drafts::table)
        .values((drafts::user_id.eq(user), drafts::instrument_version_id.eq(version), drafts::answers.eq(&answers)))
        .on_conflict((drafts::user_id, drafts::instrument_version_id))
        .do_update()
        .set(drafts::answers.eq(drafts::answers.concat(&answers)))
        .execute(conn)?;
    Ok(())
}

pub fn delete_draft(conn: &mut PgConnection, user: UserId, version: VersionId) -> QueryResult<usize> {
    diesel::delete(drafts::table.find((user, version))).execute(conn)
}

pub fn delete_drafts(conn: &mut PgConnection, user: UserId) -> QueryResult<usize> {
    diesel::delete(drafts::table.filter(drafts::user_id.eq(user))).execute(conn)
}

pub fn delete_drafts_before(conn: &mut PgConnection, oldest: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(drafts::table.filter(drafts::updated_at.lt(oldest))).execute(conn)
}

//! Consents in PostgreSQL. Every query filters by their owner.

use crate::{
    consents::ConsentPurpose,
    db::{schema::consents, types::pg_enum},
    domain::UserId,
    error::AppError,
};
use chrono::{DateTime, Utc};
use diesel::{dsl::exists, prelude::*};

pg_enum!(ConsentPurpose => ConsentPurpose);

/// Whether a person has consented to this version of the text and not withdrawn it.
///
/// # Errors
/// Those of the database.
pub fn has_consent(
    conn: &mut PgConnection,
    user: UserId,
    purpose: ConsentPurpose,
    text_version: &str,
) -> Result<bool, AppError> {
    let current = consents::table
        .filter(consents::user_id.eq(user))
        .filter(consents::purpose.eq(purpose))
        .filter(consents::text_version.eq(text_version))
        .filter(consents::withdrawn_at.is_null());
    Ok(diesel::select(exists(current)).get_result(conn)?)
}

/// The version of the text that a person's current consent is for; `None` without one.
///
/// # Errors
/// Those of the database.
pub fn agreed_version(
    conn: &mut PgConnection,
    user: UserId,
    purpose: ConsentPurpose,
) -> Result<Option<String>, AppError> {
    Ok(consents::table
        .filter(consents::user_id.eq(user))
        .filter(consents::purpose.eq(purpose))
        .filter(consents::withdrawn_at.is_null())
        .select(consents::text_version)
        .first(conn)
        .optional()?)
}

pub fn ever_agreed(conn: &mut PgConnection, user: UserId, purpose: ConsentPurpose) -> QueryResult<bool> {
    let any = consents::table.filter(consents::user_id.eq(user)).filter(consents::purpose.eq(purpose));
    diesel::select(exists(any)).get_result(conn)
}

pub fn insert_consent(
    conn: &mut PgConnection,
    user: UserId,
    purpose: ConsentPurpose,
    text_version: &str,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::insert_into(consents::table)
        .values((
            consents::user_id.eq(user),
            consents::purpose.eq(purpose),
            consents::text_version.eq(text_version),
            consents::given_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
}

/// Withdraws every consent for this purpose, except that to version `keep`.
pub fn withdraw_other(
    conn: &mut PgConnection,
    user: UserId,
    purpose: ConsentPurpose,
    keep: Option<&str>,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    let others = consents::table
        .filter(consents::user_id.eq(user))
        .filter(consents::purpose.eq(purpose))
        .filter(consents::text_version.ne(keep.unwrap_or_default()))
        .filter(consents::withdrawn_at.is_null());
    diesel::update(others).set(consents::withdrawn_at.eq(now)).execute(conn)
}

/// A consent, current or withdrawn.
#[derive(Debug, Queryable)]
pub struct Consent {
    pub purpose: ConsentPurpose,
    pub text_version: String,
    pub given_at: DateTime<Utc>,
    pub withdrawn_at: Option<DateTime<Utc>>,
}

pub fn consents(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<Consent>> {
    consents::table
        .filter(consents::user_id.eq(user))
        .order((consents::given_at.desc(), consents::id.desc()))
        .select((consents::purpose, consents::text_version, consents::given_at, consents::withdrawn_at))
        .load(conn)
}

//! Consents, devices and tries of one person in PostgreSQL.

use crate::{
    accounts::{AttemptKind, ConsentPurpose, SignInId, SignInKind, SignInNumber, UserId},
    schema::{attempts, consents, sign_ins},
};
use chrono::{DateTime, Utc};
use diesel::{dsl::exists, prelude::*};
use ipnet::IpNet;
use std::net::IpAddr;

pub fn has_consent(
    conn: &mut PgConnection,
    user: UserId,
    purpose: ConsentPurpose,
    text_version: &str,
) -> QueryResult<bool> {
    let current = consents::table
        .filter(consents::user_id.eq(user))
        .filter(consents::purpose.eq(purpose))
        .filter(consents::text_version.eq(text_version))
        .filter(consents::withdrawn_at.is_null());
    diesel::select(exists(current)).get_result(conn)
}

pub fn agreed_version(conn: &mut PgConnection, user: UserId, purpose: ConsentPurpose) -> QueryResult<Option<String>> {
    consents::table
        .filter(consents::user_id.eq(user))
        .filter(consents::purpose.eq(purpose))
        .filter(consents::withdrawn_at.is_null())
        .select(consents::text_version)
        .first(conn)
        .optional()
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

/// Ends every agreement for this purpose but that to `keep`.
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

/// One agreement.
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

/// A signed-in device.
#[derive(Debug)]
pub struct Device {
    pub number: SignInNumber,
    pub browser: String,
    pub address: IpAddr,
    pub since: DateTime<Utc>,
    pub last_seen: DateTime<Utc>,
    pub kind: SignInKind,
    /// Whether it is the one this page is shown on.
    pub current: bool,
}

pub fn devices(
    conn: &mut PgConnection,
    user: UserId,
    current: SignInId,
    now: DateTime<Utc>,
) -> QueryResult<Vec<Device>> {
    let rows: Vec<(SignInNumber, bool, String, IpNet, DateTime<Utc>, DateTime<Utc>, SignInKind)> = sign_ins::table
        .filter(sign_ins::user_id.eq(user))
        .filter(sign_ins::idle_expires_at.gt(now))
        .filter(sign_ins::expires_at.gt(now))
        .order((sign_ins::last_seen_at.desc(), sign_ins::number.desc()))
        .select((
            sign_ins::number,
            sign_ins::id.eq(current),
            sign_ins::browser,
            sign_ins::address,
            sign_ins::created_at,
            sign_ins::last_seen_at,
            sign_ins::kind,
        ))
        .load(conn)?;
    let device = |(number, current, browser, address, since, last_seen, kind): (_, _, _, IpNet, _, _, _)| Device {
        number,
        browser,
        address: address.addr(),
        since,
        last_seen,
        kind,
        current,
    };
    Ok(rows.into_iter().map(device).collect())
}

/// A try to sign in.
#[derive(Debug)]
pub struct Try {
    pub at: DateTime<Utc>,
    pub succeeded: bool,
    pub browser: String,
    pub address: IpAddr,
}

pub fn tries(conn: &mut PgConnection, user: UserId, limit: i64) -> QueryResult<Vec<Try>> {
    let rows: Vec<(DateTime<Utc>, bool, String, IpNet)> = attempts::table
        .filter(attempts::user_id.eq(user))
        .filter(attempts::kind.eq(AttemptKind::SignIn))
        .order(attempts::id.desc())
        .limit(limit)
        .select((attempts::created_at, attempts::succeeded, attempts::browser, attempts::address))
        .load(conn)?;
    let a_try =
        |(at, succeeded, browser, address): (_, _, _, IpNet)| Try { at, succeeded, browser, address: address.addr() };
    Ok(rows.into_iter().map(a_try).collect())
}

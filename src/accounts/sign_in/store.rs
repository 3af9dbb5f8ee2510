//! Attempts, and expired sign-ins, in PostgreSQL.

use crate::{
    accounts::{AttemptKind, sign_in::throttle::Failures},
    auth::{Client, SignInKind},
    db::schema::{attempts, sign_ins, users},
    domain::{Email, UserId},
    error::AppError,
    i18n::Language,
    web::address::network,
};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    dsl::{count_star, exists, max},
    prelude::*,
};
use ipnet::IpNet;
use std::net::IpAddr;

type FailureCount = (i64, Option<DateTime<Utc>>);

pub fn failures(
    conn: &mut PgConnection,
    kind: AttemptKind,
    account: &[u8; 32],
    client: &Client,
    now: DateTime<Utc>,
) -> QueryResult<Failures> {
    let (an_hour_ago, a_day_ago) = (now - TimeDelta::hours(1), now - TimeDelta::days(1));
    let of_account = || {
        let tries = attempts::table.filter(attempts::account_key.eq(&account[..])).filter(attempts::kind.eq(kind));
        tries.filter(attempts::created_at.gt(a_day_ago)).into_boxed()
    };
    let here = || match &client.device {
        Some(device) => of_account().filter(attempts::device.eq(&device[..])),
        None => of_account().filter(attempts::network.eq(network(client.address))).filter(attempts::device.is_null()),
    };
    let last_success: Option<i64> = here().filter(attempts::succeeded).select(max(attempts::id)).first(conn)?;
    let (here, last_here): FailureCount = here()
        .filter(attempts::succeeded.eq(false))
        .filter(attempts::id.gt(last_success.unwrap_or(0)))
        .select((count_star(), max(attempts::created_at)))
        .first(conn)?;
    if client.device.is_some() {
        return Ok(Failures { here, last_here, ..Failures::default() });
    }
    let address = match client.address {
        // One connection usually has a whole /64 to choose addresses from.
        IpAddr::V6(_) => attempts::table.filter(attempts::network.eq(network(client.address))).into_boxed(),
        IpAddr::V4(_) => attempts::table.filter(attempts::address.eq(IpNet::from(client.address))).into_boxed(),
    };
    let (of_address, last_of_address): FailureCount = address
        .filter(attempts::succeeded.eq(false))
        .filter(attempts::created_at.gt(an_hour_ago))
        .select((count_star(), max(attempts::created_at)))
        .first(conn)?;
    if kind != AttemptKind::SignIn {
        // The limit per account applies to sign-ins only: a reset is the way in once it is reached.
        return Ok(Failures { here, last_here, of_address, last_of_address, of_account: 0 });
    }
    let of_account: i64 = of_account()
        .filter(attempts::succeeded.eq(false))
        .filter(attempts::device.is_null())
        .filter(attempts::created_at.gt(an_hour_ago))
        .select(count_star())
        .first(conn)?;
    Ok(Failures { here, last_here, of_address, last_of_address, of_account })
}

/// Whether a sign-in to this account succeeded from this network within the 90
/// days that attempts are stored.
pub fn has_succeeded_here(conn: &mut PgConnection, account: &[u8; 32], client: &Client) -> QueryResult<bool> {
    let here = attempts::table
        .filter(attempts::account_key.eq(&account[..]))
        .filter(attempts::kind.eq(AttemptKind::SignIn))
        .filter(attempts::network.eq(network(client.address)))
        .filter(attempts::succeeded);
    diesel::select(exists(here)).get_result(conn)
}

pub fn credentials(
    conn: &mut PgConnection,
    email: &Email,
) -> QueryResult<Option<(UserId, Option<String>, Option<Language>)>> {
    users::table
        .filter(users::email.eq(email.as_str()))
        .select((users::id, users::password_hash, users::language))
        .first(conn)
        .optional()
}

pub fn insert_attempt(
    conn: &mut PgConnection,
    kind: AttemptKind,
    account: &[u8; 32],
    user: Option<UserId>,
    client: &Client,
    now: DateTime<Utc>,
) -> QueryResult<i64> {
    diesel::insert_into(attempts::table)
        .values((
            attempts::kind.eq(kind),
            attempts::account_key.eq(&account[..]),
            attempts::user_id.eq(user),
            attempts::address.eq(IpNet::from(client.address)),
            attempts::network.eq(network(client.address)),
            attempts::device.eq(client.device.as_ref().map(|device| &device[..])),
            attempts::browser.eq(&client.browser),
            attempts::created_at.eq(now),
        ))
        .returning(attempts::id)
        .get_result(conn)
}

pub fn mark_succeeded(conn: &mut PgConnection, attempt: i64) -> QueryResult<usize> {
    diesel::update(attempts::table.find(attempt)).set(attempts::succeeded.eq(true)).execute(conn)
}

pub fn delete_attempt(conn: &mut PgConnection, attempt: i64) -> QueryResult<usize> {
    diesel::delete(attempts::table.find(attempt)).execute(conn)
}

/// Whether the account was used before, but not from here. Called for clients
/// without a device cookie; API clients have none and are recognised by network.
/// `but` is the attempt under way.
pub fn is_new_place(
    conn: &mut PgConnection,
    user: UserId,
    kind: SignInKind,
    client: &Client,
    but: i64,
) -> QueryResult<bool> {
    let succeeded = || attempts::table.filter(attempts::user_id.eq(user)).filter(attempts::succeeded);
    let here = succeeded().filter(attempts::network.eq(network(client.address))).filter(attempts::id.ne(but));
    if kind == SignInKind::Api && diesel::select(exists(here)).get_result(conn)? {
        return Ok(false);
    }
    let before = exists(succeeded().filter(attempts::id.ne(but)));
    let signed_in = exists(sign_ins::table.filter(sign_ins::user_id.eq(user)));
    diesel::select(before.or(signed_in)).get_result(conn)
}

/// Deletes expired sign-ins, and attempts older than 90 days.
///
/// # Errors
/// Those of the database.
pub fn delete_expired(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<(), AppError> {
    let expired = sign_ins::idle_expires_at.lt(now).or(sign_ins::expires_at.lt(now));
    diesel::delete(sign_ins::table.filter(expired)).execute(conn)?;
    let old = attempts::created_at.lt(now - TimeDelta::days(90));
    diesel::delete(attempts::table.filter(old)).execute(conn)?;
    Ok(())
}

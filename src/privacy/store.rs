//! Sign-ins and attempts of one person in the database.

use crate::{
    accounts::AttemptKind,
    auth::{SignInId, SignInKind, SignInNumber},
    db::schema::{attempts, sign_ins},
    domain::UserId,
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use ipnet::IpNet;
use std::net::IpAddr;

/// A signed-in device.
#[derive(Debug)]
pub struct Device {
    pub number: SignInNumber,
    pub browser: String,
    pub address: IpAddr,
    pub since: DateTime<Utc>,
    pub last_seen: DateTime<Utc>,
    pub kind: SignInKind,
    /// Whether it is the sign-in of this request.
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

/// An attempt to sign in.
#[derive(Debug)]
pub struct SignInAttempt {
    pub at: DateTime<Utc>,
    pub succeeded: bool,
    pub browser: String,
    pub address: IpAddr,
}

pub fn tries(conn: &mut PgConnection, user: UserId, limit: i64) -> QueryResult<Vec<SignInAttempt>> {
    let rows: Vec<(DateTime<Utc>, bool, String, IpNet)> = attempts::table
        .filter(attempts::user_id.eq(user))
        .filter(attempts::kind.eq(AttemptKind::SignIn))
        .order(attempts::id.desc())
        .limit(limit)
        .select((attempts::created_at, attempts::succeeded, attempts::browser, attempts::address))
        .load(conn)?;
    let a_try = |(at, succeeded, browser, address): (_, _, _, IpNet)| SignInAttempt {
        at,
        succeeded,
        browser,
        address: address.addr(),
    };
    Ok(rows.into_iter().map(a_try).collect())
}

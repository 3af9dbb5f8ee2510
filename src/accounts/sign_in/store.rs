//! Sign-ins and tries in PostgreSQL.

use crate::{
    accounts::{
        AttemptKind, Client, Email, SignInId, SignInKind, SignInNumber, UserId,
        roles::{Permission, RoleId},
        sign_in::{IDLE, LONGEST, LONGEST_BY_CODE, Who, throttle::Failures},
    },
    hr::DepartmentId,
    i18n::Language,
    schema::{attempts, role_permissions, sign_ins, user_roles, users},
    web::address::network,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel::{
    dsl::{count_star, exists, max},
    prelude::*,
};
use ipnet::IpNet;
use std::net::IpAddr;

#[diesel::declare_sql_function]
extern "SQL" {
    #[aggregate]
    fn array_agg(
        value: diesel::sql_types::Text,
    ) -> diesel::sql_types::Nullable<diesel::sql_types::Array<diesel::sql_types::Text>>;
    fn pg_advisory_xact_lock(key: diesel::sql_types::BigInt);
}

/// Tries for one account wait for each other, so that each sees the one before.
pub fn lock_account(conn: &mut PgConnection, account: &[u8; 32]) -> QueryResult<()> {
    let mut first = [0; 8];
    first.copy_from_slice(&account[..8]);
    diesel::select(pg_advisory_xact_lock(i64::from_be_bytes(first))).execute(conn)?;
    Ok(())
}

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
        // One person has a whole /64 to choose addresses from.
        IpAddr::V6(_) => attempts::table.filter(attempts::network.eq(network(client.address))).into_boxed(),
        IpAddr::V4(_) => attempts::table.filter(attempts::address.eq(IpNet::from(client.address))).into_boxed(),
    };
    let (of_address, last_of_address): FailureCount = address
        .filter(attempts::succeeded.eq(false))
        .filter(attempts::created_at.gt(an_hour_ago))
        .select((count_star(), max(attempts::created_at)))
        .first(conn)?;
    if kind != AttemptKind::SignIn {
        // Above its limit an account is signed in to by a reset: nobody may use that up.
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

/// Whether an account that was signed in to before is so from elsewhere now. A
/// program keeps no cookie: it is known by its network.
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

/// The password hash, `None` for nobody, locked until the transaction ends.
pub fn lock_password(conn: &mut PgConnection, user: UserId) -> QueryResult<Option<Option<String>>> {
    users::table.find(user).select(users::password_hash).for_no_key_update().first(conn).optional()
}

/// Does not wait: one that is just being deleted is none.
pub fn hold(conn: &mut PgConnection, user: UserId, sign_in: SignInId) -> QueryResult<bool> {
    let theirs = sign_ins::table.find(sign_in).filter(sign_ins::user_id.eq(user)).select(sign_ins::id);
    Ok(theirs.for_key_share().skip_locked().first::<SignInId>(conn).optional()?.is_some())
}

pub fn insert_sign_in(
    conn: &mut PgConnection,
    user: UserId,
    kind: SignInKind,
    token: [u8; 32],
    client: &Client,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    let (idle, longest) = match kind {
        SignInKind::Code => (LONGEST_BY_CODE, LONGEST_BY_CODE),
        SignInKind::Browser | SignInKind::Api => (IDLE, LONGEST),
    };
    diesel::insert_into(sign_ins::table)
        .values((
            sign_ins::user_id.eq(user),
            sign_ins::token_hash.eq(&token[..]),
            sign_ins::kind.eq(kind),
            sign_ins::address.eq(IpNet::from(client.address)),
            sign_ins::browser.eq(&client.browser),
            sign_ins::created_at.eq(now),
            sign_ins::last_seen_at.eq(now),
            sign_ins::idle_expires_at.eq(now + idle),
            sign_ins::expires_at.eq(now + longest),
            sign_ins::proved_at.eq((kind == SignInKind::Browser).then_some(now)),
        ))
        .execute(conn)
}

#[derive(Queryable)]
struct WhoRow {
    sign_in: SignInId,
    kind: SignInKind,
    since: DateTime<Utc>,
    proved_at: Option<DateTime<Utc>>,
    last_seen: DateTime<Utc>,
    user: UserId,
    name: String,
    email: Option<String>,
    language: Option<Language>,
    joined_on: NaiveDate,
    department: Option<DepartmentId>,
    permissions: Option<Vec<String>>,
}

pub fn who(
    conn: &mut PgConnection,
    token: &[u8; 32],
    kinds: &[SignInKind],
    now: DateTime<Utc>,
) -> QueryResult<Option<(Who, DateTime<Utc>)>> {
    let permissions = user_roles::table
        .inner_join(role_permissions::table.on(role_permissions::role_id.eq(user_roles::role_id)))
        .filter(user_roles::user_id.eq(users::id))
        .select(array_agg(role_permissions::permission));
    let row: Option<WhoRow> = sign_ins::table
        .inner_join(users::table)
        .filter(sign_ins::token_hash.eq(&token[..]))
        .filter(sign_ins::kind.eq_any(kinds))
        .filter(sign_ins::idle_expires_at.gt(now))
        .filter(sign_ins::expires_at.gt(now))
        .select((
            sign_ins::id,
            sign_ins::kind,
            sign_ins::created_at,
            sign_ins::proved_at,
            sign_ins::last_seen_at,
            users::id,
            users::name,
            users::email,
            users::language,
            users::joined_on,
            users::department_id,
            permissions.single_value(),
        ))
        .first(conn)
        .optional()?;
    Ok(row.map(|row| {
        let codes = row.permissions.unwrap_or_default();
        let has = |permission: &Permission| codes.iter().any(|code| code == permission.code());
        let who = Who {
            sign_in: row.sign_in,
            kind: row.kind,
            since: row.since,
            proved_at: row.proved_at,
            user: row.user,
            name: row.name,
            email: row.email,
            language: row.language,
            joined_on: row.joined_on,
            department: row.department,
            permissions: Permission::ALL.into_iter().filter(has).collect(),
        };
        (who, row.last_seen)
    }))
}

pub fn seen(conn: &mut PgConnection, sign_in: SignInId, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(sign_ins::table.find(sign_in))
        .set((sign_ins::last_seen_at.eq(now), sign_ins::idle_expires_at.eq(now + IDLE)))
        .execute(conn)
}

pub fn prove(conn: &mut PgConnection, sign_in: SignInId, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(sign_ins::table.find(sign_in)).set(sign_ins::proved_at.eq(now)).execute(conn)
}

pub fn end(conn: &mut PgConnection, user: UserId, sign_in: SignInId) -> QueryResult<usize> {
    diesel::delete(sign_ins::table.find(sign_in).filter(sign_ins::user_id.eq(user))).execute(conn)
}

pub fn end_numbered(conn: &mut PgConnection, user: UserId, number: SignInNumber) -> QueryResult<usize> {
    let own = sign_ins::table.filter(sign_ins::user_id.eq(user)).filter(sign_ins::number.eq(number));
    diesel::delete(own).execute(conn)
}

pub fn end_all(conn: &mut PgConnection, user: UserId, keep: Option<SignInId>) -> QueryResult<usize> {
    let others =
        sign_ins::table.filter(sign_ins::user_id.eq(user)).filter(sign_ins::id.ne(keep.unwrap_or(SignInId(0))));
    diesel::delete(others).execute(conn)
}

pub fn end_everyones(conn: &mut PgConnection, keep: SignInId) -> QueryResult<usize> {
    diesel::delete(sign_ins::table.filter(sign_ins::id.ne(keep))).execute(conn)
}

pub fn end_all_with_role(conn: &mut PgConnection, role: RoleId, keep: SignInId) -> QueryResult<usize> {
    let holders = user_roles::table.filter(user_roles::role_id.eq(role)).select(user_roles::user_id);
    let theirs = sign_ins::table.filter(sign_ins::user_id.eq_any(holders)).filter(sign_ins::id.ne(keep));
    diesel::delete(theirs).execute(conn)
}

pub fn delete_expired(conn: &mut PgConnection, now: DateTime<Utc>) -> QueryResult<()> {
    let expired = sign_ins::idle_expires_at.lt(now).or(sign_ins::expires_at.lt(now));
    diesel::delete(sign_ins::table.filter(expired)).execute(conn)?;
    let old = attempts::created_at.lt(now - TimeDelta::days(90));
    diesel::delete(attempts::table.filter(old)).execute(conn)?;
    Ok(())
}

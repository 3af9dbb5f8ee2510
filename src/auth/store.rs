//! Sign-ins in PostgreSQL.

use crate::{
    auth::{
        Client, SignInId, SignInKind, SignInNumber,
        sessions::{IDLE, Identity, LONGEST, LONGEST_BY_CODE},
    },
    db::{
        schema::{role_permissions, sign_ins, user_roles, users},
        types::{pg_enum, pg_id},
    },
    domain::{DepartmentId, Permission, RoleId, UserId},
    error::AppError,
    i18n::Language,
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use ipnet::IpNet;

pg_id!(SignInId, SignInNumber);

pg_enum!(SignInKind => SignInKind);

#[diesel::declare_sql_function]
extern "SQL" {
    #[aggregate]
    fn array_agg(
        value: diesel::sql_types::Text,
    ) -> diesel::sql_types::Nullable<diesel::sql_types::Array<diesel::sql_types::Text>>;
}

/// Signs a person in.
///
/// # Errors
/// Those of the database.
pub fn start(
    conn: &mut PgConnection,
    user: UserId,
    kind: SignInKind,
    token: [u8; 32],
    client: &Client,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
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
        .execute(conn)?;
    Ok(())
}

/// Locks a person's row until the transaction ends, so that their password cannot be
/// changed, and returns its hash. The outer `None`: no such person; the inner: no
/// password.
///
/// The password hash (outer `None`: no such person), with the row locked.
///
/// # Errors
/// Those of the database.
pub fn lock_password(conn: &mut PgConnection, user: UserId) -> Result<Option<Option<String>>, AppError> {
    Ok(users::table.find(user).select(users::password_hash).for_no_key_update().first(conn).optional()?)
}

/// Whether this person's sign-in exists; if so, locks it until the transaction ends.
/// One that another transaction is deleting counts as ended.
///
/// Does not wait for a concurrent delete (SKIP LOCKED): then there is no sign-in.
///
/// # Errors
/// Those of the database.
pub fn hold(conn: &mut PgConnection, user: UserId, sign_in: SignInId) -> Result<bool, AppError> {
    let theirs = sign_ins::table.find(sign_in).filter(sign_ins::user_id.eq(user)).select(sign_ins::id);
    Ok(theirs.for_key_share().skip_locked().first::<SignInId>(conn).optional()?.is_some())
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
) -> QueryResult<Option<(Identity, DateTime<Utc>)>> {
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
        let who = Identity {
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

pub fn set_language(conn: &mut PgConnection, user: UserId, language: Language) -> QueryResult<usize> {
    diesel::update(users::table.find(user)).set(users::language.eq(language)).execute(conn)
}

pub fn seen(conn: &mut PgConnection, sign_in: SignInId, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(sign_ins::table.find(sign_in))
        .set((sign_ins::last_seen_at.eq(now), sign_ins::idle_expires_at.eq(now + IDLE)))
        .execute(conn)
}

/// Stores when the password was last entered with a sign-in.
///
/// # Errors
/// Those of the database.
pub fn prove(conn: &mut PgConnection, sign_in: SignInId, now: DateTime<Utc>) -> Result<(), AppError> {
    diesel::update(sign_ins::table.find(sign_in)).set(sign_ins::proved_at.eq(now)).execute(conn)?;
    Ok(())
}

pub fn end(conn: &mut PgConnection, user: UserId, sign_in: SignInId) -> QueryResult<usize> {
    diesel::delete(sign_ins::table.find(sign_in).filter(sign_ins::user_id.eq(user))).execute(conn)
}

pub fn end_numbered(conn: &mut PgConnection, user: UserId, number: SignInNumber) -> QueryResult<usize> {
    let own = sign_ins::table.filter(sign_ins::user_id.eq(user)).filter(sign_ins::number.eq(number));
    diesel::delete(own).execute(conn)
}

/// Ends every sign-in of this person, except `keep`.
///
/// # Errors
/// Those of the database.
pub fn end_all(conn: &mut PgConnection, user: UserId, keep: Option<SignInId>) -> Result<(), AppError> {
    let others =
        sign_ins::table.filter(sign_ins::user_id.eq(user)).filter(sign_ins::id.ne(keep.unwrap_or(SignInId(0))));
    diesel::delete(others).execute(conn)?;
    Ok(())
}

/// Ends every sign-in of everyone, except `keep`.
///
/// # Errors
/// Those of the database.
pub fn end_everyones(conn: &mut PgConnection, keep: SignInId) -> Result<(), AppError> {
    diesel::delete(sign_ins::table.filter(sign_ins::id.ne(keep))).execute(conn)?;
    Ok(())
}

/// Ends every sign-in of everyone with this role, except `keep`.
///
/// # Errors
/// Those of the database.
pub fn end_all_with_role(conn: &mut PgConnection, role: RoleId, keep: SignInId) -> Result<(), AppError> {
    let holders = user_roles::table.filter(user_roles::role_id.eq(role)).select(user_roles::user_id);
    let theirs = sign_ins::table.filter(sign_ins::user_id.eq_any(holders)).filter(sign_ins::id.ne(keep));
    diesel::delete(theirs).execute(conn)?;
    Ok(())
}

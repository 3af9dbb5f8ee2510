//! Account rows, passwords, addresses and mailed links in PostgreSQL, shared
//! within accounts.

use crate::{
    accounts::{AttemptKind, LinkPurpose},
    auth::token::TokenHash,
    db::{
        installation,
        schema::{account_links, users},
        types::pg_enum,
    },
    domain::{Email, UserId},
    error::AppError,
    i18n::Language,
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    connection::SimpleConnection as _,
    dsl::{exists, sql},
    prelude::*,
    sql_query,
    sql_types::{BigInt, Bool, Text},
};

pg_enum!(
    AttemptKind => AttemptKind,
    LinkPurpose => LinkPurpose,
);

pub fn names(conn: &mut PgConnection, ids: &[UserId]) -> QueryResult<Vec<(UserId, String)>> {
    users::table.filter(users::id.eq_any(ids)).select((users::id, users::name)).load(conn)
}

/// A person to be inserted.
#[derive(Insertable)]
#[diesel(table_name = users)]
pub struct NewUser<'a> {
    pub email: &'a str,
    pub password_hash: &'a str,
    pub name: &'a str,
    pub position: &'a str,
    pub claimed_department: &'a str,
    pub confirmed_at: Option<DateTime<Utc>>,
    pub email_verified_at: Option<DateTime<Utc>>,
    pub language: Option<Language>,
    pub joined_on: NaiveDate,
}

pub fn insert_user(conn: &mut PgConnection, new: &NewUser<'_>) -> QueryResult<UserId> {
    diesel::insert_into(users::table).values(new).returning(users::id).get_result(conn)
}

/// Addresses that are not in the canonical spelling of [`Email`].
pub fn misspelt(conn: &mut PgConnection) -> QueryResult<Vec<(UserId, String)>> {
    let odd = sql::<Bool>("email COLLATE \"C\" !~ '^[a-z0-9!#$%&''*+/=?^_`{|}~.-]+@[a-z0-9.-]+$'");
    users::table
        .filter(users::email.is_not_null())
        .filter(odd)
        .select((users::id, users::email.assume_not_null()))
        .load(conn)
}

/// Sets the address, unless another account has it; the number of rows changed.
pub fn respell(conn: &mut PgConnection, user: UserId, email: &Email) -> QueryResult<usize> {
    sql_query("UPDATE users SET email = $2 WHERE id = $1 AND NOT EXISTS (SELECT FROM users WHERE email = $2)")
        .bind::<BigInt, _>(user.0)
        .bind::<Text, _>(email.as_str())
        .execute(conn)
}

/// Whether the version of the collation `names` differs from the one that the
/// indexes were built with.
pub fn is_order_outdated(conn: &mut PgConnection) -> QueryResult<bool> {
    let outdated = sql::<Bool>(
        "EXISTS (SELECT FROM pg_collation WHERE collname = 'names' AND collnamespace = current_schema()::regnamespace
            AND collversion <> pg_collation_actual_version(oid))",
    );
    diesel::select(outdated).get_result(conn)
}

pub fn renew_order(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute("REINDEX TABLE users; ALTER COLLATION names REFRESH VERSION")
}

pub fn set_password(conn: &mut PgConnection, user: UserId, hash: &str) -> QueryResult<usize> {
    diesel::update(users::table.find(user)).set(users::password_hash.eq(hash)).execute(conn)
}

pub fn has_password(conn: &mut PgConnection, user: UserId) -> QueryResult<bool> {
    users::table.find(user).select(users::password_hash.is_not_null()).first(conn)
}

/// Sets an address and marks it as verified, as a link was sent to it.
pub fn set_email(conn: &mut PgConnection, user: UserId, email: &str, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(users::table.find(user))
        .set((users::email.eq(email), users::email_verified_at.eq(now)))
        .execute(conn)
}

/// Marks the address as verified, unless it is already.
pub fn verify_email(conn: &mut PgConnection, user: UserId, now: DateTime<Utc>) -> QueryResult<usize> {
    let unverified = users::table.find(user).filter(users::email_verified_at.is_null());
    diesel::update(unverified).set(users::email_verified_at.eq(now)).execute(conn)
}

pub fn is_email_verified(conn: &mut PgConnection, user: UserId) -> QueryResult<bool> {
    users::table.find(user).select(users::email_verified_at.is_not_null()).first(conn)
}

pub fn insert_link(
    conn: &mut PgConnection,
    user: UserId,
    purpose: LinkPurpose,
    token: TokenHash,
    new_email: Option<&Email>,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::insert_into(account_links::table)
        .values((
            account_links::user_id.eq(user),
            account_links::purpose.eq(purpose),
            account_links::token_hash.eq(&token[..]),
            account_links::new_email.eq(new_email.map(Email::as_str)),
            account_links::created_at.eq(now),
            account_links::expires_at.eq(expires_at),
        ))
        .execute(conn)?;
    Ok(())
}

pub fn insert_links(
    conn: &mut PgConnection,
    links: &[(UserId, TokenHash)],
    purpose: LinkPurpose,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> QueryResult<usize> {
    let row = |(user, token): &(UserId, TokenHash)| {
        (
            account_links::user_id.eq(*user),
            account_links::purpose.eq(purpose),
            account_links::token_hash.eq(token.to_vec()),
            account_links::created_at.eq(now),
            account_links::expires_at.eq(expires_at),
        )
    };
    diesel::insert_into(account_links::table).values(links.iter().map(row).collect::<Vec<_>>()).execute(conn)
}

/// A valid link: its account, and the new address of an e-mail change.
pub struct Link {
    pub user: UserId,
    pub new_email: Option<String>,
}

pub fn find_link(
    conn: &mut PgConnection,
    purposes: &[LinkPurpose],
    token: TokenHash,
    now: DateTime<Utc>,
) -> QueryResult<Option<Link>> {
    let row: Option<(UserId, Option<String>)> = account_links::table
        .filter(account_links::token_hash.eq(&token[..]))
        .filter(account_links::purpose.eq_any(purposes))
        .filter(account_links::expires_at.gt(now))
        .select((account_links::user_id, account_links::new_email))
        .first(conn)
        .optional()?;
    Ok(row.map(|(user, new_email)| Link { user, new_email }))
}

/// Deletes and returns a valid link; `None` when there is none, or another request
/// just used it.
pub fn take_link(
    conn: &mut PgConnection,
    purposes: &[LinkPurpose],
    token: TokenHash,
    now: DateTime<Utc>,
) -> QueryResult<Option<Link>> {
    let good = account_links::table
        .filter(account_links::token_hash.eq(&token[..]))
        .filter(account_links::purpose.eq_any(purposes))
        .filter(account_links::expires_at.gt(now));
    let row: Option<(UserId, Option<String>)> = diesel::delete(good)
        .returning((account_links::user_id, account_links::new_email))
        .get_result(conn)
        .optional()?;
    Ok(row.map(|(user, new_email)| Link { user, new_email }))
}

/// Whether this person was sent a link for this purpose after `moment`.
pub fn has_link_since(
    conn: &mut PgConnection,
    user: UserId,
    purpose: LinkPurpose,
    moment: DateTime<Utc>,
) -> QueryResult<bool> {
    let recent = account_links::table
        .filter(account_links::user_id.eq(user))
        .filter(account_links::purpose.eq(purpose))
        .filter(account_links::created_at.gt(moment));
    diesel::select(exists(recent)).get_result(conn)
}

/// Deletes every link of a person, whatever its purpose.
pub fn delete_links(conn: &mut PgConnection, user: UserId) -> QueryResult<usize> {
    diesel::delete(account_links::table.filter(account_links::user_id.eq(user))).execute(conn)
}

pub fn delete_expired_links(conn: &mut PgConnection, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(account_links::table.filter(account_links::expires_at.lt(now))).execute(conn)
}

/// A person's e-mail address, verified or not; `None` without one.
///
/// # Errors
/// Those of the database.
pub fn address(conn: &mut PgConnection, user: UserId) -> Result<Option<String>, AppError> {
    Ok(users::table.find(user).select(users::email).first(conn)?)
}

/// A person's address and language, if the address is verified or HR confirmed the
/// person.
pub fn own_address(conn: &mut PgConnection, user: UserId) -> QueryResult<Option<(String, Language)>> {
    let shown = users::email_verified_at.is_not_null().or(users::confirmed_at.is_not_null());
    let theirs = users::table.find(user).filter(users::email.is_not_null()).filter(shown);
    let found = theirs.select((users::email.assume_not_null(), users::language)).first(conn).optional()?;
    found.map(|found| with_language(conn, found)).transpose()
}

/// With the company's language in place of none.
fn with_language(
    conn: &mut PgConnection,
    (address, language): (String, Option<Language>),
) -> QueryResult<(String, Language)> {
    Ok((address, language.map_or_else(|| installation::language(conn), Ok)?))
}

pub fn email_of(conn: &mut PgConnection, user: UserId) -> QueryResult<(String, Language)> {
    let with_address = users::table.find(user).filter(users::email.is_not_null());
    let found = with_address.select((users::email.assume_not_null(), users::language)).first(conn)?;
    with_language(conn, found)
}

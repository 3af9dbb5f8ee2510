//! People and their roles in PostgreSQL. Selects only a person's id, name and
//! e-mail address.

use crate::{
    admin::users::Filter,
    auth::roles::RoleTitle,
    db::{
        keyset::{self, Order},
        schema::{roles, user_roles, users},
    },
    domain::{RoleId, UserId},
};
use diesel::{
    dsl::{exists, sql},
    prelude::*,
    sql_types::{Bool, Text},
};

/// A person as shown to administrators.
#[derive(Clone, Debug, Queryable)]
pub struct Person {
    pub id: UserId,
    pub name: String,
    /// A person without one can sign in only with an access code.
    pub email: Option<String>,
}

pub fn page(conn: &mut PgConnection, filter: &Filter, limit: i64) -> QueryResult<Vec<Person>> {
    let mut people = users::table.select((users::id, users::name, users::email)).into_boxed();
    if !filter.words.is_empty() {
        let found = sql::<Bool>("searchable(users.name, users.email) @@ to_tsquery('simple', ");
        people = people.filter(found.bind::<Text, _>(filter.words.to_query()).sql(")"));
    }
    if let Some(role) = filter.role {
        let held = user_roles::table.filter(user_roles::user_id.eq(users::id)).filter(user_roles::role_id.eq(role));
        people = people.filter(exists(held));
    }
    if let Some(after) = filter.after {
        people = people.filter(keyset::behind("users", "name", Order::Ascending, after.0));
    }
    people.order((users::name, users::id)).limit(limit).load(conn)
}

pub fn roles_of(conn: &mut PgConnection, people: &[UserId]) -> QueryResult<Vec<(UserId, RoleTitle)>> {
    user_roles::table
        .inner_join(roles::table)
        .filter(user_roles::user_id.eq_any(people))
        .order(roles::id)
        .select((user_roles::user_id, (roles::key, roles::name)))
        .load(conn)
}

pub fn person(conn: &mut PgConnection, user: UserId) -> QueryResult<Person> {
    users::table.find(user).select((users::id, users::name, users::email)).first(conn)
}

pub fn role_ids_of(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<RoleId>> {
    user_roles::table.filter(user_roles::user_id.eq(user)).select(user_roles::role_id).load(conn)
}

/// Locks a person's row. A concurrent sign-in waits for it, and then is ended or
/// starts with the new roles.
pub fn lock_person(conn: &mut PgConnection, user: UserId) -> QueryResult<UserId> {
    users::table.find(user).select(users::id).for_no_key_update().first(conn)
}

pub fn give(conn: &mut PgConnection, user: UserId, role: RoleId) -> QueryResult<usize> {
    diesel::insert_into(user_roles::table)
        .values((user_roles::user_id.eq(user), user_roles::role_id.eq(role)))
        .on_conflict_do_nothing()
        .execute(conn)
}

pub fn take(conn: &mut PgConnection, user: UserId, role: RoleId) -> QueryResult<usize> {
    diesel::delete(user_roles::table.find((user, role))).execute(conn)
}

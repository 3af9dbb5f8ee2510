//! Employees in the database. Selects nothing about check-ups.

use crate::{
    auth::roles::Role,
    db::{
        keyset::{self, Order},
        schema::{roles, user_roles, users},
    },
    domain::{DepartmentId, Email, UserId},
    employees::{Filter, State},
    error::AppError,
    i18n::Language,
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    dsl::sql,
    prelude::*,
    sql_types::{BigInt, Bool, Text},
};

/// A person in the list.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = users)]
pub struct Listed {
    pub id: UserId,
    pub name: String,
    pub email: Option<String>,
    pub position: String,
    #[diesel(column_name = department_id)]
    pub department: Option<DepartmentId>,
    /// The department that the person entered when they registered.
    pub claimed_department: String,
    pub joined_on: NaiveDate,
    #[diesel(select_expression = users::confirmed_at.is_not_null())]
    pub confirmed: bool,
    #[diesel(select_expression = users::email_verified_at.is_not_null())]
    pub verified: bool,
    #[diesel(select_expression = users::password_hash.is_not_null())]
    pub has_password: bool,
    /// When an invitation was last mailed.
    pub invited_at: Option<DateTime<Utc>>,
}

impl Listed {
    pub fn state(&self) -> State {
        match (self.confirmed, self.has_password) {
            (false, _) => State::Waiting,
            (true, true) => State::Active,
            (true, false) => State::Invited,
        }
    }
}

pub fn list(conn: &mut PgConnection, filter: &Filter, limit: i64) -> QueryResult<Vec<Listed>> {
    let mut people = users::table.select(Listed::as_select()).into_boxed();
    if !filter.words.is_empty() {
        // OFFSET 0 keeps the planner from scanning users in the order of names, which
        // it takes for cheap: a search without a result then takes seconds.
        let found =
            sql::<Bool>("users.id IN (SELECT id FROM users WHERE searchable(name, email) @@ to_tsquery('simple', ");
        people = people.filter(found.bind::<Text, _>(filter.words.to_query()).sql(") OFFSET 0)"));
    }
    if !filter.departments.is_empty() {
        people = people.filter(users::department_id.eq_any(filter.departments.clone()));
    }
    people = match filter.state {
        None => people,
        Some(State::Waiting) => people.filter(users::confirmed_at.is_null()),
        Some(State::Active) => {
            people.filter(users::confirmed_at.is_not_null()).filter(users::password_hash.is_not_null())
        }
        Some(State::Invited) => people.filter(users::confirmed_at.is_not_null()).filter(users::password_hash.is_null()),
    };
    if let Some(after) = filter.after {
        people = people.filter(keyset::behind("users", "name", Order::Ascending, after.0));
    }
    people.order((users::name, users::id)).limit(limit).load(conn)
}

pub fn count_waiting(conn: &mut PgConnection) -> QueryResult<i64> {
    users::table.filter(users::confirmed_at.is_null()).count().get_result(conn)
}

/// One person with their manager.
#[derive(Debug)]
pub struct Person {
    pub listed: Listed,
    pub manager: Option<Manager>,
}

/// Who somebody reports to.
#[derive(Debug, Queryable)]
pub struct Manager {
    pub id: UserId,
    pub name: String,
    pub email: Option<String>,
}

/// One person.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such person.
pub fn show(conn: &mut PgConnection, user: UserId) -> Result<Person, AppError> {
    let (listed, manager): (Listed, Option<UserId>) =
        users::table.find(user).select((Listed::as_select(), users::manager_id)).first(conn)?;
    let manager = match manager {
        Some(id) => users::table.find(id).select((users::id, users::name, users::email)).first(conn).optional()?,
        None => None,
    };
    Ok(Person { listed, manager })
}

/// The properties that decide what may be changed.
#[derive(Debug, Queryable)]
pub struct Standing {
    pub confirmed: bool,
    pub verified: bool,
    pub has_password: bool,
    pub department: Option<DepartmentId>,
}

/// Locks the person's row until the transaction ends.
pub fn lock(conn: &mut PgConnection, user: UserId) -> QueryResult<Standing> {
    users::table
        .find(user)
        .select((
            users::confirmed_at.is_not_null(),
            users::email_verified_at.is_not_null(),
            users::password_hash.is_not_null(),
            users::department_id,
        ))
        .for_update()
        .first(conn)
}

pub fn confirm(
    conn: &mut PgConnection,
    user: UserId,
    department: Option<DepartmentId>,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::update(users::table.find(user))
        .set((users::confirmed_at.eq(now), users::department_id.eq(department)))
        .execute(conn)
}

/// A person and everybody above them.
pub fn chain_of_managers(conn: &mut PgConnection, first: UserId) -> QueryResult<Vec<UserId>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        id: i64,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "WITH RECURSIVE chain AS (
             SELECT id, manager_id FROM users WHERE id = $1
             UNION SELECT above.id, above.manager_id FROM users above JOIN chain ON above.id = chain.manager_id
         ) SELECT id FROM chain",
    )
    .bind::<BigInt, _>(first)
    .load(conn)?;
    Ok(rows.into_iter().map(|row| UserId(row.id)).collect())
}

/// The id of the person with this address, if they verified it or are confirmed.
pub fn find_by_email(conn: &mut PgConnection, email: &Email) -> QueryResult<Option<UserId>> {
    let shown = users::email_verified_at.is_not_null().or(users::confirmed_at.is_not_null());
    users::table.filter(users::email.eq(email.as_str())).filter(shown).select(users::id).first(conn).optional()
}

pub fn transfer(
    conn: &mut PgConnection,
    user: UserId,
    position: &str,
    department: Option<DepartmentId>,
    manager: Option<UserId>,
) -> QueryResult<usize> {
    diesel::update(users::table.find(user))
        .set((users::position.eq(position), users::department_id.eq(department), users::manager_id.eq(manager)))
        .execute(conn)
}

/// A person whom HR adds. The address counts as verified once the invitation is used.
#[derive(Insertable)]
#[diesel(table_name = users)]
pub struct NewPerson<'a> {
    /// Without one they take part with a printed access code.
    pub email: Option<&'a str>,
    pub name: &'a str,
    pub position: &'a str,
    pub department_id: Option<DepartmentId>,
    pub manager_id: Option<UserId>,
    pub language: Option<Language>,
    pub confirmed_at: DateTime<Utc>,
    pub joined_on: NaiveDate,
}

/// Inserts people and gives them the role of employee, with one statement each. Returns
/// the ids in the order of `people`: PostgreSQL inserts and returns the rows of a
/// VALUES list in order.
pub fn insert(conn: &mut PgConnection, people: &[NewPerson<'_>]) -> QueryResult<Vec<UserId>> {
    let ids: Vec<UserId> = diesel::insert_into(users::table).values(people).returning(users::id).get_results(conn)?;
    make_employees(conn, &ids)?;
    Ok(ids)
}

pub fn make_employees(conn: &mut PgConnection, people: &[UserId]) -> QueryResult<usize> {
    let role: i64 = roles::table.filter(roles::key.eq(Role::Employee.code())).select(roles::id).first(conn)?;
    let held: Vec<_> = people.iter().map(|id| (user_roles::user_id.eq(*id), user_roles::role_id.eq(role))).collect();
    diesel::insert_into(user_roles::table).values(held).execute(conn)
}

/// Addresses and languages of these people, in no particular order.
pub fn addresses(conn: &mut PgConnection, people: &[UserId]) -> QueryResult<Vec<(UserId, String, Option<Language>)>> {
    let chosen = users::table.filter(users::id.eq_any(people)).filter(users::email.is_not_null());
    chosen.select((users::id, users::email.assume_not_null(), users::language)).load(conn)
}

pub fn set_invited(conn: &mut PgConnection, people: &[UserId], now: DateTime<Utc>) -> QueryResult<usize> {
    let chosen = users::table.filter(users::id.eq_any(people));
    diesel::update(chosen).set(users::invited_at.eq(now)).execute(conn)
}

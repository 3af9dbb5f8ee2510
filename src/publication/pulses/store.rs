//! Figures of the daily note in the database. Reads who wrote one, but their values only
//! as sums over departments.

use crate::{
    db::schema::{published_pulse_months, pulse_months, users},
    domain::DepartmentId,
    publication::{
        CellState, Map,
        pulses::MEASURES,
        suppression::{Cell, Mean, MeanAtom},
    },
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    dsl::count_star,
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Date},
};

/// Rows per INSERT; PostgreSQL allows 65,535 bound values.
const ROWS: usize = 5_000;

#[derive(QueryableByName)]
struct MonthRow {
    #[diesel(sql_type = Date)]
    month: NaiveDate,
}

/// The first days of the months before `this_month` that may have notes and are not
/// published, oldest first.
pub fn months_to_publish(conn: &mut PgConnection, this_month: NaiveDate) -> QueryResult<Vec<NaiveDate>> {
    let rows: Vec<MonthRow> = sql_query(
        "SELECT month FROM (
             SELECT generate_series(date_trunc('month', min(day)::timestamp), $1 - interval '1 month', interval '1 month')::date AS month
             FROM pulses
         ) months
         WHERE NOT EXISTS (SELECT 1 FROM pulse_months p WHERE p.starts_on = month)
         ORDER BY month",
    )
    .bind::<Date, _>(this_month)
    .load(conn)?;
    Ok(rows.into_iter().map(|row| row.month).collect())
}

/// Confirmed people by department.
pub fn members(conn: &mut PgConnection) -> QueryResult<Vec<(DepartmentId, u64)>> {
    let rows: Vec<(Option<DepartmentId>, i64)> = users::table
        .filter(users::confirmed_at.is_not_null())
        .group_by(users::department_id)
        .select((users::department_id, count_star()))
        .load(conn)?;
    let count = |(department, count): (Option<DepartmentId>, i64)| {
        (department.unwrap_or(DepartmentId(0)), count.unsigned_abs())
    };
    Ok(rows.into_iter().map(count).collect())
}

/// The people of one department who wrote a note in a month.
#[derive(Clone, Debug, Default)]
pub struct Logged {
    /// Their ids, in any order.
    pub people: Vec<i64>,
    /// Per measure the sum of their means, in millionths.
    pub sums: [i64; MEASURES.len()],
}

#[derive(QueryableByName)]
struct MonthSums {
    #[diesel(sql_type = BigInt)]
    department: i64,
    #[diesel(sql_type = Array<BigInt>)]
    people: Vec<i64>,
    #[diesel(sql_type = Array<BigInt>)]
    sums: Vec<i64>,
}

/// Who wrote a note in a month, by department, with the sums of one mean per person and
/// measure.
pub fn month(conn: &mut PgConnection, first: NaiveDate) -> QueryResult<Vec<(DepartmentId, Logged)>> {
    let rows: Vec<MonthSums> = sql_query(
        "SELECT department, array_agg(id) AS people, ARRAY[sum(burnout), sum(stress), sum(productivity)]::bigint[] AS sums
         FROM (
             SELECT u.id, coalesce(u.department_id, 0) AS department, round(avg(p.burnout) * 1000000) AS burnout,
                    round(avg(p.stress) * 1000000) AS stress, round(avg(p.productivity) * 1000000) AS productivity
             FROM pulses p JOIN users u ON u.id = p.user_id
             WHERE p.day >= $1 AND p.day < $1 + interval '1 month' AND u.confirmed_at IS NOT NULL
             GROUP BY u.id
         ) people
         GROUP BY department",
    )
    .bind::<Date, _>(first)
    .load(conn)?;
    let sums = |row: MonthSums| {
        let logged = Logged { people: row.people, sums: std::array::from_fn(|index| row.sums[index]) };
        (DepartmentId(row.department), logged)
    };
    Ok(rows.into_iter().map(sums).collect())
}

pub fn insert_month(conn: &mut PgConnection, first: NaiveDate, k: u16, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::insert_into(pulse_months::table)
        .values((
            pulse_months::starts_on.eq(first),
            pulse_months::min_group.eq(k as i16),
            pulse_months::published_at.eq(now),
        ))
        .execute(conn)
}

pub fn insert_pulses(
    conn: &mut PgConnection,
    first: NaiveDate,
    measure: &str,
    map: &Map,
    cells: &[Cell<Mean>],
    atoms: &[MeanAtom],
) -> QueryResult<()> {
    let all: Vec<_> = cells
        .iter()
        .zip(atoms)
        .enumerate()
        .map(|(place, (cell, atom))| {
            let (state, mean) = match cell {
                Cell::Value(mean) => (CellState::Value, Some(mean)),
                Cell::Suppressed => (CellState::Suppressed, None),
                Cell::Empty => (CellState::Empty, None),
            };
            (
                published_pulse_months::department_id.eq(map.ids[place]),
                published_pulse_months::parent_id.eq((place > 0).then(|| map.ids[map.parents[place]])),
                published_pulse_months::place.eq(place as i32),
                published_pulse_months::starts_on.eq(first),
                published_pulse_months::measure.eq(measure),
                published_pulse_months::state.eq(state),
                published_pulse_months::atom.eq(atom.people as i64),
                published_pulse_months::blocks.eq(mean.map(|mean| mean.blocks as i32)),
                published_pulse_months::people.eq(mean.map(|mean| mean.people as i64)),
                published_pulse_months::total.eq(mean.map(|mean| mean.total)),
            )
        })
        .collect();
    for rows in all.chunks(ROWS) {
        diesel::insert_into(published_pulse_months::table).values(rows.to_vec()).execute(conn)?;
    }
    Ok(())
}

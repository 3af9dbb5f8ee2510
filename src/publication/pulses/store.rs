//! Weekly figures of the pulse in the database. Reads only sums over departments.

use crate::{
    db::schema::{published_pulses, pulse_weeks, users},
    domain::DepartmentId,
    publication::{
        CellState, Map,
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
struct WeekRow {
    #[diesel(sql_type = Date)]
    week: NaiveDate,
}

/// Mondays of the weeks before `this_week` that have pulses and are not published.
pub fn weeks_to_publish(conn: &mut PgConnection, this_week: NaiveDate) -> QueryResult<Vec<NaiveDate>> {
    let rows: Vec<WeekRow> = sql_query(
        "SELECT week FROM (
             SELECT generate_series(date_trunc('week', min(day)::timestamp), $1 - interval '1 week', interval '1 week')::date AS week
             FROM pulses
         ) weeks
         WHERE NOT EXISTS (SELECT 1 FROM pulse_weeks w WHERE w.starts_on = week)
         ORDER BY week",
    )
    .bind::<Date, _>(this_week)
    .load(conn)?;
    Ok(rows.into_iter().map(|row| row.week).collect())
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

#[derive(QueryableByName)]
struct WeekSums {
    #[diesel(sql_type = BigInt)]
    department: i64,
    #[diesel(sql_type = BigInt)]
    people: i64,
    #[diesel(sql_type = Array<BigInt>)]
    sums: Vec<i64>,
}

/// Number of people and sum per department, from one mean per person and measure of the
/// week, in millionths.
pub fn week(conn: &mut PgConnection, monday: NaiveDate) -> QueryResult<Vec<(DepartmentId, [(u64, i64); 3])>> {
    let rows: Vec<WeekSums> = sql_query(
        "SELECT department, count(*) AS people, ARRAY[sum(burnout), sum(stress), sum(productivity)]::bigint[] AS sums
         FROM (
             SELECT coalesce(u.department_id, 0) AS department, round(avg(p.burnout) * 1000000) AS burnout,
                    round(avg(p.stress) * 1000000) AS stress, round(avg(p.productivity) * 1000000) AS productivity
             FROM pulses p JOIN users u ON u.id = p.user_id
             WHERE p.day BETWEEN $1 AND $1 + 6 AND u.confirmed_at IS NOT NULL
             GROUP BY u.id
         ) people
         GROUP BY department",
    )
    .bind::<Date, _>(monday)
    .load(conn)?;
    let sums = |row: WeekSums| {
        let people = row.people.unsigned_abs();
        (DepartmentId(row.department), [0, 1, 2].map(|index| (people, row.sums[index])))
    };
    Ok(rows.into_iter().map(sums).collect())
}

pub fn insert_week(conn: &mut PgConnection, monday: NaiveDate, k: u16, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::insert_into(pulse_weeks::table)
        .values((
            pulse_weeks::starts_on.eq(monday),
            pulse_weeks::min_group.eq(k as i16),
            pulse_weeks::published_at.eq(now),
        ))
        .execute(conn)
}

pub fn insert_pulses(
    conn: &mut PgConnection,
    monday: NaiveDate,
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
                published_pulses::department_id.eq(map.ids[place]),
                published_pulses::parent_id.eq((place > 0).then(|| map.ids[map.parents[place]])),
                published_pulses::place.eq(place as i32),
                published_pulses::week.eq(monday),
                published_pulses::measure.eq(measure),
                published_pulses::state.eq(state),
                published_pulses::atom.eq(atom.people as i64),
                published_pulses::people.eq(mean.map(|mean| mean.people as i64)),
                published_pulses::total.eq(mean.map(|mean| mean.total)),
            )
        })
        .collect();
    for rows in all.chunks(ROWS) {
        diesel::insert_into(published_pulses::table).values(rows.to_vec()).execute(conn)?;
    }
    Ok(())
}

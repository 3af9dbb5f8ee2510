//! Counts check-ups and invited people by department, in one statement each.

use crate::{
    domain::{DepartmentId, Level, PeriodId, PeriodKind, Profile},
    instruments::{
        VersionId,
        instrument::{Direction, Instrument, Scale},
    },
    publication::{
        grain::{self, Form},
        publish::{Counted, ScaleSums},
        store::PeriodRow,
    },
};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Double},
};
use std::collections::HashMap;

#[derive(QueryableByName)]
struct CountRow {
    #[diesel(sql_type = BigInt)]
    department: i64,
    /// Everybody who is counted.
    #[diesel(sql_type = Array<BigInt>)]
    ids: Vec<i64>,
    #[diesel(sql_type = Array<BigInt>)]
    people: Vec<i64>,
    #[diesel(sql_type = Array<BigInt>)]
    sums: Vec<i64>,
    #[diesel(sql_type = Array<Double>)]
    squares: Vec<f64>,
    #[diesel(sql_type = Array<BigInt>)]
    levels: Vec<i64>,
    #[diesel(sql_type = Array<BigInt>)]
    profiles: Vec<i64>,
    /// People per group of values, scale by scale.
    #[diesel(sql_type = Array<BigInt>)]
    groups: Vec<i64>,
}

/// What each department's own people sum up to, and who they are: confirmed people, and
/// results left behind by people who left. Sums are in whole millionths, so that the order of
/// addition does not matter.
pub fn count(
    conn: &mut PgConnection,
    period: PeriodId,
    version: VersionId,
    instrument: &Instrument,
) -> QueryResult<Vec<(DepartmentId, Counted)>> {
    let strains: Vec<String> = instrument.scales().map(|scale| strain(instrument, scale)).collect();
    let each = |sql: fn(&str) -> String| strains.iter().map(|strain| sql(strain)).collect::<Vec<_>>().join(", ");
    let by_code = |column: &str, codes: Vec<&str>| {
        let one = |code: &&str| format!("count(*) FILTER (WHERE a.{column} = '{code}')");
        codes.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    let forms: Vec<Form> = instrument.scales().map(|scale| grain::form(instrument, scale)).collect();
    let groups: Vec<String> =
        instrument.scales().zip(&forms).flat_map(|(scale, form)| people_per_group(scale, form)).collect();
    let query = format!(
        "SELECT coalesce(a.department_id, 0) AS department,
                array_agg({PERSON}) AS ids, ARRAY[{people}] AS people, ARRAY[{sums}] AS sums, ARRAY[{squares}] AS squares,
                ARRAY[{levels}] AS levels, ARRAY[{profiles}] AS profiles, ARRAY[{groups}]::bigint[] AS groups
         FROM assessments a
         WHERE a.period_id = $1 AND a.counts AND a.instrument_version_id = $2
           AND {CONFIRMED}
         GROUP BY 1",
        people = each(|strain| format!("count({strain})")),
        sums = each(|strain| format!("coalesce(sum({strain}), 0)::bigint")),
        squares = each(|strain| format!("coalesce(sum({strain} * {strain}), 0)::double precision")),
        levels = by_code("level", Level::ALL.map(Level::code).to_vec()),
        profiles = by_code("profile", Profile::ALL.map(Profile::code).to_vec()),
        groups = groups.join(", "),
    );
    let rows: Vec<CountRow> = sql_query(query).bind::<BigInt, _>(period).bind::<BigInt, _>(version).load(conn)?;
    let mut scored = Vec::new();
    for (index, scale) in instrument.scales().enumerate() {
        let all = rows.iter().all(|row| row.people[index] == row.ids.len() as i64);
        scored.push(if all { None } else { Some(people_with(conn, period, version, scale)?) });
    }
    Ok(rows.into_iter().map(|row| (DepartmentId(row.department), counted(row, &forms, &mut scored))).collect())
}

/// SQL for whom a counted row is about: a person's id; of who left, minus the id of the
/// check-up.
const PERSON: &str = "coalesce(a.user_id, -a.id)";

/// SQL for a counted row of somebody who is confirmed, or who left: without a join with
/// everybody, since few are not confirmed.
const CONFIRMED: &str = "(a.user_id IS NULL OR a.user_id NOT IN (SELECT id FROM users WHERE confirmed_at IS NULL))";

#[derive(QueryableByName)]
struct PeopleRow {
    #[diesel(sql_type = BigInt)]
    department: i64,
    #[diesel(sql_type = Array<BigInt>)]
    ids: Vec<i64>,
}

/// By department, the people counted who have a value on a scale that can be missing.
fn people_with(
    conn: &mut PgConnection,
    period: PeriodId,
    version: VersionId,
    scale: Scale,
) -> QueryResult<HashMap<i64, Vec<i64>>> {
    let query = format!(
        "SELECT coalesce(a.department_id, 0) AS department, array_agg({PERSON}) AS ids
         FROM assessments a
         WHERE a.period_id = $1 AND a.counts AND a.instrument_version_id = $2 AND {} IS NOT NULL
           AND {CONFIRMED}
         GROUP BY 1",
        column(scale)
    );
    let rows: Vec<PeopleRow> = sql_query(query).bind::<BigInt, _>(period).bind::<BigInt, _>(version).load(conn)?;
    Ok(rows.into_iter().map(|row| (row.department, row.ids)).collect())
}

/// SQL that counts the people in each group of values of a scale.
fn people_per_group(scale: Scale, form: &Form) -> Vec<String> {
    let (column, borders) = (column(scale), grain::borders(form.groups()));
    let one = |group: usize| {
        format!("count(*) FILTER (WHERE width_bucket({column}, ARRAY{borders:?}::double precision[]) = {group})")
    };
    (0..form.groups().len()).map(one).collect()
}

/// The column of a scale's raw values.
fn column(scale: Scale) -> String {
    match scale {
        Scale::Subscale(index) => format!("a.subscale_scores[{}]", index + 1),
        Scale::Total => "a.score".to_owned(),
    }
}

/// SQL for one person's strain in millionths of a percent of range.
fn strain(instrument: &Instrument, scale: Scale) -> String {
    let (min, max) = instrument.range(scale);
    let column = column(scale);
    let percent =
        format!("(round(({column} - {min:?}::double precision) * {:?}::double precision))::bigint", 1e8 / (max - min));
    match instrument.direction(scale) {
        Direction::HigherIsWorse => percent,
        Direction::HigherIsBetter => format!("(100000000 - {percent})"),
    }
}

/// `scored` has, for each scale that some people have no value on, who has one.
fn counted(row: CountRow, forms: &[Form], scored: &mut [Option<HashMap<i64, Vec<i64>>>]) -> Counted {
    let whole = |counts: Vec<i64>| -> Vec<u64> { counts.into_iter().map(i64::unsigned_abs).collect() };
    let mut groups = whole(row.groups).into_iter();
    let mut who = |index: usize| match &mut scored[index] {
        None => row.ids.clone(),
        Some(people) => people.remove(&row.department).unwrap_or_default(),
    };
    let sums = row.sums.iter().zip(row.squares).enumerate();
    Counted {
        scales: sums
            .map(|(index, (sum, squares))| ScaleSums { ids: who(index), sum: *sum, squares: squares / 1e12 })
            .collect(),
        values: forms.iter().map(|form| groups.by_ref().take(form.groups().len()).collect()).collect(),
        levels: whole(row.levels),
        profiles: whole(row.profiles),
    }
}

#[derive(QueryableByName)]
struct ParticipationRow {
    #[diesel(sql_type = BigInt)]
    department: i64,
    #[diesel(sql_type = BigInt)]
    answered: i64,
    #[diesel(sql_type = BigInt)]
    silent: i64,
}

/// For each department how many of the people asked answered, and how many did not.
/// Asked are the invited of a campaign, or everybody with a confirmed account for a
/// month.
pub fn participation(conn: &mut PgConnection, period: &PeriodRow) -> QueryResult<Vec<(DepartmentId, [u64; 2])>> {
    // In a month somebody may have answered several questionnaires.
    let (asked, distinct) = match period.kind {
        PeriodKind::Campaign => ("(SELECT user_id, department_id FROM invitations WHERE period_id = $1)", ""),
        PeriodKind::Month => {
            ("(SELECT id AS user_id, department_id FROM users WHERE confirmed_at IS NOT NULL)", "DISTINCT")
        }
    };
    let query = format!(
        "SELECT coalesce(asked.department_id, 0) AS department,
                count(answers.user_id) AS answered, count(*) - count(answers.user_id) AS silent
         FROM {asked} asked
         LEFT JOIN (SELECT {distinct} user_id FROM assessments WHERE period_id = $1 AND counts) answers USING (user_id)
         GROUP BY 1"
    );
    let rows: Vec<ParticipationRow> = sql_query(query).bind::<BigInt, _>(period.id).load(conn)?;
    let answers = |row: ParticipationRow| {
        (DepartmentId(row.department), [row.answered.unsigned_abs(), row.silent.unsigned_abs()])
    };
    Ok(rows.into_iter().map(answers).collect())
}

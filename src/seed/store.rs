//! Writes generated companies, with COPY where the new ids are not needed.

use crate::{
    assessment::CONSENT_VERSION,
    auth::roles::Role,
    consents::ConsentPurpose,
    db::schema::{
        assessments, consents, departments, invitations, last_numbers, library_items, periods, pulses, recommendations,
        roles, user_roles, users,
    },
    domain::{Dimension, Level, Numbered, PeriodKind, Profile, Rhythm, UserId},
    error::AppError,
    instruments::VersionId,
    library::{Audience, Category, ItemId},
    recommendations::{Priority, choice::Candidate},
    seed::rows::{Department, Period, Person},
};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use diesel::{ExecuteCopyFromDsl as _, copy_from, dsl::exists, prelude::*};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;

/// Rows per statement, far below PostgreSQL's limit of 65,535 bound values.
const ROWS: usize = 1_000;

pub fn has_users(conn: &mut PgConnection) -> QueryResult<bool> {
    diesel::select(exists(users::table.select(users::id))).get_result(conn)
}

/// All published items that can be recommended.
pub fn candidates(conn: &mut PgConnection) -> QueryResult<Vec<Candidate>> {
    type Row = (ItemId, Category, Vec<Option<Dimension>>, Vec<Option<Level>>);
    let rows: Vec<Row> = library_items::table
        .filter(library_items::published)
        .filter(library_items::audience.eq(Audience::Person))
        .order(library_items::id)
        .select((library_items::id, library_items::category, library_items::dimensions, library_items::levels))
        .load(conn)?;
    let candidate =
        |(id, category, dimensions, levels): (ItemId, Category, Vec<Option<_>>, Vec<Option<_>>)| Candidate {
            id,
            category,
            dimensions: dimensions.into_iter().flatten().collect(),
            levels: levels.into_iter().flatten().collect(),
        };
    Ok(rows.into_iter().map(candidate).collect())
}

/// The ids of what people refer to, by index in the generated company.
pub struct Places<'a> {
    version: VersionId,
    departments: Vec<i64>,
    periods: Vec<i64>,
    roles: HashMap<String, i64>,
    password_hash: Option<&'a str>,
}

/// Writes departments and periods. `password_hash` is for people with a password.
pub fn write_places<'a>(
    conn: &mut PgConnection,
    version: VersionId,
    departments: &[Department],
    periods: &[Period],
    password_hash: Option<&'a str>,
) -> Result<Places<'a>, AppError> {
    Ok(Places {
        version,
        departments: write_departments(conn, departments)?,
        periods: periods.iter().map(|period| write_period(conn, version, period)).collect::<QueryResult<_>>()?,
        roles: roles::table
            .filter(roles::key.is_not_null())
            .select((roles::key.assume_not_null(), roles::id))
            .load(conn)?
            .into_iter()
            .collect(),
        password_hash,
    })
}

/// Parents first, because a team refers to its department's id.
fn write_departments(conn: &mut PgConnection, all: &[Department]) -> QueryResult<Vec<i64>> {
    let mut ids: Vec<i64> = vec![0; all.len()];
    let (tops, teams): (Vec<usize>, Vec<usize>) = (0..all.len()).partition(|&place| all[place].parent.is_none());
    for places in tops.chunks(ROWS).chain(teams.chunks(ROWS)) {
        let rows: Vec<_> = places
            .iter()
            .map(|&place| {
                let parent = all[place].parent.map(|parent| ids[parent]);
                (departments::name.eq(&all[place].name), departments::parent_id.eq(parent))
            })
            .collect();
        let made: Vec<i64> =
            diesel::insert_into(departments::table).values(rows).returning(departments::id).get_results(conn)?;
        places.iter().zip(made).for_each(|(&place, id)| ids[place] = id);
    }
    Ok(ids)
}

fn write_period(conn: &mut PgConnection, version: VersionId, period: &Period) -> QueryResult<i64> {
    diesel::insert_into(periods::table)
        .values((
            periods::kind.eq(period.kind),
            periods::state.eq(period.state),
            periods::name.eq(&period.name),
            periods::starts_on.eq(period.starts_on),
            periods::ends_on.eq(period.ends_on),
            periods::instrument_version_id.eq((period.kind == PeriodKind::Campaign).then_some(version)),
            periods::cut_off_set.eq(&period.cut_off_set),
            periods::min_group.eq(period.min_group),
            periods::rhythm.eq((period.kind == PeriodKind::Campaign).then_some(Rhythm::Twice)),
            periods::opened_at.eq(period.opened_at),
            periods::closed_at.eq(period.closed_at),
        ))
        .returning(periods::id)
        .get_result(conn)
}

/// Writes people with everything that belongs to them, in their order.
pub fn write_people(conn: &mut PgConnection, places: &Places<'_>, people: &[Person]) -> Result<(), AppError> {
    for some in people.chunks(ROWS) {
        let ids = write_users(conn, places, some)?;
        let with_ids: Vec<(UserId, &Person)> = ids.into_iter().zip(some).collect();
        write_belongings(conn, places, &with_ids)?;
        write_check_ups(conn, places, &with_ids)?;
        write_lists(conn, &with_ids)?;
        write_last_numbers(conn, &with_ids)?;
        write_pulses(conn, &with_ids)?;
    }
    Ok(())
}

/// A person's id: derived from the address, so always the same, below 2^52, and without
/// revealing how many people there are.
fn number_of(email: &str) -> i64 {
    let hash = Sha256::digest(email.as_bytes());
    let first = hash.iter().take(8).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    (first >> 12).max(1) as i64
}

/// Returns the new ids in the order of `people`: PostgreSQL inserts and returns the
/// rows of a VALUES list in order.
fn write_users(conn: &mut PgConnection, places: &Places<'_>, people: &[Person]) -> QueryResult<Vec<UserId>> {
    let rows: Vec<_> = people
        .iter()
        .map(|person| {
            (
                users::id.eq(number_of(&person.email)),
                users::email.eq(&person.email),
                users::password_hash.eq(places.password_hash.filter(|_| person.has_password)),
                users::name.eq(&person.name),
                users::position.eq(&person.position),
                users::claimed_department.eq(&person.claimed_department),
                users::department_id.eq(person.department.map(|place| places.departments[place])),
                users::confirmed_at.eq(person.confirmed_at),
                users::email_verified_at.eq(person.joined_on.and_time(NaiveTime::MIN).and_utc()),
                users::joined_on.eq(person.joined_on),
            )
        })
        .collect();
    diesel::insert_into(users::table).values(rows).returning(users::id).get_results(conn)
}

/// Writes roles, consents and invitations.
fn write_belongings(
    conn: &mut PgConnection,
    places: &Places<'_>,
    people: &[(UserId, &Person)],
) -> Result<(), AppError> {
    let role = |role: Role| places.roles.get(role.code()).copied().ok_or(AppError::NotFound);
    let mut held = Vec::new();
    for (user, person) in people {
        for each in [Some(Role::Employee), person.role].into_iter().flatten() {
            held.push((user_roles::user_id.eq(*user), user_roles::role_id.eq(role(each)?)));
        }
    }
    copy_from(user_roles::table).from_insertable(held).execute(conn)?;
    let agreed: Vec<_> = people
        .iter()
        .filter_map(|(user, person)| Some((*user, person.consented_at?)))
        .map(|(user, at)| {
            (
                consents::user_id.eq(user),
                consents::purpose.eq(ConsentPurpose::Assessment),
                consents::text_version.eq(CONSENT_VERSION),
                consents::given_at.eq(at),
            )
        })
        .collect();
    copy_from(consents::table).from_insertable(agreed).execute(conn)?;
    let invited: Vec<_> = people
        .iter()
        .flat_map(|(user, person)| person.invited.iter().map(move |&period| (*user, *person, period)))
        .map(|(user, person, period)| {
            (
                invitations::period_id.eq(places.periods[period]),
                invitations::user_id.eq(user),
                invitations::department_id.eq(person.department.map(|place| places.departments[place])),
            )
        })
        .collect();
    copy_from(invitations::table).from_insertable(invited).execute(conn)?;
    Ok(())
}

#[derive(Insertable)]
#[diesel(table_name = assessments, treat_none_as_default_value = false)]
struct NewCheckUp<'a> {
    user_id: UserId,
    period_id: i64,
    department_id: Option<i64>,
    instrument_version_id: VersionId,
    made_at: DateTime<Utc>,
    subscale_scores: &'a [Option<f64>],
    score: Option<f64>,
    level: Option<Level>,
    profile: Option<Profile>,
    answers: Value,
    counts: bool,
    number: i64,
}

fn write_check_ups(conn: &mut PgConnection, places: &Places<'_>, people: &[(UserId, &Person)]) -> QueryResult<usize> {
    let rows: Vec<_> = people
        .iter()
        .flat_map(|(user, person)| {
            person.check_ups.iter().zip(1..).map(move |(check_up, number)| (*user, *person, check_up, number))
        })
        .map(|(user, person, check_up, number)| NewCheckUp {
            user_id: user,
            period_id: places.periods[check_up.period],
            department_id: person.department.map(|place| places.departments[place]),
            instrument_version_id: places.version,
            made_at: check_up.made_at,
            subscale_scores: &check_up.score.subscales,
            score: check_up.score.total,
            level: check_up.score.level,
            profile: check_up.score.profile,
            answers: check_up.answers.to_json(),
            counts: check_up.counts,
            number,
        })
        .collect();
    copy_from(assessments::table).from_insertable(rows).execute(conn)
}

#[derive(Insertable)]
#[diesel(table_name = recommendations, treat_none_as_default_value = false)]
struct NewRecommendation {
    user_id: UserId,
    item_id: ItemId,
    priority: Priority,
    given_at: DateTime<Utc>,
    completed_at: Option<DateTime<Utc>>,
    number: i64,
}

fn write_lists(conn: &mut PgConnection, people: &[(UserId, &Person)]) -> QueryResult<usize> {
    let rows: Vec<_> = people
        .iter()
        .flat_map(|(user, person)| {
            person.recommendations.iter().zip(1..).map(move |(row, number)| (*user, row, number))
        })
        .map(|(user, row, number)| NewRecommendation {
            user_id: user,
            item_id: row.item,
            priority: row.priority,
            given_at: row.given_at,
            completed_at: row.completed_at,
            number,
        })
        .collect();
    copy_from(recommendations::table).from_insertable(rows).execute(conn)
}

fn write_last_numbers(conn: &mut PgConnection, people: &[(UserId, &Person)]) -> QueryResult<usize> {
    let given = people.iter().flat_map(|(user, person)| {
        let owned =
            [(Numbered::Assessment, person.check_ups.len()), (Numbered::Recommendation, person.recommendations.len())];
        owned.map(|(kind, count)| (*user, kind, count as i64))
    });
    let rows: Vec<_> = given
        .filter(|(_, _, last)| *last > 0)
        .map(|(user, kind, last)| {
            (last_numbers::user_id.eq(user), last_numbers::kind.eq(kind), last_numbers::last.eq(last))
        })
        .collect();
    copy_from(last_numbers::table).from_insertable(rows).execute(conn)
}

#[derive(Insertable)]
#[diesel(table_name = pulses, treat_none_as_default_value = false)]
struct NewPulse {
    user_id: UserId,
    day: NaiveDate,
    burnout: i16,
    stress: i16,
    productivity: i16,
}

fn write_pulses(conn: &mut PgConnection, people: &[(UserId, &Person)]) -> QueryResult<usize> {
    let rows: Vec<_> = people
        .iter()
        .flat_map(|(user, person)| person.pulses.iter().map(move |pulse| (*user, pulse)))
        .map(|(user, pulse)| NewPulse {
            user_id: user,
            day: pulse.day,
            burnout: pulse.burnout,
            stress: pulse.stress,
            productivity: pulse.productivity,
        })
        .collect();
    copy_from(pulses::table).from_insertable(rows).execute(conn)
}

/// Updates the planner's statistics at once.
pub fn analyze(conn: &mut PgConnection) -> QueryResult<usize> {
    diesel::sql_query("ANALYZE departments, users, user_roles, consents, assessments, recommendations, pulses")
        .execute(conn)
}

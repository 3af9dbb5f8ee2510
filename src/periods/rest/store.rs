//! When people were last asked, in the database. Whether they answered is not stored
//! here.

use crate::{
    db::schema::{campaign_rests, periods},
    domain::{PeriodKind, Rhythm, UserId},
    error::AppError,
    periods::rest::Asked,
};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use diesel::{
    prelude::*,
    sql_types::{Array, BigInt, Date, Integer, Nullable, Text},
};

#[derive(QueryableByName)]
struct RestedRow {
    #[diesel(sql_type = Date)]
    free_on: NaiveDate,
    #[diesel(sql_type = BigInt)]
    people: i64,
}

/// The days on which the rest after these people's previous campaigns ends, each with the
/// number of people. The rest is the longer one of the rhythm in which the previous
/// campaign was published (long before rhythms were kept) and the present one. People who
/// left and came back count, also when they came back with a new account under the same
/// address.
pub fn rested_from(
    conn: &mut PgConnection,
    asked: &Asked<'_>,
    rhythm: Rhythm,
    timezone: &Tz,
) -> QueryResult<Vec<(NaiveDate, i64)>> {
    let whom = match asked {
        Asked::Invited(_) => "SELECT user_id AS id FROM invitations WHERE period_id = $3",
        Asked::Members(None) => "SELECT id FROM users WHERE confirmed_at IS NOT NULL",
        Asked::Members(Some(_)) => "SELECT id FROM users WHERE confirmed_at IS NOT NULL AND department_id = ANY($4)",
    };
    let long = Rhythm::Twice.rest();
    let query = format!(
        "SELECT free_on, count(*) AS people FROM (
             SELECT max(asked.on_day + greatest($2, asked.rest)) AS free_on
             FROM ({whom}) whom JOIN users u USING (id) CROSS JOIN LATERAL (
                 SELECT (p.closed_at AT TIME ZONE $1)::date AS on_day,
                        CASE p.rhythm WHEN 'quarterly' THEN {quarterly} ELSE {long} END AS rest
                 FROM invitations b JOIN periods p ON p.id = b.period_id
                 WHERE b.user_id = u.id AND p.state = 'closed' AND p.closed_at IS NOT NULL
                 UNION ALL SELECT (asked_at AT TIME ZONE $1)::date, 0 FROM campaign_rests WHERE user_id = u.id
                 UNION ALL SELECT (asked_at AT TIME ZONE $1)::date, 0
                 FROM old_users o JOIN campaign_rests r ON r.user_id = o.id WHERE o.email = u.email
             ) asked GROUP BY u.id
         ) people GROUP BY free_on",
        quarterly = Rhythm::Quarterly.rest(),
    );
    let (campaign, places) = match asked {
        Asked::Invited(id) => (Some(*id), None),
        Asked::Members(places) => (None, *places),
    };
    let rows: Vec<RestedRow> = diesel::sql_query(query)
        .bind::<Text, _>(timezone.name())
        .bind::<Integer, _>(rhythm.rest() as i32)
        .bind::<Nullable<BigInt>, _>(campaign)
        .bind::<Nullable<Array<BigInt>>, _>(places)
        .load(conn)?;
    Ok(rows.into_iter().map(|row| (row.free_on, row.people)).collect())
}

/// When the last campaign closed, and its rhythm.
pub fn last_closed(conn: &mut PgConnection) -> QueryResult<Option<(DateTime<Utc>, Option<Rhythm>)>> {
    periods::table
        .filter(periods::kind.eq(PeriodKind::Campaign))
        .filter(periods::closed_at.is_not_null())
        .order(periods::closed_at.desc())
        .select((periods::closed_at.assume_not_null(), periods::rhythm))
        .first(conn)
        .optional()
}

/// Keeps, for somebody who is archived, when they were last asked, so that the minimum
/// time holds if they are restored. Call it in the caller's transaction before the
/// person's invitations are deleted.
///
/// Stores when somebody who leaves was last asked: when their last campaign closed, or
/// its last day if it is open.
///
/// # Errors
/// Those of the database.
pub fn keep_rest(conn: &mut PgConnection, user: UserId) -> Result<(), AppError> {
    diesel::sql_query(
        "INSERT INTO campaign_rests (user_id, asked_at)
         SELECT $1, max(at) FROM (
             SELECT CASE WHEN p.state = 'closed' THEN p.closed_at ELSE (p.ends_on + 1)::timestamptz END AS at
             FROM invitations i JOIN periods p ON p.id = i.period_id WHERE i.user_id = $1
             UNION ALL SELECT asked_at FROM campaign_rests WHERE user_id = $1
             UNION ALL SELECT asked_at FROM users u JOIN old_users o ON o.email = u.email
             JOIN campaign_rests r ON r.user_id = o.id WHERE u.id = $1
         ) asked HAVING max(at) IS NOT NULL
         ON CONFLICT (user_id) DO UPDATE SET asked_at = excluded.asked_at",
    )
    .bind::<BigInt, _>(user)
    .execute(conn)?;
    Ok(())
}

/// Deletes that for somebody who is erased.
///
/// # Errors
/// Those of the database.
pub fn forget_rest(conn: &mut PgConnection, user: UserId) -> Result<(), AppError> {
    diesel::delete(campaign_rests::table.find(user)).execute(conn)?;
    Ok(())
}

pub fn delete_rests_before(conn: &mut PgConnection, oldest: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(campaign_rests::table.filter(campaign_rests::asked_at.lt(oldest))).execute(conn)
}

//! When people were last asked, in the database. Whether they answered is not stored
//! here.

use crate::{
    db::schema::campaign_rests,
    domain::{PeriodId, UserId},
    error::AppError,
};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use diesel::{
    prelude::*,
    sql_types::{BigInt, Date, Text},
};

#[derive(QueryableByName)]
struct AskedRow {
    #[diesel(sql_type = Date)]
    closed_on: NaiveDate,
    #[diesel(sql_type = BigInt)]
    people: i64,
}

/// The days on which the previous campaigns of this campaign's people closed, each with
/// the number of people. People who left and came back count, also when they came back
/// with a new account under the same address.
pub fn asked_before(conn: &mut PgConnection, id: PeriodId, timezone: &Tz) -> QueryResult<Vec<(NaiveDate, i64)>> {
    let rows: Vec<AskedRow> = diesel::sql_query(
        "SELECT closed_on, count(*) AS people FROM (
             SELECT max((asked.at AT TIME ZONE $2)::date) AS closed_on
             FROM invitations i JOIN users u ON u.id = i.user_id CROSS JOIN LATERAL (
                 SELECT p.closed_at AS at FROM invitations b JOIN periods p ON p.id = b.period_id
                 WHERE b.user_id = u.id AND p.state = 'closed' AND p.closed_at IS NOT NULL
                 UNION ALL SELECT asked_at FROM campaign_rests WHERE user_id = u.id
                 UNION ALL SELECT asked_at FROM old_users o JOIN campaign_rests r ON r.user_id = o.id
                 WHERE o.email = u.email
             ) asked WHERE i.period_id = $1 GROUP BY u.id
         ) people GROUP BY closed_on",
    )
    .bind::<BigInt, _>(id)
    .bind::<Text, _>(timezone.name())
    .load(conn)?;
    Ok(rows.into_iter().map(|row| (row.closed_on, row.people)).collect())
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

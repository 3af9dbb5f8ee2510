//! Access codes in PostgreSQL.

use crate::{
    accounts::{UserId, access_codes::CodeHash},
    assessment::PeriodState,
    hr::PeriodId,
    schema::{access_codes, periods},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// So many rows go into one statement, far below the limit of bound values.
const ROWS: usize = 1_000;

pub fn delete_all(conn: &mut PgConnection, period: PeriodId) -> QueryResult<usize> {
    diesel::delete(access_codes::table.filter(access_codes::period_id.eq(period))).execute(conn)
}

pub fn insert(
    conn: &mut PgConnection,
    period: PeriodId,
    codes: &[(UserId, CodeHash)],
    now: DateTime<Utc>,
) -> QueryResult<()> {
    for some in codes.chunks(ROWS) {
        let rows: Vec<_> = some
            .iter()
            .map(|(user, hash)| {
                (
                    access_codes::period_id.eq(period),
                    access_codes::user_id.eq(*user),
                    access_codes::code_hash.eq(&hash[..]),
                    access_codes::printed_at.eq(now),
                )
            })
            .collect();
        diesel::insert_into(access_codes::table).values(rows).execute(conn)?;
    }
    Ok(())
}

/// Whose code this is in an open campaign, and whether it was used; locked. The
/// period comes first, as where codes are printed, and is only kept from
/// closing: those who are answering need not wait.
pub fn lock(conn: &mut PgConnection, code: CodeHash) -> QueryResult<Option<(PeriodId, UserId, bool)>> {
    let this_code = || access_codes::table.filter(access_codes::code_hash.eq(&code[..]));
    let Some(period) = this_code().select(access_codes::period_id).first::<PeriodId>(conn).optional()? else {
        return Ok(None);
    };
    let open = periods::table.find(period).filter(periods::state.eq(PeriodState::Open));
    if open.select(periods::id).for_share().first::<PeriodId>(conn).optional()?.is_none() {
        return Ok(None);
    }
    this_code()
        .select((access_codes::period_id, access_codes::user_id, access_codes::used_at.is_not_null()))
        .for_update()
        .first(conn)
        .optional()
}

pub fn set_used(conn: &mut PgConnection, period: PeriodId, user: UserId, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(access_codes::table.find((period, user))).set(access_codes::used_at.eq(now)).execute(conn)
}

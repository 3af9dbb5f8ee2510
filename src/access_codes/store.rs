//! Access codes in PostgreSQL.

use crate::{
    access_codes::CodeHash,
    db::schema::{access_codes, periods},
    domain::{PeriodId, PeriodState, UserId},
    error::AppError,
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// Rows per INSERT, far below PostgreSQL's limit of 65,535 bound parameters.
const ROWS: usize = 1_000;

/// The number of the last printing of a campaign's slips, from 1, and its time;
/// `None` before the first printing.
///
/// Number and time of a campaign's last printing.
///
/// # Errors
/// Those of the database.
pub fn latest_printing(conn: &mut PgConnection, period: PeriodId) -> Result<Option<(i32, DateTime<Utc>)>, AppError> {
    Ok(access_codes::table
        .filter(access_codes::period_id.eq(period))
        .order(access_codes::printing.desc())
        .select((access_codes::printing, access_codes::printed_at))
        .first(conn)
        .optional()?)
}

pub fn delete_all(conn: &mut PgConnection, period: PeriodId) -> QueryResult<usize> {
    diesel::delete(access_codes::table.filter(access_codes::period_id.eq(period))).execute(conn)
}

pub fn insert(
    conn: &mut PgConnection,
    period: PeriodId,
    codes: &[(UserId, CodeHash)],
    printing: i32,
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
                    access_codes::printing.eq(printing),
                )
            })
            .collect();
        diesel::insert_into(access_codes::table).values(rows).execute(conn)?;
    }
    Ok(())
}

/// Finds and locks an unused code of an open campaign; `None` for any other.
/// Unknown and used codes both end after the same first query, so that response
/// times do not tell them apart. Locks the period before the code, in the order
/// that printing does, and only FOR SHARE: that keeps the period from closing,
/// but does not block people who are submitting answers.
pub fn lock_good(conn: &mut PgConnection, code: CodeHash) -> QueryResult<Option<(PeriodId, UserId)>> {
    let good = || {
        let unused = access_codes::table.filter(access_codes::code_hash.eq(&code[..]));
        unused.filter(access_codes::used_at.is_null())
    };
    let open = periods::table.on(periods::id.eq(access_codes::period_id).and(periods::state.eq(PeriodState::Open)));
    let found: Option<PeriodId> = good().inner_join(open).select(periods::id).first(conn).optional()?;
    let Some(period) = found else { return Ok(None) };
    let still_open = periods::table.find(period).filter(periods::state.eq(PeriodState::Open));
    if still_open.select(periods::id).for_share().first::<PeriodId>(conn).optional()?.is_none() {
        return Ok(None);
    }
    good().select((access_codes::period_id, access_codes::user_id)).for_update().first(conn).optional()
}

pub fn set_used(conn: &mut PgConnection, period: PeriodId, user: UserId, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(access_codes::table.find((period, user))).set(access_codes::used_at.eq(now)).execute(conn)
}

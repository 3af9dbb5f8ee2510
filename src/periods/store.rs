//! Open months and campaigns in PostgreSQL.

use crate::{
    db::schema::{invitations, periods},
    domain::{PeriodKind, PeriodState, UserId},
    instruments::VersionId,
};
use chrono::{Days, Months, NaiveDate};
use diesel::{
    dsl::{exists, sql},
    prelude::*,
    sql_types::BigInt,
};

/// An open period and its questionnaire.
#[derive(Queryable)]
pub struct OpenPeriod {
    pub id: i64,
    /// `None` of a month, which leaves the choice to the installation.
    pub version: Option<VersionId>,
    pub cut_off_set: Option<String>,
}

/// The open campaign that this person is invited to, else the open month; locked
/// FOR SHARE against closing until the transaction ends.
pub fn share_open_period(conn: &mut PgConnection, user: UserId, month: NaiveDate) -> QueryResult<Option<OpenPeriod>> {
    let invited =
        invitations::table.filter(invitations::period_id.eq(periods::id)).filter(invitations::user_id.eq(user));
    let campaign = periods::kind.eq(PeriodKind::Campaign).and(exists(invited));
    let month = periods::kind.eq(PeriodKind::Month).and(periods::starts_on.eq(month));
    periods::table
        .filter(periods::state.eq(PeriodState::Open))
        .filter(campaign.or(month))
        .order(periods::kind.desc())
        .select((periods::id, periods::instrument_version_id, periods::cut_off_set))
        .limit(1)
        .for_share()
        .first(conn)
        .optional()
}

/// Inserts the calendar month that begins on `first` as an open period, unless it
/// exists. Its id is random and not from the sequence: otherwise gaps in the ids
/// of campaigns would show when somebody was the first to answer in a month.
pub fn open_month(conn: &mut PgConnection, first: NaiveDate) -> QueryResult<usize> {
    let last = first.checked_add_months(Months::new(1)).and_then(|next| next.checked_sub_days(Days::new(1)));
    diesel::insert_into(periods::table)
        .values((
            periods::id.eq(sql::<BigInt>("opaque_number()")),
            periods::kind.eq(PeriodKind::Month),
            periods::state.eq(PeriodState::Open),
            periods::starts_on.eq(first),
            periods::ends_on.eq(last.unwrap_or(first)),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
}

pub fn hold_open_periods(conn: &mut PgConnection) -> QueryResult<usize> {
    let open = periods::table.filter(periods::state.eq(PeriodState::Open)).order(periods::id);
    Ok(open.select(periods::id).for_share().load::<i64>(conn)?.len())
}

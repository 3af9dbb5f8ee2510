//! Campaigns, invitations and reminders in PostgreSQL. Of assessments it reads only
//! whether they exist.

use crate::{
    campaigns::{Draft, Invited},
    db::schema::{assessments, campaign_departments, invitations, periods, reminders, users},
    domain::{DepartmentId, PeriodId, PeriodKind, PeriodState, Rhythm, UserId},
    error::AppError,
    i18n::Language,
    instruments::VersionId,
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    dsl::{count_star, exists, not},
    prelude::*,
    sql_types::{BigInt, Date},
};

/// Reminders per person and campaign.
const MOST_REMINDERS: i64 = 3;

/// A campaign in a list.
#[derive(Clone, Debug, Queryable)]
pub struct Listed {
    pub id: PeriodId,
    pub state: PeriodState,
    pub name: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
}

/// A campaign as shown to HR.
#[derive(Clone, Debug)]
pub struct Campaign {
    pub id: PeriodId,
    pub state: PeriodState,
    pub name: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub version: Option<VersionId>,
    pub cut_off_set: Option<String>,
    pub min_group: Option<i16>,
    /// Share of the invited who answered, in percent, as counted on
    /// `participation_on`; `None` where it may not be shown.
    pub participation: Option<i16>,
    pub participation_on: Option<NaiveDate>,
    pub invited: Invited,
}

impl Campaign {
    /// Whether the whole company is invited.
    pub fn is_for_everyone(&self) -> bool {
        self.invited == Invited::Everyone
    }
}

#[diesel::dsl::auto_type]
fn campaigns() -> _ {
    let kind: PeriodKind = PeriodKind::Campaign;
    periods::table.filter(periods::kind.eq(kind))
}

#[diesel::dsl::auto_type]
fn draft_of(id: PeriodId) -> _ {
    let (kind, state): (PeriodKind, PeriodState) = (PeriodKind::Campaign, PeriodState::Draft);
    periods::table.find(id).filter(periods::kind.eq(kind)).filter(periods::state.eq(state))
}

/// Up to `limit` campaigns older than `before`, newest first.
///
/// # Errors
/// Those of the database.
pub fn list(conn: &mut PgConnection, before: Option<PeriodId>, limit: i64) -> Result<Vec<Listed>, AppError> {
    Ok(campaigns()
        .filter(periods::id.lt(before.unwrap_or(PeriodId(i64::MAX))))
        .order(periods::id.desc())
        .limit(limit)
        .select((periods::id, periods::state, periods::name.assume_not_null(), periods::starts_on, periods::ends_on))
        .load(conn)?)
}

type Row = (
    PeriodState,
    String,
    NaiveDate,
    NaiveDate,
    Option<VersionId>,
    Option<String>,
    Option<i16>,
    Option<i16>,
    Option<NaiveDate>,
    bool,
);

pub fn find(conn: &mut PgConnection, id: PeriodId) -> QueryResult<Campaign> {
    let row: Row = campaigns()
        .filter(periods::id.eq(id))
        .select((
            periods::state,
            periods::name.assume_not_null(),
            periods::starts_on,
            periods::ends_on,
            periods::instrument_version_id,
            periods::cut_off_set,
            periods::min_group,
            periods::participation,
            periods::participation_on,
            periods::whole_company,
        ))
        .first(conn)?;
    let (state, name, starts_on, ends_on, version, cut_off_set, min_group, participation, participation_on, whole) =
        row;
    let invited = if whole { Invited::Everyone } else { Invited::Departments(departments_of(conn, id)?) };
    Ok(Campaign {
        id,
        state,
        name,
        starts_on,
        ends_on,
        version,
        cut_off_set,
        min_group,
        participation,
        participation_on,
        invited,
    })
}

fn departments_of(conn: &mut PgConnection, id: PeriodId) -> QueryResult<Vec<DepartmentId>> {
    let chosen = campaign_departments::table.filter(campaign_departments::period_id.eq(id));
    chosen.select(campaign_departments::department_id).order(campaign_departments::department_id).load(conn)
}

/// The campaign, locked until the transaction ends.
pub fn lock(conn: &mut PgConnection, id: PeriodId) -> QueryResult<Campaign> {
    campaigns().filter(periods::id.eq(id)).select(periods::id).for_update().first::<PeriodId>(conn)?;
    find(conn, id)
}

pub fn insert(conn: &mut PgConnection, draft: &Draft) -> QueryResult<PeriodId> {
    diesel::insert_into(periods::table)
        .values((
            periods::kind.eq(PeriodKind::Campaign),
            periods::state.eq(PeriodState::Draft),
            periods::name.eq(&draft.name),
            periods::starts_on.eq(draft.starts_on),
            periods::ends_on.eq(draft.ends_on),
            periods::instrument_version_id.eq(draft.version),
            periods::cut_off_set.eq(&draft.cut_off_set),
            periods::whole_company.eq(draft.invited == Invited::Everyone),
        ))
        .returning(periods::id)
        .get_result(conn)
}

pub fn update_draft(conn: &mut PgConnection, id: PeriodId, draft: &Draft) -> QueryResult<usize> {
    diesel::update(draft_of(id))
        .set((
            periods::name.eq(&draft.name),
            periods::starts_on.eq(draft.starts_on),
            periods::ends_on.eq(draft.ends_on),
            periods::instrument_version_id.eq(draft.version),
            periods::cut_off_set.eq(&draft.cut_off_set),
            periods::whole_company.eq(draft.invited == Invited::Everyone),
        ))
        .execute(conn)
}

pub fn set_departments(conn: &mut PgConnection, id: PeriodId, invited: &Invited) -> QueryResult<()> {
    diesel::delete(campaign_departments::table.filter(campaign_departments::period_id.eq(id))).execute(conn)?;
    let Invited::Departments(chosen) = invited else { return Ok(()) };
    let rows: Vec<_> = chosen
        .iter()
        .map(|place| (campaign_departments::period_id.eq(id), campaign_departments::department_id.eq(*place)))
        .collect();
    diesel::insert_into(campaign_departments::table).values(rows).execute(conn)?;
    Ok(())
}

pub fn delete_draft(conn: &mut PgConnection, id: PeriodId) -> QueryResult<usize> {
    diesel::delete(draft_of(id)).execute(conn)
}

/// Raises the statement timeout for this transaction: inviting or reminding a whole
/// company is a single statement.
pub fn allow_a_minute(conn: &mut PgConnection) -> QueryResult<usize> {
    diesel::sql_query("SET LOCAL statement_timeout = '60s'").execute(conn)
}

pub fn set_open(
    conn: &mut PgConnection,
    id: PeriodId,
    (min_group, rhythm): (u16, Rhythm),
    today: NaiveDate,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::update(draft_of(id))
        .set((
            periods::state.eq(PeriodState::Open),
            periods::starts_on.eq(today),
            periods::min_group.eq(i16::try_from(min_group).unwrap_or(i16::MAX)),
            periods::rhythm.eq(rhythm),
            periods::opened_at.eq(now),
        ))
        .execute(conn)
}

/// People whom HR has confirmed.
#[diesel::dsl::auto_type]
fn confirmed() -> _ {
    users::table.filter(users::confirmed_at.is_not_null())
}

pub fn count_to_invite(conn: &mut PgConnection, places: Option<&[DepartmentId]>) -> QueryResult<i64> {
    match places {
        None => confirmed().count().get_result(conn),
        Some(places) => confirmed().filter(users::department_id.eq_any(places)).count().get_result(conn),
    }
}

/// Inserts an invitation for each confirmed person of these departments (`None`:
/// everyone), with their department of today; returns how many.
pub fn invite(conn: &mut PgConnection, id: PeriodId, places: Option<&[DepartmentId]>) -> QueryResult<usize> {
    let columns = (invitations::period_id, invitations::user_id, invitations::department_id);
    let row = (id.into_sql::<BigInt>(), users::id, users::department_id);
    match places {
        None => confirmed().select(row).insert_into(invitations::table).into_columns(columns).execute(conn),
        Some(places) => confirmed()
            .filter(users::department_id.eq_any(places))
            .select(row)
            .insert_into(invitations::table)
            .into_columns(columns)
            .execute(conn),
    }
}

pub fn count_invited(conn: &mut PgConnection, id: PeriodId) -> QueryResult<i64> {
    invitations::table.filter(invitations::period_id.eq(id)).count().get_result(conn)
}

#[diesel::dsl::auto_type]
fn invited_without_address(id: PeriodId) -> _ {
    let of_campaign = invitations::table.inner_join(users::table).filter(invitations::period_id.eq(id));
    of_campaign.filter(users::email.is_null())
}

/// How many of the invited have no address.
///
/// # Errors
/// Those of the database.
pub fn count_without_address(conn: &mut PgConnection, id: PeriodId) -> Result<i64, AppError> {
    Ok(invited_without_address(id).count().get_result(conn)?)
}

/// The invited without an address, by department and name.
pub fn without_address(
    conn: &mut PgConnection,
    id: PeriodId,
) -> QueryResult<Vec<(UserId, String, Option<DepartmentId>)>> {
    invited_without_address(id)
        .order((invitations::department_id, users::name, users::id))
        .select((users::id, users::name, invitations::department_id))
        .load(conn)
}

pub fn recipients_invited(conn: &mut PgConnection, id: PeriodId) -> QueryResult<Vec<(String, Option<Language>)>> {
    invitations::table
        .inner_join(users::table)
        .filter(invitations::period_id.eq(id))
        .filter(users::email.is_not_null())
        .select((users::email.assume_not_null(), users::language))
        .load(conn)
}

pub fn recipients(conn: &mut PgConnection, people: &[UserId]) -> QueryResult<Vec<(String, Option<Language>)>> {
    users::table
        .filter(users::id.eq_any(people))
        .filter(users::email.is_not_null())
        .select((users::email.assume_not_null(), users::language))
        .load(conn)
}

/// Inserts today's reminders for the invited who have not answered; returns those
/// people, to be used for their mail only.
pub fn insert_reminders(conn: &mut PgConnection, id: PeriodId, today: NaiveDate) -> QueryResult<Vec<UserId>> {
    let answered = assessments::table
        .filter(assessments::period_id.eq(id))
        .filter(assessments::counts)
        .filter(assessments::user_id.eq(invitations::user_id.nullable()));
    let sent = || {
        reminders::table
            .filter(reminders::period_id.eq(invitations::period_id))
            .filter(reminders::user_id.eq(invitations::user_id))
    };
    let today_already = sent().filter(reminders::day.eq(today));
    invitations::table
        .filter(invitations::period_id.eq(id))
        .filter(not(exists(answered)))
        .filter(not(exists(today_already)))
        .filter(sent().select(count_star()).single_value().lt(MOST_REMINDERS))
        .select((invitations::period_id, invitations::user_id, today.into_sql::<Date>()))
        .insert_into(reminders::table)
        .into_columns((reminders::period_id, reminders::user_id, reminders::day))
        .returning(reminders::user_id)
        .get_results(conn)
}

/// The open campaign of the whole company, if its participation was not counted
/// today, with its smallest group. Locked, so that only one instance counts it.
pub fn lock_stale(conn: &mut PgConnection, today: NaiveDate) -> QueryResult<Option<(PeriodId, i16)>> {
    campaigns()
        .filter(periods::state.eq(PeriodState::Open))
        .filter(periods::whole_company)
        .filter(periods::participation_on.is_null().or(periods::participation_on.ne(today)))
        .select((periods::id, periods::min_group.assume_not_null()))
        .for_no_key_update()
        .skip_locked()
        .first(conn)
        .optional()
}

/// How many are invited, and how many of them answered.
pub fn count_answered(conn: &mut PgConnection, id: PeriodId) -> QueryResult<(i64, i64)> {
    let answered = assessments::table
        .filter(assessments::period_id.eq(id))
        .filter(assessments::counts)
        .filter(assessments::user_id.eq(invitations::user_id.nullable()));
    let of_campaign = invitations::table.filter(invitations::period_id.eq(id));
    let answered = of_campaign.filter(exists(answered)).count().get_result(conn)?;
    Ok((count_invited(conn, id)?, answered))
}

pub fn set_participation(
    conn: &mut PgConnection,
    id: PeriodId,
    percent: Option<i16>,
    today: NaiveDate,
) -> QueryResult<usize> {
    diesel::update(periods::table.find(id))
        .set((periods::participation.eq(percent), periods::participation_on.eq(today)))
        .execute(conn)
}

/// Deletes records of reminders before `oldest`.
///
/// # Errors
/// Those of the database.
pub fn delete_reminders_before(conn: &mut PgConnection, oldest: NaiveDate) -> Result<(), AppError> {
    diesel::delete(reminders::table.filter(reminders::day.lt(oldest))).execute(conn)?;
    Ok(())
}

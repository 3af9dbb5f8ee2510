//! Assessments and drafts in PostgreSQL, and the periods they belong to. Every read
//! of an assessment filters by its owner.

use crate::{
    assessment::AssessmentNumber,
    consents::ConsentPurpose,
    db::{
        schema::{assessments, consents, drafts, invitations, last_numbers, periods, users},
        types::pg_id,
    },
    domain::{DepartmentId, Level, Numbered, PeriodKind, PeriodState, Profile, UserId},
    error::AppError,
    instruments::{Answers, VersionId, scoring::Score},
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::{dsl::exists, prelude::*};
use serde_json::Value;

pg_id!(AssessmentNumber);

/// The last number given to an assessment of this person, even if that was deleted;
/// 0 before the first.
pub fn last_number(conn: &mut PgConnection, user: UserId) -> QueryResult<i64> {
    let last = last_numbers::table.find((user, Numbered::Assessment)).select(last_numbers::last);
    Ok(last.first(conn).optional()?.unwrap_or(0))
}

pub fn count_since(conn: &mut PgConnection, user: UserId, since: DateTime<Utc>) -> QueryResult<i64> {
    assessments::table
        .filter(assessments::user_id.eq(user))
        .filter(assessments::made_at.ge(since))
        .count()
        .get_result(conn)
}

/// What submitting needs to know of the person, whose row is locked until the
/// transaction ends.
pub struct Owner {
    pub department: Option<i64>,
    pub consented: bool,
}

pub fn lock_owner(conn: &mut PgConnection, user: UserId, consent_version: &str) -> QueryResult<Owner> {
    let consent = consents::table
        .filter(consents::user_id.eq(user))
        .filter(consents::purpose.eq(ConsentPurpose::Assessment))
        .filter(consents::text_version.eq(consent_version))
        .filter(consents::withdrawn_at.is_null());
    let (department, consented) =
        users::table.find(user).select((users::department_id, exists(consent))).for_no_key_update().first(conn)?;
    Ok(Owner { department, consented })
}

/// Marks the assessment that counted in this period so far as no longer counting.
pub fn uncount(conn: &mut PgConnection, user: UserId, period: i64, version: VersionId) -> QueryResult<usize> {
    let counting = assessments::table
        .filter(assessments::user_id.eq(user))
        .filter(assessments::period_id.eq(period))
        .filter(assessments::instrument_version_id.eq(version))
        .filter(assessments::counts);
    diesel::update(counting).set(assessments::counts.eq(false)).execute(conn)
}

/// A person's assessments that count in periods of this state.
#[diesel::dsl::auto_type]
fn counting_in(user: UserId, state: PeriodState) -> _ {
    let period = periods::table.filter(periods::id.eq(assessments::period_id)).filter(periods::state.eq(state));
    assessments::table.filter(assessments::user_id.eq(user)).filter(assessments::counts).filter(exists(period))
}

/// Assigns the assessments of these people in open periods to their department, once HR
/// has confirmed that they are in it.
///
/// # Errors
/// Those of the database.
pub fn settle_department(
    conn: &mut PgConnection,
    people: &[UserId],
    department: Option<DepartmentId>,
) -> Result<(), AppError> {
    let open = periods::table.filter(periods::id.eq(assessments::period_id));
    let open = open.filter(periods::state.eq(PeriodState::Open));
    let theirs = assessments::table.filter(assessments::user_id.eq_any(people)).filter(assessments::counts);
    let theirs = theirs.filter(exists(open));
    diesel::update(theirs).set(assessments::department_id.eq(department)).execute(conn)?;
    Ok(())
}

pub fn anonymise_counting(conn: &mut PgConnection, user: UserId) -> QueryResult<usize> {
    diesel::update(counting_in(user, PeriodState::Open))
        .set((
            assessments::user_id.eq(None::<UserId>),
            assessments::answers.eq(None::<Value>),
            assessments::made_at.eq(None::<DateTime<Utc>>),
            assessments::idempotency_key.eq(None::<String>),
            assessments::number.eq(None::<AssessmentNumber>),
        ))
        .execute(conn)
}

pub fn delete_of(conn: &mut PgConnection, user: UserId) -> QueryResult<usize> {
    diesel::delete(assessments::table.filter(assessments::user_id.eq(user))).execute(conn)
}

#[derive(Insertable)]
#[diesel(table_name = assessments)]
pub struct NewAssessment<'a> {
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
    idempotency_key: &'a str,
}

impl<'a> NewAssessment<'a> {
    #[expect(clippy::too_many_arguments, reason = "each is a column")]
    pub fn new(
        user: UserId,
        period: i64,
        department: Option<i64>,
        version: VersionId,
        made_at: DateTime<Utc>,
        score: &'a Score,
        answers: &Answers,
        idempotency_key: &'a str,
    ) -> Self {
        Self {
            user_id: user,
            period_id: period,
            department_id: department,
            instrument_version_id: version,
            made_at,
            subscale_scores: &score.subscales,
            score: score.total,
            level: score.level,
            profile: score.profile,
            answers: answers.to_json(),
            counts: true,
            idempotency_key,
        }
    }
}

/// Inserts an assessment; `None` when its idempotency key was used before.
pub fn insert(conn: &mut PgConnection, new: &NewAssessment<'_>) -> QueryResult<Option<AssessmentNumber>> {
    diesel::insert_into(assessments::table)
        .values(new)
        .on_conflict((assessments::user_id, assessments::idempotency_key))
        .do_nothing()
        .returning(assessments::number.assume_not_null())
        .get_result(conn)
        .optional()
}

/// The answers of assessments of this person, as JSON.
pub fn answers(
    conn: &mut PgConnection,
    user: UserId,
    numbers: &[AssessmentNumber],
) -> QueryResult<Vec<(AssessmentNumber, Value)>> {
    assessments::table
        .filter(assessments::user_id.eq(user))
        .filter(assessments::number.eq_any(numbers))
        .select((assessments::number.assume_not_null(), assessments::answers.assume_not_null()))
        .load(conn)
}

/// How many assessments a person has.
///
/// # Errors
/// Those of the database.
pub fn count(conn: &mut PgConnection, user: UserId) -> Result<i64, AppError> {
    Ok(assessments::table.filter(assessments::user_id.eq(user)).count().get_result(conn)?)
}

/// The assessment that was submitted with this idempotency key, and its answers.
pub fn find_by_key(conn: &mut PgConnection, user: UserId, key: &str) -> QueryResult<Option<(AssessmentNumber, Value)>> {
    assessments::table
        .filter(assessments::user_id.eq(user))
        .filter(assessments::idempotency_key.eq(key))
        .select((assessments::number.assume_not_null(), assessments::answers.assume_not_null()))
        .first(conn)
        .optional()
}

/// A past assessment, without its answers.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = assessments)]
pub struct PastAssessment {
    #[diesel(select_expression = assessments::number.assume_not_null())]
    #[diesel(select_expression_type = diesel::dsl::AssumeNotNull<assessments::number>)]
    pub number: AssessmentNumber,
    #[diesel(column_name = instrument_version_id)]
    pub version: VersionId,
    #[diesel(select_expression = assessments::made_at.assume_not_null())]
    #[diesel(select_expression_type = diesel::dsl::AssumeNotNull<assessments::made_at>)]
    pub made_at: DateTime<Utc>,
    /// Raw scores in the order of the version's subscales; `None` with too few answers.
    #[diesel(column_name = subscale_scores)]
    pub subscales: Vec<Option<f64>>,
    #[diesel(column_name = score)]
    pub total: Option<f64>,
    pub level: Option<Level>,
    pub profile: Option<Profile>,
    /// Cut-off set of its period; `None` for the questionnaire's default.
    #[diesel(select_expression = periods::cut_off_set)]
    pub cut_off_set: Option<String>,
}

impl PastAssessment {
    /// The score as stored.
    pub fn score(&self) -> Score {
        Score { subscales: self.subscales.clone(), total: self.total, level: self.level, profile: self.profile }
    }
}

/// An assessment of this person with up to two before it, latest first. Empty if it does not exist.
///
/// The assessment and up to two of the same version before it, latest first.
///
/// # Errors
/// Those of the database.
pub fn with_previous(
    conn: &mut PgConnection,
    user: UserId,
    number: AssessmentNumber,
) -> Result<Vec<PastAssessment>, AppError> {
    let shown = diesel::alias!(assessments as shown);
    let (shown_number, shown_user) = (shown.field(assessments::number), shown.field(assessments::user_id));
    let (shown_version, shown_at) =
        (shown.field(assessments::instrument_version_id), shown.field(assessments::made_at));
    Ok(assessments::table
        .inner_join(periods::table)
        .inner_join(shown.on(shown_number.eq(number).and(shown_user.eq(user))))
        .filter(assessments::user_id.eq(user))
        .filter(assessments::instrument_version_id.eq(shown_version))
        .filter(assessments::made_at.le(shown_at))
        .filter(assessments::number.le(number))
        .order((assessments::made_at.desc(), assessments::number.desc()))
        .limit(3)
        .select(PastAssessment::as_select())
        .load(conn)?)
}

/// Times of this person's check-ups since `since`, newest first, at most `limit`.
pub fn newest(
    conn: &mut PgConnection,
    user: UserId,
    since: DateTime<Utc>,
    limit: i64,
) -> QueryResult<Vec<DateTime<Utc>>> {
    assessments::table
        .filter(assessments::user_id.eq(user))
        .filter(assessments::made_at.ge(since))
        .order(assessments::made_at.desc())
        .limit(limit)
        .select(assessments::made_at.assume_not_null())
        .load(conn)
}

/// The position of an assessment among those made since `since`, from 1.
pub fn place_since(
    conn: &mut PgConnection,
    user: UserId,
    since: DateTime<Utc>,
    number: AssessmentNumber,
) -> QueryResult<i64> {
    assessments::table
        .filter(assessments::user_id.eq(user))
        .filter(assessments::made_at.ge(since))
        .filter(assessments::number.le(number))
        .count()
        .get_result(conn)
}

/// The assessment at this position among those made since `since`, with the
/// position as its number.
pub fn made_since(
    conn: &mut PgConnection,
    user: UserId,
    since: DateTime<Utc>,
    place: AssessmentNumber,
) -> QueryResult<Option<PastAssessment>> {
    let found = assessments::table
        .inner_join(periods::table)
        .filter(assessments::user_id.eq(user))
        .filter(assessments::made_at.ge(since))
        .order(assessments::number)
        .offset(place.0.saturating_sub(1).max(0))
        .limit(i64::from(place.0 > 0))
        .select(PastAssessment::as_select())
        .first(conn)
        .optional()?;
    Ok(found.map(|past: PastAssessment| PastAssessment { number: place, ..past }))
}

/// Up to `limit` assessments of this person, latest first, older than `before`.
///
/// # Errors
/// Those of the database.
pub fn history(
    conn: &mut PgConnection,
    user: UserId,
    before: Option<(DateTime<Utc>, AssessmentNumber)>,
    limit: i64,
) -> Result<Vec<PastAssessment>, AppError> {
    let page = assessments::table
        .inner_join(periods::table)
        .filter(assessments::user_id.eq(user))
        .order((assessments::made_at.desc(), assessments::number.desc()))
        .limit(limit)
        .select(PastAssessment::as_select());
    Ok(match before {
        None => page.load(conn),
        Some((moment, number)) => page
            .filter(assessments::made_at.le(moment))
            .filter(assessments::made_at.lt(moment).or(assessments::number.lt(number)))
            .load(conn),
    }?)
}

/// The open campaign that a person is invited to.
#[derive(Clone, Debug, Queryable)]
pub struct OpenCampaign {
    pub name: String,
    pub ends_on: NaiveDate,
    pub version: VersionId,
    pub cut_off_set: Option<String>,
    /// Whether this person submitted answers to it already.
    pub answered: bool,
}

/// The open campaign this person is invited to.
///
/// # Errors
/// Those of the database.
pub fn open_campaign(conn: &mut PgConnection, user: UserId) -> Result<Option<OpenCampaign>, AppError> {
    let answered =
        assessments::table.filter(assessments::user_id.eq(user)).filter(assessments::period_id.eq(periods::id));
    Ok(periods::table
        .inner_join(invitations::table)
        .filter(invitations::user_id.eq(user))
        .filter(periods::kind.eq(PeriodKind::Campaign))
        .filter(periods::state.eq(PeriodState::Open))
        .select((
            periods::name.assume_not_null(),
            periods::ends_on,
            periods::instrument_version_id.assume_not_null(),
            periods::cut_off_set,
            exists(answered),
        ))
        .first(conn)
        .optional()?)
}

/// Whether a campaign that invited this person uses this questionnaire, or they
/// have a draft of it.
pub fn was_asked(conn: &mut PgConnection, user: UserId, version: VersionId) -> QueryResult<bool> {
    let invited = invitations::table
        .inner_join(periods::table)
        .filter(invitations::user_id.eq(user))
        .filter(periods::state.ne(PeriodState::Draft))
        .filter(periods::instrument_version_id.eq(version));
    let begun = drafts::table.find((user, version));
    diesel::select(exists(invited).or(exists(begun))).get_result(conn)
}

/// Rows per DELETE, so that none holds locks for long.
const BATCH: i64 = 5_000;

/// Deletes a batch of old assessments. Those that count in a period that is not
/// closed yet stay until it is published.
pub fn delete_before(conn: &mut PgConnection, oldest: DateTime<Utc>) -> QueryResult<usize> {
    let old = diesel::alias!(assessments as old);
    let closed = periods::table
        .filter(periods::id.eq(old.field(assessments::period_id)))
        .filter(periods::state.eq(PeriodState::Closed));
    let batch = old
        .filter(old.field(assessments::made_at).lt(oldest))
        .filter(diesel::dsl::not(old.field(assessments::counts)).or(exists(closed)))
        .select(old.field(assessments::id))
        .limit(BATCH);
    diesel::delete(assessments::table.filter(assessments::id.eq_any(batch))).execute(conn)
}

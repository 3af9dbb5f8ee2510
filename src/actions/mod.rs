//! What departments set out to do about their numbers: suggestions for the
//! team, the plan, and what the next campaign tells of it. Nothing in here
//! knows a person's answers; an action is about a whole department.

mod form;
mod outcome;
pub mod pages;
mod store;
mod suggestions;

pub use outcome::Outcome;

use crate::{
    audit::{self, Event},
    departments,
    domain::{DepartmentId, PeriodId, Scope, UserId, codes::id_type},
    error::AppError,
    i18n::Language,
    insights::{self, Filter, LatestMean, Overview, Release},
    instruments::{
        Instruments, Version, VersionId,
        instrument::{Instrument, Scale, Subscale},
    },
    library::ItemId,
    recommendations::{self, TeamItem},
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::{Connection as _, PgConnection};
use serde_json::json;
use std::collections::{HashMap, hash_map::Entry};

id_type! {
    /// Something that a department set out to do.
    ActionId
}

/// An action as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    pub id: ActionId,
    pub department: DepartmentId,
    /// The questionnaire that the dimension is one of.
    pub version: VersionId,
    /// A subscale's id.
    pub dimension: String,
    pub what: String,
    pub who: String,
    pub until_on: NaiveDate,
    /// The campaign that had closed last when this was planned.
    pub baseline: Option<PeriodId>,
    pub done_at: Option<DateTime<Utc>>,
}

/// What is planned, as it was typed and found valid.
#[derive(Clone, Debug)]
pub struct Plan {
    pub dimension: String,
    pub what: String,
    pub who: String,
    pub until_on: NaiveDate,
}

/// An action with the campaign after it, and what that tells.
pub struct Followed {
    pub action: Action,
    /// The dimension's name; its id where the questionnaire no longer has it.
    pub dimension_name: String,
    pub outcome: Option<(Release, Outcome)>,
}

/// A suggestion for the team.
pub struct Suggestion {
    pub item: TeamItem,
    /// The subscale it is for.
    pub subscale: String,
}

/// Where a department stood when the latest campaign closed, else the latest
/// month, and what could help; nothing before the first closed with it.
///
/// # Errors
/// Those of the database.
pub fn standing(
    conn: &mut PgConnection,
    instruments: &Instruments,
    scope: Scope,
    department: DepartmentId,
    language: Language,
) -> Result<Option<(Overview, Vec<Suggestion>)>, AppError> {
    let latest = insights::latest_means(conn, instruments, department)?;
    let period = latest.first().map(|mean| mean.period);
    let filter = Filter { period, department: Some(department), ..Filter::default() };
    let reach = insights::reach(conn, scope)?;
    match insights::overview(conn, instruments, &reach, filter) {
        Ok(Some(overview)) => Ok(Some((overview, suggestions(conn, &latest, language)?))),
        Ok(None) | Err(AppError::NotFound) => Ok(None), // no period yet, or none that it was in
        Err(error) => Err(error),
    }
}

fn suggestions(
    conn: &mut PgConnection,
    latest: &[LatestMean],
    language: Language,
) -> Result<Vec<Suggestion>, AppError> {
    let means: Vec<_> = latest.iter().filter_map(|mean| Some((mean.dimension?, mean.percent, mean.level?))).collect();
    let chosen = suggestions::suggest(&recommendations::team_candidates(conn)?, &means);
    let ids: Vec<ItemId> = chosen.iter().map(|(item, _)| *item).collect();
    let mut items = recommendations::team_items(conn, &ids, language)?;
    items.sort_by_key(|item| ids.iter().position(|id| *id == item.id));
    let subscale = |item: &TeamItem| {
        let (_, dimension) = chosen.iter().find(|(id, _)| *id == item.id)?;
        latest.iter().find(|mean| mean.dimension == Some(*dimension)).map(|mean| mean.subscale.clone())
    };
    let suggestion = |item: TeamItem| Some(Suggestion { subscale: subscale(&item)?, item });
    Ok(items.into_iter().filter_map(suggestion).collect())
}

/// The plan of a department: open actions by date, then the ones done last.
///
/// # Errors
/// Those of the database.
pub fn plan(
    conn: &mut PgConnection,
    instruments: &Instruments,
    department: DepartmentId,
    language: Language,
) -> Result<Vec<Followed>, AppError> {
    let mut campaigns = HashMap::new();
    let mut followed = Vec::new();
    for action in store::of_department(conn, department)? {
        let version = instruments.get(conn, action.version)?;
        let instrument = &version.instrument;
        let campaigns = match campaigns.entry(action.version) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(insights::campaigns(conn, action.version, department)?),
        };
        let pair = action.baseline.and_then(|baseline| campaigns.pair(baseline));
        let subscale = find(instrument, &action.dimension);
        let outcome = pair.zip(subscale).map(|((before, after), (scale, _))| {
            // Nothing is compared with a campaign from before there was noise.
            let comparable = before.noise.is_some() == after.noise.is_some();
            let sample = |release| campaigns.sample(release, instrument, scale).filter(|_| comparable);
            (after.clone(), outcome::outcome(sample(before), sample(after)))
        });
        let name = subscale.map(|(_, subscale)| subscale.name.in_language(language).to_owned());
        followed.push(Followed { dimension_name: name.unwrap_or_else(|| action.dimension.clone()), outcome, action });
    }
    Ok(followed)
}

fn find<'a>(instrument: &'a Instrument, id: &str) -> Option<(Scale, &'a Subscale)> {
    let index = instrument.subscales.iter().position(|subscale| subscale.id == id)?;
    Some((Scale::Subscale(index), &instrument.subscales[index]))
}

/// Plans something for a department.
///
/// # Errors
/// Not found when the department is not there for this person.
pub fn create(
    conn: &mut PgConnection,
    (actor, scope): (UserId, Scope),
    department: DepartmentId,
    version: &Version,
    plan: &Plan,
    now: DateTime<Utc>,
) -> Result<ActionId, AppError> {
    conn.transaction(|conn| {
        check_scope(conn, scope, department)?;
        let campaigns = insights::campaigns(conn, version.id, department)?;
        let baseline = campaigns.last().map(|release| release.period);
        let id = store::insert(conn, department, version.id, plan, baseline, actor, now)?;
        let details = json!({"department": department, "dimension": plan.dimension});
        audit::record(conn, Some(actor), Event::ActionCreated, Some(id.0), details, now)?;
        Ok(id)
    })
}

/// What can be done to an action that is there.
#[derive(Clone, Debug)]
pub enum Step {
    Edit(Plan),
    Done,
    Reopen,
    Delete,
}

/// Changes an action, and tells whose department it is.
///
/// # Errors
/// Not found when it is not there for this person.
pub fn change(
    conn: &mut PgConnection,
    (actor, scope): (UserId, Scope),
    id: ActionId,
    step: &Step,
    now: DateTime<Utc>,
) -> Result<DepartmentId, AppError> {
    conn.transaction(|conn| {
        let action = show(conn, scope, id)?;
        let (changed, what) = match step {
            Step::Edit(plan) => (store::update(conn, id, plan)?, "edited"),
            Step::Done => (store::finish(conn, id, now)?, "done"),
            Step::Reopen => (store::reopen(conn, id)?, "reopened"),
            Step::Delete => (store::delete(conn, id)?, "deleted"),
        };
        if changed > 0 {
            let details = json!({"department": action.department, "step": what});
            audit::record(conn, Some(actor), Event::ActionChanged, Some(id.0), details, now)?;
        }
        Ok(action.department)
    })
}

/// One action, for who may see its department.
///
/// # Errors
/// Not found when it is not there for this person.
pub fn show(conn: &mut PgConnection, scope: Scope, id: ActionId) -> Result<Action, AppError> {
    let action = store::find(conn, id)?;
    check_scope(conn, scope, action.department)?;
    Ok(action)
}

fn check_scope(conn: &mut PgConnection, scope: Scope, department: DepartmentId) -> Result<(), AppError> {
    let all = departments::all(conn)?;
    let is_visible = departments::visible(&all, scope).iter().any(|one| one.id == department);
    if is_visible { Ok(()) } else { Err(AppError::NotFound) }
}

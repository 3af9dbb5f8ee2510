//! Campaigns: a draft is planned, opening freezes it and invites, reminders go
//! to those who have not answered. Never tells who answered, nor how many
//! beyond the company's share of one day.

mod form;
pub mod pages;
mod participation;
mod slips;
mod store;

pub use store::{Campaign, Listed};

use crate::{
    audit::{self, Event},
    db::locks::{self, Lock},
    departments::{self, Department},
    domain::{DepartmentId, PeriodId, PeriodState, Rhythm, UserId},
    error::AppError,
    i18n::{Catalog, Language},
    instruments::{Version, VersionId, catalog},
    mail,
    periods::rest,
};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use diesel::{Connection as _, PgConnection, result::DatabaseErrorKind};
use serde_json::json;
use std::collections::HashSet;

/// What a campaign is before it opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub name: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub version: VersionId,
    pub cut_off_set: Option<String>,
    pub invited: Invited,
}

/// Whom a campaign invites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invited {
    Everyone,
    /// These departments with everything under them.
    Departments(Vec<DepartmentId>),
}

/// Why a campaign did not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("another campaign is open")]
    AnotherOpen,
    #[error("its last day has passed")]
    Over,
    #[error("it would invite nobody")]
    NobodyInvited,
    /// From today on it would last longer than a campaign may.
    #[error("it would last longer than until {latest}")]
    TooLong { latest: NaiveDate },
    /// The smallest group or more of its people were asked a short while ago.
    #[error("its people are at rest until {from}")]
    Resting { from: NaiveDate },
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<diesel::result::Error> for OpenError {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::Error::DatabaseError;
        match error {
            DatabaseError(DatabaseErrorKind::UniqueViolation, ref info)
                if info.constraint_name() == Some("periods_one_open_campaign_key") =>
            {
                Self::AnotherOpen
            }
            error => Self::App(error.into()),
        }
    }
}

/// A page of campaigns, the newest first, from `before` on.
///
/// # Errors
/// Those of the database.
pub fn list(conn: &mut PgConnection, before: Option<PeriodId>, limit: i64) -> Result<Vec<Listed>, AppError> {
    Ok(store::list(conn, before, limit)?)
}

/// What a form of a campaign chooses from.
#[derive(Debug)]
pub struct Choices {
    pub questionnaires: Vec<Version>,
    pub departments: Vec<Department>,
}

/// The questionnaires that may be used, and the departments.
///
/// # Errors
/// Those of the database.
pub fn choices(conn: &mut PgConnection) -> Result<Choices, AppError> {
    Ok(Choices { questionnaires: catalog::usable_versions(conn)?, departments: departments::all(conn)? })
}

/// A campaign with the number of people it invited, or would invite today.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub fn show(conn: &mut PgConnection, id: PeriodId) -> Result<(Campaign, i64), AppError> {
    let campaign = store::find(conn, id)?;
    let invited = match campaign.state {
        PeriodState::Draft => {
            let places = subtrees(conn, &campaign.invited)?;
            store::count_to_invite(conn, places.as_deref())?
        }
        _ => store::count_invited(conn, id)?,
    };
    Ok((campaign, invited))
}

/// Keeps a new draft.
///
/// # Errors
/// Those of the database.
pub fn create(conn: &mut PgConnection, actor: UserId, draft: &Draft, now: DateTime<Utc>) -> Result<PeriodId, AppError> {
    conn.transaction(|conn| {
        let id = store::insert(conn, draft)?;
        store::set_departments(conn, id, &draft.invited)?;
        audit::record(conn, Some(actor), Event::CampaignCreated, Some(id.0), json!({}), now)?;
        Ok(id)
    })
}

/// Changes a draft.
///
/// # Errors
/// [`AppError::NotFound`] when it is none any more.
pub fn change(
    conn: &mut PgConnection,
    actor: UserId,
    id: PeriodId,
    draft: &Draft,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    conn.transaction(|conn| {
        if store::update_draft(conn, id, draft)? == 0 {
            return Err(AppError::NotFound);
        }
        store::set_departments(conn, id, &draft.invited)?;
        audit::record(conn, Some(actor), Event::CampaignChanged, Some(id.0), json!({}), now)
    })
}

/// Deletes a draft.
///
/// # Errors
/// [`AppError::NotFound`] when it is none any more.
pub fn delete(conn: &mut PgConnection, actor: UserId, id: PeriodId, now: DateTime<Utc>) -> Result<(), AppError> {
    conn.transaction(|conn| {
        if store::delete_draft(conn, id)? == 0 {
            return Err(AppError::NotFound);
        }
        audit::record(conn, Some(actor), Event::CampaignDeleted, Some(id.0), json!({}), now)
    })
}

/// Where and when a campaign is opened or reminded of.
#[derive(Clone, Debug)]
pub struct Occasion {
    /// Where the mail leads.
    pub url: String,
    /// Of whoever acts; those who chose no language are written to in it.
    pub language: Language,
    pub today: NaiveDate,
    pub now: DateTime<Utc>,
    pub timezone: Tz,
}

/// Opens a draft: freezes who is invited from which department and the
/// smallest group, and writes to each of them.
///
/// # Errors
/// Why it cannot open.
pub fn open(
    conn: &mut PgConnection,
    actor: UserId,
    id: PeriodId,
    (min_group, rhythm): (u16, Rhythm),
    occasion: &Occasion,
) -> Result<(), OpenError> {
    conn.transaction(|conn| {
        store::allow_a_minute(conn)?;
        let campaign = store::lock(conn, id)?;
        if campaign.state != PeriodState::Draft {
            return Err(AppError::NotFound.into());
        }
        if campaign.ends_on < occasion.today {
            return Err(OpenError::Over);
        }
        if !rhythm.allows(occasion.today, campaign.ends_on) {
            return Err(OpenError::TooLong { latest: rhythm.latest_end(occasion.today) });
        }
        store::set_open(conn, id, min_group, occasion.today, occasion.now)?;
        let places = subtrees(conn, &campaign.invited)?;
        let invited = store::invite(conn, id, places.as_deref())?;
        if invited == 0 {
            return Err(OpenError::NobodyInvited);
        }
        // Looked for now that no other campaign is open, nor can be before this one ends.
        if let Some(from) = rest::until(conn, id, (min_group, rhythm), (&occasion.timezone, occasion.today))? {
            return Err(OpenError::Resting { from });
        }
        let people = store::recipients_invited(conn, id)?;
        write_to(conn, Some(actor), &people, &campaign, Letter::Invitation, occasion)?;
        let details = json!({ "invited": invited });
        audit::record(conn, Some(actor), Event::CampaignOpened, Some(id.0), details, occasion.now)?;
        Ok(())
    })
}

/// Writes to the invited who have not answered: each at most once a day and
/// three times in all. Answers nothing: to how many it wrote would tell how
/// many answered.
///
/// # Errors
/// [`AppError::NotFound`] when the campaign is not open.
pub fn remind(conn: &mut PgConnection, actor: UserId, id: PeriodId, occasion: &Occasion) -> Result<(), AppError> {
    conn.transaction(|conn| {
        store::allow_a_minute(conn)?;
        locks::hold(conn, Lock::Reminders)?;
        let campaign = store::find(conn, id)?;
        if campaign.state != PeriodState::Open {
            return Err(AppError::NotFound);
        }
        let reminded = store::insert_reminders(conn, id, occasion.today)?;
        let people = store::recipients(conn, &reminded)?;
        // Who is told that a reminder did not arrive is told who had not answered.
        write_to(conn, None, &people, &campaign, Letter::Reminder, occasion)?;
        audit::record(conn, Some(actor), Event::CampaignReminded, Some(id.0), json!({}), occasion.now)
    })
}

/// Deletes who was reminded before `oldest`.
///
/// # Errors
/// Those of the database.
pub fn delete_reminders_before(conn: &mut PgConnection, oldest: NaiveDate) -> Result<(), AppError> {
    store::delete_reminders_before(conn, oldest)?;
    Ok(())
}

/// Keeps what share of the invited answered the open campaign, once a day.
///
/// # Errors
/// Those of the database.
pub fn refresh_participation(conn: &mut PgConnection, today: NaiveDate) -> Result<(), AppError> {
    conn.transaction(|conn| {
        let Some((id, min_group)) = store::lock_stale(conn, today)? else { return Ok(()) };
        let (invited, answered) = store::count_answered(conn, id)?;
        store::set_participation(conn, id, participation::percent(invited, answered, min_group), today)?;
        Ok(())
    })
}

/// The chosen departments with everything under them; `None` is everyone.
fn subtrees(conn: &mut PgConnection, invited: &Invited) -> Result<Option<Vec<DepartmentId>>, AppError> {
    let Invited::Departments(chosen) = invited else { return Ok(None) };
    let all = departments::all(conn)?;
    let under = chosen.iter().flat_map(|top| departments::subtree(&all, *top));
    let places: HashSet<DepartmentId> = under.map(|department| department.id).collect();
    Ok(Some(places.into_iter().collect()))
}

#[derive(Clone, Copy)]
enum Letter {
    Invitation,
    Reminder,
}

impl Letter {
    fn subject(self, words: &Catalog, name: &str) -> String {
        let key = match self {
            Self::Invitation => "mail-campaign-subject",
            Self::Reminder => "mail-reminder-subject",
        };
        words.with(key, &[("name", name.into())])
    }

    fn body(self, words: &Catalog, campaign: &Campaign, url: &str) -> String {
        let key = match self {
            Self::Invitation => "mail-campaign-body",
            Self::Reminder => "mail-reminder-body",
        };
        let (name, date) = (campaign.name.as_str(), words.date(campaign.ends_on));
        words.with(key, &[("name", name.into()), ("date", date.into()), ("url", url.into())])
    }
}

/// One letter to all of these people, each in their language.
fn write_to(
    conn: &mut PgConnection,
    caused_by: Option<UserId>,
    people: &[(String, Option<Language>)],
    campaign: &Campaign,
    letter: Letter,
    occasion: &Occasion,
) -> Result<(), AppError> {
    for language in Language::ALL {
        let reads = |person: &&(String, Option<Language>)| person.1.unwrap_or(occasion.language) == language;
        let to: Vec<&str> = people.iter().filter(reads).map(|(email, _)| email.as_str()).collect();
        let words = language.catalog();
        let subject = letter.subject(words, &campaign.name);
        let body = letter.body(words, campaign, &occasion.url);
        mail::post_all(conn, &to, &subject, &body, caused_by, occasion.now)?;
    }
    Ok(())
}

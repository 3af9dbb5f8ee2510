//! Campaigns: check-ups in a set period. A draft can be edited; opening freezes it
//! and invites people; reminders go to those who have not answered. Who answered is
//! never shown; how many, only as the whole company's share, updated once a day.

mod form;
pub mod pages;
mod participation;
mod slips;
mod store;

pub use store::{Campaign, Listed, delete_reminders_before, find, list};

use crate::{
    audit::{self, Event},
    db::locks::{self, Lock},
    departments::{self, Department},
    domain::{DepartmentId, PeriodId, PeriodState, Rhythm, UserId},
    error::AppError,
    i18n::{Catalog, Language},
    instruments::{Version, VersionId, catalog},
    mail,
    periods::rest::{self, Asked},
};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use diesel::{Connection as _, PgConnection, result::DatabaseErrorKind};
use serde_json::json;
use std::collections::HashSet;

/// The editable fields of a campaign before it opens.
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
    /// These departments and their subtrees.
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
    /// Opened today it would exceed the maximum length; `latest` is the last
    /// allowed day.
    #[error("it would last longer than until {latest}")]
    TooLong { latest: NaiveDate },
    /// At least as many of its people as the smallest group were invited to another
    /// campaign within the rest period; `from` is the first day on which it may open.
    #[error("its people were in another campaign too recently; it may open on {from}")]
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

/// The choices of a campaign's form.
#[derive(Debug)]
pub struct Choices {
    pub questionnaires: Vec<Version>,
    pub departments: Vec<Department>,
}

/// The usable questionnaire versions, and the departments.
///
/// # Errors
/// Those of the database.
pub fn choices(conn: &mut PgConnection) -> Result<Choices, AppError> {
    Ok(Choices { questionnaires: catalog::usable_versions(conn)?, departments: departments::all(conn)? })
}

/// A campaign with its people.
pub struct Shown {
    pub campaign: Campaign,
    /// How many people it invited, or a draft would invite today.
    pub invited: i64,
    /// Of a draft whose people were asked too recently, the first day on which it may
    /// open.
    pub rests_until: Option<NaiveDate>,
}

/// One campaign.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub fn show(
    conn: &mut PgConnection,
    id: PeriodId,
    rules: (u16, Rhythm),
    when: (&Tz, NaiveDate),
) -> Result<Shown, AppError> {
    let campaign = store::find(conn, id)?;
    if campaign.state != PeriodState::Draft {
        let invited = store::count_invited(conn, id)?;
        return Ok(Shown { campaign, invited, rests_until: None });
    }
    let places = subtrees(conn, &campaign.invited)?;
    let invited = store::count_to_invite(conn, places.as_deref())?;
    let rests_until = rest::until(conn, &Asked::Members(places.as_deref()), rules, when)?;
    Ok(Shown { campaign, invited, rests_until })
}

/// Creates a draft.
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
/// [`AppError::NotFound`] when it is no draft (any more).
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
/// [`AppError::NotFound`] when it is no draft (any more).
pub fn delete(conn: &mut PgConnection, actor: UserId, id: PeriodId, now: DateTime<Utc>) -> Result<(), AppError> {
    conn.transaction(|conn| {
        if store::delete_draft(conn, id)? == 0 {
            return Err(AppError::NotFound);
        }
        audit::record(conn, Some(actor), Event::CampaignDeleted, Some(id.0), json!({}), now)
    })
}

/// Context in which a campaign is opened or reminders are sent.
#[derive(Clone, Debug)]
pub struct SendContext {
    /// The link in the mail.
    pub url: String,
    /// The acting person's; the mail's for people who chose no language.
    pub language: Language,
    pub today: NaiveDate,
    pub now: DateTime<Utc>,
    pub timezone: Tz,
}

/// Opens a draft: freezes the smallest group, how often campaigns come and who is invited from which
/// department, and queues the invitations.
///
/// # Errors
/// [`OpenError`]; [`AppError::NotFound`] when it is no draft.
pub fn open(
    conn: &mut PgConnection,
    actor: UserId,
    id: PeriodId,
    (min_group, rhythm): (u16, Rhythm),
    occasion: &SendContext,
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
        store::set_open(conn, id, (min_group, rhythm), occasion.today, occasion.now)?;
        let places = subtrees(conn, &campaign.invited)?;
        let invited = store::invite(conn, id, places.as_deref())?;
        if invited == 0 {
            return Err(OpenError::NobodyInvited);
        }
        // Checked after `set_open`: from here on no other campaign can be open, so the result stays true.
        let when = (&occasion.timezone, occasion.today);
        if let Some(from) = rest::until(conn, &Asked::Invited(id), (min_group, rhythm), when)? {
            return Err(OpenError::Resting { from });
        }
        let people = store::recipients_invited(conn, id)?;
        write_to(conn, Some(actor), &people, &campaign, Letter::Invitation, occasion)?;
        let details = json!({ "invited": invited });
        audit::record(conn, Some(actor), Event::CampaignOpened, Some(id.0), details, occasion.now)?;
        Ok(())
    })
}

/// Queues reminders to the invited who have not answered, to each at most once a
/// day and three times in all. Returns no count: it would show how many answered.
///
/// # Errors
/// [`AppError::NotFound`] when the campaign is not open.
pub fn remind(conn: &mut PgConnection, actor: UserId, id: PeriodId, occasion: &SendContext) -> Result<(), AppError> {
    conn.transaction(|conn| {
        store::allow_a_minute(conn)?;
        locks::hold(conn, Lock::Reminders)?;
        let campaign = store::find(conn, id)?;
        if campaign.state != PeriodState::Open {
            return Err(AppError::NotFound);
        }
        let reminded = store::insert_reminders(conn, id, occasion.today)?;
        let people = store::recipients(conn, &reminded)?;
        // Sent on nobody's behalf: a notice that a reminder bounced would show who had not answered.
        write_to(conn, None, &people, &campaign, Letter::Reminder, occasion)?;
        audit::record(conn, Some(actor), Event::CampaignReminded, Some(id.0), json!({}), occasion.now)
    })
}

/// Stores the share of the invited who answered the open campaign, once a day.
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

/// The chosen departments and their subtrees; `None` for everyone.
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

/// Queues the mail to all of these people, each in their language.
fn write_to(
    conn: &mut PgConnection,
    caused_by: Option<UserId>,
    people: &[(String, Option<Language>)],
    campaign: &Campaign,
    letter: Letter,
    occasion: &SendContext,
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

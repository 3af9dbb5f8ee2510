//! Imports a list of employees: first a preview of what it would change, then exactly
//! that in one transaction. The web page and the command line use the same functions.

mod company;
pub mod desk;
pub mod file;
mod look;
pub mod pages;
pub mod plan;
mod problem;
mod store;
mod template;
mod write;

pub use desk::Desk;
pub use file::{Choices, FileProblem, Reading};
pub use look::{Look, ShownRow, Summary};
pub use plan::{Outcome, Plan};
pub use problem::{Doubt, Problem, Warning, Wrong};

pub use store::fail;

use crate::{
    audit::{self, Event},
    db::locks::{self, Lock},
    departments,
    domain::{
        UserId,
        codes::{coded, id_type},
    },
    employees::Invitations,
    error::AppError,
    i18n::Language,
    periods,
};
use actix_web::web::Bytes;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel::{Connection as _, PgConnection};
use serde::{Deserialize, Serialize};
use serde_json::json;
use write::Writer;

/// The largest file that may be uploaded, in bytes.
pub const LARGEST: usize = 5 * 1024 * 1024;
/// How long an upload is kept.
const KEPT: TimeDelta = TimeDelta::days(1);
/// How many uploads are kept per person; a further one replaces the oldest.
const MOST_UPLOADS: i64 = 5;
/// After this time without a heartbeat a running import counts as interrupted.
const SILENT: TimeDelta = TimeDelta::minutes(1);

id_type! {
    /// An uploaded file.
    ImportId
}

coded! {
    /// The state of an upload: previewed, running, imported, or failed.
    State { Checked = "checked", Running = "running", Done = "done", Failed = "failed" }
}

/// How many rows an import handled, by outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub created: usize,
    pub changed: usize,
    pub unchanged: usize,
    pub waiting: usize,
    pub departments: usize,
    pub invited: usize,
}

/// Why an import changed nothing.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error(transparent)]
    File(#[from] FileProblem),
    #[error("rows have problems")]
    Rows(Vec<Problem>),
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<diesel::result::Error> for ImportError {
    fn from(error: diesel::result::Error) -> Self {
        Self::App(error.into())
    }
}

/// An uploaded file with its preview.
#[derive(Debug)]
pub struct NewUpload {
    pub content: Bytes,
    pub invite: bool,
    pub language: Language,
    pub look: Look,
}

/// Stores an uploaded file, so that what is imported later is exactly what was
/// previewed.
///
/// # Errors
/// Those of the database.
pub fn keep(
    conn: &mut PgConnection,
    actor: UserId,
    upload: &NewUpload,
    now: DateTime<Utc>,
) -> Result<ImportId, AppError> {
    conn.transaction(|conn| {
        let id = store::insert(conn, actor, upload, &value(&upload.look.summary)?, now)?;
        store::insert_pages(conn, id, &pages(&upload.look)?)?;
        store::delete_beyond(conn, actor, id, MOST_UPLOADS)?;
        Ok(id)
    })
}

/// Stores a new preview of an upload that is not imported yet, after its columns were
/// chosen or the company changed.
///
/// # Errors
/// [`AppError::NotFound`] when it is not this person's, does not exist, or is running
/// or imported already.
pub fn look_again(
    conn: &mut PgConnection,
    actor: UserId,
    id: ImportId,
    choices: &Choices,
    look: &Look,
) -> Result<(), AppError> {
    conn.transaction(|conn| {
        if store::set_look(conn, actor, id, &value(choices)?, &value(&look.summary)?)? == 0 {
            return Err(AppError::NotFound);
        }
        store::delete_pages(conn, id)?;
        Ok(store::insert_pages(conn, id, &pages(look)?)?)
    })
}

fn value(of: &impl Serialize) -> Result<serde_json::Value, AppError> {
    serde_json::to_value(of).map_err(|error| AppError::Internal(error.into()))
}

fn pages(look: &Look) -> Result<Vec<serde_json::Value>, AppError> {
    look.pages.iter().map(value).collect()
}

/// An upload as the person who made it sees it.
#[derive(Debug)]
pub struct Upload {
    pub state: State,
    pub invite: bool,
    pub summary: Summary,
    /// One page of its rows.
    pub rows: Vec<ShownRow>,
    pub steps: i32,
    pub steps_done: i32,
    /// Whether it stopped without finishing, for instance because the server was
    /// restarted.
    pub interrupted: bool,
    pub counts: Option<Counts>,
}

/// An upload with one page of its preview.
///
/// # Errors
/// [`AppError::NotFound`] when it is not this person's or does not exist.
pub fn show(
    conn: &mut PgConnection,
    actor: UserId,
    id: ImportId,
    page: usize,
    now: DateTime<Utc>,
) -> Result<Upload, AppError> {
    let row = store::find(conn, actor, id)?;
    let internal = |error: serde_json::Error| AppError::Internal(error.into());
    let interrupted = row.state == State::Running && row.seen_running_at.is_none_or(|seen| seen < now - SILENT);
    let rows = match row.state {
        State::Checked | State::Failed => store::page(conn, id, page)?,
        State::Running | State::Done => None,
    };
    Ok(Upload {
        state: row.state,
        invite: row.invite,
        summary: serde_json::from_value(row.summary).map_err(internal)?,
        rows: rows.map(serde_json::from_value).transpose().map_err(internal)?.unwrap_or_default(),
        steps: row.steps,
        steps_done: row.steps_done,
        interrupted,
        counts: row.result.and_then(|result| serde_json::from_value(result).ok()),
    })
}

/// The file of an upload, and the choices made for it.
///
/// # Errors
/// [`AppError::NotFound`] when it is not this person's, does not exist, or was imported
/// already.
pub fn content(conn: &mut PgConnection, actor: UserId, id: ImportId) -> Result<(Bytes, Choices), AppError> {
    let (content, choices) = store::content(conn, actor, id)?;
    Ok((content.into(), serde_json::from_value(choices).map_err(|error| AppError::Internal(error.into()))?))
}

/// Claims an upload for running it; `false` when it is running or imported already.
///
/// # Errors
/// [`AppError::NotFound`] when it is not this person's or does not exist.
pub fn start(conn: &mut PgConnection, actor: UserId, id: ImportId, now: DateTime<Utc>) -> Result<bool, AppError> {
    store::find(conn, actor, id)?;
    Ok(store::start(conn, id, now, now - SILENT)? == 1)
}

/// Heartbeat of a running import, with its progress in steps.
///
/// # Errors
/// Those of the database.
pub fn beat(
    conn: &mut PgConnection,
    id: ImportId,
    done: usize,
    steps: usize,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    store::beat(conn, id, done as i32, steps as i32, now)?;
    Ok(())
}

/// An upload that was claimed, with its file parsed again.
#[derive(Debug)]
pub struct Started {
    pub id: ImportId,
    pub reading: Reading,
}

/// Imports an upload in one transaction.
///
/// # Errors
/// [`ImportError`], among others when the company changed since the preview so that the
/// file has problems now. The upload is then marked as failed.
pub fn run(
    conn: &mut PgConnection,
    actor: UserId,
    Started { id, reading }: Started,
    invitations: &Invitations,
    now: DateTime<Utc>,
    today: NaiveDate,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Counts, ImportError> {
    let done = conn.transaction(|conn| {
        let row = store::find(conn, actor, id)?;
        let inviting = row.invite.then_some(invitations);
        let counts = import(conn, Some(actor), reading, inviting, now, today, progress)?.0;
        let result = serde_json::to_value(counts).map_err(|error| AppError::Internal(error.into()))?;
        if store::finish(conn, id, &result)? == 0 {
            return Err(AppError::NotFound.into()); // another run of the same upload finished first
        }
        Ok(counts)
    });
    if done.is_err() {
        fail(conn, id)?;
    }
    done
}

/// Imports a parsed file in one transaction; returns the counts and the warnings.
/// `progress` is called with the steps done and the steps in all.
///
/// # Errors
/// [`ImportError`].
pub fn import(
    conn: &mut PgConnection,
    actor: Option<UserId>,
    reading: Reading,
    invitations: Option<&Invitations>,
    now: DateTime<Utc>,
    today: NaiveDate,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<(Counts, Vec<Warning>), ImportError> {
    if let Some(unclear) = reading.unclear {
        return Err(unclear.into());
    }
    let addresses = company::addresses(&reading.rows);
    let has_managers = reading.rows.iter().any(|row| row.manager.is_some());
    conn.transaction(|conn| {
        periods::hold_open_periods(conn)?; // before any user's row, the order in which closing a period locks, too
        locks::hold(conn, Lock::Managers)?;
        let plan = look::plan_of(reading, &company::read(conn, &addresses, has_managers)?);
        if !plan.problems.is_empty() {
            return Err(ImportError::Rows(plan.problems));
        }
        let (counts, made) = {
            let mut writer = Writer::new(&plan, invitations.is_some(), progress);
            let mut counts = writer.write(conn, now, today)?;
            if let Some(invitations) = invitations {
                counts.invited = writer.invite(conn, invitations, now)?;
            }
            (counts, writer.made)
        };
        // Recorded last: recording locks the audit log until the commit, and signing in
        // has to record, too.
        for (id, parent) in made {
            departments::record_made(conn, actor, id, parent, now)?;
        }
        audit::record(conn, actor, Event::EmployeesImported, None, json!(counts), now)?;
        Ok((counts, plan.warnings))
    })
}

/// Deletes uploads that are older than a day.
///
/// # Errors
/// Those of the database.
pub fn delete_expired(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<(), AppError> {
    store::delete_before(conn, now - KEPT)?;
    Ok(())
}

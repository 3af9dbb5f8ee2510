//! Import a list of employees: look at what it would do, then do exactly that,
//! all or nothing. The page and the command line share everything here.

pub mod file;
pub mod pages;
pub mod plan;
mod store;
mod write;

pub use file::FileProblem;
pub use plan::{Outcome, Plan, Problem, Wrong};

use crate::{
    accounts::{Email, UserId},
    assessment,
    audit::{self, Event},
    codes::{coded, id_type},
    error::AppError,
    hr::{
        departments,
        employees::{Invitations, store as employees_store},
    },
    i18n::Language,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel::{Connection as _, PgConnection};
use file::Row;
use plan::Company;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::HashMap;
use write::Writer;

/// The largest file, in bytes.
pub const LARGEST: usize = 5 * 1024 * 1024;
/// An upload is kept for so long.
const KEPT: TimeDelta = TimeDelta::days(1);
/// An import that gave no sign of life for so long was interrupted.
const SILENT: TimeDelta = TimeDelta::minutes(1);

id_type! {
    /// An uploaded file.
    ImportId
}

coded! {
    /// How far an uploaded file is.
    State { Checked = "checked", Running = "running", Done = "done", Failed = "failed" }
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub created: usize,
    pub changed: usize,
    pub unchanged: usize,
    pub waiting: usize,
    pub departments: usize,
    pub invited: usize,
}

/// Why nothing was imported.
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

/// Keeps an uploaded file, so that what is looked at is what will run.
///
/// # Errors
/// Those of the database.
pub fn keep(
    conn: &mut PgConnection,
    actor: UserId,
    content: &[u8],
    invite: bool,
    language: Language,
    now: DateTime<Utc>,
) -> Result<ImportId, AppError> {
    Ok(store::insert(conn, actor, content, invite, language, now)?)
}

/// An upload as its owner sees it.
#[derive(Debug)]
pub struct Upload {
    pub state: State,
    pub invite: bool,
    /// What it will do; only while it waits for a decision.
    pub plan: Option<Result<Plan, FileProblem>>,
    pub steps: i32,
    pub steps_done: i32,
    /// Whether it runs no more though it did not end.
    pub interrupted: bool,
    pub counts: Option<Counts>,
}

/// An upload with what it would do now.
///
/// # Errors
/// [`AppError::NotFound`] when it is somebody else's or gone.
pub fn show(conn: &mut PgConnection, actor: UserId, id: ImportId, now: DateTime<Utc>) -> Result<Upload, AppError> {
    let row = store::find(conn, actor, id)?;
    let interrupted = row.state == State::Running && row.seen_running_at.is_none_or(|seen| seen < now - SILENT);
    let plan = match row.state {
        State::Checked | State::Failed => Some(match file::read(&store::content(conn, id)?) {
            Ok(rows) => Ok(plan::plan(&rows, &company(conn, &rows)?)),
            Err(problem) => Err(problem),
        }),
        State::Running | State::Done => None,
    };
    Ok(Upload {
        state: row.state,
        invite: row.invite,
        plan,
        steps: row.steps,
        steps_done: row.steps_done,
        interrupted,
        counts: row.result.and_then(|result| serde_json::from_value(result).ok()),
    })
}

/// What is there of the people and departments that the rows name.
fn company(conn: &mut PgConnection, rows: &[Row]) -> Result<Company, AppError> {
    let named = rows.iter().flat_map(|row| [&row.email, &row.manager]).flatten();
    let mut addresses: Vec<String> = named.filter_map(|text| Some(Email::parse(text)?.as_str().to_owned())).collect();
    addresses.sort_unstable();
    addresses.dedup();
    let managers =
        if rows.iter().any(|row| row.manager.is_some()) { store::managers(conn)? } else { HashMap::default() };
    Ok(Company { departments: departments::all(conn)?, people: store::people(conn, &addresses)?, managers })
}

/// Claims an upload to be run; `false` when it runs or is done already.
///
/// # Errors
/// [`AppError::NotFound`] when it is somebody else's or gone.
pub fn start(conn: &mut PgConnection, actor: UserId, id: ImportId, now: DateTime<Utc>) -> Result<bool, AppError> {
    store::find(conn, actor, id)?;
    Ok(store::start(conn, id, now, now - SILENT)? == 1)
}

/// Says that a running import is alive and how far it is.
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

/// Runs an upload that was started. Nothing is written unless all of it is.
///
/// # Errors
/// [`ImportError`]; when the company changed so that the file has problems now, too.
pub fn run(
    conn: &mut PgConnection,
    actor: UserId,
    id: ImportId,
    invitations: &Invitations,
    now: DateTime<Utc>,
    today: NaiveDate,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Counts, ImportError> {
    let done = conn.transaction(|conn| {
        let row = store::find(conn, actor, id)?;
        let (content, inviting) = (store::content(conn, id)?, row.invite.then_some(invitations));
        let counts = import(conn, Some(actor), &content, inviting, now, today, progress)?;
        let result = serde_json::to_value(counts).map_err(|error| AppError::Internal(error.into()))?;
        if store::finish(conn, id, &result)? == 0 {
            return Err(AppError::NotFound.into()); // another run of the same upload was faster
        }
        Ok(counts)
    });
    if done.is_err() {
        store::fail(conn, id)?;
    }
    done
}

/// Imports a file, all or nothing. `progress` is told how many steps of how
/// many are done.
///
/// # Errors
/// [`ImportError`].
pub fn import(
    conn: &mut PgConnection,
    actor: Option<UserId>,
    content: &[u8],
    invitations: Option<&Invitations>,
    now: DateTime<Utc>,
    today: NaiveDate,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Counts, ImportError> {
    let rows = file::read(content)?;
    conn.transaction(|conn| {
        assessment::hold_open_periods(conn)?; // before any person: closing locks in this order
        employees_store::lock_managers(conn)?;
        let plan = plan::plan(&rows, &company(conn, &rows)?);
        if !plan.problems.is_empty() {
            return Err(ImportError::Rows(plan.problems));
        }
        let mut writer = Writer::new(&plan, invitations.is_some(), progress);
        let mut counts = writer.write(conn, now, today)?;
        if let Some(invitations) = invitations {
            counts.invited = writer.invite(conn, invitations, now)?;
        }
        // Last: nobody signs in while somebody else's transaction has recorded something.
        for (id, parent) in &writer.made {
            departments::record_made(conn, actor, *id, *parent, now)?;
        }
        audit::record(conn, actor, Event::EmployeesImported, None, json!(counts), now)?;
        Ok(counts)
    })
}

/// Deletes uploads that are too old.
///
/// # Errors
/// Those of the database.
pub fn delete_expired(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<(), AppError> {
    store::delete_before(conn, now - KEPT)?;
    Ok(())
}

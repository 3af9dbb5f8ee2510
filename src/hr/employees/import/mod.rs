//! Import a list of employees: look at what it would do, then do exactly that,
//! all or nothing. The page and the command line share everything here.

pub mod file;
pub mod pages;
pub mod plan;
mod store;

pub use file::FileProblem;
pub use plan::{Outcome, Plan, Problem, Wrong};

use crate::{
    accounts::{Email, UserId},
    assessment,
    audit::{self, Event},
    codes::{coded, id_type},
    error::AppError,
    hr::{
        DepartmentId,
        departments::{self, DepartmentError, DepartmentName},
        employees::{Invitations, invitation, store as employees_store},
    },
    i18n::Language,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel::{Connection as _, PgConnection};
use file::Row;
use plan::{Company, Place, Planned};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::HashMap;

/// The largest file, in bytes.
pub const LARGEST: usize = 5 * 1024 * 1024;
/// An upload is kept for so long.
const KEPT: TimeDelta = TimeDelta::days(1);
/// An import that gave no sign of life for so long was interrupted.
const SILENT: TimeDelta = TimeDelta::minutes(1);
/// So many rows go into one statement, far below the limit of bound values.
const ROWS: usize = 500;

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
        let mut writer = Writer {
            plan: &plan,
            ids: HashMap::new(),
            done: 0,
            steps: plan.rows.len() * if invitations.is_some() { 2 } else { 1 },
            progress,
        };
        let mut counts = writer.write(conn, actor, now, today)?;
        if let Some(invitations) = invitations {
            counts.invited = writer.invite(conn, invitations, now)?;
        }
        audit::record(conn, actor, Event::EmployeesImported, None, json!(counts), now)?;
        Ok(counts)
    })
}

struct Writer<'a> {
    plan: &'a Plan,
    /// Everybody in the file who has an id by now, by address.
    ids: HashMap<&'a str, UserId>,
    done: usize,
    steps: usize,
    progress: &'a mut dyn FnMut(usize, usize),
}

impl<'a> Writer<'a> {
    fn rows(&self, outcome: Outcome) -> Vec<&'a Planned> {
        self.plan.rows.iter().filter(|row| row.outcome == outcome).collect()
    }

    fn step(&mut self, rows: usize) {
        self.done += rows;
        (self.progress)(self.done, self.steps);
    }

    fn write(
        &mut self,
        conn: &mut PgConnection,
        actor: Option<UserId>,
        now: DateTime<Utc>,
        today: NaiveDate,
    ) -> Result<Counts, AppError> {
        let departments = make_departments(conn, actor, self.plan, now)?;
        let place = |row: &Planned| match row.place {
            Place::Keep => None,
            Place::There(id) => Some(id),
            Place::New(index) => departments.get(index).copied(),
        };
        let known = self.plan.rows.iter().filter_map(|row| Some((row.email.as_str(), row.known?)));
        self.ids = known.collect();
        for rows in self.rows(Outcome::New).chunks(ROWS) {
            let people: Vec<_> = rows.iter().map(|row| new_person(row, place(row), now, today)).collect();
            let ids = employees_store::insert(conn, &people)?;
            self.ids.extend(rows.iter().map(|row| row.email.as_str()).zip(ids));
            self.step(rows.len());
        }
        for rows in self.rows(Outcome::Changed).chunks(ROWS) {
            let changes: Vec<_> = rows.iter().filter_map(|row| Some((row.known?, *row, place(row)))).collect();
            store::change(conn, &changes, now)?;
            for (user, row, department) in changes {
                if row.confirms {
                    assessment::settle_department(conn, user, department)?;
                }
            }
            self.step(rows.len());
        }
        self.step(self.rows(Outcome::Unchanged).len() + self.rows(Outcome::Waits).len());
        self.set_managers(conn)?;
        Ok(Counts {
            created: self.plan.count(Outcome::New),
            changed: self.plan.count(Outcome::Changed),
            unchanged: self.plan.count(Outcome::Unchanged),
            waiting: self.plan.count(Outcome::Waits),
            departments: departments.len(),
            invited: 0,
        })
    }

    /// Once everybody has an id: a manager may stand anywhere in the file.
    fn set_managers(&mut self, conn: &mut PgConnection) -> Result<(), AppError> {
        let report =
            |row: &&'a Planned| row.manager.is_some() && matches!(row.outcome, Outcome::New | Outcome::Changed);
        let rows: Vec<&Planned> = self.plan.rows.iter().filter(report).collect();
        let outside: Vec<String> = rows.iter().filter_map(|row| row.manager.clone()).collect();
        let outside = store::people(conn, &outside)?;
        let id = |email: &str| self.ids.get(email).copied().or_else(|| outside.get(email).map(|known| known.id));
        let pairs: Vec<_> =
            rows.iter().filter_map(|row| Some((id(&row.email)?, id(row.manager.as_deref()?)?))).collect();
        for pairs in pairs.chunks(ROWS) {
            store::set_managers(conn, pairs)?;
        }
        Ok(())
    }

    /// Everybody in the file who cannot sign in yet and was never invited.
    fn invite(
        &mut self,
        conn: &mut PgConnection,
        invitations: &Invitations,
        now: DateTime<Utc>,
    ) -> Result<usize, AppError> {
        let ids: Vec<UserId> =
            self.plan.rows.iter().filter_map(|row| self.ids.get(row.email.as_str()).copied()).collect();
        let (mut invited, mut minutes) = (0, 0);
        for ids in ids.chunks(ROWS) {
            let uninvited = store::uninvited(conn, ids)?;
            // So many a minute: somebody's forgotten password must not wait behind all of them.
            invitation::send(conn, &uninvited, invitations, now, now + TimeDelta::minutes(minutes / 2))?;
            invited += uninvited.len();
            minutes += i64::from(!uninvited.is_empty());
            self.step(ids.len());
        }
        Ok(invited)
    }
}

fn new_person<'a>(
    row: &'a Planned,
    department: Option<DepartmentId>,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> employees_store::NewPerson<'a> {
    employees_store::NewPerson {
        email: Some(&row.email),
        name: &row.name,
        position: &row.position,
        department_id: department,
        manager_id: None,
        confirmed_at: now,
        joined_on: today,
    }
}

/// Makes the departments that are missing; answers their ids in the plan's order.
fn make_departments(
    conn: &mut PgConnection,
    actor: Option<UserId>,
    plan: &Plan,
    now: DateTime<Utc>,
) -> Result<Vec<DepartmentId>, AppError> {
    let mut ids: HashMap<String, DepartmentId> =
        departments::all(conn)?.into_iter().map(|department| (department.path.to_lowercase(), department.id)).collect();
    let mut made = Vec::new();
    for names in &plan.new_departments {
        let Some((name, above)) = names.split_last() else { continue };
        let key = |names: &[String]| names.join(departments::SEPARATOR).to_lowercase();
        let parent = ids.get(&key(above)).copied();
        let name = DepartmentName::parse(name).map_err(|bad| AppError::Internal(anyhow::anyhow!("{bad:?}")))?;
        let id = match departments::create(conn, actor, parent, &name, now) {
            Err(DepartmentError::App(error)) => return Err(error),
            made => made.map_err(|error| AppError::Internal(error.into()))?,
        };
        ids.insert(key(names), id);
        made.push(id);
    }
    Ok(made)
}

/// Deletes uploads that are too old.
///
/// # Errors
/// Those of the database.
pub fn delete_expired(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<(), AppError> {
    store::delete_before(conn, now - KEPT)?;
    Ok(())
}

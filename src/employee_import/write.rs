//! Writes a plan to the database, many rows per statement.

use super::{
    Counts, Outcome, Plan,
    plan::{Place, Planned},
    store,
};
use crate::{
    assessment,
    departments::{self, DepartmentError, DepartmentName},
    domain::{DepartmentId, UserId, text},
    employees::{self, Invitations, NewPerson},
    error::AppError,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel::PgConnection;
use std::collections::HashMap;

/// Rows per statement, far below PostgreSQL's limit of 65,535 bound values.
const ROWS: usize = 500;

/// Writes a plan that has no problems.
pub struct Writer<'a> {
    plan: &'a Plan,
    /// Departments that were created, each with its parent.
    pub made: Vec<(DepartmentId, Option<DepartmentId>)>,
    /// The ids of people in the file, by address, as far as they exist.
    ids: HashMap<&'a str, UserId>,
    done: usize,
    steps: usize,
    progress: &'a mut dyn FnMut(usize, usize),
}

impl<'a> Writer<'a> {
    /// `progress` is called with the steps done and the steps in all.
    pub fn new(plan: &'a Plan, inviting: bool, progress: &'a mut dyn FnMut(usize, usize)) -> Self {
        let steps = plan.rows.len() * if inviting { 2 } else { 1 };
        Self { plan, made: Vec::new(), ids: HashMap::new(), done: 0, steps, progress }
    }

    fn rows(&self, outcome: Outcome) -> Vec<&'a Planned> {
        self.plan.rows.iter().filter(|row| row.outcome == outcome).collect()
    }

    fn step(&mut self, rows: usize) {
        self.done += rows;
        (self.progress)(self.done, self.steps);
    }

    /// Writes people, departments and managers. Records nothing in the audit log: that
    /// would lock it until the end of the caller's transaction.
    ///
    /// # Errors
    /// Those of the database.
    pub fn write(&mut self, conn: &mut PgConnection, now: DateTime<Utc>, today: NaiveDate) -> Result<Counts, AppError> {
        self.made = make_departments(conn, self.plan)?;
        let departments: Vec<DepartmentId> = self.made.iter().map(|(id, _)| *id).collect();
        let place = |row: &Planned| match row.place {
            Place::Keep => None,
            Place::There(id) => Some(id),
            Place::New(index) => departments.get(index).copied(),
        };
        let known = self.plan.rows.iter().filter_map(|row| Some((row.email.as_str(), row.known?)));
        self.ids = known.collect();
        for rows in self.rows(Outcome::New).chunks(ROWS) {
            let people: Vec<_> = rows.iter().map(|row| new_person(row, place(row), now, today)).collect();
            let ids = employees::insert(conn, &people)?;
            self.ids.extend(rows.iter().map(|row| row.email.as_str()).zip(ids));
            self.step(rows.len());
        }
        for rows in self.rows(Outcome::Changed).chunks(ROWS) {
            let changes: Vec<_> = rows.iter().filter_map(|row| Some((row.known?, *row, place(row)))).collect();
            store::change(conn, &changes, now)?;
            let mut confirmed: HashMap<_, Vec<UserId>> = HashMap::new();
            for (user, _, department) in changes.into_iter().filter(|(_, row, _)| row.confirms) {
                confirmed.entry(department).or_default().push(user);
            }
            for (department, people) in confirmed {
                assessment::settle_department(conn, &people, department)?;
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

    /// Runs after everybody has an id: a manager may stand anywhere in the file.
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

    /// Invites everybody in the file who has no password and was never invited.
    ///
    /// # Errors
    /// Those of the database.
    pub fn invite(
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
            // Spread over time, so that other mail, such as a password reset, does not
            // wait behind them.
            employees::send_invitations(conn, &uninvited, invitations, now, now + TimeDelta::minutes(minutes / 2))?;
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
) -> NewPerson<'a> {
    NewPerson {
        email: Some(&row.email),
        name: &row.name,
        position: &row.position,
        department_id: department,
        manager_id: None,
        language: row.language,
        confirmed_at: now,
        joined_on: today,
    }
}

/// Creates the missing departments; returns their ids in the order of the plan, each
/// with its parent.
fn make_departments(
    conn: &mut PgConnection,
    plan: &Plan,
) -> Result<Vec<(DepartmentId, Option<DepartmentId>)>, AppError> {
    let mut ids: HashMap<String, DepartmentId> = HashMap::new();
    let mut tree = departments::Growing::hold(conn)?;
    for department in tree.all() {
        ids.insert(department.path.clone(), department.id);
    }
    for department in tree.all() {
        ids.entry(text::fold(&department.path)).or_insert(department.id);
    }
    let mut made = Vec::new();
    for names in &plan.new_departments {
        let Some((name, above)) = names.split_last() else { continue };
        let above = above.join(departments::SEPARATOR);
        let parent = ids.get(&above).or_else(|| ids.get(&text::fold(&above))).copied();
        let name = DepartmentName::parse(name).map_err(|bad| AppError::Internal(anyhow::anyhow!("{bad:?}")))?;
        let id = match tree.add(conn, parent, &name) {
            Err(DepartmentError::App(error)) => return Err(error),
            made => made.map_err(|error| AppError::Internal(error.into()))?,
        };
        ids.insert(text::fold(&names.join(departments::SEPARATOR)), id);
        made.push((id, parent));
    }
    Ok(made)
}

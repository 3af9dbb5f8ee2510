//! Writes what a plan says, many rows with one statement.

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

/// So many rows go into one statement, far below the limit of bound values.
const ROWS: usize = 500;

/// Writes a plan that has no problems.
pub struct Writer<'a> {
    plan: &'a Plan,
    /// Departments that were made, with the one above each.
    pub made: Vec<(DepartmentId, Option<DepartmentId>)>,
    /// Everybody in the file who has an id by now, by address.
    ids: HashMap<&'a str, UserId>,
    done: usize,
    steps: usize,
    progress: &'a mut dyn FnMut(usize, usize),
}

impl<'a> Writer<'a> {
    /// `progress` is told how many steps of how many are done.
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

    /// People, departments and who reports to whom. Nothing goes into the audit
    /// log here: whoever records waits for the end of the caller's transaction.
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
            // So many a minute: somebody's forgotten password must not wait behind all of them.
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

/// Makes the departments that are missing; answers their ids in the plan's
/// order, with the one above each.
fn make_departments(
    conn: &mut PgConnection,
    plan: &Plan,
) -> Result<Vec<(DepartmentId, Option<DepartmentId>)>, AppError> {
    let mut ids: HashMap<String, DepartmentId> = HashMap::new();
    let there = departments::all(conn)?;
    for department in &there {
        ids.insert(department.path.clone(), department.id);
    }
    for department in &there {
        ids.entry(text::fold(&department.path)).or_insert(department.id);
    }
    let mut made = Vec::new();
    for names in &plan.new_departments {
        let Some((name, above)) = names.split_last() else { continue };
        let above = above.join(departments::SEPARATOR);
        let parent = ids.get(&above).or_else(|| ids.get(&text::fold(&above))).copied();
        let name = DepartmentName::parse(name).map_err(|bad| AppError::Internal(anyhow::anyhow!("{bad:?}")))?;
        let id = match departments::make(conn, parent, &name) {
            Err(DepartmentError::App(error)) => return Err(error),
            made => made.map_err(|error| AppError::Internal(error.into()))?,
        };
        ids.insert(text::fold(&names.join(departments::SEPARATOR)), id);
        made.push((id, parent));
    }
    Ok(made)
}

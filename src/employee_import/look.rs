//! The preview of an upload: how it was read and what importing it would change.
//! Computed once when the file is uploaded and stored page by page, so that showing it
//! costs nothing.

use super::{
    FileProblem, Outcome, Plan, Problem, Warning,
    file::{Format, Reading},
    plan::{self, Company},
};
use crate::domain::email;
use serde::{Deserialize, Serialize};

/// How many rows a page shows.
pub const ROWS_SHOWN: usize = 100;
/// The preview shows the beginning of longer lists, and how long they are.
const PROBLEMS_SHOWN: usize = 1_000;
const WARNINGS_SHOWN: usize = 200;
const DEPARTMENTS_SHOWN: usize = 100;

/// The summary of a preview, stored as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    pub format: Format,
    /// Why there is no plan yet: the columns have to be chosen first.
    pub unclear: Option<FileProblem>,
    pub rows: usize,
    /// The number of rows with each outcome.
    pub outcomes: Vec<(Outcome, usize)>,
    pub problems: Vec<Problem>,
    pub problem_count: usize,
    pub warnings: Vec<Warning>,
    pub warning_count: usize,
    /// Departments that the import would create, each as a path from the top.
    pub new_departments: Vec<String>,
    pub new_department_count: usize,
}

impl Summary {
    /// Whether it can be imported: nothing is unclear or wrong.
    pub const fn is_ready(&self) -> bool {
        self.unclear.is_none() && self.problem_count == 0
    }
}

/// A row of the preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownRow {
    pub line: u64,
    pub outcome: Outcome,
    pub email: String,
    pub name: String,
    pub position: String,
    pub department: String,
    pub manager: Option<String>,
}

/// What is stored of a preview: the summary, and the rows by page.
#[derive(Debug, Default)]
pub struct Look {
    pub summary: Summary,
    pub pages: Vec<Vec<ShownRow>>,
}

/// The preview of a parsed file for the company as it is now.
pub fn look(reading: Reading, company: &Company) -> Look {
    let (format, unclear) = (reading.format.clone(), reading.unclear);
    if unclear.is_some() {
        return Look { summary: Summary { format, unclear, ..Summary::default() }, pages: Vec::new() };
    }
    let plan = plan_of(reading, company);
    let row = |row: &plan::Planned| ShownRow {
        line: row.line,
        outcome: row.outcome,
        email: email::shown(&row.email),
        name: row.name.clone(),
        position: row.position.clone(),
        department: row.department.clone(),
        manager: row.manager.as_deref().map(email::shown),
    };
    let names = plan.new_departments.iter().take(DEPARTMENTS_SHOWN);
    Look {
        pages: plan.rows.chunks(ROWS_SHOWN).map(|rows| rows.iter().map(row).collect()).collect(),
        summary: Summary {
            format,
            unclear,
            rows: plan.rows.len(),
            outcomes: Outcome::ALL.into_iter().map(|outcome| (outcome, plan.count(outcome))).collect(),
            problem_count: plan.problems.len(),
            problems: plan.problems.into_iter().take(PROBLEMS_SHOWN).collect(),
            warning_count: plan.warnings.len(),
            warnings: plan.warnings.into_iter().take(WARNINGS_SHOWN).collect(),
            new_departments: names.map(|names| names.join(crate::departments::SEPARATOR)).collect(),
            new_department_count: plan.new_departments.len(),
        },
    }
}

/// The plan for a parsed file, with the problems that parsing found.
pub fn plan_of(reading: Reading, company: &Company) -> Plan {
    let mut plan = plan::plan(&reading.rows, company);
    plan.problems.extend(reading.problems);
    plan.problems.sort_by_key(|problem| (problem.line, problem.wrong));
    plan
}

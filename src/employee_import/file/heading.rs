//! Finds the line that names the columns, and what each of them holds.

use super::{
    FileProblem,
    records::{Record, Records, SEPARATORS},
};
use crate::{
    domain::{codes::coded, text},
    i18n::Language,
};
use std::{collections::HashMap, sync::LazyLock};

coded! {
    /// What a column holds.
    Column {
        Email = "email",
        Name = "name",
        Position = "position",
        Department = "department",
        Manager = "manager_email",
        Language = "language",
    }
}

/// How many lines at the start are searched for the heading; titles may stand above it.
pub const LOOKED_AT: usize = 20;

/// Known headings, case-folded, letters and digits only, beside those of the template in
/// each language.
const NAMES: [(Column, &[&str]); 6] = [
    (
        Column::Email,
        &[
            "email",
            "mail",
            "emailaddress",
            "workemail",
            "почта",
            "имейл",
            "емейл",
            "электроннаяпочта",
            "элпочта",
            "рабочаяпочта",
            "электронныйадрес",
            "адресэлектроннойпочты",
            "адреспочты",
            "пошта",
            "імейл",
            "електроннапошта",
            "елпошта",
            "робочапошта",
            "електроннаадреса",
            "адресаелектронноїпошти",
            "адресапошти",
        ],
    ),
    (
        Column::Name,
        &[
            "name",
            "fullname",
            "employee",
            "employeename",
            "имя",
            "фио",
            "имяифамилия",
            "фамилияиимя",
            "фамилияимя",
            "фамилияимяотчество",
            "сотрудник",
            "імя",
            "піб",
            "імятапрізвище",
            "прізвищетаімя",
            "прізвищеімя",
            "прізвищеімяпобатькові",
            "працівник",
            "співробітник",
        ],
    ),
    (Column::Position, &["position", "jobtitle", "title", "job", "должность", "позиция", "посада", "позиція"]),
    (
        Column::Department,
        &["department", "team", "unit", "отдел", "подразделение", "департамент", "відділ", "підрозділ"],
    ),
    (
        Column::Manager,
        &[
            "manageremail",
            "manager",
            "managermail",
            "руководитель",
            "почтаруководителя",
            "emailруководителя",
            "адресруководителя",
            "керівник",
            "поштакерівника",
            "emailкерівника",
            "адресакерівника",
        ],
    ),
    (Column::Language, &["language", "язык", "мова"]),
];

/// What a column with this heading holds; `None` when the heading is unknown.
pub fn meaning(name: &str) -> Option<Column> {
    static OF_TEMPLATES: LazyLock<HashMap<String, Column>> = LazyLock::new(|| {
        let headings = Language::ALL.into_iter().flat_map(|language| {
            let words = language.catalog();
            Column::ALL.map(|column| (bare(words.text(&format!("import-heading-{}", column.code()))), column))
        });
        headings.collect()
    });
    let word = bare(name);
    let named = NAMES.iter().find(|(_, names)| names.contains(&&*word)).map(|(column, _)| *column);
    named.or_else(|| OF_TEMPLATES.get(&word).copied())
}

fn bare(name: &str) -> String {
    text::fold(name).chars().filter(|sign| sign.is_alphanumeric()).collect()
}

fn known(record: &Record<'_>) -> usize {
    record.cells.iter().filter(|cell| meaning(cell).is_some()).count()
}

/// The largest number of known headings in any of the first lines, with any separator.
pub fn count_names(text: &str) -> usize {
    let best = |separator| Records::new(text, separator).take(LOOKED_AT).map(|record| known(&record)).max();
    SEPARATORS.into_iter().filter_map(best).max().unwrap_or(0)
}

/// The most plausible separator: the one that gives most known headings in one line,
/// else most lines with the same number of cells.
pub fn separator(text: &str) -> char {
    let score = |separator: char| {
        let records: Vec<_> = Records::new(text, separator).take(LOOKED_AT).collect();
        let named = records.iter().map(known).max().unwrap_or(0);
        let widest = records.iter().map(|record| record.count).max().unwrap_or(0);
        let even = records.iter().filter(|record| record.count == widest).count();
        (named, if widest > 1 { even } else { 0 })
    };
    // on a tie the first separator wins; `max_by_key` returns the last
    SEPARATORS.into_iter().rev().max_by_key(|separator| score(*separator)).unwrap_or(',')
}

/// The index of the heading among the first records: the one with most known headings,
/// or without any the first with the largest number of filled cells.
pub fn place(records: &[Record<'_>]) -> usize {
    let filled = |record: &Record<'_>| record.cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let widest = records.iter().map(filled).max().unwrap_or(0);
    let best = records.iter().map(known).max().unwrap_or(0);
    let names = |record: &Record<'_>| if best > 0 { known(record) == best } else { filled(record) == widest };
    records.iter().position(names).unwrap_or(0)
}

/// Checks that rows can be made of these columns.
///
/// # Errors
/// [`FileProblem::NoAddressColumn`], [`FileProblem::ColumnTwice`].
pub fn check(columns: &[Option<Column>]) -> Result<(), FileProblem> {
    let count = |column: Column| columns.iter().filter(|one| **one == Some(column)).count();
    if Column::ALL.into_iter().any(|column| count(column) > 1) {
        return Err(FileProblem::ColumnTwice);
    }
    if count(Column::Email) == 0 { Err(FileProblem::NoAddressColumn) } else { Ok(()) }
}

//! Parses a list of employees: CSV in any common encoding with any of four separators,
//! or an XLSX workbook. There may be title lines above the heading, and columns in any
//! order, named in English, Russian or Ukrainian. The result says how the file was
//! read, and which lines may have been misread. Pure; never panics, whatever the bytes.

mod encoding;
mod heading;
mod records;
mod workbook;

pub use encoding::KNOWN as ENCODINGS;
pub use heading::{Column, meaning};

use super::problem::{Problem, Wrong};
use crate::domain::text;
use records::{Record, Records};
use serde::{Deserialize, Serialize};

/// The most people that one file may have.
pub const MOST_ROWS: usize = 100_000;

/// One row. A cell that is empty or missing is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The line of the file that the row begins on, from 1.
    pub line: u64,
    pub email: Option<String>,
    pub name: Option<String>,
    pub position: Option<String>,
    pub department: Option<String>,
    pub manager: Option<String>,
    pub language: Option<String>,
}

/// Why a file cannot be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum FileProblem {
    #[error("the file is neither a text nor a workbook")]
    NotText,
    #[error("the workbook is of before 2007, or has a password")]
    OldWorkbook,
    #[error("the workbook cannot be read")]
    BadWorkbook,
    #[error("the workbook unpacks to too much")]
    TooLarge,
    #[error("the file has too many rows")]
    TooManyRows,
    #[error("the file has no rows")]
    Empty,
    #[error("no column is named email")]
    NoAddressColumn,
    #[error("two columns have the same meaning")]
    ColumnTwice,
}

impl FileProblem {
    /// Key of its message in the catalogs.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotText => "import-file-not-text",
            Self::OldWorkbook => "import-file-old-workbook",
            Self::BadWorkbook => "import-file-bad-workbook",
            Self::TooLarge => "import-file-unpacks-too-large",
            Self::TooManyRows => "import-file-too-many-rows",
            Self::Empty => "import-file-empty",
            Self::NoAddressColumn => "import-file-no-address",
            Self::ColumnTwice => "import-file-column-twice",
        }
    }

    /// Whether choosing what the columns hold would solve it.
    pub const fn is_about_columns(self) -> bool {
        matches!(self, Self::NoAddressColumn | Self::ColumnTwice)
    }
}

/// What the person chose where the file was not understood automatically.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// One of [`ENCODINGS`].
    pub encoding: Option<String>,
    /// What each column holds, from the first on.
    pub columns: Option<Vec<Option<Column>>>,
}

/// A column as the parser found it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Its heading in the file.
    pub name: String,
    /// What it holds; `None` when it is ignored.
    pub column: Option<Column>,
}

/// How a file was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Format {
    /// Of a text file.
    pub encoding: Option<String>,
    pub separator: Option<char>,
    /// Of a workbook.
    pub sheet: Option<String>,
    /// Its sheets that were not read.
    pub other_sheets: Vec<String>,
    /// The line with the names of the columns, from 1.
    pub heading: u64,
    pub columns: Vec<Found>,
}

/// A parsed file.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    pub format: Format,
    /// Set when the columns were not understood, so that there are no rows.
    pub unclear: Option<FileProblem>,
    pub rows: Vec<Row>,
    /// Lines that may not have been read as they were meant.
    pub problems: Vec<Problem>,
}

/// Parses the whole file.
///
/// # Errors
/// [`FileProblem`], except those that [`Choices`] can solve: these are in
/// [`Reading::unclear`].
pub fn read(bytes: &[u8], choices: &Choices) -> Result<Reading, FileProblem> {
    if workbook::recognise(bytes)? {
        let mut workbook = workbook::open(bytes)?;
        let format =
            Format { sheet: Some(workbook.sheet.clone()), other_sheets: workbook.others.clone(), ..Format::default() };
        let mut reader = Reader::new(format, choices);
        workbook.read(|record| reader.add(record))?;
        return reader.finish();
    }
    let (text, encoding) = encoding::decode(bytes, choices.encoding.as_deref())?;
    let (separator, text) = match records::declared(&text) {
        Some((separator, rest)) => (separator, rest),
        None => (heading::separator(&text), &*text),
    };
    let format = Format { encoding: Some(encoding.name().to_owned()), separator: Some(separator), ..Format::default() };
    let mut reader = Reader::new(format, choices);
    for record in Records::new(text, separator) {
        reader.add(record)?;
    }
    reader.finish()
}

/// Finds the heading in the first records, then turns the other records into rows.
struct Reader<'a, 'c> {
    reading: Reading,
    choices: &'c Choices,
    /// Records read before the heading is known.
    first: Vec<Record<'a>>,
    /// What each column holds, once it is known.
    columns: Option<Vec<Option<Column>>>,
    /// Line and number of cells of each row of a text file.
    cells: Vec<(u64, usize)>,
}

impl<'a, 'c> Reader<'a, 'c> {
    fn new(format: Format, choices: &'c Choices) -> Self {
        let reading = Reading { format, ..Reading::default() };
        Self { reading, choices, first: Vec::new(), columns: None, cells: Vec::new() }
    }

    fn add(&mut self, record: Record<'a>) -> Result<(), FileProblem> {
        if self.columns.is_some() {
            return self.row(&record);
        }
        self.first.push(record);
        if self.first.len() == heading::LOOKED_AT { self.begin() } else { Ok(()) }
    }

    /// Determines the heading, then handles the records read so far.
    fn begin(&mut self) -> Result<(), FileProblem> {
        let mut first = std::mem::take(&mut self.first);
        let place = heading::place(&first);
        let rows = first.split_off((place + 1).min(first.len()));
        let named = first.pop().unwrap_or_default();
        let mut names: Vec<String> = named.cells.iter().map(|cell| text::line(cell)).collect();
        while names.last().is_some_and(String::is_empty) {
            names.pop();
        }
        let chosen = |place: usize| self.choices.columns.as_ref().map(|chosen| chosen.get(place).copied().flatten());
        let found = |(place, name): (usize, String)| {
            let column = chosen(place).unwrap_or_else(|| meaning(&name));
            Found { name, column }
        };
        let found: Vec<Found> = names.into_iter().enumerate().map(found).collect();
        let columns: Vec<Option<Column>> = found.iter().map(|found| found.column).collect();
        self.reading.unclear = heading::check(&columns).err();
        self.reading.problems = named.problems;
        (self.reading.format.heading, self.reading.format.columns) = (named.line, found);
        self.columns = Some(columns);
        rows.iter().try_for_each(|record| self.row(record))
    }

    fn row(&mut self, record: &Record<'_>) -> Result<(), FileProblem> {
        if self.reading.rows.len() == MOST_ROWS {
            return Err(FileProblem::TooManyRows);
        }
        let columns = self.columns.as_deref().unwrap_or_default();
        let mut row = Row { line: record.line, ..Row::default() };
        let mut wrong = Vec::new();
        let mut overflows = record.overflows;
        for (place, cell) in record.cells.iter().enumerate() {
            match columns.get(place) {
                None => overflows |= !cell.trim().is_empty(),
                Some(None) => {}
                Some(Some(column)) => fill(&mut row, *column, cell, &mut wrong),
            }
        }
        if overflows {
            wrong.push(Wrong::TooManyCells);
        }
        if !record.problems.is_empty() {
            wrong.retain(|wrong| *wrong != Wrong::AddressInside); // the stray quotation mark already explains it
        }
        self.cells.push((record.line, record.count));
        self.reading.problems.extend(record.problems.iter().copied());
        self.reading.problems.extend(wrong.into_iter().map(|wrong| Problem { line: record.line, wrong }));
        self.reading.rows.push(row);
        Ok(())
    }

    fn finish(mut self) -> Result<Reading, FileProblem> {
        if self.columns.is_none() {
            self.begin()?;
        }
        if self.reading.rows.is_empty() && self.reading.problems.is_empty() {
            return Err(FileProblem::Empty);
        }
        self.doubt_short_lines();
        self.reading.problems.sort_by_key(|problem| (problem.line, problem.wrong));
        self.reading.problems.dedup();
        Ok(self.reading)
    }

    /// Reports rows with fewer cells than the heading: a lost separator may have
    /// shifted their cells. When all rows have the same number of cells, the last
    /// columns are simply not filled in.
    fn doubt_short_lines(&mut self) {
        let width = self.columns.as_ref().map_or(0, Vec::len);
        let uniform = self.cells.windows(2).all(|pair| pair[0].1 == pair[1].1);
        if uniform || self.reading.format.sheet.is_some() {
            return;
        }
        let short = self.cells.iter().filter(|(_, count)| *count < width);
        self.reading.problems.extend(short.map(|(line, _)| Problem { line: *line, wrong: Wrong::TooFewCells }));
    }
}

fn fill(row: &mut Row, column: Column, cell: &str, wrong: &mut Vec<Wrong>) {
    let text = Some(text::line(cell)).filter(|text| !text.is_empty());
    if let Some(text) = &text {
        if text.contains('\u{fffd}') {
            wrong.push(Wrong::BrokenSign);
        }
        if is_error(text) {
            wrong.push(Wrong::CellError);
        }
        if !matches!(column, Column::Email | Column::Manager) && holds_address(text) {
            wrong.push(Wrong::AddressInside);
        }
    }
    let place = match column {
        Column::Email => &mut row.email,
        Column::Name => &mut row.name,
        Column::Position => &mut row.position,
        Column::Department => &mut row.department,
        Column::Manager => &mut row.manager,
        Column::Language => &mut row.language,
    };
    *place = text;
}

/// Error values that a spreadsheet shows in place of a formula's result.
fn is_error(text: &str) -> bool {
    ["#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"].contains(&text)
}

/// Whether the text contains an e-mail address: cells or lines may have run together.
fn holds_address(text: &str) -> bool {
    text.split(' ').any(|word| {
        word.split_once('@').is_some_and(|(local, domain)| {
            local.ends_with(char::is_alphanumeric) && domain.starts_with(char::is_alphanumeric)
        })
    })
}

#[cfg(test)]
mod tests;

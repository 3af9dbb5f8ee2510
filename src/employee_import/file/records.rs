//! Splits separated text (RFC 4180, any of four separators) into records, and reports
//! doubtful ones. The CSV libraries accept any input without a warning: after an
//! unclosed quotation mark all following people become one cell, and nobody notices.

use super::super::problem::{Problem, Wrong};
use std::borrow::Cow;

/// Further cells of a record are counted, but not kept.
pub const MOST_CELLS: usize = 100;

/// Possible separators, most likely first.
pub const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

/// One record.
#[derive(Debug, Default)]
pub struct Record<'a> {
    /// The line it begins on, from 1.
    pub line: u64,
    pub cells: Vec<Cow<'a, str>>,
    /// How many cells it has, kept or not.
    pub count: usize,
    /// Whether any cell that was not kept has content.
    pub overflows: bool,
    pub problems: Vec<Problem>,
}

impl<'a> Record<'a> {
    pub fn push(&mut self, cell: Cow<'a, str>) {
        self.count += 1;
        if self.cells.len() < MOST_CELLS {
            self.cells.push(cell);
        } else {
            self.overflows |= !cell.trim().is_empty();
        }
    }

    pub fn is_blank(&self) -> bool {
        self.problems.is_empty() && !self.overflows && self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// Iterates over the records of a text; blank lines are skipped.
pub struct Records<'a> {
    text: &'a str,
    at: usize,
    line: u64,
    separator: u8,
}

/// The separator that a first line `sep=` declares, as spreadsheets write it, and the
/// rest of the text.
pub fn declared(text: &str) -> Option<(char, &str)> {
    let first = text.split(['\r', '\n']).next()?;
    let declared = first.trim_matches('"').strip_prefix("sep=").or_else(|| first.strip_prefix("SEP="))?;
    let separator = declared.chars().next().filter(|sign| SEPARATORS.contains(sign))?;
    Some((separator, &text[first.len()..]))
}

impl<'a> Records<'a> {
    pub fn new(text: &'a str, separator: char) -> Self {
        Self { text, at: 0, line: 1, separator: separator as u8 }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Skips one line end, if there is one here.
    fn end_of_line(&mut self) -> bool {
        let rest = &self.text.as_bytes()[self.at..];
        let length = match rest {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => return false,
        };
        self.at += length;
        self.line += 1;
        true
    }

    fn is_blank(&self, byte: u8) -> bool {
        byte == b' ' || byte == b'\t' && self.separator != b'\t'
    }

    fn skip_blanks(&mut self) {
        while self.peek().is_some_and(|byte| self.is_blank(byte)) {
            self.at += 1;
        }
    }

    /// An unquoted cell: up to the next separator or line end.
    fn plain(&mut self) -> &'a str {
        let rest = &self.text[self.at..];
        let ends = |byte: &u8| *byte == self.separator || matches!(byte, b'\r' | b'\n');
        let length = rest.as_bytes().iter().position(ends).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn cell(&mut self, record: &mut Record<'a>) {
        let start = self.at;
        self.skip_blanks();
        if self.peek() == Some(b'"') {
            return self.quoted(record);
        }
        self.at = start;
        let cell = self.plain();
        if cell.contains('"') {
            record.problems.push(Problem { line: self.line, wrong: Wrong::StrayQuote });
        }
        record.push(Cow::Borrowed(cell));
    }

    fn quoted(&mut self, record: &mut Record<'a>) {
        let opened = self.line;
        self.at += 1;
        let (text, mut from, mut cell) = (self.text, self.at, Cow::Borrowed(""));
        loop {
            match self.peek() {
                None => {
                    cell += &text[from..];
                    record.problems.push(Problem { line: opened, wrong: Wrong::UnclosedQuote });
                    break;
                }
                Some(b'"') if text.as_bytes().get(self.at + 1) == Some(&b'"') => {
                    cell += &text[from..=self.at];
                    self.at += 2;
                    from = self.at;
                }
                Some(b'"') => {
                    cell += &text[from..self.at];
                    self.at += 1;
                    break;
                }
                Some(_) if self.end_of_line() => {}
                Some(_) => self.at += 1,
            }
        }
        if self.line > opened && self.holds_records(&cell) {
            record.problems.push(Problem { line: opened, wrong: Wrong::SwallowedLines });
        }
        if !self.plain().trim().is_empty() {
            record.problems.push(Problem { line: self.line, wrong: Wrong::StrayQuote });
        }
        record.push(cell);
    }

    /// Whether a cell of several lines looks as if it had swallowed other records.
    fn holds_records(&self, cell: &str) -> bool {
        let separated = |line: &str| line.bytes().filter(|byte| *byte == self.separator).count() > 1;
        cell.contains('@') || cell.lines().any(separated)
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        loop {
            self.peek()?;
            let mut record = Record { line: self.line, ..Record::default() };
            loop {
                self.cell(&mut record);
                if self.peek() == Some(self.separator) {
                    self.at += 1;
                } else {
                    break;
                }
            }
            self.end_of_line();
            if !record.is_blank() {
                return Some(record);
            }
        }
    }
}

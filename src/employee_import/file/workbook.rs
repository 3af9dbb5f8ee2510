//! Reads the first non-empty sheet of an XLSX workbook row by row, within limits: a
//! small file can unpack to a very large one (a zip bomb), and a single cell in the
//! last corner makes a sheet of billions of cells.

use super::{FileProblem, records::Record};
use calamine::{Data, DataRef, Reader as _, SheetVisible, Xlsx};
use std::{
    borrow::Cow,
    io::{Cursor, Read as _},
};

/// How many bytes all parts of a workbook may unpack to.
const LARGEST_UNPACKED: u64 = 48 * 1024 * 1024;
/// How many parts (files in the archive) a workbook may have; a list of employees has
/// far fewer.
const MOST_PARTS: usize = 2_000;

/// The first bytes of a workbook, and of one in the format of before 2007 or with a
/// password.
const ZIP: &[u8] = b"PK\x03\x04";
const OLD_OR_ENCRYPTED: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];

/// Whether the file is a workbook, by its first bytes; the name of the file says
/// nothing.
///
/// # Errors
/// [`FileProblem::OldWorkbook`] for a format of before 2007 or a file with a password.
pub fn recognise(bytes: &[u8]) -> Result<bool, FileProblem> {
    if bytes.starts_with(OLD_OR_ENCRYPTED) {
        return Err(FileProblem::OldWorkbook);
    }
    Ok(bytes.starts_with(ZIP))
}

/// A workbook that was opened.
pub struct Workbook<'a> {
    book: Xlsx<Cursor<&'a [u8]>>,
    /// The name of the sheet that is read.
    pub sheet: String,
    /// Names of the other visible sheets with content, which are ignored.
    pub others: Vec<String>,
}

/// Opens a workbook and chooses the sheet to read.
///
/// # Errors
/// [`FileProblem::BadWorkbook`], [`FileProblem::TooLarge`], [`FileProblem::Empty`].
pub fn open(bytes: &[u8]) -> Result<Workbook<'_>, FileProblem> {
    check_size(bytes)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| FileProblem::BadWorkbook)?;
    let visible = book.sheets_metadata().iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
    let names: Vec<String> = visible.map(|sheet| sheet.name.clone()).collect();
    let mut filled = Vec::new();
    for name in names {
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue }; // no worksheet, such as a chart
        while let Some(cell) = cells.next_cell().map_err(|_| FileProblem::BadWorkbook)? {
            if !written(cell.get_value()).trim().is_empty() {
                filled.push(name);
                break;
            }
        }
    }
    if filled.is_empty() {
        return Err(FileProblem::Empty);
    }
    let sheet = filled.remove(0);
    Ok(Workbook { book, sheet, others: filled })
}

/// Unpacks all parts once without keeping them: the sizes that the archive states may
/// be false.
fn check_size(bytes: &[u8]) -> Result<(), FileProblem> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileProblem::BadWorkbook)?;
    if archive.len() > MOST_PARTS {
        return Err(FileProblem::TooLarge);
    }
    let mut left = LARGEST_UNPACKED;
    for place in 0..archive.len() {
        let part = archive.by_index(place).map_err(|_| FileProblem::BadWorkbook)?;
        let unpacked = std::io::copy(&mut part.take(left + 1), &mut std::io::sink());
        let unpacked = unpacked.map_err(|_| FileProblem::BadWorkbook)?;
        left = left.checked_sub(unpacked).ok_or(FileProblem::TooLarge)?;
    }
    Ok(())
}

impl Workbook<'_> {
    /// Calls `each` with every row of the sheet, until it returns an error.
    ///
    /// # Errors
    /// [`FileProblem::BadWorkbook`], and those of `each`.
    pub fn read(
        &mut self,
        mut each: impl FnMut(Record<'static>) -> Result<(), FileProblem>,
    ) -> Result<(), FileProblem> {
        let mut cells = self.book.worksheet_cells_reader(&self.sheet).map_err(|_| FileProblem::BadWorkbook)?;
        let mut record = Record::default();
        while let Some(cell) = cells.next_cell().map_err(|_| FileProblem::BadWorkbook)? {
            let (row, column) = cell.get_position();
            let (line, column) = (u64::from(row) + 1, column as usize);
            if line < record.line {
                return Err(FileProblem::BadWorkbook);
            }
            if line != record.line {
                let whole = std::mem::replace(&mut record, Record { line, ..Record::default() });
                if !whole.is_blank() {
                    each(whole)?;
                }
            }
            while record.count < column.min(super::records::MOST_CELLS) {
                record.push(Cow::Borrowed(""));
            }
            record.push(Cow::Owned(written(cell.get_value())));
        }
        if record.is_blank() { Ok(()) } else { each(record) }
    }
}

/// The text of a cell about as a spreadsheet shows it: a formula's cached result, a
/// whole number without decimals, a date without a time.
fn written(value: &DataRef<'_>) -> String {
    match Data::from(value.clone()) {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text,
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(value) => value.to_string(),
        Data::DateTime(moment) => {
            let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
            let day = format!("{year:04}-{month:02}-{day:02}");
            if (hour, minute) == (0, 0) { day } else { format!("{day} {hour:02}:{minute:02}") }
        }
        Data::Error(error) => error.to_string(),
    }
}

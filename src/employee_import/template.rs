//! A template for the list of employees: headings only, in the reader's language, which
//! the import understands.

use super::file::Column;
use crate::i18n::Catalog;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

fn names(words: &Catalog) -> [String; 6] {
    Column::ALL.map(|column| words.text(&format!("import-heading-{}", column.code())).to_owned())
}

/// UTF-8 with a byte order mark, and the separator that spreadsheets in this language
/// expect.
pub fn csv(words: &Catalog) -> Vec<u8> {
    let separator = words.language().list_separator().to_string();
    format!("\u{feff}{}\r\n", names(words).join(&separator)).into_bytes()
}

/// A workbook with one sheet.
///
/// # Errors
/// Only when the workbook cannot be written.
pub fn xlsx(words: &Catalog) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name(words.text("import-sheet"))?;
    // Cells are formatted as text, so that a spreadsheet turns nothing into a number or
    // a date.
    let (bold, text) = (Format::new().set_bold(), Format::new().set_num_format("@"));
    for (column, name) in (0..).zip(names(words)) {
        sheet
            .set_column_width(column, 28)?
            .set_column_format(column, &text)?
            .write_with_format(0, column, &name, &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        employee_import::file::{Choices, FileProblem, meaning, read},
        i18n::Language,
    };

    #[test]
    fn a_template_is_understood_when_it_comes_back() {
        for language in Language::ALL {
            let words = language.catalog();
            assert_eq!(names(words).map(|name| meaning(&name)), Column::ALL.map(Some), "{language}");
            for file in [csv(words), xlsx(words).unwrap()] {
                assert_eq!(read(&file, &Choices::default()).err(), Some(FileProblem::Empty), "{language}");
            }
            let filled =
                [csv(words), "ada@x.org,Ada,,,,\r\n".replace(',', &language.list_separator().to_string()).into()]
                    .concat();
            let reading = read(&filled, &Choices::default()).unwrap();
            assert_eq!((reading.rows.len(), reading.unclear, reading.problems), (1, None, vec![]), "{language}");
        }
    }
}

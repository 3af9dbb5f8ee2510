//! Reads a list of employees: CSV in UTF-8, with or without a byte order mark,
//! separated by commas or semicolons, its columns in any order and named in
//! English, Russian or Ukrainian. Pure.

use crate::web::form::line;

/// One row. A cell that is empty or missing is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The line of the file that the row begins on; the heading is on 1.
    pub line: u64,
    pub email: Option<String>,
    pub name: Option<String>,
    pub position: Option<String>,
    pub department: Option<String>,
    pub manager: Option<String>,
    /// Whether it has more cells than the heading.
    pub overflows: bool,
}

/// Why a file cannot be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileProblem {
    #[error("the file is not in UTF-8")]
    NotUtf8,
    #[error("the file has no rows")]
    Empty,
    #[error("no column is named email")]
    NoAddressColumn,
    #[error("two columns have the same meaning")]
    ColumnTwice,
}

impl FileProblem {
    /// Key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotUtf8 => "import-file-not-utf8",
            Self::Empty => "import-file-empty",
            Self::NoAddressColumn => "import-file-no-address",
            Self::ColumnTwice => "import-file-column-twice",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Email,
    Name,
    Position,
    Department,
    Manager,
}

/// What a column may be called, without anything but letters and digits.
const NAMES: [(Column, &[&str]); 5] = [
    (
        Column::Email,
        &[
            "email",
            "mail",
            "emailaddress",
            "почта",
            "имейл",
            "электроннаяпочта",
            "элпочта",
            "адресэлектроннойпочты",
            "адреспочты",
            "пошта",
            "імейл",
            "електроннапошта",
            "елпошта",
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
            "имя",
            "фио",
            "имяифамилия",
            "сотрудник",
            "імя",
            "піб",
            "імятапрізвище",
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
];

/// Reads every row.
///
/// # Errors
/// [`FileProblem`].
pub fn read(bytes: &[u8]) -> Result<Vec<Row>, FileProblem> {
    let text = std::str::from_utf8(bytes).map_err(|_| FileProblem::NotUtf8)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut records = reader.records().filter_map(Result::ok); // UTF-8 and uneven rows cannot fail
    let columns = columns(&records.next().ok_or(FileProblem::Empty)?)?;
    let mut lines = Lines { text, at: 0, line: 1 };
    let mut rows = Vec::new();
    for record in records.filter(|record| record.iter().any(|cell| !cell.trim().is_empty())) {
        let begins = record.position().map_or(0, csv::Position::byte);
        rows.push(row(lines.line_of(begins as usize), &record, &columns));
    }
    if rows.is_empty() { Err(FileProblem::Empty) } else { Ok(rows) }
}

/// Whichever stands more often in the heading, outside quotes.
fn separator(text: &str) -> u8 {
    let (mut quoted, mut commas, mut semicolons) = (false, 0, 0);
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted && commas + semicolons > 0 => break,
            b',' if !quoted => commas += 1,
            b';' if !quoted => semicolons += 1,
            _ => {}
        }
    }
    if semicolons > commas { b';' } else { b',' }
}

fn columns(heading: &csv::StringRecord) -> Result<Vec<Option<Column>>, FileProblem> {
    let meaning = |cell: &str| {
        let word: String = cell.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        NAMES.iter().find(|(_, names)| names.contains(&&*word)).map(|(column, _)| *column)
    };
    let columns: Vec<_> = heading.iter().map(meaning).collect();
    let count = |column: Column| columns.iter().filter(|one| **one == Some(column)).count();
    if NAMES.iter().any(|(column, _)| count(*column) > 1) {
        return Err(FileProblem::ColumnTwice);
    }
    if count(Column::Email) == 0 { Err(FileProblem::NoAddressColumn) } else { Ok(columns) }
}

/// Counts lines as somebody who reads the file does.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of a record; its reader tells where the one before ended.
    fn line_of(&mut self, ended: usize) -> u64 {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at).filter(|byte| self.at < ended || matches!(byte, b'\r' | b'\n')) {
            self.line += u64::from(*byte == b'\n');
            self.at += 1;
        }
        self.line
    }
}

fn row(line_number: u64, record: &csv::StringRecord, columns: &[Option<Column>]) -> Row {
    let mut row = Row { line: line_number, ..Row::default() };
    for (place, cell) in record.iter().enumerate() {
        let text = Some(line(cell)).filter(|text| !text.is_empty());
        match columns.get(place) {
            None => row.overflows |= text.is_some(),
            Some(None) => {}
            Some(Some(Column::Email)) => row.email = text,
            Some(Some(Column::Name)) => row.name = text,
            Some(Some(Column::Position)) => row.position = text,
            Some(Some(Column::Department)) => row.department = text,
            Some(Some(Column::Manager)) => row.manager = text,
        }
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ada() -> Row {
        let text = |text: &str| Some(text.to_owned());
        Row {
            line: 2,
            email: text("ada@x.org"),
            name: text("Ada, Countess"),
            position: text("Analyst"),
            department: text("A / B"),
            manager: text("bob@x.org"),
            overflows: false,
        }
    }

    #[test]
    fn the_same_row_is_read_however_the_file_is_written() {
        for file in [
            "email,name,position,department,manager_email\nada@x.org,\"Ada, Countess\",Analyst,A / B,bob@x.org\n",
            "\u{feff}email,name,position,department,manager_email\r\nada@x.org,\"Ada, Countess\",Analyst,A / B,bob@x.org\r\n",
            "E-Mail;NAME;Position;Department;Manager e-mail\nada@x.org;Ada, Countess;Analyst;A / B;bob@x.org",
            "Руководитель;Отдел;Должность;ФИО;Электронная почта\nbob@x.org;A / B;Analyst;\"Ada, Countess\";ada@x.org\n",
            "Пошта;Ім’я;Посада;Відділ;Пошта керівника\n ada@x.org ;Ada, Countess; Analyst;A / B;bob@x.org\n",
            "\"name, full\",Name,Почта,Salary,должность,подразделение,manager\nx,\"Ada, Countess\",ada@x.org,9,Analyst,A / B,bob@x.org\n\n\n",
        ] {
            assert_eq!(read(file.as_bytes()), Ok(vec![ada()]), "{file}");
        }
    }

    #[test]
    fn rows_know_their_line_and_empty_ones_do_not_count() {
        let file = "email,name\n\na@x.org,\"A\nB\"\n,\n  , \nb@x.org\nc@x.org,C,too much\n";
        let rows = read(file.as_bytes()).unwrap();
        assert_eq!(read(file.replace('\n', "\r\n").as_bytes()), Ok(rows.clone()), "whatever ends a line");
        assert_eq!(
            rows.iter().map(|row| (row.line, row.overflows)).collect::<Vec<_>>(),
            [(3, false), (7, false), (8, true)]
        );
        assert_eq!((rows[0].name.as_deref(), rows[1].name.as_deref()), (Some("AB"), None));
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        for (file, problem) in [
            (&b""[..], FileProblem::Empty),
            (b"email,name\n", FileProblem::Empty),
            (b"email,name\n,,\n", FileProblem::Empty),
            (b"name,position\nAda,x\n", FileProblem::NoAddressColumn),
            (b"email,mail\na@x.org,b@x.org\n", FileProblem::ColumnTwice),
            (b"email\n\xcf\xf0\xe8\n", FileProblem::NotUtf8),
        ] {
            assert_eq!(read(file), Err(problem));
        }
    }
}

//! Tidy CSV: one figure per line. Text that a spreadsheet would run as a formula is
//! escaped.

use super::Line;
use crate::spreadsheet::safe;

const COLUMNS: [&str; 11] =
    ["period", "from", "to", "department", "measure", "state", "percent", "low", "high", "people", "level"];

/// The lines as CSV in UTF-8, with a byte order mark so that spreadsheets detect the
/// encoding.
///
/// # Errors
/// Never: writing into memory cannot fail.
pub fn write(lines: &[Line]) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(COLUMNS)?;
    let number = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
    for line in lines {
        writer.write_record([
            safe(&line.period),
            line.from.to_string(),
            line.to.to_string(),
            safe(&line.department),
            safe(&line.measure),
            line.state.to_owned(),
            number(line.percent),
            number(line.low),
            number(line.high),
            number(line.people),
            line.level.unwrap_or_default().to_owned(),
        ])?;
    }
    writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))
}

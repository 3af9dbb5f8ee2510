//! Tidy CSV: one line a number. A spreadsheet must not take a text for a formula.

use super::Line;

const COLUMNS: [&str; 11] =
    ["period", "from", "to", "department", "measure", "state", "percent", "low", "high", "people", "level"];

/// The lines as a file, with a mark that tells a spreadsheet its encoding.
///
/// # Errors
/// Never: a vector takes everything.
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

/// A text that a spreadsheet takes for a text.
fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_gets_an_apostrophe() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(safe(formula), format!("'{formula}"));
        }
        for plain in ["Sales", "A=B", "", "mean.ee"] {
            assert_eq!(safe(plain), plain);
        }
    }
}

//! Text in CSV files that people open in a spreadsheet.

/// Puts an apostrophe before text that a spreadsheet would run as a formula (CSV
/// injection).
pub fn safe(text: &str) -> String {
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

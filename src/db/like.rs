//! Patterns of LIKE.

/// A pattern of LIKE for what contains this text, whatever signs are in it.
pub fn containing(text: &str) -> String {
    format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

//! Patterns for SQL LIKE.

/// A LIKE pattern for values that contain this text; its wildcards are escaped.
pub fn containing(text: &str) -> String {
    format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

//! The colour of a conversation: `#rrggbb`, or the name of a palette colour.

use std::str::FromStr;

/// A colour as `#rrggbb` in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Color(String);

impl Color {
    /// Colours that the pages offer: name (a catalog key) and value.
    pub const PALETTE: [(&'static str, &'static str); 6] = [
        ("ember", "#c4512a"),
        ("honey", "#b27d16"),
        ("sage", "#6b8f6b"),
        ("lake", "#2c6173"),
        ("plum", "#74467a"),
        ("stone", "#8a7965"),
    ];

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Color {
    fn default() -> Self {
        Self(Self::PALETTE[0].1.to_owned())
    }
}

impl FromStr for Color {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim().to_ascii_lowercase();
        if let Some((_, value)) = Self::PALETTE.iter().find(|(name, _)| *name == text) {
            return Ok(Self((*value).to_owned()));
        }
        let digits = text.strip_prefix('#').ok_or(())?;
        let well_formed = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        if well_formed { Ok(Self(text)) } else { Err(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_six_digits_or_a_name_of_the_palette() {
        for (text, color) in [("#FF5733", Some("#ff5733")), (" #00aa11 ", Some("#00aa11")), ("Sage", Some("#6b8f6b"))] {
            assert_eq!(text.parse::<Color>().ok().map(|color| color.0).as_deref(), color);
        }
        for text in ["", "#", "#fff", "#12345g", "red; x", "#1234567", "url(x)", "#éé"] {
            assert!(text.parse::<Color>().is_err(), "{text}");
        }
    }
}

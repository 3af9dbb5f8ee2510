//! An e-mail address as the key of an account: trimmed and in lower case.

use std::fmt;

/// The longest address that SMTP can carry (RFC 5321, section 4.5.3.1.3).
const LONGEST: usize = 254;

/// A well-formed address. Never shown by `Debug`, so that it cannot reach a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// `None` unless it is a well-formed address of at most 254 characters.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let address: lettre::Address = text.parse().ok()?;
        (text.len() <= LONGEST && !address.domain().is_empty()).then_some(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_trimmed_and_lowered_or_refused() {
        for (given, expected) in [
            (" Ada@Example.COM ", Some("ada@example.com")),
            ("a.b+c@sub.example.org", Some("a.b+c@sub.example.org")),
            ("", None),
            ("ada", None),
            ("ada@", None),
            ("@example.com", None),
            ("a b@example.com", None),
            ("ada@example.com\r\nBcc: x@y.z", None),
        ] {
            assert_eq!(Email::parse(given).map(|email| email.0), expected.map(str::to_owned), "{given:?}");
        }
        assert!(Email::parse(&format!("{}@example.com", "a".repeat(300))).is_none());
    }
}

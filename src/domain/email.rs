//! E-mail addresses in one canonical spelling, which identifies an account: lower case,
//! the domain in ASCII (IDNA). Addresses with non-ASCII letters before the `@` are
//! refused, because they need SMTPUTF8 on every mail server on the way.

use crate::domain::text;
use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
use std::fmt;

/// The longest address that SMTP can carry (RFC 5321, section 4.5.3.1.3).
const LONGEST: usize = 254;
/// The longest part before the `@` (RFC 5321, section 4.5.3.1.1).
const LONGEST_LOCAL: usize = 64;

/// A valid address in its canonical spelling. `Debug` does not show it, to keep it
/// out of logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Email(String);

/// Why a text is not a valid address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadEmail {
    Malformed,
    /// Letters before the `@` are not Latin, often Cyrillic look-alikes.
    ForeignLetters,
    /// A label of the domain mixes scripts with look-alike letters, such as Latin
    /// and Cyrillic.
    MixedLetters,
}

impl BadEmail {
    const fn key(self) -> &'static str {
        match self {
            Self::Malformed => "email-malformed",
            Self::ForeignLetters => "email-foreign-letters",
            Self::MixedLetters => "email-mixed-letters",
        }
    }
}

impl Email {
    /// Normalises and validates an address; `None` if it is not valid.
    pub fn parse(text: &str) -> Option<Self> {
        Self::read(text).ok()
    }

    /// Like [`Email::parse`], with the reason.
    ///
    /// # Errors
    /// [`BadEmail`].
    pub fn read(text: &str) -> Result<Self, BadEmail> {
        let text = text::line(text);
        let (local, domain) = text.rsplit_once('@').ok_or(BadEmail::Malformed)?;
        if !local.is_ascii() && local.chars().all(|sign| sign.is_alphanumeric() || is_atom(sign)) {
            return Err(BadEmail::ForeignLetters);
        }
        let atoms = local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atom));
        let address = format!("{}@{}", local.to_ascii_lowercase(), ascii(domain).ok_or(BadEmail::Malformed)?);
        let fits = local.len() <= LONGEST_LOCAL && address.len() <= LONGEST;
        if !atoms || !fits || address.parse::<lettre::Address>().is_err() {
            return Err(BadEmail::Malformed);
        }
        let (unicode, _) = Uts46::new().to_unicode(domain.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast);
        if text::is_mixed_script(&unicode) {
            return Err(BadEmail::MixedLetters);
        }
        Ok(Self(address))
    }

    /// Catalog key of the message on why a text is not a valid address.
    pub fn why_not(text: &str) -> &'static str {
        Self::read(text).err().unwrap_or(BadEmail::Malformed).key()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a character may occur in an unquoted local part (atext, RFC 5322, section
/// 3.2.3).
fn is_atom(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(sign)
}

/// A domain in its ASCII form (A-labels); `None` if it is not valid.
fn ascii(domain: &str) -> Option<String> {
    let ascii =
        Uts46::new().to_ascii(domain.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast, DnsLength::Verify);
    ascii.ok().map(|ascii| ascii.into_owned())
}

/// A stored address for display: an internationalised domain in Unicode, unless it
/// mixes look-alike scripts.
pub fn shown(address: &str) -> String {
    let Some((local, domain)) = address.rsplit_once('@') else { return address.to_owned() };
    let (unicode, valid) = Uts46::new().to_unicode(domain.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast);
    if valid.is_err() || text::is_mixed_script(&unicode) { address.to_owned() } else { format!("{local}@{unicode}") }
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
    fn one_mailbox_has_one_spelling() {
        for (given, expected) in [
            (" Ada@Example.COM ", "ada@example.com"),
            ("a.b+c@sub.example.org", "a.b+c@sub.example.org"),
            ("ada@exam\u{ad}ple.com\u{200b}\u{feff}", "ada@example.com"),
            ("\u{202a}ada@example.com\u{202c}", "ada@example.com"),
            ("ada@example.com\u{a0}", "ada@example.com"),
            ("ada@ｅｘａｍｐｌｅ。com", "ada@example.com"),
            ("ivan@приклад.укр", "ivan@xn--80aikifvh.xn--j1amh"),
            ("Ivan@ПРИКЛАД.укр", "ivan@xn--80aikifvh.xn--j1amh"),
            ("ivan@xn--80aikifvh.XN--J1AMH", "ivan@xn--80aikifvh.xn--j1amh"),
            ("zoe@cafe\u{301}.example", "zoe@xn--caf-dma.example"),
            ("o'brien@example.com", "o'brien@example.com"),
        ] {
            let email = Email::parse(given).unwrap_or_else(|| panic!("{given:?} is refused"));
            assert_eq!(email.0, expected, "{given:?}");
            assert_eq!(Email::parse(&email.0), Some(email.clone()), "read again");
            assert_eq!(Email::parse(&shown(&email.0)), Some(email), "as people read it");
        }
    }

    #[test]
    fn what_mail_cannot_reach_is_refused_with_the_reason() {
        use BadEmail::{ForeignLetters, Malformed, MixedLetters};
        let long = |local: usize, domain: usize| format!("{}@{}.example", "a".repeat(local), "b".repeat(domain));
        for (given, expected) in [
            ("", Malformed),
            ("ada", Malformed),
            ("ada@", Malformed),
            ("@example.com", Malformed),
            ("a b@example.com", Malformed),
            ("\"a b\"@example.com", Malformed),
            ("\"ada\"@example.com", Malformed),
            ("a@b@example.com", Malformed),
            (".ada@example.com", Malformed),
            ("ada.@example.com", Malformed),
            ("a..da@example.com", Malformed),
            ("ada(x)@example.com", Malformed),
            ("ada@example..com", Malformed),
            ("ada@example.com.", Malformed),
            ("ada@-example.com", Malformed),
            ("ada@exa_mple.com", Malformed),
            ("ada@[127.0.0.1]", Malformed),
            ("ada@xn--zzzzzzzzzzzzzz.com", Malformed),
            ("ada@example.com\r\nBcc: x@y.z", Malformed),
            ("Ada <ada@example.com>", Malformed),
            ("іван@приклад.укр", ForeignLetters),
            ("employеe@hearth.example", ForeignLetters),
            ("ada@hеarth.example", MixedLetters),
            (&long(65, 10), Malformed),
            (&long(10, 64), Malformed),
        ] {
            assert_eq!(Email::read(given), Err(expected), "{given:?}");
        }
        assert!(Email::parse(&long(64, 63)).is_some());
        let labels = "b".repeat(60) + "." + &"c".repeat(60) + "." + &"d".repeat(60);
        assert!(Email::parse(&format!("{}@{labels}", "a".repeat(64))).is_some_and(|email| email.0.len() == 247));
        assert!(Email::parse(&format!("{}@{labels}.example", "a".repeat(64))).is_none(), "255 in all");
    }

    #[test]
    fn people_read_a_domain_in_its_own_letters() {
        for (stored, expected) in [
            ("ada@example.com", "ada@example.com"),
            ("ivan@xn--80aikifvh.xn--j1amh", "ivan@приклад.укр"),
            ("ada@xn--zzzzzzzzzzzzzz.com", "ada@xn--zzzzzzzzzzzzzz.com"),
            ("nonsense", "nonsense"),
        ] {
            assert_eq!(shown(stored), expected);
        }
    }
}

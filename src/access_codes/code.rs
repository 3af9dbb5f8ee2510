//! An access code: twelve characters of Crockford's Base32 (60 random bits),
//! written in three groups of four. Characters that are easily confused, such as
//! O and 0, are read as the one that occurs in codes.

use crate::{
    access_codes::CodeHash,
    domain::text,
    error::AppError,
    keys::{Keys, random},
};

/// Crockford's alphabet: digits and letters without I, L, O and U.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 12;
const GROUP: usize = 4;

/// A code in its canonical spelling. It is shown only on the printed slip; the
/// database has its keyed hash.
#[derive(Clone, PartialEq, Eq)]
pub struct Code([u8; LENGTH]);

impl Code {
    /// A new random code, from 5 of the 8 bits of each random byte.
    ///
    /// # Errors
    /// When the operating system has no randomness to give.
    pub fn new() -> Result<Self, AppError> {
        let bytes = random().map_err(AppError::Internal)?;
        let mut signs = [0; LENGTH];
        for (sign, byte) in signs.iter_mut().zip(bytes) {
            *sign = SIGNS[usize::from(byte % 32)];
        }
        Ok(Self(signs))
    }

    /// Reads a code as people type it: in upper or lower case, with hyphens and
    /// spaces anywhere, and with Cyrillic letters that look like the Latin ones
    /// on the slip. `None` for any other character or length.
    pub fn parse(text: &str) -> Option<Self> {
        let read = |letter: char| match latin_twin(letter).to_ascii_uppercase() {
            'O' => Some(b'0'),
            'I' | 'L' => Some(b'1'),
            letter => u8::try_from(letter).ok().filter(|sign| SIGNS.contains(sign)),
        };
        let text = text::line(text);
        let letters = text.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '–' | '—'));
        let signs: Vec<u8> = letters.map(read).collect::<Option<_>>()?;
        signs.try_into().ok().map(Self)
    }

    /// The keyed hash that is stored in place of the code.
    pub fn hash(&self, keys: &Keys) -> CodeHash {
        keys.digest("access-code", &self.0)
    }

    /// As printed on a slip: `0123-ABCD-1XYZ`.
    pub fn written(&self) -> String {
        let groups: Vec<_> = self.0.chunks(GROUP).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
        groups.join("-")
    }
}

/// The Latin letter that a Cyrillic one looks like as a capital; any other sign as it is.
fn latin_twin(letter: char) -> char {
    match letter {
        'А' | 'а' => 'A',
        'В' | 'в' => 'B',
        'С' | 'с' => 'C',
        'Е' | 'е' => 'E',
        'Н' | 'н' => 'H',
        'І' | 'і' => 'I',
        'Ј' | 'ј' => 'J',
        'К' | 'к' => 'K',
        'М' | 'м' => 'M',
        'О' | 'о' => 'O',
        'Р' | 'р' => 'P',
        'Ѕ' | 'ѕ' => 'S',
        'Т' | 'т' => 'T',
        'Х' | 'х' => 'X',
        'У' | 'у' => 'Y',
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_the_way_people_type_it() {
        let code = Code::parse("0123-ABCD-1XYZ").unwrap();
        for typed in [
            "0123abcd1xyz",
            " o123 – ABCD — lxyz ",
            "O123-ABCD-IXYZ",
            "0 1 2 3 a b c d 1 x y z",
            "\u{feff}0123-АВСD-1ХУZ",
            "0123авсd1хуz",
        ] {
            assert!(Code::parse(typed) == Some(code.clone()), "{typed}");
        }
        assert_eq!(code.written(), "0123-ABCD-1XYZ");
        let twins = Code::parse("АВСЕ-НКМО-РТХУ").map(|code| code.written());
        assert_eq!(twins.as_deref(), Some("ABCE-HKM0-PTXY"));
        assert!(Code::parse("авсе-нкмо-ртху") == Code::parse("ABCE-HKM0-PTXY"));
        for nonsense in ["", "0123-ABCD", "0123-ABCD-1XYZ-0", "0123-ABCD-1XYU", "БГДЖ-БГДЖ-БГДЖ", "0123.ABCD.1XYZ"]
        {
            assert!(Code::parse(nonsense).is_none(), "{nonsense}");
        }
    }

    #[test]
    fn codes_differ_and_read_back() {
        let codes: Vec<_> = (0..200).map(|_| Code::new().unwrap()).collect();
        for (place, code) in codes.iter().enumerate() {
            let written = code.written();
            assert_eq!((written.len(), written.matches('-').count()), (14, 2));
            assert!(Code::parse(&written) == Some(code.clone()) && !codes[..place].contains(code));
        }
    }
}

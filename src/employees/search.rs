//! The search for people: each word must be the beginning of a word in a name or an
//! address.

use crate::domain::text;

/// The words to search for; all of them must match.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(Vec<String>);

/// How many words are used; no name with an address has more.
const MOST: usize = 12;

impl Words {
    /// Splits at everything but letters, digits and apostrophes. Folded in the same way
    /// as the SQL function `searchable`, so that case and accents make no difference.
    pub fn parse(text: &str) -> Self {
        let folded = text::search(text).replace('\'', "");
        let words = folded.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
        Self(words.take(MOST).map(str::to_owned).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The words as a query of PostgreSQL's `to_tsquery`. They consist of letters and
    /// digits only, so none can act as an operator.
    pub fn to_query(&self) -> String {
        self.0.iter().map(|word| format!("{word}:*")).collect::<Vec<_>>().join(" & ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_stands_between_signs() {
        for (text, query) in [
            ("", ""),
            ("  Ada ", "ada:*"),
            ("Петров-Сидоров", "петров:* & сидоров:*"),
            ("ada.byron+x@mail.example", "ada:* & byron:* & x:* & mail:* & example:*"),
            ("O'Brien | !x & (y)", "obrien:* & x:* & y:*"),
            ("Мар’яна Ґалаґан", "маряна:* & галаган:*"),
            ("МАРʼЯНА", "маряна:*"),
            ("Ёлкин Е\u{308}лкин", "елкин:* & елкин:*"),
            ("И\u{306}осип", "йосип:*"),
            ("Zoë Łuka\u{200b}sz", "zoe:* & lukasz:*"),
            ("':*\\", ""),
        ] {
            assert_eq!(Words::parse(text).to_query(), query, "{text}");
        }
        assert_eq!(Words::parse(&"a ".repeat(100)).0.len(), MOST);
    }
}

//! What somebody typed to find people: words, each the beginning of a word of
//! a name or an address.

use crate::domain::text;

/// Words to look for; all of them must be there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(Vec<String>);

/// More words than a name and an address have find nobody.
const MOST: usize = 12;

impl Words {
    /// Whatever is no letter and no digit separates words; an apostrophe does
    /// not. Folded as the database folds names (`searchable`), so that it does
    /// not matter how somebody types.
    pub fn parse(text: &str) -> Self {
        let folded = text::search(text).replace('\'', "");
        let words = folded.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
        Self(words.take(MOST).map(str::to_owned).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As PostgreSQL's `to_tsquery` reads it. Words have only letters and
    /// digits, so nothing in them is taken for an operator.
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

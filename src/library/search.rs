//! Turns what a person types into a query for PostgreSQL's full-text search. Pure. Any
//! text gives a valid query or none. Items match when they contain any of the words;
//! the ranking prefers those with more of them.

use crate::i18n::{Language, Search};

/// How many different words of a search are used.
const MOST_WORDS: usize = 32;
/// Longer words are ignored, in characters.
const LONGEST_WORD: usize = 40;

/// How many letters a stem must have at least, so that shorter words keep their ending.
const SHORTEST_STEM: usize = 3;

/// A query for `to_tsquery` with the language's [`configuration`]; `None` when the text
/// has no usable word.
pub fn query(text: &str, language: Language) -> Option<String> {
    let lower = text.to_lowercase();
    let mut words: Vec<String> = Vec::new();
    for word in lower.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | 'ʼ')) {
        // An apostrophe within a word is dropped: in a query it would be a quotation
        // mark.
        let word: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        let length = word.chars().count();
        let known = words.contains(&word) || is_stop_word(&word, language);
        if (2..=LONGEST_WORD).contains(&length) && !known && words.len() < MOST_WORDS {
            words.push(word);
        }
    }
    let term = |word: &String| match language.search() {
        Search::Endings { endings, .. } => format!("'{}':*", stem(word, endings)),
        Search::Dictionary(_) => format!("'{word}'"),
    };
    (!words.is_empty()).then(|| words.iter().map(term).collect::<Vec<_>>().join(" | "))
}

/// The text search configuration of a language.
pub const fn configuration(language: Language) -> &'static str {
    match language.search() {
        Search::Dictionary(name) => name,
        Search::Endings { .. } => "simple",
    }
}

fn is_stop_word(word: &str, language: Language) -> bool {
    match language.search() {
        Search::Dictionary(_) => false, // the dictionary has its own
        Search::Endings { stop_words, .. } => stop_words.contains(&word),
    }
}

/// A word without its ending, when the stem is long enough.
fn stem<'a>(word: &'a str, endings: &[&str]) -> &'a str {
    let cut =
        |ending: &&&str| word.ends_with(**ending) && word.chars().count() - ending.chars().count() >= SHORTEST_STEM;
    endings.iter().find(cut).map_or(word, |ending| &word[..word.len() - ending.len()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_become_alternatives() {
        assert_eq!(query("How do I sleep, sleep?", Language::En).unwrap(), "'how' | 'do' | 'sleep'");
        assert_eq!(query("Не могу уснуть", Language::Ru).unwrap(), "'не' | 'могу' | 'уснуть'");
        assert_eq!(query("Мені потрібна перерва", Language::Uk).unwrap(), "'потрібн':* | 'перерв':*");
        for nothing in ["", "  ", "&|!:*()<->'\\", "a 🙂 i"] {
            assert_eq!(query(nothing, Language::En), None, "{nothing}");
        }
        assert_eq!(query("що це", Language::Uk), None);
    }

    fn ukrainian(word: &str) -> &str {
        let Search::Endings { endings, .. } = Language::Uk.search() else { panic!("there is a dictionary now") };
        stem(word, endings)
    }

    #[test]
    fn forms_of_a_ukrainian_word_have_one_stem() {
        for forms in [
            &["перерва", "перерви", "перерву", "перервою", "перервах"][..],
            &["втома", "втоми", "втому", "втомою"],
            &["робота", "роботи", "роботу", "роботою"],
            &["керівник", "керівника", "керівникові", "керівники"],
        ] {
            let stems: Vec<_> = forms.iter().map(|form| ukrainian(form)).collect();
            assert!(stems.iter().all(|stem| *stem == stems[0]), "{stems:?}");
        }
        assert_eq!(
            (ukrainian("сон"), ukrainian("їх"), ukrainian("дім")),
            ("сон", "їх", "дім"),
            "short words stay whole"
        );
    }

    proptest! {
        #[test]
        fn a_query_holds_nothing_but_quoted_words(text in ".{0,200}", place in 0..Language::ALL.len()) {
            let Some(query) = query(&text, Language::ALL[place]) else { return Ok(()) };
            for term in query.split(" | ") {
                let word = term.strip_suffix(":*").unwrap_or(term);
                let word = word.strip_prefix('\'').and_then(|word| word.strip_suffix('\''));
                prop_assert!(word.is_some_and(|word| !word.is_empty() && word.chars().all(char::is_alphanumeric)), "{}", query);
            }
        }
    }
}

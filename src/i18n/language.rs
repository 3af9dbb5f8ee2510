//! The list of languages, and what the code has to know of each beside its words.

use super::ukrainian;
use crate::domain::{codes::coded, text};
use std::{fmt, str::FromStr};

/// How the library is searched in a language.
#[derive(Clone, Copy)]
pub enum Search {
    /// By a text search configuration that PostgreSQL ships, such as `english`
    /// (`SELECT cfgname FROM pg_ts_config`).
    Dictionary(&'static str),
    /// Without one: words are kept as they are, and whoever searches leaves out the stop
    /// words and cuts an ending. Longer endings come first.
    Endings { stop_words: &'static [&'static str], endings: &'static [&'static str] },
}

struct About {
    /// What its speakers call it.
    own_name: &'static str,
    /// What it is called in English, for language models.
    english_name: &'static str,
    /// What a list of employees may call it, beside its code and the two names.
    also_called: &'static [&'static str],
    search: Search,
    /// Between whole number and decimals.
    decimal_mark: char,
    /// What separates cells where spreadsheets write CSV for its readers.
    list_separator: char,
    /// Whether a name that begins with a capital gets a small letter in the middle of a
    /// sentence, where it stands without quotation marks.
    small_inside: bool,
}

macro_rules! languages {
    ($($language:ident = $code:tt $about:tt)+) => {
        coded! {
            /// A language that every page and mail exists in; its code is BCP 47. A text of a
            /// questionnaire or the library that lacks it is shown in another.
            Language { $($language = $code),+ }
        }

        static ABOUT: [About; Language::ALL.len()] = [$(languages!(@about $about)),+];
    };
    (@about { $($field:tt)+ }) => { About { $($field)+ } };
}

/// Gives the tests one language more than the program.
macro_rules! list {
    (program { $($own:tt)+ } tests { $($more:tt)+ }) => {
        #[cfg(not(test))]
        languages! { $($own)+ }
        #[cfg(test)]
        languages! { $($own)+ $($more)+ }
    };
}

list! {
    program {
        En = "en" {
            own_name: "English",
            english_name: "English",
            also_called: &["английский", "англійська"],
            search: Search::Dictionary("english"),
            decimal_mark: '.',
            list_separator: ',',
            small_inside: true,
        }
        Ru = "ru" {
            own_name: "Русский",
            english_name: "Russian",
            also_called: &["російська"],
            search: Search::Dictionary("russian"),
            decimal_mark: ',',
            list_separator: ';',
            small_inside: false,
        }
        Uk = "uk" {
            own_name: "Українська",
            english_name: "Ukrainian",
            also_called: &["ua", "украинский"],
            search: Search::Endings { stop_words: ukrainian::STOP_WORDS, endings: ukrainian::ENDINGS },
            decimal_mark: ',',
            list_separator: ';',
            small_inside: false,
        }
    }
    tests {
        // English with accents, whose catalog nobody writes: what the tests see of it without
        // accents does not come from a catalog.
        Xa = "xa" {
            own_name: "Þšéûðö",
            english_name: "Pseudo",
            also_called: &[],
            search: Search::Endings { stop_words: &[], endings: &[] },
            decimal_mark: ',',
            list_separator: ';',
            small_inside: false,
        }
    }
}

impl Language {
    const fn about(self) -> &'static About {
        &ABOUT[self as usize]
    }

    /// What its speakers call it.
    pub const fn own_name(self) -> &'static str {
        self.about().own_name
    }

    /// What it is called in English.
    pub const fn english_name(self) -> &'static str {
        self.about().english_name
    }

    /// How the library is searched in it.
    pub const fn search(self) -> Search {
        self.about().search
    }

    /// Between whole number and decimals.
    pub const fn decimal_mark(self) -> char {
        self.about().decimal_mark
    }

    /// What separates cells where spreadsheets write CSV for its readers.
    pub const fn list_separator(self) -> char {
        self.about().list_separator
    }

    /// Whether a name that begins with a capital gets a small letter in the middle of a
    /// sentence, where it stands without quotation marks.
    pub const fn small_inside(self) -> bool {
        self.about().small_inside
    }

    /// The language that somebody calls so: by its code, or by its name in one of the
    /// languages.
    pub fn called(name: &str) -> Option<Self> {
        let name = text::fold(name);
        Self::ALL.into_iter().find(|language| {
            let About { own_name, english_name, also_called, .. } = language.about();
            let names = [language.code(), own_name, english_name].into_iter().chain(also_called.iter().copied());
            names.map(text::fold).any(|known| known == name)
        })
    }

    /// The codes of all languages for an English sentence: "en, ru or uk", each written
    /// by `write`.
    pub fn any_code(write: impl Fn(&'static str) -> String) -> String {
        let codes = Self::ALL.map(|language| write(language.code()));
        codes.split_last().map_or_else(String::new, |(last, before)| format!("{} or {last}", before.join(", ")))
    }
}

#[cfg(test)]
impl Language {
    /// The languages of the program, without the one for tests.
    pub fn of_the_program() -> Vec<Self> {
        Self::ALL.into_iter().filter(|language| *language != Self::Xa).collect()
    }
}

impl FromStr for Language {
    type Err = ();

    fn from_str(code: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|language| language.code() == code).ok_or(())
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

//! The messages of one language, from the folder of `locales/` with its code.

use super::Language;
use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use std::{collections::HashMap, sync::LazyLock};

type Bundle = FluentBundle<FluentResource>;

/// The folder `locales/`, embedded at build time.
#[derive(rust_embed::Embed)]
#[folder = "locales/"]
struct Folder;

/// The files of one folder in it, in the order of their names.
fn files(folder: &str) -> impl Iterator<Item = String> {
    let paths = Folder::iter().filter(move |path| path.split('/').next() == Some(folder));
    let files = paths.filter_map(|path| Folder::get(&path));
    files.map(|file| String::from_utf8_lossy(&file.data).into_owned())
}

/// A message that other messages name, and that is made from the list of languages:
/// their codes, as in "en, ru or uk".
const CODES: &str = "language-codes";

fn add(bundle: &mut Bundle, language: Language, text: String) {
    let resource = match FluentResource::try_new(text) {
        Ok(resource) => resource,
        Err((_, errors)) => panic!("{language} catalog: {errors:?}"),
    };
    if let Err(errors) = bundle.add_resource(resource) {
        panic!("{language} catalog: {errors:?}");
    }
}

/// These words with "or" before the last one.
fn any_of<const N: usize>(bundle: &Bundle, words: [&str; N]) -> String {
    let (Some((last, before)), Some(or)) = (words.split_last(), bundle.get_message("or")) else { return String::new() };
    let mut args = FluentArgs::new();
    args.set("before", before.join(", "));
    args.set("last", *last);
    let pattern = or.value();
    pattern.map(|pattern| bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()).unwrap_or_default()
}

impl Language {
    /// The catalog of this language.
    pub fn catalog(self) -> &'static Catalog {
        static CATALOGS: LazyLock<[Catalog; Language::ALL.len()]> = LazyLock::new(|| Language::ALL.map(Catalog::load));
        &CATALOGS[self as usize]
    }
}

/// The key that a line of a catalog defines; continuation lines are indented.
fn key_of(line: &str) -> Option<&str> {
    line.split_once(" =").map(|(key, _)| key).filter(|key| key.starts_with(|c: char| c.is_ascii_lowercase()))
}

/// The messages of one language.
pub struct Catalog {
    language: Language,
    bundle: Bundle,
    /// Messages without variables, formatted once at start: most of what a page shows.
    plain: HashMap<String, String>,
    /// Names of the months from January on, looked up once: a page has many dates.
    months: [String; 12],
    short_months: [String; 12],
}

impl Catalog {
    fn load(language: Language) -> Self {
        #[expect(clippy::expect_used, reason = "the catalogs are part of the binary and a test loads them")]
        let tag = language.code().parse().expect("language codes are valid tags");
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        bundle.set_use_isolating(false);
        let mut keys: Vec<String> = Vec::new();
        for text in sources(language) {
            keys.extend(text.lines().filter_map(key_of).map(str::to_owned));
            add(&mut bundle, language, text);
        }
        let codes = any_of(&bundle, Language::ALL.map(Language::code));
        add(&mut bundle, language, format!("{CODES} = {codes}"));
        let mut plain = HashMap::new();
        for key in keys {
            let Some(pattern) = bundle.get_message(&key).and_then(|message| message.value()) else { continue };
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
            if errors.is_empty() {
                plain.insert(key, text);
            }
        }
        let months = |prefix: &str| {
            std::array::from_fn(|month| plain.get(&format!("{prefix}-{}", month + 1)).cloned().unwrap_or_default())
        };
        Self { language, bundle, months: months("month"), short_months: months("month-short"), plain }
    }

    pub fn language(&self) -> Language {
        self.language
    }

    /// A message without variables. A missing one shows its key; tests look for missing
    /// keys.
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.plain.get(key).map_or(key, String::as_str)
    }

    /// Whether there is a message without variables under this key.
    pub fn has(&self, key: &str) -> bool {
        self.plain.contains_key(key)
    }

    /// A message with variables.
    pub fn with(&self, key: &str, values: &[(&str, Value)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut args = FluentArgs::new();
        for (name, value) in values {
            match value {
                Value::Number(number) => args.set(*name, FluentValue::from(*number)),
                Value::Text(text) => args.set(*name, FluentValue::from(text.as_str())),
            }
        }
        self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }

    /// A date as in a sentence: "21 November 2026".
    pub fn date(&self, day: NaiveDate) -> String {
        let suffix = self.text("date-year-suffix");
        format!("{} {} {}{}", day.day(), self.months[day.month0() as usize], day.year(), suffix)
    }

    /// A date as in a chart: "21 Nov".
    pub fn short_date(&self, day: NaiveDate) -> String {
        format!("{} {}", day.day(), self.short_month(day))
    }

    /// A date and a time to the minute.
    pub fn moment(&self, moment: NaiveDateTime) -> String {
        format!("{}, {:02}:{:02}", self.date(moment.date()), moment.hour(), moment.minute())
    }

    /// A month as in a chart: "Nov".
    pub fn short_month(&self, day: NaiveDate) -> &str {
        &self.short_months[day.month0() as usize]
    }

    /// A number with up to one decimal, with the language's decimal sign.
    pub fn number(&self, value: f64) -> String {
        let tenths = (value * 10.0).round() as i64;
        let (sign, whole, tenth) = (if tenths < 0 { "-" } else { "" }, tenths.abs() / 10, tenths.abs() % 10);
        let mark = self.language.decimal_mark();
        if tenth == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}{mark}{tenth}") }
    }

    /// A number with up to two decimals, with the language's decimal sign.
    pub fn precise(&self, value: f64) -> String {
        let text = format!("{value:.2}");
        let text = text.trim_end_matches('0').trim_end_matches('.');
        text.replace('.', self.language.decimal_mark().encode_utf8(&mut [0; 4]))
    }
}

/// The value of a variable in a message.
pub enum Value {
    Number(f64),
    Text(String),
}

macro_rules! value_from_number {
    ($($number:ty),+) => {$(
        impl From<$number> for Value {
            fn from(number: $number) -> Self {
                Self::Number(number as f64)
            }
        }
        impl From<&$number> for Value {
            fn from(number: &$number) -> Self {
                Self::Number(*number as f64)
            }
        }
    )+};
}
value_from_number!(f64, i64, i32, i16, u32, u64, usize);

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// The files with the words of a language.
#[cfg(not(test))]
fn sources(language: Language) -> impl Iterator<Item = String> {
    files(language.code())
}

/// The same; those of the pseudo-language are made from the English ones.
#[cfg(test)]
fn sources(language: Language) -> Vec<String> {
    match language {
        Language::Xa => files(Language::En.code()).map(|text| super::pseudo::accented(&text)).collect(),
        written => files(written.code()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_folder_of_words_is_a_language_of_the_list_and_every_language_has_one() {
        let folders: BTreeSet<_> = Folder::iter().filter_map(|path| Some(path.split_once('/')?.0.to_owned())).collect();
        let listed = Language::of_the_program().into_iter();
        assert_eq!(folders, listed.map(|language| language.code().to_owned()).collect());
    }

    #[test]
    fn numbers_have_the_decimal_mark_of_their_language() {
        for (language, tenths, hundredths) in [(Language::En, "-2.5", "0.25"), (Language::Uk, "-2,5", "0,25")] {
            let words = language.catalog();
            assert_eq!((words.number(-2.5), words.number(3.0)), (tenths.to_owned(), "3".to_owned()));
            assert_eq!((words.precise(0.25), words.precise(3.0)), (hundredths.to_owned(), "3".to_owned()));
        }
    }

    #[test]
    fn messages_name_the_languages_of_the_list() {
        let said = Language::Ru.catalog().with("api-language-wrong", &[("field", "lang".into())]);
        assert_eq!(said, "lang: en, ru, uk или xa.");
    }
}

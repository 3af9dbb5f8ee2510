//! Fluent catalogs and the choice of language. Other modules return codes; the words
//! for them are looked up here.

use crate::domain::{codes::coded, text};
use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    str::FromStr,
    sync::LazyLock,
};

coded! {
    /// A language that every page, questionnaire and library item exists in;
    /// its code is BCP 47.
    Language { En = "en", Ru = "ru", Uk = "uk" }
}

impl Language {
    /// What its speakers call it.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Ru => "Русский",
            Self::Uk => "Українська",
        }
    }

    /// The catalog of this language.
    pub fn catalog(self) -> &'static Catalog {
        static CATALOGS: LazyLock<[Catalog; 3]> = LazyLock::new(|| Language::ALL.map(Catalog::load));
        &CATALOGS[self as usize]
    }
}

/// One text in several languages, normalised by [`text::paragraphs`] wherever it comes
/// from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "BTreeMap<Language, String>")]
pub struct Text(BTreeMap<Language, String>);

impl From<BTreeMap<Language, String>> for Text {
    fn from(words: BTreeMap<Language, String>) -> Self {
        // PostgreSQL cannot store U+0000; such a text stays as it is, for the check
        // that refuses it.
        let read = |words: String| if words.contains('\0') { words } else { text::paragraphs(&words) };
        Self(words.into_iter().map(|(language, words)| (language, read(words))).collect())
    }
}

impl Text {
    /// The text in each language that it exists in.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }

    /// The text in `language`, if it exists.
    pub fn exactly(&self, language: Language) -> Option<&str> {
        self.0.get(&language).map(String::as_str)
    }

    /// The text in `language`, else in the first language that exists; empty when none
    /// does.
    pub fn in_language(&self, language: Language) -> &str {
        self.0.get(&language).or_else(|| self.0.values().next()).map_or("", String::as_str)
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

macro_rules! sources {
    ($($file:literal),+) => {
        [$((
            include_str!(concat!("../locales/en/", $file, ".ftl")),
            include_str!(concat!("../locales/ru/", $file, ".ftl")),
            include_str!(concat!("../locales/uk/", $file, ".ftl")),
        )),+]
    };
}

static SOURCES: &[(&str, &str, &str)] = &sources!(
    "common",
    "accounts",
    "assessment",
    "history",
    "recommendations",
    "dashboard",
    "admin",
    "audit",
    "campaigns",
    "actions",
    "departments",
    "insights",
    "employees",
    "support",
    "assistant",
    "library",
    "hr-library",
    "api",
    "profile",
    "my-data",
    "instruments"
);

/// The key that a line of a catalog defines; continuation lines are indented.
fn key_of(line: &str) -> Option<&str> {
    line.split_once(" =").map(|(key, _)| key).filter(|key| key.starts_with(|c: char| c.is_ascii_lowercase()))
}

/// The messages of one language.
pub struct Catalog {
    language: Language,
    bundle: FluentBundle<FluentResource>,
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
        let mut keys = Vec::new();
        for (en, ru, uk) in SOURCES {
            let text = match language {
                Language::En => en,
                Language::Ru => ru,
                Language::Uk => uk,
            };
            keys.extend(text.lines().filter_map(key_of));
            let resource = match FluentResource::try_new((*text).to_owned()) {
                Ok(resource) => resource,
                Err((_, errors)) => panic!("{language} catalog: {errors:?}"),
            };
            if let Err(errors) = bundle.add_resource(resource) {
                panic!("{language} catalog: {errors:?}");
            }
        }
        let mut plain = HashMap::new();
        for key in keys {
            let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else { continue };
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
            if errors.is_empty() {
                plain.insert(key.to_owned(), text);
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
        match (tenth, self.language) {
            (0, _) => format!("{sign}{whole}"),
            (_, Language::En) => format!("{sign}{whole}.{tenth}"),
            _ => format!("{sign}{whole},{tenth}"),
        }
    }

    /// A number with up to two decimals, with the language's decimal sign.
    pub fn precise(&self, value: f64) -> String {
        let text = format!("{value:.2}");
        let text = text.trim_end_matches('0').trim_end_matches('.');
        if self.language == Language::En { text.to_owned() } else { text.replace('.', ",") }
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

//! The form of a library item, with its texts in every language. A draft may be
//! incomplete; a published item may not.

use crate::{
    domain::{Dimension, Level},
    i18n::Language,
    library::{
        Audience, Category, Kind, Words,
        editor::{Draft, Stored},
    },
    web::{
        Page,
        form::{FormErrors, line, paragraphs},
    },
};
use chrono::{DateTime, Utc};
use std::{collections::BTreeMap, sync::LazyLock};

/// The form fields that there are in each language.
const FIELDS: [&str; 5] = ["title", "duration", "description", "body", "new_tag"];
/// Catalog keys of their labels.
const LABELS: [&str; 5] =
    ["library-item-title", "library-duration", "library-description", "library-body", "library-new-tag"];
/// The longest title, duration, description, body and name of a tag, in characters.
pub const LONGEST: [usize; 5] = [160, 120, 2000, 8000, 60];
/// The longest author and source, in characters.
const LONGEST_CITATION: usize = 500;

/// Names of the [`FIELDS`] in a language, such as `title_en`.
pub fn names(language: Language) -> [&'static str; 5] {
    static NAMES: LazyLock<[[String; 5]; Language::ALL.len()]> =
        LazyLock::new(|| Language::ALL.map(|language| FIELDS.map(|field| format!("{field}_{language}"))));
    NAMES[language as usize].each_ref().map(String::as_str)
}

/// The submitted fields, as pairs of name and value; a name can occur several times.
#[derive(Clone, Debug, Default)]
pub struct ItemForm(pub Vec<(String, String)>);

impl ItemForm {
    /// The form filled with a stored item.
    pub fn of(stored: &Stored) -> Self {
        let draft = &stored.draft;
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut put = |name: &str, value: &str| fields.push((name.to_owned(), value.to_owned()));
        put("version", &stored.version.timestamp_micros().to_string());
        put("audience", draft.audience.code());
        put("category", draft.category.code());
        put("kind", draft.kind.code());
        put("minutes", &draft.minutes.to_string());
        draft.dimensions.iter().for_each(|dimension| put("dimension", dimension.code()));
        draft.levels.iter().for_each(|level| put("level", level.code()));
        draft.tags.iter().for_each(|tag| put("tag", tag));
        put("author", draft.author.as_deref().unwrap_or_default());
        put("source", draft.source.as_deref().unwrap_or_default());
        for language in Language::ALL {
            let Some(words) = draft.words.get(&language) else { continue };
            let [title, duration, description, body, _] = names(language);
            put(title, &words.title);
            put(duration, &words.duration);
            put(description, &words.description);
            put(body, &words.body);
        }
        Self(fields)
    }

    /// The first value of a field.
    pub fn value(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// Whether an option is selected in a field.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.0.iter().any(|(field, given)| field == name && given == value)
    }

    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The version of the item that this form was opened with.
    pub fn version(&self) -> Option<DateTime<Utc>> {
        self.value("version").parse().ok().and_then(DateTime::from_timestamp_micros)
    }

    /// Lets the form replace this version of the item.
    pub fn set_version(&mut self, version: DateTime<Utc>) {
        self.0.retain(|(name, _)| name != "version");
        self.0.push(("version".to_owned(), version.timestamp_micros().to_string()));
    }

    /// The item to store; `complete` requires the texts of every language, as for
    /// publishing.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(&self, published: bool, complete: bool, page: &Page) -> Result<Draft, FormErrors> {
        let mut errors = FormErrors::default();
        let words = self.words(complete, page, &mut errors);
        let audience = Audience::ALL.into_iter().find(|one| one.code() == self.value("audience"));
        let category = Category::ALL.into_iter().find(|one| one.code() == self.value("category"));
        let kind = Kind::ALL.into_iter().find(|one| one.code() == self.value("kind"));
        for (field, missing) in
            [("audience", audience.is_none()), ("category", category.is_none()), ("kind", kind.is_none())]
        {
            if missing {
                errors.add(page.words(), field, "library-choose");
            }
        }
        let minutes = self.value("minutes").trim().parse().ok().filter(|minutes| (1..=480).contains(minutes));
        if minutes.is_none() {
            errors.add(page.words(), "minutes", "library-minutes-wrong");
        }
        let ticked = |name, code: &str| self.has(name, code);
        let dimensions: Vec<_> = Dimension::ALL.into_iter().filter(|one| ticked("dimension", one.code())).collect();
        let levels: Vec<_> = Level::ALL.into_iter().filter(|one| ticked("level", one.code())).collect();
        if dimensions.is_empty() {
            errors.add_text("dimension", page.t1("library-tick-one", "field", page.t("library-dimensions")));
        }
        if levels.is_empty() {
            errors.add_text("level", page.t1("library-tick-one", "field", page.t("library-levels")));
        }
        let author = self.citation("author", page, &mut errors);
        let source = self.citation("source", page, &mut errors);
        if complete && kind == Some(Kind::Book) && author.is_none() {
            errors.add(page.words(), "author", "library-book-needs-author");
        }
        let new_tag = self.new_tag(page, &mut errors);
        let draft =
            audience.zip(category).zip(kind).zip(minutes).map(|(((audience, category), kind), minutes)| Draft {
                audience,
                category,
                kind,
                minutes,
                dimensions,
                levels,
                tags: self.all("tag").map(str::to_owned).collect(),
                new_tag,
                author,
                source,
                published,
                words,
            });
        draft.filter(|_| errors.is_empty()).ok_or(errors)
    }

    fn words(&self, complete: bool, page: &Page, errors: &mut FormErrors) -> BTreeMap<Language, Words> {
        let mut all = BTreeMap::new();
        for language in Language::ALL {
            let names = names(language);
            let mut read = |place: usize| {
                let (name, longest) = (names[place], LONGEST[place]);
                let text = if place < 2 { line(self.value(name)) } else { paragraphs(self.value(name)) };
                if text.chars().count() > longest {
                    errors.add_text(name, page.t1("library-too-long", "count", longest));
                } else if complete && text.is_empty() && place < 3 {
                    errors.add_text(name, missing(LABELS[place], language, page));
                }
                text
            };
            let words = Words { title: read(0), duration: read(1), description: read(2), body: read(3) };
            all.insert(language, words);
        }
        if all.values().all(|words| words.title.is_empty()) && !complete {
            errors.add(page.words(), names(page.language())[0], "library-needs-title");
        }
        all
    }

    fn citation(&self, name: &'static str, page: &Page, errors: &mut FormErrors) -> Option<String> {
        let text = line(self.value(name));
        if text.chars().count() > LONGEST_CITATION {
            errors.add_text(name, page.t1("library-too-long", "count", LONGEST_CITATION));
        }
        Some(text).filter(|text| !text.is_empty())
    }

    /// The new tag, which needs a name in every language.
    fn new_tag(&self, page: &Page, errors: &mut FormErrors) -> Option<(String, BTreeMap<Language, String>)> {
        let field = |language| names(language)[4];
        let given: BTreeMap<Language, String> =
            Language::ALL.into_iter().map(|language| (language, line(self.value(field(language))))).collect();
        if given.values().all(String::is_empty) {
            return None;
        }
        for (language, name) in &given {
            let field = field(*language);
            if name.is_empty() {
                errors.add_text(field, missing(LABELS[4], *language, page));
            } else if name.chars().count() > LONGEST[4] {
                errors.add_text(field, page.t1("library-too-long", "count", LONGEST[4]));
            }
        }
        let english = given[&Language::En].to_lowercase();
        let parts: Vec<&str> =
            english.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
        let key = parts.join("-");
        if key.is_empty() && !given[&Language::En].is_empty() {
            errors.add(page.words(), field(Language::En), "library-tag-letters");
        }
        Some((key, given))
    }
}

/// The message for an empty field, which names field and language: the error summary
/// may list nine of them.
fn missing(label: &str, language: Language, page: &Page) -> String {
    let words = [("field", page.t(label).into()), ("language", language.own_name().into())];
    page.words().with("library-missing", &words)
}

//! The message catalogs: each message exists in each language, none is missing or
//! unused, and plural forms follow the rules of the language.

use hearth::{
    audit::Event,
    auth::roles::Role,
    consents::ConsentPurpose,
    domain::{Level, PeriodState, Permission, Profile},
    employee_import::file::Column,
    i18n::Language,
    library::{Category, Kind},
    recommendations::Priority,
    support::{Contact, State},
};
use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};
use unic_langid::LanguageIdentifier;

fn root(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Every file below a folder with this ending.
fn files(folder: &Path, ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|extension| extension == ending) {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
    found
}

/// A catalog: key to everything that its message says.
fn catalog(language: Language) -> BTreeMap<String, String> {
    let mut messages = BTreeMap::new();
    for (path, text) in files(&root(&format!("locales/{language}")), "ftl") {
        let mut key = None;
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            if line.starts_with([' ', '}']) {
                let message: &mut String =
                    messages.get_mut(key.as_ref().expect("a message before its continuation")).unwrap();
                message.push_str(&format!("\n{line}"));
                continue;
            }
            let (name, value) = line.split_once(" =").unwrap_or_else(|| panic!("{}: {line}", path.display()));
            let old = messages.insert(name.to_owned(), value.to_owned());
            assert!(old.is_none(), "{name} stands twice in {language}");
            key = Some(name.to_owned());
        }
    }
    messages
}

/// Names of variables, and those that a plural is chosen by.
fn variables(message: &str) -> (BTreeSet<&str>, BTreeSet<&str>) {
    let name = |rest: &'_ str| rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
    let all: Vec<_> = message.split('$').skip(1).map(|rest| rest.split_at(name(rest))).collect();
    let selects = all.iter().filter(|(_, rest)| rest.trim_start().starts_with("->")).map(|(name, _)| *name);
    (all.iter().map(|(name, _)| *name).collect(), selects.collect())
}

/// The sources of the product, tests left out.
fn sources() -> Vec<(PathBuf, String)> {
    let code = files(&root("src"), "rs").into_iter().filter(|(path, _)| !path.ends_with("tests.rs"));
    code.map(|(path, text)| (path, text.split("#[cfg(test)]").next().unwrap().to_owned())).collect()
}

/// String literals of a text.
fn literals(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1)
}

/// Keys that are put together from a prefix and a code.
fn families() -> BTreeMap<&'static str, Vec<String>> {
    fn owned(codes: &[&str]) -> Vec<String> {
        codes.iter().map(|code| (*code).to_owned()).collect()
    }
    let errors = fs::read_to_string(root("src/web/errors.rs")).unwrap();
    let statuses: Vec<String> =
        literals(&errors).filter(|text| text.len() == 3 && text.parse::<u16>().is_ok()).map(str::to_owned).collect();
    let months: Vec<String> = (1..=12).map(|month: u8| month.to_string()).collect();
    let levels = owned(&Level::ALL.map(Level::code));
    let profiles = owned(&Profile::ALL.map(Profile::code));
    let pulse = owned(&["burnout", "stress", "productivity"]);
    BTreeMap::from([
        ("level", levels.clone()),
        ("level-short", levels),
        ("scale-meaning", owned(&["low", "medium"])), // a high one has words of its own in the instrument
        ("profile", profiles.clone()),
        ("profile-means", profiles),
        ("import-wrong", owned(&hearth::employee_import::Wrong::ALL.map(hearth::employee_import::Wrong::code))),
        ("import-doubt", owned(&hearth::employee_import::Doubt::ALL.map(hearth::employee_import::Doubt::code))),
        ("import-holds", owned(&Column::ALL.map(Column::code))),
        ("import-heading", owned(&Column::ALL.map(Column::code))),
        ("import-outcome", owned(&hearth::employee_import::Outcome::ALL.map(hearth::employee_import::Outcome::code))),
        ("employee-state", owned(&hearth::employees::State::ALL.map(hearth::employees::State::code))),
        ("assistant-by", owned(&hearth::assistant::Source::ALL.map(hearth::assistant::Source::code))),
        (
            "chat-color",
            [&["own"][..], &hearth::assistant::Color::PALETTE.map(|(name, _)| name)]
                .concat()
                .iter()
                .map(|name| (*name).to_owned())
                .collect(),
        ),
        ("gender", owned(&hearth::accounts::profile::Gender::ALL.map(hearth::accounts::profile::Gender::code))),
        (
            "profession",
            owned(&hearth::accounts::profile::Profession::ALL.map(hearth::accounts::profile::Profession::code)),
        ),
        ("sign-in-kind", owned(&hearth::auth::SignInKind::ALL.map(hearth::auth::SignInKind::code))),
        ("my-data-has", hearth::privacy::my_data::SECTIONS.iter().map(|section| section.0.replace('_', "-")).collect()),
        ("library-is", owned(&["published", "draft"])),
        ("dimension", owned(&hearth::domain::Dimension::ALL.map(hearth::domain::Dimension::code))),
        ("audience", owned(&hearth::library::Audience::ALL.map(hearth::library::Audience::code))),
        ("category", owned(&Category::ALL.map(Category::code))),
        ("kind", owned(&Kind::ALL.map(Kind::code))),
        ("priority", owned(&Priority::ALL.map(Priority::code))),
        ("consent", owned(&ConsentPurpose::ALL.map(ConsentPurpose::code))),
        ("role", owned(&Role::ALL.map(Role::code))),
        ("permission", owned(&Permission::ALL.map(Permission::code))),
        ("permission-opens", owned(&Permission::ALL.map(Permission::code))),
        ("audit-says", owned(&Event::ALL.map(Event::code))),
        ("action-outcome", owned(&["unknown", "chance", "better", "worse"])),
        ("error-title", statuses.clone()),
        ("error-text", statuses),
        ("pulse", pulse.clone()),
        ("pulse-low", pulse.clone()),
        ("pulse-high", pulse),
        ("limits", owned(&["hearth-20-default"])),
        ("campaign-is", owned(&PeriodState::ALL.map(PeriodState::code))),
        ("change", owned(&["real-up", "real-down", "sustained-up", "sustained-down"])),
        ("instruments-licence", owned(&["not_needed", "attested", "missing"])),
        ("support-contact", owned(&Contact::ALL.map(Contact::code))),
        ("support-state", owned(&State::ALL.map(State::code))),
        ("month", months.clone()),
        ("month-name", months.clone()),
        ("month-in", months.clone()),
        ("insights-look", owned(&["uncertain", "suppressed", "empty"])),
        ("insights-legend", owned(&["uncertain", "suppressed", "empty"])),
        ("beginning", owned(&["departments", "people", "campaign", "publication"])),
        ("beginning-text", owned(&["departments", "people", "campaign", "publication"])),
        ("month-short", months),
    ])
}

fn family_keys() -> BTreeSet<String> {
    families().iter().flat_map(|(prefix, codes)| codes.iter().map(move |code| format!("{prefix}-{code}"))).collect()
}

#[test]
fn every_language_has_the_same_messages_with_the_same_variables() {
    let english = catalog(Language::En);
    assert!(english.len() > 200, "the catalogs are read");
    for language in Language::ALL.into_iter().filter(|language| *language != Language::En) {
        let other = catalog(language);
        let keys = |catalog: &BTreeMap<String, String>| catalog.keys().cloned().collect::<BTreeSet<_>>();
        let difference: Vec<_> = keys(&english).symmetric_difference(&keys(&other)).cloned().collect();
        assert!(difference.is_empty(), "only in one of en and {language}: {difference:?}");
        for (key, message) in &english {
            assert_eq!(variables(&other[key]).0, variables(message).0, "variables of {key} in {language}");
            assert_eq!(other[key].trim().is_empty(), message.trim().is_empty(), "{key} in {language}");
        }
    }
}

/// The plural forms that a language has, as a catalog writes them.
fn plurals(language: Language) -> BTreeSet<String> {
    let tag: LanguageIdentifier = language.code().parse().unwrap();
    let rules = PluralRules::create(tag, PluralRuleType::CARDINAL).unwrap();
    let category = |number: f64| match rules.select(number).unwrap() {
        PluralCategory::ZERO => "[zero]",
        PluralCategory::ONE => "[one]",
        PluralCategory::TWO => "[two]",
        PluralCategory::FEW => "[few]",
        PluralCategory::MANY => "[many]",
        PluralCategory::OTHER => "*[other]",
    };
    let numbers = (0..=200).map(f64::from).chain([1.5]);
    numbers.map(|number| category(number).to_owned()).collect()
}

#[test]
fn a_message_that_counts_has_the_plurals_of_its_language() {
    let english = catalog(Language::En);
    let counting: Vec<_> = english.iter().filter(|(_, message)| !variables(message).1.is_empty()).collect();
    assert!(counting.len() >= 3);
    let forms = Language::ALL.map(|language| (language, plurals(language)));
    assert_eq!(forms[0].1.iter().map(String::as_str).collect::<Vec<_>>(), ["*[other]", "[one]"]);
    for (key, _) in counting {
        for (language, forms) in &forms {
            let message = &catalog(*language)[key];
            // A sentence may be worded so that it needs no plural at all.
            if variables(message).1.is_empty() && *language != Language::En {
                continue;
            }
            for form in forms {
                assert!(message.contains(form.as_str()), "{key} in {language} has no {form}");
            }
        }
    }
}

#[test]
fn every_file_of_words_is_part_of_the_binary() {
    for language in Language::ALL {
        for (key, message) in catalog(language) {
            let values: Vec<_> =
                variables(&message).0.into_iter().map(|name| (name, hearth::i18n::Value::from(2))).collect();
            let said = language.catalog().with(&key, &values);
            // One message says the very word of its key.
            assert!(said != key || message.trim() == key, "{key} in {language}: no words");
            assert!(!said.contains("{$"), "{key} in {language}: {said}");
        }
    }
}

#[test]
fn every_key_that_is_looked_up_exists() {
    const LOOKUPS: [&str; 6] = [".t(\"", ".t1(\"", ".t2(\"", ".text(\"", ".with(\"", "see_other_with(&hearth, "];
    let english = catalog(Language::En);
    let mut looked_up = 0;
    for (path, text) in sources().into_iter().chain(files(&root("templates"), "html")) {
        for lookup in LOOKUPS {
            for rest in text.split(lookup).skip(1) {
                // After a redirect's path comes the key of its message.
                let key = if lookup.ends_with(' ') { literals(rest).nth(2) } else { rest.split('"').next() };
                let key = key.unwrap_or_default();
                if key.starts_with('/') || (lookup.ends_with(' ') && !key.starts_with("flash-")) {
                    continue;
                }
                looked_up += 1;
                assert!(english.contains_key(key), "{}: {key:?} is in no catalog", path.display());
            }
        }
        // Keys that wait in a variable, a list or a cookie before they are looked up.
        for literal in literals(&text).filter(|literal| literal.len() < 60) {
            let family = literal.split('-').next().unwrap_or_default();
            let known = [
                "nav",
                "flash",
                "questionnaire",
                "password",
                "login",
                "register",
                "email",
                "pulse",
                "field",
                "form",
                "chart",
                "scale",
            ];
            let shaped = literal.contains('-')
                && !literal.ends_with('-')
                && literal.bytes().all(|b| b == b'-' || b.is_ascii_lowercase());
            // Class names of templates have the same shape.
            if shaped && known.contains(&family) && path.extension().is_some_and(|extension| extension == "rs") {
                assert!(english.contains_key(literal), "{}: {literal:?} is in no catalog", path.display());
            }
        }
    }
    assert!(looked_up > 150, "{looked_up}");
    for key in family_keys() {
        assert!(english.contains_key(&key), "{key} is in no catalog");
    }
}

#[test]
fn every_family_of_keys_is_known_here() {
    let families = families();
    for (path, text) in files(&root("templates"), "html") {
        for prefix in text.split("t_of(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(families.contains_key(prefix), "{}: add the codes of {prefix:?} to this test", path.display());
        }
    }
    for (path, text) in sources() {
        for literal in text.split("format!(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let Some((prefix, rest)) = literal.split_once("-{") else { continue };
            let is_key = prefix.bytes().all(|b| b == b'-' || b.is_ascii_lowercase())
                && !prefix.is_empty()
                && !rest.contains(['/', '.', ' ']);
            assert!(
                !is_key || families.contains_key(prefix),
                "{}: add the codes of {literal:?} to this test",
                path.display()
            );
        }
    }
}

#[test]
fn no_message_is_left_over() {
    let mut used = family_keys();
    for (_, text) in sources().into_iter().chain(files(&root("templates"), "html")) {
        used.extend(literals(&text).map(str::to_owned));
    }
    let unused: Vec<_> = catalog(Language::En).into_keys().filter(|key| !used.contains(key)).collect();
    assert!(unused.is_empty(), "nothing says {unused:?}");
}

#[test]
fn no_language_borrows_another_ones_letters() {
    for (language, foreign) in [(Language::Ru, "іїєґІЇЄҐ"), (Language::Uk, "ыэёъЫЭЁЪ")] {
        for (key, message) in catalog(language) {
            assert!(!message.contains(|c| foreign.contains(c)), "{key} in {language}: {message}");
        }
    }
}

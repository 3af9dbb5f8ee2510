//! The handlers that `src/app/routes.rs` names are short, and an address of the product
//! stands once, in `src/urls.rs`.

use crate::{code, files, floors::rooms, root};
use hearth::urls;
use regex::Regex;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

/// The longest handler, from `pub async fn` to its closing brace.
const LONGEST: usize = 25;

/// The handlers of the URL table, such as `profile::pages::show`.
fn handlers() -> BTreeSet<String> {
    let table = fs::read_to_string(root("src/app/routes.rs")).unwrap();
    let named = Regex::new(r"\.(?:get|post|to)\(\s*((?:\w+::)+\w+)\s*\)").unwrap();
    named.captures_iter(&table).map(|found| found[1].to_owned()).collect()
}

/// The module of a file of `src/`, such as `::accounts::profile::pages`.
fn module(path: &Path) -> String {
    let inside = path.strip_prefix(root("src")).unwrap().with_extension("");
    let names = inside.iter().map(|name| name.to_str().unwrap()).filter(|name| *name != "mod");
    names.flat_map(|name| ["::", name]).collect()
}

/// Number of lines of a function.
fn length(text: &str, name: &str) -> Option<usize> {
    let start = Regex::new(&format!(r"(?m)^pub async fn {name}\b")).unwrap().find(text)?.start();
    let lines: Vec<&str> = text[start..].lines().collect();
    let last = if lines[0].ends_with('}') { 0 } else { lines.iter().position(|line| *line == "}").unwrap() };
    Some(last + 1)
}

#[test]
fn no_handler_is_longer_than_25_lines() {
    let files: Vec<(String, PathBuf, String)> = rooms().map(|(path, text)| (module(&path), path, text)).collect();
    let handlers = handlers();
    assert!(handlers.len() > 150, "{} handlers were found", handlers.len());
    let mut long = Vec::new();
    for handler in &handlers {
        let (place, name) = handler.rsplit_once("::").unwrap();
        let place = format!("::{place}");
        // In the module itself, or in one inside that it re-exports from.
        let is_there = |module: &str| {
            let parent = module.rsplit_once("::").map_or("", |(parent, _)| parent);
            module.ends_with(&place) || parent.ends_with(&place)
        };
        let files = files.iter().filter(|(module, ..)| is_there(module));
        let found: Vec<_> = files.filter_map(|(_, path, text)| Some((path, length(text, name)?))).collect();
        let [(path, lines)] = found[..] else { panic!("{handler} is found in {found:?}") };
        if lines > LONGEST {
            long.push(format!("{lines} {} {name}", path.display()));
        }
    }
    assert!(long.is_empty(), "longer than {LONGEST} lines:\n{}", long.join("\n"));
}

/// What is between the slash that an address begins with and the next sign of its own.
fn first_segment(address: &str) -> Option<&str> {
    let end = |sign: char| sign.is_whitespace() || "/?#{\"'`".contains(sign);
    address.strip_prefix('/')?.split(end).next().filter(|segment| !segment.is_empty())
}

fn is_ours(text: &str) -> bool {
    static OURS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
        let addresses = urls::ALL.iter().map(|(_, address)| *address).chain([urls::STATIC]);
        addresses.filter_map(first_segment).collect()
    });
    first_segment(text).is_some_and(|segment| OURS.contains(segment))
}

/// The addresses that stand in quotes, with what follows them in their line.
fn quoted(text: &str) -> Vec<&str> {
    let quotes = Regex::new("[\"'`]/").unwrap();
    let found = quotes.find_iter(text).map(|quote| &text[quote.start() + 1..]);
    found.filter(|address| is_ours(address)).map(|address| address.lines().next().unwrap()).collect()
}

/// The string literals of a file, each with what stands before it: not those of comments
/// and of modules that are only compiled for tests.
fn literals(text: &str) -> Vec<(String, String)> {
    let tests = Regex::new(r"(?ms)^#\[cfg\(test\)\]\n(?:pub )?mod \w+ \{.*?^\}").unwrap();
    let text = tests.replace_all(text, "");
    let tokens =
        Regex::new(r##"(?s)//[^\n]*|/\*.*?\*/|r#+"(?<raw>.*?)"#+|"(?<text>(?:[^"\\]|\\.)*)"|'(?:[^'\\]|\\[^\n]+?)'"##)
            .unwrap();
    let literals = tokens.captures_iter(&text).filter_map(|token| {
        let literal = token.name("raw").or(token.name("text"))?;
        let before = text[..token.get(0).unwrap().start()].lines().next_back().unwrap_or_default();
        Some((before.to_owned(), literal.as_str().to_owned()))
    });
    literals.collect()
}

#[test]
fn addresses_stand_only_in_urls() {
    let mut again = Vec::new();
    for path in files(&root("templates")) {
        let text = fs::read_to_string(&path).unwrap();
        let attributes = text.match_indices("=\"/").map(|(at, _)| text[at..].lines().next().unwrap());
        again.extend(attributes.chain(quoted(&text)).map(|address| format!("{}: {address}", path.display())));
    }
    for path in files(&root("static/js")) {
        let text = fs::read_to_string(&path).unwrap();
        again.extend(quoted(&text).into_iter().map(|address| format!("{}: {address}", path.display())));
    }
    // What the API's document says of an operation repeats its address.
    let describes = Regex::new(r"^\s*(?:get|post), path = $").unwrap();
    let (mut described, mut strings) = (0, 0);
    let is_test = |path: &Path| ["tests.rs", "testing.rs"].iter().any(|name| path.ends_with(name));
    let sources = code().into_iter().filter(|(path, _)| path.starts_with(root("src")) && !is_test(path));
    for (path, text) in sources.filter(|(path, _)| !path.ends_with("src/urls.rs")) {
        for (before, literal) in literals(&text) {
            strings += 1;
            if describes.is_match(&before) {
                described += 1;
                let known = urls::ALL.iter().any(|(_, address)| *address == literal);
                assert!(known, "{} describes {literal}, which is not in src/urls.rs", path.display());
            } else if is_ours(&literal) || before.ends_with("public_url.join(") {
                again.push(format!("{}: {literal}", path.display()));
            }
        }
    }
    assert!(strings > 2000 && described > 20, "{strings} strings, {described} of them in the API's document");
    assert!(again.is_empty(), "addresses outside of src/urls.rs:\n{}", again.join("\n"));
}

#[test]
fn literals_are_told_from_comments_characters_and_tests() {
    let text = "// \"a\"\nlet b = 'c'; f('\"', \"d \\\" e\", r#\"g\"#); path = \"/h\" // \"i\"\n\
                #[cfg(test)]\nmod tests {\n    \"j\"\n}\n";
    let found: Vec<String> = literals(text).into_iter().map(|(_, literal)| literal).collect();
    assert_eq!(found, ["d \\\" e", "g", "/h"]);
    assert_eq!(quoted("a = \"/hr?b\" + '/elsewhere' + `/api/${c}`").len(), 2);
}

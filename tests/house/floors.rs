//! The rooms of `src/` and the floors that they stand on: a file imports from
//! its own room and from the floors below, never upward and never from a room
//! beside it. So no two rooms can need each other.

use crate::{code, files, root};
use std::{collections::BTreeSet, fs, path::Path};

/// Low to high.
const FLOORS: &[&[&str]] = &[
    &["domain", "statistics", "error", "clock", "cluster", "secret", "spreadsheet", "urls"],
    &["i18n", "workers"],
    &["config"],
    &["keys"],
    &["db"],
    &["help", "mail", "audit", "consents", "limits"],
    &["web"],
    &["auth"],
    &["library", "instruments", "departments"],
    &["recommendations", "periods"],
    &["accounts"],
    &["pulse"],
    &["assessment"],
    &["access_codes", "support", "history", "assistant"],
    &["publication", "leaving"],
    &["employees", "dashboard"],
    &["campaigns", "employee_import", "privacy", "admin", "seed", "questionnaires"],
    &["insights"],
    &["actions"],
    &["app"],
    &["cli"],
];

pub fn room(path: &Path) -> String {
    let inside = path.strip_prefix(root("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

/// The rooms that a text names after `crate::`, in `use` trees and in code.
fn named(text: &str) -> BTreeSet<String> {
    let ident = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = BTreeSet::new();
    for (at, path) in text.match_indices("crate::") {
        if text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &text[at + path.len()..];
        let Some(tree) = rest.strip_prefix('{') else {
            found.insert(ident(rest));
            continue;
        };
        let (mut depth, mut starts) = (0, true);
        for (here, sign) in tree.char_indices() {
            match sign {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => starts = true,
                sign if depth == 0 && starts && !sign.is_whitespace() => {
                    found.insert(ident(&tree[here..]));
                    starts = false;
                }
                _ => {}
            }
        }
    }
    found
}

/// A file without its comments.
pub fn uncommented(text: &str) -> String {
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

pub fn rooms() -> impl Iterator<Item = (std::path::PathBuf, String)> {
    let inside = |path: &Path| {
        let name = path.strip_prefix(root("src")).ok().and_then(Path::to_str);
        name.is_some_and(|name| name != "lib.rs" && name != "main.rs")
    };
    code().into_iter().filter(move |(path, _)| inside(path))
}

#[test]
fn every_file_stands_on_a_floor_and_every_room_exists() {
    let mut seen = BTreeSet::new();
    for (path, _) in rooms() {
        let room = room(&path);
        assert!(floor(&room).is_some(), "{} belongs to no room that has a floor", path.display());
        seen.insert(room);
    }
    let listed: BTreeSet<String> =
        FLOORS.iter().flat_map(|rooms| rooms.iter().map(|room| (*room).to_owned())).collect();
    assert_eq!(listed.difference(&seen).collect::<Vec<_>>(), Vec::<&String>::new(), "rooms without a file");
}

#[test]
fn nothing_is_imported_upward_or_from_beside() {
    let mut count = 0;
    for (path, text) in rooms() {
        let own = room(&path);
        for other in named(&uncommented(&text)).into_iter().filter(|other| *other != own) {
            let Some(below) = floor(&other) else { continue }; // a macro of the crate's root
            assert!(Some(below) < floor(&own), "{} imports {other}, which is not below {own}", path.display());
            count += 1;
        }
    }
    assert!(count > 500, "{count} imports were looked at");
}

#[test]
fn a_template_names_nothing_above_the_room_that_renders_it() {
    let mut count = 0;
    for (path, text) in rooms() {
        for part in text.split("#[template(path = \"").skip(1) {
            let name = part.split('"').next().unwrap();
            let template = fs::read_to_string(root("templates").join(name)).unwrap();
            for other in named(&template) {
                let (below, own) = (floor(&other), floor(&room(&path)));
                assert!(below.is_some() && below <= own, "templates/{name} names {other}");
            }
            count += 1;
        }
    }
    assert!(count > 60);
    for path in files(&root("templates/macros")).into_iter().chain(files(&root("templates/partials"))) {
        let text = fs::read_to_string(&path).unwrap();
        for other in named(&text) {
            assert!(floor(&other) <= floor("web"), "{} names {other}", path.display());
        }
    }
}

#[test]
fn the_names_after_crate_are_found_in_trees_and_in_code() {
    let text = "use crate::{a::{b, c}, d::e,\n    f};\nuse crate::g::h; crate::i::j(); mycrate::k::l; $crate::m::n";
    assert_eq!(named(text).into_iter().collect::<String>(), "adfgi");
}

#[test]
fn files_are_short_enough_to_be_read() {
    for (path, text) in rooms() {
        let (lines, is_schema) = (text.lines().count(), path.ends_with("db/schema.rs"));
        assert!(lines <= 400 || is_schema || path.ends_with("tests.rs"), "{} has {lines} lines", path.display());
    }
}

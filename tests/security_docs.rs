//! Keeps `docs/security.md` true: it lists every requirement of the standard once, and
//! every file and test that it names exists.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Points of OWASP ASVS 5.0.0 that level 2 includes.
const POINTS: &str = include_str!("fixtures/asvs-5.0-level-2.txt");
const DOCUMENT: &str = include_str!("../docs/security.md");

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What stands in backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

fn is_point(text: &str) -> bool {
    text.split('.').count() == 3 && text.split('.').all(|part| part.parse::<u8>().is_ok())
}

/// The rows about points: those it is about, and the names in its last cell.
fn rows() -> Vec<(Vec<&'static str>, Vec<&'static str>)> {
    let mut rows = Vec::new();
    for line in DOCUMENT.lines() {
        let cells: Vec<_> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let points: Vec<_> = cells[0].split(", ").collect();
        if line.starts_with('|') && points.iter().all(|point| is_point(point)) {
            assert_eq!(cells.len(), 4, "{line}");
            assert!(cells.iter().all(|cell| !cell.is_empty()), "{line}");
            rows.push((points, quoted(cells[3]).collect()));
        }
    }
    rows
}

#[test]
fn every_point_of_level_two_stands_in_the_document_once() {
    let wanted: BTreeSet<&str> =
        POINTS.lines().filter(|line| !line.starts_with('#')).map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(wanted.len(), 253);
    let mut found = BTreeSet::new();
    for point in rows().into_iter().flat_map(|(points, _)| points) {
        assert!(wanted.contains(point), "{point} is no point of level 2");
        assert!(found.insert(point), "{point} stands there twice");
    }
    assert_eq!(wanted.difference(&found).collect::<Vec<_>>(), [&""; 0], "missing");
}

/// Every file of code, with its text.
fn code(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: PathBuf| match path.extension() {
        _ if path.is_dir() => code(&path),
        Some(extension) if extension == "rs" => vec![fs::read_to_string(path).unwrap()],
        _ => Vec::new(),
    };
    entries.flat_map(read).collect()
}

/// The names of all functions that are marked as tests.
fn tests() -> BTreeSet<String> {
    let name = |after: &str| {
        let rest = after.split("fn ").nth(1)?;
        Some(rest.split(['(', '<']).next()?.to_owned())
    };
    let texts = ["src", "tests"].into_iter().flat_map(|folder| code(&root().join(folder)));
    let in_text = |text: String| {
        let marks = ["#[test]\n", "#[actix_web::test]\n"];
        marks.iter().flat_map(|mark| text.split(mark).skip(1).filter_map(name)).collect::<Vec<_>>()
    };
    texts.flat_map(in_text).collect()
}

#[test]
fn every_test_that_the_document_names_exists() {
    let tests = tests();
    let mut named = 0;
    for (points, names) in rows() {
        for name in names {
            assert!(tests.contains(name), "{points:?}: there is no test {name}");
            named += 1;
        }
    }
    assert!(named > 100, "{named}");
    let proofs: BTreeSet<&String> = tests.iter().filter(|name| name.starts_with("asvs_")).collect();
    for name in proofs {
        assert!(DOCUMENT.contains(&format!("`{name}`")), "{name} is not in the document");
        let point: Vec<_> = name.split('_').skip(1).take(3).collect();
        assert!(is_point(&point.join(".")), "{name} is not named after a point");
    }
}

#[test]
fn every_file_that_the_document_names_exists() {
    let folders = ["src/", "tests/", "docs/", "script/", "static/", "templates/", "locales/", "migrations/"];
    let mut named = 0;
    for path in quoted(DOCUMENT) {
        let top = ["README.md", "SECURITY.md", "Cargo.lock", "deny.toml"].contains(&path);
        if top || folders.iter().any(|folder| path.starts_with(folder)) {
            assert!(root().join(path).exists(), "there is no {path}");
            named += 1;
        }
    }
    assert!(named > 20, "{named}");
}

//! Rules of the house style that the compiler does not check, and that every migration
//! can be reverted.

mod addresses;
mod floors;
#[path = "../support/mod.rs"]
mod support;
mod tables;

use diesel::{PgConnection, QueryableByName, RunQueryDsl as _, sql_query, sql_types::Text};
use hearth::db::migrations;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};
use support::TestDb;

fn root(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn code() -> Vec<(PathBuf, String)> {
    let code = files(&root("src")).into_iter().chain(files(&root("tests")));
    let code = code.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    code.map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn the_schema_stands_only_in_stores() {
    let mut stores = 0;
    for (path, text) in code() {
        let names_schema = text.lines().filter(|line| !line.trim_start().starts_with("//")).any(|line| {
            line.match_indices("schema::")
                .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_'))
        });
        if path.ends_with("store.rs") {
            stores += usize::from(names_schema);
        } else if !path.starts_with(root("tests/house")) && !path.starts_with(root("src/db")) {
            assert!(!names_schema, "{} names the schema; only a store.rs may", path.display());
        }
    }
    assert!(stores >= 5);
}

#[test]
fn nothing_unfinished_is_left_in_the_code() {
    for (path, text) in code() {
        if path.starts_with(root("tests/house")) {
            continue;
        }
        for mark in ["TODO", "FIXME", "XXX", "dbg!(", "todo!(", "unimplemented!("] {
            assert!(!text.contains(mark), "{} in {}", mark, path.display());
        }
    }
}

#[test]
fn every_module_says_what_it_is_for() {
    for (path, text) in code() {
        let generated = path.ends_with("src/db/schema.rs");
        assert!(generated || text.starts_with("//!"), "{} opens with no //!", path.display());
    }
}

#[test]
fn pages_have_no_script_and_no_style_of_their_own() {
    let templates = files(&root("templates"));
    assert!(templates.len() > 20);
    for path in templates {
        let text = fs::read_to_string(&path).unwrap().to_lowercase();
        assert!(
            !text.contains("<style") && !text.contains(" style=") && !text.contains("javascript:"),
            "{}",
            path.display()
        );
        let handler = text.match_indices(" on").any(|(at, _)| {
            let rest = &text[at + 3..];
            let name = rest.bytes().take_while(u8::is_ascii_lowercase).count();
            name > 0 && rest[name..].starts_with('=')
        });
        assert!(!handler, "{} has an event handler in an attribute", path.display());
        for script in text.split("<script").skip(1) {
            let (tag, body) = script.split_once('>').unwrap();
            assert!(tag.contains("src=") && body.starts_with("</script>"), "{} has an inline script", path.display());
        }
        let foreign =
            text.match_indices("src=\"http").chain(text.match_indices("<link rel=\"stylesheet\" href=\"http"));
        assert_eq!(foreign.count(), 0, "{} loads from another host", path.display());
    }
}

/// What a template has open: elements and its own blocks.
#[derive(Default)]
struct Nesting(Vec<String>);

impl Nesting {
    /// Goes past one mark of a template; answers how deep the line stands that
    /// begins with it.
    fn pass(&mut self, mark: &regex::Captures<'_>) -> usize {
        /// Elements without an inside.
        const VOID: [&str; 5] = ["br", "img", "input", "link", "meta"];
        let word = |name: &str| mark.name(name).map(|found| found.as_str());
        let before = self.0.len();
        match (word("block"), word("opened"), word("closed")) {
            (Some("when" | "else"), ..) if self.0.iter().rev().take(2).any(|open| open == "match") => {
                self.0.pop_if(|open| open == "when");
                self.0.push("when".to_owned());
                self.0.len() - 1
            }
            (Some("else"), ..) => before - 1,
            (Some("endmatch"), ..) => {
                self.0.truncate(before - 2);
                self.0.len()
            }
            (Some(end), ..) if end.starts_with("end") => {
                assert_eq!(self.0.pop().as_deref(), end.strip_prefix("end"), "{end}");
                self.0.len()
            }
            (Some(block @ ("block" | "call" | "for" | "if" | "macro" | "match")), ..) => {
                self.0.push(block.to_owned());
                before
            }
            (_, Some(element), _) => {
                self.0.push(element.to_owned());
                before
            }
            (_, _, Some(element)) => {
                assert_eq!(self.0.pop().as_deref(), Some(element));
                self.0.len()
            }
            _ => {
                let ends = match &mark[0] {
                    ">" => self.0.last().is_some_and(|open| VOID.contains(&open.as_str())),
                    mark => mark == "/>",
                };
                if ends {
                    self.0.pop();
                }
                before
            }
        }
    }
}

#[test]
fn templates_are_indented_by_what_stands_in_what() {
    let marks = regex::Regex::new(
        r"(?s)\{#.*?#\}|\{%[-~+]?\s*(?<block>\w+).*?%\}|</(?<closed>\w+|\{\{.*?\}\})|<(?<opened>\w+|\{\{.*?\}\})|\{\{.*?\}\}|/?>",
    )
    .unwrap();
    let mut lines = 0;
    for path in files(&root("templates")) {
        let text = fs::read_to_string(&path).unwrap();
        let long = text.lines().find(|line| line.chars().count() > 160);
        assert!(long.is_none(), "{}: a long line: {}", path.display(), long.unwrap_or_default());
        let mut nesting = Nesting::default();
        for mark in marks.captures_iter(&text) {
            let place = mark.get(0).unwrap();
            let above = &text[..place.start()];
            let indent = above.rsplit('\n').next().unwrap();
            let depth = nesting.pass(&mark);
            let is_text = place.as_str().starts_with("{{"); // may stand in a text area, where each space is seen
            if indent.trim().is_empty() && !is_text {
                lines += 1;
                let line = above.matches('\n').count() + 1;
                assert_eq!(indent, "  ".repeat(depth), "{}:{line}: {}", path.display(), place.as_str());
            }
        }
        assert!(nesting.0.is_empty(), "{} leaves {:?} open", path.display(), nesting.0);
    }
    assert!(lines > 3000, "{lines}");
}

/// A field outside the macros: whose a form is stands in almost every form.
const FIELD_OF_ITS_OWN: &str = "partials/form_of.html";

#[test]
fn fields_of_forms_are_made_by_the_macros() {
    let mut fields = 0;
    for path in files(&root("templates")) {
        let text = fs::read_to_string(&path).unwrap();
        let raw = ["<input", "<textarea", "<select"].map(|tag| text.matches(tag).count()).iter().sum::<usize>();
        if path.starts_with(root("templates/macros")) || path.ends_with(FIELD_OF_ITS_OWN) {
            fields += raw;
        } else {
            assert_eq!(raw, 0, "{} has a field of its own: call a macro of macros/fields.html", path.display());
        }
    }
    assert!(fields > 15);
}

/// Forms that are nobody's: ways in and out.
const OPEN_FORMS: [&str; 5] = ["LOGIN", "CODE", "REGISTER", "PASSWORD_FORGOT", "LOGOUT"];

#[test]
fn every_form_that_writes_says_whose_it_is() {
    let mut count = 0;
    for path in files(&root("templates")) {
        let text = fs::read_to_string(&path).unwrap();
        for (at, _) in text.match_indices("<form") {
            let form = text[at..].split("</form>").next().unwrap();
            let is_open = OPEN_FORMS.iter().any(|to| form.contains(&format!("action=\"{{{{ crate::urls::{to} }}}}\"")))
                || path.ends_with("accounts/reset.html");
            if form.contains("method=\"post\"") && !is_open {
                count += 1;
                let says =
                    ["partials/form_of.html", "fields::hidden(\"form_of\""].iter().any(|says| form.contains(says));
                assert!(says, "{}: {form}", path.display());
            }
        }
    }
    assert!(count > 60);
}

/// What reads a form, and for all but the last refuses one that another person opened.
const READS: [&str; 5] = [".of(", ".form(", ".form_or_switch(", ".pressed(", ".open()"];

#[test]
fn every_handler_reads_the_form_that_it_takes() {
    let mut count = 0;
    for (path, text) in code().into_iter().filter(|(path, _)| path.starts_with(root("src"))) {
        assert!(
            !text.contains("web::Form") || path.starts_with(root("src/web")),
            "{} reads forms unbound",
            path.display()
        );
        for handler in text.split("\npub async fn ").skip(1) {
            let handler = handler.split("\n}\n").next().unwrap();
            if handler.contains(": Form<") || handler.contains(": FileForm") {
                count += 1;
                let reads = READS.iter().any(|read| handler.contains(read));
                assert!(reads, "{}: {}", path.display(), handler.lines().next().unwrap());
            }
        }
    }
    assert!(count > 60);
}

#[test]
fn advisory_locks_stand_in_one_module() {
    let mut count = 0;
    for (path, text) in code().into_iter().filter(|(path, _)| path.starts_with(root("src"))) {
        let locks = text.matches("pg_advisory").count() + text.matches("pg_try_advisory").count();
        assert!(locks == 0 || path.ends_with("db/locks.rs"), "{} locks by itself", path.display());
        count += locks;
    }
    assert!(count > 3);
}

#[test]
fn every_migration_can_be_taken_back() {
    let migrations =
        fs::read_dir(root("migrations")).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let mut count = 0;
    for folder in migrations {
        for file in ["up.sql", "down.sql"] {
            let text = fs::read_to_string(folder.join(file)).unwrap_or_default();
            let statements =
                text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with("--"));
            assert!(statements.count() > 0, "{}/{file} does nothing", folder.display());
        }
        count += 1;
    }
    assert!(count > 10);
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

fn names(conn: &mut PgConnection, sql: &str) -> BTreeSet<String> {
    let rows: Vec<Name> = sql_query(sql).load(conn).unwrap();
    rows.into_iter().map(|row| row.name).collect()
}

/// Every table, type and function in this test's schema, Diesel's own list aside.
/// A sequence comes and goes with the identity of its column.
fn objects(conn: &mut PgConnection) -> BTreeSet<String> {
    names(
        conn,
        "SELECT 'relation ' || relname AS name FROM pg_class WHERE relnamespace = current_schema()::regnamespace
             AND relkind <> 'S' AND relname NOT LIKE '\\_\\_diesel%'
         UNION ALL SELECT 'type ' || typname FROM pg_type WHERE typnamespace = current_schema()::regnamespace
             AND typname NOT LIKE '%\\_\\_diesel%'
         UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace",
    )
}

#[test]
fn migrations_go_up_down_and_up_again_and_leave_nothing_behind() {
    let db = TestDb::empty();
    let mut conn = db.connect();
    let ran = migrations::run(&mut conn).unwrap();
    let built = objects(&mut conn);
    assert!(built.len() > 50 && built.contains("type burnout_level") && built.contains("function set_updated_at"));
    let mut before = built.clone();
    let mut reverted = Vec::new();
    while let Some(name) = migrations::revert(&mut conn).unwrap() {
        let after = objects(&mut conn);
        assert!(after.is_subset(&before), "{name} leaves {:?} behind", after.difference(&before).collect::<Vec<_>>());
        before = after;
        reverted.push(name);
    }
    assert_eq!(reverted.iter().rev().collect::<Vec<_>>(), ran.iter().collect::<Vec<_>>());
    assert_eq!(before, BTreeSet::new(), "left behind");
    assert_eq!(migrations::run(&mut conn).unwrap(), ran);
    assert_eq!(objects(&mut conn), built);
    assert!(migrations::run(&mut conn).unwrap().is_empty(), "a second run does nothing");
}

/// Tables of `src/db/schema.rs` with their columns.
fn declared() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(root("src/db/schema.rs")).unwrap();
    let tables = text.split("diesel::table! {").skip(1).map(|block| block.split("\n}").next().unwrap());
    tables
        .map(|block| {
            let lines: Vec<_> = block.lines().map(str::trim).collect();
            let head = lines.iter().find(|line| line.ends_with(") {")).unwrap();
            let columns = lines.iter().filter_map(|line| line.split_once(" -> ")).map(|(column, _)| column.to_owned());
            (head.split(" (").next().unwrap().to_owned(), columns.collect())
        })
        .collect()
}

#[test]
fn the_schema_in_the_code_is_the_one_in_the_database() {
    let db = TestDb::empty();
    let mut conn = db.connect();
    migrations::run(&mut conn).unwrap();
    let columns = names(
        &mut conn,
        "SELECT table_name || '.' || column_name AS name FROM information_schema.columns
         WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_\\_diesel%'",
    );
    let declared = declared();
    assert!(declared.len() > 15);
    let declared =
        declared.iter().flat_map(|(table, columns)| columns.iter().map(move |column| format!("{table}.{column}")));
    let difference: Vec<_> = columns.symmetric_difference(&declared.collect()).cloned().collect();
    assert!(difference.is_empty(), "only in one of database and code: {difference:?}");
}

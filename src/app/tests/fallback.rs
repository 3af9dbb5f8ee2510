//! What is shown where the library lacks a language, and that its search stayed as it was
//! when languages became text.

use super::support::TestDb;
use crate::{
    db::{installation, migrations},
    i18n::Language,
    library::{self, Wanted},
};
use diesel::{
    PgConnection, QueryableByName, RunQueryDsl as _, connection::SimpleConnection as _, sql_query, sql_types::Text,
};

/// What the library has for somebody who reads this language, for these words.
fn titles(conn: &mut PgConnection, text: &str, language: Language) -> Vec<String> {
    let wanted = Wanted { text: text.to_owned(), ..Wanted::default() };
    let (found, _) = library::browse(conn, &wanted, language).unwrap();
    found.into_iter().map(|entry| entry.title).collect()
}

/// The names of the tags of its items.
fn tags(conn: &mut PgConnection, language: Language) -> Vec<String> {
    library::tags(conn, language).unwrap().into_iter().map(|(tag, _)| tag.name).collect()
}

#[test]
fn what_the_library_lacks_in_a_language_is_read_in_the_companys_or_else_in_any() {
    let db = TestDb::new();
    let conn = &mut db.connect();
    let all = |conn: &mut PgConnection, language| (titles(conn, "", language), tags(conn, language));
    installation::set_language(conn, Language::Uk).unwrap();
    let (ukrainian, english) = (all(conn, Language::Uk), all(conn, Language::En));
    assert!(ukrainian.0.len() == library::SHOWN && ukrainian.0 != english.0);
    assert_eq!(all(conn, Language::Xa), ukrainian);
    let found = titles(conn, "перерва", Language::Xa);
    assert!(!found.is_empty() && found.iter().all(|title| titles(conn, "перерва", Language::Uk).contains(title)));
    let forget = "DELETE FROM library_texts WHERE language = 'uk'; DELETE FROM tag_names WHERE language = 'uk'";
    conn.batch_execute(forget).unwrap();
    assert_eq!(all(conn, Language::Xa), english);
    assert_eq!(all(conn, Language::Uk), english, "not only a new language falls back");
    let found = titles(conn, "pauses", Language::Xa);
    assert!(found.iter().any(|title| title.contains("Pause")), "English words have their forms: {found:?}");
}

#[test]
fn items_that_are_there_get_the_texts_that_they_lack_and_keep_what_hr_wrote() {
    let db = TestDb::new();
    let conn = &mut db.connect();
    let before = (titles(conn, "", Language::Uk), tags(conn, Language::Uk));
    conn.batch_execute(
        "UPDATE library_texts SET title = 'Edited', configuration = 'simple' WHERE language = 'en';
         DELETE FROM library_texts WHERE language = 'uk'; DELETE FROM tag_names WHERE language = 'uk'",
    )
    .unwrap();
    library::import_shipped(conn).unwrap();
    assert_eq!((titles(conn, "", Language::Uk), tags(conn, Language::Uk)), before);
    assert!(titles(conn, "", Language::En).iter().all(|title| title == "Edited"));
    assert!(!titles(conn, "edit", Language::En).is_empty(), "it is searched as English again");
}

#[test]
fn the_search_column_is_the_same_before_and_after_its_migration_and_languages_find_back_into_the_type() {
    let db = TestDb::new();
    let conn = &mut db.connect();
    let words = "SELECT md5(string_agg(concat_ws(' ', language, search), '\n' ORDER BY item_id, language::text)) AS text FROM library_texts";
    let now = text(conn, words);
    conn.batch_execute(
        "INSERT INTO users (email, name, language, joined_on) VALUES
             ('ada@example.com', 'Ada', 'xa', '2026-01-01'), ('bob@example.com', 'Bob', 'uk', '2026-01-01');
         INSERT INTO library_texts (item_id, language, title, description, duration)
             SELECT item_id, 'xa', title, description, duration FROM library_texts WHERE language = 'en';
         UPDATE installation SET language = 'xa'",
    )
    .unwrap();
    let mut reverted = String::new();
    while reverted != "20261129090000" {
        reverted = migrations::revert(conn).unwrap().expect("it is there");
    }
    assert_eq!(text(conn, words), now, "as the version before has it");
    let languages = "SELECT string_agg(coalesce(language::text, '-'), ',' ORDER BY name) AS text FROM users";
    assert_eq!(
        (text(conn, languages), text(conn, "SELECT language::text AS text FROM installation")),
        ("-,uk".to_owned(), "en".to_owned())
    );
    migrations::run(conn).unwrap();
    assert_eq!((text(conn, words), text(conn, languages)), (now, "-,uk".to_owned()));
}

/// One text that a query answers.
fn text(conn: &mut PgConnection, query: &str) -> String {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        text: String,
    }
    sql_query(query).get_result::<Row>(conn).unwrap().text
}

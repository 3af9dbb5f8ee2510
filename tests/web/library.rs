//! The library for readers: by tag, kind, category and words, page by page.

use crate::{
    steps::{between, visible},
    support::{Browser, TestApp},
};
use hearth::{
    i18n::Language,
    library::{self, Kind},
};
use std::collections::BTreeSet;

fn titles(browser: &Browser, path: &str) -> Vec<String> {
    let answer = browser.get(path);
    assert_eq!(answer.status, 200, "{path}");
    let links = between(&answer.body, "<h2 class=\"rec__title\">", "</h2>");
    links.into_iter().map(|link| between(link, "\">", "</a>")[0].to_owned()).collect()
}

#[test]
fn every_published_item_is_found_page_by_page_by_title_and_by_tag() {
    let app = TestApp::spawn();
    let ada = app.register("ada@example.com");
    let published = app.number("SELECT count(*) FROM library_items WHERE audience = 'person'");
    for language in ["ru", "uk", "en"] {
        ada.post("/language", &[("language", language)]);
        let (mut path, mut seen) = ("/library".to_owned(), Vec::new());
        for _ in 0..9 {
            seen.extend(titles(&ada, &path));
            let page = ada.get(&path).body;
            let Some(next) = between(&page, "href=\"/library?after=", "\"").into_iter().next() else { break };
            path = format!("/library?after={next}");
        }
        assert_eq!(seen.len() as i64, published, "{language}");
        assert_eq!(seen.iter().collect::<BTreeSet<_>>().len() as i64, published, "{language}: each once");
    }
    let page = ada.get("/library").body;
    let tags = between(&page, "class=\"chip\" href=\"/library?tag=", "</a>");
    assert!(tags.len() > 8);
    for tag in tags {
        let (key, rest) = tag.split_once('"').unwrap();
        let count: usize = between(rest, "<data value=\"", "\"")[0].parse().unwrap();
        assert_eq!(titles(&ada, &format!("/library?tag={key}")).len(), count.min(24), "{key}");
    }
}

#[test]
fn kinds_and_areas_narrow_the_shelf() {
    let app = TestApp::spawn();
    let ada = app.register("ada@example.com");
    for kind in Kind::ALL {
        let found = titles(&ada, &format!("/library?kind={}", kind.code()));
        assert!(!found.is_empty(), "{kind:?}");
    }
    let books = ada.get("/library?kind=book").body;
    assert!(visible(&books).contains("Christina Maslach"), "a book names its author");
    assert_eq!(titles(&ada, "/library?kind=book&category=body&tag=nothing"), [""; 0]);
    for nonsense in ["/library?kind=x", "/library?category=x", "/library?after=x"] {
        assert_eq!(ada.get(nonsense).status, 400, "{nonsense}");
    }
}

#[test]
fn an_item_shows_all_of_it_and_leads_on() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree("ada@example.com");
    ada.submit_all(5, "key");
    let list = ada.get("/recommendations").body;
    let mine = between(&list, "<a href=\"/library/", "\"")[0];
    let page = ada.get(&format!("/library/{mine}")).body;
    assert!(page.contains("href=\"/recommendations\"") && visible(&page).contains("This is on your list"));
    let related = between(&page, "<li><a href=\"/library/", "\"");
    assert!(!related.is_empty() && !related.contains(&mine));
    let article = app.number("SELECT min(item_id) FROM library_texts WHERE body <> ''");
    let page = ada.get(&format!("/library/{article}")).body;
    assert!(page.contains("<div class=\"prose\"><") && page.contains("<h2>"), "{page}");
    for language in ["ru", "uk"] {
        ada.post("/language", &[("language", language)]);
        let page = ada.get(&format!("/library/{article}"));
        assert!(page.body.contains(&format!("<html lang=\"{language}\">")));
        assert_eq!(page.body.matches("class=\"prose\"><").count(), 1);
    }
}

#[test]
fn what_is_taken_out_of_the_library_stays_for_who_has_it_on_their_list() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree("ada@example.com");
    ada.submit_all(5, "key");
    let bob = app.register("bob@example.com");
    app.execute("UPDATE library_items SET published = FALSE");
    let item = app.number("SELECT min(item_id) FROM recommendations");
    let path = format!("/library/{item}");
    let hers = ada.get(&path);
    assert_eq!(hers.status, 200);
    assert!(visible(&hers.body).contains("no longer in the library"));
    assert_eq!(bob.get(&path).status, 404);
    assert!(ada.get("/recommendations").body.contains(&format!("href=\"{path}\"")));
    let for_teams = app.number("SELECT min(id) FROM library_items WHERE audience = 'team'");
    assert_eq!(ada.get(&format!("/library/{for_teams}")).status, 404, "that is for managers and HR");
}

#[test]
fn words_are_found_in_every_language_in_their_forms() {
    let app = TestApp::spawn();
    let mut conn = app.db.connect();
    for (language, texts) in [
        (Language::En, &["sleeping", "Breaks!", "say no to a colleague", "burnout book"][..]),
        (Language::Ru, &["перерывов", "сна", "отказать коллеге", "книгу про выгорание"]),
        (Language::Uk, &["перервами", "сон", "відмовити колезі", "книжку про вигорання"]),
    ] {
        for text in texts {
            let found = library::search(&mut conn, text, language, 10).unwrap();
            assert!(!found.is_empty(), "{text}");
            assert!(found.windows(2).all(|pair| pair[0].rank >= pair[1].rank), "{text}: best first");
        }
        for text in ["zzzz", "&|!:*()<->'\\", "🙂", ""] {
            assert!(library::search(&mut conn, text, language, 10).unwrap().is_empty(), "{text}");
        }
    }
    let by_author = library::search(&mut conn, "Maslach", Language::Uk, 10).unwrap();
    assert!(by_author.iter().any(|found| found.kind == Kind::Book), "by its author");
    let by_tag = library::search(&mut conn, "breaks", Language::En, 3).unwrap();
    let tagged = "SELECT string_agg(i.id::text, ' ') FROM library_items i JOIN library_item_tags t ON t.item_id = i.id
                  JOIN tags g ON g.id = t.tag_id WHERE g.key = 'breaks'";
    let tagged = app.text(tagged);
    assert!(by_tag.iter().all(|found| tagged.split(' ').any(|id| id == found.id.to_string())), "by its tag");
    let long = "перерва втома сон ".repeat(1000);
    assert!(!library::search(&mut conn, &long, Language::Uk, 3).unwrap().is_empty());
    let ada = app.register("ada@example.com");
    assert!(!titles(&ada, "/library?q=sleep").is_empty());
    assert!(visible(&ada.get("/library?q=zzzz").body).contains("Nothing in the library fits"));
}

#[test]
fn a_book_that_is_published_names_its_author() {
    let app = TestApp::spawn();
    let broken = "UPDATE library_items SET author = NULL WHERE kind = 'book'";
    let refused = diesel::connection::SimpleConnection::batch_execute(&mut app.db.connect(), broken).unwrap_err();
    assert!(refused.to_string().contains("library_items_author_check"));
}

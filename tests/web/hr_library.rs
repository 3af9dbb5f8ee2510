//! Editing the library: drafts are not visible, there is a preview, and concurrent
//! edits do not overwrite each other.

use crate::{
    steps::{between, sign_in, visible},
    support::{Answer, Browser, TestApp},
};

const WORDS: &[(&str, &str)] = &[
    ("title_en", "A walk at noon"),
    ("title_ru", "Прогулка в полдень"),
    ("title_uk", "Прогулянка опівдні"),
    ("duration_en", "15 minutes"),
    ("duration_ru", "15 минут"),
    ("duration_uk", "15 хвилин"),
    ("description_en", "Go out at noon."),
    ("description_ru", "Выйдите в полдень."),
    ("description_uk", "Вийдіть опівдні."),
    ("body_en", "# Why\n\n**Light** helps. <script>alert(1)</script> [x](javascript:alert(1))"),
];
const CHOICES: &[(&str, &str)] = &[
    ("audience", "person"),
    ("category", "body"),
    ("kind", "habit"),
    ("minutes", "15"),
    ("dimension", "emotional_exhaustion"),
    ("level", "low"),
    ("level", "medium"),
    ("tag", "movement"),
];

fn company() -> (TestApp, Browser) {
    let app = TestApp::spawn();
    let hr = app.register_as("hr@example.com", "hr");
    (app, hr)
}

fn send(hr: &Browser, path: &str, action: &str, more: &[(&str, &str)]) -> Answer {
    let replaced = |field: &&(&str, &str)| more.iter().all(|(name, _)| *name != field.0);
    let fields: Vec<_> = WORDS.iter().chain(CHOICES).filter(replaced).chain(more).copied().collect();
    hr.post(path, &[&fields[..], &[("action", action)]].concat())
}

fn version(body: &str) -> String {
    between(body, "name=\"version\" value=\"", "\"")[0].to_owned()
}

#[test]
fn an_item_goes_from_a_look_to_a_draft_to_its_readers() {
    let (app, hr) = company();
    let ada = app.register("ada@example.com");
    let preview = send(&hr, "/hr/library", "preview", &[]);
    assert_eq!(preview.status, 200);
    for seen in ["<article class=\"card\" lang=\"uk\">", "Прогулянка опівдні", "<h2>Why</h2>", "<strong>Light</strong>"]
    {
        assert!(preview.body.contains(seen), "{seen}");
    }
    assert!(!preview.body.contains("<script>alert") && !preview.body.contains("href=\"javascript"));
    assert_eq!(app.number("SELECT count(*) FROM library_items WHERE key LIKE 'own-%'"), 0, "a look saves nothing");
    let saved = send(
        &hr,
        "/hr/library",
        "draft",
        &[("new_tag_en", "Noon"), ("new_tag_ru", "Полдень"), ("new_tag_uk", "Полудень")],
    );
    assert_eq!(saved.status, 303, "{}", visible(&saved.body));
    let path = saved.location().to_owned();
    let reading = path.trim_start_matches("/hr").to_owned();
    assert_eq!(ada.get(&reading).status, 404, "readers see no draft");
    let form = hr.get(&path).body;
    assert!(form.contains("value=\"noon\" checked") && form.contains("value=\"Прогулка в полдень\""));
    let published = send(&hr, &path, "publish", &[("version", &version(&form)), ("tag", "noon")]);
    assert_eq!(published.status, 303);
    let page = ada.get(&reading);
    assert_eq!(page.status, 200);
    assert!(visible(&page.body).contains("A walk at noon") && page.body.contains("/library?tag=noon"));
    assert!(!page.body.contains("<script>alert") && !page.body.contains("href=\"javascript"));
    let events = app.text(
        "SELECT string_agg(event || details::text, ' ' ORDER BY id) FROM audit_events WHERE event LIKE 'library%'",
    );
    assert_eq!(events, "library_item_created{} library_item_published{}");
    let form = hr.get(&path).body;
    assert_eq!(send(&hr, &path, "draft", &[("version", &version(&form))]).status, 303);
    assert_eq!(ada.get(&reading).status, 404, "taken out again");
}

#[test]
fn what_is_incomplete_cannot_be_published_but_kept() {
    let (app, hr) = company();
    for (field, value) in [("title_uk", ""), ("description_ru", " "), ("duration_en", "")] {
        let refused = send(&hr, "/hr/library", "publish", &[(field, value)]);
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains(&format!("href=\"#{field}\"")), "{field}");
        assert!(refused.body.contains("Выйдите") || field == "description_ru", "what was typed is kept");
        assert_eq!(send(&hr, "/hr/library", "draft", &[(field, value)]).status, 303, "{field}");
    }
    let book = &[("kind", "book"), ("author", "")];
    let refused = send(&hr, "/hr/library", "publish", book);
    assert!(refused.status == 422 && refused.body.contains("href=\"#author\""));
    assert_eq!(send(&hr, "/hr/library", "draft", book).status, 303);
    assert_eq!(app.number("SELECT count(*) FROM library_items WHERE key LIKE 'own-%' AND published"), 0);
}

#[test]
fn nonsense_is_refused_next_to_its_field() {
    let (_app, hr) = company();
    let long = "x".repeat(8001);
    for (field, value) in [
        ("minutes", "0"),
        ("minutes", "much"),
        ("kind", "film"),
        ("category", ""),
        ("audience", "everyone"),
        ("dimension", "x"),
        ("level", ""),
        ("title_en", &long[..161]),
        ("body_uk", &long),
        ("new_tag_ru", "Полдень"),
        ("source", &long[..501]),
    ] {
        let refused = send(&hr, "/hr/library", "draft", &[(field, value)]);
        assert_eq!(refused.status, 422, "{field}");
        let place = if field == "new_tag_ru" { "new_tag_en" } else { field };
        assert!(refused.body.contains(&format!("href=\"#{place}\"")), "{field}");
    }
    let nothing = [("title_en", ""), ("title_ru", ""), ("title_uk", "")];
    assert_eq!(send(&hr, "/hr/library", "draft", &nothing).status, 422, "a draft has a title");
    assert_eq!(send(&hr, "/hr/library", "dance", &[]).status, 400);
    let enter = send(&hr, "/hr/library", "", &[]);
    assert!(enter.status == 200 && enter.body.contains("A walk at noon"), "Enter in a field keeps what was typed");
    // The longest text in three languages is let in.
    let cyrillic = "ї".repeat(8000);
    let bodies = [("body_en", &*cyrillic), ("body_ru", &*cyrillic), ("body_uk", &*cyrillic)];
    assert_eq!(send(&hr, "/hr/library", "draft", &bodies).status, 303);
}

#[test]
fn who_saves_later_does_not_undo_the_other_unknowingly() {
    let (app, hr) = company();
    let other = sign_in(&app, "hr@example.com");
    let path = send(&hr, "/hr/library", "draft", &[]).location().to_owned();
    let (mine, theirs) = (version(&hr.get(&path).body), version(&other.get(&path).body));
    assert_eq!(send(&other, &path, "draft", &[("version", &theirs), ("title_en", "Theirs")]).status, 303);
    let refused = send(&hr, &path, "draft", &[("version", &mine), ("title_en", "Mine")]);
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("value=\"Mine\"") && visible(&refused.body).contains("while you were writing"));
    assert!(hr.get(&path).body.contains("value=\"Theirs\""));
    let again = send(&hr, &path, "draft", &[("version", &version(&refused.body)), ("title_en", "Mine")]);
    assert_eq!(again.status, 303);
    assert!(hr.get(&path).body.contains("value=\"Mine\""));
    assert_eq!(send(&hr, &path, "draft", &[("version", "")]).status, 422, "a form without a version is an old one");
}

#[test]
fn only_what_was_never_published_is_deleted() {
    let (app, hr) = company();
    let path = send(&hr, "/hr/library", "draft", &[]).location().to_owned();
    assert_eq!(hr.post(&format!("{path}/delete"), &[]).status, 303);
    assert_eq!(hr.get(&path).status, 404);
    let shipped = format!("/hr/library/{}", app.number("SELECT min(id) FROM library_items"));
    let refused = hr.post(&format!("{shipped}/delete"), &[]);
    assert!(refused.status == 422 && visible(&refused.body).contains("cannot be deleted"));
    let own = send(&hr, "/hr/library", "publish", &[]).location().to_owned();
    assert_eq!(send(&hr, &own, "draft", &[("version", &version(&hr.get(&own).body))]).status, 303);
    assert_eq!(hr.post(&format!("{own}/delete"), &[]).status, 422, "a draft again, but people may have it");
}

#[test]
fn hr_cannot_tell_whether_somebody_has_an_item_on_their_list() {
    let (app, hr) = company();
    let own = send(&hr, "/hr/library", "publish", &[]).location().to_owned();
    let pages = || ["/hr/library", &own].map(|path| visible(&hr.get(path).body));
    hr.get("/hr/library"); // the notice that it is published shows once
    let before = pages();
    let id = own.rsplit('/').next().unwrap();
    app.execute(&format!(
        "INSERT INTO recommendations (user_id, item_id, priority, given_at) SELECT id, {id}, 'low', now() FROM users"
    ));
    assert_eq!(pages(), before);
    let refused = |action: &str| visible(&hr.post(&format!("{own}/{action}"), &[]).body);
    let with = refused("delete");
    app.execute("DELETE FROM recommendations");
    assert_eq!(refused("delete"), with);
}

#[test]
fn what_was_published_once_stays_complete_for_who_has_it() {
    let (_app, hr) = company();
    let own = send(&hr, "/hr/library", "publish", &[]).location().to_owned();
    let draft = |more: &[(&str, &str)]| {
        send(&hr, &own, "draft", &[&[("version", &*version(&hr.get(&own).body))], more].concat())
    };
    let refused = draft(&[("description_ru", "")]);
    assert_eq!(refused.status, 422);
    assert!(visible(&refused.body).contains("Description, Русский: please fill in"));
    assert_eq!(draft(&[]).status, 303);
    assert_eq!(draft(&[("title_uk", "")]).status, 422, "as a draft too");
}

#[test]
fn the_last_professional_help_for_a_high_result_cannot_be_taken_away() {
    let (app, hr) = company();
    let help = "FROM library_items WHERE category = 'professional_help' AND published";
    let take_out = |id: i64, category: &str, level: &str| {
        let path = format!("/hr/library/{id}");
        let version = version(&hr.get(&path).body);
        let more = [("version", &*version), ("category", category), ("level", level)];
        send(&hr, &path, if category == "body" { "publish" } else { "draft" }, &more)
    };
    let first = || app.number(&format!("SELECT min(id) {help}"));
    while app.number(&format!("SELECT count(*) {help}")) > 1 {
        assert_eq!(take_out(first(), "professional_help", "high").status, 303);
    }
    let last = first();
    for (category, level) in [("professional_help", "high"), ("body", "high")] {
        let refused = take_out(last, category, level);
        assert_eq!(refused.status, 422, "{category}");
        assert!(visible(&refused.body).contains("would find no professional help"));
        assert_eq!(first(), last, "nothing is half saved");
    }
    let ada = app.register_and_agree("ada@example.com");
    ada.submit_all(5, "high");
    assert_eq!(app.number(&format!("SELECT count(*) FROM recommendations WHERE item_id = {last}")), 1);
}

#[test]
fn what_hr_changed_stays_through_the_next_start() {
    let (app, hr) = company();
    let path = format!("/hr/library/{}", app.number("SELECT min(id) FROM library_items WHERE key = 'micro-breaks'"));
    let form = hr.get(&path).body;
    assert_eq!(send(&hr, &path, "publish", &[("version", &version(&form))]).status, 303);
    hearth::library::import_shipped(&mut app.db.connect()).unwrap();
    assert!(hr.get(&path).body.contains("value=\"A walk at noon\""));
}

#[test]
fn the_list_shows_drafts_and_can_be_narrowed() {
    let (_app, hr) = company();
    send(&hr, "/hr/library", "draft", &[]);
    let rows = |path: &str| between(&hr.get(path).body, "<th scope=\"row\">", "</th>").len();
    assert_eq!((rows("/hr/library"), rows("/hr/library?state=draft")), (50, 1));
    assert_eq!(rows("/hr/library?q=walk+at+noon&state=draft&audience=person"), 1);
    assert_eq!(rows("/hr/library?audience=team&state=draft"), 0);
    let page = hr.get("/hr/library").body;
    let older = between(&page, "href=\"/hr/library?", "\"");
    assert!(rows(&format!("/hr/library?{}", older.last().unwrap().replace("&#38;", "&"))) > 10);
}

//! What every answer has: headers, static files, the language of the page.

use crate::{
    raw,
    steps::{between, sign_in},
    support::{Answer, Browser, TestApp},
};
use chrono::TimeDelta;
use std::{
    collections::{BTreeSet, HashSet},
    io::Read as _,
};

const PAGES: [&str; 6] = ["/", "/login", "/register", "/password/forgot", "/promise", "/help"];
const OWN_PAGES: [&str; 6] = ["/dashboard", "/assessments/new", "/history", "/recommendations", "/profile", "/privacy"];

/// Ada's browser, with two results to draw.
fn ada(app: &TestApp) -> (Browser, String) {
    let ada = app.register_and_agree("ada@example.com");
    ada.submit_all(2, "one");
    app.advance(TimeDelta::minutes(1));
    let result = ada.submit_all(5, "two").location().to_owned();
    ada.post("/pulse", &[("burnout", "90"), ("stress", "20"), ("productivity", "30")]);
    (ada, result)
}

fn assert_guarded(answer: &Answer, what: &str) {
    let policy = answer.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none';") && !policy.contains("unsafe") && !policy.contains('*'), "{what}");
    for directive in
        ["script-src 'self'", "style-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"]
    {
        assert!(policy.split("; ").any(|found| found == directive), "{what}: {directive} in {policy}");
    }
    assert_eq!(answer.header("referrer-policy"), "same-origin", "{what}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{what}");
    assert_eq!(answer.header("x-frame-options"), "DENY", "{what}");
    assert!(answer.header("server").is_empty() && answer.header("x-powered-by").is_empty(), "{what}");
}

#[test]
fn every_answer_is_guarded_and_none_but_static_files_is_kept() {
    let app = TestApp::spawn();
    let (ada, result) = ada(&app);
    let paths = PAGES.iter().chain(&OWN_PAGES).copied().chain([&*result, "/health", "/ready", "/history.csv"]);
    let mut answers: Vec<(String, Answer)> = paths.map(|path| (path.to_owned(), ada.get(path))).collect();
    let stranger = app.browser();
    answers.extend(PAGES.map(|path| (format!("{path} to a stranger"), stranger.get(path))));
    let more = [
        ("a redirect", stranger.get("/dashboard"), 303),
        ("a bad form", stranger.post("/register", &[]), 422),
        ("nothing there", stranger.get("/nowhere"), 404),
        ("no such method", stranger.get("/logout"), 405),
        ("no such query", ada.get("/history?before=x"), 400),
        ("from elsewhere", stranger.post_with("/login", &[], &[("Origin", "null")]), 403),
        ("too much", stranger.post("/login", &[("email", &"x".repeat(70_000))]), 413),
        ("no such file", stranger.get("/static/none/css/base.css"), 404),
    ];
    for (what, answer, status) in more {
        assert_eq!(answer.status, status, "{what}");
        answers.push((what.to_owned(), answer));
    }
    for (what, answer) in &answers {
        assert_guarded(answer, what);
        assert_eq!(answer.header("cache-control"), "no-store", "{what}");
        assert!(answer.header("strict-transport-security").is_empty(), "{what}: there is no TLS");
    }
}

#[test]
fn a_page_as_the_browser_gets_it_has_no_script_and_no_style_of_its_own() {
    let app = TestApp::spawn();
    let (ada, result) = ada(&app);
    let pages = OWN_PAGES.map(|path| (path, ada.get(path))).into_iter();
    let pages = pages.chain(PAGES.map(|path| (path, app.browser().get(path)))).chain([(&*result, ada.get(&result))]);
    for (path, page) in pages {
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"), "{path}");
        assert!(!page.body.contains("<style") && !page.body.contains("javascript:"), "{path}");
        for tag in page.body.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()) {
            let attributes = tag.split_ascii_whitespace().skip(1).filter_map(|part| part.split_once('='));
            for (name, _) in attributes {
                assert!(name != "style" && !(name.starts_with("on") && name.len() > 3), "{path}: <{tag}>");
            }
            assert!(!tag.starts_with("script") || tag.contains(" src=\"/static/"), "{path}: <{tag}>");
        }
        let addresses = [between(&page.body, "src=\"", "\""), between(&page.body, "action=\"", "\"")].concat();
        assert!(
            addresses.iter().all(|address| address.starts_with('/') && !address.starts_with("//")),
            "{path}: {addresses:?}"
        );
    }
}

#[test]
fn what_pages_load_is_there_and_kept_for_a_year() {
    let app = TestApp::spawn();
    let (ada, result) = ada(&app);
    let mut files: BTreeSet<String> = BTreeSet::new();
    for path in OWN_PAGES.into_iter().chain([&*result, "/help", "/promise"]) {
        let body = ada.get(path).body;
        files.extend(between(&body, "\"/static/", "\"").into_iter().map(|file| format!("/static/{file}")));
    }
    files.extend(
        between(&app.browser().get("/").body, "\"/static/", "\"").into_iter().map(|file| format!("/static/{file}")),
    );
    let scripts = ada.get(files.iter().find(|file| file.ends_with("hearth.js")).unwrap()).body;
    let base = files.iter().find(|file| file.ends_with("js/hearth.js")).unwrap().replace("hearth.js", "");
    files.extend(between(&scripts, "\"./", "\"").into_iter().map(|module| format!("{base}{module}")));
    assert!(files.len() > 6, "{files:?}");
    assert_eq!(files.iter().filter(|file| file.ends_with(".css")).count(), 1, "one for all pages: {files:?}");
    for file in files {
        let answer = ada.get(&file);
        assert_eq!(answer.status, 200, "{file}");
        let expected = match file.rsplit('.').next().unwrap() {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript", // modules are always UTF-8
            "svg" => "image/svg+xml",
            kind => panic!("{kind}: what should it be sent as?"),
        };
        assert_eq!(answer.header("content-type"), expected, "{file}");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable", "{file}");
        assert!(answer.header("set-cookie").is_empty() && !answer.body.is_empty(), "{file}");
        assert_guarded(&answer, &file);
    }
}

#[test]
fn every_page_has_one_style_sheet_with_all_that_it_needs() {
    let app = TestApp::spawn();
    let (ada, result) = ada(&app);
    let pages = OWN_PAGES.map(|path| ada.get(path)).into_iter();
    let pages = pages.chain(PAGES.map(|path| app.browser().get(path))).chain([ada.get(&result)]);
    let mut sheets: BTreeSet<String> = BTreeSet::new();
    for page in pages {
        let links = between(&page.body, "<link rel=\"stylesheet\" href=\"", "\"");
        assert_eq!(links.len(), 1, "{links:?}");
        sheets.extend(links.into_iter().map(str::to_owned));
    }
    assert_eq!(sheets.len(), 1, "the browser has it after the first page: {sheets:?}");
    let sheet = ada.get(sheets.first().unwrap()).body;
    let layers = sheet.find("@layer reset, base, components, utilities;").unwrap();
    let (first, last) = (sheet.find("@layer reset {").unwrap(), sheet.find("@layer utilities {").unwrap());
    assert!(layers < first && first < last && last < sheet.find("@media print").unwrap(), "in their order");
}

#[test]
fn what_is_the_same_for_everybody_comes_compressed_as_the_browser_asks() {
    let app = TestApp::spawn();
    let browser = app.browser();
    let base = format!("/static/{}", hearth::web::assets::version());
    for path in [format!("{base}/css/hearth.css"), format!("{base}/js/hearth.js"), "/".to_owned()] {
        let (_, _, plain) = browser.download(&path);
        for (accepted, expected) in [
            ("gzip, deflate, br, zstd", "br"),
            ("br;q=0.1, gzip", "br"),
            ("gzip", "gzip"),
            ("GZIP;q=0.5, br;q=0", "gzip"),
            ("identity", ""),
            ("br;q=0, gzip;q=0", ""),
            ("zstd", ""),
            ("", ""),
            ("gzip;q=many,,br;;", ""),
        ] {
            let (status, headers, body) = browser.download_with(&path, &[("Accept-Encoding", accepted)]);
            let header = |name: &str| headers.get(name).map_or("", |value| value.to_str().unwrap());
            assert_eq!((status, header("content-encoding")), (200, expected), "{path} {accepted:?}");
            assert_eq!(header("vary").to_ascii_lowercase(), "accept-encoding", "{path} {accepted:?}");
            assert_eq!(header("content-length"), body.len().to_string(), "{path} {accepted:?}");
            let mut read = Vec::new();
            match expected {
                "br" => brotli::Decompressor::new(&body[..], 4096).read_to_end(&mut read).unwrap(),
                "gzip" => flate2::read::GzDecoder::new(&body[..]).read_to_end(&mut read).unwrap(),
                _ => (&body[..]).read_to_end(&mut read).unwrap(),
            };
            assert!(read == plain && (expected.is_empty() || body.len() < plain.len()), "{path} {accepted:?}");
        }
    }
}

#[test]
fn a_page_that_is_made_for_its_reader_is_left_to_the_proxy_to_compress() {
    let app = TestApp::spawn();
    let (ada, result) = ada(&app);
    let pages = OWN_PAGES.into_iter().chain([&*result]).map(|path| (path, &ada));
    let stranger = app.browser();
    for (path, browser) in pages.chain(PAGES[1..].iter().map(|path| (*path, &stranger))) {
        let (status, headers, _) = browser.download_with(path, &[("Accept-Encoding", "gzip, br")]);
        assert!(status == 200 && !headers.contains_key("content-encoding"), "{path}");
    }
}

#[test]
fn only_static_files_come_out_of_their_folder() {
    let app = TestApp::spawn();
    let own = raw::address(&app);
    let version = hearth::web::assets::version();
    let base = format!("/static/{version}");
    for path in [
        "/../Cargo.toml",
        "/../../etc/passwd",
        "/%2e%2e/Cargo.toml",
        "/..%2fCargo.toml",
        "/css/../../Cargo.toml",
        "/css/%2e%2e/%2e%2e/Cargo.toml",
        "/..\\Cargo.toml",
        "//etc/passwd",
        "/css",
        "/css/",
        "/",
        "",
        "/css/none.css",
        "/css/base.css",
        "/css/hearth.css%00",
        "/css/hearth.css/",
    ] {
        let reply = raw::send(own, &format!("GET {base}{path}"), &[("Host", own)], b"");
        assert!(matches!(reply.status, 400 | 404), "{path}: {}", reply.status);
        assert!(!reply.body.contains("[package]") && !reply.body.contains("root:") && !reply.body.contains(".css</a>"));
        assert_eq!(reply.header("cache-control"), "no-store", "{path}");
    }
    assert_eq!(app.browser().get("/static/000000000000/css/hearth.css").status, 404, "another version");
}

#[test]
fn each_request_has_an_id_of_its_own() {
    let app = TestApp::spawn();
    let browser = app.browser();
    let mut seen = HashSet::new();
    for path in ["/", "/", "/nowhere", "/health", "/dashboard"] {
        let answer = browser.get_with(path, &[("X-Request-Id", "made-up-by-the-client")]);
        let id = answer.header("x-request-id");
        assert!(id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{path}: {id:?}");
        assert!(seen.insert(id.to_owned()), "{id} twice");
    }
}

fn language(answer: &Answer) -> &str {
    between(&answer.body, "<html lang=\"", "\"")[0]
}

#[test]
fn the_language_is_the_best_that_the_browser_asks_for() {
    let app = TestApp::spawn();
    let cases = [
        ("ru", "ru"),
        ("uk-UA,uk;q=0.9,ru;q=0.8,en;q=0.7", "uk"),
        ("ru;q=0.5, uk;q=0.9", "uk"),
        ("de, fr;q=0.9, ru;q=0.3, en;q=0.1", "ru"),
        ("en-GB,en;q=0.9,ru;q=0.8", "en"),
        ("RU-ru", "ru"),
        ("uk;q=0", "en"),
        ("ru;q=0, uk;q=0.1", "uk"),
        ("de", "en"),
        ("*", "en"),
        ("*, ru;q=0.5", "ru"),
        ("ua", "en"), // a country, not a language
        ("", "en"),
        (";;;q=x,,", "en"),
    ];
    for (header, expected) in cases {
        for path in ["/", "/login", "/nowhere"] {
            let answer = app.browser().get_with(path, &[("Accept-Language", header)]);
            assert_eq!(language(&answer), expected, "{header:?} {path}");
        }
    }
    assert_eq!(language(&app.browser().get("/")), "en", "no header");
}

#[test]
fn a_chosen_language_goes_before_what_the_browser_asks_for() {
    let app = TestApp::spawn();
    let visitor = app.browser();
    for chosen in ["uk", "ru", "en"] {
        let answer = visitor.post_with("/language", &[("language", chosen), ("return_to", "/help")], &[]);
        assert_eq!((answer.status, answer.location()), (303, "/help"));
        let cookie = answer.cookie("language").unwrap();
        assert!(cookie.contains("Max-Age=31536000") && cookie.contains("HttpOnly"), "{cookie}");
        for path in ["/", "/help", "/nowhere", "/logout"] {
            let page = visitor.get_with(path, &[("Accept-Language", "ru;q=0.9, en, uk;q=0.1")]);
            assert_eq!(language(&page), chosen, "{path}");
        }
    }
    for wrong in ["de", "", "../en", "EN"] {
        assert_eq!(visitor.post("/language", &[("language", wrong)]).status, 400, "{wrong:?}");
    }
    assert_eq!(visitor.post("/language", &[]).status, 400);
    let forged = app.browser().get_with("/", &[("Cookie", "language=\"><script>")]);
    assert!(language(&forged) == "en" && !forged.body.contains("<script>"));
}

#[test]
fn the_language_of_a_person_follows_them_to_another_device() {
    let app = TestApp::spawn();
    let desk = app.register("ada@example.com");
    assert_eq!(desk.post("/language", &[("language", "uk"), ("return_to", "/profile")]).location(), "/profile");
    let phone = sign_in(&app, "ada@example.com");
    for path in ["/dashboard", "/profile", "/nowhere"] {
        assert_eq!(language(&phone.get_with(path, &[("Accept-Language", "en")])), "uk", "{path}");
    }
    let page = phone.get("/profile").body;
    let button = between(&page, "<button name=\"language\" value=\"uk\"", ">")[0];
    assert!(button.contains("aria-label=\"uk, Українська\"") && button.contains("aria-pressed=\"true\""), "{button}");
}

//! Optional details and the picture in a profile: only their owner sees them.

use crate::{
    company::{check_up, close, department, month, person},
    steps::{app_at, sign_in, visible},
    support::{Answer, Browser, TestApp, api::Client},
};
use diesel::connection::SimpleConnection as _;
use image::{DynamicImage, ImageFormat, RgbImage};
use std::io::Cursor;

const ADA: &str = "ada@example.com";
const WHOLE: &[(&str, &str)] = &[
    ("gender", "female"),
    ("profession", "research"),
    ("interests", "Chess, long walks"),
    ("phone", "+380 44 123 45 67"),
    ("messenger", ""),
    ("website", "https://ada.example"),
    ("emergency_name", "Annabella"),
    ("emergency_phone", "112"),
];

fn send(person: &Browser, more: &[(&str, &str)]) -> Answer {
    let fields: Vec<_> =
        WHOLE.iter().filter(|(name, _)| more.iter().all(|(other, _)| other != name)).copied().collect();
    person.post("/profile/details", &[&fields[..], more].concat())
}

fn picture(format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    DynamicImage::from(RgbImage::from_pixel(40, 30, image::Rgb([200, 40, 40]))).write_to(&mut file, format).unwrap();
    file.into_inner()
}

#[test]
fn details_are_kept_shown_and_forgotten() {
    let app = TestApp::spawn();
    let ada = app.register(ADA);
    assert!(ada.get("/profile").body.contains("<option value=\"prefer_not_to_say\" selected>"), "nothing is assumed");
    assert_eq!(send(&ada, &[]).status, 303);
    let page = ada.get("/profile").body;
    for seen in [
        "value=\"female\" selected",
        "value=\"research\" selected",
        "Chess, long walks",
        "+380 44 123 45 67",
        "Annabella",
    ] {
        assert!(page.contains(seen), "{seen}");
    }
    let stored = app.text("SELECT interests::text || contacts::text FROM profiles");
    assert!(stored.starts_with("{Chess,\"long walks\"}") && !stored.contains("messenger"), "{stored}");
    assert_eq!(send(&ada, &[("gender", "prefer_not_to_say"), ("interests", "")]).status, 303);
    assert_eq!(app.number("SELECT count(*) FROM profiles"), 1, "one to one");
    ada.upload("/profile/avatar", "picture", "me.png", &picture(ImageFormat::Png));
    assert_eq!(ada.post("/profile/details/clear", &[]).status, 303);
    assert_eq!(app.number("SELECT (SELECT count(*) FROM profiles) + (SELECT count(*) FROM avatars)"), 0);
}

#[test]
fn what_cannot_be_comes_back_next_to_its_field() {
    let app = TestApp::spawn();
    let ada = app.register(ADA);
    let many = (0..13).map(|number| number.to_string()).collect::<Vec<_>>().join(",");
    let long = "x".repeat(121);
    for (field, value) in [
        ("gender", "x"),
        ("profession", ""),
        ("interests", &many),
        ("interests", &long[..51]),
        ("phone", &long),
        ("emergency_name", &long),
    ] {
        let refused = send(&ada, &[(field, value)]);
        assert_eq!(refused.status, 422, "{field}");
        assert!(refused.body.contains(&format!("href=\"#{field}\"")), "{field}");
        assert!(field == "phone" || refused.body.contains("+380 44 123 45 67"), "what was typed is kept");
    }
    assert_eq!(app.number("SELECT count(*) FROM profiles"), 0);
    // Letters whose small form differs from place to place, and signs that cannot be seen.
    for (field, value) in
        [("interests", "ΑΣ, ασ"), ("interests", "İ, i"), ("interests", "\u{7} \u{7}"), ("phone", "\u{7} \u{7}")]
    {
        assert_eq!(send(&ada, &[(field, value)]).status, 303, "{value:?}");
    }
}

#[test]
fn the_database_itself_knows_the_shape() {
    let app = TestApp::spawn();
    app.register(ADA);
    let insert = |columns: &str, values: &str| {
        let sql = format!("INSERT INTO profiles (user_id, {columns}) SELECT id, {values} FROM users");
        app.db.connect().batch_execute(&sql)
    };
    for (columns, values) in [
        ("contacts", "'[]'"),
        ("contacts", "'3'"),
        ("contacts", "'{\"fax\": \"1\"}'"),
        ("contacts", "'{\"phone\": 1}'"),
        ("contacts", "'{\"phone\": \" \"}'"),
        ("contacts", "jsonb_build_object('phone', repeat('x', 121))"),
        ("interests", "ARRAY[NULL]::text[]"),
        ("interests", "ARRAY['']"),
        ("interests", "ARRAY[repeat('x', 51)]"),
        ("interests", "(SELECT array_agg(n::text) FROM generate_series(1, 13) n)"),
        ("gender", "'x'"),
    ] {
        assert!(insert(columns, values).is_err(), "{columns} {values}");
    }
    assert!(insert("contacts", "'{\"phone\": \"1\"}'").is_ok());
}

#[test]
fn a_picture_is_made_anew_and_shown_to_its_owner_only() {
    let app = TestApp::spawn();
    let ada = app.register(ADA);
    assert_eq!(ada.get("/profile/avatar").status, 404);
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        // Neither the name nor the type that was sent counts.
        assert_eq!(ada.upload("/profile/avatar", "picture", "me.exe", &picture(format)).status, 303, "{format:?}");
        let (status, headers, content) = ada.download("/profile/avatar");
        assert_eq!((status, headers["content-type"].to_str().unwrap()), (200, "image/jpeg"));
        assert_eq!(
            (&headers["x-content-type-options"], &headers["cache-control"]),
            (&"nosniff".parse().unwrap(), &"no-store".parse().unwrap())
        );
        let shown = image::load_from_memory(&content).unwrap();
        assert_eq!((shown.width(), shown.height()), (256, 256));
    }
    let mut noise = 1_u32;
    let large = RgbImage::from_fn(1200, 1100, |_, _| {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        image::Rgb([(noise >> 24) as u8, (noise >> 16) as u8, (noise >> 8) as u8])
    });
    let mut file = Cursor::new(Vec::new());
    DynamicImage::from(large).write_to(&mut file, ImageFormat::Png).unwrap();
    assert!((3_000_000..5_000_000).contains(&file.get_ref().len()), "as large as a telephone's");
    assert_eq!(ada.upload("/profile/avatar", "picture", "me.png", file.get_ref()).status, 303);
    assert!(ada.get("/profile").body.contains("<img src=\"/profile/avatar?v="));
    let avatar = Client::signed_in(&app, ADA).get("/api/auth/me").body["avatar"].clone();
    assert!(avatar.as_str().unwrap().starts_with("data:image/jpeg;base64,/9j/"));
    assert_eq!(app.register("bob@example.com").get("/profile/avatar").status, 404);
    assert_eq!(ada.post("/profile/avatar/delete", &[]).status, 303);
    assert_eq!(ada.get("/profile/avatar").status, 404);
    assert!(ada.get("/profile").body.contains(">TP</text>"), "initials stand in");
}

#[test]
fn what_is_no_picture_is_refused_in_words() {
    let app = TestApp::spawn();
    let ada = app.register(ADA);
    let large = vec![0; 5 * 1024 * 1024 + 1];
    for (content, said) in [
        (&b"<svg onload=alert(1)>"[..], "not a PNG"),
        (b"GIF89a\x01\0\x01\0", "not a PNG"),
        (&picture(ImageFormat::Png)[..50], "cannot be read"),
        (b"", "choose a file"),
        (&large, "larger than 5 MB"),
    ] {
        let refused = ada.upload("/profile/avatar", "picture", "me.png", content);
        assert_eq!(refused.status, 422, "{said}");
        assert!(visible(&refused.body).contains(said) && refused.body.contains("href=\"#picture\""), "{said}");
    }
    assert_eq!(ada.post("/profile/avatar", &[("picture", "x")]).status, 422, "not even a file");
    assert_eq!(app.number("SELECT count(*) FROM avatars"), 0);
}

#[test]
fn nothing_of_it_reaches_hr() {
    let app = app_at("2026-05-20T09:00:00Z");
    let kiln = department(&app, "Kiln", None);
    let may = month(&app, "2026-05-01");
    for number in 0..6 {
        let person = person(&app, kiln);
        check_up(&app, person, may, [2 + number % 3, 2, 3]);
    }
    close(&app, may);
    let hr = app.register_as("hr@example.com", "hr");
    hr.get("/profile"); // the welcome has been read
    let read = || -> Vec<String> {
        ["/hr", "/hr/departments", "/hr/employees", "/hr/export.csv"].map(|path| hr.get(path).body).into()
    };
    let before = read();
    app.execute(
        "INSERT INTO profiles (user_id, gender, interests, contacts)
         SELECT id, 'other', ARRAY['Peculiar Interest'], '{\"phone\": \"+999\"}' FROM users",
    );
    for (place, (now, before)) in read().iter().zip(&before).enumerate() {
        assert!(now == before, "page {place}: {:?}", now.lines().zip(before.lines()).find(|(a, b)| a != b));
    }
    let person = app.number("SELECT min(id) FROM users");
    let page = hr.get(&format!("/hr/employees/{person}")).body;
    assert!(!page.contains("Peculiar") && !page.contains("+999"));
}

#[test]
fn both_go_with_their_owner() {
    let app = TestApp::spawn();
    let ada = app.register(ADA);
    send(&ada, &[]);
    ada.upload("/profile/avatar", "picture", "me.png", &picture(ImageFormat::Png));
    let hr = app.register_as("hr@example.com", "hr");
    let id = app.number(&format!("SELECT id FROM users WHERE email = '{ADA}'"));
    assert_eq!(hr.post(&format!("/hr/employees/{id}/archive"), &[]).status, 303);
    assert_eq!(app.number("SELECT (SELECT count(*) FROM profiles) + (SELECT count(*) FROM avatars)"), 0);
    assert_eq!(sign_in(&app, "hr@example.com").get("/profile").status, 200);
}

//! Visits the library, the conversations, the profile and the pages about one's own
//! data. The caller passes what to check on each.

use crate::{
    pages::{Look, at, open},
    session::Session,
    steps,
    support::{
        PASSWORD, TestApp,
        model::{ModelServer, Mood},
    },
};
use image::{DynamicImage, ImageFormat, RgbImage};

/// Everything of the library and the conversations.
pub fn of_readers(languages: &str, look: Look) {
    let model = ModelServer::start(vec![Mood::Stream(vec!["Go to bed ", "at the same time every day."])]);
    let app = TestApp::spawn_with(&[
        ("ASSISTANT_URL", &model.url),
        ("ASSISTANT_MODEL", "m"),
        ("HEARTH_HELP_FILE", concat!(env!("CARGO_MANIFEST_DIR"), "/src/help/demo.toml")),
    ]);
    app.register_and_agree("ada@example.com").submit_all(4, "key");
    let session = open(&app, languages);
    at("/api/docs", &session, look, "api");
    session.sign_in_and_switch("ada@example.com");
    at("/library", &session, look, "library");
    at("/library?kind=book", &session, look, "library books");
    at("/library?q=zzzz", &session, look, "library without a find");
    let article = app.number("SELECT min(item_id) FROM library_texts WHERE body <> ''");
    at(&format!("/library/{article}"), &session, look, "library article");
    session.goto("/recommendations");
    session.leaves(|| session.click(".rec__title a"));
    look(&session, "library item on my list");
    converse(&session, look);
    app.execute("UPDATE messages SET ai_response = NULL, source = NULL, answered_at = NULL WHERE source = 'library'");
    session.goto(&session.path());
    look(&session, "conversation without an answer");
    at("/chats", &session, look, "conversations");
    at("/chats", &session, look, "conversations again");
    session.fill("#q", "zzzz");
    session.leaves(|| session.click("form[action='/chats/search'] .button"));
    look(&session, "conversations without a find");
}

fn converse(session: &Session, look: Look) {
    at("/chats", session, look, "conversations empty");
    session.fill("#name", "");
    session.send_anyway("main form[action='/chats'][method=post]");
    session.refused(422);
    look(session, "conversation refused");
    session.fill("#name", "Evenings");
    session.click("main form[action='/chats'] .swatch:nth-child(3) input");
    session.leaves(|| session.click("main form[action='/chats'] .button:not(.button--quiet)"));
    look(session, "conversation with the agreement");
    for (text, what) in [
        ("I want to die", "conversation in danger without the agreement"),
        ("How do I sleep?", "conversation without the agreement"),
    ] {
        session.fill("#user_message", text);
        session.send_anyway("#write");
        session.refused(422);
        look(session, what);
    }
    session.click("#reader-model");
    session.leaves(|| drop(session.js("document.querySelector('#write').submit()", vec![])));
    look(session, "conversation with a model");
    session.click(".chat-settings > summary");
    session.click(".chat-settings details > summary");
    look(session, "conversation with its settings");
    session.leaves(|| session.click("form[action='/chats/agreement'] button"));
    for (text, what) in
        [("How do I take breaks?", "conversation with the library"), ("I want to die", "conversation with help")]
    {
        session.fill("#user_message", text);
        session.js("document.querySelector('#write').submit()", vec![]);
        session.arrives(&session.path());
        session.goto(&session.path());
        look(session, what);
    }
}

/// The profile with its picture, and everything of one's own data.
pub fn of_owners(languages: &str, look: Look) {
    let app = TestApp::spawn();
    let ada = app.register_and_agree("ada@example.com");
    ada.submit_all(2, "key");
    ada.post("/chats/agreement", &[("reader", "library")]);
    let session = open(&app, languages);
    session.sign_in_and_switch("ada@example.com");
    session.goto("/profile");
    let file = app.data_dir.path().join("me.png");
    let picture = RgbImage::from_fn(60, 40, |x, y| image::Rgb([x as u8 * 4, 90, y as u8 * 6]));
    DynamicImage::from(picture).save_with_format(&file, ImageFormat::Png).unwrap();
    session.upload("#picture", file.to_str().unwrap());
    session.leaves(|| session.click("form[action='/profile/avatar'] .button"));
    session.choose("#gender", "non_binary");
    session.fill("#interests", "Chess, walking");
    session.leaves(|| session.click("form[action='/profile/details'] .button"));
    look(&session, "profile with a picture");
    session.fill("#interests", &"x".repeat(60));
    session.leaves(|| session.click("form[action='/profile/details'] .button"));
    session.refused(422);
    look(&session, "profile details refused");
    std::fs::write(&file, "no picture").unwrap();
    session.goto("/profile");
    session.upload("#picture", file.to_str().unwrap());
    session.leaves(|| session.click("form[action='/profile/avatar'] .button"));
    session.refused(422);
    look(&session, "profile picture refused");
    at("/privacy/erase", &session, look, "erase");
    session.fill("#password", "wrong");
    session.leaves(|| session.click("form[action='/privacy/erase'] .button"));
    session.refused(422);
    look(&session, "erase refused");
    session.fill("#password", PASSWORD);
    session.leaves(|| session.click("form[action='/privacy/erase'] .button"));
    look(&session, "privacy with an erasure to come");
    at("/dashboard", &session, look, "dashboard with an erasure to come");
    at("/privacy/erase", &session, look, "erase to come");
    drop(steps::sign_in(&app, "ada@example.com"));
    session.leaves(|| session.click("form[action='/privacy/erase/cancel'] .button"));
    look(&session, "privacy with everything of mine");
}

//! Printed in every language: a result fits on one sheet of A4, however long its texts,
//! and the organisation's figures on two.

use crate::{
    driver::Settings,
    session::Session,
    staff_pages::{HR, demo_company},
    steps,
    support::TestApp,
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::TimeDelta;
use serde_json::json;

/// Width and height in inches.
const A4: (f64, f64) = (21.0 / 2.54, 29.7 / 2.54);

/// The pages of a PDF as Chromium writes it.
fn pages(pdf: &[u8]) -> usize {
    let marks = pdf.windows(11).filter(|bytes| *bytes == b"/Type /Page");
    let trees = pdf.windows(12).filter(|bytes| *bytes == b"/Type /Pages");
    let pages = marks.count() - trees.count();
    assert!(pages > 0, "this is not the PDF that this test can read");
    pages
}

/// Prints with the page's own size and margins, as a browser does. Chromium's
/// own command, because that of WebDriver ends after ten seconds.
fn print(session: &Session, what: &str) -> usize {
    let paper = json!({ "paperWidth": A4.0, "paperHeight": A4.1, "preferCSSPageSize": true });
    let printed = session.cdp("Page.printToPDF", &paper);
    let pdf = BASE64_STANDARD.decode(printed["data"].as_str().unwrap()).unwrap();
    if let Ok(folder) = std::env::var("HEARTH_SCREENSHOTS") {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(format!("{folder}/print-{}.pdf", what.replace(' ', "-")), &pdf).unwrap();
    }
    pages(&pdf)
}

/// A person whose check-ups had these answers, a month apart.
fn months(app: &TestApp, email: &str, values: &[i32]) -> Vec<String> {
    app.register_and_agree(email);
    let made = values.iter().enumerate().map(|(month, value)| {
        let answer = steps::sign_in(app, email).submit_all(*value, &month.to_string());
        app.advance(TimeDelta::days(31));
        answer.location().to_owned()
    });
    made.collect()
}

fn fits_on_one_page(language: &str) {
    let app = TestApp::spawn_with(&[("HEARTH_HELP_FILE", concat!(env!("CARGO_MANIFEST_DIR"), "/src/help/demo.toml"))]);
    let (first, second) = ("ada@example.com", "eve@example.com");
    let results = [(first, months(&app, first, &[2, 1, 5])), (second, months(&app, second, &[5, 5, 5]))];
    for (email, results) in results {
        let session = Session::with(&app, Settings { languages: language, ..Settings::default() });
        session.sign_in_and_switch(email);
        for (number, result) in results.iter().enumerate() {
            session.goto(result);
            let help = session.count("[aria-labelledby=help-first]");
            let compared = session.count(".meter__before");
            assert_eq!(
                (help, compared > 0),
                (usize::from(email == second || number == 2), number > 0),
                "{email} {number}"
            );
            let what = format!("{language} {number} help {help}");
            assert_eq!(print(&session, &what), 1, "{what}, {} recommendations", session.count(".split aside li"));
        }
    }
}

#[test]
fn a_result_prints_on_one_page_in_english() {
    fits_on_one_page("en");
}

#[test]
fn a_result_prints_on_one_page_in_russian() {
    fits_on_one_page("ru");
}

#[test]
fn a_result_prints_on_one_page_in_ukrainian() {
    fits_on_one_page("uk");
}

#[test]
fn the_organisations_picture_prints_on_two_pages() {
    let app = demo_company();
    for language in ["en", "ru", "uk"] {
        let session = Session::with(&app, Settings { languages: language, ..Settings::default() });
        session.sign_in_and_switch(HR);
        session.goto("/hr");
        assert!(print(&session, &format!("{language} insights")) <= 2, "the company in {language}");
    }
}

#[test]
fn eight_access_codes_print_on_one_page() {
    let app = TestApp::spawn();
    let session = Session::with(&app, Settings::default());
    app.register_as(HR, "hr");
    session.sign_in(HR);
    session.goto("/hr/campaigns/new");
    session.fill("#name", "How are we in the workshops and on the road?");
    session.leaves(|| session.click("form[action='/hr/campaigns'] .button"));
    for person in 1..=8 {
        session.fill("#person_name", &format!("Maximiliana Longname-Winterbottom {person}"));
        session.leaves(|| session.click("form[action$='/people'] .button"));
    }
    session.leaves(|| session.click("form[action$='/open'] .button"));
    session.leaves(|| session.click("form[action$='/codes'] .button"));
    assert_eq!((session.count(".slip"), print(&session, "codes")), (8, 1));
}

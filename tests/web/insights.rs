//! The organisation's picture: what it shows of a closed period, to whom, and
//! that it is published numbers and nothing else.

use crate::{
    steps::{answers, app_at, between, set_clock, visible},
    support::{Browser, TestApp},
};
use chrono::NaiveDate;
use hearth::hr::periods;

/// Departments of the company with the people who answered in each.
/// `South` is too small, `Archive` has nobody.
const COMPANY: &[(&str, &str, usize)] =
    &[("Sales", "", 0), ("North", "Sales", 7), ("South", "Sales", 3), ("Support", "", 24), ("Archive", "", 0)];

/// A company with check-ups in October 2026, not closed yet.
fn company() -> TestApp {
    let app = app_at("2026-10-05T09:00:00Z");
    for (name, parent, _) in COMPANY {
        app.execute(&format!(
            "INSERT INTO departments (name, parent_id) VALUES ('{name}', (SELECT id FROM departments WHERE name = '{parent}'))"
        ));
    }
    for (name, _, people) in COMPANY {
        for person in 0..*people {
            let email = format!("secret.{name}.{person}@example.com").to_lowercase();
            let browser = app.register_and_agree(&email);
            app.execute(&format!(
                "UPDATE users SET confirmed_at = created_at, name = 'Hidden Person {name} {person}',
                        department_id = (SELECT id FROM departments WHERE name = '{name}') WHERE email = '{email}'"
            ));
            check_up(&browser, name, person, "october");
        }
    }
    app
}

/// Support is exhausted, the others are not; nobody answers quite alike.
fn check_up(browser: &Browser, department: &str, person: usize, key: &str) {
    let often = if department == "Support" { 4 } else { 3 };
    let mut answers = answers(often, 2, 3);
    answers[..3 * (person % 3)].fill(often + 1);
    assert_eq!(browser.submit(&answers, key).status, 303);
}

/// Moves the clock and closes what is over then.
fn close_at(app: &TestApp, moment: &str) {
    set_clock(app, moment);
    let today: NaiveDate = moment[..10].parse().unwrap();
    periods::close_due(&mut app.db.connect(), 5, today, app.now()).unwrap();
}

fn closed_company() -> TestApp {
    let app = company();
    close_at(&app, "2026-11-01T08:00:00Z");
    app
}

/// The row of a department in the heat map.
fn row<'a>(page: &'a str, department: &str) -> &'a str {
    let rows = between(page, "<tr><th scope=\"row\" data-depth=", "</tr>");
    rows.into_iter().find(|row| visible(row).contains(department)).unwrap_or_else(|| panic!("no row of {department}"))
}

/// The looks of a row's cells.
fn looks(row: &str) -> Vec<&str> {
    between(row, "<td data-state=\"", "\"")
}

#[test]
fn a_closed_month_is_shown_with_the_four_looks_of_its_cells() {
    let app = closed_company();
    let hr = app.register_as("hr@example.com", "hr");
    let page = hr.get("/hr");
    assert_eq!(page.status, 200, "{}", page.body);
    let body = &page.body;
    assert!(visible(body).contains("October 2026"), "{body}");
    assert!(looks(row(body, "Support")).iter().all(|look| *look == "value"), "{}", row(body, "Support"));
    assert!(row(body, "Support").contains("data-level=\"high\""), "{}", row(body, "Support"));
    assert_eq!(looks(row(body, "North"))[0], "uncertain", "{}", row(body, "North"));
    assert!(looks(row(body, "South")).iter().all(|look| *look == "suppressed"));
    assert!(looks(row(body, "Archive")).iter().all(|look| *look == "empty"));
    assert!(visible(row(body, "South")).contains("Too few people"), "said to who does not see it");
    let summary = between(body, "insights__summary\">", "</p>")[0];
    assert!(
        summary.contains("In October 2026, emotional exhaustion is clearly higher in Support")
            && summary.contains("high"),
        "{summary}"
    );
    assert!(summary.contains("The company as a whole is at") && !summary.contains("since"), "{summary}");
}

//! `/hr/departments`: the tree, who may see which part of it, and what happens
//! when two people change it at once.

use crate::{
    steps::{at_once, between, values, visible},
    support::{Browser, TestApp},
};
use chrono::TimeDelta;

/// Adds a department and tells its number.
fn add(app: &TestApp, hr: &Browser, name: &str, parent: &str) -> String {
    let answer = hr.post("/hr/departments", &[("name", name), ("parent", parent)]);
    assert_eq!((answer.status, answer.location()), (303, "/hr/departments"), "{}", answer.body);
    app.number("SELECT max(id) FROM departments").to_string()
}

fn with_hr() -> (TestApp, Browser) {
    let app = TestApp::spawn();
    let hr = app.register_as("hr@example.com", "hr");
    (app, hr)
}

/// Confirmed people in a department, in one statement.
fn put_people(app: &TestApp, department: &str, count: u32) {
    app.execute(&format!(
        "INSERT INTO users (email, name, department_id, confirmed_at, joined_on)
         SELECT 'p' || n || '-{department}@example.com', 'P', {department}, now(), current_date
         FROM generate_series(1, {count}) n"
    ));
}

/// Names in the order of the table.
fn listed(body: &str) -> Vec<&str> {
    between(body, "<th scope=\"row\"", "</a>").into_iter().map(|cell| cell.rsplit('>').next().unwrap()).collect()
}

#[test]
fn hr_builds_renames_moves_and_deletes_and_the_log_knows() {
    let (app, hr) = with_hr();
    assert!(visible(&hr.get("/hr/departments").body).contains("There are no departments yet"));
    let sales = add(&app, &hr, "Sales", "");
    let north = add(&app, &hr, "North", &sales);
    let support = add(&app, &hr, "Customer support", "");
    assert_eq!(listed(&hr.get("/hr/departments").body), ["Customer support", "Sales", "North"]);
    let changed = hr.post(&format!("/hr/departments/{north}"), &[("name", "Night desk"), ("parent", &support)]);
    assert_eq!((changed.status, changed.location()), (303, "/hr/departments"));
    let page = hr.get("/hr/departments").body;
    assert!(visible(&page).contains("The department is changed."));
    assert_eq!(listed(&page), ["Customer support", "Night desk", "Sales"]);
    let path = hr.get(&format!("/hr/departments/{north}")).body;
    assert!(between(&path, "<nav aria-label=\"Where", "</nav>")[0].contains(&format!("/hr/departments/{support}")));
    assert_eq!(hr.post(&format!("/hr/departments/{north}/delete"), &[]).status, 303);
    assert_eq!(listed(&hr.get("/hr/departments").body), ["Customer support", "Sales"]);
    let events = app.text("SELECT string_agg(event || ' ' || subject_id, ', ' ORDER BY id) FROM audit_events WHERE event LIKE 'department%'");
    let expected = [
        format!("department_created {sales}"),
        format!("department_created {north}"),
        format!("department_created {support}"),
        format!("department_changed {north}"),
        format!("department_deleted {north}"),
    ];
    assert_eq!(events, expected.join(", "));
    let details = format!("{{\"to\": {support}, \"from\": {sales}, \"renamed\": true}}");
    assert_eq!(app.text("SELECT details FROM audit_events WHERE event = 'department_changed'"), details);
    // Saving a department as it is changes nothing, and says nothing in the log.
    hr.post(&format!("/hr/departments/{sales}"), &[("name", "Sales"), ("parent", "")]);
    assert_eq!(app.number("SELECT count(*) FROM audit_events WHERE event = 'department_changed'"), 1);
}

#[test]
fn people_are_counted_in_the_department_and_in_all_above_it() {
    let (app, hr) = with_hr();
    let sales = add(&app, &hr, "Sales", "");
    let north = add(&app, &hr, "North", &sales);
    let south = add(&app, &hr, "South", &sales);
    let legal = add(&app, &hr, "Legal", "");
    for (department, people) in [(&sales, 1), (&north, 5), (&south, 4), (&legal, 2)] {
        put_people(&app, department, people);
    }
    let page = hr.get("/hr/departments").body;
    assert_eq!(listed(&page), ["Legal", "Sales", "North", "South"]);
    assert_eq!(values(&page), ["2", "2", "1", "10", "5", "5", "4", "4"]);
    assert_eq!(page.matches("data-state=\"suppressed\"").count(), 2);
    let text = visible(&page);
    assert!(text.contains("Departments: 4. People in them: 12."), "{text}");
    assert_eq!(text.matches("shown only within a larger department").count(), 1, "South");
    assert_eq!(text.matches("shown only within the whole company").count(), 1, "Legal");
    let sales_page = hr.get(&format!("/hr/departments/{sales}")).body;
    assert_eq!(values(&sales_page), ["10", "1", "5", "5", "4", "4"]);
}

#[test]
fn a_department_cannot_be_moved_under_itself_or_its_own_and_what_was_typed_stays() {
    let (app, hr) = with_hr();
    let top = add(&app, &hr, "Top", "");
    let middle = add(&app, &hr, "Middle", &top);
    let low = add(&app, &hr, "Low", &middle);
    for parent in [&top, &middle, &low] {
        let refused = hr.post(&format!("/hr/departments/{top}"), &[("name", "New name"), ("parent", parent)]);
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("id=\"parent-error\">A department cannot be moved under itself"));
        assert!(refused.body.contains("value=\"New name\""));
        assert!(refused.body.contains(&format!("<option value=\"{parent}\" selected>")));
        let back = between(&refused.body, "name=\"return_to\" value=\"", "\"")[0].to_owned();
        assert_eq!(hr.get(&back).status, 200, "{back}");
    }
    let form = hr.get(&format!("/hr/departments/{middle}/edit")).body;
    assert_eq!(between(&form, "<option value=\"", "\" disabled").len(), 2, "its own part of the tree cannot be chosen");
    assert_eq!(
        app.text("SELECT string_agg(coalesce(parent_id, 0)::text, ',' ORDER BY id) FROM departments"),
        format!("0,{top},{middle}")
    );
    for nowhere in ["987654321", "x", "-1"] {
        let refused = hr.post(&format!("/hr/departments/{low}"), &[("name", "Low"), ("parent", nowhere)]);
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("id=\"parent-error\">This department no longer exists"), "{nowhere}");
    }
}

#[test]
fn two_siblings_never_share_a_name() {
    let (app, hr) = with_hr();
    let sales = add(&app, &hr, "Sales", "");
    let north = add(&app, &hr, "North", &sales);
    add(&app, &hr, "North", ""); // elsewhere it is free
    for (path, name, parent) in [
        ("/hr/departments".to_owned(), " Sales ", ""),
        (format!("/hr/departments/{north}"), "North", ""),
        (format!("/hr/departments/{north}"), "Sales", ""),
    ] {
        let refused = hr.post(&path, &[("name", name), ("parent", parent)]);
        assert_eq!(refused.status, 422, "{path} {name}");
        assert!(refused.body.contains("id=\"name-error\">There is a department with this name"), "{path} {name}");
    }
    for (name, message) in [
        ("", "Please fill this in."),
        (&*"x".repeat(201), "This is too long: 200 characters at most."),
        ("A / B", "A name cannot contain"),
    ] {
        let refused = hr.post("/hr/departments", &[("name", name), ("parent", "")]);
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains(&format!("id=\"name-error\">{message}")), "{message}");
    }
    assert_eq!(app.number("SELECT count(*) FROM departments"), 3);
}

#[test]
fn departments_lie_ten_levels_deep_at_most() {
    let (app, hr) = with_hr();
    let mut parent = String::new();
    let mut levels = Vec::new();
    for level in 1..=10 {
        parent = add(&app, &hr, &format!("Level {level}"), &parent);
        levels.push(parent.clone());
    }
    let refused = hr.post("/hr/departments", &[("name", "Level 11"), ("parent", &parent)]);
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("id=\"parent-error\">There can be 10 levels of departments at most."));
    let other = add(&app, &hr, "Other", "");
    add(&app, &hr, "Other's team", &other);
    let move_to = |parent: &str| hr.post(&format!("/hr/departments/{other}"), &[("name", "Other"), ("parent", parent)]);
    assert_eq!(move_to(&levels[8]).status, 422, "the team would lie on the eleventh level");
    assert_eq!(move_to(&levels[7]).status, 303);
}

#[test]
fn two_moves_at_once_never_make_a_circle() {
    let (app, hr) = with_hr();
    let other = app.register_as("hr2@example.com", "hr");
    for round in 0..8 {
        let left = add(&app, &hr, &format!("Left {round}"), "");
        let right = add(&app, &hr, &format!("Right {round}"), "");
        let pairs = [(&left, "Left", &right), (&right, "Right", &left)];
        let statuses = at_once(&[&hr, &other], |index, browser| {
            let (moved, name, under) = pairs[index];
            let fields = [("name", &*format!("{name} {round}")), ("parent", under.as_str())];
            browser.post(&format!("/hr/departments/{moved}"), &fields).status
        });
        assert!(statuses == [303, 422] || statuses == [422, 303], "{statuses:?}");
    }
    assert_eq!(listed(&hr.get("/hr/departments").body).len(), 16, "everything hangs on the tree");
}

#[test]
fn a_manager_sees_their_own_part_of_the_tree_and_no_form() {
    let (app, hr) = with_hr();
    let sales = add(&app, &hr, "Sales", "");
    let north = add(&app, &hr, "North", &sales);
    let city = add(&app, &hr, "City", &north);
    let south = add(&app, &hr, "South", &sales);
    let manager = app.register_as("manager@example.com", "manager");
    let page = manager.get("/hr/departments");
    assert!(visible(&page.body).contains("HR has not assigned you to a department yet."));
    app.execute(&format!("UPDATE users SET department_id = {north} WHERE email = 'manager@example.com'"));
    let page = manager.get("/hr/departments");
    assert_eq!((page.status, listed(&page.body)), (200, vec!["North", "City"]));
    assert!(page.body.contains("data-depth=\"0\""), "set in from the manager's own department");
    assert!(!page.body.contains("action=\"/hr/departments") && !page.body.contains("/edit"));
    assert!(!page.body.contains("Sales") && !page.body.contains("South"));
    for (department, status) in [(&north, 200), (&city, 200), (&sales, 404), (&south, 404)] {
        assert_eq!(manager.get(&format!("/hr/departments/{department}")).status, status, "{department}");
    }
    assert!(!manager.get(&format!("/hr/departments/{city}")).body.contains("Sales"), "nothing above their own");
    for path in [format!("/hr/departments/{city}"), format!("/hr/departments/{city}/delete")] {
        assert_eq!(manager.post(&path, &[("name", "Mine"), ("parent", "")]).status, 403);
    }
}

#[test]
fn only_an_empty_department_is_deleted() {
    let (app, hr) = with_hr();
    let sales = add(&app, &hr, "Sales", "");
    let north = add(&app, &hr, "North", &sales);
    put_people(&app, &north, 1);
    for department in [&sales, &north] {
        let refused = hr.post(&format!("/hr/departments/{department}/delete"), &[]);
        assert_eq!(refused.status, 422);
        assert!(visible(&refused.body).contains("This department has people or departments in it."));
        let form = hr.get(&format!("/hr/departments/{department}/edit")).body;
        assert!(!form.contains("/delete\""), "the button is not there");
    }
    app.execute(&format!("UPDATE users SET department_id = NULL WHERE department_id = {north}"));
    assert_eq!(hr.post(&format!("/hr/departments/{north}/delete"), &[]).status, 303);
    assert_eq!(hr.post(&format!("/hr/departments/{sales}/delete"), &[]).status, 303);
    assert_eq!(app.number("SELECT count(*) FROM departments"), 0);
}

#[test]
fn check_ups_of_a_deleted_department_count_above_it_while_the_period_is_open() {
    let (app, hr) = with_hr();
    let sales = add(&app, &hr, "Sales", "");
    let north = add(&app, &hr, "North", &sales);
    let ada = app.register_and_agree("ada@example.com");
    app.execute(&format!(
        "UPDATE users SET department_id = {north}, confirmed_at = now() WHERE email = 'ada@example.com'"
    ));
    ada.submit_all(3, "past");
    app.execute(
        "UPDATE periods SET state = 'closed', closed_at = now(), starts_on = '2020-01-01', ends_on = '2020-01-31'",
    );
    app.advance(TimeDelta::minutes(1));
    ada.submit_all(3, "now");
    app.execute("UPDATE users SET department_id = NULL WHERE email = 'ada@example.com'");
    assert_eq!(hr.post(&format!("/hr/departments/{north}/delete"), &[]).status, 303);
    let of = |state: &str| {
        app.text(&format!(
            "SELECT string_agg(a.department_id::text, ',') FROM assessments a JOIN periods p ON p.id = period_id
             WHERE p.state = '{state}'"
        ))
    };
    assert_eq!((of("closed"), of("open")), (north, sales));
    assert_eq!(ada.get("/history").status, 200);
}

#[test]
fn a_company_of_many_departments_is_one_page() {
    let (app, hr) = with_hr();
    app.execute("INSERT INTO departments (name) SELECT 'Department ' || n FROM generate_series(1, 25) n");
    app.execute(
        "INSERT INTO departments (name, parent_id) SELECT 'Team ' || n, d.id FROM departments d, generate_series(1, 9) n",
    );
    let page = hr.get("/hr/departments");
    assert_eq!((page.status, listed(&page.body).len()), (200, 250));
    assert!(page.body.len() < 300_000, "{}", page.body.len());
}

//! `/assessments/{id}`: the texts, whether a change exceeds measurement error, help
//! first.

use crate::{
    steps::{answers, app_at, between, set_clock, sign_in, values},
    support::{Answer, TestApp},
};
use std::collections::HashSet;

const EMAIL: &str = "ada@example.com";
const HELP: &str = "id=\"help-first\"";

/// Submits and opens the result.
fn result_of(app: &TestApp, moment: &str, given: &[i32]) -> Answer {
    set_clock(app, moment);
    let ada = sign_in(app, EMAIL);
    let made = ada.submit(given, moment);
    assert_eq!(made.status, 303, "{}", made.body);
    ada.get(made.location())
}

/// How each dimension and then the total changed.
fn changes(page: &Answer) -> Vec<String> {
    between(&page.body, "class=\"change\" data-change=\"", ">")
        .into_iter()
        .map(|found| found.replace("\" data-direction=\"", " ").replace('"', ""))
        .collect()
}

#[test]
fn the_result_says_every_value_for_people_and_machines() {
    let app = app_at("2026-03-10T10:00:00Z");
    app.register_and_agree(EMAIL);
    let seed_example = [vec![4; 8], vec![3], vec![4; 5], vec![4; 5], vec![3]].concat(); // 35, 20, 23
    let page = result_of(&app, "2026-03-10T10:00:00Z", &seed_example);
    let found = values(&page.body);
    for value in ["burnout", "78", "high", "35", "20", "23"] {
        assert!(found.contains(&value), "{value} in {found:?}");
    }
    assert!(page.body.contains("<time datetime=\"2026-03-10T10:00\">10 March 2026</time>"));
    assert!(page.body.contains("not a diagnosis") && page.body.contains("provisional"));
    assert!(page.body.contains("first check-up") && changes(&page).is_empty());
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(
        between(&page.body, "<svg class=\"meter\" role=\"img\" aria-label=\"", "\"").len(),
        3,
        "each picture has words"
    );
}

#[test]
fn help_comes_first_when_something_is_high_and_only_then() {
    let app = app_at("2026-03-10T10:00:00Z");
    app.register_and_agree(EMAIL);
    let cases = [
        ("2026-01-10T10:00:00Z", answers(1, 1, 1), false),
        ("2026-02-10T10:00:00Z", answers(3, 3, 3), false), // 60: medium everywhere
        ("2026-03-10T10:00:00Z", answers(5, 5, 5), true),
        ("2026-04-10T10:00:00Z", answers(4, 1, 1), true), // a low total with one high dimension
        ("2026-05-10T10:00:00Z", answers(1, 1, 4), true),
    ];
    for (moment, given, help) in cases {
        let page = result_of(&app, moment, &given);
        assert_eq!(page.body.contains(HELP), help, "{given:?}");
        if let Some(panel) = page.body.find(HELP) {
            assert!(panel < page.body.find("class=\"dimensions\"").unwrap(), "before anything else");
        }
        let dashboard = sign_in(&app, EMAIL).get("/dashboard");
        assert_eq!(dashboard.body.contains(HELP), help, "{given:?}");
    }
}

#[test]
fn a_change_is_within_error_then_real_then_sustained() {
    let app = app_at("2026-01-10T10:00:00Z");
    app.register_and_agree(EMAIL);
    let mut a_little_more = answers(2, 2, 2);
    a_little_more[0] = 3;
    let within = ["within", "within", "within", "within"];
    assert!(changes(&result_of(&app, "2026-01-10T10:00:00Z", &answers(2, 2, 2))).is_empty());
    assert_eq!(changes(&result_of(&app, "2026-02-10T10:00:00Z", &a_little_more)), within);
    let page = result_of(&app, "2026-03-10T10:00:00Z", &answers(4, 4, 4));
    assert_eq!(changes(&page), ["real up"; 4]);
    assert!(page.body.contains("10 February 2026"), "says what it is compared with");
    assert_eq!(changes(&result_of(&app, "2026-04-10T10:00:00Z", &answers(4, 4, 4))), ["sustained up"; 4]);
    assert_eq!(changes(&result_of(&app, "2026-05-10T10:00:00Z", &answers(4, 4, 4))), within);
    assert_eq!(
        changes(&result_of(&app, "2026-06-10T10:00:00Z", &answers(4, 1, 4))),
        ["within", "real down", "within", "real down"]
    );
}

#[test]
fn within_the_error_no_page_says_better_or_worse() {
    let app = app_at("2026-01-10T10:00:00Z");
    app.register_and_agree(EMAIL);
    result_of(&app, "2026-01-10T10:00:00Z", &answers(3, 3, 3));
    let mut less = answers(3, 3, 3);
    less[0] = 2;
    let page = result_of(&app, "2026-02-10T10:00:00Z", &less);
    for word in ["improved", "better", "worse", "higher than", "lower than"] {
        assert!(!page.body.contains(word), "{word}");
    }
}

#[test]
fn an_older_result_is_compared_with_what_came_before_it() {
    let app = app_at("2026-01-10T10:00:00Z");
    app.register_and_agree(EMAIL);
    result_of(&app, "2026-01-10T10:00:00Z", &answers(2, 2, 2));
    result_of(&app, "2026-02-10T10:00:00Z", &answers(4, 4, 4));
    result_of(&app, "2026-03-10T10:00:00Z", &answers(1, 1, 1));
    let id = app.number("SELECT number FROM assessments ORDER BY id OFFSET 1 LIMIT 1");
    let page = sign_in(&app, EMAIL).get(&format!("/assessments/{id}"));
    assert_eq!(changes(&page), ["real up"; 4]);
    assert!(page.body.contains("10 January 2026") && !page.body.contains("10 March 2026"));
}

#[test]
fn nobody_elses_result_exists() {
    let app = TestApp::spawn();
    let ada = app.register_and_agree(EMAIL);
    let place = ada.submit_all(4, "key").location().to_owned();
    let bob = app.register_and_agree("bob@example.com");
    let paths = [
        place.as_str(),
        "/assessments/999999",
        "/assessments/0",
        "/assessments/99999999999999999999",
        "/assessments/x",
    ];
    let pages: HashSet<_> =
        paths.iter().map(|path| (bob.get(path).status, bob.get(path).body.replace(path, ""))).collect();
    assert_eq!(pages.iter().map(|(status, _)| *status).collect::<HashSet<_>>(), HashSet::from([404]));
    assert_eq!(pages.len(), 1, "somebody's and nobody's look the same");
    assert_eq!(app.browser().get(&place).status, 303, "signed out: to the sign-in");
}

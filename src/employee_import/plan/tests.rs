//! What a file would change, by examples.

use crate::urls;

use super::*;

fn company() -> Company {
    let department = |id: i64, parent: Option<i64>, name: &str, path: &str| Department {
        id: DepartmentId(id),
        parent: parent.map(DepartmentId),
        name: name.to_owned(),
        depth: path.split('/').count(),
        path: path.to_owned(),
    };
    let known = |id: i64, confirmed: bool, verified: bool| Known {
        id: UserId(id),
        name: format!("Person {id}"),
        position: "Clerk".to_owned(),
        department: confirmed.then_some(DepartmentId(1)),
        manager: None,
        language: None,
        confirmed,
        verified,
    };
    let mut people: HashMap<String, Known> = [
        ("one@x.org", known(1, true, true)),
        ("two@x.org", known(2, true, false)),
        ("claims@x.org", known(3, false, false)),
        ("proved@x.org", known(4, false, true)),
    ]
    .map(|(email, known)| (email.to_owned(), known))
    .into();
    people.get_mut("two@x.org").unwrap().manager = Some(UserId(1));
    Company {
        departments: vec![department(1, None, "Sales", "Sales"), department(2, Some(1), "North", "Sales / North")],
        people,
        managers: HashMap::from([(UserId(2), UserId(1))]),
    }
}

/// Rows of `email,name,department,manager`; a dash is an empty cell.
fn rows(lines: &[&str]) -> Vec<Row> {
    let row = |(index, line): (usize, &&str)| {
        let cell = |place: usize| line.split(',').nth(place).filter(|cell| *cell != "-").map(str::to_owned);
        Row {
            line: index as u64 + 2,
            email: cell(0),
            name: cell(1),
            department: cell(2),
            manager: cell(3),
            ..Row::default()
        }
    };
    lines.iter().enumerate().map(row).collect()
}

fn outcome(line: &str) -> (Outcome, Place) {
    let plan = plan(&rows(&[line]), &company());
    assert_eq!(plan.problems, [], "{line}");
    (plan.rows[0].outcome, plan.rows[0].place)
}

#[test]
fn a_row_makes_changes_or_leaves_somebody() {
    for (line, expected) in [
        ("new@x.org,New", (Outcome::New, Place::Keep)),
        ("NEW@x.org,New,sales / NORTH", (Outcome::New, Place::There(DepartmentId(2)))),
        ("new@x.org,New,Sales/North", (Outcome::New, Place::There(DepartmentId(2)))),
        ("new@x.org,New,Care / Day,one@x.org", (Outcome::New, Place::New(1))),
        ("one@x.org,Person 1,Sales", (Outcome::Unchanged, Place::There(DepartmentId(1)))),
        ("one@x.org,-,-", (Outcome::Unchanged, Place::Keep)),
        ("one@x.org,Another", (Outcome::Changed, Place::Keep)),
        ("one@x.org,-,Sales / North", (Outcome::Changed, Place::There(DepartmentId(2)))),
        ("two@x.org,-,-,one@x.org", (Outcome::Unchanged, Place::Keep)),
        ("two@x.org,-,-,proved@x.org", (Outcome::Changed, Place::Keep)),
        ("claims@x.org,Another", (Outcome::Waits, Place::Keep)),
        ("proved@x.org,-", (Outcome::Changed, Place::Keep)),
    ] {
        assert_eq!(outcome(line), expected, "{line}");
    }
    let confirms = |line: &str| plan(&rows(&[line]), &company()).rows[0].confirms;
    assert!(confirms("proved@x.org,-") && !confirms("claims@x.org,-") && !confirms("one@x.org,Another"));
}

#[test]
fn every_problem_is_told_with_its_line() {
    let long = "x".repeat(256);
    let deep = "a/b/c/d/e/f/g/h/i/j/k";
    for (lines, expected) in [
        (vec!["-,Nobody"], vec![(2, Wrong::NoAddress)]),
        (vec!["nonsense,Nobody"], vec![(2, Wrong::BadAddress)]),
        (vec!["аda@x.org,A", "ada@хa.org,B"], vec![(2, Wrong::ForeignLetters), (3, Wrong::MixedAddress)]),
        (vec!["a@x.org,A", "A@x.org,B"], vec![(3, Wrong::AddressTwice)]),
        (vec!["a@x.org,-"], vec![(2, Wrong::NoName)]),
        (vec![&*format!("a@x.org,{long}")], vec![(2, Wrong::TooLong)]),
        (
            vec![&*format!("a@x.org,A,{deep}"), "b@x.org,B,Sales / / North"],
            vec![(2, Wrong::BadDepartment), (3, Wrong::BadDepartment)],
        ),
        (vec!["a@x.org,A,-,nonsense"], vec![(2, Wrong::BadManager)]),
        (vec!["a@x.org,A,-,b@x.org"], vec![(2, Wrong::UnknownManager)]),
        (vec!["a@x.org,A,-,A@X.org"], vec![(2, Wrong::OwnManager)]),
        (
            vec!["a@x.org,A,-,b@x.org", "b@x.org,B,-,a@x.org", "c@x.org,C,-,a@x.org"],
            vec![(2, Wrong::ManagerCycle), (3, Wrong::ManagerCycle)],
        ),
        (vec!["one@x.org,-,-,two@x.org"], vec![(2, Wrong::ManagerCycle)]),
        (
            vec!["one@x.org,-,-,a@x.org", "a@x.org,A,-,two@x.org"],
            vec![(2, Wrong::ManagerCycle), (3, Wrong::ManagerCycle)],
        ),
        (vec!["one@x.org,-,-,two@x.org", "two@x.org,-,-,a@x.org", "a@x.org,A"], vec![]),
        (vec!["-,X", "a@x.org,-,-,nonsense"], vec![(2, Wrong::NoAddress), (3, Wrong::NoName), (3, Wrong::BadManager)]),
    ] {
        let found = plan(&rows(&lines), &company()).problems;
        assert_eq!(
            found.iter().map(|problem| (problem.line, problem.wrong)).collect::<Vec<_>>(),
            expected,
            "{lines:?}"
        );
    }
}

#[test]
fn a_department_is_made_once_with_its_parents_first() {
    let plan = plan(
        &rows(&["a@x.org,A,Care / Day", "b@x.org,B,care/DAY", "c@x.org,C,Care / Night", "d@x.org,D,Sales / South"]),
        &company(),
    );
    let made: Vec<_> = plan.new_departments.iter().map(|names| names.join(urls::LANDING)).collect();
    assert_eq!(made, ["Care", "Care/Day", "Care/Night", "Sales/South"]);
    assert_eq!(
        plan.rows.iter().map(|row| row.place).collect::<Vec<_>>(),
        [Place::New(1), Place::New(1), Place::New(2), Place::New(3)]
    );
}

#[test]
fn one_department_is_one_in_every_spelling_and_a_look_alike_is_told() {
    let lines = [
        "a@x.org,A,Ремонтний відділ",
        "b@x.org,B,РЕМОНТНИИ\u{306}\u{a0} ВІДДІЛ",
        "c@x.org,C,Pемонтний відділ",
        "d@x.org,D,Sаles",
        "e@x.org,Bоb,sales",
    ];
    let plan = plan(&rows(&lines), &company());
    let made: Vec<_> = plan.new_departments.iter().map(|names| names.join(urls::LANDING)).collect();
    assert_eq!(made, ["Ремонтний відділ", "Pемонтний відділ", "Sаles"]);
    let told: Vec<_> = plan.warnings.iter().map(|warning| (warning.line, warning.doubt)).collect();
    let expected = [
        (4, Doubt::MixedDepartment),
        (4, Doubt::LooksLikeDepartment),
        (5, Doubt::MixedDepartment),
        (5, Doubt::LooksLikeDepartment),
        (6, Doubt::MixedName),
    ];
    assert_eq!(told, expected);
    assert_eq!(plan.problems, []);
}

#[test]
fn a_language_is_for_those_who_chose_none() {
    let row = |text: &str| Row { language: Some(text.to_owned()), ..rows(&["one@x.org"])[0].clone() };
    let mut company = company();
    for (text, expected) in [("uk", Some(Language::Uk)), ("Українська", Some(Language::Uk)), ("RU", Some(Language::Ru))]
    {
        let plan = plan(&[row(text)], &company);
        assert_eq!((plan.rows[0].language, plan.rows[0].outcome), (expected, Outcome::Changed), "{text}");
    }
    assert_eq!(plan(&[row("elvish")], &company).problems, [Problem { line: 2, wrong: Wrong::BadLanguage }]);
    company.people.get_mut("one@x.org").unwrap().language = Some(Language::En);
    assert_eq!(plan(&[row("uk")], &company).rows[0].outcome, Outcome::Unchanged);
}

#[test]
fn long_chains_are_walked_once() {
    let chain: Vec<String> = (0..20_000).map(|n| format!("p{n}@x.org,P,-,p{}@x.org", n + 1)).collect();
    let mut lines: Vec<&str> = chain.iter().map(String::as_str).collect();
    lines.push("p20000@x.org,P");
    assert_eq!(plan(&rows(&lines), &company()).problems, []);
}

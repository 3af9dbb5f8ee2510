//! HR's list of employees: finding, confirming, moving, adding, inviting.

use crate::{
    letters::{take_letter, take_letters},
    steps::{between, values, visible},
    support::{Answer, Browser, PASSWORD, TestApp},
};
use chrono::TimeDelta;

/// HR, and departments Sales / North and Care.
fn company() -> (TestApp, Browser) {
    let app = TestApp::spawn();
    let hr = app.register_as("hr@example.com", "hr");
    app.execute(
        "UPDATE users SET name = 'Hanna Resource';
         INSERT INTO departments (name) VALUES ('Sales'), ('Care');
         INSERT INTO departments (name, parent_id) SELECT 'North', id FROM departments WHERE name = 'Sales'",
    );
    (app, hr)
}

fn department(app: &TestApp, name: &str) -> String {
    app.number(&format!("SELECT id FROM departments WHERE name = '{name}'")).to_string()
}

/// A confirmed person who never signed in.
fn person(app: &TestApp, name: &str, email: &str, department: &str) -> i64 {
    app.execute(&format!(
        "INSERT INTO users (name, email, position, confirmed_at, joined_on, department_id)
         SELECT '{name}', '{email}', 'Clerk', now(), '2026-01-05', id FROM departments WHERE name = '{department}'"
    ));
    id(app, email)
}

fn id(app: &TestApp, email: &str) -> i64 {
    app.number(&format!("SELECT id FROM users WHERE email = '{email}'"))
}

/// Names on the list, in its order.
fn names(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", answer.body);
    between(&answer.body, "<th scope=\"row\"><a href=\"/hr/employees/", "</a>")
        .iter()
        .map(|link| link.split_once('>').unwrap().1.to_owned())
        .collect()
}

fn audited(app: &TestApp, event: &str) -> i64 {
    app.number(&format!("SELECT count(*) FROM audit_events WHERE event = '{event}'"))
}

#[test]
fn people_are_found_by_the_beginning_of_any_word_of_their_name_or_address() {
    let (app, hr) = company();
    person(&app, "Ада Лавлейс-Кінг", "ada.king@mail.example", "North");
    person(&app, "Bob O''Neil", "bob+x@mail.example", "Care");
    let find = |q: &str| names(&hr.post("/hr/employees", &[("q", q)]));
    for q in ["ада", "ЛАВ", "кінг ада", "ada.king@mail", "king", "лавлейс-кінг"] {
        assert_eq!(find(q), ["Ада Лавлейс-Кінг"], "{q}");
    }
    for q in ["neil", "O'Neil", "bob+x@mail.example", "bob mail"] {
        assert_eq!(find(q).len(), 1, "{q}");
    }
    assert_eq!(find("mail").len(), 2);
    for q in ["ada bob", "dа", "nobody", "% _"] {
        assert!(find(q).len() != 1, "{q}");
    }
    let shown = hr.post("/hr/employees", &[("q", "<ada> \"x\"")]);
    assert!(shown.body.contains("value=\"&#60;ada&#62; &#34;x&#34;\"") && !shown.body.contains("<ada>"));
}

#[test]
fn people_are_found_however_their_names_are_typed() {
    let (app, hr) = company();
    for (name, email) in [
        ("Мар’яна Ткаченко", "m@x.example"),
        ("Ігор Ёлкин", "i@x.example"),
        ("Йосип Ґалаґан", "y@x.example"),
        ("Zoë Łukasiewicz", "z@x.example"),
        ("Стара И\u{306}осипівна", "old@x.example"), // stored before text was composed
    ] {
        person(&app, name, email, "Care");
    }
    let find = |q: &str| names(&hr.post("/hr/employees", &[("q", q)]));
    for q in ["Мар'яна", "мар’яна", "Марʼяна", "мар`яна", "Мар´яна", "маряна", "МАР'ЯН", "яна"]
    {
        assert_eq!(find(q), ["Мар’яна Ткаченко"], "{q}");
    }
    for q in ["Елкин", "ёлкин", "е\u{308}лк"] {
        assert_eq!(find(q), ["Ігор Ёлкин"], "{q}");
    }
    for q in ["Йосип Г", "и\u{306}осип ґ", "галаган", "ҐАЛАҐАН"] {
        assert_eq!(find(q), ["Йосип Ґалаґан"], "{q}");
    }
    for q in ["zoe", "Zoë", "lukas", "Łukas\u{200b}iewicz"] {
        assert_eq!(find(q), ["Zoë Łukasiewicz"], "{q}");
    }
    assert_eq!(find("йосипівна").len(), 1);
    assert!(find("иосип").is_empty(), "another letter");
}

#[test]
fn the_list_stands_in_the_order_of_the_alphabet() {
    let (app, hr) = company();
    let icu = app.number("SELECT count(*) FROM pg_collation WHERE collname = 'und-x-icu'") > 0;
    for (place, name) in ["Яна", "Ґанна", "ольга", "Єва", "Ганна", "Іван", "Дана"].into_iter().enumerate()
    {
        person(&app, name, &format!("p{place}@x.example"), "Care");
    }
    let care = department(&app, "Care");
    let listed = names(&hr.get(&format!("/hr/employees?department={care}")));
    assert!(!icu || listed == ["Ганна", "Ґанна", "Дана", "Єва", "Іван", "ольга", "Яна"], "{listed:?}");
}

#[test]
fn the_list_is_filtered_by_department_with_everything_below_and_by_state() {
    let (app, hr) = company();
    person(&app, "Ada", "ada@example.com", "North");
    person(&app, "Bob", "bob@example.com", "Sales");
    person(&app, "Cid", "cid@example.com", "Care");
    app.register("dan@example.com");
    let shown = |query: &str| names(&hr.get(&format!("/hr/employees?{query}")));
    assert_eq!(shown(""), ["Ada", "Bob", "Cid", "Hanna Resource", "Test Person"]);
    assert_eq!(shown(&format!("department={}", department(&app, "Sales"))), ["Ada", "Bob"]);
    assert_eq!(shown(&format!("department={}", department(&app, "North"))), ["Ada"]);
    assert_eq!(shown("state=invited"), ["Ada", "Bob", "Cid"]);
    assert_eq!(shown("state=waiting"), ["Test Person"]);
    assert_eq!(shown("state=active"), ["Hanna Resource"]);
    assert_eq!(shown(&format!("state=invited&department={}", department(&app, "Care"))), ["Cid"]);
    let page = hr.get("/hr/employees?state=waiting");
    assert!(page.body.contains("1 person registered and waits") && values(&page.body).contains(&"waiting"));
}

#[test]
fn long_lists_come_in_pages_that_show_everybody_once() {
    let (app, hr) = company();
    app.execute(
        "INSERT INTO users (name, email, confirmed_at, joined_on)
         SELECT 'Person ' || lpad((n / 2)::text, 3, '0'), 'p' || n || '@example.com', now(), '2026-01-05'
         FROM generate_series(1, 120) n",
    );
    let (mut seen, mut after, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let page = hr.post("/hr/employees", &[("q", "person"), ("after", &after)]);
        seen.extend(between(&page.body, "<small>", "</small>").iter().map(|text| (*text).to_owned()));
        pages += 1;
        let Some(last) = between(&page.body, "name=\"after\" value=\"", "\"").into_iter().rfind(|id| !id.is_empty())
        else {
            break;
        };
        after = last.to_owned();
    }
    assert_eq!((pages, seen.len()), (3, 120));
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 120);
}

#[test]
fn hr_sees_who_somebody_is_and_nothing_of_how_they_are() {
    let (app, hr) = company();
    let ada = app.register_and_agree("ada@example.com");
    let page = format!("/hr/employees/{}", id(&app, "ada@example.com"));
    hr.get("/dashboard"); // says welcome once
    let before = (hr.get(&page).body, hr.get("/hr/employees").body);
    assert!(visible(&before.0).contains("ada@example.com"));
    ada.submit_all(5, "key");
    ada.post("/pulse", &[("burnout", "91"), ("stress", "92"), ("productivity", "93")]);
    assert!((hr.get(&page).body, hr.get("/hr/employees").body) == before, "not even whether");
}

#[test]
fn somebody_is_confirmed_only_after_their_address_is_verified() {
    let (app, hr) = company();
    let ada = app.browser();
    let fields = [("email", "ada@example.com"), ("password", PASSWORD), ("name", "Ada"), ("department", "north")];
    assert_eq!(ada.post("/register", &fields).status, 303);
    let link = take_letter(&app).link(&app);
    ada.post("/assessments/consent", &[]);
    ada.submit_all(3, "early");
    let (page, north, care) =
        (format!("/hr/employees/{}", id(&app, "ada@example.com")), department(&app, "North"), department(&app, "Care"));
    let shown = hr.get(&page);
    assert!(shown.body.contains("Address not verified") && shown.body.contains("somebody else could be behind"));
    assert!(shown.body.contains(&format!("<option value=\"{north}\" selected>Sales / North</option>")), "the claim");
    let refused = hr.post(&format!("{page}/confirm"), &[("department", &care)]);
    assert_eq!(refused.status, 422);
    assert!(visible(&refused.body).contains("the address is not verified"));
    assert!(refused.body.contains(&format!("<option value=\"{care}\" selected>")), "the choice is kept");
    assert!(refused.body.contains(&format!("name=\"return_to\" value=\"{page}\"")));
    assert_eq!(
        (app.number("SELECT count(*) FROM users WHERE confirmed_at IS NULL"), audited(&app, "employee_confirmed")),
        (1, 0)
    );
    ada.post(&link, &[]);
    let gone = hr.post(&format!("{page}/confirm"), &[("department", "987654321")]);
    assert!(gone.status == 422 && gone.body.contains("This department is gone"));
    for _ in 0..2 {
        assert_eq!(hr.post(&format!("{page}/confirm"), &[("department", &north)]).location(), page);
    }
    assert_eq!(app.number("SELECT department_id FROM users WHERE email = 'ada@example.com'").to_string(), north);
    assert_eq!(
        app.number("SELECT department_id FROM assessments WHERE counts").to_string(),
        north,
        "no longer a claim"
    );
    assert_eq!(audited(&app, "employee_confirmed"), 1, "once");
}

#[test]
fn confirming_touches_no_period_that_is_closed_and_no_row_that_does_not_count() {
    let (app, hr) = company();
    let ada = app.register_and_agree("ada@example.com");
    ada.submit_all(3, "first");
    app.advance(TimeDelta::minutes(1));
    ada.submit_all(3, "second");
    app.execute(
        "INSERT INTO periods (kind, state, starts_on, ends_on, closed_at) VALUES ('month', 'closed', '2020-01-01', '2020-01-31', now());
         INSERT INTO assessments (user_id, period_id, instrument_version_id, made_at, subscale_scores, answers, counts)
             SELECT user_id, (SELECT id FROM periods WHERE state = 'closed'), instrument_version_id, made_at, subscale_scores, answers, true
             FROM assessments WHERE counts;
         UPDATE users SET email_verified_at = now()",
    );
    let page = format!("/hr/employees/{}/confirm", id(&app, "ada@example.com"));
    assert_eq!(hr.post(&page, &[("department", &department(&app, "Care"))]).status, 303);
    let placed = "SELECT string_agg(p.state || ':' || counts || ':' || (department_id IS NOT NULL), ' ' ORDER BY a.id)
        FROM assessments a JOIN periods p ON p.id = period_id";
    assert_eq!(app.text(placed), "open:false:false open:true:true closed:true:false");
}

#[test]
fn a_transfer_changes_the_place_and_leaves_what_was_counted() {
    let (app, hr) = company();
    let ada = app.register_as("ada@example.com", "employee");
    let (care, north) = (department(&app, "Care"), department(&app, "North"));
    app.execute(&format!("UPDATE users SET department_id = {care} WHERE email = 'ada@example.com'"));
    ada.post("/assessments/consent", &[]);
    ada.submit_all(3, "before");
    let page = format!("/hr/employees/{}", id(&app, "ada@example.com"));
    let to = [("position", "Lead"), ("department", &*north), ("manager_email", " HR@example.com ")];
    assert_eq!(hr.post(&format!("{page}/transfer"), &to).location(), page);
    assert_eq!(app.number("SELECT department_id FROM assessments").to_string(), care);
    let shown = hr.get(&page);
    assert!(visible(&shown.body).contains("Sales / North") && visible(&shown.body).contains("Hanna Resource"));
    assert_eq!((audited(&app, "employee_transferred"), audited(&app, "employee_changed")), (1, 0));
    app.advance(TimeDelta::minutes(1));
    ada.submit_all(3, "after");
    assert_eq!(app.number("SELECT department_id FROM assessments WHERE counts").to_string(), north);
    hr.post(&format!("{page}/transfer"), &[("position", "Head"), ("department", &north)]);
    assert_eq!((audited(&app, "employee_transferred"), audited(&app, "employee_changed")), (1, 1));
    assert_eq!(app.number("SELECT count(*) FROM users WHERE manager_id IS NOT NULL"), 0);
}

#[test]
fn nobody_reports_to_themselves_or_to_a_stranger() {
    let (app, hr) = company();
    let (ada, bob) = (person(&app, "Ada", "ada@example.com", "Care"), person(&app, "Bob", "bob@example.com", "Care"));
    let cid = person(&app, "Cid", "cid@example.com", "Care");
    let report = |who: i64, to: &str| hr.post(&format!("/hr/employees/{who}/transfer"), &[("manager_email", to)]);
    assert_eq!(report(ada, "bob@example.com").status, 303);
    assert_eq!(report(bob, "cid@example.com").status, 303);
    for (who, to, why) in [
        (cid, "ada@example.com", "report to themselves"),
        (cid, "cid@example.com", "report to themselves"),
        (cid, "nobody@example.com", "Nobody here has this address"),
        (cid, "not an address", "does not look like"),
    ] {
        let refused = report(who, to);
        assert!(refused.status == 422 && refused.body.contains(why), "{to}: {}", refused.body);
        assert!(refused.body.contains(to), "what was typed is kept");
    }
    assert_eq!(app.number(&format!("SELECT count(*) FROM users WHERE manager_id IS NOT NULL AND id <> {cid}")), 2);
}

#[test]
fn somebody_added_is_invited_chooses_a_password_and_is_verified_by_it() {
    let (app, hr) = company();
    let fields = [
        ("name", "Ada Byron"),
        ("email", "Ada@example.com"),
        ("position", "Analyst"),
        ("department", &*department(&app, "North")),
        ("manager_email", "hr@example.com"),
        ("invite", "yes"),
    ];
    let added = hr.post("/hr/employees/new", &fields);
    let page = added.location().to_owned();
    assert_eq!((added.status, &*page), (303, &*format!("/hr/employees/{}", id(&app, "ada@example.com"))));
    assert_eq!(audited(&app, "employee_added"), 1);
    let letter = take_letter(&app);
    assert_eq!(letter.to, "ada@example.com");
    let (link, ada) = (letter.link(&app), app.browser());
    assert!(hr.get(&page).body.contains("Last invited"));
    assert_eq!(ada.post(&link, &[("password", PASSWORD)]).status, 303);
    assert_eq!(app.number("SELECT count(*) FROM users WHERE email_verified_at IS NOT NULL"), 2);
    take_letters(&app, 0); // a first password needs no warning
    assert_eq!(ada.post("/login", &[("email", "ada@example.com"), ("password", PASSWORD)]).location(), "/dashboard");
    assert_eq!(ada.post(&link, &[("password", "another-quiet-lantern")]).status, 404, "once");
    assert_eq!(hr.post(&format!("{page}/invite"), &[]).status, 404, "there is nothing left to invite to");
    let taken = hr.post("/hr/employees/new", &fields);
    assert!(taken.status == 422 && taken.body.contains("has this address already") && taken.body.contains("Analyst"));
}

#[test]
fn an_invitation_works_for_a_week_and_can_be_sent_again_in_the_language_of_who_sends_it() {
    let (app, hr) = company();
    app.execute("UPDATE users SET language = 'uk'");
    let page = format!("/hr/employees/{}", person(&app, "Ada", "ada@example.com", "Care"));
    for _ in 0..2 {
        assert_eq!(hr.post(&format!("{page}/invite"), &[]).status, 303);
    }
    let letter = take_letter(&app); // a double click sends one
    assert!(letter.text.contains("Вітаємо!"), "{}", letter.text);
    let first = letter.link(&app);
    app.advance(TimeDelta::minutes(5));
    app.execute("UPDATE users SET language = 'ru' WHERE email = 'ada@example.com'");
    hr.post(&format!("{page}/invite"), &[]);
    let letter = take_letter(&app);
    assert!(letter.text.contains("Здравствуйте!"), "{}", letter.text);
    let second = letter.link(&app);
    app.advance(TimeDelta::days(7) - TimeDelta::minutes(1));
    assert_eq!((app.browser().get(&first).status, app.browser().get(&second).status), (404, 200));
    app.advance(TimeDelta::minutes(2));
    assert_eq!(app.browser().post(&second, &[("password", PASSWORD)]).status, 404);
    assert_eq!(audited(&app, "employee_invited"), 2);
}

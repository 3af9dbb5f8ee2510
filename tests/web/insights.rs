//! The organisation's figures: what is shown of a closed period and to whom, and that
//! only published figures are shown.

use crate::{
    company::{campaign, check_up as made_check_up, close, department, hold_noise_still, month, person},
    steps::{answers, app_at, between, set_clock, sign_in, visible},
    support::{Browser, TestApp, eventually},
};
use chrono::NaiveDate;
use std::io::{Cursor, Read as _};

/// Departments of the company with the people who answered in each.
/// `South` is too small, `Archive` has nobody.
const COMPANY: &[(&str, &str, usize)] =
    &[("Sales", "", 0), ("North", "Sales", 7), ("South", "Sales", 3), ("Support", "", 24), ("Archive", "", 0)];

/// A company with check-ups in a campaign of October 2026, not closed yet.
fn company() -> TestApp {
    let app = app_at("2026-10-05T09:00:00Z");
    hold_noise_still(&app);
    for (name, parent, _) in COMPANY {
        app.execute(&format!(
            "INSERT INTO departments (name, parent_id) VALUES ('{name}', (SELECT id FROM departments WHERE name = '{parent}'))"
        ));
    }
    let mut people = Vec::new();
    for (name, _, count) in COMPANY {
        for person in 0..*count {
            let email = format!("secret.{name}.{person}@example.com").to_lowercase();
            let browser = app.register_and_agree(&email);
            app.execute(&format!(
                "UPDATE users SET confirmed_at = created_at, name = 'Hidden Person {name} {person}',
                        department_id = (SELECT id FROM departments WHERE name = '{name}') WHERE email = '{email}'"
            ));
            people.push((browser, *name, person));
        }
    }
    open_campaign(&app, "October 2026", "2026-10-01");
    for (browser, name, person) in people {
        check_up(&browser, name, person, 0, "october");
    }
    app
}

/// A campaign of a calendar month, with everybody invited.
fn open_campaign(app: &TestApp, name: &str, first: &str) {
    app.execute(&format!(
        "INSERT INTO periods (kind, state, name, starts_on, ends_on, instrument_version_id, min_group, rhythm, opened_at)
         SELECT 'campaign', 'open', '{name}', '{first}', '{first}'::date + interval '1 month' - interval '1 day',
                min(id), 5, 'twice', '{first}' FROM instrument_versions;
         INSERT INTO invitations (period_id, user_id, department_id)
         SELECT p.id, u.id, u.department_id FROM periods p, users u WHERE p.name = '{name}' AND u.confirmed_at IS NOT NULL"
    ));
}

/// A company whose people all did check-ups in two closed campaigns; in the second
/// one everybody was more exhausted.
fn company_of_two_campaigns() -> TestApp {
    let app = closed_company();
    open_campaign(&app, "November 2026", "2026-11-01");
    for (name, _, people) in COMPANY {
        for person in 0..*people {
            let browser = sign_in(&app, &format!("secret.{name}.{person}@example.com").to_lowercase());
            check_up(&browser, name, person, 1, "november");
        }
    }
    close_at(&app, "2026-12-01T08:00:00Z");
    app
}

/// Support is exhausted, the others are not; nobody answers quite alike.
fn check_up(browser: &Browser, department: &str, person: usize, more: i32, key: &str) {
    let often = more + if department == "Support" { 3 } else { 1 };
    let mut answers = answers(often, 2, 3);
    answers[..3 * (person % 3)].fill(often + 1);
    assert_eq!(browser.submit(&answers, key).status, 303);
}

/// Moves the clock and closes what is over then, as another instance would. The
/// lock of who closes is one for every test of this run.
fn close_at(app: &TestApp, moment: &str) {
    set_clock(app, moment);
    let today: NaiveDate = moment[..10].parse().unwrap();
    eventually("the turn to close", || {
        hearth::publication::close_due(&mut app.db.connect(), 5, today, app.now()).unwrap();
        let open = app.number(&format!("SELECT count(*) FROM periods WHERE state = 'open' AND ends_on < '{today}'"));
        (open == 0).then_some(())
    });
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

fn id_of(app: &TestApp, department: &str) -> i64 {
    app.number(&format!("SELECT id FROM departments WHERE name = '{department}'"))
}

/// The names in the first column of the heat map.
fn departments(page: &str) -> Vec<String> {
    let rows = between(page, "<tr><th scope=\"row\" data-depth=\"", "</th>");
    rows.into_iter().map(|head| visible(&format!("<{head}")).trim().to_owned()).collect()
}

fn summary(page: &str) -> &str {
    between(page, "insights__summary\">", "</p>")[0]
}

/// A manager of the department.
fn manager_of(app: &TestApp, department: &str) -> Browser {
    let manager = app.register_as("manager@example.com", "manager");
    app.execute(&format!(
        "UPDATE users SET department_id = {} WHERE email = 'manager@example.com'",
        id_of(app, department)
    ));
    manager
}

/// Everything in a workbook, as its XML.
fn workbook(content: Vec<u8>) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(content)).unwrap();
    let mut all = String::new();
    for index in 0..archive.len() {
        archive.by_index(index).unwrap().read_to_string(&mut all).unwrap();
    }
    all
}

#[test]
fn a_closed_campaign_is_shown_with_the_four_looks_of_its_cells() {
    let app = closed_company();
    let hr = app.register_as("hr@example.com", "hr");
    let page = hr.get("/hr");
    assert_eq!(page.status, 200, "{}", page.body);
    let body = &page.body;
    assert!(visible(body).contains("October 2026"), "{body}");
    assert_eq!(departments(body), ["The whole company", "Archive", "Sales", "North", "South", "Support"]);
    assert_eq!(looks(row(body, "Support"))[1], "value", "{}", row(body, "Support"));
    assert!(row(body, "Support").contains("data-level=\"medium\""), "{}", row(body, "Support"));
    assert_eq!(looks(row(body, "North"))[0], "uncertain", "{}", row(body, "North"));
    assert!(looks(row(body, "South")).iter().all(|look| *look == "suppressed"));
    assert!(looks(row(body, "Archive")).iter().all(|look| *look == "empty"));
    assert!(visible(row(body, "South")).contains("Too few people"), "said to who does not see it");
    assert!(
        summary(body).contains("In the campaign “October 2026”, emotional exhaustion is clearly higher in Support ("),
        "{}",
        summary(body)
    );
    assert!(summary(body).contains("The company as a whole is at") && !summary(body).contains("since"));
}

#[test]
fn the_summary_and_the_headline_tell_a_real_change_from_chance() {
    let app = company_of_two_campaigns();
    let hr = app.register_as("hr@example.com", "hr");
    let page = hr.get("/hr").body;
    assert!(summary(&page).contains("In the campaign “November 2026”"), "{}", summary(&page));
    assert!(summary(&page).contains("probably a real rise since the campaign “October 2026”"), "{}", summary(&page));
    let figures = between(&page, "insights__figures\">", "</ul>")[0];
    let figures = between(figures, "<li class=\"stat\">", "</li>");
    assert!(
        visible(figures[0]).contains("since the campaign “October 2026”: probably a real change"),
        "{}",
        figures[0]
    );
    assert!(figures[0].contains("<strong><data value=\""), "{}", figures[0]);
    assert!(visible(figures[1]).contains("No clear change since the campaign “October 2026”"), "{}", figures[1]);
    assert!(!figures[1].contains("<strong>"), "no number for what may be chance: {}", figures[1]);
}

#[test]
fn a_department_of_the_heat_map_leads_to_its_own_picture_and_back() {
    let app = closed_company();
    let hr = app.register_as("hr@example.com", "hr");
    let company = hr.get("/hr").body;
    let link = between(row(&company, "Sales"), "<a href=\"", "\"")[0].replace("&#38;", "&");
    let sales = hr.get(&link);
    assert_eq!(sales.status, 200, "{link}");
    assert_eq!(departments(&sales.body), ["Sales", "North", "South"]);
    let up =
        between(between(&sales.body, "<ol class=\"crumbs\">", "</ol>")[0], "<a href=\"", "\"")[0].replace("&#38;", "&");
    assert_eq!(departments(&hr.get(&up).body).len(), 6, "{up}");
    let value = |page: &str, name: &str| between(row(page, name), "<data value=\"", "\"").join(" ");
    assert_eq!(value(&sales.body, "North"), value(&company, "North"));
    let north = hr.get(&format!("/hr?department={}", id_of(&app, "North"))).body;
    assert!(summary(&north).contains("In the campaign “October 2026”, North is at"), "{}", summary(&north));
    let south = hr.get(&format!("/hr?department={}", id_of(&app, "South"))).body;
    assert!(summary(&south).contains("too few people of South answered to show a figure"), "{}", summary(&south));
    assert!(!between(&south, "insights__figures\">", "</ul>")[0].contains("<data"), "a figure of three people");
}

#[test]
fn a_link_names_the_period_and_what_is_not_there_is_not_found() {
    let app = company_of_two_campaigns();
    let hr = app.register_as("hr@example.com", "hr");
    let october = app.number("SELECT id FROM periods WHERE starts_on = '2026-10-01'");
    let page = hr.get(&format!("/hr?period={october}&department="));
    assert_eq!(page.status, 200);
    assert!(page.body.contains(&format!("<option value=\"{october}\" selected>October 2026</option>")));
    assert!(summary(&page.body).contains("In the campaign “October 2026”"));
    for missing in ["period=987654321", "department=987654321", "version=987654321"] {
        assert_eq!(hr.get(&format!("/hr?{missing}")).status, 404, "{missing}");
        assert_eq!(hr.get(&format!("/hr/export.csv?{missing}")).status, 404, "{missing}");
    }
    for nonsense in ["period=x", "department=-1", "version=1e3", "period=9999999999999999999", "period=1&period=2"] {
        assert_eq!(hr.get(&format!("/hr?{nonsense}")).status, 400, "{nonsense}");
    }
}

#[test]
fn a_manager_sees_their_own_part_of_the_organisation_and_nothing_else() {
    let app = closed_company();
    let manager = manager_of(&app, "Sales");
    let page = manager.get("/hr");
    assert_eq!(departments(&page.body), ["Sales", "North", "South"]);
    for hidden in ["Support", "Archive", "whole company"] {
        assert!(!page.body.contains(hidden), "{hidden}");
    }
    for elsewhere in [0, id_of(&app, "Support"), id_of(&app, "Archive")] {
        for path in ["/hr", "/hr/export.csv", "/hr/export.xlsx"] {
            assert_eq!(manager.get(&format!("{path}?department={elsewhere}")).status, 404, "{path} {elsewhere}");
        }
    }
    let csv = manager.get("/hr/export.csv").body;
    assert!(csv.contains("Sales / North") && !csv.contains("Support") && !csv.contains("completed."), "{csv}");
    // A move in the tree is seen at once, though the page was kept.
    app.execute("UPDATE departments SET parent_id = NULL WHERE name = 'North'");
    assert_eq!(departments(&manager.get("/hr").body), ["Sales", "South"]);
    app.execute("UPDATE users SET department_id = NULL WHERE email = 'manager@example.com'");
    let nowhere = manager.get("/hr");
    assert_eq!(nowhere.status, 200);
    assert!(visible(&nowhere.body).contains("You are in no department yet"));
}

#[test]
fn what_another_instance_publishes_is_seen_at_once() {
    let app = closed_company();
    let hr = app.register_as("hr@example.com", "hr");
    assert!(summary(&hr.get("/hr").body).contains("In the campaign “October 2026”"));
    let kept = hr.get("/hr").body;
    assert_eq!(kept, hr.get("/hr").body);
    app.execute(
        "INSERT INTO periods (kind, state, name, starts_on, ends_on, instrument_version_id, min_group, rhythm, opened_at)
         SELECT 'campaign', 'open', 'November 2026', '2026-11-01', '2026-11-30', min(id), 5, 'twice', now()
         FROM instrument_versions",
    );
    close_at(&app, "2026-12-01T08:00:00Z");
    let hr = sign_in(&app, "hr@example.com");
    assert!(
        summary(&hr.get("/hr").body).contains("In the campaign “November 2026”, nobody")
            || summary(&hr.get("/hr").body).contains("In the campaign “November 2026”, too few")
    );
    // The open campaign's share of one day, too.
    app.execute(
        "INSERT INTO periods (kind, state, name, starts_on, ends_on, instrument_version_id, min_group, participation, participation_on)
         SELECT 'campaign', 'open', 'Winter', '2026-12-01', '2026-12-20', min(id), 5, 40, '2026-12-01' FROM instrument_versions",
    );
    assert!(visible(&hr.get("/hr").body).contains("About 40 % have answered, as of 1 December 2026"));
    app.execute("UPDATE periods SET participation = 45, participation_on = '2026-12-02' WHERE name = 'Winter'");
    assert!(visible(&hr.get("/hr").body).contains("About 45 % have answered, as of 2 December 2026"));
    let manager = manager_of(&app, "Sales");
    assert!(!manager.get("/hr").body.contains("Winter"), "company-wide numbers are not a manager's");
}

#[test]
fn files_hold_the_numbers_of_the_page_and_taking_one_is_audited() {
    let app = closed_company();
    app.execute("UPDATE departments SET name = '=HYPERLINK(\"http://evil.example\")' WHERE name = 'Archive'");
    app.execute(
        "INSERT INTO periods (kind, state, starts_on, ends_on) VALUES ('month', 'open', '2026-09-01', '2026-09-30')",
    );
    close_at(&app, "2026-11-01T08:30:00Z"); // with the new name in its tree
    let hr = app.register_as("hr@example.com", "hr");
    let october = app.number("SELECT id FROM periods WHERE starts_on = '2026-10-01'");
    let september = app.number("SELECT id FROM periods WHERE starts_on = '2026-09-01'");
    let page = hr.get(&format!("/hr?period={october}")).body;
    let csv = hr.get(&format!("/hr/export.csv?period={october}"));
    assert_eq!(csv.header("content-disposition"), "attachment; filename=\"hearth-campaign-2026-10-01-2026-10-31.csv\"");
    assert_eq!(csv.header("cache-control"), "no-store");
    let lines: Vec<Vec<&str>> = csv.body.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let (xlsx, headers, content) = hr.download(&format!("/hr/export.xlsx?period={october}"));
    assert_eq!((xlsx, headers["cache-control"].to_str().unwrap()), (200, "no-store"));
    let sheets = workbook(content);
    for name in ["North", "Support", "Sales"] {
        let shown = between(row(&page, name), "<data value=\"", "\"");
        let path = if name == "North" {
            "The whole company / Sales / North".to_owned()
        } else {
            format!("The whole company / {name}")
        };
        let filed: Vec<&str> = lines
            .iter()
            .filter(|line| line[3] == path && (line[4].starts_with("mean.") || line[4] == "participation"))
            .map(|line| line[6])
            .filter(|percent| !percent.is_empty())
            .collect();
        assert_eq!(filed, shown, "{name}");
        assert!(shown.iter().all(|value| sheets.contains(&format!("<v>{value}</v>"))), "{name} in the workbook");
    }
    assert!(
        lines.iter().filter(|line| line[3].ends_with("South")).all(|line| line[6].is_empty() && line[9].is_empty())
    );
    assert!(lines.iter().all(|line| line[9].is_empty() || line[9].parse::<i64>().unwrap() % 5 == 0));
    let formula = hr.get(&format!(
        "/hr/export.csv?period={september}&department={}",
        app.number("SELECT id FROM departments WHERE name LIKE '=%'")
    ));
    assert!(
        !formula.body.lines().any(|line| line.split(',').any(|cell| cell.trim_matches('"').starts_with('='))),
        "{}",
        formula.body
    );
    let (_, _, content) = hr.download(&format!("/hr/export.xlsx?period={september}"));
    let sheets = workbook(content);
    assert!(sheets.contains("=HYPERLINK(") && !sheets.contains("<f>"), "a text is never a formula");
    let audited = "SELECT count(*) FROM audit_events WHERE event = 'insights_exported' AND subject_id =";
    assert_eq!((app.number(&format!("{audited} {october}")), app.number(&format!("{audited} {september}"))), (2, 2));
}

#[test]
fn nobody_is_named_in_any_answer_in_any_language() {
    let app = company_of_two_campaigns();
    let hr = app.register_as("hr@example.com", "hr");
    let manager = manager_of(&app, "Sales");
    for (language, word) in [
        ("en", "In the campaign “November 2026”"),
        ("ru", "В кампании «November 2026»"),
        ("uk", "У кампанії «November 2026»"),
    ] {
        for reader in [&hr, &manager] {
            reader.post("/language", &[("language", language)]);
            let page = reader.get("/hr").body;
            assert!(summary(&page).contains(word), "{language}: {}", summary(&page));
            assert!(!page.contains("{$") && !summary(&page).contains("summary-"), "{language}");
            let (_, _, xlsx) = reader.download("/hr/export.xlsx");
            for answer in [page, reader.get("/hr/export.csv").body, workbook(xlsx)] {
                for secret in ["Hidden Person", "secret.", "@example.com"] {
                    assert!(!answer.contains(secret), "{secret} in {language}");
                }
            }
        }
    }
}

#[test]
fn before_anything_is_published_four_steps_lead_there() {
    let app = app_at("2026-10-05T09:00:00Z");
    let hr = app.register_as("hr@example.com", "hr");
    let page = hr.get("/hr");
    let steps = between(&page.body, "<li data-state=\"", "\"");
    assert_eq!((page.status, steps), (200, vec!["open"; 4]));
    for place in ["/hr/departments", "/hr/employees", "/hr/campaigns"] {
        assert!(page.body.contains(&format!("<h2><a href=\"{place}\">")), "{place}");
        assert_eq!(hr.get(place).status, 200, "{place}");
    }
    assert!(visible(&page.body).contains("The first ones appear on 1 November 2026"));
    app.execute("INSERT INTO departments (name) VALUES ('Sales')");
    for person in 0..4 {
        app.register_as(&format!("p{person}@example.com"), "employee");
    }
    let page = hr.get("/hr").body;
    assert_eq!(between(&page, "<li data-state=\"", "\""), ["done", "done", "open", "open"]);
    let manager = manager_of(&app, "Sales");
    assert!(visible(&manager.get("/hr").body).contains("Nothing to see yet"));
}

/// A company of 45 people in one department, a month and a campaign of whom closed.
fn month_and_campaign() -> TestApp {
    let app = app_at("2026-05-20T10:00:00Z");
    let sales = department(&app, "Sales", None);
    let people: Vec<i64> = (0..45).map(|_| person(&app, sales)).collect();
    for period in [month(&app, "2026-05-01"), campaign(&app, "2026-06-01")] {
        for (index, person) in people.iter().enumerate() {
            let value = 2 + (index % 3) as i32;
            made_check_up(&app, *person, period, [value, value, value]);
        }
        close(&app, period);
    }
    app
}

#[test]
fn the_latest_campaign_comes_first_and_a_month_tells_of_small_teams_and_the_next_campaign() {
    let app = month_and_campaign();
    let hr = app.register_as("hr@example.com", "hr");
    assert!(summary(&hr.get("/hr").body).contains("In the campaign “Campaign of 2026-06-01”"));
    let may = app.number("SELECT id FROM periods WHERE kind = 'month' AND starts_on = '2026-05-01'");
    let month = visible(&hr.get(&format!("/hr?period={may}")).body);
    assert!(
        month.contains("those parts of it with at least 40 answers. Small teams appear after campaigns."),
        "{month}"
    );
    // Closed on 20 May; 150 days later.
    assert!(month.contains("The next one for the same people may open from 17 October 2026 on."), "{month}");
    assert!(!visible(&hr.get("/hr").body).contains("Small teams appear after campaigns. The next"));
    open_campaign(&app, "Autumn", "2026-11-01");
    let month = visible(&hr.get(&format!("/hr?period={may}")).body);
    assert!(month.contains("One is under way until 30 November 2026."), "{month}");
}

#[test]
fn what_is_from_before_there_was_noise_is_marked_and_explained_in_its_place() {
    let app = month_and_campaign();
    app.execute(
        "ALTER TABLE releases DISABLE TRIGGER releases_append_only;
         UPDATE releases SET noise_kind = NULL, degrees = NULL WHERE period_id IN (SELECT id FROM periods WHERE kind = 'month');
         ALTER TABLE releases ENABLE TRIGGER releases_append_only;
         UPDATE installation SET noise_since = '2026-05-25'",
    );
    let hr = app.register_as("hr@example.com", "hr");
    let may = app.number("SELECT id FROM periods WHERE kind = 'month' AND starts_on = '2026-05-01'");
    let month = visible(&hr.get(&format!("/hr?period={may}")).body);
    assert!(month.contains("May 2026 (before the rules of 25 May 2026)"), "{month}");
    assert!(
        month.contains("its figures are not blurred") && !month.contains("Every group’s figure is blurred"),
        "{month}"
    );
    assert!(!month.contains("Small teams appear after campaigns"), "it has small teams");
    let campaign = visible(&hr.get("/hr").body);
    assert!(campaign.contains("Every group’s figure is blurred a little"), "{campaign}");
    assert!(campaign.contains("May 2026 (before the rules of 25 May 2026)"), "in the table of the trend: {campaign}");
}

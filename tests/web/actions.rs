//! `/hr/departments/{id}` with suggestions and plan, and `/hr/actions/…`.

use crate::{
    steps::{between, values, visible},
    support::{Answer, Browser, TestApp},
};
use chrono::TimeDelta;

/// A company of Sales with North and South in it.
struct Company {
    app: TestApp,
    hr: Browser,
    sales: i64,
    north: i64,
    south: i64,
}

fn company() -> Company {
    let app = TestApp::spawn();
    let hr = app.register_as("hr@example.com", "hr");
    let add = |name: &str, parent: &str| {
        assert_eq!(hr.post("/hr/departments", &[("name", name), ("parent", parent)]).status, 303);
        app.number("SELECT max(id) FROM departments")
    };
    let sales = add("Sales", "");
    let north = add("North", &sales.to_string());
    let south = add("South", &sales.to_string());
    Company { sales, north, south, hr, app }
}

impl Company {
    /// A published campaign in which 20 people of a department had these means, in percent.
    fn publish(&self, name: &str, ends_on: &str, department: i64, means: [i64; 3]) -> i64 {
        let version = self.app.number("SELECT min(id) FROM instrument_versions");
        self.app.execute(&format!(
            "INSERT INTO periods (kind, state, name, starts_on, ends_on, instrument_version_id, opened_at, closed_at)
             VALUES ('campaign', 'closed', '{name}', '{ends_on}'::date - 13, '{ends_on}', {version}, now(), now())"
        ));
        let period = self.app.number("SELECT max(id) FROM periods");
        self.app.execute(&format!(
            "INSERT INTO releases (period_id, instrument_version_id, min_group, deviations, published_at)
             VALUES ({period}, {version}, 5, '{{15,15,15,15}}', now())"
        ));
        for (place, id, parent, depth) in
            [(1, self.sales, "NULL".to_owned(), 1), (2, self.north, self.sales.to_string(), 2)]
        {
            self.app.execute(&format!(
                "INSERT INTO released_departments
                     (period_id, instrument_version_id, department_id, parent_id, place, depth, name)
                 VALUES ({period}, {version}, {id}, {parent}, {place}, {depth}, 'Then')"
            ));
        }
        let scales = ["emotional_exhaustion", "depersonalization", "reduced_accomplishment"];
        for (scale, mean) in scales.iter().zip(means) {
            self.app.execute(&format!(
                "INSERT INTO published_cells
                     (period_id, instrument_version_id, department_id, measure, state, atom, people, sums)
                 SELECT {period}, {version}, {department}, 'mean.' || s.id, 'value', 20, 20, ARRAY[{mean}::bigint * 20000000]
                 FROM instrument_versions v, jsonb_to_recordset(v.definition -> 'subscales') AS s (id text, dimension text)
                 WHERE v.id = {version} AND s.dimension = '{scale}'"
            ));
        }
        period
    }

    /// The id of the subscale that measures exhaustion.
    fn exhaustion(&self) -> String {
        self.app.text(
            "SELECT s.id FROM instrument_versions v, jsonb_to_recordset(v.definition -> 'subscales') AS s (id text, dimension text)
             WHERE s.dimension = 'emotional_exhaustion' ORDER BY v.id LIMIT 1",
        )
    }

    fn plan(&self, browser: &Browser, department: i64, what: &str) -> Answer {
        let fields =
            [("what", what), ("dimension", &*self.exhaustion()), ("who", "Head of sales"), ("until", "2099-12-31")];
        browser.post(&format!("/hr/departments/{department}/actions"), &fields)
    }

    fn page(&self, department: i64) -> String {
        let answer = self.hr.get(&format!("/hr/departments/{department}"));
        assert_eq!(answer.status, 200);
        answer.body
    }

    fn manager_of(&self, department: i64) -> Browser {
        let manager = self.app.register_as("manager@example.com", "manager");
        self.app.execute(&format!("UPDATE users SET department_id = {department} WHERE email = 'manager@example.com'"));
        manager
    }
}

/// The actions of a page with their states.
fn planned(body: &str) -> Vec<(String, String)> {
    let items = between(body, "<li class=\"rec", "</article>");
    items
        .into_iter()
        .filter(|item| item.contains("data-state"))
        .map(|item| {
            let state = between(item, "data-state=\"", "\"")[0].to_owned();
            (between(item, "<p class=\"rec__title prewrap\">", "</p>")[0].to_owned(), state)
        })
        .collect()
}

#[test]
fn an_action_is_planned_changed_done_taken_back_and_deleted() {
    let company = company();
    let (hr, north) = (&company.hr, company.north);
    let made = company.plan(hr, north, "Two quiet afternoons a week");
    assert_eq!((made.status, made.location()), (303, &*format!("/hr/departments/{north}#plan")));
    let id = company.app.number("SELECT max(id) FROM actions");
    let own = |state: &str| vec![("Two quiet afternoons a week".to_owned(), state.to_owned())];
    let page = company.page(north);
    assert_eq!(planned(&page), own("open"));
    assert!(page.contains("<time datetime=\"2099-12-31\">") && visible(&page).contains("Head of sales"));
    for (step, state) in [("done", "done"), ("done", "done"), ("reopen", "open")] {
        assert_eq!(hr.post(&format!("/hr/actions/{id}/{step}"), &[]).status, 303);
        assert_eq!(planned(&company.page(north)), own(state));
    }
    let form = hr.get(&format!("/hr/actions/{id}/edit")).body;
    assert!(form.contains("value=\"Head of sales\"") && form.contains("value=\"2099-12-31\""));
    let fields =
        [("what", "No calls on Friday"), ("dimension", &*company.exhaustion()), ("who", "HR"), ("until", "2020-01-31")];
    assert_eq!(hr.post(&format!("/hr/actions/{id}"), &fields).status, 303);
    assert_eq!(planned(&company.page(north)), [("No calls on Friday".to_owned(), "overdue".to_owned())]);
    assert_eq!(hr.post(&format!("/hr/actions/{id}/delete"), &[]).status, 303);
    assert_eq!(planned(&company.page(north)), []);
    assert_eq!(hr.post(&format!("/hr/actions/{id}/done"), &[]).status, 404);
    let log = company.app.text(
        "SELECT string_agg(event || coalesce(' ' || (details ->> 'step'), ''), ', ' ORDER BY id)
         FROM audit_events WHERE event LIKE 'action%'",
    );
    assert_eq!(
        log,
        "action_created, action_changed done, action_changed reopened, action_changed edited, action_changed deleted"
    );
    assert_eq!(company.app.number("SELECT count(*) FROM audit_events WHERE details::text ~ 'quiet|calls|HR'"), 0);
}

#[test]
fn what_is_wrong_stands_next_to_its_field_and_what_was_typed_stays() {
    let company = company();
    let path = format!("/hr/departments/{}/actions", company.north);
    let long = "x".repeat(501);
    let refused = company.hr.post(&path, &[("what", &*long), ("dimension", "luck"), ("who", ""), ("until", "soon")]);
    assert_eq!(refused.status, 422);
    for (field, message) in [
        ("what", "This is too long: 500 characters at most."),
        ("dimension", "Please choose a dimension."),
        ("who", "Please fill this in."),
        ("until", "Please give a day, such as 2026-12-31."),
    ] {
        assert!(refused.body.contains(&format!("id=\"{field}-error\">{message}")), "{field}");
    }
    assert!(refused.body.contains(&long) && refused.body.contains("value=\"soon\""));
    let back = between(&refused.body, "name=\"return_to\" value=\"", "\"")[0].to_owned();
    assert_eq!(company.hr.get(&back).status, 200, "{back}");
    assert_eq!(company.app.number("SELECT count(*) FROM actions"), 0);
    company.plan(&company.hr, company.north, "Something");
    let id = company.app.number("SELECT max(id) FROM actions");
    let refused = company.hr.post(&format!("/hr/actions/{id}"), &[("what", "Else")]);
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains(">\nElse</textarea>"));
}

#[test]
fn suggestions_follow_the_published_dimensions_and_fill_in_the_plan() {
    let company = company();
    let suggestions = |body: &str| between(body, "<h3 class=\"rec__title\">", "</h3>").len();
    let page = company.page(company.north);
    assert!(visible(&page).contains("Suggestions come once the first period"));
    company.publish("Spring", "2026-03-31", company.north, [70, 45, 20]);
    let page = company.page(company.north);
    assert_eq!(suggestions(&page), 4, "one high, one medium dimension");
    let row = between(&page, "<th scope=\"row\" data-depth=\"0\">Then</th>", "</tr>")[0];
    assert_eq!(values(row), ["70", "45", "20"], "the picture");
    let link = between(&page, "href=\"/hr/departments/", "\" aria-label=\"Plan this")[0];
    let link = link.rsplit("href=\"/hr/departments/").next().unwrap();
    let prefilled = company.hr.get(&format!("/hr/departments/{}", link.trim_end_matches("#new")));
    let title = between(&page, "<h3 class=\"rec__title\">", "</h3>")[0];
    assert!(prefilled.body.contains(&format!(">\n{title}</textarea>")), "{title}");
    assert!(prefilled.body.contains(&format!("<option value=\"{}\" selected>", company.exhaustion())));
    let spared = company.page(company.south);
    assert_eq!(suggestions(&spared), 0);
    assert!(visible(&spared).contains("Suggestions come once the first period"), "South was in no period yet");
    company.publish("Summer", "2026-06-30", company.north, [20, 20, 20]);
    let page = company.page(company.north);
    assert_eq!(suggestions(&page), 0);
    assert!(visible(&page).contains("No dimension of this department is strained"));
}

#[test]
fn nothing_for_teams_comes_to_a_person() {
    let app = TestApp::spawn();
    assert!(app.number("SELECT count(*) FROM library_items WHERE audience = 'team'") >= 15);
    let ada = app.register_and_agree("ada@example.com");
    for (round, value) in [5, 4, 3, 2].into_iter().enumerate() {
        app.advance(TimeDelta::minutes(1));
        ada.submit_all(value, &format!("key {round}"));
        app.execute("UPDATE recommendations SET completed_at = given_at WHERE completed_at IS NULL");
    }
    assert!(app.number("SELECT count(*) FROM recommendations") > 10);
    let for_teams =
        "SELECT count(*) FROM recommendations r JOIN library_items i ON i.id = r.item_id WHERE audience = 'team'";
    assert_eq!(app.number(for_teams), 0);
}

#[test]
fn the_next_closed_campaign_tells_how_the_dimension_changed() {
    let company = company();
    company.plan(&company.hr, company.north, "Before any campaign");
    let first = company.publish("Spring", "2026-03-31", company.north, [70, 45, 20]);
    company.plan(&company.hr, company.north, "After spring");
    let baselines = company
        .app
        .text("SELECT string_agg(coalesce(baseline_period_id, 0)::text, ',' ORDER BY created_at) FROM actions");
    assert_eq!(baselines, format!("0,{first}"));
    let text = visible(&company.page(company.north));
    assert!(text.contains("there is nothing to compare with") && text.contains("The next closed campaign will show"));
    company.publish("Summer", "2026-06-30", company.north, [55, 45, 20]);
    company.publish("Autumn", "2026-09-30", company.north, [90, 45, 20]); // a later one tells nothing of it
    let page = company.page(company.north);
    assert!(page.contains("<data value=\"better\">Next campaign, “Summer”:"));
    let text = visible(&page);
    assert!(text.contains("Difference: -15 points (95 % interval: -25 to -5)."), "{text}");
    assert!(text.contains("A change is no proof that the action worked"));
    assert!(text.contains("there is nothing to compare with"), "the one from before any campaign");
}

#[test]
fn a_change_within_chance_is_not_told_as_one() {
    let company = company();
    company.publish("Spring", "2026-03-31", company.north, [70, 45, 20]);
    company.plan(&company.hr, company.north, "Rest");
    company.publish("Summer", "2026-06-30", company.north, [65, 45, 20]);
    let page = company.page(company.north);
    assert!(page.contains("<data value=\"chance\">") && visible(&page).contains("no change beyond chance."));
    // Nothing published of the department: nothing to compare.
    company.publish("Spring again", "2026-07-31", company.south, [70, 45, 20]);
    company.plan(&company.hr, company.north, "More rest");
    company.publish("Autumn", "2026-09-30", company.north, [65, 45, 20]);
    assert!(company.page(company.north).contains("<data value=\"unknown\">"));
}

#[test]
fn a_manager_plans_for_their_own_part_and_no_other_exists_for_them() {
    let company = company();
    company.publish("Spring", "2026-03-31", company.north, [70, 45, 20]);
    let manager = company.manager_of(company.north);
    assert_eq!(company.plan(&manager, company.north, "Ours").status, 303);
    company.plan(&company.hr, company.south, "Theirs");
    let theirs = company.app.number("SELECT id FROM actions WHERE what = 'Theirs'");
    let ours = company.app.number("SELECT id FROM actions WHERE what = 'Ours'");
    for department in [company.sales, company.south] {
        assert_eq!(company.plan(&manager, department, "Not mine").status, 404);
    }
    let before = company.app.text("SELECT a::text FROM actions a WHERE what = 'Theirs'");
    for step in ["/edit", "", "/done", "/reopen", "/delete"] {
        let ask = |id: i64| {
            let path = format!("/hr/actions/{id}{step}");
            let fields = [("what", "x"), ("dimension", &*company.exhaustion()), ("who", "x"), ("until", "2099-01-01")];
            let answer = if step == "/edit" { manager.get(&path) } else { manager.post(&path, &fields) };
            (answer.status, answer.body.replace(&path, ""))
        };
        assert_eq!(ask(theirs).0, 404, "{step}");
        assert_eq!(ask(theirs), ask(987_654_321), "{step} tells that the row exists");
    }
    assert_eq!(company.app.text("SELECT a::text FROM actions a WHERE what = 'Theirs'"), before);
    for step in ["done", "reopen", "delete"] {
        assert_eq!(manager.post(&format!("/hr/actions/{ours}/{step}"), &[]).status, 303, "{step}");
    }
}

#[test]
fn who_keeps_the_tree_without_insights_sees_no_published_number() {
    let company = company();
    company.publish("Spring", "2026-03-31", company.north, [71, 45, 20]);
    company.plan(&company.hr, company.north, "Rest");
    company.publish("Summer", "2026-06-30", company.north, [50, 45, 20]);
    company.app.execute(
        "DELETE FROM role_permissions WHERE role_id = (SELECT id FROM roles WHERE key = 'hr')
         AND permission = 'view_company_insights'",
    );
    let page = company.page(company.north);
    assert_eq!(planned(&page).len(), 1, "the plan is theirs");
    for number in ["<data value=\"50\">", "better", "Summer", "rec__title\">"] {
        assert!(!page.contains(number), "{number}");
    }
}

#[test]
fn the_plan_goes_with_its_department() {
    let company = company();
    company.plan(&company.hr, company.north, "Rest");
    assert_eq!(company.hr.post(&format!("/hr/departments/{}/delete", company.north), &[]).status, 303);
    assert_eq!(company.app.number("SELECT count(*) FROM actions"), 0);
}

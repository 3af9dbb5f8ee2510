//! `/hr` before anything is published: the steps to the first figures.

use crate::{
    domain::Permission,
    insights::{PublicationVersion, SetupProgress, VisibleDepartments},
    urls,
    web::{Hearth, Page},
};
use askama::Template;
use chrono::{Datelike as _, Days, Months, NaiveDate};

#[derive(Template)]
#[template(path = "hr/insights/beginning.html")]
pub struct BeginningPage {
    page: Page,
    /// Whether this person can take the steps; others only see them.
    leads: bool,
    has_department: bool,
    steps: Vec<Step>,
}

/// One of four steps to the first picture.
struct Step {
    code: &'static str,
    done: bool,
    /// Where to take the step, if this person may.
    link: Option<&'static str>,
    state: String,
}

pub fn beginning(
    page: Page,
    reach: &VisibleDepartments,
    stamp: PublicationVersion,
    beginnings: SetupProgress,
    today: NaiveDate,
    hearth: &Hearth,
) -> BeginningPage {
    let words = page.words();
    let enough = i64::from(hearth.config.min_group);
    let publication = stamp.campaign.as_ref().map_or_else(|| month_end(today), |campaign| campaign.ends_on);
    let employees = page.may(Permission::ManageEmployees);
    let campaigns = page.may(Permission::ManageCampaigns);
    let step = |code, done, allowed: bool, link, state| Step { code, done, link: allowed.then_some(link), state };
    let count = |key, count: i64| words.with(key, &[("count", count.into())]);
    let campaign = match &stamp.campaign {
        Some(open) => words.with("beginning-campaign-open", &[("name", open.name.as_str().into())]),
        None if beginnings.has_campaign => words.text("beginning-campaign-planned").to_owned(),
        None => words.text("beginning-campaign-none").to_owned(),
    };
    BeginningPage {
        leads: *reach == VisibleDepartments::Company,
        has_department: *reach != VisibleDepartments::Nothing,
        steps: vec![
            step(
                "departments",
                beginnings.departments > 0,
                employees,
                urls::HR_DEPARTMENTS,
                count("beginning-departments-count", beginnings.departments),
            ),
            step(
                "people",
                beginnings.people >= enough,
                employees,
                urls::HR_EMPLOYEES,
                words.with("beginning-people-count", &[("count", beginnings.people.into()), ("enough", enough.into())]),
            ),
            step("campaign", stamp.campaign.is_some(), campaigns, urls::HR_CAMPAIGNS, campaign),
            step(
                "publication",
                false,
                campaigns,
                urls::HR_CAMPAIGNS,
                words.with("beginning-publication-on", &[("date", words.date(publication + Days::new(1)).into())]),
            ),
        ],
        page,
    }
}

fn month_end(day: NaiveDate) -> NaiveDate {
    let first = day.with_day(1).unwrap_or(day);
    first + Months::new(1) - Days::new(1)
}

//! People without e-mail: adding them before a campaign opens, and printing slips
//! with access codes once it is open. Slips are shown only in the response to that
//! POST; sending it again, by reloading for example, asks for confirmation first.

use super::{load, place};
use crate::{
    accounts::registration::pages::check_text,
    auth::{Caller, CampaignManager},
    campaigns::{
        Campaign,
        slips::{self, NewPerson, Printed, Slip},
    },
    domain::{DepartmentId, PeriodId},
    error::{AppError, PageError},
    urls,
    web::{
        self, Form, Hearth, Page,
        form::{FormErrors, line},
    },
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

/// The fields of a new person.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PersonForm {
    pub person_name: String,
    pub person_position: String,
    pub person_department: String,
}

impl PersonForm {
    fn parse(&self, page: &Page) -> Result<NewPerson, FormErrors> {
        let mut errors = FormErrors::default();
        check_text(&self.person_name, "person_name", true, page, &mut errors);
        check_text(&self.person_position, "person_position", false, page, &mut errors);
        let department = match self.person_department.trim() {
            "" => None,
            id => Some(DepartmentId(id.parse().unwrap_or_default())),
        };
        let (name, position) = (line(&self.person_name), line(&self.person_position));
        if errors.is_empty() { Ok(NewPerson { name, position, department }) } else { Err(errors) }
    }

    /// Whether this department is selected.
    pub fn is_in(&self, department: &i64) -> bool {
        self.person_department == department.to_string()
    }
}

/// Adds a person without an e-mail address.
pub async fn add_person(
    caller: Caller<CampaignManager>,
    id: Path<i64>,
    form: Form<PersonForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form) = caller.form(form).await?;
    let (by, id, now) = (user.actor(), PeriodId(*id), hearth.now());
    let page = user.page;
    let errors = match form.parse(&page) {
        Ok(new) => {
            let today = hearth.day(now);
            hearth.act(by, move |conn| slips::add_person(conn, by.user, id, &new, now, today)).await?;
            return Ok(web::see_other_with(&hearth, &place(id), "flash-person-added")?);
        }
        Err(errors) => errors,
    };
    let mut page = load(&hearth, page, id, None, FormErrors::default()).await?;
    page.person = form;
    page.person_errors = errors;
    Ok(web::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)?)
}

#[derive(Template)]
#[template(path = "hr/campaigns/slips.html")]
struct SlipsPage {
    page: Page,
    campaign: Campaign,
    slips: Vec<Slip>,
    /// The URL at which a code is entered.
    address: String,
}

/// Asks for confirmation before codes that were handed out stop working.
#[derive(Template)]
#[template(path = "hr/campaigns/slips_again.html")]
struct SlipsAgainPage {
    page: Page,
    campaign: Campaign,
    printing: i32,
    printed_on: NaiveDate,
}

#[derive(Deserialize)]
pub struct PrintForm {
    /// Number of the printing to replace, as the confirmation page sends it.
    #[serde(default)]
    replaces: String,
}

/// New codes for everyone invited who has no address. Replacing earlier codes needs
/// confirmation: 409.
pub async fn print(
    caller: Caller<CampaignManager>,
    id: Path<i64>,
    form: Form<PrintForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form) = caller.form(form).await?;
    let (by, id, now) = (user.actor(), PeriodId(*id), hearth.now());
    let mut page = user.page;
    page.path = place(id); // changing the language returns here
    let (replaces, shared) = (form.replaces.parse().ok(), hearth.clone());
    let work = move |conn: &mut _| slips::print_codes(conn, by.user, id, replaces, &shared.keys, now);
    match hearth.act(by, work).await? {
        (campaign, Printed::Slips(slips)) => {
            let address =
                hearth.config.public_url.join(urls::CODE).map_err(|error| AppError::Internal(error.into()))?;
            Ok(web::html(&SlipsPage { page, campaign, slips, address: address.into() })?)
        }
        (campaign, Printed::Before { printing, printed_at }) => {
            let printed_on = hearth.day(printed_at);
            let ask = SlipsAgainPage { page, campaign, printing, printed_on };
            Ok(web::html_with(StatusCode::CONFLICT, &ask)?)
        }
    }
}

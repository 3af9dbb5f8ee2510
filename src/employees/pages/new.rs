//! `/hr/employees/new`: add one person.

use super::{PlaceForm, explain, invitations};
use crate::{
    accounts::registration::pages::check_text,
    auth::{Caller, CurrentUser, EmployeeManager},
    departments::{self, Department},
    domain::{Email, UserId},
    employees::{self, EmployeeError, NewEmployee},
    error::PageError,
    urls,
    web::{
        self, Form, Hearth, Page,
        form::{FormErrors, line},
    },
};
use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "hr/employees/new.html")]
struct NewEmployeePage {
    page: Page,
    form: NewForm,
    departments: Vec<Department>,
    errors: FormErrors,
}

#[derive(Default, Deserialize)]
pub struct NewForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    name: String,
    #[serde(flatten)]
    place: PlaceForm,
    invite: Option<String>,
}

impl NewForm {
    fn parse(&self, departments: &[Department], page: &Page, errors: &mut FormErrors) -> Option<NewEmployee> {
        check_text(&self.name, "name", true, page, errors);
        let email = Email::parse(&self.email);
        if email.is_none() {
            errors.add(page.words(), "email", Email::why_not(&self.email));
        }
        let place = self.place.parse(departments, page, errors);
        let email = email.filter(|_| errors.is_empty())?;
        Some(NewEmployee { email, name: line(&self.name), place })
    }
}

/// The form.
pub async fn show_new(caller: Caller<EmployeeManager>, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let departments = hearth.db.read(departments::all).await?;
    let form = NewForm { invite: Some("yes".to_owned()), ..NewForm::default() };
    Ok(web::html(&NewEmployeePage { page: user.page, form, departments, errors: FormErrors::default() })?)
}

/// Adds a person, and mails an invitation if that is ticked.
pub async fn create(
    caller: Caller<EmployeeManager>,
    form: Form<NewForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form) = caller.form(form).await?;
    let departments = hearth.db.read(departments::all).await?;
    let mut errors = FormErrors::default();
    if let Some(new) = form.parse(&departments, &user.page, &mut errors) {
        match add(&user, new, form.invite.is_some(), &hearth).await {
            Ok(id) => return Ok(web::see_other_with(&hearth, &urls::hr_employee(id), "flash-employee-added")?),
            Err(error) => explain(error, &user.page, &mut errors)?,
        }
    }
    let page = NewEmployeePage { page: user.page, form, departments, errors };
    Ok(web::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)?)
}

async fn add(hr: &CurrentUser, new: NewEmployee, invite: bool, hearth: &Data<Hearth>) -> Result<UserId, EmployeeError> {
    let inviting = invite.then(|| invitations(hearth, hr));
    let (now, actor, today) = (hearth.now(), hr.id, hearth.day(hearth.now()));
    let add = move |conn: &mut _| employees::add(conn, actor, &new, inviting.as_ref(), now, today);
    let added = hearth.act(hr.actor(), add).await?;
    hearth.postbox.ring();
    Ok(added)
}

//! `/hr/employees/new`: add one person.

use super::{PlaceForm, explain, invitations};
use crate::{
    accounts::registration::pages::check_text,
    auth::{Caller, EmployeeManager},
    departments::{self, Department},
    domain::Email,
    employees::{self, NewEmployee},
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
    let page = user.page.clone();
    let departments = hearth.db.read(departments::all).await?;
    let mut errors = FormErrors::default();
    check_text(&form.name, "name", true, &page, &mut errors);
    let email = Email::parse(&form.email);
    if email.is_none() {
        errors.add(page.words(), "email", Email::why_not(&form.email));
    }
    let place = form.place.parse(&departments, &page, &mut errors);
    if let Some(email) = email.filter(|_| errors.is_empty()) {
        let new = NewEmployee { email, name: line(&form.name), place };
        let inviting = form.invite.is_some().then(|| invitations(&hearth, &user));
        let (now, actor, today) = (hearth.now(), user.id, hearth.day(hearth.now()));
        let add = move |conn: &mut _| employees::add(conn, actor, &new, inviting.as_ref(), now, today);
        match hearth.act(user.actor(), add).await {
            Ok(user) => {
                hearth.postbox.ring();
                return Ok(web::see_other_with(&hearth, &urls::hr_employee(user), "flash-employee-added")?);
            }
            Err(error) => explain(error, &page, &mut errors)?,
        }
    }
    let page = NewEmployeePage { page, form, departments, errors };
    Ok(web::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)?)
}

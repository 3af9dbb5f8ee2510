//! `/hr/employees/{id}`: one person, and what HR can do there.

use super::{PlaceForm, department, explain, invitations};
use crate::{
    auth::{Caller, CurrentUser, EmployeeManager},
    departments::{self, Department},
    domain::{UserId, text},
    employees::{self, Person, State},
    error::{AppError, PageError},
    urls,
    web::{self, Button, Form, Hearth, Page, form::FormErrors},
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use chrono::NaiveDate;
use diesel::PgConnection;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "hr/employees/show.html")]
struct EmployeePage {
    page: Page,
    person: Person,
    departments: Vec<Department>,
    /// The current values of the form.
    form: PlaceForm,
    /// The day on which they were last invited.
    invited_on: Option<NaiveDate>,
    errors: FormErrors,
}

impl EmployeePage {
    fn department(&self) -> Option<&Department> {
        self.departments.iter().find(|department| Some(department.id) == self.person.listed.department)
    }
}

/// One person.
pub async fn show(
    caller: Caller<EmployeeManager>,
    id: Path<i64>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let hr = caller.user().await?;
    let (person, departments) = load(UserId(*id), &hearth).await?;
    render(hr, person, departments, None, FormErrors::default(), &hearth)
}

async fn load(user: UserId, hearth: &Data<Hearth>) -> Result<(Person, Vec<Department>), AppError> {
    hearth.db.read(move |conn| Ok((employees::show(conn, user)?, departments::all(conn)?))).await
}

fn render(
    hr: CurrentUser,
    person: Person,
    departments: Vec<Department>,
    form: Option<PlaceForm>,
    errors: FormErrors,
    hearth: &Hearth,
) -> Result<HttpResponse, PageError> {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut page = hr.page;
    page.path = urls::hr_employee(person.listed.id); // the URL differs when an invalid form is shown again
    let form = form.unwrap_or_else(|| current(&person, &departments));
    let invited_on = person.listed.invited_at.map(|moment| hearth.day(moment));
    Ok(web::html_with(status, &EmployeePage { page, person, departments, form, invited_on, errors })?)
}

/// The form filled with the person's current place; for somebody unconfirmed, with the
/// department that they entered when they registered, if it exists.
fn current(person: &Person, departments: &[Department]) -> PlaceForm {
    let listed = &person.listed;
    let claim = text::fold(&listed.claimed_department);
    let named =
        |department: &&Department| [&department.name, &department.path].iter().any(|name| text::fold(name) == claim);
    let claimed = || departments.iter().find(named).map(|department| department.id);
    PlaceForm {
        position: listed.position.clone(),
        department: listed.department.or_else(claimed).map(|id| id.to_string()).unwrap_or_default(),
        manager_email: person.manager.as_ref().and_then(|manager| manager.email.clone()).unwrap_or_default(),
    }
}

#[derive(Deserialize)]
pub struct ConfirmForm {
    #[serde(default)]
    department: String,
}

/// Confirms a person who registered, in the chosen department.
pub async fn confirm(
    caller: Caller<EmployeeManager>,
    id: Path<i64>,
    form: Form<ConfirmForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (hr, form) = caller.form(form).await?;
    let (user, actor, now) = (UserId(*id), hr.id, hearth.now());
    let (person, departments) = load(user, &hearth).await?;
    let mut errors = FormErrors::default();
    let chosen = department(&form.department, &departments, &hr.page, &mut errors);
    let confirm = move |conn: &mut PgConnection| employees::confirm(conn, actor, user, chosen, now);
    if errors.is_empty()
        && let Err(error) = hearth.act(hr.actor(), confirm).await
    {
        explain(error, &hr.page, &mut errors)?;
    }
    if errors.is_empty() {
        return Ok(web::see_other_with(&hearth, &urls::hr_employee(user), "flash-employee-confirmed")?);
    }
    let form = PlaceForm { department: form.department.clone(), ..current(&person, &departments) };
    render(hr, person, departments, Some(form), errors, &hearth)
}

/// Changes position, department and manager.
pub async fn transfer(
    caller: Caller<EmployeeManager>,
    id: Path<i64>,
    form: Form<PlaceForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (hr, form) = caller.form(form).await?;
    let (user, actor, now) = (UserId(*id), hr.id, hearth.now());
    let (person, departments) = load(user, &hearth).await?;
    let mut errors = FormErrors::default();
    let place = form.parse(&departments, &hr.page, &mut errors);
    let transfer = move |conn: &mut PgConnection| employees::transfer(conn, actor, user, &place, now);
    if errors.is_empty()
        && let Err(error) = hearth.act(hr.actor(), transfer).await
    {
        explain(error, &hr.page, &mut errors)?;
    }
    if errors.is_empty() {
        return Ok(web::see_other_with(&hearth, &urls::hr_employee(user), "flash-saved")?);
    }
    render(hr, person, departments, Some(form), errors, &hearth)
}

/// Mails another invitation.
pub async fn invite(
    caller: Caller<EmployeeManager>,
    id: Path<i64>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let hr = caller.pressed(form).await?;
    let (user, actor, now) = (UserId(*id), hr.id, hearth.now());
    let inviting = invitations(&hearth, &hr);
    hearth.act(hr.actor(), move |conn| employees::invite(conn, actor, user, &inviting, now)).await?;
    hearth.postbox.ring();
    Ok(web::see_other_with(&hearth, &urls::hr_employee(user), "flash-employee-invited")?)
}

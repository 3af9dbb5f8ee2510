//! `/hr/employees/{id}/archive` and `/hr/employees/archived`.

use crate::{
    auth::{Caller, CurrentUser, EmployeeManager},
    domain::UserId,
    employees::{
        self, EmployeeError, Person,
        archive::{self, Archived},
        pages::invitations,
    },
    error::{AppError, PageError},
    leaving::{Leave, LeaveError, Ledger},
    urls,
    web::{self, Button, Form, Hearth, Page, Query, form::FormErrors},
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "hr/employees/archive.html")]
struct ArchivePage {
    page: Page,
    person: Person,
    /// Whether HR looks at their own account, which they cannot archive.
    oneself: bool,
    errors: FormErrors,
}

/// Asks for confirmation and says what is kept and what is deleted.
pub async fn ask(
    caller: Caller<EmployeeManager>,
    id: Path<i64>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let hr = caller.user().await?;
    let user = UserId(*id);
    let person = hearth.db.read(move |conn| employees::show(conn, user)).await?;
    render_question(hr, person, FormErrors::default())
}

fn render_question(hr: CurrentUser, person: Person, errors: FormErrors) -> Result<HttpResponse, PageError> {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let oneself = hr.id == person.listed.id;
    Ok(web::html_with(status, &ArchivePage { page: hr.page, person, oneself, errors })?)
}

/// Archives the person.
pub async fn archive(
    caller: Caller<EmployeeManager>,
    id: Path<i64>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let hr = caller.pressed(form).await?;
    let (actor, user, now) = (hr.id, UserId(*id), hearth.now());
    let ledger = Ledger::of(&hearth.config.data_dir);
    let done = |flash| Ok(web::see_other_with(&hearth, urls::HR_EMPLOYEES_ARCHIVED, flash)?);
    let key = match hearth.act(hr.actor(), move |conn| archive::archive(conn, &ledger, actor, user, now)).await {
        Ok(Leave::Archive) => return done("flash-employee-archived"),
        Ok(Leave::Erase) => return done("flash-employee-erased"),
        Err(LeaveError::Oneself) => "archive-oneself",
        Err(LeaveError::LastAdmin) => "archive-last-admin",
        Err(LeaveError::App(error)) => return Err(error.into()),
    };
    let mut errors = FormErrors::default();
    errors.add(hr.page.words(), "", key);
    let person = hearth.db.read(move |conn| employees::show(conn, user)).await?;
    render_question(hr, person, errors)
}

#[derive(Template)]
#[template(path = "hr/employees/archived.html")]
struct ArchivedPage {
    page: Page,
    /// Each with the day on which they were archived.
    people: Vec<(Archived, NaiveDate)>,
    more: bool,
    newest: bool,
    errors: FormErrors,
}

#[derive(Deserialize)]
pub struct AfterQuery {
    after: Option<i64>,
}

/// The archive.
pub async fn index(
    caller: Caller<EmployeeManager>,
    query: Query<AfterQuery>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let hr = caller.user().await?;
    render_archive(hr, query.after.map(UserId), FormErrors::default(), &hearth).await
}

async fn render_archive(
    hr: CurrentUser,
    after: Option<UserId>,
    errors: FormErrors,
    hearth: &Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (people, more) = hearth.db.read(move |conn| archive::archived(conn, after)).await?;
    let people = people.into_iter().map(|archived| (hearth.day(archived.archived_at), archived));
    let people = people.map(|(day, archived)| (archived, day)).collect();
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut page = hr.page;
    page.path = urls::HR_EMPLOYEES_ARCHIVED.to_owned(); // the URL differs when a refused restore shows the list again
    Ok(web::html_with(status, &ArchivedPage { page, people, more, newest: after.is_none(), errors })?)
}

/// Restores an account.
pub async fn restore(
    caller: Caller<EmployeeManager>,
    id: Path<i64>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let hr = caller.pressed(form).await?;
    let (actor, user, now) = (hr.id, UserId(*id), hearth.now());
    let inviting = invitations(&hearth, &hr);
    match hearth.act(hr.actor(), move |conn| archive::restore(conn, actor, user, &inviting, now)).await {
        Ok(()) => {
            hearth.postbox.ring();
            Ok(web::see_other_with(&hearth, &urls::hr_employee(user), "flash-employee-restored")?)
        }
        Err(EmployeeError::EmailTaken) => {
            let mut errors = FormErrors::default();
            errors.add(hr.page.words(), "", "archive-email-taken");
            render_archive(hr, None, errors, &hearth).await
        }
        Err(EmployeeError::App(error)) => Err(error.into()),
        Err(error) => Err(AppError::Internal(error.into()).into()),
    }
}

//! The list. A search is a POST form, so that names and addresses stay out of URLs and
//! logs.

use crate::{
    auth::{Caller, CurrentUser, EmployeeManager},
    departments::{self, Department},
    domain::{DepartmentId, UserId},
    employees::{self, Filter, List, Listed, State, Words},
    error::PageError,
    mail,
    web::{self, Form, Hearth, Page, Query},
};
use actix_web::{HttpResponse, web::Data};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "hr/employees/index.html")]
struct EmployeesPage {
    page: Page,
    form: FilterForm,
    departments: Vec<Department>,
    list: List,
    /// Addresses of mails that could not be delivered, with the day.
    undelivered: Vec<(String, NaiveDate)>,
}

impl EmployeesPage {
    /// Path of the person's department, or what they entered when they registered.
    fn department_of<'a>(&'a self, listed: &'a Listed) -> &'a str {
        let found = self.departments.iter().find(|department| Some(department.id) == listed.department);
        found.map_or(&*listed.claimed_department, |department| &department.path)
    }

    fn is_state(&self, code: &str) -> bool {
        self.form.state == code
    }

    fn is_filtered(&self) -> bool {
        !(self.form.q.is_empty() && self.form.department.is_empty() && self.form.state.is_empty())
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct FilterForm {
    q: String,
    department: String,
    state: String,
    after: String,
}

/// Filters that a URL may contain; no search text, which may be a name.
#[derive(Deserialize)]
pub struct FilterQuery {
    #[serde(default)]
    department: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    after: String,
}

/// The list, filtered by department and state.
pub async fn index(
    caller: Caller<EmployeeManager>,
    query: Query<FilterQuery>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let FilterQuery { department, state, after } = query.into_inner();
    render(user, FilterForm { q: String::new(), department, state, after }, hearth).await
}

/// People whose name or address contains these words.
pub async fn search(
    caller: Caller<EmployeeManager>,
    form: Form<FilterForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form) = caller.form(form).await?;
    render(user, form, hearth).await
}

async fn render(hr: CurrentUser, form: FilterForm, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let filter = Filter {
        words: Words::parse(&form.q),
        departments: Vec::new(),
        state: State::ALL.into_iter().find(|state| state.code() == form.state),
        after: form.after.parse().ok().map(UserId),
    };
    let top = form.department.parse().ok().map(DepartmentId);
    let actor = hr.id;
    let read = move |conn: &mut _| {
        let departments = departments::all(conn)?;
        let inside = top.map(|top| departments::subtree(&departments, top)).unwrap_or_default();
        let filter = Filter { departments: inside.iter().map(|department| department.id).collect(), ..filter.clone() };
        let undelivered = mail::undelivered(conn, actor)?;
        Ok::<_, crate::error::AppError>((employees::list(conn, &filter)?, departments, undelivered))
    };
    let (list, departments, undelivered) = hearth.db.read(read).await?;
    let undelivered = undelivered.into_iter().map(|mail| (mail.recipient, hearth.day(mail.failed_at))).collect();
    Ok(web::html(&EmployeesPage { page: hr.page, form, departments, list, undelivered })?)
}

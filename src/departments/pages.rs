//! `/hr/departments`: the tree, and the forms that change it. One department's
//! own page stands with its plan, in `actions`.

use crate::{
    auth::{Caller, CurrentUser, DepartmentReader, EmployeeManager},
    departments::{self, BadName, Counted, DepartmentError, DepartmentName, Misplaced, SEPARATOR},
    domain::DepartmentId,
    error::{AppError, PageError},
    urls,
    web::{
        self, Button, Form, Hearth, Page, Query,
        form::{FormErrors, line},
    },
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use serde::Deserialize;

/// A row of the table.
pub struct Row {
    pub id: DepartmentId,
    pub name: String,
    /// Level of indentation, from 0.
    pub depth: usize,
    pub own: i64,
    pub total: i64,
    /// Catalog key of the note on a department too small for numbers of its own.
    pub small: Option<&'static str>,
}

/// Rows of the departments in `shown`, indented relative to the topmost of them.
pub fn rows(all: &[Counted], shown: &[DepartmentId], min_group: u16) -> Vec<Row> {
    let shown: Vec<_> = all.iter().filter(|one| shown.contains(&one.department.id)).collect();
    let outermost = shown.iter().map(|one| one.department.depth).min().unwrap_or(1);
    let row = |one: &&Counted| Row {
        id: one.department.id,
        name: one.department.name.clone(),
        depth: one.department.depth - outermost,
        own: one.own,
        total: one.total,
        small: match (one.total, one.department.depth) {
            (total, _) if total >= i64::from(min_group) => None,
            (_, 1) => Some("departments-small-top"),
            _ => Some("departments-small"),
        },
    };
    shown.iter().map(row).collect()
}

#[derive(Template)]
#[template(path = "hr/departments/index.html")]
struct DepartmentsPage {
    page: Page,
    rows: Vec<Row>,
    people: i64,
    may_edit: bool,
    /// Possible parents of a new department, with their paths.
    places: Vec<(DepartmentId, String)>,
    form: DepartmentForm,
    errors: FormErrors,
}

impl DepartmentsPage {
    async fn load(
        reader: CurrentUser,
        form: DepartmentForm,
        errors: FormErrors,
        hearth: &Data<Hearth>,
    ) -> Result<Self, AppError> {
        let all = hearth.db.read(departments::counted).await?;
        let tree: Vec<_> = all.iter().map(|one| one.department.clone()).collect();
        let shown: Vec<_> =
            departments::visible(&tree, reader.sees_departments_of()).into_iter().map(|one| one.id).collect();
        let rows = rows(&all, &shown, hearth.config.min_group);
        let people = rows.iter().filter(|row| row.depth == 0).map(|row| row.total).sum();
        let may_edit = reader.may_edit_departments();
        let places = tree.into_iter().filter(|_| may_edit).map(|one| (one.id, one.path)).collect();
        Ok(Self { page: reader.page, rows, people, may_edit, places, form, errors })
    }
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct DepartmentForm {
    name: String,
    /// Id of the parent; empty for the company itself.
    parent: String,
}

impl DepartmentForm {
    fn is_under(&self, id: &DepartmentId) -> bool {
        self.parent == id.to_string()
    }

    fn parse(&self, page: &Page, errors: &mut FormErrors) -> Option<(Option<DepartmentId>, DepartmentName)> {
        let parent = match self.parent.as_str() {
            "" => Ok(None),
            number => number.parse().map(|id| Some(DepartmentId(id))),
        };
        if parent.is_err() {
            errors.add(page.words(), "parent", "departments-no-parent");
        }
        match DepartmentName::parse(&line(&self.name)) {
            Ok(name) => return Some((parent.ok()?, name)),
            Err(BadName::Empty) => errors.add(page.words(), "name", "field-required"),
            Err(BadName::TooLong) => errors.add(page.words(), "name", "departments-name-long"),
            Err(BadName::Separator) => {
                errors.add_text("name", page.t1("departments-name-separator", "separator", SEPARATOR.trim()));
            }
        }
        None
    }
}

/// Adds the reason of a refusal to the form's errors.
fn explain(error: DepartmentError, page: &Page, errors: &mut FormErrors) -> Result<(), AppError> {
    let (field, key) = match error {
        DepartmentError::NameTaken => ("name", "departments-name-taken"),
        DepartmentError::Misplaced(Misplaced::NoParent) => ("parent", "departments-no-parent"),
        DepartmentError::Misplaced(Misplaced::UnderItself) => ("parent", "departments-under-itself"),
        DepartmentError::Misplaced(Misplaced::TooDeep) => {
            errors.add_text("parent", page.t1("departments-too-deep", "levels", departments::DEEPEST));
            return Ok(());
        }
        DepartmentError::InUse => ("", "departments-in-use"),
        DepartmentError::App(error) => return Err(error),
    };
    errors.add(page.words(), field, key);
    Ok(())
}

#[derive(Deserialize)]
pub struct IndexQuery {
    /// Preselected parent of a new department.
    under: Option<i64>,
}

/// The tree with numbers of people; for those who may edit it, the form for a new department.
pub async fn index(
    caller: Caller<DepartmentReader>,
    query: Query<IndexQuery>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let parent = query.under.map(|id| id.to_string()).unwrap_or_default();
    let form = DepartmentForm { parent, ..DepartmentForm::default() };
    Ok(web::html(&DepartmentsPage::load(user, form, FormErrors::default(), &hearth).await?)?)
}

/// Adds a department.
pub async fn create(
    caller: Caller<EmployeeManager>,
    form: Form<DepartmentForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form) = caller.form(form).await?;
    let mut errors = FormErrors::default();
    if let Some((parent, name)) = form.parse(&user.page, &mut errors) {
        let (actor, now) = (Some(user.id), hearth.now());
        match hearth.act(user.actor(), move |conn| departments::create(conn, actor, parent, &name, now)).await {
            Ok(_) => return Ok(web::see_other_with(&hearth, urls::HR_DEPARTMENTS, "flash-department-created")?),
            Err(error) => explain(error, &user.page, &mut errors)?,
        }
    }
    let page = DepartmentsPage::load(user, form, errors, &hearth).await?;
    Ok(web::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)?)
}

#[derive(Template)]
#[template(path = "hr/departments/edit.html")]
struct EditPage {
    page: Page,
    department: Counted,
    /// Every department, with its path and whether it is in this one's subtree, where
    /// it cannot be moved.
    places: Vec<(DepartmentId, String, bool)>,
    has_children: bool,
    form: DepartmentForm,
    errors: FormErrors,
}

impl EditPage {
    /// With the form as sent, or filled with what is stored.
    async fn load(
        user: CurrentUser,
        id: DepartmentId,
        form: Option<DepartmentForm>,
        errors: FormErrors,
        hearth: &Data<Hearth>,
    ) -> Result<Self, AppError> {
        let all = hearth.db.read(departments::counted).await?;
        let department = all.iter().find(|one| one.department.id == id).cloned().ok_or(AppError::NotFound)?;
        let tree: Vec<_> = all.into_iter().map(|one| one.department).collect();
        let inside: Vec<_> = departments::subtree(&tree, id).into_iter().map(|one| one.id).collect();
        let places = tree.iter().map(|one| (one.id, one.path.clone(), inside.contains(&one.id))).collect();
        let parent = department.department.parent.map(|id| id.to_string()).unwrap_or_default();
        let form = form.unwrap_or_else(|| DepartmentForm { name: department.department.name.clone(), parent });
        let mut page = user.page;
        page.path = urls::hr_department_edit(id); // changing the language returns here
        Ok(Self { page, department, places, has_children: inside.len() > 1, form, errors })
    }
}

/// The forms that change or delete a department.
pub async fn edit(
    caller: Caller<EmployeeManager>,
    id: Path<i64>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    Ok(web::html(&EditPage::load(user, DepartmentId(*id), None, FormErrors::default(), &hearth).await?)?)
}

/// Renames and moves a department.
pub async fn change(
    caller: Caller<EmployeeManager>,
    id: Path<i64>,
    form: Form<DepartmentForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form) = caller.form(form).await?;
    let (id, mut errors) = (DepartmentId(*id), FormErrors::default());
    if let Some((parent, name)) = form.parse(&user.page, &mut errors) {
        let (actor, now) = (user.id, hearth.now());
        match hearth.act(user.actor(), move |conn| departments::change(conn, actor, id, parent, &name, now)).await {
            Ok(()) => return Ok(web::see_other_with(&hearth, urls::HR_DEPARTMENTS, "flash-department-changed")?),
            Err(error) => explain(error, &user.page, &mut errors)?,
        }
    }
    let page = EditPage::load(user, id, Some(form), errors, &hearth).await?;
    Ok(web::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)?)
}

/// Deletes an empty department.
pub async fn delete(
    caller: Caller<EmployeeManager>,
    id: Path<i64>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    let (id, mut errors) = (DepartmentId(*id), FormErrors::default());
    let (actor, now) = (user.id, hearth.now());
    match hearth.act(user.actor(), move |conn| departments::delete(conn, actor, id, now)).await {
        Ok(()) => return Ok(web::see_other_with(&hearth, urls::HR_DEPARTMENTS, "flash-department-deleted")?),
        Err(error) => explain(error, &user.page, &mut errors)?,
    }
    let page = EditPage::load(user, id, None, errors, &hearth).await?;
    Ok(web::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)?)
}

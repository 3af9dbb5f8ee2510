//! `/admin/roles` and one role.

use crate::{
    accounts::registration::pages::check_text,
    admin::roles::{self, Listed},
    auth::{
        Caller, RoleManager, roles as rules,
        roles::{Role, RoleError},
    },
    domain::{Permission, RoleId},
    error::{AppError, PageError},
    i18n::Language,
    urls,
    web::{
        self, Button, Form, Hearth, Page,
        form::{FormErrors, line},
    },
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;

#[derive(Template)]
#[template(path = "admin/roles.html")]
struct RolesPage {
    page: Page,
    roles: Vec<Listed>,
    form: RoleForm,
    errors: FormErrors,
}

#[derive(Template)]
#[template(path = "admin/role.html")]
struct RolePage {
    page: Page,
    role: Listed,
    form: RoleForm,
    errors: FormErrors,
}

/// The fields of a role's form.
#[derive(Default)]
struct RoleForm {
    name: String,
    permissions: Vec<Permission>,
}

impl RoleForm {
    /// The code of every permission, and whether it is selected.
    fn choices(&self) -> Vec<(&'static str, bool)> {
        let choice = |permission: Permission| (permission.code(), self.permissions.contains(&permission));
        Permission::ALL.map(choice).to_vec()
    }

    fn parse(fields: &[(String, String)]) -> Result<Self, AppError> {
        let mut form = Self::default();
        for (field, value) in fields {
            match field.as_str() {
                "name" => form.name = line(value),
                "permission" => {
                    let known = Permission::ALL.into_iter().find(|permission| permission.code() == value);
                    let known = known.ok_or(AppError::BadRequest)?;
                    if !form.permissions.contains(&known) {
                        form.permissions.push(known);
                    }
                }
                _ => {}
            }
        }
        Ok(form)
    }

    fn check_name(&self, page: &Page, errors: &mut FormErrors) {
        check_text(&self.name, "name", true, page, errors);
        if is_shipped_name(&self.name) {
            errors.add(page.words(), "name", "role-name-taken");
        }
    }
}

/// Whether a built-in role has this name in some language; a second one with the
/// same name would mislead.
fn is_shipped_name(name: &str) -> bool {
    let title =
        |language: Language, role: Role| language.catalog().text(&format!("role-{}", role.code())).to_lowercase();
    let mut titles = Language::ALL.into_iter().flat_map(|language| Role::ALL.map(|role| title(language, role)));
    titles.any(|title| title == name.to_lowercase())
}

/// Every role, and a form for a new one.
pub async fn index(caller: Caller<RoleManager>, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    roles_page(user.page, &hearth, RoleForm::default(), FormErrors::default()).await
}

async fn roles_page(
    page: Page,
    hearth: &Hearth,
    form: RoleForm,
    errors: FormErrors,
) -> Result<HttpResponse, PageError> {
    let roles = hearth.db.read(roles::list).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(web::html_with(status, &RolesPage { page, roles, form, errors })?)
}

/// Creates a role.
pub async fn create(
    caller: Caller<RoleManager>,
    fields: Form<Vec<(String, String)>>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, fields) = caller.form(fields).await?;
    let form = RoleForm::parse(&fields)?;
    let (actor, page, now) = (user.actor(), user.page, hearth.now());
    let mut errors = FormErrors::default();
    form.check_name(&page, &mut errors);
    if errors.is_empty() {
        let (name, permissions) = (form.name.clone(), form.permissions.clone());
        let made = hearth.act(actor, move |conn| roles::create(conn, actor, &name, &permissions, now)).await;
        if tell(made, &page, &mut errors)? {
            return Ok(web::see_other_with(&hearth, urls::ADMIN_ROLES, "flash-role-created")?);
        }
    }
    roles_page(page, &hearth, form, errors).await
}

/// Whether the change was made; else adds the reason to the form's errors.
fn tell(outcome: Result<(), RoleError>, page: &Page, errors: &mut FormErrors) -> Result<bool, AppError> {
    match outcome {
        Ok(()) => return Ok(true),
        Err(RoleError::NameTaken) => errors.add(page.words(), "name", "role-name-taken"),
        Err(RoleError::LastAdmin) => errors.add(page.words(), "permissions", "role-last-admin"),
        Err(RoleError::Shipped) => errors.add(page.words(), "permissions", "role-shipped"),
        Err(RoleError::App(error)) => return Err(error),
    }
    Ok(false)
}

/// One role.
pub async fn show(caller: Caller<RoleManager>, id: Path<i64>, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let id = RoleId(*id);
    let role = hearth.db.read(move |conn| roles::find(conn, id)).await?;
    let page = user.page;
    let form = RoleForm { name: role.title.text(page.words()), permissions: role.permissions.clone() };
    Ok(web::html(&RolePage { page, role, form, errors: FormErrors::default() })?)
}

/// Changes a role.
pub async fn change(
    caller: Caller<RoleManager>,
    id: Path<i64>,
    fields: Form<Vec<(String, String)>>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, fields) = caller.form(fields).await?;
    let (id, form) = (RoleId(*id), RoleForm::parse(&fields)?);
    let role = hearth.db.read(move |conn| roles::find(conn, id)).await?;
    let (actor, page, now) = (user.actor(), user.page, hearth.now());
    let mut errors = FormErrors::default();
    if !role.ships() {
        form.check_name(&page, &mut errors);
    }
    if errors.is_empty() {
        let (name, permissions) = (form.name.clone(), form.permissions.clone());
        let changed = hearth.act(actor, move |conn| roles::change(conn, actor, id, &name, &permissions, now)).await;
        if tell(changed, &page, &mut errors)? {
            hearth.postbox.ring();
            return Ok(web::see_other_with(&hearth, urls::ADMIN_ROLES, "flash-role-changed")?);
        }
    }
    Ok(web::html_with(StatusCode::UNPROCESSABLE_ENTITY, &RolePage { page, role, form, errors })?)
}

/// Deletes a role.
pub async fn delete(
    caller: Caller<RoleManager>,
    id: Path<i64>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    let id = RoleId(*id);
    let (actor, mut page, now) = (user.actor(), user.page, hearth.now());
    let deleted = hearth.act(actor, move |conn| roles::delete(conn, actor, id, now)).await;
    let mut errors = FormErrors::default();
    if tell(deleted, &page, &mut errors)? {
        hearth.postbox.ring();
        return Ok(web::see_other_with(&hearth, urls::ADMIN_ROLES, "flash-role-deleted")?);
    }
    let role = hearth.db.read(move |conn| roles::find(conn, id)).await?;
    page.path = urls::admin_role(id);
    let form = RoleForm { name: role.title.text(page.words()), permissions: role.permissions.clone() };
    Ok(web::html_with(StatusCode::UNPROCESSABLE_ENTITY, &RolePage { page, role, form, errors })?)
}

//! `/admin/users` and the roles of one person.

use crate::{
    admin::{
        self,
        users::{self, Choice, Filter, Listed, PAGE, Person},
    },
    auth::{
        Actor, Caller, CurrentUser, RoleManager,
        roles::{self, RoleError, RoleTitle},
    },
    domain::{Permission, RoleId, UserId},
    employees::Words,
    error::{AppError, PageError},
    urls,
    web::{self, Button, Form, Hearth, Page, Query},
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "admin/users.html")]
struct UsersPage {
    page: Page,
    form: UsersForm,
    roles: Vec<(RoleId, RoleTitle)>,
    people: Vec<Listed>,
    more: bool,
}

impl UsersPage {
    fn is_chosen(&self, role: &RoleId) -> bool {
        self.form.role == role.to_string()
    }
}

/// The fields of a search.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct UsersForm {
    q: String,
    role: String,
    after: String,
}

/// The query string: without search words, so that URLs and logs contain no names.
#[derive(Deserialize)]
pub struct UsersQuery {
    #[serde(default)]
    role: String,
}

/// People by name, with their roles.
pub async fn index(
    caller: Caller<RoleManager>,
    query: Query<UsersQuery>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    users_page(user, UsersForm { role: query.into_inner().role, ..UsersForm::default() }, &hearth).await
}

/// People whose name or address contains the words, or the next page of them.
pub async fn search(
    caller: Caller<RoleManager>,
    form: Form<UsersForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form) = caller.form(form).await?;
    users_page(user, form, &hearth).await
}

async fn users_page(admin: CurrentUser, form: UsersForm, hearth: &Hearth) -> Result<HttpResponse, PageError> {
    let number = |text: &str| match text {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| AppError::BadRequest),
    };
    let filter = Filter {
        words: Words::parse(&form.q),
        role: number(&form.role)?.map(RoleId),
        after: number(&form.after)?.map(UserId),
    };
    let read = move |conn: &mut _| Ok::<_, AppError>((users::list(conn, &filter)?, admin::roles::list(conn)?));
    let (mut people, roles) = hearth.db.read(read).await?;
    let more = people.len() > PAGE;
    people.truncate(PAGE);
    let given = roles.into_iter().filter(|role| role.people.is_some()).map(|role| (role.id, role.title));
    Ok(web::html(&UsersPage { page: admin.page, form, roles: given.collect(), people, more })?)
}

#[derive(Template)]
#[template(path = "admin/user.html")]
struct UserPage {
    page: Page,
    person: Person,
    held: Vec<Choice>,
    others: Vec<Choice>,
    mixed: bool,
    is_self: bool,
    refused: bool,
}

/// A person's roles.
pub async fn show(caller: Caller<RoleManager>, id: Path<i64>, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    person_page(user, UserId(*id), &hearth, false).await
}

async fn person_page(
    admin: CurrentUser,
    user: UserId,
    hearth: &Hearth,
    refused: bool,
) -> Result<HttpResponse, PageError> {
    let (person, choices) = hearth.db.read(move |conn| users::find(conn, user)).await?;
    let (held, others): (Vec<_>, Vec<_>) = choices.into_iter().partition(|choice| choice.held);
    let permissions: Vec<Permission> = held.iter().flat_map(|choice| choice.permissions.iter().copied()).collect();
    let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let mut page = admin.page;
    page.path = urls::admin_user(user);
    let mixed = roles::mixes_admin_with_hr(&permissions);
    let page = UserPage { page, person, held, others, mixed, is_self: user == admin.id, refused };
    Ok(web::html_with(status, &page)?)
}

/// Gives a role.
pub async fn give(
    caller: Caller<RoleManager>,
    path: Path<(i64, i64)>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    change(user, path, hearth, users::give, "flash-role-given").await
}

/// Takes a role.
pub async fn take(
    caller: Caller<RoleManager>,
    path: Path<(i64, i64)>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    change(user, path, hearth, users::take, "flash-role-taken").await
}

/// Ends every sign-in of a person.
pub async fn sign_out(
    caller: Caller<RoleManager>,
    id: Path<i64>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    let (user, actor, now) = (UserId(*id), user.actor(), hearth.now());
    match hearth.act(actor, move |conn| users::sign_out(conn, actor, user, now)).await {
        Ok(()) => Ok(web::see_other_with(&hearth, &urls::admin_user(user), "flash-person-signed-out")?),
        Err(RoleError::App(error)) => Err(error.into()),
        Err(error) => Err(AppError::Internal(error.into()).into()),
    }
}

/// Ends every sign-in of everyone.
pub async fn sign_everyone_out(
    caller: Caller<RoleManager>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    let (actor, now) = (user.actor(), hearth.now());
    match hearth.act(actor, move |conn| users::sign_everyone_out(conn, actor, now)).await {
        Ok(()) => Ok(web::see_other_with(&hearth, urls::ADMIN_USERS, "flash-everyone-signed-out")?),
        Err(RoleError::App(error)) => Err(error.into()),
        Err(error) => Err(AppError::Internal(error.into()).into()),
    }
}

type Change = fn(&mut PgConnection, Actor, UserId, RoleId, DateTime<Utc>) -> Result<(), RoleError>;

async fn change(
    admin: CurrentUser,
    path: Path<(i64, i64)>,
    hearth: Data<Hearth>,
    work: Change,
    flash: &str,
) -> Result<HttpResponse, PageError> {
    let (user, role) = (UserId(path.0), RoleId(path.1));
    let (actor, now) = (admin.actor(), hearth.now());
    match hearth.act(actor, move |conn| work(conn, actor, user, role, now)).await {
        Ok(()) => {
            hearth.postbox.ring();
            Ok(web::see_other_with(&hearth, &urls::admin_user(user), flash)?)
        }
        Err(RoleError::App(error)) => Err(error.into()),
        Err(_) => person_page(admin, user, &hearth, true).await,
    }
}

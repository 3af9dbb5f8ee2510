//! `/hr/departments/{id}`: one department with its suggestions and its plan;
//! `/hr/actions/…`: what is done to an action.

use crate::{
    actions::{self, Action, ActionId, Followed, Step, Suggestion, form::ActionForm},
    auth::{Caller, CurrentUser, DepartmentReader},
    departments::{
        self, Counted,
        pages::{Row, rows},
    },
    domain::DepartmentId,
    error::{AppError, PageError},
    i18n::Language,
    insights::{
        self, Overview,
        picture::{Picture, link},
    },
    instruments::Version,
    library::ItemId,
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
use std::sync::Arc;

/// The page of all published numbers.
const INSIGHTS: &str = urls::HR;

#[derive(Template)]
#[template(path = "hr/departments/show.html")]
struct DepartmentPage {
    page: Page,
    department: Counted,
    /// The departments above that this person may see, from the top.
    above: Vec<(DepartmentId, String)>,
    /// Those under it.
    rows: Vec<Row>,
    small: Option<&'static str>,
    may_edit: bool,
    /// Whether this person may see its published numbers at all.
    may_see_numbers: bool,
    /// The numbers of the latest period that it was in, the period's name, and
    /// where the whole picture is.
    picture: Option<Picture>,
    picture_of: String,
    picture_link: String,
    suggestions: Vec<Suggestion>,
    plan: Vec<Followed>,
    today: NaiveDate,
    /// The questionnaire that a new action takes its dimension from.
    version: Arc<Version>,
    form: ActionForm,
    errors: FormErrors,
}

impl DepartmentPage {
    async fn load(
        reader: &CurrentUser,
        id: DepartmentId,
        form: ActionForm,
        hearth: &Data<Hearth>,
    ) -> Result<Self, AppError> {
        let (scope, numbers, language) =
            (reader.sees_departments_of(), reader.sees_numbers_of(), reader.page.language());
        let state = hearth.clone();
        let read = move |conn: &mut _| {
            let all = departments::counted(conn)?;
            let tree: Vec<_> = all.iter().map(|one| one.department.clone()).collect();
            if !departments::visible(&tree, scope).iter().any(|one| one.id == id) {
                return Err(AppError::NotFound);
            }
            let in_numbers = |scope| departments::visible(&tree, scope).iter().any(|one| one.id == id);
            let may_see_numbers = numbers.is_some_and(in_numbers);
            let standing = match numbers.filter(|_| may_see_numbers) {
                Some(scope) => actions::standing(conn, state.instruments(), scope, id, language)?,
                None => None,
            };
            Ok((all, may_see_numbers, standing, actions::plan(conn, state.instruments(), id, language)?))
        };
        let (all, may_see_numbers, standing, plan) = hearth.db.read(read).await?;
        let (overview, suggestions) = standing.map_or((None, Vec::new()), |(one, found)| (Some(one), found));
        let words = reader.page.words();
        let text = |of: &dyn Fn(&Overview) -> String| overview.as_ref().map(of).unwrap_or_default();
        let tree: Vec<_> = all.iter().map(|one| one.department.clone()).collect();
        let visible = departments::visible(&tree, scope);
        let inside: Vec<_> = departments::subtree(&tree, id).into_iter().map(|one| one.id).collect();
        let above = departments::above(&tree, id).into_iter().filter(|one| visible.contains(one));
        let mut page = reader.page.clone().keeping("new-action", urls::hr_department_actions(id));
        page.path = urls::hr_department(id); // where a change of language leads back to
        Ok(Self {
            above: above.map(|one| (one.id, one.name.clone())).collect(),
            small: rows(&all, &inside[..1], hearth.config.min_group).first().and_then(|row| row.small),
            rows: rows(&all, &inside[1..], hearth.config.min_group),
            department: all.iter().find(|one| one.department.id == id).cloned().ok_or(AppError::NotFound)?,
            may_edit: reader.may_edit_departments(),
            version: overview.as_ref().map_or_else(|| hearth.instruments().current(), |one| one.version.clone()),
            may_see_numbers,
            picture: overview.as_ref().map(|one| Picture::new(one, INSIGHTS, words)),
            picture_of: text(&|one| insights::words::period(&one.release, words)),
            picture_link: text(&|one| link(INSIGHTS, &one.release, one, id.0)),
            suggestions,
            plan,
            today: hearth.day(hearth.now()),
            form,
            errors: FormErrors::default(),
            page,
        })
    }

    fn open(&self) -> Vec<&Followed> {
        self.plan.iter().filter(|one| one.action.done_at.is_none()).collect()
    }

    fn done(&self) -> Vec<&Followed> {
        self.plan.iter().filter(|one| one.action.done_at.is_some()).collect()
    }

    fn dimensions(&self) -> Vec<(String, String)> {
        dimensions(&self.version, self.page.language())
    }
}

/// What an action can be about, with its name.
fn dimensions(version: &Version, language: Language) -> Vec<(String, String)> {
    let subscales = version.instrument.subscales.iter();
    subscales.map(|subscale| (subscale.id.clone(), subscale.name.in_language(language).to_owned())).collect()
}

#[derive(Deserialize)]
pub struct DepartmentQuery {
    /// The suggestion that somebody wants to plan.
    plan: Option<i64>,
}

/// One department: its people, its standing, what could help and what is planned.
pub async fn show(
    caller: Caller<DepartmentReader>,
    id: Path<i64>,
    query: Query<DepartmentQuery>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let mut page = DepartmentPage::load(&user, DepartmentId(*id), ActionForm::default(), &hearth).await?;
    let wanted = query.plan.map(ItemId);
    if let Some(suggestion) = page.suggestions.iter().find(|one| Some(one.item.id) == wanted) {
        page.form.what = suggestion.item.title.clone();
        page.form.dimension = suggestion.subscale.clone();
    }
    Ok(web::html(&page)?)
}

/// Plans something.
pub async fn create(
    caller: Caller<DepartmentReader>,
    id: Path<i64>,
    form: Form<ActionForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form, switched) = caller.form_or_switch(form).await?;
    let id = DepartmentId(*id);
    let mut page = DepartmentPage::load(&user, id, form, &hearth).await?;
    if switched {
        return Ok(web::html(&page)?);
    }
    let mut errors = FormErrors::default();
    let Some(plan) = page.form.parse(&page.version.instrument, &page.page, &mut errors) else {
        page.errors = errors;
        return Ok(web::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)?);
    };
    let (who, version, now) = ((user.id, user.sees_departments_of()), page.version, hearth.now());
    hearth.act(user.actor(), move |conn| actions::create(conn, who, id, &version, &plan, now)).await?;
    Ok(web::see_other_with(&hearth, &format!("{}#plan", urls::hr_department(id)), "flash-action-created")?)
}

#[derive(Template)]
#[template(path = "hr/departments/action.html")]
struct ActionPage {
    page: Page,
    action: Action,
    dimensions: Vec<(String, String)>,
    form: ActionForm,
    errors: FormErrors,
}

impl ActionPage {
    fn new(page: Page, action: Action, version: &Version, form: ActionForm, errors: FormErrors) -> Self {
        let mut page = page.keeping("action", urls::hr_action(action.id));
        page.path = urls::hr_action_edit(action.id);
        Self { dimensions: dimensions(version, page.language()), page, action, form, errors }
    }
}

async fn load(reader: &CurrentUser, id: ActionId, hearth: &Data<Hearth>) -> Result<(Action, Arc<Version>), AppError> {
    let (scope, state) = (reader.sees_departments_of(), hearth.clone());
    let read = move |conn: &mut _| {
        let action = actions::show(conn, scope, id)?;
        let version = state.instruments().get(conn, action.version)?;
        Ok((action, version))
    };
    hearth.db.read(read).await
}

/// The form that changes an action.
pub async fn edit(
    caller: Caller<DepartmentReader>,
    id: Path<i64>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let (action, version) = load(&user, ActionId(*id), &hearth).await?;
    let form = ActionForm::from(&action);
    Ok(web::html(&ActionPage::new(user.page, action, &version, form, FormErrors::default()))?)
}

/// Changes an action.
pub async fn update(
    caller: Caller<DepartmentReader>,
    id: Path<i64>,
    form: Form<ActionForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form, switched) = caller.form_or_switch(form).await?;
    let (action, version) = load(&user, ActionId(*id), &hearth).await?;
    if switched {
        return Ok(web::html(&ActionPage::new(user.page, action, &version, form, FormErrors::default()))?);
    }
    let mut errors = FormErrors::default();
    if let Some(plan) = form.parse(&version.instrument, &user.page, &mut errors) {
        return step(user, *id, Step::Edit(plan), "flash-action-changed", hearth).await;
    }
    let page = ActionPage::new(user.page, action, &version, form, errors);
    Ok(web::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)?)
}

/// Marks an action done.
pub async fn done(
    caller: Caller<DepartmentReader>,
    id: Path<i64>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    step(user, *id, Step::Done, "flash-action-done", hearth).await
}

/// Puts an action back on the plan.
pub async fn reopen(
    caller: Caller<DepartmentReader>,
    id: Path<i64>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    step(user, *id, Step::Reopen, "flash-action-reopened", hearth).await
}

/// Takes an action off the plan for good.
pub async fn delete(
    caller: Caller<DepartmentReader>,
    id: Path<i64>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    step(user, *id, Step::Delete, "flash-action-deleted", hearth).await
}

async fn step(
    reader: CurrentUser,
    id: i64,
    step: Step,
    flash: &str,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (who, now) = ((reader.id, reader.sees_departments_of()), hearth.now());
    let department =
        hearth.act(reader.actor(), move |conn| actions::change(conn, who, ActionId(id), &step, now)).await?;
    Ok(web::see_other_with(&hearth, &format!("{}#plan", urls::hr_department(department)), flash)?)
}

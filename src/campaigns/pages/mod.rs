//! `/hr/campaigns`: the list, a draft's form, an open campaign.

pub mod close;
pub mod codes;

use crate::{
    assessment::report::limits_source,
    auth::{Caller, CampaignManager},
    campaigns::{
        self, Campaign, Choices, Listed, OpenError, SendContext, Shown,
        form::{DraftForm, DraftView},
        participation::GROUPS,
        slips,
    },
    db::keyset,
    domain::{PeriodId, PeriodState, Rhythm, UserId},
    error::{AppError, PageError},
    urls,
    web::{self, Button, Form, Hearth, Page, Query, form::FormErrors},
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use codes::PersonForm;
use diesel::PgConnection;
use serde::Deserialize;

/// Campaigns per page.
const PAGE: i64 = 20;

#[derive(Template)]
#[template(path = "hr/campaigns/index.html")]
struct ListPage {
    page: Page,
    rows: Vec<Listed>,
    older: Option<PeriodId>,
    newest: bool,
}

#[derive(Deserialize)]
pub struct ListQuery {
    before: Option<i64>,
}

/// Every campaign, the newest first.
pub async fn index(
    caller: Caller<CampaignManager>,
    query: Query<ListQuery>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let before = query.before.map(PeriodId);
    let rows = hearth.db.read(move |conn| campaigns::list(conn, before, PAGE + 1)).await?;
    let (rows, more) = keyset::cut(rows, PAGE as usize);
    let older = rows.last().filter(|_| more).map(|last| last.id);
    Ok(web::html(&ListPage { page: user.page, rows, older, newest: before.is_none() })?)
}

#[derive(Template)]
#[template(path = "hr/campaigns/new.html")]
struct NewPage {
    page: Page,
    draft: DraftView,
}

impl NewPage {
    fn new(page: Page, typed: DraftForm, choices: &Choices, errors: FormErrors) -> Self {
        let draft = DraftView::new(typed, choices, errors, &page);
        let mut page = page.keeping("campaign", urls::HR_CAMPAIGNS);
        page.path = urls::HR_CAMPAIGNS_NEW.to_owned();
        Self { page, draft }
    }
}

/// The form of a new draft.
pub async fn new(caller: Caller<CampaignManager>, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let choices = hearth.db.read(campaigns::choices).await?;
    let (today, default) = (hearth.day(hearth.now()), hearth.instruments().current().id);
    let typed = DraftForm::fresh(today, &choices, default);
    Ok(web::html(&NewPage::new(user.page, typed, &choices, FormErrors::default()))?)
}

/// Creates a draft.
pub async fn create(
    caller: Caller<CampaignManager>,
    form: Form<Vec<(String, String)>>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form, switched) = caller.form_or_switch(form).await?;
    let (by, page, now) = (user.actor(), user.page, hearth.now());
    let typed = DraftForm::from_fields(&form);
    let choices = hearth.db.read(campaigns::choices).await?;
    if switched {
        return Ok(web::html(&NewPage::new(page, typed, &choices, FormErrors::default()))?);
    }
    match typed.parse(&choices, hearth.config.campaigns, &page) {
        Ok(draft) => {
            let id = hearth.act(by, move |conn| campaigns::create(conn, by.user, &draft, now)).await?;
            Ok(web::see_other_with(&hearth, &place(id), "flash-campaign-kept")?)
        }
        Err(errors) => {
            let page = NewPage::new(page, typed, &choices, errors);
            Ok(web::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)?)
        }
    }
}

fn place(id: PeriodId) -> String {
    urls::hr_campaign(id)
}

#[derive(Template)]
#[template(path = "hr/campaigns/show.html")]
struct ShowPage {
    page: Page,
    campaign: Campaign,
    /// How many are invited, or would be today.
    invited: i64,
    questionnaire: String,
    /// Source of its cut-off set.
    limits: Option<String>,
    /// Number of invited people from which the share of answers is shown.
    participation_from: i64,
    /// The form, for a draft.
    draft: Option<DraftView>,
    /// Why it did not open.
    problem: Option<String>,
    /// How many of the invited have no address.
    without_address: i64,
    person: PersonForm,
    person_errors: FormErrors,
}

/// One campaign: a draft's form, or how an open one is going.
pub async fn show(
    caller: Caller<CampaignManager>,
    id: Path<i64>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let page = load(&hearth, user.page, PeriodId(*id), None, FormErrors::default()).await?;
    Ok(web::html(&page)?)
}

async fn load(
    hearth: &Data<Hearth>,
    page: Page,
    id: PeriodId,
    typed: Option<DraftForm>,
    errors: FormErrors,
) -> Result<ShowPage, AppError> {
    let (shared, today) = (hearth.clone(), hearth.day(hearth.now()));
    let read = move |conn: &mut PgConnection| {
        let config = &shared.config;
        let rules = (config.min_group, config.campaigns);
        let shown = campaigns::show(conn, id, rules, (&config.timezone, today))?;
        let campaign = &shown.campaign;
        let version = campaign.version.unwrap_or(shared.instruments().current().id);
        let version = shared.instruments().get(conn, version)?;
        let choices = if campaign.state == PeriodState::Draft { Some(campaigns::choices(conn)?) } else { None };
        let without_address = slips::count_without_address(conn, id)?;
        Ok::<_, AppError>((shown, without_address, version, choices))
    };
    let (Shown { campaign, invited, rests_until }, without_address, version, choices) = hearth.db.read(read).await?;
    let sets = &version.instrument.cut_off_sets;
    let set = sets.iter().find(|set| Some(&set.id) == campaign.cut_off_set.as_ref());
    let min_group = campaign.min_group.map_or_else(|| i64::from(hearth.config.min_group), i64::from);
    let typed = typed.unwrap_or_else(|| DraftForm::of(&campaign));
    let mut page = page;
    page.path = place(id);
    if choices.is_some() {
        page = page.keeping("campaign", place(id));
    }
    Ok(ShowPage {
        invited,
        questionnaire: version.instrument.title(page.language()),
        limits: set.map(|set| limits_source(&version.instrument, set, page.words())),
        participation_from: GROUPS * min_group,
        draft: choices.map(|choices| DraftView::new(typed, &choices, errors, &page)),
        problem: rests_until.map(|from| page.t1("campaign-at-rest", "date", page.date(&from))),
        without_address,
        person: PersonForm::default(),
        person_errors: FormErrors::default(),
        campaign,
        page,
    })
}

/// Changes a draft.
pub async fn change(
    caller: Caller<CampaignManager>,
    id: Path<i64>,
    form: Form<Vec<(String, String)>>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form, switched) = caller.form_or_switch(form).await?;
    let (by, page, now, id) = (user.actor(), user.page, hearth.now(), PeriodId(*id));
    let typed = DraftForm::from_fields(&form);
    if switched {
        return Ok(web::html(&load(&hearth, page, id, Some(typed), FormErrors::default()).await?)?);
    }
    let choices = hearth.db.read(campaigns::choices).await?;
    match typed.parse(&choices, hearth.config.campaigns, &page) {
        Ok(draft) => {
            hearth.act(by, move |conn| campaigns::change(conn, by.user, id, &draft, now)).await?;
            Ok(web::see_other_with(&hearth, &place(id), "flash-campaign-kept")?)
        }
        Err(errors) => {
            let page = load(&hearth, page, id, Some(typed), errors).await?;
            Ok(web::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)?)
        }
    }
}

/// Deletes a draft.
pub async fn delete(
    caller: Caller<CampaignManager>,
    id: Path<i64>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    let (actor, now, id) = (user.id, hearth.now(), PeriodId(*id));
    hearth.act(user.actor(), move |conn| campaigns::delete(conn, actor, id, now)).await?;
    Ok(web::see_other_with(&hearth, urls::HR_CAMPAIGNS, "flash-campaign-deleted")?)
}

/// Opens a draft, or shows why it cannot be opened.
pub async fn open(
    caller: Caller<CampaignManager>,
    id: Path<i64>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    let (by, occasion, id) = (user.actor(), occasion(&hearth, &user.page)?, PeriodId(*id));
    let rules = (hearth.config.min_group, hearth.config.campaigns);
    match hearth.act(by, move |conn| campaigns::open(conn, by.user, id, rules, &occasion)).await {
        Ok(()) => {
            hearth.postbox.ring();
            Ok(web::see_other_with(&hearth, &place(id), "flash-campaign-opened")?)
        }
        Err(error) => {
            let problem = explained(error, hearth.config.campaigns, &user.page)?;
            let mut page = load(&hearth, user.page, id, None, FormErrors::default()).await?;
            page.problem = Some(problem);
            Ok(web::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)?)
        }
    }
}

/// Why a campaign did not open, as a sentence; errors that are no refusal are passed on.
fn explained(error: OpenError, rhythm: Rhythm, page: &Page) -> Result<String, AppError> {
    Ok(match error {
        OpenError::AnotherOpen => page.t("campaign-another-open").to_owned(),
        OpenError::Over => page.t("campaign-over").to_owned(),
        OpenError::NobodyInvited => page.t("campaign-nobody-invited").to_owned(),
        OpenError::TooLong { latest } => {
            page.t2("campaign-too-long-from-today", "days", rhythm.longest(), "date", page.date(&latest))
        }
        OpenError::Resting { from } => page.t1("campaign-at-rest", "date", page.date(&from)),
        OpenError::App(error) => return Err(error),
    })
}

/// Sends reminders.
pub async fn remind(
    caller: Caller<CampaignManager>,
    id: Path<i64>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    let (actor, occasion, id): (UserId, _, _) = (user.id, occasion(&hearth, &user.page)?, PeriodId(*id));
    hearth.act(user.actor(), move |conn| campaigns::remind(conn, actor, id, &occasion)).await?;
    hearth.postbox.ring();
    Ok(web::see_other_with(&hearth, &place(id), "flash-campaign-reminded")?)
}

/// The context of this request.
fn occasion(hearth: &Hearth, page: &Page) -> Result<SendContext, AppError> {
    let url = hearth.config.public_url.join(urls::ASSESSMENTS_NEW);
    let url = url.map_err(|error| AppError::Internal(error.into()))?;
    let now = hearth.now();
    let (language, timezone) = (page.language(), hearth.config.timezone);
    Ok(SendContext { url: url.into(), language, today: hearth.day(now), now, timezone })
}

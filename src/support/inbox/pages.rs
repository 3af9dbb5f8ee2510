//! `/hr/support`: the inbox, one request, answering and closing it.

use crate::{
    auth::{Caller, SupportDesk},
    error::{AppError, PageError},
    support::{
        LONGEST_TEXT, State,
        inbox::{self, Listed, Opened, PAGE, Part, RequestId},
    },
    urls,
    web::{
        self, Button, Form, Hearth, Page, Query,
        form::{FormErrors, paragraphs},
    },
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use chrono::NaiveDateTime;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "hr/support/index.html")]
struct InboxPage {
    page: Page,
    rows: Vec<(Listed, NaiveDateTime)>,
    closed: bool,
    /// Whether it is the first page.
    first: bool,
    next: Option<RequestId>,
}

#[derive(Deserialize)]
pub struct InboxQuery {
    /// `closed`, or nothing for requests that are open or answered.
    state: Option<String>,
    after: Option<i64>,
}

/// Requests that are open or answered, oldest first, or closed ones.
pub async fn index(
    caller: Caller<SupportDesk>,
    query: Query<InboxQuery>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let closed = query.state.as_deref() == Some("closed");
    let (part, after) = (if closed { Part::Closed } else { Part::Waiting }, query.after.map(RequestId));
    let mut found = hearth.db.read(move |conn| inbox::inbox(conn, part, after)).await?;
    let more = found.len() > PAGE as usize;
    found.truncate(PAGE as usize);
    let next = found.last().filter(|_| more).map(|last| last.id);
    let rows = found.into_iter().map(|one| (one.clone(), hearth.local(one.created_at))).collect();
    Ok(web::html(&InboxPage { page: user.page, rows, closed, first: after.is_none(), next })?)
}

#[derive(Template)]
#[template(path = "hr/support/show.html")]
struct RequestPage {
    page: Page,
    request: Opened,
    sent: NaiveDateTime,
    answer: String,
    errors: FormErrors,
}

impl RequestPage {
    fn may_answer(&self) -> bool {
        self.request.state == State::Open
    }

    fn may_close(&self) -> bool {
        matches!(self.request.state, State::Open | State::Answered)
    }
}

/// One request with what its sender chose to share.
pub async fn show(caller: Caller<SupportDesk>, id: Path<i64>, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    request_page(user.page, RequestId(*id), String::new(), FormErrors::default(), &hearth).await
}

async fn request_page(
    page: Page,
    id: RequestId,
    answer: String,
    errors: FormErrors,
    hearth: &Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let request = hearth.db.read(move |conn| inbox::show(conn, id)).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let sent = hearth.local(request.created_at);
    Ok(web::html_with(status, &RequestPage { page, request, sent, answer, errors })?)
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct AnswerForm {
    answer: String,
}

/// Answers a request.
pub async fn answer(
    caller: Caller<SupportDesk>,
    id: Path<i64>,
    form: Form<AnswerForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form) = caller.form(form).await?;
    let (id, text, user) = (RequestId(*id), paragraphs(&form.answer), user);
    let mut errors = FormErrors::default();
    match text.chars().count() {
        0 => errors.add(user.page.words(), "answer", "field-required"),
        1..=LONGEST_TEXT => {}
        _ => errors.add_text("answer", user.page.t1("support-text-too-long", "count", LONGEST_TEXT)),
    }
    if !errors.is_empty() {
        return request_page(user.page, id, text, errors, &hearth).await;
    }
    let url = hearth.config.public_url.join(urls::PRIVACY).map_err(|error| AppError::Internal(error.into()))?;
    let (language, now) = (user.page.language(), hearth.now());
    hearth.act(user.actor(), move |conn| inbox::answer(conn, user.id, id, &text, url.as_str(), language, now)).await?;
    hearth.postbox.ring();
    Ok(web::see_other_with(&hearth, &urls::hr_support_request(id), "flash-support-answered")?)
}

/// Closes a request.
pub async fn close(
    caller: Caller<SupportDesk>,
    id: Path<i64>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    let (id, now) = (RequestId(*id), hearth.now());
    hearth.act(user.actor(), move |conn| inbox::close(conn, user.id, id, now)).await?;
    Ok(web::see_other_with(&hearth, urls::HR_SUPPORT, "flash-support-closed")?)
}

//! Sending messages. The answer comes with the redirect's page, or as server-sent
//! events with `Accept: text/event-stream`.

use super::{Said, SaidPart, Typed, reader_of, render};
use crate::{
    assistant::{
        self, ChatNumber, LIMIT, LONGEST_MESSAGE, MessageNumber, NewMessage, Question, StoredMessage,
        answer::{self, Answer},
    },
    auth::{Caller, CurrentUser, SignedIn},
    error::{AppError, PageError},
    library, urls,
    web::{
        self, Button, Form, Hearth, Page,
        form::{FormErrors, line, paragraphs},
    },
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header::ACCEPT},
    web::{Bytes, Data, Path},
};
use askama::Template as _;
use diesel::PgConnection;
use futures_util::stream;
use serde::Deserialize;
use serde_json::json;
use std::{convert::Infallible, time::Duration};
use tokio::sync::mpsc::{self, UnboundedSender};

/// A message; the first one carries the consent too.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct MessageForm {
    user_message: String,
    idempotency_key: String,
    reader: Option<String>,
    /// The model's host that the consent named.
    host: Option<String>,
}

impl MessageForm {
    fn parse(&self, page: &Page) -> Result<NewMessage, FormErrors> {
        let mut errors = FormErrors::default();
        let text = paragraphs(&self.user_message);
        match text.chars().count() {
            0 => errors.add(page.words(), "user_message", "chat-message-missing"),
            1..=LONGEST_MESSAGE => {}
            _ => errors.add_text("user_message", page.t1("chat-message-too-long", "count", LONGEST_MESSAGE)),
        }
        let key = line(&self.idempotency_key);
        let idempotency_key = Some(key).filter(|key| (1..=100).contains(&key.len()));
        if errors.is_empty() { Ok(NewMessage { text, idempotency_key }) } else { Err(errors) }
    }

    fn typed(self, errors: FormErrors) -> Typed {
        Typed { text: self.user_message, chosen: self.reader.unwrap_or_default(), errors, ..Typed::default() }
    }
}

/// Stores a message and answers it.
pub async fn send(
    caller: Caller<SignedIn>,
    id: Path<i64>,
    request: HttpRequest,
    form: Form<MessageForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form, switched) = caller.form_or_switch(form).await?;
    let chat = ChatNumber(*id);
    if switched {
        return render(user, chat, None, form.typed(FormErrors::default()), StatusCode::OK, &hearth).await;
    }
    let new = match form.parse(&user.page) {
        Ok(new) => new,
        Err(errors) => return refuse(user, chat, form, Refusal::Wrong(errors), &hearth).await,
    };
    match keep(&user, chat, &form, new, &hearth).await {
        Ok(Some(kept)) => answered(user, chat, kept, &request, &hearth).await,
        Ok(None) => refuse(user, chat, form, Refusal::NoAgreement, &hearth).await,
        Err(AppError::TooManyRequests(wait)) => refuse(user, chat, form, Refusal::TooMany(wait), &hearth).await,
        Err(error) => Err(error.into()),
    }
}

/// Stores a message, and first the consent that came with it; `None` without a consent,
/// from now or before.
async fn keep(
    user: &CurrentUser,
    chat: ChatNumber,
    form: &MessageForm,
    new: NewMessage,
    hearth: &Data<Hearth>,
) -> Result<Option<StoredMessage>, AppError> {
    let (owner, host, now) = (user.id, hearth.model_host(), hearth.now());
    let chosen = reader_of(form.reader.as_deref(), form.host.as_deref(), hearth);
    let help = user.page.t("assistant-help").to_owned();
    let work = move |conn: &mut PgConnection| {
        if !assistant::settle_reader(conn, owner, chat, chosen, host.as_deref(), now)? {
            return Ok(None);
        }
        assistant::send(conn, owner, chat, &new, host.as_deref(), &help, now).map(Some)
    };
    hearth.act(user.actor(), work).await
}

/// Why a message was not sent.
enum Refusal {
    Wrong(FormErrors),
    /// Nothing was chosen about where messages may be sent.
    NoAgreement,
    /// The limit is reached; how long to wait.
    TooMany(Duration),
}

/// Shows the conversation with what was typed, and why it was not sent: 422, or 429
/// when they have to wait.
async fn refuse(
    user: CurrentUser,
    chat: ChatNumber,
    form: MessageForm,
    refusal: Refusal,
    hearth: &Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (mut errors, mut wait) = (FormErrors::default(), None);
    match refusal {
        Refusal::Wrong(found) => errors = found,
        Refusal::NoAgreement => errors.add(user.page.words(), "reader", "assistant-agreement-missing"),
        Refusal::TooMany(long) => {
            errors.add_text("", limit_words(&user.page, long));
            wait = Some(long);
        }
    }
    let status = if wait.is_some() { StatusCode::TOO_MANY_REQUESTS } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut response = render(user, chat, None, form.typed(errors), status, hearth).await?;
    if let Some(wait) = wait {
        web::retry_after(&mut response, wait);
    }
    Ok(response)
}

/// The message about the limit, with the wait in minutes.
fn limit_words(page: &Page, wait: Duration) -> String {
    page.t2("chat-limit", "count", LIMIT, "minutes", (wait.as_secs_f64() / 60.0).ceil())
}

/// Answers a message that has no answer yet.
pub async fn answer_again(
    caller: Caller<SignedIn>,
    ids: Path<(i64, i64)>,
    request: HttpRequest,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    let (chat, message) = (ChatNumber(ids.0), MessageNumber(ids.1));
    let (owner, host, now, help) =
        (user.id, hearth.model_host(), hearth.now(), user.page.t("assistant-help").to_owned());
    let work =
        move |conn: &mut PgConnection| assistant::ask_again(conn, owner, chat, message, host.as_deref(), &help, now);
    let kept = hearth.act(user.actor(), work).await?;
    answered(user, chat, kept, &request, &hearth).await
}

/// Answers a stored message. It runs in a task of its own, so that the answer is
/// stored even if the browser disconnects.
async fn answered(
    user: CurrentUser,
    chat: ChatNumber,
    kept: StoredMessage,
    request: &HttpRequest,
    hearth: &Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let wants_events = request.headers().get(ACCEPT).is_some_and(|accept| accept.as_bytes() == b"text/event-stream");
    let place = format!("{}#m{}", urls::chat(chat), kept.number);
    match kept.question {
        None => Ok(web::see_other(&place)),
        Some(question) if wants_events => Ok(events(user, chat, kept.number, question, hearth.clone())),
        Some(question) => {
            let (hearth, language) = (hearth.clone(), user.page.language());
            let work = async move { answer::answer(&hearth, question, language, |_| ()).await };
            match actix_web::rt::spawn(work).await {
                Ok(answer) => answer.map(|_| web::see_other(&place)).map_err(PageError::from),
                Err(error) => Err(AppError::Internal(error.into()).into()),
            }
        }
    }
}

/// The answer as server-sent events: `piece` with text as it arrives, then `done`
/// with the rendered message, or `failed`.
fn events(
    user: CurrentUser,
    chat: ChatNumber,
    id: MessageNumber,
    question: Question,
    hearth: Data<Hearth>,
) -> HttpResponse {
    let (send, receive) = mpsc::unbounded_channel();
    actix_web::rt::spawn(async move {
        let piece = |text: &str| tell(&send, "piece", &json!({ "text": text }));
        let found = answer::answer(&hearth, question, user.page.language(), piece).await;
        match done(&user, chat, id, found, &hearth).await {
            Ok(html) => tell(&send, "done", &json!({ "html": html })),
            Err(error) => {
                tracing::error!("an answer could not be sent to the browser: {error:?}");
                tell(&send, "failed", &json!({}));
            }
        }
    });
    let body = stream::unfold(receive, |mut receive| async {
        receive.recv().await.map(|event| (Ok::<_, Infallible>(event), receive))
    });
    HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header(("X-Accel-Buffering", "no")) // or nginx buffers the whole response
        .streaming(body)
}

/// Sends an event; a browser that disconnected is ignored.
fn tell(send: &UnboundedSender<Bytes>, event: &str, data: &serde_json::Value) {
    let _ = send.send(format!("event: {event}\ndata: {data}\n\n").into());
}

async fn done(
    user: &CurrentUser,
    chat: ChatNumber,
    id: MessageNumber,
    found: Result<Answer, AppError>,
    hearth: &Data<Hearth>,
) -> Result<String, AppError> {
    let items = found?.items;
    let (owner, language) = (user.id, user.page.language());
    let read = move |conn: &mut PgConnection| {
        let message = assistant::message(conn, owner, chat, id)?;
        Ok::<_, AppError>((message, library::by_ids(conn, &items, language)?))
    };
    let (message, titles) = hearth.db.read(read).await?;
    let said = Said::new(message, &titles.into_iter().collect(), &user.page, hearth);
    Ok(SaidPart { page: &user.page, said: &said }.render()?)
}

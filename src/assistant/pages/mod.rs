//! `/chats`: conversations, and the consent to sending them to a model.

pub mod writing;

use crate::{
    assistant::{
        self, Chat, ChatNumber, Color, LONGEST_NAME, MOST_CHATS, Message, MessageNumber, Reader, Source, crisis,
    },
    auth::{Caller, CurrentUser, SignedIn},
    error::{AppError, PageError},
    keys,
    library::{self, ItemId},
    urls,
    web::{
        self, Button, Form, Hearth, Page, Query,
        form::{FormErrors, line},
        promise::{Contact, contacts},
    },
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use chrono::NaiveDateTime;
use diesel::PgConnection;
use serde::Deserialize;
use std::collections::HashMap;

/// The longest search text, in characters; the rest is cut off.
const LONGEST_WANTED: usize = 100;

/// What a page says about where messages are sent.
struct Agreement {
    reader: Option<Reader>,
    /// The model's host, if there is one.
    host: Option<String>,
    /// Retention of messages, in months.
    months: u32,
}

impl Agreement {
    fn of(reader: Option<Reader>, hearth: &Hearth) -> Self {
        Self { reader, host: hearth.model_host(), months: hearth.config.retention_months }
    }

    fn is_model(&self) -> bool {
        self.reader == Some(Reader::Model)
    }
}

/// Name and colour, as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct ChatForm {
    name: String,
    color: String,
}

impl ChatForm {
    fn parse(&self, page: &Page) -> Result<(String, Color), FormErrors> {
        let mut errors = FormErrors::default();
        let name = line(&self.name);
        match name.chars().count() {
            0 => errors.add(page.words(), "name", "field-required"),
            1..=LONGEST_NAME => {}
            _ => errors.add_text("name", page.t1("chat-name-too-long", "count", LONGEST_NAME)),
        }
        let color = self.color.parse();
        if color.is_err() {
            errors.add(page.words(), "color", "chat-color-unknown");
        }
        match color {
            Ok(color) if errors.is_empty() => Ok((name, color)),
            _ => Err(errors),
        }
    }

    /// Colours to choose from: value, key of the name, whether it is selected. A
    /// current colour from outside the palette is offered too.
    fn colors(&self) -> Vec<(&str, &'static str, bool)> {
        let offered = Color::PALETTE.map(|(name, value)| (value, name, value == self.color));
        let own = self.color.parse::<Color>().is_ok() && offered.iter().all(|(_, _, chosen)| !chosen);
        let own = own.then_some((self.color.as_str(), "own", true));
        offered.into_iter().chain(own).collect()
    }
}

#[derive(Template)]
#[template(path = "chats/index.html")]
struct ChatsPage {
    page: Page,
    rows: Vec<ChatRow>,
    wanted: String,
    /// The last conversation of this page, if there are more.
    older: Option<String>,
    newest: bool,
    form: ChatForm,
    errors: FormErrors,
    agreement: Agreement,
}

struct ChatRow {
    chat: Chat,
    last: Option<String>,
    active: NaiveDateTime,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct ChatsQuery {
    q: String,
    after: Option<i64>,
}

/// My conversations.
pub async fn index(
    caller: Caller<SignedIn>,
    query: Query<ChatsQuery>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let name = user.page.moment(&hearth.local(hearth.now()));
    let form = ChatForm { name, color: Color::default().as_str().to_owned() };
    list(user, query.into_inner(), form, FormErrors::default(), &hearth).await
}

/// Conversations that contain the text. A POST, so that it is in no URL, browser
/// history or log.
pub async fn search(
    caller: Caller<SignedIn>,
    form: Form<ChatsQuery>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (mut user, query) = caller.form(form).await?;
    user.page.path = urls::CHATS.to_owned(); // the address that shows the list with GET
    let name = user.page.moment(&hearth.local(hearth.now()));
    let form = ChatForm { name, color: Color::default().as_str().to_owned() };
    list(user, query, form, FormErrors::default(), &hearth).await
}

async fn list(
    user: CurrentUser,
    query: ChatsQuery,
    form: ChatForm,
    errors: FormErrors,
    hearth: &Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let wanted: String = line(&query.q).chars().take(LONGEST_WANTED).collect();
    let (id, after, host, text) = (user.id, query.after.map(ChatNumber), hearth.model_host(), wanted.clone());
    let read = move |conn: &mut PgConnection| {
        let wanted = Some(text.as_str()).filter(|text| !text.is_empty());
        let found = assistant::chats(conn, id, wanted, after)?;
        Ok::<_, AppError>((found, assistant::reader(conn, id, host.as_deref())?))
    };
    let ((found, more), reader) = hearth.db.read(read).await?;
    let last = found.last().filter(|_| more).map(|(chat, _)| chat.number);
    let rows = found.into_iter().map(|(chat, last)| ChatRow { active: hearth.local(chat.active_at), chat, last });
    let older = last.map(|id| id.to_string());
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = ChatsPage {
        page: user.page,
        rows: rows.collect(),
        wanted,
        older,
        newest: query.after.is_none(),
        form,
        errors,
        agreement: Agreement::of(reader, hearth),
    };
    Ok(web::html_with(status, &page)?)
}

/// Creates a conversation.
pub async fn create(
    caller: Caller<SignedIn>,
    form: Form<ChatForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form) = caller.form(form).await?;
    match form.parse(&user.page) {
        Ok((name, color)) => {
            let (id, now) = (user.id, hearth.now());
            match hearth.act(user.actor(), move |conn| assistant::begin_chat(conn, id, &name, &color, now)).await? {
                Some(chat) => Ok(web::see_other(&urls::chat(chat.number))),
                None => {
                    let mut errors = FormErrors::default();
                    errors.add_text("", user.page.t1("chats-too-many", "count", MOST_CHATS));
                    list(user, ChatsQuery::default(), form, errors, &hearth).await
                }
            }
        }
        Err(errors) => list(user, ChatsQuery::default(), form, errors, &hearth).await,
    }
}

#[derive(Template)]
#[template(path = "chats/show.html")]
struct ChatPage {
    page: Page,
    chat: Chat,
    said: Vec<Said>,
    /// The first message of this page, if there are earlier ones.
    earlier: Option<MessageNumber>,
    latest: bool,
    form: ChatForm,
    text: String,
    /// The choice of where messages may be sent, selected but not yet stored.
    chosen: String,
    /// Help contacts, if a message that could not be sent suggests danger.
    help: Option<Vec<Contact>>,
    /// Idempotency key of the form.
    key: String,
    errors: FormErrors,
    agreement: Agreement,
}

/// A message with its answer, for display.
struct Said {
    message: Message,
    at: NaiveDateTime,
    /// Library items that the answer quotes, with titles.
    items: Vec<(ItemId, String)>,
    /// Help contacts, if the answer is help.
    contacts: Option<Vec<Contact>>,
}

#[derive(Template)]
#[template(path = "chats/message.html")]
struct SaidPart<'a> {
    page: &'a Page,
    said: &'a Said,
}

impl Said {
    fn new(message: Message, titles: &HashMap<ItemId, String>, page: &Page, hearth: &Hearth) -> Self {
        let title = |id: ItemId| Some((id, titles.get(&id)?.clone()));
        Self {
            at: hearth.local(message.created_at),
            items: message.items().filter_map(title).collect(),
            contacts: (message.source == Some(Source::Help)).then(|| contacts(hearth, page)),
            message,
        }
    }
}

/// What was typed, and its errors.
#[derive(Default)]
struct Typed {
    /// Name and colour; `None` shows what is stored.
    form: Option<ChatForm>,
    text: String,
    chosen: String,
    errors: FormErrors,
}

#[derive(Deserialize)]
pub struct ChatQuery {
    before: Option<i64>,
}

/// A conversation.
pub async fn show(
    caller: Caller<SignedIn>,
    id: Path<i64>,
    query: Query<ChatQuery>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    render(user, ChatNumber(*id), query.before.map(MessageNumber), Typed::default(), StatusCode::OK, &hearth).await
}

async fn render(
    user: CurrentUser,
    id: ChatNumber,
    before: Option<MessageNumber>,
    typed: Typed,
    status: StatusCode,
    hearth: &Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (owner, language, host) = (user.id, user.page.language(), hearth.model_host());
    let read = move |conn: &mut PgConnection| {
        let chat = assistant::chat(conn, owner, id)?;
        let (messages, more) = assistant::messages(conn, owner, id, before)?;
        let items: Vec<ItemId> = messages.iter().flat_map(Message::items).collect();
        let titles: HashMap<_, _> = library::by_ids(conn, &items, language)?.into_iter().collect();
        Ok::<_, AppError>((chat, messages, more, titles, assistant::reader(conn, owner, host.as_deref())?))
    };
    let (chat, messages, more, titles, reader) = hearth.db.read(read).await?;
    let mut page = user.page;
    page.path = urls::chat(id); // also for a POST that was refused
    if before.is_none() {
        page = page.keeping("write", urls::chat_messages(id));
    }
    let current = || ChatForm { name: chat.name.clone(), color: chat.color.clone() };
    let page = ChatPage {
        earlier: messages.first().filter(|_| more).map(|message| message.number),
        said: messages.into_iter().map(|message| Said::new(message, &titles, &page, hearth)).collect(),
        latest: before.is_none(),
        form: typed.form.unwrap_or_else(current),
        help: crisis::speaks_of_danger(&typed.text).then(|| contacts(hearth, &page)),
        text: typed.text,
        chosen: typed.chosen,
        key: hex::encode(keys::random().map_err(AppError::Internal)?),
        errors: typed.errors,
        agreement: Agreement::of(reader, hearth),
        chat,
        page,
    };
    Ok(web::html_with(status, &page)?)
}

/// Changes name and colour.
pub async fn change(
    caller: Caller<SignedIn>,
    id: Path<i64>,
    form: Form<ChatForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form) = caller.form(form).await?;
    let id = ChatNumber(*id);
    match form.parse(&user.page) {
        Ok((name, color)) => {
            hearth.act(user.actor(), move |conn| assistant::change_chat(conn, user.id, id, &name, &color)).await?;
            Ok(web::see_other_with(&hearth, &urls::chat(id), "flash-saved")?)
        }
        Err(errors) => {
            let typed = Typed { form: Some(form), errors, ..Typed::default() };
            render(user, id, None, typed, StatusCode::UNPROCESSABLE_ENTITY, &hearth).await
        }
    }
}

/// Deletes a conversation.
pub async fn delete(
    caller: Caller<SignedIn>,
    id: Path<i64>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    let id = ChatNumber(*id);
    hearth.act(user.actor(), move |conn| assistant::delete_chat(conn, user.id, id)).await?;
    Ok(web::see_other_with(&hearth, urls::CHATS, "flash-chat-deleted")?)
}

#[derive(Deserialize)]
pub struct AgreementForm {
    reader: Option<String>,
    /// The model's host that the form showed.
    host: Option<String>,
    chat: Option<i64>,
}

/// The choice a form makes; `None` for an unknown one, or consent to a host that is
/// no longer configured.
fn reader_of(text: Option<&str>, shown: Option<&str>, hearth: &Hearth) -> Option<Reader> {
    match (text, hearth.model_host()) {
        (Some("model"), Some(host)) if shown.is_none_or(|shown| shown == host) => Some(Reader::Model),
        (Some("library"), _) => Some(Reader::Library),
        _ => None,
    }
}

/// Stores the choice of where messages may be sent.
pub async fn agree(
    caller: Caller<SignedIn>,
    form: Form<AgreementForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form) = caller.form(form).await?;
    let reader = reader_of(form.reader.as_deref(), form.host.as_deref(), &hearth).ok_or(AppError::BadRequest)?;
    let (id, now, host) = (user.id, hearth.now(), hearth.model_host());
    hearth.act(user.actor(), move |conn| assistant::agree(conn, id, reader, host.as_deref(), now)).await?;
    let path = form.chat.map_or(urls::CHATS.to_owned(), urls::chat);
    Ok(web::see_other_with(&hearth, &path, "flash-saved")?)
}

//! `/api/chats` and `/api/ai/chat`. Messages are sent to a language model only if
//! the person consented on the pages; otherwise the library answers.

use crate::{
    assistant::{
        self, Chat, ChatNumber, Color, LIMIT, LONGEST_MESSAGE, LONGEST_NAME, MOST_CHATS, Message, NewMessage, answer,
    },
    auth::{Api, ApiCaller, Caller},
    error::{ApiError, AppError},
    i18n::{Catalog, Language},
    web::{
        Hearth, Json,
        api::{self, Failure, Query},
        form::{line, paragraphs},
    },
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use diesel::PgConnection;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// A question outside any conversation.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = AiQuestion)]
pub struct AskJson {
    #[serde(default)]
    #[schema(value_type = String, required = true, min_length = 1, max_length = 4000, example = "How do I take breaks?")]
    message: Value,
}

#[derive(Serialize, ToSchema)]
#[schema(as = AiReply)]
pub struct ReplyJson {
    reply: String,
    /// What answered: `model`, `library`, or `help` when the message suggests danger.
    #[schema(value_type = String, pattern = "^(model|library|help)$")]
    source: &'static str,
}

/// Ask without a conversation: nothing is stored.
#[utoipa::path(
    post, path = "/api/ai/chat", tag = "assistant", security(("token" = [])), request_body = AskJson,
    responses(
        (status = 200, description = "The answer", body = ReplyJson),
        (status = 400, description = "The message is empty or too long", body = Failure),
        (status = 401, description = "No valid token", body = Failure),
        (status = 413, description = "Too large", body = Failure),
        (status = 429, description = "30 messages an hour; `Retry-After` says how long to wait", body = Failure),
    )
)]
pub async fn ask(user: Caller<Api>, body: Json<AskJson>, hearth: Data<Hearth>) -> Result<HttpResponse, ApiError> {
    let host = hearth.model_host();
    let work = move |conn: &mut PgConnection, me: &ApiCaller| {
        let text = message(&body.message, "message", me.words())?;
        let asked = assistant::ask_once(conn, me.who.user, &text, host.as_deref(), me.now);
        Ok((asked.map_err(|error| limited(error, me.words()))?, me.language))
    };
    let (question, language) = user.run(work).await?;
    let reply = match question {
        Some(question) => {
            let answer = answer::answer(&hearth, question, language, |_| ()).await?;
            ReplyJson { reply: answer.text, source: answer.source.code() }
        }
        None => ReplyJson { reply: help(&hearth, language), source: assistant::Source::Help.code() },
    };
    Ok(api::answer(StatusCode::OK, &reply))
}

fn message(value: &Value, field: &str, words: &Catalog) -> Result<String, ApiError> {
    let text = paragraphs(api::required(value, field, words)?);
    match text.chars().count() {
        0 => Err(api::wrong("api-field-missing", field, words)),
        1..=LONGEST_MESSAGE => Ok(text),
        _ => Err(api::wrong("api-field-too-long", field, words)),
    }
}

fn limited(error: AppError, words: &Catalog) -> ApiError {
    match error {
        AppError::TooManyRequests(wait) => ApiError::Slow {
            wait,
            detail: words
                .with("chat-limit", &[("count", LIMIT.into()), ("minutes", (wait.as_secs_f64() / 60.0).ceil().into())]),
        },
        error => error.into(),
    }
}

/// The answer to a message that suggests danger: emergency and help contacts.
fn help(hearth: &Hearth, language: Language) -> String {
    let words = language.catalog();
    let contact = |contact: &crate::help::HelpContact| {
        let reach = contact.phone.iter().chain(&contact.url).cloned().collect::<Vec<_>>().join(", ");
        format!("{} ({}): {reach}", contact.name.in_language(language), contact.country)
    };
    let mut lines = vec![words.text("help-urgent").to_owned()];
    lines.extend(hearth.help.contacts.iter().map(contact));
    lines.push(words.text("assistant-help").to_owned());
    lines.join("\n")
}

/// A conversation.
#[derive(Serialize, ToSchema)]
#[schema(as = Chat)]
pub struct ChatJson {
    /// Number within this person's conversations, from 1.
    id: i64,
    name: String,
    #[schema(example = "#6b8f6b", pattern = "^#[0-9a-f]{6}$")]
    color: String,
    #[schema(value_type = String, format = DateTime)]
    created_at: String,
}

impl From<Chat> for ChatJson {
    fn from(chat: Chat) -> Self {
        Self { id: chat.number.0, name: chat.name, color: chat.color, created_at: api::timestamp(chat.created_at) }
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = Chats)]
pub struct ChatsJson {
    /// The most recently active first.
    chats: Vec<ChatJson>,
    total: i64,
}

/// My conversations.
#[utoipa::path(
    get, path = "/api/chats", tag = "assistant", security(("token" = [])),
    params(("q" = Option<String>, Query, description = "Words to search for in names and messages")),
    responses(
        (status = 200, description = "Up to 500", body = ChatsJson),
        (status = 401, description = "No valid token", body = Failure),
    )
)]
pub async fn index(user: Caller<Api>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let wanted = Query::of(&request).last("q").map(line).filter(|text| !text.is_empty());
    let list = user
        .read(move |conn, me| {
            let found = assistant::newest_chats(conn, me.who.user, wanted.as_deref(), MOST_CHATS)?;
            let chats = found.into_iter().map(ChatJson::from).collect();
            Ok(ChatsJson { chats, total: assistant::count_chats(conn, me.who.user)? })
        })
        .await?;
    Ok(api::answer(StatusCode::OK, &list))
}

/// Name and colour of a conversation.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = NewChat)]
pub struct NewChatJson {
    #[serde(default)]
    #[schema(value_type = String, required = true, min_length = 1, max_length = 100, example = "Evenings")]
    name: Value,
    /// `#rrggbb`, or one of `ember`, `honey`, `sage`, `lake`, `plum`, `stone`.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "#FF5733", pattern = "^(#[0-9a-fA-F]{6}|ember|honey|sage|lake|plum|stone)$")]
    color: Value,
}

impl NewChatJson {
    fn parse(&self, words: &Catalog) -> Result<(String, Color), ApiError> {
        let name = line(api::required(&self.name, "name", words)?);
        if name.is_empty() {
            return Err(api::wrong("api-field-missing", "name", words));
        }
        if name.chars().count() > LONGEST_NAME {
            return Err(api::wrong("api-field-too-long", "name", words));
        }
        let color = match &self.color {
            Value::Null => Color::default(),
            color => {
                let color = api::text(color, "color", words)?;
                color.parse().map_err(|()| api::wrong("api-color-wrong", "color", words))?
            }
        };
        Ok((name, color))
    }
}

/// Start a conversation.
#[utoipa::path(
    post, path = "/api/chats", tag = "assistant", security(("token" = [])), request_body = NewChatJson,
    responses(
        (status = 201, description = "Created", body = ChatJson),
        (status = 400, description = "No name, or an invalid colour", body = Failure),
        (status = 401, description = "No valid token", body = Failure),
        (status = 409, description = "There are 500 conversations already", body = Failure),
        (status = 413, description = "Too large", body = Failure),
    )
)]
pub async fn create(user: Caller<Api>, body: Json<NewChatJson>) -> Result<HttpResponse, ApiError> {
    let begin = move |conn: &mut PgConnection, me: &ApiCaller| {
        let (name, color) = body.parse(me.words())?;
        let begun = assistant::begin_chat(conn, me.who.user, &name, &color, me.now)?;
        begun.map(ChatJson::from).ok_or_else(|| ApiError::Said {
            status: StatusCode::CONFLICT,
            detail: me.words().with("api-too-many-chats", &[("count", MOST_CHATS.into())]),
        })
    };
    Ok(api::answer(StatusCode::CREATED, &user.run(begin).await?))
}

/// A message with its answer.
#[derive(Serialize, ToSchema)]
#[schema(as = ChatMessage)]
pub struct MessageJson {
    /// Number within this person's messages in all conversations, from 1.
    id: i64,
    chat_id: i64,
    user_message: String,
    /// `null` while it is being answered.
    ai_response: Option<String>,
    /// What answered: `model`, `library` or `help`.
    source: Option<&'static str>,
    #[schema(value_type = String, format = DateTime)]
    timestamp: String,
}

impl From<Message> for MessageJson {
    fn from(message: Message) -> Self {
        Self {
            id: message.number.0,
            chat_id: message.chat.0,
            user_message: message.text,
            ai_response: message.answer,
            source: message.source.map(assistant::Source::code),
            timestamp: api::timestamp(message.created_at),
        }
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = Conversation)]
pub struct ConversationJson {
    #[serde(flatten)]
    chat: ChatJson,
    /// The latest 30, oldest first.
    messages: Vec<MessageJson>,
}

/// A conversation with its latest messages.
#[utoipa::path(
    get, path = "/api/chats/{id}", tag = "assistant", security(("token" = [])),
    params(
        ("id" = i64, Path, minimum = 0, maximum = 999_999_999_999_999_999i64),
        ("before" = Option<i64>, Query, description = "The `id` of the first message of the page read before: returns earlier ones", minimum = 0, maximum = 999_999_999_999_999_999i64),
    ),
    responses(
        (status = 200, description = "The conversation", body = ConversationJson),
        (status = 400, description = "A parameter is invalid", body = Failure),
        (status = 401, description = "No valid token", body = Failure),
        (status = 404, description = "The person has none with this id", body = Failure),
    )
)]
pub async fn show(
    user: Caller<Api>,
    id: Path<i64>,
    request: HttpRequest,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, ApiError> {
    let id = ChatNumber(*id);
    let words = api::language(&hearth, &request).catalog();
    let before =
        Query::of(&request).number("before", 0..=999_999_999_999_999_999, words)?.map(assistant::MessageNumber);
    let found = user
        .read(move |conn, me| {
            let chat = assistant::chat(conn, me.who.user, id)?;
            let (messages, _) = assistant::messages(conn, me.who.user, id, before)?;
            Ok(ConversationJson { chat: chat.into(), messages: messages.into_iter().map(MessageJson::from).collect() })
        })
        .await?;
    Ok(api::answer(StatusCode::OK, &found))
}

/// A new message.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = NewMessage)]
pub struct SendJson {
    #[serde(default)]
    #[schema(value_type = String, required = true, min_length = 1, max_length = 4000, example = "How do I take breaks?")]
    user_message: Value,
}

/// Send a message in a conversation and get the answer.
#[utoipa::path(
    post, path = "/api/chats/{id}/messages", tag = "assistant", security(("token" = [])), request_body = SendJson,
    params(("id" = i64, Path, minimum = 0, maximum = 999_999_999_999_999_999i64)),
    responses(
        (status = 201, description = "Stored and answered", body = MessageJson),
        (status = 400, description = "The message is empty or too long", body = Failure),
        (status = 401, description = "No valid token", body = Failure),
        (status = 404, description = "The person has no conversation with this id", body = Failure),
        (status = 413, description = "Too large", body = Failure),
        (status = 429, description = "30 messages an hour; `Retry-After` says how long to wait", body = Failure),
    )
)]
pub async fn send(
    user: Caller<Api>,
    id: Path<i64>,
    body: Json<SendJson>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, ApiError> {
    let (chat, shared, host) = (ChatNumber(*id), hearth.clone(), hearth.model_host());
    let work = move |conn: &mut PgConnection, me: &ApiCaller| {
        let text = message(&body.user_message, "user_message", me.words())?;
        let new = NewMessage { text, idempotency_key: None };
        let help = help(&shared, me.language);
        let kept = assistant::send(conn, me.who.user, chat, &new, host.as_deref(), &help, me.now);
        Ok((kept.map_err(|error| limited(error, me.words()))?, me.language))
    };
    let (kept, language) = user.run(work).await?;
    if let Some(question) = kept.question {
        answer::answer(&hearth, question, language, |_| ()).await?;
    }
    let read = move |conn: &mut PgConnection, me: &ApiCaller| {
        Ok(MessageJson::from(assistant::message(conn, me.who.user, chat, kept.number)?))
    };
    Ok(api::answer(StatusCode::CREATED, &user.read(read).await?))
}

//! Conversations with the assistant. Answers come from a language model if the
//! installation has one and the person consented to sending messages to its host,
//! else from a search in the library. A message that suggests danger is answered
//! with help contacts and not sent anywhere. Only the person can read their own
//! conversations.

mod agreement;
pub mod answer;
pub mod api;
mod color;
pub mod crisis;
pub mod library;
pub mod model;
pub mod pages;
mod store;

pub use color::Color;
pub use store::{Chat, Message, chat, count_chats, message};

pub use agreement::{Reader, agree, reader};

use crate::{
    assistant::model::Endpoint,
    db::keyset,
    domain::{
        UserId,
        codes::{coded, id_type},
    },
    error::AppError,
    web::Hearth,
};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{Connection as _, PgConnection};
use model::Turn;

id_type! {
    /// A conversation, numbered within its person.
    ChatNumber
}
id_type! {
    /// A message with its answer, numbered within its person.
    MessageNumber
}

coded! {
    /// What an answer comes from; `Help`: contacts, after a message that suggests danger.
    Source { Model = "model", Library = "library", Help = "help" }
}

/// Maximum number of conversations of one person.
pub const MOST_CHATS: usize = 500;
/// The longest name of a conversation, in characters.
pub const LONGEST_NAME: usize = 100;
/// The longest message, in characters.
pub const LONGEST_MESSAGE: usize = 4000;
/// Messages that a person may send within an hour.
pub const LIMIT: i64 = 30;
const LIMIT_OVER: TimeDelta = TimeDelta::hours(1);
/// Earlier pairs of message and answer that a model is sent.
const REMEMBERED: i64 = 12;
/// Conversations per page.
pub const CHATS_SHOWN: usize = 20;
/// Messages per page.
pub const MESSAGES_SHOWN: usize = 30;

/// Version of the consent's text. Changing its wording requires a new version; then
/// everyone is asked again.
const CONSENT_VERSION: &str = "2026-11";

/// Creates a conversation; `None` when there are [`MOST_CHATS`] already.
///
/// # Errors
/// Those of the database.
pub fn begin_chat(
    conn: &mut PgConnection,
    user: UserId,
    name: &str,
    color: &Color,
    now: DateTime<Utc>,
) -> Result<Option<Chat>, AppError> {
    conn.transaction(|conn| {
        store::lock_person(conn, user)?;
        if store::count_chats(conn, user)? >= MOST_CHATS as i64 {
            return Ok(None);
        }
        Ok(Some(store::insert_chat(conn, user, name, color.as_str(), now)?))
    })
}

/// A page of a person's conversations after `after`, the most recently active
/// first, with the last message of each; and whether there are more. `wanted`
/// filters by text in the name or messages.
///
/// # Errors
/// Those of the database.
pub fn chats(
    conn: &mut PgConnection,
    user: UserId,
    wanted: Option<&str>,
    after: Option<ChatNumber>,
) -> Result<(Vec<(Chat, Option<String>)>, bool), AppError> {
    Ok(keyset::cut(store::chats(conn, user, wanted, after, CHATS_SHOWN as i64 + 1)?, CHATS_SHOWN))
}

/// Up to `most` of a person's conversations, the most recently active first.
///
/// # Errors
/// Those of the database.
pub fn newest_chats(
    conn: &mut PgConnection,
    user: UserId,
    wanted: Option<&str>,
    most: usize,
) -> Result<Vec<Chat>, AppError> {
    let found = store::chats(conn, user, wanted, None, most as i64)?;
    Ok(found.into_iter().map(|(chat, _)| chat).collect())
}

/// A page of a conversation, oldest first: the last messages before `before`; and
/// whether there are earlier ones.
///
/// # Errors
/// Those of the database.
pub fn messages(
    conn: &mut PgConnection,
    user: UserId,
    chat: ChatNumber,
    before: Option<MessageNumber>,
) -> Result<(Vec<Message>, bool), AppError> {
    let found = store::messages(conn, user, chat, before, MESSAGES_SHOWN as i64 + 1)?;
    let (mut found, more) = keyset::cut(found, MESSAGES_SHOWN);
    found.reverse();
    Ok((found, more))
}

/// Changes name and colour.
///
/// # Errors
/// [`AppError::NotFound`] when it is not theirs.
pub fn change_chat(
    conn: &mut PgConnection,
    user: UserId,
    number: ChatNumber,
    name: &str,
    color: &Color,
) -> Result<(), AppError> {
    found(store::change_chat(conn, user, number, name, color.as_str())?)
}

/// Deletes a conversation with its messages.
///
/// # Errors
/// [`AppError::NotFound`] when it is not theirs.
pub fn delete_chat(conn: &mut PgConnection, user: UserId, number: ChatNumber) -> Result<(), AppError> {
    found(store::delete_chat(conn, user, number)?)
}

fn found(rows: usize) -> Result<(), AppError> {
    if rows == 0 { Err(AppError::NotFound) } else { Ok(()) }
}

/// A message to be sent.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// 1 to [`LONGEST_MESSAGE`] characters.
    pub text: String,
    /// Repeating a key with the same text sends nothing new.
    pub idempotency_key: Option<String>,
}

/// A message that was stored.
#[derive(Debug)]
pub struct StoredMessage {
    pub number: MessageNumber,
    /// The question to answer; `None` when it is answered already, or another
    /// request is answering it.
    pub question: Option<Question>,
}

/// A question to answer.
#[derive(Clone, Debug)]
pub struct Question {
    pub user: UserId,
    pub text: String,
    /// The message to store the answer with; `None` to store nothing.
    pub message: Option<MessageNumber>,
    /// Earlier turns for the model; `None` when only the library may answer.
    turns: Option<Vec<Turn>>,
}

/// Stores a message before it is answered, so that a failure cannot lose it. A
/// message that suggests danger gets the text `help` as its answer at once.
/// `host` is the model's, if there is one.
///
/// # Errors
/// [`AppError::NotFound`] when the conversation is not theirs,
/// [`AppError::TooManyRequests`] over the limit; then nothing is stored.
pub fn send(
    conn: &mut PgConnection,
    user: UserId,
    chat: ChatNumber,
    new: &NewMessage,
    host: Option<&str>,
    help: &str,
    now: DateTime<Utc>,
) -> Result<StoredMessage, AppError> {
    conn.transaction(|conn| {
        store::lock_person(conn, user)?;
        let chat = store::chat(conn, user, chat)?;
        let mut key = new.idempotency_key.as_deref();
        if let Some(given) = key
            && let Some(before) = store::message_by_key(conn, &chat, given)?
        {
            if before.text == new.text {
                return Ok(StoredMessage { number: before.number, question: None });
            }
            key = None; // the key of an old form with another text: a new message
        }
        count(conn, user, now)?;
        let number = store::insert_message(conn, user, &chat, new, key, now)?;
        let question = question(conn, user, &chat, number, &new.text, host, help, now)?;
        Ok(StoredMessage { number, question })
    })
}

/// Asks again about a message that has no answer yet.
///
/// # Errors
/// Those of [`send`].
pub fn ask_again(
    conn: &mut PgConnection,
    user: UserId,
    chat: ChatNumber,
    number: MessageNumber,
    host: Option<&str>,
    help: &str,
    now: DateTime<Utc>,
) -> Result<StoredMessage, AppError> {
    conn.transaction(|conn| {
        store::lock_person(conn, user)?;
        let message = store::message(conn, user, chat, number)?;
        if message.answer.is_some() {
            return Ok(StoredMessage { number, question: None });
        }
        count(conn, user, now)?;
        let chat = store::chat(conn, user, chat)?;
        let question = question(conn, user, &chat, number, &message.text, host, help, now)?;
        Ok(StoredMessage { number, question })
    })
}

/// A question outside any conversation: neither it nor the answer is stored.
/// `None` when it suggests danger.
///
/// # Errors
/// [`AppError::TooManyRequests`] over the limit.
pub fn ask_once(
    conn: &mut PgConnection,
    user: UserId,
    text: &str,
    host: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Option<Question>, AppError> {
    conn.transaction(|conn| {
        store::lock_person(conn, user)?;
        count(conn, user, now)?;
        if crisis::speaks_of_danger(text) {
            return Ok(None);
        }
        let turns = (reader(conn, user, host)? == Some(Reader::Model)).then(Vec::new);
        Ok(Some(Question { user, text: text.to_owned(), message: None, turns }))
    })
}

/// Counts a question against the hourly limit.
fn count(conn: &mut PgConnection, user: UserId, now: DateTime<Utc>) -> Result<(), AppError> {
    let (asked, first) = store::questions_since(conn, user, now - LIMIT_OVER)?;
    if asked >= LIMIT {
        let free = first.unwrap_or(now) + LIMIT_OVER;
        return Err(AppError::TooManyRequests((free - now).to_std().unwrap_or_default()));
    }
    store::insert_question(conn, user, now)?;
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "what was asked, by whom, where, when")]
fn question(
    conn: &mut PgConnection,
    user: UserId,
    chat: &Chat,
    number: MessageNumber,
    text: &str,
    host: Option<&str>,
    help: &str,
    now: DateTime<Utc>,
) -> Result<Option<Question>, AppError> {
    if crisis::speaks_of_danger(text) {
        store::answer(conn, user, number, help, Source::Help, &[], now)?;
        return Ok(None);
    }
    let turns = match reader(conn, user, host)? {
        Some(Reader::Model) => {
            let mut turns = store::turns(conn, chat, number, REMEMBERED)?;
            turns.reverse();
            Some(turns)
        }
        _ => None,
    };
    Ok(Some(Question { user, text: text.to_owned(), message: Some(number), turns }))
}

/// Deletes messages and conversations without activity since `oldest`, and counted
/// questions that no longer matter for the limit.
///
/// # Errors
/// Those of the database.
pub fn delete_before(conn: &mut PgConnection, oldest: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), AppError> {
    while store::delete_messages_before(conn, oldest)? > 0 {}
    while store::delete_chats_before(conn, oldest)? > 0 {}
    store::delete_questions_before(conn, now - LIMIT_OVER)?;
    Ok(())
}

impl Hearth {
    /// The language model, if one is configured.
    pub fn assistant(&self) -> Option<&Endpoint> {
        self.state::<Option<Endpoint>>().as_ref()
    }

    /// Host of the language model, if one is configured.
    pub fn model_host(&self) -> Option<String> {
        self.assistant().map(|endpoint| endpoint.host().to_owned())
    }
}

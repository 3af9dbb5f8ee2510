//! Conversations in PostgreSQL. Reads by number filter by owner.

use crate::{
    assistant::{ChatNumber, MessageNumber, NewMessage, Source, model::Turn},
    db::{
        like::containing,
        schema::{chats, messages, questions, users},
        types::{pg_enum, pg_id},
    },
    domain::UserId,
    error::AppError,
    library::ItemId,
};
use chrono::{DateTime, Utc};
use diesel::{
    dsl::{count_star, exists, min, sql},
    prelude::*,
    sql_types::{BigInt, Bool},
};

pg_id!(ChatNumber, MessageNumber);

pg_enum!(Source => AnswerSource);

/// Rows per DELETE of expired messages and conversations.
const BATCH: i64 = 5000;

/// A conversation.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = chats)]
pub struct Chat {
    /// Database id, for joins; never shown.
    pub(super) id: i64,
    pub number: ChatNumber,
    pub name: String,
    /// `#rrggbb`
    pub color: String,
    pub created_at: DateTime<Utc>,
    /// When something was last written in it.
    pub active_at: DateTime<Utc>,
}

/// Locks the person's row until the transaction ends, which serialises their messages.
pub fn lock_person(conn: &mut PgConnection, user: UserId) -> QueryResult<UserId> {
    users::table.find(user).select(users::id).for_no_key_update().first(conn)
}

pub fn insert_chat(
    conn: &mut PgConnection,
    user: UserId,
    name: &str,
    color: &str,
    now: DateTime<Utc>,
) -> QueryResult<Chat> {
    diesel::insert_into(chats::table)
        .values((
            chats::user_id.eq(user),
            chats::name.eq(name),
            chats::color.eq(color),
            chats::created_at.eq(now),
            chats::active_at.eq(now),
        ))
        .returning(Chat::as_returning())
        .get_result(conn)
}

/// A person's own conversation.
///
/// # Errors
/// [`AppError::NotFound`] when it is not theirs.
pub fn chat(conn: &mut PgConnection, user: UserId, number: ChatNumber) -> Result<Chat, AppError> {
    Ok(own(user, number).select(Chat::as_select()).first(conn)?)
}

#[diesel::dsl::auto_type]
fn own(user: UserId, number: ChatNumber) -> _ {
    chats::table.filter(chats::user_id.eq(user)).filter(chats::number.eq(number))
}

/// How many conversations a person has.
///
/// # Errors
/// Those of the database.
pub fn count_chats(conn: &mut PgConnection, user: UserId) -> Result<i64, AppError> {
    Ok(chats::table.filter(chats::user_id.eq(user)).count().get_result(conn)?)
}

pub fn change_chat(
    conn: &mut PgConnection,
    user: UserId,
    number: ChatNumber,
    name: &str,
    color: &str,
) -> QueryResult<usize> {
    diesel::update(own(user, number)).set((chats::name.eq(name), chats::color.eq(color))).execute(conn)
}

pub fn delete_chat(conn: &mut PgConnection, user: UserId, number: ChatNumber) -> QueryResult<usize> {
    diesel::delete(own(user, number)).execute(conn)
}

/// Conversations after `after`, the most recently active first, with the last
/// message of each; only those whose name or text contains `wanted`, if given.
pub fn chats(
    conn: &mut PgConnection,
    user: UserId,
    wanted: Option<&str>,
    after: Option<ChatNumber>,
    limit: i64,
) -> QueryResult<Vec<(Chat, Option<String>)>> {
    let last = messages::table
        .filter(messages::chat_id.eq(chats::id))
        .order(messages::number.desc())
        .limit(1)
        .select(messages::user_message);
    let mut found =
        chats::table.filter(chats::user_id.eq(user)).select((Chat::as_select(), last.single_value())).into_boxed();
    if let Some(wanted) = wanted {
        let pattern = containing(wanted);
        let said = messages::user_message.ilike(pattern.clone()).or(messages::ai_response
            .assume_not_null()
            .ilike(pattern.clone())
            .and(messages::ai_response.is_not_null()));
        let speaks = messages::table.filter(messages::chat_id.eq(chats::id)).filter(said);
        found = found.filter(chats::name.ilike(pattern).or(exists(speaks)));
    }
    if let Some(after) = after {
        let behind = sql::<Bool>("(active_at, number) < (SELECT active_at, number FROM chats WHERE number = ");
        found = found.filter(behind.bind::<BigInt, _>(after).sql(" AND user_id = ").bind::<BigInt, _>(user).sql(")"));
    }
    found.order((chats::active_at.desc(), chats::number.desc())).limit(limit).load(conn)
}

/// A message, and its answer once there is one.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = messages)]
pub struct Message {
    pub number: MessageNumber,
    #[diesel(select_expression = chats::number)]
    pub chat: ChatNumber,
    #[diesel(column_name = user_message)]
    pub text: String,
    #[diesel(column_name = ai_response)]
    pub answer: Option<String>,
    pub source: Option<Source>,
    items: Vec<Option<ItemId>>, // Diesel types array elements as nullable; these never are
    pub created_at: DateTime<Utc>,
}

impl Message {
    /// Library items that the answer quotes.
    pub fn items(&self) -> impl Iterator<Item = ItemId> {
        self.items.iter().copied().flatten()
    }
}

/// The latest messages before `before`, latest first.
pub fn messages(
    conn: &mut PgConnection,
    user: UserId,
    chat: ChatNumber,
    before: Option<MessageNumber>,
    limit: i64,
) -> QueryResult<Vec<Message>> {
    messages::table
        .inner_join(chats::table)
        .filter(chats::user_id.eq(user))
        .filter(chats::number.eq(chat))
        .filter(messages::number.lt(before.unwrap_or(MessageNumber(i64::MAX))))
        .order(messages::number.desc())
        .limit(limit)
        .select(Message::as_select())
        .load(conn)
}

/// One message of a person's own conversation.
///
/// # Errors
/// [`AppError::NotFound`] when it is not theirs.
pub fn message(
    conn: &mut PgConnection,
    user: UserId,
    chat: ChatNumber,
    number: MessageNumber,
) -> Result<Message, AppError> {
    let own = messages::table.inner_join(chats::table).filter(chats::user_id.eq(user));
    Ok(own
        .filter(chats::number.eq(chat))
        .filter(messages::number.eq(number))
        .select(Message::as_select())
        .first(conn)?)
}

/// The message that was sent with this idempotency key.
pub fn message_by_key(conn: &mut PgConnection, chat: &Chat, key: &str) -> QueryResult<Option<Message>> {
    messages::table
        .inner_join(chats::table)
        .filter(messages::chat_id.eq(chat.id))
        .filter(messages::idempotency_key.eq(key))
        .select(Message::as_select())
        .first(conn)
        .optional()
}

pub fn insert_message(
    conn: &mut PgConnection,
    user: UserId,
    chat: &Chat,
    new: &NewMessage,
    key: Option<&str>,
    now: DateTime<Utc>,
) -> QueryResult<MessageNumber> {
    diesel::update(chats::table.find(chat.id)).set(chats::active_at.eq(now)).execute(conn)?;
    diesel::insert_into(messages::table)
        .values((
            messages::chat_id.eq(chat.id),
            messages::user_id.eq(user),
            messages::user_message.eq(&new.text),
            messages::idempotency_key.eq(key),
            messages::created_at.eq(now),
        ))
        .returning(messages::number)
        .get_result(conn)
}

/// Stores an answer, unless there is one already or the message was deleted.
pub fn answer(
    conn: &mut PgConnection,
    user: UserId,
    number: MessageNumber,
    text: &str,
    source: Source,
    items: &[ItemId],
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    let own = messages::table.filter(messages::user_id.eq(user)).filter(messages::number.eq(number));
    diesel::update(own.filter(messages::answered_at.is_null()))
        .set((
            messages::ai_response.eq(text),
            messages::source.eq(source),
            messages::items.eq(items),
            messages::answered_at.eq(now),
        ))
        .execute(conn)
}

/// Earlier turns of this conversation that the model answered, latest first. Those
/// answered by the library or with help are left out, so a model never gets them.
pub fn turns(conn: &mut PgConnection, chat: &Chat, before: MessageNumber, limit: i64) -> QueryResult<Vec<Turn>> {
    messages::table
        .filter(messages::chat_id.eq(chat.id))
        .filter(messages::number.lt(before))
        .filter(messages::source.eq(Source::Model))
        .order(messages::number.desc())
        .limit(limit)
        .select((messages::user_message, messages::ai_response.assume_not_null()))
        .load(conn)
}

/// How many questions this person asked since then, and the time of the first.
pub fn questions_since(
    conn: &mut PgConnection,
    user: UserId,
    since: DateTime<Utc>,
) -> QueryResult<(i64, Option<DateTime<Utc>>)> {
    questions::table
        .filter(questions::user_id.eq(user))
        .filter(questions::asked_at.gt(since))
        .select((count_star(), min(questions::asked_at)))
        .first(conn)
}

pub fn insert_question(conn: &mut PgConnection, user: UserId, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::insert_into(questions::table)
        .values((questions::user_id.eq(user), questions::asked_at.eq(now)))
        .execute(conn)
}

pub fn delete_questions_before(conn: &mut PgConnection, moment: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(questions::table.filter(questions::asked_at.lt(moment))).execute(conn)
}

/// Deletes a batch of messages written before `oldest`.
pub fn delete_messages_before(conn: &mut PgConnection, oldest: DateTime<Utc>) -> QueryResult<usize> {
    let old = diesel::alias!(messages as old);
    let batch = old.filter(old.field(messages::created_at).lt(oldest)).select(old.field(messages::id)).limit(BATCH);
    diesel::delete(messages::table.filter(messages::id.eq_any(batch))).execute(conn)
}

/// Deletes a batch of conversations without activity since `oldest`.
pub fn delete_chats_before(conn: &mut PgConnection, oldest: DateTime<Utc>) -> QueryResult<usize> {
    let old = diesel::alias!(chats as old);
    let batch = old.filter(old.field(chats::active_at).lt(oldest)).select(old.field(chats::id)).limit(BATCH);
    diesel::delete(chats::table.filter(chats::id.eq_any(batch))).execute(conn)
}

//! Answers a question: by the language model if one is configured and the person
//! consented, else, or when the model fails, by a search in the library.

use crate::{
    assistant::{Question, Source, library, store},
    error::AppError,
    i18n::Language,
    library::ItemId,
    web::Hearth,
};
use actix_web::web::Data;
use diesel::PgConnection;

/// An answer and where it comes from.
#[derive(Clone, Debug)]
pub struct Answer {
    pub text: String,
    pub source: Source,
    /// Library items that it quotes.
    pub items: Vec<ItemId>,
}

/// Answers, and stores the answer with its message. Calls `piece` with parts of a
/// model's reply as they arrive; if the model then fails, the final answer is the
/// library's.
///
/// # Errors
/// Those of the database.
pub async fn answer(
    hearth: &Data<Hearth>,
    question: Question,
    language: Language,
    piece: impl FnMut(&str),
) -> Result<Answer, AppError> {
    let mut silent = None;
    if let (Some(turns), Some(endpoint)) = (&question.turns, hearth.assistant()) {
        match endpoint.reply(turns, &question.text, language, piece).await {
            Ok(text) => {
                let answer = Answer { text, source: Source::Model, items: Vec::new() };
                return keep(hearth, question, move |_, _| Ok(answer)).await;
            }
            Err(error) => {
                tracing::warn!("the language model gave no answer: {error}");
                silent = Some(endpoint.host().to_owned());
            }
        }
    }
    let shared = hearth.clone();
    let search = move |conn: &mut PgConnection, question: &Question| {
        library::answer(conn, shared.instruments(), question, language, silent.as_deref())
    };
    keep(hearth, question, search).await
}

async fn keep(
    hearth: &Data<Hearth>,
    question: Question,
    find: impl FnOnce(&mut PgConnection, &Question) -> Result<Answer, AppError> + Send + 'static,
) -> Result<Answer, AppError> {
    let now = hearth.now();
    let work = move |conn: &mut PgConnection| {
        let answer = find(conn, &question)?;
        if let Some(message) = question.message {
            store::answer(conn, question.user, message, &answer.text, answer.source, &answer.items, now)?;
        }
        Ok::<_, AppError>(answer)
    };
    hearth.db.run(work).await
}

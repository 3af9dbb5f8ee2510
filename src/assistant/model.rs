//! Client for a language model at an OpenAI-compatible endpoint. Sends the texts of
//! this conversation and the language, and nothing that identifies the person.
//! Follows no redirects and ends after [`PATIENCE`] without data.

use crate::{config::AssistantConfig, i18n::Language};
use eventsource_stream::Eventsource as _;
use futures_util::{Stream, StreamExt as _};
use reqwest::{
    Client, Response, StatusCode,
    header::{ACCEPT, CONTENT_TYPE},
    redirect::Policy,
};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};
use url::Url;

/// How long a model may send nothing: until the first words, retries included, and
/// between two pieces.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// Limit on a whole reply, in multiples of the patience: a small model on ordinary
/// hardware writes slowly.
const LONGEST_WAIT: u32 = 6;
/// The longest reply, in bytes.
const LONGEST_REPLY: usize = 64 * 1024;
/// The longest response body, in bytes: a stream wraps every piece in JSON.
const LONGEST_BODY: usize = 40 * LONGEST_REPLY;
/// Waits before each retry.
const RETRIES: [Duration; 2] = [Duration::from_millis(250), Duration::from_millis(1000)];

const INSTRUCTIONS: &str = "You are the assistant in Hearth, where employees check how burnt out they are. \
    Be warm, concrete and brief: at most 150 words of plain text without Markdown. You are neither a doctor nor a \
    therapist: you give no diagnosis and name no medicine. You know nothing about the person but what they write here, \
    and nothing about their employer. Should somebody be in danger or think of harming themselves, tell them to call \
    the emergency number or somebody they trust right now, and nothing else.";

/// An earlier message and the reply to it.
pub type Turn = (String, String);

/// Why there is no reply. Contains no text of the conversation, so it may be logged.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    #[error("no answer in time")]
    TooSlow,
    /// Connection failed, 429 or 5xx; retried.
    #[error("out of reach or busy")]
    Busy,
    #[error("answered {0}")]
    Refused(StatusCode),
    #[error("the answer is too long")]
    TooLong,
    #[error("the answer cannot be understood")]
    Malformed,
    #[error("the answer broke off")]
    BrokenOff,
}

/// The endpoint of a model, and how to call it.
pub struct Endpoint {
    client: Client,
    url: Url,
    model: String,
    key: Option<SecretString>,
    patience: Duration,
}

impl Endpoint {
    /// An endpoint whose requests fail after `patience` without data.
    ///
    /// # Errors
    /// When the system's certificates cannot be loaded.
    pub fn new(config: &AssistantConfig, patience: Duration) -> anyhow::Result<Self> {
        // A proxy from the environment could read the conversations.
        let client = Client::builder().redirect(Policy::none()).no_proxy().build()?;
        let (url, model, key) = (config.url.clone(), config.model.clone(), config.key.clone());
        Ok(Self { client, url, model, key, patience })
    }

    /// The host that messages are sent to.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// The reply to `text` after the turns `before`. Calls `piece` with each part
    /// of the reply as it arrives.
    ///
    /// # Errors
    /// [`ModelError`]; parts passed to `piece` before are to be discarded.
    pub async fn reply(
        &self,
        before: &[Turn],
        text: &str,
        language: Language,
        mut piece: impl FnMut(&str),
    ) -> Result<String, ModelError> {
        let body = self.request(before, text, language);
        let first = Instant::now() + self.patience;
        let conversation = async {
            let mut retries = RETRIES.iter();
            loop {
                match self.ask(&body, first, &mut piece).await {
                    Err(ModelError::Busy) => match retries.next() {
                        Some(wait) => actix_web::rt::time::sleep(*wait).await,
                        None => return Err(ModelError::Busy),
                    },
                    answer => return answer,
                }
            }
        };
        let answer = actix_web::rt::time::timeout(self.patience * LONGEST_WAIT, conversation).await;
        let reply = clean(&answer.unwrap_or(Err(ModelError::TooSlow))?);
        if reply.is_empty() { Err(ModelError::Malformed) } else { Ok(reply) }
    }

    fn request(&self, before: &[Turn], text: &str, language: Language) -> Value {
        let language = language.english_name();
        let mut messages =
            vec![json!({ "role": "system", "content": format!("{INSTRUCTIONS} Answer in {language}.") })];
        for (asked, answered) in before {
            messages.push(json!({ "role": "user", "content": asked }));
            messages.push(json!({ "role": "assistant", "content": answered }));
        }
        messages.push(json!({ "role": "user", "content": text }));
        json!({ "model": self.model, "messages": messages, "stream": true })
    }

    /// One attempt, which fails if nothing arrives until `first`.
    async fn ask(&self, body: &Value, first: Instant, piece: &mut impl FnMut(&str)) -> Result<String, ModelError> {
        let mut request = self.client.post(self.url.clone()).header(ACCEPT, "text/event-stream").json(body);
        if let Some(key) = &self.key {
            request = request.bearer_auth(key.expose_secret());
        }
        let sent = timeout_at(first, request.send()).await.map_err(|_| ModelError::TooSlow)?;
        let response = sent.map_err(|_| ModelError::Busy)?;
        match response.status() {
            status if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() => Err(ModelError::Busy),
            status if !status.is_success() => Err(ModelError::Refused(status)),
            _ if is_stream(&response) => read_stream(response, first, self.patience, piece).await,
            _ => {
                let reply = timeout_at(first, read_whole(response)).await.unwrap_or(Err(ModelError::TooSlow))?;
                piece(&reply);
                Ok(reply)
            }
        }
    }
}

fn is_stream(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/event-stream"))
}

/// The body as chunks; an error beyond [`LONGEST_BODY`].
fn bounded(response: Response) -> impl Stream<Item = Result<Vec<u8>, ModelError>> {
    let mut read = 0;
    response.bytes_stream().map(move |chunk| {
        let chunk = chunk.map_err(|_| ModelError::BrokenOff)?;
        read += chunk.len();
        if read > LONGEST_BODY { Err(ModelError::TooLong) } else { Ok(chunk.to_vec()) }
    })
}

#[derive(Deserialize)]
struct Part {
    choices: Vec<Choice>,
}

/// In a stream it has a `delta`, in a whole answer a `message`.
#[derive(Deserialize)]
struct Choice {
    #[serde(alias = "delta")]
    message: Option<Content>,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Content {
    content: Option<String>,
}

async fn read_stream(
    response: Response,
    first: Instant,
    patience: Duration,
    piece: &mut impl FnMut(&str),
) -> Result<String, ModelError> {
    let mut events = std::pin::pin!(bounded(response).eventsource());
    let (mut reply, mut finished, mut next) = (String::new(), false, first);
    while let Some(event) = timeout_at(next, events.next()).await.map_err(|_| ModelError::TooSlow)? {
        next = Instant::now() + patience;
        let event = event.map_err(|error| match error {
            eventsource_stream::EventStreamError::Transport(error) => error,
            _ => ModelError::Malformed,
        })?;
        if event.data.trim() == "[DONE]" {
            return Ok(reply);
        }
        let part: Part = serde_json::from_str(&event.data).map_err(|_| ModelError::Malformed)?;
        let Some(choice) = part.choices.into_iter().next() else { continue }; // the last event may have no choices
        finished |= choice.finish_reason.is_some();
        if let Some(text) = choice.message.and_then(|message| message.content) {
            piece(&text);
            reply.push_str(&text);
        }
        if reply.len() > LONGEST_REPLY {
            return Err(ModelError::TooLong);
        }
    }
    if finished { Ok(reply) } else { Err(ModelError::BrokenOff) }
}

async fn read_whole(response: Response) -> Result<String, ModelError> {
    let mut chunks = std::pin::pin!(bounded(response));
    let mut body = Vec::new();
    while let Some(chunk) = chunks.next().await {
        body.extend(chunk?);
    }
    let part: Part = serde_json::from_slice(&body).map_err(|_| ModelError::Malformed)?;
    let choice = part.choices.into_iter().next().ok_or(ModelError::Malformed)?;
    let reply = choice.message.and_then(|message| message.content).ok_or(ModelError::Malformed)?;
    if reply.len() > LONGEST_REPLY { Err(ModelError::TooLong) } else { Ok(reply) }
}

/// The reply without Markdown, which models write although they are told not to, and
/// without control characters and bidirectional overrides.
fn clean(reply: &str) -> String {
    let reply = reply.replace(['\u{2028}', '\u{2029}'], "\n");
    let shown =
        |c: &char| *c == '\n' || !(c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
    let text: String = reply.chars().filter(shown).collect();
    let lines = text.trim().lines().map(|line| {
        let words = line.trim_start_matches(['#', '>']);
        let words = if words.len() < line.len() { words.trim_start() } else { line };
        words.replace("**", "").replace("__", "").replace('`', "")
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_markdown_and_of_no_letter_are_dropped() {
        let reply = " ## Two **things**\n> a `walk`,\u{2028}__rest__\n\n- 3 > 2, #1\u{202e}\u{7}";
        assert_eq!(clean(reply), "Two things\na walk,\nrest\n\n- 3 > 2, #1");
    }
}

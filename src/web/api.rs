//! What the endpoints of the API share: reading parameters and fields so that the
//! answer can say which is wrong, the language of messages, and the form of errors.

use crate::{
    error::ApiError,
    i18n::{Catalog, Language},
    urls,
    web::{Hearth, page},
};
use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    body::BoxBody,
    http::{
        StatusCode,
        header::{CONTENT_TYPE, HeaderValue, WWW_AUTHENTICATE},
    },
};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use std::{fmt::Display, ops::RangeInclusive, str::FromStr};
use utoipa::ToSchema;

/// Whether a path belongs to the API.
pub fn is_api(path: &str) -> bool {
    path.strip_prefix(urls::API).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The body of every error answer.
#[derive(Serialize, ToSchema)]
pub struct Failure {
    /// One sentence, in the reader's language.
    #[schema(example = "Question 7 has no answer.")]
    pub detail: String,
}

/// The same error answer with a JSON body that holds this sentence.
pub fn failure(mut response: HttpResponse, detail: &str) -> HttpResponse<BoxBody> {
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if response.status() == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response.set_body(BoxBody::new(json!({ "detail": detail }).to_string()))
}

/// Catalog key of the general sentence for a status.
pub fn sentence(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNAUTHORIZED => "api-401",
        StatusCode::FORBIDDEN => "api-403",
        StatusCode::NOT_FOUND => "api-404",
        StatusCode::METHOD_NOT_ALLOWED => "api-405",
        StatusCode::REQUEST_TIMEOUT => "api-408",
        StatusCode::PAYLOAD_TOO_LARGE => "api-413",
        StatusCode::TOO_MANY_REQUESTS => "api-429",
        StatusCode::SERVICE_UNAVAILABLE => "api-503",
        status if status.is_client_error() => "api-400",
        _ => "api-500",
    }
}

/// The language of the parameter `lang`, else the language chosen in the browser.
pub fn language(hearth: &Hearth, request: &HttpRequest) -> Language {
    Query::of(request)
        .last("lang")
        .and_then(|code| code.parse().ok())
        .unwrap_or_else(|| page::language(hearth, request))
}

/// The query string. When a parameter occurs several times, the last value is used.
pub struct Query(Vec<(String, String)>);

impl Query {
    pub fn of(request: &HttpRequest) -> Self {
        Self(url::form_urlencoded::parse(request.query_string().as_bytes()).into_owned().collect())
    }

    pub fn last(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// The parsed value of a parameter, if it is given.
    ///
    /// # Errors
    /// 400 with the message `key`, which says what the value should be.
    pub fn value<T: FromStr>(&self, name: &str, key: &str, words: &Catalog) -> Result<Option<T>, ApiError> {
        self.last(name).map(|text| text.parse().map_err(|_| wrong(key, name, words))).transpose()
    }

    /// A whole number, if the parameter is given.
    ///
    /// # Errors
    /// 400 with the name of the parameter when it is not a number in the range.
    pub fn number(&self, name: &str, range: RangeInclusive<i64>, words: &Catalog) -> Result<Option<i64>, ApiError> {
        let Some(text) = self.last(name) else { return Ok(None) };
        let number = text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
        number.filter(|number| range.contains(number)).map(Some).ok_or_else(|| {
            let (low, high) = (range.start().to_string(), range.end().to_string());
            let words_of = [("field", name.into()), ("low", low.into()), ("high", high.into())];
            ApiError::bad(words.with("api-number-wrong", &words_of))
        })
    }
}

/// 400 with a message that names a field.
pub fn wrong(key: &str, field: impl Display, words: &Catalog) -> ApiError {
    ApiError::bad(words.with(key, &[("field", field.to_string().into())]))
}

/// The text of a field; empty when it is missing or null.
///
/// # Errors
/// 400 with the name of the field when it is not a text, or contains U+0000.
pub fn text<'a>(value: &'a Value, field: &str, words: &Catalog) -> Result<&'a str, ApiError> {
    match value {
        Value::Null => Ok(""),
        Value::String(text) if !text.contains('\0') => Ok(text),
        _ => Err(wrong("api-field-no-text", field, words)),
    }
}

/// The text of a required field.
///
/// # Errors
/// 400 with the name of the field when it is missing or blank.
pub fn required<'a>(value: &'a Value, field: &str, words: &Catalog) -> Result<&'a str, ApiError> {
    let text = text(value, field, words)?;
    if text.trim().is_empty() { Err(wrong("api-field-missing", field, words)) } else { Ok(text) }
}

/// A time as the API writes it: RFC 3339, UTC, to the second.
pub fn timestamp(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// A JSON answer with this status.
pub fn answer(status: StatusCode, body: &impl Serialize) -> HttpResponse {
    HttpResponseBuilder::new(status).json(body)
}

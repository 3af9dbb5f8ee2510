//! JSON bodies of the API as arguments of handlers: limited in size and time, and their
//! text normalised like that of forms.

use crate::{
    error::ApiError,
    web::{
        self,
        api::language,
        body,
        received::{FORM_LIMIT, Sent, canonical, reading, sender},
    },
};
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, dev::Payload, web::BytesMut};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::{future::Future, ops::Deref, pin::Pin};

/// A JSON body.
pub struct Json<T>(pub T);

impl<T> Deref for Json<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned> FromRequest for Json<T> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let body = read(&request, payload).await?;
            parse(&request, &body).map(Self)
        })
    }
}

/// A body that may be JSON or a form.
pub struct JsonOrForm<T>(pub T);

impl<T: DeserializeOwned> FromRequest for JsonOrForm<T> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let body = read(&request, payload).await?;
            if request.content_type().eq_ignore_ascii_case("application/x-www-form-urlencoded") {
                let sent = Sent::new(url::form_urlencoded::parse(&body).into_owned());
                return Ok(Self(sent.parse()?));
            }
            parse(&request, &body).map(Self)
        })
    }
}

async fn read(request: &HttpRequest, payload: Payload) -> Result<BytesMut, ApiError> {
    let hearth = web::hearth(request)?;
    let mut held = hearth.forms.begin(sender(request, None)?)?;
    Ok(body::read(payload, reading(request, FORM_LIMIT)?, &mut held).await?)
}

fn parse<T: DeserializeOwned>(request: &HttpRequest, body: &[u8]) -> Result<T, ApiError> {
    let refuse = |key| match web::hearth(request) {
        Ok(hearth) => ApiError::bad(language(&hearth, request).catalog().text(key)),
        Err(error) => error.into(),
    };
    let kind = request.mime_type().ok().flatten();
    if !kind.is_some_and(|kind| kind.subtype() == "json" || kind.suffix().is_some_and(|suffix| suffix == "json")) {
        return Err(refuse("api-send-json"));
    }
    let value: Value = serde_json::from_slice(body).map_err(|_| refuse("api-not-json"))?;
    serde_json::from_value(canonical_value("", value)).map_err(|_| refuse("api-not-json"))
}

/// The same value with every text in it normalised. Text with U+0000 stays as it is, so
/// that whoever reads the field can name it in the error.
fn canonical_value(name: &str, value: Value) -> Value {
    match value {
        Value::String(text) if !text.contains('\0') => Value::String(canonical(name, &text)),
        Value::Array(list) => list.into_iter().map(|value| canonical_value(name, value)).collect(),
        Value::Object(fields) => {
            let field = |(name, value): (String, Value)| {
                let value = canonical_value(&name, value);
                (name, value)
            };
            Value::Object(fields.into_iter().map(field).collect())
        }
        value => value,
    }
}

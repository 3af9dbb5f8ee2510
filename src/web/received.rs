//! Forms and query strings as arguments of handlers. A form is read only after the
//! handler knows who sends it, limited in size and time. Its text is normalised, so
//! that nothing is stored that the database cannot hold or that nobody can see. A form
//! that another account opened is refused, and an error page shows again what was
//! typed.

use crate::{
    domain::text,
    error::{AppError, PageError},
    i18n::Language,
    web::{
        self, Page, address,
        body::{self, Reading, Sender},
        owner::{self, Owner},
    },
};
use actix_web::{
    FromRequest, HttpMessage as _, HttpRequest,
    dev::Payload,
    http::header::{CONTENT_LENGTH, CONTENT_TYPE},
};
use serde::{Deserialize, de::DeserializeOwned};
use std::{
    convert::Infallible,
    future::{Ready, ready},
    marker::PhantomData,
    ops::Deref,
    time::Duration,
};

/// The largest form, in bytes; the questionnaire's takes a few kilobytes.
pub const FORM_LIMIT: usize = 64 * 1024;

/// How long to wait for a form from somebody who is not signed in, to show it again: a
/// browser sends it at once.
const LAST_WORDS: Duration = Duration::from_secs(1);

const URL_ENCODED: &str = "application/x-www-form-urlencoded";

/// App data of a resource that accepts a larger form, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct FormLimit(pub usize);

/// A form whose body was not read yet.
pub struct Form<T> {
    request: HttpRequest,
    fields: PhantomData<T>,
}

/// A form without fields, only a button.
#[derive(Deserialize)]
pub struct Button {}

/// The body of a form, until it is read.
struct Unread(Payload);

impl<T> FromRequest for Form<T> {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        request.extensions_mut().insert(Unread(payload.take()));
        ready(Ok(Self { request: request.clone(), fields: PhantomData }))
    }
}

impl<T: DeserializeOwned> Form<T> {
    /// Reads a form that must belong to the person of this page.
    ///
    /// # Errors
    /// [`AppError::OtherPerson`] when another account opened it,
    /// [`AppError::SignInRequired`] when an account opened it and nobody is signed in,
    /// [`AppError::BadRequest`] when its fields do not fit `T`, and those of
    /// [`body::read`].
    pub async fn of(self, page: &Page) -> Result<T, PageError> {
        let sent = read(&self.request, page.owner).await?;
        match (sent.owner(), page.owner) {
            (Whose::Nobodys, _) => Ok(sent.parse()?),
            (Whose::Somebodys(owner), Some(own)) if owner == Some(own) => Ok(sent.parse()?),
            (_, Some(_)) => Err(AppError::OtherPerson.into()),
            (_, None) => Err(AppError::SignInRequired.into()),
        }
    }

    /// Reads a form regardless of who opened it, such as the one to sign in.
    ///
    /// # Errors
    /// [`AppError::BadRequest`] when its fields do not fit `T`, and those of
    /// [`body::read`].
    pub async fn open(self) -> Result<T, PageError> {
        Ok(read(&self.request, None).await?.parse()?)
    }
}

/// Whom a form states as its owner.
enum Whose {
    /// It states nobody, as when a program sends it.
    Nobodys,
    /// `None` when the value is not one of ours.
    Somebodys(Option<Owner>),
}

/// The fields of a form, normalised.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    pub fields: Vec<(String, String)>,
    /// The value of the hidden field that states the owner.
    form_of: Option<String>,
}

impl Sent {
    /// Normalises the fields as received.
    pub fn new(fields: impl Iterator<Item = (String, String)>) -> Self {
        let mut sent = Self::default();
        for (name, value) in fields {
            if name == owner::FIELD {
                sent.form_of = Some(value);
            } else {
                let value = canonical(&name, &value);
                sent.fields.push((name, value));
            }
        }
        sent
    }

    fn owner(&self) -> Whose {
        self.form_of.as_ref().map_or(Whose::Nobodys, |text| Whose::Somebodys(Owner::unmask(text)))
    }

    /// Checks that the form belongs to this person, or states nobody.
    ///
    /// # Errors
    /// [`AppError::OtherPerson`] otherwise.
    pub fn check(&self, own: Option<Owner>) -> Result<(), AppError> {
        match self.owner() {
            Whose::Nobodys => Ok(()),
            Whose::Somebodys(owner) if owner.is_some() && owner == own => Ok(()),
            Whose::Somebodys(_) => Err(AppError::OtherPerson),
        }
    }

    /// Deserialises the fields, numbers and dates included.
    ///
    /// # Errors
    /// [`AppError::BadRequest`] when they do not fit `T`.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, AppError> {
        parse(self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }
}

/// Deserialises fields, numbers and dates included.
fn parse<'a, T: DeserializeOwned>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> Result<T, AppError> {
    let encoded = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    serde_urlencoded::from_str(&encoded).map_err(|_| AppError::BadRequest)
}

/// The normalised text of a field. Passwords are left as they are here; see
/// [`text::password`].
pub fn canonical(name: &str, value: &str) -> String {
    if name.contains("password") { value.to_owned() } else { text::paragraphs(value) }
}

async fn read(request: &HttpRequest, owner: Option<Owner>) -> Result<Sent, AppError> {
    let unread = request.extensions_mut().remove::<Unread>();
    let Some(Unread(payload)) = unread else { return Ok(Sent::default()) };
    let hearth = web::hearth(request)?;
    let mut held = hearth.forms.begin(sender(request, owner)?)?;
    let limit = request.app_data::<FormLimit>().map_or(FORM_LIMIT, |limit| limit.0);
    let body = body::read(payload, reading(request, limit)?, &mut held).await?;
    if !body.is_empty() && !request.content_type().eq_ignore_ascii_case(URL_ENCODED) {
        return Err(AppError::WrongType);
    }
    let sent = Sent::new(url::form_urlencoded::parse(&body).into_owned());
    request.extensions_mut().insert(sent.clone()); // kept for the error page, should there be one
    Ok(sent)
}

/// The limits for the body of this request.
///
/// # Errors
/// Never in an application built by `app::build`.
pub fn reading(request: &HttpRequest, limit: usize) -> Result<Reading, AppError> {
    let announced = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    Ok(Reading { limit, patience: web::hearth(request)?.body_patience, announced })
}

/// Who sends this request, for the limits.
///
/// # Errors
/// Never in an application built by `app::build`.
pub fn sender(request: &HttpRequest, owner: Option<Owner>) -> Result<Sender, AppError> {
    if let Some(owner) = owner {
        return Ok(Sender::Person(owner));
    }
    let hearth = web::hearth(request)?;
    Ok(Sender::Network(address::network(address::of(request, &hearth.config.trusted_proxies))))
}

/// What was typed in a form that was not processed, without passwords: to be shown
/// again, and submitted again if it is complete.
pub struct Words {
    pub fields: Vec<(String, String)>,
    pub owner: Option<Owner>,
    /// Whether these are all fields of the form.
    pub whole: bool,
}

impl Words {
    fn new(sent: Sent) -> Self {
        let owner = sent.form_of.as_deref().and_then(Owner::unmask);
        let all = sent.fields.len();
        let fields: Vec<_> = sent.fields.into_iter().filter(|(name, _)| !name.contains("password")).collect();
        Self { owner, whole: fields.len() == all, fields }
    }
}

/// What was typed in this request's form, if it was read.
pub fn words(request: &HttpRequest) -> Option<Words> {
    request.extensions().get::<Sent>().cloned().map(Words::new)
}

/// Whether this request's form belongs to the person of this page or states nobody;
/// also true when no form was read.
pub fn is_of(request: &HttpRequest, page: &Page) -> bool {
    request.extensions().get::<Sent>().is_none_or(|sent| sent.check(page.owner).is_ok())
}

/// The language to show this form's page in, if the language switch submitted it; then
/// nothing is to be stored yet.
pub fn switched_to(request: &HttpRequest) -> Option<Language> {
    let extensions = request.extensions();
    let (_, code) = extensions.get::<Sent>()?.fields.iter().find(|(name, _)| name == "language")?;
    code.parse().ok()
}

/// What somebody typed whose session has ended. `None` when the form states no owner,
/// or does not arrive at once.
pub async fn last_words(request: &HttpRequest) -> Option<Words> {
    if request.extensions().contains::<Unread>() && request.headers().contains_key(CONTENT_TYPE) {
        let _ = tokio::time::timeout(LAST_WORDS, read(request, None)).await;
    }
    words(request).filter(|words| words.owner.is_some())
}

/// The query string, with its text normalised like that of a form.
pub struct Query<T>(T);

impl<T> Query<T> {
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Query<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = PageError;
    type Future = Ready<Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let sent = Sent::new(url::form_urlencoded::parse(request.query_string().as_bytes()).into_owned());
        ready(sent.parse().map(Self).map_err(PageError::from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_canonical_and_passwords_are_as_they_were_typed() {
        let fields = [("name", " A\0da\r\n"), ("password", " \0x "), ("current_password", "\ty"), ("form_of", "z")];
        let sent = Sent::new(fields.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())));
        let expected = [("name", "A da"), ("password", " \0x "), ("current_password", "\ty")];
        assert_eq!(sent.fields, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(Words::new(sent).fields, [("name".to_owned(), "A da".to_owned())]);
    }
}

//! What people send, as an argument of a handler: forms and the part of an
//! address behind the `?`. A form is read only once the handler knows who
//! sends it, bounded in size and time; its text is made canonical here, so that
//! nothing is kept which the database cannot hold or nobody can see; and a form
//! that was opened as somebody else is refused. What was typed comes back with
//! the page that refuses it.

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

/// The largest form, in bytes: the questionnaire's is a few kilobytes.
pub const FORM_LIMIT: usize = 64 * 1024;

/// What the words of somebody without a sign-in are waited for: a browser sends
/// them along at once.
const LAST_WORDS: Duration = Duration::from_secs(1);

const URL_ENCODED: &str = "application/x-www-form-urlencoded";

/// The largest form of a resource that takes larger ones, as its app data.
#[derive(Clone, Copy, Debug)]
pub struct FormLimit(pub usize);

/// A form that nobody has read yet.
pub struct Form<T> {
    request: HttpRequest,
    fields: PhantomData<T>,
}

/// A form that is nothing but its button.
#[derive(Deserialize)]
pub struct Button {}

/// Its body, until it is read.
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
    /// Reads a form of the person whose page this is.
    ///
    /// # Errors
    /// [`AppError::OtherPerson`] when somebody else opened it,
    /// [`AppError::SignInRequired`] when somebody opened it and nobody is signed
    /// in, [`AppError::BadRequest`] when it is no such form, and those of
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

    /// Reads a form that anybody may send as whoever they are, such as the one
    /// to sign in.
    ///
    /// # Errors
    /// [`AppError::BadRequest`] when it is no such form, and those of [`body::read`].
    pub async fn open(self) -> Result<T, PageError> {
        Ok(read(&self.request, None).await?.parse()?)
    }
}

/// Whose a form says that it is.
enum Whose {
    /// It says nothing: a plain program sent it.
    Nobodys,
    /// `None`: it says what no page of ours does.
    Somebodys(Option<Owner>),
}

/// The fields of a form, canonical.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    pub fields: Vec<(String, String)>,
    /// The field that says whose form it is.
    form_of: Option<String>,
}

impl Sent {
    /// Takes the fields as they came.
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

    /// Refuses what somebody else than this person filled in.
    ///
    /// # Errors
    /// [`AppError::OtherPerson`].
    pub fn check(&self, own: Option<Owner>) -> Result<(), AppError> {
        match self.owner() {
            Whose::Nobodys => Ok(()),
            Whose::Somebodys(owner) if owner.is_some() && owner == own => Ok(()),
            Whose::Somebodys(_) => Err(AppError::OtherPerson),
        }
    }

    /// Reads the fields into a type, numbers and dates included.
    ///
    /// # Errors
    /// [`AppError::BadRequest`] when they do not fit it.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, AppError> {
        parse(self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }
}

/// Reads fields into a type, numbers and dates included.
fn parse<'a, T: DeserializeOwned>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> Result<T, AppError> {
    let encoded = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    serde_urlencoded::from_str(&encoded).map_err(|_| AppError::BadRequest)
}

/// A text as it is kept. Passwords have a rule of their own, [`text::password`].
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
    request.extensions_mut().insert(sent.clone()); // for the page of an error, should there be one
    Ok(sent)
}

/// How the body of this request is to be read.
///
/// # Errors
/// Never in an application built by `app::build`.
pub fn reading(request: &HttpRequest, limit: usize) -> Result<Reading, AppError> {
    let announced = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    Ok(Reading { limit, patience: web::hearth(request)?.body_patience, announced })
}

/// Who sends this request.
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

/// What was typed in a form that could not be kept, without passwords, to be
/// shown again; and sent again, if nothing is missing.
pub struct Words {
    pub fields: Vec<(String, String)>,
    pub owner: Option<Owner>,
    /// Whether the form had nothing beside these fields.
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

/// What was typed in the form of this request, if it was read.
pub fn words(request: &HttpRequest) -> Option<Words> {
    request.extensions().get::<Sent>().cloned().map(Words::new)
}

/// Whether the form of this request, which was read, is of the person whose
/// page this is, or of nobody.
pub fn is_of(request: &HttpRequest, page: &Page) -> bool {
    request.extensions().get::<Sent>().is_none_or(|sent| sent.check(page.owner).is_ok())
}

/// The language to show the page of this form in, if a button of the language
/// switch sent it: nothing is to be kept yet.
pub fn switched_to(request: &HttpRequest) -> Option<Language> {
    let extensions = request.extensions();
    let (_, code) = extensions.get::<Sent>()?.fields.iter().find(|(name, _)| name == "language")?;
    code.parse().ok()
}

/// What somebody typed who is not signed in any more. Nothing when the form is
/// nobody's, or does not come at once.
pub async fn last_words(request: &HttpRequest) -> Option<Words> {
    if request.extensions().contains::<Unread>() && request.headers().contains_key(CONTENT_TYPE) {
        let _ = tokio::time::timeout(LAST_WORDS, read(request, None)).await;
    }
    words(request).filter(|words| words.owner.is_some())
}

/// The part of an address behind the `?`, canonical like a form.
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

//! A form with a file as an argument of a handler. Read like other forms: only after
//! the handler knows who sends it, limited in size and time.

use crate::{
    error::{AppError, PageError},
    web::{
        self, Page,
        body::{self, Held, Reading},
        received::{Sent, reading, sender},
    },
};
use actix_multipart::Multipart;
use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Bytes};
use futures_util::TryStreamExt as _;
use std::{
    convert::Infallible,
    future::{Ready, ready},
};

/// How many bytes of a file that is too large are read and discarded, so that the
/// browser gets to read the answer.
const READ_ON: usize = 64 * 1024 * 1024;
/// The largest other field, in bytes.
const LARGEST_FIELD: usize = 4096;
/// How many other fields there may be.
const MOST_FIELDS: usize = 32;

/// A form with a file whose body was not read yet.
pub struct FileForm {
    request: HttpRequest,
    payload: Payload,
}

/// The received file and fields.
pub struct File {
    pub content: Bytes,
    pub too_large: bool,
    pub fields: Vec<(String, String)>,
    /// Reserves the memory of the content.
    _held: Held,
}

impl FromRequest for FileForm {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Ok(Self { request: request.clone(), payload: payload.take() }))
    }
}

impl FileForm {
    /// Reads a form that must belong to the person of this page, with a file of up to
    /// `largest` bytes in one field.
    ///
    /// # Errors
    /// [`AppError::OtherPerson`] when another account opened it,
    /// [`AppError::BadRequest`] when it is not a form with a file, and
    /// [`AppError::TooSlow`], [`AppError::TooManyRequests`] and
    /// [`AppError::Unavailable`] as for every body.
    pub async fn of(self, page: &Page, field: &str, largest: usize) -> Result<File, PageError> {
        let hearth = web::hearth(&self.request)?;
        let held = hearth.uploads.begin(sender(&self.request, page.owner)?)?;
        let reading = reading(&self.request, largest)?;
        let form = Multipart::new(self.request.headers(), self.payload);
        let (sent, file) = body::in_time(reading.patience, receive(form, field, reading, held)).await?;
        sent.check(page.owner)?;
        Ok(File { fields: sent.fields, ..file })
    }
}

async fn receive(
    mut form: Multipart,
    wanted: &str,
    reading: Reading,
    mut held: Held,
) -> Result<(Sent, File), AppError> {
    let (mut too_large, mut fields, mut read) = (false, Vec::new(), 0);
    let mut content = Vec::with_capacity(reading.announced.unwrap_or_default().min(reading.limit));
    while let Some(mut field) = form.try_next().await.map_err(|_| AppError::BadRequest)? {
        let name = field.name().unwrap_or_default().to_owned();
        let is_file = name == wanted;
        let mut value = Vec::new();
        while let Some(chunk) = field.try_next().await.map_err(|_| AppError::BadRequest)? {
            read += chunk.len();
            if read > READ_ON {
                return Err(AppError::TooLarge);
            }
            let (text, most) = if is_file { (&mut content, reading.limit) } else { (&mut value, LARGEST_FIELD) };
            if text.len() + chunk.len() <= most {
                held.grow(chunk.len())?;
                text.extend_from_slice(&chunk);
            } else {
                too_large |= is_file;
            }
        }
        if !is_file && fields.len() < MOST_FIELDS {
            fields.push((name, String::from_utf8_lossy(&value).into_owned()));
        }
    }
    let file = File { content: content.into(), too_large, fields: Vec::new(), _held: held };
    Ok((Sent::new(fields.into_iter()), file))
}

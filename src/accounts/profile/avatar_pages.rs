//! The picture on `/profile`: choosing, showing, removing it.

use crate::{
    accounts::profile::{
        self,
        avatar::{self, CONTENT_TYPE, LARGEST_FILE, PictureProblem},
        pages::{Typed, refuse},
    },
    error::{AppError, PageError},
    web::{self, CurrentUser, Hearth, SignedIn, form::FormErrors},
};
use actix_multipart::{
    MultipartError,
    form::{MultipartForm, MultipartFormConfig, bytes::Bytes},
};
use actix_web::{HttpResponse, error::PayloadError, web::Data};

/// A file that a browser sends.
#[derive(MultipartForm)]
pub struct PictureForm {
    #[multipart(limit = "5MiB")]
    picture: Option<Bytes>,
}

/// How much of a form with a picture is read, into memory: there is one file in it.
pub fn limits() -> MultipartFormConfig {
    const LARGEST_FORM: usize = LARGEST_FILE + 64 * 1024;
    MultipartFormConfig::default().total_limit(LARGEST_FORM).memory_limit(LARGEST_FORM)
}

/// Keeps a picture of the person.
pub async fn create(
    user: CurrentUser,
    form: Result<MultipartForm<PictureForm>, actix_web::Error>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let made = match file_of(form) {
        Ok(file) => hearth.pictures.run(move || avatar::prepare(&file)).await?.map_err(key),
        Err(key) => Err(key),
    };
    match made {
        Ok(image) => {
            let (id, now) = (user.id, hearth.now());
            hearth.db.run(move |conn| profile::set_avatar(conn, id, &image, now)).await?;
            Ok(web::see_other_with(&hearth, "/profile", "flash-saved")?)
        }
        Err(key) => {
            let mut errors = FormErrors::default();
            errors.add(user.page.words(), "picture", key);
            refuse(user, Typed { errors, ..Typed::default() }, &hearth).await
        }
    }
}

fn file_of(form: Result<MultipartForm<PictureForm>, actix_web::Error>) -> Result<actix_web::web::Bytes, &'static str> {
    let form = form.map_err(|error| match error.as_error::<MultipartError>() {
        Some(MultipartError::Payload(PayloadError::Overflow)) => "picture-too-large",
        _ => "picture-missing",
    })?;
    let file = form.into_inner().picture.filter(|file| !file.data.is_empty()).ok_or("picture-missing")?;
    Ok(file.data)
}

const fn key(problem: PictureProblem) -> &'static str {
    match problem {
        PictureProblem::Unknown => "picture-unknown",
        PictureProblem::Unreadable => "picture-unreadable",
    }
}

/// The picture, to the person it shows.
pub async fn show(person: SignedIn) -> Result<HttpResponse, PageError> {
    let read = |conn: &mut _, user, _| profile::avatar(conn, user)?.ok_or(AppError::NotFound);
    let (_, picture) = person.read(read).await?;
    Ok(HttpResponse::Ok().content_type(CONTENT_TYPE).body(picture.image))
}

/// Removes it.
pub async fn delete(user: CurrentUser, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    hearth.db.run(move |conn| profile::delete_avatar(conn, user.id)).await?;
    Ok(web::see_other_with(&hearth, "/profile", "flash-saved")?)
}

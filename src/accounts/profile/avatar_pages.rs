//! The picture on `/profile`: upload, show, remove.

use crate::{
    accounts::profile::{
        self,
        avatar::{self, CONTENT_TYPE, LARGEST_FILE, PictureProblem},
        pages::{Typed, refuse},
    },
    auth::{Caller, Identity, SignedIn},
    error::{AppError, PageError},
    urls,
    web::{self, Button, FileForm, Form, Hearth, form::FormErrors, upload::File},
};
use actix_web::{HttpResponse, web::Data};
use diesel::PgConnection;

/// Stores the uploaded picture.
pub async fn create(caller: Caller<SignedIn>, form: FileForm, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let made = match file_of(form.of(&user.page, "picture", LARGEST_FILE).await)? {
        Ok(file) => hearth.pictures().run(move || avatar::prepare(&file.content)).await?.map_err(key),
        Err(key) => Err(key),
    };
    match made {
        Ok(image) => {
            let (id, now) = (user.id, hearth.now());
            hearth.act(user.actor(), move |conn| profile::set_avatar(conn, id, &image, now)).await?;
            Ok(web::see_other_with(&hearth, urls::PROFILE, "flash-saved")?)
        }
        Err(key) => {
            let mut errors = FormErrors::default();
            errors.add(user.page.words(), "picture", key);
            refuse(user, Typed { errors, ..Typed::default() }, &hearth).await
        }
    }
}

/// The file, or the catalog key of what is wrong with it.
fn file_of(form: Result<File, PageError>) -> Result<Result<File, &'static str>, PageError> {
    match form {
        Ok(file) if file.too_large => Ok(Err("picture-too-large")),
        Ok(file) if file.content.is_empty() => Ok(Err("picture-missing")),
        Err(PageError(AppError::TooLarge)) => Ok(Err("picture-too-large")),
        Err(PageError(AppError::BadRequest)) => Ok(Err("picture-missing")),
        form => form.map(Ok),
    }
}

const fn key(problem: PictureProblem) -> &'static str {
    match problem {
        PictureProblem::Unknown => "picture-unknown",
        PictureProblem::Unreadable => "picture-unreadable",
    }
}

/// The person's own picture.
pub async fn show(caller: Caller<SignedIn>) -> Result<HttpResponse, PageError> {
    let read = |conn: &mut PgConnection, who: &Identity, _| profile::avatar(conn, who.user)?.ok_or(AppError::NotFound);
    let (_, picture) = caller.read(read).await?;
    Ok(HttpResponse::Ok().content_type(CONTENT_TYPE).body(picture.image))
}

/// Removes it.
pub async fn delete(
    caller: Caller<SignedIn>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    hearth.act(user.actor(), move |conn| profile::delete_avatar(conn, user.id)).await?;
    Ok(web::see_other_with(&hearth, urls::PROFILE, "flash-saved")?)
}

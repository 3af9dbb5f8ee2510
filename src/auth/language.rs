//! The language that a person chose for pages and mail. The switch submits the form
//! that it stands above, so that a change of language costs nobody what they typed.

use crate::{
    auth::{Caller, CurrentUser, PageAccess, store},
    domain::UserId,
    error::{AppError, PageError},
    i18n::Language,
    web::{Form, headers::Chosen, received},
};
use actix_web::HttpMessage as _;
use diesel::PgConnection;
use serde::de::DeserializeOwned;

/// Stores it.
///
/// # Errors
/// Those of the database.
pub fn set(conn: &mut PgConnection, user: UserId, language: Language) -> Result<(), AppError> {
    store::set_language(conn, user, language)?;
    Ok(())
}

impl<A: PageAccess> Caller<A> {
    /// The person, their form, and whether the language switch submitted it. If so, the
    /// language is stored, the page is in it, and the handler has to show the form again
    /// as it was filled in, without storing it.
    ///
    /// # Errors
    /// Those of [`Self::form`] and of the database.
    pub async fn form_or_switch<T>(self, form: Form<T>) -> Result<(CurrentUser, T, bool), PageError>
    where
        T: DeserializeOwned,
    {
        let (request, hearth) = (self.request.clone(), self.hearth.clone());
        let (mut user, form) = self.form(form).await?;
        let Some(language) = received::switched_to(&request) else { return Ok((user, form, false)) };
        let id = user.id;
        hearth.act(user.actor(), move |conn| set(conn, id, language)).await?;
        user.page = user.page.in_language(language);
        request.extensions_mut().insert(Chosen(language));
        Ok((user, form, true))
    }
}

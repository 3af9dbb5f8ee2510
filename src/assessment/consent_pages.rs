//! The promise before the first question, and the agreement to it.

use crate::{
    assessment::{self, Answerer, pages::asked},
    auth::{Caller, Respondent},
    consents::{self, ConsentPurpose},
    error::PageError,
    instruments::{Answers, Version, answers},
    urls,
    web::{self, Form, Hearth, Page, promise::Promise},
};
use actix_web::{HttpResponse, http::StatusCode, web::Data};
use askama::Template;

#[derive(Template)]
#[template(path = "assessment/consent.html")]
struct ConsentPage {
    page: Page,
    promise: Promise,
    about: String,
    questions: usize,
    named: String,
    asked: Asked,
}

/// How somebody comes to the agreement.
pub struct Asked {
    /// They agreed to an earlier wording.
    pub again: bool,
    /// Answers given already, carried through the consent.
    pub kept: Vec<(usize, String)>,
}

pub fn consent_page(
    hearth: &Hearth,
    page: Page,
    version: &Version,
    asked: Asked,
    status: StatusCode,
) -> Result<HttpResponse, PageError> {
    let about = version.instrument.about.in_language(page.language()).to_owned();
    let (questions, named) = (version.instrument.items.len(), version.instrument.named());
    Ok(web::html_with(status, &ConsentPage { promise: Promise::of(hearth), about, questions, named, asked, page })?)
}

/// Stores the consent, and answers that came with it.
pub async fn consent(
    caller: Caller<Respondent>,
    form: Form<Vec<(String, String)>>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form) = caller.form(form).await?;
    let version = asked(&form, Answerer::from(&user), &hearth).await?;
    let kept = Answers::valid_part(&version.instrument, &answers::from_form(&form));
    let (now, id, version_id) = (hearth.now(), user.id, version.id);
    hearth
        .act(user.actor(), move |conn| {
            let purpose = ConsentPurpose::Assessment;
            consents::give_consent(conn, id, purpose, assessment::CONSENT_VERSION, now)?;
            if kept.is_empty() { Ok(()) } else { assessment::save_draft(conn, id, version_id, &kept, None) }
        })
        .await?;
    Ok(web::see_other(urls::ASSESSMENTS_NEW))
}

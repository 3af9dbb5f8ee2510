//! `/support`: the form for a request to HR, and withdrawing a request.

use crate::{
    assessment::AssessmentNumber,
    auth::{Caller, CurrentUser, SignedIn},
    error::PageError,
    support::{self, A_DAY, Contact, LONGEST_PHONE, LONGEST_TEXT, NewRequest, Offer, RequestNumber, Sent},
    urls,
    web::{
        self, Button, Form, Hearth, Page, Query,
        form::{FormErrors, line, paragraphs},
    },
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use serde::Deserialize;

/// The page where a person sees the state of their requests.

#[derive(Template)]
#[template(path = "support/new.html")]
struct SupportPage {
    page: Page,
    sender: String,
    email: Option<String>,
    offer: Offer,
    form: SupportForm,
    errors: FormErrors,
}

impl SupportPage {
    fn contacts(&self) -> [(&'static str, bool); 3] {
        Contact::ALL.map(|contact| (contact.code(), self.form.contact == Some(contact)))
    }
}

/// The submitted form. Unticked boxes are missing from it; `share_result` is about the
/// check-up `result`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct SupportForm {
    message: String,
    share_department: Option<String>,
    share_result: Option<String>,
    result: Option<i64>,
    contact: Option<Contact>,
    phone: String,
}

#[derive(Deserialize)]
pub struct SupportQuery {
    result: Option<i64>,
}

/// The form, which offers to share the given result.
pub async fn new(
    caller: Caller<SignedIn>,
    query: Query<SupportQuery>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let form = SupportForm { result: query.result, ..SupportForm::default() };
    show(user, form, FormErrors::default(), StatusCode::OK, &hearth).await
}

async fn show(
    user: CurrentUser,
    form: SupportForm,
    errors: FormErrors,
    status: StatusCode,
    hearth: &Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (id, department, timezone) = (user.id, user.department, hearth.config.timezone);
    let result = form.result.map(AssessmentNumber);
    let offer = hearth.db.read(move |conn| support::offer(conn, id, department, result, timezone)).await?;
    // While a request waits there is no form that could go along.
    let page = if offer.waiting { user.page } else { user.page.keeping("support", urls::SUPPORT) };
    let page = SupportPage { page, sender: user.name, email: user.email, offer, form, errors };
    Ok(web::html_with(status, &page)?)
}

/// Sends a request.
pub async fn create(
    caller: Caller<SignedIn>,
    form: Form<SupportForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form, switched) = caller.form_or_switch(form).await?;
    if switched {
        return show(user, form, FormErrors::default(), StatusCode::OK, &hearth).await;
    }
    let new = match parse(&form, &user.page) {
        Ok(new) => new,
        Err(errors) => return show(user, form, errors, StatusCode::UNPROCESSABLE_ENTITY, &hearth).await,
    };
    let (id, department, timezone, now) = (user.id, user.department, hearth.config.timezone, hearth.now());
    match hearth.act(user.actor(), move |conn| support::ask(conn, id, department, new, timezone, now)).await? {
        Sent::Sent => Ok(web::see_other_with(&hearth, urls::PRIVACY_SUPPORT, "flash-support-sent")?),
        Sent::Waiting => Ok(web::see_other_with(&hearth, urls::PRIVACY_SUPPORT, "flash-support-waiting")?),
        Sent::TooMany => {
            let mut errors = FormErrors::default();
            errors.add_text("", user.page.t1("support-too-many", "count", A_DAY));
            show(user, form, errors, StatusCode::TOO_MANY_REQUESTS, &hearth).await
        }
    }
}

fn parse(form: &SupportForm, page: &Page) -> Result<NewRequest, FormErrors> {
    let mut errors = FormErrors::default();
    let (message, phone) = (paragraphs(&form.message), line(&form.phone));
    if message.chars().count() > LONGEST_TEXT {
        errors.add_text("message", page.t1("support-text-too-long", "count", LONGEST_TEXT));
    }
    if form.contact == Some(Contact::Phone) {
        match phone.chars().count() {
            0 => errors.add(page.words(), "phone", "support-phone-missing"),
            1..=LONGEST_PHONE => {}
            _ => errors.add_text("phone", page.t1("support-text-too-long", "count", LONGEST_PHONE)),
        }
    }
    let new = NewRequest {
        message: Some(message).filter(|text| !text.is_empty()),
        with_department: form.share_department.is_some(),
        with_result: form.result.filter(|_| form.share_result.is_some()).map(AssessmentNumber),
        contact: form.contact,
        phone: Some(phone).filter(|phone| !phone.is_empty()),
    };
    if errors.is_empty() { Ok(new) } else { Err(errors) }
}

/// Withdraws a request.
pub async fn withdraw(
    caller: Caller<SignedIn>,
    id: Path<i64>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    let id = RequestNumber(*id);
    hearth.act(user.actor(), move |conn| support::withdraw(conn, user.id, id)).await?;
    Ok(web::see_other_with(&hearth, urls::PRIVACY_SUPPORT, "flash-support-withdrawn")?)
}

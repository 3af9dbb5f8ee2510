//! Middleware that turns every error answer into a page in the reader's language that
//! says what to do next, or under `/api` into JSON with one sentence. Logs an internal
//! error once, with its chain of causes.

use crate::{
    error::{ApiError, AppError, PageError},
    urls,
    web::{
        Hearth, Page, api, indentation,
        owner::Owner,
        received::{self, Words},
        refusals,
    },
};
use actix_web::{
    Error, HttpMessage as _, HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{self, ContentType, HeaderValue},
    },
    middleware::Next,
    web::Data,
};
use askama::Template;

#[derive(Template)]
#[template(path = "errors/error.html")]
struct ErrorPage {
    page: Page,
    status: u16,
    /// Selects the messages `error-{code}-title` and `error-{code}-text`.
    code: &'static str,
    /// Link to the same page; `None` after a write, which a link cannot repeat.
    try_again: Option<String>,
    /// What was typed in the form that was not processed.
    kept: Option<KeptForm>,
}

/// A form that is shown again to the person who filled it in.
struct KeptForm {
    action: String,
    form_of: Option<String>,
    fields: Vec<KeptField>,
    /// Whether it can be submitted again as it is.
    whole: bool,
}

struct KeptField {
    name: String,
    value: String,
    /// `None` for a field that was not typed.
    label: Option<String>,
}

/// Hidden fields, which our own pages fill in.
const HIDDEN: [&str; 9] =
    ["idempotency_key", "questionnaire", "host", "chat", "purpose", "next", "return_to", "after", "before"];

impl KeptField {
    fn is_long(&self) -> bool {
        self.value.len() > 60 || self.value.contains('\n')
    }
}

impl KeptForm {
    fn new(words: Words, request: &HttpRequest, page: &Page) -> Self {
        let mut typed = 0;
        let field = |(name, value): (String, String)| {
            let label = if value.is_empty() || HIDDEN.contains(&name.as_str()) {
                None
            } else if let Some(question) = name.strip_prefix("answer_").and_then(|item| item.parse::<u32>().ok()) {
                Some(page.t1("kept-answer", "number", question + 1))
            } else {
                typed += 1;
                Some(page.t1("kept-text", "number", typed))
            };
            KeptField { name, value, label }
        };
        Self {
            action: request.path().to_owned(),
            form_of: words.owner.map(Owner::masked),
            fields: words.fields.into_iter().map(field).collect(),
            whole: words.whole,
        }
    }

    fn has_words(&self) -> bool {
        self.fields.iter().any(|field| field.label.is_some())
    }
}

/// Replaces an error answer by a page or a sentence, unless it has its own.
///
/// # Errors
/// Those of the inner services.
pub async fn render(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    let status = response.status();
    refusals::log(response.request(), status, response.response().error().and_then(cause));
    if !(status.is_client_error() || status.is_server_error()) || is_rendered(&response) {
        return Ok(response);
    }
    let (request, mut response) = response.into_parts();
    let is_api = api::is_api(request.path());
    let mut signed_out = false;
    match response.error().and_then(cause) {
        Some(AppError::Internal(cause)) => tracing::error!("internal error: {cause:#}"),
        Some(AppError::SignInRequired) => signed_out = true,
        _ => {}
    }
    let Some(hearth) = request.app_data::<Data<Hearth>>() else {
        return Ok(ServiceResponse::new(request, response));
    };
    if is_api {
        let words = api::language(hearth, &request).catalog();
        return Ok(ServiceResponse::new(request, api::failure(response, words.text(api::sentence(status)))));
    }
    let words = if signed_out { received::last_words(&request).await } else { received::words(&request) };
    if signed_out && words.is_none() {
        return Ok(ServiceResponse::new(request.clone(), to_sign_in(&request)));
    }
    let code = code(status);
    // The layout for whoever is signed in, if the handler got as far as identifying
    // them.
    let frame = request.extensions().get::<Page>().cloned();
    let page = frame.unwrap_or_else(|| Page::new(hearth, &request));
    let words = words.filter(|_| matches!(code, "401" | "409" | "429" | "500" | "503"));
    let page = ErrorPage {
        kept: words.map(|words| KeptForm::new(words, &request, &page)).filter(KeptForm::has_words),
        page,
        status: status.as_u16(),
        code,
        try_again: again(&request, code),
    };
    let body = page.render().map_or_else(|_| code.to_owned(), |page| indentation::without(&page));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    Ok(ServiceResponse::new(request, response.set_body(BoxBody::new(body))))
}

/// Whether the answer has its own page or sentence, as with 422 or 429 from a handler.
fn is_rendered(response: &ServiceResponse) -> bool {
    let own = [ContentType::html().to_string(), ContentType::json().to_string()];
    let given = response.headers().get(header::CONTENT_TYPE);
    given.is_some_and(|given| own.iter().any(|own| given.as_bytes() == own.as_bytes()))
}

/// The [`AppError`] inside, if it is one.
fn cause(error: &Error) -> Option<&AppError> {
    match error.as_error() {
        Some(PageError(error)) => Some(error),
        None => match error.as_error() {
            Some(ApiError::App(error)) => Some(error),
            _ => None,
        },
    }
}

fn to_sign_in(request: &HttpRequest) -> HttpResponse {
    let next = match *request.method() {
        Method::GET => request.uri().path_and_query().map(|path| path.as_str()),
        _ => None,
    };
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let location = next
        .map_or(urls::LOGIN.to_owned(), |next| format!("{}?{}", urls::LOGIN, query.append_pair("next", next).finish()));
    HttpResponse::SeeOther().insert_header((header::LOCATION, location)).finish()
}

fn again(request: &HttpRequest, code: &str) -> Option<String> {
    let may_pass = *request.method() == Method::GET && matches!(code, "429" | "500" | "503");
    may_pass.then(|| request.uri().path_and_query().map_or(urls::LANDING, |path| path.as_str()).to_owned())
}

fn code(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNAUTHORIZED => "401",
        StatusCode::FORBIDDEN => "403",
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED | StatusCode::GONE => "404",
        StatusCode::REQUEST_TIMEOUT => "408",
        StatusCode::CONFLICT => "409",
        StatusCode::PAYLOAD_TOO_LARGE => "413",
        StatusCode::UNPROCESSABLE_ENTITY => "422",
        StatusCode::TOO_MANY_REQUESTS => "429",
        StatusCode::SERVICE_UNAVAILABLE => "503",
        status if status.is_client_error() => "400",
        _ => "500",
    }
}

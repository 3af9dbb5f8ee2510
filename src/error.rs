//! The one error list of the product and its shells for pages and the API.
//! Never shows a person what went wrong inside.

use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError, http::StatusCode};
use diesel::result::DatabaseErrorKind;
use std::time::Duration;

/// What can go wrong for a request, as the person who made it should understand it.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Nothing there, or nothing there for this person.
    #[error("not found")]
    NotFound,
    #[error("sign-in required")]
    SignInRequired,
    #[error("forbidden")]
    Forbidden,
    /// The request cannot be understood.
    #[error("bad request")]
    BadRequest,
    /// The form was opened as somebody else; nothing of it was kept.
    #[error("another person's form")]
    OtherPerson,
    /// The body did not arrive in time.
    #[error("too slow")]
    TooSlow,
    /// The body is larger than what is read here.
    #[error("too large")]
    TooLarge,
    /// The body is no form.
    #[error("not a form")]
    WrongType,
    /// Slowed down; try again after the duration.
    #[error("too many tries")]
    TooManyRequests(Duration),
    /// The database or the password workers are out of reach or busy.
    #[error("busy")]
    Unavailable,
    /// Logged once with its chain, shown as one neutral sentence.
    #[error("internal error")]
    Internal(#[source] anyhow::Error),
}

impl From<diesel::result::Error> for AppError {
    fn from(error: diesel::result::Error) -> Self {
        match error {
            diesel::result::Error::NotFound => Self::NotFound,
            diesel::result::Error::DatabaseError(kind, info) if passes(&kind, info.message()) => Self::Unavailable,
            error => Self::Internal(error.into()),
        }
    }
}

/// Whether the same statement may well succeed in a moment: PostgreSQL ended
/// it because somebody else was in the way for too long, or went away.
fn passes(kind: &DatabaseErrorKind, message: &str) -> bool {
    let ended = ["canceling statement due to", "deadlock detected", "terminating connection due to"];
    matches!(kind, DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::SerializationFailure)
        || ended.iter().any(|words| message.starts_with(words))
}

impl From<askama::Error> for AppError {
    fn from(error: askama::Error) -> Self {
        Self::Internal(error.into())
    }
}

impl AppError {
    /// The HTTP status of this error.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignInRequired => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::OtherPerson => StatusCode::CONFLICT,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::WrongType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooManyRequests(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// An [`AppError`] on its way to a page; `web::errors` renders it in the
/// reader's language.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct PageError(pub AppError);

impl<E: Into<AppError>> From<E> for PageError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl ResponseError for PageError {
    fn status_code(&self) -> StatusCode {
        self.0.status()
    }

    fn error_response(&self) -> HttpResponse {
        bare(&self.0)
    }
}

/// A failure on its way to a client of the API: `{"detail": "one sentence"}`.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// `web::errors` finds the sentence in the reader's language.
    #[error(transparent)]
    App(AppError),
    /// The sentence says what is wrong with the request.
    #[error("{detail}")]
    Said { status: StatusCode, detail: String },
    /// 429 with a sentence.
    #[error("{detail}")]
    Slow { wait: Duration, detail: String },
}

impl<E: Into<AppError>> From<E> for ApiError {
    fn from(error: E) -> Self {
        Self::App(error.into())
    }
}

impl ApiError {
    /// 400 with a sentence.
    pub fn bad(detail: impl Into<String>) -> Self {
        Self::Said { status: StatusCode::BAD_REQUEST, detail: detail.into() }
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::App(error) => error.status(),
            Self::Said { status, .. } => *status,
            Self::Slow { .. } => StatusCode::TOO_MANY_REQUESTS,
        }
    }

    fn error_response(&self) -> HttpResponse {
        match self {
            Self::App(error) => bare(error),
            Self::Said { status, detail } => {
                let mut response = HttpResponse::build(*status);
                if *status == StatusCode::UNAUTHORIZED {
                    response.insert_header(("WWW-Authenticate", "Bearer"));
                }
                said(response, detail)
            }
            Self::Slow { wait, detail } => {
                let mut response = HttpResponse::TooManyRequests();
                response.insert_header(("Retry-After", seconds(*wait)));
                said(response, detail)
            }
        }
    }
}

fn said(mut response: HttpResponseBuilder, detail: &str) -> HttpResponse {
    response.json(serde_json::json!({ "detail": detail }))
}

/// Whole seconds, one at least.
fn seconds(wait: Duration) -> String {
    wait.as_secs_f64().ceil().max(1.0).to_string()
}

/// The status, and when to come back.
fn bare(error: &AppError) -> HttpResponse {
    let mut response = HttpResponse::build(error.status());
    match error {
        AppError::TooManyRequests(wait) => {
            response.insert_header(("Retry-After", seconds(*wait)));
        }
        AppError::Unavailable => {
            response.insert_header(("Retry-After", "5"));
        }
        _ => {}
    }
    response.finish()
}

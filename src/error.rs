//! The one error list of the product and its shell for pages. Never shows a
//! person what went wrong inside.

use actix_web::{HttpResponse, ResponseError, http::StatusCode};
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
        let mut response = HttpResponse::build(self.status_code());
        match &self.0 {
            AppError::TooManyRequests(wait) => {
                response.insert_header(("Retry-After", wait.as_secs_f64().ceil().max(1.0).to_string()));
            }
            AppError::Unavailable => {
                response.insert_header(("Retry-After", "5"));
            }
            _ => {}
        }
        response.finish()
    }
}

//! The errors of a request, and how each becomes a page or a JSON answer. A person
//! never sees internal details; these go to the log.

use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError, http::StatusCode};
use diesel::result::DatabaseErrorKind;
use std::time::Duration;

/// Why a request failed, in the terms of whoever sent it; each maps to one HTTP status.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// There is no such thing, or this person may not know of it.
    #[error("not found")]
    NotFound,
    #[error("sign-in required")]
    SignInRequired,
    #[error("forbidden")]
    Forbidden,
    /// The request cannot be understood.
    #[error("bad request")]
    BadRequest,
    /// The form was opened while another account was signed in; nothing was stored.
    #[error("another person's form")]
    OtherPerson,
    /// The request body did not arrive in time.
    #[error("too slow")]
    TooSlow,
    /// The request body is larger than this address accepts.
    #[error("too large")]
    TooLarge,
    /// The request body is not of a media type that this address accepts.
    #[error("not a form")]
    WrongType,
    /// Rate-limited; the duration is how long to wait before the next attempt.
    #[error("too many tries")]
    TooManyRequests(Duration),
    /// The database cannot be reached or a queue is full; retrying soon may succeed.
    #[error("busy")]
    Unavailable,
    /// Unexpected. Logged once with its chain of causes; the person sees a general
    /// sentence.
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

/// How PostgreSQL begins a message that it cancelled a statement (SQLSTATE 57014), found
/// a deadlock (40P01) or ends the connection (57P01 to 57P05), in its own translations
/// into the languages that a server of our readers may speak.
const ENDED: [&str; 9] = [
    "canceling statement",
    "deadlock detected",
    "terminating connection",
    "выполнение оператора отменено",
    "обнаружена взаимоблокировка",
    "закрытие подключения",
    "виконання оператора скасовано",
    "виявлено взаємне блокування",
    "завершення підключення",
];

/// Whether the same statement may succeed when it is tried again soon: PostgreSQL ended
/// it because of a timeout, a deadlock, a serialization failure or a lost connection.
/// Diesel names the kind of some errors and gives the SQLSTATE of none, so the others
/// are known by their text; `db` asks for English where it may.
fn passes(kind: &DatabaseErrorKind, message: &str) -> bool {
    matches!(kind, DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::SerializationFailure)
        || ENDED.iter().any(|words| message.starts_with(words))
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

/// An [`AppError`] that is answered as an HTML page; `web::errors` renders it in the
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

/// An error of the API, answered as `{"detail": "one sentence"}`.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// `web::errors` adds the sentence in the reader's language.
    #[error(transparent)]
    App(AppError),
    /// A status with a sentence that says what is wrong with the request.
    #[error("{detail}")]
    Said { status: StatusCode, detail: String },
    /// 429 with a sentence and `Retry-After`.
    #[error("{detail}")]
    Slow { wait: Duration, detail: String },
}

impl<E: Into<AppError>> From<E> for ApiError {
    fn from(error: E) -> Self {
        Self::App(error.into())
    }
}

impl ApiError {
    /// 400 with this sentence.
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

/// The value of `Retry-After`: whole seconds, rounded up, at least 1.
fn seconds(wait: Duration) -> String {
    wait.as_secs_f64().ceil().max(1.0).to_string()
}

/// An answer without a body: the status, and `Retry-After` where waiting helps.
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

#[cfg(test)]
mod tests {
    use super::*;

    /// As PostgreSQL 15 says them, by its own catalogs of messages.
    const ENDINGS: [(&str, &str, &str); 8] = [
        (
            "canceling statement due to statement timeout",
            "выполнение оператора отменено из-за тайм-аута",
            "виконання оператора скасовано через тайм-аут",
        ),
        (
            "canceling statement due to lock timeout",
            "выполнение оператора отменено из-за тайм-аута блокировки",
            "виконання оператора скасовано через тайм-аут блокування",
        ),
        (
            "canceling statement due to user request",
            "выполнение оператора отменено по запросу пользователя",
            "виконання оператора скасовано по запиту користувача",
        ),
        (
            "canceling statement due to conflict with recovery",
            "выполнение оператора отменено из-за конфликта с процессом восстановления",
            "виконання оператора скасовано через конфлікт з процесом відновлення",
        ),
        ("deadlock detected", "обнаружена взаимоблокировка", "виявлено взаємне блокування"),
        (
            "terminating connection due to administrator command",
            "закрытие подключения по команде администратора",
            "завершення підключення по команді адміністратора",
        ),
        (
            "terminating connection due to idle-in-transaction timeout",
            "закрытие подключения из-за тайм-аута простоя в транзакции",
            "завершення підключення через тайм-аут бездіяльності в транзакції",
        ),
        (
            "terminating connection because of crash of another server process",
            "закрытие подключения из-за краха другого серверного процесса",
            "завершення підключення через аварійне завершення роботи іншого серверного процесу",
        ),
    ];

    #[test]
    fn what_a_server_ends_by_itself_may_be_tried_again_whichever_language_it_speaks() {
        for (english, russian, ukrainian) in ENDINGS {
            for message in [english, russian, ukrainian] {
                assert!(passes(&DatabaseErrorKind::Unknown, message), "{message}");
            }
        }
        for message in ["division by zero", "деление на ноль", "ділення на нуль", "permission denied for table users"]
        {
            assert!(!passes(&DatabaseErrorKind::Unknown, message), "{message}");
        }
    }
}

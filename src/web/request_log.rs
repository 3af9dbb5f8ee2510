//! Logs one line per request: an id, the pattern of the route, the status, the
//! duration. Never the requested path, which may contain a token.

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{HeaderName, HeaderValue},
    middleware::Next,
};
use std::time::Instant;
use tracing::Instrument as _;

/// Middleware: runs the request in a tracing span with an id, which is also a header of
/// the answer.
///
/// # Errors
/// None of its own.
pub async fn log(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let id = format!("{:016x}", rand::random::<u64>());
    let span = tracing::info_span!("request", %id);
    let started = Instant::now();
    let method = request.method().clone();
    let mut result = next.call(request).instrument(span.clone()).await;
    if let Ok(response) = &mut result {
        let route = response.request().match_pattern();
        let milliseconds = started.elapsed().as_secs_f64() * 1000.0;
        span.in_scope(|| {
            tracing::info!(
                %method,
                route = route.as_deref().unwrap_or("-"),
                status = response.status().as_u16(),
                ms = format_args!("{milliseconds:.1}"),
            );
        });
        if let Ok(value) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
        }
    }
    result
}

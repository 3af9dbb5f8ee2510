//! Logs every refusal: the id of the person, the pattern of the route, and the
//! permission that was needed. Never a name, an address, or the requested path.

use crate::{
    domain::{Permission, UserId},
    error::AppError,
    web::api,
};
use actix_web::{HttpMessage as _, HttpRequest, http::StatusCode};

/// What is known about a request when it is refused.
#[derive(Clone, Copy, Default)]
struct Asking {
    user: Option<UserId>,
    /// Any of these would have been enough; empty when only a sign-in was needed.
    needs: &'static [Permission],
}

/// Notes who makes the request.
pub fn asked_by(request: &HttpRequest, user: UserId) {
    note(request, |asking| asking.user = Some(user));
}

/// Notes the permissions of which the request needs one.
pub fn needs(request: &HttpRequest, permissions: &'static [Permission]) {
    note(request, |asking| asking.needs = permissions);
}

fn note(request: &HttpRequest, change: impl FnOnce(&mut Asking)) {
    let mut extensions = request.extensions_mut();
    let mut asking = extensions.get().copied().unwrap_or_default();
    change(&mut asking);
    extensions.insert::<Asking>(asking);
}

/// Logs the answer if it refuses something. A 404 for a signed-in person on a route
/// with an id is logged, too: the row may be another person's.
pub fn log(request: &HttpRequest, status: StatusCode, cause: Option<&AppError>) {
    let asking = request.extensions().get::<Asking>().copied().unwrap_or_default();
    let route = request.match_pattern();
    let by_number = || asking.user.is_some() && route.as_deref().is_some_and(|route| route.contains("{id"));
    let why = match (status, cause) {
        (_, Some(AppError::SignInRequired)) => "not signed in",
        (StatusCode::UNAUTHORIZED, _) if api::is_api(request.path()) => "not signed in",
        (StatusCode::FORBIDDEN, _) if asking.user.is_none() => "another site or host",
        (StatusCode::FORBIDDEN, _) => "forbidden",
        (_, Some(AppError::OtherPerson)) => "another person's form",
        (StatusCode::NOT_FOUND, _) if by_number() => "nothing there for this person",
        _ => return,
    };
    let needs: Vec<_> = asking.needs.iter().map(|permission| permission.code()).collect();
    tracing::warn!(
        user = asking.user.map(|user| user.0),
        method = %request.method(),
        route = route.as_deref().unwrap_or("-"),
        needs = needs.join("|"),
        why,
        "refused"
    );
}

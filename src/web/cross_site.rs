//! Refuses state-changing requests from other sites (CSRF), by `Sec-Fetch-Site` and
//! `Origin`, and requests for another host name. One middleware for all unsafe methods;
//! forms need no tokens.

use crate::{
    config::Config,
    error::{AppError, PageError},
    urls,
    web::Hearth,
};
use actix_web::{
    Error,
    body::{EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, header},
    middleware::Next,
    web::Data,
};

/// Paths that accept any host name, because load balancers use the IP address.
const ANY_HOST: [&str; 2] = [urls::HEALTH, urls::READY];

/// Middleware: passes the request on, or answers 400 (another host) or 403 (cross-site
/// write).
///
/// # Errors
/// Those of the inner services.
pub async fn check(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, Error> {
    let verdict = request.app_data::<Data<Hearth>>().map_or(Ok(()), |hearth| {
        let text = |name: header::HeaderName| request.headers().get(name).map(|value| value.to_str().unwrap_or("?"));
        let host = text(header::HOST).or_else(|| request.uri().authority().map(|authority| authority.as_str()));
        if !ANY_HOST.contains(&request.path()) && !host.is_some_and(|host| is_ours(&hearth.config, host)) {
            return Err(AppError::BadRequest);
        }
        let fetch_site = text(header::HeaderName::from_static("sec-fetch-site"));
        if is_safe(request.method()) || is_same_site(&hearth.config, fetch_site, text(header::ORIGIN), host) {
            Ok(())
        } else {
            Err(AppError::Forbidden)
        }
    });
    match verdict {
        Ok(()) => Ok(next.call(request).await?.map_into_left_body()),
        Err(error) => Ok(request.error_response(PageError(error)).map_into_right_body()),
    }
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Whether `host` is this server: the public address, or if none is configured any
/// loopback name with the port that the server listens on.
fn is_ours(config: &Config, host: &str) -> bool {
    let public = &config.public_url;
    let authority = match (public.host_str(), public.port()) {
        (Some(name), Some(port)) => format!("{name}:{port}"),
        (Some(name), None) => name.to_owned(),
        (None, _) => return false,
    };
    if host.eq_ignore_ascii_case(&authority) {
        return true;
    }
    let default_port = public.port_or_known_default().map(|port| format!(":{port}"));
    if public.port().is_none() && default_port.is_some_and(|port| host.strip_suffix(&port) == Some(&*authority)) {
        return true;
    }
    !config.public_url_given
        && host.rsplit_once(':').is_some_and(|(name, port)| {
            matches!(name, "localhost" | "127.0.0.1" | "[::1]") && port == config.bind.port().to_string()
        })
}

fn is_same_site(config: &Config, fetch_site: Option<&str>, origin: Option<&str>, host: Option<&str>) -> bool {
    if matches!(fetch_site, Some("cross-site" | "same-site" | "?")) {
        return false;
    }
    let Some(origin) = origin else { return true };
    let Some((scheme, authority)) = origin.split_once("://") else { return false };
    scheme == config.public_url.scheme()
        && is_ours(config, authority)
        && (config.public_url_given || host == Some(authority))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(pairs: &[(&str, &str)]) -> Config {
        Config::from_lookup(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
            .unwrap()
    }

    #[test]
    fn only_our_own_names_are_hosts() {
        let local = config(&[]);
        for (host, ours) in [
            ("127.0.0.1:8000", true),
            ("localhost:8000", true),
            ("[::1]:8000", true),
            ("localhost", false),
            ("127.0.0.1:9", false),
            ("evil.example:8000", false),
        ] {
            assert_eq!(is_ours(&local, host), ours, "{host}");
        }
        let public = config(&[("HEARTH_PUBLIC_URL", "https://hearth.example")]);
        for (host, ours) in [
            ("hearth.example", true),
            ("HEARTH.example", true),
            ("hearth.example:443", true),
            ("hearth.example:80", false),
            ("localhost:8000", false),
        ] {
            assert_eq!(is_ours(&public, host), ours, "{host}");
        }
    }

    #[test]
    fn a_write_from_elsewhere_is_refused() {
        let config = config(&[("HEARTH_PUBLIC_URL", "https://hearth.example")]);
        let cases = [
            (None, None, true), // not a browser
            (Some("same-origin"), None, true),
            (Some("none"), None, true),
            (Some("same-origin"), Some("https://hearth.example"), true),
            (None, Some("https://hearth.example"), true),
            (Some("cross-site"), None, false),
            (Some("same-site"), None, false),
            (Some("same-site"), Some("https://hearth.example"), false),
            (None, Some("null"), false),
            (Some("same-origin"), Some("null"), false),
            (None, Some("http://hearth.example"), false),
            (None, Some("https://hearth.example.evil"), false),
            (None, Some("https://evil.example"), false),
        ];
        for (fetch_site, origin, allowed) in cases {
            assert_eq!(
                is_same_site(&config, fetch_site, origin, Some("hearth.example")),
                allowed,
                "{fetch_site:?} {origin:?}"
            );
        }
    }
}

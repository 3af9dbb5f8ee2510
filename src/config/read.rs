//! Reads single variables.

use crate::config::{AssistantConfig, ConfigError, bad};
use ipnet::IpNet;
use secrecy::SecretString;
use std::net::SocketAddr;
use url::Url;

pub fn parsed<T: std::str::FromStr>(
    get: &impl Fn(&str) -> Option<String>,
    variable: &'static str,
    default: &str,
    expected: &str,
) -> Result<T, ConfigError> {
    get(variable)
        .unwrap_or_else(|| default.to_owned())
        .parse()
        .or_else(|_| bad(variable, format!("must be {expected}")))
}

/// `DATABASE_URL`, or a URL composed of the `DB_*` variables.
pub fn database_url(get: &impl Fn(&str) -> Option<String>) -> Result<Option<SecretString>, ConfigError> {
    if let Some(given) = get("DATABASE_URL") {
        if !(given.starts_with("postgres://") || given.starts_with("postgresql://")) {
            return bad("DATABASE_URL", "must look like postgres://user:password@host:5432/database");
        }
        return Ok(Some(given.into()));
    }
    let Some(host) = get("DB_HOST") else {
        for variable in ["DB_PORT", "DB_USER", "DB_PASSWORD", "DB_NAME"] {
            if get(variable).is_some() {
                return bad("DB_HOST", format!("must be set when {variable} is"));
            }
        }
        return Ok(None);
    };
    let port: u16 = parsed(get, "DB_PORT", "5432", "a port number")?;
    let required = |variable| get(variable).map_or_else(|| bad(variable, "must be set when DB_HOST is"), Ok);
    let (user, name) = (required("DB_USER")?, required("DB_NAME")?);
    let Ok(mut url) = Url::parse("postgres://localhost") else {
        return bad("DB_HOST", "cannot be put into a database address");
    };
    let socket = host.starts_with('/');
    let set = (socket || url.set_host(Some(&host)).is_ok())
        && url.set_port(Some(port)).is_ok()
        && url.set_username(&user).is_ok()
        && url.set_password(get("DB_PASSWORD").as_deref()).is_ok();
    if !set {
        return bad("DB_HOST", "must be a host name, an address or a socket directory");
    }
    url.set_path(&name);
    if socket {
        url.query_pairs_mut().append_pair("host", &host);
    }
    Ok(Some(String::from(url).into()))
}

pub fn public_url(get: &impl Fn(&str) -> Option<String>, bind: SocketAddr) -> Result<(Url, bool), ConfigError> {
    const VARIABLE: &str = "HEARTH_PUBLIC_URL";
    let given = get(VARIABLE);
    if given.is_none() && !bind.ip().is_loopback() {
        return bad(VARIABLE, format!("must be set when HEARTH_BIND ({bind}) is not a loopback address"));
    }
    let is_given = given.is_some();
    let Ok(url) = Url::parse(&given.unwrap_or_else(|| format!("http://{bind}"))) else {
        return bad(VARIABLE, "must be an address such as https://hearth.company.example");
    };
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() || !bare {
        return bad(VARIABLE, "must be only scheme and host, such as https://hearth.company.example");
    }
    Ok((url, is_given))
}

pub fn security_contact(get: &impl Fn(&str) -> Option<String>) -> Result<Option<Url>, ConfigError> {
    let Some(given) = get("HEARTH_SECURITY_CONTACT") else { return Ok(None) };
    let fits = |url: &Url| match url.scheme() {
        "mailto" => url.path().parse::<lettre::Address>().is_ok(),
        "https" => url.has_host() && url.username().is_empty() && url.password().is_none(),
        _ => false,
    };
    match Url::parse(&given).ok().filter(fits) {
        Some(url) => Ok(Some(url)),
        None => bad(
            "HEARTH_SECURITY_CONTACT",
            "must be mailto: with an address or begin with https://, such as mailto:security@company.example",
        ),
    }
}

pub fn assistant(get: &impl Fn(&str) -> Option<String>) -> Result<Option<AssistantConfig>, ConfigError> {
    const VARIABLE: &str = "ASSISTANT_URL";
    let Some(given) = get(VARIABLE) else {
        return match ["ASSISTANT_MODEL", "ASSISTANT_API_KEY"].into_iter().find(|name| get(name).is_some()) {
            Some(variable) => bad(VARIABLE, format!("must be set when {variable} is")),
            None => Ok(None),
        };
    };
    let url = Url::parse(&given).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let Some(mut url) = url.filter(|url| url.username().is_empty() && url.password().is_none()) else {
        return bad(VARIABLE, "must be an address such as https://models.company.example/v1");
    };
    if url.scheme() == "http" && !is_near(&url) {
        return bad(VARIABLE, "must begin with https:// unless it is in your own network");
    }
    let Some(model) = get("ASSISTANT_MODEL") else {
        return bad("ASSISTANT_MODEL", "must be set when ASSISTANT_URL is");
    };
    let base = url.path().trim_end_matches('/');
    if !base.ends_with("/chat/completions") {
        let path = format!("{}/chat/completions", if base.is_empty() { "/v1" } else { base });
        url.set_path(&path);
    }
    Ok(Some(AssistantConfig { url, model, key: get("ASSISTANT_API_KEY").map(SecretString::from) }))
}

/// Whether a host is this machine or in a private network, where plain HTTP is allowed.
pub fn is_near(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback() || address.is_private(),
        Some(url::Host::Ipv6(address)) => address.is_loopback() || address.is_unique_local(),
        Some(url::Host::Domain(name)) => {
            !name.contains('.') || [".localhost", ".local", ".internal"].iter().any(|ending| name.ends_with(ending))
        }
        None => false,
    }
}

pub fn trusted_proxies(get: &impl Fn(&str) -> Option<String>) -> Result<Vec<IpNet>, ConfigError> {
    let list = get("HEARTH_TRUSTED_PROXIES").unwrap_or_default();
    list.split([',', ' '])
        .filter(|part| !part.is_empty())
        .map(|part| {
            part.parse::<IpNet>()
                .or_else(|_| part.parse::<std::net::IpAddr>().map(IpNet::from))
                .or_else(|_| bad("HEARTH_TRUSTED_PROXIES", "must be networks such as 10.0.0.0/8, separated by commas"))
        })
        .collect()
}

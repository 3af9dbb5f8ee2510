//! Reads the environment into a validated [`Config`]. No other module reads
//! configuration from it. Secrets are not shown in errors or by `Debug`.

mod read;

use crate::{domain::Rhythm, i18n::Language, secret};
use chrono_tz::Tz;
use ipnet::IpNet;
use secrecy::SecretString;
use std::{net::SocketAddr, path::PathBuf, time::Duration};
use url::Url;

/// The configuration, validated once at start.
#[derive(Clone, Debug)]
pub struct Config {
    /// PostgreSQL to use; `None` means a private one in [`Config::data_dir`].
    pub database_url: Option<SecretString>,
    pub bind: SocketAddr,
    /// Base URL of links in mail, and the origin that the cross-site check allows.
    pub public_url: Url,
    /// Whether `HEARTH_PUBLIC_URL` was set; if not, every loopback name is accepted.
    pub public_url_given: bool,
    /// Networks of proxies whose `X-Forwarded-For` is trusted.
    pub trusted_proxies: Vec<IpNet>,
    /// Language for people who chose none.
    pub language: Language,
    /// Time zone of the organisation, which decides what "today" and "month" are.
    pub timezone: Tz,
    /// Directory of the private cluster, the generated secret and the mail outbox.
    pub data_dir: PathBuf,
    /// Secret key of at least 32 bytes; `None`: generated in [`Config::data_dir`].
    pub secret_key: Option<SecretString>,
    /// Smallest group whose numbers may be shown: 5 to 1000 people.
    pub min_group: u16,
    /// How often the same people may be invited to campaigns.
    pub campaigns: Rhythm,
    /// Retention in months (1 to 240): older check-ups, pulses and conversations
    /// are deleted.
    pub retention_months: u32,
    /// Who administers the server; shown in the privacy promise.
    pub data_contacts: Option<String>,
    pub help_file: PathBuf,
    pub pool_size: u32,
    /// How long a request waits for a connection.
    pub pool_timeout: Duration,
    /// tracing filter directives.
    pub log: String,
    pub log_json: bool,
    /// SMTP server; `None` writes mail to files in the outbox.
    pub smtp_url: Option<SecretString>,
    /// Sender of mail.
    pub mail_from: String,
    /// A language model for the assistant; `None`: it searches the library.
    pub assistant: Option<AssistantConfig>,
    /// Where to report a vulnerability: a `mailto:` or `https:` URL.
    pub security_contact: Option<Url>,
}

/// The endpoint of a language model.
#[derive(Clone, Debug)]
pub struct AssistantConfig {
    /// URL of an OpenAI-compatible chat completions endpoint.
    pub url: Url,
    pub model: String,
    pub key: Option<SecretString>,
}

/// An invalid variable, and what it should be.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{variable}: {problem}")]
pub struct ConfigError {
    pub variable: &'static str,
    pub problem: String,
}

fn bad<T>(variable: &'static str, problem: impl Into<String>) -> Result<T, ConfigError> {
    Err(ConfigError { variable, problem: problem.into() })
}

impl Config {
    /// Reads the process environment and `.env` in the working directory.
    ///
    /// # Errors
    /// The first variable that is missing or malformed, by name.
    pub fn from_env() -> Result<Self, ConfigError> {
        if let Err(error) = dotenvy::dotenv()
            && !error.not_found()
        {
            // The parser's own message quotes the line, which may contain a password.
            return bad(".env", "has a line that is not NAME=value");
        }
        Self::from_lookup(|name| std::env::var(name).ok())
    }

    /// Reads any source of variables; an empty value counts as missing.
    ///
    /// # Errors
    /// The first variable that is missing or malformed, by name.
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let get = |name: &str| lookup(name).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty());

        let database_url = read::database_url(&get)?;
        let bind = read::parsed(&get, "HEARTH_BIND", "127.0.0.1:8000", "an address and port such as 127.0.0.1:8000")?;
        let (public_url, public_url_given) = read::public_url(&get, bind)?;
        let secret_key = get("HEARTH_SECRET_KEY");
        match &secret_key {
            Some(key) if key.len() < secret::SHORTEST => {
                return bad("HEARTH_SECRET_KEY", "needs at least 32 characters of random text");
            }
            Some(key) if secret::is_monotonous(key) => {
                return bad("HEARTH_SECRET_KEY", "has too little variety; make one with: openssl rand -hex 32");
            }
            None if database_url.is_some() => {
                return bad(
                    "HEARTH_SECRET_KEY",
                    "must be set when a database is configured (at least 32 random characters)",
                );
            }
            _ => {}
        }
        let min_group: u16 = read::parsed(&get, "HEARTH_MIN_GROUP", "5", "a whole number, 5 or more")?;
        if !(5..=1000).contains(&min_group) {
            return bad("HEARTH_MIN_GROUP", "must be between 5 and 1000");
        }
        let campaigns = get("HEARTH_CAMPAIGNS").unwrap_or_else(|| Rhythm::Twice.code().to_owned());
        let Some(campaigns) = Rhythm::ALL.into_iter().find(|rhythm| rhythm.code() == campaigns) else {
            return bad("HEARTH_CAMPAIGNS", "must be twice or quarterly (a year)");
        };
        let retention_months: u32 = read::parsed(&get, "HEARTH_RETENTION_MONTHS", "24", "a whole number of months")?;
        if !(1..=240).contains(&retention_months) {
            return bad("HEARTH_RETENTION_MONTHS", "must be between 1 and 240");
        }
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let pool_size: u32 =
            read::parsed(&get, "DB_POOL_SIZE", &(2 * cores + 1).to_string(), "a whole number of connections")?;
        if !(1..=500).contains(&pool_size) {
            return bad("DB_POOL_SIZE", "must be between 1 and 500");
        }
        let pool_timeout: u64 = read::parsed(&get, "DB_POOL_TIMEOUT_MS", "2000", "a whole number of milliseconds")?;
        if !(1..=60_000).contains(&pool_timeout) {
            return bad("DB_POOL_TIMEOUT_MS", "must be between 1 and 60000");
        }
        let log = get("HEARTH_LOG").unwrap_or_else(|| "info".to_owned());
        if tracing_subscriber::EnvFilter::try_new(&log).is_err() {
            return bad("HEARTH_LOG", "must be a level (error, warn, info, debug, trace) or a tracing filter");
        }
        let log_json = match get("HEARTH_LOG_FORMAT").as_deref() {
            None | Some("text") => false,
            Some("json") => true,
            Some(_) => return bad("HEARTH_LOG_FORMAT", "must be text or json"),
        };
        let smtp_url = get("SMTP_URL");
        if let Some(url) = &smtp_url
            && !(url.starts_with("smtp://") || url.starts_with("smtps://"))
        {
            return bad("SMTP_URL", "must look like smtp://user:password@host:587?tls=required");
        }
        let mail_from = match get("HEARTH_MAIL_FROM") {
            Some(from) if from.parse::<lettre::message::Mailbox>().is_ok() => from,
            Some(_) => return bad("HEARTH_MAIL_FROM", "must be an address such as Hearth <hearth@company.example>"),
            None => match public_url.host() {
                Some(url::Host::Domain(host)) => format!("Hearth <no-reply@{host}>"),
                _ => "Hearth <no-reply@localhost>".to_owned(),
            },
        };
        Ok(Self {
            database_url,
            bind,
            public_url,
            public_url_given,
            trusted_proxies: read::trusted_proxies(&get)?,
            language: read::parsed(&get, "HEARTH_LANGUAGE", "en", &Language::any_code(str::to_owned))?,
            timezone: read::parsed(&get, "HEARTH_TIMEZONE", "UTC", "a time zone name such as Europe/Kyiv")?,
            data_dir: get("HEARTH_DATA_DIR").unwrap_or_else(|| "./data".to_owned()).into(),
            secret_key: secret_key.map(SecretString::from),
            min_group,
            campaigns,
            retention_months,
            data_contacts: get("HEARTH_DATA_CONTACTS"),
            help_file: get("HEARTH_HELP_FILE").unwrap_or_else(|| "help.toml".to_owned()).into(),
            pool_size,
            pool_timeout: Duration::from_millis(pool_timeout),
            log,
            log_json,
            smtp_url: smtp_url.map(SecretString::from),
            mail_from,
            assistant: read::assistant(&get)?,
            security_contact: read::security_contact(&get)?,
        })
    }

    /// Sets the address that was bound, which has a real port where 0 was configured.
    pub fn bound_to(&mut self, address: SocketAddr) {
        self.bind = address;
        if !self.public_url_given && self.public_url.set_port(Some(address.port())).is_err() {
            tracing::warn!("the public address has no port");
        }
    }

    /// Whether browsers reach this server over TLS, so that cookies can be `Secure`.
    pub fn is_secure(&self) -> bool {
        self.public_url.scheme() == "https"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret as _;

    fn config(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::from_lookup(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn nothing_set_is_a_private_database_on_loopback() {
        let config = config(&[]).unwrap();
        assert!(config.database_url.is_none());
        assert_eq!(config.bind.to_string(), "127.0.0.1:8000");
        assert_eq!(config.public_url.as_str(), "http://127.0.0.1:8000/");
        assert!(!config.is_secure());
        assert_eq!(config.campaigns, Rhythm::Twice);
    }

    #[test]
    fn the_separate_database_variables_make_an_address() {
        let secret = ("HEARTH_SECRET_KEY", "0123456789abcdef0123456789abcdef");
        let parts = [
            ("DB_HOST", "db.local"),
            ("DB_PORT", "2525"),
            ("DB_USER", "me"),
            ("DB_PASSWORD", "p@ss/w"),
            ("DB_NAME", "x"),
        ];
        let config = config(&[&parts[..], &[secret]].concat()).unwrap();
        assert_eq!(config.database_url.unwrap().expose_secret(), "postgres://me:p%40ss%2Fw@db.local:2525/x");
    }

    #[test]
    fn a_bad_value_names_its_variable() {
        let cases: &[(&[(&str, &str)], &str)] = &[
            (&[("HEARTH_BIND", "8000")], "HEARTH_BIND"),
            (&[("HEARTH_BIND", "0.0.0.0:80")], "HEARTH_PUBLIC_URL"),
            (&[("HEARTH_PUBLIC_URL", "hearth.example")], "HEARTH_PUBLIC_URL"),
            (&[("HEARTH_PUBLIC_URL", "https://hearth.example/app")], "HEARTH_PUBLIC_URL"),
            (&[("HEARTH_TRUSTED_PROXIES", "10.0.0.0/40")], "HEARTH_TRUSTED_PROXIES"),
            (&[("HEARTH_TIMEZONE", "Mars/Base")], "HEARTH_TIMEZONE"),
            (&[("HEARTH_LANGUAGE", "de")], "HEARTH_LANGUAGE"),
            (&[("DATABASE_URL", "mysql://x")], "DATABASE_URL"),
            (&[("DATABASE_URL", "postgres://x/y")], "HEARTH_SECRET_KEY"),
            (&[("HEARTH_SECURITY_CONTACT", "security@company.example")], "HEARTH_SECURITY_CONTACT"),
            (&[("HEARTH_SECURITY_CONTACT", "mailto:security")], "HEARTH_SECURITY_CONTACT"),
            (&[("HEARTH_SECURITY_CONTACT", "http://company.example/security")], "HEARTH_SECURITY_CONTACT"),
            (&[("HEARTH_SECURITY_CONTACT", "javascript:alert(1)")], "HEARTH_SECURITY_CONTACT"),
            (&[("HEARTH_SECRET_KEY", "short")], "HEARTH_SECRET_KEY"),
            (&[("HEARTH_SECRET_KEY", "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk")], "HEARTH_SECRET_KEY"),
            (&[("DB_NAME", "x")], "DB_HOST"),
            (&[("DB_HOST", "x")], "DB_USER"),
            (&[("HEARTH_MIN_GROUP", "4")], "HEARTH_MIN_GROUP"),
            (&[("HEARTH_CAMPAIGNS", "weekly")], "HEARTH_CAMPAIGNS"),
            (&[("HEARTH_RETENTION_MONTHS", "0")], "HEARTH_RETENTION_MONTHS"),
            (&[("DB_POOL_SIZE", "0")], "DB_POOL_SIZE"),
            (&[("DB_POOL_TIMEOUT_MS", "-1")], "DB_POOL_TIMEOUT_MS"),
            (&[("HEARTH_LOG", "loud=very")], "HEARTH_LOG"),
            (&[("HEARTH_LOG_FORMAT", "xml")], "HEARTH_LOG_FORMAT"),
            (&[("SMTP_URL", "mail.example")], "SMTP_URL"),
            (&[("HEARTH_MAIL_FROM", "nobody")], "HEARTH_MAIL_FROM"),
            (&[("ASSISTANT_MODEL", "any")], "ASSISTANT_URL"),
            (&[("ASSISTANT_URL", "models.example")], "ASSISTANT_URL"),
            (&[("ASSISTANT_URL", "ftp://models.example")], "ASSISTANT_URL"),
            (&[("ASSISTANT_URL", "http://models.example/v1"), ("ASSISTANT_MODEL", "m")], "ASSISTANT_URL"),
            (&[("ASSISTANT_URL", "https://me:pass@models.example"), ("ASSISTANT_MODEL", "m")], "ASSISTANT_URL"),
            (&[("ASSISTANT_URL", "https://models.example/v1")], "ASSISTANT_MODEL"),
        ];
        for (pairs, variable) in cases {
            assert_eq!(config(pairs).unwrap_err().variable, *variable, "{pairs:?}");
        }
    }

    #[test]
    fn a_model_is_asked_at_its_base_address_or_at_the_whole_one() {
        for (given, asked) in [
            ("http://127.0.0.1:11434", "http://127.0.0.1:11434/v1/chat/completions"),
            ("http://ollama:11434/v1/", "http://ollama:11434/v1/chat/completions"),
            ("https://models.example/v1", "https://models.example/v1/chat/completions"),
            ("https://models.example/x/chat/completions?v=2", "https://models.example/x/chat/completions?v=2"),
        ] {
            let config = config(&[("ASSISTANT_URL", given), ("ASSISTANT_MODEL", "m")]).unwrap();
            assert_eq!(config.assistant.unwrap().url.as_str(), asked);
        }
    }

    #[test]
    fn secrets_do_not_show_in_debug() {
        let config = config(&[
            ("ASSISTANT_URL", "https://models.example/v1"),
            ("ASSISTANT_MODEL", "m"),
            ("ASSISTANT_API_KEY", "hunter4"),
            ("DATABASE_URL", "postgres://u:hunter2@h/d"),
            ("HEARTH_SECRET_KEY", "0123456789abcdef0123456789abcdef"),
            ("SMTP_URL", "smtp://u:hunter3@mail"),
        ])
        .unwrap();
        let shown = format!("{config:?}");
        for secret in ["hunter2", "hunter3", "hunter4", "0123456789abcdef"] {
            assert!(!shown.contains(secret));
        }
    }
}

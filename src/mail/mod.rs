//! An outbox in the database: mails are stored in the transaction that causes them, and
//! sent by a background worker of any instance. A mail is deleted once it is sent.

mod letter;
mod store;

pub use store::{post_all, post_letters, undelivered};

use crate::{clock::Clock, config::Config, db::Db, error::AppError};
use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use diesel::PgConnection;
use lettre::{AsyncFileTransport, AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor, message::Mailbox};
use secrecy::ExposeSecret as _;
use std::{os::unix::fs::DirBuilderExt as _, sync::Arc, time::Duration};
use tokio::sync::Notify;

/// How many failed attempts until a mail is given up.
const MOST_TRIES: i16 = 10;
/// How often a server may refuse a mail permanently until it is given up. More than
/// once, because a server that is still being set up refuses everything.
const MOST_REFUSALS: i16 = 3;
/// How long an undelivered mail is shown to whoever caused it.
const TOLD_FOR: TimeDelta = TimeDelta::days(30);
/// How long a worker may take to send a mail that it claimed; then any worker may claim
/// it again.
const CLAIM: TimeDelta = TimeDelta::minutes(5);
/// How often the worker checks for mail when it is not notified, as by other instances.
const LOOK_EVERY: Duration = Duration::from_secs(30);

/// Stores a mail, to be sent once the transaction commits.
///
/// # Errors
/// Those of the database.
pub fn post(
    conn: &mut PgConnection,
    recipient: &str,
    subject: &str,
    body: &str,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    post_all(conn, &[recipient], subject, body, None, now)
}

/// One of many mails.
#[derive(Debug)]
pub struct Letter {
    pub recipient: String,
    pub subject: String,
    pub body: String,
}

/// A mail that did not arrive.
#[derive(Debug)]
pub struct Undelivered {
    pub recipient: String,
    pub failed_at: DateTime<Utc>,
}

/// Deletes notes about undelivered mails older than 30 days.
///
/// # Errors
/// Those of the database.
pub fn delete_expired(conn: &mut PgConnection, now: DateTime<Utc>) -> Result<(), AppError> {
    store::delete_undelivered_before(conn, now - TOLD_FOR)?;
    Ok(())
}

/// Deletes the mails that wait for this recipient, and notes about undelivered ones.
///
/// # Errors
/// Those of the database.
pub fn forget(conn: &mut PgConnection, recipient: &str) -> Result<(), AppError> {
    store::delete_undelivered_to(conn, recipient)?;
    store::delete_for(conn, recipient)?;
    Ok(())
}

/// Wakes the worker of this process.
#[derive(Clone, Default)]
pub struct Postbox(Arc<Notify>);

impl Postbox {
    /// Call it after the transaction that stored mails has committed.
    pub fn ring(&self) {
        self.0.notify_one();
    }
}

enum Transport {
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
    Outbox(AsyncFileTransport<Tokio1Executor>),
}

/// The background worker that sends mails.
pub struct Worker {
    db: Db,
    clock: Clock,
    postbox: Postbox,
    from: Mailbox,
    /// Host name of this installation, for `Message-ID`.
    host: String,
    transport: Transport,
}

impl Worker {
    /// # Errors
    /// When `SMTP_URL` is malformed or the outbox cannot be made.
    pub fn new(config: &Config, db: Db, clock: Clock, postbox: Postbox) -> anyhow::Result<Self> {
        let transport = match &config.smtp_url {
            Some(url) => {
                let smtp = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose_secret());
                let smtp = smtp.map_err(|_| {
                    anyhow::anyhow!("SMTP_URL: must look like smtp://user:password@host:587?tls=required")
                })?;
                Transport::Smtp(Box::new(smtp.timeout(Some(Duration::from_secs(20))).build()))
            }
            None => {
                let outbox = config.data_dir.join("outbox");
                let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&outbox);
                made.with_context(|| format!("cannot make the outbox {}", outbox.display()))?;
                Transport::Outbox(AsyncFileTransport::new(outbox))
            }
        };
        let from = config.mail_from.parse().context("HEARTH_MAIL_FROM")?;
        let host = config.public_url.host_str().unwrap_or("localhost").to_owned();
        Ok(Self { db, clock, postbox, from, host, transport })
    }

    /// Sends mail until the process ends.
    pub async fn run(self) {
        loop {
            match self.send_one().await {
                Ok(true) => {}
                Ok(false) => {
                    let _ = tokio::time::timeout(LOOK_EVERY, self.postbox.0.notified()).await;
                }
                Err(error) => {
                    tracing::warn!("mail cannot be read from the database: {error}");
                    tokio::time::sleep(LOOK_EVERY).await;
                }
            }
        }
    }

    /// Sends the next mail; `false` when none is due.
    async fn send_one(&self) -> Result<bool, AppError> {
        let now = self.clock.now();
        let claimed = self.db.run(move |conn| Ok::<_, AppError>(store::claim(conn, now, now + CLAIM)?)).await?;
        let Some(mail) = claimed else { return Ok(false) };
        let (id, tries) = (mail.id, mail.attempts);
        match self.deliver(mail).await {
            Ok(()) => {
                let arrived = move |conn: &mut PgConnection| {
                    store::arrived(conn, id)?;
                    Ok::<_, AppError>(store::delete(conn, id)?)
                };
                self.db.run(arrived).await?;
            }
            Err(Failure { error, for_good }) => {
                let given_up = tries >= if for_good { MOST_REFUSALS } else { MOST_TRIES };
                if given_up {
                    tracing::error!(mail = id, "given up after {tries} tries: {error:#}");
                } else {
                    tracing::warn!(mail = id, "not sent, will be tried again: {error:#}");
                }
                let next = now + TimeDelta::minutes(1 << tries.min(8));
                let failed = move |conn: &mut PgConnection| {
                    if given_up || for_good {
                        store::keep_undelivered(conn, id, now)?;
                    }
                    let changed = if given_up { store::delete(conn, id) } else { store::postpone(conn, id, next) };
                    Ok::<_, AppError>(changed?)
                };
                self.db.run(failed).await?;
            }
        }
        Ok(true)
    }

    async fn deliver(&self, mail: store::Claimed) -> Result<(), Failure> {
        let for_good = |error| Failure { error, for_good: true };
        let to: Mailbox =
            mail.recipient.parse().map_err(|_| for_good(anyhow::anyhow!("the recipient's address is malformed")))?;
        let message = letter::write(&self.from, to, &self.host, mail).map_err(for_good)?;
        match &self.transport {
            // A server's answer may quote the recipient's address; only its status code
            // is logged.
            Transport::Smtp(smtp) => match smtp.send(message).await {
                Ok(_) => Ok(()),
                Err(error) => Err(Failure {
                    for_good: error.is_permanent(),
                    error: match error.status() {
                        Some(code) => anyhow::anyhow!("the mail server answered {code}"),
                        None => anyhow::anyhow!("no conversation with the mail server"),
                    },
                }),
            },
            Transport::Outbox(outbox) => match outbox.send(message).await {
                Ok(_) => Ok(()),
                Err(error) => {
                    let error = anyhow::Error::from(error).context("cannot write to the outbox");
                    Err(Failure { error, for_good: false })
                }
            },
        }
    }
}

/// Why sending a mail failed.
struct Failure {
    error: anyhow::Error,
    /// Whether the server refused it permanently.
    for_good: bool,
}

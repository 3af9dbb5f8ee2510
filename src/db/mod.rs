//! Pool and permits: the only place that blocks on the database, and the one
//! place where synchronous Diesel meets asynchronous Actix.

pub mod like;
pub mod locks;
pub mod migrations;
pub(crate) mod schema;
pub(crate) mod types;

use crate::{config::Config, error::AppError, keys::Signer};
use diesel::{
    Connection, ConnectionError, PgConnection,
    connection::{Instrumentation, InstrumentationEvent, SimpleConnection, TransactionManager},
    r2d2::{ManageConnection, Pool},
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::Semaphore;

/// Set on every connection. The timeout ends a statement that would hold a
/// pooled connection for longer than a person waits. Diesel tells which error
/// passes by its message only, so messages are asked for in English where the
/// role may choose (`GRANT SET ON PARAMETER lc_messages`).
const SESSION_SETTINGS: &str =
    "SET statement_timeout = '5s'; SET timezone = 'UTC'; SET client_min_messages = 'warning';
    SELECT set_config('lc_messages', 'C', false) WHERE has_parameter_privilege('lc_messages', 'SET')";

/// So many exports run at a time.
const EXPORTS: usize = 2;

/// A connection unused for longer is tried out before it is lent: the database
/// may have been restarted meanwhile. A busy pool never pays for this.
const TRUSTED_IDLE: Duration = Duration::from_secs(1);

/// Lends pooled connections to blocking jobs. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    pool: Pool<Manager>,
    /// As many as the pool has connections, so that no blocking thread waits for one.
    permits: Arc<Semaphore>,
    /// Long jobs take one of these first, so that pages keep most of the pool.
    exports: Arc<Semaphore>,
    wait: Duration,
    /// Signs what jobs write into the audit log.
    signer: Signer,
}

impl Db {
    /// A pool that connects when first used, so that a start does not depend on the database.
    pub fn new(url: &str, config: &Config, signer: Signer) -> Self {
        let pool = Pool::builder()
            .max_size(config.pool_size)
            .min_idle(Some(1))
            .connection_timeout(config.pool_timeout)
            .test_on_check_out(false)
            .build_unchecked(Manager { url: url.to_owned() });
        let permits = Arc::new(Semaphore::new(config.pool_size as usize));
        Self { pool, permits, exports: Arc::new(Semaphore::new(EXPORTS)), wait: config.pool_timeout, signer }
    }

    /// Lends a connection to `work`, which runs once.
    ///
    /// # Errors
    /// What `work` returns; [`AppError::Unavailable`] when no connection came
    /// free in time or the database went away.
    pub async fn run<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut PgConnection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<AppError> + Send + 'static,
    {
        self.blocking(move |pool| {
            let mut link = checkout(pool)?;
            work(&mut link.pg).map_err(|error| if link.survives() { error } else { AppError::Unavailable.into() })
        })
        .await
    }

    /// Lends a connection to `work` that only reads: it is tried once more when
    /// the connection turns out to be broken.
    ///
    /// # Errors
    /// As [`Db::run`].
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: Fn(&mut PgConnection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<AppError> + Send + 'static,
    {
        self.blocking(move |pool| {
            let mut link = checkout(pool)?;
            match work(&mut link.pg) {
                Err(error) if link.survives() => Err(error),
                Err(_) => {
                    drop(link);
                    work(&mut tested(pool)?.pg)
                }
                value => value,
            }
        })
        .await
    }

    /// As [`Db::run`] for work that takes a while, of which only so much runs
    /// at a time.
    ///
    /// # Errors
    /// As [`Db::run`].
    pub async fn export<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut PgConnection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<AppError> + Send + 'static,
    {
        let permit = tokio::time::timeout(self.wait, self.exports.clone().acquire_owned())
            .await
            .map_err(|_| AppError::Unavailable)?
            .map_err(|_| AppError::Unavailable)?;
        self.run(move |conn| {
            let _permit = permit; // held until the work ends, even if the client hung up
            work(conn)
        })
        .await
    }

    async fn blocking<T, E, F>(&self, job: F) -> Result<T, E>
    where
        F: FnOnce(&Pool<Manager>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<AppError> + Send + 'static,
    {
        let permit = tokio::time::timeout(self.wait, self.permits.clone().acquire_owned())
            .await
            .map_err(|_| AppError::Unavailable)?
            .map_err(|_| AppError::Unavailable)?;
        let (pool, signer) = (self.pool.clone(), self.signer.clone());
        let span = tracing::Span::current();
        #[expect(clippy::disallowed_methods, reason = "this is the one place")]
        actix_web::web::block(move || {
            let _permit = permit; // held until the job ends, even if the client hung up
            let _signing = signer.enter();
            span.in_scope(|| job(&pool))
        })
        .await
        .map_err(|error| AppError::Internal(error.into()))?
    }
}

type Lent = diesel::r2d2::PooledConnection<Manager>;

fn checkout(pool: &Pool<Manager>) -> Result<Lent, AppError> {
    let mut link = pool.get().map_err(|_| AppError::Unavailable)?;
    let trusted = link.used.elapsed() < TRUSTED_IDLE;
    link.used = Instant::now();
    if trusted || link.survives() {
        return Ok(link);
    }
    drop(link);
    tested(pool)
}

/// After a restart every pooled connection may be broken: each is tried and
/// thrown away until a living or a new one comes.
fn tested(pool: &Pool<Manager>) -> Result<Lent, AppError> {
    for _ in 0..=pool.max_size() {
        let mut link = pool.get().map_err(|_| AppError::Unavailable)?;
        if link.survives() {
            return Ok(link);
        }
    }
    Err(AppError::Unavailable)
}

/// A pooled connection that knows when it was last used and whether it broke.
struct Link {
    pg: PgConnection,
    used: Instant,
    broken: bool,
}

impl Link {
    fn survives(&mut self) -> bool {
        self.broken = self.broken || self.pg.batch_execute("SELECT 1").is_err();
        !self.broken
    }
}

struct Manager {
    url: String,
}

#[derive(Debug, thiserror::Error)]
enum LinkError {
    #[error(transparent)]
    Connect(#[from] ConnectionError),
    #[error(transparent)]
    Query(#[from] diesel::result::Error),
}

impl ManageConnection for Manager {
    type Connection = Link;
    type Error = LinkError;

    fn connect(&self) -> Result<Link, LinkError> {
        let mut pg = PgConnection::establish(&self.url)?;
        pg.batch_execute(SESSION_SETTINGS)?;
        if tracing::enabled!(target: "hearth::sql", tracing::Level::DEBUG) {
            pg.set_instrumentation(SqlLog);
        }
        Ok(Link { pg, used: Instant::now(), broken: false })
    }

    fn is_valid(&self, link: &mut Link) -> Result<(), LinkError> {
        Ok(link.pg.batch_execute("SELECT 1")?)
    }

    fn has_broken(&self, link: &mut Link) -> bool {
        use diesel::connection::AnsiTransactionManager as Transactions;
        link.broken || std::thread::panicking() || Transactions::is_broken_transaction_manager(&mut link.pg)
    }
}

/// Writes statements to the log, without the values bound to them.
struct SqlLog;

impl Instrumentation for SqlLog {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            let text = query.to_string();
            let statement = text.split("-- binds:").next().unwrap_or_default().trim();
            tracing::debug!(target: "hearth::sql", "{statement}");
        }
    }
}

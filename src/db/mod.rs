//! The connection pool, and where synchronous Diesel meets asynchronous Actix: in a
//! running server only this module runs blocking database work.

pub mod installation;
pub mod keyset;
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

/// Set on every connection. The timeout keeps slow statements from holding a pooled
/// connection. Diesel tells which error passes by its message only, so messages are
/// asked for in English where the role may choose (`GRANT SET ON PARAMETER lc_messages`).
const SESSION_SETTINGS: &str =
    "SET statement_timeout = '5s'; SET timezone = 'UTC'; SET client_min_messages = 'warning';
    SELECT set_config('lc_messages', 'C', false) WHERE has_parameter_privilege('lc_messages', 'SET')";

/// Exports that may run at the same time.
const EXPORTS: usize = 2;

/// A connection idle for longer is tested before use: the database may have been
/// restarted. In a busy pool no connection is idle for so long.
const TRUSTED_IDLE: Duration = Duration::from_secs(1);

/// Runs blocking jobs on pooled connections. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    pool: Pool<Manager>,
    /// One per pooled connection, taken before a blocking thread, so that no thread
    /// waits for a connection.
    permits: Arc<Semaphore>,
    /// Taken by long jobs first, so that most of the pool stays free for pages.
    exports: Arc<Semaphore>,
    wait: Duration,
    /// Key for audit entries that jobs write.
    signer: Signer,
}

impl Db {
    /// A pool that connects when first used, so that building it needs no database.
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

    /// Runs `work` once, on a pooled connection in a blocking thread.
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

    /// Like [`Db::run`] for work that only reads: it is run once more if the
    /// connection turns out to be broken.
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

    /// Like [`Db::run`] for long work, of which at most two jobs run at a time.
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
            let _permit = permit; // held until the work ends, even if the client disconnects
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
            let _permit = permit; // held until the job ends, even if the client disconnects
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

/// Tests connections until one works, as after a restart of the database all pooled
/// ones may be broken; broken ones are discarded.
fn tested(pool: &Pool<Manager>) -> Result<Lent, AppError> {
    for _ in 0..=pool.max_size() {
        let mut link = pool.get().map_err(|_| AppError::Unavailable)?;
        if link.survives() {
            return Ok(link);
        }
    }
    Err(AppError::Unavailable)
}

/// A pooled connection, when it was last used, and whether it is known to be broken.
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

/// Logs statements, without the values bound to them.
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

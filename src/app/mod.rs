//! Builds and runs the application: the same for the command line and the tests.

pub mod api_docs;
pub mod routes;
pub mod site;
#[cfg(test)]
mod tests;

use crate::{
    accounts::{self, password::Hasher, profile::avatar::Pictures, recovery, sign_in},
    app::site::LandingPages,
    assessment,
    assistant::{self, model::Endpoint},
    audit,
    auth::{Visitor, roles},
    campaigns,
    clock::Clock,
    config::Config,
    db::{Db, installation, migrations},
    employee_import,
    error::AppError,
    help::HelpContacts,
    i18n::Language,
    insights::OverviewCache,
    instruments::{Instruments, catalog},
    keys::{Keys, Signer},
    leaving, library, limits,
    mail::{self, Postbox},
    periods::rest,
    publication, pulse, questionnaires, recommendations, seed, support, urls,
    web::{
        Hearth, States, assets,
        body::{Bodies, Limits},
        cookies, cross_site, errors, headers, request_log,
    },
    workers::Turns,
};
use actix_session::{SessionMiddleware, config::PersistentSession, storage::CookieSessionStore};
use actix_web::{
    App, HttpServer,
    cookie::{SameSite, time::Duration as CookieDuration},
    dev::{Server, ServerHandle},
    middleware::from_fn,
    web::{Data, PathConfig, get, to},
};
use anyhow::Context as _;
use chrono::Months;
use diesel::{Connection as _, PgConnection};
use std::{net::TcpListener, sync::Arc, time::Duration};

/// Limits on request bodies (forms, JSON) being received at the same time; a whole
/// office may share one network.
const FORMS: Limits = Limits { of_person: 16, of_network: 64, bytes: 16 * 1024 * 1024 };
/// The same for forms with a file.
const UPLOADS: Limits = Limits { of_person: 4, of_network: 4, bytes: 32 * 1024 * 1024 };
/// Attempts to sign in, to register and the like that are handled at the same time.
/// With the minimum duration of each, at most 200 a second: many times the
/// passwords that can be hashed.
const STRANGERS: usize = 2;
const STRANGERS_SHORTEST: Duration = Duration::from_millis(10);
/// How many more may wait; the next is answered 503.
const STRANGERS_WAITING: usize = 128;
/// How long requests under way may take to end after a signal to stop.
const DRAIN_SECONDS: u64 = 20;
/// How often expired rows are deleted.
const HOUSEKEEPING: Duration = Duration::from_secs(3600);
/// How often periods and erasures that are due are looked for.
const CALENDAR: Duration = Duration::from_secs(60);

/// Settings in which the command line and the tests differ.
pub struct Options {
    pub clock: Clock,
    /// bcrypt cost of new password hashes.
    pub bcrypt_cost: u32,
    /// How long a language model may take to answer.
    pub assistant_patience: Duration,
    /// How long a request body may take to arrive.
    pub body_patience: Duration,
}

/// A server that is bound but not yet running.
pub struct Application {
    server: Server,
    hearth: Data<Hearth>,
}

impl Application {
    /// The address that people reach it at.
    pub fn public_url(&self) -> &url::Url {
        &self.hearth.config.public_url
    }

    /// A handle to stop the server, as a signal would.
    pub fn handle(&self) -> ServerHandle {
        self.server.handle()
    }

    /// Migrates the database, stores built-in content, and binds the address.
    ///
    /// # Errors
    /// One sentence on why it cannot start.
    pub fn build(mut config: Config, database_url: &str, options: Options) -> anyhow::Result<Self> {
        let ledger = leaving::Ledger::of(&config.data_dir);
        let keys = Arc::new(Keys::load(&config)?);
        let signer = Signer::new(keys.clone());
        let (demo, instruments) = {
            let _signing = signer.enter();
            prepare(database_url, config.language, &ledger)?
        };
        anyhow::ensure!(
            !demo || config.bind.ip().is_loopback(),
            "this database holds the demo company, whose passwords everyone knows: it is served on a loopback address only, not on {}",
            config.bind
        );
        let session_key = keys.session();
        let help = if demo { HelpContacts::demo()? } else { HelpContacts::load(&config.help_file)? };
        let listener = TcpListener::bind(config.bind)
            .with_context(|| format!("cannot listen on {}; HEARTH_BIND chooses another address", config.bind))?;
        let address = listener.local_addr()?;
        config.bound_to(address);
        let assistant = config.assistant.as_ref();
        let endpoint = assistant.map(|one| Endpoint::new(one, options.assistant_patience)).transpose()?;
        let states = States::default()
            .with(instruments)
            .with(Hasher::new(options.bcrypt_cost)?)
            .with(Pictures::default())
            .with(endpoint)
            .with(OverviewCache::default())
            .with(LandingPages::default());
        let hearth = Data::new(Hearth {
            db: Db::new(database_url, &config, signer.clone()),
            clock: options.clock,
            keys,
            signer,
            help,
            postbox: Postbox::default(),
            strangers: Turns::new(STRANGERS, STRANGERS_WAITING, STRANGERS_SHORTEST),
            forms: Bodies::new(FORMS),
            uploads: Bodies::new(UPLOADS),
            body_patience: options.body_patience,
            states,
            demo,
            config,
        });
        warm_up();
        let (shared, secure) = (hearth.clone(), hearth.config.is_secure());
        let desk = Data::new(employee_import::Desk::default());
        let threads = blocking_threads(hearth.config.pool_size);
        let server = HttpServer::new(move || {
            let session = SessionMiddleware::builder(CookieSessionStore::default(), session_key.clone())
                .cookie_name(cookies::session_name(secure))
                .cookie_secure(secure)
                .cookie_same_site(SameSite::Lax)
                .session_lifecycle(PersistentSession::default().session_ttl(CookieDuration::days(30)))
                .build();
            App::new()
                .app_data(shared.clone())
                .app_data(desk.clone())
                .app_data(PathConfig::default().error_handler(|_, _| not_found().into()))
                .route(&format!("{}{}/{{path:.*}}", urls::STATIC, assets::version()), get().to(assets::serve))
                .configure(routes::pages)
                .configure(routes::api)
                .default_service(to(|_: Visitor| async { Err::<&str, _>(not_found()) }))
                .wrap(session)
                .wrap(from_fn(cross_site::check))
                .wrap(from_fn(errors::render))
                .wrap(from_fn(headers::add))
                .wrap(from_fn(request_log::log))
        })
        .worker_max_blocking_threads(threads)
        .shutdown_timeout(DRAIN_SECONDS)
        .listen(listener)?
        .run();
        Ok(Self { server, hearth })
    }

    /// Serves until told to stop, while the mail worker and the periodic jobs run.
    ///
    /// # Errors
    /// Those of the server.
    pub async fn run(self) -> anyhow::Result<()> {
        let hearth = self.hearth;
        let worker =
            mail::Worker::new(&hearth.config, hearth.db.clone(), hearth.clock.clone(), hearth.postbox.clone())?;
        let mail = actix_web::rt::spawn(worker.run());
        let housekeeping = actix_web::rt::spawn(keep_house(hearth.clone()));
        let calendar = actix_web::rt::spawn(keep_calendar(hearth.clone()));
        let reports = actix_web::rt::spawn(keep_reports(hearth));
        let served = self.server.await;
        mail.abort();
        housekeeping.abort();
        calendar.abort();
        reports.abort();
        Ok(served?)
    }
}

/// Migrates; stores the language of the company; erases people again whom a restored
/// backup brought back; rewrites old addresses to their canonical spelling; stores the
/// built-in roles, library and questionnaire. Answers whether this is the demo company, and the questionnaires.
///
/// # Errors
/// When the database is out of reach or cannot be made ready.
pub fn prepare(
    database_url: &str,
    language: Language,
    ledger: &leaving::Ledger,
) -> anyhow::Result<(bool, Instruments)> {
    let mut conn = PgConnection::establish(database_url).context("cannot connect to the database")?;
    migrations::run(&mut conn)?;
    installation::set_language(&mut conn, language)?;
    leaving::replay(&mut conn, ledger)?;
    accounts::respell_addresses(&mut conn)?;
    accounts::renew_order_of_names(&mut conn)?;
    roles::store_shipped(&mut conn)?;
    library::import_shipped(&mut conn)?;
    let current = catalog::import_default(&mut conn)?;
    Ok((seed::is_demo(&mut conn)?, Instruments::new(current)))
}

/// Initialises lazily loaded statics, so that the first request is not slower.
fn warm_up() {
    assets::warm_up();
    for language in Language::ALL {
        language.catalog();
    }
}

/// Blocking threads of each Actix worker. All workers together have a few more than
/// the pool has connections; further ones would only wait and use memory.
fn blocking_threads(pool_size: u32) -> usize {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    (pool_size as usize).div_ceil(workers) + 1
}

fn not_found() -> crate::error::PageError {
    AppError::NotFound.into()
}

async fn keep_house(hearth: Data<Hearth>) {
    let mut every = actix_web::rt::time::interval(HOUSEKEEPING);
    loop {
        every.tick().await;
        let now = hearth.now();
        let oldest = now.checked_sub_months(Months::new(hearth.config.retention_months)).unwrap_or(now);
        clean(&hearth, "expired sign-ins", move |conn| sign_in::delete_expired(conn, now)).await;
        clean(&hearth, "undelivered mail", move |conn| mail::delete_expired(conn, now)).await;
        clean(&hearth, "limits", move |conn| limits::delete_full(conn, now)).await;
        clean(&hearth, "uploads", move |conn| employee_import::delete_expired(conn, now)).await;
        clean(&hearth, "expired links", move |conn| recovery::delete_expired(conn, now)).await;
        clean(&hearth, "expired pulses", move |conn| pulse::delete_before(conn, oldest.date_naive())).await;
        let today = hearth.day(now);
        clean(&hearth, "participation", move |conn| campaigns::refresh_participation(conn, today)).await;
        clean(&hearth, "completed recommendations", move |conn| recommendations::delete_before(conn, oldest)).await;
        clean(&hearth, "reminders", move |conn| campaigns::delete_reminders_before(conn, oldest.date_naive())).await;
        clean(&hearth, "rests between campaigns", move |conn| rest::delete_rests_that_are_over(conn, now)).await;
        clean(&hearth, "conversations", move |conn| assistant::delete_before(conn, oldest, now)).await;
        clean(&hearth, "requests for support", move |conn| support::delete_expired(conn, now)).await;
        clean(&hearth, "expired assessments", move |conn| assessment::delete_before(conn, oldest)).await;
        if let Err(error) = audit::chain::check_daily(&hearth.db, &hearth.signer, now).await {
            tracing::warn!("the audit log could not be checked: {error}");
        }
    }
}

/// Closes periods that are over, and erases people whose cooling-off time is over.
async fn keep_calendar(hearth: Data<Hearth>) {
    let mut every = actix_web::rt::time::interval(CALENDAR);
    loop {
        every.tick().await;
        let now = hearth.now();
        let (today, min_group) = (hearth.day(now), hearth.config.min_group);
        if let Err(error) = hearth.db.run(move |conn| publication::close_due(conn, min_group, today, now)).await {
            tracing::error!("a period that is over could not be closed: {error:?}");
        }
        clean(&hearth, "figures of questionnaires", questionnaires::compute_figures).await;
        let ledger = leaving::Ledger::of(&hearth.config.data_dir);
        clean(&hearth, "people who asked to be erased", move |conn| leaving::erase_due(conn, &ledger, now)).await;
    }
}

/// Computes what everything published tells of one person, after each closing. Apart from
/// the calendar, since a large company's takes minutes and closes nothing.
async fn keep_reports(hearth: Data<Hearth>) {
    let mut every = actix_web::rt::time::interval(CALENDAR);
    loop {
        every.tick().await;
        if let Err(error) = publication::over_time::report_last_closing(&hearth.db, hearth.now()).await {
            tracing::warn!("what everything published tells could not be computed: {error}");
        }
    }
}

/// Runs one job. A failure is logged, so that the next ones still run.
async fn clean(
    hearth: &Hearth,
    what: &str,
    work: impl FnOnce(&mut PgConnection) -> Result<(), AppError> + Send + 'static,
) {
    if let Err(error) = hearth.db.run(work).await {
        tracing::warn!("periodic job failed: {what}: {error}");
    }
}

//! The command line behind `main`. Errors are printed as one line, with a non-zero
//! exit code.

mod checks;
mod employees;
mod instrument;
mod user;

use crate::{
    accounts::password::COST,
    app::{Application, Options},
    assistant::model::PATIENCE,
    audit::VerifyError,
    auth::roles::Role,
    clock::Clock,
    cluster::{Cluster, Durability},
    config::{Config, ConfigError},
    db::migrations,
    instruments::catalog,
    keys::{Keys, Signer},
    library, seed,
    web::body,
};
use anyhow::{Context as _, bail, ensure};
use clap::{Args, Parser, Subcommand};
use diesel::{Connection as _, PgConnection};
use secrecy::ExposeSecret as _;
use std::{
    io::{ErrorKind, IsTerminal as _, Write as _},
    os::unix::fs::DirBuilderExt as _,
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

/// Burnout check-ups that employees trust and dashboards that HR can act on.
#[derive(Parser)]
#[command(
    name = "hearth",
    version,
    about,
    after_help = "Configuration comes from the environment or a .env file; see .env.example."
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Migrate the database, then serve (the default)
    Serve(Serve),
    /// Run, take back or list schema migrations
    #[command(subcommand)]
    Migrate(Migrate),
    /// Fill the database with a synthetic company
    Seed(Seed),
    /// Manage accounts
    #[command(subcommand)]
    User(User),
    /// Play the attacker on everything that was published
    ///
    /// Tries to compute a small group from the sums of each release, then how much of one person's values
    /// everything published in 24 months explains: to somebody who knows the roster of each day, and to a
    /// colleague who also knows who answered. Exits with 1 when either tells more than is allowed.
    PrivacyCheck(checks::PrivacyCheck),
    /// Manage questionnaires
    #[command(subcommand)]
    Instrument(Instrument),
    /// Check the audit log
    #[command(subcommand)]
    Audit(Audit),
    /// Manage the list of employees
    #[command(subcommand)]
    Employees(Employees),
}

#[derive(Args, Default)]
struct Serve {
    /// Fill an empty database with the demo company first; only on a loopback address
    #[arg(long)]
    demo: bool,
}

#[derive(Subcommand)]
enum Migrate {
    /// Run every migration that has not run yet
    Run,
    /// Take the latest migration back
    Revert,
    /// List the migrations
    Status,
}

#[derive(Args)]
struct Seed {
    /// How many employees to make
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    employees: u32,
    /// How many months of check-ups to make
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=240))]
    months: u32,
    /// The same number makes the same company
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[derive(Subcommand)]
enum User {
    /// Make an account; the password is asked for, or read from standard input
    Create {
        /// E-mail address
        #[arg(long)]
        email: String,
        /// Name as others see it
        #[arg(long)]
        name: String,
        /// employee, manager, hr or admin
        #[arg(long, value_parser = role)]
        role: Role,
    },
}

#[derive(Subcommand)]
enum Instrument {
    /// Add a version of a questionnaire from a TOML file
    Import {
        /// The file
        file: PathBuf,
    },
}

#[derive(Subcommand)]
enum Audit {
    /// Check that no row of the audit log was changed, removed or slipped in
    ///
    /// Prints the number and the hash of the last row. Note them somewhere
    /// else: rows cut off at the end cannot be seen from inside the log, only
    /// by a later run that prints a smaller number, or another hash for the
    /// same one. Exits with 1 and the number of the first bad row when the log
    /// is broken, and with 3 when it cannot be checked, because the secret key
    /// is not the one, or not here, that rows were written with.
    Verify,
}

#[derive(Subcommand)]
enum Employees {
    /// Add and update people from a CSV or XLSX file, all or nothing
    ///
    /// Columns, in any order: email, name, position, department (as "Sales / North"; missing ones are
    /// made), manager_email and language. Says how it read the file. Somebody whose address is known is updated; an empty cell changes nothing.
    Import {
        /// CSV (UTF-8 or another usual encoding; commas, semicolons, tabs or |) or XLSX
        file: PathBuf,
        /// Mail an invitation to everybody in it who cannot sign in yet and was never invited
        #[arg(long)]
        invite: bool,
    },
}

fn role(text: &str) -> Result<Role, String> {
    let known = Role::ALL.into_iter().find(|role| role.code() == text);
    known.ok_or_else(|| "must be employee, manager, hr or admin".to_owned())
}

/// Runs the command that the arguments name.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli.command.unwrap_or(Command::Serve(Serve::default()))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hearth: {error:#}");
            let unchecked = matches!(error.downcast_ref(), Some(VerifyError::OtherKey(_))) || error.is::<NoSecret>();
            if unchecked { ExitCode::from(CANNOT_CHECK) } else { ExitCode::FAILURE }
        }
    }
}

/// Exit code when the audit log cannot be verified for lack of the right key.
const CANNOT_CHECK: u8 = 3;

/// `audit verify` was called without the secret key.
#[derive(Debug, thiserror::Error)]
#[error("cannot check the audit log: {0}")]
struct NoSecret(ConfigError);

fn run(command: Command) -> anyhow::Result<()> {
    let config = match (&command, Config::from_env()) {
        (Command::Audit(_), Err(error)) if error.variable == "HEARTH_SECRET_KEY" => return Err(NoSecret(error).into()),
        (_, config) => config?,
    };
    log_to_stdout(&config)?;
    make_data_dir(&config)?;
    match command {
        Command::Serve(serve) => self::serve(config, &serve),
        Command::Migrate(migrate) => with_database(&config, |conn| self::migrate(conn, &migrate)),
        Command::Seed(seed) => with_database(&config, |conn| self::seed(conn, &config, &seed)),
        Command::PrivacyCheck(check) => {
            check.over_time(with_database(&config, |conn| checks::privacy_check(conn, config.timezone))?)
        }
        Command::User(User::Create { email, name, role }) => {
            with_database(&config, |conn| user::create(conn, &config, &email, &name, role))
        }
        Command::Instrument(Instrument::Import { file }) => {
            with_database(&config, |conn| instrument::import(conn, &file))
        }
        Command::Audit(Audit::Verify) => {
            let signer = Keys::existing(&config)?.map(|keys| Signer::new(Arc::new(keys)));
            with_connection(&config, |conn| checks::verify_audit(conn, signer.as_ref()))
        }
        Command::Employees(Employees::Import { file, invite }) => {
            with_database(&config, |conn| employees::import(conn, &config, &file, invite))
        }
    }
}

fn log_to_stdout(config: &Config) -> anyhow::Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_new(&config.log).context("HEARTH_LOG")?;
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_target(false);
    if config.log_json {
        logs.json().init();
    } else {
        logs.with_ansi(std::io::stdout().is_terminal()).init();
    }
    Ok(())
}

/// Creates the data directory with mode 0700. Its parents get the default mode: when
/// run as root, the private PostgreSQL's user has to pass through them.
fn make_data_dir(config: &Config) -> anyhow::Result<()> {
    let directory = &config.data_dir;
    let parents = directory.parent().map_or(Ok(()), std::fs::create_dir_all);
    let made = parents.and_then(|()| match std::fs::DirBuilder::new().mode(0o700).create(directory) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists && directory.is_dir() => Ok(()),
        made => made,
    });
    made.with_context(|| format!("HEARTH_DATA_DIR: cannot make {}", directory.display()))
}

/// The configured database, or the private PostgreSQL if none is configured.
enum Database {
    Configured(String),
    Private(Cluster),
}

impl Database {
    fn open(config: &Config) -> anyhow::Result<Self> {
        Ok(match &config.database_url {
            Some(url) => Self::Configured(url.expose_secret().to_owned()),
            None => Self::Private(Cluster::start(&config.data_dir, Durability::Durable)?),
        })
    }

    fn url(&self) -> String {
        match self {
            Self::Configured(url) => url.clone(),
            Self::Private(cluster) => cluster.url(),
        }
    }

    fn close(self) -> anyhow::Result<()> {
        match self {
            Self::Configured(_) => Ok(()),
            Self::Private(cluster) => Ok(cluster.stop()?),
        }
    }

    /// Completes when the private PostgreSQL has ended by itself.
    async fn ended(&mut self) {
        let mut every = actix_web::rt::time::interval(Duration::from_secs(1));
        loop {
            every.tick().await;
            if let Self::Private(cluster) = self
                && !cluster.is_running()
            {
                return;
            }
        }
    }
}

/// Runs `work` on a connection, with the key for audit entries.
fn with_database<T>(config: &Config, work: impl FnOnce(&mut PgConnection) -> anyhow::Result<T>) -> anyhow::Result<T> {
    let signer = Signer::new(Arc::new(Keys::load(config)?));
    let _signing = signer.enter();
    with_connection(config, work)
}

fn with_connection<T>(config: &Config, work: impl FnOnce(&mut PgConnection) -> anyhow::Result<T>) -> anyhow::Result<T> {
    let database = Database::open(config)?;
    let connected = PgConnection::establish(&database.url()).context("cannot connect to the database");
    let result = connected.and_then(|mut conn| work(&mut conn));
    database.close()?;
    result
}

fn serve(config: Config, serve: &Serve) -> anyhow::Result<()> {
    ensure!(
        !serve.demo || config.bind.ip().is_loopback(),
        "--demo serves on a loopback address only, not on {}",
        config.bind
    );
    let mut database = Database::open(&config)?;
    let served = if serve.demo { fill_demo(&database.url(), &config) } else { Ok(()) }
        .and_then(|()| actix_web::rt::System::new().block_on(serve_until_stopped(config, serve.demo, &mut database)));
    let closed = database.close();
    served.and(closed)
}

async fn serve_until_stopped(config: Config, demo: bool, database: &mut Database) -> anyhow::Result<()> {
    let options = Options {
        clock: Clock::System,
        bcrypt_cost: COST,
        assistant_patience: PATIENCE,
        body_patience: body::PATIENCE,
    };
    let application = Application::build(config, &database.url(), options)?;
    println!("Hearth is at {}", application.public_url());
    if demo {
        println!("Demo accounts, password {}:", seed::DEMO_PASSWORD);
        for account in &seed::DEMO_ACCOUNTS {
            println!("  {}", account.email);
        }
    }
    std::io::stdout().flush()?;
    let server = application.handle();
    let mut running = std::pin::pin!(application.run());
    tokio::select! {
        served = &mut running => return served,
        () = database.ended() => {}
    }
    let (_, served) = tokio::join!(server.stop(true), running);
    served?;
    bail!("the private PostgreSQL ended by itself; start Hearth again to recover it")
}

/// Creates the demo company in an empty database; leaves any other unchanged.
fn fill_demo(url: &str, config: &Config) -> anyhow::Result<()> {
    let mut conn = PgConnection::establish(url).context("cannot connect to the database")?;
    migrations::run(&mut conn)?;
    if !seed::is_empty(&mut conn)? {
        return Ok(());
    }
    let version = store_shipped(&mut conn)?;
    println!("Making the demo company …");
    let signer = Signer::new(Arc::new(Keys::load(config)?));
    let _signing = signer.enter(); // closing its periods writes audit entries
    let hash = bcrypt::non_truncating_hash(seed::DEMO_PASSWORD, COST)?;
    Ok(seed::demo(&mut conn, &version, &hash, Clock::System.now(), config.timezone, config.min_group)?)
}

fn store_shipped(conn: &mut PgConnection) -> anyhow::Result<crate::instruments::Version> {
    crate::auth::roles::store_shipped(conn)?;
    library::import_shipped(conn)?;
    Ok(catalog::import_default(conn)?)
}

fn migrate(conn: &mut PgConnection, migrate: &Migrate) -> anyhow::Result<()> {
    match migrate {
        Migrate::Run => {
            let ran = migrations::run(conn)?;
            ran.iter().for_each(|name| println!("ran {name}"));
            if ran.is_empty() {
                println!("nothing to run");
            }
        }
        Migrate::Revert => match migrations::revert(conn)? {
            Some(name) => println!("took back {name}"),
            None => bail!("there is no migration to take back"),
        },
        Migrate::Status => {
            for migration in migrations::status(conn)? {
                println!("[{}] {}", if migration.applied { 'x' } else { ' ' }, migration.name);
            }
        }
    }
    Ok(())
}

fn seed(conn: &mut PgConnection, config: &Config, seed: &Seed) -> anyhow::Result<()> {
    migrations::run(conn)?;
    ensure!(seed::is_empty(conn)?, "this database has people in it already; a synthetic company needs an empty one");
    let version = store_shipped(conn)?;
    let plan = seed::Plan { employees: seed.employees, months: seed.months, seed: seed.seed };
    let bar = indicatif::ProgressBar::new(u64::from(seed.employees));
    bar.set_style(indicatif::ProgressStyle::with_template(
        "{bar:40} {pos}/{len} employees, {elapsed} of about {duration}",
    )?);
    let mut progress = |done: u64, total: u64| {
        bar.set_length(total);
        bar.set_position(done);
    };
    seed::company(conn, &version, &plan, Clock::System.now(), config.timezone, config.min_group, &mut progress)?;
    bar.finish();
    println!("made {} employees with {} months of check-ups", seed.employees, seed.months);
    Ok(())
}

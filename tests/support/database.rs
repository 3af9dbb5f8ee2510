//! Databases for tests: copies of a migrated one, on a server that ends with the test
//! program.

use super::{BCRYPT_COST, PASSWORD, connect, eventually, signer};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel::{PgConnection, RunQueryDsl as _, connection::SimpleConnection as _, sql_query, sql_types::Text};
use hearth::{
    app, campaigns,
    cluster::{Cluster, Durability},
    i18n::Language,
    instruments::catalog,
    leaving::Ledger,
    seed,
};
use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{
        Mutex, OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};
use url::Url;

/// The database server of this test run: the given one, whose role may make
/// databases, else a private one with durability off that ends with the process.
pub fn server_url() -> &'static str {
    static SERVER: OnceLock<(String, Option<Cluster>)> = OnceLock::new();
    let (url, _) = SERVER.get_or_init(|| match std::env::var("TEST_DATABASE_URL") {
        Ok(url) => (url, None),
        Err(_) => {
            // Kept from run to run: a second start takes no time, and nothing is left elsewhere.
            let directory = temporary().join("postgres").join(env!("CARGO_CRATE_NAME"));
            let cluster = Cluster::start(&directory, Durability::Off).unwrap();
            drop_databases(&mut connect(&cluster.url()), "test_"); // of a run that was killed
            (cluster.url(), Some(cluster))
        }
    });
    url
}

/// Where test programs keep what the next run can use. Cargo names it to integration tests
/// only; unit tests find it from where they run: the folder `tmp` of `target/`, beside
/// `debug/deps/`.
fn temporary() -> PathBuf {
    let beside_program = || {
        let program = std::env::current_exe().ok()?;
        Some(program.ancestors().nth(3)?.join("tmp"))
    };
    let named = option_env!("CARGO_TARGET_TMPDIR").map(PathBuf::from);
    named.or_else(beside_program).unwrap_or_else(std::env::temp_dir)
}

/// A database of its own on the test server, dropped with this.
pub struct TestDb {
    name: String,
    pub url: String,
}

impl TestDb {
    /// As every application leaves it when it starts: migrated, with roles,
    /// the questionnaire and the library.
    pub fn new() -> Self {
        Self::create(template())
    }

    /// With what `make` adds to that, which every caller with this `kind` shares.
    fn with(kind: &'static str, make: impl FnOnce(&mut PgConnection)) -> Self {
        static MADE: Mutex<Option<HashMap<&str, String>>> = Mutex::new(None);
        let mut made = MADE.lock().unwrap();
        let fill = || make_template(kind, template(), |url| make(&mut connect(url)));
        let name = made.get_or_insert_default().entry(kind).or_insert_with(fill).clone();
        drop(made);
        Self::create(&name)
    }

    /// The demo company as it is today, whose accounts take the password of the tests.
    pub fn demo() -> Self {
        let now: DateTime<Utc> = SystemTime::now().into();
        Self::with("demo", |conn| {
            let version = catalog::import_default(conn).unwrap();
            let hash = bcrypt::non_truncating_hash(PASSWORD, BCRYPT_COST).unwrap();
            seed::demo(conn, &version, &hash, now, Tz::UTC, 5).unwrap();
            campaigns::refresh_participation(conn, now.date_naive()).unwrap();
        })
    }

    /// With nothing in it.
    pub fn empty() -> Self {
        Self::create("template0")
    }

    fn create(template: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        // Copying files takes half as long as copying through the write-ahead log.
        let create = format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy");
        connect(server_url()).batch_execute(&create).unwrap();
        Self { url: url_of(&name), name }
    }

    pub fn connect(&self) -> PgConnection {
        connect(&self.url)
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        drop_database(&mut connect(server_url()), &self.name);
    }
}

/// Waits for a vacuum that the server began there, which only a superuser may end.
fn drop_database(server: &mut PgConnection, name: &str) {
    let dropping = format!("DROP DATABASE {name} WITH (FORCE)");
    eventually(&dropping, || server.batch_execute(&dropping).ok());
}

fn url_of(database: &str) -> String {
    let mut url = Url::parse(server_url()).unwrap();
    url.set_path(database);
    url.into()
}

/// The database that tests get copies of.
fn template() -> &'static str {
    static NAME: OnceLock<String> = OnceLock::new();
    NAME.get_or_init(|| {
        make_template("template", "template0", |url| {
            let data_dir = tempfile::tempdir().unwrap();
            let _signing = signer().enter();
            app::prepare(url, Language::En, &Ledger::of(data_dir.path())).unwrap();
        })
    })
}

/// A database whose name begins with `kind`, filled once by `make`: the first run of a
/// test program makes it; the next ones find it, until the program is built anew.
fn make_template(kind: &str, from: &str, make: impl FnOnce(&str)) -> String {
    let built = std::env::current_exe().and_then(|program| program.metadata()?.modified()).unwrap();
    let of_program = format!("{kind}_{}_", env!("CARGO_CRATE_NAME"));
    let name = format!("{of_program}{:x}", built.duration_since(UNIX_EPOCH).unwrap().as_nanos());
    let mut server = connect(server_url());
    // Of two runs at the same time on one server the second waits here.
    server.batch_execute("SELECT pg_advisory_lock(hashtext('templates'))").unwrap();
    if databases(&mut server, &name).is_empty() {
        drop_databases(&mut server, &of_program);
        // Under another name until it is complete.
        let unfinished = format!("{of_program}unfinished");
        server.batch_execute(&format!("CREATE DATABASE {unfinished} TEMPLATE {from}")).unwrap();
        make(&url_of(&unfinished));
        server.batch_execute(&format!("ALTER DATABASE {unfinished} RENAME TO {name}")).unwrap();
    }
    name
}

fn databases(server: &mut PgConnection, prefix: &str) -> Vec<Name> {
    let query = sql_query("SELECT datname::text AS name FROM pg_database WHERE starts_with(datname::text, $1)");
    query.bind::<Text, _>(prefix).load(server).unwrap()
}

fn drop_databases(server: &mut PgConnection, prefix: &str) {
    for Name { name } in databases(server, prefix) {
        drop_database(server, &name);
    }
}

/// A column called `name`.
#[derive(diesel::QueryableByName)]
pub struct Name {
    #[diesel(sql_type = Text)]
    pub name: String,
}

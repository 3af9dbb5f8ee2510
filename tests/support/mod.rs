//! A running application per test, on a database of its own that is dropped at
//! the end, spoken to over HTTP.

#![allow(dead_code, reason = "every test binary uses a part of it")]

pub mod api;
pub mod browser;
mod database;
pub mod model;
pub mod smtp;

pub use browser::{Answer, Browser};
use database::Name;
pub use database::TestDb;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{Connection as _, PgConnection, RunQueryDsl as _, connection::SimpleConnection as _, sql_query};
use hearth::{
    app::{Application, Options},
    clock::Clock,
    config::Config,
    domain::Email,
    keys::{Keys, Signer},
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError, mpsc},
    thread::JoinHandle,
    time::Duration,
};

/// A password that may be set.
pub const PASSWORD: &str = "quiet-harbour-lantern";

/// The cheapest there is.
const BCRYPT_COST: u32 = 4;

/// How long the assistant waits for a language model here.
pub const PATIENCE: Duration = Duration::from_secs(4);

/// How long a body may take to arrive here.
pub const BODY_PATIENCE: Duration = Duration::from_secs(3);

/// What a test writes into the audit log by itself is signed as the
/// application's own rows are.
fn connect(url: &str) -> PgConnection {
    std::mem::forget(signer().enter()); // until the thread ends
    PgConnection::establish(url).unwrap()
}

/// The secret of every application that a test gives no other.
pub const SECRET: &str = "a secret that only tests may know";

/// What signs the audit log under that secret.
pub fn signer() -> Signer {
    signer_of(SECRET)
}

/// The same for another secret.
pub fn signer_of(secret: &str) -> Signer {
    Signer::new(Arc::new(Keys::load(&config(&[("HEARTH_SECRET_KEY", secret)])).unwrap()))
}

/// A configuration with some variables set.
pub fn config(variables: &[(&str, &str)]) -> Config {
    let variables: HashMap<&str, &str> = variables.iter().copied().collect();
    Config::from_lookup(|name| variables.get(name).map(|value| (*value).to_owned())).unwrap()
}

/// A running application.
pub struct TestApp {
    pub base: String,
    pub data_dir: tempfile::TempDir,
    clock: Arc<Mutex<DateTime<Utc>>>,
    handle: actix_web::dev::ServerHandle,
    thread: Option<JoinHandle<()>>,
    /// The connection of [`TestApp::number`] and its like, once one of them was called.
    sql: Mutex<Option<PgConnection>>,
    pub db: Arc<TestDb>,
}

impl TestApp {
    pub fn spawn() -> Self {
        Self::spawn_with(&[])
    }

    /// With more variables set.
    pub fn spawn_with(variables: &[(&str, &str)]) -> Self {
        let db = TestDb::new();
        let url = db.url.clone();
        Self::start(db, &url, variables)
    }

    /// A further instance on the same database, which starts now.
    pub fn beside(&self, variables: &[(&str, &str)]) -> Self {
        Self::start(self.db.clone(), &self.db.url, variables)
    }

    /// With another address of the database, such as one that can be cut off.
    pub fn start(db: impl Into<Arc<TestDb>>, database_url: &str, variables: &[(&str, &str)]) -> Self {
        let data_dir = tempfile::tempdir().unwrap();
        let base = [
            ("HEARTH_BIND", "127.0.0.1:0"),
            ("HEARTH_DATA_DIR", data_dir.path().to_str().unwrap()),
            ("HEARTH_SECRET_KEY", SECRET),
            ("DB_POOL_TIMEOUT_MS", "20000"), // on a busy machine people wait in line, too
        ];
        let config = config(&[&base[..], variables].concat());
        let clock = Arc::new(Mutex::new(std::time::SystemTime::now().into()));
        let clock_of_app = Clock::Set(clock.clone());
        let options = Options {
            clock: clock_of_app,
            bcrypt_cost: BCRYPT_COST,
            assistant_patience: PATIENCE,
            body_patience: BODY_PATIENCE,
        };
        let (send, receive) = mpsc::channel();
        let database_url = database_url.to_owned();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let application = Application::build(config, &database_url, options).unwrap();
                send.send((application.public_url().to_string(), application.handle())).unwrap();
                application.run().await.unwrap();
            });
        });
        let (base, handle) = receive.recv().expect("the application starts");
        let base = base.trim_end_matches('/').to_owned();
        let (thread, sql, db) = (Some(thread), Mutex::default(), db.into());
        Self { base, data_dir, clock, handle, thread, sql, db }
    }

    /// Moves the application's clock.
    pub fn advance(&self, by: TimeDelta) {
        *self.clock.lock().unwrap() += by;
    }

    pub fn now(&self) -> DateTime<Utc> {
        *self.clock.lock().unwrap()
    }

    /// A browser with its own cookies.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.base)
    }

    /// A browser signed in as a new person, who was sent no link to verify the
    /// address. Like one who registered; only signing in happens over HTTP.
    pub fn register(&self, email: &str) -> Browser {
        static HASH: OnceLock<String> = OnceLock::new();
        let hash = HASH.get_or_init(|| bcrypt::non_truncating_hash(PASSWORD, BCRYPT_COST).unwrap());
        let (spelled, today) = (Email::parse(email).unwrap(), self.now().date_naive());
        self.execute(&format!(
            "WITH person AS (
                INSERT INTO users (email, password_hash, name, language, joined_on)
                VALUES ('{}', '{hash}', 'Test Person', 'en', '{today}') RETURNING id
            ) INSERT INTO user_roles (user_id, role_id)
                SELECT person.id, roles.id FROM person, roles WHERE key = 'employee'",
            spelled.as_str()
        ));
        let browser = self.browser();
        let answer = browser.post("/login", &[("email", email), ("password", PASSWORD)]);
        assert_eq!((answer.status, answer.location()), (303, "/dashboard"), "{}", answer.body);
        // Registering leaves no try to sign in behind.
        self.execute(&format!(
            "DELETE FROM attempts WHERE user_id = (SELECT id FROM users WHERE email = '{}')",
            spelled.as_str()
        ));
        browser
    }

    /// The same, confirmed and with a role beside that of an employee.
    pub fn register_as(&self, email: &str, role: &str) -> Browser {
        let browser = self.register(email);
        self.execute(&format!(
            "UPDATE users SET confirmed_at = created_at, email_verified_at = created_at WHERE email = '{email}'"
        ));
        self.execute(&format!(
            "INSERT INTO user_roles (user_id, role_id) SELECT u.id, r.id FROM users u, roles r
             WHERE u.email = '{email}' AND r.key = '{role}' ON CONFLICT DO NOTHING"
        ));
        browser
    }

    /// The same, with the promise agreed to.
    pub fn register_and_agree(&self, email: &str) -> Browser {
        let browser = self.register(email);
        assert_eq!(browser.post("/assessments/consent", &[]).status, 303);
        browser
    }

    /// One number from the database, such as a count.
    pub fn number(&self, sql: &str) -> i64 {
        #[derive(diesel::QueryableByName)]
        struct Row {
            #[diesel(sql_type = diesel::sql_types::BigInt)]
            value: i64,
        }
        let query = sql_query(format!("SELECT ({sql})::bigint AS value"));
        self.on_connection(|conn| query.get_result::<Row>(conn).unwrap().value)
    }

    /// One text from the database.
    pub fn text(&self, sql: &str) -> String {
        let query = sql_query(format!("SELECT ({sql})::text AS name"));
        self.on_connection(|conn| query.get_result::<Name>(conn).unwrap().name)
    }

    pub fn execute(&self, sql: &str) {
        self.on_connection(|conn| conn.batch_execute(sql).unwrap());
    }

    fn on_connection<T>(&self, run: impl FnOnce(&mut PgConnection) -> T) -> T {
        let mut kept = self.sql.lock().unwrap_or_else(PoisonError::into_inner);
        run(kept.get_or_insert_with(|| self.db.connect()))
    }

    /// The mails in the outbox, once there are `count` of them.
    pub fn outbox(&self, count: usize) -> Vec<String> {
        let directory = self.data_dir.path().join("outbox");
        eventually("mail in the outbox", || {
            let mails: Vec<_> = std::fs::read_dir(&directory)
                .into_iter()
                .flatten()
                .filter_map(|entry| {
                    Some(entry.ok()?.path()).filter(|path| path.extension().is_some_and(|e| e == "eml"))
                })
                .map(|path| std::fs::read_to_string(path).unwrap())
                .collect();
            (mails.len() >= count).then_some(mails)
        })
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        drop(self.handle.stop(false)); // the command is sent when the future is made
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(ended.is_ok() || std::thread::panicking(), "the application ended in a panic");
        }
    }
}

/// Waits until `look` finds something; a test fails after two minutes.
pub fn eventually<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let until = std::time::Instant::now() + Duration::from_secs(120);
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(std::time::Instant::now() < until, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

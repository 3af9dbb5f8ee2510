//! A running application per test, on a database of its own that is dropped at
//! the end, spoken to over HTTP.

#![allow(dead_code, reason = "every test binary uses a part of it")]

pub mod api;
pub mod model;
pub mod smtp;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    Connection as _, PgConnection, RunQueryDsl as _, connection::SimpleConnection as _, sql_query, sql_types::Text,
};
use hearth::{
    app::{self, Application, Options},
    clock::Clock,
    cluster::{Cluster, Durability},
    config::Config,
    domain::Email,
    i18n::Language,
    keys::{Keys, Signer},
    leaving::Ledger,
};
use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicU32, Ordering},
        mpsc,
    },
    thread::JoinHandle,
    time::{Duration, UNIX_EPOCH},
};
use url::Url;

/// A password that may be set.
pub const PASSWORD: &str = "quiet-harbour-lantern";

/// The cheapest there is.
const BCRYPT_COST: u32 = 4;

/// How long the assistant waits for a language model here.
pub const PATIENCE: Duration = Duration::from_secs(4);

/// How long a body may take to arrive here.
pub const BODY_PATIENCE: Duration = Duration::from_secs(3);

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
    pub fn with(kind: &'static str, make: impl FnOnce(&mut PgConnection)) -> Self {
        static MADE: Mutex<Option<HashMap<&str, String>>> = Mutex::new(None);
        let mut made = MADE.lock().unwrap();
        let fill = || make_template(kind, template(), |url| make(&mut connect(url)));
        let name = made.get_or_insert_default().entry(kind).or_insert_with(fill).clone();
        drop(made);
        Self::create(&name)
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

#[derive(diesel::QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

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

/// A client with cookies that follows no redirects.
pub struct Browser {
    agent: ureq::Agent,
    base: String,
}

/// An answer with its body read.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: ureq::http::HeaderMap,
    /// Without the masks of its forms, which are others each time; of a page,
    /// without the lines that its template is written in.
    pub body: String,
    /// Whose its forms say they are, in their order on the page.
    pub forms: Vec<String>,
}

impl Browser {
    pub fn new(base: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent("hearth-tests")
            .build();
        Self { agent: config.into(), base: base.to_owned() }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[])
    }

    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.agent.get(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Answer::read(request.call())
    }

    /// A file that is no text: its status, headers and content.
    pub fn download(&self, path: &str) -> (u16, ureq::http::HeaderMap, Vec<u8>) {
        self.download_with(path, &[])
    }

    /// The same as it comes, compressed if the headers ask for it.
    pub fn download_with(&self, path: &str, headers: &[(&str, &str)]) -> (u16, ureq::http::HeaderMap, Vec<u8>) {
        let mut request = self.agent.get(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = request.call().expect("the server answers");
        let content = response.body_mut().read_to_vec().unwrap();
        (response.status().as_u16(), response.headers().clone(), content)
    }

    pub fn head(&self, path: &str) -> Answer {
        Answer::read(self.agent.head(format!("{}{path}", self.base)).call())
    }

    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_with(path, fields, &[])
    }

    pub fn post_with(&self, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
        let mut request = self.agent.post(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Answer::read(request.send_form(fields.iter().copied()))
    }

    /// Sends a form whose fields are encoded already, well or badly.
    pub fn post_raw(&self, path: &str, body: &str) -> Answer {
        let request = self.agent.post(format!("{}{path}", self.base));
        Answer::read(request.header("Content-Type", "application/x-www-form-urlencoded").send(body.as_bytes()))
    }

    /// Sends a form and reads what is streamed back, as it comes.
    pub fn events(&self, path: &str, fields: &[(&str, &str)]) -> impl std::io::BufRead {
        let request = self.agent.post(format!("{}{path}", self.base)).header("Accept", "text/event-stream");
        let response = request.send_form(fields.iter().copied()).expect("the server answers");
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        std::io::BufReader::new(response.into_body().into_reader())
    }

    /// Sends one file as a browser does.
    pub fn upload(&self, path: &str, field: &str, file_name: &str, content: &[u8]) -> Answer {
        self.upload_with(path, field, file_name, content, &[])
    }

    /// The same with more fields in front of it.
    pub fn upload_with(
        &self,
        path: &str,
        field: &str,
        file_name: &str,
        content: &[u8],
        fields: &[(&str, &str)],
    ) -> Answer {
        let boundary = "the-boundary-of-a-test";
        let part = |(name, value): &(&str, &str)| {
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{file_name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        let parts: String = fields.iter().map(part).collect();
        let tail = format!("\r\n--{boundary}--\r\n");
        let body = [parts.as_bytes(), head.as_bytes(), content, tail.as_bytes()].concat();
        let request = self.agent.post(format!("{}{path}", self.base));
        let request = request.header("Content-Type", format!("multipart/form-data; boundary={boundary}"));
        Answer::read(request.send(&body[..]))
    }

    /// Submits the questionnaire with the same answer everywhere.
    pub fn submit_all(&self, value: i32, key: &str) -> Answer {
        self.submit(&[value; 20], key)
    }

    /// Submits the questionnaire.
    pub fn submit(&self, answers: &[i32], key: &str) -> Answer {
        let mut fields: Vec<(String, String)> =
            answers.iter().enumerate().map(|(item, value)| (format!("answer_{item}"), value.to_string())).collect();
        fields.push(("idempotency_key".to_owned(), key.to_owned()));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post("/assessments", &fields)
    }
}

impl Answer {
    fn read(result: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Self {
        let mut response = result.expect("the server answers");
        let body = String::from_utf8_lossy(&response.body_mut().read_to_vec().unwrap()).into_owned();
        let is_page =
            response.headers().get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        let (body, forms) = unmasked(&if is_page { joined(&body) } else { body });
        Self { status: response.status().as_u16(), headers: response.headers().clone(), body, forms }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// Every value of this cookie that the answer sets.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap().to_owned());
        cookies.into_iter().find(|cookie| cookie.starts_with(&format!("{name}=")))
    }
}

/// A page whose tags follow each other without a line end between them.
fn joined(page: &str) -> String {
    let mut lines = page.split('\n');
    let mut body = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        let next = line.trim_start_matches(' ');
        if !body.ends_with('>') || !next.starts_with('<') || next.starts_with("</textarea") {
            body += "\n";
            body += line;
        } else {
            body += next;
        }
    }
    body
}

/// A page with the same word in place of each mask of its forms, and the masks.
pub fn unmasked(page: &str) -> (String, Vec<String>) {
    let field = "name=\"form_of\" value=\"";
    let mut parts = page.split(field);
    let (mut body, mut forms) = (parts.next().unwrap_or_default().to_owned(), Vec::new());
    for part in parts {
        let (mark, rest) = part.split_once('"').expect("the value ends");
        forms.push(mark.to_owned());
        body += &format!("{field}masked\"{rest}");
    }
    (body, forms)
}

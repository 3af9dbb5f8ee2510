//! The command line: the output of each command, its errors, and how a server stops.

mod support;

use diesel::connection::SimpleConnection as _;
use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};
use support::{Browser, PASSWORD, SECRET, TestDb, eventually};

const EXAMPLE: &str = include_str!("fixtures/instruments/cbi-like.toml");

/// The binary in a folder of its own, with nothing set but these.
fn hearth(folder: &Path, variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hearth"));
    command.env_clear().current_dir(folder).envs(variables.iter().copied());
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("HEARTH_DATA_DIR", folder.join("data"));
    command
}

/// A database and a folder for commands.
struct House {
    db: TestDb,
    folder: tempfile::TempDir,
}

impl House {
    fn new() -> Self {
        Self { db: TestDb::empty(), folder: tempfile::tempdir().unwrap() }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = hearth(self.folder.path(), &[("DATABASE_URL", &self.db.url), ("HEARTH_SECRET_KEY", SECRET)]);
        command.args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        run(&mut self.command(arguments), "")
    }

    fn number(&self, sql: &str) -> i64 {
        use diesel::{RunQueryDsl as _, dsl, sql_types::BigInt};
        let value = dsl::sql::<BigInt>(&format!("({sql})::bigint"));
        diesel::select(value).get_result(&mut self.db.connect()).unwrap()
    }
}

fn run(command: &mut Command, input: &str) -> Output {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes()); // it may have ended without reading
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The one line that a failed command printed.
fn complaint(output: &Output) -> String {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(!output.status.success(), "it should fail: {}", out(output));
    assert_eq!(text.lines().count(), 1, "one line: {text}");
    assert!(text.starts_with("hearth: "), "{text}");
    text
}

#[test]
fn every_command_explains_itself() {
    let folder = tempfile::tempdir().unwrap();
    let cases: [(&[&str], &[&str]); 12] = [
        (&[], &["serve", "migrate", "seed", "user", "instrument", "audit", "employees", ".env.example"]),
        (&["serve"], &["--demo"]),
        (&["migrate"], &["run", "revert", "status"]),
        (&["migrate", "run"], &["migration"]),
        (&["migrate", "revert"], &["latest"]),
        (&["migrate", "status"], &["List"]),
        (&["seed"], &["--employees", "--months", "--seed"]),
        (&["user", "create"], &["--email", "--name", "--role", "password", "standard input"]),
        (&["instrument", "import"], &["<FILE>", "TOML"]),
        (&["privacy-check"], &["24 months", "roster", "colleague", "Exits with 1"]),
        (&["audit", "verify"], &["hash", "cut off", "cannot be seen", "Exits with 1", "with 3"]),
        (&["employees", "import"], &["<FILE>", "--invite", "manager_email", "UTF-8"]),
    ];
    for (command, words) in cases {
        let output = run(hearth(folder.path(), &[]).args(command).arg("--help"), "");
        assert!(output.status.success());
        for word in words {
            assert!(out(&output).contains(word), "{command:?} --help says nothing of {word}");
        }
    }
    assert!(!folder.path().join("data").exists(), "help touches nothing");
    assert_eq!(run(hearth(folder.path(), &[]).arg("dance"), "").status.code(), Some(2));
    let version = run(hearth(folder.path(), &[]).arg("--version"), "");
    assert_eq!(out(&version).trim(), concat!("hearth ", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_bad_value_stops_the_start_with_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        ("HEARTH_BIND", "everywhere"),
        ("HEARTH_MIN_GROUP", "4"),
        ("HEARTH_TIMEZONE", "Mars/Base"),
        ("HEARTH_SECRET_KEY", "too-short-hunter2"),
        ("HEARTH_SECRET_KEY", "hunter2hunter2hunter2hunter2hunter2"),
        ("DATABASE_URL", "mysql://root:hunter2@db/x"),
        ("HEARTH_PUBLIC_URL", "hunter2"),
        ("DB_POOL_SIZE", "many"),
        ("SMTP_URL", "http://user:hunter2@mail"),
        ("HEARTH_LOG_FORMAT", "xml"),
    ];
    for (name, value) in cases {
        for command in [&["serve"][..], &["migrate", "status"]] {
            let line = complaint(&run(hearth(folder.path(), &[(name, value)]).args(command), ""));
            assert!(line.contains(name), "{name}: {line}");
            assert!(!line.contains("hunter2"), "a value that may be a secret is not repeated: {line}");
        }
    }
    let off_loopback = complaint(&run(hearth(folder.path(), &[("HEARTH_BIND", "0.0.0.0:0")]).arg("serve"), ""));
    assert!(off_loopback.contains("HEARTH_PUBLIC_URL"), "{off_loopback}");
}

#[test]
fn a_broken_env_file_is_named_and_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(".env"), "HEARTH_LOG=info\nthis is my password hunter2 \"\n").unwrap();
    let line = complaint(&run(hearth(folder.path(), &[]).args(["migrate", "status"]), ""));
    assert!(line.contains(".env") && !line.contains("hunter2"), "{line}");
}

#[test]
fn a_database_out_of_reach_is_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let variables = [("DATABASE_URL", "postgres://me:hunter2@127.0.0.1:1/none"), ("HEARTH_SECRET_KEY", SECRET)];
    for command in [&["serve"][..], &["migrate", "run"], &["seed", "--employees", "1", "--months", "1"]] {
        let output = run(hearth(folder.path(), &variables).args(command), "");
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && text.starts_with("hearth: cannot connect to the database"), "{text}");
        assert!(!text.contains("hunter2"), "{text}");
    }
}

#[test]
fn migrations_are_run_listed_and_taken_back() {
    let house = House::new();
    let count = fs::read_dir("migrations").unwrap().filter(|entry| entry.as_ref().unwrap().path().is_dir()).count();
    let marks =
        |mark: &str| out(&house.run(&["migrate", "status"])).lines().filter(|line| line.starts_with(mark)).count();
    assert_eq!((marks("[ ] "), marks("[x] ")), (count, 0));
    assert_eq!(out(&house.run(&["migrate", "run"])).lines().filter(|line| line.starts_with("ran ")).count(), count);
    assert_eq!((marks("[ ] "), marks("[x] ")), (0, count));
    assert!(out(&house.run(&["migrate", "run"])).contains("nothing to run"));
    assert!(out(&house.run(&["migrate", "revert"])).contains("took back "));
    assert_eq!((marks("[ ] "), marks("[x] ")), (1, count - 1));
    (1..count).for_each(|_| assert!(house.run(&["migrate", "revert"]).status.success()));
    assert!(complaint(&house.run(&["migrate", "revert"])).contains("no migration to take back"));
}

#[test]
fn an_account_is_made_with_a_password_from_standard_input() {
    let house = House::new();
    let create = |email: &str, name: &str, password: &str| {
        run(&mut house.command(&["user", "create", "--email", email, "--name", name, "--role", "admin"]), password)
    };
    for (email, name, password, words) in [
        ("nowhere", "Ada", PASSWORD, "--email"),
        ("ada@example.com", " ", PASSWORD, "--name"),
        ("ada@example.com", "Ada", "short", "password: "),
        ("ada@example.com", "Ada", "password123", "password: "),
        ("ada@example.com", "Ada", "", "password: "),
    ] {
        let line = complaint(&create(email, name, &format!("{password}\n")));
        assert!(line.contains(words) && (password.is_empty() || !line.contains(password)), "{line}");
    }
    let made = create("Ada@Example.com", "Ada", &format!("{PASSWORD}\r\n"));
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    assert!(!out(&made).contains(PASSWORD));
    assert_eq!(house.number("SELECT count(*) FROM users WHERE email = 'ada@example.com' AND password_hash LIKE '$2_$12$%' AND confirmed_at IS NOT NULL"), 1);
    assert_eq!(house.number("SELECT count(*) FROM user_roles JOIN roles ON roles.id = role_id WHERE key = 'admin'"), 1);
    let given = "SELECT count(*) FROM audit_events e JOIN users u ON u.id = subject_id WHERE event = 'role_given'
        AND actor_id IS NULL AND details = jsonb_build_object('role', (SELECT id FROM roles WHERE key = 'admin'))";
    assert_eq!((house.number(given), house.number("SELECT count(*) FROM audit_events")), (1, 1));
    let again = complaint(&create("ada@example.com", "Ada", &format!("{PASSWORD}\n")));
    assert!(again.contains("address"), "says that it is taken: {again}");
    let role = house.run(&["user", "create", "--email", "a@b.example", "--name", "A", "--role", "queen"]);
    assert_eq!(role.status.code(), Some(2));
    assert!(String::from_utf8(role.stderr).unwrap().contains("employee, manager, hr or admin"));
}

#[test]
fn the_audit_log_is_verified_and_a_broken_one_is_told_by_its_first_bad_row() {
    let house = House::new();
    let empty = house.run(&["audit", "verify"]);
    assert!(empty.status.success() && out(&empty).contains("last row 0,"), "{}", out(&empty));
    for number in 1..=3 {
        let (email, password) = (format!("ada{number}@example.com"), format!("{PASSWORD}\n"));
        let arguments = ["user", "create", "--email", &email, "--name", "Ada", "--role", "hr"];
        assert!(run(&mut house.command(&arguments), &password).status.success());
    }
    let whole = out(&house.run(&["audit", "verify"]));
    assert_eq!(whole.lines().count(), 1);
    let hash = whole.trim().strip_prefix("the audit log is whole: last row 3, hash ").unwrap();
    let stored = "SELECT count(*) FROM audit_events WHERE id = 3 AND encode(hash, 'hex') = ";
    assert_eq!(house.number(&format!("{stored}'{hash}'")), 1);
    let tamper = "ALTER TABLE audit_events DISABLE TRIGGER ALL; UPDATE audit_events SET subject_id = 9 WHERE id = 2";
    house.db.connect().batch_execute(tamper).unwrap();
    let broken = house.run(&["audit", "verify"]);
    assert_eq!(broken.status.code(), Some(1));
    assert!(complaint(&broken).contains("row 2 is missing or was changed"));
}

#[test]
fn an_audit_log_without_its_secret_cannot_be_checked_which_is_another_exit_code() {
    let house = House::new();
    let arguments = ["user", "create", "--email", "ada@example.com", "--name", "Ada", "--role", "hr"];
    assert!(run(&mut house.command(&arguments), &format!("{PASSWORD}\n")).status.success());
    let verify = |secret: &[(&str, &str)]| {
        let database = ("DATABASE_URL", house.db.url.as_str());
        run(hearth(house.folder.path(), &[&[database], secret].concat()).args(["audit", "verify"]), "")
    };
    let changed = [("HEARTH_SECRET_KEY", "another secret that nobody wrote down")];
    for (secret, word) in [(&changed[..], "row 1 "), (&[], "HEARTH_SECRET_KEY")] {
        let output = verify(secret);
        let line = complaint(&output);
        assert!(line.contains("cannot check the audit log") && line.contains(word), "{line}");
        assert_eq!(output.status.code(), Some(3), "{line}");
    }
    assert!(verify(&[("HEARTH_SECRET_KEY", SECRET)]).status.success());
}

#[test]
fn a_questionnaire_is_imported_once_and_a_broken_one_not_at_all() {
    let house = House::new();
    let file = house.folder.path().join("mine.toml");
    let import = |content: &str| {
        fs::write(&file, content).unwrap();
        house.run(&["instrument", "import", "mine.toml"])
    };
    let broken = complaint(&import(&EXAMPLE.replace("minimum_answered = 4", "minimum_answered = 40")));
    assert!(broken.contains("mine.toml") && broken.contains("subscales[1].minimum_answered"), "{broken}");
    let syntax = complaint(&import("id = \"x\"\nversion = = 2\n"));
    assert!(syntax.contains("mine.toml: line 2"), "{syntax}");
    assert_eq!(out(&import(EXAMPLE)).trim(), "stored cbi-like 1.0");
    assert!(import(EXAMPLE).status.success(), "the same file again is the same version");
    let duplicate = complaint(&import(&EXAMPLE.replace("Sample statement 1 ", "Another statement ")));
    assert!(duplicate.contains("stored already with other content"), "{duplicate}");
    assert_eq!(house.number("SELECT count(*) FROM instrument_versions"), 1);
    assert!(import(&EXAMPLE.replace("version = \"1.0\"", "version = \"1.1\"")).status.success());
    assert_eq!(house.number("SELECT count(*) FROM instrument_versions"), 2);
    let missing = complaint(&house.run(&["instrument", "import", "nowhere.toml"]));
    assert!(missing.contains("nowhere.toml"), "{missing}");
}

#[test]
fn the_demo_company_is_never_served_off_loopback() {
    let house = House::new();
    let off_loopback = [("HEARTH_BIND", "0.0.0.0:0"), ("HEARTH_PUBLIC_URL", "http://hearth.example")];
    let asked = complaint(&run(house.command(&["serve", "--demo"]).envs(off_loopback), ""));
    assert!(asked.contains("loopback"), "{asked}");
    assert!(house.run(&["migrate", "run"]).status.success());
    house.db.connect().batch_execute("UPDATE installation SET demo_since = now()").unwrap();
    let marked = complaint(&run(house.command(&["serve"]).envs(off_loopback), ""));
    assert!(marked.contains("demo company") && marked.contains("loopback"), "{marked}");
}

#[test]
fn the_demo_company_is_served_from_an_empty_folder_and_an_empty_database() {
    let house = House::new();
    let mut server = Server::start(house.command(&["serve", "--demo"]));
    let login = Browser::new(&server.base).get("/login");
    assert!(login.status == 200 && login.body.contains("hr@hearth.example"), "{}", login.body);
    assert!(house.number("SELECT count(*) FROM users") > 150);
    assert!(house.run(&["audit", "verify"]).status.success(), "what the seed wrote into the audit log is signed");
    server.signal("-TERM");
    assert_eq!(server.code(), Some(0));
    let again = Server::start(house.command(&["serve", "--demo"])); // what is there stays
    assert_eq!(Browser::new(&again.base).get("/ready").status, 200);
}

#[test]
fn one_file_serves_whole_pages_from_an_empty_folder_that_it_cannot_write() {
    let house = House::new();
    let empty = tempfile::tempdir().unwrap();
    fs::set_permissions(empty.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let mut command = house.command(&["serve"]);
    command.current_dir(empty.path());
    let server = Server::start(command);
    let browser = Browser::new(&server.base);
    let page = browser.get("/").body;
    for (before, word) in [("rel=\"stylesheet\" href=\"", "@layer"), ("<script type=\"module\" src=\"", "import")] {
        let address = page.split_once(before).unwrap().1.split_once('"').unwrap().0;
        let file = browser.get(address);
        assert!(file.status == 200 && file.body.contains(word), "{address}: {}", file.status);
    }
    assert_eq!(fs::read_dir(empty.path()).unwrap().count(), 0, "it wrote nothing there"); // root could have
}

#[test]
fn a_synthetic_company_wants_an_empty_database() {
    let house = House::new();
    for wrong in [["--employees", "0"], ["--months", "-1"], ["--employees", "many"]] {
        let output = house.run(&["seed", "--employees", "3", "--months", "2", wrong[0], wrong[1]]);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
    }
    assert!(house.run(&["seed", "--employees", "12", "--months", "2"]).status.success());
    assert_eq!(house.number("SELECT count(*) FROM users"), 12);
    let again = complaint(&house.run(&["seed", "--employees", "12", "--months", "2"]));
    assert!(again.contains("empty"), "{again}");
}

#[test]
fn the_privacy_check_says_how_much_everything_published_tells_and_what_is_allowed() {
    let house = House::new();
    let nothing = house.run(&["privacy-check"]);
    assert!(
        nothing.status.success() && out(&nothing).contains("nothing was published with noise"),
        "{}",
        out(&nothing)
    );
    assert!(house.run(&["seed", "--employees", "120", "--months", "3"]).status.success());
    let output = house.run(&["privacy-check"]);
    let text = out(&output);
    assert!(output.status.success(), "{text}");
    for said in [
        "nothing published can be taken apart",
        "allowed: 20.0 % of the variance for 99 of 100 people (1 in 5), 25.0 % for anybody (1 in 4)",
        "an outsider, who knows the roster of each day: at most",
        "a colleague, who also knows who of the own department answered: at most",
        "; the largest: ",
        "covered: the means, levels and daily notes of",
        "tells no more of anybody than one group may",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let person: Vec<_> = text.lines().filter(|line| line.contains('@')).collect();
    assert!(person.is_empty(), "{person:?}");
}

/// A server as a process, ended with the test.
struct Server {
    child: Child,
    base: String,
}

impl Server {
    fn start(mut command: Command) -> Self {
        let mut child =
            command.env("HEARTH_BIND", "127.0.0.1:0").stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let place = |line: String| line.strip_prefix("Hearth is at ").map(|url| url.trim_end_matches('/').to_owned());
        let base = lines.by_ref().map_while(Result::ok).find_map(place).expect("it says where it is");
        // Somebody must read on, or a full pipe would stop the server.
        thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Self { child, base }
    }

    fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([name, &self.child.id().to_string()]).status().unwrap().success());
    }

    fn code(&mut self) -> Option<i32> {
        eventually("the server to end", || self.child.try_wait().unwrap()).code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn refuses(base: &str) -> bool {
    TcpStream::connect(base.strip_prefix("http://").unwrap()).map_or(true, |mut stream| {
        // A listener that nobody answers any more counts as gone too.
        let _ = stream.set_read_timeout(Some(Duration::from_millis(200)));
        let _ = stream.write_all(b"GET /health HTTP/1.0\r\nHost: x\r\n\r\n");
        !matches!(stream.read(&mut [0; 16]), Ok(1..))
    })
}

#[test]
fn a_signal_to_stop_lets_open_requests_end() {
    let house = House::new();
    let mut server = Server::start(house.command(&["serve"]));
    let ada = Browser::new(&server.base);
    let registered = ada.post("/register", &[("email", "ada@example.com"), ("password", PASSWORD), ("name", "Ada")]);
    assert_eq!(registered.status, 303, "{}", registered.body);
    ada.post("/assessments/consent", &[]);
    let mut holder = house.db.connect();
    holder.batch_execute("BEGIN; SELECT id FROM users FOR UPDATE").unwrap();
    thread::scope(|scope| {
        let submitting = scope.spawn(|| ada.submit_all(4, "key"));
        let waiting = "SELECT count(*) FROM pg_locks w JOIN pg_stat_activity USING (pid)
            WHERE NOT granted AND datname = current_database()
            AND EXISTS (SELECT FROM pg_locks h WHERE h.pid = w.pid AND h.relation = 'users'::regclass)";
        eventually("the submit to wait", || (house.number(waiting) > 0).then_some(()));
        server.signal("-TERM");
        eventually("the door to close", || refuses(&server.base).then_some(()));
        assert!(server.child.try_wait().unwrap().is_none(), "it waits for the open request");
        holder.batch_execute("ROLLBACK").unwrap();
        assert_eq!(submitting.join().unwrap().status, 303, "which gets its answer");
    });
    assert_eq!(server.code(), Some(0));
    assert_eq!(house.number("SELECT count(*) FROM assessments"), 1);
}

#[test]
fn a_server_without_requests_stops_at_once_and_starts_again() {
    let house = House::new();
    for signal in ["-TERM", "-INT"] {
        let mut server = Server::start(house.command(&[])); // alone it serves
        assert_eq!(Browser::new(&server.base).get("/ready").status, 200);
        let asked = Instant::now();
        server.signal(signal);
        assert_eq!(server.code(), Some(0), "{signal}");
        assert!(asked.elapsed() < Duration::from_secs(18), "{:?}", asked.elapsed());
    }
}

#[test]
fn employees_come_from_a_file_all_of_them_or_none() {
    let house = House::new();
    let write = |text: &str| fs::write(house.folder.path().join("people.csv"), text).unwrap();
    let import = |more: &[&str]| house.run(&[&["employees", "import", "people.csv"][..], more].concat());
    assert!(complaint(&import(&[])).contains("people.csv"), "there is no file");
    write(
        "ФИО;Почта;Отдел;Руководитель\nAda;ada@example.com;Sales / North;bob@example.com\nBob;bob@example.com;Sales;\n",
    );
    let done = import(&["--invite"]);
    assert!(done.status.success(), "{}", complaint(&done));
    assert!(out(&done).contains("2 new, 0 changed") && out(&done).contains("2 departments made, 2 people invited"));
    assert_eq!(house.number("SELECT count(*) FROM users WHERE manager_id IS NOT NULL AND confirmed_at IS NOT NULL"), 1);
    assert_eq!(house.number("SELECT count(*) FROM mails WHERE body LIKE '%/password/reset/%'"), 2);
    assert!(out(&import(&["--invite"])).contains("0 new, 0 changed, 2 unchanged"));
    assert_eq!(house.number("SELECT count(*) FROM mails"), 2, "nobody is invited twice");
    write("email,name\ncid@example.com,Cid\n,Nobody\ndan@example.com,\n");
    let refused = import(&[]);
    assert!(complaint(&refused).contains("nothing was imported; problems: 2"));
    let told = out(&refused);
    assert!(
        told.contains("line 3: The e-mail address is missing") && told.contains("line 4: The name is missing"),
        "{told}"
    );
    assert_eq!(house.number("SELECT count(*) FROM users"), 2);
    assert_eq!(house.number("SELECT count(*) FROM audit_events WHERE event = 'employees_imported'"), 2);
}

//! The private PostgreSQL, with the server programs of this machine. When run by root,
//! every test runs again as an ordinary user.

use diesel::{
    Connection as _, PgConnection, QueryResult, RunQueryDsl as _,
    connection::SimpleConnection as _,
    dsl::sql,
    sql_types::{Integer, Text},
};
use hearth::cluster::{Cluster, ClusterError, Durability};
use nix::{
    sys::signal::{Signal, kill},
    unistd::{Pid, User, geteuid, getpgid},
};
use std::{
    env, fs,
    os::unix::{
        fs::{MetadataExt as _, PermissionsExt as _, chown, symlink},
        process::CommandExt as _,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// Set for a test process that plays an app: its data directory.
const PLAYED_APP: &str = "HEARTH_TEST_PLAYED_APP";
/// Set for the second run, as an ordinary user.
const ORDINARY: &str = "HEARTH_TEST_ORDINARY";

#[test]
fn the_first_start_makes_a_database_that_only_its_users_reach() {
    let room = room();
    let data_dir = room.path().join("missing").join("data");
    let mut cluster = start(&data_dir);
    assert!(cluster.is_running());

    let mut conn = connect(&cluster);
    for (setting, value) in [
        ("is_superuser", "off"),
        ("server_encoding", "UTF8"),
        ("lc_collate", "C"),
        ("data_checksums", "on"),
        ("listen_addresses", ""),
        ("timezone", "UTC"),
        ("shared_buffers", "128MB"),
        ("fsync", "off"),
    ] {
        assert_eq!(text(&mut conn, &format!("current_setting('{setting}')")), value, "{setting}");
    }
    assert_eq!(text(&mut conn, "current_user || '@' || current_database()"), "hearth@hearth");
    assert_eq!(text(&mut conn, "lower('ЖАР Ґанок')"), "жар ґанок");
    conn.batch_execute("CREATE SCHEMA mine; CREATE TABLE public.yours (id int)").unwrap();
    conn.batch_execute("SET log_min_messages = 'debug1'").unwrap_err();
    let superuser = cluster.url().replace("hearth@", "postgres@");
    PgConnection::establish(&superuser).err().expect("nobody comes in as the superuser");

    let others = fs::metadata(&data_dir).unwrap().mode() & 0o007;
    assert_eq!(others, 0, "the data directory is closed to other users");
    let home = data_dir.join("postgres");
    for closed in ["data", "run"] {
        assert_eq!(fs::metadata(home.join(closed)).unwrap().mode() & 0o777, 0o700, "{closed}");
    }
    let pid = Pid::from_raw(cluster.pid().cast_signed());
    assert_eq!(getpgid(Some(pid)).unwrap(), pid, "Ctrl-C in the terminal does not reach the server");
    let environment = fs::read(format!("/proc/{pid}/environ")).unwrap();
    assert!(!String::from_utf8_lossy(&environment).contains("CARGO"), "the app's environment stays with the app");

    cluster.stop().unwrap();
    eventually("the server is gone", || !alive(pid));
}

#[test]
fn a_second_start_keeps_what_was_committed() {
    let room = room();
    let data_dir = room.path().join("data");
    let begun = Instant::now();
    let cluster = Cluster::start(&data_dir, Durability::Durable).unwrap();
    println!("first start, durable: {:.2?}", begun.elapsed());
    assert_eq!(text(&mut connect(&cluster), "current_setting('fsync')"), "on");
    remember(&cluster);
    cluster.stop().unwrap();

    let begun = Instant::now();
    let cluster = Cluster::start(&data_dir, Durability::Durable).unwrap();
    println!("second start, durable: {:.2?}", begun.elapsed());
    assert_remembered(&cluster);
}

#[test]
fn dropping_the_cluster_stops_the_server() {
    let room = room();
    let cluster = start(&room.path().join("data"));
    let pid = pid(&cluster);
    let _open_connection = connect(&cluster);
    drop(cluster);
    assert!(!alive(pid));
}

#[test]
fn the_server_ends_with_a_killed_app_and_the_next_start_finds_everything() {
    let room = room();
    let data_dir = room.path().join("data");
    let mut app = PlayedApp::run(&data_dir);
    let (url, server) = app.started();
    PgConnection::establish(&url).unwrap().batch_execute("CREATE TABLE memory AS SELECT 'kept' AS word").unwrap();
    app.process.kill().unwrap();
    app.process.wait().unwrap();
    eventually("the server is gone", || !alive(server));

    assert_remembered(&start(&data_dir));
}

#[test]
fn a_server_that_outlived_its_app_is_stopped_and_nothing_is_lost() {
    let room = room();
    let data_dir = room.path().join("data");
    let cluster = start(&data_dir);
    remember(&cluster);
    cluster.stop().unwrap();

    let home = data_dir.join("postgres");
    let owner = fs::metadata(home.join("data")).unwrap();
    fs::create_dir(home.join("orphan")).unwrap();
    chown(home.join("orphan"), Some(owner.uid()), Some(owner.gid())).unwrap();
    let mut orphan = as_owner(&owner, &server_dir().join("postgres"));
    orphan.current_dir(&home).arg("-D").arg(home.join("data"));
    orphan.args(["-c", "listen_addresses=", "-c", "unix_socket_directories=../orphan"]);
    let mut orphan = Orphan(orphan.stderr(Stdio::null()).spawn().unwrap());
    let pid_file = home.join("data/postmaster.pid");
    eventually("the orphan runs", || fs::read_to_string(&pid_file).unwrap_or_default().contains("ready"));

    let cluster = start(&data_dir);
    assert_remembered(&cluster);
    assert!(orphan.0.try_wait().unwrap().is_some_and(|status| status.success()), "it was stopped cleanly");
}

#[test]
fn a_killed_server_is_noticed_and_recovers_on_the_next_start() {
    let room = room();
    let data_dir = room.path().join("data");
    let mut cluster = Cluster::start(&data_dir, Durability::Durable).unwrap();
    remember(&cluster);
    let mut busy = connect(&cluster);
    let mut other = connect(&cluster);
    let query = thread::spawn(move || busy.batch_execute("SELECT count(*) FROM generate_series(1, 4000000)"));
    eventually("a session is busy", || {
        text(&mut other, "count(*)::text FROM pg_stat_activity WHERE query LIKE '%series%' AND state = 'active'") == "2"
    });
    kill(pid(&cluster), Signal::SIGKILL).unwrap();
    eventually("the app sees it", || !cluster.is_running());
    cluster.stop().unwrap();

    let cluster = start(&data_dir);
    assert_remembered(&cluster);
    let _ = query.join().unwrap(); // its session may have ended either way
}

#[test]
fn a_process_that_got_the_old_pid_is_left_alone() {
    let room = room();
    let data_dir = room.path().join("data");
    let mut cluster = Cluster::start(&data_dir, Durability::Durable).unwrap();
    remember(&cluster);
    kill(pid(&cluster), Signal::SIGKILL).unwrap();
    eventually("the server is gone", || !cluster.is_running());
    drop(cluster);

    let home = data_dir.join("postgres");
    let owner = fs::metadata(home.join("data")).unwrap();
    let mut stranger = Orphan(as_owner(&owner, Path::new("sleep")).arg("600").spawn().unwrap());
    for file in ["data/postmaster.pid", "run/.s.PGSQL.5432.lock"] {
        let stale = fs::read_to_string(home.join(file)).unwrap();
        let (_, rest) = stale.split_once('\n').unwrap();
        fs::write(home.join(file), format!("{}\n{rest}", stranger.0.id())).unwrap();
    }

    let cluster = start(&data_dir);
    assert_remembered(&cluster);
    assert!(stranger.0.try_wait().unwrap().is_none(), "the stranger still runs");
}

#[test]
fn two_apps_cannot_share_a_data_directory() {
    let room = room();
    let data_dir = room.path().join("data");
    let mut app = PlayedApp::run(&data_dir);
    let (url, _) = app.started();

    let sentence = refusal(&data_dir);
    assert!(sentence.contains("Another Hearth"), "{sentence}");
    assert!(sentence.contains(&app.process.id().to_string()), "{sentence}");
    PgConnection::establish(&url).unwrap();
}

#[test]
fn a_crash_while_the_cluster_is_made_leaves_nothing_in_the_way() {
    let room = room();
    let home = |data_dir: &Path| data_dir.join("postgres");
    let crashes_halfway = |data_dir: &PathBuf| {
        let mut app = PlayedApp::run(data_dir);
        let begun = |dir: &PathBuf| dir.join("postgresql.conf").exists();
        let complete = home(data_dir).join("data");
        eventually("initdb is at work", || unfinished(&home(data_dir)).iter().any(begun) || complete.exists());
        app.process.kill().unwrap();
        app.process.wait().unwrap();
        !complete.exists()
    };
    // On a busy machine the crash may come too late.
    let mut tries = (0..50).map(|number| room.path().join(format!("data{number}")));
    let data_dir = tries.find(crashes_halfway).expect("a crash in time");
    fs::create_dir_all(home(&data_dir).join("data.new.left/base")).unwrap();

    let cluster = start(&data_dir);
    remember(&cluster);
    cluster.stop().unwrap();
    // The killed app's initdb may still be tidying up while the first one sweeps.
    eventually("a start removes what is left", || {
        assert_remembered(&start(&data_dir));
        unfinished(&home(&data_dir)).is_empty()
    });
}

#[test]
fn without_server_programs_a_sentence_says_what_to_install() {
    let room = room();
    let data_dir = room.path().join("data");
    let places = [room.path().to_owned(), room.path().join("missing")];
    let error = Cluster::start_with(&data_dir, Durability::Off, &places).unwrap_err();
    assert!(matches!(error, ClusterError::NoPrograms));
    for word in ["postgresql ", "postgresql-server", "DATABASE_URL"] {
        assert!(error.to_string().contains(word), "{error}");
    }
    assert!(!data_dir.exists(), "nothing was begun");
}

#[test]
fn a_link_to_the_server_leads_to_its_other_programs() {
    let room = room();
    symlink(server_dir().join("postgres"), room.path().join("postgres")).unwrap();
    let places = [room.path().to_owned()];
    let cluster = Cluster::start_with(&room.path().join("data"), Durability::Off, &places).unwrap();
    connect(&cluster);
}

#[test]
fn a_cluster_of_another_version_is_left_as_it_is() {
    let room = room();
    let data_dir = room.path().join("data");
    start(&data_dir).stop().unwrap();
    let version = data_dir.join("postgres/data/PG_VERSION");
    let ours = fs::read_to_string(&version).unwrap();
    fs::write(&version, "99\n").unwrap();

    let sentence = refusal(&data_dir);
    assert!(sentence.contains("PostgreSQL 99") && sentence.contains(ours.trim()), "{sentence}");
    fs::write(&version, ours).unwrap();
    start(&data_dir);
}

#[test]
fn a_server_that_cannot_start_says_why() {
    let room = room();
    let data_dir = room.path().join("data");
    start(&data_dir).stop().unwrap();
    fs::write(data_dir.join("postgres/data/postgresql.conf"), "nonsense = 1\n").unwrap();

    let begun = Instant::now();
    let sentence = refusal(&data_dir);
    assert!(sentence.contains("postgresql.conf") && sentence.contains("server.log"), "{sentence}");
    assert!(begun.elapsed() < Duration::from_secs(40), "it fails at once");
}

#[test]
fn an_unwritable_directory_is_named() {
    let room = room();
    let closed = room.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o500)).unwrap();
    // Root writes everywhere, except where nobody can.
    let data_dirs = if geteuid().is_root() {
        vec![PathBuf::from("/proc/hearth")]
    } else {
        vec![closed.clone(), closed.join("data"), PathBuf::from("/proc/hearth")]
    };
    for data_dir in data_dirs {
        let sentence = refusal(&data_dir);
        assert!(sentence.starts_with(&format!("Hearth cannot use {}", data_dir.display())), "{sentence}");
    }
    let file = room.path().join("file");
    fs::write(&file, "").unwrap();
    assert!(refusal(&file).contains("file"));
}

#[test]
fn a_path_too_long_for_a_socket_gets_a_private_directory_elsewhere() {
    let room = room();
    let cluster = start(&room.path().join("long".repeat(30)).join("data"));
    connect(&cluster);
    let socket_dir = socket_dir(&cluster);
    let found = fs::metadata(&socket_dir).unwrap();
    assert!(found.is_dir() && !socket_dir.starts_with(room.path()));
    assert_eq!(found.mode() & 0o777, 0o700);

    cluster.stop().unwrap();
    assert!(!socket_dir.exists());
}

#[test]
fn an_awkward_path_is_only_a_path() {
    let room = room();
    for name in ["a, b", "100%25 = \\", "\"quoted\" 'too'", "дані $HOME"] {
        let cluster = start(&room.path().join(name));
        connect(&cluster);
    }
}

#[test]
fn a_home_moved_to_another_disk_is_found_through_its_link() {
    let room = room();
    let data_dir = room.path().join("data");
    let cluster = Cluster::start(&data_dir, Durability::Durable).unwrap();
    remember(&cluster);
    cluster.stop().unwrap();
    let disk = room.path().join("disk");
    fs::rename(data_dir.join("postgres"), &disk).unwrap();
    symlink(&disk, data_dir.join("postgres")).unwrap();

    assert_remembered(&start(&data_dir));
    assert_eq!(fs::metadata(&disk).unwrap().mode() & 0o067, 0, "it is as closed as before");
}

#[test]
fn the_log_holds_no_values() {
    let room = room();
    let data_dir = room.path().join("data");
    let cluster = start(&data_dir);
    let mut conn = connect(&cluster);
    conn.batch_execute("CREATE TABLE people (email text UNIQUE, score int CHECK (score < 100))").unwrap();
    let mut insert = |email: &str, score: i32| {
        diesel::sql_query("INSERT INTO people VALUES ($1, $2)")
            .bind::<Text, _>(email)
            .bind::<Integer, _>(score)
            .execute(&mut conn)
    };
    insert("ember@secret.example", 1).unwrap();
    insert("ember@secret.example", 2).unwrap_err();
    insert("ash@secret.example", 4711).unwrap_err();
    let cast: QueryResult<String> =
        diesel::select(sql::<Text>("(").bind::<Text, _>("exhausted since May").sql("::int)::text"))
            .get_result(&mut conn);
    cast.unwrap_err();
    conn.batch_execute("DO $$ BEGIN RAISE WARNING 'frail words'; END $$").unwrap();
    conn.batch_execute("SELECT 'plain words'::int").unwrap_err();

    let log = data_dir.join("postgres/server.log");
    cluster.stop().unwrap();
    let said = fs::read_to_string(&log).unwrap();
    assert!(said.contains("shut down"), "the server's own fate is there: {said}");
    for value in ["secret", "4711", "exhausted", "words", "INSERT", "people"] {
        assert!(!said.contains(value), "{value} in {said}");
    }
    start(&data_dir);
    assert_eq!(fs::read_to_string(log.with_extension("log.1")).unwrap(), said, "the run before is kept");
}

#[test]
fn as_root_the_server_runs_as_another_user_that_stays_out_of_the_data_directory() {
    if !geteuid().is_root() {
        return println!("skipped: not root");
    }
    let room = room();
    let data_dir = room.path().join("data");
    let cluster = start(&data_dir);
    let process = fs::read_to_string(format!("/proc/{}/status", cluster.pid())).unwrap();
    let groups = process.lines().find_map(|line| line.strip_prefix("Groups:")).unwrap();
    assert_eq!(groups.trim(), "", "no group of root's");
    let owner = fs::metadata(data_dir.join("postgres/data")).unwrap();
    assert_ne!(owner.uid(), 0);
    assert!(process.contains(&format!("Uid:\t{0}\t{0}\t{0}\t{0}", owner.uid())), "{process}");

    for dir in [data_dir.clone(), data_dir.join("postgres")] {
        assert_eq!(fs::metadata(&dir).unwrap().uid(), 0);
        for tool in ["ls", "touch"] {
            let target = if tool == "ls" { dir.clone() } else { dir.join("planted") };
            let status = as_owner(&owner, Path::new(tool)).arg(target).stderr(Stdio::null()).status().unwrap();
            assert!(!status.success(), "{tool} in {}", dir.display());
        }
    }
}

#[test]
fn as_root_a_closed_way_puts_the_cluster_elsewhere() {
    if !geteuid().is_root() {
        return println!("skipped: not root");
    }
    let room = room();
    let closed = room.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
    let data_dir = closed.join("data");
    let cluster = start(&data_dir);
    let note = fs::read_to_string(data_dir.join("postgres.location")).unwrap();
    let home = Outside(note.trim_end().into());
    assert_eq!(home.0.parent(), Some(Path::new("/var/lib/hearth")));
    assert!(home.0.join("data/PG_VERSION").exists() && !data_dir.join("postgres").exists());
    assert_eq!(fs::metadata(&data_dir).unwrap().mode() & 0o777, 0o700, "the data directory stays closed");
    remember(&cluster);
    cluster.stop().unwrap();
    let cluster = start(&data_dir);
    assert_remembered(&cluster);
    cluster.stop().unwrap();

    let moved = closed.join("moved");
    fs::rename(&data_dir, &moved).unwrap();
    let sentence = refusal(&moved);
    assert!(sentence.contains(note.trim_end()), "{sentence}");
}

#[test]
fn as_root_a_cluster_that_became_unreachable_is_not_replaced_by_an_empty_one() {
    if !geteuid().is_root() {
        return println!("skipped: not root");
    }
    let room = room();
    let data_dir = room.path().join("data");
    start(&data_dir).stop().unwrap();
    fs::set_permissions(room.path(), fs::Permissions::from_mode(0o700)).unwrap();
    let sentence = refusal(&data_dir);
    assert!(sentence.contains("cannot reach the database"), "{sentence}");
}

#[test]
fn everything_holds_for_an_ordinary_user_too() {
    if !geteuid().is_root() || env::var_os(ORDINARY).is_some() {
        return println!("skipped: this is an ordinary user");
    }
    let nobody = User::from_name("nobody").unwrap().expect("a user nobody");
    let room = room();
    // The build directory may be closed to that user.
    let program = room.path().join("tests");
    fs::copy(env::current_exe().unwrap(), &program).unwrap();
    let scratch = room.path().join("tmp");
    fs::create_dir(&scratch).unwrap();
    chown(&scratch, Some(nobody.uid.as_raw()), Some(nobody.gid.as_raw())).unwrap();
    let output = Command::new(&program)
        .uid(nobody.uid.as_raw())
        .gid(nobody.gid.as_raw())
        .current_dir(&scratch)
        .env("TMPDIR", &scratch)
        .env("HOME", &scratch)
        .env_remove("XDG_RUNTIME_DIR")
        .env(ORDINARY, "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    print!("{said}");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// No test by itself: the other end of [`PlayedApp`].
#[test]
fn played_app() {
    let Some(data_dir) = env::var_os(PLAYED_APP).map(PathBuf::from) else { return };
    let cluster = start(&data_dir);
    let report = data_dir.join("report");
    fs::write(report.with_extension("new"), format!("{}\n{}", cluster.url(), cluster.pid())).unwrap();
    fs::rename(report.with_extension("new"), report).unwrap();
    let _ = std::io::stdin().read_line(&mut String::new()); // until the other end lets go
}

/// An app in a process of its own, which ends with this value.
struct PlayedApp {
    process: Child,
    report: PathBuf,
}

impl PlayedApp {
    fn run(data_dir: &Path) -> Self {
        let mut app = Command::new(env::current_exe().unwrap());
        app.args(["--exact", "played_app"]).env(PLAYED_APP, data_dir);
        let process = app.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        Self { process, report: data_dir.join("report") }
    }

    fn started(&mut self) -> (String, Pid) {
        eventually("the app has started", || {
            assert!(self.process.try_wait().unwrap().is_none(), "the app ended");
            self.report.exists()
        });
        let report = fs::read_to_string(&self.report).unwrap();
        let (url, pid) = report.split_once('\n').unwrap();
        (url.to_owned(), Pid::from_raw(pid.parse().unwrap()))
    }
}

impl Drop for PlayedApp {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

/// A process that no cluster stops when the test fails.
struct Orphan(Child);

impl Drop for Orphan {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A home in `/var/lib/hearth`, removed after the test, the parent too unless others use it.
struct Outside(PathBuf);

impl Drop for Outside {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
        let _ = fs::remove_dir("/var/lib/hearth");
    }
}

/// A directory that other users can pass through.
fn room() -> TempDir {
    tempfile::Builder::new().permissions(fs::Permissions::from_mode(0o755)).tempdir().unwrap()
}

fn start(data_dir: &Path) -> Cluster {
    Cluster::start(data_dir, Durability::Off).unwrap_or_else(|error| panic!("{error}"))
}

/// What a start says that must not succeed.
fn refusal(data_dir: &Path) -> String {
    let sentence = Cluster::start(data_dir, Durability::Off).unwrap_err().to_string();
    println!("{sentence}");
    assert!(sentence.ends_with('.') && !sentence.contains('\n'), "{sentence}");
    sentence
}

fn connect(cluster: &Cluster) -> PgConnection {
    PgConnection::establish(&cluster.url()).unwrap()
}

fn text(conn: &mut PgConnection, expression: &str) -> String {
    diesel::select(sql::<Text>(expression)).get_result(conn).unwrap()
}

fn remember(cluster: &Cluster) {
    connect(cluster).batch_execute("CREATE TABLE memory AS SELECT 'kept' AS word").unwrap();
}

fn assert_remembered(cluster: &Cluster) {
    assert_eq!(text(&mut connect(cluster), "word FROM memory"), "kept");
}

fn pid(cluster: &Cluster) -> Pid {
    Pid::from_raw(cluster.pid().cast_signed())
}

fn alive(pid: Pid) -> bool {
    kill(pid, None).is_ok()
}

fn socket_dir(cluster: &Cluster) -> PathBuf {
    let url = cluster.url();
    let host = url.split_once('@').unwrap().1.split_once(':').unwrap().0;
    let bytes = host.split('%').skip(1).map(|hex| u8::from_str_radix(hex, 16).unwrap());
    String::from_utf8(bytes.collect()).unwrap().into()
}

fn unfinished(home: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(home).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.filter(|path| path.to_string_lossy().contains("data.new.")).collect()
}

fn as_owner(owner: &fs::Metadata, program: &Path) -> Command {
    let mut command = Command::new(program);
    if geteuid().is_root() {
        command.uid(owner.uid()).gid(owner.gid());
    }
    command
}

/// Where the server programs are that a start takes.
fn server_dir() -> PathBuf {
    let mut versions: Vec<u32> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .collect();
    versions.sort_unstable();
    let newest = versions.last().map(|version| format!("/usr/lib/postgresql/{version}/bin/postgres"));
    let on_path = env::var_os("PATH").map(|path| env::split_paths(&path).collect::<Vec<_>>()).unwrap_or_default();
    let mut candidates = on_path.into_iter().map(|dir| dir.join("postgres")).chain(newest.map(PathBuf::from));
    let postgres = candidates.find_map(|path| path.canonicalize().ok()).expect("PostgreSQL on this machine");
    postgres.parent().unwrap().to_owned()
}

fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(120);
    while !holds() {
        assert!(Instant::now() < deadline, "not within two minutes: {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

//! The server process: its settings, its start, its end, and one that an
//! earlier app left running. Never signals a process that is not a PostgreSQL
//! on this very cluster.

use super::{
    ClusterError, Durability,
    account::Account,
    find::Programs,
    home::{self, Home},
};
use nix::{
    errno::Errno,
    sys::{
        signal::{Signal, kill},
        wait::{Id, WaitPidFlag, waitid},
    },
    unistd::Pid,
};
use std::{
    ffi::OsString,
    fs, io,
    os::unix::{ffi::OsStrExt as _, fs::OpenOptionsExt as _, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

/// Names the socket file; nothing listens on a network.
pub(super) const PORT: u16 = 5432;

/// For crash recovery at the start, for the last checkpoint at the end.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often a file or a process is looked at again.
const GLANCE: Duration = Duration::from_millis(20);

const SETTINGS: &[&str] = &[
    "cluster_name=hearth",
    "listen_addresses=",
    "unix_socket_permissions=0700",
    // More than the default pool of a large machine.
    "max_connections=100",
    "shared_buffers=128MB",
    "timezone=UTC",
    "log_timezone=UTC",
    "log_destination=stderr",
    "logging_collector=off",
    // The text of an error may quote a value, and the app is told it anyway: the server keeps its own fate only.
    "log_min_messages=log",
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
    "log_statement=none",
    "log_min_duration_statement=-1",
    "log_parameter_max_length=0",
    "log_parameter_max_length_on_error=0",
    // What comes again and again would fill the disk: nobody rotates the log of a long run.
    "log_checkpoints=off",
    "log_autovacuum_min_duration=-1",
    "log_connections=off",
    "log_disconnections=off",
];

/// Tests bring a pool each, and databases that live for seconds.
const VOLATILE_SETTINGS: &[&str] =
    &["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "autovacuum=off"];

/// PostgreSQL says so while sessions of a killed server are still ending.
const STILL_ATTACHED: &str = "pre-existing shared memory block";

/// They end with their statement, and the app lets none run this long.
const LINGERING: Duration = Duration::from_secs(15);

/// A running server, stopped when dropped.
#[derive(Debug)]
pub(super) struct Server {
    child: Child,
}

impl Server {
    /// Starts the server and waits until it takes connections.
    pub fn start(
        programs: &Programs,
        account: &Account,
        home: &Home,
        durability: Durability,
    ) -> Result<Self, ClusterError> {
        let begun = Instant::now();
        loop {
            let launched = launch(command(programs, account, home, durability)?);
            let reason = match launched.map(|child| Self { child }) {
                Ok(mut server) => match server.wait_until_ready(home) {
                    Ok(()) => return Ok(server),
                    Err(reason) => reason,
                },
                Err(error) => error.to_string(),
            };
            if !reason.contains(STILL_ATTACHED) || begun.elapsed() > LINGERING {
                return Err(ClusterError::Start { reason, log: home.log() });
            }
            thread::sleep(GLANCE);
        }
    }

    /// The server itself says in its pid file how far it is.
    fn wait_until_ready(&mut self, home: &Home) -> Result<(), String> {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            if !self.is_running() {
                return Err(last_words(&fs::read(home.log()).unwrap_or_default()));
            }
            let text = fs::read_to_string(pid_file(&home.data())).unwrap_or_default();
            let mut lines = text.lines().map(str::trim);
            if lines.next() == Some(&self.pid().to_string()) && lines.nth(6) == Some("ready") {
                return Ok(());
            }
            thread::sleep(GLANCE);
        }
        Err(format!("it was not ready after {} seconds", PATIENCE.as_secs()))
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Stops the server, harder and harder.
    pub fn stop(&mut self) -> Result<(), ClusterError> {
        if !self.is_running() {
            return Ok(());
        }
        let pid = Pid::from_raw(self.pid().cast_signed());
        for signal in [Signal::SIGINT, Signal::SIGQUIT, Signal::SIGKILL] {
            // The child is not waited for yet, so the pid cannot be another's.
            let _ = kill(pid, signal);
            if wait_until(|| !self.is_running()) {
                return if signal == Signal::SIGINT { Ok(()) } else { Err(ClusterError::StoppedHard) };
            }
        }
        Err(ClusterError::StoppedHard)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.stop(); // a hard stop loses nothing, and there is nobody to tell
    }
}

fn command(
    programs: &Programs,
    account: &Account,
    home: &Home,
    durability: Durability,
) -> Result<Command, ClusterError> {
    let mut log = fs::OpenOptions::new();
    let log = log.create(true).write(true).truncate(true).mode(0o600).open(home.log());
    let log = log.map_err(ClusterError::at(home.log()))?;
    let log_too = log.try_clone().map_err(ClusterError::at(home.log()))?;

    let mut command = account.command(&programs.dir.join("postgres"), home.dir());
    command.arg("-D").arg(home.data()).arg("-p").arg(PORT.to_string());
    let volatile = if durability == Durability::Off { VOLATILE_SETTINGS } else { &[] };
    for setting in SETTINGS.iter().chain(volatile) {
        command.args(["-c", setting]);
    }
    let paths =
        [("hba_file=", home.hba()), ("ident_file=", home.ident()), ("unix_socket_directories=", home.socket_dir())];
    for (name, path) in paths {
        let mut setting = OsString::from(name);
        setting.push(path);
        command.arg("-c").arg(setting);
    }
    // Ctrl-C in the terminal reaches the app alone, which stops the server when it has finished its work.
    command.process_group(0).stdin(Stdio::null()).stdout(log).stderr(log_too);
    Ok(command)
}

/// Runs `command` from a thread that lives as long as the child: to the kernel
/// the thread is the parent, at whose end the server is told to stop.
fn launch(mut command: Command) -> io::Result<Child> {
    let (sender, receiver) = mpsc::sync_channel(1);
    thread::Builder::new().name("cluster".to_owned()).spawn(move || {
        let launched = command.spawn();
        let pid = launched.as_ref().map(|child| Pid::from_raw(child.id().cast_signed()));
        let pid = pid.ok();
        let _ = sender.send(launched); // the receiver waits below
        if let Some(pid) = pid {
            // Looks without reaping: the child's owner does that.
            while waitid(Id::Pid(pid), WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT) == Err(Errno::EINTR) {}
        }
    })?;
    receiver.recv().map_err(io::Error::other)?
}

/// Stops a server that a killed app left on the cluster in `data`. Otherwise a
/// pid file is removed: PostgreSQL would take any process that has got the old
/// pid for a server. Should one run after all, its shared memory, not this
/// file, keeps a second one out.
pub(super) fn stop_orphan(data: &Path) -> Result<(), ClusterError> {
    let path = pid_file(data);
    let text = fs::read_to_string(&path).unwrap_or_default();
    // Negative for a server in single-user mode.
    let pid = text.lines().next().and_then(|line| line.trim().parse::<i32>().ok()?.checked_abs());
    match pid.filter(|pid| serves(*pid, data)) {
        Some(pid) => {
            let _ = kill(Pid::from_raw(pid), Signal::SIGINT); // already gone is as good
            if wait_until(|| !serves(pid, data)) {
                Ok(())
            } else {
                Err(ClusterError::Orphan { pid, data: data.to_owned() })
            }
        }
        None => home::unless_missing(fs::remove_file(&path)).map_err(ClusterError::at(path)),
    }
}

/// Whether process `pid` is a PostgreSQL server on the cluster in `data`.
fn serves(pid: i32, data: &Path) -> bool {
    let process = PathBuf::from(format!("/proc/{pid}"));
    let name = fs::read_to_string(process.join("comm")).unwrap_or_default();
    // A server works in its cluster; in a container even root may not see that, but the arguments it may.
    matches!(name.trim_end(), "postgres" | "postmaster")
        && (fs::read_link(process.join("cwd")).is_ok_and(|cwd| cwd == data)
            || fs::read(process.join("cmdline")).is_ok_and(|line| {
                line.split(|byte| *byte == 0).any(|argument| argument == data.as_os_str().as_bytes())
            }))
}

fn wait_until(mut done: impl FnMut() -> bool) -> bool {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if done() {
            return true;
        }
        if Instant::now() > deadline {
            return false;
        }
        thread::sleep(GLANCE);
    }
}

fn pid_file(data: &Path) -> PathBuf {
    data.join("postmaster.pid")
}

/// The last complaint in what a program of PostgreSQL wrote, else its last line.
pub(super) fn last_words(output: &[u8]) -> String {
    let text = String::from_utf8_lossy(output);
    let complaint = |line: &str| {
        let marks = ["FATAL:", "PANIC:", "error:"];
        marks.iter().find_map(|mark| line.split_once(mark)).map(|(_, words)| words.trim().to_owned())
    };
    let last_line = || text.lines().map(str::trim).rfind(|line| !line.is_empty()).map(str::to_owned);
    text.lines().rev().find_map(complaint).or_else(last_line).unwrap_or_else(|| "it said nothing".to_owned())
}

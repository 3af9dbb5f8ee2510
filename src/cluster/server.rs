//! The server process: settings, start, stop, and stopping one that an earlier run
//! left behind. Only a PostgreSQL on this very cluster is ever signalled.

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

/// Part of the socket's file name; no TCP port is opened.
pub(super) const PORT: u16 = 5432;

/// Time limit for crash recovery at start, and for each signal at stop.
const PATIENCE: Duration = Duration::from_secs(60);

/// Polling interval for files and processes.
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
    // Error messages may quote values, and the app gets them anyway: log only start, stop and crashes.
    "log_min_messages=log",
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
    "log_statement=none",
    "log_min_duration_statement=-1",
    "log_parameter_max_length=0",
    "log_parameter_max_length_on_error=0",
    // Recurring messages would fill the disk: the log is not rotated during a run.
    "log_checkpoints=off",
    "log_autovacuum_min_duration=-1",
    "log_connections=off",
    "log_disconnections=off",
];

/// For tests: no durability, and many short-lived databases with a pool each.
const VOLATILE_SETTINGS: &[&str] =
    &["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "autovacuum=off"];

/// Part of PostgreSQL's error while sessions of a killed server are still ending.
const STILL_ATTACHED: &str = "pre-existing shared memory block";

/// How long to retry meanwhile: those sessions end with their statement, and the app
/// lets hardly any run this long.
const LINGERING: Duration = Duration::from_secs(15);

/// A running server, stopped when dropped.
#[derive(Debug)]
pub(super) struct Server {
    child: Child,
}

impl Server {
    /// Starts the server and waits until it accepts connections.
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

    /// Waits until the server writes "ready" into its pid file.
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

    /// Stops the server: fast shutdown, then immediate shutdown, then SIGKILL.
    pub fn stop(&mut self) -> Result<(), ClusterError> {
        if !self.is_running() {
            return Ok(());
        }
        let pid = Pid::from_raw(self.pid().cast_signed());
        for signal in [Signal::SIGINT, Signal::SIGQUIT, Signal::SIGKILL] {
            // The child has not been reaped, so the pid cannot have been reused.
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
        let _ = self.stop(); // a killed server recovers, and drop cannot return an error
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
    // In a process group of its own Ctrl-C does not reach it: the app stops it after draining requests.
    command.process_group(0).stdin(Stdio::null()).stdout(log).stderr(log_too);
    Ok(command)
}

/// Runs `command` from a thread that lives as long as the child: the kernel sends the
/// parent-death signal when the spawning thread ends, not the process.
fn launch(mut command: Command) -> io::Result<Child> {
    let (sender, receiver) = mpsc::sync_channel(1);
    thread::Builder::new().name("cluster".to_owned()).spawn(move || {
        let launched = command.spawn();
        let pid = launched.as_ref().map(|child| Pid::from_raw(child.id().cast_signed()));
        let pid = pid.ok();
        let _ = sender.send(launched); // the receiver waits below
        if let Some(pid) = pid {
            // Waits without reaping (WNOWAIT): the owner of `Child` does that.
            while waitid(Id::Pid(pid), WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT) == Err(Errno::EINTR) {}
        }
    })?;
    receiver.recv().map_err(io::Error::other)?
}

/// Stops a server that a killed app left running on the cluster in `data`. If there is
/// none, removes a stale pid file: PostgreSQL would take any process that reuses the
/// pid for a running server. Should one run after all, PostgreSQL's check of shared
/// memory still prevents a second one.
pub(super) fn stop_orphan(data: &Path) -> Result<(), ClusterError> {
    let path = pid_file(data);
    let text = fs::read_to_string(&path).unwrap_or_default();
    // The pid is negative for a server in single-user mode.
    let pid = text.lines().next().and_then(|line| line.trim().parse::<i32>().ok()?.checked_abs());
    match pid.filter(|pid| serves(*pid, data)) {
        Some(pid) => {
            let _ = kill(Pid::from_raw(pid), Signal::SIGINT); // it may have ended already
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
    // A server's working directory is its cluster. A container may hide that even from root, but not the arguments.
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

/// The last error message in the output of a PostgreSQL program, else its last line.
pub(super) fn last_words(output: &[u8]) -> String {
    let text = String::from_utf8_lossy(output);
    let complaint = |line: &str| {
        let marks = ["FATAL:", "PANIC:", "error:"];
        marks.iter().find_map(|mark| line.split_once(mark)).map(|(_, words)| words.trim().to_owned())
    };
    let last_line = || text.lines().map(str::trim).rfind(|line| !line.is_empty()).map(str::to_owned);
    text.lines().rev().find_map(complaint).or_else(last_line).unwrap_or_else(|| "it said nothing".to_owned())
}

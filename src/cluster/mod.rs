//! The private PostgreSQL: finds the server programs on this machine, creates a
//! database cluster once, runs the server as a child process, stops it with the app,
//! and recovers after a crash of either. Linux only.
//!
//! The server listens on a Unix socket in a private directory only, not on TCP, and
//! accepts only the operating-system users of the app and of the server. It does not
//! run as root, does not inherit the app's environment, and does not log statements
//! or values. This module never connects to the running server; the pool does.

mod account;
mod error;
mod find;
mod home;
mod init;
mod server;

pub use error::ClusterError;

use account::Account;
use home::Home;
use server::Server;
use std::path::{Path, PathBuf};

/// Whether commits survive a power failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    Durable,
    /// No fsync: a killed server may lose data. For tests.
    Off,
}

/// A running private PostgreSQL. Dropping it stops the server, and so does any end of
/// this process.
#[derive(Debug)]
pub struct Cluster {
    // Fields are dropped in this order: the home's lock must be released last.
    server: Server,
    home: Home,
}

impl Cluster {
    /// Starts the PostgreSQL of `data_dir`, which is created if missing (mode 0700).
    /// Blocks until the server accepts connections: seconds, after a crash up to a
    /// minute.
    ///
    /// # Errors
    /// [`ClusterError`], one sentence for the person who starts the app.
    pub fn start(data_dir: &Path, durability: Durability) -> Result<Self, ClusterError> {
        Self::start_with(data_dir, durability, &find::places())
    }

    /// [`Cluster::start`] with other `places` to look for the server programs.
    ///
    /// # Errors
    /// As [`Cluster::start`].
    #[doc(hidden)]
    pub fn start_with(data_dir: &Path, durability: Durability, places: &[PathBuf]) -> Result<Self, ClusterError> {
        let installed = find::installed(places);
        if installed.is_empty() {
            return Err(ClusterError::NoPrograms);
        }
        let account = Account::current()?;
        let mut home = Home::open(data_dir, &account)?;
        let major = home.major()?;
        let programs = find::choose(&installed, major, &home.data())?;
        server::stop_orphan(&home.data())?;
        init::sweep(&home);
        if major.is_none() {
            init::make_cluster(&home, programs, &account, durability)?;
        }
        home.prepare(&account)?;
        let server = Server::start(programs, &account, &home, durability)?;
        Ok(Self { server, home })
    }

    /// Connection URL of database `hearth` for role `hearth`, which owns it and is
    /// no superuser.
    pub fn url(&self) -> String {
        use std::{fmt::Write as _, os::unix::ffi::OsStrExt as _};
        let mut host = String::new();
        for byte in self.home.socket_dir().as_os_str().as_bytes() {
            let _ = write!(host, "%{byte:02X}"); // writing to a String cannot fail
        }
        format!("postgres://hearth@{host}:{}/hearth", server::PORT)
    }

    /// The process id of the server.
    pub fn pid(&self) -> u32 {
        self.server.pid()
    }

    /// Whether the server process is still running.
    pub fn is_running(&mut self) -> bool {
        self.server.is_running()
    }

    /// Stops the server: open transactions are rolled back, commits are on disk.
    ///
    /// # Errors
    /// When the server had to be killed; it recovers on the next start.
    pub fn stop(mut self) -> Result<(), ClusterError> {
        self.server.stop()
    }
}

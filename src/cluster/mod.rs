//! The private PostgreSQL: finds the server programs of this machine, makes a
//! database cluster once, runs the server as a child, stops it with the app and
//! recovers what a crash of either left behind. For Linux.
//!
//! The server is reached through a unix socket in a closed directory and by
//! nobody but the operating-system users of the app and of the server. It never
//! listens on TCP, never runs as root, never sees the app's environment and
//! never writes statements or values to its log. Nothing here speaks SQL to a
//! running server: that is the pool's work.

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

/// Whether what was committed survives a power cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    Durable,
    /// Nothing is forced to disk, and a killed server forgets its last commits; for tests.
    Off,
}

/// A running private PostgreSQL. Dropping it stops the server, and so does the
/// end of this process, however it comes.
#[derive(Debug)]
pub struct Cluster {
    // Fields are dropped in this order: the lock goes last.
    server: Server,
    home: Home,
}

impl Cluster {
    /// Starts the PostgreSQL of `data_dir`, which is made when missing (mode
    /// 0700). Blocks until the server takes connections: seconds, after a crash
    /// up to a minute.
    ///
    /// # Errors
    /// One sentence for the person who starts the app.
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

    /// Where database `hearth` answers role `hearth`, which owns it and is no
    /// superuser.
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

    /// Whether the server process still lives; the app says so in its log when it does not.
    pub fn is_running(&mut self) -> bool {
        self.server.is_running()
    }

    /// Stops the server: open transactions are rolled back, what was committed
    /// is on disk.
    ///
    /// # Errors
    /// When the server had to be stopped hard; it recovers on the next start.
    pub fn stop(mut self) -> Result<(), ClusterError> {
        self.server.stop()
    }
}

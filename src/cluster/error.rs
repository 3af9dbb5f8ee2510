//! The error messages when the private PostgreSQL cannot run.

use std::{io, path::PathBuf};

/// Why the private PostgreSQL cannot run; each reads as one sentence.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    #[error(
        "Hearth found no PostgreSQL server 15 or newer on this machine: install the package postgresql \
         (Debian, Ubuntu) or postgresql-server (Fedora, RHEL), or set DATABASE_URL to a database of yours."
    )]
    NoPrograms,
    #[error(
        "The database in {} was made by PostgreSQL {found}, but this machine has only PostgreSQL {installed}: \
         install PostgreSQL {found}, or move the database over with pg_upgrade.",
        data.display()
    )]
    OtherVersion { data: PathBuf, found: u32, installed: String },
    #[error("Another Hearth{} is using the data directory {}.", process(.pid), data_dir.display())]
    InUse { data_dir: PathBuf, pid: Option<u32> },
    #[error("Hearth cannot use {}: {reason}.", path.display())]
    Directory { path: PathBuf, reason: io::Error },
    #[error(
        "PostgreSQL refuses to run as root and there is neither a user postgres nor a user nobody to run it: \
         make one, or start Hearth as an ordinary user."
    )]
    NoServerUser,
    #[error("The user id {0} has no name on this machine, which PostgreSQL needs to know who connects.")]
    NamelessUser(u32),
    #[error(
        "The database of {} lies in {}, as {} says: start Hearth with the data directory where it was, or move the \
         database to {} and write that into the file.",
        data_dir.display(), recorded.display(), note.display(), expected.display()
    )]
    Elsewhere { data_dir: PathBuf, note: PathBuf, recorded: PathBuf, expected: PathBuf },
    #[error(
        "The user {user}, who is to run PostgreSQL, cannot reach the database in {}: open the way to it, or start \
         Hearth as the user who did before.",
        home.display()
    )]
    Unreachable { user: String, home: PathBuf },
    #[error("Making the database in {} failed: {reason}.", home.display())]
    Making { home: PathBuf, reason: String },
    #[error("PostgreSQL did not start: {reason} (its log is {}).", log.display())]
    Start { reason: String, log: PathBuf },
    #[error(
        "A PostgreSQL left by an earlier run (process {pid}) still holds {} and does not stop: stop it, then start \
         Hearth again.",
        data.display()
    )]
    Orphan { pid: i32, data: PathBuf },
    #[error("PostgreSQL did not stop in time and was stopped hard; it recovers on the next start.")]
    StoppedHard,
}

impl ClusterError {
    /// For `map_err`: an I/O error at `path`.
    pub(super) fn at(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        |reason| Self::Directory { path, reason }
    }
}

fn process(pid: &Option<u32>) -> String {
    pid.map(|pid| format!(" (process {pid})")).unwrap_or_default()
}

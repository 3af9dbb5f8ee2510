//! The directory of the database cluster and the files around it. An existing cluster
//! is never replaced by an empty one.
//!
//! | path | content |
//! |---|---|
//! | `<data dir>/hearth.lock` | locked by the one process that uses the data directory |
//! | `<data dir>/postgres.location` | as root only: the home, when the server's user cannot reach the data directory |
//! | `<home>/data` | the cluster; it exists only when it is complete |
//! | `<home>/run` | the socket |
//! | `<home>/pg_hba.conf`, `pg_ident.conf` | who may connect |
//! | `<home>/server.log`, `server.log.1` | the server's log of this run and the one before |
//!
//! The home is `<data dir>/postgres`, else a directory in `/var/lib/hearth`. When root
//! runs the app, the server's user owns `data` and `run` and may only traverse the
//! directories above them; it cannot write to any directory that root writes to.

use super::{
    ClusterError,
    account::{self, Account},
};
use sha2::{Digest as _, Sha256};
use std::{
    env, fs,
    io::{self, ErrorKind, Read as _, Write as _},
    os::unix::{
        ffi::OsStrExt as _,
        fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _},
    },
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// Parent of the homes of data directories that the server's user cannot reach.
const OUTSIDE: &str = "/var/lib/hearth";

/// A Unix socket address holds 107 bytes; PostgreSQL appends the file name.
const LONGEST_SOCKET_DIR: usize = 107 - "/.s.PGSQL.5432".len();

/// The home of a cluster, locked against other processes until dropped.
#[derive(Debug)]
pub(super) struct Home {
    dir: PathBuf,
    /// Directory of the socket when the home's path is too long for one.
    elsewhere: Option<TempDir>,
    _lock: fs::File,
}

impl Home {
    pub fn open(data_dir: &Path, account: &Account) -> Result<Self, ClusterError> {
        let data_dir = open_data_dir(data_dir).map_err(ClusterError::at(data_dir))?;
        let lock = lock(&data_dir)?;
        let dir = locate(&data_dir, account)?;
        let dir = open_home(&dir, account).map_err(ClusterError::at(dir))?;
        if !account.reaches(&dir) {
            return Err(ClusterError::Unreachable { user: account.server.name.clone(), home: dir });
        }
        Ok(Self { dir, elsewhere: None, _lock: lock })
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }

    pub fn data(&self) -> PathBuf {
        self.dir.join("data")
    }

    pub fn socket_dir(&self) -> PathBuf {
        self.elsewhere.as_ref().map_or_else(|| self.dir.join("run"), |dir| dir.path().to_owned())
    }

    pub fn hba(&self) -> PathBuf {
        self.dir.join("pg_hba.conf")
    }

    pub fn ident(&self) -> PathBuf {
        self.dir.join("pg_ident.conf")
    }

    pub fn log(&self) -> PathBuf {
        self.dir.join("server.log")
    }

    /// Major PostgreSQL version of the cluster; `None` before there is one.
    pub fn major(&self) -> Result<Option<u32>, ClusterError> {
        let path = self.data().join("PG_VERSION");
        match fs::read_to_string(&path) {
            Ok(text) => {
                let major = text.trim().parse().map_err(|_| ErrorKind::InvalidData.into());
                Ok(Some(major.map_err(ClusterError::at(path))?))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(ClusterError::at(path)(error)),
        }
    }

    /// Writes the access rules, renames the last run's log and creates an empty
    /// directory for the socket. No server of this home may be running.
    pub fn prepare(&mut self, account: &Account) -> Result<(), ClusterError> {
        // Rewritten on every start, so that no manual edit and not the server's user can widen access.
        let hba = "local all all peer map=hearth\n".to_owned();
        let mut ident = format!("hearth \"{}\" hearth\n", account.app.name);
        if account.is_root() {
            ident += &format!("hearth \"{}\" hearth\n", account.server.name);
        }
        for (path, text) in [(self.hba(), hba), (self.ident(), ident)] {
            write_readable(&path, &text).map_err(ClusterError::at(path))?;
        }
        unless_missing(fs::rename(self.log(), self.dir.join("server.log.1"))).map_err(ClusterError::at(self.log()))?;
        let run = self.dir.join("run");
        unless_missing(fs::remove_dir_all(&run)).map_err(ClusterError::at(&run))?;
        if fits_socket(&run) {
            account.make_private(&run).map_err(ClusterError::at(run))
        } else {
            self.elsewhere = Some(short_dir(account).map_err(ClusterError::at(run))?);
            Ok(())
        }
    }
}

fn open_data_dir(data_dir: &Path) -> io::Result<PathBuf> {
    if let Some(parent) = data_dir.parent() {
        fs::create_dir_all(parent)?;
    }
    account::make_dir(data_dir)?;
    data_dir.canonicalize()
}

/// Locks the data directory; the operating system releases the lock with the process.
fn lock(data_dir: &Path) -> Result<fs::File, ClusterError> {
    let path = data_dir.join("hearth.lock");
    let open = fs::OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(&path);
    let mut file = open.map_err(ClusterError::at(&path))?;
    match file.try_lock() {
        Ok(()) => {
            let written = file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id()));
            written.map_err(ClusterError::at(&path))?;
            Ok(file)
        }
        Err(fs::TryLockError::WouldBlock) => {
            let mut text = String::new();
            let pid = file.read_to_string(&mut text).ok().and_then(|_| text.trim().parse().ok());
            Err(ClusterError::InUse { data_dir: data_dir.to_owned(), pid })
        }
        Err(fs::TryLockError::Error(error)) => Err(ClusterError::at(path)(error)),
    }
}

/// The home of `data_dir`. Looks for an existing cluster first: a new one elsewhere
/// would look like lost data.
fn locate(data_dir: &Path, account: &Account) -> Result<PathBuf, ClusterError> {
    let unreachable = |home| ClusterError::Unreachable { user: account.server.name.clone(), home };
    let inside = data_dir.join("postgres");
    let note = data_dir.join("postgres.location");
    let recorded = match fs::read_to_string(&note) {
        Ok(text) => Some(PathBuf::from(text.trim_end())),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(ClusterError::at(note)(error)),
    };
    if !account.is_root() {
        return recorded.map_or(Ok(inside), |home| Err(unreachable(home)));
    }
    let expected = outside(data_dir);
    match recorded {
        Some(recorded) if recorded == expected => Ok(expected),
        // Do not use it: the data directory may be a copy, and two processes would share one cluster.
        Some(recorded) => Err(ClusterError::Elsewhere { data_dir: data_dir.to_owned(), note, recorded, expected }),
        None if admits(data_dir, account).map_err(ClusterError::at(data_dir))? => Ok(inside),
        None if inside.exists() => Err(unreachable(inside)),
        None => {
            make_outside().map_err(ClusterError::at(OUTSIDE))?;
            write_readable(&note, &format!("{}\n", expected.display())).map_err(ClusterError::at(note))?;
            Ok(expected)
        }
    }
}

fn outside(data_dir: &Path) -> PathBuf {
    let digest = Sha256::digest(data_dir.as_os_str().as_bytes());
    let name = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect::<String>();
    Path::new(OUTSIDE).join(name)
}

/// Whether the server's user can traverse `data_dir`. Grants it, if this is the only
/// directory in the way and its group has no access yet.
fn admits(data_dir: &Path, account: &Account) -> io::Result<bool> {
    if account.reaches(data_dir) {
        return Ok(true);
    }
    let found = data_dir.metadata()?;
    let closed_by_us = found.uid() == 0 && found.mode() & 0o070 == 0;
    if !closed_by_us || !data_dir.parent().is_some_and(|parent| account.reaches(parent)) {
        return Ok(false);
    }
    account.let_pass(data_dir)?;
    Ok(account.reaches(data_dir))
}

/// Creates `/var/lib/hearth`, which other users may traverse but not write to.
fn make_outside() -> io::Result<()> {
    match fs::create_dir(OUTSIDE) {
        Ok(()) => fs::set_permissions(OUTSIDE, fs::Permissions::from_mode(0o755))?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
    }
    let found = fs::symlink_metadata(OUTSIDE)?;
    if found.is_dir() && found.uid() == 0 && found.mode() & 0o022 == 0 {
        Ok(())
    } else {
        Err(io::Error::other("it must be a directory that only root can write"))
    }
}

fn open_home(dir: &Path, account: &Account) -> io::Result<PathBuf> {
    account::make_dir(dir)?;
    let dir = dir.canonicalize()?;
    account.let_pass(&dir)?;
    Ok(dir)
}

/// Whether `dir` can hold a socket. PostgreSQL and its clients accept lists of
/// directories, so paths with its separator or quotation mark are refused.
fn fits_socket(dir: &Path) -> bool {
    let path = dir.as_os_str().as_bytes();
    dir.is_absolute() && path.len() <= LONGEST_SOCKET_DIR && !path.contains(&b',') && !path.contains(&b'"')
}

/// A private temporary directory with a short path and an unpredictable name.
fn short_dir(account: &Account) -> io::Result<TempDir> {
    let runtime = env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    for base in runtime.into_iter().chain([env::temp_dir(), "/tmp".into()]).filter(|base| account.reaches(base)) {
        let private = fs::Permissions::from_mode(0o700);
        let made = tempfile::Builder::new().prefix("hearth-").permissions(private).tempdir_in(base);
        if let Ok(dir) = made
            && fits_socket(dir.path())
        {
            account.give(dir.path())?; // the sticky bit of the parent keeps others from replacing it
            return Ok(dir);
        }
    }
    Err(io::Error::other("its path does not fit a socket, and no temporary directory does instead"))
}

/// Ignores `NotFound`, for renaming and removing.
pub(super) fn unless_missing(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// Writes a file with mode 0644 whatever the umask, for the server's user; the
/// directories above keep others out.
fn write_readable(path: &Path, text: &str) -> io::Result<()> {
    fs::write(path, text)?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644))
}

//! Where the cluster lives and what lies around it. Never replaces a cluster by
//! an empty one.
//!
//! | path | is |
//! |---|---|
//! | `<data dir>/hearth.lock` | held by the one app that uses the data directory |
//! | `<data dir>/postgres.location` | as root only: the home, when the server's user cannot reach the data directory |
//! | `<home>/data` | the cluster, complete or not there at all |
//! | `<home>/run` | the socket |
//! | `<home>/pg_hba.conf`, `pg_ident.conf` | who may connect |
//! | `<home>/server.log`, `server.log.1` | what the server said in this run and the one before |
//!
//! The home is `<data dir>/postgres`, else a directory in `/var/lib/hearth`.
//! When root runs the app, the server's user owns `data` and `run` and may only
//! pass through what is above them. It never gets to write where root writes.

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

/// Homes whose data directory the server's user cannot reach.
const OUTSIDE: &str = "/var/lib/hearth";

/// A socket's address holds 107 bytes; the rest is the file name PostgreSQL appends.
const LONGEST_SOCKET_DIR: usize = 107 - "/.s.PGSQL.5432".len();

/// The home of a cluster, locked against other apps until dropped.
#[derive(Debug)]
pub(super) struct Home {
    dir: PathBuf,
    /// Holds the socket when the path of the home does not fit one.
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

    /// The PostgreSQL version that made the cluster; `None` before there is one.
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

    /// Writes who may connect, puts the last run's log aside and makes an empty
    /// directory for the socket. No server of this home may be running.
    pub fn prepare(&mut self, account: &Account) -> Result<(), ClusterError> {
        // Written by the app on every start: neither an edit nor the server's user widens it.
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

/// The lock ends with the process, however that ends.
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

/// The home of `data_dir`. Where a cluster may already be decides first: a
/// new one beside it would look like lost data.
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
        // Not followed: the directory may be a copy, and two apps would share one cluster.
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

/// Whether the server's user can pass through `data_dir`, letting it when only
/// this one directory keeps it out and no other group uses it.
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

/// Other users must be able to pass `/var/lib/hearth` but not to put anything there.
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

/// Whether a socket in `dir` has an address. To PostgreSQL and its clients
/// several directories may stand in a row: what separates or quotes them there
/// is avoided, not escaped.
fn fits_socket(dir: &Path) -> bool {
    let path = dir.as_os_str().as_bytes();
    dir.is_absolute() && path.len() <= LONGEST_SOCKET_DIR && !path.contains(&b',') && !path.contains(&b'"')
}

/// A private directory with a short path and a name nobody can foresee.
fn short_dir(account: &Account) -> io::Result<TempDir> {
    let runtime = env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    for base in runtime.into_iter().chain([env::temp_dir(), "/tmp".into()]).filter(|base| account.reaches(base)) {
        let private = fs::Permissions::from_mode(0o700);
        let made = tempfile::Builder::new().prefix("hearth-").permissions(private).tempdir_in(base);
        if let Ok(dir) = made
            && fits_socket(dir.path())
        {
            account.give(dir.path())?; // the sticky bit of a temporary folder keeps others from replacing it
            return Ok(dir);
        }
    }
    Err(io::Error::other("its path does not fit a socket, and no temporary directory does instead"))
}

/// What is not there need not be moved or removed.
pub(super) fn unless_missing(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// Whatever the umask, the server's user can read it; the directories above keep others out.
fn write_readable(path: &Path, text: &str) -> io::Result<()> {
    fs::write(path, text)?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644))
}

//! The operating system users of the app and of the PostgreSQL server: the same,
//! unless the app runs as root. PostgreSQL programs never run as root.

use super::ClusterError;
use nix::{
    errno::Errno,
    sys::{prctl, signal::Signal},
    unistd::{Pid, Uid, User, geteuid},
};
use std::{
    fs, io,
    os::unix::{
        fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _, lchown},
        process::CommandExt as _,
    },
    path::Path,
    process::Command,
};

pub(super) struct Account {
    pub app: User,
    pub server: User,
}

impl Account {
    pub fn current() -> Result<Self, ClusterError> {
        let uid = geteuid();
        let app = user(uid).ok_or(ClusterError::NamelessUser(uid.as_raw()))?;
        let server = if uid.is_root() {
            let named = ["postgres", "nobody"].into_iter().find_map(|name| User::from_name(name).ok().flatten());
            named.filter(|user| !user.uid.is_root()).ok_or(ClusterError::NoServerUser)?
        } else {
            app.clone()
        };
        Ok(Self { app, server })
    }

    pub fn is_root(&self) -> bool {
        self.app.uid.is_root()
    }

    /// A command that runs `program` as the server's user in `dir`. It does not
    /// inherit the app's environment, whose secrets that user could read in
    /// `/proc`. It gets SIGINT, which stops PostgreSQL programs cleanly, when the
    /// calling thread ends.
    pub fn command(&self, program: &Path, dir: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(dir).env_clear().env("PATH", "/usr/bin:/bin");
        if self.is_root() {
            // The standard library drops the supplementary groups with the user id.
            command.uid(self.server.uid.as_raw()).gid(self.server.gid.as_raw());
        }
        let app = Pid::this();
        // SAFETY: between fork and exec the closure makes two system calls and allocates nothing.
        unsafe {
            command.pre_exec(move || {
                prctl::set_pdeathsig(Signal::SIGINT)?;
                // If the app died before the prctl call, no signal will come.
                if Pid::parent() == app { Ok(()) } else { Err(Errno::ESRCH.into()) }
            });
        }
        command
    }

    /// Whether the server's user can enter `dir`, by trying it: mode bits alone do
    /// not tell.
    pub fn reaches(&self, dir: &Path) -> bool {
        self.command(Path::new("true"), dir).status().is_ok()
    }

    /// Creates `dir`, accessible to the server's user only.
    pub fn make_private(&self, dir: &Path) -> io::Result<()> {
        make_dir(dir)?;
        self.give(dir)
    }

    /// Changes the owner of `dir` to the server's user. Only for directories whose
    /// parent that user cannot write to: it could replace the directory.
    pub fn give(&self, dir: &Path) -> io::Result<()> {
        if self.is_root() {
            lchown(dir, Some(self.server.uid.as_raw()), Some(self.server.gid.as_raw()))?;
        }
        Ok(())
    }

    /// Lets the server's user traverse `dir` and no more. As its owner that user
    /// could replace the app's secret key in it.
    pub fn let_pass(&self, dir: &Path) -> io::Result<()> {
        if self.is_root() {
            let mode = fs::metadata(dir)?.mode();
            lchown(dir, None, Some(self.server.gid.as_raw()))?;
            fs::set_permissions(dir, fs::Permissions::from_mode(mode & 0o7777 | 0o010))?;
        }
        Ok(())
    }
}

fn user(uid: Uid) -> Option<User> {
    User::from_uid(uid).ok().flatten()
}

/// Creates `dir` with mode 0700, unless it exists.
pub(super) fn make_dir(dir: &Path) -> io::Result<()> {
    match fs::DirBuilder::new().mode(0o700).create(dir) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && dir.is_dir() => Ok(()),
        made => made,
    }
}

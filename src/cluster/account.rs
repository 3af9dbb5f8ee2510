//! Who runs the app and who runs the server: the same user, except that root
//! gives the server to another one. Never runs anything of PostgreSQL as root.

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

    /// `program` as the server's user in `dir`. It gets none of the app's
    /// environment, where other users could read secrets from `/proc`, and
    /// SIGINT, which ends every PostgreSQL program cleanly, when the calling
    /// thread ends.
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
                // The app may have died just before, and then no signal comes.
                if Pid::parent() == app { Ok(()) } else { Err(Errno::ESRCH.into()) }
            });
        }
        command
    }

    /// Whether the server's user can reach `dir`. The kernel is asked, because
    /// mode bits are only a part of the answer.
    pub fn reaches(&self, dir: &Path) -> bool {
        self.command(Path::new("true"), dir).status().is_ok()
    }

    /// Makes `dir` for the server's user alone.
    pub fn make_private(&self, dir: &Path) -> io::Result<()> {
        make_dir(dir)?;
        self.give(dir)
    }

    /// Hands `dir` over to the server's user. Only for directories whose parent
    /// that user cannot write, or it could slip in another.
    pub fn give(&self, dir: &Path) -> io::Result<()> {
        if self.is_root() {
            lchown(dir, Some(self.server.uid.as_raw()), Some(self.server.gid.as_raw()))?;
        }
        Ok(())
    }

    /// Lets the server's user pass through `dir` and no more. Owning it, that
    /// user could put a secret of its own in the place of the app's.
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

/// Makes `dir`, mode 0700, unless it is there.
pub(super) fn make_dir(dir: &Path) -> io::Result<()> {
    match fs::DirBuilder::new().mode(0o700).create(dir) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && dir.is_dir() => Ok(()),
        made => made,
    }
}

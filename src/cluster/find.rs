//! Finds the PostgreSQL server programs on this machine. Does not install any.

use super::ClusterError;
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Oldest supported major version: older ones lack features that the migrations use.
const OLDEST: u32 = 15;

/// A directory with the programs of one PostgreSQL version.
pub(super) struct Programs {
    pub dir: PathBuf,
    pub major: u32,
}

/// Directories to look in, best first: PATH, Debian's (newest first), `pg_config`'s.
pub(super) fn places() -> Vec<PathBuf> {
    let mut places: Vec<PathBuf> = env::var_os("PATH").iter().flat_map(env::split_paths).collect();
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut majors: Vec<u32> = versions.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect();
    majors.sort_unstable_by(|a, b| b.cmp(a));
    places.extend(majors.iter().map(|major| format!("/usr/lib/postgresql/{major}/bin").into()));
    places.extend(output_of(Path::new("pg_config"), "--bindir").map(|line| line.trim().into()));
    places
}

/// The usable PostgreSQL versions in `places`, in their order.
pub(super) fn installed(places: &[PathBuf]) -> Vec<Programs> {
    let mut found: Vec<Programs> = Vec::new();
    for place in places {
        // PATH may contain a symbolic link; the other programs are beside its target.
        let Ok(postgres) = place.join("postgres").canonicalize() else { continue };
        let Some(dir) = postgres.parent().filter(|dir| dir.join("initdb").is_file()) else { continue };
        if found.iter().any(|programs| programs.dir == dir) {
            continue;
        }
        if let Some(major) = major_of(&postgres).filter(|major| *major >= OLDEST) {
            found.push(Programs { dir: dir.to_owned(), major });
        }
    }
    found
}

/// The programs for the cluster in `data`: those of its `major` version, or the first
/// ones when there is no cluster yet.
pub(super) fn choose<'a>(
    installed: &'a [Programs],
    major: Option<u32>,
    data: &Path,
) -> Result<&'a Programs, ClusterError> {
    let Some(found) = major else { return installed.first().ok_or(ClusterError::NoPrograms) };
    installed.iter().find(|programs| programs.major == found).ok_or_else(|| {
        let mut majors: Vec<String> = installed.iter().map(|programs| programs.major.to_string()).collect();
        majors.dedup();
        ClusterError::OtherVersion { data: data.to_owned(), found, installed: majors.join(" and ") }
    })
}

/// 15 out of `postgres (PostgreSQL) 15.18 (Debian …)`, 18 out of `… 18devel`.
fn major_of(postgres: &Path) -> Option<u32> {
    let version = output_of(postgres, "--version")?;
    let number = version.split_whitespace().nth(2)?;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

fn output_of(program: &Path, argument: &str) -> Option<String> {
    let output = Command::new(program).arg(argument).output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

//! The ledger of erasures: a file in the data directory with the user ids and times of
//! all erasures. It is not part of the database, so it survives when a backup is
//! restored that still has these people.

use crate::domain::UserId;
use anyhow::Context as _;
use chrono::{DateTime, SecondsFormat, Utc};
use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

/// The path of the file; it has one line per erasure.
#[derive(Clone, Debug)]
pub struct Ledger(PathBuf);

impl Ledger {
    /// The ledger of a data directory; the file need not exist yet.
    pub fn of(data_dir: &Path) -> Self {
        Self(data_dir.join("erasures"))
    }

    /// All entries; none when the file does not exist.
    ///
    /// # Errors
    /// When the file cannot be read, or a line is not an id and a time.
    pub fn read(&self) -> anyhow::Result<Vec<(UserId, DateTime<Utc>)>> {
        let text = match fs::read_to_string(&self.0) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            text => text.with_context(|| self.name())?,
        };
        // A crash while writing leaves a last line without its end; its transaction
        // never committed.
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        whole.lines().map(|line| entry(line).with_context(|| format!("{}: {line:?}", self.name()))).collect()
    }

    /// Appends entries and waits until they are on the disk (fsync).
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn append(&self, entries: &[(UserId, DateTime<Utc>)]) -> anyhow::Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        if let Some(folder) = self.0.parent() {
            fs::create_dir_all(folder).with_context(|| self.name())?;
        }
        let lines: String = entries.iter().map(|(user, at)| format!("{user} {}\n", moment(*at))).collect();
        let written = || {
            let mut file = OpenOptions::new().create(true).append(true).mode(0o600).open(&self.0)?;
            self.cut_off(&file)?;
            file.write_all(lines.as_bytes())?;
            file.sync_all()
        };
        written().with_context(|| self.name())
    }

    /// Truncates a last line that a crash left incomplete.
    fn cut_off(&self, file: &fs::File) -> std::io::Result<()> {
        let content = fs::read(&self.0)?;
        let whole = content.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        if whole < content.len() { file.set_len(whole as u64) } else { Ok(()) }
    }

    fn name(&self) -> String {
        format!("the ledger of erasures {}", self.0.display())
    }
}

/// To the microsecond, which is what PostgreSQL stores.
fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

fn entry(line: &str) -> Option<(UserId, DateTime<Utc>)> {
    let (user, at) = line.split_once(' ')?;
    Some((UserId(user.parse().ok()?), at.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back_as_they_were_written() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::of(&folder.path().join("not/there/yet"));
        assert_eq!(ledger.read().unwrap(), []);
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let first = (UserId(7), at("2026-05-04T08:00:00.123456Z"));
        let second = (UserId(8), at("2026-05-05T08:00:00Z"));
        ledger.append(&[first]).unwrap();
        ledger.append(&[second]).unwrap();
        ledger.append(&[]).unwrap();
        assert_eq!(ledger.read().unwrap(), [first, second]);
    }

    #[test]
    fn a_line_that_a_crash_cut_off_is_none_and_spoils_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::of(folder.path());
        let entry = (UserId(7), DateTime::UNIX_EPOCH);
        ledger.append(&[entry]).unwrap();
        let path = folder.path().join("erasures");
        let whole = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{whole}12 2026-0")).unwrap();
        assert_eq!(ledger.read().unwrap(), [entry]);
        ledger.append(&[(UserId(8), DateTime::UNIX_EPOCH)]).unwrap();
        assert_eq!(ledger.read().unwrap(), [entry, (UserId(8), DateTime::UNIX_EPOCH)]);
        fs::write(&path, "seven\n").unwrap();
        assert!(ledger.read().is_err(), "something else is no ledger");
    }
}

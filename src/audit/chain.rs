//! Verifies the hash chain of the audit log: ids without gaps, each row with its own
//! MAC, made with the installation's key, and with the hash of the row before.
//! Rows written before the log had a key have plain hashes; a sealed count says how
//! many they are. Rows cut off at the end are noticed only if an earlier check had
//! seen them. Reads in batches.

use crate::{
    audit::{Entry, EventId, NOTHING, Seal, content, store},
    db::Db,
    error::AppError,
    keys::Signer,
};
use chrono::{DateTime, SecondsFormat, SubsecRound as _, TimeDelta, Utc};
use diesel::{PgConnection, Queryable};
use serde_json::json;
use sha2::{Digest as _, Sha256};

/// Rows read at a time.
const BATCH: i64 = 5_000;
/// How often a running server verifies the chain.
const CHECK_EVERY: TimeDelta = TimeDelta::days(1);

/// An intact chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Number of rows, which is the id of the last one.
    pub rows: i64,
    /// How many of them, the first ones, have no key: whoever can write to the
    /// table could have rewritten these.
    pub unkeyed: i64,
    pub last_hash: Vec<u8>,
}

/// Why a chain could not be verified.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// This row is missing or was changed.
    #[error("the audit log is broken: row {0} is missing or was changed")]
    Broken(EventId),
    /// Nothing is wrong so far, but this row needs another secret key to check.
    #[error("cannot check the audit log: row {0} was written with another secret key")]
    OtherKey(EventId),
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<diesel::result::Error> for VerifyError {
    fn from(error: diesel::result::Error) -> Self {
        Self::App(error.into())
    }
}

/// A verification in progress, from the first row.
struct Walk {
    signer: Option<Signer>,
    last: EventId,
    hash: Vec<u8>,
    /// The last row that may have a plain hash; `None` without a seal, when no
    /// row may have a keyed one.
    unkeyed: Option<EventId>,
    /// The first row with another key than the signer's.
    unknown: Option<EventId>,
}

impl Walk {
    /// Without a signer only the links between keyed rows are checked, not their MACs.
    fn start(signer: Option<Signer>) -> Self {
        Self { signer, last: EventId(0), hash: NOTHING.to_vec(), unkeyed: None, unknown: None }
    }

    /// Reads the seal, which is stored together with the first keyed row: it has to be
    /// read after the rows that it is compared with.
    fn read_seal(&mut self, conn: &mut PgConnection) -> Result<(), VerifyError> {
        let Some(seal) = store::stored_seal(conn)? else { return Ok(()) };
        if let Some(signer) = &self.signer
            && seal.key_id == signer.id()
            && !signer.verifies(&Seal::content(seal.unkeyed), &seal.mac)
        {
            return Err(VerifyError::Broken(EventId(seal.unkeyed + 1)));
        }
        self.unkeyed = Some(EventId(seal.unkeyed));
        Ok(())
    }

    /// Checks the next batch; answers whether there were rows.
    fn step(&mut self, conn: &mut PgConnection) -> Result<bool, VerifyError> {
        let rows = store::after(conn, self.last, BATCH)?;
        if self.unkeyed.is_none() {
            self.read_seal(conn)?;
        }
        for row in &rows {
            let next = EventId(self.last.0 + 1);
            if row.id != next || row.previous_hash != self.hash || !self.holds(row) {
                return Err(VerifyError::Broken(next));
            }
            self.last = next;
            self.hash.clone_from(&row.hash);
        }
        Ok(!rows.is_empty())
    }

    /// Whether a row's hash is correct; one with an unknown key is noted and
    /// taken as correct.
    fn holds(&mut self, row: &Entry) -> bool {
        let may_be_unkeyed = self.unkeyed.is_none_or(|last| row.id <= last);
        let Some(key_id) = &row.key_id else {
            return may_be_unkeyed && Sha256::digest(content(row))[..] == row.hash;
        };
        if self.unkeyed.is_none() || may_be_unkeyed {
            return false;
        }
        match self.signer.as_ref().filter(|signer| signer.id()[..] == key_id[..]) {
            Some(signer) => signer.verifies(&content(row), &row.hash),
            None => {
                self.unknown.get_or_insert(row.id);
                true
            }
        }
    }

    fn end(self) -> Result<Verified, VerifyError> {
        let unkeyed = self.unkeyed.unwrap_or(self.last);
        match self.unknown {
            _ if self.last < unkeyed => Err(VerifyError::Broken(EventId(self.last.0 + 1))),
            Some(row) => Err(VerifyError::OtherKey(row)),
            None => Ok(Verified { rows: self.last.0, unkeyed: unkeyed.0, last_hash: self.hash }),
        }
    }
}

/// Verifies the whole chain; without a signer MACs are not checked.
///
/// # Errors
/// [`VerifyError::Broken`] with the first bad row, [`VerifyError::OtherKey`]
/// with the first that cannot be checked, or those of the database.
pub fn verify(conn: &mut PgConnection, signer: Option<&Signer>) -> Result<Verified, VerifyError> {
    let mut walk = Walk::start(signer.cloned());
    while walk.step(conn)? {}
    walk.end()
}

/// Result of the last verification, as stored.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Checked {
    pub at: DateTime<Utc>,
    /// The last good row, and its hash.
    pub last: EventId,
    pub hash: Vec<u8>,
    /// How many rows, the first ones, have no key.
    pub unkeyed: i64,
    pub broken: Option<EventId>,
    /// The first row that was written with another key.
    pub unknown: Option<EventId>,
}

impl Checked {
    fn of(found: &Result<Verified, VerifyError>, now: DateTime<Utc>) -> Option<Self> {
        let at = now.trunc_subsecs(6); // the precision of PostgreSQL
        let nothing = Self { at, last: EventId(0), hash: NOTHING.to_vec(), unkeyed: 0, broken: None, unknown: None };
        Some(match found {
            Ok(whole) => {
                let (last, hash) = (EventId(whole.rows), whole.last_hash.clone());
                Self { last, hash, unkeyed: whole.unkeyed, ..nothing }
            }
            Err(VerifyError::Broken(row)) => Self { last: EventId(row.0 - 1), broken: Some(*row), ..nothing },
            Err(VerifyError::OtherKey(row)) => Self { last: EventId(row.0 - 1), unknown: Some(*row), ..nothing },
            Err(VerifyError::App(_)) => return None,
        })
    }

    fn content(&self) -> Vec<u8> {
        let at = self.at.to_rfc3339_opts(SecondsFormat::Micros, true);
        let Self { last, hash, unkeyed, broken, unknown, .. } = self;
        json!({ "checked": [at, last, hash, unkeyed, broken, unknown] }).to_string().into_bytes()
    }
}

/// Stores the result of a verification, signed, for the page.
///
/// # Errors
/// Those of the database.
pub fn remember(
    conn: &mut PgConnection,
    signer: &Signer,
    found: &Result<Verified, VerifyError>,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    if let Some(checked) = Checked::of(found, now) {
        store::store_check(conn, &checked, &signer.sign(&checked.content()))?;
    }
    Ok(())
}

/// The stored result, if its signature is this installation's; `None` otherwise.
/// Also checks that the last row it saw is still there, which takes two reads by
/// primary key, however long the log is.
///
/// # Errors
/// Those of the database.
pub fn last_check(conn: &mut PgConnection, signer: &Signer) -> Result<Option<Checked>, AppError> {
    let Some((mut checked, mac)) = store::last_check(conn)? else { return Ok(None) };
    if !signer.verifies(&checked.content(), &mac) {
        return Ok(None);
    }
    if checked.broken.is_none() && checked.unknown.is_none() && checked.last != EventId(0) {
        let hash = store::hash_of(conn, checked.last)?;
        checked.broken = (hash.as_ref() != Some(&checked.hash)).then_some(checked.last);
    }
    Ok(Some(checked))
}

/// Verifies the chain if the last time was a day ago. Takes a connection for one
/// batch at a time, so that requests are served in between.
///
/// # Errors
/// Those of the database.
pub async fn check_daily(db: &Db, signer: &Signer, now: DateTime<Utc>) -> Result<(), AppError> {
    let own = signer.clone();
    let last = db.read(move |conn| last_check(conn, &own)).await?;
    if last.is_some_and(|checked| checked.at <= now && now - checked.at < CHECK_EVERY) {
        return Ok(());
    }
    let found = walk(db, signer.clone()).await?;
    if let Err(error) = &found {
        tracing::error!("{error}");
    }
    let own = signer.clone();
    db.run(move |conn| remember(conn, &own, &found, now)).await
}

/// The outer error is a failed database call, the inner result that of the verification.
async fn walk(db: &Db, signer: Signer) -> Result<Result<Verified, VerifyError>, AppError> {
    let mut walk = Walk::start(Some(signer));
    loop {
        let (walked, more) = db
            .run(move |conn| {
                let more = walk.step(conn);
                Ok::<_, AppError>((walk, more))
            })
            .await?;
        walk = walked;
        match more {
            Ok(true) => {}
            Ok(false) => return Ok(walk.end()),
            Err(error) => return Ok(Err(error)),
        }
    }
}

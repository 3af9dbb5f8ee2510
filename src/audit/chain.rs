//! Whether the chain of the audit log is whole: every row there, and each with
//! its own hash and that of the one before. Reads a batch at a time. What was
//! cut off at the end cannot be seen from inside, unless an earlier walk had
//! come further.

use crate::{
    audit::{EventId, NOTHING, digest, store},
    db::Db,
    error::AppError,
};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{PgConnection, Queryable};

/// How many rows are in memory at once.
const BATCH: i64 = 5_000;
/// How often a running server walks along the chain.
const CHECK_EVERY: TimeDelta = TimeDelta::days(1);

/// A whole chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many rows there are, which is the number of the last one.
    pub rows: i64,
    pub last_hash: Vec<u8>,
}

/// Why a chain is not known to be whole.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// This row is missing or is not what was written.
    #[error("the audit log is broken: row {0} is missing or was changed")]
    Broken(EventId),
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<diesel::result::Error> for VerifyError {
    fn from(error: diesel::result::Error) -> Self {
        Self::App(error.into())
    }
}

/// A walk along the chain from its first row.
#[derive(Clone, Debug)]
struct Walk {
    last: EventId,
    hash: Vec<u8>,
}

impl Walk {
    fn start() -> Self {
        Self { last: EventId(0), hash: NOTHING.to_vec() }
    }

    /// Checks the next rows; whether there were any.
    fn step(&mut self, conn: &mut PgConnection) -> Result<bool, VerifyError> {
        let rows = store::after(conn, self.last, BATCH)?;
        for row in &rows {
            let next = EventId(self.last.0 + 1);
            if row.id != next || row.previous_hash != self.hash || row.hash != digest(row) {
                return Err(VerifyError::Broken(next));
            }
            self.last = next;
            self.hash.clone_from(&row.hash);
        }
        Ok(!rows.is_empty())
    }
}

/// Walks along the whole chain.
///
/// # Errors
/// [`VerifyError::Broken`] with the first bad row, or those of the database.
pub fn verify(conn: &mut PgConnection) -> Result<Verified, VerifyError> {
    let mut walk = Walk::start();
    while walk.step(conn)? {}
    Ok(Verified { rows: walk.last.0, last_hash: walk.hash })
}

/// What the last walk found.
#[derive(Clone, Debug, Queryable)]
pub struct Checked {
    pub at: DateTime<Utc>,
    /// The last good row, and its hash.
    pub last: EventId,
    pub hash: Vec<u8>,
    pub broken: Option<EventId>,
}

/// Keeps what a walk found, for the page.
///
/// # Errors
/// Those of the database.
pub fn remember(
    conn: &mut PgConnection,
    found: &Result<Verified, VerifyError>,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let checked = match found {
        Ok(whole) => Checked { at: now, last: EventId(whole.rows), hash: whole.last_hash.clone(), broken: None },
        Err(VerifyError::Broken(id)) => {
            Checked { at: now, last: EventId(id.0 - 1), hash: NOTHING.to_vec(), broken: Some(*id) }
        }
        Err(VerifyError::App(_)) => return Ok(()),
    };
    store::store_check(conn, &checked)?;
    Ok(())
}

/// What the last walk found, and whether the last row that it saw is still
/// there: two reads by number, however long the log is.
///
/// # Errors
/// Those of the database.
pub fn last_check(conn: &mut PgConnection) -> Result<Option<Checked>, AppError> {
    let Some(mut checked) = store::last_check(conn)? else { return Ok(None) };
    if checked.broken.is_none() && checked.last != EventId(0) {
        let hash = store::hash_of(conn, checked.last)?;
        checked.broken = (hash.as_ref() != Some(&checked.hash)).then_some(checked.last);
    }
    Ok(Some(checked))
}

/// Walks along the chain when the last walk is a day ago. Lends a connection
/// for a batch at a time, so that requests come in between.
///
/// # Errors
/// Those of the database.
pub async fn check_daily(db: &Db, now: DateTime<Utc>) -> Result<(), AppError> {
    if db.read(|conn| Ok::<_, AppError>(store::last_check_at(conn)?)).await?.is_some_and(|at| now - at < CHECK_EVERY) {
        return Ok(());
    }
    let mut walk = Walk::start();
    let found = loop {
        let (walked, more) = db
            .run(move |conn| {
                let more = walk.step(conn);
                Ok::<_, AppError>((walk, more))
            })
            .await?;
        walk = walked;
        match more {
            Ok(true) => {}
            Ok(false) => break Ok(Verified { rows: walk.last.0, last_hash: walk.hash }),
            Err(error) => break Err(error),
        }
    };
    if let Err(error) = &found {
        tracing::error!("{error}");
    }
    db.run(move |conn| remember(conn, &found, now)).await
}

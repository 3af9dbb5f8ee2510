//! The patient attacker on what was really published: how much of one person's values do
//! all figures of 24 months explain, to an outsider who knows the roster of each day, and
//! to a colleague who knows who of the own department answered, and the own answers. See
//! [`inference`](crate::publication::inference) for how, `attack` for what is solved
//! together.

pub mod attack;
mod history;
mod reading;
mod store;

pub use reading::{Named, Title};

use crate::{db::Db, error::AppError, workers::Workers};
use attack::{Place, Shares};
use chrono::{DateTime, Months, NaiveDate, Utc};
use diesel::PgConnection;
use serde::{Deserialize, Serialize};

/// What is promised holds for this long.
pub const MONTHS: u32 = 24;

/// What the attackers find. Names no person, and tells no number of people in a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The smallest group.
    pub k: u64,
    /// How many releases were looked at: a questionnaire or the daily note in a period.
    pub releases: usize,
    pub outsider: Told,
    pub colleague: Told,
    /// Whether departments were solved apart because too many people hang together, and
    /// whether a sample of people was looked at.
    pub by_units: bool,
    pub sampled: bool,
    /// Sums about people who moved that were more than can be solved together.
    pub left_out: usize,
}

/// Shares of variance explained, from 0 to 1, to six digits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// Of any person looked at, at any time.
    pub largest: f64,
    /// What 99 of 100 people do not exceed.
    pub percentile: f64,
    /// Where the largest is; `None` when nothing is explained of anybody.
    pub at: Option<At>,
}

/// A release, and one of its departments; `None` is the company itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct At {
    pub release: Title,
    pub department: Option<String>,
}

impl Report {
    /// What 99 of 100 people may have explained.
    pub fn bar(&self) -> f64 {
        1.0 / self.k as f64
    }

    /// What nobody may have explained more of.
    pub fn limit(&self) -> f64 {
        1.0 / (self.k - 1) as f64
    }

    pub fn holds(&self) -> bool {
        self.outsider.largest <= self.limit() && self.colleague.largest <= self.limit()
    }
}

/// Reads who was counted in everything published with noise in the 24 months up to a day.
///
/// # Errors
/// Those of the database.
pub fn read(conn: &mut PgConnection, until: NaiveDate) -> Result<Named, AppError> {
    let from = until.checked_sub_months(Months::new(MONTHS)).unwrap_or(until);
    reading::read(conn, from, until)
}

/// Plays both attackers; `None` if nothing was published with noise. `progress` is called
/// with the parts that are done and how many there are.
pub fn report(named: &Named, progress: impl FnMut(usize, usize)) -> Option<Report> {
    if named.history.releases.is_empty() {
        return None;
    }
    let found = attack::attack(&named.history, progress);
    let at = |place: &Place| At {
        release: named.titles[place.release].clone(),
        department: named.departments[place.department].clone(),
    };
    let told = |shares: &Shares| {
        let largest = shares.largest();
        Told {
            largest: rounded(largest.map_or(0.0, |place| place.share)),
            percentile: rounded(shares.percentile()),
            at: largest.as_ref().map(at),
        }
    };
    Some(Report {
        k: named.k,
        releases: named.history.releases.len(),
        outsider: told(&found.outsider),
        colleague: told(&found.colleague),
        by_units: found.by_units,
        sampled: found.sampled,
        left_out: found.left_out,
    })
}

/// To six digits: what follows differs between machines.
fn rounded(share: f64) -> f64 {
    (share * 1e6).round() / 1e6
}

/// Computes the report of the last closing, unless there is one or another instance is at
/// it, and stores it. Periods that close together have one. No connection is held while
/// it is computed, on a thread of its own.
///
/// # Errors
/// Those of the database; the next call tries again.
pub async fn report_last_closing(db: &Db, now: DateTime<Utc>) -> Result<(), AppError> {
    let Some((period, until)) = db.run(move |conn| Ok::<_, AppError>(store::claim(conn, now)?)).await? else {
        return Ok(());
    };
    let computed = async {
        let named = db.read(move |conn| read(conn, until)).await?;
        let report = Workers::new(1, 0).run(move || report(&named, |_, _| ())).await?;
        let json = serde_json::to_value(report).map_err(|error| AppError::Internal(error.into()))?;
        db.run(move |conn| Ok::<_, AppError>(store::save(conn, period, &json, now)?)).await
    };
    if let Err(error) = computed.await {
        db.run(move |conn| Ok::<_, AppError>(store::unclaim(conn, period)?)).await?;
        return Err(error);
    }
    Ok(())
}

#[cfg(test)]
mod tests;

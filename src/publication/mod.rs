//! Closes periods and publishes their figures, once. Months close automatically.
//! Published figures are never computed again.

mod counting;
pub mod grain;
pub mod inference;
mod map;
mod measure;
pub mod noise;
pub mod over_time;
pub mod privacy_check;
mod publish;
pub mod pulses;
mod shares;
mod store;
pub mod suppression;

use crate::{
    audit::{self, Event},
    db::locks::{self, Lock},
    departments,
    domain::{DepartmentId, PeriodId, PeriodKind, PeriodState, UserId, codes::coded},
    error::AppError,
    instruments::{VersionId, catalog, instrument::Instrument},
    publication::suppression::Cell,
    statistics::{self, Change, Sample},
};
pub(super) use map::Map;
pub use measure::Measure;
use store::PeriodRow;
pub(super) use store::allow_time;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::{Connection as _, PgConnection};
use publish::{Atoms, Published};
use serde_json::json;
use std::collections::HashMap;

coded! {
    /// The state of a published cell.
    CellState { Value = "value", Suppressed = "suppressed", Empty = "empty" }
}

/// Closes an open period and publishes its numbers, in one transaction.
///
/// # Errors
/// [`AppError::NotFound`] when the period does not exist or is not open.
pub fn close(
    conn: &mut PgConnection,
    period: PeriodId,
    by: Option<UserId>,
    min_group: u16,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    conn.transaction(|conn| {
        store::allow_time(conn)?;
        let row = store::lock(conn, period)?;
        if row.state != PeriodState::Open {
            return Err(AppError::NotFound);
        }
        publish(conn, &row, min_group, now)?;
        store::set_closed(conn, period, now)?;
        if row.kind == PeriodKind::Campaign {
            audit::record(conn, by, Event::CampaignClosed, Some(period.0), json!({}), now)?;
        }
        audit::record(conn, by, Event::PeriodPublished, Some(period.0), json!({}), now)
    })
}

/// Closes every month and campaign whose last day has passed, and publishes the weeks
/// of the daily pulse that are over. Does nothing while another instance does this.
///
/// # Errors
/// Those of the database; other periods are closed even when one fails.
pub fn close_due(
    conn: &mut PgConnection,
    min_group: u16,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    if !locks::try_begin(conn, Lock::Closing)? {
        return Ok(());
    }
    let closed = close_each(conn, min_group, today, now);
    let published = pulses::publish_weeks(conn, min_group, today, now);
    locks::end(conn, Lock::Closing)?;
    closed.and(published)
}

/// Closes each period in a transaction of its own, so that one failure does not affect
/// the others.
fn close_each(conn: &mut PgConnection, min_group: u16, today: NaiveDate, now: DateTime<Utc>) -> Result<(), AppError> {
    let mut closed = Ok(());
    for period in store::due(conn, today)? {
        match close(conn, period, None, min_group, now) {
            Ok(()) | Err(AppError::NotFound) => {} // somebody just closed it by hand
            Err(error) => closed = closed.and(Err(error)),
        }
    }
    closed
}

/// Publishes periods that were stored as closed: those of generated companies.
///
/// # Errors
/// Those of the database.
pub fn publish_closed(conn: &mut PgConnection, min_group: u16, now: DateTime<Utc>) -> Result<(), AppError> {
    for row in store::closed_without_release(conn)? {
        publish(conn, &row, min_group, now)?;
    }
    Ok(())
}

/// Publishes a period in the caller's transaction: the figures of each questionnaire that
/// [`versions`] names, and of a month the shares of completed recommendations.
///
/// # Errors
/// Those of the database.
fn publish(conn: &mut PgConnection, row: &PeriodRow, min_group: u16, now: DateTime<Utc>) -> Result<(), AppError> {
    let k = row.min_group.map_or(min_group, |frozen| frozen.unsigned_abs());
    let map = Map::new(departments::all(conn)?);
    let participation = map.arrange(counting::participation(conn, row)?, [0; 2]);
    for version in versions(conn, row, k)? {
        let mut instrument = store::instrument(conn, version)?;
        if let Some(set) = &row.cut_off_set {
            instrument.use_cut_offs(set);
        }
        let counted = counting::count(conn, row.id, version, &instrument)?;
        let atoms = Atoms {
            counted: map.arrange(counted, publish::Counted::nobody(&instrument)),
            participation: participation.clone(),
        };
        let published = publish::publish(&instrument, u64::from(k), &map.parents, &atoms);
        let against = store::release_before(conn, row, version)?;
        store::insert_release(conn, row, version, k, &published.deviations, against, now)?;
        store::insert_departments(conn, row.id, version, &map.departments)?;
        let keyed: Vec<_> = published.cells.iter().map(|cell| (cell.measure.key(&instrument), cell.clone())).collect();
        store::insert_cells(conn, row.id, version, &map.ids, &keyed)?;
        if let Some(earlier) = against {
            let changes = changes(conn, &instrument, &map, &published, earlier, version)?;
            store::insert_changes(conn, row.id, version, &changes)?;
        }
    }
    if row.kind == PeriodKind::Month {
        shares::publish(conn, row, k)?;
    }
    store::delete_rows_of_the_gone(conn, row.id)?;
    Ok(())
}

/// The questionnaires whose figures a period publishes: a campaign's own, else those
/// that at least the smallest group answered in the month, else the shipped one.
fn versions(conn: &mut PgConnection, row: &PeriodRow, k: u16) -> Result<Vec<VersionId>, AppError> {
    if let Some(version) = row.instrument_version_id {
        return Ok(vec![version]);
    }
    let answered = store::versions(conn, row.id, k)?;
    if !answered.is_empty() {
        return Ok(answered);
    }
    let shipped = catalog::import_default(conn).map_err(|error| AppError::Internal(error.into()))?;
    Ok(vec![shipped.id])
}

/// The change of one department's mean, with its p-value adjusted over the release.
struct ReleasedChange {
    department: DepartmentId,
    measure: String,
    change: Change,
    adjusted_p: f64,
}

/// Compares all means that both releases show, as independent samples.
fn changes(
    conn: &mut PgConnection,
    instrument: &Instrument,
    map: &Map,
    published: &Published,
    earlier: PeriodId,
    version: VersionId,
) -> Result<Vec<ReleasedChange>, AppError> {
    let before_deviations = store::deviations(conn, earlier, version)?;
    let before: HashMap<(DepartmentId, String), (u64, i64)> = store::means(conn, earlier, version)?;
    let mut found = Vec::new();
    for cell in &published.cells {
        let (Measure::Mean(scale), Cell::Value(now)) = (cell.measure, &cell.cell) else { continue };
        let (department, measure) = (map.ids[cell.place], cell.measure.key(instrument));
        let Some((n_before, total_before)) = before.get(&(department, measure.clone())).copied() else { continue };
        let index = instrument.scales().position(|one| one == scale).unwrap_or(0);
        let deviation = |all: &[Option<f64>]| all.get(index).copied().flatten();
        let (Some(sd_before), Some(sd_now)) = (deviation(&before_deviations), deviation(&published.deviations)) else {
            continue;
        };
        let sample = |total: i64, n: u64, sd: f64| Sample { mean: total as f64 / 1e6 / n as f64, sd, n };
        let (then, now) = (sample(total_before, n_before, sd_before), sample(now.sums[0], now.people, sd_now));
        if let Some(change) = statistics::change(then, now) {
            found.push(ReleasedChange { department, measure, change, adjusted_p: 1.0 });
        }
    }
    let raw: Vec<f64> = found.iter().map(|one| one.change.p).collect();
    for (one, adjusted) in found.iter_mut().zip(statistics::holm(&raw)) {
        one.adjusted_p = adjusted;
    }
    Ok(found)
}

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
mod spread;
mod store;
pub mod suppression;

use crate::{
    audit::{self, Event},
    db::locks::{self, Lock},
    departments,
    domain::{DepartmentId, PeriodId, PeriodKind, PeriodState, Rhythm, UserId, codes::coded},
    error::AppError,
    instruments::{
        VersionId, catalog,
        instrument::{Instrument, Scale},
    },
    publication::suppression::Cell,
    statistics::{self, Change},
};
pub(super) use map::Map;
pub use measure::Measure;
pub use spread::{Degrees, Spread};
use store::PeriodRow;
pub(super) use store::allow_time;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::{Connection as _, PgConnection};
use noise::{Noise, NoiseKey, NoiseKind};
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

/// Closes every month and campaign whose last day has passed, and publishes the months
/// of the daily note that are over. Does nothing while another instance does this.
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
    let published = pulses::publish_months(conn, min_group, today, now);
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
    // Of a campaign opened before its rhythm was kept the stronger noise is taken.
    let kind = NoiseKind::of(row.kind, row.rhythm.unwrap_or(Rhythm::Quarterly));
    let key = NoiseKey::load(conn)?;
    let map = Map::new(departments::all(conn)?);
    let participation = map.arrange(counting::participation(conn, row)?, [0; 2]);
    for version in versions(conn, row, kind.least(k.into()))? {
        let mut instrument = store::instrument(conn, version)?;
        if let Some(set) = &row.cut_off_set {
            instrument.use_cut_offs(set);
        }
        let counted = counting::count(conn, row.id, version, &instrument)?;
        let atoms = Atoms {
            counted: map.arrange(counted, publish::Counted::nobody(&instrument)),
            participation: participation.clone(),
        };
        let noise = Noise::new(&key, kind, u64::from(k), &instrument);
        let published = publish::publish(&instrument, &noise, &map.parents, &atoms);
        let against = store::release_before(conn, row, version)?;
        store::insert_release(conn, row, version, (k, kind), &published, against, now)?;
        store::insert_departments(conn, row.id, version, &map.departments)?;
        let keyed: Vec<_> = published.cells.iter().map(|cell| (cell.measure.key(&instrument), cell.clone())).collect();
        store::insert_cells(conn, row.id, version, &map.ids, &keyed)?;
        if let Some(earlier) = against {
            let changes = changes(conn, &instrument, &noise, &map, &published, (earlier, version))?;
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
/// that enough people for a block answered in the month, else the shipped one.
fn versions(conn: &mut PgConnection, row: &PeriodRow, least: u64) -> Result<Vec<VersionId>, AppError> {
    if let Some(version) = row.instrument_version_id {
        return Ok(vec![version]);
    }
    let answered = store::versions(conn, row.id, least)?;
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
    noise: &Noise<'_>,
    map: &Map,
    published: &Published,
    (earlier, version): (PeriodId, VersionId),
) -> Result<Vec<ReleasedChange>, AppError> {
    let spreads_before = store::spreads(conn, earlier, version, instrument)?;
    let before: HashMap<(DepartmentId, String), store::MeanSum> = store::means(conn, earlier, version)?;
    let mut found = Vec::new();
    for cell in &published.cells {
        let (Measure::Mean(scale), Cell::Value(now)) = (cell.measure, &cell.cell) else { continue };
        let (department, measure) = (map.ids[cell.place], cell.measure.key(instrument));
        let Some(then) = before.get(&(department, measure.clone())) else { continue };
        let index = instrument.scales().position(|one| one == scale).unwrap_or(0);
        let spread_now = published.spread(instrument, noise, index, scale);
        let (Some(spread_before), Some(spread_now)) = (spreads_before[index], spread_now) else { continue };
        let then = spread_before.sample(then.people, then.blocks, then.sum);
        let now = spread_now.sample(now.people, now.blocks.unwrap_or(0), now.sums[0]);
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

/// What the standard error of a scale's means follows from, as a release stores it;
/// `None` where the scale has no means.
pub fn spread(
    instrument: &Instrument,
    scale: Scale,
    (deviation, degrees): (Option<f64>, Option<Option<i64>>),
    (kind, k): (Option<NoiseKind>, u64),
) -> Option<Spread> {
    Some(Spread {
        deviation: deviation?,
        degrees: match degrees {
            None => Degrees::OfMean,
            Some(None) => Degrees::Known,
            Some(Some(degrees)) => Degrees::Of(degrees),
        },
        noise: kind.map_or(0.0, |kind| noise::variance(kind, k, instrument, scale)),
    })
}

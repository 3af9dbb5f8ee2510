//! How figures developed: means over months and campaigns, and the daily note.

use crate::{
    domain::{DepartmentId, PeriodId},
    error::AppError,
    insights::{
        Cells, NOTES, PULSE_MEASURES, Release, store,
        view::{self, Mean},
    },
    instruments::{Version, VersionId, instrument::Scale},
    publication::pulses::{self, PulseLength},
};
use chrono::{Days, Months, NaiveDate};
use diesel::PgConnection;
use std::collections::HashMap;

/// One period of the trend.
#[derive(Clone, Debug)]
pub struct TrendPoint {
    pub release: Release,
    pub means: Vec<Mean>,
}

/// A month of the daily note, or a week from before it was published by the month;
/// measures in the order of [`PULSE_MEASURES`].
#[derive(Clone, Debug)]
pub struct PulsePoint {
    pub length: PulseLength,
    pub starts_on: NaiveDate,
    pub means: Vec<Mean>,
}

impl PulsePoint {
    /// Its last day.
    pub fn ends_on(&self) -> NaiveDate {
        match self.length {
            PulseLength::Week => self.starts_on + Days::new(6),
            PulseLength::Month => self.starts_on + Months::new(1) - Days::new(1),
        }
    }
}

/// Up to which day trends are shown: beside the latest campaign or month up to today, beside an earlier one up to
/// its own end.
pub fn shown_until(releases: &[Release], chosen: &Release) -> NaiveDate {
    let latest = releases.iter().find(|one| one.kind == chosen.kind).is_some_and(|one| one.period == chosen.period);
    if latest { releases.iter().map(|one| one.ends_on).max().unwrap_or(chosen.ends_on) } else { chosen.ends_on }
}

/// The chosen department's means in the months and campaigns with a questionnaire up to a day, oldest first. Large
/// parts of the company have figures in both, small teams in campaigns only; what has none is left out.
pub fn trend(
    conn: &mut PgConnection,
    version: &Version,
    scales: &[Scale],
    releases: &[Release],
    (questionnaire, until): (VersionId, NaiveDate),
    department: DepartmentId,
) -> Result<Vec<TrendPoint>, AppError> {
    let comparable = |one: &&Release| one.version == questionnaire && one.ends_on <= until;
    let series: Vec<&Release> = releases.iter().filter(comparable).collect();
    let periods: Vec<PeriodId> = series.iter().map(|one| one.period).collect();
    let mut by_period = store::means_over(conn, questionnaire, department, &periods)?;
    let point = |release: &&Release| {
        let cells = by_period.remove(&release.period).unwrap_or_default();
        let means = Cells { version, cells }.means(department, scales, release);
        TrendPoint { release: (*release).clone(), means }
    };
    let shown = |point: &TrendPoint| point.means.iter().any(|mean| mean.percent.is_some());
    Ok(series.iter().rev().map(point).filter(shown).collect())
}

/// Weeks and months of the daily note that began by a day, oldest first.
pub fn pulse(conn: &mut PgConnection, department: DepartmentId, until: NaiveDate) -> Result<Vec<PulsePoint>, AppError> {
    let mut points = Vec::new();
    let means = |cells: &HashMap<String, store::Cell>, spread| {
        PULSE_MEASURES.iter().map(|measure| view::mean(cells.get(*measure), spread, None)).collect()
    };
    for (starts_on, cells) in store::pulse_weeks(conn, department, until, NOTES)? {
        points.push(PulsePoint { length: PulseLength::Week, starts_on, means: means(&cells, None) });
    }
    for (starts_on, (k, cells)) in store::pulse_months(conn, department, until, NOTES)? {
        let means = means(&cells, Some(pulses::spread(k)));
        points.push(PulsePoint { length: PulseLength::Month, starts_on, means });
    }
    Ok(points)
}

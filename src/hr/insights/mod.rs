//! What the organisation may know of itself, read from published cells only.
//! One [`Overview`] is the page, the exports and the API's answer alike, so
//! that none of them can show what another hides.

mod latest;
mod store;
pub mod view;

pub use latest::{LatestMean, latest_means, mean_in};

use crate::{
    assessment::{PeriodKind, Version, VersionId, catalog::Instruments, instrument::Scale},
    error::AppError,
    hr::{
        DepartmentId, PeriodId, Scope, departments,
        periods::{Measure, PULSE_MEASURES},
    },
    recommendations::Category,
};
use chrono::NaiveDate;
use diesel::PgConnection;
use std::{collections::HashMap, sync::Arc};
use view::{Change, Mean, Share, Split};

/// How many closed periods the page offers and the trend shows.
const PERIODS: i64 = 60;
/// How many weeks of pulse are shown.
const WEEKS: i64 = 26;
/// A subtree of more departments is shown level by level.
const ROWS: usize = 60;

/// What of the published numbers is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// The latest closed one when not given.
    pub period: Option<PeriodId>,
    /// One of the questionnaires answered in it; the newest when not given.
    pub version: Option<VersionId>,
    /// The widest one that the reader may see when not given.
    pub department: Option<DepartmentId>,
}

/// A closed period with the questionnaire it has numbers of.
#[derive(Clone, Debug, PartialEq)]
pub struct Release {
    pub period: PeriodId,
    pub version: VersionId,
    pub kind: PeriodKind,
    /// A campaign's name.
    pub name: Option<String>,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub min_group: i16,
    pub cut_off_set: Option<String>,
    /// Standard deviations of the scales, in percent of range.
    pub deviations: Vec<Option<f64>>,
    pub against: Option<PeriodId>,
}

/// A department as it stood in the tree when the period closed.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub id: DepartmentId,
    pub parent: Option<DepartmentId>,
    /// 0 for the whole company, whose name is empty.
    pub depth: i16,
    pub name: String,
}

/// One row of the heat map: a department with its subtree.
#[derive(Clone, Debug)]
pub struct Row {
    pub place: Place,
    /// In the order of [`Overview::scales`].
    pub means: Vec<Mean>,
}

/// One period of the trend.
#[derive(Clone, Debug)]
pub struct TrendPoint {
    pub release: Release,
    pub means: Vec<Mean>,
}

/// One week of pulse, measures in the order of [`PULSE_MEASURES`].
#[derive(Clone, Debug)]
pub struct PulseWeek {
    pub monday: NaiveDate,
    pub means: Vec<Mean>,
}

/// The picture of one department's subtree in one closed period.
#[derive(Clone, Debug)]
pub struct Overview {
    pub version: Arc<Version>,
    pub release: Release,
    /// The earlier period that changes are told against.
    pub against: Option<Release>,
    /// Every closed period that can be chosen, latest first.
    pub releases: Vec<Release>,
    /// Every department that can be chosen.
    pub places: Vec<Place>,
    pub chosen: Place,
    /// From the reader's top down to the chosen department, which is left out.
    pub above: Vec<Place>,
    pub scales: Vec<Scale>,
    /// The chosen department's means, in the order of `scales`.
    pub means: Vec<Mean>,
    /// Changes of those means since `against`.
    pub changes: Vec<Option<Change>>,
    /// `None` where the questionnaire has no total.
    pub levels: Option<Split>,
    /// `None` where the questionnaire does not measure the three dimensions.
    pub profiles: Option<Split>,
    /// Those who answered.
    pub participation: Share,
    /// The chosen department first, then what is under it.
    pub rows: Vec<Row>,
    /// Oldest first.
    pub trend: Vec<TrendPoint>,
    /// Oldest first.
    pub pulse: Vec<PulseWeek>,
    /// Share of holders who completed something, for the company in a month.
    pub completed: Vec<(Category, Share)>,
}

/// The published picture; `None` before the first period closed.
///
/// # Errors
/// [`AppError::NotFound`] when the period or the department is not there or
/// not for this reader.
pub fn overview(
    conn: &mut PgConnection,
    instruments: &Instruments,
    scope: Scope,
    filter: Filter,
) -> Result<Option<Overview>, AppError> {
    let releases = store::releases(conn, PERIODS)?;
    let Some(release) = choose(&releases, filter)? else { return Ok(None) };
    let version = instruments.with_cut_offs(conn, release.version, release.cut_off_set.as_deref())?;
    let published = store::places(conn, &release)?;
    let places = visible(conn, scope, published)?;
    let chosen = match filter.department {
        Some(wanted) => places.iter().find(|place| place.id == wanted),
        None => places.first(),
    };
    let chosen = chosen.cloned().ok_or(AppError::NotFound)?;
    let shown = shown(&places, &chosen);
    let cells = store::cells(conn, &release, &shown.iter().map(|place| place.id).collect::<Vec<_>>())?;
    let cells = Cells { version: &version, cells };
    let scales: Vec<Scale> = version.instrument.scales().collect();
    let means = |place: &Place| cells.means(place.id, &scales, &release.deviations);
    let changes = store::changes(conn, &release, chosen.id)?;
    let change = |scale: &Scale| changes.get(&Measure::Mean(*scale).key(&version.instrument)).copied();
    Ok(Some(Overview {
        against: releases
            .iter()
            .find(|one| Some(one.period) == release.against && one.version == release.version)
            .cloned(),
        above: above(&places, &chosen),
        means: means(&chosen),
        changes: scales.iter().map(change).collect(),
        levels: cells.split(chosen.id, Measure::Level),
        profiles: cells.split(chosen.id, Measure::Profile),
        participation: cells.split(chosen.id, Measure::Participation).map(view::answered).unwrap_or_default(),
        rows: shown.iter().map(|place| Row { means: means(place), place: place.clone() }).collect(),
        trend: trend(conn, &version, &scales, &releases, &release, chosen.id)?,
        pulse: pulse(conn, chosen.id, &release)?,
        completed: store::completed(conn, release.ends_on)?,
        scales,
        chosen,
        places,
        releases,
        version,
        release,
    }))
}

/// The release that the filter names, else the latest.
fn choose(releases: &[Release], filter: Filter) -> Result<Option<Release>, AppError> {
    let matches = |release: &&Release| {
        filter.period.is_none_or(|period| period == release.period)
            && filter.version.is_none_or(|version| version == release.version)
    };
    match releases.iter().find(matches) {
        None if filter.period.is_some() || filter.version.is_some() => Err(AppError::NotFound),
        found => Ok(found.cloned()),
    }
}

/// The part of the tree of that time that a reader may see: the whole company,
/// or what is under their department today.
fn visible(conn: &mut PgConnection, scope: Scope, places: Vec<Place>) -> Result<Vec<Place>, AppError> {
    let Scope::Subtree(top) = scope else { return Ok(places) };
    let top = top.ok_or(AppError::Forbidden)?;
    let today = departments::all(conn)?;
    let theirs: Vec<_> = departments::subtree(&today, top).into_iter().map(|department| department.id).collect();
    Ok(places.into_iter().filter(|place| theirs.contains(&place.id)).collect())
}

/// The chosen department and what is under it; of a large subtree the next level only.
fn shown(places: &[Place], chosen: &Place) -> Vec<Place> {
    let mut inside = vec![chosen.clone()];
    let under = |inside: &[Place], place: &Place| inside.iter().any(|one| is_child(place, one));
    for place in places {
        if under(&inside, place) {
            inside.push(place.clone());
        }
    }
    if inside.len() > ROWS {
        inside.retain(|place| place.depth <= chosen.depth + 1);
    }
    inside
}

fn is_child(place: &Place, of: &Place) -> bool {
    place.id != of.id && place.parent.unwrap_or(DepartmentId(0)) == of.id
}

fn above(places: &[Place], chosen: &Place) -> Vec<Place> {
    let mut path = Vec::new();
    let mut below = chosen.clone();
    while let Some(place) = places.iter().find(|place| is_child(&below, place)) {
        path.push(place.clone());
        below = place.clone();
    }
    path.reverse();
    path
}

/// Published cells of one release.
struct Cells<'a> {
    version: &'a Version,
    cells: HashMap<(DepartmentId, String), store::Cell>,
}

impl Cells<'_> {
    fn means(&self, department: DepartmentId, scales: &[Scale], deviations: &[Option<f64>]) -> Vec<Mean> {
        let mean = |(index, scale): (usize, &Scale)| {
            let cell = self.cells.get(&(department, Measure::Mean(*scale).key(&self.version.instrument)));
            let deviation = deviations.get(index).copied().flatten();
            view::mean(cell, deviation, view::limits(&self.version.instrument, *scale))
        };
        scales.iter().enumerate().map(mean).collect()
    }

    fn split(&self, department: DepartmentId, measure: Measure) -> Option<Split> {
        self.cells.get(&(department, measure.key(&self.version.instrument))).map(view::split)
    }
}

/// The chosen department's means in every closed period of the same kind and
/// questionnaire up to the chosen one, oldest first.
fn trend(
    conn: &mut PgConnection,
    version: &Version,
    scales: &[Scale],
    releases: &[Release],
    chosen: &Release,
    department: DepartmentId,
) -> Result<Vec<TrendPoint>, AppError> {
    let comparable =
        |one: &&Release| one.version == chosen.version && one.kind == chosen.kind && one.ends_on <= chosen.ends_on;
    let series: Vec<&Release> = releases.iter().filter(comparable).collect();
    let periods: Vec<PeriodId> = series.iter().map(|one| one.period).collect();
    let mut by_period = store::means_over(conn, chosen.version, department, &periods)?;
    let point = |release: &&Release| {
        let cells = by_period.remove(&release.period).unwrap_or_default();
        let means = Cells { version, cells }.means(department, scales, &release.deviations);
        TrendPoint { release: (*release).clone(), means }
    };
    Ok(series.iter().rev().map(point).collect())
}

/// Weeks of pulse that were over when the period ended, oldest first.
fn pulse(conn: &mut PgConnection, department: DepartmentId, release: &Release) -> Result<Vec<PulseWeek>, AppError> {
    let weeks = store::pulses(conn, department, release.ends_on, WEEKS)?;
    let shown = |(monday, cells): (NaiveDate, HashMap<String, store::Cell>)| PulseWeek {
        monday,
        means: PULSE_MEASURES.iter().map(|measure| view::mean(cells.get(*measure), None, None)).collect(),
    };
    Ok(weeks.into_iter().map(shown).collect())
}

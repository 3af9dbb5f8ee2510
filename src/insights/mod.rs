//! What the organisation may see about itself, read from published cells only. Page,
//! exports and API are all made from one [`Overview`], so none of them can show what
//! another hides.

pub mod api;
pub mod export;
mod follow_up;
mod kept;
mod latest;
pub mod pages;
pub mod picture;
mod store;
pub mod summary;
mod trend;
pub mod view;
pub mod words;

pub use follow_up::{Campaigns, campaigns};
pub use kept::OverviewCache;
pub use latest::{LatestMean, latest_means};
pub use store::{OpenCampaign, PublicationVersion, SetupProgress, beginnings, stamp};
pub use trend::{PulsePoint, TrendPoint};

use crate::{
    db::installation,
    departments,
    domain::{DepartmentId, PeriodId, PeriodKind, Scope},
    error::AppError,
    instruments::{
        Instruments, Version, VersionId,
        instrument::{Instrument, Scale},
    },
    library::Category,
    publication::{
        self, Measure, Spread,
        grain::{self, Group},
        noise::NoiseKind,
        pulses::MEASURES as PULSE_MEASURES,
    },
};
use chrono::NaiveDate;
use diesel::PgConnection;
use std::{collections::HashMap, sync::Arc};
use view::{Change, Mean, Share, Split};

/// How many closed periods can be chosen and are in the trend.
const PERIODS: i64 = 60;
/// How many months of the daily note are shown, and how many weeks from before it was
/// published by the month.
const NOTES: i64 = 26;
/// The departments that somebody may see today. Part of the key of the cache, so that a change of the
/// tree takes effect at once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum VisibleDepartments {
    Company,
    /// A department with everything below it; the department itself first.
    Departments(Vec<DepartmentId>),
    /// Of somebody who belongs to no department.
    Nothing,
}

/// Which of the published figures are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// When not given the latest closed campaign, which shows small teams, too; before the
    /// first the latest month.
    pub period: Option<PeriodId>,
    /// A questionnaire that was answered in the period; the newest when not given.
    pub version: Option<VersionId>,
    /// The highest department that the reader may see when not given.
    pub department: Option<DepartmentId>,
}

/// A closed period with one questionnaire whose figures were published.
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
    /// Standard deviation per scale of the questionnaire, in percent of its range.
    pub deviations: Vec<Option<f64>>,
    /// Their degrees of freedom; `None` of releases from before there was noise.
    pub degrees: Option<Vec<Option<i64>>>,
    /// `None` of releases from before there was noise.
    pub noise: Option<NoiseKind>,
    pub against: Option<PeriodId>,
}

impl Release {
    /// What the standard error of a scale's means follows from, where it was published.
    pub fn spread(&self, instrument: &Instrument, scale: Scale) -> Option<Spread> {
        let place = instrument.scales().position(|one| one == scale)?;
        let degrees = self.degrees.as_ref().map(|all| all.get(place).copied().flatten());
        let computed = (self.deviations.get(place).copied().flatten(), degrees);
        publication::spread(instrument, scale, computed, (self.noise, u64::from(self.min_group.unsigned_abs())))
    }
}

/// A department as it was in the tree when the period closed.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub id: DepartmentId,
    pub parent: Option<DepartmentId>,
    /// Levels below the company; 0 for the company itself, whose name is empty.
    pub depth: i16,
    pub name: String,
}

/// One row of the heat map: a department with everything below it.
#[derive(Clone, Debug)]
pub struct Row {
    pub place: Place,
    /// In the order of [`Overview::scales`].
    pub means: Vec<Mean>,
    /// In the order of [`Overview::coarse`]; one share per group of values.
    pub values: Vec<Split>,
    /// Per scale: whether the mean is significantly above that of the rest.
    pub stands_out: Vec<bool>,
    /// `None` where the questionnaire has no total.
    pub levels: Option<Split>,
    /// `None` where the questionnaire does not measure the three dimensions.
    pub profiles: Option<Split>,
    /// The share that answered.
    pub participation: Share,
}

/// The figures of a department with everything below it, in one closed period.
#[derive(Clone, Debug)]
pub struct Overview {
    pub version: Arc<Version>,
    pub release: Release,
    /// The earlier period with which changes are compared.
    pub against: Option<Release>,
    /// The closed periods that can be chosen, latest first.
    pub releases: Vec<Release>,
    /// The departments that can be chosen.
    pub places: Vec<Place>,
    pub chosen: Place,
    /// The departments from the reader's highest down to the parent of the chosen one.
    pub above: Vec<Place>,
    /// The scales with means.
    pub scales: Vec<Scale>,
    /// The scales with too few possible values for means, with their groups of values.
    pub coarse: Vec<(Scale, Vec<Group>)>,
    /// Changes of the chosen department's means since `against`, per scale.
    pub changes: Vec<Option<Change>>,
    /// The chosen department first, then everything below it.
    pub rows: Vec<Row>,
    /// Oldest first.
    pub trend: Vec<TrendPoint>,
    /// Oldest first.
    pub pulse: Vec<PulsePoint>,
    /// Per category the share of people with such a recommendation who completed one in the month; for
    /// the whole company only.
    pub completed: Vec<(Category, Share)>,
    /// Releases from before this day have no noise and smaller groups.
    pub noise_since: NaiveDate,
}

impl Overview {
    /// The row of the chosen department itself.
    pub fn whole(&self) -> &Row {
        &self.rows[0]
    }
}

/// The departments that somebody with this scope may see today.
///
/// # Errors
/// Those of the database.
pub fn reach(conn: &mut PgConnection, scope: Scope) -> Result<VisibleDepartments, AppError> {
    match scope {
        Scope::Company => Ok(VisibleDepartments::Company),
        Scope::Subtree(None) => Ok(VisibleDepartments::Nothing),
        Scope::Subtree(Some(top)) => {
            let today = departments::all(conn)?;
            Ok(VisibleDepartments::Departments(
                departments::subtree(&today, top).into_iter().map(|one| one.id).collect(),
            ))
        }
    }
}

/// The published figures; `None` before a period closed with figures that this reader may see.
///
/// # Errors
/// [`AppError::NotFound`] when the period or the department does not exist or this reader may not see
/// it.
pub fn overview(
    conn: &mut PgConnection,
    instruments: &Instruments,
    reach: &VisibleDepartments,
    filter: Filter,
) -> Result<Option<Overview>, AppError> {
    let releases = store::releases(conn, PERIODS)?;
    let Some(release) = choose(&releases, filter)? else { return Ok(None) };
    let version = instruments.with_cut_offs(conn, release.version, release.cut_off_set.as_deref())?;
    let places = visible(reach, store::places(conn, &release)?);
    let chosen = match filter.department {
        Some(wanted) => places.iter().find(|place| place.id == wanted).ok_or(AppError::NotFound)?.clone(),
        None if places.is_empty() && filter.period.is_none() => return Ok(None),
        None => places.first().ok_or(AppError::NotFound)?.clone(),
    };
    let inside = inside(&places, &chosen);
    let cells = store::cells(conn, &release, &inside.iter().map(|place| place.id).collect::<Vec<_>>())?;
    let cells = Cells { version: &version, cells };
    let scales = cells.published(chosen.id, Measure::Mean);
    let groups = |scale| grain::form(&version.instrument, scale).groups().to_vec();
    let coarse = cells.published(chosen.id, Measure::Values).into_iter();
    let coarse: Vec<_> = coarse.map(|scale| (scale, groups(scale))).collect();
    let changes = store::changes(conn, &release, chosen.id)?;
    let until = trend::shown_until(&releases, &release);
    let change = |scale: &Scale| changes.get(&Measure::Mean(*scale).key(&version.instrument)).copied();
    Ok(Some(Overview {
        against: releases
            .iter()
            .find(|one| Some(one.period) == release.against && one.version == release.version)
            .cloned(),
        above: above(&places, &chosen),
        changes: scales.iter().map(change).collect(),
        rows: cells.rows(&inside, &scales, &coarse, &release),
        trend: trend::trend(conn, &version, &scales, &releases, (release.version, until), chosen.id)?,
        pulse: trend::pulse(conn, chosen.id, until)?,
        completed: if chosen.id == COMPANY { store::completed(conn, until)? } else { Vec::new() },
        noise_since: installation::noise_since(conn)?.date_naive(),
        scales,
        coarse,
        chosen,
        places,
        releases,
        version,
        release,
    }))
}

fn participation(department: DepartmentId, split: Split) -> Share {
    if department == COMPANY { view::answered(split) } else { view::answered_in_department(split) }
}

/// The id that stands for the whole company.
const COMPANY: DepartmentId = DepartmentId(0);

/// The release that the filter names, else that of the latest campaign, else the latest. If the period was not
/// answered with the filter's questionnaire, another one that was answered in it is taken.
fn choose(releases: &[Release], filter: Filter) -> Result<Option<Release>, AppError> {
    if filter.version.is_some_and(|version| releases.iter().all(|one| one.version != version)) {
        return Err(AppError::NotFound);
    }
    let of_period = |one: &&Release| filter.period.is_none_or(|period| period == one.period);
    let asked = |one: &&Release| of_period(one) && filter.version.is_none_or(|version| version == one.version);
    let campaign = |one: &&Release| filter.period.is_none() && one.kind == PeriodKind::Campaign && asked(one);
    let found = releases.iter().find(campaign).or_else(|| releases.iter().find(asked));
    match found.or_else(|| releases.iter().find(of_period)) {
        None if filter.period.is_some() => Err(AppError::NotFound),
        found => Ok(found.cloned()),
    }
}

/// The part of the published tree that a reader may see.
fn visible(reach: &VisibleDepartments, places: Vec<Place>) -> Vec<Place> {
    match reach {
        VisibleDepartments::Company => places,
        VisibleDepartments::Nothing => Vec::new(),
        VisibleDepartments::Departments(theirs) => {
            let mut seen: Vec<Place> = places.into_iter().filter(|place| theirs.contains(&place.id)).collect();
            // their own department comes first, wherever it was in the tree then
            if let Some(top) = seen.iter().position(|place| theirs.first() == Some(&place.id)) {
                seen[..=top].rotate_right(1);
            }
            seen
        }
    }
}

/// The chosen department and everything below it.
fn inside(places: &[Place], chosen: &Place) -> Vec<Place> {
    let mut inside = vec![chosen.clone()];
    for place in places {
        if inside.iter().any(|one| is_child(place, one)) {
            inside.push(place.clone());
        }
    }
    inside
}

fn is_child(place: &Place, of: &Place) -> bool {
    place.id != of.id && place.parent.unwrap_or(COMPANY) == of.id
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

/// The published cells of one release.
struct Cells<'a> {
    version: &'a Version,
    cells: HashMap<(DepartmentId, String), store::Cell>,
}

impl Cells<'_> {
    /// The scales for which a department has a cell of this measure, suppressed or not.
    fn published(&self, department: DepartmentId, measure: impl Fn(Scale) -> Measure) -> Vec<Scale> {
        let scales = self.version.instrument.scales();
        scales.filter(|scale| self.get(department, measure(*scale)).is_some()).collect()
    }

    fn rows(&self, places: &[Place], scales: &[Scale], coarse: &[(Scale, Vec<Group>)], release: &Release) -> Vec<Row> {
        let cell = |place: &Place, scale: &Scale| self.get(place.id, Measure::Mean(*scale));
        let compared = |scale: &Scale| {
            let all: Vec<Option<&store::Cell>> = places.iter().map(|place| cell(place, scale)).collect();
            view::standing_out(&all, release.spread(&self.version.instrument, *scale))
        };
        let stands_out: Vec<Vec<bool>> = scales.iter().map(compared).collect();
        let values = |place: &Place| {
            let split = |(scale, _): &(Scale, _)| self.get(place.id, Measure::Values(*scale)).map(view::split);
            coarse.iter().map(|one| split(one).unwrap_or_default()).collect()
        };
        let row = |(index, place): (usize, &Place)| Row {
            means: self.means(place.id, scales, release),
            values: values(place),
            stands_out: stands_out.iter().map(|scale| scale[index]).collect(),
            levels: self.get(place.id, Measure::Level).map(view::split),
            profiles: self.get(place.id, Measure::Profile).map(view::split),
            participation: self
                .get(place.id, Measure::Participation)
                .map(|cell| participation(place.id, view::split(cell)))
                .unwrap_or_default(),
            place: place.clone(),
        };
        places.iter().enumerate().map(row).collect()
    }

    fn means(&self, department: DepartmentId, scales: &[Scale], release: &Release) -> Vec<Mean> {
        let mean = |scale: &Scale| {
            let spread = release.spread(&self.version.instrument, *scale);
            let limits = view::limits(&self.version.instrument, *scale);
            view::mean(self.get(department, Measure::Mean(*scale)), spread, limits)
        };
        scales.iter().map(mean).collect()
    }

    fn get(&self, department: DepartmentId, measure: Measure) -> Option<&store::Cell> {
        self.cells.get(&(department, measure.key(&self.version.instrument)))
    }
}

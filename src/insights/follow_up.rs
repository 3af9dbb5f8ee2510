//! How a department's figures developed from one closed campaign to the next.

use crate::{
    domain::{DepartmentId, PeriodId, PeriodKind},
    error::AppError,
    insights::{PERIODS, Release, store, view},
    instruments::{
        VersionId,
        instrument::{Instrument, Scale},
    },
    publication::Measure,
    statistics::Sample,
};
use diesel::PgConnection;
use std::collections::HashMap;

/// The closed campaigns of a questionnaire, with one department's cells.
pub struct Campaigns {
    /// Oldest first.
    releases: Vec<Release>,
    cells: HashMap<PeriodId, HashMap<(DepartmentId, String), store::Cell>>,
    department: DepartmentId,
}

/// What a department's campaigns with one questionnaire published.
///
/// # Errors
/// Those of the database.
pub fn campaigns(conn: &mut PgConnection, version: VersionId, department: DepartmentId) -> Result<Campaigns, AppError> {
    let mut releases = store::releases(conn, PERIODS)?;
    releases.retain(|release| release.version == version && release.kind == PeriodKind::Campaign);
    releases.reverse();
    let periods: Vec<_> = releases.iter().map(|release| release.period).collect();
    let cells = store::means_over(conn, version, department, &periods)?;
    Ok(Campaigns { releases, cells, department })
}

impl Campaigns {
    /// The campaign that closed last.
    pub fn last(&self) -> Option<&Release> {
        self.releases.last()
    }

    /// A campaign and the next one that closed after it.
    pub fn pair(&self, first: PeriodId) -> Option<(&Release, &Release)> {
        let pair = self.releases.windows(2).find(|pair| pair[0].period == first)?;
        Some((&pair[0], &pair[1]))
    }

    /// A published mean with its standard deviation, for statistical tests; `None`
    /// where nothing is published.
    pub fn sample(&self, release: &Release, instrument: &Instrument, scale: Scale) -> Option<Sample> {
        let key = (self.department, Measure::Mean(scale).key(instrument));
        let cell = self.cells.get(&release.period)?.get(&key)?;
        view::sample(cell, release.spread(instrument, scale)?)
    }
}

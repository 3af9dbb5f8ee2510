//! What other modules need of the published figures: a department's latest means.

use crate::{
    domain::{DepartmentId, Dimension, Level, PeriodId, PeriodKind},
    error::AppError,
    insights::{PERIODS, Release, store, view},
    instruments::{
        Instruments,
        instrument::{Instrument, Scale},
    },
    publication::Measure,
};
use diesel::PgConnection;

/// The mean of one subscale for a department with everything below it.
#[derive(Clone, Debug, PartialEq)]
pub struct LatestMean {
    /// The period in which it was published.
    pub period: PeriodId,
    /// The subscale's id in its questionnaire.
    pub subscale: String,
    /// The dimension of burnout that it measures, if the questionnaire says so.
    pub dimension: Option<Dimension>,
    pub percent: i64,
    /// Half the width of the 95 % interval in points, where it is known.
    pub margin: Option<i64>,
    pub level: Option<Level>,
}

/// The subscale means of a department with everything below it, from the latest closed
/// campaign, else from the latest month; empty where nothing is shown.
///
/// # Errors
/// Those of the database.
pub fn latest_means(
    conn: &mut PgConnection,
    instruments: &Instruments,
    department: DepartmentId,
) -> Result<Vec<LatestMean>, AppError> {
    let releases = store::releases(conn, PERIODS)?;
    let campaign = releases.iter().find(|release| release.kind == PeriodKind::Campaign);
    let Some(release) = campaign.or(releases.first()) else { return Ok(Vec::new()) };
    let version = instruments.with_cut_offs(conn, release.version, release.cut_off_set.as_deref())?;
    let cells = store::cells(conn, release, &[department])?;
    let instrument = &version.instrument;
    let mean = |(index, subscale): (usize, &crate::instruments::instrument::Subscale)| {
        let cell = cells.get(&(department, Measure::Mean(Scale::Subscale(index)).key(instrument)));
        let mean = shown(cell, release, instrument, index);
        Some(LatestMean {
            period: release.period,
            subscale: subscale.id.clone(),
            dimension: subscale.dimension,
            percent: mean.percent?,
            margin: mean.margin,
            level: mean.level,
        })
    };
    Ok(instrument.subscales.iter().enumerate().filter_map(mean).collect())
}

fn shown(cell: Option<&store::Cell>, release: &Release, instrument: &Instrument, subscale: usize) -> view::Mean {
    let scale = Scale::Subscale(subscale);
    view::mean(cell, release.spread(instrument, scale), view::limits(instrument, scale))
}

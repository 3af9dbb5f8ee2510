//! The parts of the overview as the page shows them: heat map, trends, shares. Computes
//! nothing from the [`Overview`] but the geometry of the charts.

use crate::{
    assessment::report::scale_name,
    domain::{Level, Profile},
    i18n::Catalog,
    insights::{
        Overview, Release, Row, TrendPoint,
        view::{self, Mean, Share, Split, State},
        words,
    },
    instruments::instrument::{Instrument, Scale},
    publication::grain::Group,
    web::chart::{Chart, Point},
};

/// A subtree with more departments shows only one level at a time.
const ROWS: usize = 60;

/// A department with everything below it, ready for the template.
pub struct Picture {
    pub columns: Vec<String>,
    pub rows: Vec<HeatRow>,
    /// Whether there are departments on deeper levels that are not shown.
    pub deeper: bool,
    /// The states that any cell has, for the legend.
    pub looks: Vec<&'static str>,
    pub trends: Vec<(String, Chart)>,
    /// The periods of the trends with one cell per column, latest first.
    pub trend_rows: Vec<(String, Vec<HeatCell>)>,
    /// Scales without means: name, and a bar per group of values.
    pub values: Vec<(String, Option<&'static str>, Vec<ValueBar>)>,
    pub levels: Shares,
    pub profiles: Shares,
}

/// A department with everything below it.
pub struct HeatRow {
    pub name: String,
    /// Link to this department's own page; `None` for the one that is shown.
    pub link: Option<String>,
    /// Levels below the department that is shown.
    pub depth: i16,
    pub cells: Vec<HeatCell>,
    /// Share that answered, in percent, rounded to 5.
    pub participation: Share,
}

/// A cell of the heat map, in one of four states.
#[derive(Clone, Copy, Debug)]
pub struct HeatCell {
    pub state: &'static str,
    pub percent: Option<i64>,
    pub margin: Option<i64>,
    pub level: Option<&'static str>,
}

impl From<&Mean> for HeatCell {
    fn from(mean: &Mean) -> Self {
        Self {
            state: mean.state.code(),
            percent: mean.percent,
            margin: mean.margin,
            level: mean.level.map(Level::code),
        }
    }
}

/// How people are distributed over categories: one bar per category.
pub struct Shares {
    /// `value`, `suppressed` or `empty`; `None` where it is not measured.
    pub state: Option<&'static str>,
    pub bars: Vec<Bar>,
}

/// One category's share with its interval, and where its segment begins in the stacked
/// bar.
pub struct Bar {
    pub code: &'static str,
    pub percent: i64,
    pub low: i64,
    pub high: i64,
    pub from: i64,
}

/// The share of a group of values.
pub struct ValueBar {
    pub name: String,
    pub share: Share,
}

impl Picture {
    /// From an overview; links to other departments lead to `path`.
    pub fn new(overview: &Overview, path: &str, words: &Catalog) -> Self {
        let instrument = &overview.version.instrument;
        let deeper = overview.rows.len() > ROWS;
        let top = overview.chosen.depth;
        let shown: Vec<&Row> = overview.rows.iter().filter(|row| !deeper || row.place.depth <= top + 1).collect();
        let rows: Vec<HeatRow> = shown.into_iter().map(|row| heat_row(row, overview, path, words)).collect();
        let looks = [State::Uncertain, State::Suppressed, State::Empty].map(State::code);
        let cells = || rows.iter().flat_map(|row| &row.cells);
        Self {
            columns: overview.scales.iter().map(|scale| scale_name(instrument, *scale, words)).collect(),
            deeper,
            looks: looks.into_iter().filter(|look| cells().any(|cell| cell.state == *look)).collect(),
            trends: trends(overview, words),
            trend_rows: overview
                .trend
                .iter()
                .rev()
                .map(|point| (trend_row(point, overview, words), point.means.iter().map(HeatCell::from).collect()))
                .collect(),
            values: values(overview, words),
            levels: shares(overview.whole().levels.as_ref(), &Level::ALL.map(Level::code)),
            profiles: shares(overview.whole().profiles.as_ref(), &Profile::ALL.map(Profile::code)),
            rows,
        }
    }
}

/// The period's name, with a mark where it is from before there was noise.
fn trend_row(point: &TrendPoint, overview: &Overview, words: &Catalog) -> String {
    let period = words::period(&point.release, words);
    match words::before(&point.release, overview, words) {
        Some(before) => format!("{period} ({before})"),
        None => period,
    }
}

fn heat_row(row: &Row, overview: &Overview, path: &str, words: &Catalog) -> HeatRow {
    let chosen = row.place.id == overview.chosen.id;
    HeatRow {
        name: words::place(&row.place, words).to_owned(),
        link: (!chosen).then(|| link(path, &overview.release, overview, row.place.id.0)),
        depth: (row.place.depth - overview.chosen.depth).min(2),
        cells: row.means.iter().map(HeatCell::from).collect(),
        participation: row.participation,
    }
}

/// The URL of another department's page for the same period.
pub fn link(path: &str, release: &Release, overview: &Overview, department: i64) -> String {
    let versions = overview.releases.iter().filter(|one| one.period == release.period).count();
    let version = if versions > 1 { format!("&version={}", release.version) } else { String::new() };
    format!("{path}?period={}&department={department}{version}", release.period)
}

/// One chart per scale, over all closed periods with a figure.
fn trends(overview: &Overview, words: &Catalog) -> Vec<(String, Chart)> {
    let instrument = &overview.version.instrument;
    let chart = |(index, scale): (usize, &Scale)| {
        let name = scale_name(instrument, *scale, words);
        let point = |point: &TrendPoint| {
            let mean = point.means[index];
            let value = mean.percent?;
            Some(Point { day: point.release.ends_on, value: value as f64, error: mean.margin.unwrap_or(0) as f64 })
        };
        let points: Vec<Point> = overview.trend.iter().filter_map(point).collect();
        let label = words.with("insights-trend-of", &[("scale", name.as_str().into())]);
        (name.clone(), Chart::new(label, &[(name, points)], &bands(instrument, *scale), words))
    };
    let charts = overview.scales.iter().enumerate().map(chart);
    charts.filter(|(_, chart)| !chart.is_empty()).collect()
}

/// The levels of a scale with their upper limits in percent.
fn bands(instrument: &Instrument, scale: Scale) -> Vec<(Level, f64)> {
    let limits = view::limits(instrument, scale);
    limits.map(|(low, high)| vec![(Level::Low, low), (Level::Medium, high), (Level::High, 100.0)]).unwrap_or_default()
}

fn values(overview: &Overview, words: &Catalog) -> Vec<(String, Option<&'static str>, Vec<ValueBar>)> {
    let instrument = &overview.version.instrument;
    let of_scale = |((scale, groups), split): (&(Scale, Vec<Group>), &Split)| {
        let hidden = if split.empty { State::Empty } else { State::Suppressed };
        let state = split.shares.is_none().then_some(hidden.code());
        let shares = split.shares.iter().flatten();
        let bar = |(group, share): (&Group, &Share)| ValueBar {
            name: words::group(instrument, *scale, group, words),
            share: *share,
        };
        (scale_name(instrument, *scale, words), state, groups.iter().zip(shares).map(bar).collect())
    };
    overview.coarse.iter().zip(&overview.whole().values).map(of_scale).collect()
}

fn shares(split: Option<&Split>, codes: &[&'static str]) -> Shares {
    let Some(split) = split else { return Shares { state: None, bars: Vec::new() } };
    let Some(shares) = &split.shares else {
        let state = if split.empty { State::Empty } else { State::Suppressed };
        return Shares { state: Some(state.code()), bars: Vec::new() };
    };
    let mut from = 0;
    let bar = |(code, share): (&&'static str, &Share)| {
        let percent = share.percent.unwrap_or(0);
        let bar = Bar { code, percent, low: share.low, high: share.high, from };
        from += percent;
        bar
    };
    Shares { state: Some(State::Value.code()), bars: codes.iter().zip(shares).map(bar).collect() }
}

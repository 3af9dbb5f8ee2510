//! Composes a result for display (texts, meters, charts) from scored assessments of
//! any instrument. Pure, apart from the catalogs.

use crate::{
    assessment::{
        PastAssessment,
        change::{self, Change},
    },
    domain::Level,
    i18n::Catalog,
    instruments::{
        Version,
        instrument::{Aggregate, CutOffSet, Instrument, Scale},
        scoring,
    },
    recommendations::Strain,
    web::chart::{Chart, Point},
};
use chrono::{NaiveDate, NaiveDateTime};

/// Half width of a 95 % confidence interval, in standard errors of measurement (SEM).
const Z: f64 = 1.96;

/// A result, scale by scale.
#[derive(Clone, Debug)]
pub struct Report {
    pub made: NaiveDateTime,
    pub profile: Option<&'static str>,
    pub level: Option<&'static str>,
    /// Day of the previous assessment, which it is compared with.
    pub compared_with: Option<NaiveDate>,
    pub total: Option<ScaleReport>,
    pub dimensions: Vec<ScaleReport>,
    pub help_first: bool,
}

/// One scale of a result.
#[derive(Clone, Debug)]
pub struct ScaleReport {
    pub name: String,
    /// Raw score; `None` with too few answers.
    pub raw: Option<f64>,
    pub max: f64,
    pub level: Option<&'static str>,
    /// What the level means, as a sentence.
    pub meaning: String,
    pub meter: Meter,
    pub change: Option<ChangeReport>,
}

/// A score on its scale: the score, its 95 % band (`low` to `high`), the previous
/// score and the levels' bands, in percent of the range. Higher is always more strain.
#[derive(Clone, Debug, Default)]
pub struct Meter {
    pub value: f64,
    pub low: f64,
    pub high: f64,
    pub before: Option<f64>,
    pub bands: Vec<MeterBand>,
}

#[derive(Clone, Debug)]
pub struct MeterBand {
    pub level: &'static str,
    pub x: f64,
    pub width: f64,
}

/// Whether a scale changed reliably, see [`Change`].
#[derive(Clone, Debug)]
pub struct ChangeReport {
    /// `within`, `real` or `sustained`, see [`Change::code`].
    pub code: &'static str,
    /// `up`, `down`, or empty for `within`.
    pub direction: &'static str,
    pub words: String,
}

impl Report {
    /// Composes the report on `past[0]`, compared with the ones after it:
    /// earlier assessments of the same version, latest first.
    pub fn new(version: &Version, past: &[(PastAssessment, NaiveDateTime)], words: &'static Catalog) -> Self {
        let instrument = &version.instrument;
        let (latest, made) = &past[0];
        let score = latest.score();
        let scale = |scale: Scale| scale_report(instrument, scale, past, words);
        Self {
            made: *made,
            profile: latest.profile.map(crate::domain::Profile::code),
            level: latest.level.map(Level::code),
            compared_with: past.get(1).map(|(_, made)| made.date()),
            total: instrument.total.as_ref().map(|_| scale(Scale::Total)),
            dimensions: (0..instrument.subscales.len()).map(|index| scale(Scale::Subscale(index))).collect(),
            help_first: Strain::of(instrument, &score).help_first(),
        }
    }

    /// The names of the high scales, for the sentence on top.
    pub fn high(&self) -> Vec<&str> {
        let high = |scale: &&ScaleReport| scale.level == Some(Level::High.code());
        self.dimensions.iter().filter(high).map(|scale| scale.name.as_str()).collect()
    }
}

/// The raw score of one scale of an assessment; `None` with too few answers.
pub fn raw(past: &PastAssessment, scale: Scale) -> Option<f64> {
    match scale {
        Scale::Subscale(index) => past.subscales.get(index).copied().flatten(),
        Scale::Total => past.total,
    }
}

fn scale_report(
    instrument: &Instrument,
    scale: Scale,
    past: &[(PastAssessment, NaiveDateTime)],
    words: &'static Catalog,
) -> ScaleReport {
    let (latest, _) = &past[0];
    let value = raw(latest, scale);
    let level = value.and_then(|raw| scoring::level(instrument, scale, raw));
    ScaleReport {
        name: scale_name(instrument, scale, words),
        raw: value,
        max: instrument.range(scale).1,
        level: level.map(Level::code),
        meaning: meaning(instrument, scale, value, level, words),
        meter: value.map(|raw| meter(instrument, scale, raw, past)).unwrap_or_default(),
        change: change_report(instrument, scale, past, words),
    }
}

/// A scale's name in the catalog's language.
pub fn scale_name(instrument: &Instrument, scale: Scale, words: &Catalog) -> String {
    match scale {
        Scale::Subscale(index) => instrument.subscales[index].name.in_language(words.language()).to_owned(),
        Scale::Total => total_name(instrument, words),
    }
}

/// The name of the total, which depends on whether it is a sum or a mean.
pub fn total_name(instrument: &Instrument, words: &Catalog) -> String {
    let is_mean = instrument.total.as_ref().is_some_and(|total| total.aggregate == Aggregate::Mean);
    words.text(if is_mean { "scale-total-mean" } else { "scale-total" }).to_owned()
}

fn meaning(instrument: &Instrument, scale: Scale, value: Option<f64>, level: Option<Level>, words: &Catalog) -> String {
    match (scale, level) {
        (Scale::Subscale(index), Some(Level::High)) => {
            instrument.subscales[index].high_means.in_language(words.language()).to_owned()
        }
        (_, Some(level)) => words.text(&format!("scale-meaning-{}", level.code())).to_owned(),
        (_, None) if value.is_some() => words.text("scale-meaning-no-limits").to_owned(),
        (_, None) => words.text("scale-meaning-none").to_owned(),
    }
}

fn meter(instrument: &Instrument, scale: Scale, raw_value: f64, past: &[(PastAssessment, NaiveDateTime)]) -> Meter {
    let value = scoring::strain(instrument, scale, raw_value);
    let error = error(instrument, scale);
    let before = past.get(1).and_then(|(earlier, _)| raw(earlier, scale));
    let mut from = 0.0;
    let bands = limits(instrument, scale)
        .into_iter()
        .map(|(level, to)| {
            let band = MeterBand { level: level.code(), x: round(from), width: round(to - from) };
            from = to;
            band
        })
        .collect();
    Meter {
        value: round(value),
        low: round((value - error).max(0.0)),
        high: round((value + error).min(100.0)),
        before: before.map(|raw| round(scoring::strain(instrument, scale, raw))),
        bands,
    }
}

/// Half width of the 95 % confidence interval around a score, in percent of the
/// range; 0 where the instrument declares no SEM.
pub fn error(instrument: &Instrument, scale: Scale) -> f64 {
    let (min, max) = instrument.range(scale);
    instrument.sem(scale).map_or(0.0, |sem| 100.0 * Z * sem / (max - min))
}

/// The source of a cut-off set: from the catalogs if they have it, else the citation
/// in the questionnaire's file.
pub fn limits_source(instrument: &Instrument, set: &CutOffSet, words: &Catalog) -> String {
    let key = format!("limits-{}-{}", instrument.id, set.id);
    if words.has(&key) { words.text(&key).to_owned() } else { set.source.clone() }
}

/// Levels with their upper cut-offs in percent of strain, lowest first. Between two
/// bands of whole numbers the cut-off lies half-way.
pub fn limits(instrument: &Instrument, scale: Scale) -> Vec<(Level, f64)> {
    let (bands, percent) = (instrument.bands(scale), scoring::percents(instrument, scale));
    let mut limits: Vec<(Level, f64)> = bands
        .iter()
        .enumerate()
        .map(|(index, band)| {
            let next = bands.get(index + 1).map_or(band.to, |next| next.from);
            (band.level, percent((band.to + next) / 2.0))
        })
        .collect();
    if instrument.direction(scale) == crate::instruments::instrument::Direction::HigherIsBetter {
        let lower = bands.iter().enumerate().map(|(index, band)| {
            let previous = index.checked_sub(1).map_or(band.from, |previous| bands[previous].to);
            (band.level, 100.0 - percent((band.from + previous) / 2.0))
        });
        limits = lower.rev().collect();
    }
    limits
}

fn change_report(
    instrument: &Instrument,
    scale: Scale,
    past: &[(PastAssessment, NaiveDateTime)],
    words: &Catalog,
) -> Option<ChangeReport> {
    let threshold = instrument.real_change(scale)?;
    let value = |index: usize| past.get(index).and_then(|(past, _)| raw(past, scale));
    let (latest, previous, before) = (value(0)?, value(1)?, value(2));
    let found = change::compare(latest, previous, before, threshold);
    let (delta, since) = match found {
        Change::WithinError => (0.0, past[1].1),
        Change::Real { delta } => (delta, past[1].1),
        Change::Sustained { delta } => (delta, past[2].1),
    };
    let direction = match found {
        Change::WithinError => "",
        _ if delta > 0.0 => "up",
        _ => "down",
    };
    let key =
        if direction.is_empty() { "change-within".to_owned() } else { format!("change-{}-{direction}", found.code()) };
    let points = words.number(delta.abs());
    let date = words.date(since.date());
    Some(ChangeReport {
        code: found.code(),
        direction,
        words: words.with(&key, &[("points", points.into()), ("date", date.into())]),
    })
}

/// A chart of one scale over assessments of one version, latest first.
pub fn scale_chart(
    instrument: &Instrument,
    scale: Scale,
    past: &[(PastAssessment, NaiveDateTime)],
    words: &'static Catalog,
) -> Chart {
    let name = scale_name(instrument, scale, words);
    let series = [(name.clone(), points(instrument, scale, past, error(instrument, scale)))];
    let label = words.with("chart-scale-label", &[("name", name.into())]);
    Chart::new(label, &series, &limits(instrument, scale), words)
}

/// One chart of every subscale over assessments of one version, latest first.
pub fn overview_chart(
    instrument: &Instrument,
    past: &[(PastAssessment, NaiveDateTime)],
    words: &'static Catalog,
) -> Chart {
    let scales = (0..instrument.subscales.len()).map(Scale::Subscale);
    let series: Vec<_> =
        scales.map(|scale| (scale_name(instrument, scale, words), points(instrument, scale, past, 0.0))).collect();
    Chart::new(words.text("chart-overview-label").to_owned(), &series, &[], words)
}

fn points(instrument: &Instrument, scale: Scale, past: &[(PastAssessment, NaiveDateTime)], error: f64) -> Vec<Point> {
    let strain = scoring::strains(instrument, scale);
    let point = |(past, made): &(PastAssessment, NaiveDateTime)| {
        let value = strain(raw(past, scale)?);
        Some(Point { day: made.date(), value, error })
    };
    past.iter().rev().filter_map(point).collect()
}

fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

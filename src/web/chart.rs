//! Geometry of line charts over time, in percent of the drawing: the templates
//! draw them as SVG that takes its colours from the page.

use crate::{assessment::Level, i18n::Catalog};
use chrono::{Datelike as _, NaiveDate};

/// How many labels of the time axis a narrow screen has room for.
const LABELS_NARROW: usize = 4;
/// And a wide one.
const LABELS_WIDE: usize = 12;

/// One measured value: a day and a percentage, with half the width of its error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    pub day: NaiveDate,
    /// 0 to 100.
    pub value: f64,
    /// Percentage points either way; 0 draws none.
    pub error: f64,
}

/// A chart ready to be drawn. All coordinates are percent from the top left.
#[derive(Clone, Debug)]
pub struct Chart {
    /// What a screen reader says.
    pub label: String,
    pub zones: Vec<Zone>,
    pub ticks: Vec<Tick>,
    pub series: Vec<Series>,
}

/// The part of the scale that has one level.
#[derive(Clone, Debug)]
pub struct Zone {
    pub level: &'static str,
    pub y: f64,
    pub height: f64,
}

/// A label of the time axis.
#[derive(Clone, Debug)]
pub struct Tick {
    pub x: f64,
    pub text: String,
    /// Hidden on narrow screens.
    pub minor: bool,
}

/// One line with its dots.
#[derive(Clone, Debug)]
pub struct Series {
    pub name: String,
    pub line: String,
    /// The measurement error around the line; empty without one.
    pub band: String,
    pub dots: Vec<Dot>,
}

#[derive(Clone, Debug)]
pub struct Dot {
    pub x: f64,
    pub y: f64,
    pub title: String,
}

impl Chart {
    /// Draws series of points, each in order of time, on one time axis.
    /// `bands` are levels with their upper limits in percent, lowest first.
    pub fn new(label: String, series: &[(String, Vec<Point>)], bands: &[(Level, f64)], words: &Catalog) -> Self {
        let axis = Axis::over(series.iter().flat_map(|(_, points)| points.iter().map(|point| point.day)));
        let mut below = 0.0;
        let zones = bands
            .iter()
            .map(|(level, limit)| {
                let zone = Zone { level: level.code(), y: round(100.0 - limit), height: round(limit - below) };
                below = *limit;
                zone
            })
            .collect();
        Self {
            label: with_latest(label, series, words),
            zones,
            ticks: axis.ticks(words),
            series: series.iter().map(|(n, p)| draw(n, p, &axis, words)).collect(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.series.iter().all(|series| series.dots.is_empty())
    }
}

/// The label with the latest value of each series, for who does not see the lines.
fn with_latest(label: String, series: &[(String, Vec<Point>)], words: &Catalog) -> String {
    let latest = series.iter().filter_map(|(name, points)| Some((name, points.last()?)));
    let values = latest.map(|(name, point)| format!("{name} {} ({})", words.number(point.value), words.date(point.day)));
    let values = values.collect::<Vec<_>>().join("; ");
    if values.is_empty() { label } else { format!("{label}. {values}") }
}

fn draw(name: &str, points: &[Point], axis: &Axis, words: &Catalog) -> Series {
    let at = |point: &Point, value: f64| (axis.x(point.day), round(100.0 - value.clamp(0.0, 100.0)));
    let path = |coordinates: Vec<(f64, f64)>| {
        coordinates.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ")
    };
    let has_error = points.len() > 1 && points.iter().any(|point| point.error > 0.0);
    let upper = points.iter().map(|point| at(point, point.value + point.error));
    let lower = points.iter().rev().map(|point| at(point, point.value - point.error));
    let title = |point: &Point| format!("{}: {} %", words.date(point.day), words.number(point.value));
    let dots = points.iter().map(|point| {
        let (x, y) = at(point, point.value);
        Dot { x, y, title: title(point) }
    });
    Series {
        name: name.to_owned(),
        line: path(points.iter().map(|point| at(point, point.value)).collect()),
        band: if has_error { path(upper.chain(lower).collect()) } else { String::new() },
        dots: dots.collect(),
    }
}

/// Days laid out from 2 to 98 percent, true to the time between them.
struct Axis {
    days: Vec<NaiveDate>,
}

impl Axis {
    fn over(days: impl Iterator<Item = NaiveDate>) -> Self {
        let mut days: Vec<_> = days.collect();
        days.sort();
        days.dedup();
        Self { days }
    }

    fn x(&self, day: NaiveDate) -> f64 {
        let (Some(first), Some(last)) = (self.days.first(), self.days.last()) else { return 50.0 };
        let span = (*last - *first).num_days();
        if span == 0 {
            return 50.0;
        }
        round(2.0 + 96.0 * (day - *first).num_days() as f64 / span as f64)
    }

    /// Labels far enough apart: every day's, thinned out.
    fn ticks(&self, words: &Catalog) -> Vec<Tick> {
        let mut ticks: Vec<Tick> = Vec::new();
        let mut last_major = f64::NEG_INFINITY;
        for day in &self.days {
            let x = self.x(*day);
            if ticks.last().is_some_and(|tick| x - tick.x < 100.0 / LABELS_WIDE as f64 - 1.0) {
                continue;
            }
            let minor = x - last_major < 100.0 / LABELS_NARROW as f64 - 1.0;
            if !minor {
                last_major = x;
            }
            let whole_year =
                self.days.last().zip(self.days.first()).is_some_and(|(last, first)| (*last - *first).num_days() > 200);
            let text = if whole_year {
                words.text(&format!("month-short-{}", day.month())).to_owned()
            } else {
                words.short_date(*day)
            };
            ticks.push(Tick { x, text, minor });
        }
        ticks
    }
}

fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, n).unwrap()
    }

    #[test]
    fn points_lie_where_their_day_and_value_are() {
        let points = [(1, 0.0), (11, 50.0), (21, 100.0)].map(|(n, value)| Point { day: day(n), value, error: 10.0 });
        let bands = [(Level::Low, 37.5), (Level::Medium, 62.5), (Level::High, 100.0)];
        let chart = Chart::new("x".into(), &[("one".into(), points.to_vec())], &bands, Language::En.catalog());
        assert_eq!(chart.series[0].line, "2,100 50,50 98,0");
        assert_eq!(chart.series[0].band, "2,90 50,40 98,0 98,10 50,60 2,100", "error stops at the edge");
        assert_eq!(
            chart.zones.iter().map(|zone| (zone.y, zone.height)).collect::<Vec<_>>(),
            [(62.5, 37.5), (37.5, 25.0), (0.0, 37.5)]
        );
    }

    #[test]
    fn one_point_stands_in_the_middle() {
        let point = Point { day: day(5), value: 40.0, error: 5.0 };
        let chart = Chart::new("x".into(), &[("one".into(), vec![point])], &[], Language::En.catalog());
        assert_eq!((chart.series[0].dots[0].x, chart.series[0].dots[0].y), (50.0, 60.0));
        assert!(chart.series[0].band.is_empty());
    }

    #[test]
    fn labels_keep_their_distance() {
        let points: Vec<_> = (1..=31).map(|n| Point { day: day(n), value: 1.0, error: 0.0 }).collect();
        let chart = Chart::new("x".into(), &[("one".into(), points)], &[], Language::En.catalog());
        assert!(chart.ticks.len() <= LABELS_WIDE + 1);
        assert!(chart.ticks.iter().filter(|tick| !tick.minor).count() <= LABELS_NARROW + 1);
    }
}

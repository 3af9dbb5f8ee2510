//! Geometry of line charts over time, in percent of the drawing. Templates render them
//! as SVG; the colours come from the style sheet.

use crate::{domain::Level, i18n::Catalog};
use chrono::NaiveDate;
use std::fmt::{self, Write as _};

/// How many labels the time axis has at most on a narrow screen.
const LABELS_NARROW: usize = 4;
/// How many it has on a wide one.
const LABELS_WIDE: usize = 12;

/// One value: a day and a percentage, with the half-width of its error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    pub day: NaiveDate,
    /// 0 to 100.
    pub value: f64,
    /// Half-width of the error in percentage points; 0 draws none.
    pub error: f64,
}

/// A coordinate, stored in hundredths of a percent: a page writes hundreds of them, and
/// integers are formatted several times as fast as fractions.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Percent(u16);

impl From<f64> for Percent {
    fn from(value: f64) -> Self {
        Self((value.clamp(0.0, 100.0) * 100.0).round() as u16)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(all) = *self;
        let digit = |power: u16| b'0' + (all / power % 10) as u8;
        let text = [digit(10_000), digit(1_000), digit(100), b'.', digit(10), digit(1)];
        let begin = if all < 1_000 {
            2
        } else if all < 10_000 {
            1
        } else {
            0
        };
        let end = if all % 100 == 0 {
            3
        } else if all % 10 == 0 {
            5
        } else {
            6
        };
        f.write_str(std::str::from_utf8(&text[begin..end]).unwrap_or_default())
    }
}

/// A chart ready to be drawn. All coordinates are in percent, from the top left corner.
#[derive(Clone, Debug)]
pub struct Chart {
    /// The text alternative for screen readers.
    pub label: String,
    pub zones: Vec<Zone>,
    pub ticks: Vec<Tick>,
    pub series: Vec<Series>,
}

/// The horizontal band of one level.
#[derive(Clone, Debug)]
pub struct Zone {
    pub level: &'static str,
    pub y: Percent,
    pub height: Percent,
}

/// A label of the time axis.
#[derive(Clone, Debug)]
pub struct Tick {
    pub x: Percent,
    pub text: String,
    /// Hidden on narrow screens.
    pub minor: bool,
}

/// One line with its points.
#[derive(Clone, Debug)]
pub struct Series {
    pub name: String,
    pub line: String,
    /// The band of measurement error around the line; empty without one.
    pub band: String,
    pub dots: Vec<Dot>,
}

/// A point of a line, with day and value for its tooltip.
#[derive(Clone, Debug)]
pub struct Dot {
    pub x: Percent,
    pub y: Percent,
    pub day: NaiveDate,
    pub value: f64,
}

impl Chart {
    /// Draws series of points, each in order of time, on a common time axis. `bands`
    /// are levels with their upper limits in percent, lowest first.
    pub fn new(label: String, series: &[(String, Vec<Point>)], bands: &[(Level, f64)], words: &Catalog) -> Self {
        let axis = Axis::over(series.iter().flat_map(|(_, points)| points.iter().map(|point| point.day)));
        let mut below = 0.0;
        let zones = bands
            .iter()
            .map(|(level, limit)| {
                let zone = Zone { level: level.code(), y: (100.0 - limit).into(), height: (limit - below).into() };
                below = *limit;
                zone
            })
            .collect();
        Self {
            label: with_latest(label, series, words),
            zones,
            ticks: axis.ticks(words),
            series: series.iter().map(|(n, p)| draw(n, p, &axis)).collect(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.series.iter().all(|series| series.dots.is_empty())
    }
}

/// The label with the latest value of each series, for people who cannot see the lines.
fn with_latest(label: String, series: &[(String, Vec<Point>)], words: &Catalog) -> String {
    let latest = series.iter().filter_map(|(name, points)| Some((name, points.last()?)));
    let values =
        latest.map(|(name, point)| format!("{name} {} ({})", words.number(point.value), words.date(point.day)));
    let values = values.collect::<Vec<_>>().join("; ");
    if values.is_empty() { label } else { format!("{label}. {values}") }
}

fn draw(name: &str, points: &[Point], axis: &Axis) -> Series {
    let at = |point: &Point, value: f64| (Percent::from(axis.x(point.day)), Percent::from(100.0 - value));
    let has_error = points.len() > 1 && points.iter().any(|point| point.error > 0.0);
    let upper = points.iter().map(|point| at(point, point.value + point.error));
    let lower = points.iter().rev().map(|point| at(point, point.value - point.error));
    let dots = points.iter().map(|point| {
        let (x, y) = at(point, point.value);
        Dot { x, y, day: point.day, value: point.value }
    });
    Series {
        name: name.to_owned(),
        line: path(points.iter().map(|point| at(point, point.value))),
        band: if has_error { path(upper.chain(lower)) } else { String::new() },
        dots: dots.collect(),
    }
}

/// The points of a line in the syntax of SVG.
fn path(coordinates: impl Iterator<Item = (Percent, Percent)>) -> String {
    let mut path = String::with_capacity(12 * coordinates.size_hint().0);
    for (x, y) in coordinates {
        let gap = if path.is_empty() { "" } else { " " };
        let _ = write!(path, "{gap}{x},{y}"); // writing to a string cannot fail
    }
    path
}

/// The time axis: days from 2 to 98 percent of the width, in proportion to the time
/// between them.
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
        2.0 + 96.0 * (day - *first).num_days() as f64 / span as f64
    }

    /// A label per day, leaving out those too close to the one before.
    fn ticks(&self, words: &Catalog) -> Vec<Tick> {
        let mut ticks: Vec<Tick> = Vec::new();
        let (mut last, mut last_major) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        let whole_year =
            self.days.last().zip(self.days.first()).is_some_and(|(last, first)| (*last - *first).num_days() > 200);
        for day in &self.days {
            let x = self.x(*day);
            if x - last < 100.0 / LABELS_WIDE as f64 - 1.0 {
                continue;
            }
            last = x;
            let minor = x - last_major < 100.0 / LABELS_NARROW as f64 - 1.0;
            if !minor {
                last_major = x;
            }
            let text = if whole_year { words.short_month(*day).to_owned() } else { words.short_date(*day) };
            ticks.push(Tick { x: x.into(), text, minor });
        }
        ticks
    }
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
            [(62.5, 37.5), (37.5, 25.0), (0.0, 37.5)].map(|(y, height): (f64, f64)| (y.into(), height.into()))
        );
    }

    #[test]
    fn percents_are_written_like_numbers() {
        for (value, text) in
            [(0.0, "0"), (7.0, "7"), (7.05, "7.05"), (62.5, "62.5"), (99.999, "100"), (-3.0, "0"), (33.333, "33.33")]
        {
            assert_eq!(Percent::from(value).to_string(), text);
        }
    }

    #[test]
    fn one_point_stands_in_the_middle() {
        let point = Point { day: day(5), value: 40.0, error: 5.0 };
        let chart = Chart::new("x".into(), &[("one".into(), vec![point])], &[], Language::En.catalog());
        assert_eq!((chart.series[0].dots[0].x, chart.series[0].dots[0].y), (50.0.into(), 60.0.into()));
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

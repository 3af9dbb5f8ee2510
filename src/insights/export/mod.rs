//! The overview as lines for a file: one figure per line, in the order of the page.
//! Made from the same [`Overview`] as the page, so a file never holds what the page
//! hides.

mod csv;
mod xlsx;

use crate::{
    audit::{self, Event},
    departments::SEPARATOR,
    domain::{Level, Profile, Scope, UserId},
    error::AppError,
    i18n::Catalog,
    insights::{
        self, Filter, Overview, Place, Release, Row,
        view::{Change, Mean, Share, Split, State},
        words,
    },
    instruments::Instruments,
    publication::{Measure, grain::Group, pulses::MEASURES as PULSE_MEASURES},
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::{Connection as _, PgConnection};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Xlsx,
}

impl Format {
    /// Its file extension and media type.
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Csv => ("csv", "text/csv; charset=utf-8"),
            Self::Xlsx => ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        }
    }
}

/// The overview as a file: its name and its content. The export is recorded in the
/// audit log.
///
/// # Errors
/// [`AppError::NotFound`] when nothing is published that this reader may see.
pub fn export(
    conn: &mut PgConnection,
    instruments: &Instruments,
    (actor, scope): (UserId, Scope),
    filter: Filter,
    (format, words): (Format, &Catalog),
    now: DateTime<Utc>,
) -> Result<(String, Vec<u8>), AppError> {
    let reach = insights::reach(conn, scope)?;
    let overview = insights::overview(conn, instruments, &reach, filter)?.ok_or(AppError::NotFound)?;
    let content = match format {
        Format::Csv => csv::write(&lines(&overview, words)),
        Format::Xlsx => xlsx::write(&overview, words),
    };
    let content = content.map_err(AppError::Internal)?;
    let period = &overview.release;
    let details = json!({ "department": overview.chosen.id, "format": format.names().0 });
    conn.transaction(|conn| {
        audit::record(conn, Some(actor), Event::InsightsExported, Some(period.period.0), details, now)
    })?;
    let (ending, _) = format.names();
    Ok((format!("hearth-{}-{}-{}.{ending}", period.kind.code(), period.starts_on, period.ends_on), content))
}

/// One figure with what it measures.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = OverviewLine)]
pub struct Line {
    period: String,
    from: NaiveDate,
    to: NaiveDate,
    /// Path from the top, such as `Sales / North`.
    department: String,
    /// Such as `mean.ee`, `change.ee`, `level.high`, `participation`; for a scale with
    /// too few possible values for a mean, `value.ID.VALUE`.
    measure: String,
    /// `value`, `uncertain`, `suppressed` or `empty`; of a change `real` (statistically
    /// significant) or `chance`.
    #[schema(value_type = String)]
    state: &'static str,
    percent: Option<i64>,
    low: Option<i64>,
    high: Option<i64>,
    /// Rounded down to a multiple of 5.
    people: Option<i64>,
    #[schema(value_type = Option<String>)]
    level: Option<&'static str>,
}

impl Line {
    fn about(release: &Release, department: String, words: &Catalog) -> Self {
        Self {
            period: words::period(release, words),
            from: release.starts_on,
            to: release.ends_on,
            department,
            measure: String::new(),
            state: State::Suppressed.code(),
            percent: None,
            low: None,
            high: None,
            people: None,
            level: None,
        }
    }

    fn mean(&self, measure: String, mean: &Mean) -> Self {
        let (low, high) = mean.interval().unzip();
        let people = mean.percent.map(|_| mean.people);
        let level = mean.level.map(Level::code);
        Self { measure, state: mean.state.code(), percent: mean.percent, low, high, people, level, ..self.clone() }
    }

    fn change(&self, measure: String, change: &Change) -> Self {
        let state = if change.significant { "real" } else { "chance" };
        let (percent, low, high) = (Some(change.difference), Some(change.low), Some(change.high));
        Self { measure, state, percent, low, high, ..self.clone() }
    }

    fn share(&self, measure: String, share: Share, people: Option<i64>) -> Self {
        let shown = |value: i64| share.percent.map(|_| value);
        let state = if share.percent.is_some() { State::Value } else { State::Suppressed };
        let (low, high) = (shown(share.low), shown(share.high));
        Self { measure, state: state.code(), percent: share.percent, low, high, people, ..self.clone() }
    }

    fn split(&self, measure: &str, split: &Split, codes: &[&str]) -> Vec<Self> {
        let hidden = if split.empty { State::Empty } else { State::Suppressed };
        let line = |(index, code): (usize, &&str)| {
            let measure = format!("{measure}.{code}");
            match &split.shares {
                Some(shares) => self.share(measure, shares[index], Some(split.people)),
                None => Self { measure, state: hidden.code(), ..self.clone() },
            }
        };
        codes.iter().enumerate().map(line).collect()
    }
}

/// Everything that the page shows: the chosen period with all departments, then the
/// earlier periods, the daily note and the completed recommendations.
pub fn lines(overview: &Overview, words: &Catalog) -> Vec<Line> {
    let mut lines: Vec<Line> = overview.rows.iter().flat_map(|row| of_row(overview, row, words)).collect();
    let department = path(overview, &overview.chosen, words);
    let about = |release: &Release| Line::about(release, department.clone(), words);
    for point in overview.trend.iter().rev().filter(|point| point.release != overview.release) {
        lines.extend(means(overview, &about(&point.release), &point.means));
    }
    for one in overview.pulse.iter().rev() {
        let period = words::pulse(one, words);
        let about = Line { from: one.starts_on, to: one.ends_on(), period, ..about(&overview.release) };
        let measured = PULSE_MEASURES.iter().zip(&one.means);
        lines.extend(measured.map(|(measure, mean)| about.mean(format!("pulse.{measure}"), mean)));
    }
    let whole = about(&overview.release);
    let completed = overview.completed.iter();
    lines
        .extend(completed.map(|(category, share)| whole.share(format!("completed.{}", category.code()), *share, None)));
    lines
}

fn of_row(overview: &Overview, row: &Row, words: &Catalog) -> Vec<Line> {
    let about = Line::about(&overview.release, path(overview, &row.place, words), words);
    let mut lines = means(overview, &about, &row.means);
    if row.place.id == overview.chosen.id {
        let changes = overview.scales.iter().zip(&overview.changes);
        let id = |scale| overview.version.instrument.scale_id(scale);
        lines.extend(
            changes
                .filter_map(|(scale, change)| Some(about.change(format!("change.{}", id(*scale)), change.as_ref()?))),
        );
    }
    for ((scale, groups), split) in overview.coarse.iter().zip(&row.values) {
        let codes: Vec<String> = groups.iter().map(Group::code).collect();
        let measure = Measure::Values(*scale).key(&overview.version.instrument);
        lines.extend(about.split(&measure, split, &codes.iter().map(String::as_str).collect::<Vec<_>>()));
    }
    if let Some(levels) = &row.levels {
        lines.extend(about.split("level", levels, &Level::ALL.map(Level::code)));
    }
    if let Some(profiles) = &row.profiles {
        lines.extend(about.split("profile", profiles, &Profile::ALL.map(Profile::code)));
    }
    lines.push(about.share("participation".to_owned(), row.participation, None));
    lines
}

fn means(overview: &Overview, about: &Line, means: &[Mean]) -> Vec<Line> {
    let key = |scale| Measure::Mean(scale).key(&overview.version.instrument);
    overview.scales.iter().zip(means).map(|(scale, mean)| about.mean(key(*scale), mean)).collect()
}

/// A department's path, from the highest department that the reader may see.
fn path(overview: &Overview, place: &Place, words: &Catalog) -> String {
    let parent = |place: &&Place| overview.places.iter().find(|one| insights::is_child(place, one));
    let mut names: Vec<&str> =
        std::iter::successors(Some(place), parent).map(|place| words::place(place, words)).collect();
    names.reverse();
    names.join(SEPARATOR)
}

//! Puts the insights into words: periods, departments and the sentences of the summary
//! in the reader's language. Decides nothing.

use crate::{
    assessment::report::scale_name,
    domain::{Level, PeriodKind},
    i18n::Catalog,
    insights::{
        Overview, Place, PulsePoint, Release,
        summary::{Facts, Named, Sentence, Since, Value, summary},
    },
    instruments::instrument::{Choice, Instrument, Scale},
    publication::{grain::Group, pulses::PulseLength},
};
use chrono::{Datelike as _, NaiveDate};

/// A period as a title: "October 2026", or a campaign's name.
pub fn period(release: &Release, words: &Catalog) -> String {
    match campaign(release) {
        Some(name) => name.to_owned(),
        None => month(release.starts_on, "insights-period-month", "month-name", words),
    }
}

/// The beginning of a sentence: "In October 2026".
fn period_in(release: &Release, words: &Catalog) -> String {
    match campaign(release) {
        Some(name) => words.with("insights-in-campaign", &[("name", name.into())]),
        None => month(release.starts_on, "insights-in-month", "month-in", words),
    }
}

/// The period that a sentence compares with: "since September 2026".
pub fn since(release: &Release, words: &Catalog) -> String {
    match campaign(release) {
        Some(name) => words.with("insights-since-campaign", &[("name", name.into())]),
        None => month(release.starts_on, "insights-since-month", "month", words),
    }
}

fn campaign(release: &Release) -> Option<&str> {
    release.name.as_deref().filter(|_| release.kind == PeriodKind::Campaign)
}

fn month(first: NaiveDate, key: &str, family: &str, words: &Catalog) -> String {
    let month = words.text(&format!("{family}-{}", first.month())).to_owned();
    words.with(key, &[("month", month.into()), ("year", first.year().to_string().into())])
}

/// What a figure of the daily note is of: "October 2026", "Week from 6 October 2026".
pub fn pulse(point: &PulsePoint, words: &Catalog) -> String {
    match point.length {
        PulseLength::Month => month(point.starts_on, "insights-period-month", "month-name", words),
        PulseLength::Week => words.with("insights-pulse-week", &[("date", words.date(point.starts_on).into())]),
    }
}

/// A department's name; the whole company has a name from the catalog.
pub fn place<'a>(place: &'a Place, words: &'a Catalog) -> &'a str {
    if place.name.is_empty() { words.text("insights-company") } else { &place.name }
}

/// Notes on what is counted, how it is computed and how to read it.
pub fn how_to_read(overview: &Overview, words: &Catalog) -> Vec<String> {
    let least = least(&overview.release);
    let blocks = words.with("insights-how-blocks", &[("count", least.into()), ("twice", (2 * least).into())]);
    let text = |key| words.text(key).to_owned();
    let noise = match overview.release.noise {
        Some(_) => text("insights-how-noise"),
        None => words.with("insights-before-rules", &[("date", words.date(overview.noise_since).into())]),
    };
    vec![
        text("insights-how-who"),
        text("insights-how-scale"),
        blocks,
        noise,
        text("insights-how-months"),
        text("insights-how-rounding"),
        text("insights-how-coarse"),
        text("insights-how-intervals"),
        text("insights-how-changes"),
        text("insights-how-icd"),
    ]
}

/// The mark of a release from before there was noise.
pub fn before(release: &Release, overview: &Overview, words: &Catalog) -> Option<String> {
    let date = || words.date(overview.noise_since);
    release.noise.is_none().then(|| words.with("insights-before", &[("date", date().into())]))
}

/// The smallest number of people behind a mean of a release.
pub fn least(release: &Release) -> u64 {
    let k = u64::from(release.min_group.unsigned_abs());
    release.noise.map_or(k, |kind| kind.least(k))
}

/// The sentences of the summary.
pub fn sentences(overview: &Overview, words: &Catalog) -> Vec<String> {
    let told = summary(&Facts::from(overview));
    let sentence = |(index, sentence): (usize, &Sentence)| {
        Teller {
            overview,
            words,
            opens: index == 0,
            names_scale: !matches!(told.first(), Some(Sentence::StandsOut { .. })),
        }
        .sentence(sentence)
    };
    told.iter().enumerate().map(sentence).collect()
}

/// The name of a group of values: the answer's label where the scale is a single
/// question, else the values.
pub fn group(instrument: &Instrument, scale: Scale, group: &Group, words: &Catalog) -> String {
    let (from, to) = (words.precise(group.from), words.precise(group.to));
    if group.from < group.to {
        return format!("{from}–{to}");
    }
    let items = instrument.scale_items(scale);
    let is_answer = |choice: &&Choice| (instrument.counted(items[0], choice.value) - group.from).abs() < 1e-9;
    let answer = || instrument.options_of(*items.first()?).choices.iter().find(is_answer);
    match answer().filter(|_| items.len() == 1) {
        Some(choice) => format!("{from}: {}", choice.label.in_language(words.language())),
        None => from,
    }
}

struct Teller<'a> {
    overview: &'a Overview,
    words: &'a Catalog,
    /// Whether it is the first sentence, which names the period.
    opens: bool,
    /// Whether no earlier sentence named the scale.
    names_scale: bool,
}

impl Teller<'_> {
    fn sentence(&self, sentence: &Sentence) -> String {
        let words = self.words;
        let period = || period_in(&self.overview.release, words).into();
        match sentence {
            Sentence::Nobody => words.with("summary-nobody", &[("in", period()), ("whole", self.whole(true).into())]),
            Sentence::TooFew => words.with("summary-too-few", &[("in", period()), ("whole", self.whole(true).into())]),
            Sentence::SharesOnly => {
                words.with("summary-shares-only", &[("in", period()), ("whole", self.whole(true).into())])
            }
            Sentence::NobodyStandsOut => words.with("summary-nobody-stands-out", &[("in", period())]),
            Sentence::StandsOut { scale, places } => {
                let key = if places.len() > 1 { "summary-two-stand-out" } else { "summary-one-stands-out" };
                let mut values = vec![("in", period()), ("scale", self.scale(*scale).into())];
                for (Named { name, value }, (name_is, value_is)) in
                    places.iter().zip([("first", "first_value"), ("second", "second_value")])
                {
                    values.extend([(name_is, name.as_str().into()), (value_is, self.value(value, false).into())]);
                }
                words.with(key, &values)
            }
            Sentence::Whole { scale, value, since } => {
                let key = match (self.opens, self.names_scale) {
                    (true, _) => "summary-whole-opens",
                    (false, true) => "summary-whole-named",
                    (false, false) => "summary-whole",
                };
                let values = [
                    ("in", period()),
                    ("whole", self.whole(self.opens).into()),
                    ("scale", self.scale(*scale).into()),
                    ("value", self.value(value, true).into()),
                    ("change", self.change(*since).into()),
                ];
                words.with(key, &values)
            }
            Sentence::AlsoChanged { scale, points } => {
                let key = if *points > 0 { "summary-also-higher" } else { "summary-also-lower" };
                let values = [
                    ("scale", self.scale(*scale).into()),
                    ("points", points.abs().into()),
                    ("since", self.since().into()),
                ];
                words.with(key, &values)
            }
            Sentence::FewAnswered { percent } => words.with("summary-few-answered", &[("percent", percent.into())]),
        }
    }

    /// "The company as a whole", "Sales as a whole", or a department without
    /// sub-departments; `inside` a sentence or at its beginning.
    fn whole(&self, inside: bool) -> String {
        let name = self.overview.chosen.name.as_str();
        let key = match (name.is_empty(), self.overview.rows.len(), inside) {
            (true, _, false) => "summary-company",
            (true, _, true) => "summary-company-inside",
            (false, 1, false) => "summary-department",
            (false, 1, true) => "summary-department-inside",
            (false, _, false) => "summary-departments",
            (false, _, true) => "summary-departments-inside",
        };
        self.words.with(key, &[("name", name.into())])
    }

    fn scale(&self, scale: Scale) -> String {
        let name = scale_name(&self.overview.version.instrument, scale, self.words);
        if self.words.language().small_inside() { lower_first(&name) } else { name }
    }

    fn value(&self, value: &Value, with_margin: bool) -> String {
        let margin = value.margin.filter(|_| with_margin).map(|margin| format!(" ± {margin}")).unwrap_or_default();
        let percent = format!("{} %{margin}", value.percent);
        match value.levels {
            Some(levels) => {
                let level = self.words.text(levels_key(levels)).to_owned();
                let key = if with_margin { "summary-value" } else { "summary-value-inside" };
                self.words.with(key, &[("percent", percent.into()), ("level", level.into())])
            }
            None => percent,
        }
    }

    fn change(&self, since: Since) -> String {
        let (key, points) = match since {
            Since::Nothing => return String::new(),
            Since::WithinChance => ("summary-within-chance", 0),
            Since::Changed(points) if points > 0 => ("summary-higher", points),
            Since::Changed(points) => ("summary-lower", -points),
        };
        self.words.with(key, &[("since", self.since().into()), ("points", points.into())])
    }

    fn since(&self) -> String {
        self.overview.against.as_ref().map(|against| since(against, self.words)).unwrap_or_default()
    }
}

/// The message for a level, or for the levels that the interval covers.
fn levels_key(levels: (Level, Level)) -> &'static str {
    match levels {
        (Level::Low, Level::Low) => "summary-level-low",
        (Level::Medium, Level::Medium) => "summary-level-medium",
        (Level::High, Level::High) => "summary-level-high",
        (Level::Low, Level::Medium) => "summary-level-low-medium",
        (Level::Medium, Level::High) => "summary-level-medium-high",
        _ => "summary-level-low-high",
    }
}

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.clone().next()) {
        // an abbreviation keeps its capitals
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => name.to_owned(),
    }
}

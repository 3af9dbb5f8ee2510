//! The parts of a generated company before they have ids: departments, periods and
//! people refer to each other by their index in the lists.

use crate::{
    auth::roles::Role,
    domain::{PeriodKind, PeriodState},
    instruments::{
        Answers,
        instrument::Instrument,
        scoring::{self, Score},
    },
    library::ItemId,
    pulse::Pulse,
    recommendations::Priority,
    seed::calendar,
};
use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;

/// A department; its `parent` stands before it in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Department {
    pub name: String,
    pub parent: Option<usize>,
}

/// A period in which check-ups are counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    pub kind: PeriodKind,
    pub state: PeriodState,
    pub name: Option<String>,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub cut_off_set: Option<String>,
    pub min_group: Option<i16>,
    pub opened_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
}

/// Campaigns open and close at nine o'clock, in minutes of the day.
const NINE: u64 = 9 * 60;

impl Period {
    /// A campaign, in the cut-off set that the questionnaire begins with; a closed one
    /// was closed on the morning after its last day.
    pub fn campaign(
        (first, last): (NaiveDate, NaiveDate),
        state: PeriodState,
        min_group: i16,
        timezone: Tz,
        instrument: &Instrument,
    ) -> Self {
        let closed = state == PeriodState::Closed;
        Self {
            kind: PeriodKind::Campaign,
            state,
            name: Some(format!("Company check-up, {}", first.format("%B %Y"))),
            starts_on: first,
            ends_on: last,
            cut_off_set: instrument.cut_off_sets.first().map(|set| set.id.clone()),
            min_group: Some(min_group),
            opened_at: Some(calendar::moment(timezone, first, NINE)),
            closed_at: closed.then(|| calendar::moment(timezone, last + Days::new(1), NINE)),
        }
    }

    /// An open calendar month.
    pub fn month(first: NaiveDate) -> Self {
        Self {
            kind: PeriodKind::Month,
            state: PeriodState::Open,
            name: None,
            starts_on: first,
            ends_on: calendar::last_day(first),
            cut_off_set: None,
            min_group: None,
            opened_at: None,
            closed_at: None,
        }
    }
}

/// A person with everything that belongs to them.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    pub email: String,
    pub name: String,
    pub position: String,
    pub claimed_department: String,
    pub department: Option<usize>,
    pub confirmed_at: Option<DateTime<Utc>>,
    pub joined_on: NaiveDate,
    /// A role in addition to `employee`, which everybody has.
    pub role: Option<Role>,
    /// Whether they can sign in.
    pub has_password: bool,
    pub consented_at: Option<DateTime<Utc>>,
    /// Indices of campaigns in the list of periods.
    pub invited: Vec<usize>,
    /// Oldest first.
    pub check_ups: Vec<CheckUp>,
    pub recommendations: Vec<Recommendation>,
    pub pulses: Vec<Pulse>,
}

/// An answered questionnaire.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckUp {
    pub period: usize,
    pub made_at: DateTime<Utc>,
    pub answers: Answers,
    pub score: Score,
    /// Whether it is the person's latest in the period.
    pub counts: bool,
}

impl CheckUp {
    /// Scores the answers by the real rules.
    pub fn new(instrument: &Instrument, period: usize, made_at: DateTime<Utc>, answers: Answers) -> Self {
        Self { period, made_at, score: scoring::score(instrument, &answers), answers, counts: true }
    }
}

/// A library item on somebody's list.
#[derive(Clone, Debug, PartialEq)]
pub struct Recommendation {
    pub item: ItemId,
    pub priority: Priority,
    pub given_at: DateTime<Utc>,
    pub completed_at: Option<DateTime<Utc>>,
}

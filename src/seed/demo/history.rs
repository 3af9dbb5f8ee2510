//! The periods of the demo company's last two years: twenty calendar months and four
//! closed campaigns, two a year, then a campaign that is open today.

use crate::{
    domain::{PeriodKind, PeriodState},
    instruments::instrument::Instrument,
    seed::{calendar, rows::Period},
};
use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

/// Number of rounds of check-ups before the open campaign.
pub const ROUNDS: usize = 24;
/// Which of the rounds, from the oldest, were campaigns.
pub const CLOSED_CAMPAIGNS: [usize; 4] = [0, 6, 12, 17];
/// How many days ago the open campaign began, and how many days it lasts.
const OPENED_AGO: u64 = 3;
const OPEN_FOR: u64 = 14;
/// The last round is the month of the day this many days ago, so that at least a few
/// days of it were over before the campaign opened.
const LAST_ROUND_AGO: u64 = 10;
/// First and last day of the closed campaigns within their months, counted from 0: 150
/// days lie between the end of one and the beginning of the next in every year, and the
/// oldest answers are still within the 24 months after which Hearth deletes them.
const CAMPAIGN_DAYS: [(u64, u64); CLOSED_CAMPAIGNS.len()] = [(15, 27), (0, 13), (0, 13), (15, 27)];
/// Campaigns open and close at nine o'clock, in minutes of the day.
const NINE: u64 = 9 * 60;
/// The smallest group of the demo company.
const MIN_GROUP: i16 = 5;

/// A stretch of days in which everybody was asked once.
#[derive(Clone, Debug)]
pub struct Round {
    /// The index of the round and of its period.
    pub place: usize,
    pub first: NaiveDate,
    pub last: NaiveDate,
}

/// The rounds, oldest first, the open campaign last, each with its period.
#[derive(Clone, Debug)]
pub struct History {
    pub rounds: Vec<Round>,
    pub periods: Vec<Period>,
    /// The first days of all campaigns.
    campaigns: Vec<NaiveDate>,
}

impl History {
    pub fn until(today: NaiveDate, timezone: Tz, instrument: &Instrument) -> Self {
        let opened = today - Days::new(OPENED_AGO);
        let mut history = Self { rounds: Vec::new(), periods: Vec::new(), campaigns: Vec::new() };
        for (place, first) in
            calendar::months_until(today - Days::new(LAST_ROUND_AGO), ROUNDS as u32).into_iter().enumerate()
        {
            let closed = CLOSED_CAMPAIGNS.into_iter().zip(CAMPAIGN_DAYS).find(|(round, _)| *round == place);
            let period = match closed {
                Some((_, (from, to))) => {
                    let days = (first + Days::new(from), first + Days::new(to));
                    history.campaigns.push(days.0);
                    campaign(days, PeriodState::Closed, timezone, instrument)
                }
                None => Period::month(first),
            };
            let last = period.ends_on.min(opened - Days::new(1));
            history.rounds.push(Round { place, first: period.starts_on, last });
            history.periods.push(period);
        }
        let days = (opened, opened + Days::new(OPEN_FOR - 1));
        history.rounds.push(Round { place: ROUNDS, first: opened, last: today - Days::new(1) });
        history.periods.push(campaign(days, PeriodState::Open, timezone, instrument));
        history.campaigns.push(opened);
        history
    }

    /// How many campaigns had begun before a day, less one, with the share of the time
    /// to the next that is over: 0 on the first day of the first campaign, 4 on that of
    /// the open one and after it.
    pub fn stage(&self, day: NaiveDate) -> f64 {
        let next = self.campaigns.partition_point(|first| *first <= day);
        match (next.checked_sub(1), self.campaigns.get(next)) {
            (None, _) => 0.0,
            (Some(before), None) => before as f64,
            (Some(before), Some(end)) => {
                let begin = self.campaigns[before];
                before as f64 + (day - begin).num_days() as f64 / (*end - begin).num_days() as f64
            }
        }
    }

    /// Indices of the campaigns to which somebody who joined on this day was invited.
    pub fn invites(&self, joined_on: NaiveDate) -> Vec<usize> {
        let invites = |period: &Period| period.kind == PeriodKind::Campaign && period.starts_on >= joined_on;
        (0..self.periods.len()).filter(|&place| invites(&self.periods[place])).collect()
    }
}

fn campaign(
    (first, last): (NaiveDate, NaiveDate),
    state: PeriodState,
    timezone: Tz,
    instrument: &Instrument,
) -> Period {
    let closed = state == PeriodState::Closed;
    Period {
        kind: PeriodKind::Campaign,
        state,
        name: Some(format!("Company check-up, {}", first.format("%B %Y"))),
        starts_on: first,
        ends_on: last,
        cut_off_set: instrument.cut_off_sets.first().map(|set| set.id.clone()),
        min_group: Some(MIN_GROUP),
        opened_at: Some(calendar::moment(timezone, first, NINE)),
        closed_at: closed.then(|| calendar::moment(timezone, last + Days::new(1), NINE)),
    }
}

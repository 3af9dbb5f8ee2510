//! Generates a synthetic company of any size, a few hundred people at a time. It is
//! obviously not real: `employee00001@seed.example` is called Employee 00001. Pure: the
//! same plan, library and day give the same company.

use crate::{
    domain::PeriodState,
    instruments::instrument::Instrument,
    pulse::Pulse,
    recommendations::choice::Candidate,
    seed::{
        calendar,
        chance::Chance,
        lists,
        rows::{CheckUp, Department, Period, Person},
        temper::{self, Temper},
    },
};
use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;
use std::ops::Range;

/// Average number of people per department, and the largest number of departments,
/// beyond which departments become larger instead.
const PEOPLE_IN_DEPARTMENT: u64 = 50;
const MOST_DEPARTMENTS: u64 = 200;
/// A department and its teams together are this many units.
const BRANCH: usize = 10;
/// Of so many months the last is a campaign of the whole company, if it is over: two a
/// year. It lasts so many days, so that 150 lie between two of them.
const MONTHS_FOR_CAMPAIGN: usize = 6;
const CAMPAIGN_DAYS: u64 = 28;
/// The smallest group of its campaigns.
const MIN_GROUP: i16 = 5;
/// The share of people who also use the daily pulse.
const LOG_THEIR_DAYS: f64 = 0.3;
/// The share of workdays on which they do.
const LOGGED_DAYS: f64 = 0.8;
/// For how many days.
const PULSE_DAYS: u64 = 28;
/// The share of recommended items that are completed.
const COMPLETED: f64 = 0.2;
const POSITIONS: [&str; 4] = ["Specialist", "Senior specialist", "Assistant", "Team lead"];

/// Size and duration of a company. The same `seed` gives the same company.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub employees: u32,
    /// Number of calendar months with check-ups; the last is the one of yesterday.
    pub months: u32,
    pub seed: u64,
}

/// Generates the company of a plan.
pub struct Generator<'a> {
    plan: Plan,
    instrument: &'a Instrument,
    candidates: &'a [Candidate],
    now: DateTime<Utc>,
    timezone: Tz,
    today: NaiveDate,
    /// The first day of each month.
    months: Vec<NaiveDate>,
    units: Vec<Unit>,
}

/// A department: the number of the first person after its people, and its climate in
/// the first and the last month.
struct Unit {
    end: u32,
    from: f64,
    to: f64,
}

impl<'a> Generator<'a> {
    pub fn new(
        plan: Plan,
        instrument: &'a Instrument,
        candidates: &'a [Candidate],
        now: DateTime<Utc>,
        timezone: Tz,
    ) -> Self {
        let today = now.with_timezone(&timezone).date_naive();
        let months = calendar::months_until(today - Days::new(1), plan.months);
        Self { plan, instrument, candidates, now, timezone, today, months, units: units(plan) }
    }

    /// Groups of ten units in a row: one department with nine teams.
    pub fn departments(&self) -> Vec<Department> {
        let department = |place: usize| {
            let (branch, team) = (place / BRANCH, place % BRANCH);
            match team {
                0 => Department { name: format!("Department {:03}", branch + 1), parent: None },
                _ => Department { name: format!("Team {:03}-{team}", branch + 1), parent: Some(branch * BRANCH) },
            }
        };
        (0..self.units.len()).map(department).collect()
    }

    /// One period per month, some of them closed campaigns.
    pub fn periods(&self) -> Vec<Period> {
        let period = |(index, first): (usize, &NaiveDate)| match self.campaign_until(index) {
            Some(last) => {
                Period::campaign((*first, last), PeriodState::Closed, MIN_GROUP, self.timezone, self.instrument)
            }
            None => Period::month(*first),
        };
        self.months.iter().enumerate().map(period).collect()
    }

    /// The last day of the campaign that takes the place of a month, where one does.
    fn campaign_until(&self, index: usize) -> Option<NaiveDate> {
        let last = self.months[index] + Days::new(CAMPAIGN_DAYS - 1);
        (index % MONTHS_FOR_CAMPAIGN == MONTHS_FOR_CAMPAIGN - 1 && last.succ_opt()? < self.today).then_some(last)
    }

    /// The people with these numbers, from 0.
    pub fn people(&self, numbers: Range<u32>) -> Vec<Person> {
        numbers.map(|number| self.person(number)).collect()
    }

    fn person(&self, number: u32) -> Person {
        let mut chance = Chance::new(self.plan.seed, u64::from(number) + 1);
        let department = self.units.partition_point(|unit| unit.end <= number);
        let unit = &self.units[department];
        let temper = Temper::draw(&mut chance);
        let check_ups = self.check_ups(unit, temper, &mut chance);
        let latest = &check_ups[check_ups.len().saturating_sub(1)..];
        let recommendations = lists::follow(self.instrument, self.candidates, latest, self.now, |_, _| {
            chance.happens(COMPLETED).then(|| chance.between(1, 20))
        });
        let pulses = self.pulses(unit, temper, &mut chance);
        let joined_on = self.joined_on(&mut chance);
        Person {
            email: format!("employee{:05}@seed.example", number + 1),
            name: format!("Employee {:05}", number + 1),
            position: POSITIONS[chance.between(0, POSITIONS.len() as u64 - 1) as usize].to_owned(),
            claimed_department: String::new(),
            department: Some(department),
            confirmed_at: Some(calendar::moment(self.timezone, joined_on, calendar::MORNING)),
            joined_on,
            role: None,
            has_password: false,
            consented_at: check_ups.first().map(|first| first.made_at - chrono::TimeDelta::minutes(5)),
            invited: (0..self.months.len()).filter(|index| self.campaign_until(*index).is_some()).collect(),
            check_ups,
            recommendations,
            pulses,
        }
    }

    /// Check-ups in 60 to 80 % of the months, depending on the person; 70 % on average.
    fn check_ups(&self, unit: &Unit, temper: Temper, chance: &mut Chance) -> Vec<CheckUp> {
        let habit = 0.6 + 0.2 * chance.share();
        let mut made = Vec::new();
        for (period, first) in self.months.iter().enumerate() {
            let last = self.campaign_until(period).unwrap_or(calendar::last_day(*first).min(self.today - Days::new(1)));
            if !chance.happens(habit) {
                continue;
            }
            let day = *first + Days::new(chance.between(0, (last - *first).num_days() as u64));
            let moment = calendar::moment(self.timezone, day, chance.between(calendar::MORNING, calendar::EVENING));
            let elapsed = period as f64 / (self.months.len().max(2) - 1) as f64;
            let load = temper.load(unit.climate(elapsed, day), chance);
            made.push(CheckUp::new(self.instrument, period, moment, temper::answers(self.instrument, load, chance)));
        }
        made
    }

    fn pulses(&self, unit: &Unit, temper: Temper, chance: &mut Chance) -> Vec<Pulse> {
        let mut pulses = Vec::new();
        if !chance.happens(LOG_THEIR_DAYS) {
            return pulses;
        }
        for day in calendar::workdays_before(self.today, PULSE_DAYS) {
            if chance.happens(LOGGED_DAYS) {
                let load = temper.load(unit.climate(1.0, day), chance);
                pulses.push(temper::pulse(load, day, chance));
            }
        }
        pulses
    }

    /// A day in the three years before the first check-ups.
    fn joined_on(&self, chance: &mut Chance) -> NaiveDate {
        let first = self.months.first().copied().unwrap_or(self.today);
        first - Days::new(chance.between(1, 3 * 365))
    }
}

impl Unit {
    fn climate(&self, elapsed: f64, day: NaiveDate) -> f64 {
        self.from + (self.to - self.from) * elapsed + calendar::season(day)
    }
}

/// Departments of 5 to 95 people until everybody has one; the rest is added to the
/// last. Most keep their climate over time, some change.
fn units(plan: Plan) -> Vec<Unit> {
    let mut chance = Chance::new(plan.seed, 0);
    let average = PEOPLE_IN_DEPARTMENT.max(u64::from(plan.employees) / MOST_DEPARTMENTS);
    let mut units = Vec::new();
    let mut end = 0;
    while end < plan.employees {
        let size = chance.between(5, 2 * average - 5) as u32;
        end = plan.employees.min(end.saturating_add(size));
        let from = 0.36 + 0.07 * chance.normal();
        units.push(Unit { end, from, to: from + 0.06 * chance.normal() });
    }
    units
}

#[cfg(test)]
mod tests;

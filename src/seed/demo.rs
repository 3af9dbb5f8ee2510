//! The demo company: about 170 fictitious people and their last two years. One
//! department is burning out, one recovers, and the end of the year is heavy. Pure: the
//! same day and library give the same company.

mod cast;
mod employee;
mod history;

pub use crate::web::demo::PASSWORD as DEMO_PASSWORD;
pub use cast::{DEMO_ACCOUNTS, DemoAccount};

use crate::{
    auth::roles::Role,
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
use cast::{FIRST_NAMES, UNITS, Unit};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use history::{CLOSED_CAMPAIGNS, History, ROUNDS, Round};

const SEED: u64 = 120;
/// In which share of the months people check up: at least, and at most so much more.
const MONTHS_ANSWERED: f64 = 0.80;
const MORE_MONTHS: f64 = 0.18;
/// How many of those who would miss a month answer a campaign, which invites them.
const INVITED_ANYWAY: f64 = 0.5;
/// The shares of people who have answered the open campaign, who checked up twice in a
/// month, and who use the daily pulse.
const ANSWERED_ALREADY: f64 = 0.15;
const TWICE: f64 = 0.03;
const LOG_THEIR_DAYS: f64 = 0.93;
/// On which share of the workdays, and for how many whole months before this one.
const LOGGED_DAYS: f64 = 0.12;
const PULSE_MONTHS: u32 = 12;
/// How much of the season reaches this company: enough to be seen from month to month,
/// too little to hide what changes between two campaigns half a year apart.
const SEASON: f64 = 0.4;
/// The share of recommendations completed before the next check-up.
const COMPLETED: f64 = 0.1;
/// Every n-th person joined after the second campaign, in this round.
const JOINED_LATER: usize = 19;
const LATER: usize = 8;
/// Every n-th person registered themselves and was confirmed the next day.
const SELF_REGISTERED: usize = 31;

/// Everything the demo company consists of.
#[derive(Clone, Debug, PartialEq)]
pub struct Company {
    pub departments: Vec<Department>,
    pub periods: Vec<Period>,
    pub people: Vec<Person>,
}

/// Generates the demo company as of `now`.
pub fn company(instrument: &Instrument, candidates: &[Candidate], now: DateTime<Utc>, timezone: Tz) -> Company {
    let today = now.with_timezone(&timezone).date_naive();
    let history = History::until(today, timezone, instrument);
    let maker = Maker { instrument, candidates, now, timezone, today, history };
    let mut people = Vec::new();
    for (department, unit) in UNITS.iter().enumerate() {
        for seat in 0..unit.people {
            let account = DEMO_ACCOUNTS.iter().find(|account| seat == 0 && account.department == unit.name);
            people.push(maker.person(people.len() + 1, department, account));
        }
    }
    people.push(maker.newcomer(people.len() + 1, "Engineering / Web", true));
    people.push(maker.newcomer(people.len() + 1, "Sales", false));
    Company { departments: cast::departments(), periods: maker.history.periods, people }
}

/// What somebody keeps doing: the share of months in which they check up and of
/// campaigns that they answer, and whether they log their days.
#[derive(Clone, Copy)]
struct Habits {
    months: f64,
    campaigns: f64,
    logs_days: bool,
}

impl Habits {
    fn draw(chance: &mut Chance) -> Self {
        let months = MONTHS_ANSWERED + MORE_MONTHS * chance.share();
        let campaigns = months + INVITED_ANYWAY * (1.0 - months);
        Self { months, campaigns, logs_days: chance.happens(LOG_THEIR_DAYS) }
    }
}

struct Maker<'a> {
    instrument: &'a Instrument,
    candidates: &'a [Candidate],
    now: DateTime<Utc>,
    timezone: Tz,
    today: NaiveDate,
    history: History,
}

impl Maker<'_> {
    fn person(&self, number: usize, department: usize, account: Option<&DemoAccount>) -> Person {
        let mut chance = Chance::new(SEED, number as u64);
        let unit = &UNITS[department];
        let temper = Temper::draw(&mut chance);
        let joined_on = self.joined_on(number, account, &mut chance);
        let mut person = self.somebody(number, unit.position, joined_on);
        person.department = Some(department);
        person.confirmed_at = Some(self.morning(joined_on));
        person.invited = self.history.invites(joined_on);
        if account.is_none() && number.is_multiple_of(SELF_REGISTERED) {
            person.claimed_department = unit.name.to_owned();
            person.confirmed_at = Some(self.morning(joined_on + Days::new(1)));
        }
        if let Some(account) = account {
            person.email = account.email.to_owned();
            person.name = account.name.to_owned();
            person.position = account.position.to_owned();
            person.role = Some(account.role).filter(|role| *role != Role::Employee);
            person.has_password = true;
        }
        if account.is_some_and(|account| account.role == Role::Employee) {
            self.check_up(&mut person, self.employees_check_ups(&mut chance), employee::done);
            person.pulses = employee::pulses(self.today);
        } else {
            let habits = Habits::draw(&mut chance);
            let check_ups = self.check_ups(unit, temper, habits, joined_on, account.is_some(), &mut chance);
            self.check_up(&mut person, check_ups, |_, _| chance.happens(COMPLETED).then(|| chance.between(1, 20)));
            if habits.logs_days {
                person.pulses = self.pulses(unit, temper, joined_on, &mut chance);
            }
        }
        person
    }

    /// Before the history began, or in its first year.
    fn joined_on(&self, number: usize, account: Option<&DemoAccount>, chance: &mut Chance) -> NaiveDate {
        if account.is_none() && number.is_multiple_of(JOINED_LATER) {
            self.history.rounds[LATER].first + Days::new(chance.between(0, 20))
        } else {
            self.history.rounds[0].first - Days::new(chance.between(1, 20))
        }
    }

    fn somebody(&self, number: usize, position: &str, joined_on: NaiveDate) -> Person {
        Person {
            email: format!("demo{number:03}@hearth.example"),
            name: format!("{} Demo {number}", FIRST_NAMES[number % FIRST_NAMES.len()]),
            position: position.to_owned(),
            claimed_department: String::new(),
            department: None,
            confirmed_at: None,
            joined_on,
            role: None,
            has_password: false,
            consented_at: None,
            invited: Vec::new(),
            check_ups: Vec::new(),
            recommendations: Vec::new(),
            pulses: Vec::new(),
        }
    }

    /// Adds check-ups to a person, with the consent and the recommendations that belong
    /// to them.
    fn check_up(&self, person: &mut Person, check_ups: Vec<CheckUp>, done: impl FnMut(usize, usize) -> Option<u64>) {
        person.consented_at = check_ups.first().map(|first| first.made_at - TimeDelta::minutes(4));
        person.recommendations = lists::follow(self.instrument, self.candidates, &check_ups, self.now, done);
        person.check_ups = check_ups;
    }

    /// One check-up in the middle of every round; the open campaign is not answered
    /// yet.
    fn employees_check_ups(&self, chance: &mut Chance) -> Vec<CheckUp> {
        let make = |round: &Round| {
            let answers = employee::answers(self.instrument, round.place);
            let day = round.last.min(round.first + Days::new(11 + round.place as u64 % 4));
            CheckUp::new(self.instrument, round.place, self.minute_of(day, chance), answers)
        };
        self.history.rounds[..ROUNDS].iter().map(make).collect()
    }

    fn check_ups(
        &self,
        unit: &Unit,
        temper: Temper,
        habits: Habits,
        joined_on: NaiveDate,
        has_account: bool,
        chance: &mut Chance,
    ) -> Vec<CheckUp> {
        let mut made = Vec::new();
        for round in self.history.rounds.iter().filter(|round| round.first >= joined_on) {
            let likely = match (round.place, has_account) {
                (ROUNDS, true) => 0.0, // the demo accounts find the open campaign unanswered
                (ROUNDS, false) => ANSWERED_ALREADY,
                (place, _) if CLOSED_CAMPAIGNS.contains(&place) => habits.campaigns,
                _ => habits.months,
            };
            if !chance.happens(likely) {
                continue;
            }
            let day = self.day_between(round.first, round.last, chance);
            made.push(self.ordinary_check_up(round, day, unit, temper, chance));
            if day < round.last && chance.happens(TWICE) {
                let later = self.day_between(day + Days::new(1), round.last, chance);
                made.last_mut().into_iter().for_each(|first| first.counts = false);
                made.push(self.ordinary_check_up(round, later, unit, temper, chance));
            }
        }
        made
    }

    fn ordinary_check_up(
        &self,
        round: &Round,
        day: NaiveDate,
        unit: &Unit,
        temper: Temper,
        chance: &mut Chance,
    ) -> CheckUp {
        let load = self.load(unit, temper, day, chance);
        let answers = temper::answers(self.instrument, load, chance);
        CheckUp::new(self.instrument, round.place, self.minute_of(day, chance), answers)
    }

    fn pulses(&self, unit: &Unit, temper: Temper, joined_on: NaiveDate, chance: &mut Chance) -> Vec<Pulse> {
        let months = calendar::months_until(self.today, PULSE_MONTHS + 1);
        let days = months.first().map_or(0, |first| (self.today - *first).num_days().unsigned_abs());
        let mut pulses = Vec::new();
        for day in calendar::workdays_before(self.today, days).filter(|day| *day >= joined_on) {
            if chance.happens(LOGGED_DAYS) {
                pulses.push(temper::pulse(self.load(unit, temper, day, chance), day, chance));
            }
        }
        pulses
    }

    /// How strained somebody of this department is on a day.
    fn load(&self, unit: &Unit, temper: Temper, day: NaiveDate, chance: &mut Chance) -> temper::Load {
        temper.load(unit.climate(self.history.stage(day)) + SEASON * calendar::season(day), chance)
    }

    /// Somebody who registered and is not confirmed: in no department, not invited,
    /// with at most one check-up, in the last month.
    fn newcomer(&self, number: usize, claimed: &str, checked_up: bool) -> Person {
        let mut chance = Chance::new(SEED, number as u64);
        let temper = Temper::draw(&mut chance);
        let round = &self.history.rounds[ROUNDS - 1];
        let mut person = self.somebody(number, "New colleague", round.last);
        person.claimed_department = claimed.to_owned();
        if checked_up {
            let check_up = self.ordinary_check_up(round, round.last, &UNITS[0], temper, &mut chance);
            self.check_up(&mut person, vec![check_up], |_, _| None);
        }
        person
    }

    fn morning(&self, day: NaiveDate) -> DateTime<Utc> {
        calendar::moment(self.timezone, day, calendar::MORNING)
    }

    fn minute_of(&self, day: NaiveDate, chance: &mut Chance) -> DateTime<Utc> {
        calendar::moment(self.timezone, day, chance.between(calendar::MORNING, calendar::EVENING))
    }

    fn day_between(&self, first: NaiveDate, last: NaiveDate, chance: &mut Chance) -> NaiveDate {
        first + Days::new(chance.between(0, (last - first).num_days().max(0) as u64))
    }
}

#[cfg(test)]
mod tests;

//! The demo company: about 120 fictitious people and their last year. One department is
//! burning out, one recovers, and the end of the year is heavy. Pure: the same day and
//! library give the same company.

mod cast;
mod employee;
mod year;

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
use year::{ROUNDS, Round, Year};

const SEED: u64 = 120;
/// The shares of people who have answered the open campaign, who checked up twice in a
/// month, and who use the daily pulse.
const ANSWERED_ALREADY: f64 = 0.15;
const TWICE: f64 = 0.03;
const LOG_THEIR_DAYS: f64 = 0.5;
/// On which share of the workdays, and for how many days.
const LOGGED_DAYS: f64 = 0.6;
const PULSE_DAYS: u64 = 56;
/// The share of recommendations completed before the next check-up.
const COMPLETED: f64 = 0.1;
/// Every n-th person joined in the middle of the year, in this round.
const JOINED_LATER: usize = 19;
const LATER: usize = 5;
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
    let maker = Maker { instrument, candidates, now, timezone, today, year: Year::until(today, timezone, instrument) };
    let mut people = Vec::new();
    for (department, unit) in UNITS.iter().enumerate() {
        for seat in 0..unit.people {
            let account = DEMO_ACCOUNTS.iter().find(|account| seat == 0 && account.department == unit.name);
            people.push(maker.person(people.len() + 1, department, account));
        }
    }
    people.push(maker.newcomer(people.len() + 1, "Engineering / Web", true));
    people.push(maker.newcomer(people.len() + 1, "Sales", false));
    Company { departments: cast::departments(), periods: maker.year.periods, people }
}

struct Maker<'a> {
    instrument: &'a Instrument,
    candidates: &'a [Candidate],
    now: DateTime<Utc>,
    timezone: Tz,
    today: NaiveDate,
    year: Year,
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
        person.invited = self.year.invites(joined_on);
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
            let check_ups = self.check_ups(unit, temper, joined_on, account.is_some(), &mut chance);
            self.check_up(&mut person, check_ups, |_, _| chance.happens(COMPLETED).then(|| chance.between(1, 20)));
            person.pulses = self.pulses(unit, temper, &mut chance);
        }
        person
    }

    /// Before the year began, or in the middle of it.
    fn joined_on(&self, number: usize, account: Option<&DemoAccount>, chance: &mut Chance) -> NaiveDate {
        if account.is_none() && number.is_multiple_of(JOINED_LATER) {
            self.year.rounds[LATER].first + Days::new(chance.between(0, 20))
        } else {
            self.year.rounds[0].first - Days::new(chance.between(1, 20))
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
        self.year.rounds[..ROUNDS].iter().map(make).collect()
    }

    fn check_ups(
        &self,
        unit: &Unit,
        temper: Temper,
        joined_on: NaiveDate,
        has_account: bool,
        chance: &mut Chance,
    ) -> Vec<CheckUp> {
        let habit = 0.65 + 0.3 * chance.share();
        let mut made = Vec::new();
        for round in self.year.rounds.iter().filter(|round| round.first >= joined_on) {
            let is_open_campaign = round.place == ROUNDS;
            let likely = match (is_open_campaign, has_account) {
                (true, true) => 0.0, // the demo accounts find it open
                (true, false) => ANSWERED_ALREADY,
                (false, _) => habit,
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
        let load = temper.load(unit.climate(round.elapsed) + calendar::season(day), chance);
        let answers = temper::answers(self.instrument, load, chance);
        CheckUp::new(self.instrument, round.place, self.minute_of(day, chance), answers)
    }

    fn pulses(&self, unit: &Unit, temper: Temper, chance: &mut Chance) -> Vec<Pulse> {
        let mut pulses = Vec::new();
        if !chance.happens(LOG_THEIR_DAYS) {
            return pulses;
        }
        for day in calendar::workdays_before(self.today, PULSE_DAYS) {
            if chance.happens(LOGGED_DAYS) {
                let elapsed = 1.0 - (self.today - day).num_days() as f64 / 365.0;
                let load = temper.load(unit.climate(elapsed) + calendar::season(day), chance);
                pulses.push(temper::pulse(load, day, chance));
            }
        }
        pulses
    }

    /// Somebody who registered and is not confirmed: in no department, not invited,
    /// with at most one check-up, in the last month.
    fn newcomer(&self, number: usize, claimed: &str, checked_up: bool) -> Person {
        let mut chance = Chance::new(SEED, number as u64);
        let temper = Temper::draw(&mut chance);
        let round = &self.year.rounds[ROUNDS - 1];
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

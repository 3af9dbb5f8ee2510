//! Companies of two years, published by the rules, before the patient attacker.

use super::{
    attack::{self, Found},
    history::{History, Mean, Release, Table},
};
use crate::publication::{inference::Measure, noise::NoiseKind};
use rand::{Rng as _, SeedableRng as _, seq::IndexedRandom as _};
use rand_chacha::ChaCha8Rng;
use std::time::{Duration, Instant};

const K: u64 = 5;
const MONTHS: usize = 24;
/// How long companies are tried in every run of the tests, and how many are tried at
/// least.
const BUDGET: Duration = Duration::from_secs(50);
const AT_LEAST: u64 = 4;

/// The three dimensions; who is high, an eighth of people, which is counted and goes with
/// the first dimension; three measures of the daily note.
fn measures() -> Vec<Measure> {
    let mut measures: Vec<Measure> = (0..3).map(Measure::of_check_up).collect();
    measures.push(Measure { cut: Some(1.175), ..Measure::of_check_up(0) });
    measures.extend((3..6).map(Measure::of_note));
    measures
}

#[derive(Clone, Copy, PartialEq)]
enum Rules {
    /// Small groups after campaigns only, noise on every mean.
    Noise,
    /// Blocks of k in every month, no noise.
    Before,
}

struct Person {
    team: usize,
    /// The chances of answering a campaign, of a check-up in a month, and of a note: a
    /// habit, with a correlation of 1/6 between two times.
    habits: [f64; 3],
}

/// A company while time passes.
struct Company {
    rng: ChaCha8Rng,
    rates: [f64; 3],
    parents: Vec<usize>,
    /// By the number that is theirs for good; `None` of those who left.
    people: Vec<Option<Person>>,
}

impl Company {
    /// At most 150 people in teams of 5 to 40, some of them below others; of all 20 to 100 %
    /// answer.
    fn new(seed: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let rates = [(); 3].map(|()| rng.random_range(0.2..1.0));
        let mut company = Self { rng, rates, parents: vec![0], people: Vec::new() };
        let teams = company.rng.random_range(2..=9);
        while company.parents.len() <= teams && company.people.len() < 110 {
            let team = company.parents.len();
            let above = if company.rng.random_bool(0.5) { 0 } else { company.rng.random_range(0..team) };
            company.parents.push(above);
            for _ in 0..company.rng.random_range(5..=40) {
                company.join(team);
            }
        }
        company
    }

    fn join(&mut self, team: usize) {
        let habits = self.rates.map(|rate| habit(&mut self.rng, rate));
        self.people.push(Some(Person { team, habits }));
    }

    /// People leave and others take their places, or move to another team.
    fn month(&mut self, turnover: f64) {
        let monthly = 1.0 - (1.0 - turnover).powf(1.0 / 12.0);
        for person in 0..self.people.len() {
            if self.people[person].is_none() || !self.rng.random_bool(monthly) {
                continue;
            }
            let team = self.people[person].as_ref().map_or(0, |one| one.team);
            if self.rng.random_bool(0.25) {
                let to = self.rng.random_range(1..self.parents.len());
                self.people[person].as_mut().unwrap().team = to;
            } else {
                self.people[person] = None;
            }
            self.join(team);
        }
    }

    /// Who is on the roster, and who answers what has this place among the habits.
    fn answers(&mut self, what: usize) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
        let mut counted = vec![Vec::new(); self.parents.len()];
        let mut roster = counted.clone();
        for (number, person) in self.people.iter().enumerate() {
            let Some(person) = person else { continue };
            roster[person.team].push(number);
            if self.rng.random_bool(person.habits[what]) {
                counted[person.team].push(number);
            }
        }
        (counted, roster)
    }

    fn release(&mut self, time: f64, kind: NoiseKind, rules: Rules) -> Release {
        let is_note = kind == NoiseKind::Pulse;
        let is_campaign = matches!(kind, NoiseKind::Campaign | NoiseKind::Quarterly);
        let (counted, roster) = self.answers(if is_note { 2 } else { usize::from(!is_campaign) });
        let deviation = if is_note { 20 } else { 18 };
        let noise = if rules == Rules::Noise { kind.scale(deviation * 1_000_000, K) as f64 / 1e6 } else { 0.0 };
        let first = if is_note { 4 } else { 0 };
        let means = (0..3).map(|one| Mean { measure: first + one, noise, draw: 1 + one }).collect();
        let shares = if is_note { Vec::new() } else { vec![3] };
        Release {
            time,
            is_campaign,
            least: if rules == Rules::Noise { kind.least(K) } else { K },
            draws: kind as usize,
            parents: self.parents.clone(),
            departments: (0..self.parents.len()).collect(),
            tables: vec![Table { counted, roster, means, shares }],
        }
    }
}

/// Beta-distributed around the rate: gamma-distributed parts, drawn by the sum of
/// exponentials of uniform powers (Jöhnk's method).
fn habit(rng: &mut ChaCha8Rng, rate: f64) -> f64 {
    // The sum of both parameters is 5: the correlation of two answers is 1/(5 + 1).
    let (a, b) = (5.0 * rate, 5.0 * (1.0 - rate));
    loop {
        let x = rng.random::<f64>().powf(1.0 / a);
        let y = rng.random::<f64>().powf(1.0 / b);
        if x + y <= 1.0 && x + y > 0.0 {
            return x / (x + y);
        }
    }
}

/// Two years of a company: months and notes, and campaigns twice or four times a year.
fn history(seed: u64, rules: Rules) -> History {
    let mut company = Company::new(seed);
    let turnover = company.rng.random_range(0.1..0.4);
    let (every, campaign) = *[(6, NoiseKind::Campaign), (3, NoiseKind::Quarterly)].choose(&mut company.rng).unwrap();
    let first = company.rng.random_range(0..every);
    let mut releases = Vec::new();
    for month in 0..MONTHS {
        company.month(turnover);
        if month % every == first {
            releases.push(company.release(month as f64 + 0.5, campaign, rules));
        }
        for kind in [NoiseKind::Month, NoiseKind::Pulse] {
            releases.push(company.release(month as f64 + 1.0, kind, rules));
        }
    }
    History::new(measures(), releases)
}

/// Shares explained of the people of several companies, to outsiders and to colleagues.
#[derive(Default)]
struct Tried([Vec<f64>; 2]);

impl Tried {
    fn add(&mut self, found: &Found) {
        assert!(!found.by_units, "these companies are small enough to be solved exactly");
        for (all, shares) in self.0.iter_mut().zip([&found.outsider, &found.colleague]) {
            all.extend(shares.people().map(|(_, place)| place.share));
        }
    }

    /// Whether the share of 99 of 100 people is at most 1/k and that of all 1/(k − 1).
    fn holds(&self) -> bool {
        let most = self.0.iter().map(|shares| attack::percentile(shares.clone()));
        most.fold(0.0, f64::max) <= 1.0 / K as f64 && self.largest() <= 1.0 / (K - 1) as f64
    }

    fn largest(&self) -> f64 {
        self.0.iter().flatten().copied().fold(0.0, f64::max)
    }
}

impl std::fmt::Display for Tried {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (who, shares) in ["outsider", "colleague"].iter().zip(&self.0) {
            let largest = shares.iter().copied().fold(0.0, f64::max);
            let most = attack::percentile(shares.clone());
            write!(f, "{who}: {} people, largest {largest:.3}, of 99 in 100 at most {most:.3}; ", shares.len())?;
        }
        Ok(())
    }
}

/// `HEARTH_COMPANIES` tries so many, however long it takes.
#[test]
fn two_years_of_published_figures_tell_of_one_person_no_more_than_one_group_does() {
    let wanted: Option<u64> = std::env::var("HEARTH_COMPANIES").ok().and_then(|count| count.parse().ok());
    let until = Instant::now() + BUDGET;
    let mut tried = Tried::default();
    for seed in 1.. {
        let is_enough = wanted.map_or(seed > AT_LEAST && Instant::now() > until, |wanted| seed > wanted);
        if is_enough {
            break;
        }
        tried.add(&attack::attack(&history(seed, Rules::Noise), |_, _| ()));
        assert!(tried.largest() <= 1.0 / (K - 1) as f64, "company {seed}: {tried}");
    }
    assert!(tried.0.iter().all(|shares| shares.len() > 100), "{tried}");
    assert!(tried.holds(), "{tried}");
    println!("{tried}");
}

#[test]
fn with_small_groups_every_month_and_without_noise_they_tell_more() {
    for seed in 1..=3 {
        let mut tried = Tried::default();
        tried.add(&attack::attack(&history(seed, Rules::Before), |_, _| ()));
        assert!(!tried.holds(), "company {seed}: {tried}");
    }
}

/// Half a year of a company in which nobody comes or goes, means only.
fn still() -> History {
    let mut company = Company::new(4);
    let kinds = [NoiseKind::Campaign, NoiseKind::Month, NoiseKind::Month, NoiseKind::Quarterly, NoiseKind::Pulse];
    let releases = kinds.into_iter().enumerate().map(|(month, kind)| {
        let mut release = company.release(month as f64, kind, Rules::Noise);
        release.tables.iter_mut().for_each(|table| table.shares.clear());
        release
    });
    let releases = releases.collect();
    History::new(measures(), releases)
}

#[test]
fn unit_by_unit_the_attacker_finds_more_but_never_less() {
    let history = still();
    let exact = attack::attack(&history, |_, _| ());
    let mut parts = Vec::new();
    let apart = attack::attack_within(&history, 0, |done, count| parts.push((done, count)));
    assert!(!exact.by_units && apart.by_units && apart.left_out == 0);
    assert!(parts.iter().enumerate().all(|(at, part)| *part == (at + 1, parts.len())), "{parts:?}");
    let (mut people, mut more) = (0, 0);
    for (of_exact, of_apart) in [(&exact.outsider, &apart.outsider), (&exact.colleague, &apart.colleague)] {
        for (person, place) in of_exact.people() {
            let there = of_apart.people().find(|(other, _)| *other == person).unwrap().1;
            assert!(there.share >= place.share - 1e-9, "{person}: {there:?} {place:?}");
            people += 1;
            more += usize::from(there.share > place.share + 1e-6);
        }
    }
    assert!(people > 50 && more > 0, "{people} {more}");
}

#[test]
fn of_many_people_the_same_sample_is_looked_at_each_time() {
    let crew: Vec<usize> = (0..1000).collect();
    let (measures, means) = (measures(), vec![Mean { measure: 0, noise: 100.0, draw: 1 }]);
    let table = Table { counted: vec![crew[..700].to_vec()], roster: vec![crew], means, shares: Vec::new() };
    let release = Release {
        time: 0.0,
        is_campaign: false,
        least: 40,
        draws: 0,
        parents: vec![0],
        departments: vec![0],
        tables: vec![table],
    };
    let history = History::new(measures, vec![release]);
    let [first, second] = [(); 2].map(|()| attack::attack(&history, |_, _| ()));
    assert!(first.sampled && first.by_units);
    let people = |found: &Found| found.outsider.people().map(|(person, _)| person).collect::<Vec<_>>();
    assert_eq!(people(&first).len(), attack::TOGETHER);
    assert_eq!(people(&first), people(&second));
}

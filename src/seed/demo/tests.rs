//! The demo company shows what its description says.

use super::*;
use crate::{
    assessment::change::{Change, compare},
    domain::{Level, PeriodKind, PeriodState, Profile, Rhythm},
    instruments::instrument::Scale,
    publication::noise::{self, NoiseKind},
    recommendations::Strain,
    seed::testing::{candidates, instrument, moment},
};
use chrono::{Datelike as _, Months};
use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::LazyLock,
};

/// Days at the beginning and at the end of a month, in a short month, and in another
/// year.
const DAYS: [&str; 6] = [
    "2026-11-21T12:00:00Z",
    "2026-01-01T00:30:00Z",
    "2027-03-03T08:00:00Z",
    "2026-05-11T09:00:00Z",
    "2024-02-29T23:30:00Z",
    "2026-08-31T06:00:00Z",
];

fn make(now: &str) -> Company {
    company(&instrument(), &candidates(), moment(now), Tz::Europe__Kyiv)
}

/// The company as of each of these days, generated once for all tests.
fn each_day() -> impl Iterator<Item = (&'static str, &'static Company)> {
    static MADE: LazyLock<[Company; DAYS.len()]> = LazyLock::new(|| DAYS.map(make));
    DAYS.into_iter().zip(MADE.iter())
}

fn a_day() -> &'static Company {
    each_day().next().unwrap().1
}

fn person<'a>(company: &'a Company, email: &str) -> &'a Person {
    company.people.iter().find(|person| person.email == email).unwrap()
}

/// Positions of a department and its teams.
fn subtree(company: &Company, name: &str) -> HashSet<usize> {
    let top = company.departments.iter().position(|department| department.name == name).unwrap();
    let inside = |place: &usize| *place == top || company.departments[*place].parent == Some(top);
    (0..company.departments.len()).filter(inside).collect()
}

/// The mean total of a department with its teams over some rounds.
fn mean(company: &Company, name: &str, rounds: std::ops::Range<usize>) -> f64 {
    let places = subtree(company, name);
    let people = company.people.iter().filter(|person| person.department.is_some_and(|place| places.contains(&place)));
    let totals: Vec<f64> = people
        .flat_map(|person| &person.check_ups)
        .filter(|check_up| rounds.contains(&check_up.period))
        .filter_map(|check_up| check_up.score.total)
        .collect();
    totals.iter().sum::<f64>() / totals.len() as f64
}

#[test]
fn the_same_day_makes_the_same_company() {
    assert_eq!(*a_day(), make(DAYS[0]));
}

/// Exhaustion in percent of its range of everybody in these departments who counts in a
/// round.
fn exhaustion(company: &Company, places: &HashSet<usize>, round: usize) -> Vec<f64> {
    let inside = |person: &&Person| person.department.is_some_and(|place| places.contains(&place));
    let check_ups = company.people.iter().filter(inside).flat_map(|person| &person.check_ups);
    let counting = check_ups.filter(|check_up| check_up.counts && check_up.period == round);
    counting.map(|check_up| (check_up.score.subscales[0].unwrap() - 9.0) / 36.0 * 100.0).collect()
}

fn average(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn deviation(values: &[f64]) -> f64 {
    let (mean, degrees) = (average(values), values.len() as f64 - 1.0);
    (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / degrees).sqrt()
}

fn everybody(company: &Company) -> HashSet<usize> {
    (0..company.departments.len()).collect()
}

#[test]
fn one_department_burns_up_and_one_recovers_whatever_the_season() {
    for (now, company) in each_day() {
        let change = |name| mean(company, name, 21..24) - mean(company, name, 0..3);
        assert!(change("Customer Support") > 25.0, "{now}: {}", change("Customer Support"));
        assert!(change("Logistics") < -25.0, "{now}: {}", change("Logistics"));
        assert!(change("Operations") < -9.0, "{now}: {}", change("Operations"));
        assert!(change("Engineering").abs() < 9.0, "{now}: {}", change("Engineering"));
        assert!(mean(company, "Customer Support", 22..24) > 62.0, "{now}");
    }
}

#[test]
fn both_stories_go_over_all_campaigns_and_turn_in_the_last() {
    for (now, company) in each_day() {
        for (name, sign) in [("Customer Support", 1.0), ("Logistics", -1.0)] {
            let means =
                CLOSED_CAMPAIGNS.map(|round| sign * average(&exhaustion(company, &subtree(company, name), round)));
            let steps: Vec<f64> = means.windows(2).map(|pair| pair[1] - pair[0]).collect();
            assert!(steps.iter().all(|step| *step > 0.0), "{now} {name}: {means:?}");
            assert!(steps[2] > 25.0 && steps[2] > 1.5 * steps[0].max(steps[1]), "{now} {name}: {means:?}");
        }
    }
}

/// Of the departments that are one block, with what they have of teams too small.
#[test]
fn what_changed_is_clear_for_these_two_in_spite_of_the_noise_and_for_nobody_else() {
    let noise = noise::variance(NoiseKind::Campaign, 5, &instrument(), Scale::Subscale(0));
    for (now, company) in each_day() {
        let one_block = ["Engineering", "Operations", "Sales"];
        for department in company.departments.iter().filter(|one| !one_block.contains(&one.name.as_str())) {
            let measure = |round| {
                let values = exhaustion(company, &subtree(company, &department.name), round);
                let (sd, n) = (deviation(&exhaustion(company, &everybody(company), round)), values.len() as f64);
                (n >= 5.0).then(|| (average(&values), sd * sd / n + noise / (n * n)))
            };
            let Some((before, after)) = measure(CLOSED_CAMPAIGNS[2]).zip(measure(CLOSED_CAMPAIGNS[3])) else {
                continue;
            };
            let t = (after.0 - before.0) / (before.1 + after.1).sqrt();
            let told = match department.name.as_str() {
                "Customer Support" => t > 4.5, // 3.4 is enough among sixty comparisons
                "Logistics" => t < -4.5,
                _ => t.abs() < 2.0,
            };
            assert!(told, "{now} {}: {t}", department.name);
        }
    }
}

#[test]
fn the_end_of_the_year_is_heavier_than_the_summer() {
    for (now, company) in each_day() {
        let places: HashSet<_> = &everybody(company) - &subtree(company, "Customer Support");
        let places: HashSet<_> = &places - &subtree(company, "Logistics");
        let in_months = |months: [u32; 3]| {
            let rounds = (0..ROUNDS).filter(|round| months.contains(&company.periods[*round].starts_on.month()));
            average(&rounds.flat_map(|round| exhaustion(company, &places, round)).collect::<Vec<_>>())
        };
        let (winter, summer) = (in_months([11, 12, 1]), in_months([6, 7, 8]));
        assert!((2.0..7.0).contains(&(winter - summer)), "{now}: {winter} {summer}");
    }
}

#[test]
fn about_160_people_some_in_departments_too_small_to_show() {
    let company = a_day();
    let size = |name: &str| {
        let places = subtree(company, name);
        company.people.iter().filter(|person| person.department.is_some_and(|place| places.contains(&place))).count()
    };
    assert!((155..=175).contains(&company.people.len()), "{}", company.people.len());
    assert_eq!((size("Customer Support"), size("Night Desk"), size("Logistics")), (20, 3, 20));
    assert!(["Night Desk", "Mobile", "Legal", "Design", "IT", "Management"].iter().all(|name| size(name) < 5));
    let manager = person(company, "manager@hearth.example");
    assert_eq!(manager.department.map(|place| company.departments[place].name.as_str()), Some("Customer Support"));
    let emails: BTreeSet<_> = company.people.iter().map(|person| &person.email).collect();
    assert_eq!(emails.len(), company.people.len());
    assert!(company.people.iter().all(|person| person.name.contains("Demo")));
}

/// The two large branches and everybody else, of each of whom months and the daily note
/// show something from 40 people on.
fn large_groups(company: &Company) -> [HashSet<usize>; 3] {
    let (engineering, operations) = (subtree(company, "Engineering"), subtree(company, "Operations"));
    let rest = &(&everybody(company) - &engineering) - &operations;
    [engineering, operations, rest]
}

#[test]
fn months_have_enough_answers_for_the_company_and_its_large_branches() {
    for (now, company) in each_day() {
        for group in large_groups(company) {
            let months = (0..ROUNDS).filter(|round| !CLOSED_CAMPAIGNS.contains(round));
            let answers: Vec<_> = months.map(|round| exhaustion(company, &group, round).len()).collect();
            assert!(answers.iter().filter(|people| **people >= 40).count() >= 18, "{now}: {answers:?}");
        }
    }
}

#[test]
fn teams_of_seven_and_more_have_enough_answers_in_the_last_two_campaigns() {
    for (now, company) in each_day() {
        for round in &CLOSED_CAMPAIGNS[2..] {
            let groups = company.departments.iter().map(|department| {
                let places = subtree(company, &department.name);
                let size = company.people.iter().filter(|one| one.department.is_some_and(|at| places.contains(&at)));
                (size.count(), exhaustion(company, &places, *round).len())
            });
            for (people, answers) in groups.filter(|(people, _)| *people >= 7) {
                assert!(answers >= 5, "{now}: {answers} of {people}");
            }
        }
    }
}

#[test]
fn enough_people_log_their_days_in_each_of_the_last_twelve_months() {
    for (now, company) in each_day() {
        let this_month = moment(now).with_timezone(&Tz::Europe__Kyiv).date_naive().with_day(1).unwrap();
        for group in large_groups(company) {
            let mut months: BTreeMap<NaiveDate, usize> = BTreeMap::new();
            for person in company.people.iter().filter(|one| one.department.is_some_and(|at| group.contains(&at))) {
                let logged: BTreeSet<_> = person.pulses.iter().map(|pulse| pulse.day.with_day(1).unwrap()).collect();
                logged.into_iter().for_each(|month| *months.entry(month).or_default() += 1);
            }
            months.remove(&this_month);
            assert_eq!(months.keys().next().copied(), Some(this_month - Months::new(12)), "{now}");
            assert_eq!(months.len(), 12);
            assert!(months.values().filter(|people| **people >= 40).count() >= 10, "{now}: {months:?}");
        }
        assert!(company.people.iter().map(|person| person.pulses.len()).sum::<usize>() < 8_000);
    }
}

#[test]
fn only_the_four_accounts_can_sign_in() {
    let company = a_day();
    for account in DEMO_ACCOUNTS {
        let person = person(company, account.email);
        assert!(person.has_password && person.confirmed_at.is_some());
        assert_eq!(person.role.unwrap_or(Role::Employee), account.role);
    }
    assert_eq!(company.people.iter().filter(|person| person.has_password || person.role.is_some()).count(), 4);
}

#[test]
fn whoever_is_not_confirmed_has_a_claim_and_no_department() {
    let company = a_day();
    let claims: Vec<_> = company.people.iter().filter(|person| person.confirmed_at.is_none()).collect();
    assert_eq!(claims.len(), 2);
    for person in claims {
        assert!(person.department.is_none() && person.invited.is_empty() && !person.claimed_department.is_empty());
        assert!(person.check_ups.iter().all(|check_up| company.periods[check_up.period].kind == PeriodKind::Month));
    }
    assert!(company.people.iter().all(|person| person.department.is_none() || person.confirmed_at.is_some()));
}

#[test]
fn four_campaigns_are_closed_and_one_is_open_today_with_most_answers_to_come() {
    for (now, company) in each_day() {
        let today = moment(now).with_timezone(&Tz::Europe__Kyiv).date_naive();
        let campaigns =
            |state| company.periods.iter().filter(move |p| p.kind == PeriodKind::Campaign && p.state == state);
        assert_eq!(campaigns(PeriodState::Closed).count(), 4);
        assert_eq!(company.periods.iter().filter(|period| period.kind == PeriodKind::Month).count(), 20);
        assert!(campaigns(PeriodState::Closed).all(|p| p.closed_at.is_some_and(|at| at < moment(now))));
        let open: Vec<_> = campaigns(PeriodState::Open).collect();
        assert!(open.len() == 1 && (open[0].starts_on..=open[0].ends_on).contains(&today));
        assert!(open[0].min_group == Some(5) && open[0].cut_off_set.as_deref() == Some("default"));
        let answered = company.people.iter().filter(|p| p.check_ups.iter().any(|c| c.period == ROUNDS)).count();
        assert!((5..=35).contains(&answered), "{answered}");
    }
}

#[test]
fn on_every_day_every_campaign_was_allowed_to_open_and_the_oldest_answers_are_kept() {
    let instrument = instrument();
    let mut today: NaiveDate = "2024-01-01".parse().unwrap();
    while today < "2029-01-01".parse().unwrap() {
        let history = History::until(today, Tz::Europe__Kyiv, &instrument);
        let campaigns: Vec<_> = history.periods.iter().filter(|period| period.kind == PeriodKind::Campaign).collect();
        assert_eq!(campaigns.len(), 5);
        assert!(campaigns.iter().all(|one| Rhythm::Twice.allows(one.starts_on, one.ends_on)), "{today}");
        for pair in campaigns.windows(2) {
            let closed = pair[0].closed_at.unwrap().with_timezone(&Tz::Europe__Kyiv).date_naive();
            let rested = closed + Days::new(Rhythm::Twice.rest().into());
            assert_eq!(Rhythm::opens_from(vec![(rested, 100)], 5, pair[1].starts_on), None, "{today}");
        }
        assert!(history.rounds.iter().all(|round| round.first <= round.last && round.last < today), "{today}");
        assert!(history.rounds[0].first > today - Months::new(24), "{today}: Hearth would delete the oldest answers");
        today = today.succ_opt().unwrap();
    }
}

#[test]
fn every_check_up_lies_in_its_period_in_order_after_joining_and_consent() {
    for (now, company) in each_day() {
        for person in &company.people {
            assert!(person.check_ups.windows(2).all(|pair| pair[0].made_at < pair[1].made_at));
            for check_up in &person.check_ups {
                let (period, local) =
                    (&company.periods[check_up.period], check_up.made_at.with_timezone(&Tz::Europe__Kyiv));
                assert!((period.starts_on..=period.ends_on).contains(&local.date_naive()), "{now}");
                assert!(person.joined_on <= local.date_naive() && person.consented_at < Some(check_up.made_at));
                assert!(check_up.made_at < moment(now));
                assert!(period.kind == PeriodKind::Month || person.invited.contains(&check_up.period));
                assert!(period.opened_at.is_none_or(|at| at < check_up.made_at));
                assert!(period.closed_at.is_none_or(|at| at > check_up.made_at));
            }
            let counting: Vec<_> =
                person.check_ups.iter().filter(|check_up| check_up.counts).map(|c| c.period).collect();
            let periods: BTreeSet<_> = person.check_ups.iter().map(|check_up| check_up.period).collect();
            assert_eq!(counting, periods.into_iter().collect::<Vec<_>>());
        }
        assert!(company.people.iter().flat_map(|person| &person.check_ups).any(|check_up| !check_up.counts));
    }
}

#[test]
fn lists_are_as_long_as_real_ones_and_done_in_time() {
    for (now, company) in each_day() {
        for person in company.people.iter().filter(|person| !person.check_ups.is_empty()) {
            let latest = person.check_ups.last().unwrap();
            let of_latest =
                person.recommendations.iter().filter(|row| row.completed_at.is_none_or(|at| at > latest.made_at));
            assert!((5..=7).contains(&of_latest.count()), "{}", person.email);
            let open: Vec<_> =
                person.recommendations.iter().filter(|row| row.completed_at.is_none()).map(|row| row.item).collect();
            assert_eq!(open.iter().collect::<HashSet<_>>().len(), open.len());
            for row in &person.recommendations {
                assert!(row.completed_at.is_none_or(|at| at >= row.given_at && at < moment(now)));
            }
        }
        assert!(company.people.iter().filter(|person| !person.pulses.is_empty()).count() > 140);
    }
}

#[test]
fn the_employee_has_two_years_with_one_sustained_rise_and_needs_help_first() {
    for (_, company) in each_day() {
        let employee = person(company, "employee@hearth.example");
        let sums: Vec<Vec<usize>> = employee
            .check_ups
            .iter()
            .map(|check_up| check_up.score.subscales.iter().map(|sum| sum.unwrap() as usize).collect())
            .collect();
        assert_eq!(sums, employee::SUMS);
        let exhaustion: Vec<f64> = sums.iter().map(|sums| sums[0] as f64).collect();
        let changes: Vec<Change> = (1..ROUNDS)
            .map(|at| compare(exhaustion[at], exhaustion[at - 1], at.checked_sub(2).map(|at| exhaustion[at]), 8.0))
            .collect();
        assert_eq!(changes.iter().filter(|change| matches!(change, Change::Sustained { .. })).count(), 1);
        assert_eq!(changes.last(), Some(&Change::Real { delta: -8.0 }));
        let latest = &employee.check_ups[ROUNDS - 1].score;
        assert_eq!(
            (latest.total, latest.level, latest.profile),
            (Some(62.0), Some(Level::Medium), Some(Profile::Overextended))
        );
        assert!(Strain::of(&instrument(), latest).help_first());
    }
}

#[test]
fn the_employee_has_things_done_things_to_do_and_an_open_campaign() {
    for (now, company) in each_day() {
        let today = moment(now).with_timezone(&Tz::Europe__Kyiv).date_naive();
        let employee = person(company, "employee@hearth.example");
        let (done, open): (Vec<_>, Vec<_>) =
            employee.recommendations.iter().partition(|row| row.completed_at.is_some());
        assert_eq!((done.len(), open.len()), (6, 6));
        assert!(employee.invited.contains(&ROUNDS));
        assert_eq!(employee.pulses.len(), 14);
        assert!(employee.pulses.windows(2).all(|pair| pair[0].day.succ_opt() == Some(pair[1].day)));
        assert_eq!(employee.pulses.last().and_then(|pulse| pulse.day.succ_opt()), Some(today));
    }
}

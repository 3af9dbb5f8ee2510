//! The demo company shows what its description says.

use super::*;
use crate::{
    assessment::change::{Change, compare},
    domain::{Level, PeriodKind, PeriodState, Profile, Rhythm},
    recommendations::Strain,
    seed::testing::{candidates, instrument, moment},
};
use std::{
    collections::{BTreeSet, HashSet},
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

#[test]
fn one_department_burns_up_and_one_recovers_whatever_the_season() {
    for (now, company) in each_day() {
        let change = |name| mean(company, name, 9..12) - mean(company, name, 0..3);
        assert!(change("Customer Support") > 18.0, "{now}: {}", change("Customer Support"));
        assert!(change("Operations") < -13.0, "{now}: {}", change("Operations"));
        assert!(change("Engineering").abs() < 9.0, "{now}: {}", change("Engineering"));
        assert!(mean(company, "Customer Support", 10..12) > 62.0, "{now}");
    }
}

#[test]
fn about_120_people_some_in_departments_too_small_to_show() {
    let company = a_day();
    let size = |name: &str| {
        let places = subtree(company, name);
        company.people.iter().filter(|person| person.department.is_some_and(|place| places.contains(&place))).count()
    };
    assert!((115..=125).contains(&company.people.len()), "{}", company.people.len());
    assert_eq!((size("Customer Support"), size("Night Desk")), (20, 3));
    assert!(["Night Desk", "Legal", "Design", "IT", "Management"].iter().all(|name| size(name) < 5));
    let manager = person(company, "manager@hearth.example");
    assert_eq!(manager.department.map(|place| company.departments[place].name.as_str()), Some("Customer Support"));
    let emails: BTreeSet<_> = company.people.iter().map(|person| &person.email).collect();
    assert_eq!(emails.len(), company.people.len());
    assert!(company.people.iter().all(|person| person.name.contains("Demo")));
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
fn two_campaigns_are_closed_and_one_is_open_today_with_most_answers_to_come() {
    for (now, company) in each_day() {
        let today = moment(now).with_timezone(&Tz::Europe__Kyiv).date_naive();
        let campaigns =
            |state| company.periods.iter().filter(move |p| p.kind == PeriodKind::Campaign && p.state == state);
        assert_eq!(campaigns(PeriodState::Closed).count(), 2);
        assert!(campaigns(PeriodState::Closed).all(|p| p.closed_at.is_some_and(|at| at < moment(now))));
        let open: Vec<_> = campaigns(PeriodState::Open).collect();
        assert!(open.len() == 1 && (open[0].starts_on..=open[0].ends_on).contains(&today));
        assert!(open[0].min_group == Some(5) && open[0].cut_off_set.as_deref() == Some("default"));
        let answered = company.people.iter().filter(|p| p.check_ups.iter().any(|c| c.period == ROUNDS)).count();
        assert!((5..=35).contains(&answered), "{answered}");
    }
}

#[test]
fn every_campaign_was_allowed_to_open_when_it_did() {
    for (now, company) in each_day() {
        let campaigns: Vec<_> = company.periods.iter().filter(|period| period.kind == PeriodKind::Campaign).collect();
        assert!(campaigns.iter().all(|one| Rhythm::Twice.allows(one.starts_on, one.ends_on)), "{now}");
        for pair in campaigns.windows(2) {
            let closed = pair[0].closed_at.unwrap().with_timezone(&Tz::Europe__Kyiv).date_naive();
            let rested = closed + Days::new(Rhythm::Twice.rest().into());
            assert_eq!(Rhythm::opens_from(vec![(rested, 100)], 5, pair[1].starts_on), None, "{now}");
        }
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
        assert!(company.people.iter().filter(|person| !person.pulses.is_empty()).count() > 45);
    }
}

#[test]
fn the_employee_has_twelve_months_with_one_sustained_rise_and_needs_help_first() {
    for (_, company) in each_day() {
        let employee = person(company, "employee@hearth.example");
        let sums: Vec<Vec<usize>> = employee
            .check_ups
            .iter()
            .map(|check_up| check_up.score.subscales.iter().map(|sum| sum.unwrap() as usize).collect())
            .collect();
        assert_eq!(sums, employee::SUMS);
        let exhaustion: Vec<f64> = sums.iter().map(|sums| sums[0] as f64).collect();
        let changes: Vec<Change> = (1..12)
            .map(|at| compare(exhaustion[at], exhaustion[at - 1], at.checked_sub(2).map(|at| exhaustion[at]), 8.0))
            .collect();
        assert_eq!(changes.iter().filter(|change| matches!(change, Change::Sustained { .. })).count(), 1);
        assert_eq!(changes.last(), Some(&Change::Real { delta: -8.0 }));
        let latest = &employee.check_ups[11].score;
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
        assert_eq!((done.len(), open.len()), (4, 6));
        assert!(employee.invited.contains(&ROUNDS));
        assert_eq!(employee.pulses.len(), 14);
        assert!(employee.pulses.windows(2).all(|pair| pair[0].day.succ_opt() == Some(pair[1].day)));
        assert_eq!(employee.pulses.last().and_then(|pulse| pulse.day.succ_opt()), Some(today));
    }
}

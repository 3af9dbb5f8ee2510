//! The synthetic company: its shape, and that the same seed gives the same company.

use super::*;
use crate::{
    domain::{PeriodKind, Rhythm},
    seed::testing::{candidates, instrument, moment},
};

const NOW: &str = "2026-11-21T12:00:00Z";

fn with<T>(plan: Plan, now: &str, work: impl FnOnce(&Generator<'_>) -> T) -> T {
    let (instrument, candidates) = (instrument(), candidates());
    work(&Generator::new(plan, &instrument, &candidates, moment(now), Tz::Europe__Kyiv))
}

fn plan(employees: u32, months: u32, seed: u64) -> Plan {
    Plan { employees, months, seed }
}

#[test]
fn the_same_seed_makes_the_same_people_and_another_makes_others() {
    let people = |seed| with(plan(60, 3, seed), NOW, |generator| generator.people(0..60));
    assert_eq!(people(1), people(1));
    assert_ne!(people(1), people(2));
}

#[test]
fn it_does_not_matter_how_many_are_made_at_a_time() {
    with(plan(60, 3, 1), NOW, |generator| {
        let mut pieces = generator.people(0..7);
        pieces.extend(generator.people(7..60));
        assert_eq!(pieces, generator.people(0..60));
    });
}

#[test]
fn departments_hold_everyone_about_fifty_each_in_two_levels() {
    with(plan(10_000, 1, 1), NOW, |generator| {
        let departments = generator.departments();
        assert!((170..=230).contains(&departments.len()), "{}", departments.len());
        assert_eq!(generator.units.last().map(|unit| unit.end), Some(10_000));
        for department in &departments {
            assert!(department.parent.is_none_or(|parent| departments[parent].parent.is_none()));
        }
        let names: std::collections::HashSet<_> = departments.iter().map(|department| &department.name).collect();
        assert_eq!(names.len(), departments.len());
    });
    with(plan(1, 1, 1), NOW, |generator| assert_eq!(generator.departments().len(), 1));
}

#[test]
fn twice_a_year_a_campaign_takes_the_place_of_a_month_and_keeps_to_the_rest() {
    for now in [NOW, "2026-03-01T06:00:00Z", "2026-08-29T12:00:00Z"] {
        with(plan(30, 24, 1), now, |generator| {
            let periods = generator.periods();
            let campaigns: Vec<_> = (0..24).filter(|index| periods[*index].kind == PeriodKind::Campaign).collect();
            assert!((3..=4).contains(&campaigns.len()) && campaigns[..3] == [5, 11, 17], "{campaigns:?}");
            for pair in campaigns.windows(2) {
                let closed = periods[pair[0]].ends_on + Days::new(1);
                let rested = closed + Days::new(Rhythm::Twice.rest().into());
                assert!(rested <= periods[pair[1]].starts_on, "{now}");
            }
            for campaign in &campaigns {
                let one = &periods[*campaign];
                assert!(Rhythm::Twice.allows(one.starts_on, one.ends_on) && one.closed_at < Some(moment(now)));
            }
            assert!(generator.people(0..30).iter().all(|person| person.invited == campaigns));
        });
    }
}

#[test]
fn about_seven_in_ten_answer_and_every_check_up_lies_in_its_month_in_order() {
    for now in [NOW, "2026-03-01T06:00:00Z", "2026-01-01T00:30:00Z", "2024-02-29T23:00:00Z"] {
        with(plan(400, 12, 3), now, |generator| {
            let (people, periods) = (generator.people(0..400), generator.periods());
            let made: usize = people.iter().map(|person| person.check_ups.len()).sum();
            assert!((0.66..0.74).contains(&(made as f64 / 4800.0)), "{made}");
            for person in &people {
                assert!(person.check_ups.windows(2).all(|pair| pair[0].made_at < pair[1].made_at));
                for check_up in &person.check_ups {
                    let (period, day) =
                        (&periods[check_up.period], check_up.made_at.with_timezone(&generator.timezone).date_naive());
                    assert!((period.starts_on..=period.ends_on).contains(&day) && check_up.made_at < generator.now);
                    assert!(person.joined_on < day && person.consented_at < Some(check_up.made_at));
                }
            }
        });
    }
}

#[test]
fn scores_spread_over_the_levels_and_dimensions_go_together() {
    with(plan(1_000, 2, 5), NOW, |generator| {
        let people = generator.people(0..1_000);
        let check_ups: Vec<_> = people.iter().flat_map(|person| &person.check_ups).collect();
        let totals: Vec<f64> = check_ups.iter().filter_map(|check_up| check_up.score.total).collect();
        let mean = totals.iter().sum::<f64>() / totals.len() as f64;
        let high = totals.iter().filter(|total| **total >= 70.0).count() as f64 / totals.len() as f64;
        assert!((42.0..58.0).contains(&mean) && (0.01..0.20).contains(&high), "mean {mean}, high {high}");
        let pairs: Vec<(f64, f64)> =
            check_ups.iter().filter_map(|c| Some((c.score.subscales[0]?, c.score.subscales[1]?))).collect();
        assert!(correlation(&pairs) > 0.4, "{}", correlation(&pairs));
    });
}

fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len() as f64;
    let (mx, my) = (pairs.iter().map(|p| p.0).sum::<f64>() / n, pairs.iter().map(|p| p.1).sum::<f64>() / n);
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in pairs {
        xy += (x - mx) * (y - my);
        xx += (x - mx) * (x - mx);
        yy += (y - my) * (y - my);
    }
    xy / (xx * yy).sqrt()
}

#[test]
fn whoever_answered_has_a_list_and_some_log_their_days() {
    with(plan(500, 3, 9), NOW, |generator| {
        let people = generator.people(0..500);
        for person in &people {
            let given = person.recommendations.len();
            assert!(if person.check_ups.is_empty() { given == 0 } else { (5..=7).contains(&given) }, "{given}");
            for row in &person.recommendations {
                assert!(row.completed_at.is_none_or(|at| at >= row.given_at && at < generator.now));
            }
            assert!(person.pulses.iter().all(|pulse| pulse.day < generator.today));
        }
        assert!(people.iter().any(|person| person.recommendations.iter().any(|row| row.completed_at.is_some())));
        let logging = people.iter().filter(|person| !person.pulses.is_empty()).count();
        assert!((110..=190).contains(&logging), "{logging}");
    });
}

//! The attacker beside an independent implementation.

use super::*;
use serde_json::Value;

/// Fifteen small histories: teams that stay, joiners, leavers and people who move,
/// several scales with noise of which half is common, shares above cuts, chances below 1,
/// somebody taken out, the daily note, and random companies of 24 months. One a line;
/// `explained` has person, measure, and the shares of answer, level and trait as computed
/// by an independent implementation in Python with numpy.
const REFERENCE: &str = include_str!("../../../tests/fixtures/inference.json");

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

/// Numbers for names, in the order of their first use.
#[derive(Default)]
struct Names(HashMap<String, usize>);

impl Names {
    fn number(&mut self, name: &str) -> usize {
        let next = self.0.len();
        *self.0.entry(name.to_owned()).or_insert(next)
    }
}

fn measure(value: &Value, families: &mut Names) -> Measure {
    Measure {
        lasting: number(&value["trait"]),
        drift: number(&value["drift"]),
        error: number(&value["error"]),
        keeps: number(&value["keeps"]),
        family: families.number(value["family"].as_str().unwrap()),
        cut: value["cut"].as_f64(),
    }
}

fn cell(value: &Value, releases: &mut Names, people: &mut Names) -> Cell {
    let of_people = value["people"].as_object().unwrap().iter();
    let of_noise = value["noise"].as_object().unwrap().iter();
    Cell {
        release: releases.number(value["release"].as_str().unwrap()),
        time: number(&value["time"]),
        measure: value["measure"].as_u64().unwrap() as usize,
        people: Arc::new(of_people.map(|(name, chance)| (people.number(name), number(chance))).collect()),
        noise: of_noise.map(|(draw, deviation)| (draw.parse().unwrap(), number(deviation))).collect(),
    }
}

#[test]
fn shares_are_those_of_an_independent_implementation_to_six_digits() {
    let histories: Vec<Value> = serde_json::from_str(REFERENCE).unwrap();
    assert_eq!(histories.len(), 15);
    let mut compared = 0;
    for history in &histories {
        let [mut families, mut releases, mut people] = <[Names; 3]>::default();
        let measures: Vec<Measure> =
            history["measures"].as_array().unwrap().iter().map(|one| measure(one, &mut families)).collect();
        let cells: Vec<Cell> =
            history["cells"].as_array().unwrap().iter().map(|one| cell(one, &mut releases, &mut people)).collect();
        let but: Vec<usize> =
            history["but"].as_array().unwrap().iter().map(|one| people.number(one.as_str().unwrap())).collect();
        let attacker = Attacker::new(&measures, &cells, &but).unwrap();
        let mut largest: HashMap<usize, f64> = HashMap::new();
        for row in history["explained"].as_array().unwrap() {
            let person = people.number(row[0].as_str().unwrap());
            let found = attacker.explained(person, row[1].as_u64().unwrap() as usize);
            for (ours, theirs) in [(found.answer, &row[2]), (found.level, &row[3]), (found.lasting, &row[4])] {
                let theirs = number(theirs);
                assert!((ours - theirs).abs() < 5e-7, "{}: {row}: {ours} and {theirs}", history["name"]);
                let most = largest.entry(person).or_default();
                *most = most.max(theirs);
                compared += 1;
            }
        }
        for found in attacker.largest(|_| true) {
            assert!((found.share - largest[&found.person]).abs() < 5e-7, "{}: {found:?}", history["name"]);
        }
        assert_eq!(attacker.people().count(), largest.len());
    }
    assert!(compared > 1000, "{compared}");
}

#[test]
fn one_mean_of_five_people_tells_a_fifth_of_each() {
    let crew = Arc::new((0..5).map(|person| (person, 1.0)).collect::<Vec<_>>());
    let cells = [Cell { release: 0, time: 0.0, measure: 0, people: crew, noise: Vec::new() }];
    let measures = [Measure::of_check_up(0)];
    let shares = |but: &[usize]| -> Vec<f64> {
        Attacker::new(&measures, &cells, but).unwrap().largest(|_| true).into_iter().map(|one| one.share).collect()
    };
    assert!(shares(&[]).iter().all(|share| (share - 0.2).abs() < 1e-6));
    assert_eq!(shares(&[]).len(), 5);
    assert!(shares(&[4]).iter().all(|share| (share - 0.25).abs() < 1e-6), "who knows himself sees four");
    assert_eq!(shares(&[4]).len(), 4);
}

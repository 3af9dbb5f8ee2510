//! A person's list of recommendations as it grows over their check-ups, by the
//! same choice that a real one is made with.

use crate::{
    instruments::instrument::Instrument,
    recommendations::{
        Strain,
        choice::{self, Candidate},
    },
    seed::rows::{CheckUp, Recommendation},
};
use chrono::{DateTime, Days, Utc};
use std::collections::HashSet;

/// Follows the list over `check_ups`, oldest first. `done` says of each item,
/// by the number of the check-up and its place on the list, in how many days it
/// is completed; what would be after the next check-up or after `now` stays
/// open. A completed item is not given again.
pub fn follow(
    instrument: &Instrument,
    candidates: &[Candidate],
    check_ups: &[CheckUp],
    now: DateTime<Utc>,
    mut done: impl FnMut(usize, usize) -> Option<u64>,
) -> Vec<Recommendation> {
    let mut completed: Vec<Recommendation> = Vec::new();
    let mut open: Vec<Recommendation> = Vec::new();
    for (number, check_up) in check_ups.iter().enumerate() {
        let finished: HashSet<_> = completed.iter().map(|row| row.item).collect();
        let left: Vec<Candidate> = candidates.iter().filter(|item| !finished.contains(&item.id)).cloned().collect();
        let until = check_ups.get(number + 1).map_or(now, |next| next.made_at);
        let mut list = Vec::new();
        let chosen = choice::choose(&left, &Strain::of(instrument, &check_up.score));
        for (place, (item, priority)) in chosen.into_iter().enumerate() {
            let before = open.iter().find(|row| row.item == item);
            let given_at = before.map_or(check_up.made_at, |row| row.given_at);
            let completed_at =
                done(number, place).map(|days| check_up.made_at + Days::new(days)).filter(|at| *at < until);
            let row = Recommendation { item, priority, given_at, completed_at };
            if completed_at.is_some() { completed.push(row) } else { list.push(row) }
        }
        open = list;
    }
    completed.append(&mut open);
    completed
}

//! A person's recommendations over all their check-ups, by the same rules as for real
//! people.

use crate::{
    instruments::instrument::Instrument,
    recommendations::{
        Strain,
        choice::{self, Candidate},
    },
    seed::rows::{CheckUp, Recommendation},
};
use chrono::{DateTime, Days, Utc};

/// The list after all `check_ups`, oldest first. `done` says after how many days an
/// item is completed, given the number of the check-up and its place on the list; an
/// item that would be completed after the next check-up or after `now` stays open.
/// Completed items are not recommended again.
pub fn follow(
    instrument: &Instrument,
    candidates: &[Candidate],
    check_ups: &[CheckUp],
    now: DateTime<Utc>,
    mut done: impl FnMut(usize, usize) -> Option<u64>,
) -> Vec<Recommendation> {
    let mut completed: Vec<Recommendation> = Vec::new();
    let mut open: Vec<Recommendation> = Vec::new();
    let mut left = candidates.to_vec();
    for (number, check_up) in check_ups.iter().enumerate() {
        let until = check_ups.get(number + 1).map_or(now, |next| next.made_at);
        let mut list = Vec::new();
        let chosen = choice::choose(&left, &Strain::of(instrument, &check_up.score));
        for (place, (item, priority)) in chosen.into_iter().enumerate() {
            let before = open.iter().find(|row| row.item == item);
            let given_at = before.map_or(check_up.made_at, |row| row.given_at);
            let completed_at =
                done(number, place).map(|days| check_up.made_at + Days::new(days)).filter(|at| *at < until);
            let row = Recommendation { item, priority, given_at, completed_at };
            if completed_at.is_some() {
                left.retain(|one| one.id != item);
                completed.push(row);
            } else {
                list.push(row);
            }
        }
        open = list;
    }
    completed.append(&mut open);
    completed
}

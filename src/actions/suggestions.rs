//! What a team could do, from the dimensions of its published numbers. Pure
//! and deterministic; knows groups only, never a person.

use crate::{
    domain::{Dimension, Level},
    library::ItemId,
    recommendations::Candidate,
};

/// Whose turn it is when items are picked: 0 is the worst dimension.
const TURNS: [usize; 8] = [0, 0, 1, 2, 0, 1, 2, 0];

/// Three items for one strained dimension, four for two, five for three; the
/// worst dimension's first, each with the dimension it is for. Nothing for a
/// dimension that is low.
pub fn suggest(candidates: &[Candidate], means: &[(Dimension, i64, Level)]) -> Vec<(ItemId, Dimension)> {
    let mut strained: Vec<_> = means.iter().filter(|(_, _, level)| *level != Level::Low).collect();
    strained.sort_by_key(|(dimension, percent, level)| (std::cmp::Reverse((*level, *percent)), *dimension));
    let count = if strained.is_empty() { 0 } else { strained.len().min(3) + 2 };
    let mut chosen: Vec<(ItemId, Dimension)> = Vec::new();
    for turn in TURNS.into_iter().cycle().take(TURNS.len() * 4) {
        if chosen.len() >= count {
            break;
        }
        let Some((dimension, _, level)) = strained.get(turn) else { continue };
        chosen.extend(best(candidates, *dimension, *level, &chosen).map(|item| (item, *dimension)));
    }
    chosen
}

/// The item most specific to the dimension and not chosen yet, from a category
/// that is used least, in the library's order.
fn best(
    candidates: &[Candidate],
    dimension: Dimension,
    level: Level,
    chosen: &[(ItemId, Dimension)],
) -> Option<ItemId> {
    let is_chosen = |item: &Candidate| chosen.iter().any(|(id, _)| *id == item.id);
    let uses = |item: &Candidate| {
        candidates.iter().filter(|other| other.category == item.category && is_chosen(other)).count()
    };
    candidates
        .iter()
        .filter(|item| item.dimensions.contains(&dimension) && item.levels.contains(&level) && !is_chosen(item))
        .min_by_key(|item| (uses(item), item.dimensions.len(), item.id))
        .map(|item| item.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{self, Audience};
    use Dimension::{Depersonalization as Dp, EmotionalExhaustion as Ee, ReducedAccomplishment as Ra};
    use Level::{High, Low, Medium};

    fn shelf() -> Vec<Candidate> {
        let (items, _) = library::shipped().unwrap();
        let stored = |(place, item): (usize, library::Item)| Candidate {
            id: ItemId(place as i64),
            category: item.category,
            dimensions: item.dimensions,
            levels: item.levels,
        };
        let for_teams = items.into_iter().filter(|item| item.audience == Audience::Team);
        for_teams.enumerate().map(stored).collect()
    }

    #[test]
    fn the_worst_dimension_comes_first_and_a_low_one_gets_nothing() {
        let shelf = shelf();
        for (means, expected) in [
            (&[][..], &[][..]),
            (&[(Ee, 20, Low), (Dp, 37, Low), (Ra, 0, Low)], &[]),
            (&[(Ee, 40, Medium), (Dp, 30, Low), (Ra, 10, Low)], &[Ee, Ee, Ee]),
            (&[(Ee, 20, Low), (Dp, 30, Low), (Ra, 80, High)], &[Ra, Ra, Ra]),
            (&[(Ee, 70, High), (Dp, 45, Medium), (Ra, 10, Low)], &[Ee, Ee, Dp, Ee]),
            (&[(Ee, 40, Medium), (Dp, 55, Medium), (Ra, 50, Medium)], &[Dp, Dp, Ra, Ee, Dp]),
            (&[(Ee, 70, High), (Dp, 71, High), (Ra, 72, High)], &[Ra, Ra, Dp, Ee, Ra]),
            // Another questionnaire's cut-offs may lie elsewhere: the level comes before the percent.
            (&[(Ee, 60, Medium), (Dp, 50, High)], &[Dp, Dp, Ee, Dp]),
            (&[(Ra, 50, Medium), (Ee, 50, Medium)], &[Ee, Ee, Ra, Ee]),
        ] {
            let chosen = suggest(&shelf, means);
            let dimensions: Vec<_> = chosen.iter().map(|(_, dimension)| *dimension).collect();
            assert_eq!(dimensions, expected, "{means:?}");
            assert_eq!(chosen, suggest(&shelf, means), "the same once more");
            for (id, dimension) in &chosen {
                let item = shelf.iter().find(|item| item.id == *id).unwrap();
                let level = means.iter().find(|(one, ..)| one == dimension).unwrap().2;
                assert!(item.dimensions.contains(dimension) && item.levels.contains(&level));
            }
            let mut ids: Vec<_> = chosen.iter().map(|(id, _)| *id).collect();
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), chosen.len(), "nothing twice");
        }
    }

    #[test]
    fn the_order_of_the_shelf_and_of_the_means_changes_nothing() {
        let (mut shelf, mut means) = (shelf(), vec![(Ee, 70, High), (Dp, 45, Medium), (Ra, 45, Medium)]);
        let chosen = suggest(&shelf, &means);
        shelf.reverse();
        means.reverse();
        assert_eq!(suggest(&shelf, &means), chosen);
    }

    #[test]
    fn a_short_shelf_gives_what_it_has() {
        let shelf: Vec<_> = shelf().into_iter().filter(|item| item.dimensions == [Dp]).collect();
        let chosen = suggest(&shelf, &[(Dp, 80, High), (Ee, 80, High)]);
        assert_eq!(chosen.len(), shelf.len());
        assert!(suggest(&[], &[(Dp, 80, High)]).is_empty());
    }
}

//! Requirements for the installation's secret.

use std::collections::BTreeSet;

/// The shortest allowed secret, in bytes.
pub const SHORTEST: usize = 32;
/// A text with fewer different characters is taken as not random. Of random texts of 32
/// decimal digits about one in a thousand has fewer, of hexadecimal ones fewer than one
/// in ten million.
const FEWEST_DIFFERENT: usize = 8;
/// A text that repeats a piece shorter than this is taken as not random.
const SHORTEST_PIECE: usize = 10;

/// Whether a secret, though long enough, varies too little to be random: it has too few
/// different characters or repeats a short piece. Hexadecimal, Base64 and sentences of
/// words pass.
pub fn is_monotonous(secret: &str) -> bool {
    let characters: Vec<char> = secret.chars().collect();
    let different: BTreeSet<&char> = characters.iter().collect();
    let repeats = |piece: usize| characters.iter().zip(characters.iter().skip(piece)).all(|(one, next)| one == next);
    different.len() < FEWEST_DIFFERENT || (1..SHORTEST_PIECE).any(repeats)
}

//! What a secret must be like.

use std::collections::BTreeSet;

/// The shortest secret, in bytes.
pub const SHORTEST: usize = 32;
/// Fewer different characters are no random text: of 32 random decimal digits
/// one secret in a thousand has fewer, of hexadecimal ones one in ten million.
const FEWEST_DIFFERENT: usize = 8;
/// A shorter piece over and over is no random text either.
const SHORTEST_PIECE: usize = 10;

/// Whether a secret, though long enough, has too little variety to be random
/// text, be that hexadecimal, Base64 or a sentence of words.
pub fn is_monotonous(secret: &str) -> bool {
    let characters: Vec<char> = secret.chars().collect();
    let different: BTreeSet<&char> = characters.iter().collect();
    let repeats = |piece: usize| characters.iter().zip(characters.iter().skip(piece)).all(|(one, next)| one == next);
    different.len() < FEWEST_DIFFERENT || (1..SHORTEST_PIECE).any(repeats)
}

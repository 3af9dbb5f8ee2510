//! A list of leaked passwords, compiled in, so that no network is needed.
//! `script/leaked-passwords` generates it.

use sha2::{Digest as _, Sha256};

/// Bytes of each hash in the list.
const PREFIX: usize = 5;
/// The first [`PREFIX`] bytes of SHA-256 hashes of lower-case passwords, sorted.
static LEAKED: &[u8] = include_bytes!("leaked.bin");

/// Whether this password is on the list, ignoring case.
pub fn contains(password: &str) -> bool {
    let hash = Sha256::digest(password.to_lowercase());
    let (all, _) = LEAKED.as_chunks::<PREFIX>();
    all.binary_search_by(|prefix| prefix[..].cmp(&hash[..PREFIX])).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_knows_what_leaked() {
        let (all, rest) = LEAKED.as_chunks::<PREFIX>();
        assert!(rest.is_empty() && all.is_sorted() && all.len() > 300_000, "{}", all.len());
        for leaked in ["password", "trustno1", "Qwerty123456", "1q2w3e4r5t6y"] {
            assert!(contains(leaked), "{leaked}");
        }
        for unheard_of in ["quiet-harbour-lantern", "warm-hearth-demo", "seven-lamps-at-dusk", "тихая пристань"]
        {
            assert!(!contains(unheard_of), "{unheard_of}");
        }
    }
}

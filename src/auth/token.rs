//! Random tokens for sign-ins and links. The database has only their hashes, so a
//! copy of it is no use for signing in.

use crate::{error::AppError, keys::random};
use hex::FromHex as _;
use sha2::{Digest as _, Sha256};

/// SHA-256 of a token. No salt and no slow hash: a token is 256 random bits.
pub type TokenHash = [u8; 32];

/// A new token and its hash.
///
/// # Errors
/// When the operating system has no randomness to give.
pub fn new() -> Result<(String, TokenHash), AppError> {
    let bytes = random().map_err(AppError::Internal)?;
    Ok((hex::encode(bytes), Sha256::digest(bytes).into()))
}

/// The hash of a token as the client sent it; `None` unless it is 64 hex digits.
pub fn hash_of(token: &str) -> Option<TokenHash> {
    Some(Sha256::digest(<[u8; 32]>::from_hex(token).ok()?).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_leads_back_to_its_hash_and_nothing_else_does() {
        let (token, hash) = new().unwrap();
        assert_eq!(hash_of(&token), Some(hash));
        assert_ne!(hash_of(&new().unwrap().0), Some(hash));
        for nonsense in ["", "zz", &token[1..], &format!("{token}00")] {
            assert_eq!(hash_of(nonsense), None);
        }
    }
}

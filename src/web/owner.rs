//! Marks forms with the person they were made for. When two people share a browser, a
//! form that one of them opened must not be processed for the other. The hidden field
//! holds a keyed hash of the person's id, masked with new random bytes on every page,
//! so that response compression does not leak it (BREACH).

use crate::{domain::UserId, keys::Keys};
use hex::FromHex as _;
use rand::RngCore as _;

/// Name of the hidden field.
pub const FIELD: &str = "form_of";

const PURPOSE: &str = "form of";

/// A person as identified in forms. It depends on the person, not on the session, so a
/// form stays valid after the same person signed in again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Owner([u8; 16]);

impl Owner {
    pub fn new(keys: &Keys, user: UserId) -> Self {
        let digest = keys.digest(PURPOSE, &user.0.to_be_bytes());
        let mut short = [0; 16];
        short.copy_from_slice(&digest[..16]);
        Self(short)
    }

    /// The value for one page: a random mask, then the hash XORed with it; hexadecimal.
    pub fn masked(self) -> String {
        let mut bytes = [0; 32];
        let (mask, masked) = bytes.split_at_mut(16);
        rand::rng().fill_bytes(mask);
        for ((masked, mask), own) in masked.iter_mut().zip(mask).zip(self.0) {
            *masked = *mask ^ own;
        }
        hex::encode(bytes)
    }

    /// The person that a form states; `None` when the value is not one of ours.
    pub fn unmask(text: &str) -> Option<Self> {
        let bytes = <[u8; 32]>::from_hex(text).ok()?;
        let (mask, masked) = bytes.split_at(16);
        let mut own = [0; 16];
        for ((own, mask), masked) in own.iter_mut().zip(mask).zip(masked) {
            *own = mask ^ masked;
        }
        Some(Self(own))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn keys(secret: &str) -> Keys {
        let config = Config::from_lookup(|name| (name == "HEARTH_SECRET_KEY").then(|| secret.to_owned())).unwrap();
        Keys::load(&config).unwrap()
    }

    #[test]
    fn a_form_names_its_person_and_nobody_else_in_other_letters_each_time() {
        let keys_here = keys("a secret that only tests may know");
        let ada = Owner::new(&keys_here, UserId(7));
        let (one, other) = (ada.masked(), ada.masked());
        assert_ne!(one, other);
        assert_eq!(one.len(), 64);
        assert_eq!((Owner::unmask(&one), Owner::unmask(&other)), (Some(ada), Some(ada)));
        assert_ne!(ada, Owner::new(&keys_here, UserId(8)));
        assert_ne!(ada, Owner::new(&keys("another secret of thirty-two letters"), UserId(7)));
        for nonsense in ["", "x", &one[1..], &format!("{one}00"), &"0".repeat(63)] {
            assert_eq!(Owner::unmask(nonsense), None);
        }
    }
}

//! Whose a form is. Two people may share a browser: a form that one of them
//! opened must never be kept as the other's. It carries a digest of its person
//! that nobody without the installation's secret can make, under another random
//! mask on each page, so that compression on the way tells nobody what it is.

use crate::{domain::UserId, keys::Keys};
use hex::FromHex as _;
use rand::RngCore as _;

/// The hidden field that carries it.
pub const FIELD: &str = "form_of";

const PURPOSE: &str = "form of";

/// A person, as their forms name them. Bound to the person and not to a
/// sign-in: the same person's form still counts after signing in again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Owner([u8; 16]);

impl Owner {
    pub fn new(keys: &Keys, user: UserId) -> Self {
        let digest = keys.digest(PURPOSE, &user.0.to_be_bytes());
        let mut short = [0; 16];
        short.copy_from_slice(&digest[..16]);
        Self(short)
    }

    /// As one page has it: a random mask, then the digest under that mask.
    pub fn masked(self) -> String {
        let mut bytes = [0; 32];
        let (mask, masked) = bytes.split_at_mut(16);
        rand::rng().fill_bytes(mask);
        for ((masked, mask), own) in masked.iter_mut().zip(mask).zip(self.0) {
            *masked = *mask ^ own;
        }
        hex::encode(bytes)
    }

    /// What a form says; `None` when it says nothing that a page of ours does.
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

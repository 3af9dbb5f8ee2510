//! The installation's secret and the keys derived from it with HMAC-SHA-256. A secret
//! that is not configured is generated once and kept in the data directory, readable by
//! its owner only.

mod signer;

pub use signer::Signer;

use crate::{
    config::Config,
    secret::{SHORTEST, is_monotonous},
};
use actix_web::cookie::Key;
use anyhow::Context as _;
use hmac::{Hmac, Mac};
use rand::{TryRngCore as _, rngs::OsRng};
use secrecy::{ExposeSecret as _, SecretSlice};
use sha2::Sha256;
use std::{
    fs::OpenOptions,
    io::{ErrorKind, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

/// Keys for cookies and for hashing what must not be readable in the database.
#[derive(Debug)]
pub struct Keys(SecretSlice<u8>);

impl Keys {
    /// From the configured secret, else from the file in the data directory, which is
    /// created when it does not exist.
    ///
    /// # Errors
    /// When the secret can neither be read nor written.
    pub fn load(config: &Config) -> anyhow::Result<Self> {
        if let Some(given) = &config.secret_key {
            return Ok(Self(given.expose_secret().as_bytes().to_vec().into()));
        }
        let path = path(config);
        let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
        match made {
            Ok(mut file) => file.write_all(hex::encode(random()?).as_bytes()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(error),
        }
        .with_context(|| format!("cannot write the secret key to {}", path.display()))?;
        Self::read(&path)
    }

    /// Like [`Self::load`], but creates nothing: `None` when there is no secret yet.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn existing(config: &Config) -> anyhow::Result<Option<Self>> {
        if config.secret_key.is_none() && !path(config).exists() { Ok(None) } else { Self::load(config).map(Some) }
    }

    fn read(path: &Path) -> anyhow::Result<Self> {
        let secret = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let weak = secret.len() < SHORTEST || std::str::from_utf8(&secret).is_ok_and(is_monotonous);
        anyhow::ensure!(!weak, "{} is no secret key: too short, or of too little variety", path.display());
        Ok(Self(secret.into()))
    }

    /// The key that encrypts the session cookie.
    pub fn session(&self) -> Key {
        Key::derive_from(&[self.digest("session", b"1"), self.digest("session", b"2")].concat())
    }

    /// HMAC-SHA-256 of `input` under a key for one purpose: without the secret nobody
    /// can find `input` by trying values.
    pub fn digest(&self, purpose: &str, input: &[u8]) -> [u8; 32] {
        self.mac(purpose, input).finalize().into_bytes().into()
    }

    /// Whether `digest` is [`Self::digest`] of `input`; compared in constant time.
    pub fn verifies(&self, purpose: &str, input: &[u8], digest: &[u8]) -> bool {
        self.mac(purpose, input).verify_slice(digest).is_ok()
    }

    fn mac(&self, purpose: &str, input: &[u8]) -> Hmac<Sha256> {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.expose_secret()).expect("any length is a key");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(input);
        mac
    }
}

fn path(config: &Config) -> PathBuf {
    config.data_dir.join("secret.key")
}

/// 32 random bytes from the operating system.
///
/// # Errors
/// When the operating system cannot provide random bytes.
pub fn random() -> anyhow::Result<[u8; 32]> {
    let mut bytes = [0; 32];
    OsRng.try_fill_bytes(&mut bytes).context("the operating system gave no random bytes")?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::{Engine as _, prelude::BASE64_STANDARD};
    use rand::{RngCore as _, SeedableRng as _};

    #[test]
    fn asvs_13_3_1_a_secret_of_little_variety_is_told_from_random_text_and_from_words() {
        let monotonous = [
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "абабабабабабабабабабабабабабабаб",
            "12341234123412341234123412341234",
            "passwordpasswordpasswordpassword",
            "abcdefghabcdefghabcdefghabcdefgh",
            "11111111222222223333333344444444",
            "0000000000000000000000000000000000000000000000000000000000000001",
        ];
        for secret in monotonous {
            assert!(is_monotonous(secret), "{secret}");
        }
        let mut random = rand_chacha::ChaCha20Rng::seed_from_u64(1);
        for _ in 0..500 {
            let mut bytes = [0; 32];
            random.fill_bytes(&mut bytes);
            for secret in [hex::encode(bytes), hex::encode(&bytes[..16]), BASE64_STANDARD.encode(bytes)] {
                assert!(!is_monotonous(&secret), "{secret}");
            }
        }
        for words in
            ["walnut orbit thimble canyon velvet", "тихий ліхтар над річкою", "a secret that only tests may know"]
        {
            assert!(!is_monotonous(words), "{words}");
        }
    }
}

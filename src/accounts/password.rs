//! What a password must be, and the workers that hash it: off the async
//! threads, with no database connection held, a few at a time.

use crate::{config::Secret, error::AppError, workers::Workers};

/// Cost of the hashes; about a third of a second of one core.
pub const COST: u32 = 12;
/// Shortest password, in characters.
pub const SHORTEST: usize = 8;
/// bcrypt reads no more; a longer password is refused instead of cut.
pub const LONGEST_BYTES: usize = 72;
/// Guesses below which a password counts as common (zxcvbn: "somewhat guessable").
const COMMON_BELOW: u64 = 1_000_000;
/// A hash of that cost behind which there is no password.
const DECOY: &str = "$2b$12$XWlHKpm6cYmrqdi9358xS.sbJELCvwgVpFTHfblMk.9nN2bBRJrze";
/// How many wait for a worker before the next is told to come back.
const QUEUE: usize = 16;

/// A password that may be set. Shown nowhere.
#[derive(Clone, Debug)]
pub struct Password(Secret<String>);

/// Why a password may not be set; its words are `password-{code}` in the catalogs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordProblem {
    TooShort,
    TooLong,
    Common,
}

impl PasswordProblem {
    /// The key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::TooShort => "password-too-short",
            Self::TooLong => "password-too-long",
            Self::Common => "password-too-common",
        }
    }
}

impl Password {
    /// Checks a new password. `personal` are words a guesser would try first,
    /// such as the person's name and address.
    ///
    /// # Errors
    /// The first rule it breaks.
    pub fn parse(text: &str, personal: &[&str]) -> Result<Self, PasswordProblem> {
        if text.chars().count() < SHORTEST {
            return Err(PasswordProblem::TooShort);
        }
        if text.len() > LONGEST_BYTES {
            return Err(PasswordProblem::TooLong);
        }
        if text.contains('\0') || zxcvbn::zxcvbn(text, personal).guesses() < COMMON_BELOW {
            return Err(PasswordProblem::Common);
        }
        Ok(Self(Secret::new(text.to_owned())))
    }
}

/// Hashes and verifies, on as many threads as there are cores but one.
pub struct Hasher {
    cost: u32,
    /// Verified against when there is no account, so that it takes as long.
    decoy: String,
    workers: Workers,
}

impl Hasher {
    /// # Errors
    /// When `cost` is not one bcrypt knows (4 to 31).
    pub fn new(cost: u32) -> anyhow::Result<Self> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let workers = cores.saturating_sub(1).max(1);
        Ok(Self {
            cost,
            decoy: if cost == COST { DECOY.to_owned() } else { bcrypt::non_truncating_hash("", cost)? },
            workers: Workers::new(workers, QUEUE),
        })
    }

    /// The bcrypt hash of a password.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when too many wait already.
    pub async fn hash(&self, password: Password) -> Result<String, AppError> {
        let cost = self.cost;
        let hash = move || match password.0.expose() {
            // All 72 bytes are read, but the crate refuses them, as their closing NUL no longer fits.
            password if password.len() == LONGEST_BYTES => bcrypt::hash(password, cost),
            password => bcrypt::non_truncating_hash(password, cost),
        };
        self.workers.run(hash).await?.map_err(internal)
    }

    /// Whether `password` is the one behind `hash`; without a hash the same
    /// work is done and the answer is no.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when too many wait already.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, AppError> {
        let is_account = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.decoy.clone());
        let fits = password.len() <= LONGEST_BYTES;
        // A longer password belongs to no account, but takes as long to refuse.
        let password = if fits { password } else { String::new() };
        let same = self.workers.run(move || bcrypt::verify(password, &hash)).await?.map_err(internal)?;
        Ok(same && is_account && fits)
    }
}

fn internal(error: bcrypt::BcryptError) -> AppError {
    AppError::Internal(error.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_long_enough_short_enough_and_not_common() {
        let long = "long-enough-and-rather-unusual-".repeat(3);
        let cases = [
            ("short", Err(PasswordProblem::TooShort)),
            ("пароль", Err(PasswordProblem::TooShort)), // six characters, twelve bytes
            ("password123", Err(PasswordProblem::Common)),
            ("qwertyuiop", Err(PasswordProblem::Common)),
            ("anna.smith", Err(PasswordProblem::Common)), // her own name
            (&long[..72], Ok(())),
            (&long[..73], Err(PasswordProblem::TooLong)),
            ("warm-hearth-demo", Ok(())),
            ("тихая пристань у реки", Ok(())),
        ];
        for (text, expected) in cases {
            assert_eq!(Password::parse(text, &["Anna Smith", "anna.smith"]).map(|_| ()), expected, "{text}");
        }
    }

    #[actix_web::test]
    async fn a_hash_verifies_only_its_own_password() {
        let hasher = Hasher::new(4).unwrap();
        let hash = hasher.hash(Password::parse("warm-hearth-demo", &[]).unwrap()).await.unwrap();
        assert!(hasher.verify("warm-hearth-demo".into(), Some(hash.clone())).await.unwrap());
        assert!(!hasher.verify("warm-hearth-dem0".into(), Some(hash.clone())).await.unwrap());
        assert!(!hasher.verify("x".repeat(100), Some(hash)).await.unwrap());
        assert!(!hasher.verify(String::new(), None).await.unwrap(), "no account never verifies");
        let longest = "long-enough-and-rather-unusual-".repeat(3)[..LONGEST_BYTES].to_owned();
        let hash = hasher.hash(Password::parse(&longest, &[]).unwrap()).await.unwrap();
        assert!(hasher.verify(longest.clone(), Some(hash.clone())).await.unwrap());
        assert!(!hasher.verify(longest[..71].to_owned() + "?", Some(hash)).await.unwrap(), "the last byte counts");
    }
}

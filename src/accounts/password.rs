//! Rules for passwords, and the workers that rate, hash and verify them: off the
//! async threads, with no database connection held, a few at a time.

use crate::{accounts::leaked, domain::text, error::AppError, web::Hearth, workers::Workers};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use bcrypt::BcryptError;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};

/// bcrypt cost (log2 of the rounds); about a third of a second of one core.
pub const COST: u32 = 12;
/// Shortest password, in characters.
pub const SHORTEST: usize = 8;
/// Longest password, in characters of any script.
pub const LONGEST: usize = 128;
/// bcrypt reads no more bytes; a longer password is hashed with SHA-256 first.
const BCRYPT_BYTES: usize = 72;
/// Prefix of stored hashes of longer passwords: bcrypt over the Base64 of the SHA-256.
const OF_DIGEST: &str = "sha256:";
/// Guesses below which a password counts as common (zxcvbn: "somewhat guessable").
const COMMON_BELOW: u64 = 1_000_000;
/// Characters at either end that are rated: the time that zxcvbn takes grows
/// faster than the length.
const JUDGED: usize = 32;
/// A hash of cost [`COST`] that belongs to no account.
const DECOY: &str = "$2b$12$XWlHKpm6cYmrqdi9358xS.sbJELCvwgVpFTHfblMk.9nN2bBRJrze";
/// How many requests may wait for a worker; the next is answered 503.
const QUEUE: usize = 16;

/// A password that passed every rule. `Debug` does not show it.
#[derive(Clone, Debug)]
pub struct Password(SecretString);

/// A password of valid length and characters that has not been rated yet.
#[derive(Clone, Debug)]
pub struct Candidate(SecretString);

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordProblem {
    TooShort,
    TooLong,
    /// Control or invisible characters, which cannot be typed on every keyboard.
    Unseen,
    Common,
}

impl PasswordProblem {
    /// Key of the message in the catalogs.
    pub const fn key(self) -> &'static str {
        match self {
            Self::TooShort => "password-too-short",
            Self::TooLong => "password-too-long",
            Self::Unseen => "password-unseen",
            Self::Common => "password-too-common",
        }
    }
}

impl Candidate {
    /// Normalises the text and checks length and characters, the cheap rules.
    ///
    /// # Errors
    /// The first rule it breaks.
    pub fn parse(text: &str) -> Result<Self, PasswordProblem> {
        match text.chars().take(LONGEST + 1).count() {
            ..SHORTEST => return Err(PasswordProblem::TooShort),
            length if length > LONGEST => return Err(PasswordProblem::TooLong),
            _ => {}
        }
        text::password(text).map(|text| Self(SecretString::from(text))).ok_or(PasswordProblem::Unseen)
    }

    /// Checks that it is hard to guess and not on the list of leaked passwords.
    /// `personal` are words that an attacker would try first, such as the person's
    /// name and address. Takes up to a tenth of a second of CPU: the server calls
    /// [`Hasher::judge`] instead.
    ///
    /// # Errors
    /// [`PasswordProblem::Common`].
    pub fn judge(self, personal: &[&str]) -> Result<Password, PasswordProblem> {
        let text = self.0.expose_secret();
        if leaked::contains(text) || ends(text).all(|end| zxcvbn::zxcvbn(end, personal).guesses() < COMMON_BELOW) {
            return Err(PasswordProblem::Common);
        }
        Ok(Password(self.0))
    }
}

/// The first [`JUDGED`] characters, and the last ones of a longer text. The whole
/// is at least as hard to guess as the harder of the two.
fn ends(text: &str) -> impl Iterator<Item = &str> {
    let after = text.char_indices().nth(JUDGED).map(|(at, _)| at);
    let before = after.and_then(|_| text.char_indices().rev().nth(JUDGED - 1)).map(|(at, _)| at);
    [Some(&text[..after.unwrap_or(text.len())]), before.map(|at| &text[at..])].into_iter().flatten()
}

impl Password {
    /// Checks every rule at once, for the command line.
    ///
    /// # Errors
    /// The first rule it breaks.
    pub fn parse(text: &str, personal: &[&str]) -> Result<Self, PasswordProblem> {
        Candidate::parse(text)?.judge(personal)
    }
}

/// Which pool of workers verifies a password. Sign-ins have pools of their own, so
/// that they do not queue behind other work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// A sign-in from a known device or network of the account, which does not
    /// queue behind a flood of attempts from elsewhere.
    Familiar,
    SignIn,
    /// Registering, setting a password, entering it again.
    Other,
}

/// Rates, hashes and verifies passwords on three pools: sign-ins have one worker
/// less than there are cores (at least one), sign-ins from familiar places one
/// worker more, everything else half as many.
pub struct Hasher {
    cost: u32,
    /// Verified against when there is no account, so that the answer takes as long.
    decoy: String,
    familiar: Workers,
    sign_ins: Workers,
    others: Workers,
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
            familiar: Workers::new(1, QUEUE),
            sign_ins: Workers::new(workers, QUEUE),
            others: Workers::new(workers.div_ceil(2), QUEUE),
        })
    }

    fn workers(&self, lane: Lane) -> &Workers {
        match lane {
            Lane::Familiar => &self.familiar,
            Lane::SignIn => &self.sign_ins,
            Lane::Other => &self.others,
        }
    }

    /// Runs [`Candidate::judge`] on a worker.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when the queue is full.
    pub async fn judge(
        &self,
        candidate: Candidate,
        personal: &[&str],
    ) -> Result<Result<Password, PasswordProblem>, AppError> {
        let personal: Vec<String> = personal.iter().map(|word| word.chars().take(LONGEST).collect()).collect();
        let judge = move || candidate.judge(&personal.iter().map(String::as_str).collect::<Vec<_>>());
        self.others.run(judge).await
    }

    /// The hash of a password, as stored.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when the queue is full.
    pub async fn hash(&self, password: Password) -> Result<String, AppError> {
        let cost = self.cost;
        self.others.run(move || hash_of(password.0.expose_secret(), cost)).await?.map_err(internal)
    }

    /// Whether `password` matches `hash`. Without a hash the same work is done
    /// and the answer is `false`. The password is normalised by the PRECIS
    /// profile, as when it is set; if that changes it, the text as typed is tried
    /// as well, as older hashes were made without normalisation.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when the queue is full.
    pub async fn verify(&self, lane: Lane, password: String, hash: Option<String>) -> Result<bool, AppError> {
        let is_account = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.decoy.clone());
        let same = self.workers(lane).run(move || is_of(&password, &hash)).await?.map_err(internal)?;
        Ok(same && is_account)
    }
}

impl Hearth {
    /// The password workers of this process.
    pub fn hasher(&self) -> &Hasher {
        self.state()
    }
}

fn hash_of(password: &str, cost: u32) -> Result<String, BcryptError> {
    match password.len() {
        ..BCRYPT_BYTES => bcrypt::non_truncating_hash(password, cost),
        // bcrypt reads all 72 bytes, but the crate's checked call counts a closing NUL and refuses them.
        BCRYPT_BYTES => bcrypt::hash(password, cost),
        _ => Ok(format!("{OF_DIGEST}{}", bcrypt::non_truncating_hash(digest(password), cost)?)),
    }
}

fn is_of(typed: &str, hash: &str) -> Result<bool, BcryptError> {
    match text::password(typed) {
        Some(read) if read != typed => Ok(is_exactly_of(&read, hash)? || is_exactly_of(typed, hash)?),
        _ => is_exactly_of(typed, hash),
    }
}

fn is_exactly_of(password: &str, hash: &str) -> Result<bool, BcryptError> {
    match hash.strip_prefix(OF_DIGEST) {
        Some(hash) => bcrypt::verify(digest(password), hash),
        None => {
            let fits = password.len() <= BCRYPT_BYTES;
            // A longer password cannot match; hash all the same, so that refusing takes as long.
            Ok(bcrypt::verify(if fits { password } else { "" }, hash)? && fits)
        }
    }
}

/// A password of any length as 44 characters of Base64, which contain no NUL:
/// bcrypt would stop at one.
fn digest(password: &str) -> String {
    BASE64_STANDARD.encode(Sha256::digest(password))
}

fn internal(error: BcryptError) -> AppError {
    AppError::Internal(error.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_long_enough_short_enough_and_not_common() {
        let long = "long-enough-and-rather-unusual-".repeat(5);
        let cyrillic = "тихая пристань у реки за старой мельницей ".repeat(4);
        let cyrillic: String = cyrillic.chars().take(LONGEST).collect();
        let cases = [
            ("short", Err(PasswordProblem::TooShort)),
            ("пароль", Err(PasswordProblem::TooShort)), // six characters, twelve bytes
            ("quiet\u{200b}harbour-lantern", Err(PasswordProblem::Unseen)),
            ("quiet\0harbour-lantern", Err(PasswordProblem::Unseen)),
            ("password123", Err(PasswordProblem::Common)),
            ("qwertyuiop", Err(PasswordProblem::Common)),
            ("anna.smith", Err(PasswordProblem::Common)), // her own name
            (&"a".repeat(LONGEST), Err(PasswordProblem::Common)),
            (&long[..72], Ok(())),
            (&long[..LONGEST], Ok(())),
            (&long[..LONGEST + 1], Err(PasswordProblem::TooLong)),
            (&cyrillic, Ok(())),
            ("warm-hearth-demo", Ok(())),
            ("тихая пристань у реки", Ok(())),
        ];
        for (text, expected) in cases {
            assert_eq!(Password::parse(text, &["Anna Smith", "anna.smith"]).map(|_| ()), expected, "{text}");
        }
    }

    #[test]
    fn a_long_password_is_judged_by_its_harder_end() {
        let (easy, hard) = ("a".repeat(60), "violet-otter-climbs-9-slow-ladders");
        for (text, expected) in
            [(format!("{easy}{hard}"), Ok(())), (format!("{hard}{easy}"), Ok(())), (easy, Err(PasswordProblem::Common))]
        {
            assert_eq!(Password::parse(&text, &[]).map(|_| ()), expected, "{text}");
        }
        assert_eq!(ends("short").collect::<Vec<_>>(), ["short"]);
        let letters: String = ('a'..='z').chain('A'..='Z').collect();
        assert_eq!(ends(&letters).collect::<Vec<_>>(), [&letters[..32], &letters[20..]]);
    }

    /// The hash of a password of this length, and of one that differs in its last character.
    async fn verified(length: usize, letter: &str) -> (String, bool, bool) {
        let hasher = Hasher::new(4).unwrap();
        let text: String = letter.repeat(length);
        let hash = hasher.hash(Password(SecretString::from(text.clone()))).await.unwrap();
        let other = text.chars().take(length - 1).chain(['?']).collect();
        let same = hasher.verify(Lane::SignIn, text, Some(hash.clone())).await.unwrap();
        let different = hasher.verify(Lane::Other, other, Some(hash.clone())).await.unwrap();
        (hash, same, different)
    }

    #[actix_web::test]
    async fn a_hash_verifies_only_its_own_password_whatever_its_length() {
        for (length, letter, is_of_digest) in
            [(16, "x", false), (72, "x", false), (73, "x", true), (128, "x", true), (36, "я", false), (37, "я", true)]
        {
            let (hash, same, different) = verified(length, letter).await;
            assert!(same && !different, "{length} {letter}: the last one counts");
            assert_eq!(hash.starts_with("sha256:$2b$"), is_of_digest, "{length} {letter}");
        }
        let hasher = Hasher::new(4).unwrap();
        assert!(!hasher.verify(Lane::SignIn, String::new(), None).await.unwrap(), "no account never verifies");
        let (short, ..) = verified(16, "x").await;
        assert!(!hasher.verify(Lane::SignIn, "x".repeat(100), Some(short)).await.unwrap());
        let (long, ..) = verified(100, "x").await;
        assert!(!hasher.verify(Lane::SignIn, digest(&"x".repeat(100)), Some(long)).await.unwrap(), "nor its digest");
    }

    #[actix_web::test]
    async fn a_password_is_the_same_from_every_keyboard_and_old_hashes_stay_good() {
        let hasher = Hasher::new(4).unwrap();
        let (composed, apart) = ("зай\u{43c}ёмся-лесом", "заи\u{306}\u{43c}е\u{308}мся-лесом");
        let hash = hasher.hash(Password::parse(apart, &[]).unwrap()).await.unwrap();
        for typed in [composed, apart] {
            assert!(hasher.verify(Lane::SignIn, typed.to_owned(), Some(hash.clone())).await.unwrap(), "{typed}");
        }
        let of_before = bcrypt::hash(apart, 4).unwrap();
        assert!(hasher.verify(Lane::SignIn, apart.to_owned(), Some(of_before.clone())).await.unwrap());
        assert!(!hasher.verify(Lane::SignIn, composed.to_owned(), Some(of_before)).await.unwrap(), "as it was typed");
    }

    #[actix_web::test]
    async fn workers_for_signing_in_are_never_all_taken_by_others() {
        let hasher = Hasher::new(4).unwrap();
        let (release, hold) = std::sync::mpsc::channel::<()>();
        let hold = std::sync::Arc::new(std::sync::Mutex::new(hold));
        let wait = || {
            let hold = hold.clone();
            let others = hasher.others.clone();
            let job = move || {
                let _ = hold.lock().unwrap().recv(); // until the test lets go
            };
            async move { others.run(job).await }
        };
        let waiting: Vec<_> = (0..200).map(|_| actix_web::rt::spawn(wait())).collect();
        actix_web::rt::task::yield_now().await;
        assert!(matches!(hasher.hash(Password(SecretString::from("x".to_owned()))).await, Err(AppError::Unavailable)));
        assert!(!hasher.verify(Lane::SignIn, "guess".to_owned(), None).await.unwrap());
        drop(release);
        for one in waiting {
            let _ = one.await.unwrap(); // done, or told that too many wait
        }
    }
}

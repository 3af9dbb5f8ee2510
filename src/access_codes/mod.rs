//! Access codes on paper for people without an e-mail address. A code works
//! once: it opens the check-up of its campaign for an hour, but none of the
//! person's earlier results, because whoever printed the slip could use it too.

pub mod code;
pub mod pages;
mod store;

pub use code::Code;

pub use store::latest_printing;

use crate::{
    accounts::sign_in::{self, Attempt},
    assessment,
    auth::{Client, SignInId, SignInKind, sessions, token::TokenHash},
    consents::{self, ConsentPurpose},
    domain::{PeriodId, UserId},
    error::AppError,
};
use chrono::{DateTime, Utc};
use diesel::{Connection as _, PgConnection};

/// The keyed hash of a code.
pub type CodeHash = [u8; 32];

/// Why a code was refused.
#[derive(Debug, thiserror::Error)]
pub enum CodeError {
    /// The code is unknown, was used, or its campaign is over. The answer does not
    /// say which: it would tell whoever printed the slips who took part.
    #[error("no such code")]
    NotGood,
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<diesel::result::Error> for CodeError {
    fn from(error: diesel::result::Error) -> Self {
        Self::App(error.into())
    }
}

/// Replaces every code of a campaign, used or not: if used ones were left out,
/// a missing slip would show who has answered. `printing` is the number of the
/// new printing.
///
/// # Errors
/// Those of the database.
pub fn replace(
    conn: &mut PgConnection,
    period: PeriodId,
    codes: &[(UserId, CodeHash)],
    printing: i32,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    store::delete_all(conn, period)?;
    store::insert(conn, period, codes, printing, now)?;
    Ok(())
}

/// Uses a code up and signs in with it, ending the sign-in that this browser had
/// `before`. Also withdraws the person's consent to check-ups and deletes drafts:
/// whoever holds the slip has to consent and sees no answers given earlier.
///
/// # Errors
/// [`CodeError::NotGood`], or those of the database.
pub fn redeem(
    conn: &mut PgConnection,
    code: CodeHash,
    attempt: &Attempt,
    before: Option<(UserId, SignInId)>,
    token: TokenHash,
    client: &Client,
    now: DateTime<Utc>,
) -> Result<(), CodeError> {
    conn.transaction(|conn| {
        let (period, user) = store::lock_good(conn, code)?.ok_or(CodeError::NotGood)?;
        store::set_used(conn, period, user, now)?;
        consents::withdraw(conn, user, ConsentPurpose::Assessment, now)?;
        assessment::forget_drafts(conn, user)?;
        sign_in::succeed(conn, attempt)?;
        if let Some((user, sign_in)) = before {
            sessions::end_if_there(conn, user, sign_in)?;
        }
        sessions::start(conn, user, SignInKind::Code, token, client, now)?;
        Ok(())
    })
}

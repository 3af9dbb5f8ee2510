//! Sign-in with address and password, the same for pages and the API. The attempt
//! is counted first; the password is verified with no connection held.

use crate::{
    accounts::{AttemptKind, password::Lane, sign_in},
    auth::{Client, SignInId, SignInKind, language, token},
    domain::{Email, UserId},
    error::AppError,
    i18n::Language,
    web::{Hearth, page},
};
use actix_web::{HttpRequest, web::Data};
use diesel::PgConnection;

/// The result of a sign-in with address and password.
pub struct SignInResult {
    pub user: UserId,
    /// The session token, sent to the client once; the database has its hash.
    pub token: String,
    /// The account's key in the log of attempts, see [`sign_in::account_key`].
    pub account: [u8; 32],
    /// Id of the browser's device cookie for this account, if it had one.
    pub device: Option<[u8; 16]>,
    pub language: Option<Language>,
}

/// Signs in. Ends the sign-in that this browser had `before`.
///
/// # Errors
/// [`AppError::SignInRequired`] for an unknown address and a wrong password
/// alike, [`AppError::TooManyRequests`] when a limit is reached.
pub async fn with_password(
    hearth: &Data<Hearth>,
    request: &HttpRequest,
    email: &Email,
    password: String,
    kind: SignInKind,
    before: Option<(UserId, SignInId)>,
) -> Result<SignInResult, AppError> {
    let account = sign_in::account_key(&hearth.keys, email);
    let client = Client::of(hearth, request, &account);
    let now = hearth.now();
    let attempt = {
        let (email, client) = (email.clone(), client.clone());
        let begin = move |conn: &mut _| sign_in::begin(conn, AttemptKind::SignIn, &account, &email, &client, now);
        let _turn = hearth.strangers.take().await?;
        hearth.db.run(begin).await?
    };
    let lane = if attempt.is_familiar { Lane::Familiar } else { Lane::SignIn };
    let verified = match hearth.hasher().verify(lane, password, attempt.password_hash.clone()).await {
        Ok(verified) => verified,
        Err(error) => {
            hearth.db.run(move |conn| sign_in::cancel(conn, &attempt)).await?; // the password was not verified
            return Err(error);
        }
    };
    let user = attempt.user.filter(|_| verified).ok_or(AppError::SignInRequired)?;
    let (token, hash) = token::new()?;
    let device = client.device;
    // Without a stored language, the one of the first sign-in in a browser is stored for mail.
    let first =
        (kind == SignInKind::Browser && attempt.language.is_none()).then(|| page::chosen_language(hearth, request));
    let first = first.flatten();
    let language = attempt.language.or(first);
    let work = move |conn: &mut PgConnection| {
        sign_in::finish(conn, &attempt, kind, before, hash, &client, now)?;
        first.map_or(Ok(()), |language| language::set(conn, user, language))
    };
    hearth.db.run(work).await?;
    hearth.postbox.ring();
    Ok(SignInResult { user, token, account, device, language })
}

//! Throttled registration followed by sign-in, the same for pages and the API.

use crate::{
    accounts::{
        AttemptKind,
        password::Candidate,
        postage::Link,
        registration::{self, NewAccount, RegisterError},
        sign_in::{self, Attempt},
    },
    auth::{Client, SignInKind, roles::Role, token},
    domain::{Email, UserId},
    error::AppError,
    i18n::Language,
    limits::{self, Pace},
    urls,
    web::{Hearth, address::network},
};
use actix_web::{HttpRequest, web::Data};
use chrono::TimeDelta;
use diesel::{Connection as _, PgConnection};

/// What a person enters to register.
pub struct NewPerson {
    pub email: Email,
    pub password: Candidate,
    pub name: String,
    pub position: String,
    pub department: String,
    pub language: Language,
}

/// Somebody who has just registered.
pub struct SignedUp {
    pub user: UserId,
    /// The session token, sent to the client once; the database has its hash.
    pub token: String,
    /// The account's key in the log of attempts, see [`sign_in::account_key`].
    pub account: [u8; 32],
}

/// Registrations from one network: 300 at once, as a whole company may share one
/// address, then 600 an hour.
const OF_NETWORK: Pace = Pace { burst: 300, every: TimeDelta::seconds(6) };
/// Registrations from all networks together.
const OF_ALL: Pace = Pace { burst: 1000, every: TimeDelta::seconds(2) };

/// Registers and signs in. The attempt is counted before the password is rated
/// and hashed. As the answer shows whether an address is taken, attempts that
/// find it taken stay counted as failed.
///
/// # Errors
/// [`RegisterError::EmailTaken`], [`RegisterError::Weak`], or
/// [`AppError::TooManyRequests`] when a limit is reached.
pub async fn sign_up(
    hearth: &Data<Hearth>,
    request: &HttpRequest,
    person: NewPerson,
    kind: SignInKind,
) -> Result<SignedUp, RegisterError> {
    let account = sign_in::account_key(&hearth.keys, &person.email);
    let client = Client::of(hearth, request, &account);
    let (now, today) = (hearth.now(), hearth.day(hearth.now()));
    let attempt = begin(hearth, &person.email, account, &client).await?;
    if attempt.user.is_some() {
        return Err(RegisterError::EmailTaken);
    }
    let hashed = judge_and_hash(hearth, &person).await;
    hearth.db.run(move |conn| sign_in::cancel(conn, &attempt)).await?;
    let new = NewAccount {
        password_hash: hashed?,
        name: person.name,
        position: person.position,
        claimed_department: person.department,
        language: Some(person.language),
        role: Role::Employee,
        confirmed: false,
        email: person.email,
    };
    let (token, hash) = token::new()?;
    let check = Link::new(hearth, urls::PROFILE_ADDRESS_LINK, None, &new.email)?;
    let work =
        move |conn: &mut _| registration::register_and_sign_in(conn, &new, kind, hash, &client, &check, now, today);
    let user = hearth.db.run(work).await?;
    hearth.postbox.ring();
    Ok(SignedUp { user, token, account })
}

/// Counts the attempt; for a free address also against the limits on registrations.
async fn begin(hearth: &Hearth, email: &Email, account: [u8; 32], client: &Client) -> Result<Attempt, AppError> {
    let network = network(client.address).to_string();
    let limits = [
        (hearth.keys.digest("registrations of network", network.as_bytes()), OF_NETWORK),
        (hearth.keys.digest("registrations", b""), OF_ALL),
    ];
    let (email, client, now) = (email.clone(), client.clone(), hearth.now());
    let begin = move |conn: &mut PgConnection| {
        conn.transaction(|conn| {
            let attempt = sign_in::begin(conn, AttemptKind::Registration, &account, &email, &client, now)?;
            if attempt.user.is_none() {
                limits.iter().try_for_each(|(key, pace)| limits::take(conn, key, *pace, now))?;
            }
            Ok::<_, AppError>(attempt)
        })
    };
    let _turn = hearth.strangers.take().await?;
    hearth.db.run(begin).await
}

async fn judge_and_hash(hearth: &Hearth, person: &NewPerson) -> Result<String, RegisterError> {
    let local = person.email.as_str().split('@').next().unwrap_or_default();
    let judged = hearth.hasher().judge(person.password.clone(), &[&person.name, local, "hearth"]).await?;
    Ok(hearth.hasher().hash(judged.map_err(RegisterError::Weak)?).await?)
}

//! Invitations by mail: a single-use link, valid for a week, with which a person
//! chooses a password.

use crate::{
    accounts,
    audit::{self, Event},
    auth::token,
    domain::UserId,
    employees::store,
    error::AppError,
    i18n::Language,
    mail::{self, Letter},
    urls,
};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{Connection as _, PgConnection};
use serde_json::json;
use url::Url;

/// How long after an invitation the same person can be sent another.
const RESENT_AFTER: TimeDelta = TimeDelta::minutes(2);

/// What all invitations of one request have in common.
#[derive(Clone, Debug)]
pub struct Invitations {
    /// Who is shown that an invitation could not be delivered.
    pub actor: Option<UserId>,
    /// The base of the links.
    pub public_url: Url,
    /// For people whose language is not known: that of the person who invites.
    pub language: Language,
}

/// Mails an invitation to a confirmed person without a password, unless one was sent
/// within the last two minutes.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such person, or they have no address.
pub fn invite(
    conn: &mut PgConnection,
    actor: UserId,
    user: UserId,
    invitations: &Invitations,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    conn.transaction(|conn| {
        let standing = store::lock(conn, user)?;
        if !standing.confirmed || standing.has_password {
            return Err(AppError::NotFound);
        }
        if accounts::was_invited_since(conn, user, now - RESENT_AFTER)? {
            return Ok(());
        }
        if send(conn, &[user], invitations, now, now)? == 0 {
            return Err(AppError::NotFound); // no address to send it to
        }
        audit::record(conn, Some(actor), Event::EmployeeInvited, Some(user.0), json!({}), now)
    })
}

/// Stores links and the mails with them, to be sent from `due` on, in a few statements
/// for all people. Returns how many of the people have an address.
///
/// # Errors
/// Those of the database.
pub fn send(
    conn: &mut PgConnection,
    people: &[UserId],
    invitations: &Invitations,
    now: DateTime<Utc>,
    due: DateTime<Utc>,
) -> Result<usize, AppError> {
    let (mut links, mut letters) = (Vec::new(), Vec::new());
    for (user, recipient, language) in store::addresses(conn, people)? {
        let (token, hash) = token::new()?;
        let url = invitations.public_url.join(&urls::password_reset(token));
        let url = url.map_err(|error| AppError::Internal(error.into()))?;
        let words = language.unwrap_or(invitations.language).catalog();
        let body = words.with("mail-invitation-body", &[("url", url.as_str().into())]);
        links.push((user, hash));
        letters.push(Letter { recipient, subject: words.text("mail-invitation-subject").to_owned(), body });
    }
    accounts::insert_invitations(conn, &links, now)?;
    let invited: Vec<UserId> = links.iter().map(|(user, _)| *user).collect();
    store::set_invited(conn, &invited, now)?;
    mail::post_letters(conn, &letters, invitations.actor, due)?;
    Ok(invited.len())
}

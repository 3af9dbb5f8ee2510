//! Invitations by mail: a single-use link, good for a week, behind which the
//! person chooses a password.

use crate::{
    accounts,
    audit::{self, Event},
    auth::token,
    domain::UserId,
    employees::store,
    error::AppError,
    i18n::Language,
    mail::{self, Letter},
};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{Connection as _, PgConnection};
use serde_json::json;
use url::Url;

/// One invitation in so long to one person.
const RESENT_AFTER: TimeDelta = TimeDelta::minutes(2);

/// What every invitation of this installation has in common.
#[derive(Clone, Debug)]
pub struct Invitations {
    /// Who is told of those that do not arrive.
    pub actor: Option<UserId>,
    /// The address that links begin with.
    pub public_url: Url,
    /// For people whose language is not known: that of who invites.
    pub language: Language,
}

/// Mails an invitation to a confirmed person who has no password yet, unless
/// one was mailed just now.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such person, or those of the database.
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
            return Err(AppError::NotFound); // there is no address to mail it to
        }
        audit::record(conn, Some(actor), Event::EmployeeInvited, Some(user.0), json!({}), now)
    })
}

/// Writes links, and mails that go out from `due` on, with a few statements for
/// all of them. Answers how many of the people have an address to mail to.
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
        let url = invitations.public_url.join(&format!("password/reset/{token}"));
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

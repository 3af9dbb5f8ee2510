//! Making an account and signing in at once, the same for pages and the API.

use crate::{
    accounts::{
        AttemptKind, Client, Email, SignInKind, UserId,
        password::Password,
        registration::{self, NewAccount, RegisterError},
        roles::Role,
        sign_in, token, verification,
    },
    i18n::Language,
    web::Hearth,
};
use actix_web::{HttpRequest, web::Data};

/// What somebody says of themselves.
pub struct NewPerson {
    pub email: Email,
    pub password: Password,
    pub name: String,
    pub position: String,
    pub department: String,
    pub language: Language,
}

/// Somebody who has just registered.
pub struct SignedUp {
    pub user: UserId,
    /// Shown to them once; the database has its hash.
    pub token: String,
    /// What stands for the account among tries.
    pub account: [u8; 32],
}

/// Makes the account. Whether an address is taken shows here; so tries that
/// found one are counted.
///
/// # Errors
/// [`RegisterError::EmailTaken`], or too many tries.
pub async fn sign_up(
    hearth: &Data<Hearth>,
    request: &HttpRequest,
    person: NewPerson,
    kind: SignInKind,
) -> Result<SignedUp, RegisterError> {
    let account = sign_in::account_key(&hearth.keys, &person.email);
    let client = Client::of(hearth, request, &account);
    let (now, today) = (hearth.now(), hearth.day(hearth.now()));
    let attempt = {
        let (email, client) = (person.email.clone(), client.clone());
        let begin = move |conn: &mut _| sign_in::begin(conn, AttemptKind::Registration, &account, &email, &client, now);
        hearth.db.run(begin).await?
    };
    if attempt.user.is_some() {
        return Err(RegisterError::EmailTaken);
    }
    let hashed = hearth.hasher.hash(person.password).await;
    hearth.db.run(move |conn| sign_in::cancel(conn, &attempt)).await?;
    let new = NewAccount {
        email: person.email,
        password_hash: hashed?,
        name: person.name,
        position: person.position,
        claimed_department: person.department,
        language: Some(person.language),
        role: Role::Employee,
        confirmed: false,
    };
    let (token, hash) = token::new()?;
    let check = verification::pages::new_link(hearth)?;
    let work =
        move |conn: &mut _| registration::register_and_sign_in(conn, &new, kind, hash, &client, &check, now, today);
    let user = hearth.db.run(work).await?;
    hearth.postbox.ring();
    Ok(SignedUp { user, token, account })
}

//! `/profile` and the changes made there; `/language`.

use crate::{
    accounts::{
        password::{Candidate, PasswordProblem},
        postage::Link,
        profile::{self, Profile, details_pages::DetailsForm},
        reauthentication,
        registration::{RegisterError, pages::check_text},
        sign_in,
    },
    auth::{Actor, Caller, Client, CurrentUser, Proof, SignedIn, Visitor, current_user, language, token},
    domain::Email,
    error::{AppError, PageError},
    i18n::Language,
    mail, urls,
    web::{
        self, Button, Form, Hearth, Page,
        form::{FormErrors, line},
        received,
    },
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use chrono::NaiveDate;
use diesel::PgConnection;
use serde::Deserialize;
use std::time::Duration;

#[derive(Template)]
#[template(path = "accounts/profile.html")]
struct ProfilePage {
    page: Page,
    profile: Profile,
    /// Version of the picture in its URL, milliseconds; `None` without one.
    picture: Option<i64>,
    initials: String,
    shown_name: String,
    position: String,
    details: DetailsForm,
    new_email: String,
    errors: FormErrors,
    /// Mails that did not arrive, with the day.
    undelivered: Vec<(String, NaiveDate)>,
}

/// What was typed and its errors; fields that are `None` show what is stored.
#[derive(Default)]
pub struct Typed {
    pub name: Option<(String, String)>,
    pub details: Option<DetailsForm>,
    pub new_email: String,
    pub errors: FormErrors,
    /// How long to wait after too many wrong passwords or too many mails.
    pub wait: Option<Duration>,
    /// Whether the limit on mails was the reason for `wait`.
    pub mails: bool,
}

impl Typed {
    /// The page after too many mails.
    pub fn too_many_mails(wait: Duration) -> Self {
        Self { wait: Some(wait), mails: true, ..Self::default() }
    }

    /// The proof that the password in `field` is the person's; `None` when it is not,
    /// which is then among the errors.
    async fn proof(
        &mut self,
        user: &CurrentUser,
        request: &HttpRequest,
        hearth: &Data<Hearth>,
        (field, password): (&'static str, String),
    ) -> Result<Option<Proof>, AppError> {
        match reauthentication::check(user, request, hearth, password).await {
            Ok(proof) => Ok(Some(proof)),
            Err(refused) => {
                self.wait = refused.explain(user, field, &mut self.errors)?;
                Ok(None)
            }
        }
    }
}

/// My account.
pub async fn show(caller: Caller<SignedIn>, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    render(user, Typed::default(), StatusCode::OK, &hearth).await
}

/// Renders the page with the errors of one of its forms: 422, or 429 when they
/// have to wait.
///
/// # Errors
/// Those of the database.
pub async fn refuse(user: CurrentUser, mut typed: Typed, hearth: &Data<Hearth>) -> Result<HttpResponse, PageError> {
    if let Some(wait) = typed.wait.filter(|_| typed.mails) {
        typed.errors.add_text("", mails_wait(&user.page, wait));
    }
    let Some(wait) = typed.wait else { return render(user, typed, StatusCode::UNPROCESSABLE_ENTITY, hearth).await };
    let mut response = render(user, typed, StatusCode::TOO_MANY_REQUESTS, hearth).await?;
    web::retry_after(&mut response, wait);
    Ok(response)
}

pub async fn render(
    user: CurrentUser,
    typed: Typed,
    status: StatusCode,
    hearth: &Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let id = user.id;
    let read = move |conn: &mut PgConnection| {
        let (profile, undelivered) = (profile::show(conn, id)?, mail::undelivered(conn, id)?);
        Ok::<_, AppError>((profile, profile::details(conn, id)?, profile::has_avatar(conn, id)?, undelivered))
    };
    let (profile, details, picture, undelivered) = hearth.db.read(read).await?;
    let (shown_name, position) = typed.name.unwrap_or_else(|| (profile.name.clone(), profile.position.clone()));
    let page = ProfilePage {
        // Of the forms on this page, the one with the most to type.
        page: user.page.keeping("details-form", urls::PROFILE_DETAILS),
        picture: picture.map(|since| since.timestamp_millis()),
        initials: initials(&profile.name),
        shown_name,
        position,
        details: typed.details.unwrap_or_else(|| DetailsForm::of(details)),
        new_email: typed.new_email,
        errors: typed.errors,
        undelivered: undelivered.into_iter().map(|mail| (mail.recipient, hearth.day(mail.failed_at))).collect(),
        profile,
    };
    Ok(web::html_with(status, &page)?)
}

/// The message that too many mails were requested, with the wait in minutes.
pub fn mails_wait(page: &Page, wait: Duration) -> String {
    page.t1("mails-wait", "minutes", (wait.as_secs_f64() / 60.0).ceil().max(1.0))
}

/// The initials of the first and the last word.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[derive(Deserialize)]
pub struct NameForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    position: String,
}

/// Changes name and position.
pub async fn rename(
    caller: Caller<SignedIn>,
    form: Form<NameForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form) = caller.form(form).await?;
    let (name, position) = (line(&form.name), line(&form.position));
    let mut errors = FormErrors::default();
    check_text(&name, "name", true, &user.page, &mut errors);
    check_text(&position, "position", false, &user.page, &mut errors);
    if !errors.is_empty() {
        return refuse(user, Typed { name: Some((name, position)), errors, ..Typed::default() }, &hearth).await;
    }
    hearth.act(user.actor(), move |conn| profile::rename(conn, user.id, &name, &position)).await?;
    Ok(web::see_other_with(&hearth, urls::PROFILE, "flash-saved")?)
}

#[derive(Deserialize)]
pub struct PasswordForm {
    #[serde(default)]
    current_password: String,
    #[serde(default)]
    password: String,
}

/// Sets a new password after the current one; signs out everywhere else.
pub async fn change_password(
    caller: Caller<SignedIn>,
    request: HttpRequest,
    form: Form<PasswordForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form) = caller.form(form).await?;
    let mut typed = Typed::default();
    let candidate = Candidate::parse(&form.password);
    if let Err(problem) = candidate {
        typed.errors.add(user.page.words(), "password", problem.key());
    }
    let proof = typed.proof(&user, &request, &hearth, ("current_password", form.current_password)).await?;
    let (Ok(candidate), Some(proof)) = (candidate, proof) else { return refuse(user, typed, &hearth).await };
    match set_password(&user, &request, candidate, proof, &hearth).await? {
        Ok(()) => Ok(web::see_other_with(&hearth, urls::PROFILE, "flash-password-changed")?),
        Err(problem) => {
            typed.errors.add(user.page.words(), "password", problem.key());
            refuse(user, typed, &hearth).await
        }
    }
}

/// Sets the password unless it is easy to guess, and starts a new sign-in here.
async fn set_password(
    user: &CurrentUser,
    request: &HttpRequest,
    candidate: Candidate,
    proof: Proof,
    hearth: &Data<Hearth>,
) -> Result<Result<(), PasswordProblem>, AppError> {
    let local = user.email.as_deref().unwrap_or_default().split('@').next().unwrap_or_default();
    let password = match hearth.hasher().judge(candidate, &[&user.name, local, "hearth"]).await? {
        Ok(password) => password,
        Err(problem) => return Ok(Err(problem)),
    };
    let password_hash = hearth.hasher().hash(password).await?;
    let (token, hash) = token::new()?;
    let email = user.email.as_deref().and_then(Email::parse);
    let account = email.map(|email| sign_in::account_key(&hearth.keys, &email)).unwrap_or_default();
    let client = Client::of(hearth, request, &account);
    let now = hearth.now();
    hearth.db.run(move |conn| profile::change_password(conn, &proof, &password_hash, hash, &client, now)).await?;
    hearth.postbox.ring();
    current_user::remember(request, &token)?;
    Ok(Ok(()))
}

#[derive(Deserialize)]
pub struct EmailForm {
    #[serde(default)]
    email: String,
    #[serde(default, alias = "current_password")]
    email_password: String,
}

/// Sends a link to the new address.
pub async fn request_email_change(
    caller: Caller<SignedIn>,
    request: HttpRequest,
    form: Form<EmailForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form) = caller.form(form).await?;
    let mut typed = Typed { new_email: form.email, ..Typed::default() };
    let email = Email::parse(&typed.new_email);
    if email.is_none() {
        typed.errors.add(user.page.words(), "email", Email::why_not(&typed.new_email));
    }
    let proof = typed.proof(&user, &request, &hearth, ("email_password", form.email_password)).await?;
    let (Some(email), Some(proof)) = (email, proof) else { return refuse(user, typed, &hearth).await };
    match mail_link(&user, email, proof, &hearth).await {
        Ok(()) => Ok(web::see_other_with(&hearth, urls::PROFILE, "flash-email-sent")?),
        Err(AppError::TooManyRequests(wait)) => {
            let typed = Typed { new_email: typed.new_email, ..Typed::too_many_mails(wait) };
            refuse(user, typed, &hearth).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn mail_link(user: &CurrentUser, email: Email, proof: Proof, hearth: &Data<Hearth>) -> Result<(), AppError> {
    let link = Link::new(hearth, urls::PROFILE_NEW_EMAIL, Some(user.id), &email)?;
    let (now, language) = (hearth.now(), user.page.language());
    let ask = move |conn: &mut PgConnection| profile::request_email_change(conn, &proof, &email, &link, language, now);
    hearth.db.run(ask).await?;
    hearth.postbox.ring();
    Ok(())
}

#[derive(Template)]
#[template(path = "accounts/confirm_email.html")]
struct ConfirmEmailPage {
    page: Page,
    /// The address to confirm; `None` when it cannot be.
    email: Option<String>,
    /// Why it cannot be.
    problem: &'static str,
}

/// Asks to confirm with a button: mail scanners follow links, so GET changes nothing.
pub async fn show_confirm_email(
    visitor: Visitor,
    token: Path<String>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    match own_new_email(&visitor, &token, &hearth).await {
        Ok((_, email)) => Ok(web::html(&ConfirmEmailPage { page: visitor.page, email: Some(email), problem: "" })?),
        Err(error) => not_confirmed(visitor, error),
    }
}

/// Makes the confirmed address the account's.
pub async fn confirm_email(
    visitor: Visitor,
    token: Path<String>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    form.of(&visitor.page).await?;
    let actor = match own_new_email(&visitor, &token, &hearth).await {
        Ok((actor, _)) => actor,
        Err(error) => return not_confirmed(visitor, error),
    };
    let (now, hash) = (hearth.now(), token::hash_of(&token).unwrap_or_default());
    match hearth.db.run(move |conn| profile::confirm_email(conn, actor, hash, now)).await {
        Ok(()) => {
            hearth.postbox.ring();
            Ok(web::see_other_with(&hearth, urls::PROFILE, "flash-email-changed")?)
        }
        Err(RegisterError::EmailTaken) => {
            let page = ConfirmEmailPage { page: visitor.page, email: None, problem: "register-email-taken" };
            Ok(web::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)?)
        }
        Err(RegisterError::App(error)) => not_confirmed(visitor, error),
        Err(error) => Err(AppError::Internal(error.into()).into()),
    }
}

/// The signed-in owner of a link and the address that it confirms. Without a
/// sign-in: [`AppError::SignInRequired`]; another account: [`AppError::Forbidden`].
async fn own_new_email(visitor: &Visitor, token: &str, hearth: &Hearth) -> Result<(Actor, String), AppError> {
    let (now, hash) = (hearth.now(), token::hash_of(token).unwrap_or_default());
    let (whose, email) = hearth.db.read(move |conn| profile::email_to_confirm(conn, hash, now)).await?;
    let user = visitor.user.as_ref().ok_or(AppError::SignInRequired)?;
    if user.id == whose { Ok((user.actor(), email)) } else { Err(AppError::Forbidden) }
}

fn not_confirmed(visitor: Visitor, error: AppError) -> Result<HttpResponse, PageError> {
    let (status, problem) = match error {
        AppError::NotFound => (StatusCode::NOT_FOUND, "confirm-email-old"),
        AppError::Forbidden => (StatusCode::FORBIDDEN, "confirm-email-other"),
        error => return Err(error.into()),
    };
    Ok(web::html_with(status, &ConfirmEmailPage { page: visitor.page, email: None, problem })?)
}

#[derive(Deserialize)]
pub struct LanguageForm {
    language: Language,
    return_to: Option<String>,
}

/// Stores the language in a cookie, and in the account of a signed-in person.
pub async fn set_language(
    visitor: Visitor,
    form: Form<LanguageForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let form = form.open().await?;
    let language = form.language;
    let own = received::is_of(&visitor.request, &visitor.page);
    if let Some(user) = visitor.user.filter(|_| own) {
        hearth.act(user.actor(), move |conn| language::set(conn, user.id, language)).await?;
    }
    let response = web::see_other(page_behind(Visitor::local_path(form.return_to.as_deref().or(Some(urls::LANDING)))));
    Ok(web::keep_language(&hearth, language, response)?)
}

/// The page to return to: for an address that only takes POST, the page that has
/// its form.
fn page_behind(path: &str) -> &str {
    match path {
        urls::ASSESSMENTS | urls::ASSESSMENTS_CONSENT | urls::ASSESSMENTS_DRAFT => urls::ASSESSMENTS_NEW,
        urls::PULSE => urls::DASHBOARD,
        urls::PROFILE_PASSWORD
        | urls::PROFILE_EMAIL
        | urls::PROFILE_ADDRESS
        | urls::PROFILE_DETAILS
        | urls::PROFILE_AVATAR => urls::PROFILE,
        // What is done to a campaign comes back to its page.
        path => match path.strip_prefix(urls::HR_CAMPAIGNS).and_then(|rest| rest.strip_prefix('/')?.split_once('/')) {
            Some((id, _)) => &path[..urls::HR_CAMPAIGNS.len() + 1 + id.len()],
            None => path,
        },
    }
}

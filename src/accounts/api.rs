//! `/api/auth`: register, sign in, verify the token, sign out.

use crate::{
    accounts::{
        password::Candidate,
        profile,
        registration::{LONGEST_TEXT, NewPerson, RegisterError, sign_up},
        sign_in,
    },
    auth::{Api, ApiCaller, Caller, SignInKind},
    domain::{Email, UserId},
    error::{ApiError, AppError},
    i18n::Catalog,
    recommendations,
    web::{
        Hearth, Json,
        api::{self, Failure},
        form::line,
        json::JsonOrForm,
    },
};
use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::NaiveDate;
use diesel::PgConnection;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// The signed-in person's own account.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = User)]
pub struct UserJson {
    id: i64,
    /// `null` for a person without an e-mail address.
    email: Option<String>,
    name: String,
    position: String,
    /// The department that HR confirmed, else what the person entered.
    department: String,
    join_date: NaiveDate,
    /// Whole days since `joinDate`.
    days_in_system: i64,
    /// Recommendations that the person marked as completed.
    completed_recommendations: i64,
    /// A picture as a `data:` address, or `null`.
    avatar: Option<String>,
}

impl UserJson {
    fn of(conn: &mut PgConnection, user: UserId, joined_on: NaiveDate, today: NaiveDate) -> Result<Self, AppError> {
        let own = profile::show(conn, user)?;
        Ok(Self {
            id: user.0,
            email: own.email,
            name: own.name,
            position: own.position,
            department: own.department.unwrap_or(own.claimed_department),
            join_date: joined_on,
            days_in_system: (today - joined_on).num_days().max(0),
            completed_recommendations: recommendations::count_completed(conn, user)?,
            avatar: profile::avatar(conn, user)?.map(|picture| data_address(&picture.image)),
        })
    }

    fn of_me(conn: &mut PgConnection, me: &ApiCaller, hearth: &Hearth) -> Result<Self, AppError> {
        Self::of(conn, me.who.user, me.who.joined_on, hearth.day(me.now))
    }
}

/// The picture inline, as a `data:` URL: a request of its own would need the token too.
fn data_address(image: &[u8]) -> String {
    format!("data:{};base64,{}", profile::avatar::CONTENT_TYPE, BASE64_STANDARD.encode(image))
}

/// A new sign-in.
#[derive(Serialize, ToSchema)]
#[schema(as = Token)]
pub struct TokenJson {
    /// To be sent as `Authorization: Bearer …`. Shown only here.
    access_token: String,
    #[schema(example = "bearer")]
    token_type: &'static str,
    user: UserJson,
}

async fn token(
    hearth: &Data<Hearth>,
    user: UserId,
    access_token: String,
    status: StatusCode,
) -> Result<HttpResponse, ApiError> {
    let shared = hearth.clone();
    let read = move |conn: &mut PgConnection| {
        let joined_on = profile::joined_on(conn, user)?;
        UserJson::of(conn, user, joined_on, shared.day(shared.now()))
    };
    let user = hearth.db.read(read).await?;
    Ok(api::answer(status, &TokenJson { access_token, token_type: "bearer", user }))
}

/// A registration. Unknown fields are ignored.
#[derive(Deserialize, ToSchema)]
#[schema(as = Registration)]
#[derive(Default)]
pub struct RegisterJson {
    #[serde(default)]
    #[schema(value_type = String, required = true, format = Email, example = "ada@example.com")]
    email: Value,
    /// 8 to 128 characters, neither common nor leaked.
    #[serde(default)]
    #[schema(value_type = String, required = true, min_length = 8, max_length = 128, example = "quiet-harbour-lantern")]
    password: Value,
    #[serde(default)]
    #[schema(value_type = String, required = true, min_length = 1, max_length = 255, example = "Ada Byron")]
    name: Value,
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 255, example = "Analyst")]
    position: Value,
    /// As the person enters it; it takes effect once HR has confirmed it.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 255, example = "Engines")]
    department: Value,
}

impl RegisterJson {
    fn parse(&self, hearth: &Hearth, request: &HttpRequest) -> Result<NewPerson, ApiError> {
        let language = api::language(hearth, request);
        let words = language.catalog();
        let address = api::required(&self.email, "email", words)?;
        let password = api::required(&self.password, "password", words)?;
        let name = short(api::required(&self.name, "name", words)?, "name", words)?;
        let position = short(api::text(&self.position, "position", words)?, "position", words)?;
        let department = short(api::text(&self.department, "department", words)?, "department", words)?;
        let email = Email::parse(address).ok_or_else(|| ApiError::bad(words.text(Email::why_not(address))))?;
        let password = Candidate::parse(password).map_err(|problem| ApiError::bad(words.text(problem.key())))?;
        Ok(NewPerson { email, password, name, position, department, language })
    }
}

fn short(text: &str, field: &str, words: &Catalog) -> Result<String, ApiError> {
    let text = line(text);
    if text.chars().count() > LONGEST_TEXT { Err(api::wrong("api-field-too-long", field, words)) } else { Ok(text) }
}

/// Create an account and sign in at once. A link to verify the address is mailed.
#[utoipa::path(
    post, path = "/api/auth/register", tag = "auth", request_body = RegisterJson,
    responses(
        (status = 201, description = "The account was created", body = TokenJson),
        (status = 400, description = "Something is missing, malformed or weak", body = Failure),
        (status = 409, description = "The address already has an account", body = Failure),
        (status = 413, description = "Too large", body = Failure),
        (status = 429, description = "Too many attempts; `Retry-After` says how long to wait", body = Failure),
    )
)]
pub async fn register(
    request: HttpRequest,
    body: Json<RegisterJson>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, ApiError> {
    let person = body.parse(&hearth, &request)?;
    let words = person.language.catalog();
    match sign_up(&hearth, &request, person, SignInKind::Api).await {
        Ok(entered) => token(&hearth, entered.user, entered.token, StatusCode::CREATED).await,
        Err(RegisterError::EmailTaken) => {
            Err(ApiError::Said { status: StatusCode::CONFLICT, detail: words.text("register-email-taken").to_owned() })
        }
        Err(RegisterError::Weak(problem)) => Err(ApiError::bad(words.text(problem.key()))),
        Err(RegisterError::App(error)) => Err(error.into()),
    }
}

/// E-mail address and password. `username` and `email` mean the same; `username` wins.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = Credentials)]
pub struct CredentialsJson {
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "employee@hearth.example")]
    username: Value,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    email: Value,
    #[serde(default)]
    #[schema(value_type = String, required = true, example = "warm-hearth-demo")]
    password: Value,
}

/// Sign in, with JSON or a form. The token expires 12 hours after its last use
/// and 30 days after sign-in at the latest; it is revoked when the person signs
/// out everywhere, changes the password or leaves.
#[utoipa::path(
    post, path = "/api/auth/token", tag = "auth",
    request_body(content(
        (CredentialsJson = "application/json"),
        (CredentialsJson = "application/x-www-form-urlencoded"),
    )),
    responses(
        (status = 200, description = "Signed in", body = TokenJson),
        (status = 400, description = "Something is missing", body = Failure),
        (status = 401, description = "Address or password is wrong", body = Failure),
        (status = 413, description = "Too large", body = Failure),
        (status = 429, description = "Too many attempts; `Retry-After` says how long to wait", body = Failure),
    )
)]
pub async fn sign_in(
    request: HttpRequest,
    body: JsonOrForm<CredentialsJson>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, ApiError> {
    let JsonOrForm(given) = body;
    let words = api::language(&hearth, &request).catalog();
    let address = match api::text(&given.username, "username", words)? {
        "" => api::required(&given.email, "email", words)?,
        username => username,
    };
    let password = api::required(&given.password, "password", words)?.to_owned();
    let email = Email::parse(address);
    let entered = match &email {
        Some(email) => sign_in::with_password(&hearth, &request, email, password, SignInKind::Api, None).await,
        None => Err(AppError::SignInRequired),
    };
    match entered {
        Ok(entered) => token(&hearth, entered.user, entered.token, StatusCode::OK).await,
        Err(AppError::SignInRequired) => {
            Err(ApiError::Said { status: StatusCode::UNAUTHORIZED, detail: words.text("login-wrong").to_owned() })
        }
        Err(error) => Err(error.into()),
    }
}

/// The account of the signed-in person.
#[utoipa::path(
    get, path = "/api/auth/me", tag = "auth", security(("token" = [])),
    responses(
        (status = 200, description = "The person behind the token", body = UserJson),
        (status = 401, description = "No valid token", body = Failure),
    )
)]
pub async fn me(user: Caller<Api>, hearth: Data<Hearth>) -> Result<HttpResponse, ApiError> {
    let me = user.read(move |conn, me| Ok(UserJson::of_me(conn, me, &hearth)?)).await?;
    Ok(api::answer(StatusCode::OK, &me))
}

/// The answer for a valid token.
#[derive(Serialize, ToSchema)]
#[schema(as = Verification)]
pub struct VerifiedJson {
    valid: bool,
    user_id: i64,
    user: UserJson,
}

/// Check whether the token is valid.
#[utoipa::path(
    get, path = "/api/auth/verify", tag = "auth", security(("token" = [])),
    responses(
        (status = 200, description = "It is valid", body = VerifiedJson),
        (status = 401, description = "No valid token", body = Failure),
    )
)]
pub async fn verify(user: Caller<Api>, hearth: Data<Hearth>) -> Result<HttpResponse, ApiError> {
    let user = user.read(move |conn, me| Ok(UserJson::of_me(conn, me, &hearth)?)).await?;
    Ok(api::answer(StatusCode::OK, &VerifiedJson { valid: true, user_id: user.id, user }))
}

/// Revoke this token.
#[utoipa::path(
    post, path = "/api/auth/logout", tag = "auth", security(("token" = [])),
    responses(
        (status = 204, description = "The token is revoked"),
        (status = 401, description = "No valid token", body = Failure),
    )
)]
pub async fn sign_out(user: Caller<Api>) -> Result<HttpResponse, ApiError> {
    user.sign_out().await?;
    // Drops answers cached by a browser that used the token, but not the storage of Hearth's own pages.
    Ok(HttpResponse::NoContent().insert_header(("Clear-Site-Data", "\"cache\"")).finish())
}

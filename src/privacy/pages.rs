//! `/privacy`: consents, devices, attempts to sign in, requests for support.

use crate::{
    auth::{Caller, SignInNumber, SignedIn},
    consents::ConsentPurpose,
    error::PageError,
    privacy::{self, Consent, Device, Privacy, SignInAttempt},
    support::{Request, State},
    urls,
    web::{self, Button, Form, Hearth, Page, browser},
};
use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use chrono::{DateTime, NaiveDateTime, SecondsFormat, Utc};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "accounts/privacy.html")]
struct PrivacyPage {
    page: Page,
    devices: Vec<DeviceRow>,
    tries: Vec<TryRow>,
    consents: Vec<ConsentRow>,
    /// When the account will be erased.
    erasure: Option<NaiveDateTime>,
    requests: Vec<RequestRow>,
    /// Whether a request is waiting, so that no other can be sent.
    waiting: bool,
}

struct RequestRow {
    request: Request,
    sent: NaiveDateTime,
    answered: Option<NaiveDateTime>,
    /// Whether it can still be withdrawn.
    withdrawable: bool,
}

struct DeviceRow {
    number: SignInNumber,
    browser: String,
    address: String,
    since: String,
    since_iso: String,
    last_seen: String,
    last_seen_iso: String,
    /// Whether it is a browser or a program with a token.
    kind: &'static str,
    current: bool,
}

struct TryRow {
    at: String,
    at_iso: String,
    succeeded: bool,
    browser: String,
    address: String,
}

struct ConsentRow {
    purpose: &'static str,
    version: String,
    given: String,
    given_iso: String,
    withdrawn: Option<String>,
    withdrawn_iso: String,
}

impl PrivacyPage {
    fn new(page: Page, found: Privacy, hearth: &Hearth) -> Self {
        let waits = |request: &Request| matches!(request.state, State::Open | State::Answered);
        Self {
            waiting: found.requests.iter().any(waits),
            devices: found.devices.iter().map(|device| DeviceRow::new(device, &page, hearth)).collect(),
            tries: found.tries.iter().map(|one| TryRow::new(one, &page, hearth)).collect(),
            consents: found.consents.iter().map(|consent| ConsentRow::new(consent, &page, hearth)).collect(),
            requests: found.requests.into_iter().map(|request| RequestRow::new(request, hearth)).collect(),
            erasure: found.erasure.map(|due| hearth.local(due)),
            page,
        }
    }
}

impl DeviceRow {
    fn new(device: &Device, page: &Page, hearth: &Hearth) -> Self {
        let (since, since_iso) = shown(device.since, page, hearth);
        let (last_seen, last_seen_iso) = shown(device.last_seen, page, hearth);
        Self {
            number: device.number,
            browser: browser_name(&device.browser, page),
            address: device.address.to_string(),
            since,
            since_iso,
            last_seen,
            last_seen_iso,
            kind: device.kind.code(),
            current: device.current,
        }
    }
}

impl TryRow {
    fn new(one: &SignInAttempt, page: &Page, hearth: &Hearth) -> Self {
        let (at, at_iso) = shown(one.at, page, hearth);
        let (browser, address) = (browser_name(&one.browser, page), one.address.to_string());
        Self { at, at_iso, succeeded: one.succeeded, browser, address }
    }
}

impl ConsentRow {
    fn new(consent: &Consent, page: &Page, hearth: &Hearth) -> Self {
        let (given, given_iso) = shown(consent.given_at, page, hearth);
        let (withdrawn, withdrawn_iso) = consent.withdrawn_at.map(|at| shown(at, page, hearth)).unzip();
        Self {
            purpose: consent.purpose.code(),
            version: consent.text_version.clone(),
            given,
            given_iso,
            withdrawn,
            withdrawn_iso: withdrawn_iso.unwrap_or_default(),
        }
    }
}

impl RequestRow {
    fn new(request: Request, hearth: &Hearth) -> Self {
        Self {
            sent: hearth.local(request.created_at),
            answered: request.answered_at.map(|at| hearth.local(at)),
            withdrawable: request.state != State::Withdrawn,
            request,
        }
    }
}

/// A moment as people read it, and as programs do (RFC 3339, UTC).
fn shown(moment: DateTime<Utc>, page: &Page, hearth: &Hearth) -> (String, String) {
    (page.moment(&hearth.local(moment)), moment.to_rfc3339_opts(SecondsFormat::Secs, true))
}

fn browser_name(user_agent: &str, page: &Page) -> String {
    browser::name(user_agent).unwrap_or_else(|| page.t("privacy-unknown-browser").to_owned())
}

/// My consents, sign-ins and recent attempts to sign in.
pub async fn show(caller: Caller<SignedIn>, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let now = hearth.now();
    let (user, found) = caller.read(move |conn, who, _| privacy::show(conn, who.user, who.sign_in, now)).await?;
    Ok(web::html(&PrivacyPage::new(user.page, found, &hearth))?)
}

/// Ends the sign-in of one device.
pub async fn end_device(
    caller: Caller<SignedIn>,
    device: Path<i64>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    let (actor, device) = (user.actor(), SignInNumber(*device));
    hearth.db.run(move |conn| privacy::end_device(conn, actor, device)).await?;
    Ok(web::see_other_with(&hearth, urls::PRIVACY, "flash-device-out")?)
}

/// Ends the sign-ins of all other devices.
pub async fn end_other_devices(
    caller: Caller<SignedIn>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    let actor = user.actor();
    hearth.db.run(move |conn| privacy::end_other_devices(conn, actor)).await?;
    Ok(web::see_other_with(&hearth, urls::PRIVACY, "flash-devices-out")?)
}

#[derive(Deserialize)]
pub struct WithdrawForm {
    #[serde(default = "check_ups")]
    purpose: ConsentPurpose,
}

const fn check_ups() -> ConsentPurpose {
    ConsentPurpose::Assessment
}

/// Withdraws a consent.
pub async fn withdraw_consent(
    caller: Caller<SignedIn>,
    form: Form<WithdrawForm>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form) = caller.form(form).await?;
    let (now, purpose) = (hearth.now(), form.purpose);
    hearth.act(user.actor(), move |conn| privacy::withdraw_consent(conn, user.id, purpose, now)).await?;
    let flash = match purpose {
        ConsentPurpose::Assessment => "flash-consent-withdrawn",
        ConsentPurpose::Assistant => "flash-assistant-withdrawn",
    };
    Ok(web::see_other_with(&hearth, urls::PRIVACY, flash)?)
}

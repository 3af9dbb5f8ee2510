//! `/privacy`: consents, devices, attempts to sign in, requests for support.

use crate::{
    auth::{Caller, SignInNumber, SignedIn},
    consents::ConsentPurpose,
    error::PageError,
    privacy,
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

/// My consents, sign-ins and recent attempts to sign in.
pub async fn show(caller: Caller<SignedIn>, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let (now, id, sign_in) = (hearth.now(), user.id, user.sign_in);
    let found = hearth.db.read(move |conn| privacy::show(conn, id, sign_in, now)).await?;
    let shown = |moment: DateTime<Utc>| user.page.moment(&hearth.local(moment));
    let unknown = user.page.t("privacy-unknown-browser");
    let devices = found.devices.iter().map(|device| DeviceRow {
        number: device.number,
        browser: browser::name(&device.browser).unwrap_or_else(|| unknown.to_owned()),
        address: device.address.to_string(),
        since: shown(device.since),
        since_iso: iso(device.since),
        last_seen: shown(device.last_seen),
        last_seen_iso: iso(device.last_seen),
        kind: device.kind.code(),
        current: device.current,
    });
    let tries = found.tries.iter().map(|one| TryRow {
        at: shown(one.at),
        at_iso: iso(one.at),
        succeeded: one.succeeded,
        browser: browser::name(&one.browser).unwrap_or_else(|| unknown.to_owned()),
        address: one.address.to_string(),
    });
    let consents = found.consents.iter().map(|consent| ConsentRow {
        purpose: consent.purpose.code(),
        version: consent.text_version.clone(),
        given: shown(consent.given_at),
        given_iso: iso(consent.given_at),
        withdrawn: consent.withdrawn_at.map(shown),
        withdrawn_iso: consent.withdrawn_at.map(iso).unwrap_or_default(),
    });
    let waiting = found.requests.iter().any(|request| matches!(request.state, State::Open | State::Answered));
    let requests = found.requests.iter().map(|request| RequestRow {
        sent: hearth.local(request.created_at),
        answered: request.answered_at.map(|at| hearth.local(at)),
        withdrawable: request.state != State::Withdrawn,
        request: request.clone(),
    });
    let page = PrivacyPage {
        waiting,
        requests: requests.collect(),
        devices: devices.collect(),
        tries: tries.collect(),
        consents: consents.collect(),
        erasure: found.erasure.map(|due| hearth.local(due)),
        page: user.page.clone(),
    };
    Ok(web::html(&page)?)
}

fn iso(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
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

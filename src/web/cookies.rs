//! Cookies other than the session: the chosen language, a message for the next page,
//! and a mark of devices that signed in before. Without the installation's secret none
//! of them identifies a person.

use crate::{
    keys::{Keys, random},
    urls,
    web::Hearth,
};
use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
};
use hex::FromHex as _;

const LANGUAGE: &str = "language";
/// Name of the cookie with the message for the next page.
pub const FLASH: &str = "flash";
const DEVICE: &str = "device";

fn named(hearth: &Hearth, name: &str) -> String {
    if hearth.config.is_secure() { format!("__Host-{name}") } else { name.to_owned() }
}

fn cookie(hearth: &Hearth, name: &str, value: String, keep: Duration) -> Cookie<'static> {
    Cookie::build(named(hearth, name), value)
        .path(urls::LANDING)
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(hearth.config.is_secure())
        .max_age(keep)
        .finish()
}

fn value(hearth: &Hearth, request: &HttpRequest, name: &str) -> Option<String> {
    request.cookie(&named(hearth, name)).map(|cookie| cookie.value().to_owned())
}

/// The name of the session cookie.
pub fn session_name(secure: bool) -> String {
    if secure { "__Host-session".to_owned() } else { "session".to_owned() }
}

/// Remembers the chosen language for a year.
pub fn set_language(hearth: &Hearth, code: &str) -> Cookie<'static> {
    cookie(hearth, LANGUAGE, code.to_owned(), Duration::days(365))
}

/// The language chosen in this browser, if any.
pub fn language(hearth: &Hearth, request: &HttpRequest) -> Option<String> {
    value(hearth, request, LANGUAGE)
}

/// A message for the next page, by its key in the catalogs.
pub fn set_flash(hearth: &Hearth, key: &str) -> Cookie<'static> {
    cookie(hearth, FLASH, key.to_owned(), Duration::minutes(1))
}

/// Key of the message that the previous page left.
pub fn flash(hearth: &Hearth, request: &HttpRequest) -> Option<String> {
    value(hearth, request, FLASH).filter(|key| key.starts_with("flash-"))
}

/// Deletes the message after it was shown.
pub fn clear_flash(hearth: &Hearth) -> Cookie<'static> {
    cookie(hearth, FLASH, String::new(), Duration::ZERO)
}

/// A browser in which an account signed in before. It only gives that account a
/// separate counter of failed attempts, so that attackers elsewhere cannot lock the
/// owner out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device(pub [u8; 16]);

fn device_input(device: [u8; 16], account: &[u8; 32]) -> Vec<u8> {
    [&device[..], &account[..]].concat()
}

/// Marks this browser as known to `account`; keeps the id that it may have already.
///
/// # Errors
/// When the operating system has no randomness to give.
pub fn set_device(hearth: &Hearth, known: Option<Device>, account: &[u8; 32]) -> anyhow::Result<Cookie<'static>> {
    let Device(id) = match known {
        Some(device) => device,
        None => {
            let mut id = [0; 16];
            id.copy_from_slice(&random()?[..16]);
            Device(id)
        }
    };
    let proof = hearth.keys.digest(DEVICE, &device_input(id, account));
    Ok(cookie(hearth, DEVICE, format!("{}.{}", hex::encode(id), hex::encode(proof)), Duration::days(365)))
}

/// The device, if the cookie proves that `account` signed in there.
pub fn device(hearth: &Hearth, request: &HttpRequest, account: &[u8; 32]) -> Option<Device> {
    read_device(&hearth.keys, &value(hearth, request, DEVICE)?, account)
}

fn read_device(keys: &Keys, value: &str, account: &[u8; 32]) -> Option<Device> {
    let (id, proof) = value.split_once('.')?;
    let (id, proof) = (<[u8; 16]>::from_hex(id).ok()?, <[u8; 32]>::from_hex(proof).ok()?);
    keys.verifies(DEVICE, &device_input(id, account), &proof).then_some(Device(id))
}

//! Who asks: sign-ins and their tokens, roles, and the one way in which a
//! handler says what its caller must be allowed to do. Never stores a token,
//! only what verifies one.

mod actor;
mod api_user;
pub mod current_user;
pub mod roles;
pub mod sessions;
pub mod staff;
mod store;
pub mod token;
mod visitor;

pub use actor::{Actor, Proof};
pub use api_user::{ApiUser, Me};
pub use current_user::{CurrentUser, SignedIn};
pub use sessions::Who;
pub use visitor::Visitor;

use crate::{
    domain::codes::{coded, id_type},
    web::{Hearth, address, cookies},
};
use actix_web::{HttpRequest, http::header::USER_AGENT};
use std::net::IpAddr;

id_type! {
    /// A signed-in device. Not shown: a person knows it by its [`SignInNumber`].
    SignInId
}
id_type! {
    /// A signed-in device, numbered within its person.
    SignInNumber
}

coded! {
    /// A cookie authenticates pages only, a bearer token the API only, a code
    /// from a slip the pages of one check-up only.
    SignInKind { Browser = "browser", Api = "api", Code = "code" }
}

/// Where a try comes from.
#[derive(Clone, Debug)]
pub struct Client {
    pub address: IpAddr,
    /// The User-Agent, shortened to 300 characters.
    pub browser: String,
    /// The number of a device that signed in to this account before.
    pub device: Option<[u8; 16]>,
}

impl Client {
    /// Reads it from a request; the device counts only if it is known to `account`.
    pub fn of(hearth: &Hearth, request: &HttpRequest, account: &[u8; 32]) -> Self {
        let browser = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self {
            address: address::of(request, &hearth.config.trusted_proxies),
            browser: browser.chars().take(300).collect(),
            device: cookies::device(hearth, request, account).map(|device| device.0),
        }
    }
}

//! Authentication and authorisation: sign-ins and their tokens, roles, and the
//! extractors by which a handler states the permission it requires. Stores hashes
//! of tokens only.

mod actor;
mod api_caller;
mod caller;
pub mod current_user;
pub mod language;
pub mod roles;
pub mod sessions;
pub mod staff;
mod store;
pub mod token;
mod visitor;

pub use actor::{Actor, Proof};
pub use api_caller::ApiCaller;
pub use caller::{Access, Api, Caller, PageAccess, Respondent, SignedIn};
pub use current_user::CurrentUser;
pub use sessions::Identity;
pub use staff::{
    AuditReader, CampaignManager, ContentManager, DepartmentReader, EmployeeManager, InsightsReader, RoleManager,
    SupportDesk,
};
pub use visitor::Visitor;

use crate::{
    domain::codes::{coded, id_type},
    web::{Hearth, address, cookies},
};
use actix_web::{HttpRequest, http::header::USER_AGENT};
use std::net::IpAddr;

id_type! {
    /// Database id of a sign-in; pages show its [`SignInNumber`].
    SignInId
}
id_type! {
    /// Number of a sign-in within its person.
    SignInNumber
}

coded! {
    /// A session cookie authenticates pages only, a bearer token the API only, an
    /// access code the pages of one check-up only.
    SignInKind { Browser = "browser", Api = "api", Code = "code" }
}

/// Where a request to sign in comes from.
#[derive(Clone, Debug)]
pub struct Client {
    pub address: IpAddr,
    /// The User-Agent, shortened to 300 characters.
    pub browser: String,
    /// Id from the device cookie of a browser that signed in to this account before.
    pub device: Option<[u8; 16]>,
}

impl Client {
    /// Reads it from a request; a device cookie of another account is ignored.
    pub fn of(hearth: &Hearth, request: &HttpRequest, account: &[u8; 32]) -> Self {
        let browser = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self {
            address: address::of(request, &hearth.config.trusted_proxies),
            browser: browser.chars().take(300).collect(),
            device: cookies::device(hearth, request, account).map(|device| device.0),
        }
    }
}

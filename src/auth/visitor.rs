//! The extractor for pages that need no sign-in.

use crate::{
    auth::{Caller, CurrentUser},
    error::PageError,
    urls,
    web::{self, Page},
};
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use std::{future::Future, pin::Pin};

/// A request for a page that needs no sign-in, and the person if there is one.
pub struct Visitor {
    pub user: Option<CurrentUser>,
    pub page: Page,
    pub request: HttpRequest,
}

impl FromRequest for Visitor {
    type Error = PageError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let hearth = web::hearth(&request)?;
            let user = Caller::if_signed_in(&request).await?;
            let page = match &user {
                Some(user) => user.page.clone(),
                None => Page::new(&hearth, &request),
            };
            Ok(Self { user, page, request })
        })
    }
}

impl Visitor {
    /// The path to return to after sign-in, from `next`; `/dashboard` unless it is a
    /// path of this site (no open redirect).
    pub fn local_path(next: Option<&str>) -> &str {
        // Browsers remove tabs and line breaks from URLs: "/<tab>/evil.example" is another host too.
        let is_plain = |path: &str| path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        next.filter(|path| path.starts_with('/') && !path.starts_with("//") && is_plain(path))
            .unwrap_or(urls::DASHBOARD)
    }
}

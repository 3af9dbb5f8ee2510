//! The static files. They are part of the program and served from memory; a
//! version in their addresses lets browsers keep them for a year.

use crate::{
    error::{AppError, PageError},
    web::compressed::Compressed,
};
use actix_web::{HttpRequest, HttpResponse};
use sha2::{Digest, Sha256};
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    io,
    sync::LazyLock,
};

/// The folder `static/`, put into the program when it is built.
#[derive(rust_embed::Embed)]
#[folder = "static/"]
struct Folder;

/// The one style sheet of every page: all of [`SHEETS`].
pub const STYLE_SHEET: &str = "css/hearth.css";

/// The style sheets in `static/css/`, in the order in which they apply. The
/// first declares the order of the cascade layers.
const SHEETS: [&str; 19] = [
    "reset",
    "base",
    "layout",
    "forms",
    "components",
    "tables",
    "charts",
    "art",
    "check-up",
    "promise",
    "result",
    "landing",
    "insights",
    "slips",
    "chats",
    "library",
    "api",
    "utilities",
    "print",
];

/// What is served, by path below the version.
static CONTENTS: LazyLock<BTreeMap<String, Cow<'static, [u8]>>> = LazyLock::new(contents);
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hash = Sha256::new();
    for (path, content) in CONTENTS.iter() {
        hash.update(path);
        hash.update(content);
    }
    hex::encode(&hash.finalize()[..6])
});
static COMPRESSED: LazyLock<HashMap<&'static str, Compressed>> = LazyLock::new(|| {
    let compress = |(path, content): (&'static String, &'static Cow<'static, [u8]>)| {
        Ok((path.as_str(), Compressed::new(content.as_ref())?))
    };
    let all: io::Result<_> = CONTENTS.iter().map(compress).collect();
    all.unwrap_or_else(|error| {
        tracing::error!(%error, "the static files cannot be compressed");
        HashMap::new()
    })
});

/// Every file but the style sheets, and all of those as one.
fn contents() -> BTreeMap<String, Cow<'static, [u8]>> {
    let sheets = SHEETS.iter().filter_map(|name| Folder::get(&sheet(name)));
    let bundle = sheets.flat_map(|sheet| sheet.data.into_owned()).collect::<Vec<_>>();
    let files = Folder::iter().filter(|path| !path.ends_with(".css"));
    let files = files.filter_map(|path| Some((path.to_string(), Folder::get(&path)?.data)));
    files.chain([(STYLE_SHEET.to_owned(), bundle.into())]).collect()
}

fn sheet(name: &str) -> String {
    format!("css/{name}.css")
}

/// A short hash over all static files, the same until one of them changes.
pub fn version() -> &'static str {
    &VERSION
}

/// Compresses every file now, so that the first request does not wait for it.
pub fn warm_up() {
    LazyLock::force(&COMPRESSED);
}

/// One file, whose path below the version is the parameter `path` of the route.
///
/// # Errors
/// [`AppError::NotFound`] where there is none.
pub async fn serve(request: HttpRequest) -> Result<HttpResponse, PageError> {
    let path = request.match_info().get("path").unwrap_or_default();
    let file = COMPRESSED.get(path).ok_or(AppError::NotFound)?;
    Ok(file.answer(&request, content_type(path)))
}

/// Scripts are modules, which are UTF-8 without saying so.
fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_style_sheet_is_in_the_bundle_once() {
        let listed: BTreeSet<String> = SHEETS.into_iter().map(sheet).collect();
        let there = Folder::iter().map(|path| path.to_string()).filter(|path| path.ends_with(".css"));
        assert_eq!(listed, there.collect());
        assert_eq!(listed.len(), SHEETS.len());
    }

    #[test]
    fn the_kind_of_every_file_is_known() {
        for path in CONTENTS.keys() {
            assert_ne!(content_type(path), "application/octet-stream", "{path}");
        }
    }
}

//! The static files, embedded in the binary. Their URLs contain a version, so browsers
//! may cache them for a year.

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

/// The folder `static/`, embedded at build time.
#[derive(rust_embed::Embed)]
#[folder = "static/"]
struct Folder;

/// The style sheet of every page: all [`SHEETS`] in one file.
pub const STYLE_SHEET: &str = "css/hearth.css";

/// The style sheets in `static/css/` in the order in which they are joined. The first
/// one declares the order of the cascade layers.
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

/// The content of each file, by its path after the version.
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

/// All files, with the style sheets joined to one.
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

/// A short hash over all static files, which changes with any of them.
pub fn version() -> &'static str {
    &VERSION
}

/// Compresses every file at start, so that no request has to wait for it.
pub fn warm_up() {
    LazyLock::force(&COMPRESSED);
}

/// Answers with one file; the route's parameter `path` is its path after the version.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such file.
pub async fn serve(request: HttpRequest) -> Result<HttpResponse, PageError> {
    let path = request.match_info().get("path").unwrap_or_default();
    let file = COMPRESSED.get(path).ok_or(AppError::NotFound)?;
    Ok(file.answer(&request, content_type(path)))
}

/// Without a charset for scripts: JavaScript modules are always UTF-8.
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

//! `/library` and one item of it.

use crate::{
    auth::{Caller, SignedIn},
    error::{AppError, PageError},
    library::{self, Category, Entry, Full, ItemId, Kind, Related, TagName, Wanted},
    urls,
    web::{self, Form, Hearth, Page, Query, form::line},
};
use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use diesel::PgConnection;
use serde::Deserialize;

/// The longest search text, in characters.
const LONGEST_TEXT: usize = 200;

#[derive(Template)]
#[template(path = "library/index.html")]
struct LibraryPage {
    page: Page,
    wanted: Wanted,
    entries: Vec<Entry>,
    tags: Vec<(TagName, i64)>,
    /// Address of the next page.
    next: Option<String>,
}

impl LibraryPage {
    fn kinds(&self) -> Vec<(&'static str, bool)> {
        Kind::ALL.map(|kind| (kind.code(), self.wanted.kind == Some(kind))).into()
    }

    fn categories(&self) -> Vec<(&'static str, bool)> {
        Category::ALL.map(|category| (category.code(), self.wanted.category == Some(category))).into()
    }

    fn is_tag(&self, tag: &TagName) -> bool {
        self.wanted.tag.as_deref() == Some(&*tag.key)
    }

    fn is_narrowed(&self) -> bool {
        let wanted = &self.wanted;
        !wanted.text.is_empty() || wanted.tag.is_some() || wanted.kind.is_some() || wanted.category.is_some()
    }
}

/// A form sends empty values for what is not chosen.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct LibraryQuery {
    q: String,
    tag: String,
    kind: String,
    category: String,
    after: Option<i64>,
}

impl LibraryQuery {
    fn parse(&self) -> Result<Wanted, AppError> {
        let kind = Kind::ALL.into_iter().find(|kind| kind.code() == self.kind);
        let category = Category::ALL.into_iter().find(|category| category.code() == self.category);
        let unknown = (kind.is_none() && !self.kind.is_empty()) || (category.is_none() && !self.category.is_empty());
        if unknown {
            return Err(AppError::BadRequest);
        }
        Ok(Wanted {
            text: line(&self.q).chars().take(LONGEST_TEXT).collect(),
            tag: Some(line(&self.tag)).filter(|tag| !tag.is_empty()),
            kind,
            category,
            after: self.after.map(ItemId),
        })
    }

    /// The query string of the next page, which begins after this item.
    fn after(&self, last: ItemId) -> String {
        let last = last.to_string();
        let fields = [("tag", &self.tag), ("kind", &self.kind), ("category", &self.category), ("after", &last)];
        let given = fields.into_iter().filter(|(_, value)| !value.is_empty());
        format!(
            "{}?{}",
            urls::LIBRARY,
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(given).finish()
        )
    }
}

/// The list, filtered by tag, kind and category.
pub async fn index(caller: Caller<SignedIn>, query: Query<LibraryQuery>) -> Result<HttpResponse, PageError> {
    let wanted = query.parse()?;
    let asked = wanted.clone();
    let (user, ((entries, more), tags)) = caller
        .read(move |conn, _, language| Ok((library::browse(conn, &asked, language)?, library::tags(conn, language)?)))
        .await?;
    let next = entries.last().filter(|_| more).map(|last| query.after(last.id));
    Ok(web::html(&LibraryPage { page: user.page, wanted, entries, tags, next })?)
}

/// Search as a POST form, so that the words are in no URL: what somebody looks for may
/// reveal how they feel.
pub async fn search(
    caller: Caller<SignedIn>,
    form: Form<LibraryQuery>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, query) = caller.form(form).await?;
    let wanted = query.parse()?;
    let (asked, language) = (wanted.clone(), user.page.language());
    let read = move |conn: &mut PgConnection| {
        Ok::<_, AppError>((library::browse(conn, &asked, language)?, library::tags(conn, language)?))
    };
    let ((entries, more), tags) = hearth.db.read(read).await?;
    let next = entries.last().filter(|_| more).map(|last| query.after(last.id));
    Ok(web::html(&LibraryPage { page: user.page, wanted, entries, tags, next })?)
}

#[derive(Template)]
#[template(path = "library/show.html")]
struct ItemPage {
    page: Page,
    item: Full,
    related: Vec<Related>,
    /// The full text as sanitised HTML.
    body: String,
}

/// One item.
pub async fn show(caller: Caller<SignedIn>, id: Path<i64>) -> Result<HttpResponse, PageError> {
    let id = ItemId(*id);
    let (user, (item, related)) = caller
        .read(move |conn, who, language| {
            Ok((library::show(conn, who.user, id, language)?, library::related(conn, id, language)?))
        })
        .await?;
    let body = library::to_html(&item.body);
    Ok(web::html(&ItemPage { page: user.page, item, related, body })?)
}

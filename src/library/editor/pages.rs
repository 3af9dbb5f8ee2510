//! `/hr/library`: the list, and editing an item with a preview.

use crate::{
    auth::{Caller, ContentManager, CurrentUser},
    domain::{Dimension, Level},
    error::{AppError, PageError},
    i18n::Language,
    library::{
        Audience, Category, ItemId, Kind,
        editor::{
            self, Draft, Filter, LibraryError, Listed, Standing, Stored, TagChoice,
            form::{ItemForm, LONGEST, names},
        },
        to_html,
    },
    urls,
    web::{
        self, Button, Form, Hearth, Page, Query,
        form::{FormErrors, line},
    },
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use chrono::NaiveDateTime;
use serde::Deserialize;

/// The largest form, in bytes: the longest texts in each language, with URL-encoded
/// Cyrillic letters.
pub const FORM_LIMIT: usize = Language::ALL.len() * 80 * 1024;

#[derive(Template)]
#[template(path = "hr/library/index.html")]
struct IndexPage {
    page: Page,
    query: ListQuery,
    rows: Vec<(Listed, NaiveDateTime)>,
    older: Option<String>,
}

/// The filter form sends empty values for what is not chosen.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    q: String,
    state: String,
    audience: String,
    after: Option<i64>,
}

impl ListQuery {
    fn filter(&self) -> Filter {
        Filter {
            text: line(&self.q).chars().take(100).collect(),
            published: match self.state.as_str() {
                "published" => Some(true),
                "draft" => Some(false),
                _ => None,
            },
            audience: Audience::ALL.into_iter().find(|one| one.code() == self.audience),
            after: self.after.map(ItemId),
        }
    }

    /// Address of the list with the same filter, from the item after `last` on.
    fn address_after(&self, last: ItemId) -> String {
        let last = last.to_string();
        let fields = [("q", &self.q), ("state", &self.state), ("audience", &self.audience), ("after", &last)];
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        format!("{}?{query}", urls::HR_LIBRARY)
    }
}

/// Every item, drafts included.
pub async fn index(
    caller: Caller<ContentManager>,
    query: Query<ListQuery>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let (page, query) = (user.page, query.into_inner());
    let (filter, language) = (query.filter(), page.language());
    let (items, more) = hearth.db.read(move |conn| editor::list(conn, &filter, language)).await?;
    let older = items.last().filter(|_| more).map(|last| query.address_after(last.id));
    let rows = items.into_iter().map(|item| (hearth.local(item.updated_at), item)).map(|(at, item)| (item, at));
    Ok(web::html(&IndexPage { page, query, rows: rows.collect(), older })?)
}

#[derive(Template)]
#[template(path = "hr/library/edit.html")]
struct EditPage {
    page: Page,
    /// `None` for a new item.
    id: Option<ItemId>,
    form: ItemForm,
    tags: Vec<TagChoice>,
    standing: Standing,
    previews: Vec<Preview>,
    /// Whether somebody else saved the item since this form was opened.
    conflict: bool,
    errors: FormErrors,
}

/// The preview: an item as its readers will see it.
#[derive(Template)]
#[template(path = "hr/library/preview.html")]
struct Preview {
    page: Page,
    entry: PreviewEntry,
    source: Option<String>,
    body: String,
}

struct PreviewEntry {
    title: String,
    description: String,
    duration: String,
    category: Category,
    kind: Kind,
    author: Option<String>,
}

/// The form fields of one language.
struct LanguageFields {
    language: Language,
    /// Name, key of the label, longest text in characters.
    lines: [(&'static str, &'static str, usize); 2],
    /// Name, key of the label, key of the hint, longest text in characters.
    texts: [(&'static str, &'static str, &'static str, usize); 2],
    new_tag: &'static str,
}

impl EditPage {
    /// Where the form goes.
    fn action(&self) -> String {
        self.id.map_or_else(|| urls::HR_LIBRARY.to_owned(), urls::hr_library_item)
    }

    fn languages(&self) -> [LanguageFields; Language::ALL.len()] {
        Language::ALL.map(|language| {
            let [title, duration, description, body, new_tag] = names(language);
            LanguageFields {
                language,
                lines: [(title, "library-item-title", LONGEST[0]), (duration, "library-duration", LONGEST[1])],
                texts: [
                    (description, "library-description", "library-description-hint", LONGEST[2]),
                    (body, "library-body", "library-body-hint", LONGEST[3]),
                ],
                new_tag,
            }
        })
    }

    /// Select fields: name, key of the label, prefix of the options' keys, options.
    fn selects(&self) -> [(&'static str, &'static str, &'static str, Vec<&'static str>); 3] {
        [
            ("audience", "library-audience", "audience", Audience::ALL.map(Audience::code).into()),
            ("category", "library-category", "category", Category::ALL.map(Category::code).into()),
            ("kind", "library-kind", "kind", Kind::ALL.map(Kind::code).into()),
        ]
    }

    /// Groups of checkboxes, described in the same way.
    fn ticks(&self) -> [(&'static str, &'static str, &'static str, Vec<&'static str>); 2] {
        [
            ("dimension", "library-dimensions", "dimension", Dimension::ALL.map(Dimension::code).into()),
            ("level", "library-levels", "level", Level::ALL.map(Level::code).into()),
        ]
    }
}

/// An empty form.
pub async fn new(caller: Caller<ContentManager>, hearth: Data<Hearth>) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let first = [("audience", "person"), ("kind", "article"), ("minutes", "10")];
    let form = ItemForm(first.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
    let editing = Editing { form, ..Editing::default() };
    render(user, editing, StatusCode::OK, &hearth).await
}

/// The item that is edited, and the outcome of the last submit.
#[derive(Default)]
struct Editing {
    id: Option<ItemId>,
    form: ItemForm,
    standing: Standing,
    conflict: bool,
    previewed: bool,
    errors: FormErrors,
}

impl Editing {
    /// A stored item, nothing of it changed yet.
    fn of(id: ItemId, stored: &Stored) -> Self {
        Self { id: Some(id), form: ItemForm::of(stored), standing: stored.standing, ..Self::default() }
    }
}

/// Shows the form with what an item lacks: 422.
async fn refuse(user: CurrentUser, editing: Editing, hearth: &Data<Hearth>) -> Result<HttpResponse, PageError> {
    render(user, editing, StatusCode::UNPROCESSABLE_ENTITY, hearth).await
}

/// Shows the form with why the `stored` item stays as it is; what is no refusal is
/// passed on.
async fn explain(
    error: LibraryError,
    user: CurrentUser,
    mut editing: Editing,
    stored: &Stored,
    hearth: &Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let key = match error {
        LibraryError::Changed => {
            // The typed text stays, now with the current version: saving again
            // overwrites the other change knowingly.
            editing.form.set_version(stored.version);
            editing.conflict = true;
            "library-changed-meanwhile"
        }
        LibraryError::LastHelp => "library-last-help",
        LibraryError::InUse => "library-in-use",
        LibraryError::App(error) => return Err(error.into()),
    };
    editing.errors.add(user.page.words(), "", key);
    refuse(user, editing, hearth).await
}

async fn preview(user: CurrentUser, editing: Editing, hearth: &Data<Hearth>) -> Result<HttpResponse, PageError> {
    render(user, Editing { previewed: true, ..editing }, StatusCode::OK, hearth).await
}

async fn render(
    user: CurrentUser,
    editing: Editing,
    status: StatusCode,
    hearth: &Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let language = user.page.language();
    let tags = hearth.db.read(move |conn| editor::tags(conn, language)).await?;
    let previews = if editing.previewed { previews(&editing.form, &user.page) } else { Vec::new() };
    let Editing { id, form, standing, conflict, errors, .. } = editing;
    let mut page = EditPage { page: user.page, id, form, tags, standing, previews, conflict, errors };
    page.page = page.page.clone().keeping("item", page.action());
    page.page.path = id.map_or_else(|| urls::HR_LIBRARY_NEW.to_owned(), urls::hr_library_item);
    Ok(web::html_with(status, &page)?)
}

fn previews(form: &ItemForm, page: &Page) -> Vec<Preview> {
    let Ok(draft) = form.parse(false, false, page) else { return Vec::new() };
    let preview = |(language, words): (&Language, &crate::library::Words)| Preview {
        page: page.clone().in_language(*language),
        source: draft.source.clone(),
        body: to_html(&words.body),
        entry: PreviewEntry {
            title: words.title.clone(),
            description: words.description.clone(),
            duration: words.duration.clone(),
            category: draft.category,
            kind: draft.kind,
            author: draft.author.clone(),
        },
    };
    draft.words.iter().map(preview).collect()
}

/// What the pressed button asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wish {
    Preview,
    Draft,
    Publish,
}

impl Wish {
    fn of(form: &ItemForm) -> Result<Self, AppError> {
        match form.value("action") {
            // Enter in a field presses no named button: the page is shown, nothing is stored.
            "preview" | "" => Ok(Self::Preview),
            "draft" => Ok(Self::Draft),
            "publish" => Ok(Self::Publish),
            _ => Err(AppError::BadRequest),
        }
    }

    /// The item as this button stores it. What was published once stays complete in
    /// every language.
    fn draft(self, form: &ItemForm, standing: Standing, page: &Page) -> Result<Draft, FormErrors> {
        let published = self == Self::Publish;
        form.parse(published, published || (self == Self::Draft && standing.ever_published), page)
    }
}

/// Stores a new item, or shows its preview.
pub async fn create(
    caller: Caller<ContentManager>,
    form: Form<Vec<(String, String)>>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form, switched) = caller.form_or_switch(form).await?;
    let (editing, now) = (Editing { form: ItemForm(form), ..Editing::default() }, hearth.now());
    if switched {
        return render(user, editing, StatusCode::OK, &hearth).await;
    }
    let wish = Wish::of(&editing.form)?;
    match wish.draft(&editing.form, editing.standing, &user.page) {
        Ok(_) if wish == Wish::Preview => preview(user, editing, &hearth).await,
        Ok(draft) => {
            let id = hearth.act(user.actor(), move |conn| editor::create(conn, user.id, &draft, now)).await?;
            Ok(web::see_other_with(&hearth, &urls::hr_library_item(id), flash(wish))?)
        }
        Err(errors) => refuse(user, Editing { errors, ..editing }, &hearth).await,
    }
}

const fn flash(wish: Wish) -> &'static str {
    match wish {
        Wish::Publish => "flash-library-published",
        Wish::Draft | Wish::Preview => "flash-library-draft",
    }
}

/// The form for an existing item.
pub async fn edit(
    caller: Caller<ContentManager>,
    id: Path<i64>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.user().await?;
    let id = ItemId(*id);
    let stored = hearth.db.read(move |conn| editor::find(conn, id)).await?;
    render(user, Editing::of(id, &stored), StatusCode::OK, &hearth).await
}

/// Changes an item, or shows its preview.
pub async fn change(
    caller: Caller<ContentManager>,
    id: Path<i64>,
    form: Form<Vec<(String, String)>>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let (user, form, switched) = caller.form_or_switch(form).await?;
    let (id, now) = (ItemId(*id), hearth.now());
    let stored = hearth.db.read(move |conn| editor::find(conn, id)).await?;
    let editing = Editing { form: ItemForm(form), ..Editing::of(id, &stored) };
    if switched {
        return render(user, editing, StatusCode::OK, &hearth).await;
    }
    let wish = Wish::of(&editing.form)?;
    let draft = match wish.draft(&editing.form, editing.standing, &user.page) {
        Ok(_) if wish == Wish::Preview => return preview(user, editing, &hearth).await,
        Ok(draft) => draft,
        Err(errors) => return refuse(user, Editing { errors, ..editing }, &hearth).await,
    };
    let (by, version) = (user.actor(), editing.form.version().unwrap_or_default());
    match hearth.act(by, move |conn| editor::change(conn, by.user, id, version, &draft, now)).await {
        Ok(()) => Ok(web::see_other_with(&hearth, &urls::hr_library_item(id), flash(wish))?),
        Err(error) => explain(error, user, editing, &stored, &hearth).await,
    }
}

/// Deletes an item that was never published.
pub async fn delete(
    caller: Caller<ContentManager>,
    id: Path<i64>,
    form: Form<Button>,
    hearth: Data<Hearth>,
) -> Result<HttpResponse, PageError> {
    let user = caller.pressed(form).await?;
    let (user, id, now) = (user, ItemId(*id), hearth.now());
    let actor = user.id;
    match hearth.act(user.actor(), move |conn| editor::delete(conn, actor, id, now)).await {
        Ok(()) => Ok(web::see_other_with(&hearth, urls::HR_LIBRARY, "flash-library-deleted")?),
        Err(error @ LibraryError::InUse) => {
            let stored = hearth.db.read(move |conn| editor::find(conn, id)).await?;
            explain(error, user, Editing::of(id, &stored), &stored, &hearth).await
        }
        Err(LibraryError::App(error)) => Err(error.into()),
        Err(error) => Err(AppError::Internal(error.into()).into()),
    }
}

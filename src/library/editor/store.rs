//! Library items for editing, in the database.

use crate::{
    db::{
        keyset::{self, Order},
        like::containing,
        schema::{library_item_tags, library_items, library_texts, tag_names, tags},
    },
    domain::{Dimension, Level},
    error::AppError,
    i18n::Language,
    library::{
        Audience, Category, ItemId, Kind, Words,
        editor::{Filter, OWN},
        search::configuration,
        store::{shown_name, shown_text},
    },
};
use chrono::{DateTime, Utc};
use diesel::{prelude::*, sql_types::Bool};
use std::collections::BTreeMap;

#[diesel::declare_sql_function]
extern "SQL" {
    /// A random number, so that ids do not reveal how many items there are.
    fn opaque_number() -> BigInt;
}

/// An item in the list.
#[derive(Clone, Debug, Queryable)]
pub struct Listed {
    pub id: ItemId,
    pub audience: Audience,
    pub category: Category,
    pub kind: Kind,
    pub published: bool,
    pub updated_at: DateTime<Utc>,
    /// In the reader's language, if the item was ever saved in it; empty when a draft has no
    /// title in it.
    pub title: String,
}

pub fn list(conn: &mut PgConnection, filter: &Filter, language: Language, limit: i64) -> QueryResult<Vec<Listed>> {
    let texts = library_texts::item_id.eq(library_items::id).and(shown_text(language));
    let mut items = library_items::table.inner_join(library_texts::table.on(texts)).into_boxed();
    if !filter.text.is_empty() {
        items = items.filter(library_texts::title.ilike(containing(&filter.text)));
    }
    if let Some(published) = filter.published {
        items = items.filter(library_items::published.eq(published));
    }
    if let Some(audience) = filter.audience {
        items = items.filter(library_items::audience.eq(audience));
    }
    if let Some(after) = filter.after {
        items = items.filter(keyset::behind("library_items", "created_at", Order::Descending, after.0));
    }
    items
        .order((library_items::created_at.desc(), library_items::id.desc()))
        .limit(limit)
        .select((
            library_items::id,
            library_items::audience,
            library_items::category,
            library_items::kind,
            library_items::published,
            library_items::updated_at,
            library_texts::title,
        ))
        .load(conn)
}

/// A tag to choose from.
#[derive(Clone, Debug, Queryable)]
pub struct TagChoice {
    pub key: String,
    pub name: String,
}

/// All tags, by name.
///
/// # Errors
/// Those of the database.
pub fn tags(conn: &mut PgConnection, language: Language) -> Result<Vec<TagChoice>, AppError> {
    Ok(tags::table
        .inner_join(tag_names::table)
        .filter(shown_name(language))
        .order(tag_names::name)
        .select((tags::key, tag_names::name))
        .load(conn)?)
}

/// Everything of an item that HR can edit.
#[derive(Clone, Debug)]
pub struct Draft {
    pub audience: Audience,
    pub category: Category,
    pub kind: Kind,
    /// How long doing it once takes, in minutes: 1 to 480.
    pub minutes: i16,
    pub dimensions: Vec<Dimension>,
    pub levels: Vec<Level>,
    /// Keys of tags.
    pub tags: Vec<String>,
    /// A tag to be created: its key and its names.
    pub new_tag: Option<(String, BTreeMap<Language, String>)>,
    pub author: Option<String>,
    pub source: Option<String>,
    pub published: bool,
    pub words: BTreeMap<Language, Words>,
}

/// An item as it is stored.
#[derive(Clone, Debug)]
pub struct Stored {
    pub draft: Draft,
    /// When it was last changed; saving requires the same value.
    pub version: DateTime<Utc>,
    pub standing: Standing,
}

/// What determines whether an item may be deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub published: bool,
    /// Since then it may be on somebody's list, so it cannot be deleted and its texts
    /// must stay complete.
    pub ever_published: bool,
    /// Part of the shipped library, which is stored anew at each start.
    pub ships: bool,
}

impl Standing {
    /// Whether it neither ships nor was ever published.
    pub const fn is_deletable(self) -> bool {
        !self.ships && !self.ever_published
    }
}

#[derive(Queryable)]
struct ItemRow {
    audience: Audience,
    category: Category,
    kind: Kind,
    minutes: i16,
    dimensions: Vec<Option<Dimension>>,
    levels: Vec<Option<Level>>,
    author: Option<String>,
    source: Option<String>,
    published: bool,
    ever_published: bool,
    key: String,
    updated_at: DateTime<Utc>,
}

/// An item with everything that can be edited.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub fn find(conn: &mut PgConnection, id: ItemId) -> Result<Stored, AppError> {
    let row: ItemRow = library_items::table
        .find(id)
        .select((
            library_items::audience,
            library_items::category,
            library_items::kind,
            library_items::minutes,
            library_items::dimensions,
            library_items::levels,
            library_items::author,
            library_items::source,
            library_items::published,
            library_items::ever_published,
            library_items::key,
            library_items::updated_at,
        ))
        .first(conn)?;
    let texts: Vec<(Language, String, String, String, String)> = library_texts::table
        .filter(library_texts::item_id.eq(id))
        .filter(library_texts::language.eq_any(Language::ALL)) // a newer version may know more
        .select((
            library_texts::language,
            library_texts::title,
            library_texts::duration,
            library_texts::description,
            library_texts::body,
        ))
        .load(conn)?;
    let words =
        |(language, title, duration, description, body)| (language, Words { title, duration, description, body });
    let tags: Vec<String> = library_item_tags::table
        .inner_join(tags::table)
        .filter(library_item_tags::item_id.eq(id))
        .order(tags::key)
        .select(tags::key)
        .load(conn)?;
    let standing =
        Standing { published: row.published, ever_published: row.ever_published, ships: !row.key.starts_with(OWN) };
    let draft = Draft {
        audience: row.audience,
        category: row.category,
        kind: row.kind,
        minutes: row.minutes,
        dimensions: row.dimensions.into_iter().flatten().collect(),
        levels: row.levels.into_iter().flatten().collect(),
        tags,
        new_tag: None,
        author: row.author,
        source: row.source,
        published: row.published,
        words: texts.into_iter().map(words).collect(),
    };
    Ok(Stored { draft, version: row.updated_at, standing })
}

/// When an item was last changed, and its standing. Locks it together with all items of
/// professional help, so that two people cannot remove the last ones at the same time.
pub fn lock(conn: &mut PgConnection, id: ItemId) -> QueryResult<(DateTime<Utc>, Standing)> {
    let rows: Vec<(ItemId, DateTime<Utc>, bool, bool, String)> = library_items::table
        .filter(library_items::id.eq(id).or(library_items::category.eq(Category::ProfessionalHelp)))
        .order(library_items::id)
        .select((
            library_items::id,
            library_items::updated_at,
            library_items::published,
            library_items::ever_published,
            library_items::key,
        ))
        .for_update()
        .load(conn)?;
    let row = rows.into_iter().find(|row| row.0 == id).ok_or(diesel::NotFound)?;
    let (_, updated_at, published, ever_published, key) = row;
    Ok((updated_at, Standing { published, ever_published, ships: !key.starts_with(OWN) }))
}

/// Whether the published library has professional help for people with a high result,
/// whichever dimension is highest.
pub fn has_help(conn: &mut PgConnection) -> QueryResult<bool> {
    let help: Vec<Vec<Option<Dimension>>> = library_items::table
        .filter(library_items::published)
        .filter(library_items::audience.eq(Audience::Person))
        .filter(library_items::category.eq(Category::ProfessionalHelp))
        .filter(library_items::levels.contains(vec![Level::High]))
        .select(library_items::dimensions)
        .load(conn)?;
    Ok(Dimension::ALL.into_iter().all(|dimension| help.iter().any(|helped| helped.contains(&Some(dimension)))))
}

/// The columns that HR edits.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = library_items, treat_none_as_null = true)]
struct Columns<'a> {
    audience: Audience,
    category: Category,
    kind: Kind,
    minutes: i16,
    dimensions: &'a [Dimension],
    levels: &'a [Level],
    author: Option<&'a str>,
    source: Option<&'a str>,
    published: bool,
}

impl<'a> Columns<'a> {
    fn of(draft: &'a Draft) -> Self {
        Self {
            audience: draft.audience,
            category: draft.category,
            kind: draft.kind,
            minutes: draft.minutes,
            dimensions: &draft.dimensions,
            levels: &draft.levels,
            author: draft.author.as_deref(),
            source: draft.source.as_deref(),
            published: draft.published,
        }
    }
}

pub fn insert(conn: &mut PgConnection, key: &str, draft: &Draft) -> QueryResult<ItemId> {
    let id: ItemId = diesel::insert_into(library_items::table)
        .values((
            library_items::id.eq(opaque_number()), // a random id: unpublished drafts leave no visible gaps
            library_items::key.eq(key),
            library_items::ever_published.eq(draft.published),
            Columns::of(draft),
        ))
        .returning(library_items::id)
        .get_result(conn)?;
    write_words_and_tags(conn, id, draft)?;
    Ok(id)
}

pub fn update(conn: &mut PgConnection, id: ItemId, draft: &Draft) -> QueryResult<()> {
    let ever_published =
        library_items::ever_published.eq(library_items::ever_published.or(draft.published.into_sql::<Bool>()));
    diesel::update(library_items::table.find(id)).set((ever_published, Columns::of(draft))).execute(conn)?;
    write_words_and_tags(conn, id, draft)
}

fn write_words_and_tags(conn: &mut PgConnection, id: ItemId, draft: &Draft) -> QueryResult<()> {
    let own = library_texts::table.filter(library_texts::item_id.eq(id));
    diesel::delete(own.filter(library_texts::language.eq_any(Language::ALL))).execute(conn)?;
    let text = |(language, words): (&Language, &Words)| {
        (
            library_texts::item_id.eq(id),
            library_texts::language.eq(*language),
            library_texts::title.eq(words.title.clone()),
            library_texts::description.eq(words.description.clone()),
            library_texts::duration.eq(words.duration.clone()),
            library_texts::body.eq(words.body.clone()),
            library_texts::configuration.eq(configuration(*language)),
        )
    };
    let texts: Vec<_> = draft.words.iter().map(text).collect();
    diesel::insert_into(library_texts::table).values(texts).execute(conn)?;
    let mut keys = draft.tags.clone();
    if let Some((key, names)) = &draft.new_tag {
        insert_tag(conn, key, names)?;
        keys.push(key.clone());
    }
    diesel::delete(library_item_tags::table.filter(library_item_tags::item_id.eq(id))).execute(conn)?;
    let ids: Vec<i64> = tags::table.filter(tags::key.eq_any(keys)).select(tags::id).load(conn)?;
    let tagged: Vec<_> =
        ids.into_iter().map(|tag| (library_item_tags::item_id.eq(id), library_item_tags::tag_id.eq(tag))).collect();
    diesel::insert_into(library_item_tags::table).values(tagged).execute(conn)?;
    Ok(())
}

/// Inserts a tag; an existing one keeps its names.
fn insert_tag(conn: &mut PgConnection, key: &str, names: &BTreeMap<Language, String>) -> QueryResult<()> {
    let made: Option<i64> = diesel::insert_into(tags::table)
        .values(tags::key.eq(key))
        .on_conflict_do_nothing()
        .returning(tags::id)
        .get_result(conn)
        .optional()?;
    let Some(id) = made else { return Ok(()) };
    let named = |(language, name): (&Language, &String)| {
        (tag_names::tag_id.eq(id), tag_names::language.eq(*language), tag_names::name.eq(name.clone()))
    };
    diesel::insert_into(tag_names::table).values(names.iter().map(named).collect::<Vec<_>>()).execute(conn)?;
    Ok(())
}

pub fn delete(conn: &mut PgConnection, id: ItemId) -> QueryResult<usize> {
    diesel::delete(library_items::table.find(id)).execute(conn)
}

//! The library in the database. Whether an item is on somebody's list is read only for
//! that person.

use crate::{
    db::{
        schema::{library_item_tags, library_items, library_texts, recommendations, tag_names, tags},
        types::{pg_enum, pg_id},
    },
    domain::{Dimension, Level, UserId},
    error::AppError,
    i18n::Language,
    library::{Audience, Category, ItemId, Kind, Wanted, search::configuration},
};
use diesel::{
    dsl::{count_star, exists, sql},
    expression::{SqlLiteral, UncheckedBind},
    helper_types::IntoBoxed,
    internal::derives::as_expression::Bound, // the type of a bound value has no public name
    pg::Pg,
    prelude::*,
    sql_types::{BigInt, Bool, Float, Text},
};

pg_id!(ItemId);

pg_enum!(
    Audience => LibraryAudience,
    Category => ItemCategory,
    Kind => ItemKind,
);

/// An item in a list.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = library_items)]
pub struct Entry {
    pub id: ItemId,
    pub category: Category,
    pub kind: Kind,
    pub author: Option<String>,
    #[diesel(select_expression = library_texts::title)]
    pub title: String,
    #[diesel(select_expression = library_texts::description)]
    pub description: String,
    #[diesel(select_expression = library_texts::duration)]
    pub duration: String,
}

/// SQL that is true of one row of each owner: the one in the reader's language, else the
/// one in the company's, else the first by its code.
fn first_choice(table: &str, owner: &str, language: Language) -> String {
    let code = language.code();
    format!(
        "{table}.language = (SELECT other.language FROM {table} AS other WHERE other.{owner} = {table}.{owner} \
             ORDER BY other.language <> '{code}', other.language <> (SELECT language FROM installation), other.language \
             LIMIT 1)"
    )
}

/// Whether a row of `library_texts` is the one that a reader is shown of its item.
pub fn shown_text(language: Language) -> SqlLiteral<Bool> {
    sql(&first_choice("library_texts", "item_id", language))
}

/// Whether a row of `tag_names` is the one that a reader is shown of its tag.
pub fn shown_name(language: Language) -> SqlLiteral<Bool> {
    sql(&first_choice("tag_names", "tag_id", language))
}

#[diesel::dsl::auto_type]
fn readable(language: Language) -> _ {
    let shown: SqlLiteral<Bool> = shown_text(language);
    let texts = library_texts::item_id.eq(library_items::id).and(shown);
    let person: Audience = Audience::Person;
    let published = library_items::table.filter(library_items::published).filter(library_items::audience.eq(person));
    published.inner_join(library_texts::table.on(texts))
}

fn narrowed(wanted: &Wanted, language: Language) -> IntoBoxed<'_, readable, Pg> {
    let mut found = readable(language).into_boxed();
    if let Some(kind) = wanted.kind {
        found = found.filter(library_items::kind.eq(kind));
    }
    if let Some(category) = wanted.category {
        found = found.filter(library_items::category.eq(category));
    }
    if let Some(tag) = &wanted.tag {
        let tagged = library_item_tags::table
            .inner_join(tags::table)
            .filter(library_item_tags::item_id.eq(library_items::id))
            .filter(tags::key.eq(tag));
        found = found.filter(exists(tagged));
    }
    found
}

/// Items by title, beginning after the given one.
pub fn entries(conn: &mut PgConnection, wanted: &Wanted, language: Language, limit: i64) -> QueryResult<Vec<Entry>> {
    let mut found = narrowed(wanted, language);
    if let Some(after) = wanted.after {
        let behind = sql::<Bool>(
            "(library_texts.title, library_items.id) > (SELECT title, item_id FROM library_texts WHERE item_id = ",
        );
        let shown = first_choice("library_texts", "item_id", language);
        let behind = behind.bind::<BigInt, _>(after).sql(&format!(" AND {shown})"));
        found = found.filter(behind);
    }
    found.order((library_texts::title, library_items::id)).limit(limit).select(Entry::as_select()).load(conn)
}

/// An SQL expression of our own with the search query as a bound value.
type WithQuery<T> = SqlLiteral<T, UncheckedBind<SqlLiteral<T>, Bound<Text, String>>>;

/// A subquery `asked` with the search query in the language's configuration, and in
/// `simple` for names.
fn asked(language: Language) -> (String, &'static str) {
    let configuration = configuration(language);
    let before = format!(
        "(SELECT given, to_tsquery('{configuration}', given) AS words, to_tsquery('simple', given) AS plain FROM (SELECT "
    );
    (before, "::text AS given) AS typed) AS asked")
}

/// SQL for the tags of an item that match `asked`.
fn fitting_tags(language: Language) -> String {
    let (shown, configuration) = (first_choice("tag_names", "tag_id", language), configuration(language));
    format!(
        "library_item_tags JOIN tag_names ON tag_names.tag_id = library_item_tags.tag_id
             AND to_tsvector('{configuration}', tag_names.name) @@ asked.words AND {shown}"
    )
}

const AUTHOR_FITS: &str = "to_tsvector('simple', coalesce(author, '')) @@ asked.plain";

/// Whether an item matches the query of [`super::search`] by its text, a tag or its
/// author. Items without a text in the reader's language match by any other, each with
/// the configuration of its own language; `OFFSET 0` has them picked out first, since
/// mostly there are none.
fn fits(query: &str, language: Language) -> WithQuery<Bool> {
    let (before, after) = asked(language);
    let start = format!("library_items.id IN (SELECT found.id FROM {before}");
    let end = format!(
        "{after} CROSS JOIN LATERAL (
            SELECT item_id AS id FROM library_texts WHERE language = '{code}' AND search @@ asked.words
            UNION ALL SELECT item_id FROM (SELECT * FROM library_texts WHERE NOT EXISTS (
                SELECT FROM library_texts AS own WHERE own.item_id = library_texts.item_id AND own.language = '{code}'
            ) OFFSET 0) AS foreign_texts WHERE search @@ to_tsquery(configuration::regconfig, asked.given)
            UNION ALL SELECT item_id FROM {tags}
            UNION ALL SELECT id FROM library_items WHERE {AUTHOR_FITS}) AS found)",
        code = language.code(),
        tags = fitting_tags(language)
    );
    sql::<Bool>(&start).bind::<Text, _>(query.to_owned()).sql(&end)
}

/// How well an item matches, normalised by the length of the text; a tag or the author
/// counts about as much as a word of the title.
fn rank(query: &str, language: Language) -> WithQuery<Float> {
    let (before, after) = asked(language);
    let start = format!(
        "(SELECT ts_rank(library_texts.search, CASE library_texts.language WHEN '{code}' THEN asked.words
                ELSE to_tsquery(library_texts.configuration::regconfig, asked.given) END, 1)
            + CASE WHEN {AUTHOR_FITS} THEN 0.15 ELSE 0 END
            + CASE WHEN EXISTS (SELECT FROM {tags} WHERE library_item_tags.item_id = library_items.id) THEN 0.15 ELSE 0 END
          FROM {before}",
        code = language.code(),
        tags = fitting_tags(language)
    );
    sql::<Float>(&start).bind::<Text, _>(query.to_owned()).sql(&format!("{after})::real"))
}

/// Matching items, best first.
pub fn search_entries(
    conn: &mut PgConnection,
    query: &str,
    wanted: &Wanted,
    language: Language,
    limit: i64,
) -> QueryResult<Vec<Entry>> {
    narrowed(wanted, language)
        .filter(fits(query, language))
        .order((rank(query, language).desc(), library_items::id))
        .limit(limit)
        .select(Entry::as_select())
        .load(conn)
}

/// An item that a search found.
#[derive(Clone, Debug)]
pub struct Found {
    pub id: ItemId,
    pub title: String,
    pub description: String,
    pub category: Category,
    pub kind: Kind,
    pub dimensions: Vec<Dimension>,
    pub levels: Vec<Level>,
    /// The rank: higher is a better match.
    pub rank: f32,
}

type FoundRow = (ItemId, String, String, Category, Kind, Vec<Option<Dimension>>, Vec<Option<Level>>, f32);

pub fn search(conn: &mut PgConnection, query: &str, language: Language, limit: i64) -> QueryResult<Vec<Found>> {
    let rows: Vec<FoundRow> = readable(language)
        .filter(fits(query, language))
        .order((rank(query, language).desc(), library_items::id))
        .limit(limit)
        .select((
            library_items::id,
            library_texts::title,
            library_texts::description,
            library_items::category,
            library_items::kind,
            library_items::dimensions,
            library_items::levels,
            rank(query, language),
        ))
        .load(conn)?;
    let found = |(id, title, description, category, kind, dimensions, levels, rank): FoundRow| Found {
        id,
        title,
        description,
        category,
        kind,
        dimensions: dimensions.into_iter().flatten().collect(),
        levels: levels.into_iter().flatten().collect(),
        rank,
    };
    Ok(rows.into_iter().map(found).collect())
}

/// A tag, in the reader's language if it has a name in it.
#[derive(Clone, Debug, Queryable)]
pub struct TagName {
    pub key: String,
    pub name: String,
}

diesel::allow_columns_to_appear_in_same_group_by_clause!(tags::key, tag_names::name);

/// Tags of published items for one person, with the number of items, by name.
///
/// # Errors
/// Those of the database.
pub fn tags(conn: &mut PgConnection, language: Language) -> Result<Vec<(TagName, i64)>, AppError> {
    Ok(tags::table
        .inner_join(tag_names::table)
        .inner_join(library_item_tags::table.inner_join(library_items::table))
        .filter(shown_name(language))
        .filter(library_items::published)
        .filter(library_items::audience.eq(Audience::Person))
        .group_by((tags::key, tag_names::name))
        .order(tag_names::name)
        .select(((tags::key, tag_names::name), count_star()))
        .load(conn)?)
}

/// Everything that a reader sees of an item.
#[derive(Clone, Debug)]
pub struct Full {
    pub entry: Entry,
    pub source: Option<String>,
    /// Markdown; empty where there is no full text.
    pub body: String,
    pub published: bool,
    pub tags: Vec<TagName>,
    /// Whether it is on the reader's list and not completed.
    pub on_my_list: bool,
}

/// One item that this person may read: a published one, or one on their own list.
///
/// # Errors
/// [`AppError::NotFound`] when there is none.
pub fn show(conn: &mut PgConnection, user: UserId, id: ItemId, language: Language) -> Result<Full, AppError> {
    let texts = library_texts::item_id.eq(library_items::id).and(shown_text(language));
    let own = || {
        recommendations::table
            .filter(recommendations::item_id.eq(library_items::id))
            .filter(recommendations::user_id.eq(user))
    };
    let open = library_items::published.and(library_items::audience.eq(Audience::Person));
    let (entry, source, body, published, on_my_list) = library_items::table
        .find(id)
        .inner_join(library_texts::table.on(texts))
        .filter(open.or(exists(own())))
        .select((
            Entry::as_select(),
            library_items::source,
            library_texts::body,
            library_items::published,
            exists(own().filter(recommendations::completed_at.is_null())),
        ))
        .first(conn)?;
    let tags = library_item_tags::table
        .inner_join(tags::table.inner_join(tag_names::table))
        .filter(library_item_tags::item_id.eq(id))
        .filter(shown_name(language))
        .order(tag_names::name)
        .select((tags::key, tag_names::name))
        .load(conn)?;
    Ok(Full { entry, source, body, published, tags, on_my_list })
}

/// An item that another item's page links to.
#[derive(Clone, Debug, Queryable)]
pub struct Related {
    pub id: ItemId,
    pub title: String,
    pub kind: Kind,
}

pub fn related(conn: &mut PgConnection, id: ItemId, language: Language, limit: i64) -> QueryResult<Vec<Related>> {
    let own = library_item_tags::table.filter(library_item_tags::item_id.eq(id)).select(library_item_tags::tag_id);
    let own: Vec<i64> = own.load(conn)?;
    let ids: Vec<ItemId> = library_item_tags::table
        .inner_join(library_items::table)
        .filter(library_item_tags::tag_id.eq_any(own))
        .filter(library_items::published)
        .filter(library_items::audience.eq(Audience::Person))
        .filter(library_item_tags::item_id.ne(id))
        .group_by(library_item_tags::item_id)
        .order((count_star().desc(), library_item_tags::item_id))
        .limit(limit)
        .select(library_item_tags::item_id)
        .load(conn)?;
    let found = readable(language).filter(library_items::id.eq_any(&ids));
    let mut related: Vec<Related> =
        found.select((library_items::id, library_texts::title, library_items::kind)).load(conn)?;
    related.sort_by_key(|one| ids.iter().position(|id| *id == one.id));
    Ok(related)
}

/// Titles of these items, published or not.
///
/// # Errors
/// Those of the database.
pub fn by_ids(conn: &mut PgConnection, ids: &[ItemId], language: Language) -> Result<Vec<(ItemId, String)>, AppError> {
    Ok(library_texts::table
        .filter(library_texts::item_id.eq_any(ids))
        .filter(shown_text(language))
        .select((library_texts::item_id, library_texts::title))
        .load(conn)?)
}

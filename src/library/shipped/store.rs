//! Stores what ships with the product where it is missing.

use crate::{
    db::schema::{library_item_tags, library_items, library_texts, tag_names, tags},
    i18n::Language,
    library::{Item, ItemId, Tag, search::configuration},
};
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

/// Inserts items that are not there, and of those that are, texts in languages that they
/// have none in.
pub fn insert_missing(conn: &mut PgConnection, items: &[Item], all_tags: &[Tag]) -> QueryResult<()> {
    let mut known: HashMap<String, ItemId> =
        library_items::table.select((library_items::key, library_items::id)).load(conn)?.into_iter().collect();
    if items.iter().any(|item| !known.contains_key(&item.key)) {
        let tag_ids = insert_tags(conn, all_tags)?;
        for item in items.iter().filter(|item| !known.contains_key(&item.key)) {
            insert_item(conn, item, &tag_ids)?;
        }
        known = library_items::table.select((library_items::key, library_items::id)).load(conn)?.into_iter().collect();
    }
    insert_texts(conn, items, &known)?;
    insert_names(conn, all_tags)
}

/// Has every text searched with the configuration that its language has now.
pub fn renew_configurations(conn: &mut PgConnection) -> QueryResult<()> {
    for language in Language::ALL {
        let own = library_texts::table.filter(library_texts::language.eq(language));
        let other = own.filter(library_texts::configuration.ne(configuration(language)));
        diesel::update(other).set(library_texts::configuration.eq(configuration(language))).execute(conn)?;
    }
    Ok(())
}

fn insert_texts(conn: &mut PgConnection, items: &[Item], known: &HashMap<String, ItemId>) -> QueryResult<()> {
    let there: HashSet<(ItemId, Language)> = library_texts::table
        .filter(library_texts::language.eq_any(Language::ALL))
        .select((library_texts::item_id, library_texts::language))
        .load(conn)?
        .into_iter()
        .collect();
    let stored = items.iter().filter_map(|item| Some((*known.get(&item.key)?, item)));
    let all = stored.flat_map(|(id, item)| item.words.iter().map(move |(language, words)| (id, *language, words)));
    let texts: Vec<_> = all
        .filter(|(id, language, _)| !there.contains(&(*id, *language)))
        .map(|(id, language, words)| {
            (
                library_texts::item_id.eq(id),
                library_texts::language.eq(language),
                library_texts::title.eq(&words.title),
                library_texts::description.eq(&words.description),
                library_texts::duration.eq(&words.duration),
                library_texts::body.eq(&words.body),
                library_texts::configuration.eq(configuration(language)),
            )
        })
        .collect();
    diesel::insert_into(library_texts::table).values(texts).on_conflict_do_nothing().execute(conn)?;
    Ok(())
}

fn insert_tags(conn: &mut PgConnection, all: &[Tag]) -> QueryResult<HashMap<String, i64>> {
    let keys: Vec<_> = all.iter().map(|tag| tags::key.eq(&tag.key)).collect();
    diesel::insert_into(tags::table).values(keys).on_conflict_do_nothing().execute(conn)?;
    Ok(tags::table.select((tags::key, tags::id)).load(conn)?.into_iter().collect())
}

/// Names of the shipped tags that are stored, in languages that they have none in.
fn insert_names(conn: &mut PgConnection, all: &[Tag]) -> QueryResult<()> {
    let ids: HashMap<String, i64> = tags::table.select((tags::key, tags::id)).load(conn)?.into_iter().collect();
    let stored = all.iter().filter_map(|tag| Some((*ids.get(&tag.key)?, tag)));
    let names: Vec<_> = stored
        .flat_map(|(id, tag)| tag.name.iter().map(move |(language, name)| (id, language, name)))
        .map(|(id, language, name)| {
            (tag_names::tag_id.eq(id), tag_names::language.eq(*language), tag_names::name.eq(name))
        })
        .collect();
    diesel::insert_into(tag_names::table).values(names).on_conflict_do_nothing().execute(conn)?;
    Ok(())
}

fn insert_item(conn: &mut PgConnection, item: &Item, tag_ids: &HashMap<String, i64>) -> QueryResult<()> {
    let id: Option<ItemId> = diesel::insert_into(library_items::table)
        .values((
            library_items::key.eq(&item.key),
            library_items::audience.eq(item.audience),
            library_items::category.eq(item.category),
            library_items::kind.eq(item.kind),
            library_items::minutes.eq(item.minutes),
            library_items::dimensions.eq(&item.dimensions),
            library_items::levels.eq(&item.levels),
            library_items::author.eq(&item.author),
            library_items::source.eq(&item.source),
        ))
        .on_conflict_do_nothing()
        .returning(library_items::id)
        .get_result(conn)
        .optional()?;
    let Some(id) = id else { return Ok(()) }; // another instance that starts at the same time stored it
    let tagged: Vec<_> = item
        .tags
        .iter()
        .map(|tag| (library_item_tags::item_id.eq(id), library_item_tags::tag_id.eq(tag_ids[tag])))
        .collect();
    diesel::insert_into(library_item_tags::table).values(tagged).execute(conn)?;
    Ok(())
}

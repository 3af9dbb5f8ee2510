//! Library items and lists in PostgreSQL. Every read of a list names its owner.

use crate::{
    accounts::UserId,
    assessment::Level,
    error::AppError,
    i18n::Language,
    recommendations::{Audience, Category, Dimension, ItemId, Kind, Priority, RecommendationId, choice::Candidate},
    schema::{library_items, library_texts, recommendations},
};
use chrono::{DateTime, Utc};
use diesel::{
    dsl::{exists, not},
    prelude::*,
    upsert::excluded,
};

/// Published items, without those this person completed since `recently`.
pub fn candidates(conn: &mut PgConnection, user: UserId, recently: DateTime<Utc>) -> QueryResult<Vec<Candidate>> {
    let completed = recommendations::table
        .filter(recommendations::item_id.eq(library_items::id))
        .filter(recommendations::user_id.eq(user))
        .filter(recommendations::completed_at.gt(recently));
    let rows: Vec<CandidateRow> = published(Audience::Person)
        .filter(not(exists(completed)))
        .select((library_items::id, library_items::category, library_items::dimensions, library_items::levels))
        .load(conn)?;
    Ok(rows.into_iter().map(candidate).collect())
}

type CandidateRow = (ItemId, Category, Vec<Option<Dimension>>, Vec<Option<Level>>);

#[diesel::dsl::auto_type]
fn published(audience: Audience) -> _ {
    library_items::table.filter(library_items::published).filter(library_items::audience.eq(audience))
}

fn candidate((id, category, dimensions, levels): CandidateRow) -> Candidate {
    Candidate {
        id,
        category,
        dimensions: dimensions.into_iter().flatten().collect(),
        levels: levels.into_iter().flatten().collect(),
    }
}

/// Published items for teams.
pub fn team_candidates(conn: &mut PgConnection) -> QueryResult<Vec<Candidate>> {
    let rows: Vec<CandidateRow> = published(Audience::Team)
        .select((library_items::id, library_items::category, library_items::dimensions, library_items::levels))
        .load(conn)?;
    Ok(rows.into_iter().map(candidate).collect())
}

/// An item for teams with its words.
#[derive(Clone, Debug, Queryable)]
pub struct TeamItem {
    pub id: ItemId,
    pub source: Option<String>,
    pub title: String,
    pub description: String,
    pub duration: String,
}

pub fn team_items(conn: &mut PgConnection, ids: &[ItemId], language: Language) -> QueryResult<Vec<TeamItem>> {
    let texts = library_texts::item_id.eq(library_items::id).and(library_texts::language.eq(language));
    published(Audience::Team)
        .inner_join(library_texts::table.on(texts))
        .filter(library_items::id.eq_any(ids))
        .select((
            library_items::id,
            library_items::source,
            library_texts::title,
            library_texts::description,
            library_texts::duration,
        ))
        .load(conn)
}

pub fn replace_open(
    conn: &mut PgConnection,
    user: UserId,
    chosen: &[(ItemId, Priority)],
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let kept: Vec<ItemId> = chosen.iter().map(|(item, _)| *item).collect();
    let stale = recommendations::table
        .filter(recommendations::user_id.eq(user))
        .filter(recommendations::completed_at.is_null())
        .filter(recommendations::item_id.ne_all(kept));
    diesel::delete(stale).execute(conn)?;
    let rows: Vec<_> = chosen
        .iter()
        .map(|(item, priority)| {
            (
                recommendations::user_id.eq(user),
                recommendations::item_id.eq(*item),
                recommendations::priority.eq(*priority),
                recommendations::given_at.eq(now),
            )
        })
        .collect();
    diesel::insert_into(recommendations::table)
        .values(rows)
        .on_conflict((recommendations::user_id, recommendations::item_id))
        .filter_target(recommendations::completed_at.is_null())
        .do_update()
        .set(recommendations::priority.eq(excluded(recommendations::priority)))
        .execute(conn)?;
    Ok(())
}

/// A recommendation with the words of its item.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = recommendations)]
pub struct Listed {
    pub id: RecommendationId,
    #[diesel(column_name = item_id)]
    pub item: ItemId,
    pub priority: Priority,
    pub completed_at: Option<DateTime<Utc>>,
    #[diesel(select_expression = library_items::category)]
    pub category: Category,
    #[diesel(select_expression = library_items::kind)]
    pub kind: Kind,
    #[diesel(select_expression = library_items::source)]
    pub source: Option<String>,
    #[diesel(select_expression = library_texts::title)]
    pub title: String,
    #[diesel(select_expression = library_texts::description)]
    pub description: String,
    #[diesel(select_expression = library_texts::duration)]
    pub duration: String,
}

#[diesel::dsl::auto_type]
fn of_user(user: UserId, language: Language) -> _ {
    let texts = library_texts::item_id.eq(library_items::id).and(library_texts::language.eq(language));
    let joined = recommendations::table.inner_join(library_items::table).inner_join(library_texts::table.on(texts));
    joined.filter(recommendations::user_id.eq(user))
}

pub fn open(conn: &mut PgConnection, user: UserId, language: Language) -> QueryResult<Vec<Listed>> {
    of_user(user, language)
        .filter(recommendations::completed_at.is_null())
        .order((recommendations::priority.desc(), recommendations::id))
        .select(Listed::as_select())
        .load(conn)
}

pub fn find(conn: &mut PgConnection, user: UserId, id: RecommendationId, language: Language) -> QueryResult<Listed> {
    of_user(user, language).filter(recommendations::id.eq(id)).select(Listed::as_select()).first(conn)
}

pub fn completed(conn: &mut PgConnection, user: UserId, language: Language, limit: i64) -> QueryResult<Vec<Listed>> {
    of_user(user, language)
        .filter(recommendations::completed_at.is_not_null())
        .order((recommendations::completed_at.desc(), recommendations::id.desc()))
        .limit(limit)
        .select(Listed::as_select())
        .load(conn)
}

pub fn count_completed(conn: &mut PgConnection, user: UserId) -> QueryResult<i64> {
    recommendations::table
        .filter(recommendations::user_id.eq(user))
        .filter(recommendations::completed_at.is_not_null())
        .count()
        .get_result(conn)
}

/// How many rows one statement deletes, so that none takes long.
const BATCH: i64 = 5_000;

pub fn delete_before(conn: &mut PgConnection, oldest: DateTime<Utc>) -> QueryResult<usize> {
    let old = diesel::alias!(recommendations as old);
    let batch = old
        .filter(old.field(recommendations::completed_at).lt(oldest))
        .select(old.field(recommendations::id))
        .limit(BATCH);
    diesel::delete(recommendations::table.filter(recommendations::id.eq_any(batch))).execute(conn)
}

pub fn set_completed(
    conn: &mut PgConnection,
    user: UserId,
    id: RecommendationId,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let own = recommendations::table.find(id).filter(recommendations::user_id.eq(user));
    let done_at: Option<DateTime<Utc>> = own.select(recommendations::completed_at).first(conn)?;
    if done_at.is_none() {
        let open = own.filter(recommendations::completed_at.is_null());
        diesel::update(open).set(recommendations::completed_at.eq(now)).execute(conn)?;
    }
    Ok(())
}

pub fn reopen(conn: &mut PgConnection, user: UserId, id: RecommendationId) -> Result<(), AppError> {
    let own = recommendations::table.find(id).filter(recommendations::user_id.eq(user));
    let item: ItemId = own.select(recommendations::item_id).for_update().first(conn)?;
    let other_open = recommendations::table
        .filter(recommendations::user_id.eq(user))
        .filter(recommendations::item_id.eq(item))
        .filter(recommendations::completed_at.is_null());
    if !diesel::select(exists(other_open)).get_result::<bool>(conn)? {
        diesel::update(own).set(recommendations::completed_at.eq(None::<DateTime<Utc>>)).execute(conn)?;
    }
    Ok(())
}

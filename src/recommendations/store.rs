//! Recommendations in the database. Every read of a list names its owner.

use crate::{
    db::{
        schema::{last_numbers, library_items, library_texts, recommendations, users},
        types::{pg_enum, pg_id},
    },
    domain::{Dimension, Level, Numbered, UserId},
    error::AppError,
    i18n::Language,
    library::{Audience, Category, ItemId, Kind, shown_text},
    recommendations::{Priority, RecommendationNumber, choice::Candidate},
};
use chrono::{DateTime, Utc};
use diesel::{
    dsl::{exists, not},
    expression::SqlLiteral,
    prelude::*,
    sql_types::Bool,
};
use std::collections::HashMap;

pg_id!(RecommendationNumber);

pg_enum!(Priority => Priority);

/// Published items for one person, without those that this person completed since
/// `recently`.
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

/// The items that can be suggested to a team.
///
/// Published items for teams.
///
/// # Errors
/// Those of the database.
pub fn team_candidates(conn: &mut PgConnection) -> Result<Vec<Candidate>, AppError> {
    let rows: Vec<CandidateRow> = published(Audience::Team)
        .select((library_items::id, library_items::category, library_items::dimensions, library_items::levels))
        .load(conn)?;
    Ok(rows.into_iter().map(candidate).collect())
}

/// An item for teams with its texts.
#[derive(Clone, Debug, Queryable)]
pub struct TeamItem {
    pub id: ItemId,
    pub source: Option<String>,
    pub title: String,
    pub description: String,
    pub duration: String,
}

/// Items for teams with their texts, in no particular order.
///
/// # Errors
/// Those of the database.
pub fn team_items(conn: &mut PgConnection, ids: &[ItemId], language: Language) -> Result<Vec<TeamItem>, AppError> {
    let texts = library_texts::item_id.eq(library_items::id).and(shown_text(language));
    Ok(published(Audience::Team)
        .inner_join(library_texts::table.on(texts))
        .filter(library_items::id.eq_any(ids))
        .select((
            library_items::id,
            library_items::source,
            library_texts::title,
            library_texts::description,
            library_texts::duration,
        ))
        .load(conn)?)
}

/// Locks the person's row until the transaction ends, so that changes of their list run
/// one after the other.
pub fn lock_person(conn: &mut PgConnection, user: UserId) -> QueryResult<UserId> {
    users::table.find(user).select(users::id).for_no_key_update().first(conn)
}

/// Replaces the open recommendations. Call it with the person's row locked.
pub fn replace_open(
    conn: &mut PgConnection,
    user: UserId,
    chosen: &[(ItemId, Priority)],
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let all_open = || {
        let own = recommendations::table.filter(recommendations::user_id.eq(user));
        own.filter(recommendations::completed_at.is_null())
    };
    let open: HashMap<ItemId, Priority> =
        all_open().select((recommendations::item_id, recommendations::priority)).load(conn)?.into_iter().collect();
    let kept: Vec<ItemId> = chosen.iter().map(|(item, _)| *item).collect();
    if open.keys().any(|item| !kept.contains(item)) {
        diesel::delete(all_open().filter(recommendations::item_id.ne_all(&kept))).execute(conn)?;
    }
    for (item, priority) in chosen.iter().filter(|(item, priority)| open.get(item).is_some_and(|own| own != priority)) {
        let own = all_open().filter(recommendations::item_id.eq(*item));
        diesel::update(own).set(recommendations::priority.eq(*priority)).execute(conn)?;
    }
    let fresh: Vec<_> = chosen.iter().filter(|(item, _)| !open.contains_key(item)).collect();
    if fresh.is_empty() {
        return Ok(());
    }
    let first = take_numbers(conn, user, fresh.len() as i64)?;
    let row = |(number, (item, priority)): (i64, &&(ItemId, Priority))| {
        (
            recommendations::user_id.eq(user),
            recommendations::item_id.eq(*item),
            recommendations::priority.eq(*priority),
            recommendations::given_at.eq(now),
            recommendations::number.eq(number),
        )
    };
    let rows: Vec<_> = (first..).zip(&fresh).map(row).collect();
    diesel::insert_into(recommendations::table).values(rows).execute(conn)?;
    Ok(())
}

/// Reserves `count` numbers for this person; returns the first.
fn take_numbers(conn: &mut PgConnection, user: UserId, count: i64) -> QueryResult<i64> {
    let last: i64 = diesel::insert_into(last_numbers::table)
        .values((
            last_numbers::user_id.eq(user),
            last_numbers::kind.eq(Numbered::Recommendation),
            last_numbers::last.eq(count),
        ))
        .on_conflict((last_numbers::user_id, last_numbers::kind))
        .do_update()
        .set(last_numbers::last.eq(last_numbers::last + count))
        .returning(last_numbers::last)
        .get_result(conn)?;
    Ok(last - count + 1)
}

/// A recommendation with the texts of its item.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = recommendations)]
pub struct Listed {
    pub number: RecommendationNumber,
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
    let shown: SqlLiteral<Bool> = shown_text(language);
    let texts = library_texts::item_id.eq(library_items::id).and(shown);
    let joined = recommendations::table.inner_join(library_items::table).inner_join(library_texts::table.on(texts));
    joined.filter(recommendations::user_id.eq(user))
}

/// A person's open recommendations, most urgent first.
///
/// # Errors
/// Those of the database.
pub fn open(conn: &mut PgConnection, user: UserId, language: Language) -> Result<Vec<Listed>, AppError> {
    Ok(of_user(user, language)
        .filter(recommendations::completed_at.is_null())
        .order((recommendations::priority.desc(), recommendations::number))
        .select(Listed::as_select())
        .load(conn)?)
}

/// One of a person's recommendations, open or completed.
///
/// # Errors
/// [`AppError::NotFound`] when it is not theirs.
pub fn find(
    conn: &mut PgConnection,
    user: UserId,
    number: RecommendationNumber,
    language: Language,
) -> Result<Listed, AppError> {
    Ok(of_user(user, language).filter(recommendations::number.eq(number)).select(Listed::as_select()).first(conn)?)
}

/// A person's latest completed recommendations, newest first.
///
/// # Errors
/// Those of the database.
pub fn completed(
    conn: &mut PgConnection,
    user: UserId,
    language: Language,
    limit: i64,
) -> Result<Vec<Listed>, AppError> {
    Ok(of_user(user, language)
        .filter(recommendations::completed_at.is_not_null())
        .order((recommendations::completed_at.desc(), recommendations::number.desc()))
        .limit(limit)
        .select(Listed::as_select())
        .load(conn)?)
}

/// How many recommendations a person completed.
///
/// # Errors
/// Those of the database.
pub fn count_completed(conn: &mut PgConnection, user: UserId) -> Result<i64, AppError> {
    Ok(recommendations::table
        .filter(recommendations::user_id.eq(user))
        .filter(recommendations::completed_at.is_not_null())
        .count()
        .get_result(conn)?)
}

/// How many rows one statement deletes at most, so that locks stay short.
const BATCH: i64 = 5_000;

pub fn delete_before(conn: &mut PgConnection, oldest: DateTime<Utc>) -> QueryResult<usize> {
    let old = diesel::alias!(recommendations as old);
    let batch = old
        .filter(old.field(recommendations::completed_at).lt(oldest))
        .select(old.field(recommendations::id))
        .limit(BATCH);
    diesel::delete(recommendations::table.filter(recommendations::id.eq_any(batch))).execute(conn)
}

/// Marks a recommendation as completed; nothing changes when it is already.
///
/// Sets the time of completion to `now`, but not before it was given: the clocks of two
/// instances may differ.
///
/// # Errors
/// [`AppError::NotFound`] when it is not theirs.
pub fn complete(
    conn: &mut PgConnection,
    user: UserId,
    number: RecommendationNumber,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let own = || {
        let theirs = recommendations::table.filter(recommendations::user_id.eq(user));
        theirs.filter(recommendations::number.eq(number))
    };
    let (given_at, done_at): (DateTime<Utc>, Option<DateTime<Utc>>) =
        own().select((recommendations::given_at, recommendations::completed_at)).first(conn)?;
    if done_at.is_none() {
        let open = own().filter(recommendations::completed_at.is_null());
        diesel::update(open).set(recommendations::completed_at.eq(now.max(given_at))).execute(conn)?;
    }
    Ok(())
}

/// Makes it open again. Call it with the person's row locked.
pub fn reopen(conn: &mut PgConnection, user: UserId, number: RecommendationNumber) -> Result<(), AppError> {
    let own = || {
        let theirs = recommendations::table.filter(recommendations::user_id.eq(user));
        theirs.filter(recommendations::number.eq(number))
    };
    let item: ItemId = own().select(recommendations::item_id).first(conn)?;
    let other_open = recommendations::table
        .filter(recommendations::user_id.eq(user))
        .filter(recommendations::item_id.eq(item))
        .filter(recommendations::completed_at.is_null());
    if !diesel::select(exists(other_open)).get_result::<bool>(conn)? {
        diesel::update(own()).set(recommendations::completed_at.eq(None::<DateTime<Utc>>)).execute(conn)?;
    }
    Ok(())
}

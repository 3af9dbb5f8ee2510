//! Keyset paging: a page begins behind the last row of the page before, named by its
//! key, so that far pages cost no more than near ones and nothing is shown twice when
//! rows are added meanwhile.

use diesel::{
    dsl::sql,
    expression::{AsExpression, SqlLiteral, UncheckedBind},
    sql_types::{BigInt, Bool},
};

type Behind = SqlLiteral<Bool, UncheckedBind<SqlLiteral<Bool>, <i64 as AsExpression<BigInt>>::Expression>>;

/// In which order a list is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Ascending,
    Descending,
}

/// The condition that a row of `table` stands behind the row with this id in the order
/// of `column` and then `id`. Both names are SQL of ours.
pub fn behind(table: &str, column: &str, order: Order, id: i64) -> Behind {
    let than = if order == Order::Ascending { ">" } else { "<" };
    let row = format!("({table}.{column}, {table}.id) {than} (SELECT b.{column}, b.id FROM {table} b WHERE b.id = ");
    sql::<Bool>(&row).bind::<BigInt, _>(id).sql(")")
}

/// The rows of one page, of which one more than `size` were asked for, and whether
/// there are more.
pub fn cut<T>(mut rows: Vec<T>, size: usize) -> (Vec<T>, bool) {
    let more = rows.len() > size;
    rows.truncate(size);
    (rows, more)
}

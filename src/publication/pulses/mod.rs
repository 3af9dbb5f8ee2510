//! Weekly figures of the daily pulse, from one mean per person and week; published once
//! the week is over.

mod store;

use crate::{
    departments,
    error::AppError,
    publication::{
        self, Map,
        suppression::{self, Bounds, MeanAtom},
    },
};
use chrono::{DateTime, Datelike as _, Days, NaiveDate, Utc};
use diesel::{Connection as _, PgConnection};

/// The measures of the daily pulse, each from 0 to 100.
pub const MEASURES: [&str; 3] = ["burnout", "stress", "productivity"];

/// Publishes all ISO weeks that are over and not published yet.
///
/// # Errors
/// Those of the database.
pub fn publish_weeks(conn: &mut PgConnection, k: u16, today: NaiveDate, now: DateTime<Utc>) -> Result<(), AppError> {
    let this_week = monday(today);
    for week in store::weeks_to_publish(conn, this_week)? {
        conn.transaction(|conn| publish_week(conn, week, k, now))?;
    }
    Ok(())
}

/// The Monday of a day's ISO week.
pub fn monday(day: NaiveDate) -> NaiveDate {
    day - Days::new(u64::from(day.weekday().num_days_from_monday()))
}

fn publish_week(conn: &mut PgConnection, week: NaiveDate, k: u16, now: DateTime<Utc>) -> Result<(), AppError> {
    publication::allow_time(conn)?;
    let map = Map::new(departments::all(conn)?);
    let members = map.arrange(store::members(conn)?, 0);
    let logged = map.arrange(store::week(conn, week)?, [(0, 0); MEASURES.len()]);
    let tree = map.tree(members);
    store::insert_week(conn, week, k, now)?;
    for (index, measure) in MEASURES.iter().enumerate() {
        let atoms: Vec<_> = logged.iter().map(|sums| MeanAtom { people: sums[index].0, sum: sums[index].1 }).collect();
        let cells = suppression::means(&tree, u64::from(k), &atoms, Bounds::default());
        store::insert_pulses(conn, week, measure, &map, &cells, &atoms)?;
    }
    Ok(())
}

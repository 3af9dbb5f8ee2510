//! Monthly figures of the daily note, from one mean per person and month; published once
//! the month is over. Until the means carried noise they were published by the week.

mod store;

use crate::{
    departments,
    domain::codes::coded,
    error::AppError,
    publication::{
        self, Degrees, Map, Spread,
        noise::{self, Noise, NoiseKey},
        suppression::{self, Block, Bounds, MeanAtom},
    },
};
use chrono::{DateTime, Datelike as _, Days, NaiveDate, Utc};
use diesel::{Connection as _, PgConnection};
use store::Logged;

/// The measures of the daily note, each from 0 to 100.
pub const MEASURES: [&str; 3] = ["burnout", "stress", "productivity"];
/// The one that is better when it is higher.
const BETTER_WHEN_HIGHER: &str = "productivity";

coded! {
    /// What a figure of the daily note is the mean of.
    PulseLength { Week = "week", Month = "month" }
}

/// What the standard error of a month's means follows from; the standard deviation
/// between people is the one that their noise is measured by.
pub fn spread(k: u64) -> Spread {
    Spread { deviation: noise::note_deviation(), degrees: Degrees::Known, noise: noise::note_variance(k) }
}

/// Publishes all months that are over and not published yet.
///
/// # Errors
/// Those of the database.
pub fn publish_months(conn: &mut PgConnection, k: u16, today: NaiveDate, now: DateTime<Utc>) -> Result<(), AppError> {
    let this_month = today - Days::new(u64::from(today.day0()));
    for month in store::months_to_publish(conn, this_month)? {
        conn.transaction(|conn| publish_month(conn, month, k, now))?;
    }
    Ok(())
}

fn publish_month(conn: &mut PgConnection, month: NaiveDate, k: u16, now: DateTime<Utc>) -> Result<(), AppError> {
    publication::allow_time(conn)?;
    let map = Map::new(departments::all(conn)?);
    let members = map.arrange(store::members(conn)?, 0);
    let logged: Vec<Logged> = map.arrange(store::month(conn, month)?, Logged::default());
    let tree = map.tree(members);
    let key = NoiseKey::load(conn)?;
    let noise = Noise::of_pulse(&key, u64::from(k));
    let limits = Bounds::default().limits(noise.k());
    store::insert_month(conn, month, k, now)?;
    for (index, measure) in MEASURES.iter().enumerate() {
        let atom = |one: &Logged| MeanAtom { people: one.people.len() as u64, sum: one.sums[index] };
        let atoms: Vec<_> = logged.iter().map(atom).collect();
        let of_block = |block: &Block| {
            let ids = block.atoms.iter().flat_map(|&atom| logged[atom].people.iter().copied());
            noise.of_block(ids.collect()).of_note(measure, *measure == BETTER_WHEN_HIGHER)
        };
        let cells = suppression::means(&tree, noise.least(), &atoms, limits, of_block);
        store::insert_pulses(conn, month, measure, &map, &cells, &atoms)?;
    }
    Ok(())
}

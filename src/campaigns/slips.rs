//! People without an e-mail address: added before a campaign opens, given an access
//! code on paper once it is open. Who used theirs is never shown.

pub use crate::campaigns::store::count_without_address;

use crate::{
    access_codes::{self, Code},
    audit::{self, Event},
    campaigns::{Campaign, store},
    departments,
    domain::{DepartmentId, PeriodId, PeriodState, UserId},
    employees,
    error::AppError,
    keys::Keys,
};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::{Connection as _, PgConnection};
use serde_json::json;

/// A person without an address, to be added.
#[derive(Clone, Debug)]
pub struct NewPerson {
    pub name: String,
    pub position: String,
    pub department: Option<DepartmentId>,
}

/// Adds a person without an address to the company, from the page of a draft.
///
/// # Errors
/// [`AppError::NotFound`] when it is no draft or there is no such department.
pub fn add_person(
    conn: &mut PgConnection,
    actor: UserId,
    id: PeriodId,
    new: &NewPerson,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Result<(), AppError> {
    conn.transaction(|conn| {
        let known = match new.department {
            Some(place) => departments::all(conn)?.iter().any(|department| department.id == place),
            None => true,
        };
        if !known || store::lock(conn, id)?.state != PeriodState::Draft {
            return Err(AppError::NotFound);
        }
        employees::add_without_address(conn, actor, &new.name, &new.position, new.department, now, today)
    })
}

/// The text on one slip.
pub struct Slip {
    pub name: String,
    pub department: Option<String>,
    pub code: String,
}

/// The result of [`print_codes`].
pub enum Printed {
    Slips(Vec<Slip>),
    /// Slips were printed before, and the request does not confirm that it
    /// replaces this printing; nothing was changed.
    Before {
        printing: i32,
        printed_at: DateTime<Utc>,
    },
}

/// Makes a code for everyone invited who has no address, also for those who used
/// theirs: a missing slip would show who has answered. `replaces` is the number of
/// the printing whose codes stop working, `None` for the first. A request that is
/// sent twice names a printing that was replaced already, and changes nothing.
///
/// # Errors
/// [`AppError::NotFound`] when the campaign is not open.
pub fn print_codes(
    conn: &mut PgConnection,
    actor: UserId,
    id: PeriodId,
    replaces: Option<i32>,
    keys: &Keys,
    now: DateTime<Utc>,
) -> Result<(Campaign, Printed), AppError> {
    conn.transaction(|conn| {
        let campaign = store::lock(conn, id)?;
        if campaign.state != PeriodState::Open {
            return Err(AppError::NotFound);
        }
        let latest = access_codes::latest_printing(conn, id)?;
        if let Some((printing, printed_at)) = latest.filter(|(latest, _)| replaces != Some(*latest)) {
            return Ok((campaign, Printed::Before { printing, printed_at }));
        }
        let places = departments::all(conn)?;
        let path = |id| places.iter().find(|place| Some(place.id) == id).map(|place| place.path.clone());
        let (mut slips, mut hashes) = (Vec::new(), Vec::new());
        for (user, name, department) in store::without_address(conn, id)? {
            let code = Code::new()?;
            hashes.push((user, code.hash(keys)));
            slips.push(Slip { name, department: path(department), code: code.written() });
        }
        let printing = latest.map_or(1, |(printing, _)| printing.saturating_add(1));
        access_codes::replace(conn, id, &hashes, printing, now)?;
        let details = json!({ "count": slips.len() });
        audit::record(conn, Some(actor), Event::AccessCodesPrinted, Some(id.0), details, now)?;
        Ok((campaign, Printed::Slips(slips)))
    })
}

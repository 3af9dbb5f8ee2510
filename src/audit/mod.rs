//! Who did what. Rows are only ever added, and each carries the hash of the
//! one before. Never holds a name, an address, a score, or who checked up,
//! logged a day, wrote in a chat or was reminded.

mod store;

use crate::{
    accounts::UserId,
    codes::{coded, id_type},
    error::AppError,
};
use chrono::{DateTime, SecondsFormat, SubsecRound as _, Utc};
use diesel::PgConnection;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

id_type! {
    /// One row of the audit log; they have no gaps.
    EventId
}

coded! {
    /// What was done.
    Event {
        SignedIn = "signed_in",
        RoleGiven = "role_given",
        RoleTaken = "role_taken",
        RoleCreated = "role_created",
        RoleChanged = "role_changed",
        RoleDeleted = "role_deleted",
        DepartmentCreated = "department_created",
        DepartmentChanged = "department_changed",
        DepartmentDeleted = "department_deleted",
        EmployeeAdded = "employee_added",
        EmployeeConfirmed = "employee_confirmed",
        EmployeeChanged = "employee_changed",
        EmployeeTransferred = "employee_transferred",
        EmployeeInvited = "employee_invited",
        EmployeesImported = "employees_imported",
        EmployeeArchived = "employee_archived",
        EmployeeRestored = "employee_restored",
        EmployeeErased = "employee_erased",
        CampaignCreated = "campaign_created",
        CampaignChanged = "campaign_changed",
        CampaignOpened = "campaign_opened",
        CampaignReminded = "campaign_reminded",
        CampaignClosed = "campaign_closed",
        CampaignDeleted = "campaign_deleted",
        AccessCodesPrinted = "access_codes_printed",
        PeriodPublished = "period_published",
        InsightsExported = "insights_exported",
        InstrumentImported = "instrument_imported",
        InstrumentAttested = "instrument_attested",
        ActionCreated = "action_created",
        ActionChanged = "action_changed",
        SupportAnswered = "support_answered",
        SupportClosed = "support_closed",
    }
}

/// The hash before the first row.
const NOTHING: [u8; 32] = [0; 32];

/// A row as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub id: EventId,
    pub happened_at: DateTime<Utc>,
    /// Who did it; `None` is Hearth itself or the command line.
    pub actor: Option<UserId>,
    pub event: String,
    /// The row that it was done to, in the table that the event is about.
    pub subject: Option<i64>,
    pub details: Value,
    pub previous_hash: Vec<u8>,
    pub hash: Vec<u8>,
}

/// Adds a row in the transaction of what it tells of. Call it last there:
/// others that record wait until the transaction ends.
///
/// # Errors
/// Those of the database.
pub fn record(
    conn: &mut PgConnection,
    actor: Option<UserId>,
    event: Event,
    subject: Option<i64>,
    details: Value,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    store::lock(conn)?;
    let (last, previous_hash) = store::last(conn)?.unwrap_or((EventId(0), NOTHING.to_vec()));
    let mut entry = Entry {
        id: EventId(last.0 + 1),
        happened_at: now.trunc_subsecs(6), // as PostgreSQL keeps it
        actor,
        event: event.code().to_owned(),
        subject,
        details,
        previous_hash,
        hash: Vec::new(),
    };
    entry.hash = digest(&entry);
    store::insert(conn, &entry)?;
    Ok(())
}

/// SHA-256 over everything in a row but its own hash, as JSON in this order.
fn digest(entry: &Entry) -> Vec<u8> {
    let moment = entry.happened_at.to_rfc3339_opts(SecondsFormat::Micros, true);
    let content = json!([
        entry.id.0,
        moment,
        entry.actor.map(|actor| actor.0),
        entry.event,
        entry.subject,
        entry.details,
        entry.previous_hash,
    ]);
    Sha256::digest(content.to_string()).to_vec()
}
